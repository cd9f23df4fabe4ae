"""What the change-order process comes to in the long run, by formulas instead of simulation.

The desks and the planners are queues with exact formulas (`orgmodel.queues`), and what becomes of a change
after them is a row of independent draws. Shares of changes and hours of managers are therefore the exact
means of the simulated model, except that changes which meet the desk eight contacts after one another are
taken to wait independently.

How long quarrels take is *not* exact: here they come to managers at random, from all parts together, and
every manager is a queue of its own (an open network of M/M/1 queues, Jackson 1957). In the model promises are
broken while the schedule is full, so quarrels come in bursts and take longer: by a quarter to a third at the
defaults, where managers are busy for a tenth of their time, and by several times where that is half of it.
Which line grows without end is not touched by this.

References
----------
Jackson, Networks of Waiting Lines, Operations Research 5 (1957) 518-521.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from orgmodel.change_orders.parameters import HOURS_A_DAY, HOURS_A_WEEK, MINUTES, Parameters
from orgmodel.change_orders.process import Part, Process
from orgmodel.lines import Floats
from orgmodel.queues import erlang_c, pool, probability_of_waiting_longer, sales_duty

_PER: Final = 1000.0
#: Above, `sales_duty` takes longer than somebody who moves a slider waits.
_MOST_SELLERS: Final = 200
#: What rests on how long managers take.
_TIMES: Final = frozenset({"decision_time", "dispute_time"})


class Station(NamedTuple):
    """A line of the process: what comes to it, and what it can get done, in ``unit`` a day.

    ``stable`` is whether the line ever comes to rest: less comes than can be ``done``, or people give up.
    """

    title: str
    load: float
    capacity: float
    unit: str
    done: str
    stable: bool

    @property
    def sentence(self) -> str:
        """What comes and what can be done."""
        come, can = _told_apart(self.load, self.capacity)
        return (
            f"{self.title}: {come} {self.unit} a day come and {can} can be "
            f"{self.done}{'' if self.stable else ', so that the line grows without end'}."
        )


@dataclass(frozen=True, eq=False)
class Expected:
    """The outcomes to be expected in the long run.

    Attributes
    ----------
    values, by_level, hours
        As in `orgmodel.change_orders.summary.Summary`; NaN where there is no closed form, infinite times
        where a line grows without end.
    exact : frozenset of str
        The outcomes whose formula is that of the simulated model; the others are approximations.
    stations : tuple of Station
        The desks, the planners and the managers, in the order of the process.

    """

    values: dict[str, float]
    by_level: dict[int, float]
    hours: Floats
    exact: frozenset[str]
    stations: tuple[Station, ...]

    @property
    def stable(self) -> bool:
        """Whether all lines come to rest; a simulation where they do not tells nothing."""
        return all(station.stable for station in self.stations)

    @property
    def sentence(self) -> str:
        """Which lines do not come to rest, with their numbers; empty where all do."""
        return " ".join(station.sentence for station in self.stations if not station.stable)


class _Desk(NamedTuple):
    """What customers meet at a desk, in minutes: ``heard`` is the wait of those who do not give up.

    ``wait`` is NaN where it is not known; what is lost is then that of a desk that does not sell.
    """

    wait: float
    heard: float
    lost: float
    exact: bool


class _Flow(NamedTuple):
    """What comes from one part, as shares of all changes; ``below`` and ``above`` are quarrels to decide."""

    part: Part
    desk: _Desk
    answered: float
    false: float
    disputes: float
    below: float
    above: float


def expected(process: Process, parameters: Parameters) -> Expected:
    """Return what the process comes to in the long run.

    Formula
        ``q = C(c, a) exp(-(c - a) slack / planning_time)`` of the changes are contested: Erlang's formula
        with ``c`` planners and ``a = c planning_utilisation``, less what gave up at the desk. Of those that a
        part answers, ``f = q (1 - seen)`` are false promises and ``f p`` quarrels (`Parameters.quarrelling`),
        of which ``1 - rule_coverage`` have to be decided: the share ``delegated`` of these by the head of
        customer service, the others by the last manager of the part's route after all managers before, or
        by a contract. A manager to whom ``x`` quarrels a day come and who can settle ``m`` keeps each for
        ``1 / (m - x)`` days.
    Edge cases
        Rework, late orders and corrected bills have a closed form only where every desk always sees the
        schedule (then only planning makes an order late). A desk that sells has none where customers give up
        or more than 200 people answer: people who always sell are then taken to serve for so much longer,
        for those who sell only when nobody waits the wait is NaN.

    >>> from orgmodel.change_orders.process import Manager
    >>> desk = Part("cs", "Desk", 1.0, 3, 2.0, 0.0, 1.0, head=0, route=(1,))
    >>> two = (Manager("cs", "Head", 1), Manager("ceo", "Chief", 0))
    >>> found = expected(Process("", (desk,), two), Parameters())
    >>> found.stable, round(found.values["top"], 1), round(found.values["dispute_time"], 3)
    (True, 261.3, 0.119)

    """
    desks = tuple(_desk_of(part, parameters) for part in process.parts)
    lost = math.fsum(part.share * desk.lost for part, desk in zip(process.parts, desks, strict=True))
    load = parameters.planners * parameters.planning_utilisation * (1.0 - parameters.change_share * lost)
    contested = float(
        probability_of_waiting_longer(parameters.planners, load, parameters.planning_time, parameters.slack)
    )
    flows = [
        _flow(part, desk, contested, parameters) for part, desk in zip(process.parts, desks, strict=True)
    ]
    answered, false, disputes, below, above = (
        math.fsum(getattr(flow, name) for flow in flows) for name in _Flow._fields[2:]
    )

    coming = np.zeros(len(process.managers))
    for flow in flows:
        coming[flow.part.head] += flow.below
        coming[list(flow.part.route)] += flow.above
    coming *= parameters.change_rate * HOURS_A_DAY
    with np.errstate(divide="ignore"):
        days = 1.0 / np.maximum(parameters.decisions_per_day - coming, 0.0)
    climb = [
        parameters.contract_days if part.contract else float(days[list(part.route)].sum())
        for part in process.parts
    ]
    # Working days of quarrels per change.
    quarrelling = _sum((flow.below, float(days[flow.part.head])) for flow in flows) + _sum(
        (flow.above, time) for flow, time in zip(flows, climb, strict=True)
    )
    minutes = parameters.service_time + _sum((flow.answered, flow.desk.heard) for flow in flows) / answered
    hours = coming * (parameters.decision_time * HOURS_A_WEEK / HOURS_A_DAY)
    highest = [manager.depth <= parameters.top_depth for manager in process.managers]
    broken = false - parameters.granted * disputes
    always_seen = all(parameters.seen_by(contract=part.provider) == 1.0 for part in process.parts)
    values = {
        "decision_time": minutes / MINUTES + HOURS_A_DAY * quarrelling / answered,
        "dispute_time": quarrelling / (below + above) if below + above > 0.0 else math.nan,
        "desk_wait": _sum((flow.part.share, flow.desk.wait) for flow in flows),
        "disputes": _PER * disputes,
        "escalations": _PER * above,
        "top": _PER
        * math.fsum(flow.above * highest[flow.part.route[-1]] if flow.part.route else 0.0 for flow in flows),
        "false_promises": _PER * false,
        "rework": 0.0 if always_seen else math.nan,
        "late_orders": _PER * _planned_after(parameters, load) if always_seen else math.nan,
        "customers_lost": math.nan
        if any(math.isnan(desk.wait) for desk in desks)
        else _PER * (lost + parameters.leaving * broken),
        "billing_corrections": 0.0 if always_seen else math.nan,
        "manager_hours": float(hours.sum()),
    }
    levels = [below, *(0.0 for _ in range(process.levels))]
    for flow in flows:
        if flow.part.route:
            levels[len(flow.part.route)] += flow.above
    exact: frozenset[str] = frozenset()
    if all(desk.exact for desk in desks):
        exact = frozenset(values) if not coming.any() else frozenset(values) - _TIMES
    return Expected(
        values,
        {level: _PER * share for level, share in enumerate(levels)},
        hours,
        frozenset(name for name in exact if not math.isnan(values[name])),
        tuple(_stations(process, parameters, coming)),
    )


def _flow(part: Part, desk: _Desk, contested: float, parameters: Parameters) -> _Flow:
    answered = part.share * (1.0 - desk.lost)
    false = answered * contested * (1.0 - parameters.seen_by(contract=part.provider))
    disputes = false * parameters.quarrelling(part.disagreement)
    to_decide = disputes * (1.0 - parameters.rule_coverage)
    below = to_decide * parameters.delegated
    return _Flow(part, desk, answered, false, disputes, below, to_decide - below)


def _desk_of(part: Part, parameters: Parameters) -> _Desk:
    return _desk(
        part.agents,
        part.load,
        parameters.service_time,
        parameters.patience,
        part.sales_attempts if parameters.sells(part.sales_attempts) else 0.0,
        parameters.sales_time,
        parameters.selling,
    )


@lru_cache  # half a second for a large desk that sells, the same at every utilisation of the schedule
def _desk(
    agents: int,
    load: float,
    service_time: float,
    patience: float,
    attempts: float,
    sales_time: float,
    selling: str,
) -> _Desk:
    if load <= 0.0:
        return _Desk(0.0, 0.0, 0.0, exact=True)
    rate = load / service_time
    if attempts > 0.0 and not patience and agents <= _MOST_SELLERS:
        threshold = agents + 1 if selling == "idle" else None
        duty = sales_duty(agents, rate, service_time, sales_time, threshold, attempts)
        wait = float(duty.waiting.waiting_time)
        return _Desk(wait, wait, 0.0, exact=True)
    kept = service_time + (attempts * sales_time if selling == "always" else 0.0)
    found = pool(agents, rate, kept, patience or None)
    if attempts > 0.0 and selling == "idle":
        return _Desk(math.nan, math.nan, float(found.abandonment), exact=False)
    wait = float(found.waiting_time)
    heard = _heard_after(agents, rate, kept, patience, float(found.waiting_probability)) if patience else wait
    return _Desk(wait, heard, float(found.abandonment), exact=attempts == 0.0)


def _heard_after(
    agents: int, rate: float, service_time: float, patience: float, waiting_probability: float
) -> float:
    """Return the mean wait of those who do not give up (M/M/c+M).

    Who has k - 1 others before them moves up at rate ``k / patience + agents / service_time``, whether by a
    service or because somebody gives up, and is the one who gives up with chance ``k / patience`` over that
    rate or less, further on. What waits at most is a Poisson number: a queue in which nobody is ever served.
    """
    serving, longest = agents / service_time, rate * patience
    place = np.arange(1.0, 50.0 + longest + 10.0 * math.sqrt(longest))
    moving = serving + place / patience
    likely = np.concatenate(([0.0], np.cumsum(np.log(rate / moving[:-1]))))
    weight = np.exp(likely - likely.max())
    weight *= waiting_probability / weight.sum()
    served = weight * serving / moving
    return float(served @ np.cumsum(1.0 / moving)) / (1.0 - waiting_probability + float(served.sum()))


def _planned_after(parameters: Parameters, load: float) -> float:
    """Return the share of orders whose planning ends after the lead time (waiting and service in M/M/c)."""
    lead, time = parameters.lead_time, parameters.planning_time
    if load >= parameters.planners:
        return 1.0
    waiting, speed = float(erlang_c(parameters.planners, load)), parameters.planners - load
    at_once = math.exp(-lead / time)
    # Of a service (rate 1) and a wait (rate `speed`) after one another; the limit where both are alike.
    if math.isclose(speed, 1.0, rel_tol=1e-9):
        both = (1.0 + lead / time) * at_once
    else:
        both = (speed * at_once - math.exp(-speed * lead / time)) / (speed - 1.0)
    return (1.0 - waiting) * at_once + waiting * both


def _stations(process: Process, parameters: Parameters, coming: Floats) -> Iterable[Station]:
    """Yield all stations; what is asked for is counted before anybody gives up."""
    a_day = HOURS_A_DAY * MINUTES
    for part in process.parts:
        arrive = part.load / parameters.service_time * a_day
        always = parameters.sells(part.sales_attempts) and parameters.selling == "always"
        kept = parameters.service_time + (part.sales_attempts * parameters.sales_time if always else 0.0)
        able = part.agents / kept * a_day
        stable = arrive < able or parameters.patience > 0.0
        yield Station(f"The desk of {part.name}", arrive, able, "contacts", "answered", stable)
    work, able = (
        parameters.work_rate * HOURS_A_DAY,
        parameters.planners / parameters.planning_time * HOURS_A_DAY,
    )
    yield Station(
        "The schedule", work, able, "orders and changes", "planned", parameters.planning_utilisation < 1.0
    )
    able = parameters.decisions_per_day
    for manager, quarrels in zip(process.managers, coming.tolist(), strict=True):
        yield Station(manager.name, quarrels, able, "quarrels", "settled", quarrels < able)


def _sum(weighted: Iterable[tuple[float, float]]) -> float:
    """Return a weighted sum in which what has no weight does not count, infinite though it may be."""
    return math.fsum(weight * value for weight, value in weighted if weight > 0.0)


def _told_apart(load: float, capacity: float) -> tuple[str, str]:
    """Return both with as many decimals as show that the second is not 0, and which of them is more.

    >>> _told_apart(240.0, 240.0), _told_apart(12.34, 10.0), _told_apart(10.04, 10.0)
    (('240', '240'), ('12.3', '10.0'), ('10.04', '10.00'))
    """
    decimals = 0 if all(value >= _PER or value == int(value) for value in (load, capacity)) else 1
    apart = 0.0 if math.isclose(load, capacity) else abs(load - capacity)
    for size in (capacity, apart):
        if size > 0.0:
            decimals = max(decimals, -math.floor(math.log10(size)))
    return f"{load:,.{decimals}f}", f"{capacity:,.{decimals}f}"
