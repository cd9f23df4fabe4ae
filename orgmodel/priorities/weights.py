"""From an order of importance to weights, and draws of weights about it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from orgmodel.errors import PrioritiesError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def rank_order_centroid(ranks: Sequence[float | None] | npt.ArrayLike) -> Floats:
    """Weights from an order of importance alone: the mean of all weights that keep it.

    ``w_i = (1/n) sum_{k=i..n} 1/k`` for the i-th of n, the centre of ``w_1 >= w_2 >= ... >= w_n >= 0``,
    ``sum w = 1``.

    Parameters
    ----------
    ranks : array (n,)
        1 is the most important; only the order counts. Equal ranks share the mean of the weights of the
        places that they take. NaN or None is not ranked and gets weight 0.

    Returns
    -------
    array (n,)
        Weights of sum 1; all 0 if nothing is ranked.

    References
    ----------
    Barron and Barrett (1996), Decision quality using ranked attribute weights, Management Science 42(11).

    >>> rank_order_centroid([1, 2, 3]).round(3).tolist()
    [0.611, 0.278, 0.111]
    >>> rank_order_centroid([1, 1, None]).tolist()
    [0.5, 0.5, 0.0]

    """
    order = np.asarray(ranks, dtype=float)
    ranked = ~np.isnan(order)
    weights = np.zeros(len(order))
    if ranked.any():
        places = np.arange(1, np.count_nonzero(ranked) + 1)
        centroid = np.cumsum(1 / places[::-1])[::-1] / len(places)
        _, group, size = np.unique(order[ranked], return_inverse=True, return_counts=True)
        shared = np.add.reduceat(centroid, np.cumsum(size) - size) / size
        weights[ranked] = shared[group]
    return weights


def ordered_dirichlet(ranks: npt.ArrayLike, size: int, rng: np.random.Generator) -> Floats:
    """Draws from all weights that keep an order of importance, each such weighting as likely as another.

    Dirichlet(1, ..., 1), sorted: the largest weight goes to the first rank, and so on. Its mean is
    `rank_order_centroid`. Equal ranks are put in a random order, draw by draw.

    Parameters
    ----------
    ranks : array (n,) or (size, n)
        As for `rank_order_centroid`; two-dimensional where every draw has an order of its own.
    size : int
        Number of draws.
    rng : numpy.random.Generator
        What is drawn from.

    Returns
    -------
    array (size, n)
        Rows of sum 1; a row in which nothing is ranked is 0.

    References
    ----------
    Barron and Barrett (1996); Tervonen and Lahdelma (2007), European Journal of Operational Research 178(2).

    >>> ordered_dirichlet([2, 1], 100_000, np.random.default_rng(1)).mean(axis=0).round(2).tolist()
    [0.25, 0.75]

    """
    orders = np.asarray(ranks, dtype=float)
    orders = np.broadcast_to(orders, (size, orders.shape[-1]))
    lots = rng.random(orders.shape)
    places = np.argsort(np.lexsort((lots, orders), axis=-1), axis=-1)  # NaN comes last
    amounts = rng.standard_exponential(orders.shape)
    amounts[np.arange(orders.shape[1]) >= np.count_nonzero(~np.isnan(orders), axis=1)[:, None]] = 0
    drawn = np.take_along_axis(-np.sort(-amounts, axis=1), places, axis=1)
    return _shares(drawn)


def dirichlet_about(means: npt.ArrayLike, size: int, rng: np.random.Generator) -> Floats:
    """Draws of weights about a mean, as scattered as they are where nothing is known but the mean.

    Dirichlet with parameters ``n m_1, ..., n m_C``, where n is the number of positive means: the mean of
    the draws is m, a weight of mean 0 stays 0, and equal means give Dirichlet(1, ..., 1), in which every
    weighting is as likely as another.

    Parameters
    ----------
    means : array (C,) or (M, C)
        Not negative, each row with a positive one; rows are rescaled to sum 1. The draws are dealt to
        several rows in consecutive blocks, as in `orgmodel.priorities.smaa`.
    size : int
        Number of all draws.
    rng : numpy.random.Generator
        What is drawn from.

    Returns
    -------
    array (size, C)
        Rows of sum 1.

    >>> dirichlet_about([3, 1, 0], 100_000, np.random.default_rng(1)).mean(axis=0).round(2).tolist()
    [0.75, 0.25, 0.0]

    """
    centres = np.atleast_2d(np.asarray(means, dtype=float))
    if not (np.isfinite(centres).all() and (centres >= 0).all() and (centres.sum(axis=1) > 0).all()):
        raise PrioritiesError("Means of weights are numbers from 0 on, and one of them is more than 0.")
    shapes = _shares(centres) * np.count_nonzero(centres, axis=1)[:, None]
    return _shares(rng.standard_gamma(np.repeat(shapes, np.diff(dealt(size, len(shapes))), axis=0)))


def dealt(draws: int, scenarios: int) -> Ints:
    """Return where the draws of each scenario begin, and at last their number: equal blocks, up to one."""
    starts: Ints = np.arange(scenarios + 1) * draws // scenarios
    return starts


def _shares(amounts: Floats) -> Floats:
    """Return every row divided by its sum; rows of sum 0 stay 0."""
    sums = amounts.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(amounts, sums, out=np.zeros_like(amounts), where=sums > 0)
    return shares
