"""Why a column was taken for what: the evidence a reader sees beside each column, and the mapping to edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final

from orgmodel.importing.columns.headers import role_of
from orgmodel.importing.columns.manager_columns import ManagerColumn
from orgmodel.importing.columns.mapping import ROLE_TITLES, ColumnEvidence, ColumnMapping
from orgmodel.importing.columns.roles import Roles, has_text, is_nearly_unique, role_by_header, roles_of
from orgmodel.importing.files.cells import Column
from orgmodel.importing.files.tables import Table
from orgmodel.wording import counted, quoted

_SAMPLES: Final = 3
_LONGEST_SAMPLE: Final = 60
# Different texts that are looked at for a sentence about them.
_SAMPLED_TEXTS: Final = 2000
#: Roles that one column plays; a second one is kept as it is.
_SEVERAL: Final = ("second_managers", "further_managers", "ties", "path")
_PLAYED_ONCE: Final = frozenset(
    {"id", "title", "unit", "location", "status", "headcount", "function", "name"}
)


def proposed_mapping(
    whole: Table, table: Table, roles: Roles, managers: ManagerColumn | None
) -> ColumnMapping:
    """Return the roles that were told as a mapping: it makes the same organization of the same table.

    A column without any cell has the role of its header: in the next file it may be filled. ``whole`` is
    the table of the file, ``table`` the one that was worked with: columns may be added to it or left out.
    """
    told = {header: role for header, role in role_by_header(table, roles).items() if role in ROLE_TITLES}
    told = {header: role for header, role in told.items() if role != "manager"}
    if not whole.literal:
        empty = [one for one, column in zip(whole.header, whole.columns, strict=True) if not has_text(column)]
        told |= {header: role for header in empty if (role := role_of(header) or "") in ROLE_TITLES}
    told |= {table.header[place]: "manager" for place in _manager_places(managers)}
    label = managers.target.label if managers and managers.found else None
    added = managers is not None and managers.target.column is not None and label not in whole.header
    # Our own format may have a further column called like one of its own: that one is kept as it is.
    columns = tuple((header, told.get(header, "keep")) for header in dict.fromkeys(whole.header))
    return ColumnMapping(columns, None if added else label)


def column_evidence(
    whole: Table,
    table: Table,
    roles: Roles,
    managers: ManagerColumn | None,
    mapping: ColumnMapping | None = None,
) -> tuple[ColumnEvidence, ...]:
    """Return the evidence of every column of the file.

    ``whole`` and ``table`` are as in `proposed_mapping`; ``mapping`` is what the reader has said.
    """
    effective = mapping or proposed_mapping(whole, table, roles, managers)
    told = role_by_header(whole, roles_of(whole)) if mapping else {}
    now = role_by_header(table, roles)
    place_of = {header: place for place, header in reversed([*enumerate(table.header)])}
    found = []
    for header, column in zip(whole.header, whole.columns, strict=True):
        role = effective.role_of.get(header) or now.get(header, "keep")
        role = role if role in ROLE_TITLES else "keep"
        alternatives: tuple[tuple[str, float], ...] = ()
        if (place := place_of.get(header)) is None or role == "drop":
            role, reason = "drop", "You leave this column out."
        elif managers and place in _manager_places(managers):
            role, reason = "manager", _of_managers(table, place, managers, stated=mapping is not None)
            alternatives = managers.alternatives if place == managers.column else ()
        elif mapping and role != "keep" and told.get(header) != role:
            reason = f"You chose this. {_of_cells(role, column)}"
        elif mapping and role == "keep" and told.get(header) in ROLE_TITLES:
            reason = f"You chose this; the header would stand for: {ROLE_TITLES[told[header]]}."
        else:
            reason = _told_reason(table, place, role, roles)
        filled = float(column.filled.mean()) if len(column) else 0.0
        found.append(ColumnEvidence(header, role, reason, _samples(column), filled, alternatives))
    return tuple(found)


def _manager_places(managers: ManagerColumn | None) -> tuple[int, ...]:
    return (managers.column, *managers.others) if managers else ()


def _samples(column: Column) -> tuple[str, ...]:
    """Return the first few different cells, on one line each and cut to what can be read."""
    texts = (" ".join(text.split()) for text in column.texts[: _SAMPLES * 2].tolist())
    shown = (
        text if len(text) <= _LONGEST_SAMPLE else f"{text[: _LONGEST_SAMPLE - 1]}…" for text in texts if text
    )
    return tuple(islice(dict.fromkeys(shown), _SAMPLES))


# ---------------------------------------------------------------------- sentences


def _told_reason(table: Table, place: int, role: str, roles: Roles) -> str:
    """Return why a column was taken for its role, or for none."""
    header, column = table.header[place], table.columns[place]
    known = role_of(header) if table.named else None
    if not has_text(column):
        return "No cell is filled."
    if role == "keep":
        if known == "manager":
            return "The header speaks of managers, but another column names them better; kept as it is."
        return (
            "The header is known, but the chart does not need it; kept as it is."
            if known
            else ("No known header; kept as it is." if table.named else "Kept as it is.")
        )
    first = next((other for other in roles.get(role, [place]) if role in _PLAYED_ONCE), place)
    if role != "name" and first != place and role != "id":
        return f"The header is known, but {quoted(table.header[first])} comes first; kept as it is."
    how = "The header is known." if known else "There is no header that says it; told from the cells."
    if table.literal:
        how = "A column of our own format."
    return f"{how} {_of_cells(role, column)}"


def _of_managers(table: Table, place: int, managers: ManagerColumn, *, stated: bool) -> str:
    """Return how many of the managers are found, and where."""
    if place != managers.column:
        best = quoted(table.header[managers.column])
        return f"Names managers too; the lines are drawn from {best}, and this column is compared with it."
    how = "You chose this." if stated else "The header is known."
    if not managers.recognised:
        how = "The header is not known; chosen because its values are found."
    if not managers.given:
        return f"{how} It names nobody."
    label, missing = quoted(managers.target.label), managers.given - managers.found
    if not managers.found:
        return f"{how} None of its {counted(managers.given, 'value')} is found in another column."
    share = _per_cent(managers.share)
    rest = "" if not missing else f"; {missing:,} {'is' if missing == 1 else 'are'} not"
    verb = "is" if managers.found == 1 else "are"
    found = f"{managers.found:,} of {managers.given:,} values {verb} found in {label} ({share}){rest}."
    others = ", ".join(f"{quoted(header)} {_per_cent(part)}" for header, part in managers.alternatives[:2])
    return f"{how} {found}" + (f" Found elsewhere: {others}." if others else "")


def _of_cells(role: str, column: Column) -> str:
    """Return what the cells of a column are like, as far as it speaks for the role."""
    filled = int(column.filled.sum())
    different = len(column.texts) - (filled < len(column))
    if not filled:
        return "No cell is filled."
    if role == "id" and column.is_unique:
        return "A value of its own in every row."
    if role == "name" and is_nearly_unique(column):
        return "A different one in nearly every row."
    sentences = {
        "id": f"{different:,} different values in {counted(len(column), 'row')}.",
        "email": f"{_per_cent(_share(column, lambda text: '@' in text))} are e-mail addresses.",
        "headcount": _range(column),
    }
    several = dict.fromkeys(_SEVERAL, f"{counted(filled, 'cell')} filled.")
    return (several | sentences).get(role, f"{counted(different, 'different value')}.")


def _range(column: Column) -> str:
    """Return which numbers a column holds."""
    numbers = [number for text in _sample(column) if (number := _number(text)) is not None]
    if not numbers:
        return "None of the cells is a number."
    return f"Numbers from {min(numbers):g} to {max(numbers):g}."


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ".").rstrip("% "))
    except ValueError:
        return None


def _share(column: Column, holds: Callable[[str], bool]) -> float:
    texts = _sample(column)
    return sum(map(holds, texts)) / max(len(texts), 1)


def _sample(column: Column) -> Sequence[str]:
    return [text for text in column.texts[:_SAMPLED_TEXTS].tolist() if text]


def _per_cent(share: float) -> str:
    """Return a share in per cent; only all of them are 100 %, only none 0 %.

    >>> _per_cent(1.0), _per_cent(0.999), _per_cent(0.001), _per_cent(0.983)
    ('100 %', '99 %', '1 %', '98 %')
    """
    shown = round(share * 100)
    if shown == 100 and share < 1:  # noqa: PLR2004  # per cent
        shown = 99
    return f"{1 if shown == 0 and share > 0 else shown} %"
