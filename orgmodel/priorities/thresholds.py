"""From where on a result turns round."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def smallest_change(
    difference: Callable[[float], float],
    start: float,
    low: float,
    high: float,
    *,
    probes: int = 8,
    tolerance: float = 1e-6,
) -> float | None:
    """Value nearest to the present one at which a difference has lost its sign.

    On each side of ``start`` the difference is asked for at ``probes`` places whose distances grow from
    ``1 / probes**2`` of the way to the bound up to the whole of it, as squares do, nearest first on both
    sides by turns; between the first one that turns it and the one before, the place is found by bisection.
    A difference that turns and turns back between two neighbouring probes is missed: more probes miss less.

    Parameters
    ----------
    difference : function of float
        Called with values from ``low`` to ``high``. It has lost its sign where it is 0, or of the other
        sign. NaN counts as not turned.
    start, low, high : float
        The present value, and how far it may go; bounds on the wrong side of ``start`` leave no way to go.
    probes : int
        Per side, 1 or more.
    tolerance : float
        How exact the result is, in shares of the distance from ``start`` to the bound.

    Returns
    -------
    float or None
        A value at which the sign *is* lost (the difference still has it within ``tolerance`` before); None
        if no probe finds one, or if the difference at ``start`` is 0 or NaN.

    >>> round(smallest_change(lambda x: x * x - 4, start=3, low=0, high=10), 4)
    2.0
    >>> smallest_change(lambda x: x + 1, start=3, low=0, high=10) is None
    True

    """
    sign = np.sign(difference(start))
    if sign == 0 or np.isnan(sign):
        return None
    found = [
        value
        for bound, ahead in ((low, start > low), (high, start < high))
        if ahead
        and (value := _turned(lambda x: difference(x) * sign <= 0, start, bound, probes, tolerance))
        is not None
    ]
    return min(found, key=lambda value: abs(value - start), default=None)


def _turned(
    lost: Callable[[float], bool], start: float, bound: float, probes: int, tolerance: float
) -> float | None:
    """Return the first value from start to bound at which the sign is lost, as far as probes tell."""
    before = 0.0
    for probe in range(1, probes + 1):
        after = (probe / probes) ** 2
        if lost(_between(start, bound, after)):
            while after - before > tolerance:
                middle = (before + after) / 2
                before, after = (before, middle) if lost(_between(start, bound, middle)) else (middle, after)
            return _between(start, bound, after)
        before = after
    return None


def _between(start: float, bound: float, share: float) -> float:
    return bound if share == 1 else start + (bound - start) * share


def weight_flip(difference_by_criterion: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Weight of each criterion at which two alternatives tie, the other weights rescaled in proportion.

    With d_c the difference of the two in criterion c, weights w of sum 1, and
    ``r_c = sum_{k != c} w_k d_k / (1 - w_c)`` the difference that the other criteria make among themselves,
    a weight x gives the total difference ``x d_c + (1 - x) r_c``, which is 0 at ``x = r_c / (r_c - d_c)``.

    Parameters
    ----------
    difference_by_criterion : array (C,)
        d.
    weights : array (C,)
        w; rescaled to sum 1.

    Returns
    -------
    array (C,)
        0..1, exact; NaN where no weight makes them tie, where every weight does, or where all other weights
        are 0.

    >>> weight_flip([10, -5], [0.5, 0.5]).round(3).tolist()
    [0.333, 0.667]

    """
    d, w = np.asarray(difference_by_criterion, dtype=float), np.asarray(weights, dtype=float)
    w = w / w.sum()
    # The sum without the criterion itself, not the whole less its part: that would round.
    others = np.where(np.eye(len(d), dtype=bool), 0, w * d).sum(axis=1)
    rest = np.where(np.eye(len(d), dtype=bool), 0, w).sum(axis=1)
    r = np.divide(others, rest, out=np.full(len(d), np.nan), where=rest > 0)
    opposite = (np.sign(r) * np.sign(d) <= 0) & (r != d)
    flips: Floats = np.divide(r, r - d, out=np.full(len(d), np.nan), where=opposite)
    return flips
