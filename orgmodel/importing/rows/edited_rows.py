"""A table with other cells in a few of its rows, or without some rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from orgmodel.importing.files.cells import Column, column_of
from orgmodel.importing.files.tables import Table, with_besides


def with_cells(column: Column, texts: Mapping[int, str]) -> Column:
    """Return a column with another text in some rows.

    >>> list(with_cells(column_of(["a", "b", "a"]), {1: "a", 2: "c"}))
    ['a', 'a', 'c']
    """
    changed = {row: text for row, text in texts.items() if column[row] != text}
    if not changed:
        return column
    cells = column.cells
    cells[list(changed)] = list(changed.values())
    return column_of(cells)


def with_column_at(table: Table, place: int, column: Column) -> Table:
    """Return a table with another column in the place of one."""
    columns = list(table.columns)
    columns[place] = column
    return replace(table, columns=columns)


def with_rows(table: Table, rows: Mapping[int, Sequence[str]]) -> Table:
    """Return a table in which some rows have other cells, one for every column."""
    if not rows:
        return table
    columns = [
        with_cells(column, {row: cells[place] for row, cells in rows.items()})
        for place, column in enumerate(table.columns)
    ]
    return replace(table, columns=columns)


def without_rows(table: Table, rows: Collection[int]) -> Table:
    """Return a table without some rows, which count as rejected."""
    if not rows:
        return table
    kept = np.delete(np.arange(len(table)), sorted(rows))
    shorter = replace(
        table,
        columns=[column.of(kept) for column in table.columns],
        lines=[table.lines[row] for row in kept.tolist()],
    )
    return with_besides(shorter, rejected=len(rows))


def first_filled(column: Column, rows: Sequence[int]) -> str:
    """Return the first of the cells of some rows that is not empty, or an empty text."""
    return next((cell for row in rows if (cell := column[row])), "")
