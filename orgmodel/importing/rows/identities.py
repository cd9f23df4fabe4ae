"""What becomes of every row: a node with an id, a copy of another one, a line, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from orgmodel.importing.columns.manager_columns import ManagerColumn, Target
from orgmodel.importing.columns.roles import Roles, is_nearly_unique
from orgmodel.importing.decisions import Answer
from orgmodel.importing.files.cells import Column, column_of, empty_column
from orgmodel.importing.files.tables import RowsBesides, Table
from orgmodel.importing.managers.directory import is_root_mark
from orgmodel.importing.notices import Findings, Notice
from orgmodel.importing.report import RowAccount
from orgmodel.importing.rows.duplicates import RowLine, SharedId, folded_rows, notice_of, repeated, shared_ids
from orgmodel.importing.rows.posts import Posts
from orgmodel.importing.wording import listed
from orgmodel.lines import Bools, Ints
from orgmodel.wording import quoted

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

    ``renamed`` are the nodes whose id another node keeps: node -> the id in the file. ``lines`` are rows
    that name another manager of a node. ``shared_posts`` are the posts that several rows were merged into:
    row of the node -> the other rows. ``removed`` are rows in whose place their managers stand.
    """

    rows: Ints
    ids: Column
    renamed: dict[int, str] = field(default_factory=dict)
    lines: list[RowLine] = field(default_factory=list)
    shared_posts: dict[int, list[int]] = field(default_factory=dict)
    removed: list[int] = field(default_factory=list)
    merged: int = 0
    rejected: int = 0

    def leave_out(self, rows: Sequence[int]) -> None:
        """Make no nodes of some rows."""
        if rows:
            self.rows = self.rows[~np.isin(self.rows, rows)]

    def remove(self, rows: Sequence[int]) -> None:
        """Make no nodes of some rows, in whose place their managers stand; unless none would be left."""
        gone = np.intersect1d(rows, self.rows).tolist() if rows else []
        if 0 < len(gone) < len(self.rows):
            self.removed = gone
            self.rejected += len(gone)
            self.leave_out(gone)

    def node(self, row: int) -> int:
        """Return the node made of a row."""
        return int(np.searchsorted(self.rows, row))

    def of(self, column: Column) -> Column:
        """Return the cells of a column by node."""
        # The rows are in their order and different: as many as there are cells are all of them.
        return column if len(self.rows) == len(column) else column.of(self.rows)

    def meant_texts(self, column: Column, references: Column) -> dict[str, str]:
        """Return what rows that are no nodes mean: those they were merged into, or their managers."""
        if not (self.shared_posts or self.removed):
            return {}
        kept = self.of(column).place_of
        pairs = [(column[row], references[row]) for row in reversed(self.removed)]
        pairs += [(column[row], column[keeper]) for keeper, rows in self.shared_posts.items() for row in rows]
        meant = {text: other for text, other in pairs if text and text not in kept}
        return {text: _followed(text, meant) for text in meant}

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
        lines = sum(not line.merged for line in self.lines) + besides.lines
        rejected = self.rejected + besides.rejected
        own = len(self.rows) - besides.added
        return RowAccount(own + merged + lines + rejected, own, merged, lines, rejected)


def _followed(text: str, meant: Mapping[str, str]) -> str:
    """Return what a text means in the end; nothing if it comes round to itself."""
    seen = set()
    while text in meant:
        if text in seen:
            return ""
        seen.add(text)
        text = meant[text]
    return text


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
    names: Column,
    posts: Posts,
    notices: Findings,
) -> Nodes:
    """Return the nodes of a table; ``names`` are those of its rows.

    Two rows with one id are

    * one node, if they are equal in every cell (the second is *merged*),
    * one node with two managers, if only the manager differs (the second becomes a *line*): exports
      with matrix managers write it so. Not so for vacancies, which are often all numbered 0,
    * two nodes otherwise. One keeps the id, and with it whoever reports to it; the other is
      called ``id (2)``. The first row keeps it unless that would make a circle.

    Each of these is what is done unless the reader decides otherwise (`orgmodel.importing.rows.duplicates`).

    A row without id, name, title and unit, and a line under the table ("Total: 12") is
    *rejected*.
    """
    references = table.columns[managers.column] if managers else empty_column(len(table))
    texts = (names, posts.titles, posts.units)
    kept = _kept_rows(table, identity, texts, references, notices)
    nodes = Nodes(kept, empty_column(0), rejected=len(table) - len(kept))
    nodes.remove(posts.removed)
    if identity.values is None:
        nodes.ids = column_of([f"row {table.lines[row]}" for row in nodes.rows.tolist()])
        return nodes
    values = identity.values
    if len(nodes.of(values).texts) < len(nodes.rows):
        _fold_duplicates(table, identity, managers, posts.vacant, nodes, notices)
    nodes.ids = _unique_ids(table, values, nodes, posts.vacant, notices, references)
    return nodes


