"""Rows that share an id: copies, rows that only name another manager, one post on several rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from orgmodel.importing.decisions import Repair
from orgmodel.importing.files.cells import Column
from orgmodel.importing.files.tables import Table
from orgmodel.importing.managers.directory import is_root_mark, primary_nodes
from orgmodel.importing.notices import Findings, Notice
from orgmodel.importing.wording import listed, numbered
from orgmodel.lines import Bools, Ints
from orgmodel.wording import quoted

_OTHER_KEEPERS: Final = 5
_ALL_VACANT: Final = "Vacancies are often all given one number, so each is a post of its own."
_JOB_SHARE: Final = (
    "If they are one post that several people share (a job share), merge them; if they are different posts, "
    "give each an id of its own."
)
_LINE_OPTIONS: Final[Mapping[str, str]] = {
    "line": "Draw a dotted line to the second manager, without authority",
    "shared": "Let both managers share the authority equally",
    "separate": "Keep both rows as posts of their own",
    "leave out": "Leave the row out, and its manager with it",
}


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row that only names another manager of the node made of row ``base``.

    ``shared`` says that this manager shares the authority; ``merged`` that the row counts as merged.
    """

    row: int
    base: int
    shared: bool = False
    merged: bool = False


@dataclass
class Folded:
    """What became of the rows that repeat others: copies (row -> the earlier row), lines, rows left out.

    ``apart`` are rows that repeat another one and are kept by choice.
    """

    copies: dict[int, int] = field(default_factory=dict)
    lines: list[RowLine] = field(default_factory=list)
    rejected: list[int] = field(default_factory=list)
    apart: set[int] = field(default_factory=set)

    @property
    def gone(self) -> list[int]:
        """The rows that are no nodes."""
        return [*self.copies, *(line.row for line in self.lines), *self.rejected]


@dataclass(frozen=True)
class SharedId:
    """An id of several rows: which row keeps it, and whether all of them are one post.

    ``default`` is the row that keeps it unless the reader decides otherwise; ``repairs`` are the choices.
    """

    value: str
    rows: tuple[int, ...]
    default: int
    keeper: int
    merged: bool
    repairs: tuple[Repair, ...]

    @property
    def others(self) -> list[int]:
        """The rows besides the keeper, which stands first in what the rows have in common."""
        return [row for row in self.rows if row != self.keeper]


def repeated(values: Column) -> dict[str, list[int]]:
    """Return the places of every text that occurs again."""
    places: dict[str, list[int]] = {}
    for place in np.flatnonzero((values.counts > 1)[values.index] & values.filled).tolist():
        places.setdefault(values[place], []).append(place)
    return places


def folded_rows(
    table: Table,
    rows_of: Mapping[str, Sequence[int]],
    apart: int | None,
    vacant: Bools,
    notices: Findings,
    *,
    lines_allowed: bool,
) -> Folded:
    """Return what becomes of the rows of every shared id that repeat an earlier one.

    ``apart`` is the column in which two rows may differ and still be one node: that of the managers.
    """
    folded = Folded()
    second: list[tuple[int, int]] = []
    for value, rows in rows_of.items():
        copies, lines = _copies_and_lines(table, rows, apart, lines_allowed=lines_allowed, vacant=vacant)
        for copy, row in copies.items():
            _fold_copy(table, copy, row, value, folded, notices)
        second += lines.items()
    for row, base in second:
        _fold_line(table, row, base, table.columns[apart or 0][row], folded, notices)
    return folded


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


def _fold_copy(table: Table, copy: int, row: int, value: str, folded: Folded, notices: Findings) -> None:
    line, first = table.lines[copy], table.lines[row]
    options = {"merge": f"Merge row {line} into row {first}", "keep": "Keep both rows as posts of their own"}
    answer = notices.decisions.about("duplicate_row", str(line), options, "merge")
    said = f"Row {line} repeats row {first} ({quoted(value)}) in every cell"
    if answer.option == "merge":
        folded.copies[copy] = row
        message = f"{said} and was merged into it."
    else:
        folded.apart.add(copy)
        message = f"{said}; both are kept as posts of their own."
    notices.append(Notice("duplicate_row", "info", message, line, None, value, answer.repairs))


