"""The drawing in a real browser, from a hundred to 50,000 people, beside streamlit-flow-component.

Charts are generated and wholly expanded. A move is made by mouse; it has ended when the headlines that Python
computed for the new chart stand on the page and the chart is redrawn. `python -m benchmarks.drawing` prints
this table alone.
"""

import gzip
import json
import math
import statistics
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from benchmarks.drawing_window import Move, Pages, Panning, Window
from benchmarks.generated import generated_chart
from components.org_canvas import BUNDLE
from components.text import number_text
from orgmodel import Organization, customer_service_proposals, edits, read_organization
from orgmodel.assumptions import DEFAULT_ASSUMPTIONS
from orgmodel.indicators import HEADLINES
from orgmodel.sweep import Survey
from tests.browser.server import browser_path

_SIZES: Final = (100, 1_000, 5_000, 20_000, 50_000)
_PEER_SIZES: Final = 2
_OPENINGS: Final = 2
_MOVES: Final = 5
_NEAREST: Final = 60  # bosses that are tried until one changes a headline
_IN_TIME: Final = "below 150 at 1,000, below 300 at 20,000"


class Drawn(NamedTuple):
    """What was measured of one chart; times are in seconds."""

    page: list[float]
    opening: list[float]
    far: Panning
    near: Panning
    unit: list[Move]
    other: list[Move]
    memory: float


class _Chart(NamedTuple):
    """A chart as a file and as it is read, and customer service in it."""

    content: bytes
    organization: Organization
    unit: tuple[str, ...]

    def boss(self, node: str) -> str:
        """Return the boss of a node."""
        return str(self.organization.ids[self.organization.manager[self.organization.row(node)]])

    def boss_who_changes(self, node: str, bosses: Sequence[str]) -> str:
        """Return the first boss under whom a headline is another than it is today."""
        today = _headlines(self.organization, self.unit)
        moved = (edits.Move((node,), boss).applied(self.organization) for boss in bosses)
        told = (_headlines(organization, self.unit) for organization in moved)
        return next(boss for boss, one in zip(bosses, told, strict=True) if one != today)

    def somebody_else(self) -> str:
        """Return somebody of operations without reports."""
        leads = set(self.organization.manager.tolist())
        rows = np.flatnonzero(self.organization.functions == "operations").tolist()
        return str(self.organization.ids[next(row for row in rows if row not in leads)])


def _headlines(organization: Organization, unit: tuple[str, ...]) -> list[str]:
    values = Survey(organization, unit, DEFAULT_ASSUMPTIONS).current.values
    return [number_text(item, values[item.name]) for item in HEADLINES]


def drawing_table(sizes: Sequence[int] = _SIZES, peer_sizes: int = _PEER_SIZES) -> list[str]:
    """Return the lines of the table, a column for every size; the peer draws the first ones only."""
    ours, theirs, loaded = [], [], []
    with sync_playwright() as playwright, Pages() as pages:
        browser = playwright.chromium.launch(
            executable_path=browser_path(playwright), args=["--no-sandbox", "--disable-gpu"]
        )
        for number, size in enumerate(sizes):
            chart = _chart(size)
            drawn, boss, loaded = _ours(browser, pages, chart)
            ours.append(drawn)
            if number < peer_sizes:
                theirs.append(_theirs(browser, pages, chart, boss))
        browser.close()
    return [
        "Drawing a generated chart, all expanded, in a browser of 1400 x 900 without a graphics card; times",
        f"in ms: median (least-most), {_OPENINGS} times opened, {_MOVES} moves there and back again",
        _line("people", [f"{size:,}" for size in sizes]),
        _times("first paint, from the click on Draw", ours, lambda one: one.opening),
        *_lines(ours),
        _bundle_line(loaded),
        "streamlit-flow-component 1.6.1, the same charts and moves",
        _line("people", [f"{size:,}" for size in sizes[:peer_sizes]]),
        *_lines(theirs),
        *_ratios(theirs, ours),
    ]


# ---------------------------------------------------------------------- measuring


