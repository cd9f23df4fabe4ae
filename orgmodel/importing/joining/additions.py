"""Columns and rows that are added to a table: what other tables say, and nodes that are only named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, overload

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # has no types of its own
import pyarrow.compute as pc  # type: ignore[import-untyped]

from orgmodel.importing.columns.roles import Roles
from orgmodel.importing.files.cells import Column, column_of, empty_column
from orgmodel.importing.files.tables import Table, with_besides
from orgmodel.importing.managers.directory import folded, unzeroed
from orgmodel.importing.wording import FileLine
from orgmodel.lines import Ints, Texts

_PLACEHOLDER: Final = "placeholder"
_TEXT: Final = pa.large_string()


class LinesOfFiles(Sequence[int]):
    """The lines of several files one after the other, each of which knows its file."""

    def __init__(self, parts: Sequence[tuple[Sequence[int], str]]) -> None:
        """Take the lines of every file and its name; without a name they stay plain numbers."""
        self._parts = [(lines, name) for lines, name in parts if len(lines)]
        self._ends = np.cumsum([len(lines) for lines, _name in self._parts])

    def __len__(self) -> int:
        """Return the number of rows."""
        return int(self._ends[-1]) if len(self._ends) else 0

    @overload
    def __getitem__(self, row: int) -> int: ...
    @overload
    def __getitem__(self, row: slice) -> list[int]: ...
    def __getitem__(self, row: int | slice) -> int | list[int]:
        """Return the line of a row, or those of several."""
        if isinstance(row, slice):
            return [self[one] for one in range(*row.indices(len(self)))]
        row = row + len(self) if row < 0 else row
        if not 0 <= row < len(self):
            raise IndexError(row)
        part = int(np.searchsorted(self._ends, row, side="right"))
        lines, name = self._parts[part]
        line = lines[row - (int(self._ends[part - 1]) if part else 0)]
        return line if not name or isinstance(line, FileLine) else FileLine.of(line, name)


def with_column(table: Table, header: str, column: Column, of: str = "") -> tuple[Table, int]:
    """Return the table with one more column and its position.

    Where its name is taken it is told apart by ``of``, what it comes from.
    """
    name = header
    if name in table.header and of:
        name = f"{header} ({of})"
    while name in table.header:
        name += "'"
    return replace(table, header=(*table.header, name), columns=[*table.columns, column]), len(table.columns)


def _with_further_rows(table: Table, columns: Mapping[int, Column], lines: Sequence[int]) -> Table:
    """Return the table with further rows; the columns that are not given are empty in them."""
    nothing = empty_column(len(lines))
    return replace(
        table,
        columns=[
            chained([column, columns.get(place, nothing)]) for place, column in enumerate(table.columns)
        ],
        lines=LinesOfFiles([(table.lines, ""), (lines, "")]),
    )


def with_named(
    table: Table,
    roles: Roles,
    cells: Mapping[int, Sequence[str]],
    lines: Sequence[int],
    status: str = _PLACEHOLDER,
) -> Table:
    """Return the table with nodes that are only named: nobody is known to hold them.

    They count no people and have the status of a placeholder unless something else is said. ``lines`` say
    where each is named first.
    """
    if not len(lines):
        return table
    given = {place: column_of(list(texts)) for place, texts in cells.items()}
    for role, text in (("headcount", "0"), ("status", status)):
        place = next(iter(roles.get(role, [])), None)
        if place is None and not text:
            continue
        if place is None:
            table, place = with_column(table, role, empty_column(len(table)))
            roles[role] = [place]
        given.setdefault(place, column_of([text] * len(lines)))
    return with_besides(_with_further_rows(table, given, lines), added=len(lines))


def line_of(table: Table, row: int) -> int:
    """Return the line of a row; it knows its file."""
    line = table.lines[row]
    return line if not table.name or isinstance(line, FileLine) else FileLine.of(line, table.name)


def chained(columns: Sequence[Column]) -> Column:
    """Return the cells of several columns, one below the other."""
    filled = [column for column in columns if len(column)]
    if len(filled) == 1:
        return filled[0]
    texts = column_of(np.concatenate([column.texts for column in filled]) if filled else [])
    start = np.cumsum([0, *(len(column.texts) for column in filled)])
    index = [texts.index[column.index + first] for column, first in zip(filled, start, strict=False)]
    return Column(texts.texts, np.concatenate(index) if index else np.empty(0, dtype=np.int64))


def found_rows(texts: Sequence[str] | Texts, target: Column, *, exactly: bool = False) -> Ints:
    """Return the first row in which each text is found, -1 where it is not; an empty text is not looked for.

    If less than half is found as written, case, accents and leading zeros do not count (unless all is to
    be exact), but where two texts of the target are the same without them.
    """
    asked = pa.array(texts, _TEXT)
    found = pc.index_in(asked, value_set=pa.array(target.texts, _TEXT)).fill_null(-1)
    places: Ints = found.to_numpy(zero_copy_only=False).astype(np.int64)
    filled = pc.not_equal(asked, "").to_numpy(zero_copy_only=False)
    places[~filled] = -1
    if not exactly and 2 * np.count_nonzero(places >= 0) < np.count_nonzero(filled):
        loosely = _loosely(target)
        missing = np.flatnonzero(filled & (places < 0))
        keys = (unzeroed(folded(asked[row].as_py())) for row in missing.tolist())
        places[missing] = [loosely.get(key, -1) for key in keys]
    if not len(target.texts):
        return places
    return np.where(places >= 0, target.first_rows[places], -1)


def _loosely(target: Column) -> dict[str, int]:
    """Return the place of every text without case, accents and leading zeros; -1 if two are alike."""
    places: dict[str, int] = {}
    for place, text in enumerate(target.texts.tolist()):
        key = unzeroed(folded(text))
        places[key] = -1 if key in places or not key else place
    return places
