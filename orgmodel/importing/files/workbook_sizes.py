"""How large a packed workbook becomes when it is read: checked before a reader reserves memory for it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from xml.parsers import expat  # limits the growth of entities; see its security notes

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.files.workbook_texts import SharedTexts
from orgmodel.importing.limits import Limits

ENCRYPTED: Final = "is a workbook with a password. Open it, save it without one, and read that."
_CELLS_OF_ANY_FILE: Final = 1_000_000
_COLUMNS_AT_MOST: Final = 16_384  # of any spreadsheet program
_DAMAGED: Final = "is a damaged workbook, or one with a password."

# ------------------------------------------------------------------ .xlsx
_PLAIN_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_ANY_CELL: Final = re.compile(rb"[<:]c[\s/>]")  # in any name space; in texts too, which does no harm
_PLACE: Final = re.compile(r"([A-Za-z]+)(\d{1,19})", re.ASCII)
_CLAIMED_TEXTS: Final = re.compile(rb"""uniqueCount\s*=\s*["']\s*\+?(\d{1,30})""")
_BYTES_OF_A_TEXT: Final = 5  # <si/>
_DIGITS: Final = re.compile(r"\d{1,19}", re.ASCII)
# ------------------------------------------------------------------ .xlsb: kinds of records
_ROW, _CELLS, _LAST_CELL_KIND = 0x0000, 0x0001, 0x000B
_SHARED_TEXT, _TEXT = 0x0007, 0x0013
_BINARY_PARTS: Final = re.compile(r"xl/(?:workbook|sharedStrings|styles)\.bin|xl/worksheets/.*")
_LENGTH_BYTES: Final = 4
_BYTES_OF_A_PLACE: Final = 4
# ------------------------------------------------------------------ .ods
_REPEATED: Final = ("table:number-rows-repeated", "table:number-columns-repeated")
#: Attributes of a cell that holds nothing.
_OF_EMPTY_CELLS: Final = frozenset(
    {_REPEATED[1], "table:style-name", "table:content-validation-name", "table:number-columns-spanned"}
    | {"table:number-rows-spanned", "xml:id"}
)


def check_unpacked(data: bytes, limits: Limits) -> None:
    """Unpack once without keeping anything: what a packed file says of its own size may be a lie.

    Raises
    ------
    UnreadableFileError
        It is damaged, or larger than is read. The message is the end of a sentence that begins with the
        file's name.

    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
            left = limits.unpacked_bytes - sum(member.file_size for member in members)
            texts = SharedTexts(limits)
            # The texts that the sheets share come first.
            for member in sorted(members, key=lambda one: not _is_list_of_texts(one.filename)) * (left >= 0):
                # Of one that holds more than it says no more is unpacked, and its check sum is wrong then.
                with packed.open(member) as stream:
                    content = stream.read(member.file_size + 1)
                _check_member(member.filename, content, texts, limits)
    except UnreadableFileError:
        raise
    except Exception as error:  # a damaged archive fails in a dozen ways: zlib, struct, keys, encryption
        raise UnreadableFileError(_DAMAGED) from error
    if left < 0:
        raise UnreadableFileError(
            f"unpacks to more than {limits.unpacked_bytes >> 20} MB, which no org chart needs. Save the "
            "sheet as CSV and try that."
        )


def _is_list_of_texts(name: str) -> bool:
    return "sharedstrings" in name.casefold()


def with_cells_of(content: bytes, limits: Limits) -> Limits:
    """Return the limits for a sheet that is so many bytes long: no more cells than bytes.

    A cell that holds something takes ten bytes and more, an empty one none, and a reader reserves memory for
    both: two cells in opposite corners would take a thousand times the size of their file. A million cells
    are few enough for any file.
    """
    cells = max(_CELLS_OF_ANY_FILE, len(content))
    return replace(limits, workbook_cells=min(limits.workbook_cells, cells))


def _check_member(name: str, content: bytes, texts: SharedTexts, limits: Limits) -> None:
    limits = with_cells_of(content, limits)
    if name == "META-INF/manifest.xml" and b"encryption-data" in content:
        raise UnreadableFileError(ENCRYPTED)
    if name == "content.xml":
        _check_repeats(content, limits)
        return
    if _BINARY_PARTS.fullmatch(name) and not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        _check_records(content, texts, limits)
        return
    _check_number_of_texts(content)
    if _is_list_of_texts(name):
        texts.take_xml(content)
    _check_xml_area(content, limits)
    texts.count_xml(content)


def check_area(rows: int, columns: int, limits: Limits) -> None:
    """Refuse a sheet whose cells lie so far apart that a reader would reserve too much between them."""
    if columns > _COLUMNS_AT_MOST or rows * columns > limits.workbook_cells:
        raise UnreadableFileError(
            f"has a sheet with cells as far apart as {rows:,} rows and {columns:,} columns. Delete what is "
            "far outside the table, or save the table as CSV."
        )


# ---------------------------------------------------------------------- .xlsx


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


def _check_xml_area(content: bytes, limits: Limits) -> None:
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
    check_area(extent.rows, extent.columns, limits)


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


# ---------------------------------------------------------------------- .xlsb


def _check_records(content: bytes, texts: SharedTexts, limits: Limits) -> None:
    """Check the records of a binary part: that none is longer than the part, and where the cells lie."""
    row = rows = columns = 0
    lengths: list[int] = []
    shared: list[int] = []
    for kind, place, size in _records(content):
        # From too short a record a reader would take what the one before left.
        if place + size > len(content) or (kind <= _LAST_CELL_KIND and size < _BYTES_OF_A_PLACE):
            raise UnreadableFileError(_DAMAGED)
        if kind == _ROW:
            row = int.from_bytes(content[place : place + 4], "little")
        elif _CELLS < kind <= _LAST_CELL_KIND:
            rows = max(rows, row + 1)
            columns = max(columns, int.from_bytes(content[place : place + 4], "little") + 1)
            if kind == _SHARED_TEXT:
                shared.append(int.from_bytes(content[place + 8 : place + 12], "little"))
        elif kind == _TEXT:
            lengths.append(size)
    if lengths:
        texts.take(lengths)
    texts.count(shared)
    check_area(rows, columns, limits)


def _records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place and size of every record; both numbers are written seven bits to the byte."""
    place, end = 0, len(content)
    while place < end:
        kind = content[place]
        place += 1
        if kind & 0x80 and place < end:
            kind = kind & 0x7F | (content[place] & 0x7F) << 7
            place += 1
        size = 0
        for number in range(_LENGTH_BYTES):
            byte = content[place] if place < end else 0
            place += 1
            size |= (byte & 0x7F) << 7 * number
            if not byte & 0x80:
                break
        yield kind, place, size
        place += size


