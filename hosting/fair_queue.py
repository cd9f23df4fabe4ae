"""A queue for what only a few may do at once: one of everybody comes before a second of anybody.

That is fair queuing (Demers, Keshav and Shenker 1989) where all turns count alike. Pages, which take moments,
go by `hosting.turns`; this is for what takes seconds or minutes.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

#: Seconds from one look at the queue to the next.
_ASKED_EVERY: Final = 0.1
#: Seconds after which Python lets another thread go on while something long computes; otherwise it is 0.005,
#: and a page, which waits hundreds of times, then takes ten times as long (measured beside a file of 73 MB).
_OFTEN: Final = 0.0005


@dataclass(eq=False)
class Turn:
    """One who wants a turn, or has it."""

    owner: str
    round: int
    begun: bool = False


class FairQueue:
    """So many turns at once; the others wait.

    Parameters
    ----------
    at_once : callable
        Returns how many may run at once.
    alone : bool
        One owner has one turn at most.

    Examples
    --------
    >>> queue = FairQueue(lambda: 1)
    >>> ann, again, bob = queue.enter("Ann"), queue.enter("Ann"), queue.enter("Bob")
    >>> [queue.place(each) for each in (ann, again, bob)]
    [0, 2, 1]
    >>> queue.leave(ann)
    >>> queue.place(again), queue.place(bob)
    (2, 0)

    """

    def __init__(self, at_once: Callable[[], int], *, alone: bool = False) -> None:
        self._at_once, self._alone = at_once, alone
        self._turns: list[Turn] = []  # as they came
        self._round = 0  # of the turn that began last
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, owner: str, tell: Callable[[int], object]) -> Iterator[None]:
        """Wait for a turn and hold it until the end.

        ``tell`` is called with the place in the queue, ten times a second; an exception in it leaves it.
        """
        turn = self.enter(owner)
        try:
            while place := self.place(turn):
                tell(place)
                time.sleep(_ASKED_EVERY)
            yield
        finally:
            self.leave(turn)

    def enter(self, owner: str) -> Turn:
        """Stand in the queue, behind one's own others; whoever enters has to `leave`."""
        with self._lock:
            own = (1 + each.round for each in self._turns if each.owner == owner)
            turn = Turn(owner, max([self._round, *own]))
            self._turns.append(turn)
            return turn

    def leave(self, turn: Turn) -> None:
        """Give the turn back, or the place in the queue."""
        with self._lock:
            self._turns.remove(turn)

    def place(self, turn: Turn) -> int:
        """Return 0 when it is one's turn, which begins then, else the place in the queue."""
        with self._lock:
            if turn.begun:
                return 0
            running = [each.owner for each in self._turns if each.begun]
            waiting = sorted((each for each in self._turns if not each.begun), key=lambda each: each.round)
            free = [each for each in waiting if not (self._alone and each.owner in running)]
            if turn not in free[: max(0, self._at_once() - len(running))]:
                return 1 + waiting.index(turn)
            turn.begun, self._round = True, turn.round
            return 0

    def running(self) -> int:
        """Return how many have their turn."""
        with self._lock:
            return sum(each.begun for each in self._turns)

    def waiting(self) -> int:
        """Return how many wait."""
        with self._lock:
            return sum(not each.begun for each in self._turns)


class _GivingWay:
    """How many long computations run in this process, and Python's own interval."""

    def __init__(self) -> None:
        self._lock, self._running, self._usual = threading.Lock(), 0, 0.0

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Let the clicks of others come between more often during the block."""
        with self._lock:
            if not self._running:
                self._usual = sys.getswitchinterval()
                sys.setswitchinterval(_OFTEN)
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
                if not self._running:
                    sys.setswitchinterval(self._usual)


giving_way: Final = _GivingWay()
