"""What is handed over to be read: paths, bytes, open files; and the tables in them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.limits import Limits
from orgmodel.importing.notices import Notice
from orgmodel.importing.tables import Table, read_table

#: A path, the bytes of a file, or an open binary file.
Source = str | os.PathLike[str] | bytes | BinaryIO


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


def tables_of(content: Content, limits: Limits, notices: list[Notice]) -> list[Table]:
    """Return the tables in a file: one, or those of a format that holds nodes and edges apart.

    Raises
    ------
    UnreadableFileError
        There is none; the message is one sentence that names the file.

    """
    try:
        return [read_table(content.data, notices, limits)]
    except UnreadableFileError as error:
        subject = f'The file "{content.name}"' if content.name else "The file"
        raise UnreadableFileError(f"{subject} {error}") from None
