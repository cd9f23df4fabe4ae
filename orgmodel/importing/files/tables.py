"""Rows of cells -> a table: where the header is, which lines and columns are none of the data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # has no types of its own
import pyarrow.compute as pc  # type: ignore[import-untyped]

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.columns.headers import LEAST_KNOWN_HEADERS, LONGEST_HEADER, SEARCHED_ROWS, role_of
from orgmodel.importing.files.cells import Column, Rows, rows_of
from orgmodel.importing.limits import DEFAULT_LIMITS, Limits
from orgmodel.importing.notices import Notice
from orgmodel.importing.own_format import OWN_COLUMNS, is_own_header, restored
from orgmodel.importing.wording import listed, numbered
from orgmodel.wording import counted, quoted

_COMPARED_ROWS: Final = 1000
_CELLS_AT_ONCE: Final = 1 << 20
# Of the rows that have the most frequent number of cells; text below it under an unknown header is no table.
_EVEN_ROWS: Final = 0.5
# Of the cells of the fullest row near the top: what a header must fill, without a known word or with one.
_FULL_ROW: Final = 0.8
_HALF_ROW: Final = 0.5
#: Numbers, dates, e-mail and web addresses: what a header does not consist of.
_NO_WORD: Final = re.compile(r"[\d\s.,:/+-]*\d[\d\s.,:/+-]*|[^\n]*@[^\n]*|https?://[^\n]*")


@dataclass(frozen=True, slots=True)
class RowsBesides:
    """Rows that are in no table of nodes: those that became lines, repeat another one, or were not used.

    ``added`` counts the other way round: the last rows of the table that are in no file, nodes that are only
    named, by an edge or on a path.
    """

    merged: int = 0
    lines: int = 0
    rejected: int = 0
    added: int = 0


NO_ROWS_BESIDES: Final = RowsBesides()


@dataclass(frozen=True)
class Table:
    """A table of text, column by column.

    Attributes
    ----------
    header
        One name per column, all different.
    lines
        Of every row of data: the line of the file it starts on.
    named
        False if the file has no header; then the names are positions.
    literal
        True for our own format, whose cells are taken as they stand.
    name
        Of the file, or of the sheet in it.
    besides
        Rows of other tables that were folded into this one (`orgmodel.importing.joining.joined`).

    """

    header: tuple[str, ...]
    columns: list[Column]
    lines: Sequence[int]
    named: bool = True
    literal: bool = False
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    name: str = ""
    besides: RowsBesides = NO_ROWS_BESIDES

    def __len__(self) -> int:
        """Return the number of rows of data."""
        return len(self.lines)


def with_besides(
    table: Table, *, merged: int = 0, lines: int = 0, rejected: int = 0, added: int = 0
) -> Table:
    """Return the table with more rows besides."""
    known = table.besides
    besides = RowsBesides(
        known.merged + merged, known.lines + lines, known.rejected + rejected, known.added + added
    )
    return replace(table, besides=besides)


def table_of(rows: Rows, notices: list[Notice], limits: Limits = DEFAULT_LIMITS) -> Table:
    """Return the table in the rows of a file, among which the header is looked for.

    Raises
    ------
    UnreadableFileError
        There is none. The message is the end of a sentence that begins with the file's name.

    """
    _check_rows(rows, notices, limits)
    top = rows.of(range(min(len(rows), SEARCHED_ROWS + _COMPARED_ROWS)))
    own = is_own_header(top[0])
    header, start = (top[0], 1) if own else _header(top, rows.lines, notices)
    rows = rows.below(start)
    if not len(rows):
        raise UnreadableFileError("has a header but no rows below it.")
    _check_number(rows, limits)
    if own:
        return _literal_table(header, rows)
    if not _is_table(header, rows):
        raise UnreadableFileError(
            "does not contain a table of people or units. The first row should name the columns, for "
            "example: id, name, title, manager_id."
        )
    if header and _has_row_names(header, rows):
        header = ["", *header]
    _notice_uneven_rows(header, rows, notices)
    columns = [column.mapped(str.strip) for column in _columns(rows, len(header))]
    names = [*(cell.strip() for cell in header), *[""] * (len(columns) - len(header))]
    table = _table(names, columns, rows, named=start > 0)
    return _with_named_columns(table, notices)


def table_of_records(
    records: Sequence[Mapping[str, str]], what: str, notices: list[Notice], limits: Limits = DEFAULT_LIMITS
) -> Table:
    """Return the table of records, whose keys are its header.

    ``what`` says how many of what these are, with ``{rows}`` and ``{columns}``, where they are too many.
    """
    header = list(dict.fromkeys(key for record in records for key in record))
    if len(header) > limits.columns or len(header) * len(records) > limits.cells:
        size = what.format(rows=len(records), columns=len(header))
        raise UnreadableFileError(
            f"has {size}, which is more than is read: {limits.columns:,} columns, {limits.cells:,} cells in "
            "all."
        )
    rows = rows_of([record.get(key, "") for key in header] for record in records)
    _check_rows(rows, notices, limits)
    _check_number(rows, limits)
    columns = [column.mapped(str.strip) for column in _columns(rows, len(header))]
    return _with_named_columns(_table([name.strip() for name in header], columns, rows), notices)


def literal_table(
    header: Sequence[str], rows: Rows, notices: list[Notice], limits: Limits = DEFAULT_LIMITS
) -> Table:
    """Return the table of our own format: its columns, then the further ones, nothing trimmed."""
    _check_rows(rows, notices, limits)
    _check_number(rows, limits)
    return _literal_table(header, rows)


def _has_row_names(header: Sequence[str], rows: Rows) -> bool:
    """Return whether every row starts with its number, for which the header has no word: R writes so."""
    return bool((rows.width == len(header) + 1).all()) and _counts_rows(rows.column(0))


def _literal_table(header: Sequence[str], rows: Rows) -> Table:
    header = [restored(cell) for cell in header]
    columns = _columns(rows, len(header))
    own = len(OWN_COLUMNS)
    # Further columns are restored with their attributes, where an empty cell differs from an empty text.
    columns[:own] = [column.mapped(restored) for column in columns[:own]]
    header += [f"column {place + 1}" for place in range(len(header), len(columns))]
    return _table(header, columns, rows, literal=True)


def _table(
    header: Sequence[str], columns: list[Column], rows: Rows, *, named: bool = True, literal: bool = False
) -> Table:
    return Table(
        tuple(header), columns, rows.lines, named, literal, rows.encoding, rows.separator, rows.sheet
    )


def _check_rows(rows: Rows, notices: list[Notice], limits: Limits) -> None:
    if not len(rows):
        raise UnreadableFileError("has no rows.")
    if rows.blank_lines:
        message = f"{counted(len(rows.blank_lines), 'empty row')} left out."
        notices.append(Notice("blank_rows", "info", message, rows.blank_lines[0]))
    _check_size(rows, limits)


def _check_number(rows: Rows, limits: Limits) -> None:
    if len(rows) > limits.rows:
        raise UnreadableFileError(
            f"has {len(rows):,} rows, which is more than is read: {limits.rows:,}. Leave out what the chart "
            "does not need, or read a part of the company."
        )


def _check_size(rows: Rows, limits: Limits) -> None:
    """Refuse what would not fit the memory: one row of a million cells makes all rows as long."""
    widest = int(rows.width.argmax())
    width = int(rows.width[widest])
    if width > limits.columns or width * len(rows) > limits.cells:
        raise UnreadableFileError(
            f"has {width:,} cells in row {rows.lines[widest]} and {counted(len(rows), 'row')}, which "
            f"is more than is read: {limits.columns:,} columns, {limits.cells:,} cells in all."
        )
    place, characters = _longest_cell(rows.cells)
    if characters > limits.cell_characters:
        row = int(np.searchsorted(rows.start, place, side="right")) - 1
        raise UnreadableFileError(
            f"has a cell of {characters:,} characters in row {rows.lines[row]}, which is more than is read: "
            f"{limits.cell_characters:,}. Leave out pictures and documents kept as text."
        )


def _longest_cell(cells: pa.Array) -> tuple[int, int]:
    """Return the place of the longest cell and its characters; a part at a time, to hold few lengths."""
    longest, found = -1, 0
    for start in range(0, len(cells), _CELLS_AT_ONCE):
        part = cells.slice(start, _CELLS_AT_ONCE)
        # No text has more characters than bytes, and the bytes need no counting.
        if pc.max(pc.binary_length(part)).as_py() > longest:
            lengths = pc.utf8_length(part).to_numpy()
            if lengths.max() > longest:
                longest, found = int(lengths.max()), start + int(lengths.argmax())
    return found, longest


def _columns(rows: Rows, width: int) -> list[Column]:
    """Return rows as columns; the missing cells of short rows are empty."""
    return [rows.column(place) for place in range(max(width, int(rows.width.max())))]


# ---------------------------------------------------------------------- header


def _header(top: list[list[str]], lines: Sequence[int], notices: list[Notice]) -> tuple[list[str], int]:
    """Return the header and the row at which the data start: 0 if there is no header."""
    place = _place_of_header(top)
    if place is None:
        message = (
            "The first line is already data, so what the columns hold was told from their cells. A first "
            "line with the names of the columns (id, name, title, manager_id) makes that certain."
        )
        notices.append(Notice("no_header", "warning", message, lines[0]))
        return [], 0
    if place:
        above = [" ".join(filter(None, row)) for row in top[:place]]
        message = f"{counted(place, 'line')} above the header not read as data: {listed(above)}."
        notices.append(Notice("lines_above_header", "info", message, lines[0], None, above[0]))
    header, start = top[place], place + 1
    if start < len(top) and _repeats(header, top[start]):
        message = f"A second header line was left out: {quoted(', '.join(top[start]))}."
        notices.append(Notice("second_header", "info", message, lines[start]))
        start += 1
    return header, start


def _place_of_header(cells: list[list[str]]) -> int | None:
    """Return the row of the header: the first with about as many known words as any, else one of words.

    Where columns have no name, the row below is fuller: then one known word tells the header.
    """
    top = cells[:SEARCHED_ROWS]
    filled = [sum(bool(cell.strip()) for cell in row) for row in top]
    known = [len({role for cell in row if (role := role_of(cell))}) for row in top]
    least = max(LEAST_KNOWN_HEADERS, max(known) / 2)
    if max(known) >= LEAST_KNOWN_HEADERS or max(filled) == 1:
        least = min(least, max(known)) or 1
        place = next((place for place, number in enumerate(known) if number >= least), None)
        # Two full rows above are no titles: then a row of data happens to look like a header.
        if place is not None and sum(number >= filled[place] for number in filled[:place]) < 2:  # noqa: PLR2004
            return place
    shares = [_HALF_ROW if number else _FULL_ROW for number in known]
    place = next(place for place, share in enumerate(shares) if filled[place] >= share * max(filled))
    return place if _consists_of_words(cells, place) else None


def _consists_of_words(cells: list[list[str]], place: int) -> bool:
    """Return whether a row may be a header: no word is a number or comes again; a single one is known."""
    words = [cell.strip() for cell in cells[place] if cell.strip()]
    if len(set(words)) < len(words) or max(map(len, words)) > LONGEST_HEADER:
        return False
    if any(_NO_WORD.fullmatch(word) for word in words):
        return False
    below = {cell.strip() for row in islice(cells, place + 1, place + _COMPARED_ROWS) for cell in row}
    return (len(words) > 1 or role_of(words[0]) is not None) and below.isdisjoint(words)


def _repeats(header: Sequence[str], row: Sequence[str]) -> bool:
    """Return whether a row says the same as the header in other words, as SAP's second header does."""
    roles = [role_of(cell) for cell in header]
    same = sum(role is not None and role == role_of(cell) for role, cell in zip(roles, row, strict=False))
    return same >= LEAST_KNOWN_HEADERS and same >= sum(role is not None for role in roles) / 2


