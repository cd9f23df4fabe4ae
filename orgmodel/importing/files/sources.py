"""What is handed over to be read: paths, bytes, open files; and the tables in them."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.files.graph_files import is_graph, tables_of_graph
from orgmodel.importing.files.json_files import is_json, tables_of_json
from orgmodel.importing.files.tables import Table, table_of
from orgmodel.importing.files.texts import decoded, rows_of_text
from orgmodel.importing.files.workbooks import is_workbook, tables_of_workbook
from orgmodel.importing.limits import Limits
from orgmodel.importing.notices import Notice

#: A path, the bytes of a file, or an open binary file.
Source = str | os.PathLike[str] | bytes | BinaryIO

_KINDS_OF_OTHER_FILES: Final = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\xd0\xcf\x11\xe0", "a document of an old Office program, but no workbook with a table"),
    (b"PK\x03\x04", "a packed file, but no workbook (.xlsx, .xlsb, .ods)"),
)
_BEGIN: Final = 1000


@dataclass(frozen=True)
class Content:
    """The bytes of a file and what it is called in messages, empty if that is not known."""

    data: bytes
    name: str


def content_of(source: Source, filename: str | None = None) -> Content:
    """Return the bytes of a source and its name."""
    if isinstance(source, bytes | bytearray | memoryview):
        return Content(bytes(source), filename or "")
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        try:
            return Content(path.read_bytes(), filename or path.name)
        except (OSError, ValueError) as error:  # a ValueError for a path with a NUL in it
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            raise UnreadableFileError(f'The file "{source}" cannot be opened: {reason}.') from None
    if filename is None:
        name = getattr(source, "name", "")  # a file opened by its number has that as its name
        filename = Path(name).name if isinstance(name, str) else ""
    return Content(source.read(), filename)


def tables_of(
    content: Content, limits: Limits, notices: list[Notice], told: Callable[[float], object] | None = None
) -> list[Table]:
    """Return the tables in a file: one, or those of a format that holds nodes and edges apart.

    ``told`` hears which share of a text file is read.

    Raises
    ------
    UnreadableFileError
        There is none; the message is one sentence that names the file.

    """
    try:
        tables = _tables(content.data, limits, notices, told)
    except UnreadableFileError as error:
        subject = f'The file "{content.name}"' if content.name else "The file"
        raise UnreadableFileError(f"{subject} {error}") from None
    return [replace(table, name=", ".join(filter(None, (content.name, table.name)))) for table in tables]


def _tables(
    data: bytes, limits: Limits, notices: list[Notice], told: Callable[[float], object] | None
) -> list[Table]:
    if not data or data.isspace():
        raise UnreadableFileError("is empty.")
    _check_size(data, limits.bytes)
    if is_workbook(data):
        return tables_of_workbook(data, notices, limits)
    begin = data[:_BEGIN].lstrip()
    for mark, kind in _KINDS_OF_OTHER_FILES:
        if begin.startswith(mark):
            raise UnreadableFileError(f"is {kind}.")
    if is_graph(data):
        _check_size(data, limits.nested_bytes, " of GraphML and GEXF")
        return tables_of_graph(data, notices, limits)
    text, encoding = decoded(data, notices)
    if is_json(text):
        _check_size(data, limits.nested_bytes, " of JSON")
        return [replace(table, encoding=encoding) for table in tables_of_json(text, notices, limits)]
    rows = rows_of_text(text, encoding, notices, told)
    del text  # its cells are apart now, and the file may fill the memory
    return [table_of(rows, notices, limits)]


def _check_size(data: bytes, most: int, kind: str = "") -> None:
    if len(data) > most:
        raise UnreadableFileError(f"is larger than {most >> 20} MB, the most that is read{kind}.")
