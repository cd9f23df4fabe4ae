"""Nodes and lines as JSON, both ways. What is malformed is an `OrganizationError` with a sentence."""

from __future__ import annotations

import numbers
from collections.abc import Mapping, Sequence
from typing import Any, Final

from orgmodel.differences import CELLS
from orgmodel.errors import OrganizationError
from orgmodel.importing.writing.own_rows import json_value, sound
from orgmodel.lines import FURTHER_KINDS, FurtherManager, Tie
from orgmodel.operations import NewNode
from orgmodel.wording import quoted

_LONGEST_TEXT: Final = 32_767  # characters, as many as a cell of a workbook holds
_MOST_ATTRIBUTES: Final = 1_000
_TEXTS: Final = tuple(name for name in CELLS if name != "headcount")


def node_to_json(node: NewNode) -> dict[str, Any]:
    """Return a node without what is empty; a headcount of 1 is left out too.

    >>> node_to_json(NewNode("cs", "ceo", title="Customer service"))
    {'id': 'cs', 'manager': 'ceo', 'title': 'Customer service'}
    """
    data: dict[str, Any] = {"id": node.id}
    if node.manager:
        data["manager"] = node.manager
    data |= {name: text for name in _TEXTS if (text := getattr(node, name))}
    if node.headcount != 1:
        data["headcount"] = node.headcount
    if node.attributes:
        data["attributes"] = {key: json_value(value) for key, value in node.attributes.items()}
    return data


def node_from_json(data: object) -> NewNode:
    """Return the node that `node_to_json` was given."""
    node = object_from_json(data)
    attributes = object_from_json(node.get("attributes", {}))
    if len(attributes) > _MOST_ATTRIBUTES:
        raise OrganizationError(f"A box has at most {_MOST_ATTRIBUTES:,} further columns; this has more.")
    return NewNode(
        text_in(node, "id"),
        text_in(node, "manager", "") or None,
        **{name: text_in(node, name, "") for name in _TEXTS},
        headcount=number_in(node, "headcount", 1.0),
        attributes={sound(key): value_from_json(value) for key, value in attributes.items()},
    )


def line_to_json(line: FurtherManager | Tie) -> dict[str, Any]:
    """Return a line with its kind.

    >>> line_to_json(FurtherManager("cs", "ops"))
    {'kind': 'dotted', 'report': 'cs', 'manager': 'ops', 'share': 0.0}
    """
    if isinstance(line, Tie):
        return {"kind": "tie", **line._asdict()}
    data = line._asdict()
    return {"kind": data.pop("kind"), **data}


def line_from_json(data: object) -> FurtherManager | Tie:
    """Return the line that `line_to_json` was given."""
    line = object_from_json(data)
    kind = text_in(line, "kind")
    if kind == "tie":
        weight, relation = number_in(line, "weight", 1.0), text_in(line, "relation", "collaboration")
        return Tie(text_in(line, "a"), text_in(line, "b"), weight, relation)
    if kind not in FURTHER_KINDS:
        known = ", ".join((*FURTHER_KINDS, "tie"))
        raise OrganizationError(f"{quoted(kind)} is no kind of line that can be drawn; these are: {known}.")
    return FurtherManager(
        text_in(line, "report"), text_in(line, "manager"), kind, number_in(line, "share", 0.0)
    )


def value_from_json(value: object) -> object:
    """Return the value that `json_value` was given."""
    if isinstance(value, str):
        return sound(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    raise OrganizationError("A further column of a node holds texts and numbers; this holds a list of them.")


# ---------------------------------------------------------------------- reading, every fault a sentence


def object_from_json(data: object) -> Mapping[str, Any]:
    """Return a JSON object; anything else is refused."""
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise OrganizationError("What came from the page cannot be read: named values are expected.")
    return data


def list_in(data: Mapping[str, Any], key: str) -> Sequence[Any]:
    """Return a list; nothing is an empty one."""
    values = data.get(key, ())
    if not isinstance(values, list | tuple):
        raise OrganizationError(f'What came from the page cannot be read: "{key}" is no list.')
    return values


def text_in(data: Mapping[str, Any], key: str, default: str | None = None) -> str:
    """Return a text; ``default`` where there is none, without one it is needed."""
    return _text(data.get(key, default), key)


def texts_in(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return a list of texts, one at least."""
    if texts := tuple(_text(value, key) for value in list_in(data, key)):
        return texts
    raise OrganizationError("Nobody is chosen. Choose at least one box of the chart.")


def number_in(data: Mapping[str, Any], key: str, default: float) -> float:
    """Return a number; ``default`` where there is none."""
    value = data.get(key, default)
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        said = quoted(value) if isinstance(value, str) else "what came"
        raise OrganizationError(f"The {key} is a number; {said} is none.")
    try:
        return float(value)
    except OverflowError:
        raise OrganizationError(f"The {key} is too large.") from None


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise OrganizationError(f'What came from the page cannot be read: "{key}" is no text.')
    if len(value) > _LONGEST_TEXT:
        raise OrganizationError(f"A text of a box has at most {_LONGEST_TEXT:,} characters; this is longer.")
    return sound(value)
