"""Files -> an organization and the report of how it came about."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.assembly import assembled
from orgmodel.importing.columns.mapping import ColumnMapping
from orgmodel.importing.decisions import Choice
from orgmodel.importing.files.cells import release_memory
from orgmodel.importing.files.sources import Content, Source, content_of, tables_of
from orgmodel.importing.files.tables import Table
from orgmodel.importing.joining.joined import joined
from orgmodel.importing.limits import DEFAULT_LIMITS, Limits
from orgmodel.importing.notices import Findings
from orgmodel.importing.privacy.private import DEFAULT_PRIVACY, Privacy, private
from orgmodel.importing.report import ImportReport, Reading, Step

# Share of the time of a large file that reading it takes, as measured.
_READ: Final = 0.7

#: Is told the share of the work that is done (0 to 1) and what is being done.
Progress = Callable[[float, str], object]


def read_organization(  # one source, and what may be said about it
    source: Source | Sequence[Source],
    *,
    filename: str | Sequence[str] | None = None,
    mapping: ColumnMapping | None = None,
    choices: Sequence[Choice] = (),
    privacy: Privacy = DEFAULT_PRIVACY,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> ImportReport:
    r"""Read an org chart from a file, or from several that belong together.

    Parameters
    ----------
    source
        A path, the bytes of a file, or an open binary file; or a sequence of these.
    filename
        What the file is called in messages (of several, one each); taken from the source where that knows
        its name.
    mapping
        The roles of the columns; told from headers and cells where nothing is said.
    choices
        What to decide about findings, where the default is not wanted.
    privacy
        What may be kept of the people.
    limits
        How large a file may be.
    progress
        Is called now and then with the share of the work that is done and a word for it.

    Returns
    -------
    ImportReport
        The chart is always sound; what was assumed to make it so is in the notices, and every row is
        accounted for.

    Raises
    ------
    UnreadableFileError
        There is no table in a file. The message is one sentence that names the file.

    >>> report = read_organization(b"Name,Manager,Title\nAnn,,CEO\nBob,Ann,Head of Customer Service\n")
    >>> report.organization
    <Organization: 2 nodes, 1 roots, 0 further managers, 0 ties>
    >>> for notice in report.notices:
    ...     print(notice.message)
    The managers are read from "Manager": 1 of 1 found in "Name".
    No column of ids: "Name" serves as id.

    """
    told = progress or (lambda _share, _word: None)
    contents = _contents(source, filename, limits)
    size = sum(len(content.data) for content in contents) or 1
    notices = Findings()
    with _no_garbage_collection():
        told(0.0, "Reading")
        tables: list[Table] = []
        read = 0
        for content in contents:
            part = partial(_told_of_part, told, read / size, len(content.data) / size)
            tables += tables_of(content, limits, notices, part)
            read += len(content.data)
        release_memory()
        told(_READ, "Putting the tables together")
        table = private(joined(tables, notices), privacy, mapping, notices)
        names = ", ".join(filter(None, (content.name for content in contents)))
        steps = (Step(tuple(choices), "", ""),) if choices else ()
        report = assembled(Reading(table, notices.closed(), names, mapping, privacy), steps, told)
        told(1.0, "Done")
        return report


def _told_of_part(told: Progress, before: float, part: float, share: float) -> None:
    """Tell how much of all files is read, from the share of one of them."""
    told(_READ * (before + part * share), "Reading")


def _contents(
    source: Source | Sequence[Source], filename: str | Sequence[str] | None, limits: Limits
) -> list[Content]:
    if not isinstance(source, list | tuple):
        name = filename if isinstance(filename, str) or filename is None else next(iter(filename), None)
        return [content_of(source, name)]  # type: ignore[arg-type]  # a str is a sequence too
    if not source or len(source) > limits.files:
        raise UnreadableFileError(f"Give 1 to {limits.files} files to read together, not {len(source)}.")
    names = list(filename) if filename and not isinstance(filename, str) else [None] * len(source)
    return [content_of(one, name) for one, name in zip(source, names, strict=True)]


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
