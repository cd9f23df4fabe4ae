"""What a reading hands back: the organization, and an account of every row and every assumption."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from orgmodel.organization import Organization

Severity = Literal["info", "warning", "error"]

#: Every code a `Notice` can carry, with what it is about; a screen groups the notices by it.
NOTICE_CODES: Final[Mapping[str, str]] = {
    "encoding": "The bytes are not UTF-8; another encoding was assumed.",
    "quotes": "A quotation mark is opened and never closed; quotation marks were read as ordinary text.",
    "sheets": "The workbook has further sheets, which were not read.",
    "lines_above_header": "Comments or title lines above the header.",
    "second_header": "A second header line under the first.",
    "no_header": "The first line is already data; what the columns hold was told from their cells.",
    "index_column": "A column of row numbers without a name was left out.",
    "unnamed_column": "A column without a name was kept under its position.",
    "renamed_column": "A column was kept under another name, because its own is taken.",
    "long_row": "A row has more cells than the header.",
    "short_row": "A row has fewer cells than the header.",
    "blank_rows": "Empty rows, not counted as rows of data.",
    "row_rejected": "A row was not made a node; the reason is given.",
    "manager_column": "Which column holds the managers, and in which column they are found.",
    "no_manager_column": "No column says who reports to whom.",
    "managers_not_found": "Most values of the manager column are not found in the file.",
    "manager_columns_disagree": "Two manager columns name different managers.",
    "id_column": "Where the ids come from, if there is no column of ids.",
    "id_missing": "A row without an id was given one.",
    "duplicate_row": "A row that repeats another one was merged into it.",
    "duplicate_line": "A row that repeats another one but for the manager became a further line.",
    "duplicate_id": "Different rows with one id; all but one were given a new id.",
    "leading_zeros": "Managers were found after leading zeros were ignored.",
    "loose_match": "Managers were found under another spelling or in another column.",
    "ambiguous_manager": "A manager's name fits several rows.",
    "several_managers": "A cell names several managers; the first is the solid one, the others are dotted.",
    "self_reference": "A row names itself as its manager.",
    "outside_manager": "The manager of the top row is not in the file.",
    "missing_manager": "A manager is not in the file and was added as a placeholder.",
    "cycle": "Managers report to each other in a circle; one line was left out.",
    "vacancy": "Posts marked as vacant or eliminated.",
    "undisclosed_name": "Names that are not disclosed; the posts are held.",
    "headcount": "A headcount is not a number of 0 or more.",
    "function": "The function column holds other words than the business functions.",
    "further_manager": "A further manager could not be taken as written.",
    "tie": "A tie could not be taken as written.",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence about the file: what was found and what was assumed.

    Attributes
    ----------
    code
        A key of `NOTICE_CODES`.
    severity
        ``info``: nothing to decide. ``warning``: an assumption that should be looked at. ``error``: the
        file contradicts itself; the chart shown is one way out.
    row
        Line of the file as its reader counts (1 = first line); the first one if it is about several.
    column, value
        Header and cell at fault, where there is one.

    """

    code: str
    severity: Severity
    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None


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
        As given, or empty.

    """

    organization: Organization
    notices: tuple[Notice, ...]
    columns: Mapping[str, tuple[str, ...]]
    rows: RowAccount
    encoding: str | None
    separator: str | None
    sheet: str | None
    filename: str

    @cached_property
    def placeholders(self) -> tuple[str, ...]:
        """Ids of the managers who are not in the file and were added: nodes without a row."""
        return tuple(self.organization.ids[self.rows.nodes :])