def _is_table(header: Sequence[str], rows: Rows) -> bool:
    if any(role_of(cell) for cell in header):
        return True
    width, count = Counter(rows.width.tolist()).most_common(1)[0]
    return width > 1 and count >= _EVEN_ROWS * len(rows)


# ---------------------------------------------------------------------- uneven rows, unnamed columns


def _notice_uneven_rows(header: Sequence[str], rows: Rows, notices: list[Notice]) -> None:
    width = len(header)
    if not width:
        return
    short = [rows.lines[place] for place in np.flatnonzero(rows.width < width).tolist()]
    if short:
        message = (
            f"{counted(len(short), 'row')} with fewer cells than the header ({numbered(short)}); the missing "
            "ones are taken as empty."
        )
        notices.append(Notice("short_row", "info", message, short[0]))
    long = np.flatnonzero(rows.width > width).tolist()
    for place, cells in zip(long, rows.of(long), strict=True):
        if extra := [cell for cell in cells[width:] if cell.strip()]:
            message = (
                f"Row {rows.lines[place]} has {len(cells)} cells, but the header names {width} columns; "
                "perhaps a cell contains a separator. The last cells were kept without a name: "
                f"{listed(extra)}."
            )
            notices.append(Notice("long_row", "warning", message, rows.lines[place], None, extra[0]))


