"""An organization -> its networkx graph as JSON (node-link data), and back to the nodes of our own format.

`networkx.node_link_graph` reads the file, and `Organization.from_networkx` makes an equal organization of
that graph. networkx calls a node's label ``id``; a further attribute of that name gets an underscore.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.writing.graph_writing import GRAPH_FORMAT
from orgmodel.importing.writing.own_rows import json_value, sound
from orgmodel.organization import Organization

_NODE_DATA: Final = ("id", "name", "title", "unit", "function", "headcount", "location", "status")
_LABEL: Final = re.compile("_*id")


def written_node_link(organization: Organization) -> bytes:
    """Return the graph of an organization as node-link JSON, a line per node and per edge."""
    graph = organization.to_networkx()
    nodes = ({"id": node, **_renamed(data)} for node, data in graph.nodes(data=True))
    edges = (
        {"source": boss, "target": report, "key": key, **data}
        for boss, report, key, data in graph.edges(keys=True, data=True)
    )
    text = (
        f'{{"directed": true, "multigraph": true, "graph": {{"format": "{GRAPH_FORMAT}"}},\n'
        f'"nodes": [{_lines(nodes)}],\n"edges": [{_lines(edges)}]}}\n'
    )
    return text.encode("utf-8", errors="replace")


def _renamed(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"_{key}" if _LABEL.fullmatch(key) else sound(key): json_value(value) for key, value in data.items()
    }


def _lines(objects: Iterable[Mapping[str, Any]]) -> str:
    return "\n  " + ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in objects) + "\n"


def is_own_graph(root: Any) -> bool:  # noqa: ANN401  # any JSON value
    """Return whether a value read from JSON is node-link data that was written here."""
    graph = root.get("graph") if isinstance(root, dict) else None
    return isinstance(graph, dict) and graph.get("format") == GRAPH_FORMAT and isinstance(root["nodes"], list)


def own_nodes(root: Mapping[str, Any]) -> list[Any]:
    """Return the nodes of node-link data as those of our own format, each with its lines.

    Raises
    ------
    UnreadableFileError
        An edge is no object.

    """
    nodes = [_own_node(node) if isinstance(node, dict) else node for node in root["nodes"]]
    node_of: dict[str, dict[str, Any]] = {}
    for node in nodes:
        if isinstance(node, dict):
            node_of.setdefault(str(node.get("id")), node)
    edges = root.get("edges", root.get("links"))
    for number, edge in enumerate(edges if isinstance(edges, list) else [], start=1):
        if not isinstance(edge, dict):
            raise UnreadableFileError(f"is a graph of our own, but its edge {number:,} is no object.")
        target = str(edge.get("target"))
        if target not in node_of:
            node_of[target] = {"id": target}
            nodes.append(node_of[target])
        _add_line(node_of[target], edge)
    return nodes


def _own_node(node: Mapping[str, Any]) -> dict[str, Any]:
    own = {key: value for key, value in node.items() if key in _NODE_DATA}
    attributes = {
        key[1:] if _LABEL.fullmatch(key) else key: value for key, value in node.items() if key not in own
    }
    return {**own, "attributes": attributes} if attributes else own


def _add_line(node: dict[str, Any], edge: Mapping[str, Any]) -> None:
    boss, kind = edge.get("source"), edge.get("kind", "solid")
    if kind == "tie":
        tie = {"id": boss, "weight": edge.get("weight", "1"), "relation": edge.get("relation", "")}
        node.setdefault("ties", []).append(tie)
    elif kind == "solid" and "manager_id" not in node:
        node["manager_id"] = boss
    else:  # a second solid manager, added by hand, is a dotted one
        kind = "dotted" if kind == "solid" else kind
        line = {"id": boss, "share": edge.get("share", "0"), "kind": kind}
        node.setdefault("further_managers", []).append(line)