def _chart(size: int) -> _Chart:
    content = generated_chart(size).csv()
    organization = read_organization(content, filename="generated.csv").organization
    return _Chart(content, organization, customer_service_proposals(organization)[0].ids)


def _ours(browser: Browser, pages: Pages, chart: _Chart) -> tuple[Drawn, str, list[str]]:
    """Measure our drawing; return also under whom customer service was moved, and the files loaded."""
    size = len(chart.organization)
    address, test = f"{pages.page}/?size={size}", f"isPainted({size})"
    _loaded(browser, address, test)[0].close()  # in which the chart is read
    page, opening = [], []
    for _ in range(_OPENINGS):
        window, seconds = _loaded(browser, address, test)
        page.append(seconds)
        window.close()
        window, seconds = _opened(browser, pages.dashboard, chart)
        opening.append(seconds)
        if len(opening) < _OPENINGS:
            window.close()
    window.quiet()
    memory, files = window.memory(), window.ask("files")
    far = window.pan(*window.ask("ground"))
    node = chart.unit[0]
    window.ask("aim", [node])
    near = window.pan(*window.ask("ground"))
    boss = chart.boss_who_changes(node, window.ask("bosses", node, _NEAREST))
    of_unit = _moves(window, chart, node, boss)
    other = chart.somebody_else()
    of_other = _moves(window, chart, other, window.ask("bosses", other, 1)[0])
    window.close()
    return Drawn(page, opening, far, near, of_unit, of_other, memory), boss, files


def _loaded(browser: Browser, address: str, test: str) -> tuple[Window, float]:
    """Load a page, and return the seconds until the chart on it is painted."""
    window = Window(browser)
    return window, window.load(address, test)


def _opened(browser: Browser, address: str, chart: _Chart) -> tuple[Window, float]:
    """Open a file, and return the seconds from the click on Draw until the chart is painted."""
    window = Window(browser)
    page = window.page
    page.goto(address)
    page.get_by_text("Open: ", exact=False).first.wait_for()
    page.get_by_test_id("stSidebarNav").get_by_text("Your chart").click()
    page.get_by_role("heading", name="Your chart", exact=True).wait_for()
    file = {"name": "generated.csv", "mimeType": "text/csv", "buffer": chart.content}
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    page.get_by_text("Open: generated.csv", exact=True).wait_for()
    window.quiet()
    window.watch(f"isPainted({len(chart.organization)})")
    page.get_by_test_id("stSidebarNav").get_by_text("Draw").click()
    return window, window.seen("released")


def _moves(window: Window, chart: _Chart, node: str, boss: str) -> list[Move]:
    """Move a node by mouse, there and back again."""
    home = chart.boss(node)
    moves = []
    for number in range(_MOVES):
        start, end = window.ask("aim", [node, (boss, home)[number % 2]])
        moves.append(window.move(start, end, f"isTold({window.ask('revision')})"))
    return moves


def _theirs(browser: Browser, pages: Pages, chart: _Chart, boss: str) -> Drawn:
    """Measure the peer's drawing of the same chart, and the same moves of customer service in it."""
    size = len(chart.organization)
    page = []
    for number in range(_OPENINGS):
        window, seconds = _loaded(browser, f"{pages.peer}/?size={size}", f"isFlowPainted({size})")
        page.append(seconds)
        if number < _OPENINGS - 1:
            window.close()
    window.quiet()
    memory = window.memory()
    far = window.pan(*window.ask("flowGround"))
    node = chart.unit[0]
    moves = []
    for number in range(_MOVES):
        new = (boss, chart.boss(node))[number % 2]
        start, end = window.ask("flowMiddles", [node, new])
        before = json.dumps(window.ask("flowNumbers"))
        moves.append(window.move(start, end, f"isFlowTold({before}, '{new}-{node}')"))
        if math.isinf(moves[-1].seconds):
            break  # where one never ends, the others need not be waited for
    window.close()
    return Drawn(page, [], far, Panning(math.nan, math.nan), moves, [], memory)