def _kept_rows(
    table: Table,
    identity: IdColumn,
    texts: Sequence[Column],
    references: Column,
    notices: Findings,
) -> Ints:
    told = [column.filled for column in (*texts, identity.values) if column is not None]
    says_nothing = ~np.logical_or.reduce(told)
    if says_nothing.all():  # then no row can be told by it
        says_nothing[:] = False
    rejected = says_nothing.copy()
    rejected[_footer(table, identity, references)] = True
    for row in np.flatnonzero(rejected).tolist():
        line = table.lines[row]
        reason = "it is a line under the table"
        if says_nothing[row]:
            reason = "it has neither an id nor a name, title or unit"
        options = {"leave out": "Leave the row out", "keep": "Make it a post of its own"}
        answer = notices.decisions.about("row_rejected", str(line), options, "leave out")
        rejected[row] = answer.option == "leave out"
        cells = [column[row] for column in table.columns if column[row]]
        held = f": {listed(cells)}." if cells else "."
        message = f"Row {line} was not made a node because {reason}{held}"
        if not rejected[row]:
            message = f"Row {line} was made a node although {reason}{held}"
        value = cells[0] if cells else None
        notices.append(Notice("row_rejected", "warning", message, line, None, value, answer.repairs))
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


# ---------------------------------------------------------------------- shared and missing ids


def _fold_duplicates(
    table: Table,
    identity: IdColumn,
    managers: ManagerColumn | None,
    vacant: Bools,
    nodes: Nodes,
    notices: Findings,
) -> None:
    """Take copies and rows that only name another manager out of ``nodes.rows``; they are recorded in it."""
    values = nodes.of(identity.values) if identity.values else empty_column(len(nodes.rows))
    rows_of = {value: nodes.rows[places].tolist() for value, places in repeated(values).items()}
    apart = managers.column if managers else None
    folded = folded_rows(table, rows_of, apart, vacant, notices, lines_allowed=identity.stated)
    nodes.merged += len(folded.copies)
    nodes.rejected += len(folded.rejected)
    nodes.lines += folded.lines
    nodes.leave_out(folded.gone)


def _leave_out_rows_without_id(table: Table, values: Column, nodes: Nodes, notices: Findings) -> None:
    """Leave out the rows without an id of which the reader wants no nodes."""
    without: list[int] = []
    if not values.filled[nodes.rows].any():
        return  # nothing would be left
    for row in nodes.rows[~values.filled[nodes.rows]].tolist():
        line = table.lines[row]
        answer = _about_missing_id(line, notices)
        if answer.option == "leave out":
            without.append(row)
            message = f"Row {line} has no id and was left out."
            notices.append(Notice("id_missing", "warning", message, line, repairs=answer.repairs))
    nodes.rejected += len(without)
    nodes.leave_out(without)


def _about_missing_id(line: int, notices: Findings) -> Answer:
    options = {"keep": f"Keep the row, under an id made of its number (row {line})"}
    options |= {"leave out": "Leave the row out"}
    return notices.decisions.about("id_missing", str(line), options, "keep")


def _unique_ids(
    table: Table, values: Column, nodes: Nodes, vacant: Bools, notices: Findings, references: Column
) -> Column:
    """Return one id per node, all different; what several rows share is decided and recorded on the way."""
    if nodes.of(values).is_unique:
        return nodes.of(values)
    _leave_out_rows_without_id(table, values, nodes, notices)
    shared = shared_ids(table, nodes.rows, nodes.of(values), nodes.of(references), notices)
    _merge_posts(shared, references, nodes)
    own = nodes.of(values)
    ids = own.cells
    names = FreeNames(ids.tolist())
    keepers = {one.value: one.keeper for one in shared}
    renamed: dict[str, list[str]] = {}
    for node in np.flatnonzero((own.counts > 1)[own.index] | ~own.filled).tolist():
        value = own[node]
        if not value:
            line = nodes.line(table, node)
            ids[node] = names.free(f"row {line}")
            message = f"Row {line} has no id; it was given {quoted(ids[node])}."
            repairs = _about_missing_id(line, notices).repairs
            notices.append(Notice("id_missing", "warning", message, line, repairs=repairs))
        elif keepers[value] != nodes.rows[node]:
            ids[node] = names.free(value)
            nodes.renamed[node] = value
            renamed.setdefault(value, []).append(ids[node])
    for one in shared:
        all_vacant = bool(vacant[list(one.rows)].all())
        notices.append(notice_of(table, one, renamed.get(one.value, []), vacant=all_vacant))
    return column_of(ids)


def _merge_posts(shared: Sequence[SharedId], references: Column, nodes: Nodes) -> None:
    """Take the rows that are one post with another one out of ``nodes.rows``; their managers stay."""
    for one in shared:
        if not one.merged:
            continue
        nodes.shared_posts[one.keeper] = one.others
        nodes.merged += len(one.others)
        managers = {references[one.keeper], one.value}
        for row in one.others:
            if (reference := references[row]) not in managers and not is_root_mark(reference):
                managers.add(reference)
                nodes.lines.append(RowLine(row, one.keeper, merged=True))
    nodes.leave_out([row for others in nodes.shared_posts.values() for row in others])