# ---------------------------------------------------------------------- .ods


class _Repeats:
    """What a reader makes of a sheet in which a cell or a row may stand for any number of them."""

    def __init__(self, limits: Limits) -> None:
        """Start before the first sheet."""
        self.limits = limits
        self.made = self.characters = 0  # of all sheets
        self._rows = self._columns = self._waiting = self._row_repeats = 0
        self._column = self._empty = self._filled = 0
        self._repeats = self._of_row = 0

    def started(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of the start of an element."""
        if name == "table:table":
            self._rows = self._columns = self._waiting = 0
        elif name == "table:table-row":
            self._row_repeats = _whole(attributes.get(_REPEATED[0], "1"))
            self._column = self._empty = self._filled = self._of_row = 0
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._cell(attributes)
        elif name == "text:s":
            self._add_text(_whole(attributes.get("text:c", "1")))

    def _cell(self, attributes: dict[str, str]) -> None:
        self._column += self._empty  # empty cells are made only if another follows
        self._empty = 0
        self._repeats = _whole(attributes.get(_REPEATED[1], "1"))
        if attributes.keys() <= _OF_EMPTY_CELLS:
            self._empty = self._repeats
        else:
            self._column += self._repeats
            self._filled = self._column
        self._check(self.made + self._column)

    def text(self, text: str) -> None:
        """Take note of text in a cell, which is held once per repetition."""
        self._add_text(len(text))

    def _add_text(self, characters: int) -> None:
        self._of_row += characters * self._repeats
        self._check_characters(self.characters + self._of_row)

    def _check_characters(self, characters: int) -> None:
        if characters > self.limits.unpacked_bytes:
            raise UnreadableFileError(
                f"holds more than {self.limits.unpacked_bytes >> 20} million characters when repeated cells "
                "are written out. Save the sheet as CSV and try that."
            )

    def ended(self, name: str) -> None:
        """Take note of the end of an element."""
        if name != "table:table-row":
            return
        self.made += self._column
        if self._filled:
            self._rows += self._waiting + self._row_repeats
            self._waiting = 0
            self._columns = max(self._columns, self._filled)
            check_area(self._rows, self._columns, self.limits)
        else:
            self._waiting += self._row_repeats
        self.characters += self._of_row * self._row_repeats
        self._check_characters(self.characters)
        self._of_row = self._repeats = 0

    def _check(self, cells: int) -> None:
        if cells > self.limits.workbook_cells:
            raise UnreadableFileError(
                f"has sheets of more than {self.limits.workbook_cells:,} cells when repeated ones are "
                "written out. Delete what is far outside the table, or save the table as CSV."
            )


def _whole(text: str) -> int:
    text = text.strip().removeprefix("+")
    return int(text) if _DIGITS.fullmatch(text) else 1


def _check_repeats(content: bytes, limits: Limits) -> None:
    """Check what the cells of an OpenDocument sheet become when those that are repeated are written out."""
    repeats = _Repeats(limits)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = repeats.started
    parser.EndElementHandler = repeats.ended
    parser.CharacterDataHandler = repeats.text
    parser.Parse(content, True)  # noqa: FBT003  # the parser's own way to say that this is all
