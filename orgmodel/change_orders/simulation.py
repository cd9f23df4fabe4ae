"""The simulation of the change-order process: from draws to records, station by station."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from orgmodel.change_orders.draws import CONTACTS_PER_CHANGE, Contacts, Draws, draws
from orgmodel.change_orders.parameters import HOURS_A_DAY, MINUTES, Parameters
from orgmodel.change_orders.process import Part, Process
from orgmodel.change_orders.records import (
    ABSORBED,
    CONTRACT,
    GAVE_UP,
    GIVEN_IN,
    HEAD,
    MANAGER,
    RULE,
    TOLD,
    Changes,
    Orders,
    Records,
    Visits,
)
from orgmodel.change_orders.stations import serve
from orgmodel.errors import AssumptionError
from orgmodel.lines import Bools, Floats, Ints

_MOST_CHANGES: Final = 5_000_000
_NOBODY: Final = -1
#: Nearer to 1 more work lies with the planners than is ever simulated.
FULLEST: Final = 0.9999


def simulate(
    process: Process, parameters: Parameters, *, changes: int = 1000, seed: int = 0, replication: int = 0
) -> Records:
    """Return the records of one replication.

    The model: pieces of work come to operations at random (Poisson) to be fitted into the schedule, first
    come, first served, by the planners; each is a new order or, with probability ``change_share``, a change
    of an order that stands. A change is asked for at customer service's desk and goes on when the desk has
    heard it. If it would wait for a planner longer than the slack it is contested. Where the desk sees the
    schedule it tells the real date; where it does not, it has promised in vain, and either gives in or
    quarrels. A rule settles a share of the quarrels, the head of customer service those that were delegated;
    the others climb manager by manager to the lowest one above both sides, who decides. Every manager takes
    one case at a time. A yes that comes after production has started is rework and makes the order late.

    Parameters
    ----------
    changes : int
        How many changes are asked for; managers have nothing to settle at first, so that the first ones are
        to be left out (`orgmodel.change_orders.summary`).
    seed, replication : int
        The same pair gives the same draws whatever the process and the parameters (`draws`).

    Notes
    -----
    Disputable choices: the desk is simulated with all its contacts on a path of its own, in minutes, and a
    change takes the wait of every eighth contact, since the many contacts between two changes would cost most
    of the time and tell nothing; refused changes keep their planner busy too, since somebody looked at them;
    rework takes nobody's time; who sees the schedule declines what would come after the start of production.

    Raises
    ------
    AssumptionError
        When the schedule is full, so that it would never come to rest, or the number of changes is not
        possible.

    """
    if not 1 <= changes <= _MOST_CHANGES:
        message = f"{changes} changes cannot be simulated; choose from 1 to {_MOST_CHANGES:,}."
        raise AssumptionError(message)
    if not 0.0 < parameters.planning_utilisation <= FULLEST:
        message = f"Operations are busy {100 * parameters.planning_utilisation:.6g} % of their time: " + (
            "nothing happens then. Choose more than 0 %."
            if parameters.planning_utilisation <= 0
            else f"their schedule never comes to rest. Choose {100 * FULLEST:g} % at most."
        )
        raise AssumptionError(message)
    for part in process.parts:
        if part.agents < 1:
            message = f"Nobody answers customers at the desk of {part.name}; it needs one person at least."
            raise AssumptionError(message)
    drawn = draws(process, parameters, changes, seed, replication)
    return _Run(process, parameters, drawn).records()


@dataclass(frozen=True, eq=False)
class _Run:
    """One replication on its way from draws to records."""

    process: Process
    parameters: Parameters
    drawn: Draws

    def records(self) -> Records:
        drawn, parameters = self.drawn, self.parameters
        times = np.cumsum(drawn.gaps) / parameters.work_rate
        is_change = np.zeros(len(times), dtype=np.bool_)
        is_change[drawn.pieces] = True
        asked, entered = times[is_change], times[~is_change]
        wait, handling = self._desks()
        answered = asked + (wait + handling) / MINUTES
        order, production_start = self._standing(asked, entered)

        reached = np.isfinite(answered)
        began, came = len(drawn.waiting_planning), int(reached.sum())
        arrived = np.concatenate((np.zeros(began), answered[reached], entered))
        services = parameters.planning_time * np.concatenate(
            (drawn.waiting_planning, drawn.planning[is_change][reached], drawn.planning[~is_change])
        )
        in_order = np.argsort(arrived, kind="stable")
        begins = np.empty(len(arrived))
        begins[in_order] = serve(arrived[in_order], services[in_order], parameters.planners).begins
        waits, (_, for_changes, planned) = (
            begins - arrived,
            np.split(begins + services, [began, began + came]),
        )
        schedule_wait, change_planned = np.full((2, len(asked)), np.nan)
        schedule_wait[reached] = waits[began : began + came]
        change_planned[reached] = for_changes

        with np.errstate(invalid="ignore"):
            contested = schedule_wait > parameters.slack
        seen = self._of_parts(drawn.seen, lambda part: parameters.seen_by(contract=part.provider)) & reached
        false_promise = contested & ~seen
        disputed = false_promise & self._of_parts(
            drawn.disputed, lambda part: parameters.quarrelling(part.disagreement)
        )
        rule = disputed & (drawn.rule < parameters.rule_coverage)
        head = disputed & ~rule & (drawn.delegated < parameters.delegated)
        climbs = disputed & ~rule & ~head
        by_contract = climbs & np.array([part.contract for part in self.process.parts])[drawn.part]
        outcome = np.select(
            [~reached, ~contested, seen, ~disputed, rule, head, by_contract],
            [GAVE_UP, ABSORBED, TOLD, GIVEN_IN, RULE, HEAD, CONTRACT],
            MANAGER,
        )

        decided = answered.copy()
        decided[by_contract] += (HOURS_A_DAY * parameters.contract_days * drawn.contract)[by_contract]
        decided_by, level = np.full((2, len(asked)), _NOBODY)
        visits = self._visits(answered, head, climbs & ~by_contract)
        last = np.append(visits.change[1:] != visits.change[:-1], True)[: len(visits.change)]
        decided[visits.change[last]] = visits.ended[last]
        decided_by[visits.change[last]] = visits.manager[last]
        level[visits.change[last]] = visits.level[last]

        granted = disputed & (drawn.granted < parameters.granted)
        with np.errstate(invalid="ignore"):
            in_time = change_planned <= production_start
            # Who sees the schedule declines what would be planned after production has started.
            done = np.where(contested, granted | (seen & in_time), reached & (in_time | ~seen))
            rework = done & np.where(granted, decided > production_start, ~in_time)
        kept = false_promise & granted
        left = false_promise & ~kept & (drawn.left < parameters.leaving)
        reworked = np.zeros(len(entered), dtype=np.bool_)
        reworked[order[rework & (order >= 0)]] = True
        starts = entered + parameters.lead_time
        return Records(
            self.process,
            parameters,
            Changes(
                asked=asked,
                answered=answered,
                desk_wait=wait,
                part=drawn.part,
                order=order,
                production_start=production_start,
                schedule_wait=schedule_wait,
                planned=change_planned,
                contested=contested,
                seen=seen,
                false_promise=false_promise,
                disputed=disputed,
                outcome=outcome,
                decided_by=decided_by,
                level=level,
                decided=decided,
                granted=granted,
                done=done,
                rework=rework,
                left=left,
                billing_correction=rework | (false_promise & ~kept),
            ),
            Orders(entered, planned, starts, (planned > starts) | reworked, reworked),
            visits,
        )

    def _of_parts(self, uniform: Floats, probability: Callable[[Part], float]) -> Bools:
        """Return a yes for every change whose draw is below the probability of its part."""
        below = np.array([probability(part) for part in self.process.parts])
        return np.asarray(uniform < below[self.drawn.part])

    def _desks(self) -> tuple[Floats, Floats]:
        """Return how many minutes every change waits and is heard; who gives up is heard for ever."""
        wait, handling = np.empty((2, len(self.drawn.part)))
        for place, (part, contacts) in enumerate(zip(self.process.parts, self.drawn.contacts, strict=True)):
            mine = self.drawn.part == place
            wait[mine], handling[mine] = self._desk(part, contacts)
        return wait, handling

    def _desk(self, part: Part, contacts: Contacts) -> tuple[Floats, Floats]:
        parameters = self.parameters
        services = parameters.service_time * contacts.services
        met = slice(CONTACTS_PER_CHANGE - 1, None, CONTACTS_PER_CHANGE)
        if part.load <= 0.0:  # software answers all but the changes
            return np.zeros(len(services[met])), services[met]
        sells = parameters.sells(part.sales_attempts)
        attempted = contacts.attempts < part.sales_attempts
        patience = parameters.patience * contacts.patience if parameters.patience > 0 else None
        served = serve(
            np.cumsum(contacts.gaps) * (parameters.service_time / part.load),
            services,
            part.agents,
            patience=patience,
            sales=np.where(attempted, parameters.sales_time * contacts.sales, 0.0) if sells else None,
            idle_only=parameters.selling == "idle",
        )
        if patience is None:
            return served.waits[met], services[met]
        wait = np.where(served.served, served.waits, patience)
        return wait[met], np.where(served.served, services, np.inf)[met]

    def _standing(self, asked: Floats, entered: Floats) -> tuple[Ints, Floats]:
        """Return the order that each change is about, and when its production is to start.

        It is any of those that stand, with the same chance: of these, some were entered before the start.
        """
        lead = self.parameters.lead_time
        left = lead * self.drawn.order
        from_before = np.maximum(lead - asked, 0.0)
        oldest = np.searchsorted(entered, asked - lead, side="right")
        standing = np.searchsorted(entered, asked, side="right") - oldest
        among = (np.maximum(left - from_before, 0.0) / (lead - from_before) * standing).astype(np.int64)
        known = (left >= from_before) & (standing > 0)
        order = np.where(known, oldest + np.minimum(among, standing - 1), _NOBODY)
        starts = np.append(entered + lead, np.nan)
        return order, np.where(order >= 0, starts[order], asked + left)

    def _visits(self, answered: Floats, head: Bools, climbs: Bools) -> Visits:
        """Return whom the quarrels come to, going through the managers from the bottom of the chart up."""
        process, mean = self.process, self.parameters.decision_time
        # What comes to a manager: changes, their level there, and when.
        coming: list[list[tuple[Ints, int, Floats, int]]] = [[] for _ in process.managers]
        for place, part in enumerate(process.parts):
            mine = self.drawn.part == place
            firsts = (part.head, part.route[0] if part.route else _NOBODY)
            for level, (first, which) in enumerate(zip(firsts, (head, climbs), strict=True)):
                changes = np.flatnonzero(mine & which)
                if len(changes):
                    coming[first].append((changes, level, answered[changes], place))
        found: list[tuple[Ints, ...]] = []
        times: list[tuple[Floats, ...]] = []
        for manager in sorted(range(len(process.managers)), key=lambda one: -process.managers[one].depth):
            if not coming[manager]:
                continue
            changes = np.concatenate([came[0] for came in coming[manager]])
            levels = np.concatenate([np.full(len(came[0]), came[1]) for came in coming[manager]])
            arrived = np.concatenate([came[2] for came in coming[manager]])
            in_order = np.argsort(arrived, kind="stable")
            changes, levels, arrived = changes[in_order], levels[in_order], arrived[in_order]
            served = serve(arrived, mean * self.drawn.decisions[levels, changes], 1)
            found.append((changes, np.full(len(changes), manager), levels))
            times.append((arrived, served.begins, served.ends))
            for _, level, _, place in coming[manager]:
                route = process.parts[place].route
                if 0 < level < len(route):
                    mine = (self.drawn.part[changes] == place) & (levels == level)
                    coming[route[level]].append((changes[mine], level + 1, served.ends[mine], place))
        if not found:
            nobody, never = np.zeros(0, dtype=np.int64), np.zeros(0)
            return Visits(nobody, nobody, nobody, never, never, never)
        change, manager_of, level_of = map(np.concatenate, zip(*found, strict=True))
        arrived, begun, ended = map(np.concatenate, zip(*times, strict=True))
        sort = np.lexsort((level_of, change))
        return Visits(change[sort], manager_of[sort], level_of[sort], arrived[sort], begun[sort], ended[sort])
