"""From the records of a replication to outcomes, and from replications to confidence intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from orgmodel.change_orders.parameters import HOURS_A_DAY, HOURS_A_WEEK
from orgmodel.change_orders.records import CONTRACT, GAVE_UP, HEAD, MANAGER, Records
from orgmodel.errors import AssumptionError
from orgmodel.lines import Bools, Floats

#: Shares of the quarrels of which a summary gives the time they are settled in.
QUANTILES: Final = (0.1, 0.25, 0.5, 0.75, 0.9)
_PER: Final = 1000.0


@dataclass(frozen=True, eq=False)
class Summary:
    """The outcomes of one replication.

    Attributes
    ----------
    values : dict of str to float
        By the names of `orgmodel.change_orders.outcomes`, in their order; NaN where there is nothing to
        count, such as the time to settle a quarrel where nobody quarrels.
    by_level : dict of int to float
        Quarrels decided on each level, per 1,000 changes: 0 the head of customer service, 1 the boss, and so
        on to the longest route. What a contract decides has no level.
    hours : array
        What each manager of the process is asked for, in hours a week; more than 40 where decisions pile up.
    decision_times : array
        Working days in which `QUANTILES` of the quarrels are settled that no rule settles; NaN without any.

    """

    values: dict[str, float]
    by_level: dict[int, float]
    hours: Floats
    decision_times: Floats


class Interval(NamedTuple):
    """A mean over replications with its confidence interval."""

    mean: float
    low: float
    high: float


def summarise(records: Records, warm_up: float = 0.2) -> Summary:
    """Return the outcomes of a replication.

    Parameters
    ----------
    records : Records
    warm_up : float
        Share of the changes, the first that were asked for, which do not count, since managers had
        nothing to settle when they came; 0 to below 1. Orders that were entered before are left out too.

    Notes
    -----
    A change counts with all that becomes of it, also after the last change was asked for, so that none is
    counted only in part, and a quarrel that takes long is not missed. The hours of managers are the decisions
    on these changes over the time in which they were asked for. Of orders those count whose
    production was to start by then: the others might still be changed.

    """
    if not 0.0 <= warm_up < 1.0:
        message = f"A share of {warm_up!r} of the changes cannot be left out; choose from 0 to below 1."
        raise AssumptionError(message)
    changes, orders, visits, process = records.changes, records.orders, records.visits, records.process
    first = int(warm_up * len(changes.asked))
    since = float(changes.asked[first - 1]) if first else 0.0
    until = float(changes.asked[-1])
    outcome, decided = changes.outcome[first:], changes.decided[first:]
    decided_by, level = changes.decided_by[first:], changes.level[first:]
    answered = outcome != GAVE_UP
    argued = np.isin(outcome, (HEAD, MANAGER, CONTRACT))
    dispute_days = (decided[argued] - changes.answered[first:][argued]) / HOURS_A_DAY

    def per_thousand(yes: Bools) -> float:
        return _PER * _mean(yes)

    started = (orders.entered > since) & (orders.production_start <= until)
    depths = np.array([manager.depth for manager in process.managers])
    at_the_top = np.append(depths <= records.parameters.top_depth, False)  # place -1: nobody
    counted = visits.change >= first
    busy = np.bincount(
        visits.manager[counted],
        weights=(visits.ended - visits.begun)[counted],
        minlength=len(process.managers),
    )
    hours = np.asarray(busy * (HOURS_A_WEEK / (until - since)), dtype=np.float64)
    values = {
        "decision_time": _mean((decided - changes.asked[first:])[answered]),
        "dispute_time": _mean(dispute_days),
        "desk_wait": _mean(changes.desk_wait[first:]),
        "disputes": per_thousand(changes.disputed[first:]),
        "escalations": per_thousand(np.isin(outcome, (MANAGER, CONTRACT))),
        "top": per_thousand(at_the_top[decided_by] & (level > 0)),
        "false_promises": per_thousand(changes.false_promise[first:]),
        "rework": per_thousand(changes.rework[first:]),
        "late_orders": per_thousand(orders.late[started]),
        "customers_lost": per_thousand(~answered | changes.left[first:]),
        "billing_corrections": per_thousand(changes.billing_correction[first:]),
        "manager_hours": float(hours.sum()),
    }
    return Summary(
        values,
        {step: per_thousand(level == step) for step in range(process.levels + 1)},
        hours,
        np.quantile(dispute_days, QUANTILES) if argued.any() else np.full(len(QUANTILES), math.nan),
    )


def interval(values: npt.ArrayLike, level: float = 0.95) -> Interval:
    """Return the mean over replications with its confidence interval by Student's t.

    Replications in which the outcome is not defined (NaN) are left out; where one is left, there are no
    bounds (NaN), where none is left, no mean either.

    Examples
    --------
    >>> [round(number, 3) for number in interval([1.0, 2.0, 3.0])]
    [2.0, -0.484, 4.484]
    """
    samples = np.asarray(values, dtype=np.float64)
    samples = samples[~np.isnan(samples)]
    mean = _mean(samples)
    if len(samples) < 2 or math.isinf(mean):  # noqa: PLR2004  # one value has no spread
        return Interval(mean, math.nan, math.nan)
    quantile = float(special.stdtrit(len(samples) - 1, (1.0 + level) / 2.0))
    half = quantile * float(samples.std(ddof=1)) / math.sqrt(len(samples))
    return Interval(mean, mean - half, mean + half)


def _mean(values: npt.NDArray[np.generic]) -> float:
    return float(np.mean(values)) if len(values) else math.nan  # type: ignore[arg-type]  # numbers or bools
