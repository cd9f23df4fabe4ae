"""Which column of a table plays which role: told from its header, or from its cells if there is no header."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import numpy as np

from orgmodel.importing.cells import Column, combined, empty_column
from orgmodel.importing.headers import HALF_NAMES, normalised, rank_of, role_of
from orgmodel.importing.mapping import ColumnMapping
from orgmodel.importing.own_format import OWN_COLUMNS
from orgmodel.importing.tables import Table

#: Role -> columns that can play it, the likelier first.
Roles = dict[str, list[int]]

_WORDS: Final = re.compile(r"[^\W\d_][^\d\\/@]*\s[^\d\\/@]*")
_MOST: Final = 0.8
_NEARLY_ALL: Final = 0.9
_LONGEST_NAME: Final = 300
_SAMPLED_ROWS: Final = 2000


def roles_of(table: Table, mapping: ColumnMapping | None = None) -> Roles:
    """Return the columns by role; a column has one role at most.

    A mapping says the roles of the columns it names; it is told by their headers for a table of any shape.
    """
    if mapping is not None:
        return _stated_roles(table, mapping)
    if table.literal:
        roles = {role: [place] for place, role in enumerate(OWN_COLUMNS)}
        roles["manager"] = roles.pop("manager_id")
        return roles
    if not table.named:
        return _roles_by_content(table)
    roles = {}
    for place, header in enumerate(table.header):
        if (role := role_of(header)) and any(table.columns[place].texts):
            roles.setdefault(role, []).append(place)
    for places in roles.values():
        places.sort(key=lambda place: rank_of(table.header[place]))
    _part_names(table, roles)
    _put_telling_units_first(table, roles)
    return roles


def _stated_roles(table: Table, mapping: ColumnMapping) -> Roles:
    stated = dict(mapping.columns)
    roles: Roles = {}
    for place, header in enumerate(table.header):
        if (role := stated.get(header, "keep")) not in {"keep", "drop"}:
            roles.setdefault(role, []).append(place)
    return roles


def joined_names(table: Table, roles: Roles) -> tuple[Column, list[int]]:
    """Return the name of every row, and the columns it comes from.

    A full name is taken where there is one; first and last name fill it where it is empty.
    """
    full = roles["name"][:1] if "name" in roles else []
    halves = [roles[role][0] for role in ("first", "last") if role in roles]
    if full and (not halves or table.columns[full[0]].filled.all()):
        return table.columns[full[0]], full
    if not halves:
        return empty_column(len(table)), []

    def joined(*cells: str) -> str:
        return (cells[0] if full else "") or " ".join(filter(None, cells))

    places = [*full, *halves]
    return combined(joined, [table.columns[place] for place in places]), places


def share_of_rows(column: Column, holds: Callable[[str], object]) -> float:
    """Return the share of the rows (of the first many) for which a cell is so."""
    sample = column.cells[:_SAMPLED_ROWS].tolist()
    return sum(len(cell) <= _LONGEST_NAME and bool(holds(cell)) for cell in sample) / max(len(sample), 1)


def is_nearly_unique(column: Column, of_rows: int | None = None) -> bool:
    """Return whether nearly every row (or that share of so many) has a cell of its own."""
    different = np.count_nonzero(column.texts)
    return bool(different >= _NEARLY_ALL * (len(column) if of_rows is None else of_rows))


def _part_names(table: Table, roles: Roles) -> None:
    """Make ``Nom`` beside ``Prénom`` the family name, and ``Nombre`` beside ``Apellidos`` the first name."""
    halves = {"first", "last"} & roles.keys()
    if len(halves) != 1 or "name" not in roles:
        return
    missing = "last" if "first" in halves else "first"
    place = roles["name"][0]
    if normalised(table.header[place]) not in HALF_NAMES:
        return
    other = table.columns[roles[halves.pop()][0]]
    full = sum(bool(half) and half in name for half, name in zip(other, table.columns[place], strict=True))
    if full < len(table) / 2:  # else the full name is written out beside one of its halves
        roles[missing] = [roles["name"].pop(0)]
        if not roles["name"]:
            del roles["name"]


def _put_telling_units_first(table: Table, roles: Roles) -> None:
    """Prefer a column of units that tells the rows apart to one that names the company on each."""
    if "unit" in roles:
        roles["unit"].sort(key=lambda place: len(table.columns[place].texts) == 1)


def _roles_by_content(table: Table) -> Roles:
    """Return the roles told from the cells: ids, e-mail addresses, then names and titles.

    Names differ from row to row, titles come again.
    """
    roles: Roles = {}
    for place, column in enumerate(table.columns):
        if share_of_rows(column, lambda cell: "@" in cell) >= _MOST:
            roles.setdefault("email", []).append(place)
        elif share_of_rows(column, _WORDS.fullmatch) >= _MOST:
            role = "name" if is_nearly_unique(column) and "name" not in roles else "title"
            roles.setdefault(role, []).append(place)
        elif column.is_unique:
            roles.setdefault("id", []).append(place)
    return roles
