"""Tables of nodes that belong together -> one: which holds the nodes, which go below it or are looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from orgmodel.importing.columns.headers import normalised, role_of, speaks_of_manager
from orgmodel.importing.columns.roles import Roles, has_text, is_nearly_unique, roles_of
from orgmodel.importing.files.cells import Column, column_of, empty_column
from orgmodel.importing.files.tables import Table, with_besides
from orgmodel.importing.joining.additions import (
    LinesOfFiles,
    chained,
    found_rows,
    line_of,
    with_column,
)
from orgmodel.importing.joining.lookups import looked_up, match_of, reject
from orgmodel.importing.managers.directory import is_root_mark
from orgmodel.importing.notices import Notice, Severity
from orgmodel.importing.rows.identities import FreeNames
from orgmodel.lines import Texts
from orgmodel.wording import counted, quoted

_HALF: Final = 0.5
_SAME_SHAPE: Final = 0.8
_TRIED: Final = 200
_SAMPLED: Final = 1000
# Roles by which a column of one table goes below that of another with a different header.
_ALIGNED: Final = (
    "id",
    "manager",
    "name",
    "first",
    "last",
    "title",
    "unit",
    "email",
    "headcount",
    "location",
    "status",
)


@dataclass
class _Nodes:
    """The table of nodes while others are put to it: its ids, and what its managers are."""

    table: Table
    ids: int | None
    manager: int | None

    @property
    def rank(self) -> tuple[float, ...]:
        """How likely this is the table of nodes: it names its own managers, has ids, is long."""
        both = self.ids is not None and self.manager is not None
        inside = both and self.share_inside(self.table.columns[self.manager or 0]) >= _HALF
        return (inside, both, self.ids is not None, len(self.table))

    def share_inside(self, column: Column) -> float:
        """Return the share of the cells that are ids of nodes."""
        return 0.0 if self.ids is None else _share_found(column, self.table.columns[self.ids])


def put_together(tables: Sequence[Table], notices: list[Notice]) -> Table:
    """Return one table of the nodes in several.

    The nodes are those of the table that names its own managers. Of the others

    * one of (nearly) the same columns goes below it, as the export of another region does;
    * one with a column of managers goes below it too if they are among the nodes, or if it has ids of its
      own; each column goes below that of the same name or role. Without ids its rows are called by their
      manager, their unit and a number;
    * one about the same ids is looked up: its columns are added;
    * so is one that says who it is that a column of the nodes names;
    * one that fits nothing is not used, which is said.
    """
    read = [_nodes_in(table) for table in tables]
    nodes = max(read, key=lambda one: one.rank)
    rest = [one.table for one in read if one is not nodes]
    name = nodes.table.name
    nodes.table = replace(nodes.table, lines=LinesOfFiles([(nodes.table.lines, name)]))
    rows = counted(len(nodes.table), "row")
    message = f"{quoted(name)} holds the nodes ({rows}); the other tables were put to it."
    notices.append(Notice("tables_joined", "info", message))
    for use in (_stack_if_alike, _stack_if_below, _look_up_if_known):
        waiting = len(rest) + 1
        while len(rest) < waiting:
            waiting = len(rest)
            rest = [table for table in rest if not use(nodes, table, notices)]
    for table in rest:
        reason = f"no column of it leads to {quoted(name)}: neither its ids nor its managers are found there"
        reject(table, np.arange(len(table)), reason, notices)
        nodes.table = with_besides(nodes.table, rejected=len(table))
    return nodes.table


def _nodes_in(table: Table) -> _Nodes:
    """Return a table with the column of its ids and that of its managers, by their headers."""
    roles = roles_of(table)
    manager = next(iter(roles.get("manager", [])), None)
    if manager is None and table.named:
        spoken = (
            place
            for place, header in enumerate(table.header)
            if role_of(header) is None and speaks_of_manager(header) and has_text(table.columns[place])
        )
        manager = next(spoken, None)
    return _Nodes(table, _id_place(table, roles, manager), manager)


def _id_place(table: Table, roles: Roles, manager: int | None) -> int | None:
    """Return the column of ids: the one in which the managers are found, a known one, that of names."""
    columns = table.columns
    known = [place for role in ("id", "email", "name") for place in roles.get(role, [])]
    unique = [place for place in known if is_nearly_unique(columns[place])]
    if manager is not None:
        told = {place for role, places in roles.items() if role != "title" for place in places}
        others = [
            place
            for place, column in enumerate(columns[:_TRIED])
            if place not in told and place != manager and is_nearly_unique(column)
        ]
        for exactly in (True, False):
            tested = {
                place: _share_found(columns[manager], columns[place], exactly=exactly)
                for place in (*known, *others)
            }
            best = max(tested, key=lambda place: tested[place], default=None)
            if best is not None and tested[best] >= _HALF:
                return best
    return next(iter(unique), None)


def _share_found(column: Column, ids: Column, *, exactly: bool = False) -> float:
    """Return the share of the first many cells that are found in a column, however they are spelled."""
    texts = [text for text in column.texts[:_SAMPLED].tolist() if not is_root_mark(text)]
    return float((found_rows(texts, ids, exactly=exactly) >= 0).mean()) if texts else 0.0


# ---------------------------------------------------------------------- the ways


def _stack_if_alike(nodes: _Nodes, table: Table, notices: list[Notice]) -> bool:
    """Put a table of the same shape below the nodes."""
    one, other = (set(map(normalised, each.header)) for each in (nodes.table, table))
    if nodes.table.named != table.named or len(one & other) < _SAME_SHAPE * len(one | other):
        return False
    _stack(nodes, table, None, notices)
    return True


def _stack_if_below(nodes: _Nodes, table: Table, notices: list[Notice]) -> bool:
    """Put a table below the nodes that leads to them by its managers."""
    own = _nodes_in(table)
    if nodes.ids is None or own.manager is None:
        return False
    if own.ids is not None and nodes.share_inside(table.columns[own.ids]) >= _HALF:
        return False  # about the same nodes
    target = _target_of(nodes, table.columns[own.manager])
    if target is None and own.ids is None:
        return False
    _stack(nodes, table, _Below(own.manager, own.ids, nodes.ids if target is None else target), notices)
    return True


def _look_up_if_known(nodes: _Nodes, table: Table, notices: list[Notice]) -> bool:
    """Look a table up in the nodes."""
    ids = [place for place, header in enumerate(nodes.table.header) if role_of(header) == "id"]
    ids += [] if nodes.ids is None else [nodes.ids]
    match = match_of(nodes.table, table, ids)
    if match is None:
        return False
    nodes.table = looked_up(nodes.table, table, match, notices)
    return True


def _target_of(nodes: _Nodes, references: Column) -> int | None:
    """Return the column of the nodes in which references are found: the ids, else one as good as ids."""
    columns = nodes.table.columns
    others = [place for place, column in enumerate(columns[:_TRIED]) if is_nearly_unique(column)]
    places = [place for place in dict.fromkeys((nodes.ids, *others)) if place is not None]
    return next((place for place in places if _share_found(references, columns[place]) >= _HALF), None)


# ---------------------------------------------------------------------- one below the other


@dataclass(frozen=True)
class _Below:
    """A table that leads to the nodes: by which column, its own ids, where its managers are found."""

    manager: int
    ids: int | None
    target: int


def _stack(nodes: _Nodes, table: Table, below: _Below | None, notices: list[Notice]) -> None:
    """Put a table below the nodes, column under column."""
    columns = list(table.columns)
    under = _under(nodes, table, below)
    base, size = nodes.table, len(nodes.table)
    if below is not None:
        columns[below.manager] = _references(nodes, columns[below.manager], below)
        if below.ids is None:
            unit = next(iter(roles_of(table).get("unit", [])), None)
            ids = _made_ids(nodes, table, below, None if unit is None else columns[unit])
            columns[below.manager] = _named_tops(columns[below.manager], table, unit)
            under.append(nodes.ids)
            columns.append(ids)
    for place, header in enumerate(table.header):
        if under[place] is None:
            base, under[place] = with_column(base, header, empty_column(size), table.name)
    at = {place: column for place, column in zip(under, columns, strict=True) if place is not None}
    nothing = empty_column(len(table))
    stacked = [chained([column, at.get(place, nothing)]) for place, column in enumerate(base.columns)]
    lines = LinesOfFiles([(base.lines, ""), (table.lines, table.name)])
    nodes.table = replace(base, columns=stacked, lines=lines)
    _tell(nodes, table, below, notices)


def _under(nodes: _Nodes, table: Table, below: _Below | None) -> list[int | None]:
    """Return for every column of a table the one of the nodes it goes under, None if there is none."""
    base = nodes.table
    under: list[int | None] = [None] * len(table.header)
    taken: set[int] = set()

    def put(place: int | None, at: int | None) -> None:
        if place is not None and at is not None and under[place] is None and at not in taken:
            under[place] = at
            taken.add(at)

    if below is not None:
        if nodes.manager is None:
            nodes.table, nodes.manager = with_column(base, "manager_id", empty_column(len(base)))
        put(below.manager, nodes.manager)
        put(below.ids, nodes.ids)
        if below.ids is None and nodes.ids is not None:
            taken.add(nodes.ids)
    place_of = {normalised(header): at for at, header in reversed(list(enumerate(base.header)))}
    for place, header in enumerate(table.header):
        put(place, place_of.get(normalised(header)))
    if table.named:
        roles, known = roles_of(table), roles_of(base)
        for role in _ALIGNED:
            put(next(iter(roles.get(role, [])), None), next(iter(known.get(role, [])), None))
    return under


def _references(nodes: _Nodes, references: Column, below: _Below) -> Column:
    """Return the managers by the ids of the nodes, where they are called by something else."""
    if nodes.ids is None or below.target == nodes.ids:
        return references
    rows = found_rows(references.texts, nodes.table.columns[below.target])
    ids = nodes.table.columns[nodes.ids]
    known = {
        str(text): ids[row] for text, row in zip(references.texts, rows.tolist(), strict=True) if row >= 0
    }
    return references.mapped(lambda text: known.get(text, text))


def _made_ids(nodes: _Nodes, table: Table, below: _Below, units: Column | None) -> Column:
    """Return ids for rows that have none: manager, unit, number among those of both."""
    references = table.columns[below.manager]
    ids = nodes.table.columns[nodes.ids or 0]
    rows = found_rows(references.texts, nodes.table.columns[below.target])
    managers = [
        ids[row] if row >= 0 else str(text) for text, row in zip(references.texts, rows.tolist(), strict=True)
    ]
    groups = np.array(managers, dtype=np.object_)[references.index]
    if units is not None:
        groups = np.where(groups == "", "", groups + "/") + units.cells
    number = pd.Series(groups).groupby(groups, sort=False).cumcount() + 1
    made: Texts = groups + np.where(groups == "", "", "/") + number.astype(str).to_numpy(dtype=np.object_)
    free = FreeNames(ids.texts.tolist())
    taken = len(set(made.tolist())) < len(made) or not ids.place_of.keys().isdisjoint(made.tolist())
    return column_of([free.free(text) for text in made.tolist()] if taken else made)


def _named_tops(references: Column, table: Table, unit: int | None) -> Column:
    """Return the managers with a word for those that are not given: rows without an id are no tops."""
    none = references.where(references.places(is_root_mark))
    if not none.any():
        return references
    units = empty_column(len(table)) if unit is None else table.columns[unit]
    words = units.mapped(lambda text: f"{text or table.name} (no manager given)").cells
    return column_of(np.where(none, words, references.cells))


def _tell(nodes: _Nodes, table: Table, below: _Below | None, notices: list[Notice]) -> None:
    """Say that a table was put below the nodes, and how it leads to them."""
    message = f"The {counted(len(table), 'row')} of {quoted(table.name)} were put below the nodes"
    if below is None:
        notices.append(Notice("tables_joined", "info", f"{message}: it has the same columns."))
        return
    references, target = table.columns[below.manager], nodes.table.header[below.target]
    header = table.header[below.manager]
    known = nodes.table.columns[below.target].of(np.arange(len(nodes.table) - len(table)))
    found = int(references.counts[found_rows(references.texts, known) >= 0].sum())
    message += (
        f", where {quoted(header)} says whom they report to: {found:,} of them are found in {quoted(target)}."
    )
    if below.ids is None:
        message += " They have no ids, so they are called by their manager, their unit and a number."
    none = int(references.counts[references.places(is_root_mark)].sum())
    if none and below.ids is None:
        message += f" {counted(none, 'row')} without a manager hang on one added node for each unit."
    line = line_of(table, 0)
    severity: Severity = "warning" if none or 2 * found < len(table) else "info"
    notices.append(Notice("tables_joined", severity, message, line, header))
