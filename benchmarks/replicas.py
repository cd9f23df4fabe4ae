"""Two replicas behind nginx with PostgreSQL: the load of one process, and one of them killed in the middle.

`python -m benchmarks.replicas` prints this table alone.
"""

import asyncio
import random
from collections.abc import Sequence
from http.cookies import SimpleCookie
from time import perf_counter
from typing import Final, NamedTuple

import requests
from websockets.exceptions import ConnectionClosed

from benchmarks.generated import generated_chart
from benchmarks.hosting import BOXES, FIELD, SPREAD, VISITORS, Clicks, clicked, close, opened, row
from benchmarks.visitors import Visitor
from tests.hosting.replicas import HEALTH, Hosted, running_replicas, why_not

_BACK: Final = (0.25, 0.5)  # seconds until a page looks for its server again (Streamlit's own)


def replicas_table() -> list[str]:
    """Return the lines of the table."""
    title = f"{VISITORS} visitors, {BOXES:,} boxes each, two replicas behind nginx, PostgreSQL"
    if why := why_not():
        return [title, f"  Not measured: {why}"]
    with running_replicas() as hosted:
        at_once, spread, death = asyncio.run(_measured(hosted))
    return [
        title,
        f"  {'':<50}{'median':>9}{'p95':>9}{'most':>9}",
        row("placement changed, all at once: new headlines", at_once.headlines),
        row("  all of the page", at_once.page),
        row(f"placement changed, over {SPREAD:g} s: new headlines", spread.headlines),
        row("  all of the page", spread.page),
        row(f"a replica killed: its {len(death.back)} visitors have a page again", death.back),
        f"  faults {at_once.faults + spread.faults + death.faults}; {death.text()}",
    ]


class _Guest(Visitor):
    """A visitor who keeps the cookie by which the proxy knows where he is."""

    async def connect(self) -> None:
        await super().connect()
        answer = self._socket.response
        assert answer is not None  # the connection is open
        for said in answer.headers.get_all("Set-Cookie"):
            self.cookies.update({name: one.value for name, one in SimpleCookie(said).items()})

    async def come_back(self) -> None:
        """Wait until the connection is lost, and do what a page does then."""
        await self._socket.wait_closed()
        await asyncio.sleep(random.uniform(*_BACK))  # noqa: S311  # as the page does
        answer = await asyncio.to_thread(
            requests.get, self.address + HEALTH, cookies=dict(self.cookies), timeout=60
        )
        answer.raise_for_status()
        self.cookies.update(answer.cookies)
        await self.connect()
        await self.run()

    @property
    def replica(self) -> int:
        """The place of the replica where he is."""
        return int(self.cookies["orgmodel_replica"]) - 1


class _Death(NamedTuple):
    """What the death of a replica meant: seconds until there was a page again, and what went wrong."""

    back: list[float]
    faults: int
    again: int
    lost: int

    def text(self) -> str:
        """Return what went wrong, in words."""
        return f"clicks without an answer, made again {self.again}; work lost {self.lost} of {VISITORS}"


async def _measured(hosted: Hosted) -> tuple[Clicks, Clicks, _Death]:
    visitors = await opened(hosted.address, generated_chart(BOXES).csv(), VISITORS, _Guest)
    at_once = await clicked(visitors, 0.0)
    spread = await clicked(visitors, SPREAD)
    death = await _killed(visitors, hosted)
    await close(visitors)
    return at_once, spread, death


async def _killed(visitors: Sequence[_Guest], hosted: Hosted) -> _Death:
    """Have all click, spread over some seconds, and kill one replica after half of them."""
    options = list(visitors[0].element("selectbox", FIELD).options)
    wanted = [options[(3 * place + 1) % len(options)] for place in range(len(visitors))]
    dead = [visitor for visitor in visitors if visitor.replica == 0]
    is_back = {visitor: asyncio.Event() for visitor in dead}
    killed_at, back, again = 0.0, list[float](), 0

    async def click(visitor: _Guest, option: str, after: float) -> None:
        nonlocal again
        await asyncio.sleep(after)
        if killed_at and visitor in is_back:
            await is_back[visitor].wait()
        try:
            await visitor.choose(FIELD, option)
        except ConnectionClosed:
            again += 1
            await is_back[visitor].wait()
            await visitor.choose(FIELD, option)

    async def kill() -> None:
        nonlocal killed_at
        await asyncio.sleep(SPREAD / 2)
        killed_at = perf_counter()
        await asyncio.to_thread(hosted.replicas[0].kill)

    async def come_back(visitor: _Guest) -> None:
        await visitor.come_back()
        back.append(perf_counter() - killed_at)
        is_back[visitor].set()

    times = [SPREAD * place / len(visitors) for place in range(len(visitors))]
    await asyncio.gather(kill(), *map(come_back, dead), *map(click, visitors, wanted, times))
    faults = sum(len(visitor.faults()) for visitor in visitors)
    lost = 0
    for visitor, option in zip(visitors, wanted, strict=True):
        lost += await _is_lost(visitor, option)
    return _Death(back, faults, again, lost)


async def _is_lost(visitor: _Guest, option: str) -> bool:
    """Return whether the address of a visitor's page, in another tab of the browser, shows something else."""
    tab = Visitor(visitor.address, "placement", visitor.query, visitor.cookies["orgmodel_browser"])
    await tab.connect()
    await tab.run()
    shown = str(tab.element("selectbox", FIELD).raw_value)
    await tab.close()
    return shown != option


if __name__ == "__main__":
    print("\n".join(replicas_table()))
