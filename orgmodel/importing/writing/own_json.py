"""Our own format as JSON: an organization -> bytes, and back to the rows of the format."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.own_format import OWN_COLUMNS, neutralised, written_list
from orgmodel.importing.rows.vacancies import protected
from orgmodel.importing.writing.node_link import is_own_graph, own_nodes
from orgmodel.importing.writing.own_rows import further_entries, manager_ids, sound, tie_entries
from orgmodel.organization import Organization

_FORMAT: Final = "orgmodel"
_VERSION: Final = 1
_FURTHER: Final = ("id", "share", "kind")
_TIE: Final = ("id", "weight", "relation")


def written_json(organization: Organization) -> bytes:
    """Return an organization as JSON, a line per node."""
    nodes = ",\n  ".join(json.dumps(node, ensure_ascii=False) for node in _nodes(organization))
    text = f'{{"format": "{_FORMAT}", "version": {_VERSION}, "nodes": [\n  {nodes}\n]}}\n'
    return text.encode("utf-8", errors="replace")


def _nodes(organization: Organization) -> Iterator[dict[str, Any]]:
    further, ties = further_entries(organization), tie_entries(organization)
    managers = manager_ids(organization)
    for row, node in enumerate(organization.ids):
        texts = {
            "id": node,
            "name": organization.names[row],
            "title": organization.titles[row],
            "unit": organization.units[row],
            "function": organization.functions[row],
            "manager_id": managers[row],
            "location": organization.locations[row],
            "status": organization.statuses[row],
        }
        written: dict[str, Any] = {key: text for key, text in texts.items() if text}
        written["headcount"] = float(organization.headcount[row])
        if row in further:
            written["further_managers"] = [_entry(_FURTHER, entry) for entry in further[row]]
        if row in ties:
            written["ties"] = [_entry(_TIE, entry) for entry in ties[row]]
        attributes = {
            sound(key): str(column[row])
            for key, column in organization.attributes.items()
            if column[row] is not None
        }
        if attributes:
            written["attributes"] = attributes
        yield written


def _entry(keys: Sequence[str], fields: Sequence[str]) -> dict[str, Any]:
    """Return the fields of a line as an object; the second is a number."""
    entry: dict[str, Any] = dict(zip(keys, fields, strict=False))
    if len(fields) > 1:
        entry[keys[1]] = float(fields[1])
    return entry


def is_own_json(root: object) -> bool:
    """Return whether a value read from JSON is in our own format, or the networkx graph that we write."""
    if is_own_graph(root):
        return True
    return isinstance(root, dict) and root.get("format") == _FORMAT and isinstance(root.get("nodes"), list)


def own_rows_of_json(root: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of JSON in our own format, whose numbers were read as texts.

    Raises
    ------
    UnreadableFileError
        It is of a later version, or a node is no object.

    """
    if is_own_graph(root):
        root = {"version": str(_VERSION), "nodes": own_nodes(root)}
    if root.get("version") != str(_VERSION):
        raise UnreadableFileError(
            f"is in a version of our own format that is not known here ({root.get('version')}); this program "
            f"reads version {_VERSION}."
        )
    nodes = root["nodes"]
    for number, node in enumerate(nodes, start=1):
        if not isinstance(node, dict):
            raise UnreadableFileError(f"is in our own format, but its node {number:,} is no object.")
    own = [dict(_attributes(node)) for node in nodes]
    names = list(dict.fromkeys(name for attributes in own for name in attributes))
    rows = [
        [*_own_cells(node), *(attributes.get(name, "") for name in names)]
        for node, attributes in zip(nodes, own, strict=True)
    ]
    return [*OWN_COLUMNS, *map(neutralised, names)], rows


def _attributes(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the further attributes of a node, and what was added to it beside them by hand."""
    attributes = node.get("attributes")
    if isinstance(attributes, dict):
        for name, value in attributes.items():
            if value is not None:
                yield name, neutralised(_text(value))
    for name, value in node.items():
        if name not in OWN_COLUMNS and value is not None and not (value is attributes and value):
            yield name, neutralised(_text(value))


def _own_cells(node: Mapping[str, Any]) -> list[str]:
    cells = {name: _text(node.get(name)) for name in OWN_COLUMNS}
    cells["further_managers"] = _list(node.get("further_managers"), _FURTHER)
    cells["ties"] = _list(node.get("ties"), _TIE)
    cells["status"] = protected(cells["status"])
    return [neutralised(cell) if cell else "" for cell in cells.values()]


def _list(value: Any, keys: Sequence[str]) -> str:  # noqa: ANN401  # any JSON value
    """Return a list of lines as a cell; what stands in its place is taken as it is."""
    if not isinstance(value, list):
        return _text(value)
    entries = []
    for item in value:
        fields = [_text(item.get(key)) for key in keys] if isinstance(item, dict) else [_text(item)]
        # The last field may be an empty text that is meant: a tie of no relation.
        present = [key in item for key in keys] if isinstance(item, dict) else [True]
        entries.append(fields[: len(present) - present[::-1].index(True)] if any(present) else [""])
    return written_list(entries)


def _text(value: Any) -> str:  # noqa: ANN401  # any JSON value
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
