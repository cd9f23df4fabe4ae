"""Which column of a table plays which role: told from its header, or from its cells if there is no header."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from orgmodel.importing.columns.headers import HALF_NAMES, normalised, rank_of, role_of
from orgmodel.importing.columns.mapping import ROLE_TITLES, ColumnMapping
from orgmodel.importing.files.cells import Column, combined, empty_column
from orgmodel.importing.files.tables import Table
from orgmodel.importing.notices import Notice
from orgmodel.importing.own_format import OWN_COLUMNS
from orgmodel.importing.wording import listed

#: Role -> columns that can play it, the likelier first.
Roles = dict[str, list[int]]

# Two words or more; or a pseudonym, which stands for a name (see `orgmodel.importing.privacy.private`).
_WORDS: Final = re.compile(r"[^\W\d_][^\d\\/@]*\s[^\d\\/@]*|(?i:person)\s+\d+")
_MOST: Final = 0.8
_NEARLY_ALL: Final = 0.9
_LONGEST_NAME: Final = 300
_SAMPLED_ROWS: Final = 2000


def roles_of(table: Table, mapping: ColumnMapping | None = None) -> Roles:
    """Return the columns by role; a column has one role at most.

    A mapping says the roles of the columns it names. Of several columns of one role the likelier comes
    first: one whose header says nothing of the kind and yet was given the role, then as headers tell.
    """
    told = _told_roles(table)
    return told if mapping is None else _stated_roles(table, told, mapping)


def role_by_header(table: Table, roles: Roles) -> dict[str, str]:
    """Return the role of every column that has one, by its header."""
    return {table.header[place]: role for role, places in roles.items() for place in places}


def as_mapped(table: Table, mapping: ColumnMapping | None, notices: list[Notice]) -> Table:
    """Return the table without the columns to be left out; say what the mapping names and the file lacks."""
    if mapping is None:
        return table
    named = mapping.fits(table.header).missing
    if missing := [header for header in named if mapping.role_of[header] not in {"keep", "drop"}]:
        has, them = ("a column", "it") if len(missing) == 1 else ("columns", "they")
        message = (
            f"The mapping names {has} that the file does not have, and {them} could not be used: "
            f"{listed(missing)}. It may have been made for another export."
        )
        notices.append(Notice("mapping", "warning", message, column=missing[0]))
    left_out = [name for name, role in mapping.columns if role == "drop" and name in table.header]
    dropped = set(map(table.header.index, left_out))
    kept = [place for place in range(len(table.header)) if place not in dropped]
    return table if len(kept) == len(table.header) else with_columns(table, kept)


def with_columns(table: Table, places: Sequence[int]) -> Table:
    """Return the table with some of its columns only; a table of no column keeps its first one, emptied."""
    if not places:
        return replace(table, header=table.header[:1], columns=[empty_column(len(table))])
    header = tuple(table.header[place] for place in places)
    return replace(table, header=header, columns=[table.columns[place] for place in places])


def _told_roles(table: Table) -> Roles:
    """Return the roles as headers and cells tell them."""
    if table.literal:
        return {
            "manager" if role == "manager_id" else role: [table.header.index(role)]
            for role in OWN_COLUMNS
            if role in table.header
        }
    if not table.named:
        return _roles_by_content(table)
    roles: Roles = {}
    for place, header in enumerate(table.header):
        if (role := role_of(header)) and has_text(table.columns[place]):
            roles.setdefault(role, []).append(place)
    for places in roles.values():
        places.sort(key=lambda place: rank_of(table.header[place]))
    _part_names(table, roles)
    _put_telling_units_first(table, roles)
    return roles


def _stated_roles(table: Table, told: Roles, mapping: ColumnMapping) -> Roles:
    by_header = role_by_header(table, told)
    stated = {role for header, role in mapping.columns if header in table.header}
    roles: Roles = {}
    for place, (header, column) in enumerate(zip(table.header, table.columns, strict=True)):
        if table.header.index(header) < place:  # in our own format: a further column called like its own
            continue
        role = mapping.role_of.get(header)
        # What is only a word of headers, "start date" for one, is nothing that a mapping says.
        if (role is None and by_header.get(header) not in stated) or role == "keep":
            known = by_header.get(header, "")
            role = known if role is None or known not in ROLE_TITLES else None
        if role and role != "drop" and (table.literal or has_text(column)):
            roles.setdefault(role, []).append(place)
    for role, places in roles.items():
        places.sort(key=partial(_rank_as, table, role))
    _put_telling_units_first(table, roles)
    return roles


def _rank_as(table: Table, role: str, place: int) -> int:
    """Return how early a column comes among those of its role: first what no header tells."""
    header = table.header[place]
    return rank_of(header) if role_of(header) == role else -1


def has_text(column: Column) -> bool:
    """Return whether any cell of a column is filled."""
    return any(column.texts)


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
    names, sampled = table.columns[place], range(min(len(table), _SAMPLED_ROWS))
    full = sum(bool(other[row]) and other[row] in names[row] for row in sampled)
    if full < len(sampled) / 2:  # else the full name is written out beside one of its halves
        roles[missing] = [roles["name"].pop(0)]
        if not roles["name"]:
            del roles["name"]


def _put_telling_units_first(table: Table, roles: Roles) -> None:
    """Prefer units that tell the rows apart to the company's name on each, and to a column half as full.

    A column "Team" that few have says less than the "Abteilung" of all.
    """
    if "unit" not in roles:
        return
    columns = {place: table.columns[place] for place in roles["unit"]}
    filled = {place: int(column.filled.sum()) for place, column in columns.items()}
    most = max(filled.values())
    roles["unit"].sort(key=lambda place: (len(columns[place].texts) == 1, 2 * filled[place] < most))


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
