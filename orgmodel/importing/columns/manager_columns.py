"""Which column holds the managers, and what its values refer to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from orgmodel.importing.columns.headers import role_of, speaks_of_manager
from orgmodel.importing.columns.mapping import ColumnMapping
from orgmodel.importing.columns.roles import Roles, is_nearly_unique, joined_names, roles_of
from orgmodel.importing.files.cells import Column, empty_column
from orgmodel.importing.files.tables import Table
from orgmodel.importing.managers.directory import ROOT, ROOT_MARKS, folded, is_root_mark, swapped, unzeroed
from orgmodel.lines import manager_cycles

# A column "Supervisor" may also say of everyone whether they are one.
_ANSWERS: Final = frozenset({"yes", "no", "y", "n", "true", "false", "ja", "nein", "oui", "non"})
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(?![\w-])|\d{1,2}[./]\d{1,2}[./]\d{4}(?!\w)")
_NEARLY_ALL: Final = 0.9
_HALF: Final = 0.5
# Columns found in shares this close are told apart by what they refer to: ids before names.
_AS_GOOD: Final = 0.1
_SAMPLED_VALUES: Final = 1000
# Columns that are tested because of their header, and how many columns a table may have for all to be.
_TESTED_AT_MOST: Final = 20
_COLUMNS_TESTED_BY_VALUES: Final = 100
_REPORTS_AT_MOST: Final = 30
_FEW_ROWS: Final = 3
# Different texts of a column above which it is no alternative to the one that was found.
_COMPARED_TEXTS: Final = 100_000
# Rows per manager above which references 1, 2, 3 are levels or grades.
_ROWS_PER_GRADE: Final = 4
# Roles of columns that other columns can refer to besides ids, e-mail addresses and names.
_REFERRED_TO: Final = frozenset({"title", "unit"})


@dataclass(frozen=True)
class Target:
    """Something the values of a manager column can refer to: a column, or the names put together.

    ``rank`` is 0 for ids, 1 for e-mail addresses, 2 for names and 3 for any other column.
    """

    label: str
    values: Column
    column: int | None = None
    rank: int = 3

    @cached_property
    def loosely(self) -> frozenset[str]:
        """The values as `_loose` compares them."""
        return frozenset(map(_loose, self.values.texts.tolist()))


@dataclass(frozen=True)
class ManagerColumn:
    """A column of managers, and how many of its values are found in its target.

    ``recognised`` says that its header is known, or that a mapping names it; else it was chosen because of
    its values. ``others`` are further columns that hold managers too, ``alternatives`` the other targets,
    each with the share of the values that is found there.
    """

    column: int
    target: Target
    found: int
    given: int
    recognised: bool
    others: tuple[int, ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()

    @property
    def share(self) -> float:
        """Share of the values that are found."""
        return self.found / self.given if self.given else 0.0


def understood(table: Table, mapping: ColumnMapping | None) -> tuple[Roles, Column, list[ManagerColumn]]:
    """Return the columns by role, the name of every row, and the columns of managers, the best first."""
    roles = roles_of(table, mapping)
    names, places = joined_names(table, roles)
    target = None
    if places:
        label = " + ".join(table.header[place] for place in places)
        target = Target(label, names, places[0] if len(places) == 1 else None, rank=2)
    return roles, names, manager_columns(table, roles, target, mapping)


def manager_columns(
    table: Table, roles: Roles, names: Target | None, mapping: ColumnMapping | None = None
) -> list[ManagerColumn]:
    """Return the columns that hold managers, the best first.

    Columns whose header is known or speaks of managers are tested against ids, e-mail addresses, names
    and then any other column with a value of its own in (nearly) every filled row; where the values are
    found decides. A column with a known header is taken even if nothing is found; one that only speaks
    of managers must be found in half the rows. If there is neither, any other column counts whose
    values are nearly all found in one of these and make a hierarchy: a top, no circle.

    A column that a mapping calls the manager is taken whatever is found, and no other one is.
    """
    targets = _targets(table, roles, names)
    stated = mapping is not None and "manager" in dict(mapping.columns).values()
    if mapping is not None and stated and roles.get("manager"):
        found = _stated(table, roles["manager"], targets[:1] if table.literal else targets, mapping.refers_to)
    elif table.literal:
        found = [_tested(table, place, targets[:1]) for place in roles.get("manager", [])]
    else:
        found = _told(table, roles, targets)
    if not found:
        return []
    others = tuple(one.column for one in found[1:])
    best = replace(found[0], others=others, alternatives=_alternatives(table, found[0], targets))
    return [best, *found[1:]]


def _told(table: Table, roles: Roles, targets: Sequence[Target]) -> list[ManagerColumn]:
    """Return the columns that headers or values tell to hold managers."""
    known = roles.get("manager", [])
    spoken = [
        place
        for place, header in enumerate(table.header)
        if table.named and role_of(header) is None and speaks_of_manager(header)
    ]
    ids = _ids(targets)
    candidates = [place for place in (*known, *spoken) if _has_values(table.columns[place], ids)]
    tested = [_tested(table, place, targets) for place in candidates[:_TESTED_AT_MOST]]
    if good := [one for one in tested if one.share >= _HALF]:
        return _best_first(good)
    if recognised := [one for one in tested if one.recognised]:
        return sorted(recognised, key=lambda one: -one.share)[:1]
    return _by_values(table, roles, targets)[:1] if len(table.header) <= _COLUMNS_TESTED_BY_VALUES else []


def _best_first(good: Sequence[ManagerColumn]) -> list[ManagerColumn]:
    best = max(one.share for one in good)
    return sorted(good, key=lambda one: (best - one.share > _AS_GOOD, one.target.rank, not one.recognised))


def _stated(
    table: Table, places: Sequence[int], targets: Sequence[Target], refers_to: str | None
) -> list[ManagerColumn]:
    """Return the columns that a mapping calls the manager: first the one that fits what it refers to."""
    tested = _best_first([_tested(table, place, targets) for place in places[:_TESTED_AT_MOST]])
    if refers_to is not None and (forced := _target_called(refers_to, table, targets)):
        tried = [_tested(table, one.column, [forced], forced=True) for one in tested]
        fits = next((one for one in tried if one.share >= _HALF), max(tried, key=lambda one: one.share))
        tested = [fits, *(one for one in tested if one.column != fits.column)]
    return [replace(one, recognised=True) for one in tested]


def _target_called(label: str, table: Table, targets: Sequence[Target]) -> Target | None:
    known = next((target for target in targets if target.label == label), None)
    if known is None and label in table.header:
        place = table.header.index(label)
        known = Target(label, table.columns[place], place)
    return known


def _alternatives(
    table: Table, best: ManagerColumn, targets: Sequence[Target]
) -> tuple[tuple[str, float], ...]:
    """Return the other targets in which some of the most frequent values are found, with their shares."""
    column = table.columns[best.column]
    frequent = np.argsort(-column.counts, kind="stable")[:_SAMPLED_VALUES]
    numbers = zip(column.texts[frequent].tolist(), column.counts[frequent].tolist(), strict=True)
    sample = {cell: number for cell, number in numbers if not is_root_mark(cell)}
    total = sum(sample.values())
    compared = [
        target
        for target in targets
        if target.label != best.target.label
        and target.column != best.column
        and len(target.values.texts) <= _COMPARED_TEXTS
    ]
    found = [(target.label, _found(sample, target, loosely=False) / total) for target in compared if total]
    return tuple(sorted((one for one in found if one[1] > 0), key=lambda one: -one[1]))


def _targets(table: Table, roles: Roles, names: Target | None) -> list[Target]:
    """Return what can be referred to: ids, e-mail addresses, names, then columns of no other role."""
    targets = [
        Target(table.header[place], table.columns[place], place, rank)
        for rank, role in enumerate(("id", "email"))
        for place in roles.get(role, [])
    ]
    targets += [names] if names else []
    # Without a header the roles are guesses, and keep nothing out.
    told = {place for role, places in roles.items() if role not in _REFERRED_TO for place in places}
    taken = told if table.named else {target.column for target in targets}
    targets += [
        Target(header, column, place)
        for place, (header, column) in enumerate(zip(table.header, table.columns, strict=True))
        if place not in taken and _tells_rows_apart(column)
    ]
    return targets or [Target("the file", empty_column(len(table)))]


def _ids(targets: Sequence[Target]) -> Collection[str]:
    """Return the ids of the nodes: a mark for nobody, as 0, that is one of them names somebody after all."""
    known = [target.values.place_of for target in targets if target.rank == 0]
    marks = {text for mark in ROOT_MARKS if mark for text in (mark, mark.upper(), mark.capitalize())}
    return {mark for mark in marks if any(mark in one for one in known)}


def _has_values(column: Column, ids: Collection[str] = ()) -> bool:
    """Return whether any cell may name a manager: none does with yes, no, or a date."""
    return any(
        _names_somebody(cell, ids) and cell.casefold() not in _ANSWERS and not _DATE.match(cell)
        for cell in column.texts.tolist()
    )


def _tells_rows_apart(column: Column) -> bool:
    """Return whether the filled cells differ; a single one among many empty ones has slipped there."""
    different = int(np.count_nonzero(column.texts))
    return is_nearly_unique(column, int(column.filled.sum())) and (different > 1 or len(column) <= _FEW_ROWS)


def _names_somebody(cell: str, ids: Collection[str]) -> bool:
    return not is_root_mark(cell) or cell in ids


def _given(column: Column, ids: Collection[str]) -> Counter[str]:
    """Return how often every value of a column stands there that is not a mark for nobody."""
    numbers = zip(column.texts.tolist(), column.counts.tolist(), strict=True)
    return Counter({cell: number for cell, number in numbers if _names_somebody(cell, ids)})


def _sampled(given: Counter[str]) -> dict[str, int]:
    return dict(given.most_common(_SAMPLED_VALUES))


def _tested(
    table: Table, place: int, targets: Sequence[Target], *, exactly: bool = False, forced: bool = False
) -> ManagerColumn:
    """Return a column with the target in which most of its values are found.

    Case, accents and leading zeros count at first; if less than half is found, they do not. Targets are
    told apart by the most frequent values, the share is then counted with all. A ``forced`` target stays
    one even if it is a second key of the rows themselves.
    """
    column = table.columns[place]
    given = _given(column, _ids(targets))
    sample = _sampled(given)
    best, best_found, best_way = targets[0], 0, False
    for loosely in (False,) if exactly else (False, True):
        for target in targets:
            if (target.column == place and not forced) or best_found >= _NEARLY_ALL * sum(sample.values()):
                continue
            found = _found(sample, target, loosely=loosely)
            if found > best_found and (forced or not _names_own_row(column, target.values, found)):
                best, best_found, best_way = target, found, loosely
        if best_found >= _HALF * sum(sample.values()):
            break
    found = best_found and _found(given, best, loosely=best_way)
    recognised = table.literal or (table.named and role_of(table.header[place]) == "manager")
    return ManagerColumn(place, best, found, sum(given.values()), recognised)


def _found(given: Mapping[str, int], target: Target, *, loosely: bool) -> int:
    if not loosely:
        return sum(number for cell, number in given.items() if cell in target.values.place_of)
    return sum(number for cell, number in given.items() if _loose(cell) in target.loosely)


def _loose(text: str) -> str:
    """Return a text without case, accents and leading zeros, "Last, First" as "first last"."""
    return swapped(text) if "," in text else unzeroed(folded(text))


def _names_own_row(column: Column, values: Column, found: int) -> bool:
    """Return whether most of the values found are the row's own: a second key, no manager."""
    named, own = (
        np.array(list(map(hash, map(str.casefold, one.texts.tolist()))), dtype=np.int64)[one.index]
        for one in (column, values)
    )
    alike = np.flatnonzero((named == own) & column.filled)  # or not, if two texts happen to have one hash
    pairs = zip(column.cells[alike].tolist(), values.cells[alike].tolist(), strict=True)
    return bool(sum(cell.casefold() == value.casefold() for cell, value in pairs) > found / 2)


