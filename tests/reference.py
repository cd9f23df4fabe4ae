"""The definitions read aloud: a slow second implementation, one placement at a time, dicts and loops.

It knows nothing of the library but `Organization.to_networkx`. A chart here is that MultiDiGraph
(manager -> report, key = kind of line); `assumptions` is any object with the fields of `Assumptions`.
Distances are taken after the move, in the chart with the unit in its new place. That is the definition's
"the shortest way over a neighbour in the chart without the unit": a shortest way never comes back.
"""

import math

import networkx as nx
import numpy as np

REVENUE, COST, QUALITY, _RISK = range(4)
UNHELD = {"vacant", "placeholder"}
NONE = math.nan
#: The columns that are computed here.
VALUES = (
    "silo_risk",
    "sales_pressure_conflict",
    "feedback_path_length",
    "feedback_days",
    "efficiency",
    "fidelity",
    "incentive_distortion",
    "cost_pressure",
    "sales_disconnect",
    "service_shortfall",
    "reachable_path_length",
    "unreachable_weight",
)


def assert_same(values, expected, columns=VALUES):
    """Assert that the values are those expected; NaN is NaN, infinite is infinite."""
    for column in columns:
        np.testing.assert_allclose(
            values[column], expected[column], rtol=1e-9, atol=1e-9, equal_nan=True, err_msg=column
        )


# ------------------------------------------------------------------ the chart


def solid_manager(chart, node):
    return next((boss for boss, _, kind in chart.in_edges(node, keys=True) if kind == "solid"), None)


def bosses(chart, node):
    """Every line up: (boss, kind, share). The solid manager has what the further managers leave."""
    lines = [line for line in chart.in_edges(node, keys=True, data=True) if line[2] != "tie"]
    left = 1.0 - sum(data["share"] for _, _, kind, data in lines if kind != "solid")
    return [(boss, kind, left if kind == "solid" else data["share"]) for boss, _, kind, data in lines]


def subtree(chart, node):
    """A node and everything below it over solid lines."""
    reports = [report for _, report, kind in chart.out_edges(node, keys=True) if kind == "solid"]
    return {node}.union(*(subtree(chart, report) for report in reports))


def depth(chart, node):
    boss = solid_manager(chart, node)
    return 0 if boss is None else 1 + depth(chart, boss)


def root(chart, node):
    boss = solid_manager(chart, node)
    return node if boss is None else root(chart, boss)


def headcount(chart, nodes):
    return sum(chart.nodes[node]["headcount"] for node in nodes)


def heads(chart, unit):
    """The unit's nodes, without those that another of its nodes has below it."""
    return [
        node for node in unit if not any(node in subtree(chart, other) for other in unit if other != node)
    ]


def inside(chart, unit):
    return set().union(*(subtree(chart, node) for node in unit))


def candidates(chart, unit):
    """Every node that no node of the unit has below it, over solid lines and lines with authority."""
    rules = nx.DiGraph()
    rules.add_nodes_from(chart)
    rules.add_edges_from(
        (boss, node)
        for node in chart
        for boss, kind, share in bosses(chart, node)
        if kind == "solid" or share > 0
    )
    ruled = set(unit).union(*(nx.descendants(rules, node) for node in unit))
    return [node for node in chart if node not in ruled]


def moved(chart, node, boss):
    """The chart with a new solid boss; the other further managers stay."""
    chart = chart.copy()
    chart.remove_edges_from(
        [
            line
            for line in chart.in_edges(node, keys=True)
            if line[2] == "solid" or (line[0] == boss and line[2] != "tie")
        ]
    )
    chart.add_edge(boss, node, key="solid", kind="solid")
    return chart


def divided(chart, node, shares):
    """The chart with all bosses listed: the largest share is the solid line, lines without authority stay."""
    chart = chart.copy()
    for boss, _, kind, data in list(chart.in_edges(node, keys=True, data=True)):
        if kind == "solid" or (kind != "tie" and (data["share"] > 0 or boss in shares)):
            chart.remove_edge(boss, node, key=kind)
    first = max(shares, key=shares.get)
    for boss, share in shares.items():
        kind = "solid" if boss == first else "shared"
        chart.add_edge(boss, node, key=kind, kind=kind, share=share)
    return chart


# ------------------------------------------------------------------ needs and their owners


def owners(chart, unit, assumptions):
    """Decision owners of every needed function that the chart has; an empty list = met inside the unit."""
    within = inside(chart, unit)
    found = {}
    for function, weight in assumptions.needs.items():
        if weight == 0:
            continue
        if named := assumptions.owners.get(function):
            found[function] = [] if within.intersection(named) else list(named)
        elif any(chart.nodes[node].get("function") == function for node in chart):
            found[function] = owner_by_rule(chart, within, function)
    return found


def owner_by_rule(chart, within, function):
    def of_function(node):
        return node is not None and chart.nodes[node].get("function") == function

    order = list(chart)
    outside = [node for node in order if node not in within]
    tops = [node for node in outside if of_function(node) and not of_function(solid_manager(chart, node))]
    tops = [node for node in tops if chart.nodes[node].get("status") not in UNHELD] or tops
    if not tops:
        return []
    trees = [root(chart, node) for node in outside]
    largest = min(
        {root(chart, node) for node in tops}, key=lambda tree: (-trees.count(tree), order.index(tree))
    )

    def rank(node):
        below = subtree(chart, node) - within - {node}
        return -headcount(chart, below), depth(chart, node), order.index(node)

    return [min((node for node in tops if root(chart, node) == largest), key=rank)]


# ------------------------------------------------------------------ ways


