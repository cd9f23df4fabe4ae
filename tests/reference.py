"""The definitions read aloud: a slow second implementation, one placement at a time, dicts and loops.

It knows nothing of the library but `Organization.to_networkx`. A chart here is that MultiDiGraph
(`tests/reference_chart.py`); `assumptions` is any object with the fields of `Assumptions`.
Distances are taken after the move, in the chart with the unit in its new place. That is the definition's
"the shortest way over a neighbour in the chart without the unit": a shortest way never comes back.
"""

import math
from typing import NamedTuple

import networkx as nx
import numpy as np

from tests.reference_chart import (
    UNHELD,
    authority,
    bosses,
    branch,
    candidates,
    depth,
    direct_reports,
    divided,
    headcount,
    heads,
    line_up,
    moved,
    other_party,
    owners,
    root,
    solid_manager,
    subtree,
)
from tests.reference_queues import contest_chance, impatient, many_servers

REVENUE, COST, QUALITY, _RISK = range(4)
NONE = math.nan
HOURS_A_DAY = 8
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
    "worst_distance",
    "breadth",
    "ei_index",
    "boss_disagreement",
    "effective_bosses",
    "climb",
    "arbiter_depth",
    "executive_distance",
    "boss_attention",
    "boss_span",
    "span_deviation",
    "escalation_probability",
    "decision_days",
    "waiting_probability",
    "waiting_time",
    "added_waiting",
    "added_waiting_time",
)


class Facts(NamedTuple):
    """What a move does not change."""

    heads: list  # the parts of the unit
    owners: dict  # who decides in each needed function
    other_party: list  # who decides for operations


def facts_of(chart, unit, assumptions):
    return Facts(heads(chart, unit), owners(chart, unit, assumptions), other_party(chart, unit, assumptions))


def assert_same(values, expected, columns=VALUES):
    """Assert that the values are those expected; NaN is NaN, infinite is infinite."""
    for column in columns:
        np.testing.assert_allclose(
            values[column], expected[column], rtol=1e-9, atol=1e-9, equal_nan=True, err_msg=column
        )


# ------------------------------------------------------------------ ways


def distances(chart, start, cost):
    """The least sum of costs (by kind of line) from a node to every node it can reach."""
    ways = nx.Graph()
    ways.add_nodes_from(chart)
    for a, b, kind in chart.edges(keys=True):
        ways.add_edge(a, b, cost=min(cost[kind], ways.get_edge_data(a, b, {}).get("cost", math.inf)))
    return nx.single_source_dijkstra_path_length(ways, start, weight="cost")


def content_kept(chart, start, assumptions):
    """How much of what a node says arrives at every node it can reach, over the way that keeps most.

    Each step after the first keeps ``alpha``, over a contract line ``contract_alpha``; a line may be several
    steps long. Repeated until nothing is improved.
    """
    lines = [(a, b, kind) for a, b, kind in chart.edges(keys=True)]
    lines += [(b, a, kind) for a, b, kind in lines]

    def over(kind, steps):
        return (assumptions.contract_alpha if kind == "contract" else assumptions.alpha) ** steps

    kept = {}
    for a, b, kind in lines:
        if a == start:
            kept[b] = max(kept.get(b, 0.0), over(kind, assumptions.lengths[kind] - 1))
    on = [(a, b, over(kind, assumptions.lengths[kind])) for a, b, kind in lines if start not in (a, b)]
    improved = True
    while improved:
        improved = False
        for a, b, share in on:
            if kept.get(a, 0.0) * share > kept.get(b, 0.0):
                kept[b] = kept[a] * share
                improved = True
    return kept


def disjoint_routes(chart, start, end):
    """How many ways lead from one node to another that have no node between in common (Menger)."""
    return nx.node_connectivity(nx.Graph(chart.to_undirected()), start, end)


def nearest(reached, ids):
    """0 where the need is met inside, infinite where no owner can be reached."""
    return min((reached.get(node, math.inf) for node in ids), default=0.0)


def mean(weights, values):
    """The weighted mean; weights are rescaled, what weighs nothing does not count."""
    total = sum(weights[key] for key in values)
    return (
        sum(weights[key] / total * values[key] for key in values if weights[key] > 0) if total > 0 else NONE
    )


def ways_of(chart, node, facts, assumptions):
    """The values that hang on distances: silo risk and the feedback paths."""
    needs, found = assumptions.needs, facts.owners
    reached = distances(chart, node, assumptions.lengths)
    in_days = distances(chart, node, assumptions.latencies)
    kept = content_kept(chart, node, assumptions)
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
        "fidelity": mean(needs, {f: max(kept.get(owner, 0.0) for owner in found[f]) for f in outer}),
        "reachable_path_length": mean(needs, finite),
        "unreachable_weight": lost / sum(needs[f] for f in outer) if outer else NONE,
        "worst_distance": max(outer.values(), default=NONE),
    }


# ------------------------------------------------------------------ lines of the unit


