"""Weights and an order made into quarters: pure arithmetic, nothing about organizations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

_DIGITS: Final = 9


def phase_lengths(weights: Sequence[float], horizon: int, shortest: int = 1) -> list[int]:
    """Return how many quarters each goal gets: in proportion to its weight, at least ``shortest`` each.

    The largest remainders get the quarters that are left over (earlier goals those of equal remainders);
    then the longest phases, the last of equal ones, give to those that are too short. Of more goals than
    there is time for only the first are served, so the result may be shorter than ``weights``; the first one
    always is. With weights that fall, lengths never rise.

    >>> phase_lengths([0.61, 0.28, 0.11], 8), phase_lengths([0.61, 0.28, 0.11], 8, shortest=2)
    ([5, 2, 1], [4, 2, 2])
    >>> phase_lengths([0.5, 0.5], 1), phase_lengths([0.4, 0.3, 0.3], 5, shortest=2)
    ([1], [3, 2])
    """
    served = np.asarray(weights[: max(1, horizon // shortest)], dtype=np.float64)
    quotas = (served / served.sum() * horizon).round(_DIGITS)
    lengths = np.floor(quotas).astype(int)
    by_remainder = np.argsort(lengths - quotas, kind="stable")
    lengths[by_remainder[: horizon - int(lengths.sum())]] += 1
    least = min(shortest, horizon)
    while lengths.min() < least:
        longest = np.flatnonzero(lengths == lengths.max())[-1]
        lengths[longest] -= 1
        lengths[np.argmin(lengths)] += 1
    return [int(length) for length in lengths]


class State(NamedTuple):
    """Where customer service is in one quarter: two placements in an overlap, else the same twice."""

    old: int
    new: int
    moves: bool


def states(places: Sequence[int], today: int, overlap: int) -> list[State]:
    """Return what every quarter is like, given the placement wanted in it.

    A move comes at the beginning of its quarter. The overlap leaves every placement at least one quarter of
    its own: a boss who never had customer service alone was not tried.

    >>> [(state.old, state.new) for state in states([1, 1, 1, 2], today=0, overlap=1)]
    [(0, 1), (1, 1), (1, 1), (2, 2)]
    """
    found: list[State] = []
    before, quarter = today, 0
    while quarter < len(places):
        place = places[quarter]
        length = next(
            (at for at, other in enumerate(places[quarter:]) if other != place), len(places) - quarter
        )
        shared = 0 if place == before else min(overlap, length - 1)
        for at in range(length):
            moves = at == 0 and place != before
            found.append(State(before if at < shared else place, place, moves))
        before, quarter = place, quarter + length
    return found