def distances(chart, start, cost):
    """The least sum of costs (by kind of line) from a node to every node it can reach."""
    ways = nx.Graph()
    ways.add_nodes_from(chart)
    for a, b, kind in chart.edges(keys=True):
        ways.add_edge(a, b, cost=min(cost[kind], ways.get_edge_data(a, b, {}).get("cost", math.inf)))
    return nx.single_source_dijkstra_path_length(ways, start, weight="cost")


def nearest(reached, ids):
    """0 where the need is met inside, infinite where no owner can be reached."""
    return min((reached.get(node, math.inf) for node in ids), default=0.0)


def mean(weights, values):
    """The weighted mean; weights are rescaled, what weighs nothing does not count."""
    total = sum(weights[key] for key in values)
    return (
        sum(weights[key] / total * values[key] for key in values if weights[key] > 0) if total > 0 else NONE
    )


def ways_of(chart, node, found, assumptions):
    """The values that hang on distances: silo risk and the feedback paths."""
    needs = assumptions.needs
    reached = distances(chart, node, assumptions.lengths)
    in_days = distances(chart, node, assumptions.latencies)
    steps = {function: nearest(reached, ids) for function, ids in found.items()}
    outer = {function: steps[function] for function, ids in found.items() if ids}
    finite = {function: length for function, length in outer.items() if math.isfinite(length)}
    lost = sum(needs[function] for function in outer if function not in finite)
    return {
        "silo_risk": 100
        * mean(needs, {function: float(steps[function] > assumptions.radius) for function in steps}),
        "feedback_path_length": mean(needs, outer),
        "feedback_days": mean(needs, {function: nearest(in_days, found[function]) for function in outer}),
        "efficiency": mean(needs, {function: 1 / length for function, length in outer.items()}),
        "fidelity": mean(
            needs, {f: assumptions.alpha ** (outer[f] - 1) if f in finite else 0.0 for f in outer}
        ),
        "reachable_path_length": mean(needs, finite),
        "unreachable_weight": lost / sum(needs[f] for f in outer) if outer else NONE,
    }


# ------------------------------------------------------------------ what the bosses are measured by


def inherited(chart, node, assumptions):
    """Sum S and weight Z of what a node is measured by: its own vector, and what its bosses pass down."""
    data = chart.nodes[node]
    own = None if data.get("status") in UNHELD else assumptions.metric_vectors.get(data.get("function"))
    total, weight = (list(own), 1.0) if own is not None else ([0.0] * 4, 0.0)
    for boss, _, share in bosses(chart, node):
        if share > 0:
            above, weight_above = inherited(chart, boss, assumptions)
            total = [x + assumptions.delta * share * y for x, y in zip(total, above, strict=True)]
            weight += assumptions.delta * share * weight_above
    return total, weight


def unit_length(vector):
    length = math.hypot(*vector)
    return [x / length for x in vector]


def conflicts_of(chart, node, assumptions):
    """The values that hang on what the bosses are measured by."""
    mixed, together = [0.0] * 4, 0.0
    for boss, _, share in bosses(chart, node):
        total, weight = inherited(chart, boss, assumptions)
        if share > 0 and weight > 0:
            mixed = [x + share * y / weight for x, y in zip(mixed, total, strict=True)]
            together += share
    names = (
        "sales_pressure_conflict",
        "incentive_distortion",
        "cost_pressure",
        "sales_disconnect",
        "service_shortfall",
    )
    if together == 0 or not any(mixed):
        return dict.fromkeys(names, NONE)
    g = unit_length([x / together for x in mixed])
    f = unit_length(assumptions.value_vector)
    along = sum(x * y for x, y in zip(g, f, strict=True))

    def pressure(metric):
        rest = g[metric] - along * f[metric]
        return 100 * rest**2 if rest > 0 and g[metric] > f[metric] else 0.0

    def lack(metric):
        return 100 * max(0.0, 1 - g[metric] / f[metric]) if f[metric] > 0 else NONE

    return {
        "sales_pressure_conflict": pressure(REVENUE),
        "incentive_distortion": 100 * (1 - along**2),
        "cost_pressure": pressure(COST),
        "sales_disconnect": lack(REVENUE),
        "service_shortfall": lack(QUALITY),
    }


# ------------------------------------------------------------------ answers


def values_of(chart, node, found, assumptions):
    """All values of one node of the unit in the place where the chart has it."""
    return ways_of(chart, node, found, assumptions) | conflicts_of(chart, node, assumptions)


def mean_of_parts(chart, parts):
    """The mean of each value over the parts that have people; undefined in one of them is undefined."""
    people = {node: headcount(chart, subtree(chart, node)) for node in parts}
    if not any(people.values()):
        people = dict.fromkeys(people, 1.0)
    columns = next(iter(parts.values()))
    return {
        column: NONE
        if any(math.isnan(part[column]) for node, part in parts.items() if people[node] > 0)
        else mean(people, {node: part[column] for node, part in parts.items()})
        for column in columns
    }


def placed(chart, unit, found, assumptions, place):
    """The values after `place(chart, node)` has been done for each node of the unit, one at a time."""
    parts = {node: values_of(place(chart, node), node, found, assumptions) for node in heads(chart, unit)}
    return mean_of_parts(chart, parts)


def as_it_is(chart, unit, assumptions):
    found = owners(chart, unit, assumptions)
    return placed(chart, unit, found, assumptions, lambda chart, _: chart)


def shared(chart, unit, assumptions, shares):
    found = owners(chart, unit, assumptions)
    return placed(chart, unit, found, assumptions, lambda chart, node: divided(chart, node, shares))


def sweep(chart, unit, assumptions):
    """The values under every candidate: {id: {column: value}}."""
    found = owners(chart, unit, assumptions)

    def under(boss):
        return placed(chart, unit, found, assumptions, lambda chart, node: moved(chart, node, boss))

    return {boss: under(boss) for boss in candidates(chart, unit)}