def _fold_line(table: Table, row: int, base: int, manager: str, folded: Folded, notices: Findings) -> None:
    line = table.lines[row]
    answer = notices.decisions.about("duplicate_line", str(line), _LINE_OPTIONS, "line")
    said = f"Row {line} repeats row {table.lines[base]} but for the manager"
    if answer.option == "separate":
        folded.apart.add(row)
        message = f"{said}; both are kept as posts of their own."
    elif answer.option == "leave out":
        folded.rejected.append(row)
        message = f"{said} and was left out, and with it the line to {quoted(manager)}."
    else:
        shared = answer.option == "shared"
        folded.lines.append(RowLine(row, base, shared=shared))
        how = "who shares the authority equally" if shared else "(dotted line, without authority)"
        message = f"{said}; its manager {quoted(manager)} was taken as a further one {how}."
    notices.append(Notice("duplicate_line", "warning", message, line, None, manager or None, answer.repairs))


# ---------------------------------------------------------------------- different rows of one id


def shared_ids(
    table: Table, rows: Ints, values: Column, references: Column, notices: Findings
) -> list[SharedId]:
    """Return the ids that several of some rows share, and what is decided about them.

    ``values`` and ``references`` are the ids and managers of these rows. The first row keeps the id
    unless that would make a circle (`primary_nodes` in `orgmodel.importing.managers.directory`), and with
    it whoever reports to it.
    """
    places_of = repeated(values)
    if not places_of:
        return []
    primary = primary_nodes(values.cells.tolist(), references.cells.tolist())
    return [
        _decided(table, value, [int(rows[other]) for other in places_of[value]], int(rows[place]), notices)
        for value, place in primary.items()
    ]


def _decided(table: Table, value: str, rows: Sequence[int], default: int, notices: Findings) -> SharedId:
    line_of = {row: table.lines[row] for row in rows}
    others = [row for row in rows if row != default]
    options = {"apart": f"Keep all rows; row {line_of[default]} keeps the id {quoted(value)}"}
    options |= {
        f"keeper {line_of[row]}": f"Keep all rows; row {line_of[row]} keeps the id {quoted(value)}"
        for row in others[:_OTHER_KEEPERS]
    }
    options["merge"] = f"Merge the {len(rows)} rows into one post (a job share)"
    answer = notices.decisions.about("duplicate_id", value, options, "apart")
    keeper = next((row for row in others if answer.option == f"keeper {line_of[row]}"), default)
    return SharedId(value, tuple(rows), default, keeper, answer.option == "merge", answer.repairs)


def notice_of(table: Table, shared: SharedId, new_ids: Sequence[str], *, vacant: bool) -> Notice:
    """Return the notice about a shared id; ``new_ids`` are those of the rows that do not keep it."""
    lines = [table.lines[row] for row in shared.rows]
    keeper = table.lines[shared.keeper]
    differ = len({tuple(column[row] for column in table.columns) for row in shared.rows}) > 1
    message = (
        f"{quoted(shared.value)} stands for {len(lines)} {'different ' * differ}rows ({numbered(lines)})."
    )
    if shared.merged:
        message += f" They were merged into row {keeper} as one post that several people share."
    else:
        why = ""
        if shared.keeper == shared.default != shared.rows[0]:
            why = ", because with another row the managers would run in a circle"
        others = "the other is" if len(new_ids) == 1 else "the others are"
        message += (
            f" All are kept: row {keeper} keeps the id and whoever reports to it{why}; {others} now "
            f"{listed(new_ids)}. "
        )
        message += _ALL_VACANT if vacant else _JOB_SHARE
    return Notice("duplicate_id", "warning", message, lines[0], None, shared.value, shared.repairs)
