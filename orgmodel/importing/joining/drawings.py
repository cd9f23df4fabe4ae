"""Exports of drawing programs: shapes and the lines between them, rows of one table -> a table of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from orgmodel.importing.columns.headers import normalised
from orgmodel.importing.columns.roles import is_nearly_unique
from orgmodel.importing.files.cells import Column, empty_column
from orgmodel.importing.files.tables import Table, with_besides
from orgmodel.importing.notices import Notice
from orgmodel.importing.wording import numbered
from orgmodel.lines import Bools
from orgmodel.wording import counted

_FROM, _TO, _PAGE = "linesource", "linedestination", "pageid"
_TEXT, _FURTHER_TEXT = "textarea1", "textarea2"


def shapes_and_lines(tables: Sequence[Table], notices: list[Notice]) -> list[Table]:
    """Return the tables with each export of a drawing (Lucidchart) as two: the shapes, and the lines.

    Such an export has a row for the document, for every page, shape and line. Its column ``Name`` says what
    kind of shape it is, and what is written in the shape stands in ``Text Area 1``. A line says which shapes
    it joins, the upper one first. What is neither a shape with a text nor a line between two is not used.
    """
    return [part for table in tables for part in _parts(table, notices)]


def _parts(table: Table, notices: list[Notice]) -> list[Table]:
    places = {normalised(header): place for place, header in enumerate(table.header)}
    if not places.keys() >= {"id", _FROM, _TO, _TEXT} or not is_nearly_unique(table.columns[places["id"]]):
        return [table]
    ids, text, start, end = (table.columns[places[name]] for name in ("id", _TEXT, _FROM, _TO))
    lines = start.filled & end.filled
    # The document and its pages are on no page.
    on_page = table.columns[places[_PAGE]].filled if _PAGE in places else np.ones(len(table), dtype=np.bool_)
    shapes = text.filled & on_page & ~start.filled & ~end.filled
    further = table.columns[places[_FURTHER_TEXT]] if _FURTHER_TEXT in places else empty_column(len(table))
    columns = {"id": ids, "name": text, "title": further}
    unused = ~lines & ~shapes
    nodes = with_besides(_rows_of(table, columns, shapes), rejected=int(unused.sum()))
    if unused.any():
        at = [table.lines[row] for row in np.flatnonzero(unused).tolist()]
        message = (
            f"{counted(len(at), 'row')} of the drawing ({numbered(at)}) not used: the document, pages, "
            "shapes without a text, lines that do not join two shapes."
        )
        notices.append(Notice("row_rejected", "warning", message, at[0]))
    if not lines.any():
        return [nodes]
    return [nodes, _rows_of(table, {"parent": start, "child": end}, lines, "lines")]


def _rows_of(table: Table, columns: dict[str, Column], rows: Bools, name: str = "") -> Table:
    chosen = np.flatnonzero(rows)
    return replace(
        table,
        header=tuple(columns),
        columns=[column.of(chosen) for column in columns.values()],
        lines=[table.lines[row] for row in chosen.tolist()],
        name=" ".join(filter(None, (table.name, name))),
    )