def contacts_of(chart, node, facts):
    """The values that count the lines of the unit: breadth and the E-I index.

    Several lines between the same two nodes are one here: who is connected counts, not how often.
    """
    within = subtree(chart, node)
    own_branch = branch(chart, node)
    outer_ends, internal, external = [], 0, 0
    for a, b in nx.Graph(chart.to_undirected()).edges():
        if a in within and b in within:
            internal += 1
        elif a in within or b in within:
            outer = b if a in within else a
            outer_ends.append(outer)
            if own_branch is not None and branch(chart, outer) == own_branch:
                internal += 1
            else:
                external += 1
    lines = internal + external
    needed = [function for function, ids in facts.owners.items() if ids]
    return {
        "breadth": breadth([chart.nodes[outer].get("function") for outer in outer_ends], needed),
        "ei_index": (external - internal) / lines if lines else NONE,
    }


def breadth(functions, needed):
    """Effective number of needed functions among those named, as a share of the needed ones."""
    counts = [functions.count(function) for function in needed]
    if not needed:
        return NONE
    if not sum(counts):
        return 0.0
    return 1 / sum((count / sum(counts)) ** 2 for count in counts) / len(needed)


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


def measured_by(chart, node, assumptions):
    """What the bosses are measured by, averaged by share; None where nothing is known of any."""
    mixed, together = [0.0] * 4, 0.0
    for boss, _, share in bosses(chart, node):
        total, weight = inherited(chart, boss, assumptions)
        if share > 0 and weight > 0:
            mixed = [x + share * y / weight for x, y in zip(mixed, total, strict=True)]
            together += share
    return [x / together for x in mixed] if any(mixed) else None


def dot(one, two):
    return sum(x * y for x, y in zip(one, two, strict=True))


def unit_length(vector):
    length = math.hypot(*vector)
    return [x / length for x in vector]


def conflicts_of(chart, node, assumptions):
    """The values that hang on what the bosses are measured by."""
    names = (
        "sales_pressure_conflict",
        "incentive_distortion",
        "cost_pressure",
        "sales_disconnect",
        "service_shortfall",
    )
    measures = measured_by(chart, node, assumptions)
    if measures is None:
        return dict.fromkeys(names, NONE)
    g = unit_length(measures)
    f = unit_length(assumptions.value_vector)
    along = dot(g, f)

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


def disagreement(chart, node, assumptions):
    """Rao's quadratic entropy over the bosses whose measures are known: every pair by the angle between."""
    directions = {}
    shares = authority(chart, node)
    for boss in shares:
        total, _ = inherited(chart, boss, assumptions)
        if any(total):
            directions[boss] = unit_length(total)
    together = sum(shares[boss] for boss in directions)
    if not directions:
        return NONE
    return 100 * sum(
        shares[one] / together * shares[two] / together * (1 - dot(directions[one], directions[two]))
        for one in directions
        for two in directions
    )


# ------------------------------------------------------------------ who the bosses are, and who decides


def bosses_of(chart, node, facts, assumptions):
    """The values that hang on how many bosses there are, and where they stand."""
    shares = authority(chart, node)
    together = sum(shares.values())
    manager = solid_manager(chart, node)
    spans = {boss: len(direct_reports(chart, boss)) + (boss != manager) for boss in shares}
    climb, arbiter_depth = arbitration(chart, shares, facts.other_party)
    return {
        "boss_disagreement": disagreement(chart, node, assumptions),
        "effective_bosses": 1 / sum((share / together) ** 2 for share in shares.values()) if shares else NONE,
        "executive_distance": executive_distance(chart, node),
        "boss_attention": mean(shares, {boss: 1 / span for boss, span in spans.items()}),
        "boss_span": mean(shares, spans),
        "span_deviation": mean(
            shares, {boss: off_the_band(chart, boss, span, assumptions) for boss, span in spans.items()}
        ),
        "climb": climb,
        "arbiter_depth": arbiter_depth,
    } | escalation(climb, arbiter_depth, assumptions)


def off_the_band(chart, boss, span, assumptions):
    """By how much a number of direct reports is below or above what is assumed to be normal, in percent."""
    serves = chart.nodes[boss].get("function") == "customer_service"
    most = assumptions.service_span_most if serves else assumptions.span_most
    if span < assumptions.span_least:
        return 100 * (assumptions.span_least - span) / assumptions.span_least
    return 100 * (span - most) / span if span > most else 0


def arbitration(chart, managers, party):
    """Levels up to the lowest manager over both sides, and the depth of that manager."""
    found = []
    for boss in managers:
        for owner in party:
            above_owner = line_up(chart, owner)
            common = [above for above in line_up(chart, boss) if above in above_owner]
            if common:
                level = depth(chart, common[0])
                found.append((1 + depth(chart, boss) - level, -level))
    if not found:
        return NONE, NONE
    climb, level = min(found)
    return climb, -level


def executive_distance(chart, node):
    """Lines of authority up to the root of the own tree, without leaving it; infinite where none leads up."""
    shares = authority(chart, node)
    if not shares:
        return 0
    manager = solid_manager(chart, node)
    first = next(other for other in chart if other in shares) if manager is None else manager
    top = root(chart, first)
    tree = subtree(chart, top)
    lines = nx.DiGraph()
    lines.add_nodes_from(tree)
    lines.add_edges_from((report, boss) for report in tree for boss in authority(chart, report))
    steps = nx.single_target_shortest_path_length(lines.subgraph(tree), top)
    return 1 + min((steps.get(boss, math.inf) for boss in shares), default=math.inf)


