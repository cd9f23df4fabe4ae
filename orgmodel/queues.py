"""Waiting at a desk: what a pool of servers does to its customers, exactly.

Customers arrive at random (a Poisson stream), are served first come, first served, and service times are
exponential. `erlang_b` and `erlang_c` are the two classical formulas, `pool` gives what waiting customers
experience with and without patience, `split_loss` what dividing a pool costs, and `sales_duty` what
happens when servers have to sell after serving. Every unit of time is the caller's; rates are per that unit.

Symbols: λ = ``arrival_rate``, T = ``service_time``, a = λT = ``load`` (the mean number of servers kept busy),
c = ``servers``, ρ = a/c.

Arrays are computed elementwise and broadcast against each other; numbers give numbers. The closed forms
cost the same for one server as for 100,000: a million values take about half a second.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import special

from orgmodel.errors import AssumptionError
from orgmodel.lines import Bools, Floats

#: Standard deviations from the middle of a Poisson distribution beyond which continued fractions are used.
_FAR: Final = 5.0
#: Terms of a continued fraction; that far out, fewer settle all 16 digits.
_TERMS: Final = 60
#: From here on Stirling's series, cut after four terms, is exact to 14 digits.
_STIRLING_FROM: Final = 16.0
_SHARE_TOLERANCE: Final = 1e-9
#: Limits of `sales_duty`; work is the highest level times (servers + 70) cubed.
_MOST_SERVERS: Final = 320
_MOST_WORK: Final = 2e10


@dataclass(frozen=True, eq=False)
class Waiting:
    """What customers of a pool experience.

    ``waiting_probability`` (0..1): the share of customers who find all servers busy. ``waiting_time``: its
    mean over *all* customers, those who need not wait and those who give up included. ``abandonment``
    (0..1): the share of all customers who give up. ``occupancy`` (0..1): the share of time a server is busy.
    A pool that cannot keep up has waiting probability 1, infinite waiting time and occupancy 1.
    """

    waiting_probability: Floats
    waiting_time: Floats
    abandonment: Floats
    occupancy: Floats


@dataclass(frozen=True, eq=False)
class SplitLoss:
    """Separate pools, their mean over customers (occupancy: over servers), and the one pool of all."""

    pools: Waiting
    mean: Waiting
    pooled: Waiting

    @property
    def added_waiting_time(self) -> float:
        """Mean waiting time added by the split: infinite if only the pools, NaN if all is overloaded."""
        if np.isinf(self.pooled.waiting_time):
            return math.nan
        return float(self.mean.waiting_time - self.pooled.waiting_time)


@dataclass(frozen=True, eq=False)
class SalesDuty:
    """Waiting where servers have to sell, and the share of customers (0..1) to whom selling is attempted."""

    waiting: Waiting
    attempted: float


def erlang_b(servers: npt.ArrayLike, load: npt.ArrayLike) -> Floats:
    """Share of customers turned away by c servers without a queue (M/M/c/c).

    B = (a^c / c!) / sum_{k=0..c} a^k / k!, which is a Poisson probability over its distribution function;
    far above c, where both vanish, the regularised incomplete gamma function in the denominator is
    replaced by Legendre's continued fraction. Relative error below 1e-11, checked against the
    recursion 1/B_k = 1 + k/(a B_{k-1}) up to 100,000 servers. No load: 0.

    Examples
    --------
    >>> float(erlang_b(2, 1.0).round(12))
    0.2

    References
    ----------
    Continued fraction: NIST Digital Library of Mathematical Functions, 8.9.2 (its even part).
    """
    c, a = np.broadcast_arrays(_servers(servers), _not_negative("load", load))

    def middle(c: Floats, a: Floats) -> Floats:
        return np.asarray(_poisson(c, a) / special.gammaincc(c + 1, a))

    def far(c: Floats, a: Floats) -> Floats:
        spare = _continued_fraction(lambda m: m * np.maximum(c + 1 - m, 0), lambda m: a - c + 2 * m)
        return np.asarray((a - c + spare) / a)

    return _by_region(a - c > _FAR * np.sqrt(c), far, middle, c, a)


def erlang_c(servers: npt.ArrayLike, load: npt.ArrayLike) -> Floats:
    """Share of customers who have to wait for one of c servers (M/M/c).

    C = cB / (c - a(1 - B)) with B of `erlang_b`. No load: 0. A load of c or more: 1, the queue grows without
    end.

    Examples
    --------
    >>> float(erlang_c(3, 2.0).round(12))  # 4/9
    0.444444444444
    """
    c, a = _servers(servers), _not_negative("load", load)
    return _all_busy(erlang_b(c, a), np.maximum((c - a) / c, 0.0))


def probability_of_waiting_longer(
    servers: npt.ArrayLike, load: npt.ArrayLike, service_time: npt.ArrayLike, time: npt.ArrayLike
) -> Floats:
    """Share of customers who wait longer than ``time`` (M/M/c): C e^{-(c - a) time / T}; 1 if a >= c.

    Examples
    --------
    >>> float(probability_of_waiting_longer(14, 10.0, 3.0, 20 / 60).round(5))  # 20 seconds, in minutes
    0.11165
    """
    c, a = _servers(servers), _not_negative("load", load)
    decay = np.maximum(c - a, 0.0) / _positive("service time", service_time)
    return np.asarray(erlang_c(c, a) * np.exp(-decay * _not_negative("time", time)))[()]


def pool(
    servers: npt.ArrayLike,
    arrival_rate: npt.ArrayLike,
    service_time: npt.ArrayLike,
    patience: npt.ArrayLike | None = None,
) -> Waiting:
    """Waiting in a pool of c servers: Erlang C, or Erlang A (M/M/c+M) if customers have patience.

    Without ``patience`` nobody gives up: a share C of `erlang_c` waits, and the mean waiting time is
    C T / (c - a).

    With it, each customer gives up after a time that is exponential with mean ``patience``. Let h be the
    share of waiting customers who give up. All else follows from h and B of `erlang_b`:
    G = 1 - ρ + ρh is the probability that nobody waits, given that all servers are busy; B / (B + (1 - B) G)
    is the waiting probability P, P h is ``abandonment``, P h patience the mean waiting time (by Little's
    law) and ρ (1 - P h) the occupancy. With x = c patience / T and y = λ patience, G is a Poisson
    probability over an incomplete gamma function, e^{-y} y^x / Γ(x+1) / P(x, y), and where y is far below x,
    h = 1/(x+1-y + 2y/(x+2-y + 3y/(x+3-y + ...))), all terms of which are positive. Infinite patience is no
    patience given (h = 0); no patience at all would be `erlang_b`.

    Examples
    --------
    >>> desk = pool(servers=14, arrival_rate=100 / 30, service_time=3)  # minutes
    >>> round(float(desk.waiting_probability), 4), round(60 * float(desk.waiting_time), 2)
    (0.1741, 7.84)

    References
    ----------
    Model with patience: Garnett, Mandelbaum and Reiman, Designing a Call Center with Impatient Customers,
    Manufacturing & Service Operations Management 4 (2002) 208-227.
    """
    c, rate = _servers(servers), _not_negative("arrival rate", arrival_rate)
    duration = _not_negative("service time", service_time)
    with np.errstate(over="ignore"):
        load = _not_negative("load", rate * duration)
    blocked, share = erlang_b(c, load), load / c
    if patience is None:
        spare = np.maximum(c - load, 0.0)
        wait = _all_busy(blocked, spare / c)
        with np.errstate(divide="ignore"):
            mean = np.where(spare > 0, wait * duration / spare, np.inf)
        return Waiting(wait, mean[()], np.zeros_like(mean)[()], np.minimum(share, 1.0))
    lasting = _positive("patience", patience)
    gives_up = _giving_up(c, rate, duration, lasting)
    wait = _all_busy(blocked, (c - load) / c + share * gives_up)
    lost = wait * gives_up
    return Waiting(wait, lost * lasting, lost, np.minimum(share * (1 - lost), 1.0))


def split_loss(
    servers: npt.ArrayLike,
    shares: npt.ArrayLike,
    arrival_rate: float,
    service_time: float,
    patience: float | None = None,
) -> SplitLoss:
    """Waiting in separate pools, each with its own ``servers`` and share of the arrivals, against one pool.

    Shares sum to 1. In the one pool the mean waiting time and abandonment are never larger (checked
    numerically). The waiting *probability* can be: one overloaded pool among several
    makes only its own customers wait.

    Examples
    --------
    >>> split = split_loss([7, 7], [0.5, 0.5], arrival_rate=100 / 30, service_time=3)
    >>> round(60 * float(split.mean.waiting_time), 2), round(60 * float(split.pooled.waiting_time), 2)
    (29.17, 7.84)
    """
    c, part = np.broadcast_arrays(_servers(servers), _not_negative("share of the arrivals", shares))
    if abs(part.sum() - 1.0) > _SHARE_TOLERANCE:
        raise AssumptionError(f"The shares of the arrivals sum to {part.sum():.6g}; they must sum to 1.")
    pools = pool(c, arrival_rate * part, service_time, patience)
    mean = Waiting(
        (part * pools.waiting_probability).sum(),
        (part * pools.waiting_time).sum(),
        (part * pools.abandonment).sum(),
        (c * pools.occupancy).sum() / c.sum(),
    )
    return SplitLoss(pools, mean, pool(c.sum(), arrival_rate, service_time, patience))


def sales_duty(
    servers: int,
    arrival_rate: float,
    service_time: float,
    sales_time: float,
    threshold: int | None = None,
    attempts: float = 1.0,
) -> SalesDuty:
    """Waiting where servers try to sell once a service has ended, unless the desk is full.

    When a service ends, X is the number of customers in the system, the one just served included. If
    X < ``threshold`` a sale is attempted with probability ``attempts``: the customer stays and the server
    remains busy for an exponential time of mean ``sales_time``; otherwise the customer leaves. So threshold
    c + 1 sells whenever nobody waits, 0 and 1 never sell, and None always does.

    The state is (X, number of servers selling): a quasi-birth-and-death process. From max(c, threshold)
    customers on, its levels are alike and are summed to infinity by the matrix-geometric method (logarithmic
    reduction), so nothing is cut off; the levels below are eliminated one by one. Results are exact to about
    12 digits unless service and sales times differ by many orders of magnitude. The desk keeps up if
    λ (T + attempts sales_time) < c, or, with a threshold, λT < c; otherwise waiting is certain and without
    end, and with a threshold selling dies out.

    200 servers take 0.15 seconds of a processor. The limits, 1.5 seconds, are 320 servers, and a threshold of
    2·10^10 / (servers + 70)^3: 33,000 with 14 servers, 1,000 with 200.

    Examples
    --------
    >>> duty = sales_duty(14, 100 / 30, 3, sales_time=1, threshold=15)
    >>> round(60 * float(duty.waiting.waiting_time), 2), round(duty.attempted, 3)
    (13.97, 0.664)

    References
    ----------
    Threshold rule: Armony and Gurvich, Manufacturing & Service Operations Management 12 (2010) 470-488.
    Method: Latouche and Ramaswami, Introduction to Matrix Analytic Methods in Stochastic Modeling (1999).
    """
    c, rate = int(_servers(servers)), float(_positive("arrival rate", arrival_rate))
    serving = 1 / float(_positive("service time", service_time))
    selling = 1 / float(_positive("sales time", sales_time))
    if not 0.0 <= attempts <= 1.0:
        raise AssumptionError(f"The probability of a sales attempt is {attempts}; it must be 0 to 1.")
    limit = math.inf if threshold is None else threshold
    if threshold is not None and not 0 <= threshold < math.inf:
        raise AssumptionError(f"The threshold of selling is {threshold}; it must be 0 or more, or none.")
    endless = attempts if threshold is None else 0.0
    if rate * (1 / serving + endless / selling) >= c:
        return SalesDuty(_waiting(1.0, math.inf, 1.0), endless)
    top = c if threshold is None else max(c, math.ceil(threshold))
    if c > _MOST_SERVERS:
        raise AssumptionError(f"{c} servers that sell are too many to compute; at most {_MOST_SERVERS}.")
    if top > (most := int(_MOST_WORK / (c + 70.0) ** 3)):
        raise AssumptionError(
            f"With {c} servers the threshold of selling is at most {most}, or none; not {top}."
        )

    def level(customers: int) -> tuple[Floats, Floats, Floats]:
        """Return the rates within a level, those to the level below, and what is summed over states."""
        busy = min(customers, c)
        sellers = np.arange(busy + 1.0)
        ends = (busy - sellers) * serving
        tries = (attempts if customers < limit else 0.0) * ends
        within = np.diag(tries[:-1], 1)
        below = (np.diag(ends - tries) + np.diag(sellers[1:] * selling, -1))[:, : min(customers - 1, c) + 1]
        counted = np.empty((busy + 1, 4))
        counted[:, :3] = 1, customers >= c, max(customers - c, 0)
        counted[:, 3] = tries
        return within, below, counted

    # Watched only while on the levels up to n, the process leaves the states of level n as ``leaving`` says.
    # A row of ``sums`` is what such a state stands for: itself and its part of the levels above; only ratios
    # count, so they are scaled.
    within, below, counted = level(top)
    leaving = _leaving(within + rate * _first_passage(*level(top + 1)[:2], rate), below.sum(axis=1))
    endlessly = leaving - rate * np.eye(c + 1)
    sums = leaving @ np.linalg.solve(endlessly, counted)
    sums[:, 2] += rate * np.linalg.solve(endlessly, sums[:, 0])  # the queue grows by 1 per level
    scale = 1.0
    for customers in range(top - 1, -1, -1):
        states = min(customers, c) + 1
        solved = np.linalg.solve(leaving, np.hstack([below, sums]))[:states]
        within, below, counted = level(customers)
        leaving = _leaving(within + rate * solved[:, :states], below.sum(axis=1))
        sums = scale * counted + rate * solved[:, states:]
        scale /= (largest := sums[:, 0].max())
        sums /= largest
    busy, queue, tried = (sums[0, 1:] / sums[0, 0]).tolist()
    attempted = min(tried / rate, attempts)
    occupancy = min(rate * (1 / serving + attempted / selling) / c, 1.0)
    return SalesDuty(_waiting(min(busy, 1.0), queue / rate, occupancy), attempted)


def _first_passage(within: Floats, below: Floats, up: float) -> Floats:
    """Return with what probabilities the level below is entered in which state (rows: the state above).

    Logarithmic reduction: each step looks twice as many levels up as the one before.
    """
    size = len(within)
    both = np.linalg.solve(_leaving(within, below.sum(axis=1) + up), np.hstack([up * np.eye(size), below]))
    rise, fall = both[:, :size], both[:, size:]
    passage, risen = fall, rise
    while risen.max() > np.finfo(float).eps / 16:
        twice = np.hstack([rise @ rise, fall @ fall])
        both = np.linalg.solve(_leaving(rise @ fall + fall @ rise, twice.sum(axis=1)), twice)
        rise, fall = both[:, :size], both[:, size:]
        passage = passage + risen @ fall
        risen = risen @ rise
    return np.asarray(passage / passage.sum(axis=1, keepdims=True))  # it is left for certain: sums are 1


def _leaving(within: Floats, out: Floats) -> Floats:
    """Return minus the rates between states, and on the diagonal all that leaves, summed without differences.

    What leads from a state back to itself is no leaving. Without differences no digits are lost on the verge
    of overload.
    """
    matrix = -within
    np.fill_diagonal(matrix, 0.0)
    np.fill_diagonal(matrix, out - matrix.sum(axis=1))
    return matrix


def _giving_up(c: Floats, rate: Floats, duration: Floats, patience: Floats) -> Floats:
    """Return the share of waiting customers who give up, h in `pool`."""
    with np.errstate(divide="ignore", over="ignore"):
        arrivals = _not_negative("number of arrivals within the patience", rate * patience)
        x, y = np.broadcast_arrays(c * patience / duration, arrivals)

    def middle(x: Floats, y: Floats) -> Floats:
        nobody_waits = _poisson(x, y) / special.gammainc(x, y)
        return np.asarray(np.minimum((x * nobody_waits - (x - y)) / y, 1.0))

    def far(x: Floats, y: Floats) -> Floats:
        return _continued_fraction(lambda m: m * y if m > 1 else 1.0, lambda m: x - y + m)

    return _by_region(x - y > _FAR * np.sqrt(y), far, middle, x, y)


def _all_busy(blocked: Floats, nobody_waits: Floats) -> Floats:
    """Return the probability that all servers are busy, from B and G of `pool`."""
    return np.asarray(np.minimum(blocked / (blocked + (1 - blocked) * nobody_waits), 1.0))[()]


def _poisson(count: Floats, mean: Floats) -> Floats:
    """Return e^{-mean} mean^count / Γ(count + 1) for any count >= 0; large ones lose no digits."""
    n, few = np.maximum(count, _STIRLING_FROM), np.minimum(count, _STIRLING_FROM)
    excess, per = (mean - n) / n, 1 / n
    with np.errstate(divide="ignore"):
        logarithm = np.where(2 * mean > n, np.log1p(excess), np.log(mean / n))
    rest = per * (1 / 12 + per**2 * (-1 / 360 + per**2 * (1 / 1260 - per**2 / 1680)))
    many = np.exp(n * (logarithm - excess) - rest) / np.sqrt(2 * np.pi * n)
    return np.where(
        count < _STIRLING_FROM, np.exp(special.xlogy(few, mean) - mean - special.gammaln(few + 1)), many
    )


def _continued_fraction(numerator: Callable[[int], Any], denominator: Callable[[int], Any]) -> Floats:
    """Return n(1) / (d(1) + n(2) / (d(2) + ...))."""
    value: Any = 0.0
    for term in range(_TERMS, 0, -1):
        value = numerator(term) / (denominator(term) + value)
    return np.asarray(value)


def _by_region(
    inside: Bools,
    formula: Callable[[Floats, Floats], Floats],
    otherwise: Callable[[Floats, Floats], Floats],
    first: Floats,
    second: Floats,
) -> Floats:
    """Return one formula's values where ``inside``, the other's elsewhere, each computed only there."""
    values = np.empty(inside.shape)
    for where, computed in ((inside, formula), (~inside, otherwise)):
        if where.any():  # a long formula takes its time for nothing at all as well
            values[where] = computed(first[where], second[where])
    return np.asarray(values[()])


def _waiting(probability: float, time: float, occupancy: float) -> Waiting:
    return Waiting(*(np.asarray(value)[()] for value in (probability, time, 0.0, occupancy)))


def _servers(values: npt.ArrayLike) -> Floats:
    return _checked(
        "number of servers", values, lambda n: (n >= 1) & (n == np.floor(n)), "a whole number from 1 on"
    )


def _not_negative(name: str, values: npt.ArrayLike) -> Floats:
    return _checked(name, values, lambda value: value >= 0, "0 or more and finite")


def _positive(name: str, values: npt.ArrayLike) -> Floats:
    return _checked(name, values, lambda value: value > 0, "above 0 and finite")


def _checked(name: str, values: npt.ArrayLike, allowed: Callable[[Floats], Bools], condition: str) -> Floats:
    checked = np.asarray(values, dtype=np.float64)
    wrong = ~(np.isfinite(checked) & allowed(checked))
    if wrong.any():
        raise AssumptionError(f"The {name} is {checked[wrong][0]:g}; it must be {condition}.")
    return checked
