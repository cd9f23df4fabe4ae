"""The cells of a table under pseudonyms: who is named where, and what else would tell who they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import Final

import numpy as np

from orgmodel.importing.columns.manager_columns import ManagerColumn, understood
from orgmodel.importing.columns.mapping import ROLE_TITLES, ColumnMapping
from orgmodel.importing.columns.roles import Roles, has_text, joined_names, role_by_header, share_of_rows
from orgmodel.importing.files.cells import Column, column_of, combined
from orgmodel.importing.files.tables import Table
from orgmodel.importing.managers.directory import folded
from orgmodel.importing.own_format import read_list, written_list
from orgmodel.importing.privacy.people import People, like_a_name
from orgmodel.importing.privacy.sensitive_headers import speaks_of_persons, speaks_of_somebody

_SAMPLED: Final = 2000
_MOST: Final = 0.8
# Of different texts: so many known persons, or texts like names, make a column one of persons.
_SOME: Final = 0.2
_THIRD: Final = 0.3
_PHONE: Final = re.compile(r"\+?(?=(?:\D*\d){7})[\d ()./-]{4,}(?:x\d+)?")
_NUMBER: Final = re.compile(r"[+-]?\d*[.,]?\d*")
_DIGIT: Final = re.compile(r"\d")
_DATE: Final = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b.*", re.DOTALL)
_UNNAMED: Final = re.compile(r"column \d+'*")
_STEPS: Final = re.compile(r"[/|>→»;:\\]+")
#: Roles of columns that hold no persons; one who is named in their midst is replaced all the same.
_TEXTS: Final = frozenset({"title", "unit", "function", "status", "location", "headcount", "kind"})
_REFERENCES: Final = frozenset({"manager", "second_managers", "path", "level"})
_LISTS: Final = frozenset({"further_managers", "ties"})


@dataclass
class _Sheet:
    """A table while its cells are replaced: the columns that are done, and what became of their texts."""

    table: Table
    roles: Roles
    names: Column
    name_places: list[int]
    managers: list[ManagerColumn]
    people: People
    new_names: Column
    done: dict[int, Column] = field(default_factory=dict)
    became: list[dict[str, str]] = field(default_factory=list)

    def known(self, text: str) -> str | None:
        """Return what became of a text in the columns that managers refer to."""
        return next((texts[text] for texts in self.became if text in texts), None)

    def places(self, *roles: str) -> list[int]:
        """Return the columns of some roles."""
        return [place for role in roles for place in self.roles.get(role, [])]


def pseudonymised(table: Table, mapping: ColumnMapping | None) -> tuple[Table, People]:
    """Return the table with pseudonyms for the names and e-mail addresses in it, and the persons found."""
    sheet = _sheet_of(table, mapping)
    _take_up(sheet)
    _replace_names(sheet)
    for place in sheet.places("email"):
        _finish(sheet, place, sheet.people.email)
    _replace_ids(sheet)
    _remember(sheet)
    _replace_references(sheet)
    _replace_the_rest(sheet)
    columns = [sheet.done.get(place, column) for place, column in enumerate(table.columns)]
    return replace(table, columns=columns), sheet.people


def personal_columns(table: Table, mapping: ColumnMapping | None) -> list[int]:
    """Return the columns that tell who somebody is, beside the names: phones, photos, birth dates, notes.

    They are told by their headers; in a table without headers only the numbers of phones are.
    """
    roles, _names, managers = understood(table, mapping)
    needed = {place for role, all_of in roles.items() if role in ROLE_TITLES for place in all_of}
    if not table.named:  # whatever differs from row to row is taken for ids then
        needed -= set(roles.get("id", [])[1:])
    needed.update(one.column for one in managers)
    needed.update(one.target.column for one in managers if one.found and one.target.column is not None)
    return [
        place
        for place, (header, column) in enumerate(zip(table.header, table.columns, strict=True))
        if place not in needed and (speaks_of_persons(header) if table.named else _holds_phones(column))
    ]


def _holds_phones(column: Column) -> bool:
    filled = np.flatnonzero(column.filled)[:_SAMPLED]
    return bool(len(filled)) and share_of_rows(column.of(filled), _like_a_phone) >= _MOST


def _like_a_phone(cell: str) -> bool:
    return not _NUMBER.fullmatch(cell) and bool(_PHONE.fullmatch(cell)) and not _DATE.fullmatch(cell)


def _sheet_of(table: Table, mapping: ColumnMapping | None) -> _Sheet:
    roles, names, managers = understood(table, mapping)
    _, places = joined_names(table, roles)
    people = People(len(table), _units_in_place_of_names(table, roles, names))
    return _Sheet(table, roles, names, places, managers, people, names)


def _units_in_place_of_names(table: Table, roles: Roles, names: Column) -> Iterable[str]:
    """Return the names that are those of units.

    A chart may have units among its nodes. A name that is in the column of units too is one of them,
    unless its row has an e-mail address or a first or last name: teams are called after persons as well.
    """
    if {"first", "last"} & roles.keys():
        return []
    units = {folded(text) for place in roles.get("unit", []) for text in table.columns[place].texts.tolist()}
    reached = np.zeros(len(table), dtype=np.bool_)
    for place in roles.get("email", []):
        reached |= table.columns[place].filled
    persons = {names[row] for row in np.flatnonzero(reached).tolist()}
    return [name for name in names.texts.tolist() if folded(name) in units and name not in persons]


# ---------------------------------------------------------------------- who is there


def _take_up(sheet: _Sheet) -> None:
    """Take up everybody whom the columns of names and e-mail addresses hold, row by row."""
    people = sheet.people
    number_of = {name: people.add_name(name) for name in sheet.names.texts.tolist()}
    for place in sheet.places("email")[:1]:
        pairs = zip(sheet.names, sheet.table.columns[place], strict=True)
        for name, email in dict.fromkeys(pairs):
            if "@" in email:
                people.add_email(email, number_of[name], name)
    if "last" in sheet.roles:
        pairs = zip(sheet.names, sheet.table.columns[sheet.roles["last"][0]], strict=True)
        for name, last in dict.fromkeys(pairs):
            if (number := number_of[name]) is not None:
                people.add_family_name(last, number)
    titles = [sheet.table.columns[place] for place in sheet.places("title", "unit")]
    own = (pair for column in titles for pair in zip(sheet.names, column, strict=True))
    people.note_common((text for column in titles for text in column.texts.tolist()), own)


def _holds_persons(sheet: _Sheet, column: Column, least: float = _THIRD) -> bool:
    """Return whether some of the different texts of a column are persons, as far as can be told."""
    texts = list(islice(filter(None, column.texts.tolist()), _SAMPLED))
    found = sum("@" in text or like_a_name(text) or sheet.people.knows(text) for text in texts)
    return found > 0 and found >= least * len(texts)


# ---------------------------------------------------------------------- column by column


def _finish(sheet: _Sheet, place: int, function: Callable[[str], str]) -> None:
    if place not in sheet.done:
        sheet.done[place] = sheet.table.columns[place].mapped(function)


def _replace_names(sheet: _Sheet) -> None:
    """Replace the names, and first and last names by the two words of the pseudonym."""
    places, table = sheet.name_places, sheet.table
    new = sheet.new_names = sheet.names.mapped(sheet.people.name)
    full = [place for place in places if place in sheet.roles.get("name", [])]
    for place in full:
        _finish(sheet, place, sheet.people.name)
    halves = [role for role in ("first", "last") if role in sheet.roles]
    for role in halves:
        place = sheet.roles[role][0]
        alone = len(halves) == 1
        half = _half_of(role, alone=alone)
        other = table.columns[sheet.roles[halves[1 - halves.index(role)]][0]] if not alone else None
        columns = [sheet.names, new, table.columns[place], *([other] if other else [])]
        sheet.done[place] = combined(half, columns)
    for place in sheet.places("name", "first", "last"):
        if place not in sheet.done:
            _finish(sheet, place, partial(_anybody, sheet.people))


def _anybody(people: People, text: str) -> str:
    """Return what stands in place of a further name or a part of one."""
    if people.knows(text) or people.keeps(text):
        return people.name(text)
    return people.name(text) if like_a_name(text) else "Person"


def _half_of(role: str, *, alone: bool) -> Callable[..., str]:
    def half(name: str, new: str, cell: str, other: str = "") -> str:
        """Return a first or last name: of the pseudonym its word, where both are there."""
        if not cell or name == new:
            return cell
        if alone or not other:
            return new
        word, blank, digits = new.partition(" ")
        return word if role == "first" or not blank else digits

    return half


def _replace_ids(sheet: _Sheet) -> None:
    """Replace the names in ids, and in what managers refer to besides."""
    targets = [one.target.column for one in sheet.managers if one.target.column is not None and one.found]
    managers = {one.column for one in sheet.managers}
    texts = sheet.places(*_TEXTS) if sheet.table.named else []
    for place in dict.fromkeys([*sheet.places("id"), *targets]):
        if place in texts:
            _finish(sheet, place, sheet.people.within_title)
        elif place not in managers:
            _finish(sheet, place, partial(_id, sheet.people, _is_of_persons(sheet, place)))


def _is_of_persons(sheet: _Sheet, place: int) -> bool:
    """Return whether a column that managers refer to, and that is none of names, holds persons all the same.

    Names of units look like those of persons, so a header has to say it: of ids, where no column is of
    names, or of somebody.
    """
    column, header = sheet.table.columns[place], sheet.table.header[place]
    if _are_the_names(sheet, place):
        return True
    if has_text(sheet.names) or not _holds_persons(sheet, column, _MOST):
        return False
    return place in sheet.places("id") or (sheet.table.named and speaks_of_somebody(header))


def _are_the_names(sheet: _Sheet, place: int) -> bool:
    """Return whether ids are the names of their rows: then they name those too that have no other name."""
    rows = np.flatnonzero(sheet.names.filled)[:_SAMPLED].tolist()
    ids = sheet.table.columns[place]
    same = sum(ids[row] == sheet.names[row] for row in rows)
    return place in sheet.places("id") and same > 0 and same >= _MOST * len(rows)


def _id(people: People, strict: bool, text: str) -> str:  # noqa: FBT001  # bound before the text is known
    if strict or "=" in text or people.knows(text):
        return people.reference(text, lambda _text: None, strict=strict)
    return people.within(text)


def _remember(sheet: _Sheet) -> None:
    """Keep what became of the texts that managers refer to, in the order in which they are looked up."""
    targets = [one.target.column for one in sheet.managers if one.target.column is not None]
    places = dict.fromkeys([*targets, *sheet.places("id", "email")])
    pairs = [(sheet.table.columns[place], sheet.done[place]) for place in places if place in sheet.done]
    pairs.append((sheet.names, sheet.new_names))
    for old, new in pairs:
        texts = old.texts.tolist()
        became = new.texts[new.index[old.first_rows]].tolist()
        sheet.became.append({text: after for text, after in zip(texts, became, strict=True) if text})


def _replace_references(sheet: _Sheet) -> None:
    """Replace the persons in the columns that name managers."""
    people = sheet.people
    target_of = {one.column: one.target for one in sheet.managers if one.found}
    tested = [one.column for one in sheet.managers]
    levels = [sheet.table.columns[place] for place in sheet.places("level")]
    ways = {place: _is_way_of_persons(sheet, levels) for place in sheet.places("level")}
    ways |= {place: _is_way_of_persons(sheet, [sheet.table.columns[place]]) for place in sheet.places("path")}
    for place in dict.fromkeys([*tested, *sheet.places(*_REFERENCES)]):
        target, column = target_of.get(place), sheet.table.columns[place]
        if place in ways:
            strict = guessing = ways[place]
        elif target is None:
            strict, guessing = _holds_persons(sheet, column) or _has_no_digits(column), True
        elif target.rank in {1, 2}:
            strict = guessing = True
        else:
            strict = target.column is not None and (
                _is_of_persons(sheet, target.column) or _held_names(sheet, target.column)
            )
            guessing = target.rank == 0 and not _holds_persons(sheet, target.values)
        _finish(sheet, place, partial(people.reference, known=sheet.known, strict=strict, guessing=guessing))
    for place in sheet.places(*_LISTS):
        _finish(sheet, place, lambda cell: _list(sheet, cell))


def _held_names(sheet: _Sheet, place: int) -> bool:
    """Return whether some of the texts of a column had names in them, as the id "17_Ann_Lee" has."""
    if place not in sheet.done or place in sheet.places("title", "unit"):
        return False
    old, new = sheet.table.columns[place].texts[:_SAMPLED], sheet.done[place].texts[:_SAMPLED]
    return len(old) == len(new) and int((old != new).sum()) > _THIRD * len(old)


def _has_no_digits(column: Column) -> bool:
    """Return whether some of the texts of a column have no digits: managers who are not in the file."""
    texts = list(islice(filter(None, column.texts.tolist()), _SAMPLED))
    return sum(_DIGIT.search(text) is None for text in texts) > _THIRD * len(texts)


def _is_way_of_persons(sheet: _Sheet, columns: Sequence[Column]) -> bool:
    """Return whether paths from the top, or levels, lead over persons; units look like names as well."""
    ways = [way for column in columns for way in islice(filter(None, column.texts.tolist()), _SAMPLED)]
    steps = column_of([step.strip() for way in ways for step in _STEPS.split(way)])
    if sheet.people:
        return _share_known(sheet, steps) >= _SOME
    return _holds_persons(sheet, steps, _MOST)


def _share_known(sheet: _Sheet, column: Column) -> float:
    """Return which share of the different texts of a column are known persons, as far as can be told."""
    texts = list(islice(filter(None, column.texts.tolist()), _SAMPLED))
    return sum(map(sheet.people.knows, texts)) / max(len(texts), 1)


def _list(sheet: _Sheet, cell: str) -> str:
    """Replace the persons in a list of our own notation."""
    entries = read_list(cell)
    new = [[sheet.people.reference(other, sheet.known, strict=False), *rest] for other, *rest in entries]
    return cell if new == entries else written_list(new)


def _replace_the_rest(sheet: _Sheet) -> None:
    """Replace the persons in titles and units, and in all columns that have no role."""
    people, table = sheet.people, sheet.table
    role_of = role_by_header(table, sheet.roles)
    for place, (header, column) in enumerate(zip(table.header, table.columns, strict=True)):
        if place in sheet.done:
            continue
        if role_of.get(header) in _TEXTS and (table.named or not _names_somebody(sheet, header, column)):
            _finish(sheet, place, people.within_title)
        elif _is_part_of_names(sheet, column):
            _finish(sheet, place, partial(_anybody, people))
        elif _names_somebody(sheet, header, column):
            _finish(sheet, place, partial(people.reference, known=sheet.known, strict=True))
        else:
            _finish(sheet, place, people.within)


def _is_part_of_names(sheet: _Sheet, column: Column) -> bool:
    """Return whether the cells of a column are first or last names: words of the name in their row."""
    if not has_text(sheet.names):
        return False
    rows = np.flatnonzero(column.filled & sheet.names.filled)[:_SAMPLED].tolist()
    parts = [(folded(column[row]), folded(sheet.names[row])) for row in rows]
    found = sum(part != name and f" {part} " in f" {name} " for part, name in parts)
    return found > 0 and found >= _MOST * len(rows)


def _names_somebody(sheet: _Sheet, header: str, column: Column) -> bool:
    """Return whether a column of no role names persons: by its header and cells, or by whom it names."""
    if _share_known(sheet, column) >= _SOME:
        return True
    texts = list(islice(filter(None, column.texts.tolist()), _SAMPLED))
    likely = sheet.table.named and (speaks_of_somebody(header) or bool(_UNNAMED.fullmatch(header)))
    return likely and sum(map(like_a_name, texts)) >= max(1, len(texts) / 2)
