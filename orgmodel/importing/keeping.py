"""A report as bytes and back: what is kept so that the reader can go on deciding about a file.

Kept is what was read and what was decided; the chart, the findings and the account of the rows are made of
these anew. What was left out for privacy was left out of what was read, so it is not kept either.

The bytes are JSON, packed. A column is its different texts and per row the number of its text, as bytes in
base64; without them every row has a text of its own. Lines are runs: the first, how many, of which file.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from itertools import chain, groupby
from types import NoneType, UnionType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import numpy as np

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.assembly import assembled
from orgmodel.importing.files.cells import Column, column_of
from orgmodel.importing.joining.additions import LinesOfFiles
from orgmodel.importing.limits import DEFAULT_LIMITS, Limits
from orgmodel.importing.notices import NOTICE_CODES
from orgmodel.importing.report import ImportReport, Reading, Step
from orgmodel.importing.wording import FileLine

_FORMAT: Final = "orgmodel import report"
_VERSION: Final = 1
_CANNOT: Final = "What was kept of the file cannot be read"
# Packed, a chart has between a third and a twentieth of its size; a bomb has a thousandth.
_MOST_TIMES: Final = 50
_ALWAYS_UNPACKED: Final = 32 << 20
_HIGHEST_LINE: Final = 1 << 48

_Lines = Sequence[int]


class _UnfitError(ValueError):
    """A value that the writer does not write; the message is the end of a sentence."""


def written_report(report: ImportReport, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return what `read_report` makes the same report of, always the same bytes for the same report.

    They are empty where so much could not be read back: unpacked more than ``limits.unpacked_bytes``.
    """
    written = {
        "format": _FORMAT,
        "version": _VERSION,
        "reading": _written(report.reading),
        "steps": _written(report.steps),
    }
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
    data = text.encode("utf-8", "replace")  # half a character, of a strange file name, becomes "?"
    packed = zlib.compress(data, 1)
    return packed if len(data) <= _most(packed, limits) else b""


def read_report(data: bytes, limits: Limits = DEFAULT_LIMITS) -> ImportReport:
    """Return the report that `written_report` has written, made anew by the rules of today.

    Raises
    ------
    UnreadableFileError
        The bytes are no report, not a whole one, too large, of a newer program, or the rooms of the import
        can make nothing of them.

    """
    try:
        written = _unpacked(data, limits)
        reading = _read(Reading, written.get("reading"))
        _check(reading, limits)
        return assembled(reading, _read(tuple[Step, ...], written.get("steps")))
    except _UnfitError as error:
        raise UnreadableFileError(f"{_CANNOT}: {error}") from None
    except Exception:  # noqa: BLE001  # a table nobody has read may break any rule the rooms rely on
        raise UnreadableFileError(f"{_CANNOT}: it does not fit together.") from None


def _most(packed: bytes, limits: Limits) -> int:
    """Return how much some bytes may unpack to."""
    return min(limits.unpacked_bytes, max(_ALWAYS_UNPACKED, _MOST_TIMES * len(packed)))


