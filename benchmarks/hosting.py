"""Serving many: fifty visitors who move customer service, all at once and one after the other.

Beside them a page with one field and one number, served the same way: the least that Streamlit takes. Then
what a visitor costs, by the size of the chart. `python -m benchmarks.hosting` prints these tables alone.
"""

import asyncio
import statistics
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final, NamedTuple, TypeVar

import psutil
from streamlit.proto.Element_pb2 import Element

from benchmarks.generated import generated_chart
from benchmarks.visitors import Visitor, Waited
from tests.browser.server import free_port, running_dashboard

VISITORS: Final = 50
BOXES: Final = 1_000
FIELD: Final = "Move customer service under"
UPLOAD: Final = "Your org chart: one file, or several that belong together"
_PEER: Final = "benchmarks/hosting_peer.py"
SPREAD: Final = 10.0  # seconds
_ROUNDS: Final = 3
_AT_ONCE_GOAL, _SPREAD_GOAL, _MEMORY_GOAL = 1.0, 0.2, 2.0
#: Boxes in the chart, and how many visitors open one of that size.
_SIZES: Final = {100: 20, 1_000: 20, 5_000: 10, 20_000: 4}
_OPENING: Final = 4  # visitors who open their charts at the same time


V = TypeVar("V", bound=Visitor)


class Clicks(NamedTuple):
    """What many waited for after one click each: for the headlines and for all of the page, in seconds."""

    headlines: list[float]
    page: list[float]
    faults: int


def hosting_table() -> list[str]:
    """Return the lines of both tables."""
    return [*_load_table(), "", *_cost_table()]


# ---------------------------------------------------------------------- load


def _load_table() -> list[str]:
    lines = [
        f"{VISITORS} visitors, a chart of {BOXES:,} boxes each, one server process: a change of placement",
        f"  {'':<50}{'median':>9}{'p95':>9}{'most':>9}",
    ]
    port = free_port()
    with dashboard(port) as address:
        ours = asyncio.run(_both(address, port))
    with running_dashboard(_PEER) as address:
        peer = asyncio.run(_peer(address))
    for (title, goal), clicks, least in zip(
        (("all at once", _AT_ONCE_GOAL), (f"spread over {SPREAD:g} s", _SPREAD_GOAL)),
        ours.clicks,
        peer,
        strict=True,
    ):
        lines += [
            row(f"{title}: new headlines (goal p95 {goal:g} s)", clicks.headlines),
            row(f"{title}: all of the page", clicks.page),
            row(f"{title}: a field and a number of Streamlit's", least.page),
            _ratios(f"{title}: headlines, times that", clicks.headlines, least.page),
        ]
    lines.append(
        f"  faults {sum(clicks.faults for clicks in ours.clicks)}; memory {ours.before:.0f} MB before, "
        f"{ours.after:.0f} MB after: {(ours.after - ours.before) / VISITORS:.1f} MB a visitor "
        f"(goal {_MEMORY_GOAL:g} MB)"
    )
    return lines


class _Load(NamedTuple):
    clicks: list[Clicks]
    before: float
    after: float


async def _both(address: str, port: int) -> _Load:
    content = generated_chart(BOXES).csv()
    await close(await opened(address, content, 2))  # what is loaded with the first visit
    before = _memory(port)
    visitors = await opened(address, content, VISITORS)
    found = [await clicked(visitors, seconds) for seconds in (0.0, SPREAD)]
    after = _memory(port)
    await close(visitors)
    return _Load(found, before, after)


async def opened(address: str, content: bytes, number: int, kind: type[V] = Visitor) -> list[V]:
    """Return visitors who have opened a chart of their own and stand on the page Placement."""
    visitors = [kind(address, "your_chart") for _ in range(number)]
    at_once = asyncio.Semaphore(_OPENING)

    async def begin(visitor: V) -> None:
        async with at_once:
            await visitor.connect()
            await visitor.run()
            status = await visitor.upload(UPLOAD, "chart.csv", content)
            assert status < 300, status  # else nothing is measured
            await visitor.go("placement")

    await asyncio.gather(*map(begin, visitors))
    return visitors


async def close(visitors: Sequence[Visitor]) -> None:
    """Close the tabs."""
    for visitor in visitors:
        await visitor.close()


async def clicked(visitors: Sequence[Visitor], seconds: float, rounds: int = _ROUNDS) -> Clicks:
    """Have each visitor choose another boss within so many seconds, some times over; 0: all at once."""
    options = list(visitors[0].element("selectbox", FIELD).options)
    waited: list[Waited] = []
    for turn in range(rounds + 1):  # in the first round nothing is measured
        waits = await asyncio.gather(
            *(
                _click(visitor, options[(place + 7 * turn) % len(options)], seconds * place / len(visitors))
                for place, visitor in enumerate(visitors)
            )
        )
        waited += waits if turn else []
    faults = sum(len(visitor.faults()) for visitor in visitors)
    return Clicks([each.first or each.all for each in waited], [each.all for each in waited], faults)


