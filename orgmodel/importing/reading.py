"""A file -> an organization and the report of how it came about."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.assembly import assembled
from orgmodel.importing.cells import release_memory
from orgmodel.importing.report import ImportReport, Notice
from orgmodel.importing.tables import read_table


def read_organization(
    source: str | os.PathLike[str] | bytes | BinaryIO, *, filename: str | None = None
) -> ImportReport:
    r"""Read an org chart from a CSV or Excel file.

    Parameters
    ----------
    source
        A path, the bytes of a file, or an open binary file.
    filename
        What the file is called in messages; taken from the source where that knows its name.

    Returns
    -------
    ImportReport
        The chart is always sound; what was assumed to make it so is in the notices, and every row is
        accounted for.

    Raises
    ------
    UnreadableFileError
        There is no table in the file. The message is one sentence that names the file.

    >>> report = read_organization(b"Name,Manager,Title\nAnn,,CEO\nBob,Ann,Head of Customer Service\n")
    >>> report.organization
    <Organization: 2 nodes, 1 roots, 0 further managers, 0 ties>
    >>> for notice in report.notices:
    ...     print(notice.message)
    The managers are read from "Manager": 1 of 1 found in "Name".
    No column of ids: "Name" serves as id.

    """
    data, name = _data_and_name(source, filename)
    notices: list[Notice] = []
    with _no_garbage_collection():
        try:
            table = read_table(data, notices)
        except UnreadableFileError as error:
            subject = f'The file "{name}"' if name else "The file"
            raise UnreadableFileError(f"{subject} {error}") from None
        release_memory()
        return assembled(table, notices, name)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Pause Python's search for circular garbage, which the millions of cells would set off again and again.

    It finds nothing here and takes half the time of a large file (measured: 16 of 38 seconds for a
    million rows).
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _data_and_name(
    source: str | os.PathLike[str] | bytes | BinaryIO, filename: str | None
) -> tuple[bytes, str]:
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source), filename or ""
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        try:
            return path.read_bytes(), filename or path.name
        except (OSError, ValueError) as error:  # a ValueError for a path with a NUL in it
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            raise UnreadableFileError(f'The file "{source}" cannot be opened: {reason}.') from None
    if filename is None:
        name = getattr(source, "name", "")  # a file opened by its number has that as its name
        filename = Path(name).name if isinstance(name, str) else ""
    return source.read(), filename
