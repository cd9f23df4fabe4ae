"""What a reading hands back: the organization, and an account of every row and every assumption."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from orgmodel.importing.columns.mapping import ColumnEvidence, ColumnMapping
from orgmodel.importing.decisions import Choice
from orgmodel.importing.files.tables import Table
from orgmodel.importing.notices import Notice
from orgmodel.importing.privacy.private import DEFAULT_PRIVACY, Privacy
from orgmodel.organization import Organization


@dataclass(frozen=True, slots=True)
class RowAccount:
    """What became of the rows of data. Every row is exactly one of nodes, merged, lines, rejected.

    >>> RowAccount(total=3, nodes=1, merged=1, lines=0, rejected=0)
    Traceback (most recent call last):
    ValueError: The file has 3 rows, but 2 are accounted for.
    """

    total: int
    nodes: int
    merged: int
    lines: int
    rejected: int

    def __post_init__(self) -> None:
        """Check that the four counts add up to the rows."""
        accounted = self.nodes + self.merged + self.lines + self.rejected
        if accounted != self.total:
            message = f"The file has {self.total} rows, but {accounted} are accounted for."
            raise ValueError(message)


@dataclass(frozen=True)
class Reading:
    """What was read, before anything was decided about it.

    Attributes
    ----------
    table
        The only one, or what several were folded into.
    notices
        What was said on the way.
    filename
        As `ImportReport.filename`.
    mapping
        The roles of its columns, if somebody has said them.
    privacy
        What was said of the people in it.

    """

    table: Table
    notices: tuple[Notice, ...]
    filename: str
    mapping: ColumnMapping | None = None
    privacy: Privacy = DEFAULT_PRIVACY


@dataclass(frozen=True, slots=True)
class Step:
    """A decision of the reader: the choices made at once, what they are called, how much they changed."""

    choices: tuple[Choice, ...]
    title: str
    changes: str


@dataclass(frozen=True)
class ImportReport:
    """A file, read: the organization, and how it came about.

    Attributes
    ----------
    organization
        Always sound. Nodes are the rows of the file in their order, then the placeholders.
    notices
        Assumptions and faults, in the order of the work; see `NOTICE_CODES`.
    columns
        What the columns were read as: role -> the headers it was read from.
    rows
        What became of the rows.
    encoding, separator
        Of a text file; None for a workbook. Separator is None where there is one column only.
    sheet
        Of a workbook; None for a text file.
    filename
        As given, or empty; of several files their names.
    mapping, evidence
        The role of every column, and why it has it.
    reading
        What was read before anything was decided: from it `orgmodel.importing.deciding` makes the report
        anew with other decisions.
    steps
        What the reader has decided so far, in order.

    """

    organization: Organization
    notices: tuple[Notice, ...]
    columns: Mapping[str, tuple[str, ...]]
    rows: RowAccount
    encoding: str | None
    separator: str | None
    sheet: str | None
    filename: str
    mapping: ColumnMapping
    evidence: tuple[ColumnEvidence, ...]
    reading: Reading
    steps: tuple[Step, ...] = ()

    @cached_property
    def added(self) -> tuple[str, ...]:
        """Ids of the nodes that have no row.

        Managers who are not in the file, nodes that only lines or paths name, a head that was added.
        """
        return tuple(self.organization.ids[self.rows.nodes :])
