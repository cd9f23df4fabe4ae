"""An old Excel file (.xls): taken out of its container, and checked, before any reader reserves memory.

The container is a small file system, whose chains of sectors can run in circles and whose header can claim
any size. So it is read here, and the stream of the workbook alone is put into a new, sound container.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.files.workbook_sizes import ENCRYPTED, check_area, with_cells_of
from orgmodel.importing.files.workbook_texts import SharedTexts
from orgmodel.importing.limits import Limits

MARK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED: Final = "is a damaged Excel workbook."
_LAST_SECTOR: Final = 0xFFFFFFF9  # numbers above it are marks
_END, _FREE, _OF_FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR: Final = 512
_SMALL_SECTOR: Final = 64
_SMALL_STREAM: Final = 4096
_ENTRY: Final = 128
_SECTORS_IN_HEADER: Final = 109

# Records of the workbook's stream, and where their cells say row and column.
_END_OF_PART, _PASSWORD, _SHEET, _TEXTS, _DIMENSIONS = 0x000A, 0x002F, 0x0085, 0x00FC, 0x0200
_CELLS: Final = frozenset({0x0203, 0x0204, 0x0205, 0x0207, 0x027E, 0x00FD, 0x00BD, 0x0006})
_SEVERAL_CELLS, _SHARED_TEXT, _CONTINUED = 0x00BD, 0x00FD, 0x003C
_RECORD: Final = 4  # bytes at least
_BYTES_OF_A_TEXT: Final = 3
_BEFORE_TEXTS: Final = 8
_WITH_FORMATS, _WITH_SOUNDS = 8, 4
_LONG_DIMENSIONS: Final = 14


def is_old_workbook(data: bytes) -> bool:
    """Return whether bytes are an old Excel file, or a newer one with a password, which is wrapped so."""
    if not data.startswith(MARK):
        return False
    try:
        names = {name for name, _start, _size in _Container(data).entries()}
    except (struct.error, IndexError, UnreadableFileError):
        return False
    return not names.isdisjoint({"Workbook", "Book", "EncryptedPackage"})


def sound_workbook(data: bytes, limits: Limits) -> bytes:
    """Return an old Excel file that holds nothing but its workbook, whose cells are not too far apart.

    Raises
    ------
    UnreadableFileError
        It has a password, is damaged or too large.

    """
    try:
        container = _Container(data)
        streams = {name: (start, size) for name, start, size in container.entries()}
        if "EncryptedPackage" in streams:
            raise UnreadableFileError(ENCRYPTED)
        stream = container.stream(*(streams.get("Workbook") or streams["Book"]))
        _check_records(stream, limits)
    except (struct.error, IndexError, KeyError) as error:
        raise UnreadableFileError(_DAMAGED) from error
    return contained(stream)


class _Container:
    """The file system in an old Office document."""

    def __init__(self, data: bytes) -> None:
        """Read the header and the table that chains sectors."""
        self.data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in {9, 12}:
            raise UnreadableFileError(_DAMAGED)
        self.size = 1 << shift
        self.sectors = len(data) // self.size  # those that can be there
        first, self.small_first, further = (struct.unpack_from("<I", data, at)[0] for at in (48, 60, 68))
        tables = list(struct.unpack_from(f"<{_SECTORS_IN_HEADER}I", data, 76))
        per_sector = self.size // 4
        for _ in range(self.sectors):
            if further > _LAST_SECTOR:
                break
            *more, further = self._numbers(further)
            tables += more
        tables = [sector for sector in tables if sector <= _LAST_SECTOR][: self.sectors // per_sector + 1]
        self.next = [number for sector in tables for number in self._numbers(sector)]
        self.directory = self._chained(first)
        self._small: tuple[list[int], bytes] | None = None

    def _sector(self, sector: int) -> bytes:
        start = (sector + 1) * self.size
        return self.data[start : start + self.size].ljust(self.size, b"\0")

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self.size // 4}I", self._sector(sector))

    def _chained(self, sector: int) -> bytes:
        parts: list[bytes] = []
        while sector <= _LAST_SECTOR:
            if len(parts) > self.sectors:
                raise UnreadableFileError(_DAMAGED)  # the chain runs in a circle
            parts.append(self._sector(sector))
            sector = self.next[sector]
        return b"".join(parts)

    def entries(self) -> Iterator[tuple[str, int, int]]:
        """Yield name, first sector and size of every stream."""
        for place in range(0, len(self.directory) - _ENTRY + 1, _ENTRY):
            entry = self.directory[place : place + _ENTRY]
            length = min(struct.unpack_from("<H", entry, 64)[0], 64)
            name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", entry, 116)
            yield name, start, size

    def stream(self, start: int, size: int) -> bytes:
        """Return a stream."""
        if size >= _SMALL_STREAM:
            return self._chained(start)[:size]
        if self._small is None:
            numbers = self._chained(self.small_first)
            _name, first, length = next(self.entries())  # the small streams lie in that of the root
            self._small = (
                list(struct.unpack(f"<{len(numbers) // 4}I", numbers)),
                self._chained(first)[:length],
            )
        chain, small = self._small
        parts: list[bytes] = []
        while start <= _LAST_SECTOR and len(parts) <= _SMALL_STREAM // _SMALL_SECTOR:
            parts.append(small[start * _SMALL_SECTOR : (start + 1) * _SMALL_SECTOR])
            start = chain[start]
        return b"".join(parts)[:size]


def contained(stream: bytes) -> bytes:
    """Return an Office document of one stream: header, stream, directory, table of sectors."""
    stream = stream.ljust(_SMALL_STREAM, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    tables = further = 0
    per_sector = _SECTOR // 4
    while tables * per_sector < sectors + 1 + tables + further:
        tables += 1
        further = max(0, -(-(tables - _SECTORS_IN_HEADER) // (per_sector - 1)))
    chain = [*range(1, sectors), _END, _END, *[_OF_FAT] * tables, *[_OF_FAT - 1] * further]
    chain += [_FREE] * (tables * per_sector - len(chain))
    numbers = [sectors + 1 + place for place in range(tables)]
    first_further = sectors + 1 + tables if further else _END
    header = MARK + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, sectors, 0, _SMALL_STREAM, _END, 0, first_further, further)
    inside, outside = numbers[:_SECTORS_IN_HEADER], numbers[_SECTORS_IN_HEADER:]
    header += struct.pack(f"<{_SECTORS_IN_HEADER}I", *inside, *[_FREE] * (_SECTORS_IN_HEADER - len(inside)))
    directory = _entry("Root Entry", 5, _END, 0, 1) + _entry("Workbook", 2, 0, len(stream), _FREE)
    chained = b""
    for number in range(further):
        part = outside[number * (per_sector - 1) : (number + 1) * (per_sector - 1)]
        part += [_FREE] * (per_sector - 1 - len(part))
        chained += struct.pack(
            f"<{per_sector}I", *part, first_further + number + 1 if number + 1 < further else _END
        )
    return (
        header
        + stream.ljust(sectors * _SECTOR, b"\0")
        + directory.ljust(_SECTOR, b"\0")
        + struct.pack(f"<{len(chain)}I", *chain)
        + chained
    )


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    entry = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
    return entry + bytes(36) + struct.pack("<III", start, size, 0)


def _check_records(stream: bytes, limits: Limits) -> None:
    """Check what the records of a workbook would make a reader reserve."""
    limits = with_cells_of(stream, limits)
    texts = SharedTexts(limits)
    sheets = _checked_sheets(stream, texts)
    area, left = 0, len(stream) // _RECORD
    shared: list[int] = []  # of all sheets: a reader reads all of them at once
    for start in sheets:
        rows, columns, records = _extent(stream, start, left, shared, limits)
        check_area(rows, columns, limits)
        left -= records
        area += rows * columns
    texts.count(shared)
    if area > limits.workbook_cells:
        raise UnreadableFileError(
            f"has {len(sheets):,} sheets of {area:,} cells, which is more than is read: "
            f"{limits.workbook_cells:,}. Save the sheet of the chart as a file of its own."
        )


def _checked_sheets(stream: bytes, texts: SharedTexts) -> list[int]:
    """Return where the sheets start, after a look at what stands before them."""
    sheets: list[int] = []
    for kind, place, size in _records(stream, 0):
        if kind == _PASSWORD and any(stream[place : place + min(size, 2)]):
            raise UnreadableFileError(ENCRYPTED)
        if kind == _SHEET:
            sheets.append(struct.unpack_from("<I", stream, place)[0])
        elif kind == _TEXTS:
            if struct.unpack_from("<I", stream, place + 4)[0] * _BYTES_OF_A_TEXT > len(stream):
                raise UnreadableFileError(
                    "is a damaged Excel workbook: its list of texts is shorter than it says."
                )
            texts.take(lengths_of_texts(_with_continuations(stream, place, size)))
    return sheets


def _with_continuations(stream: bytes, place: int, size: int) -> list[bytes]:
    """Return the content of a record and of those that continue it."""
    parts = [stream[place : place + size]]
    for kind, at, length in _records(stream, place + size):
        if kind != _CONTINUED:
            break
        parts.append(stream[at : at + length])
    return parts


def lengths_of_texts(parts: list[bytes]) -> list[int]:
    """Return the lengths of the texts in a list of them that runs over several records, in bytes.

    A text has two bytes for its characters, one for its kind, perhaps the sizes of what follows it; in
    the next record it goes on after a byte that says how wide its characters are there.
    """
    lengths: list[int] = []
    number, at = 0, _BEFORE_TEXTS
    while number < len(parts):
        part = parts[number]
        if at + _BYTES_OF_A_TEXT > len(part):
            number, at = number + 1, 0
            continue
        characters, kind = struct.unpack_from("<HB", part, at)
        at += _BYTES_OF_A_TEXT
        lengths.append(2 * characters)
        rest = 0  # formats and pronunciations
        if kind & _WITH_FORMATS:
            rest += 4 * struct.unpack_from("<H", part, at)[0]
            at += 2
        if kind & _WITH_SOUNDS:
            rest += struct.unpack_from("<I", part, at)[0]
            at += 4
        width = 1 + (kind & 1)
        while characters > (there := max(len(part) - at, 0) // width):
            characters -= there
            number += 1
            if number == len(parts):
                return lengths
            part, at = parts[number], 1
            width = 1 + (part[0] & 1)
        at += characters * width
        while number < len(parts) and rest > (there := max(len(parts[number]) - at, 0)):
            rest -= there
            number, at = number + 1, 0
        at += rest
    return lengths


def _extent(stream: bytes, start: int, most: int, shared: list[int], limits: Limits) -> tuple[int, int, int]:
    """Return the rows, columns and records of a sheet; add which of the shared texts its cells have.

    It cannot have more records than the stream holds, unless sheets overlap to keep a reader busy.
    """
    rows = columns = number = 0
    for kind, place, size in _records(stream, start):
        number += 1
        if number > most:
            raise UnreadableFileError(_DAMAGED)
        if kind == _DIMENSIONS:
            check_area(*_dimensions(stream, place, size), limits)
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", stream, place)
            if kind == _SEVERAL_CELLS:
                column += max(size - 6, 0) // 6
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if kind == _SHARED_TEXT:
                shared.append(struct.unpack_from("<I", stream, place + 6)[0])
    return rows, columns, number


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place and size of the records of one part of a workbook."""
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, place + 4, size
        if kind == _END_OF_PART:
            return
        place += 4 + size


def _dimensions(stream: bytes, place: int, size: int) -> tuple[int, int]:
    """Return the rows and columns that a sheet says it has, as a reader that trusts it takes them."""
    long = size == _LONG_DIMENSIONS
    first_row, row, first, column = struct.unpack_from("<IIHH" if long else "<HHHH", stream, place)
    if not (row and column):
        return 1, 1
    return (row - first_row) & 0xFFFFFFFF, (column - first) & 0xFFFFFFFF
