"""Cells of text in bulk: the rows of a file, and its columns as their different texts.

Most cells of a chart repeat others: a million people have a hundred titles, and every manager is named by
eight reports. So a column is held as its different texts and, per row, the position of its text: what is
asked of a cell is asked once of every different text, and the rest is arithmetic on whole columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice
from operator import itemgetter
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]  # has no types of its own
import pyarrow.compute as pc  # type: ignore[import-untyped]

from orgmodel.lines import Bools, Ints, Texts

# Few enough that the texts of a batch stay in the processor's cache until they are copied together.
_ROWS_AT_ONCE: Final = 256
_TEXT: Final = pa.large_string()


class Column:
    """The cells of one column.

    Attributes
    ----------
    texts : array of str
        The different texts, each of them in some row, in the order of their first rows.
    index : array of int
        Per row the position of its text.

    """

    def __init__(self, texts: Texts, index: Ints) -> None:
        """Take different texts in the order of their first rows; `column_of` finds them."""
        self.texts = texts
        self.index = index
        self._alike: dict[str, Ints] = {}  # positions of the texts that match a pattern

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.index)

    def __getitem__(self, row: int) -> str:
        """Return the cell of a row."""
        return str(self.texts[self.index[row]])

    def __iter__(self) -> Iterator[str]:
        """Go through the cells, row by row."""
        return iter(self.cells.tolist())

    @property
    def cells(self) -> Texts:
        """The cell of every row; equal cells are one object."""
        return self.texts[self.index]

    @property
    def values(self) -> Texts:
        """The cell of every row, None where it is empty."""
        texts = self.texts.copy()
        texts[texts == ""] = None
        return texts[self.index]

    @cached_property
    def filled(self) -> Bools:
        """Per row whether there is any text."""
        return self.texts.astype(np.bool_)[self.index]

    @cached_property
    def counts(self) -> Ints:
        """Per text the number of its rows."""
        return np.bincount(self.index, minlength=len(self.texts))

    @cached_property
    def first_rows(self) -> Ints:
        """Per text the first of its rows."""
        return _first_rows(self.index, len(self.texts))

    @cached_property
    def place_of(self) -> dict[str, int]:
        """Position of every text."""
        return dict(zip(self.texts.tolist(), range(len(self.texts)), strict=True))

    @property
    def is_unique(self) -> bool:
        """Whether every row has a cell of its own."""
        return len(self.texts) == len(self) and all(self.texts)

    def places_of(self, texts: Iterable[str]) -> Ints:
        """Return the positions of some texts, -1 for one that is in no row."""
        return np.array([self.place_of.get(text, -1) for text in texts], dtype=np.int64)

    def places(self, holds: Callable[[str], object], like: str = "") -> Ints:
        """Return the positions of the texts of which something holds.

        ``like`` is a regular expression (for RE2, which goes through a million texts in no time): what does
        not match it is not asked.
        """
        asked = self._like(like) if like else np.arange(len(self.texts))
        return asked[[bool(holds(text)) for text in self.texts[asked].tolist()]]

    def _like(self, pattern: str) -> Ints:
        if pattern not in self._alike:
            matches = pc.match_substring_regex(pa.array(self.texts, _TEXT), pattern)
            self._alike[pattern] = np.flatnonzero(matches.to_numpy(zero_copy_only=False))
        return self._alike[pattern]

    def where(self, places: Ints) -> Bools:
        """Return per row whether its text has one of these positions."""
        chosen = np.zeros(len(self.texts), dtype=np.bool_)
        chosen[places] = True
        return chosen[self.index]

    def of(self, rows: Ints) -> Column:
        """Return the cells of some rows."""
        return _compact(self.texts, self.index[rows])

    def mapped(self, function: Callable[[str], str]) -> Column:
        """Return what a function makes of every cell."""
        texts = self.texts.tolist()
        new = list(map(function, texts))
        if new == texts:
            return self
        different = column_of(new)
        return Column(different.texts, different.index[self.index])

    def replaced(self, rows: Bools, text: str) -> Column:
        """Return the column with another text in some rows."""
        if not rows.any():
            return self
        known = np.flatnonzero(self.texts == text)
        place = int(known[0]) if len(known) else len(self.texts)
        return _compact(np.append(self.texts, [text]), np.where(rows, place, self.index))


def release_memory() -> None:
    """Return to the system what pyarrow has freed and would keep: as much as the file is large."""
    pa.default_memory_pool().release_unused()


def column_of(cells: Sequence[str] | Texts) -> Column:
    """Return cells as a column.

    >>> column = column_of(["b", "", "b", "a"])
    >>> column.texts.tolist(), column.index.tolist()
    (['b', '', 'a'], [0, 1, 0, 2])
    """
    return _column_of(pa.array(cells, _TEXT))


def empty_column(size: int) -> Column:
    """Return a column without any text."""
    return column_of([""] * size)


def combined(function: Callable[..., str], columns: Sequence[Column]) -> Column:
    """Return what a function makes of the cells of each row, asked once for cells that occur together.

    >>> list(combined("{} {}".format, [column_of(["a", "b"]), column_of(["c", "c"])]))
    ['a c', 'b c']
    """
    index = columns[0].index
    for column in columns[1:]:
        index = pd.factorize(index * len(column.texts) + column.index)[0].astype(np.int64)
    rows = _first_rows(index, int(index.max(initial=-1)) + 1)
    made = column_of([function(*cells) for cells in zip(*(one.cells[rows] for one in columns), strict=True)])
    return Column(made.texts, made.index[index])


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of a file that are not empty, before any is known to be a header.

    Attributes
    ----------
    cells : pyarrow array of str
        All cells, row after row, then an empty one: what short rows lack.
    start, width : array of int
        Per row the position of its first cell, and the number of its cells.
    lines
        Per row the line of the file it starts on, 1 = first line.
    blank_lines
        The lines of empty rows that have others below them.
    widest
        Cells of the longest row, the empty ones included.

    """

    cells: pa.Array
    start: Ints
    width: Ints
    lines: Sequence[int]
    blank_lines: Sequence[int]
    widest: int
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.width)

    def of(self, places: Sequence[int]) -> list[list[str]]:
        """Return some rows as they are, the short ones short."""
        chosen = np.array(places, dtype=np.int64)
        start, width = self.start[chosen], self.width[chosen]
        before = np.cumsum(width) - width
        cells = np.repeat(start - before, width) + np.arange(width.sum())
        texts = iter(self.cells.take(pa.array(cells)).to_pylist())
        return [list(islice(texts, number)) for number in width.tolist()]

    def below(self, row: int) -> Rows:
        """Return the rows from one on."""
        return replace(self, start=self.start[row:], width=self.width[row:], lines=self.lines[row:])

    def column(self, place: int) -> Column:
        """Return a column; rows that are too short have an empty cell."""
        nothing = len(self.cells) - 1
        cells = np.where(self.width > place, self.start + place, nothing)
        return _column_of(self.cells.take(pa.array(cells)))


