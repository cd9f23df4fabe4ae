"""Evidence: which people, lines and assumptions the numbers of one placement come from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from orgmodel.assumptions import Vector
from orgmodel.context import Context, Situation, bosses_of
from orgmodel.lines import Floats
from orgmodel.organization import Organization
from orgmodel.paths import (
    Lines,
    inherited_weights,
    lines_of,
    network,
    route_to,
    routes_from,
)


@dataclass(frozen=True)
class Route:
    """The way from the head of customer service to the decision owner of one function.

    ``steps`` is infinite, and ``nodes`` empty, where there is no way; 0 where the need is met inside;
    ``owner`` is None where the function is absent or only inside the unit. ``kinds`` has the kind of line
    of each hop. Of several shortest ways it is one that takes the fewest days; ``days`` is the time of
    the quickest way, which may be another one.
    """

    function: str
    weight: float
    owner: str | None
    steps: float
    days: float
    nodes: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Inherited:
    """A manager whose measures reach customer service: with what weight, and what they are."""

    id: str
    function: str
    weight: float
    vector: Vector


@dataclass(frozen=True)
class Arbitration:
    """Who settles a quarrel between customer service and operations.

    ``operations`` is their head, None where there are none outside customer service. ``arbiter`` is the
    lowest manager above both, None where there is none ("contract or board"), ``climb`` the levels up to
    there from customer service. Where the arbiter is the head of operations (``is_party``), ``next_above``
    is the first manager above both sides.
    """

    operations: str | None
    arbiter: str | None
    climb: float
    is_party: bool
    next_above: str | None


@dataclass(frozen=True)
class Evidence:
    """Where the numbers of one part of the unit come from, for one placement.

    ``front_line`` is the mean number of steps, by headcount, from the people below the part's head up to
    it (0 where there are none): the way that comes on top of every route.
    """

    unit: str
    share_of_unit: float
    bosses: tuple[tuple[str, float], ...]
    routes: tuple[Route, ...]
    inherited: tuple[Inherited, ...]
    measured_by: Vector
    value: Vector
    arbitration: Arbitration
    front_line: float


def evidence(situation: Situation, placed: Organization, head: int, context: Context) -> Evidence:
    """Return the evidence for one head of the unit as it stands in ``placed``; ``context`` is its context."""
    ids = placed.ids
    bosses = bosses_of(placed, head)
    return Evidence(
        unit=str(ids[head]),
        share_of_unit=float(situation.part_weights[situation.heads.index(head)]),
        bosses=tuple((str(ids[boss]), share) for boss, share in bosses.items()),
        routes=_routes(situation, placed, head, context),
        inherited=_inherited(situation, bosses),
        measured_by=_vector(context.measured_by[0]),
        value=_vector(context.value),
        arbitration=_arbitration(situation, placed, bosses),
        front_line=_front_line(placed, head),
    )


def _front_line(placed: Organization, head: int) -> float:
    below = placed.subtree(head)[1:]
    people = placed.headcount[below]
    if not people.sum() > 0:
        return 0.0
    return float(np.average(placed.depth[below] - placed.depth[head], weights=people))


def _vector(values: Floats) -> Vector:
    revenue, cost, quality, risk = values.tolist()
    return (revenue, cost, quality, risk)


def _routes(situation: Situation, placed: Organization, head: int, context: Context) -> tuple[Route, ...]:
    lines = lines_of(placed)
    steps = lines.measured(situation.assumptions.lengths)
    days = lines.measured(situation.assumptions.latencies)
    # Steps decide; among ways with as many steps the days do. A route is shorter than all lines together.
    graph = network(lines, steps + days / (days.sum() + 1.0), len(placed))
    found, before = routes_from(graph, head)
    routes = []
    for index, function in enumerate(context.functions):
        owner, nodes = None, []
        if function in situation.owners and not context.inside[index]:
            owner = min(situation.owners[function], key=lambda row: (found[row], row))
            nodes = route_to(before, owner) if math.isfinite(found[owner]) else []
        routes.append(
            Route(
                function=function,
                weight=float(context.weights[index]),
                owner=None if owner is None else str(placed.ids[owner]),
                steps=float(context.steps[index, 0]),
                days=float(context.days[index, 0]),
                nodes=tuple(str(placed.ids[row]) for row in nodes),
                kinds=tuple(_kind_between(lines, steps, days, start, end) for start, end in pairwise(nodes)),
            )
        )
    return tuple(routes)


def _kind_between(lines: Lines, steps: Floats, days: Floats, start: int, end: int) -> str:
    """Return the kind of the line that a hop uses: the shortest, then the quickest."""
    joining = np.flatnonzero(
        ((lines.boss == start) & (lines.report == end)) | ((lines.boss == end) & (lines.report == start))
    )
    return str(lines.kind[min(joining, key=lambda line: (steps[line], days[line]))])


def _inherited(situation: Situation, bosses: dict[int, float]) -> tuple[Inherited, ...]:
    vectors, has_vector = situation.metric_vectors
    _, weight = situation.inherited
    weights = inherited_weights(situation.authority, bosses, weight, situation.assumptions.delta)
    known = {row: value for row, value in weights.items() if has_vector[row] and value > 0}
    total = sum(known.values())
    return tuple(
        Inherited(
            id=str(situation.organization.ids[row]),
            function=str(situation.business_functions[row]),
            weight=value / total,
            vector=_vector(vectors[row]),
        )
        for row, value in sorted(known.items(), key=lambda item: -item[1])
    )


def _arbitration(situation: Situation, placed: Organization, bosses: dict[int, float]) -> Arbitration:
    """Return who arbitrates; of several bosses the smallest climb counts, then the deepest arbiter."""
    operations = [row for row in situation.owners_of("operations") if not situation.inside[row]]
    found: list[tuple[int, int, int, int]] = []
    for owner in operations:
        above_operations = placed.chain(owner)
        for boss in bosses:
            for levels, row in enumerate(placed.chain(boss), start=1):
                if row in above_operations:
                    found.append((levels, -int(placed.depth[row]), row, owner))
                    break
    named = str(placed.ids[operations[0]]) if operations else None
    if not found:
        return Arbitration(named, None, math.nan, is_party=False, next_above=None)
    climb, _, arbiter, owner = min(found)
    manager = int(placed.manager[arbiter])
    is_party = arbiter == owner
    return Arbitration(
        operations=str(placed.ids[owner]),
        arbiter=str(placed.ids[arbiter]),
        climb=float(climb),
        is_party=is_party,
        next_above=str(placed.ids[manager]) if is_party and manager >= 0 else None,
    )
