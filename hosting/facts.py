"""Facts about this server process for whoever runs it: how busy, how large, how quick, and what went wrong.

They are held in memory, a bounded number of them, and say nothing about anybody: no names, no addresses, no
contents, only counts, times, names of pages and places in the program.
"""

from __future__ import annotations

import hashlib
import sys
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import psutil  # type: ignore[import-untyped]
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from hosting import limits
from hosting.settings import Settings, settings
from orgmodel.errors import StoreError
from orgmodel.store import Store

_ROOT: Final = Path(__file__).parents[1]
_HOUR: Final = 3_600
_MINUTES: Final = 60
_HOURS: Final = 24
_MOST_RUNS: Final = 1_000
_MOST_FAULTS: Final = 100
_MB: Final = 1_000_000
_TABS: Final = "active_sessions"  # what Streamlit calls them


class Minute(NamedTuple):
    """The end of a minute: when, tabs open, memory in MB, and the share of one core used during it."""

    at: datetime
    tabs: int
    memory_mb: float
    processor: float


class PageRuns(NamedTuple):
    """How long a page took, in seconds: among the last runs how many were its, their p50 and p95."""

    page: str
    runs: int
    p50: float
    p95: float


class Fault(NamedTuple):
    """An error of one type in one place during the last day."""

    number: str
    kind: str
    place: str
    times: int
    last: datetime


