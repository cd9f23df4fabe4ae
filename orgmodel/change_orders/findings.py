"""What a study says, and how sure it is, in sentences for a head of service.

The sentences are plain text: names in them come from the user's file, so a page escapes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from orgmodel.change_orders.agreement import agreement
from orgmodel.change_orders.comparison import TO_COMPARE, Comparison
from orgmodel.change_orders.parameters import HOURS_A_WEEK
from orgmodel.change_orders.phrases import (
    CALLED,
    CHANCE,
    INTERVAL,
    PERCENT,
    against,
    beyond,
    in_short,
    number,
    numbered,
    span,
    within,
)
from orgmodel.change_orders.study import Study, level_interval
from orgmodel.change_orders.summary import Interval
from orgmodel.explanations import listed
from orgmodel.lines import Floats
from orgmodel.wording import counted, quoted

#: What fewer quarrels might cost, in the order in which it is said.
_PRICES: Final = ("customers_lost", "billing_corrections", "rework", "late_orders", "desk_wait")
#: What a promise costs that is broken without a quarrel.
_OF_BROKEN_PROMISES: Final = frozenset({"customers_lost", "billing_corrections"})
#: Two placements that none of these tells apart cannot be told apart.
_TOLD_APART_BY: Final = ("disputes", "escalations", "top", "decision_time")
_NAMED: Final = 3
_PAID: Final = 2
#: Share of a manager's week in quarrels above which times are too short by a fifth or more in usual runs.
_BUSY_MANAGER: Final = 0.6
_FEWEST_POINTS_OF_A_BEND: Final = 3


class Finding(NamedTuple):
    """A sentence or some, and whether the difference in the first is more than chance."""

    sentence: str
    sure: bool


def findings(study: Study, utilisation: float | None = None) -> tuple[Finding, ...]:
    """Return what the comparison says, the most important first; what cannot be said is left out.

    Placements are compared under the first policy that changes nothing (else the first one of the plan), at
    the ``utilisation`` asked for and where operations are busiest; if none of the plan's is asked for, where
    they are busiest and in the middle. What policies do is told for the first placement of the plan that
    comes to rest there.

    Notes
    -----
    Differences are paired by replication, since all cells have the same customers. Each has its own 95 %
    interval: of twenty such intervals one misses. A placement has "the fewest" only where its difference from
    every other one is more than chance.

    """
    view = Comparison(study, utilisation)
    found = [_unstable(view)]
    if view.busiest is not None:
        found += [
            _fewest(view, "disputes"),
            _saved(view),
            _fewest(view, "top"),
            None if view.all_quarrels_climb else _fewest(view, "escalations"),
            _price(view),
            _growth(view),
            _hours(view),
            _overloaded(view),
            _alike(view),
            Finding(said, sure=True) if (said := agreement(view)) else None,
        ]
    return tuple(_read_aloud(finding) for finding in found if finding)


def _read_aloud(finding: Finding) -> Finding:
    """Return a finding that says only once what the numbers in brackets are."""
    before, said, after = finding.sentence.partition(INTERVAL)
    return finding._replace(sentence=before + said + after.replace(INTERVAL, ""))


def _unstable(view: Comparison) -> Finding | None:
    """Tell where a line grows without end, why, and which policies prevent it."""
    unstable = view.study.unstable
    if not unstable:
        return None
    # A line that grows without end when operations are so busy does so when they are busier.
    since: dict[tuple[int, int], int] = {}
    for place, policy, utilisation in sorted(unstable, key=lambda cell: view.rising.index(cell[2])):
        since.setdefault((place, policy), utilisation)
    place, policy = min(since, key=lambda one: (one[1] != view.as_it_is, view.rising.index(since[one]), one))
    first = since[place, policy]
    under = "" if policy == view.as_it_is else f" under {view.policies[policy]}"
    busier = "" if first == view.rising[-1] else " or more"
    said = [
        f"{view.busy(first)}{busier}, {view.titles[place]}{under} never comes to rest and was not simulated.",
        unstable[place, policy, first],
    ]
    helped = []
    for other, name in enumerate(view.policies):
        if (until := since.get((place, other))) is None:
            helped.append(name)
        elif view.rising.index(until) > view.rising.index(first):
            highest = view.rising[view.rising.index(until) - 1]
            helped.append(f"{name} up to {view.percent(highest)}")
    if helped:
        said.append(f"It comes to rest under {listed(helped, 'and under')}.")
    others = [other for other in range(len(view.titles)) if other != place and (other, policy) in since]
    if others:
        named = [f"{view.titles[other]} from {view.percent(since[other, policy])} on" for other in others]
        said.append(f"Nor do these come to rest: {listed(_some(named, 'placement'))}.")
    return Finding(" ".join(said), sure=True)


def _fewest(view: Comparison, outcome: str) -> Finding | None:
    """Tell which placement has least of an outcome."""
    told = [
        (f"{view.busy(utilisation)}, {said[0]}.", said[1])
        for utilisation in view.compared_at
        if (said := _least(view, outcome, utilisation))
    ]
    return Finding(" ".join(sentence for sentence, _ in told), sure=told[0][1]) if told else None


def _least(view: Comparison, outcome: str, utilisation: int) -> tuple[str, bool] | None:
    """Return who has least of an outcome, in words, and whether no other might have less."""
    ranked = view.ranked(outcome, utilisation)
    if not ranked:
        return None
    best, *others = ranked
    name, several = view.titles[best], CALLED[outcome][1]
    level = view.level(outcome, view.cell(best, utilisation))
    if outcome == "top":
        level += _untold(view, best, utilisation)
    more = {place: view.more(outcome, utilisation, place, best) for place in others}
    behind = [place for place in others if beyond(more[place])]
    if behind and behind == others:
        least = (
            f"only {name} has {level}"
            if level.startswith("no ")
            else (f"{name} has the fewest {several}, {level.replace(f' {several}', '', 1)}")
        )
        return f"{least}; {_next(view, behind[0], more)}", True
    same = [view.titles[place] for place in others if more[place].low == more[place].high == 0.0]
    perhaps = [
        f"{view.titles[place]} ({span(more[place])})"
        for place in others
        if place not in behind and view.titles[place] not in same
    ]
    said = [f"{name} has {level}"]
    if same:
        said.append(f"The same in every run: {listed(_some(same, 'placement'))}")
    if perhaps:
        said.append(f"From these {CHANCE}: {listed(_some(perhaps, 'placement'))}")
    if behind:
        further = f"Beyond chance {view.titles[behind[0]]} has {in_short(more[behind[0]])}"
        said.append(further if perhaps else _next(view, behind[0], more))
    return ". ".join(said), not perhaps and view.study.plan.replications > 1


def _next(view: Comparison, place: int, more: dict[int, Interval]) -> str:
    return f"{view.titles[place]}, the next, has {in_short(more[place])}"


def _price(view: Comparison) -> Finding | None:
    """Tell what the placement with the fewest quarrels has more of than the one with most."""
    utilisation = view.compared_at[0]
    ranked = view.ranked("disputes", utilisation)
    if len(ranked) < TO_COMPARE:
        return None
    best, worst = ranked[0], ranked[-1]
    if not beyond(view.more("disputes", utilisation, worst, best)):
        return None
    more = {outcome: view.more(outcome, utilisation, best, worst) for outcome in _PRICES}
    paid = [outcome for outcome in _PRICES if beyond(more[outcome]) and more[outcome].mean > 0.0][:_PAID]
    if not paid:
        return None
    price = " and ".join(against(outcome, more[outcome]) for outcome in paid)
    said = (
        f"Fewer quarrels have a price: compared with {view.titles[worst]}, which has most of them, "
        f"{view.titles[best]} has {price} when operations are {view.percent(utilisation)} busy."
    )
    if _OF_BROKEN_PROMISES & set(paid):
        said += " A promise that nobody quarrels over is broken all the same."
    return Finding(said, sure=True)


def _saved(view: Comparison) -> Finding | None:
    """Tell what each policy saves of the quarrels that climb, and whether that is more than a move saves."""
    utilisation = view.compared_at[0]
    place = view.at_rest(utilisation)[0]
    now = view.cell(place, utilisation)
    cells = view.tried(place, utilisation)
    if not cells:
        return None
    more = {policy: view.study.difference("escalations", cell, now) for policy, cell in cells.items()}
    said = [f"{view.busy(utilisation)}, {view.titles[place]} has {view.level('escalations', now)}."]
    for policy in sorted(more, key=lambda one: more[one].mean):
        waiting = view.study.difference("desk_wait", cells[policy], now)
        but = f", but {against('desk_wait', waiting)}" if beyond(waiting) else ""
        said.append(f"{view.policies[policy]}: {in_short(more[policy])}{but}.")
    ranked = view.ranked("escalations", utilisation)
    best = ranked[0]
    if best != place:
        moved = view.study.difference("escalations", view.cell(best, utilisation), now)
        said.append(f"A move to {view.titles[best]} instead: {in_short(moved)}.")
    if len(ranked) > 1:
        said += _without_moving(view, place if place != best else ranked[-1], best, utilisation)
    return Finding(" ".join(said), sure=any(map(beyond, more.values())))


def _without_moving(view: Comparison, place: int, best: int, utilisation: int) -> Iterator[str]:
    """Yield how the best policy at one placement compares with the best placement as things are."""
    cells = view.tried(place, utilisation)
    if cells:
        policy = min(cells, key=lambda one: view.mean("escalations", cells[one]))
        more = view.study.difference("escalations", cells[policy], view.cell(best, utilisation))
        yield (
            f"{view.titles[place]} under {view.policies[policy]}, compared with {view.titles[best]} under "
            f"{view.policies[view.as_it_is]}: {in_short(more)}."
        )


def _growth(view: Comparison) -> Finding | None:
    """Tell how quarrels grow with utilisation, where half of that is, and how placements part."""
    ranked = view.ranked("disputes", view.compared_at[0])
    if not ranked:
        return None
    best, worst = ranked[0], ranked[-1]
    points = [place for place in view.rising if {best, worst} <= set(view.at_rest(place))]
    lowest, highest = points[0], points[-1]
    if lowest == highest:
        return None
    low, high = view.cell(worst, lowest), view.cell(worst, highest)
    grown = view.study.difference("disputes", high, low)
    said = (
        f"From operations {view.percent(lowest)} busy to {view.percent(highest)}, {view.titles[worst]} goes "
        f"from {view.level('disputes', low)} to {view.level('disputes', high)}"
    )
    if not beyond(grown):
        return Finding(f"{said}: {against('disputes', grown)}.", sure=False)
    utilisations = np.array(view.study.plan.utilisations)[points]
    curves = view.study.samples["disputes"][worst, view.as_it_is, points]
    half = level_interval(_half_way(utilisations, curves))
    if len(points) >= _FEWEST_POINTS_OF_A_BEND and half.low < half.high:
        said += f", half of the growth above {number(PERCENT * half.mean)} % ({within(half, PERCENT)})"
    said += "."
    if best != worst:
        apart = [in_short(view.more("disputes", place, worst, best)) for place in (lowest, highest)]
        said += f" Compared with {view.titles[best]} it has {apart[0]} at first and {apart[1]} at last."
    return Finding(said, sure=grown.mean > 0.0)


def _half_way(utilisations: Floats, curves: Floats) -> Floats:
    """Return where each replication has half of its growth, by straight lines; NaN where it does not grow.

    >>> _half_way(np.array([0.5, 0.7, 0.9]), np.array([[0.0, 2.0], [1.0, 1.0], [4.0, 0.0]])).round(3).tolist()
    [0.767, nan]
    """
    found = np.full(curves.shape[1], np.nan)
    for replication, curve in enumerate(curves.T):
        if curve[-1] > curve[0]:
            middle = (curve[0] + curve[-1]) / 2
            after = int(np.argmax(curve >= middle))
            found[replication] = np.interp(
                middle, curve[after - 1 : after + 1], utilisations[after - 1 : after + 1]
            )
    return found


def _hours(view: Comparison) -> Finding | None:
    """Tell which managers quarrels take time from."""
    utilisation = view.compared_at[0]
    ranked = view.ranked("manager_hours", utilisation)
    if not ranked:
        return None
    shown = ranked if len(ranked) <= _NAMED else [ranked[0], ranked[len(ranked) // 2], ranked[-1]]
    said = " ".join(f"{view.titles[place]}: {_hours_of(view, place, utilisation)}." for place in shown)
    between = len(ranked) - len(shown)
    if between:
        said += f" {counted(between, 'other placement')} {'lies' if between == 1 else 'lie'} between them."
    return Finding(
        f"{view.busy(utilisation)}, quarrels take managers' time. {said}",
        sure=view.study.plan.replications > 1,
    )


def _hours_of(view: Comparison, place: int, utilisation: int) -> str:
    hours = view.study.hours[place][view.as_it_is, utilisation]
    managers = view.study.plan.placements[place].managers
    asked = [row for row in np.argsort(-hours.mean(axis=0), kind="stable").tolist() if hours[:, row].any()]
    said = []
    for row in asked[:_NAMED]:
        found = level_interval(hours[:, row])
        weekly = numbered(found.mean, "hour")
        said.append(f"{quoted(managers[row].name)} {weekly} a week ({within(found)})")
    if len(asked) > _NAMED:
        others = level_interval(hours[:, asked[_NAMED:]].sum(axis=1))
        rest = counted(len(asked) - _NAMED, "other manager")
        said.append(f"{rest} {numbered(others.mean, 'hour')} altogether ({within(others)})")
    return (listed(said) or "no hours") + _untold(view, place, utilisation)


def _untold(view: Comparison, place: int, utilisation: int) -> str:
    """Return that a contract or the board decides, which neither counts as the top nor takes hours."""
    decided = number(float(view.study.by_contract(view.cell(place, utilisation)).mean()))
    if decided == "0":
        return ""
    return f", but a contract or the board decides {decided} per 1,000 changes, whose time is not counted"


def _overloaded(view: Comparison) -> Finding | None:
    """Tell where managers are so busy that their lines fill for longer than a run lasts."""
    study, most = view.study, _BUSY_MANAGER * HOURS_A_WEEK
    asked = {
        cell: float(study.expected[cell[0]][cell[1]][cell[2]].hours.max(initial=0.0))
        for cell in study.cells
        if cell not in study.unstable
    }
    busy = [cell for cell in asked if asked[cell] > most]
    if not busy:
        return None
    place, policy, utilisation = worst = max(busy, key=asked.__getitem__)
    row = int(study.expected[place][policy][utilisation].hours.argmax())
    others = f" The same holds for {counted(len(busy) - 1, 'other case')} of the study." if busy[1:] else ""
    return Finding(
        "Where quarrels take most of a manager's week they pile up for longer than a run lasts, and times "
        f"are too short there: with operations {view.percent(utilisation)} busy, {view.titles[place]} "
        f"under {view.policies[policy]} asks {quoted(study.plan.placements[place].managers[row].name)} for "
        f"{numbered(asked[worst], 'hour')} of {HOURS_A_WEEK:g} a week in the long run.{others}",
        sure=True,
    )


def _alike(view: Comparison) -> Finding | None:
    """Tell which placements cannot be told apart."""
    if view.study.plan.replications == 1:  # then nothing can be told from chance
        return None
    utilisation = view.compared_at[0]
    said, same = [], []
    for one, other in combinations(view.at_rest(utilisation), 2):
        more = {outcome: view.more(outcome, utilisation, one, other) for outcome in _TOLD_APART_BY}
        if not any(map(beyond, more.values())):
            said.append(f"{view.titles[one]} and {view.titles[other]} ({span(more['disputes'])})")
            same.append(all(found.low == found.high == 0.0 for found in more.values()))
    if not said:
        return None
    return Finding(
        f"{view.busy(utilisation)}, these cannot be told apart, neither by how many quarrels there are, "
        f"climb and reach the top nor by the time to a decision: {listed(_some(said, 'pair'))}. In brackets: "
        "quarrels per 1,000 changes.",
        sure=all(same),
    )


def _some(items: list[str], noun: str) -> list[str]:
    """Return the first of some items, and how many more there are."""
    more = len(items) - _NAMED
    return items if more <= 0 else [*items[:_NAMED], counted(more, f"other {noun}")]