def _by_values(table: Table, roles: Roles, targets: Sequence[Target]) -> list[ManagerColumn]:
    """Return the columns without a telling header whose values make a hierarchy."""
    # Without a header a role is a guess itself: only the names are kept out.
    known = roles.keys() - {"id", "email"} if table.named else {"name"}
    told = {place for role in known for place in roles.get(role, [])}
    found = []
    for place, column in enumerate(table.columns):
        if place in told or is_nearly_unique(column) or not _has_values(column):
            continue
        one = _tested(table, place, targets, exactly=True)
        if one.share >= _NEARLY_ALL and _is_hierarchy(column, one.target.values):
            found.append(one)
    return found


def _is_hierarchy(references: Column, values: Column) -> bool:
    """Return whether references make a forest with a top, and do not look like levels, grades or codes.

    The few small numbers of those are ids too, but each would have more reports than people have.
    """
    named = {reference for reference in references.texts if not is_root_mark(reference)}
    grades = {str(grade) for grade in range(1, len(named) + 1)}
    if len(named) * _REPORTS_AT_MOST < len(references):
        return False
    if named == grades and len(named) * _ROWS_PER_GRADE < len(references):
        return False
    places = values.places_of(references.texts)
    rows = np.where((places >= 0) & (references.texts != ""), values.first_rows[places], ROOT)
    bosses = rows[references.index]
    own = (bosses == np.arange(len(bosses))).any()
    return bool((bosses == ROOT).any()) and not own and not manager_cycles(bosses)
