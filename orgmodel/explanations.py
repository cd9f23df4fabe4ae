"""Reasons in sentences, for a head of service.

The sentences are plain text: names in them come from the user's file, so a page escapes them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from orgmodel.assumptions import METRIC_TITLES, METRICS
from orgmodel.evidence import Arbitration, Evidence, Route
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.indicators import Indicator
from orgmodel.lines import Bools
from orgmodel.organization import Organization
from orgmodel.situation import Situation

_PERCENT = 100.0
_TOLERANCE = 1e-9
_WAY_ENDS = 6
_HARDLY = 0.5
_NAMED = 3
_ONE = {
    "bosses": "boss",
    "levels": "level",
    "people": "person",
    "steps": "step",
    "steps below the top": "step below the top",
    "working days": "working day",
}


def notes(situation: Situation) -> tuple[str, ...]:
    """Return what was rescaled, left out or assumed for this chart, one sentence each."""
    needs = situation.assumptions.needs
    found = []
    total = math.fsum(needs.values())
    if abs(total - 1.0) > _TOLERANCE:
        found.append(f"The needs sum to {percent(total)}; they were rescaled to 100 %.")
    absent = _titles_of(situation, ~situation.present)
    if absent:
        found.append(
            f"This chart has no {listed(absent, 'or')}: that need is left out for every parent alike. "
            f"What is shown covers {percent(situation.coverage)} of the needs."
        )
    inside = _titles_of(situation, situation.met_inside)
    if inside:
        found.append(f"Met inside customer service, so no way to go: {listed(inside)}.")
    if not len(situation.organization.ties.a) and not len(situation.organization.further.report):
        found.append(
            "The chart only knows its reporting lines. Who really works together (ties, dotted lines) would "
            "change the distances."
        )
    unknown = float(np.mean(~situation.metric_vectors[1])) if len(situation.organization) else 0.0
    if unknown > 0:
        found.append(
            f"For {percent(unknown)} of the nodes it is not known what they are measured by; "
            "they are skipped."
        )
    return tuple(found)


def sentences(
    situation: Situation, placed: Organization, values: Mapping[str, float], parts: Sequence[Evidence]
) -> tuple[str, ...]:
    """Return the reasons behind the headlines of one placement, the largest part of the unit first."""
    main = parts[0]
    found = []
    if len(parts) > 1:
        found.append(
            f"Customer service is {len(parts)} nodes: the headlines are their mean by headcount, the reasons "
            f"below are those of {_name(placed, main.unit)} ({percent(main.share_of_unit)} of the people)."
        )
    found += _silo_sentences(situation, placed, values, main)
    found += _conflict_sentences(placed, main)
    found += _bosses_sentences(placed, values, main)
    found += _feedback_sentences(placed, main)
    found += _time_sentences(values, parts)
    found += _dependence_sentences(placed, main)
    found += _attention_sentences(placed, main)
    found.append(_arbitration_sentence(placed, main.arbitration))
    found += _quarrel_sentences(values, parts)
    return tuple(found)


def _silo_sentences(
    situation: Situation, placed: Organization, values: Mapping[str, float], part: Evidence
) -> list[str]:
    radius = situation.assumptions.radius
    if math.isnan(values["silo_risk"]):
        return ["Silo risk cannot be told: the chart has none of the functions that customer service needs."]
    known = [route for route in part.routes if not math.isnan(route.steps)]
    near = [route for route in known if route.steps <= radius]
    far = [route for route in known if radius < route.steps < math.inf]
    cut = [route for route in known if math.isinf(route.steps)]
    found = []
    if near:
        found.append(f"Within {_steps(radius)}: {listed([_reach(placed, route) for route in near])}.")
    if far:
        found.append(f"Out of reach: {listed([_reach(placed, route) for route in far])}.")
    if cut:
        found.append(f"No line leads to {listed([_owner(placed, route) for route in cut])}.")
    return found


def _conflict_sentences(placed: Organization, part: Evidence) -> list[str]:
    if not part.bosses:
        return ["Customer service reports to nobody here, so nobody's measures weigh on it."]
    if math.isnan(part.measured_by[0]):
        return [
            "What the bosses are measured by is not known, so the pull on customer service cannot be told."
        ]
    names = [f"{_person(placed, item.id)}, {percent(item.weight)}" for item in part.inherited[:4]]
    first = f"What counts for customer service comes from {listed(names)}."
    pull = [
        (given - wanted, metric, given, wanted)
        for metric, given, wanted in zip(METRICS, _share(part.measured_by), _share(part.value), strict=True)
    ]
    most, least = max(pull), min(pull)
    if most[0] < _TOLERANCE:
        return [first, "They weigh the same things as customer service is meant to."]
    return [
        first,
        (
            f"That puts {percent(most[2])} of the weight on {METRIC_TITLES[most[1]].lower()}, where customer "
            f"service is meant to have {percent(most[3])}, and {percent(least[2])} on "
            f"{METRIC_TITLES[least[1]].lower()} instead of {percent(least[3])}."
        ),
    ]


def _bosses_sentences(placed: Organization, values: Mapping[str, float], part: Evidence) -> list[str]:
    """Say who else is a boss, and how differently they are measured."""
    if len(part.bosses) <= 1:
        return []
    names = [f"{_person(placed, boss.id)}, {percent(boss.share)}" for boss in part.bosses]
    first = f"The authority is shared by {listed(names)}."
    disagreement = values["boss_disagreement"]
    if math.isnan(disagreement):
        return [first]
    if disagreement < _HARDLY:
        return [first, "By what they are assumed to be measured by they want the same."]
    return [
        first,
        (
            f"By what they are assumed to be measured by they disagree by {disagreement:.0f} % (0 %: they "
            "want the same; 100 %: nothing in common)."
        ),
    ]


def _feedback_sentences(placed: Organization, part: Evidence) -> list[str]:
    reached = [route for route in part.routes if 0 < route.steps < math.inf]
    if not reached:
        return []
    longest = max(reached, key=lambda route: route.steps)
    shortest = min(reached, key=lambda route: route.steps)
    if shortest.steps < longest.steps:
        found = [
            f"The longest way, to {_owner(placed, longest)}, runs {way(placed, longest.nodes)}.",
            f"The shortest, to {_owner(placed, shortest)}, takes {_steps(shortest.steps)}.",
        ]
    elif len(reached) > 1:
        found = [f"Every way takes {_steps(longest.steps)}, such as {way(placed, longest.nodes)}."]
    else:
        found = [f"The way to {_owner(placed, longest)} runs {way(placed, longest.nodes)}."]
    if part.front_line > 0:
        found.append(
            f"People at the front line are {_steps(round(part.front_line, 1))} below the head of customer "
            "service on average; that comes on top."
        )
    return found


def _time_sentences(values: Mapping[str, float], parts: Sequence[Evidence]) -> list[str]:
    if not math.isfinite(values["feedback_days"]):
        return []
    whole = ", over all parts," if len(parts) > 1 else ""
    sentence = (
        f"By the assumed days per line that is{whole} {values['feedback_days']:.1f} working days on average; "
        f"{percent(values['fidelity'])} of the content arrives."
    )
    return [sentence]


def _dependence_sentences(placed: Organization, part: Evidence) -> list[str]:
    """Say whose absence cuts ways, the one with most of the need first, and who passes on most."""
    if not any(route.nodes for route in part.routes):
        return []
    cut = cut_ways(part)
    found = ["Nobody's absence alone cuts a way."]
    if cut:
        (first, routes), *others = cut.items()
        titles = listed([FUNCTION_TITLES[route.function] for route in routes])
        found = [f"Without {_person(placed, first)} no way is left to {titles}, {_need(routes)}."]
        if others:
            named = [f"{_name(placed, node)} ({_need(some)})" for node, some in others[:_NAMED]]
            more = [f"{len(others) - _NAMED:,} more"] if len(others) > _NAMED else []
            found.append(f"Some way also hangs on {listed(named + more)}.")
    if part.carriers:
        busiest = part.carriers[0]
        meeting = (
            ""
            if math.isnan(busiest.congestion)
            else f", on top of {percent(busiest.congestion)} of all pairs of people there, whose reporting "
            "lines meet in the same post"
        )
        found.append(
            f"{_person(placed, busiest.id)} passes on most: {percent(busiest.carries)} of the need{meeting}."
        )
    return found


def cut_ways(part: Evidence) -> dict[str, list[Route]]:
    """Return the people whose absence cuts ways, with these ways; the one with most of the need first."""
    cut: dict[str, list[Route]] = {}
    for route in part.routes:
        for node in route.cut_by:
            cut.setdefault(node, []).append(route)
    return dict(sorted(cut.items(), key=lambda item: -math.fsum(route.weight for route in item[1])))


def _need(routes: Sequence[Route]) -> str:
    return f"{percent(math.fsum(route.weight for route in routes))} of the need"


def _attention_sentences(placed: Organization, part: Evidence) -> list[str]:
    found = []
    for boss in sorted(part.bosses, key=lambda boss: -boss.share)[:_NAMED]:
        least, most = boss.normal_span
        reports = f"{boss.direct_reports:,} direct report{'' if boss.direct_reports == 1 else 's'}"
        first = f"{_person(placed, boss.id)} has {reports}, customer service among them, "
        band = f"the assumed band of {least} to {most}"
        if boss.direct_reports > most:
            found.append(f"{first}above {band}: it is likely to be handed on to somebody else.")
        else:
            found.append(f"{first}{'below' if boss.direct_reports < least else 'within'} {band}.")
    return found


def _quarrel_sentences(values: Mapping[str, float], parts: Sequence[Evidence]) -> list[str]:
    """Say how many changes reach the top and how long a quarrel takes, by the assumptions about both."""
    days = values["decision_days"]
    if math.isnan(days):
        return []
    reach = f"{values['escalation_probability']:.0f} % of the changes reach the top executives"
    whole = ", over all parts," if len(parts) > 1 else ""
    settled = (
        "more of them arrive than a manager can settle"
        if math.isinf(days)
        else f"one that climbs takes {days:.1f} working days to settle"
    )
    return [f"By the assumptions about quarrels{whole} {reach}; {settled}."]


def _arbitration_sentence(placed: Organization, arbitration: Arbitration) -> str:
    if arbitration.operations is None:
        return "There are no operations outside customer service, so there is no quarrel with them to settle."
    if arbitration.arbiter is None:
        return (
            "No manager stands above both customer service and operations: a contract or the board decides."
        )
    arbiter = _person(placed, arbitration.arbiter)
    climb = f"{arbitration.climb:.0f} level{'s' if arbitration.climb > 1 else ''} up"
    if not arbitration.is_party:
        return f"A quarrel with operations ends at {arbiter}, {climb}."
    above = (
        f"; the first manager above both is {_person(placed, arbitration.next_above)}"
        if arbitration.next_above
        else ""
    )
    return f"A quarrel with operations is decided by one of the parties, {arbiter}, {climb}{above}."


def _titles_of(situation: Situation, marked: Bools) -> list[str]:
    return [
        FUNCTION_TITLES[function]
        for function, mark in zip(situation.functions, marked.tolist(), strict=True)
        if mark
    ]


def percent(share: float) -> str:
    """Return a share as a percentage, written the same everywhere.

    >>> percent(0.305)
    '30 %'
    """
    return f"{_PERCENT * share:.0f} %"


def _share(vector: Sequence[float]) -> list[float]:
    total = sum(vector)
    return [value / total for value in vector]


def _name(placed: Organization, node: str) -> str:
    return placed.label(placed.row(node))


def _person(placed: Organization, node: str) -> str:
    return placed.full_label(placed.row(node))


def _owner(placed: Organization, route: Route) -> str:
    function = FUNCTION_TITLES[route.function]
    name = _name(placed, route.owner) if route.owner else function
    return function if name == function else f"{function} ({name})"


def _reach(placed: Organization, route: Route) -> str:
    if route.steps == 0:
        return f"{FUNCTION_TITLES[route.function]} (inside)"
    return f"{_owner(placed, route)}, {_steps(route.steps)}, {percent(route.weight)} of the need"


def way(placed: Organization, nodes: Sequence[str]) -> str:
    """Return the names on a way; of a long one the beginning and the end."""
    names = [_name(placed, node) for node in nodes]
    if len(names) > 2 * _WAY_ENDS + 1:
        names[_WAY_ENDS:-_WAY_ENDS] = [f"… {len(names) - 2 * _WAY_ENDS:,} more …"]
    return " → ".join(names)


def _steps(steps: float) -> str:
    return f"{steps:g} step{'' if steps == 1 else 's'}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Return ``a, b and c`` (with semicolons where an item has a comma itself).

    >>> listed(["a"]), listed(["a", "b", "c"]), listed(["a, b", "c"], "or")
    ('a', 'a, b and c', 'a, b; or c')
    """
    if len(items) <= 1:
        return "".join(items)
    between = "; " if any("," in item for item in items) else ", "
    return f"{between.join(items[:-1])}{';' if between == '; ' else ''} {last} {items[-1]}"


def value_text(item: Indicator, value: float) -> str:
    """Return a raw value with its unit, in words where there is no number.

    >>> from orgmodel.indicators import INDICATORS
    >>> units = {item.unit: item for item in INDICATORS}
    >>> [value_text(units[unit], 1.0) for unit in ("steps", "0 to 1", "% of need", "working days")]
    ['1 step', '100 %', '1 % of need', '1 working day']
    """
    if math.isnan(value):
        return "not defined"
    if math.isinf(value):
        return "no way" if item.unit == "steps" else "without end"
    if item.unit == "0 to 1":
        return percent(value)
    if item.unit.startswith("%"):
        return f"{value:z.0f} {item.unit.removesuffix(' off the band')}"  # the title says it
    number = f"{round(value, 1) + 0.0:g}"
    return f"{number} {_ONE.get(item.unit, item.unit) if number == '1' else item.unit}"


def in_sentence(item: Indicator) -> str:
    """Return the title of an indicator as it stands within a sentence."""
    return item.title[:1].lower() + item.title[1:]
