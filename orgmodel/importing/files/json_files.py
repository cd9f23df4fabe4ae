"""JSON -> tables: lists of objects, trees of objects, lists of nodes with lists of edges, our own format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.columns.headers import SEVERAL_MANAGERS, normalised, role_of
from orgmodel.importing.files.cells import Rows, rows_of
from orgmodel.importing.files.tables import Table, literal_table, table_of, table_of_records
from orgmodel.importing.limits import Limits
from orgmodel.importing.notices import Notice
from orgmodel.importing.writing.own_json import is_own_json, own_rows_of_json

Record = dict[str, Any]

_START: Final = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_PIECE: Final = 1 << 20  # characters
_SIZE: Final = "objects of {columns:,} different keys and {rows:,} objects"
# Roles of the keys of an object that is somebody, and no envelope around a list.
_TELLING: Final = frozenset({"id", "name", "title"})
_SEARCHED_DEPTH: Final = 4  # GraphQL puts its lists as deep as this
#: Keys of lists of edges, where the objects themselves do not tell.
_EDGE_LISTS: Final = frozenset({"edges", "links", "connections", "relations", "relationships", "lines"})
_EDGE_ENDS: Final = (
    *(("source", "target"), ("from", "to"), ("parent", "child"), ("manager", "report"), ("start", "end")),
)
#: Keys of the list of reports in a tree, where the reports themselves have none.
_REPORT_LISTS: Final = frozenset(
    {
        *("children", "child", "subordinates", "directreports", "reports", "items", "nodes", "kids"),
        *("members", "team", "teams", "employees", "staff", "people", "departments", "divisions", "units"),
        *("subunits", "suborganizations", "positions", "mitarbeiter", "kinder", "enfants", "hijos"),
    }
)
#: Keys that only wrap the fields of an object (JSON:API, Cytoscape, GraphQL).
_WRAPPERS: Final = frozenset({"data", "attributes", "fields", "properties", "node"})
_LABELS: Final = frozenset({"id", "name", "title", "unit", "email", "first", "last"})
_HALF: Final = 0.5


def is_json(text: str) -> bool:
    """Return whether a text begins as JSON that holds objects or lists.

    >>> is_json(' [{"id": 1}]'), is_json("[draft],name"), is_json("{id},name")
    (True, False, False)
    """
    return _START.match(text) is not None


def tables_of_json(text: str, notices: list[Notice], limits: Limits) -> list[Table]:
    """Return the tables in JSON or JSON Lines: the nodes, and the edges where it holds them apart.

    A row is an object; its line is its number in the order of the file.

    Raises
    ------
    UnreadableFileError
        It is no JSON, nested too deeply, or without a list of objects. The message is the end of a
        sentence that begins with the file's name.

    """
    _check_nesting(text, limits.nesting)
    root = _parsed(text)
    if is_own_json(root):
        header, rows = own_rows_of_json(root)
        return [literal_table(header, _rows(rows), notices, limits)]
    if isinstance(root, list) and root and all(isinstance(row, list) for row in root):
        return [table_of(_rows([[_cell(value) for value in row] for row in root]), notices, limits)]
    found = _lists_of(root)
    nodes = _tree(found.nodes) or _flat(found.nodes)
    if not nodes:
        raise UnreadableFileError(
            'is JSON, but holds no list of people or units. A list looks like this: [{"id": 1, "name": '
            '"Ann"}, {"id": 2, "name": "Bob", "manager_id": 1}].'
        )
    if found.edges:
        nodes = _numbered_where_edges_count(nodes, found.edges)
        tables = {"nodes": nodes, "edges": _flat(found.edges)}
        return [replace(_table(records, notices, limits), name=name) for name, records in tables.items()]
    return [_table(nodes, notices, limits)]


# ---------------------------------------------------------------------- text -> values


def _check_nesting(text: str, most: int) -> None:
    """Refuse JSON nested too deeply before it is parsed: parsing calls itself for every level.

    Up to its first fault, where parsing stops, a text is counted here as it is parsed.
    """
    if "\\" in text:
        text = text.replace("\\\\", "").replace('\\"', "")
    depth, within = 0, False
    for start in range(0, len(text), _PIECE):
        codes = np.frombuffer(text[start : start + _PIECE].encode("utf-8", "replace"), np.uint8)
        outside = ~(np.logical_xor.accumulate(codes == ord('"')) ^ within)
        within = not outside[-1]
        codes = codes[outside]
        steps = ((codes == ord("[")) | (codes == ord("{"))).astype(np.int64)
        steps -= (codes == ord("]")) | (codes == ord("}"))
        levels = depth + np.cumsum(steps)
        if levels.max(initial=0) > most:
            raise UnreadableFileError(
                f"is JSON nested more than {most:,} levels deep, the most that is read. Give the nodes as a "
                "list in which each names its manager."
            )
        depth = int(levels[-1]) if len(levels) else depth


def _parsed(text: str) -> Any:  # noqa: ANN401  # any JSON value
    """Return the value; numbers stay as they are written, whole ones without a point (``1.0`` is 1)."""
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text.lstrip().startswith("{"):
            return _parsed_lines(text)
        raise UnreadableFileError(_fault(error, error.lineno)) from None
    except RecursionError:
        raise UnreadableFileError("is JSON nested too deeply to be read.") from None


def _parsed_lines(text: str) -> list[Any]:
    """Return the values of JSON Lines."""
    values = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                values.append(_DECODER.decode(line))
            except json.JSONDecodeError as error:
                raise UnreadableFileError(_fault(error, number)) from None
    return values


def _fault(error: json.JSONDecodeError, line: int) -> str:
    what = error.msg[0].lower() + error.msg[1:]
    return f"is no valid JSON: in line {line:,}, column {error.colno:,} ({what})."


def _object(pairs: list[tuple[str, Any]]) -> Record:
    """Return an object; a key written twice keeps both of its values, the second under another name."""
    record = dict(pairs)
    if len(record) == len(pairs):
        return record
    record = {}
    for key, value in pairs:
        free, number = key, 2
        while free in record:
            free, number = f"{key} ({number})", number + 1
        record[free] = value
    return record


def _number(text: str) -> str:
    return text.removesuffix(".0")  # what pandas makes of whole numbers in a column with a gap


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_number, parse_int=str, parse_constant=str, strict=False
)


# ---------------------------------------------------------------------- values -> lists of objects


@dataclass
class _Lists:
    """The objects that are nodes, and those that are edges."""

    nodes: list[Record]
    edges: list[Record]


def _lists_of(root: Any) -> _Lists:  # noqa: ANN401  # any JSON value
    """Return the list of nodes in a value, and the list of edges beside it."""
    if isinstance(root, list):
        return _Lists([item for item in root if isinstance(item, dict)], [])
    if not isinstance(root, dict):
        return _Lists([], [])
    if _is_tree_top(root):
        return _Lists([root], [])
    nodes: list[Record] = []
    edges: list[Record] = []
    for key, objects in _found_lists(root, _SEARCHED_DEPTH):
        if _are_edges(key, objects):
            edges = edges or objects
        elif len(objects) > len(nodes):
            nodes = objects
    if not nodes and any(role_of(key) in _TELLING for key in root):
        return _Lists([root], [])  # somebody alone
    return _Lists(nodes, edges) if nodes else _Lists([], [])


def _found_lists(value: Record, depth: int) -> Iterator[tuple[str, list[Record]]]:
    for key, item in value.items():
        if isinstance(item, list):
            if objects := _objects(item):
                yield key, objects
        elif isinstance(item, dict) and depth:
            yield from _found_lists(item, depth - 1)


def _objects(value: Any) -> list[Record]:  # noqa: ANN401  # any JSON value
    """Return a list of objects, none if it holds anything else."""
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return value
    return []


def _are_edges(key: str, objects: Sequence[Record]) -> bool:
    keys = {normalised(name) for record in objects for name in _unwrapped(record)}
    return normalised(key) in _EDGE_LISTS and any(a in keys and b in keys for a, b in _EDGE_ENDS)


def _numbered_where_edges_count(nodes: list[Record], edges: Sequence[Record]) -> list[Record]:
    """Return nodes without an id with their numbers as ids, where edges mean them by these (as in d3)."""
    if any(role_of(key) == "id" for node in nodes for key in node):
        return nodes
    numbers = {str(number) for number in range(len(nodes))}
    ends = {normalised(name) for pair in _EDGE_ENDS for name in pair}
    texts = {_cell(value) for edge in edges for key, value in edge.items() if normalised(key) in ends}
    if not texts <= numbers:
        return nodes
    return [{"id": str(number), **node} for number, node in enumerate(nodes)]


# ---------------------------------------------------------------------- trees


def _is_tree_top(root: Record) -> bool:
    """Return whether an object is the top of a tree, and no wrapper of a list."""
    keys = _report_keys([root])
    if any(_are_edges(key, _objects(value)) for key, value in root.items()):
        return False
    labelled = any(role_of(key) in _LABELS and not isinstance(root[key], dict | list) for key in root)
    return bool(keys) and (labelled or any(_has_reports(root[key], key) for key in keys))


def _report_keys(tops: Sequence[Record]) -> set[str]:
    """Return the keys under which objects hold lists of objects of their own kind: their reports."""
    lists: dict[str, list[Record]] = {}
    for top in tops:
        for key, value in top.items():
            if objects := _objects(value):
                lists.setdefault(key, []).extend(objects)
    return {key for key, objects in lists.items() if _are_reports(key, tops, objects)}


def _are_reports(key: str, tops: Sequence[Record], objects: list[Record]) -> bool:
    if _has_reports(objects, key):
        return True
    if any(role_of(name) == "manager" for record in (*tops, *objects) for name in record):
        return False  # each names its manager: what it holds besides is no report
    own, theirs = _scalar_keys(tops), _scalar_keys(objects)
    return normalised(key) in _REPORT_LISTS or len(own & theirs) >= _HALF * max(len(own), 1)


def _has_reports(objects: Sequence[Any], key: str) -> bool:
    return any(_objects(record.get(key)) for record in objects if isinstance(record, dict))


def _scalar_keys(records: Sequence[Record]) -> set[str]:
    return {key for record in records for key, value in record.items() if not isinstance(value, dict | list)}


def _tree(tops: list[Record]) -> list[Record]:
    """Return the nodes of trees in the order of the file, each with the id of the node above it.

    Empty if there is no tree. Where not every node has an id of its own, places serve: 1, 1.1, 1.2 ...
    """
    keys = _report_keys(tops)
    if not keys:
        return []
    nodes: list[Record] = []
    places: list[str] = []
    above: list[int] = []
    waiting = [(top, str(number), -1) for number, top in enumerate(tops, start=1)][::-1]
    while waiting:
        node, place, boss = waiting.pop()
        # Another level may call its list otherwise: divisions, departments, teams.
        lists = [key for key in node if key in keys or (_objects(node[key]) and key in _report_keys([node]))]
        reports = [report for key in lists for report in _objects(node[key])]
        waiting += [
            (report, f"{place}.{number}", len(nodes)) for number, report in enumerate(reports, start=1)
        ][::-1]
        nodes.append({key: value for key, value in node.items() if key not in lists or not _objects(value)})
        places.append(place)
        above.append(boss)
    nodes = [{key: value for key, value in node.items() if value != [] or key not in keys} for node in nodes]
    return _with_managers(nodes, places, above)


def _with_managers(nodes: list[Record], places: Sequence[str], above: Sequence[int]) -> list[Record]:
    nodes = _flat(nodes)
    header = dict.fromkeys(key for node in nodes for key in node)
    ids: Sequence[str] = places
    id_key = next((key for key in header if role_of(key) == "id" and _is_unique(key, nodes)), None)
    if id_key is not None:
        ids = [_cell(node[id_key]).strip() for node in nodes]
    else:
        renamed = {key: f"{key} (file)" for key in header if role_of(key) == "id"}
        nodes = [{renamed.get(key, key): value for key, value in node.items()} for node in nodes]
        nodes = [{"id": place, **node} for place, node in zip(places, nodes, strict=True)]
    manager_key = next(key for key in ("manager_id", "parent_id", "node above") if key not in header)
    return [
        {**node, manager_key: ids[boss] if boss >= 0 else ""} for node, boss in zip(nodes, above, strict=True)
    ]


def _is_unique(key: str, nodes: Sequence[Record]) -> bool:
    ids = [_cell(node.get(key)).strip() for node in nodes]
    return all(ids) and len(set(ids)) == len(ids)


# ---------------------------------------------------------------------- objects -> tables


def _flat(records: Sequence[Record]) -> list[Record]:
    return [_unwrapped(record) for record in records]


def _unwrapped(record: Record) -> Record:
    """Return an object with the fields that stand in a wrapper as its own, where the names are free."""
    flat: Record = {}
    for key, value in record.items():
        if key in _WRAPPERS and isinstance(value, dict):
            for name, item in value.items():
                flat[name if name not in record and name not in flat else f"{key}.{name}"] = item
        else:
            flat[key] = value
    return flat


def _table(records: Sequence[Record], notices: list[Notice], limits: Limits) -> Table:
    rows = [{key: _sound(cell) for key, cell in _fields(record)} for record in records]
    return table_of_records(rows, _SIZE, notices, limits)


def _fields(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the cells of an object: an object in it is flattened (``name.first``)."""
    for key, value in record.items():
        if isinstance(value, dict) and value:
            for name, item in value.items():
                yield f"{key}.{name}", _cell(item, name)
        else:
            yield key, _cell(value, key)


def _cell(value: Any, key: str = "") -> str:  # noqa: ANN401  # any JSON value
    """Return a value as a cell; a list of values as its system separates them, else by ``;``."""
    if isinstance(value, str):
        return value
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        return SEVERAL_MANAGERS.get(normalised(key), ";").join(_cell(item) for item in value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _rows(rows: Sequence[Sequence[str]]) -> Rows:
    """Return rows of cells; what no text can hold (half of a surrogate pair) becomes a question mark."""
    return rows_of([_sound(cell) for cell in row] for row in rows)


def _sound(cell: str) -> str:
    return cell if cell.isascii() else cell.encode("utf-8", errors="replace").decode("utf-8")
