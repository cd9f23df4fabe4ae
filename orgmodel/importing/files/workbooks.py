"""Bytes of a workbook -> the tables on its sheets: that of the nodes, and those of edges."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import python_calamine as calamine

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.columns.headers import LEAST_KNOWN_HEADERS, most_known
from orgmodel.importing.files.cells import Rows, rows_of
from orgmodel.importing.files.old_workbooks import is_old_workbook, sound_workbook
from orgmodel.importing.files.tables import Table, table_of
from orgmodel.importing.files.workbook_sizes import ENCRYPTED, check_unpacked
from orgmodel.importing.joining.edges import edge_columns
from orgmodel.importing.limits import Limits
from orgmodel.importing.notices import Notice
from orgmodel.importing.own_format import is_own_header, unescaped_from_excel
from orgmodel.importing.wording import listed

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
_Cells = list[list[str]]

_TOP: Final = 1000  # rows of a sheet that tell what it is
_MEMBERS: Final = ("xl/workbook.xml", "xl/workbook.bin")
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument.spreadsheet"
# From here on a float has no more decimal places: an id of that length was rounded by Excel itself.
_EXACT_WHOLE_NUMBERS: Final = 1e15


def is_workbook(data: bytes) -> bool:
    """Return whether the bytes are a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods), whatever it is called."""
    return is_old_workbook(data) or _is_packed_workbook(data)


def _is_packed_workbook(data: bytes) -> bool:
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
            if "mimetype" in names and "content.xml" in names:
                with packed.open("mimetype") as member:
                    return member.read(len(_OPEN_DOCUMENT)) == _OPEN_DOCUMENT
            return any(name in names for name in _MEMBERS)
    except Exception:  # noqa: BLE001  # a damaged archive fails in a dozen ways; another reader names it
        return False


def tables_of_workbook(data: bytes, notices: list[Notice], limits: Limits) -> list[Table]:
    """Return the first sheet with a known header, else the first with any table.

    Visible sheets with a list of edges come after it. Hidden sheets are looked at last.

    Raises
    ------
    UnreadableFileError
        Too large when unpacked, damaged, with a password, or without a table. The message is the end of a
        sentence that begins with the file's name.

    """
    if is_old_workbook(data):
        data = sound_workbook(data, limits)
    else:
        check_unpacked(data, limits)
    try:
        with calamine.load_workbook(io.BytesIO(data)) as workbook:
            names = list(workbook.sheet_names)
            name, cells = _first_table(workbook)
            further = list(_like_edges(workbook, name, limits))
    except UnreadableFileError:
        raise
    except calamine.PasswordError as error:
        raise UnreadableFileError(ENCRYPTED) from error
    except BaseException as error:
        # The reader is written in Rust: what it does not foresee arrives as a PanicException, which is
        # no Exception. What ends a program (Ctrl+C) passes.
        if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit)):
            raise
        raise UnreadableFileError("is a damaged Excel workbook.") from error
    edges = {other: table for other, rows in further if (table := _edges(rows, limits))}
    read = [name, *edges]
    if others := [other for other in names if other not in read]:
        sheets, were = ("sheet", "was") if len(read) == 1 else ("sheets", "were")
        message = (
            f"The {sheets} {listed(read)} {were} read; the workbook also has {listed(others)}, "
            f"which {'was' if len(others) == 1 else 'were'} not."
        )
        notices.append(Notice("sheets", "info", message))
    table = replace(table_of(_rows(cells), notices, limits), sheet=name)
    if not edges:
        return [table]
    return [
        replace(table, name=name),
        *(replace(one, sheet=other, name=other) for other, one in edges.items()),
    ]


def _like_edges(
    workbook: calamine.CalamineWorkbook, first: str, limits: Limits
) -> Iterator[tuple[str, _Cells]]:
    """Yield the other visible sheets that are lists of edges as far as their first rows tell."""
    for name in _sheets(workbook, hidden=False):
        if name != first:
            cells = _cells(workbook, name)
            if _edges(cells[:_TOP], limits):
                yield name, cells


def _edges(cells: _Cells, limits: Limits) -> Table | None:
    """Return the table on a sheet if it is one of edges; what is found in any other is of no concern."""
    if sum(any(row) for row in cells) <= 1:
        return None
    try:
        table = table_of(_rows(cells), [], limits)
    except UnreadableFileError:
        return None
    return table if edge_columns(table) else None


def _rows(cells: _Cells) -> Rows:
    if cells and is_own_header(cells[0]):
        cells = [[unescaped_from_excel(cell) for cell in row] for row in cells]
    return rows_of(cells)


def _first_table(workbook: calamine.CalamineWorkbook) -> tuple[str, _Cells]:
    tables: list[tuple[str, _Cells]] = []
    for name in _sheets(workbook):
        cells = _cells(workbook, name)
        if sum(any(row) for row in cells) > 1:
            tables.append((name, cells))
            if most_known(cells) >= LEAST_KNOWN_HEADERS:
                return tables[-1]
    if not tables:
        raise UnreadableFileError("has no sheet with a header and rows below it.")
    return tables[0]


def _sheets(workbook: calamine.CalamineWorkbook, *, hidden: bool = True) -> list[str]:
    """Return the names of the worksheets, the visible ones first."""
    visible = calamine.SheetVisibleEnum.Visible
    ordered = sorted(workbook.sheets_metadata, key=lambda sheet: sheet.visible != visible)
    return [
        sheet.name
        for sheet in ordered
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet and (hidden or sheet.visible == visible)
    ]


def _cells(workbook: calamine.CalamineWorkbook, name: str) -> _Cells:
    sheet = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[_text(cell) for cell in row] for row in sheet]


def _text(cell: Cell) -> str:
    """Return a cell as text: 1002 stays "1002" although Excel holds every number as a float."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT_WHOLE_NUMBERS:
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell)