def _unpacked(packed: bytes, limits: Limits) -> dict[str, Any]:
    most = _most(packed, limits)
    inflating = zlib.decompressobj()
    try:
        data = inflating.decompress(packed, most + 1)
        if len(data) > most:
            raise _UnfitError(f"unpacked it is larger than {most >> 20:,} MB.")
        if not inflating.eof or inflating.unused_data:
            raise _UnfitError("it is cut off, or something follows it.")
        written = json.loads(data.decode())
    except (zlib.error, json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        raise _UnfitError("it was changed or damaged.") from None
    if not isinstance(written, dict) or written.get("format") != _FORMAT:
        raise _UnfitError(f"it does not say that it is an {_FORMAT}.")
    version = written.get("version")
    if version != _VERSION:
        newer = isinstance(version, int) and version > _VERSION
        raise _UnfitError("a newer program wrote it." if newer else "it has no known version.")
    return written


# ---------------------------------------------------------------------- values <-> JSON


def _written(value: object) -> object:
    """Return a value as JSON has it: parts by their names, tuples as lists."""
    match value:
        case FileLine():
            return [int(value), value.file]
        case Column():
            return _written_column(value)
        case tuple() | [Column(), *_]:
            return [_written(one) for one in value]
        case Sequence() if not isinstance(value, str):
            return _written_lines(value)
    if is_dataclass(value):
        return {field.name: _written(getattr(value, field.name)) for field in fields(value)}
    return value


def _read(hint: Any, value: Any) -> Any:  # noqa: ANN401, PLR0911  # a type, and JSON of it
    """Return what JSON says, if it is of that type."""
    arguments, origin = get_args(hint), get_origin(hint)
    match origin or hint:
        case kind if kind is Column:
            return _read_column(value)
        case kind if kind is Sequence:
            return _read_lines(value)
        case kind if kind is UnionType:
            return None if value is None and NoneType in arguments else _read(arguments[0], value)
        case kind if kind is Literal and value in arguments:
            return value
        case kind if kind in {tuple, list} and isinstance(value, list):
            every = kind is list or arguments[-1] is ...
            hints = arguments[:1] * len(value) if every else arguments
            return kind(_read(one, of) for one, of in zip(hints, value, strict=True))
        case kind if isinstance(kind, type) and is_dataclass(kind) and isinstance(value, dict):
            parts = get_type_hints(kind)
            return kind(**{name: _read(parts[name], one) for name, one in value.items()})
        case kind if kind is int and isinstance(value, list):
            line, file = value
            return FileLine.of(_read(int, line), _read(str, file))
        case kind if type(value) is kind and (kind is not int or 0 <= value < _HIGHEST_LINE):
            if kind is str:
                value.encode()  # half a character could not be shown
            return value
    raise _UnfitError(f"a value is no {getattr(hint, '__name__', 'such part')}.")


def _written_column(column: Column) -> list[object]:
    texts = column.texts.tolist()
    if len(texts) == len(column):
        return [texts]
    return [texts, b64encode(column.index.astype(_numbers_of(texts)).tobytes()).decode()]


def _read_column(value: list[Any]) -> Column:
    """Return a column of its cells, so that it is sound whatever the texts and numbers are."""
    texts, *index = value
    if not isinstance(texts, list) or not set(map(type, texts)) <= {str}:
        raise _UnfitError("a cell is no text.")
    cells = np.array(texts, dtype=object)
    if index:
        (numbers,) = index
        cells = cells[np.frombuffer(b64decode(numbers, validate=True), _numbers_of(texts))]
    return column_of(cells)


def _numbers_of(texts: Sequence[str]) -> str:
    """Return the smallest kind of numbers that tells the texts apart, the low byte first."""
    return "u1" if len(texts) <= 1 << 8 else "<u2" if len(texts) <= 1 << 16 else "<u4"


def _written_lines(lines: _Lines) -> list[tuple[int, int, str]]:
    if isinstance(lines, range) and lines.step == 1:
        return [(lines.start, len(lines), "")]
    runs: list[tuple[int, int, str]] = []
    of_rows = ((int(line), line.file if isinstance(line, FileLine) else "") for line in lines)
    for _run, group in groupby(enumerate(of_rows), lambda one: (one[1][0] - one[0], one[1][1])):
        (_row, (line, file)), *more = group
        runs.append((line, 1 + len(more), file))
    return runs


def _read_lines(value: object) -> _Lines:
    runs = _read(tuple[tuple[int, int, str], ...], value)
    if sum(number for _line, number, _file in runs) > DEFAULT_LIMITS.rows:
        raise _UnfitError("it has more lines than are read.")
    parts: list[tuple[_Lines, str]] = []
    for file, group in groupby(runs, lambda run: run[2]):
        ranges = [range(line, line + number) for line, number, _file in group]
        parts.append((ranges[0] if len(ranges) == 1 else list(chain.from_iterable(ranges)), file))
    return parts[0][0] if len(parts) == 1 and not parts[0][1] else LinesOfFiles(parts)


def _check(reading: Reading, limits: Limits) -> None:
    """Check what the rooms of the import rely on."""
    table, rows = reading.table, len(reading.table)
    width = len(table.header)
    if not 0 < rows <= limits.rows or not 0 < width <= limits.columns or rows * width > limits.cells:
        raise _UnfitError(f"it has {rows:,} rows and {width:,} columns, none or more than are read.")
    if [len(column) for column in table.columns] != [rows] * width:
        raise _UnfitError("a column has not one cell for every row.")
    if len(set(table.header)) < width and not table.literal:
        raise _UnfitError("two columns have one name.")
    if table.besides.added > rows or any(notice.code not in NOTICE_CODES for notice in reading.notices):
        raise _UnfitError("it says what no file says.")
