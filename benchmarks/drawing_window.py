"""A window of a real browser in which a chart is drawn, and the running pages that it can show."""

import math
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from playwright.sync_api import Browser, TimeoutError  # noqa: A004  # Playwright's own

from tests.browser.server import running_dashboard

_WATCH: Final = (Path(__file__).parent / "drawing.js").read_text()
_PATIENCE: Final = 120_000  # ms; a page that takes so long is broken
_PAN: Final = 2.0  # seconds
_AROUND: Final = 120  # px that the ground is moved while panning
_STEPS: Final = 30  # mouse moves of a drag: half a second, as a hand takes
_QUIET: Final = 0.4  # seconds without a message: all have come
_RUNNING: Final = "[data-testid=stApp]:not([data-test-script-state=notRunning])"


class Pages(ExitStack):
    """The dashboard, its page Draw with a chart open from the start, and the peer's page: three servers."""

    def __enter__(self) -> Self:
        """Start them."""
        super().__enter__()
        scripts = ("app.py", "benchmarks/drawing_page.py", "benchmarks/drawing_peer.py")
        self.dashboard, self.page, self.peer = (
            self.enter_context(running_dashboard(script)) for script in scripts
        )
        return self


class Panning(NamedTuple):
    """How many frames the browser shows a second, and how often our chart is painted anew."""

    frames: float
    paints: float


class Move(NamedTuple):
    """Seconds from the release of the mouse to Python's numbers, and the kB of all its messages."""

    seconds: float
    up: float
    down: float


class Window:
    """A new window; its messages are counted."""

    def __init__(self, browser: Browser) -> None:
        self.page = browser.new_page(viewport={"width": 1400, "height": 900})
        self.page.set_default_timeout(_PATIENCE)
        self.page.add_init_script(_WATCH)
        self.page.on("websocket", self._listen)
        self._sent = {"up": 0, "down": 0}
        self._last = time.monotonic()

    def _listen(self, messages: Any) -> None:  # noqa: ANN401  # a class that Playwright does not export
        messages.on("framesent", lambda data: self._note("up", data))
        messages.on("framereceived", lambda data: self._note("down", data))

    def _note(self, way: str, data: str | bytes) -> None:
        self._sent[way] += len(data)
        self._last = time.monotonic()

    def ask(self, what: str, *given: object) -> Any:  # noqa: ANN401  # whatever JavaScript answers
        """Call one of the functions of drawing.js."""
        return self.page.evaluate(f"(given) => bench.{what}(...given)", list(given))

    def quiet(self) -> None:
        """Wait until the page stands still and no message comes any more."""
        while True:
            self.page.wait_for_timeout(50)
            if self.page.locator(_RUNNING).count():
                self._last = time.monotonic()
            elif time.monotonic() - self._last > _QUIET:
                return

    def watch(self, test: str) -> None:
        """Note from now on when a test of drawing.js becomes true."""
        self.page.evaluate(f"bench.until(() => bench.{test})")

    def seen(self, since: str) -> float:
        """Wait for what is watched; return how many seconds after a time in the page it came, or inf."""
        try:
            self.page.wait_for_function("bench.reached", timeout=_PATIENCE / 4)
        except TimeoutError:
            return math.inf
        return self.page.evaluate(f"bench.reached - {since}") / 1000

    def load(self, address: str, test: str) -> float:
        """Load a page and return the seconds until a test of drawing.js is true."""
        self.page.goto(address, wait_until="commit")
        self.watch(test)
        return self.seen("performance.timeOrigin")

    def pan(self, x: float, y: float) -> Panning:
        """Take hold of the ground here and move it in circles."""
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        self.ask("count")
        begun = time.monotonic()
        while (spent := time.monotonic() - begun) < _PAN:
            turned = 2 * math.pi * spent
            mouse.move(x + _AROUND * math.sin(turned), y + _AROUND * (1 - math.cos(turned)) / 2)
        frames, paints = self.ask("counted")
        mouse.up()
        return Panning(frames, math.nan if paints is None else paints)

    def move(self, start: tuple[float, float], end: tuple[float, float], test: str) -> Move:
        """Drag a box from here to there, until a test of drawing.js is true."""
        mouse = self.page.mouse
        self._sent = {"up": 0, "down": 0}
        mouse.move(*start)
        mouse.down()
        mouse.move(*end, steps=_STEPS)
        self.watch(test)
        mouse.up()
        seconds = self.seen("released")
        self.quiet()
        return Move(seconds, self._sent["up"] / 1000, self._sent["down"] / 1000)

    def close(self) -> None:
        """Close the window."""
        self.page.context.close()

    def memory(self) -> float:
        """Return the MB that JavaScript keeps after a full garbage collection."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("HeapProfiler.collectGarbage")
        session.send("Performance.enable")
        found = session.send("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in found if one["name"] == "JSHeapUsedSize") / 1e6