def escalation(climb, arbiter_depth, assumptions):
    """How likely a disputed change reaches the top, and how long the managers on the way take."""
    if math.isnan(climb):
        return {"escalation_probability": NONE, "decision_days": NONE}
    planners, hours = assumptions.planners, assumptions.planning_time
    load = assumptions.planning_utilisation * planners
    contested = contest_chance(planners, load, hours, assumptions.slack)
    climbs = contested * (1 - assumptions.transparency) * (1 - assumptions.rule_coverage)
    spare = assumptions.decisions_per_day - HOURS_A_DAY * load / hours * climbs
    return {
        "escalation_probability": 100 * climbs if arbiter_depth <= assumptions.top_depth else 0.0,
        "decision_days": climb / spare if spare > 0 else math.inf,
    }


# ------------------------------------------------------------------ customers who wait


def pool(chart, node, parts, assumptions):
    """People who answer in one part of the unit, and the load of the contacts that come to them.

    All who answer are dealt to the parts as the chart has them, in whole people: the parts that are left with
    the largest fraction get one more. Every part is as busy as the others.
    """
    answering = {
        part: headcount(chart, [below for below in subtree(chart, part) if not direct_reports(chart, below)])
        for part in parts
    }
    together = sum(answering.values())
    all_agents = assumptions.agents or people(together)
    due = {part: all_agents * (answering[part] / together if together else 1 / len(parts)) for part in parts}
    agents = {part: math.floor(due[part]) for part in parts}
    for part in sorted(parts, key=lambda part: agents[part] - due[part])[: all_agents - sum(agents.values())]:
        agents[part] += 1
    of_node = max(1, agents[node])
    return of_node, of_node * assumptions.utilisation * (1 - assumptions.automation)


def people(number):
    return max(1, round(number))


def waiting(agents, load, minutes, assumptions):
    """Per cent of customers who wait, and the mean wait in seconds."""
    if assumptions.patience > 0:
        chance, wait = impatient(agents, load, assumptions.patience / minutes)
    else:
        chance, wait = many_servers(agents, load)
    return 100 * chance, wait * minutes * 60


def waits_of(chart, node, facts, assumptions):
    """The values of the queue at the desk, without and with selling."""
    agents, load = pool(chart, node, facts.heads, assumptions)
    minutes = assumptions.service_time
    without, wait = waiting(agents, load, minutes, assumptions)
    values = {
        "waiting_probability": without,
        "waiting_time": wait,
        "added_waiting": NONE,
        "added_waiting_time": NONE,
    }
    measures = measured_by(chart, node, assumptions)
    if measures is not None and math.isfinite(wait):
        attempts = min(1.0, assumptions.sales_attempts * measures[REVENUE] / sum(measures))
        longer = minutes + attempts * assumptions.sales_time
        selling, wait_selling = waiting(agents, load * longer / minutes, longer, assumptions)
        values |= {"added_waiting": selling - without, "added_waiting_time": wait_selling - wait}
    return values


# ------------------------------------------------------------------ answers


def values_of(chart, node, facts, assumptions):
    """All values of one node of the unit in the place where the chart has it."""
    return (
        ways_of(chart, node, facts, assumptions)
        | contacts_of(chart, node, facts)
        | conflicts_of(chart, node, assumptions)
        | bosses_of(chart, node, facts, assumptions)
        | waits_of(chart, node, facts, assumptions)
    )


def mean_of_parts(chart, parts):
    """The mean of each value over the parts that have people; undefined in one of them is undefined."""
    people_of = {node: headcount(chart, subtree(chart, node)) for node in parts}
    if not any(people_of.values()):
        people_of = dict.fromkeys(people_of, 1.0)
    columns = next(iter(parts.values()))
    return {
        column: NONE
        if any(math.isnan(part[column]) for node, part in parts.items() if people_of[node] > 0)
        else mean(people_of, {node: part[column] for node, part in parts.items()})
        for column in columns
    }


def placed(chart, facts, assumptions, place):
    """The values after `place(chart, node)` has been done for each part of the unit, one at a time."""
    parts = {node: values_of(place(chart, node), node, facts, assumptions) for node in facts.heads}
    return mean_of_parts(chart, parts)


def as_it_is(chart, unit, assumptions):
    facts = facts_of(chart, unit, assumptions)
    return placed(chart, facts, assumptions, lambda chart, _: chart)


def shared(chart, unit, assumptions, shares):
    facts = facts_of(chart, unit, assumptions)
    return placed(chart, facts, assumptions, lambda chart, node: divided(chart, node, shares))


def sweep(chart, unit, assumptions):
    """The values under every candidate: {id: {column: value}}."""
    facts = facts_of(chart, unit, assumptions)

    def under(boss):
        return placed(chart, facts, assumptions, lambda chart, node: moved(chart, node, boss))

    return {boss: under(boss) for boss in candidates(chart, unit)}
