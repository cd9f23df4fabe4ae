"""Which column of a table plays which role, as data: proposed, shown, edited, kept for the next file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

#: Role of a column -> what a reader calls it. A column of no role is kept as it is.
ROLE_TITLES: Final[Mapping[str, str]] = {
    "id": "Id of the person or post",
    "manager": "Manager",
    "second_managers": "Further managers (dotted lines)",
    "further_managers": "Further managers with shares (our own notation)",
    "ties": "Ties (collaboration)",
    "path": "Path from the top",
    "level": "Level of the hierarchy, one column each",
    "name": "Name",
    "first": "First name",
    "last": "Last name",
    "title": "Job title",
    "unit": "Department or unit",
    "function": "Business function",
    "email": "E-mail address",
    "status": "Status",
    "headcount": "Headcount or FTE",
    "location": "Location",
    "kind": "Kind of row",
    "keep": "Keep as it is",
    "drop": "Leave out",
}


@dataclass(frozen=True)
class ColumnEvidence:
    """What a column was taken for, and why.

    Attributes
    ----------
    header, role
        The column and its role, a key of `ROLE_TITLES`.
    reason
        A sentence: the header is known, or so many of its values are found in another column.
    samples
        A few different cells.
    filled
        Share of the rows that have a cell.

    """

    header: str
    role: str
    reason: str
    samples: tuple[str, ...]
    filled: float


@dataclass(frozen=True)
class ColumnMapping:
    """The role of every column, and the column in which the managers are found.

    Attributes
    ----------
    columns
        (Header, role) in the order of the table; roles are keys of `ROLE_TITLES`.
    refers_to
        Header of the column that the cells of the manager column name; None: told from the cells.

    """

    columns: tuple[tuple[str, str], ...]
    refers_to: str | None = None

    @property
    def shape(self) -> tuple[str, ...]:
        """The headers: a mapping fits every table that has the same."""
        return tuple(header for header, _role in self.columns)
