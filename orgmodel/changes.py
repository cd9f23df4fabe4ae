"""A change: exactly what is different between two charts, so that it can be applied, taken back and sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import is_not
from typing import Any

import numpy as np

from orgmodel.differences import (
    ATTRIBUTE,
    CELLS,
    columns_between,
    lines_between,
    managers_between,
    places_in,
)
from orgmodel.errors import OrganizationError
from orgmodel.importing.writing.own_rows import json_value, sound
from orgmodel.json_forms import (
    line_from_json,
    line_to_json,
    list_in,
    node_from_json,
    node_to_json,
    number_in,
    object_from_json,
    value_from_json,
)
from orgmodel.lines import (
    Bools,
    FurtherLines,
    FurtherManager,
    Ints,
    Texts,
    Tie,
    TieLines,
    frozen,
    further_lines,
    marked,
    tie_lines,
)
from orgmodel.operations import NewNode, further_where, joined_further, joined_ties, ties_where
from orgmodel.organization import Organization

Line = FurtherManager | Tie


@dataclass(frozen=True)
class Change:
    """What is different between two charts.

    Attributes
    ----------
    removed, added
        (Place, node): the place is the row in the chart before, or after.
    cells
        (Id, column, before, after) of nodes that are in both; ``column`` is a key of `CELLS`, ``manager``
        (an id, empty for a root) or ``attributes.`` and the name of a further column (None: no value).
    lines_removed, lines_added
        Further managers and ties; one with another share or weight is both.

    """

    removed: tuple[tuple[int, NewNode], ...] = ()
    added: tuple[tuple[int, NewNode], ...] = ()
    cells: tuple[tuple[str, str, Any, Any], ...] = ()
    lines_removed: tuple[Line, ...] = ()
    lines_added: tuple[Line, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything is different."""
        return any((self.removed, self.added, self.cells, self.lines_removed, self.lines_added))

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(
            self.added,
            self.removed,
            tuple((node, column, after, before) for node, column, before, after in self.cells),
            self.lines_added,
            self.lines_removed,
        )

    def applied(self, organization: Organization) -> Organization:
        """Return the chart after the change, given the chart before; columns it leaves alone are shared.

        Nothing is validated again: the chart after was sound when the change was made.

        Raises
        ------
        OrganizationError
            The change is not one of this chart: it names a node or a line that is not there.

        """
        try:
            return _applied(self, organization)
        except (IndexError, KeyError, ValueError) as error:
            raise OrganizationError(
                "This change was made to another chart and does not fit this one."
            ) from error

    def to_json(self) -> dict[str, Any]:
        """Return the change as JSON; what is empty is left out."""
        data = {
            "removed": [[place, node_to_json(node)] for place, node in self.removed],
            "added": [[place, node_to_json(node)] for place, node in self.added],
            "cells": [
                [node, column, json_value(before), json_value(after)]
                for node, column, before, after in self.cells
            ],
            "lines_removed": [line_to_json(line) for line in self.lines_removed],
            "lines_added": [line_to_json(line) for line in self.lines_added],
        }
        return {key: values for key, values in data.items() if values}


def change_from_json(data: object) -> Change:
    """Return the change that `Change.to_json` was called on.

    Raises
    ------
    OrganizationError
        It is malformed.

    """
    change = object_from_json(data)
    return Change(
        tuple(_placed(entry) for entry in list_in(change, "removed")),
        tuple(_placed(entry) for entry in list_in(change, "added")),
        tuple(_cell(entry) for entry in list_in(change, "cells")),
        tuple(line_from_json(line) for line in list_in(change, "lines_removed")),
        tuple(line_from_json(line) for line in list_in(change, "lines_added")),
    )


