"""GraphML and GEXF -> tables: one of the nodes, one of the edges; our own GraphML as it stands."""

from __future__ import annotations

import io
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final
from xml.etree.ElementTree import Element  # what networkx hands over; it parses what was checked here
from xml.parsers import expat  # limits the growth of entities; and here none may be declared

import networkx as nx
from networkx.readwrite.gexf import GEXFReader
from networkx.readwrite.graphml import GraphMLReader

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.files.cells import rows_of
from orgmodel.importing.files.tables import Table, literal_table, table_of_records
from orgmodel.importing.limits import Limits
from orgmodel.importing.notices import Notice
from orgmodel.importing.own_format import OWN_COLUMNS, neutralised, unescaped_from_xml, written_list
from orgmodel.importing.rows.vacancies import protected
from orgmodel.importing.writing.graph_writing import GRAPH_FORMAT

_ROOTS: Final = ("graphml", "gexf")
_BEGIN: Final = 1 << 16  # bytes in which the first element starts
_MARKED_UP: Final = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<")
#: What networkx adds for drawing; no data of a chart.
_DRAWING: Final = frozenset({"viz", "shape_type", "x", "y"})
#: Own columns that are a node's data in GraphML; the others are its id and its edges.
_NODE_DATA: Final = ("name", "title", "unit", "function", "headcount", "location", "status")


class _InPieces(io.BytesIO):
    """Bytes that the parser asks Python for in pieces: between two of them other sessions have a turn."""

    def read(self, size: int | None = -1) -> bytes:
        """Return the next piece."""
        return super().read(size)


class _Found(Exception):  # noqa: N818  # ends the search, is no error
    """The first element of a document."""


def is_graph(data: bytes) -> bool:
    """Return whether bytes are GraphML or GEXF, in any encoding and whatever the file is called."""
    if not _MARKED_UP.match(data[:_BEGIN]):
        return False
    names: list[str] = []

    def started(name: str, *_rest: object) -> None:
        names.append(name.rpartition(":")[2].casefold())
        raise _Found

    parser = expat.ParserCreate()
    parser.StartElementHandler = started
    parser.StartDoctypeDeclHandler = started
    # Whatever the fault: another reader names it.
    with suppress(_Found, expat.ExpatError, ValueError, LookupError):
        parser.Parse(data[:_BEGIN])
    return names[:1] in [[name] for name in _ROOTS]


def tables_of_graph(data: bytes, notices: list[Notice], limits: Limits) -> list[Table]:
    """Return the nodes of a graph and, if there are any, its edges.

    The line of a node or an edge is its number in the order of the file. Attributes are columns, as they
    are written; a label is the name of a node that has none.

    Raises
    ------
    UnreadableFileError
        It is damaged, too large, or declares entities. The message is the end of a sentence that begins
        with the file's name.

    """
    kind = _checked_kind(data, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts of a drawing that are not read
            graph = _graph(data, kind)
    except Exception as error:  # it fails in a dozen ways: keys, values, recursion, its own errors
        raise UnreadableFileError(f"is damaged or unusual {kind}, in which no chart was found.") from error
    if graph.graph.get("format") == GRAPH_FORMAT:
        return [_own_table(graph, notices, limits)]
    nodes = _records(
        ({"id": str(node), **_node(data)} for node, data in graph.nodes(data=True)), limits, notices, "nodes"
    )
    if not graph.number_of_edges():
        return [nodes]
    edges = (
        {"source": str(source), "target": str(target), **_plain(data)}
        for source, target, data in graph.edges(data=True)
    )
    return [nodes, _records(edges, limits, notices, "edges")]


# ---------------------------------------------------------------------- safety


class _Size:
    """Depth and number of the elements of a document, told while it is parsed; a refusal ends that."""

    def __init__(self, limits: Limits) -> None:
        """Start before the first element."""
        self.limits = limits
        self.root = ""
        self.depth = self.elements = 0

    def started(self, name: str, _attributes: object) -> None:
        """Take note of the start of an element."""
        self.root = self.root or name.rpartition(":")[2]
        self.depth += 1
        self.elements += 1
        if self.depth > self.limits.nesting:
            raise UnreadableFileError(
                f"is XML nested more than {self.limits.nesting:,} levels deep, the most that is read."
            )
        if self.elements > self.limits.cells:
            raise UnreadableFileError(
                f"is XML of more than {self.limits.cells:,} elements, the most that is read."
            )

    def ended(self, _name: str) -> None:
        """Take note of the end of an element."""
        self.depth -= 1


def _refuse_declarations(*_declared: object) -> None:
    raise UnreadableFileError(
        "declares a document type (DOCTYPE), with which XML can be made to do harm. Delete that declaration, "
        "or export the graph again."
    )


def _checked_kind(data: bytes, limits: Limits) -> str:
    """Return what the document is called, after a first reading that keeps nothing."""
    size = _Size(limits)
    parser = expat.ParserCreate()
    parser.StartElementHandler = size.started
    parser.EndElementHandler = size.ended
    parser.StartDoctypeDeclHandler = _refuse_declarations
    parser.EntityDeclHandler = _refuse_declarations
    try:
        parser.Parse(data, True)  # noqa: FBT003  # the parser's own way to say that this is all
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, UnreadableFileError):
            raise
        line = getattr(error, "lineno", None)
        where = f" in line {line:,}" if line else ""
        raise UnreadableFileError(f"is damaged XML{where}.") from error
    return "GEXF" if size.root == "gexf" else "GraphML"


