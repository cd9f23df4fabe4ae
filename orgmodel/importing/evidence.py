"""Why a column was taken for what: the evidence a reader sees beside each column, and the mapping to edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from orgmodel.importing.manager_columns import ManagerColumn
from orgmodel.importing.mapping import ColumnEvidence, ColumnMapping
from orgmodel.importing.tables import Table
from orgmodel.importing.wording import quoted

_SAMPLES: Final = 3

#: Role -> the headers it was read from, as `ImportReport.columns`.
ReadAs = Mapping[str, Sequence[str]]


def mapping_of(table: Table, read_as: ReadAs) -> ColumnMapping:
    """Return the roles that were told as a mapping."""
    role_of = {header: role for role, headers in read_as.items() for header in headers}
    return ColumnMapping(tuple((header, role_of.get(header, "keep")) for header in table.header))


def evidence_of(table: Table, read_as: ReadAs, managers: ManagerColumn | None) -> tuple[ColumnEvidence, ...]:
    """Return the evidence of every column."""
    found = []
    for (header, role), column in zip(mapping_of(table, read_as).columns, table.columns, strict=True):
        reason = "No known header; kept as it is." if role == "keep" else "The header is known."
        if managers and role == "manager":
            label = quoted(managers.target.label)
            reason = f"{managers.found:,} of {managers.given:,} values are found in {label}."
        samples = tuple(text for text in column.texts[: _SAMPLES + 1].tolist() if text)[:_SAMPLES]
        filled = float(column.filled.mean()) if len(column) else 0.0
        found.append(ColumnEvidence(header, role, reason, samples, filled))
    return tuple(found)
