"""In how many weightings an alternative is first, second, ...; for whom it is the best; and how sure that is.

Stochastic multicriteria acceptability analysis (SMAA-2), by Monte Carlo.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from orgmodel.errors import PrioritiesError
from orgmodel.priorities.firsts import TIE, firsts, totals
from orgmodel.priorities.totals import checked_values
from orgmodel.priorities.weights import dealt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Comparisons of a block of draws: as many bytes, which stay in the processor's cache.
_COMPARISONS: Final = 500_000


@dataclass(frozen=True, eq=False)
class Acceptability:
    """What the drawn weightings say about A alternatives, and in detail about the K ``chosen``.

    Attributes
    ----------
    first : array (A,)
        First-rank acceptability ``b_a``, 0..1: the share of draws in which the alternative has the largest
        total of all. Sums to 1.
    first_error : array (A,)
        Its standard error, as for ``rank_acceptability``.
    chosen : array of int (K,)
        The alternatives that the following rows stand for, in their order: all of them, or, by ``top``,
        those of largest ``first``, best first.
    rank_acceptability : array (K, K)
        ``b_a^r``, 0..1: the share of draws in which the alternative (row) has rank r (column, 0 is the best)
        among the chosen. Rows and columns sum to 1. Alternatives that tie share the ranks they take: two in
        ranks 1 and 2 have half of each, so identical alternatives have the same numbers.
    standard_error : array (K, K)
        Monte Carlo error of each share (one standard deviation): with several scenarios
        ``sqrt(sum_m (p_m - p)^2 / (M (M - 1)))`` from the shares p_m of each, with a single one the binomial
        ``sqrt(p (1 - p) / D)``. Where scenarios are drawn in strata it is an upper bound. Where a share
        is 0 in D independent draws, it is below 3/D with 95 % certainty.
    beaten : array (K, K)
        Share of draws in which the row is better than the column; ties count half, so ``beaten`` and its
        transpose sum to 1 and the diagonal is 1/2.
    beaten_error : array (K, K)
        Its standard error.
    central_weights : array (K, C)
        Mean of the weights under which the alternative is first (of all A): the priorities of somebody who
        would choose it. A draw in which n tie for the first place counts 1/n. Sums to 1; NaN where the
        alternative is never first.
    confidence : array (K,)
        Confidence factor, 0..1: the share of scenarios in which the alternative is first (of all A) under its
        own central weights; with a single scenario 1 or, if it ties or loses even then, less. NaN where it
        is never first.
    confidence_error : array (K,)
        Its standard error; 0 with a single scenario.
    draws : int
        D.
    """

    first: Floats
    first_error: Floats
    chosen: Ints
    rank_acceptability: Floats
    standard_error: Floats
    beaten: Floats
    beaten_error: Floats
    central_weights: Floats
    confidence: Floats
    confidence_error: Floats
    draws: int


def smaa(values: npt.ArrayLike, weights: npt.ArrayLike, *, top: int | None = None) -> Acceptability:
    """Rank acceptabilities, central weights and confidence factors under drawn weights and values.

    Under each draw of weights w the alternatives are ranked by ``sum_c w_c v_ac``, the largest first. Totals
    that differ by less than 1e-12 of the largest distance of a value from the middle of its criterion are
    a tie.

    Parameters
    ----------
    values : array (A, C) or (M, A, C)
        Higher is better. Three-dimensional where the values are uncertain too: one layer per scenario, all
        equally likely.
    weights : array (D, C)
        Draws of weights, not negative; each is rescaled to sum 1. They are dealt to the M scenarios in
        consecutive blocks: scenario m gets rows ``m D // M`` up to ``(m + 1) D // M``.
    top : int, optional
        Tell only of as many alternatives more than ``first``: those that are first most often, and among
        equals those of larger mean total. ``first`` is against all alternatives in any case. For thousands
        of alternatives this is the fast way; without it the work grows with A squared.

    Raises
    ------
    PrioritiesError
        No alternative, no criterion, a value that is no number, a negative weight, a draw without any
        weight, fewer draws than scenarios, a ``top`` below 1.

    References
    ----------
    Lahdelma and Salminen (2001), SMAA-2: Stochastic multicriteria acceptability analysis for group decision
    making, Operations Research 49(3), 444-454; Tervonen and Lahdelma (2007), Implementing stochastic
    multicriteria acceptability analysis, European Journal of Operational Research 178(2), 500-513.

    >>> draws = np.random.default_rng(1).dirichlet([1, 1], 100_000)
    >>> found = smaa([[1, 0], [0, 1], [0, 0]], draws)
    >>> found.first.round(2).tolist()
    [0.5, 0.5, 0.0]
    >>> found.central_weights.round(2).tolist()
    [[0.75, 0.25], [0.25, 0.75], [nan, nan]]

    """
    if top is not None and top < 1:
        raise PrioritiesError(f"The top {top} alternatives are none; ask for 1 or more.")
    layers = _scaled(values)
    scenarios, count, _ = layers.shape
    draws = _normalised(weights, layers.shape)
    bounds = dealt(len(draws), scenarios)
    parts = [draws[start:end] for start, end in pairwise(bounds)]

    # Identical alternatives are computed once.
    rows, kind, copies = np.unique(
        layers.transpose(1, 0, 2).reshape(count, -1), axis=0, return_inverse=True, return_counts=True
    )
    kinds = np.ascontiguousarray(rows.reshape(len(rows), scenarios, -1).transpose(1, 0, 2))
    first, sums = _Shares(), np.zeros(kinds.shape[1:])
    for layer, part in zip(kinds, parts, strict=True):
        found = firsts(layer, part, copies)
        first.add(np.bincount(found.alternative, found.share, len(rows)) / len(part))
        for criterion, amount in enumerate(part.T):
            drawn = found.share * amount[found.draw]
            sums[:, criterion] += np.bincount(found.alternative, drawn, len(rows))

    chosen = np.arange(count)
    if top is not None and top < count:
        mean = sum(layer @ part.mean(axis=0) for layer, part in zip(layers, parts, strict=True))
        chosen = np.lexsort((chosen, -mean, -first.mean[kind]))[:top]
    ranks, beaten = _Shares(), _Shares()
    for layer, part in zip(layers, parts, strict=True):
        acceptability, better = _ranked(layer[chosen], part)
        ranks.add(acceptability)
        beaten.add(better)

    whole = sums[kind[chosen]].sum(axis=1, keepdims=True)
    central = np.divide(
        sums[kind[chosen]], whole, out=np.full(sums[kind[chosen]].shape, np.nan), where=whole > 0
    )
    confidence, confidence_error = _confidence(kinds, copies, kind[chosen], central)
    return Acceptability(
        first=first.mean[kind],
        first_error=first.error(len(draws))[kind],
        chosen=chosen,
        rank_acceptability=ranks.mean,
        standard_error=ranks.error(len(draws)),
        beaten=beaten.mean,
        beaten_error=beaten.error(len(draws)),
        central_weights=central,
        confidence=confidence,
        confidence_error=confidence_error,
        draws=len(draws),
    )


class _Shares:
    """Mean of shares over scenarios, and its standard error (Welford's recurrence)."""

    def __init__(self) -> None:
        self.count = 0
        self.mean: Floats = np.zeros(())
        self.squares: Floats = np.zeros(())

    def add(self, shares: Floats) -> None:
        self.count += 1
        before = shares - self.mean
        self.mean = self.mean + before / self.count
        self.squares = self.squares + before * (shares - self.mean)

    def error(self, draws: int) -> Floats:
        """Return the error between scenarios, or that of so many draws in a single one."""
        if self.count > 1:
            return np.sqrt(self.squares / (self.count * (self.count - 1)))
        return np.sqrt(np.maximum(self.mean * (1 - self.mean), 0) / draws)


def _scaled(values: npt.ArrayLike) -> Floats:
    """Return the values (M, A, C) about the middle of each criterion, the largest 1: no order changes."""
    layers = checked_values(values, layered=True)
    largest = np.abs(layers).max()
    layers = layers / (largest if largest > 0 else 1)
    layers -= layers.max(axis=1, keepdims=True) / 2 + layers.min(axis=1, keepdims=True) / 2
    largest = np.abs(layers).max()
    layers /= largest if largest > 0 else 1
    return layers


def _normalised(weights: npt.ArrayLike, shape: tuple[int, int, int]) -> Floats:
    """Return the weights with rows of sum 1."""
    draws = np.asarray(weights, dtype=float)
    scenarios, _, criteria = shape
    if draws.shape != (len(draws), criteria):
        raise PrioritiesError(f"Weights have one column for each of {criteria} criteria, not {draws.shape}.")
    if len(draws) < scenarios:
        raise PrioritiesError(f"{len(draws)} draws of weights are too few for {scenarios} scenarios.")
    sums = draws.sum(axis=1, keepdims=True)
    if not (np.isfinite(sums).all() and draws.min() >= 0 and sums.min() > 0):
        raise PrioritiesError("Weights are numbers from 0 on, and in each draw one of them is more than 0.")
    shares: Floats = draws / sums
    return shares


def _ranked(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return the rank acceptabilities of one scenario, and how often the row beats the column."""
    size = len(values)
    ranks, above = np.zeros(size * size), np.zeros((size, size))
    step = max(1, _COMPARISONS // size**2)
    for start in range(0, len(weights), step):
        total = totals(values, weights[start : start + step])
        below = total[:, None] < total[None] - TIE
        above += below.sum(axis=2)
        rank, tied = below.sum(axis=1), size - below.sum(axis=1) - below.sum(axis=0)
        place = np.arange(size)[:, None] * size + rank
        for further in range(tied.max()):
            shared = tied > further
            ranks += np.bincount(place[shared] + further, 1 / tied[shared], size * size)
    return ranks.reshape(size, size) / len(weights), (1 + (above.T - above) / len(weights)) / 2


def _confidence(kinds: Floats, copies: Ints, chosen: Ints, central: Floats) -> tuple[Floats, Floats]:
    """Return the share of scenarios in which each is first under its own central weights, and its error."""
    known = np.flatnonzero(~np.isnan(central[:, 0]))
    shares = _Shares()
    for layer in kinds:
        own: Any = np.zeros(len(known))
        if len(known):
            found = firsts(layer, central[known], copies)
            mine = found.alternative == chosen[known[found.draw]]
            own = np.bincount(found.draw[mine], found.share[mine], len(known))
        shares.add(own)
    confidence, error = np.full(len(chosen), math.nan), np.full(len(chosen), math.nan)
    confidence[known] = shares.mean
    error[known] = shares.error(1) if shares.count > 1 else 0
    return confidence, error