# ---------------------------------------------------------------------- networkx


class _GraphML(GraphMLReader):
    """Networkx's reader, with values as they are written, every node, and any name of an attribute."""

    def construct_types(self) -> None:
        """Take every value as text: 007 is no number."""
        super().construct_types()
        self.python_type = defaultdict(lambda: str)

    def add_node(self, G: Any, node_xml: Element, graphml_keys: Any, defaults: Any) -> None:  # noqa: ANN401, N803
        """Add a node with its data, and the nodes inside it."""
        node = str(node_xml.get("id"))
        G.add_node(node)
        G.nodes[node].update(_defaults(graphml_keys, defaults, "node"))
        reader: Any = self  # what it inherits has no types
        G.nodes[node].update(reader.decode_data_elements(graphml_keys, node_xml))
        inner = node_xml.find(f"{{{self.NS_GRAPHML}}}graph")
        if inner is not None:
            reader.make_graph(inner, graphml_keys, defaults, G)

    def add_edge(self, G: Any, edge_element: Element, graphml_keys: Any) -> None:  # noqa: ANN401, N803
        """Add an edge, whether it is directed or not."""
        ends = [str(edge_element.get(end)) for end in ("source", "target")]
        reader: Any = self
        data = reader.decode_data_elements(graphml_keys, edge_element)
        G.add_edges_from([(*ends, None, data)])


def _defaults(keys: Any, defaults: Any, scope: str) -> dict[str, str]:  # noqa: ANN401  # networkx's own
    return {keys[key]["name"]: value for key, value in defaults.items() if keys[key]["for"] in {scope, "all"}}


class _Gexf(GEXFReader):
    """Networkx's reader, with values as they are written."""

    def construct_types(self) -> None:
        """Take every value as text."""
        super().construct_types()
        self.python_type = defaultdict(lambda: _written)


def _written(text: str | None) -> str:
    return text or ""


def _graph(data: bytes, kind: str) -> nx.Graph[Any]:
    graphs: list[nx.Graph[Any]]
    if kind == "GEXF":
        graphs = [_Gexf(node_type=str)(_InPieces(data))]
    else:
        graphs = list(_GraphML(node_type=str, force_multigraph=True)(path=_InPieces(data)))
    if not graphs:
        raise nx.NetworkXError("no graph")
    return graphs[0]


# ---------------------------------------------------------------------- tables


def _node(data: dict[Any, Any]) -> dict[str, str]:
    """Return the data of a node; its label is its name where nothing else is."""
    cells = _plain(data)
    if "name" not in cells and "label" in cells:
        cells = {"name": cells.pop("label"), **cells}
    return cells


def _plain(data: dict[Any, Any]) -> dict[str, str]:
    return {
        str(key): _text(value) for key, value in data.items() if key not in _DRAWING and value is not None
    }


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ";".join(_text(item) for item in value if item is not None)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _records(records: Iterable[dict[str, str]], limits: Limits, notices: list[Notice], name: str) -> Table:
    size = f"{{rows:,}} {name} of {{columns:,}} different attributes"
    return replace(table_of_records(list(records), size, notices, limits), name=name)


# ---------------------------------------------------------------------- our own GraphML


def _own_table(graph: nx.Graph[Any], notices: list[Notice], limits: Limits) -> Table:
    """Return the nodes of our own GraphML as rows of our own format, with their edges in cells."""
    lines = _own_lines(graph)
    names = list(
        dict.fromkeys(name for _, data in graph.nodes(data=True) for name in data if name not in _NODE_DATA)
    )
    rows = []
    for node, data in graph.nodes(data=True):
        texts = {name: unescaped_from_xml(data.get(name, "")) for name in _NODE_DATA}
        texts["status"] = protected(texts["status"])
        texts["id"] = unescaped_from_xml(node)
        texts |= {role: of.get(node, "") for role, of in lines.items()}
        rows.append(
            [
                *(neutralised(texts[name]) if texts[name] else "" for name in OWN_COLUMNS),
                *(neutralised(unescaped_from_xml(data[name])) if name in data else "" for name in names),
            ]
        )
    header = [*OWN_COLUMNS, *(neutralised(unescaped_from_xml(name)) for name in names)]
    return literal_table(header, rows_of(rows), notices, limits)


def _own_lines(graph: nx.Graph[Any]) -> dict[str, dict[str, str]]:
    """Return per own column of lines the cell of each node that has some."""
    managers: dict[str, str] = {}
    further: dict[str, list[Sequence[str]]] = {}
    ties: dict[str, list[Sequence[str]]] = {}
    for source, target, data in graph.edges(data=True):
        boss, kind = unescaped_from_xml(source), unescaped_from_xml(data.get("kind", "solid"))
        if kind == "tie":
            relation = unescaped_from_xml(data.get("relation", ""))
            ties.setdefault(target, []).append((boss, data.get("weight", "1"), relation))
        elif kind == "solid" and target not in managers:
            managers[target] = boss
        else:  # a second solid manager, added by hand, is a dotted one
            kind = "dotted" if kind == "solid" else kind
            further.setdefault(target, []).append((boss, data.get("share", "0"), kind))
    return {
        "manager_id": managers,
        "further_managers": {node: written_list(entries) for node, entries in further.items()},
        "ties": {node: written_list(entries) for node, entries in ties.items()},
    }
