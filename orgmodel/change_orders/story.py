"""The story of one change: what happened when, and with whom it lay, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from orgmodel.change_orders.parameters import HOURS_A_DAY, MINUTES
from orgmodel.change_orders.records import CONTRACT, GAVE_UP, GIVEN_IN, RULE, Records
from orgmodel.wording import quoted

_NOBODY = -1


class Moment(NamedTuple):
    """Something that happened: the time in working hours, with which manager the quarrel lies (-1: none)."""

    time: float
    manager: int
    what: str


def story(records: Records, change: int) -> tuple[Moment, ...]:
    """Return what happened to one change, in order of time."""
    return tuple(sorted(_moments(records, change), key=lambda moment: moment.time))


def duration(hours: float) -> str:
    """Return a time in the unit in which it is easily read; a day has 8 working hours.

    >>> duration(0.25), duration(1.0), duration(5.24), duration(20.0)
    ('15 minutes', '1 hour', '5.2 hours', '2.5 working days')
    """
    if hours < 1.0:
        number, unit = hours * MINUTES, "minute"
    elif hours < 2 * HOURS_A_DAY:
        number, unit = hours, "hour"
    else:
        number, unit = hours / HOURS_A_DAY, "working day"
    said = f"{number:.0f}" if unit == "minute" else f"{number:.1f}".removesuffix(".0")
    return f"{said} {unit}{'' if said == '1' else 's'}"


def _moments(records: Records, change: int) -> Iterator[Moment]:
    changes, parameters = records.changes, records.parameters
    asked, answered, start = (
        float(times[change]) for times in (changes.asked, changes.answered, changes.production_start)
    )
    outcome, part = int(changes.outcome[change]), records.process.parts[int(changes.part[change])]
    yield Moment(
        asked,
        _NOBODY,
        f"A customer asks for a change. Production of the order is to start in {duration(start - asked)}.",
    )
    if outcome == GAVE_UP:
        yield Moment(asked, _NOBODY, "The line is too long: the customer gives up before anybody answers.")
        return
    heard = f"Customer service has heard the customer after {duration(answered - asked)}."
    wait = float(changes.schedule_wait[change])
    if not changes.contested[change]:
        yield Moment(answered, _NOBODY, f"{heard} Operations take the change in: {_planned(wait)}.")
        if changes.rework[change]:
            yield _production(start)
        yield Moment(float(changes.planned[change]), _NOBODY, _ending(records, change))
        return
    slack, needed = duration(parameters.slack), duration(wait)
    longer = f"a little more than {slack}" if needed == slack else needed
    late = f"Operations could plan the change in {longer} only, not within {slack}."
    if changes.seen[change]:
        told = "Customer service sees it in the schedule and tells the real date: no promise, no quarrel."
        yield Moment(answered, _NOBODY, f"{heard} {late} {told} {_ending(records, change)}")
        return
    promised = "Customer service had said yes without seeing the schedule: a promise in vain."
    yield Moment(answered, _NOBODY, f"{heard} {promised} {late}")
    if outcome == GIVEN_IN:
        yield Moment(answered, _NOBODY, f"Customer service gives in. {_ending(records, change)}")
        return
    if outcome == RULE:
        said = "yes" if changes.granted[change] else "no"
        yield Moment(
            answered, _NOBODY, f"It is a quarrel, and a rule settles it: {said}. {_ending(records, change)}"
        )
        return
    decided = float(changes.decided[change])
    if start < decided:
        yield _production(start)
    if outcome == CONTRACT:
        yield Moment(answered, part.head, "It is a quarrel. Nobody in the chart stands above both sides.")
        yield Moment(decided, _NOBODY, f"The contract, or the board, decides. {_ending(records, change)}")
        return
    yield from _climb(records, change)


def _climb(records: Records, change: int) -> Iterator[Moment]:
    """Yield what happened at every manager whom the quarrel came to."""
    visits, managers = records.visits, records.process.managers
    mine = np.flatnonzero(visits.change == change)
    for row in mine.tolist():
        manager = int(visits.manager[row])
        name = quoted(managers[manager].name)
        arrived, begun, ended = (float(times[row]) for times in (visits.arrived, visits.begun, visits.ended))
        coming = "It is a quarrel. It comes to" if row == mine[0] else "It comes to"
        if begun > arrived:
            yield Moment(arrived, manager, f"{coming} {name}, who has others to settle first.")
            yield Moment(begun, manager, f"{name} takes it up after {duration(begun - arrived)}.")
        else:
            yield Moment(arrived, manager, f"{coming} {name}, who takes it up at once.")
        if row != mine[-1]:
            yield Moment(
                ended,
                manager,
                f"After {duration(ended - begun)} {name}, who is not above both sides, passes it on.",
            )
            continue
        said = "yes" if records.changes.granted[change] else "no"
        after = duration(ended - float(records.changes.asked[change]))
        yield Moment(
            ended,
            manager,
            f"{name} decides, {after} after the customer asked: {said}. {_ending(records, change)}",
        )


def _production(start: float) -> Moment:
    return Moment(start, _NOBODY, "Production of the order starts: a change from now on is rework.")


def _planned(wait: float) -> str:
    return "a planner is free at once" if wait <= 0 else f"a planner is free in {duration(wait)}"


def _ending(records: Records, change: int) -> str:
    """Return what came of the change in the end."""
    changes = records.changes
    if changes.rework[change]:
        return "The change is made after production has started: rework, a late order and a corrected bill."
    if changes.done[change]:
        return "The change is made before production starts."
    if changes.seen[change]:
        return "That would be too late, and the customer knows it: the order stays as it is."
    lost = " The customer leaves." if changes.left[change] else ""
    return f"The promise is broken and the bill has to be corrected.{lost}"
