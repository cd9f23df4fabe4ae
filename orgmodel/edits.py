"""Operations as data: what a user does to a chart, as something that can be kept, sent and done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from orgmodel import connections, operations
from orgmodel.errors import OrganizationError
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.json_forms import (
    line_from_json,
    line_to_json,
    list_in,
    node_from_json,
    node_to_json,
    number_in,
    object_from_json,
    text_in,
    texts_in,
)
from orgmodel.lines import FurtherManager, Tie
from orgmodel.operations import NewNode
from orgmodel.organization import Organization
from orgmodel.wording import quoted

_MOST_ADDED: Final = 100_000


@dataclass(frozen=True)
class Move:
    """Nodes, and everything below them, go under another manager; an empty one makes them roots."""

    nodes: tuple[str, ...]
    manager: str

    def applied(self, organization: Organization) -> Organization:
        """Return the chart after it (`orgmodel.operations.move`)."""
        return operations.move(organization, self.nodes, self.manager)

    def title(self, organization: Organization) -> str:
        """Return what it does, as the history says it; the chart is the one before."""
        where = f"under {_name(organization, self.manager)}" if self.manager else "to the top"
        return f"{_names(organization, self.nodes)} {_verb(self.nodes, 'moves', 'move')} {where}"


@dataclass(frozen=True)
class Add:
    """New nodes after the others; the manager of one may be a new node before it."""

    nodes: tuple[NewNode, ...]

    def applied(self, organization: Organization) -> Organization:
        """Return the chart after it (`orgmodel.operations.add_nodes`)."""
        return operations.add_nodes(organization, self.nodes)

    def title(self, organization: Organization) -> str:
        """Return what it does, as the history says it; the chart is the one before."""
        first = self.nodes[0]
        who = first.name or first.title or "A new box"
        under = f" under {_name(organization, first.manager)}" if first.manager else ""
        return f"{who}{_and_more(len(self.nodes))} {_verb(self.nodes, 'is', 'are')} added{under}"


@dataclass(frozen=True)
class Remove:
    """Nodes go; those below them go up to the nearest manager who stays, or go too."""

    nodes: tuple[str, ...]
    with_all_below: bool = False

    def applied(self, organization: Organization) -> Organization:
        """Return the chart after it (`orgmodel.operations.remove`); one that would be empty is refused."""
        smaller = operations.remove(organization, self.nodes, with_all_below=self.with_all_below)
        if len(organization) and not len(smaller):
            raise OrganizationError("A chart keeps at least one box; this would remove the last one.")
        return smaller

    def title(self, organization: Organization) -> str:
        """Return what it does, as the history says it; the chart is the one before."""
        below = " with everybody below" if self.with_all_below else ""
        return f"{_names(organization, self.nodes)} {_verb(self.nodes, 'is', 'are')} removed{below}"


@dataclass(frozen=True)
class Edit:
    """Another value in one column: name, title, unit, function, headcount, location or status."""

    nodes: tuple[str, ...]
    column: str
    value: str | float

    def applied(self, organization: Organization) -> Organization:
        """Return the chart after it (`orgmodel.operations.edit`)."""
        return operations.edit(organization, self.nodes, self.column, self.value)

    def title(self, organization: Organization) -> str:
        """Return what it does, as the history says it; the chart is the one before."""
        what = f"The {self.column} of {_names(organization, self.nodes)}"
        if isinstance(self.value, float):
            return f"{what} becomes {self.value:g}"
        if self.column == "function":
            return f"{what} becomes {FUNCTION_TITLES.get(self.value, 'what its title says')}"
        return f"{what} becomes {quoted(self.value)}" if self.value else f"{what} is cleared"


@dataclass(frozen=True)
class Connect:
    """A further manager or a tie; a line of its kind with the same ends is replaced."""

    line: FurtherManager | Tie

    def applied(self, organization: Organization) -> Organization:
        """Return the chart after it (`orgmodel.connections.connect`)."""
        return connections.connect(organization, self.line)

    def title(self, organization: Organization) -> str:
        """Return what it does, as the history says it; the chart is the one before."""
        share = (
            f", {self.line.share:.0%}" if isinstance(self.line, FurtherManager) and self.line.share else ""
        )
        return f"{_line(organization, self.line)}{share}"


@dataclass(frozen=True)
class Disconnect:
    """A further manager or a tie goes; it is found by its ends and its kind."""

    line: FurtherManager | Tie

    def applied(self, organization: Organization) -> Organization:
        """Return the chart after it (`orgmodel.connections.disconnect`)."""
        return connections.disconnect(organization, self.line)

    def title(self, organization: Organization) -> str:
        """Return what it does, as the history says it; the chart is the one before."""
        return f"{_line(organization, self.line)} is removed"


@dataclass(frozen=True)
class Several:
    """Operations one after the other as one step: all of them or none."""

    operations: tuple[Operation, ...]

    def applied(self, organization: Organization) -> Organization:
        """Return the chart after all of them."""
        for operation in self.operations:
            organization = operation.applied(organization)
        return organization

    def title(self, organization: Organization) -> str:
        """Return what it does, as the history says it; the chart is the one before."""
        title = self.operations[0].title(organization)
        return title if len(self.operations) == 1 else f"{title}, and {len(self.operations) - 1} more"


Operation = Move | Add | Remove | Edit | Connect | Disconnect | Several
_WORDS: Final[Mapping[type[Operation], str]] = {
    Move: "move",
    Add: "add",
    Remove: "remove",
    Edit: "edit",
    Connect: "connect",
    Disconnect: "disconnect",
    Several: "several",
}


# ---------------------------------------------------------------------- JSON


def operation_to_json(operation: Operation) -> dict[str, Any]:
    """Return an operation as JSON.

    >>> operation_to_json(Move(("cs",), "sales"))
    {'do': 'move', 'nodes': ['cs'], 'manager': 'sales'}
    """
    values = {field.name: _to_json(getattr(operation, field.name)) for field in fields(operation)}
    return {"do": _WORDS[type(operation)], **values}


def _to_json(value: Any) -> Any:  # noqa: ANN401  # any part of an operation
    if isinstance(value, NewNode):
        return node_to_json(value)
    if isinstance(value, FurtherManager | Tie):
        return line_to_json(value)
    if isinstance(value, tuple):
        return [_to_json(part) for part in value]
    return operation_to_json(value) if isinstance(value, Operation) else value


def operation_from_json(data: object) -> Operation:
    """Return the operation that `operation_to_json` was given.

    Raises
    ------
    OrganizationError
        It is malformed. Whether it fits a chart shows when it is applied.

    """
    operation = object_from_json(data)
    word = text_in(operation, "do")
    if word not in _READERS:
        raise OrganizationError(f"{quoted(word)} is nothing that can be done to a chart.")
    return _READERS[word](operation)


def _edit(data: Mapping[str, Any]) -> Edit:
    text = isinstance(data.get("value"), str) or data.get("column") != "headcount"
    value = text_in(data, "value") if text else number_in(data, "value", 1.0)
    return Edit(texts_in(data, "nodes"), text_in(data, "column"), value)


def _remove(data: Mapping[str, Any]) -> Remove:
    with_all_below = data.get("with_all_below", False)
    if not isinstance(with_all_below, bool):
        raise OrganizationError("What came from the page cannot be read: go those below too, yes or no?")
    return Remove(texts_in(data, "nodes"), with_all_below)


def _add(data: Mapping[str, Any]) -> Add:
    nodes = list_in(data, "nodes")
    if len(nodes) > _MOST_ADDED:
        raise OrganizationError(
            f"At most {_MOST_ADDED:,} boxes can be added at once. Open a larger chart as a file."
        )
    if nodes:
        return Add(tuple(map(node_from_json, nodes)))
    raise OrganizationError("There is nobody to add.")


def _several(data: Mapping[str, Any]) -> Several:
    steps = [object_from_json(step) for step in list_in(data, "operations")]
    if not steps or any(step.get("do") == "several" for step in steps):
        raise OrganizationError("What came from the page cannot be read: several operations that are none.")
    return Several(tuple(operation_from_json(step) for step in steps))


_READERS: Final[Mapping[str, Callable[[Mapping[str, Any]], Operation]]] = {
    "move": lambda data: Move(texts_in(data, "nodes"), text_in(data, "manager")),
    "add": _add,
    "remove": _remove,
    "edit": _edit,
    "connect": lambda data: Connect(line_from_json(data.get("line"))),
    "disconnect": lambda data: Disconnect(line_from_json(data.get("line"))),
    "several": _several,
}


# ---------------------------------------------------------------------- words


def _name(organization: Organization, node: str) -> str:
    row = organization.row_of.get(node)
    return node if row is None else organization.label(row)


def _names(organization: Organization, nodes: tuple[str, ...]) -> str:
    return _name(organization, nodes[0]) + _and_more(len(nodes))


def _and_more(number: int) -> str:
    return f" and {number - 1:,} more" if number > 1 else ""


def _verb(nodes: tuple[object, ...], one: str, several: str) -> str:
    return one if len(nodes) == 1 else several


def _line(organization: Organization, line: FurtherManager | Tie) -> str:
    first, second = (_name(organization, node) for node in line[:2])
    if isinstance(line, Tie):
        return f"Tie between {first} and {second}"
    word = {"shared": "Shared manager", "dotted": "Dotted line", "contract": "Contract"}[line.kind]
    return f"{word}: {first} to {second}"
