"""Rows whose cells stand one column too far left or right: found by what columns hold, and moved back."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from orgmodel.importing.columns.manager_columns import ManagerColumn
from orgmodel.importing.columns.roles import Roles
from orgmodel.importing.files.cells import Column
from orgmodel.importing.files.tables import Table
from orgmodel.importing.managers.directory import is_root_mark
from orgmodel.importing.notices import Findings, Notice
from orgmodel.importing.rows.edited_rows import with_rows
from orgmodel.wording import quoted

#: What the cells of a column can be told by, the stricter first.
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        r"[^\s@]+@[^\s@]+",  # an e-mail address
        r"\d{1,4}([-./])\d{1,2}\1\d{1,4}([ T].*)?",  # a date
        r"\d+",
        r"[^\W\d_]{1,6}[-_ /.]?\d+",  # P-17
        r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        r"[-+£$€]?\s?\d[\d.,]*\s?[%€]?",  # an amount
    )
)
_SAMPLED_ROWS: Final = 1000
# A form is that of a column if it holds for so many cells at least, and this share of them.
_LEAST_CELLS: Final = 3
_MOST: Final = 0.8
_ROWS_AT_MOST: Final = 5000
_COLUMNS_AT_MOST: Final = 100
_TEXTS_LOOKED_THROUGH: Final = 20_000
# Ways to put a row right are as many as three times its cells, and each is judged cell by cell.
_CELLS_JUDGED: Final = 2_000_000
# Columns that must become right to speak of a shift, and to be sure without the ids or managers.
_LEAST_SIGNS: Final = 2
_SURE_SIGNS: Final = 3
_LONGEST_LIST: Final = 5000
_HALF: Final = 0.5
# What a last row that adds the others up begins with: its cells are few, but in their place.
_SUM: Final = re.compile(
    r"(grand |sub-?)?total\b.*|sum\b.*|summe\b.*|gesamt(summe)?|insgesamt|total général|totale|totaal|suma",
    re.IGNORECASE,
)
_UNNAMED: Final = re.compile(r"column \d+'*")
_FIT, _OPEN, _WRONG = "fit", "open", "wrong"


@dataclass(frozen=True)
class _Forms:
    """What tells for every column whether a cell belongs there: the columns that have a form.

    ``keys`` are the columns of ids and managers among them, ``target`` is what managers refer to,
    ``beyond`` are the columns that should be empty, and ``lists`` those of few words, in which a new word
    is nothing wrong.
    """

    fits: dict[int, Callable[[str], bool]]
    keys: frozenset[int]
    manager: int
    target: Column
    beyond: frozenset[int]
    lists: frozenset[int]

    def names_itself(self, row: int, cells: Sequence[str]) -> bool:
        """Return whether a row would have a manager who is found nowhere but in itself."""
        place = self.target.place_of.get(cells[self.manager], -1)
        return place >= 0 and self.target.counts[place] == 1 and self.target.first_rows[place] == row

    def state(self, place: int, cell: str) -> str:
        """Return whether a cell fits its column, is wrong there, or leaves it open."""
        if not cell or (place == self.manager and is_root_mark(cell)):
            return _OPEN
        if place in self.fits and self.fits[place](cell):
            return _FIT
        return _OPEN if place in self.lists else _WRONG

    def states(self, cells: Sequence[str]) -> dict[int, str]:
        """Return the state of the cells of every column that has a form, or should be empty."""
        return {place: self.state(place, cells[place]) for place in (*self.fits, *self.beyond)}


class _Way(NamedTuple):
    """A way in which a row may have come out of place: a sentence, where, and the row put right.

    ``likely`` says that a name is involved as it would be: cut at its comma, but not missing.
    """

    said: str
    place: int
    likely: bool
    cells: tuple[str, ...]


class _Move(NamedTuple):
    """A way that makes the row right: the columns that fit then, and how good it is beside others."""

    said: str
    cells: tuple[str, ...]
    fitting: frozenset[int]
    rank: tuple[int, ...]


def rows_in_place(table: Table, roles: Roles, managers: ManagerColumn | None, notices: Findings) -> Table:
    """Return the table with the rows moved back whose cells stand one column too far left or right.

    One cell is missing in such a row, an empty one is too many, or a text with the separator in it stands
    without quotation marks. The evidence are the columns that have a form: ids, managers (found in the
    file or not), e-mail addresses, dates, numbers. A row is taken as shifted if two of them become right by
    moving its cells and none becomes wrong, and moved if the ids or managers are among them, or three are. A
    column of few words (departments, grades) tells it as well.
    """
    if managers is None or not table.named or table.literal or len(table.columns) > _COLUMNS_AT_MOST:
        return table
    names = {place for role in ("name", "last", "first") for place in roles.get(role, [])}
    forms = _forms_of(table, roles, managers, names)
    moved: dict[int, tuple[str, ...]] = {}
    rows = rows_at_fault(table, roles, managers, forms.beyond)
    for row in rows[: _CELLS_JUDGED // len(table.columns) ** 2]:
        before = tuple(column[row] for column in table.columns)
        if _SUM.fullmatch(next(filter(None, before), "")):
            continue
        move = _best_move(table, row, before, forms, names)
        if move is not None and _is_moved(table, row, before, move, forms, notices):
            moved[row] = move.cells
    return _without_empty_columns(with_rows(table, moved), forms.beyond, notices) if moved else table


def rows_at_fault(
    table: Table, roles: Roles, managers: ManagerColumn, beyond: frozenset[int] | None = None
) -> list[int]:
    """Return the rows in which something does not fit: only these are looked at one by one.

    Rows without an id, with a manager who is not in the file or with none, with a cell beyond the header,
    with a headcount or an e-mail address that is none; the first so many.
    """
    references = table.columns[managers.column]
    places = managers.target.values.places_of(references.texts.tolist())
    fault = references.where(np.flatnonzero(places < 0))
    for place in beyond_header(table) if beyond is None else beyond:
        fault = fault | table.columns[place].filled
    for place in roles.get("id", [])[:1]:
        fault = fault | ~table.columns[place].filled
    for role, form in (("headcount", _FORMS[-1]), ("email", _FORMS[0])):
        for place in roles.get(role, [])[:1]:
            column, fits = table.columns[place], _test_of(form)
            if len(column.texts) <= _TEXTS_LOOKED_THROUGH:
                wrong = [bool(text) and not fits(text) for text in column.texts.tolist()]
                fault = fault | np.array(wrong, dtype=np.bool_)[column.index]
    return [int(row) for row in np.flatnonzero(fault)[:_ROWS_AT_MOST]]


def beyond_header(table: Table) -> frozenset[int]:
    """Return the last columns, for which the header has no name and nearly no row a cell."""
    beyond: list[int] = []
    for place in range(len(table.columns) - 1, -1, -1):
        few = table.columns[place].filled.sum() <= max(1, (1 - _MOST) * len(table))
        if not (few and _UNNAMED.fullmatch(table.header[place])):
            break
        beyond.append(place)
    return frozenset(beyond)


def _without_empty_columns(table: Table, places: frozenset[int], notices: Findings) -> Table:
    """Return the table without the last columns that hold nothing any more, nor what was said of them."""
    kept = len(table.columns)
    while kept - 1 in places and not table.columns[kept - 1].filled.any():
        kept -= 1
    gone = table.header[kept:]
    notices[:] = [one for one in notices if not (one.code == "unnamed_column" and one.column in gone)]
    return replace(table, header=table.header[:kept], columns=table.columns[:kept])


def _forms_of(table: Table, roles: Roles, managers: ManagerColumn, names: Collection[int]) -> _Forms:
    """Return the forms of the columns; names have none, even where a hundred people have the same."""
    beyond = beyond_header(table)
    known = managers.target.values.place_of
    fits: dict[int, Callable[[str], bool]] = {}
    lists: set[int] = set()
    for place, column in enumerate(table.columns):
        if place == managers.column or place in beyond or place in names:
            continue
        if form := _form(column):
            fits[place] = _test_of(form)
        elif words := _closed_list(column):
            fits[place] = words.__contains__
            lists.add(place)
    fits[managers.column] = lambda cell: cell in known
    keys = {managers.column, *roles.get("id", [])[:1]} & fits.keys()
    return _Forms(fits, frozenset(keys), managers.column, managers.target.values, beyond, frozenset(lists))


def _form(column: Column) -> re.Pattern[str] | None:
    """Return the form of nearly all cells of a column, if there is one."""
    cells = [cell for cell in column.texts[column.index[:_SAMPLED_ROWS]].tolist() if cell]
    least = max(_LEAST_CELLS, _MOST * len(cells))
    return next((form for form in _FORMS if sum(map(bool, map(form.fullmatch, cells))) >= least), None)


def _test_of(form: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda cell: form.fullmatch(cell) is not None


def _closed_list(column: Column) -> frozenset[str]:
    """Return the texts that come again, if most cells of a column are such: departments, grades, places."""
    again = (column.counts > 1) & (column.texts != "")
    if len(column.texts) > _LONGEST_LIST or column.counts[again].sum() < _HALF * column.filled.sum():
        return frozenset()
    return frozenset(column.texts[again].tolist())


# ---------------------------------------------------------------------- one row


def _best_move(
    table: Table, row: int, before: tuple[str, ...], forms: _Forms, names: Collection[int]
) -> _Move | None:
    """Return the way to move a row back that makes most columns right, if two at least."""
    if sum(state != _FIT for state in forms.states(before).values()) < _LEAST_SIGNS:
        return None  # before anything is tried
    ways = _ways(table, before, forms, names)
    moves = [move for way in ways if (move := _judged(table, row, before, way, forms)) is not None]
    return max(moves, key=lambda move: move.rank, default=None)


def _ways(table: Table, cells: tuple[str, ...], forms: _Forms, names: Collection[int]) -> Iterator[_Way]:
    """Yield the ways a row may have come out of place; ``names`` are the columns of names."""
    last = len(cells) - 1
    for place, cell in enumerate(cells):
        header = quoted(table.header[place])
        if not cells[last] and any(cells[place:]):
            said = f"lacks a cell, so the cells from {header} on stand one column too far to the left"
            yield _Way(said, place, place not in names, (*cells[:place], "", *cells[place:last]))
        if place == last or not any(cells[place + 1 :]):
            continue
        after = quoted(table.header[place + 1])
        if not cell:
            said = (
                f"has an empty cell too many, so the cells from {after} on stand one column too far to the "
                "right"
            )
            yield _Way(said, place, likely=True, cells=(*cells[:place], *cells[place + 1 :], ""))
        elif cells[place + 1] and table.separator and place not in forms.fits.keys() - forms.lists:
            whole = f"{cell}{table.separator} {cells[place + 1]}"
            said = f"has a cell too many, because {quoted(whole)} was cut at the {_name(table.separator)}"
            yield _Way(said, place, place in names, (*cells[:place], whole, *cells[place + 2 :], ""))


def _name(separator: str) -> str:
    names = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
    return names.get(separator, "separator")


def _judged(table: Table, row: int, before: tuple[str, ...], way: _Way, forms: _Forms) -> _Move | None:
    """Return a way to move a row back with its evidence; None if it makes something wrong."""
    cells = way.cells
    old, new = forms.states(before), forms.states(cells)
    changed = [one for one in old if before[one] != cells[one]]
    joined = before[way.place] and cells[way.place].startswith(before[way.place])
    if joined and way.place in forms.lists and way.place in changed:
        changed.remove(way.place)  # "Sales" is a word of the list, "Sales, North" a new one
    if any(new[one] == _WRONG or (old[one] == _FIT and new[one] == _OPEN) for one in changed):
        return None
    fitting = frozenset(one for one in changed if old[one] != _FIT and new[one] == _FIT)
    better = fitting | {one for one in changed if old[one] == _WRONG}
    if len(better) < _LEAST_SIGNS or not fitting or forms.names_itself(row, cells):
        return None
    familiar = _familiar(table, row, cells, new)
    if familiar < _familiar(table, row, before, old):
        return None
    return _Move(way.said, cells, fitting, (len(better), familiar, way.likely, way.place))


def _familiar(table: Table, row: int, cells: Sequence[str], states: Mapping[int, str]) -> int:
    """Return how many cells of a row another row has in the same column, where they are not wrong anyway."""
    number = 0
    for place, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
        text = column.place_of.get(cell, -1) if cell and states.get(place) != _WRONG else -1
        number += text >= 0 and int(column.counts[text]) > (column.index[row] == text)
    return number


def _is_moved(
    table: Table, row: int, before: tuple[str, ...], move: _Move, forms: _Forms, notices: Findings
) -> bool:
    """Return whether a row is to be moved back, and say so."""
    line = table.lines[row]
    options = {
        "shift": f"Move the cells of row {line} back by one column",
        "leave": f"Leave row {line} as it is",
    }
    sure = bool(forms.keys & move.fitting) or len(move.fitting) >= _SURE_SIGNS
    default = "shift" if sure else "leave"
    answer = notices.decisions.about("shifted_row", str(line), options, default, "shift")
    file, moved = _shown(table, before, move.cells), _shown(table, move.cells, before)
    if answer.option == "shift":
        done = f"It was put right: {moved}. In the file: {file}."
        _forget_long_row(line, notices)
    else:
        done = f"It was left as it is: {file}. Put right it would say: {moved}."
    message = f"Row {line} {move.said}. {done}"
    first = min(place for place, cell in enumerate(before) if cell != move.cells[place])
    header, value = table.header[first], before[first] or None
    notices.append(Notice("shifted_row", "warning", message, line, header, value, answer.repairs))
    return answer.option == "shift"


def _shown(table: Table, cells: Sequence[str], others: Sequence[str]) -> str:
    """Return the cells in which two versions of a row differ, each with its header."""
    return ", ".join(
        f"{header} {quoted(cell)}"
        for header, cell, other in zip(table.header, cells, others, strict=True)
        if cell != other and (cell or not _UNNAMED.fullmatch(header))
    )


def _forget_long_row(line: int, notices: Findings) -> None:
    """Take back what was said of the cells beyond the header: they are in their place now."""
    file = getattr(line, "file", None)
    notices[:] = [
        notice
        for notice in notices
        if not (notice.code == "long_row" and notice.row == line and notice.file == file)
    ]
