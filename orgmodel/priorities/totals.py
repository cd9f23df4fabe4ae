"""One number per alternative, and which alternatives none other beats outright."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from orgmodel.errors import PrioritiesError

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_TABLE: Final = 2  # dimensions


def weighted_totals(values: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Weighted additive value: ``V_a = sum_c w_c v_ac``, the main rule.

    Needs values on scales that mean the same whatever else is compared; then an alternative more or less
    never changes the order of the others.

    Parameters
    ----------
    values : array (A, C)
        Higher is better.
    weights : array (C,) or (D, C)
        One weighting, or several.

    Returns
    -------
    array (A,) or (D, A)
        In the unit of the values where the weights sum to 1.

    >>> weighted_totals([[100, 0], [40, 80]], [0.5, 0.5]).tolist()
    [50.0, 60.0]

    """
    totals: Floats = np.asarray(weights, dtype=float) @ checked_values(values).T
    return totals


def topsis(values: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Closeness to the ideal: a cross-check of the order, no more.

    Values are divided by their criterion's length ``sqrt(sum_a v_ac^2)`` and weighted; ``d+`` and ``d-`` are
    the Euclidean distances to the best and to the worst value that occurs in each criterion, and the result
    is ``d- / (d+ + d-)``. Because it rescales over the alternatives, one of them more or less can turn the
    order of the others; `weighted_totals` does not do that.

    Parameters
    ----------
    values : array (A, C)
        Higher is better.
    weights : array (C,)
        Rescaling them changes nothing.

    Returns
    -------
    array (A,)
        0 (worst in everything) to 1 (best in everything); 1 for all where all are the same.

    References
    ----------
    Hwang and Yoon (1981), Multiple Attribute Decision Making; Tzeng and Huang (2011), the same title.

    >>> topsis([[1, 1], [2, 2]], [0.5, 0.5]).tolist()
    [0.0, 1.0]

    """
    numbers = checked_values(values)
    length = np.sqrt((numbers**2).sum(axis=0))
    scaled = numbers / np.where(length > 0, length, 1) * np.asarray(weights, dtype=float)
    to_best = np.linalg.norm(scaled - scaled.max(axis=0), axis=1)
    to_worst = np.linalg.norm(scaled - scaled.min(axis=0), axis=1)
    both = to_best + to_worst
    closeness: Floats = np.divide(to_worst, both, out=np.ones_like(both), where=both > 0)
    return closeness


def non_dominated(values: npt.ArrayLike) -> Bools:
    """Whether no other alternative is at least as good in every criterion and better in one.

    What is dominated is first under no weights (it may tie under weights that are 0 for all in which it is
    worse). Of identical alternatives none dominates the other.

    Parameters
    ----------
    values : array (A, C)
        Higher is better.

    Returns
    -------
    array of bool (A,)

    >>> non_dominated([[1, 2], [2, 1], [1, 1], [2, 1]]).tolist()
    [True, True, False, True]

    """
    numbers = checked_values(values)
    # What dominates stands before what it dominates: larger sum, or, where rounding hides it, by column.
    remaining = np.lexsort((*-numbers.T[::-1], -numbers.sum(axis=1)))
    kept = []
    while len(remaining):
        best, remaining = remaining[0], remaining[1:]
        kept.append(best)
        rest = numbers[remaining]
        remaining = remaining[(rest > numbers[best]).any(axis=1) | (rest == numbers[best]).all(axis=1)]
    result = np.zeros(len(numbers), dtype=bool)
    result[kept] = True
    return result


def checked_values(values: npt.ArrayLike, *, layered: bool = False) -> Floats:
    """Return the values as an array (A, C), or (M, A, C); raise where there are none, or one is no number."""
    numbers = np.asarray(values, dtype=float)
    if layered and numbers.ndim == _TABLE:
        numbers = numbers[None]
    if numbers.ndim != _TABLE + layered or 0 in numbers.shape:
        raise PrioritiesError(
            "Values are a table of at least one alternative (row) and one criterion (column), not an array "
            f"of shape {numbers.shape}."
        )
    if not np.isfinite(numbers).all():
        place = tuple(int(index) for index in np.argwhere(~np.isfinite(numbers))[0])
        raise PrioritiesError(
            f"The value of alternative {place[-2] + 1} for criterion {place[-1] + 1} is {numbers[place]:g}; "
            "decide first what a missing or infinite number counts."
        )
    return numbers