async def _click(visitor: Visitor, option: str, after: float) -> Waited:
    await asyncio.sleep(after)
    return await visitor.choose(FIELD, option, _Headlines())


class _Headlines:
    """Tells when the three headlines are there, today's and the new ones: each has a bar."""

    def __init__(self) -> None:
        self._bars = 0

    def __call__(self, element: Element) -> bool:
        self._bars += element.WhichOneof("type") == "progress"
        return self._bars >= 6  # two for each


async def _peer(address: str) -> list[Clicks]:
    visitors = [Visitor(address) for _ in range(VISITORS)]
    for visitor in visitors:
        await visitor.connect()
        await visitor.run()
    found = [await clicked(visitors, seconds) for seconds in (0.0, SPREAD)]
    await close(visitors)
    return found


def p95(values: Sequence[float]) -> float:
    """Return what 95 of 100 are not above."""
    return sorted(values)[int(0.95 * (len(values) - 1))]


def row(title: str, values: Sequence[float]) -> str:
    """Return a line of the table: half are not above the first number, 95 of 100 not above the second."""
    return f"  {title:<50}{statistics.median(values):>7.2f} s{p95(values):>7.2f} s{max(values):>7.2f} s"


def _ratios(title: str, values: Sequence[float], others: Sequence[float]) -> str:
    ratios = (of(values) / of(others) for of in (statistics.median, p95, max))
    return f"  {title:<50}" + "".join(f"{ratio:>9.1f}" for ratio in ratios)


# ---------------------------------------------------------------------- what a visitor costs


def _cost_table() -> list[str]:
    lines = [
        "What a visitor costs the server",
        f"  {'boxes in the chart':<20}{'memory':>10}{'opening':>11}{'Placement':>11}{'a change':>11}",
        f"  {'':<20}{'MB':>10}{'s of CPU':>11}{'s of CPU':>11}{'s of CPU':>11}",
    ]
    for boxes, number in _SIZES.items():
        port = free_port()
        with dashboard(port) as address:
            cost = asyncio.run(_cost(address, port, boxes, number))
        lines.append(f"  {boxes:<20,}{cost[0]:>10.1f}" + "".join(f"{seconds:>11.3f}" for seconds in cost[1:]))
    return lines


async def _cost(address: str, port: int, boxes: int, number: int) -> tuple[float, ...]:
    content = generated_chart(boxes).csv()
    first = await opened(address, content, 1)
    await clicked(first, 0.0, 1)
    await close(first)
    before = _memory(port)
    visitors = [Visitor(address, "your_chart") for _ in range(number)]
    processor = [_processor(port)]
    for visitor in visitors:
        await visitor.connect()
        await visitor.run()
        await visitor.upload(UPLOAD, "chart.csv", content)
    processor.append(_processor(port))
    for visitor in visitors:
        await visitor.go("placement")
    processor.append(_processor(port))
    clicks = await clicked(visitors, 2.0 * number, 1)
    processor.append(_processor(port))
    memory = (_memory(port) - before) / number
    await close(visitors)
    opening, placement, changes = (later - earlier for earlier, later in pairwise(processor))
    return memory, opening / number, placement / number, changes / (2 * len(clicks.page))


@contextmanager
def dashboard(port: int, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Start a dashboard that keeps drafts in a folder of its own."""
    with TemporaryDirectory() as folder:
        kept = {"ORGMODEL_DATABASE_URL": f"sqlite:///{folder}/kept.sqlite3"}
        with running_dashboard(port=port, environment=kept | dict(settings or {})) as address:
            yield address


def _server(port: int) -> psutil.Process:
    """Return the process that listens on a port."""
    (found,) = {
        each.pid
        for each in psutil.net_connections("tcp")
        if each.status == psutil.CONN_LISTEN and each.laddr.port == port
    }
    return psutil.Process(found)


def _memory(port: int) -> float:
    """Return the megabytes that the server holds, once they do not change any more."""
    server, held, until = _server(port), 0.0, monotonic() + 10
    while abs(held - (held := server.memory_info().rss / 1e6)) > 1.0 and monotonic() < until:
        server.cpu_percent(0.5)  # waits
    return held


def _processor(port: int) -> float:
    """Return the seconds of processor that the server has used."""
    used = _server(port).cpu_times()
    return used.user + used.system


if __name__ == "__main__":
    print("\n".join(hosting_table()))
