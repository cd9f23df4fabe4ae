"""The peer: the three headlines for one candidate, recomputed with networkx alone.

Written as somebody would write it who has the chart as a networkx graph and moves the unit by hand.
"""

import math
from collections.abc import Mapping, Sequence

import networkx as nx

from orgmodel import Assumptions


def headlines(
    graph: nx.DiGraph,
    unit: str,
    boss: str,
    owners: Mapping[str, Sequence[str]],
    functions: Mapping[str, str],
    assumptions: Assumptions,
) -> tuple[float, float, float]:
    """Return (silo risk, sales-pressure conflict, feedback path length) of a unit under a boss."""
    moved = graph.copy()
    moved.remove_edges_from([(start, unit) for start in list(graph.predecessors(unit))])
    moved.add_edge(boss, unit)
    steps = nx.single_source_shortest_path_length(moved.to_undirected(as_view=True), unit)
    needs = {name: need for name, need in assumptions.needs_rescaled.items() if name in owners}
    total = sum(needs.values())
    far = {name: min(steps.get(owner, math.inf) for owner in owners[name]) for name in needs}
    silo_risk = 100 * sum(needs[name] for name in needs if far[name] > assumptions.radius) / total
    path_length = sum(needs[name] * far[name] for name in needs) / total

    pull, weight, above = [0.0] * 4, 1.0, boss
    while above is not None:
        if vector := assumptions.metric_vectors.get(functions[above]):
            pull = [so_far + weight * value for so_far, value in zip(pull, vector, strict=True)]
        weight *= assumptions.delta
        above = next(iter(moved.predecessors(above)), None)
    g, f = (_unit_length(vector) for vector in (pull, assumptions.value_vector))
    away = g[0] - sum(a * b for a, b in zip(g, f, strict=True)) * f[0]
    return silo_risk, 100 * away**2 if away > 0 and g[0] > f[0] else 0.0, path_length


def _unit_length(vector: Sequence[float]) -> list[float]:
    length = math.hypot(*vector)
    return [value / length if length else math.nan for value in vector]
