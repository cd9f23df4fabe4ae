"""Which column of a table plays which role, as data: proposed, shown, edited, kept for the next file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from orgmodel.errors import OrgModelError
from orgmodel.wording import quoted

_FORMAT: Final = "orgmodel column mapping"
_VERSION: Final = 1
# Characters or bytes of a mapping as text: a thousand columns with long headers have a fifth of it.
_LONGEST: Final = 1 << 20

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


class MappingError(OrgModelError, ValueError):
    """A mapping that names an unknown role, or a text that is no mapping."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How the columns of a table differ from those of a mapping; true if they do not.

    Attributes
    ----------
    missing
        Columns of the mapping that the table lacks.
    further
        Columns of the table that the mapping does not name.

    """

    missing: tuple[str, ...] = ()
    further: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether the columns are the same."""
        return not (self.missing or self.further)


@dataclass(frozen=True)
class ColumnEvidence:
    """What a column was taken for, and why.

    Attributes
    ----------
    header, role
        The column and its role, a key of `ROLE_TITLES`.
    reason
        Sentences: the header is known, or so many of its values are found in another column.
    samples
        A few different cells, short.
    filled
        Share of the rows that have a cell.
    alternatives
        Of the manager column: the other columns its values were looked up in, each with the share of the
        values that was found.

    """

    header: str
    role: str
    reason: str
    samples: tuple[str, ...]
    filled: float
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class ColumnMapping:
    """The role of every column, and the column in which the managers are found.

    A column that it does not name has the role its header is known for, unless another column was given
    that role. A column that it names and a file lacks is passed over, with a notice.

    Attributes
    ----------
    columns
        (Header, role) in the order of the table; roles are keys of `ROLE_TITLES`.
    refers_to
        Header of the column that the cells of the manager column name, or of several put together
        ("First name + Last name"); None: told from the cells.

    Raises
    ------
    MappingError
        A role is unknown, or a column has two.

    """

    columns: tuple[tuple[str, str], ...]
    refers_to: str | None = None

    def __post_init__(self) -> None:
        """Check the roles."""
        for header, role in self.columns:
            if role not in ROLE_TITLES:
                raise MappingError(
                    f"{quoted(role)}, said of the column {quoted(header)}, is no role. Roles are: "
                    f"{', '.join(ROLE_TITLES)}."
                )
        twice = next((header for header, number in Counter(self.shape).items() if number > 1), None)
        if twice is not None:
            raise MappingError(f"The column {quoted(twice)} is in the mapping twice; say one role of it.")

    @property
    def shape(self) -> tuple[str, ...]:
        """The headers."""
        return tuple(header for header, _role in self.columns)

    @cached_property
    def role_of(self) -> Mapping[str, str]:
        """Role by header."""
        return dict(self.columns)

    def fits(self, header: Sequence[str]) -> Fit:
        """Return whether a table has just these columns, in any order, and how it differs."""
        known = set(header)
        return Fit(
            missing=tuple(name for name in self.shape if name not in known),
            further=tuple(name for name in header if name not in self.role_of),
        )

    def with_role(self, header: str, role: str) -> ColumnMapping:
        """Return the mapping with another role of one column."""
        columns = dict(self.columns) | {header: role}
        return ColumnMapping(tuple(columns.items()), self.refers_to)

    def to_json(self) -> str:
        """Return the mapping as text, to be kept for the next file of the same shape."""
        written = {
            "format": _FORMAT,
            "version": _VERSION,
            "columns": [{"header": header, "role": role} for header, role in self.columns],
            "refers_to": self.refers_to,
        }
        return json.dumps(written, ensure_ascii=False, indent=2)

    @classmethod
    def from_json(cls, text: str | bytes) -> ColumnMapping:
        """Return the mapping that `to_json` has written.

        Raises
        ------
        MappingError
            The text is none. The message is a sentence that names the value at fault.

        """
        if len(text) > _LONGEST:
            raise MappingError(f"The mapping cannot be read: it is larger than {_LONGEST >> 20} MB.")
        try:
            written = json.loads(text)
        except (ValueError, RecursionError):  # a UnicodeDecodeError is a ValueError too
            raise MappingError("The mapping cannot be read: it is not JSON.") from None
        if not isinstance(written, dict) or written.get("format") != _FORMAT:
            raise MappingError(f'The mapping cannot be read: it does not say "format": "{_FORMAT}".')
        if written.get("version") != _VERSION:
            version = quoted(str(written.get("version")))
            raise MappingError(
                f"The mapping has the version {version}; this program reads version {_VERSION}."
            )
        columns = written.get("columns")
        if not isinstance(columns, list):
            raise MappingError('The mapping cannot be read: "columns" is not a list.')
        refers_to = written.get("refers_to")
        if refers_to is not None and not isinstance(refers_to, str):
            raise MappingError(f'"refers_to" is {quoted(str(refers_to))}; it must be the header of a column.')
        return cls(tuple(map(_column_of, columns)), refers_to)


def _column_of(entry: object) -> tuple[str, str]:
    if isinstance(entry, dict):
        header, role = entry.get("header"), entry.get("role")
        if isinstance(header, str) and isinstance(role, str):
            return header, role
    raise MappingError(
        f'{quoted(str(entry))} is no column of a mapping; it needs "header" and "role" as texts.'
    )
