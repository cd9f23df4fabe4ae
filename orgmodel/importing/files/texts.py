"""Bytes of a text file -> its rows of cells: encoding, separator, quoting."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.columns.headers import LEAST_KNOWN_HEADERS, most_known
from orgmodel.importing.files.cells import Rows, rows_of
from orgmodel.importing.notices import Notice
from orgmodel.importing.own_format import OWN_COLUMNS
from orgmodel.wording import counted

if TYPE_CHECKING:
    from _csv import Reader

SEPARATORS: Final = (",", ";", "\t", "|")
_SAMPLE_CHARACTERS: Final = 200_000
_SAMPLE_ROWS: Final = 300
# Of all characters; above it the bytes are a picture or a program and no text.
_CONTROL_CHARACTERS_AT_MOST: Final = 0.02
# Looking through a hundred million of them would keep every other session waiting.
_CHECKED_CHARACTERS: Final = 1 << 20
_CONTROL_CHARACTERS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SETTING: Final = re.compile(r"\w+:")
_PIECE: Final = 1 << 16  # characters, about
_TOLD_EVERY: Final = 1 << 21  # characters
# The UTF-32 mark of little-endian text starts with the UTF-16 one, so it is looked for first.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Of the bytes at even (odd) places that are zero, above which text without a mark is UTF-16.
_ZEROS_OF_UTF16: Final = 0.4
_MARKED_UP: Final = "a web page or XML, not a table; save it as .xlsx or CSV"
# What is one sign long may begin a table, too; the others never do, whatever separators follow.
_KINDS_OF_OTHER_FILES: Final = (
    ("%PDF", "a PDF document"),
    ("<?xml", _MARKED_UP),
    ("<!DOCTYPE", _MARKED_UP),
    ("<", _MARKED_UP),
    ("{", "JSON, but not a list of people or units"),
)
# A base64 photograph in a cell is longer than the 131,072 characters Python's reader takes. The limit
# belongs to the process and is only ever raised: no other reader loses anything by it.
csv.field_size_limit(max(csv.field_size_limit(), 1 << 30))


def rows_of_text(
    text: str, encoding: str, notices: list[Notice], told: Callable[[float], object] | None = None
) -> Rows:
    """Return the rows of a text file; ``told`` hears now and then which share of it is read.

    Raises
    ------
    UnreadableFileError
        The bytes are no text. The message is the end of a sentence that begins with the file's name.

    """
    _check_text(text)
    skipped, start = _lines_before(text)
    if skipped:
        message = f"{counted(skipped, 'line')} with comments at the top of the file (starting with #)."
        notices.append(Notice("lines_above_header", "info", message, 1))
    text = text[start:]
    separator, start = _separator(text)
    skipped, text = skipped + bool(start), text[start:]
    quoted = not (text.count('"') % 2 and _is_unbalanced(text, separator))
    if not quoted:
        message = (
            "A quotation mark is opened and never closed, so quotation marks were read as ordinary text. "
            'A quotation mark inside a cell should be written twice ("").'
        )
        notices.append(Notice("quotes", "warning", message))
    reader = _reader(text, separator, quoted=quoted, told=told)

    def lines(number: int) -> Sequence[int]:
        if reader.line_num == number:
            return range(skipped + 1, skipped + 1 + number)
        again = _reader(text, separator, quoted=quoted)  # some cells run over several lines
        return [skipped + 1, *(skipped + 1 + again.line_num for _ in again)][:-1]

    rows = rows_of(reader, lines)
    return replace(rows, encoding=encoding, separator=separator if rows.widest > 1 else None)


# ---------------------------------------------------------------------- encoding


def decoded(data: bytes, notices: list[Notice]) -> tuple[str, str]:
    """Return the text in some bytes, without a mark at its start, and its encoding."""
    text, encoding = _text_and_encoding(data, notices)
    return text.removeprefix("\ufeff"), encoding


def _check_text(text: str) -> None:
    """Refuse what is another kind of file."""
    if _own_separator(text):
        return  # our own file: whatever its cells hold was put there
    begin = text[:_SAMPLE_CHARACTERS].lstrip()
    for mark, kind in _KINDS_OF_OTHER_FILES:
        if begin.startswith(mark) and (len(mark) > 1 or not is_separated(text)):
            raise UnreadableFileError(f"is {kind}.")
    sample = text[:_CHECKED_CHARACTERS]
    if len(_CONTROL_CHARACTERS.findall(sample)) > _CONTROL_CHARACTERS_AT_MOST * len(sample):
        raise UnreadableFileError(
            "does not contain text; it may be a picture or a program under another name."
        )


def _text_and_encoding(data: bytes, notices: list[Notice]) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, notices)
    even, odd = data[0:4096:2], data[1:4096:2]
    if odd and odd.count(0) > _ZEROS_OF_UTF16 * len(odd) and not even.count(0):
        return _strictly(data, "utf-16-le", notices)
    if even and even.count(0) > _ZEROS_OF_UTF16 * len(even) and not odd.count(0):
        return _strictly(data, "utf-16-be", notices)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _eight_bit(data, notices)


def _strictly(data: bytes, encoding: str, notices: list[Notice]) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        message = (
            f"The file says it is {encoding.upper()}, but is not from byte {error.start + 1:,} on; what "
            "could not be read is shown as \N{REPLACEMENT CHARACTER}."
        )
        notices.append(Notice("encoding", "warning", message))
        return data.decode(encoding, errors="replace"), encoding


def _eight_bit(data: bytes, notices: list[Notice]) -> tuple[str, str]:
    """Return text that is not UTF-8, or not everywhere.

    A file put together from two sources has lines in UTF-8 and others in Windows-1252; if there is
    more UTF-8 beyond ASCII than not, each line is read for itself. Windows-1252 is ISO-8859-1 with
    characters where that has none; the five bytes it leaves open are read as ISO-8859-1 does.
    """
    broken = data.decode("utf-8", errors="replace")
    wrong = broken.count("\N{REPLACEMENT CHARACTER}")
    beyond_ascii = len(broken) - len(broken.encode("ascii", errors="ignore")) - wrong
    if beyond_ascii > wrong:
        text = "".join(_line(line) for line in data.splitlines(keepends=True))
        encoding, where = "utf-8", "Some lines of the file are"
    else:
        text, encoding, where = _windows_1252(data), "cp1252", "The file is"
    message = (
        f"{where} not UTF-8 and was read as Windows-1252 (Western European). If names look wrong, save the "
        "file as UTF-8."
    )
    notices.append(
        Notice("encoding", "info", message.replace("are not UTF-8 and was", "are not UTF-8 and were"))
    )
    return text, encoding


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return _windows_1252(line)


def _windows_1252(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


# ---------------------------------------------------------------------- separator


def _separator(text: str) -> tuple[str, int]:
    """Return the separator, and where the rows start.

    It is the one that gives the same number of columns on the most rows; among those, under which
    the most words of a header are known, then the one that gives more columns.
    """
    if own := _own_separator(text):
        return own, 0
    if first := re.match(r'sep=([^"\r\n])\r?\n', text):  # Excel's own way to say it
        return first[1], first.end()
    scores = {separator: _score(text, separator) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda separator: scores[separator]), 0


def _own_separator(text: str) -> str | None:
    """Return the separator of our own format if the text starts with its header."""
    for separator in SEPARATORS:
        header = separator.join(OWN_COLUMNS)
        if text.startswith(header) and text[len(header) : len(header) + 1] in {"", separator, "\r", "\n"}:
            return separator
    return None


def _score(text: str, separator: str) -> tuple[float, int, int]:
    """Return (share of rows with the most frequent number of columns, known headers, columns)."""
    rows = _sample(text, separator)
    widths = Counter(len(row) for row in rows)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    if width == 1:
        return (0.0, 0, 1)
    return (round(count / len(rows), 1), most_known(rows), width)


def is_separated(text: str) -> bool:
    """Return whether all rows near the top have the same number of cells, more than one."""
    return any(_score(text, separator)[0] == 1 for separator in SEPARATORS)


def _sample(text: str, separator: str) -> list[list[str]]:
    """Return the first rows that are not empty; the last one only if it is known to be whole."""
    cut = len(text) > _SAMPLE_CHARACTERS
    reader = _reader(text[:_SAMPLE_CHARACTERS], separator)
    rows = [row for row in islice(reader, _SAMPLE_ROWS) if any(row)]
    return rows[:-1] if cut and len(rows) > 1 else rows


def _is_unbalanced(text: str, separator: str) -> bool:
    """Return whether more rows have the same number of columns when quotation marks are ordinary text."""
    most = []
    for quoted in (True, False):
        widths = Counter(len(row) for row in _reader(text, separator, quoted=quoted) if any(row))
        most.append(max(widths.values(), default=0))
    return most[1] > most[0]


# ---------------------------------------------------------------------- rows


def _reader(
    text: str, separator: str, *, quoted: bool = True, told: Callable[[float], object] | None = None
) -> Reader:
    """Return Python's CSV reader; without a translation of line ends, so that cells keep theirs."""
    lines = chain.from_iterable(io.StringIO(piece, newline="") for piece in _pieces(text, told))
    if quoted:
        return csv.reader(lines, delimiter=separator)
    return csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)


def _pieces(text: str, told: Callable[[float], object] | None) -> Iterator[str]:
    """Yield a text in pieces that end with a line: a stream of text takes four bytes a character."""
    start = heard = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE) + 1 or len(text)
        yield text[start:end]
        start = end
        if told and start - heard >= _TOLD_EVERY:
            told(start / len(text))
            heard = start


def _lines_before(text: str) -> tuple[int, int]:
    """Return the number of comment lines at the top of a text and where the rest starts.

    A line that starts with ``#`` is a comment, unless it is the header itself (``#,Name,Manager`` or
    ``# id;name``). A setting of draw.io is none, though it names columns (``# ignore: id,name``).
    """
    lines, start = 0, 0
    while text.startswith("#", start):
        end = text.find("\n", start) + 1 or len(text)
        words = re.split(r"[,;\t|]", text[start:end].lstrip("# "))
        if most_known([words]) >= LEAST_KNOWN_HEADERS and not _SETTING.match(words[0]):
            break
        lines, start = lines + 1, end
    return lines, start
