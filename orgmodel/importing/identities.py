"""What becomes of every row: a node with an id, a copy of another one, a line, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from orgmodel.importing.cells import Column, column_of, empty_column
from orgmodel.importing.columns import Roles, is_nearly_unique
from orgmodel.importing.manager_columns import ManagerColumn, Target
from orgmodel.importing.managers import is_root_mark, primary_nodes
from orgmodel.importing.notices import Notice
from orgmodel.importing.report import RowAccount
from orgmodel.importing.tables import RowsBesides, Table
from orgmodel.importing.wording import listed, numbered, quoted
from orgmodel.lines import Bools, Ints, Texts

_FOOTER: Final = re.compile(
    r"(grand )?total|sum\b|count\b|(generated|exported|printed|downloaded|created) |report\b|source:|©"
    r"|confidential",
    re.IGNORECASE,
)
_ROWS_OF_A_FOOTER: Final = 3
_FILLED: Final = 0.9


@dataclass(frozen=True)
class IdColumn:
    """Where the ids come from.

    ``stated`` says that it is a column of ids; ``values`` is None if the rows are numbered.
    """

    values: Column | None
    column: int | None = None
    stated: bool = False


@dataclass
class Nodes:
    """The nodes and the fate of the other rows.

    ``primary`` is the node meant by an id that several rows share; ``lines`` are rows that only name
    another manager of a node: (node, row).
    """

    rows: Ints
    ids: Column
    primary: dict[str, int] = field(default_factory=dict)
    lines: list[tuple[int, int]] = field(default_factory=list)
    merged: int = 0
    rejected: int = 0

    def of(self, column: Column) -> Column:
        """Return the cells of a column by node."""
        # The rows are in their order and different: as many as there are cells are all of them.
        return column if len(self.rows) == len(column) else column.of(self.rows)

    def line(self, table: Table, node: int) -> int:
        """Return the line of the file a node comes from."""
        return table.lines[int(self.rows[node])]

    def lines_of(self, table: Table) -> Sequence[int]:
        """Return the line of the file every node comes from."""
        if len(self.rows) == len(table):
            return table.lines
        return [table.lines[row] for row in self.rows.tolist()]

    def account(self, besides: RowsBesides) -> RowAccount:
        """Return the count of the rows by what became of them, with those of tables folded in."""
        merged = self.merged + besides.merged
        lines = len(self.lines) + besides.lines
        rejected = self.rejected + besides.rejected
        return RowAccount(len(self.rows) + merged + lines + rejected, len(self.rows), merged, lines, rejected)


class FreeNames:
    """Gives out names that are not taken: the wanted one, or one with a number in brackets.

    >>> names = FreeNames(["a", "a (2)"])
    >>> names.free("b"), names.free("a"), names.free("a")
    ('b', 'a (3)', 'a (4)')
    """

    def __init__(self, taken: Iterable[str]) -> None:
        """Start with the names that are there."""
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def free(self, name: str) -> str:
        """Return a free name like the one wanted, and take it."""
        free = name
        while free in self._taken:
            number = self._last[name] = self._last.get(name, 1) + 1
            free = f"{name} ({number})"
        self._taken.add(free)
        return free


def id_column(
    table: Table, roles: Roles, managers: ManagerColumn | None, names: Column, notices: list[Notice]
) -> IdColumn:
    """Return the ids of the rows.

    Of several columns of ids the one the managers refer to, then one with an id of its own for nearly
    every row. Without any: what the managers refer to, if nearly every row has it; e-mail addresses or
    names, if nearly every row has its own; else row numbers.
    """
    if stated := roles.get("id", []):
        target = managers.target.column if managers and managers.found else None
        best = min(stated, key=lambda place: (place != target, not is_nearly_unique(table.columns[place])))
        return IdColumn(table.columns[best], best, stated=True)
    candidates = [managers.target] if managers and managers.found else []
    candidates += [
        Target(table.header[place], table.columns[place], place) for place in roles.get("email", [])
    ]
    candidates += [Target("name", names)]
    for candidate in candidates:
        referred_to = managers is not None and candidate is managers.target
        if np.count_nonzero(candidate.values.filled) < _FILLED * len(table):
            continue
        if referred_to or is_nearly_unique(candidate.values):
            message = f"No column of ids: {quoted(candidate.label)} serves as id."
            notices.append(Notice("id_column", "info", message, column=candidate.label))
            return IdColumn(candidate.values, candidate.column)
    message = "No column of ids, and no other column differs from row to row: the rows are numbered."
    notices.append(Notice("id_column", "info", message))
    return IdColumn(None)


def nodes_of(
    table: Table,
    identity: IdColumn,
    managers: ManagerColumn | None,
    texts: Sequence[Column],
    vacant: Bools,
    notices: list[Notice],
) -> Nodes:
    """Return the nodes of a table.

    Two rows with one id are

    * one node, if they are equal in every cell (the second is *merged*),
    * one node with two managers, if only the manager differs (the second becomes a *line*): exports
      with matrix managers write it so. Not so for vacancies, which are often all numbered 0,
    * two nodes otherwise. One keeps the id, and with it whoever reports to it; the other is
      called ``id (2)``. The first row keeps it unless that would make a circle
      (`orgmodel.importing.managers.primary_nodes`).

    A row without id, name, title and unit (``texts``), and a line under the table ("Total: 12") is
    *rejected*.
    """
    references = table.columns[managers.column] if managers else empty_column(len(table))
    kept = _kept_rows(table, identity, texts, references, notices)
    nodes = Nodes(kept, empty_column(0), rejected=len(table) - len(kept))
    if identity.values is None:
        nodes.ids = column_of([f"row {table.lines[row]}" for row in kept.tolist()])
        return nodes
    values = identity.values
    if len(nodes.of(values).texts) < len(kept):
        _fold_duplicates(table, identity, managers, vacant, nodes, notices)
    nodes.ids = _unique_ids(table, values, nodes, notices, references)
    return nodes


def _kept_rows(
    table: Table,
    identity: IdColumn,
    texts: Sequence[Column],
    references: Column,
    notices: list[Notice],
) -> Ints:
    told = [column.filled for column in (*texts, identity.values) if column is not None]
    says_nothing = ~np.logical_or.reduce(told)
    if says_nothing.all():  # then no row can be told by it
        says_nothing[:] = False
    rejected = says_nothing.copy()
    rejected[_footer(table, identity, references)] = True
    for row in np.flatnonzero(rejected).tolist():
        reason = "it is a line under the table"
        if says_nothing[row]:
            reason = "it has neither an id nor a name, title or unit"
        cells = [column[row] for column in table.columns if column[row]]
        message = f"Row {table.lines[row]} was not made a node because {reason}: {listed(cells)}."
        notices.append(Notice("row_rejected", "warning", message, table.lines[row], None, cells[0]))
    return np.flatnonzero(~rejected)


def _footer(table: Table, identity: IdColumn, references: Column) -> list[int]:
    """Return the last rows with a single cell such as ``Total: 12`` that nobody names as manager."""
    if identity.column is None or len(table.columns) < 2:  # noqa: PLR2004  # one column has single cells only
        return []
    last = range(max(1, len(table) - _ROWS_OF_A_FOOTER), len(table))
    filled = {row: [column[row] for column in table.columns if column[row]] for row in last}
    return [
        row
        for row, cells in filled.items()
        if len(cells) == 1 and _FOOTER.match(cells[0]) and cells[0] not in references.place_of
    ]


# ---------------------------------------------------------------------- duplicates


def _fold_duplicates(
    table: Table,
    identity: IdColumn,
    managers: ManagerColumn | None,
    vacant: Bools,
    nodes: Nodes,
    notices: list[Notice],
) -> None:
    """Take copies and rows that only name another manager out of ``nodes.rows``; they are recorded in it."""
    gone: set[int] = set()
    line_of: dict[int, int] = {}
    values = nodes.of(identity.values) if identity.values else empty_column(len(nodes.rows))
    apart = managers.column if managers else None
    for value, places in _repeated(values).items():
        rows = nodes.rows[places].tolist()
        copies, lines = _copies_and_lines(table, rows, apart, lines_allowed=identity.stated, vacant=vacant)
        for copy, row in copies.items():
            message = (
                f"Row {table.lines[copy]} repeats row {table.lines[row]} ({quoted(value)}) in every cell and "
                "was merged into it."
            )
            notices.append(Notice("duplicate_row", "info", message, table.lines[copy], None, value))
        line_of |= lines
        gone |= copies.keys() | lines.keys()
        nodes.merged += len(copies)
    nodes.rows = nodes.rows[~np.isin(nodes.rows, list(gone))]
    nodes.lines = [(int(np.searchsorted(nodes.rows, base)), row) for row, base in line_of.items()]
    for row, base in line_of.items():
        message = (
            f"Row {table.lines[row]} repeats row {table.lines[base]} but for the manager; its manager was "
            "taken as a further one (dotted line, without authority)."
        )
        notices.append(Notice("duplicate_line", "warning", message, table.lines[row]))


def _copies_and_lines(
    table: Table, rows: Sequence[int], apart: int | None, *, lines_allowed: bool, vacant: Bools
) -> tuple[dict[int, int], dict[int, int]]:
    """Return rows equal to an earlier one, and rows equal but for the manager: row -> the earlier row."""
    copies: dict[int, int] = {}
    lines: dict[int, int] = {}
    whole: dict[tuple[str, ...], int] = {}
    without: dict[tuple[str, ...], int] = {}
    for row in rows:
        cells = tuple(column[row] for column in table.columns)
        if (same := whole.setdefault(cells, row)) != row:
            copies[row] = same
            continue
        if apart is None or not lines_allowed or vacant[row] or is_root_mark(cells[apart]):
            continue
        rest = cells[:apart] + cells[apart + 1 :]
        if (base := without.setdefault(rest, row)) != row:
            lines[row] = base
    return copies, lines


def _repeated(values: Column) -> dict[str, list[int]]:
    """Return the places of every text that occurs again."""
    places: dict[str, list[int]] = {}
    for place in np.flatnonzero((values.counts > 1)[values.index] & values.filled).tolist():
        places.setdefault(values[place], []).append(place)
    return places


def _unique_ids(
    table: Table, values: Column, nodes: Nodes, notices: list[Notice], references: Column
) -> Column:
    """Return one id per node, all different, and note which node keeps a shared one."""
    own = nodes.of(values)
    if own.is_unique:
        return own
    ids = own.cells
    nodes.primary = primary_nodes(ids.tolist(), nodes.of(references).cells.tolist())
    repeated = _repeated(own)
    names = FreeNames(ids.tolist())
    for node in np.flatnonzero((own.counts > 1)[own.index] | ~own.filled).tolist():
        value = own[node]
        if not value:
            line = nodes.line(table, node)
            ids[node] = names.free(f"row {line}")
            message = f"Row {line} has no id; it was given {quoted(ids[node])}."
            notices.append(Notice("id_missing", "warning", message, line))
        elif nodes.primary[value] != node:
            ids[node] = names.free(value)
    for value in nodes.primary:
        _notice_shared_id(table, nodes, value, repeated[value], ids, notices)
    return column_of(ids)


def _notice_shared_id(
    table: Table, nodes: Nodes, value: str, sharers: Sequence[int], ids: Texts, notices: list[Notice]
) -> None:
    lines = [nodes.line(table, node) for node in sharers]
    keeper = nodes.line(table, nodes.primary[value])
    others = [ids[node] for node in sharers if node != nodes.primary[value]]
    why = "" if keeper == lines[0] else ", because with another row the managers would run in a circle"
    message = (
        f"{quoted(value)} stands for {len(lines)} different rows ({numbered(lines)}). All are kept: row "
        f"{keeper} keeps the id and whoever reports to it{why}; the others are now {listed(others)}."
    )
    notices.append(Notice("duplicate_id", "warning", message, lines[0], None, value))
