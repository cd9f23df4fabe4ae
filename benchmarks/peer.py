"""The peer: the three headlines for one candidate, recomputed with networkx alone.

Written as somebody would write it who has the chart as a networkx graph and moves the unit in it.
"""

import math
from collections.abc import Mapping, Sequence

import networkx as nx

from orgmodel import Assumptions


class Peer:
    """A chart as a directed graph (manager -> report) and, for distances, an undirected one of all lines.

    A tie beside the unit's reporting line would go with it: no chart that is measured has one.
    """

    def __init__(
        self, graph: nx.DiGraph, ways: nx.Graph, functions: Mapping[str, str], assumptions: Assumptions
    ) -> None:
        self.graph = graph
        self.ways = ways
        self.functions = functions
        self.assumptions = assumptions

    def headlines(
        self, unit: str, boss: str, owners: Mapping[str, Sequence[str]]
    ) -> tuple[float, float, float]:
        """Move the unit and return (silo risk, sales-pressure conflict, feedback path length)."""
        for today in list(self.graph.predecessors(unit)):
            self.graph.remove_edge(today, unit)
            self.ways.remove_edge(today, unit)
        self.graph.add_edge(boss, unit)
        self.ways.add_edge(boss, unit)
        steps = nx.single_source_shortest_path_length(self.ways, unit)
        needs = {name: need for name, need in self.assumptions.needs_rescaled.items() if name in owners}
        total = sum(needs.values())
        far = {name: min(steps.get(owner, math.inf) for owner in owners[name]) for name in needs}
        silo_risk = 100 * sum(needs[name] for name in needs if far[name] > self.assumptions.radius) / total
        path_length = sum(needs[name] * far[name] for name in needs) / total
        g, f = _unit_length(self._pull(boss)), _unit_length(self.assumptions.value_vector)
        away = g[0] - sum(a * b for a, b in zip(g, f, strict=True)) * f[0]
        return silo_risk, 100 * away**2 if away > 0 and g[0] > f[0] else 0.0, path_length

    def _pull(self, boss: str) -> list[float]:
        pull, weight, above = [0.0] * 4, 1.0, boss
        while above is not None:
            if vector := self.assumptions.metric_vectors.get(self.functions[above]):
                pull = [so_far + weight * value for so_far, value in zip(pull, vector, strict=True)]
            weight *= self.assumptions.delta
            above = next(iter(self.graph.predecessors(above)), None)
        return pull


def _unit_length(vector: Sequence[float]) -> list[float]:
    length = math.hypot(*vector)
    return [value / length if length else math.nan for value in vector]
