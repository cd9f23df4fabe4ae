"""Evidence: which people, lines and assumptions the numbers of one placement come from."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from orgmodel.assumptions import Vector
from orgmodel.authority import branches, inherited_weights
from orgmodel.context import Context, Desk
from orgmodel.lines import LINE_KINDS, Floats
from orgmodel.mixing import expected_ei_index
from orgmodel.organization import Organization
from orgmodel.paths import Lines, lines_of, network, route_to, routes_from
from orgmodel.places import contacts_of
from orgmodel.redundancy import carried, congestion, cut_nodes, disjoint_routes
from orgmodel.situation import Situation, bosses_of

_NOBODY: Final = -1


@dataclass(frozen=True)
class Route:
    """The way from the head of customer service to the decision owner of one function.

    ``steps`` is infinite, and ``nodes`` empty, where there is no way; 0 where the need is met inside;
    ``owner`` is None where the function is absent or only inside the unit. ``kinds`` has the kind of line
    of each hop. Of several shortest ways it is one that takes the fewest days; ``days`` is the time of
    the quickest way, which may be another one. ``disjoint`` ways have nobody in common but their ends
    (Menger's theorem); they are listed in ``ways``. ``cut_by`` names the people whose absence cuts all ways.
    """

    function: str
    weight: float
    owner: str | None
    steps: float
    days: float
    nodes: tuple[str, ...]
    kinds: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...] = ()
    cut_by: tuple[str, ...] = ()

    @property
    def disjoint(self) -> int:
        """Number of ways that have nobody in common but their ends."""
        return len(self.ways)


@dataclass(frozen=True)
class Boss:
    """One boss: the share of the authority, and the direct reports over solid lines, the unit among them.

    ``normal_span`` is the assumed band of direct reports: leads of customer service have more than others.
    """

    id: str
    share: float
    direct_reports: int
    normal_span: tuple[int, int]


@dataclass(frozen=True)
class Carrier:
    """Somebody on the ways: the share of the need they pass on, and how much of the chart passes them.

    ``congestion`` is the share of all pairs of people in their tree whose reporting lines meet there
    (`orgmodel.redundancy.congestion`); NaN in a tree of two.
    """

    id: str
    carries: float
    congestion: float


@dataclass(frozen=True)
class Mixing:
    """The lines of the unit to others.

    ``functions`` counts the outer ends by needed function; ``leaving`` and ``staying`` are the lines out of
    the unit's branch and within it, ``expected`` is the external-internal index of random mixing.
    """

    functions: Mapping[str, int]
    leaving: int
    staying: int
    expected: float


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
    there from customer service, ``route`` the managers on the way, from the boss to the arbiter. Where the
    arbiter is the head of operations (``is_party``), ``next_above`` is the first manager above both sides.
    """

    operations: str | None
    arbiter: str | None
    climb: float
    is_party: bool
    next_above: str | None
    route: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """Where the numbers of one part of the unit come from, for one placement.

    ``front_line`` is the mean number of steps, by headcount, from the people below the part's head up to
    it (0 where there are none): the way that comes on top of every route. ``carriers`` are listed by what
    they carry, the busiest first. ``sales_attempts`` is how often people at the ``desk`` try to sell, per
    contact.
    """

    unit: str
    share_of_unit: float
    bosses: tuple[Boss, ...]
    routes: tuple[Route, ...]
    carriers: tuple[Carrier, ...]
    mixing: Mixing
    desk: Desk
    sales_attempts: float
    inherited: tuple[Inherited, ...]
    measured_by: Vector
    value: Vector
    arbitration: Arbitration
    front_line: float


def evidence(situation: Situation, placed: Organization, head: int, context: Context) -> Evidence:
    """Return the evidence for one head of the unit as it stands in ``placed``; ``context`` is its context."""
    ids = placed.ids
    bosses = bosses_of(placed, head)
    routes = _routes(situation, placed, head, context)
    return Evidence(
        unit=str(ids[head]),
        share_of_unit=float(situation.part_weights[situation.heads.index(head)]),
        bosses=tuple(_boss(situation, placed, head, row, share) for row, share in bosses.items()),
        routes=routes,
        carriers=_carriers(placed, routes),
        mixing=_mixing(situation, placed, head, context),
        desk=context.desk,
        sales_attempts=float(context.sales_attempts[0]),
        inherited=_inherited(situation, bosses),
        measured_by=_vector(context.measured_by[0]),
        value=_vector(context.value),
        arbitration=_arbitration(situation, placed, bosses),
        front_line=_front_line(placed, head),
    )


def _boss(situation: Situation, placed: Organization, head: int, row: int, share: float) -> Boss:
    assumptions = situation.assumptions
    leads_service = situation.business_functions[row] == "customer_service"
    return Boss(
        id=str(placed.ids[row]),
        share=share,
        direct_reports=int(placed.span_of_control[row]) + (row != placed.manager[head]),
        normal_span=(
            assumptions.span_least,
            assumptions.service_span_most if leads_service else assumptions.span_most,
        ),
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
    nearest = {
        function: min(situation.owners[function], key=lambda row: (found[row], row))
        for index, function in enumerate(context.functions)
        if function in situation.owners and not context.inside[index]
    }
    targets = [row for row in dict.fromkeys(nearest.values()) if math.isfinite(found[row])]
    ways = disjoint_routes(graph, head, targets)
    # Somebody everybody needs exists only where one way is all there is.
    single = [
        route_to(before, row) if len(some) == 1 else [] for row, some in zip(targets, ways, strict=True)
    ]
    cut = dict(zip(targets, cut_nodes(graph, single), strict=True))
    ways_to = dict(zip(targets, ways, strict=True))
    steps_to, days_to = context.steps.values, context.days.values
    routes = []
    for index, function in enumerate(context.functions):
        owner = nearest.get(function, _NOBODY)
        nodes = route_to(before, owner) if owner in ways_to else []
        routes.append(
            Route(
                function=function,
                weight=float(context.weights[index]),
                owner=None if owner == _NOBODY else str(placed.ids[owner]),
                steps=float(steps_to[index, 0]),
                days=float(days_to[index, 0]),
                nodes=_ids(placed, nodes),
                kinds=tuple(_kind_between(lines, steps, days, start, end) for start, end in pairwise(nodes)),
                ways=tuple(_ids(placed, way) for way in ways_to[owner]) if owner in ways_to else (),
                cut_by=_ids(placed, cut[owner]) if owner in ways_to else (),
            )
        )
    return tuple(routes)


def _ids(placed: Organization, rows: Sequence[int]) -> tuple[str, ...]:
    return tuple(str(placed.ids[row]) for row in rows)


def _carriers(placed: Organization, routes: Sequence[Route]) -> tuple[Carrier, ...]:
    """Return who passes on what customer service learns, the busiest first."""
    share = congestion(placed)
    carries = carried([route.nodes for route in routes], [route.weight for route in routes])
    return tuple(Carrier(node, weight, float(share[placed.row(node)])) for node, weight in carries.items())


def _mixing(situation: Situation, placed: Organization, head: int, context: Context) -> Mixing:
    """Return to whom the lines of the unit lead, against what random mixing of the branches would give."""
    lines = contacts_of(placed, head, placed.manager[[head]])
    outer = np.concatenate([lines.outer, lines.solid[lines.solid >= 0]])
    functions = Counter(
        str(function)
        for function in situation.business_functions[outer]
        if function in context.functions and context.outside[context.functions.index(function)]
    )
    branch = branches(placed)
    return Mixing(
        functions=dict(functions),
        leaving=int(context.leaving[0]),
        staying=int(context.staying[0]),
        expected=expected_ei_index(
            np.append(np.unique_counts(branch[branch >= 0]).counts, np.ones(int(np.sum(branch < 0))))
        ),
    )


def _kind_between(lines: Lines, steps: Floats, days: Floats, start: int, end: int) -> str:
    """Return the kind of the line that a hop uses: the shortest, then the quickest."""
    joining = np.flatnonzero(
        ((lines.boss == start) & (lines.report == end)) | ((lines.boss == end) & (lines.report == start))
    )
    return LINE_KINDS[lines.kind[min(joining, key=lambda line: (steps[line], days[line]))]]


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
    operations = situation.operations
    found: list[tuple[int, int, int, int, int]] = []
    for owner in operations:
        above_operations = placed.chain(owner)
        for boss in bosses:
            for levels, row in enumerate(placed.chain(boss), start=1):
                if row in above_operations:
                    found.append((levels, -int(placed.depth[row]), row, owner, boss))
                    break
    named = str(placed.ids[operations[0]]) if operations else None
    if not found:
        return Arbitration(named, None, math.nan, is_party=False, next_above=None)
    climb, _, arbiter, owner, boss = min(found)
    manager = int(placed.manager[arbiter])
    is_party = arbiter == owner
    return Arbitration(
        operations=str(placed.ids[owner]),
        arbiter=str(placed.ids[arbiter]),
        climb=float(climb),
        is_party=is_party,
        next_above=str(placed.ids[manager]) if is_party and manager >= 0 else None,
        route=_ids(placed, placed.chain(boss)[:climb]),
    )
