"""How lines mix groups: the E-I index and modularity, on arrays.

A group is whatever the caller says: a business function, a branch, a unit. Both measures describe a whole
chart or one unit in it; neither says that more mixing is better, and neither can rank the places of one unit
(a unit moved under those it needs most gets a *lower* E-I index, because they are its own group now).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from orgmodel.lines import Floats

#: The E-I index of five ties inside for each one outside. Leonardi and Contractor (Harvard Business Review,
#: November-December 2018) are reported to call a group below this line a silo; they speak of communication,
#: not of lines on a chart.
FIVE_TO_ONE: Final = -2 / 3


def ei_index(external: npt.ArrayLike, internal: npt.ArrayLike) -> Floats:
    """Return the E-I index: ties to other groups against ties inside the own one.

    Formula
        ``(E - I) / (E + I)``, E ties to other groups, I ties inside; arrays give one index for each place.
    Unit, range
        -1 (all inside) to 1 (all outside). What is attainable depends on how large the groups are: compare
        with `expected_ei_index`.
    Edge cases
        Not defined (NaN) without any tie.
    Source
        Krackhardt and Stern (1988), Social Psychology Quarterly 51(2), 123-140.

    >>> float(ei_index(9, 13)).__round__(4)  # 22 ties, 9 of them between the groups
    -0.1818
    """
    outside, inside = np.asarray(external, dtype=np.float64), np.asarray(internal, dtype=np.float64)
    total = outside + inside
    index = np.full(total.shape, np.nan)
    np.divide(outside - inside, total, out=index, where=total > 0)
    return index


def expected_ei_index(group_sizes: npt.ArrayLike) -> float:
    """Return the E-I index if everybody had a tie with everybody: what random mixing gives on average.

    Formula
        ``(P - 2 I) / P``: P pairs of members, I of them within one group.
    Unit, range
        -1 (a single group) to 1 (every group has one member).
    Edge cases
        Not defined (NaN) for fewer than two members.
    Source
        The index of Krackhardt and Stern (1988), of ties between all pairs.

    >>> round(expected_ei_index([5, 5]), 4)
    0.1111
    """
    sizes = np.asarray(group_sizes, dtype=np.float64)
    pairs = sizes.sum() * (sizes.sum() - 1)
    return float((pairs - 2 * (sizes * (sizes - 1)).sum()) / pairs) if sizes.sum() > 1 else np.nan


def modularity(
    a: npt.ArrayLike, b: npt.ArrayLike, weight: npt.ArrayLike, group: npt.ArrayLike, resolution: float = 1.0
) -> float:
    """Return how much more of the ties stay inside groups than chance would have it.

    Parameters
    ----------
    a, b : array of int
        The ends of every tie, positions in ``group``. A tie has no direction.
    weight : array of float, or one number
        Weight of every tie, not negative.
    group : array
        The group of every node.
    resolution : float
        The factor of the expected share (gamma).

    Notes
    -----
    Formula
        ``sum_c (L_c / m - resolution * (d_c / 2m)^2)`` over groups c: L_c the weight of the ties inside, d_c
        the sum of its members' weights of ties, m the weight of all ties.
    Unit, range
        -0.5 to below 1; 0 where the ties mix groups as chance does, or where there is only one group.
    Edge cases
        Not defined (NaN) without ties.

    References
    ----------
    ``networkx.community.modularity`` gives the same values. As a measure of silos: Zuzul and others (2025),
    Management Science 71(4), 3428-3448; no value is known above which silos would begin.

    >>> modularity([0, 1], [1, 2], 1.0, ["x", "x", "y"])
    -0.125

    """
    names, groups = np.unique(np.asarray(group), return_inverse=True)
    start, end = np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)
    weights = np.broadcast_to(np.asarray(weight, dtype=np.float64), start.shape)
    total = weights.sum()
    if not total > 0:
        return np.nan
    first, second = groups[start], groups[end]
    inside = weights[first == second].sum()
    degree = np.bincount(first, weights, len(names)) + np.bincount(second, weights, len(names))
    return float(inside / total - resolution * ((degree / (2 * total)) ** 2).sum())