def _counted(number: int) -> Sequence[int]:
    return range(1, number + 1)


def rows_of(source: Iterable[Sequence[str]], lines_of: Callable[[int], Sequence[int]] = _counted) -> Rows:
    """Return rows from a reader; one is empty if all of its cells are blank.

    ``lines_of`` is asked at the end for the lines on which so many rows, the empty ones included, start;
    unless something else is said every row is a line.
    """
    rows = iter(source)
    cells: list[pa.Array] = []
    width: list[int] = []
    empty: list[int] = []
    widest = 0
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        widest = max(widest, *map(len, batch))
        # Nearly always the first cell says it.
        if not (all(batch) and all(map(str.strip, map(itemgetter(0), batch)))):
            filled = [any(map(str.strip, row)) for row in batch]
            before = len(width) + len(empty)
            empty += [before + place for place, is_filled in enumerate(filled) if not is_filled]
            batch = [row for row, is_filled in zip(batch, filled, strict=True) if is_filled]
        width += map(len, batch)
        cells.append(pa.array(list(chain.from_iterable(batch)), _TEXT))
    cells.append(pa.array([""], _TEXT))
    widths = np.array(width, dtype=np.int64)
    lines = lines_of(len(width) + len(empty))
    blank: list[int] = []
    if empty:
        full = np.delete(np.arange(len(lines)), empty).tolist()
        last = full[-1] if full else 0
        blank = [lines[place] for place in empty if place < last]
        lines = [lines[place] for place in full]
    return Rows(pa.concat_arrays(cells), np.cumsum(widths) - widths, widths, lines, blank, widest)


def _first_rows(index: Ints, size: int) -> Ints:
    first = np.empty(size, dtype=np.int64)
    first[index[::-1]] = np.arange(len(index) - 1, -1, -1)
    return first


def _compact(texts: Texts, index: Ints) -> Column:
    """Return a column of positions in a list of different texts, of which some may have no row."""
    places, used = pd.factorize(index)
    return Column(texts[used], places.astype(np.int64))


def _column_of(cells: pa.Array) -> Column:
    encoded = cells.dictionary_encode()
    return Column(
        encoded.dictionary.to_numpy(zero_copy_only=False),
        encoded.indices.to_numpy().astype(np.int64),
    )
