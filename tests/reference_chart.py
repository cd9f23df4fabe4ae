"""The chart of the slow second implementation: who reports to whom, moves, and who decides.

A chart is the MultiDiGraph of `Organization.to_networkx` (manager -> report, key = kind of line).
"""

import networkx as nx

UNHELD = {"vacant", "placeholder"}


# ------------------------------------------------------------------ who reports to whom


def solid_manager(chart, node):
    return next((boss for boss, lines in chart.pred[node].items() if "solid" in lines), None)


def direct_reports(chart, node):
    return [report for report, lines in chart.succ[node].items() if "solid" in lines]


def bosses(chart, node):
    """Every line up: (boss, kind, share). The solid manager has what the further managers leave."""
    lines = [line for line in chart.in_edges(node, keys=True, data=True) if line[2] != "tie"]
    left = 1.0 - sum(data["share"] for _, _, kind, data in lines if kind != "solid")
    return [(boss, kind, left if kind == "solid" else data["share"]) for boss, _, kind, data in lines]


def authority(chart, node):
    """Share of each boss who has one: {boss: share}; several lines of one boss are added up."""
    shares = {}
    for boss, _, share in bosses(chart, node):
        if share > 0:
            shares[boss] = shares.get(boss, 0.0) + share
    return shares


def subtree(chart, node):
    """A node and everything below it over solid lines."""
    return {node}.union(*(subtree(chart, report) for report in direct_reports(chart, node)))


def line_up(chart, node):
    """A node, its solid manager, the manager's manager ... up to the root."""
    boss = solid_manager(chart, node)
    return [node] if boss is None else [node, *line_up(chart, boss)]


def depth(chart, node):
    return len(line_up(chart, node)) - 1


def root(chart, node):
    return line_up(chart, node)[-1]


def branch(chart, node):
    """The manager of depth 1 whom a node is below, or is itself; a root is of no branch."""
    above = line_up(chart, node)
    return above[-2] if len(above) > 1 else None


def headcount(chart, nodes):
    return sum(chart.nodes[node]["headcount"] for node in nodes)


def heads(chart, unit):
    """The unit's nodes, without those that another of its nodes has below it."""
    return [
        node for node in unit if not any(node in subtree(chart, other) for other in unit if other != node)
    ]


def inside(chart, unit):
    return set().union(*(subtree(chart, node) for node in unit))


# ------------------------------------------------------------------ moves


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


def other_party(chart, unit, assumptions):
    """Who decides for operations outside the unit, whether or not the unit needs operations."""
    within = inside(chart, unit)
    if named := assumptions.owners.get("operations"):
        return [node for node in named if node not in within]
    return owner_by_rule(chart, within, "operations")


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
