"""What others feel while one visitor takes all that he may: the largest file, the largest study, ten tabs.

Ten visitors change the placement in the example, each every few seconds; beside them is nobody else, and then
one who does his worst: on a server as it comes, and on a demo. `python -m benchmarks.neighbours` prints it.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping
from time import monotonic
from typing import Final, NamedTuple

import psutil
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.generated import generated_chart
from benchmarks.hosting import dashboard
from benchmarks.visitors import Visitor
from tests.browser.server import free_port

_OTHERS: Final = 10
_EVERY: Final = 5.0  # seconds from one click of a visitor to the next
_SECONDS: Final = 25.0  # at least, for each row
_LONGEST: Final = 90.0
_TABS: Final = 10
_FIELD: Final = "Move customer service under"
_UPLOAD: Final = "Your org chart: one file, or several that belong together"


class _Server(NamedTuple):
    """A server: its title and settings, people in its largest file and chart, repetitions of a study."""

    title: str
    settings: Mapping[str, str]
    largest_file: int
    largest_chart: int
    repetitions: int


_SERVERS: Final = (
    _Server("No limits of boxes and runs, files up to 200 MB", {}, 2_000_000, 20_000, 100),
    _Server("Demo: files up to 20 MB, 2,000 boxes, 2,000 runs", {"ORGMODEL_DEMO": "1"}, 250_000, 2_000, 11),
)


class _Neighbour(Visitor):
    """A visitor who fills fields, too."""

    async def fill(self, label: str, value: float) -> None:
        field = self.element("number_input", label)
        self._said[field.id] = WidgetState(id=field.id, double_value=value)
        await self.run()


def neighbours_table() -> Iterator[str]:
    """Give the lines of the table, each as soon as it is measured."""
    for server in _SERVERS:
        yield f"{server.title}; {_OTHERS} others, each changes the placement every {_EVERY:g} s"
        yield f"  {'beside them':<36}{'median':>9}{'p95':>9}{'most':>9}{'memory':>10}   what became of it"
        yield from _rows(server)


def _rows(server: _Server) -> Iterator[str]:
    file, chart = (generated_chart(size).csv() for size in (server.largest_file, server.largest_chart))
    worst: dict[str, Callable[[str], Awaitable[str]]] = {
        "nobody": _nobody,
        f"a file of {len(file) / (1 << 20):.0f} MB": lambda address: _upload(address, file),
        "the largest study": lambda address: _study(address, server.repetitions),
        f"ten tabs, {server.largest_chart:,} boxes each": lambda address: _tabs(address, chart),
        "nobody any more": _nobody,
    }
    port = free_port()
    with dashboard(port, server.settings) as address:
        for title, does in worst.items():
            waits, memory, became = asyncio.run(_beside(address, port, does))
            waits.sort()
            median, p95, most = (waits[int(share * len(waits))] for share in (0.5, 0.95, 0.999))
            yield (
                f"  {title:<36}{median:>7.2f} s{p95:>7.2f} s{most:>7.2f} s{memory:>7,} MB   {became}".rstrip()
            )


async def _beside(
    address: str, port: int, worst: Callable[[str], Awaitable[str]]
) -> tuple[list[float], int, str]:
    """Return what the others waited while one does his worst, the most memory, and what became of it."""
    others = [await _Neighbour(address, "placement").__aenter__() for _ in range(_OTHERS)]
    waits: list[float] = []
    over = asyncio.Event()

    async def change(other: Visitor, start: float) -> None:
        await asyncio.sleep(start)
        options = list(other.element("selectbox", _FIELD).options)
        draw = random.Random(start)  # noqa: S311  # the same in every run
        while not over.is_set():
            waits.append((await other.choose(_FIELD, draw.choice(options[:20]))).all)
            await asyncio.sleep(max(0.0, _EVERY - waits[-1]))

    clicks = [asyncio.create_task(change(other, _EVERY * n / _OTHERS)) for n, other in enumerate(others)]
    memory = asyncio.create_task(_most_memory(port, over))
    begun = monotonic()
    try:
        became = await asyncio.wait_for(worst(address), _LONGEST)
    except TimeoutError:
        became = f"not done in {_LONGEST:.0f} s"
    await asyncio.sleep(max(0.0, _SECONDS - (monotonic() - begun)))
    over.set()
    await asyncio.gather(*clicks)
    for other in others:
        await other.__aexit__(None, None, None)
    return waits, await memory, became


async def _most_memory(port: int, over: asyncio.Event) -> int:
    """Return the most megabytes that the server and its processes held."""
    listening = (each for each in psutil.net_connections() if each.status == psutil.CONN_LISTEN)
    pid = next(each.pid for each in listening if each.laddr.port == port)
    server, most = psutil.Process(pid), 0
    while not over.is_set():
        family = [server, *server.children(recursive=True)]
        most = max(most, sum(each.memory_info().rss for each in family if each.is_running()) >> 20)
        await asyncio.sleep(0.5)
    return most


async def _nobody(_address: str) -> str:
    return ""


async def _upload(address: str, file: bytes) -> str:
    begun = monotonic()
    async with _Neighbour(address, "your_chart") as one:
        status = await one.upload(_UPLOAD, "largest.csv", file)
        return f"{monotonic() - begun:.0f} s, {status}; {_refusal(one) or 'read'}"


async def _study(address: str, repetitions: int) -> str:
    async with _Neighbour(address, "change_orders") as one:
        await one.fill("Repetitions", repetitions)
        begun = monotonic()
        await one.click("Run the study")
        return f"{monotonic() - begun:.0f} s; {_refusal(one) or 'run'}"


async def _tabs(address: str, chart: bytes) -> str:
    tabs = [_Neighbour(address, "your_chart", browser="x" * 43) for _ in range(_TABS)]
    begun = monotonic()
    await asyncio.gather(*(tab.__aenter__() for tab in tabs))
    await asyncio.gather(*(tab.upload(_UPLOAD, "large.csv", chart) for tab in tabs))
    for page in ("placement", "decide", "report"):
        await asyncio.gather(*(tab.go(page) for tab in tabs))
    found = f"{monotonic() - begun:.0f} s for their pages Placement, Decide and Report"
    for tab in tabs:
        await tab.__aexit__(None, None, None)
    return found


def _refusal(visitor: Visitor) -> str:
    """Return the sentence of a limit that a page shows; empty where none does."""
    said = (text for text in visitor.texts() if "this server takes" in text or "than is read" in text)
    return next((text.split(". ")[0] for text in said), "")


if __name__ == "__main__":
    for line in neighbours_table():
        print(line, flush=True)
