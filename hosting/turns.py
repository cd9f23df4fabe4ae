"""Taking turns: which pages compute now, and which wait.

Python computes in one thread at a time. Fifty pages that are asked for at once and all begin at once are all
ready at the end of the fiftieth; taken in turns the first is ready at once, and none later than before. So a
few compute and the others wait, first come, first served; and what people look at first (the headlines of all
of them) comes before what stands below it.

A page that computes longer than `_PATIENCE` does not keep others waiting: it goes on, and no longer counts.
"""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

_AT_ONCE: Final = 2  # one computes while another one waits for the database
_PATIENCE: Final = 0.5  # seconds
_FIRST, _LATER = 0, 1


class Turns:
    """The turns of one process.

    Parameters
    ----------
    at_once : int
        How many compute at the same time.
    patience : float
        Seconds after which one that still computes is not waited for any more.

    """

    def __init__(self, at_once: int = _AT_ONCE, patience: float = _PATIENCE) -> None:
        self._at_once, self._patience = at_once, patience
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._waiting: list[tuple[int, int, threading.Event]] = []
        self._since: dict[int, float] = {}  # by number, of those whose turn it is
        self._mine = threading.local()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn; it is over at the end of the block."""
        self._take(_FIRST)
        try:
            yield
        finally:
            self._give_back()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let others have the turn during the block, and then all who have not had one yet."""
        had_one = self._give_back()
        try:
            yield
        finally:
            if had_one:
                self._take(_LATER)

    def _take(self, priority: int) -> None:
        number, mine = next(self._numbers), threading.Event()
        with self._lock:
            heapq.heappush(self._waiting, (priority, number, mine))
            self._admit()
        while not mine.wait(self._patience):
            with self._lock:
                self._admit()
        self._mine.number = number

    def _give_back(self) -> bool:
        number = getattr(self._mine, "number", None)
        if number is None:
            return False
        self._mine.number = None
        with self._lock:
            self._since.pop(number, None)
            self._admit()
        return True

    def _admit(self) -> None:
        """Begin the turns that can begin."""
        now = monotonic()
        counted = sum(now - since < self._patience for since in self._since.values())
        while self._waiting and counted < self._at_once:
            _priority, number, waiter = heapq.heappop(self._waiting)
            self._since[number] = now
            counted += 1
            waiter.set()


#: Those of this process.
TURNS: Final = Turns()