# ---------------------------------------------------------------------- printing


def _lines(drawn: Sequence[Drawn]) -> list[str]:
    """Return what is measured of ours and of the peer; a line without numbers is left out."""
    lines = [
        _times("first paint, whole page load", drawn, lambda one: one.page),
        _numbers(
            "panning, whole chart in sight: frames/s", drawn, lambda one: one.far.frames, "55 at 20,000"
        ),
        _numbers("  painted anew", drawn, lambda one: one.far.paints),
        _numbers("panning, near: frames/s", drawn, lambda one: one.near.frames),
        _numbers("  painted anew", drawn, lambda one: one.near.paints),
        *_move_lines("customer service", drawn, lambda one: one.unit),
        *_move_lines("somebody else", drawn, lambda one: one.other),
        _numbers("memory of the page (JavaScript), MB", drawn, lambda one: one.memory),
    ]
    return [line for line in lines if line]


def _move_lines(name: str, drawn: Sequence[Drawn], moves: Callable[[Drawn], list[Move]]) -> list[str]:
    def middle(of: Callable[[Move], float]) -> Callable[[Drawn], float]:
        return lambda one: statistics.median([*map(of, moves(one))] or [math.nan])

    return [
        _times(
            f"{name} moves, until its numbers", drawn, lambda one: [m.seconds for m in moves(one)], _IN_TIME
        ),
        _numbers("  sent up, kB", drawn, middle(lambda move: move.up), "below 2", ",.1f"),
        _numbers("  sent down, kB", drawn, middle(lambda move: move.down), "below 10", ",.1f"),
    ]


def _bundle_line(files: Sequence[str]) -> str:
    """Return what the browser loads of the component, and what more there is, loaded when it is needed."""
    built = {file.name: file.read_bytes() for file in BUNDLE.parent.glob("*.js")}
    first = [content for name, content in built.items() if name in files]
    later = sum(map(len, built.values())) - sum(map(len, first))
    size, zipped = sum(map(len, first)) / 1000, sum(map(_zipped, first)) / 1000
    return (
        f"  the component, kB: {size:.1f}, gzipped {zipped:.1f}; for saving pictures {later / 1000:.1f} more"
        "  goal: below 150"
    )


def _zipped(content: bytes) -> int:
    return len(gzip.compress(content))


def _ratios(theirs: Sequence[Drawn], ours: Sequence[Drawn]) -> list[str]:
    compared: dict[str, Callable[[Drawn], float]] = {
        "first paint": lambda one: statistics.median(one.page),
        "frames": lambda one: one.far.frames,
        "a move": lambda one: statistics.median(move.seconds for move in one.unit),
        "sent, up and down": lambda one: statistics.median(move.up + move.down for move in one.unit),
        "memory": lambda one: one.memory,
    }
    return [
        _line(
            f"streamlit-flow / ours: {name}",
            [f"{of(one) / of(other):,.1f}" for one, other in zip(theirs, ours, strict=False)],
        )
        for name, of in compared.items()
    ]


def _times(name: str, drawn: Sequence[Drawn], times: Callable[[Drawn], list[float]], goal: str = "") -> str:
    found = [[1000 * seconds for seconds in times(one)] for one in drawn]
    if not any(found):
        return ""
    return _line(
        name, [f"{statistics.median(ms):,.0f} ({min(ms):,.0f}-{max(ms):,.0f})" for ms in found], goal
    )


def _numbers(
    name: str, drawn: Sequence[Drawn], number: Callable[[Drawn], float], goal: str = "", form: str = ",.0f"
) -> str:
    found = [number(one) for one in drawn]
    if all(map(math.isnan, found)):
        return ""
    return _line(name, [format(one, form) for one in found], goal)


def _line(name: str, cells: Sequence[str], goal: str = "") -> str:
    return f"  {name:<42}{''.join(f'{cell:>20}' for cell in cells)}  {goal and f'goal: {goal}'}".rstrip()


if __name__ == "__main__":
    print("\n".join(drawing_table()))