def _with_named_columns(table: Table, notices: list[Notice]) -> Table:
    """Return the table with a name for every column, without empty unnamed ones and row numbers."""
    header: list[str] = []
    columns: list[Column] = []
    taken = Counter(table.header)
    seen: set[str] = set()
    for place, (name, column) in enumerate(zip(table.header, table.columns, strict=True), start=1):
        if not name and not any(column.texts):
            continue
        if not name and table.named and _counts_rows(column):
            message = f"Column {place} has no name and only counts the rows; it was left out."
            notices.append(Notice("index_column", "info", message))
            continue
        first = bool(name) and name not in seen
        seen.add(name)
        unique = name if first else _free_name(name or "column", place, taken)
        if not name and table.named:
            message = f"Column {place} has no name; it was kept as {quoted(unique)}."
            notices.append(Notice("unnamed_column", "info", message, column=unique))
        elif name and unique != name:
            message = f"Two columns are called {quoted(name)}; the second was kept as {quoted(unique)}."
            notices.append(Notice("renamed_column", "info", message, column=unique))
        header.append(unique)
        columns.append(column)
    return replace(table, header=tuple(header), columns=columns)


def _counts_rows(column: Column) -> bool:
    """Return whether the cells are 0, 1, 2 ... or 1, 2, 3 ..."""
    if not column.is_unique or column[0] not in {"0", "1"}:
        return False
    counts = map(str, range(int(column[0]), len(column) + 1))
    return all(text == count for text, count in zip(column.texts, counts, strict=False))


def _free_name(name: str, place: int, taken: Counter[str]) -> str:
    unique = f"{name} {place}" if name == "column" else f"{name} (column {place})"
    while taken[unique]:
        unique += "'"
    taken[unique] += 1
    return unique
