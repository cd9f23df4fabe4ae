"""A unit in parts: split over regions and teams, or merged into the sales teams."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Final, NamedTuple

import numpy as np

from orgmodel.lines import Bools, Floats, Ints, frozen, list_of_names
from orgmodel.operations import NewNode, add_nodes, remove
from orgmodel.organization import Organization

_NAMED_AT_MOST: Final = 12

# ---------------------------------------------------------------------- who goes to which part


class Deal(NamedTuple):
    """The part that every leaf goes to, and how many leaves went by their location."""

    part: Ints
    by_location: int


def leaves(organization: Organization, inside: Bools) -> Ints:
    """Return the rows of a unit that nobody reports to, who answer the customers, in chart order."""
    return np.flatnonzero(inside & (organization.span_of_control == 0))


def deal_by_location(organization: Organization, inside: Bools, bosses: Sequence[int]) -> Deal:
    """Deal the leaves of a unit (the rows ``inside``) to parts under some bosses, by location.

    A leaf goes to the boss at its own location (compared without case and spaces around). A boss without
    a location is taken to be where most nodes below them are, the unit not counted (ties: the location
    nearest to the boss). Where several bosses are at one location, the part with the least headcount so far
    (ties: the order of the bosses) takes the leaf. Leaves that match nobody follow after all the others,
    dealt as by `deal_equally`.
    """
    rows = leaves(organization, inside)
    people = organization.headcount[rows].tolist()
    at: dict[str, list[tuple[float, int]]] = {}  # by location a heap of (headcount so far, part)
    for part, boss in enumerate(bosses):
        at.setdefault(_location(organization, inside, boss), []).append((0.0, part))
    nowhere = at.pop("", [])
    locations = organization.locations[rows].tolist()
    heap_at = {location: at.get(_plain(location)) for location in set(locations)}
    places = [heap_at[location] for location in locations]
    parts = [-1 if place is None else _give(place, some) for place, some in zip(places, people, strict=True)]
    everywhere = [entry for heap in (nowhere, *at.values()) for entry in heap]
    heapq.heapify(everywhere)
    dealt = [_give(everywhere, some) if part < 0 else part for part, some in zip(parts, people, strict=True)]
    return Deal(np.array(dealt, dtype=np.int64), len(parts) - parts.count(-1))


def deal_equally(organization: Organization, inside: Bools, bosses: Sequence[int]) -> Deal:
    """Deal the leaves of a unit (the rows ``inside``) one after another, in chart order.

    Each goes to the part with the least headcount so far (ties: the order of the bosses).
    """
    heap = [(0.0, part) for part in range(len(bosses))]
    people = organization.headcount[leaves(organization, inside)].tolist()
    return Deal(np.array([_give(heap, some) for some in people], dtype=np.int64), 0)


def _give(heap: list[tuple[float, int]], people: float) -> int:
    """Return the part with the least headcount so far, which now has these people too."""
    load, part = heap[0]
    heapq.heapreplace(heap, (load + people, part))
    return part


def _location(organization: Organization, inside: Bools, boss: int) -> str:
    """Return where a boss is: their own location, else the most common one below them."""
    if own := _plain(organization.locations[boss]):
        return own
    below = organization.subtree(boss)
    counted: Counter[str] = Counter()
    for location, times in Counter(organization.locations[below[~inside[below]]].tolist()).items():
        if place := _plain(location):
            counted[place] += times
    return counted.most_common(1)[0][0] if counted else ""


def _plain(location: str) -> str:
    return location.strip().casefold()


def teams(organization: Organization, inside: Bools, head: int) -> tuple[Ints, Floats]:
    """Return the managers of the teams below a head, in chart order, and each team's headcount.

    Teams are the direct reports over solid lines who have reports themselves, with everything below them;
    the unit (the rows ``inside``) counts nowhere. Without any, the head and everything below are one team.
    """
    outside = np.where(inside, 0.0, organization.headcount)
    people = outside + organization.below(outside)
    bosses = organization.manager[~inside & (organization.manager >= 0)]
    span = np.bincount(bosses, minlength=len(organization))
    reports = organization.direct_reports(head)
    managers = reports[~inside[reports] & (span[reports] > 0)]
    if not len(managers):
        managers = np.array([head], dtype=np.int64)
    return managers, people[managers]


# ---------------------------------------------------------------------- the chart with the parts


class Parts(NamedTuple):
    """A chart with a unit in parts: ids of the parts and of the nodes that are gone, and what was done."""

    organization: Organization
    unit: tuple[str, ...]
    dissolved: tuple[str, ...]
    sentences: tuple[str, ...]


def split(
    organization: Organization, inside: Bools, bosses: Sequence[int], name: str, *, by_location: bool
) -> Parts:
    """Return the chart with a unit (the rows ``inside``, called ``name``) in one part for each boss.

    Each part is a new head, under whom the leaves dealt to it are; a part that gets no leaf is not made.
    Where there are fewer leaves than parts, their headcount is divided equally, and each part is one node.
    Everything else of the unit is gone, with its lines and ties.
    """
    names = [f"{name}, {organization.label(boss)}" for boss in bosses]
    rows = leaves(organization, inside)
    if len(rows) < len(bosses):
        people = float(organization.headcount[rows].sum())
        sentence = f"There are fewer posts than parts: each gets an equal share of {_people(people)}."
        shares = np.full(len(bosses), people / len(bosses))
        return _in_boxes(organization, inside, bosses, names, shares, (sentence,))
    deal = (deal_by_location if by_location else deal_equally)(organization, inside, bosses)
    given = np.bincount(deal.part, minlength=len(bosses)) > 0
    made = np.flatnonzero(given).tolist()
    nodes = _new_parts(
        organization, [bosses[part] for part in made], [names[part] for part in made], [1.0] * len(made)
    )
    grown = add_nodes(organization, nodes)
    manager = grown.manager.copy()
    manager[rows] = len(organization) + np.searchsorted(made, deal.part)
    # No new head is a further manager of anybody, so there is no line to merge.
    regrouped = replace(grown, manager=frozen(manager))
    regrouped.__dict__["row_of"] = grown.row_of
    people_of = np.bincount(deal.part, organization.headcount[rows], len(bosses))
    return _without(
        organization,
        regrouped,
        np.flatnonzero(inside & (organization.span_of_control > 0)),
        nodes,
        (
            _made([names[part] for part in made], people_of[made].tolist(), headed=True),
            _dealt(deal, by_location=by_location),
            *_not_made(organization, np.array(bosses)[~given].tolist()),
        ),
    )


def merge(organization: Organization, inside: Bools, sales_head: int) -> Parts:
    """Return the chart with the people of a unit (the rows ``inside``) in the sales teams.

    Each team gets one node of customer service with its share of the leaves' headcount, in proportion to
    the headcount of the team. A team without people gets none and no node; where no team has any, the shares
    are equal. All of the unit is gone, with its lines and ties.
    """
    managers, weights = teams(organization, inside, sales_head)
    if not weights.any():
        weights = np.ones(len(managers))
    people = float(organization.headcount[leaves(organization, inside)].sum())
    served = weights > 0
    bosses = managers[served].tolist()
    return _in_boxes(
        organization,
        inside,
        bosses,
        [f"Customer service, {organization.label(boss)}" for boss in bosses],
        people * weights[served] / weights.sum(),
        _not_made(organization, managers[~served].tolist()),
    )


def new_ids(organization: Organization, stem: str) -> Iterator[str]:
    """Yield ids that no node has yet: the stem with a number.

    >>> org = Organization.from_columns(["part-1"], [None])
    >>> ids = new_ids(org, "part")
    >>> next(ids), next(ids)
    ('part-2', 'part-3')
    """
    return (node for number in count(1) if (node := f"{stem}-{number}") not in organization.row_of)


def _new_parts(
    organization: Organization, bosses: Sequence[int], names: Sequence[str], headcount: Sequence[float]
) -> list[NewNode]:
    return [
        NewNode(node, organization.ids[boss], name, function="customer_service", headcount=people)
        for node, boss, name, people in zip(
            new_ids(organization, "customer-service"), bosses, names, headcount, strict=False
        )
    ]


def _in_boxes(
    organization: Organization,
    inside: Bools,
    bosses: Sequence[int],
    names: Sequence[str],
    headcount: Floats,
    sentences: Sequence[str],
) -> Parts:
    """Return the chart with one new node under each boss instead of the unit."""
    nodes = _new_parts(organization, bosses, names, headcount.tolist())
    sentences = (_made(names, headcount.tolist(), headed=False), *sentences)
    return _without(organization, add_nodes(organization, nodes), np.flatnonzero(inside), nodes, sentences)


def _without(
    organization: Organization,
    grown: Organization,
    gone: Ints,
    nodes: Sequence[NewNode],
    sentences: Sequence[str],
) -> Parts:
    """Return the chart that has the new nodes without the old ones, whose rows are the same in both."""
    dissolved = tuple(organization.ids[gone].tolist())
    kept = remove(grown, dissolved) if dissolved else grown
    sentences = (*sentences, *_dissolved(organization, kept, gone))
    return Parts(kept, tuple(node.id for node in nodes), dissolved, sentences)


# ---------------------------------------------------------------------- in words


def _made(names: Sequence[str], headcount: Sequence[float], *, headed: bool) -> str:
    parts = [f'"{name}" ({_people(people)})' for name, people in zip(names, headcount, strict=True)]
    shown = ", ".join(parts[:_NAMED_AT_MOST])
    more = f" and {len(parts) - _NAMED_AT_MOST} more" if len(parts) > _NAMED_AT_MOST else ""
    under = ", each under a new head" if headed else ""
    return f"Customer service becomes {_counted(len(parts), 'part')}{under}: {shown}{more}."


def _dealt(deal: Deal, *, by_location: bool) -> str:
    posts = _counted(len(deal.part), "post")
    if not by_location or not deal.by_location:
        why = "; no location says where they belong" if by_location else ""
        return f"{posts} went one after another to the part with the fewest people so far{why}."
    if deal.by_location == len(deal.part):
        return f"{posts} went by location."
    return (
        f"{deal.by_location} of {posts} went by location, "
        "the others one after another to the part with the fewest people so far."
    )


def _not_made(organization: Organization, bosses: Sequence[int]) -> tuple[str, ...]:
    if not bosses:
        return ()
    names = list_of_names([organization.label(boss) for boss in bosses])
    return (f"No part is made under {names}: it would have nobody.",)


def _dissolved(before: Organization, after: Organization, gone: Ints) -> list[str]:
    """Say what went with the nodes that are gone."""
    if not len(gone):
        return []
    are, them = ("is", "it") if len(gone) == 1 else ("are", "them")
    ties = _counted(len(before.ties.a) - len(after.ties.a), "tie")
    lines = _counted(len(before.further.report) - len(after.further.report), "line")
    lost = (
        f"{_counted(len(gone), 'post')} of the old unit {are} dissolved; "
        f"{ties} and {lines} to further managers are lost with {them}."
    )
    leading = float(before.headcount[gone[before.span_of_control[gone] > 0]].sum())
    if not leading:
        return [lost]
    is_or_are = "is" if leading == 1 else "are"
    return [lost, f"{_people(leading)} in posts with reports {is_or_are} in no part."]


def _people(number: float) -> str:
    return f"{round(number, 1):.12g} {'person' if number == 1 else 'people'}"


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
