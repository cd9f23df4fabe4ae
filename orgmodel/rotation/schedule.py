"""Weights and an order made into quarters: pure arithmetic, nothing about organizations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

_DIGITS: Final = 9


def phase_lengths(weights: Sequence[float], horizon: int) -> list[int]:
    """Return how many quarters each goal gets: in proportion to its weight, at least one each.

    The largest remainders get the quarters that are left over (earlier goals those of equal remainders);
    then the longest phases, the last of equal ones, give to those that have none. Of more goals than
    quarters only the first are served, so the result may be shorter than ``weights``. With weights that fall,
    lengths never rise.

    >>> phase_lengths([0.61, 0.28, 0.11], 8), phase_lengths([0.9, 0.06, 0.04], 3)
    ([5, 2, 1], [1, 1, 1])
    >>> phase_lengths([0.5, 0.5], 1)
    [1]
    """
    served = np.asarray(weights[:horizon], dtype=np.float64)
    quotas = (served / served.sum() * horizon).round(_DIGITS)
    lengths = np.floor(quotas).astype(int)
    by_remainder = np.argsort(lengths - quotas, kind="stable")
    lengths[by_remainder[: horizon - int(lengths.sum())]] += 1
    for empty in np.flatnonzero(lengths == 0):
        longest = np.flatnonzero(lengths == lengths.max())[-1]
        lengths[longest] -= 1
        lengths[empty] = 1
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