def change_between(before: Organization, after: Organization) -> Change:
    """Return the change from one chart to the other; nodes are the same if their ids are.

    It is exact: applied to ``before`` it gives a chart equal to ``after``, and its inverse leads back. A
    node that stands before another one in one chart and after it in the other is removed and added again.

    >>> one = Organization.from_columns(["a", "b", "c"], [None, "a", "b"])
    >>> two = Organization.from_columns(["a", "b", "c"], [None, "a", "a"])
    >>> change_between(one, two).cells
    (('c', 'manager', 'b', 'a'),)
    """
    new_of = places_in(before, after)
    old = np.flatnonzero(new_of >= 0)
    old = old[new_of[old] == np.maximum.accumulate(new_of[old])]  # those in the same order
    new = new_of[old]
    cells = [(node, "manager", was, now) for node, was, now in managers_between(before, after, old, new_of)]
    for name, was, now in columns_between(before, after, old, new):
        cells += [(str(before.ids[old[place]]), name, was[place], now[place]) for place in _unequal(was, now)]
    lines_removed, lines_added = lines_between(before, after)
    return Change(
        _nodes_beside(before, old), _nodes_beside(after, new), tuple(cells), lines_removed, lines_added
    )


def _unequal(was: Texts, now: Texts) -> list[int]:
    """Return the places at which two columns differ; 1 and 1.0 do, a value and itself never."""
    if was.dtype != np.object_:
        return np.flatnonzero(was != now).tolist()
    other = np.fromiter(map(is_not, was, now), dtype=np.bool_, count=len(was))
    return [
        place
        for place in np.flatnonzero(other).tolist()
        if type(was[place]) is not type(now[place]) or was[place] != now[place]
    ]


def _nodes_beside(organization: Organization, rows: Ints) -> tuple[tuple[int, NewNode], ...]:
    """Return the nodes of all other rows, with their places."""
    others = np.flatnonzero(~marked(len(organization), rows)).tolist()
    return tuple((row, node_at(organization, row)) for row in others)


def node_at(organization: Organization, row: int) -> NewNode:
    """Return a row of a chart as a node that can be added again."""
    boss = int(organization.manager[row])
    return NewNode(
        str(organization.ids[row]),
        str(organization.ids[boss]) if boss >= 0 else None,
        **{name: getattr(organization, key)[row] for name, key in CELLS.items() if name != "headcount"},
        headcount=float(organization.headcount[row]),
        attributes={
            key: column[row] for key, column in organization.attributes.items() if column[row] is not None
        },
    )


# ---------------------------------------------------------------------- applying


def _applied(change: Change, before: Organization) -> Organization:
    rows = _Rows(change, before)
    nodes = [node for _, node in change.added]
    cells: dict[str, list[tuple[int, Any]]] = {}
    for node, name, _, value in change.cells:
        cells.setdefault(name, []).append((rows.row_of[node], value))
    columns = {
        key: rows.column(getattr(before, key), [getattr(node, name) for node in nodes], cells.get(name, ()))
        for name, key in CELLS.items()
    }
    manager = _managers(rows, before, nodes, cells.get("manager", ()))
    after = replace(
        before,
        ids=rows.column(before.ids, [node.id for node in nodes]),
        **columns,
        manager=manager,
        further=_further(change, rows, before, manager),
        ties=_ties(change, rows, before),
        attributes=dict(_attributes(rows, before, nodes, cells)),
    )
    after.__dict__["row_of"] = rows.row_of
    return after


class _Rows:
    """Where the rows of a chart before are in the chart after a change."""

    def __init__(self, change: Change, before: Organization) -> None:
        gone = [before.row(node.id) for _, node in change.removed]
        self.places = np.array([place for place, _ in change.added], dtype=np.int64)
        self.size = len(before) - len(gone) + len(self.places)
        self.same = not gone and not change.added
        self.old = np.flatnonzero(~marked(len(before), gone))
        self.new = np.flatnonzero(~marked(self.size, self.places))
        self.row_of = before.row_of
        if not self.same:
            ids = self.column(before.ids, [node.id for _, node in change.added])
            self.row_of = dict(zip(ids.tolist(), range(self.size), strict=True))
            if len(self.row_of) < self.size:
                raise ValueError(ids)
        # The row after of every row before: -2 where it is gone; the last is for nobody.
        self.row_after = np.full(len(before) + 1, -2, dtype=np.int64)
        self.row_after[self.old], self.row_after[-1] = self.new, -1
        for row in gone:  # one that stands elsewhere now is removed and added
            self.row_after[row] = self.row_of.get(before.ids[row], -2)

    def column(self, before: Any, added: Sequence[Any], cells: Sequence[tuple[int, Any]] = ()) -> Any:  # noqa: ANN401
        """Return a column of the chart after; the one before itself where nothing is different."""
        if self.same and not cells:
            return before
        after = np.empty(self.size, dtype=before.dtype)
        after[self.new] = before[self.old]
        after[self.places] = np.fromiter(added, dtype=before.dtype, count=len(added))
        for row, value in cells:
            after[row] = value
        return frozen(after)

    def after(self, rows: Ints) -> Ints:
        """Return rows before as rows after, each of which is there."""
        after = self.row_after[rows]
        if (after < 0).any():
            raise ValueError(rows)
        return frozen(after)


