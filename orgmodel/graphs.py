"""Reading a networkx graph: its edges as lines of a chart."""

from __future__ import annotations

import math
import numbers
import warnings
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import networkx as nx

from orgmodel.errors import OrganizationError, UnknownNodeError
from orgmodel.lines import FURTHER_KINDS, LINE_KINDS, FurtherManager, Tie, add_tie

_READ_ATTRIBUTES = {
    **dict.fromkeys(("solid", *FURTHER_KINDS), frozenset({"kind", "share"})),
    "tie": frozenset({"kind", "weight", "relation"}),
}


class GraphLines(NamedTuple):
    """The lines of a graph as ids: the solid manager of each report, with the share given (NaN: none)."""

    manager_of: dict[str, str]
    solid_share: dict[str, float]
    further: list[FurtherManager]
    ties: list[Tie]


def lines_of_graph(graph: nx.Graph[Any]) -> GraphLines:
    """Return the lines of a directed graph (see `orgmodel.Organization.from_networkx`)."""
    lines = GraphLines({}, {}, [], [])
    ties: dict[tuple[str, str], Tie] = {}
    unread: set[str] = set()
    for start, end, kind, data in _edges(graph):
        source, target = str(start), str(end)
        unread |= data.keys() - _READ_ATTRIBUTES[kind]
        if kind == "solid":
            if target in lines.manager_of:
                message = (
                    f'"{target}" has two solid managers, "{lines.manager_of[target]}" and "{source}". '
                    "Give one of the two lines the kind shared, dotted or contract."
                )
                raise OrganizationError(message)
            lines.manager_of[target] = source
            lines.solid_share[target] = _number(source, target, "share", data, math.nan)
        elif kind == "tie":
            add_tie(ties, _tie_from(source, target, data))
        else:
            lines.further.append(_further_manager_from(source, target, kind, data))
    if unread:
        listed = ", ".join(sorted(map(str, unread)))
        warnings.warn(f"These edge attributes are not kept: {listed}.", UserWarning, stacklevel=3)
    lines.ties.extend(ties.values())
    return lines


def _edges(graph: nx.Graph[Any]) -> Iterable[tuple[Any, Any, str, dict[str, Any]]]:
    """Yield (start, end, kind, data) for every edge of a directed graph."""
    options = {"keys": True} if graph.is_multigraph() else {}
    for start, end, *key, data in graph.edges(data=True, **options):  # type: ignore[call-overload]
        kind = data.get("kind", key[0] if key and key[0] in LINE_KINDS else "solid")
        if kind not in LINE_KINDS:
            known = ", ".join(LINE_KINDS)
            message = f'The edge from "{start}" to "{end}" has the kind "{kind}"; known are {known}.'
            raise OrganizationError(message)
        yield start, end, kind, data


def _number(source: str, target: str, name: str, data: Mapping[str, Any], default: float) -> float:
    """Return a number that an edge carries, ``default`` where it says nothing."""
    value = data.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        message = f'The {name} of the edge from "{source}" to "{target}" is {value!r}; it must be a number.'
        raise OrganizationError(message)
    return float(value)


def _tie_from(source: str, target: str, data: Mapping[str, Any]) -> Tie:
    return Tie(
        source,
        target,
        _number(source, target, "weight", data, 1.0),
        str(data.get("relation", "collaboration")),
    )


def _further_manager_from(source: str, target: str, kind: str, data: Mapping[str, Any]) -> FurtherManager:
    if kind == "shared" and "share" not in data:
        message = (
            f'The shared line from "{source}" to "{target}" must say its share of the authority (0 to 1).'
        )
        raise OrganizationError(message)
    return FurtherManager(target, source, kind, _number(source, target, "share", data, 0.0))


def directed_from(graph: nx.Graph[Any], root: object) -> nx.DiGraph[Any]:
    """Return an undirected tree with its edges directed away from the root."""
    directed: nx.DiGraph[Any] = nx.DiGraph()
    directed.add_nodes_from(graph.nodes(data=True))
    if not len(graph):
        return directed
    start = graph.graph.get("root", next(iter(graph.nodes))) if root is None else root
    if start not in graph:
        message = f'The root "{start}" is not in the graph.'
        raise UnknownNodeError(message)
    if not nx.is_tree(graph) or any(
        data.get("kind", "solid") != "solid" for *_, data in graph.edges(data=True)
    ):
        message = (
            "An undirected graph must be a tree of solid edges (connected, without circles), as it does not "
            "say who reports to whom. Use a DiGraph with edges from manager to report."
        )
        raise OrganizationError(message)
    for boss, report in nx.bfs_edges(graph, start):
        data = graph.get_edge_data(boss, report)
        directed.add_edge(boss, report, **(next(iter(data.values())) if graph.is_multigraph() else data))
    return directed