class StoreAnswer(NamedTuple):
    """Whether the store answers, and after how many milliseconds."""

    kind: str
    reachable: bool
    milliseconds: float


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of this server process.

    ``memory_mb`` is what is used now, ``peak_mb`` the most so far (NaN where the system does not say it),
    ``helpers_mb`` what the processes use that compute for this one. ``boxes`` holds the size of the chart of
    every tab, the largest first. ``faults`` begins with the latest.
    """

    replica: str
    version: str
    started: datetime
    now: datetime
    tabs: int
    most_tabs: int
    minutes: tuple[Minute, ...]
    memory_mb: float
    peak_mb: float
    helpers: int
    helpers_mb: float
    threads: int
    boxes: tuple[int, ...]
    all_pages: PageRuns
    pages: tuple[PageRuns, ...]
    faults: tuple[Fault, ...]
    faults_by_hour: tuple[int, ...]
    studies_running: int
    studies_waiting: int
    limits: tuple[tuple[str, str, int], ...]


class Ledger:
    """What is noted while the process runs; every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = psutil.Process()
        self.started = datetime.fromtimestamp(self._process.create_time(), UTC)
        self.most_tabs = 0
        self.minutes: deque[Minute] = deque(maxlen=_MINUTES)
        self._last = (time.monotonic(), self._used())
        self._runs: deque[tuple[str, float]] = deque(maxlen=_MOST_RUNS)
        self._boxes: dict[str, int] = {}
        self._faults: OrderedDict[tuple[str, str, str], tuple[Counter[int], float]] = OrderedDict()

    def note_run(self, seconds: float, page: str, session: str, boxes: int) -> None:
        """Note that a page was shown in a tab."""
        tabs = tabs_open()
        with self._lock:
            self._runs.append((page, seconds))
            self._boxes[session] = boxes
            self.most_tabs = max(self.most_tabs, tabs)

    def note_fault(self, fault: tuple[str, str, str]) -> None:
        """Note an error; the one that was seen least lately is forgotten where there are too many."""
        now = time.time()
        with self._lock:
            hours, _ = self._faults.pop(fault, (Counter(), now))
            hours[int(now // _HOUR)] += 1
            for hour in [hour for hour in hours if hour <= now // _HOUR - _HOURS]:
                del hours[hour]
            self._faults[fault] = (hours, now)
            if len(self._faults) > _MOST_FAULTS:
                self._faults.popitem(last=False)

    def note_minute(self) -> None:
        """Note what this process does at the end of a minute."""
        tabs, (then, before) = tabs_open(), self._last
        self._last = now, used = (time.monotonic(), self._used())
        share = (used - before) / max(now - then, 1e-9)
        found = Minute(datetime.now(UTC), tabs, self._process.memory_info().rss / _MB, share)
        with self._lock:
            self.minutes.append(found)
            self.most_tabs = max(self.most_tabs, tabs)
            self._forget_closed()

    def read(self) -> tuple[tuple[Minute, ...], list[tuple[str, float]], tuple[int, ...]]:
        """Return the last minutes, the last runs of pages, and the boxes of the chart of every tab."""
        with self._lock:
            self._forget_closed()
            boxes = tuple(sorted(self._boxes.values(), reverse=True))
            return tuple(self.minutes), list(self._runs), boxes

    def faults(self) -> tuple[tuple[Fault, ...], tuple[int, ...]]:
        """Return the errors of the last day, the latest first, and how many there were in every hour."""
        this_hour = int(time.time() // _HOUR)
        lately = range(this_hour - _HOURS + 1, this_hour + 1)
        with self._lock:
            noted = [
                (fault, Counter({h: n for h, n in hours.items() if h in lately}), last)
                for fault, (hours, last) in reversed(self._faults.items())
            ]
        found = tuple(
            Fault(*fault, hours.total(), datetime.fromtimestamp(last, UTC))
            for fault, hours, last in noted
            if hours
        )
        return found, tuple(sum(hours[hour] for _, hours, _ in noted) for hour in lately)

    def _used(self) -> float:
        used = self._process.cpu_times()
        return float(used.user + used.system)

    def _forget_closed(self) -> None:
        if runtime.exists():
            for session in [
                each for each in self._boxes if not runtime.get_instance().is_active_session(each)
            ]:
                del self._boxes[session]


#: That of this process.
ledger: Final = Ledger()


def note_run(seconds: float, page: str, boxes: int = 0) -> None:
    """Note that a page was shown: how long that took, and how large the chart of this tab is."""
    context = get_script_run_ctx(suppress_warning=True)
    ledger.note_run(seconds, page, context.session_id if context else "", boxes)


def note_fault(number: str, kind: str, place: str) -> None:
    """Note an error: its number, its type, and where in the program it arose."""
    ledger.note_fault((number, kind, place))


@contextmanager
def watched(seconds: float = 60) -> Iterator[None]:
    """Note once a minute how many tabs are open and what this process uses."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(seconds):
            ledger.note_minute()

    thread = threading.Thread(target=watch, name="facts", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()


def facts() -> Facts:
    """Return what is known now."""
    known, process = settings(), psutil.Process()
    tabs = tabs_open()
    minutes, runs, boxes = ledger.read()
    faults, by_hour = ledger.faults()
    helpers = [size for size in map(_resident, process.children(recursive=True)) if size]
    pages = dict.fromkeys(page for page, _ in runs)
    by_page = (_page_runs(page, [took for name, took in runs if name == page]) for page in pages)
    return Facts(
        replica=known.replica,
        version=version(),
        started=ledger.started,
        now=datetime.now(UTC),
        tabs=tabs,
        most_tabs=max(tabs, ledger.most_tabs),
        minutes=minutes,
        memory_mb=process.memory_info().rss / _MB,
        peak_mb=_peak(),
        helpers=len(helpers),
        helpers_mb=sum(helpers) / _MB,
        threads=process.num_threads(),
        boxes=boxes,
        all_pages=_page_runs("", [took for _, took in runs]),
        pages=tuple(sorted(by_page, key=lambda each: -each.p95)),
        faults=faults,
        faults_by_hour=by_hour,
        studies_running=limits.studies.running(),
        studies_waiting=limits.studies.waiting(),
        limits=_limits(known),
    )


def store_answer(store: Store | None) -> StoreAnswer:
    """Return how the store answers to a small read."""
    if store is None:
        return StoreAnswer("none", reachable=False, milliseconds=float("nan"))
    began = time.perf_counter()
    try:
        store.scenarios("nobody")
    except StoreError:
        return StoreAnswer(store.kind, reachable=False, milliseconds=float("nan"))
    return StoreAnswer(store.kind, reachable=True, milliseconds=1_000 * (time.perf_counter() - began))


def tabs_open() -> int:
    """Return how many tabs are connected to this process now."""
    if not runtime.exists():
        return 0
    told = runtime.get_instance().stats_mgr.get_stats([_TABS]).get(_TABS, ())
    return sum(int(getattr(each, "value", 0)) for each in told)


@cache
def version() -> str:
    """Return a word for the program and its Python: alike where the same program runs."""
    digest = hashlib.sha256()
    for folder in ("components", "hosting", "orgmodel", "pages"):
        for file in sorted((_ROOT / folder).rglob("*.py")):
            digest.update(file.read_bytes())
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{digest.hexdigest()[:8]}, Python {python}"


def _page_runs(page: str, took: list[float]) -> PageRuns:
    if not took:
        return PageRuns(page, 0, float("nan"), float("nan"))
    p50, p95 = np.percentile(took, [50, 95])
    return PageRuns(page, len(took), float(p50), float(p95))


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has just ended
        return 0


def _peak() -> float:
    """Return the most memory that this process has had, in MB, as Linux counts it."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    (kilobytes,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(kilobytes) * 1_024 / _MB


def _limits(known: Settings) -> tuple[tuple[str, str, int], ...]:
    """Return the limits in force: the setting, what it means, and its value."""
    rows = [(each.metadata["row"], getattr(known, each.name)) for each in fields(known)]
    return tuple((row.variable, row.meaning, value) for row, value in rows if type(value) is int)