def _managers(
    rows: _Rows, before: Organization, nodes: Sequence[NewNode], cells: Sequence[tuple[int, str]]
) -> Ints:
    def row(node: str | None) -> int:
        return rows.row_of[node] if node else -1

    if rows.same and not cells:
        return before.manager
    manager: Ints = rows.column(
        rows.row_after[before.manager],
        [row(node.manager) for node in nodes],
        [(report, row(boss)) for report, boss in cells],
    )
    if (manager < -1).any():
        raise ValueError(manager)
    return manager


def _attributes(
    rows: _Rows,
    before: Organization,
    nodes: Sequence[NewNode],
    cells: Mapping[str, Sequence[tuple[int, Any]]],
) -> Iterator[tuple[str, Texts]]:
    given = [key for node in nodes for key in node.attributes]
    edited = [name.removeprefix(ATTRIBUTE) for name in cells if name.startswith(ATTRIBUTE)]
    nothing = np.full(len(before), None, dtype=np.object_)
    for key in dict.fromkeys([*before.attributes, *given, *edited]):
        was = before.attributes.get(key, nothing)
        now = rows.column(was, [node.attributes.get(key) for node in nodes], cells.get(ATTRIBUTE + key, ()))
        if now is was or any(value is not None for value in now):  # one without any value says nothing
            yield key, now


def _further(change: Change, rows: _Rows, before: Organization, manager: Ints) -> FurtherLines:
    kept = _kept(change, before.further_managers, FurtherManager)
    added = [line for line in change.lines_added if isinstance(line, FurtherManager)]
    if rows.same and kept.all() and not added:
        return before.further
    lines = further_where(before.further, kept)
    report, boss = rows.after(lines.report), rows.after(lines.manager)
    return joined_further(
        FurtherLines(report, boss, lines.kind, lines.share), further_lines(added, rows.row_of, manager)
    )


def _ties(change: Change, rows: _Rows, before: Organization) -> TieLines:
    kept = _kept(change, before.tie_list, Tie)
    added = [line for line in change.lines_added if isinstance(line, Tie)]
    if rows.same and kept.all() and not added:
        return before.ties
    ties = ties_where(before.ties, kept)
    a, b = rows.after(ties.a), rows.after(ties.b)
    return joined_ties(TieLines(a, b, ties.weight, ties.relation), tie_lines(added, rows.row_of))


def _kept(change: Change, lines: Sequence[Line], kind: type[Line]) -> Bools:
    """Return of each line of a kind whether it stays."""
    removed = {line for line in change.lines_removed if isinstance(line, kind)}
    kept = np.fromiter((line not in removed for line in lines), dtype=np.bool_, count=len(lines))
    if len(lines) - np.count_nonzero(kept) != len(removed):
        raise ValueError(removed)
    return kept


# ---------------------------------------------------------------------- from JSON


def _placed(entry: object) -> tuple[int, NewNode]:
    match entry:
        case [int(place), node] if place >= 0:
            return place, node_from_json(node)
    raise OrganizationError("What came from the page cannot be read: a node without its place.")


def _cell(entry: object) -> tuple[str, str, Any, Any]:
    match entry:
        case [str(node), str(column), before, after]:
            read = _number if column == "headcount" else value_from_json
            return sound(node), sound(column), read(before), read(after)
    raise OrganizationError("What came from the page cannot be read: a cell without its node and column.")


def _number(value: object) -> float:
    return number_in({"headcount": value}, "headcount", 1.0)
