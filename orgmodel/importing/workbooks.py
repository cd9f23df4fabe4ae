"""Bytes of an Excel workbook -> the rows of its first sheet that looks like a table."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from typing import Final
from xml.parsers import expat  # limits the growth of entities; see its security notes

import python_calamine as calamine

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.cells import Rows, rows_of
from orgmodel.importing.headers import LEAST_KNOWN_HEADERS, most_known
from orgmodel.importing.limits import Limits
from orgmodel.importing.notices import Notice
from orgmodel.importing.wording import listed

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_PLAIN_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_ANY_CELL: Final = re.compile(rb"[<:]c[\s/>]")  # in any name space; in texts too, which does no harm
_PLACE: Final = re.compile(r"([A-Za-z]+)(\d{1,19})", re.ASCII)
_CLAIMED_TEXTS: Final = re.compile(rb"""uniqueCount\s*=\s*["']\s*\+?(\d{1,30})""")
_BYTES_OF_A_TEXT: Final = 5  # <si/>
_DIGITS: Final = re.compile(r"\d{1,19}", re.ASCII)
# From here on a float has no more decimal places: an id of that length was rounded by Excel itself.
_EXACT_WHOLE_NUMBERS: Final = 1e15


def is_workbook(data: bytes) -> bool:
    """Return whether the bytes are an Excel workbook (.xlsx, .xlsm), whatever the file is called."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return "xl/workbook.xml" in packed.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def rows_of_workbook(data: bytes, notices: list[Notice], limits: Limits) -> Rows:
    """Return the rows of the first sheet with a known header, else of the first with any table.

    Hidden sheets are looked at last.

    Raises
    ------
    UnreadableFileError
        Too large when unpacked, damaged, or without a table. The message is the end of a sentence that
        begins with the file's name.

    """
    _check_unpacked(data, limits)
    try:
        with calamine.load_workbook(io.BytesIO(data)) as workbook:
            name, cells = _first_table(workbook)
            others = [other for other in workbook.sheet_names if other != name]
    except UnreadableFileError:
        raise
    except BaseException as error:
        # The reader is written in Rust: what it does not foresee arrives as a PanicException, which is
        # no Exception. What ends a program (Ctrl+C) passes.
        if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit)):
            raise
        raise UnreadableFileError("is a damaged Excel workbook.") from error
    if others:
        message = f'The sheet "{name}" was read; the workbook also has {listed(others)}, which were not.'
        notices.append(Notice("sheets", "info", message))
    return replace(rows_of(cells, lambda number: range(1, number + 1)), sheet=name)


def _first_table(workbook: calamine.CalamineWorkbook) -> tuple[str, list[list[str]]]:
    tables: list[tuple[str, list[list[str]]]] = []
    visible = calamine.SheetVisibleEnum.Visible
    for sheet in sorted(workbook.sheets_metadata, key=lambda sheet: sheet.visible != visible):
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        rows = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        cells = [[_text(cell) for cell in row] for row in rows]
        if sum(any(row) for row in cells) > 1:
            tables.append((sheet.name, cells))
            if most_known(cells) >= LEAST_KNOWN_HEADERS:
                return tables[-1]
    if not tables:
        raise UnreadableFileError("has no sheet with a header and rows below it.")
    return tables[0]


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


def _check_unpacked(data: bytes, limits: Limits) -> None:
    """Unpack once without keeping anything: what a packed file says of its own size may be a lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            left = limits.unpacked_bytes
            for member in packed.infolist():
                with packed.open(member) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    break
                _check_number_of_texts(content)
                _check_area(content, limits)
    except UnreadableFileError:
        raise
    except Exception as error:  # a damaged archive fails in a dozen ways: zlib, struct, keys, encryption
        raise UnreadableFileError("is a damaged Excel workbook, or one with a password.") from error
    if left < 0:
        raise UnreadableFileError(
            f"unpacks to more than {limits.unpacked_bytes >> 20} MB, which no org chart needs. Save the "
            "sheet as CSV and try that."
        )


def _check_number_of_texts(content: bytes) -> None:
    """Refuse a list of texts that claims more of them than it can hold.

    The reader reserves memory for as many as are claimed: a claim of billions would end the process.
    """
    for claim in _CLAIMED_TEXTS.finditer(content):
        if int(claim[1]) * _BYTES_OF_A_TEXT > len(content):
            raise UnreadableFileError(
                "is a damaged Excel workbook: its list of texts is shorter than it says."
            )


class _Extent:
    """How far from A1 the cells of a sheet reach, told while its XML is parsed.

    Cells that hold nothing but a format do not count: colouring whole columns is common.
    """

    def __init__(self) -> None:
        """Start before the first cell."""
        self.rows = self.columns = 0
        self._row = self._column = 0

    def started(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of the start of an element."""
        kind = name.rpartition(":")[2]
        if kind in {"v", "is", "f"}:
            self.rows = max(self.rows, self._row)
            self.columns = max(self.columns, self._column)
        elif kind == "c":
            place = _PLACE.fullmatch(attributes.get("r", "").strip())
            self._column = _column_number(place[1]) if place else self._column + 1
            self._row = int(place[2]) if place else self._row
        elif kind == "row":
            number = attributes.get("r", "").strip()
            self._row = int(number) if _DIGITS.fullmatch(number) else self._row + 1
            self._column = 0


def _check_area(content: bytes, limits: Limits) -> None:
    """Check how far from A1 the cells of a sheet lie."""
    if b"sheetData" not in content:
        return  # no sheet: pictures, styles, the list of sheets
    plain = _extent_of_plain_cells(content)
    if plain and plain[0] * plain[1] <= limits.workbook_cells:
        return
    extent = _Extent()
    parser = expat.ParserCreate()
    parser.StartElementHandler = extent.started
    parser.Parse(content, True)  # noqa: FBT003  # the parser's own way to say that this is all
    if extent.rows * extent.columns > limits.workbook_cells:
        raise UnreadableFileError(
            f"has a sheet with cells as far apart as {extent.rows:,} rows and {extent.columns:,} columns. "
            "Delete what is far outside the table, or save the table as CSV."
        )


def _extent_of_plain_cells(content: bytes) -> tuple[int, int] | None:
    """Return rows and columns of a sheet without parsing it, which takes ten times as long.

    None if any cell is not written as Excel writes it: what looks like one may be a trap then.
    """
    number = rows = 0
    columns = set()
    for cell in _PLAIN_CELL.finditer(content):
        number += 1
        rows = max(rows, int(cell[2]))
        columns.add(cell[1])
    if number != sum(1 for _ in _ANY_CELL.finditer(content)):
        return None
    return rows, max((_column_number(letters.decode()) for letters in columns), default=0)


def _column_number(letters: str) -> int:
    """Return the number of a column: A is 1.

    >>> _column_number("A"), _column_number("xfd")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
