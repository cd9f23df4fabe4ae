"""Which column holds the managers, what its values refer to, and which node each of them means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from orgmodel.importing.columns import Roles, is_nearly_unique
from orgmodel.importing.headers import rank_of, role_of, speaks_of_manager
from orgmodel.importing.tables import Table
from orgmodel.lines import manager_cycles

#: What stands in a manager column for "nobody", compared without case and blanks.
ROOT_MARKS: Final = frozenset(
    {
        "",
        "-1",
        "0",
        "xx",
        "none",
        "no_manager",
        "no_mgr",
        "no manager",
        "n/a",
        "#n/a",
        "na",
        "null",
        "nil",
        "-",
        "--",
        "_u",
    }
)
#: In place of the row of a manager.
ROOT: Final = -1
UNKNOWN: Final = -2

# A column "Supervisor" may also say of everyone whether they are one.
_ANSWERS: Final = frozenset({"yes", "no", "y", "n", "true", "false", "ja", "nein", "oui", "non"})
_NEARLY_ALL: Final = 0.9
_HALF: Final = 0.5
# Columns found in shares this close are told apart by what they refer to: ids before names.
_AS_GOOD: Final = 0.1
_REPORTS_AT_MOST: Final = 30
_WITH_BRACKETS: Final = re.compile(r"(.*\S)\s*[(<\[]\s*([^()<>\[\]]*\S)\s*[)>\]]", re.DOTALL)


def is_root_mark(reference: str) -> bool:
    """Return whether a cell of a manager column says that there is none.

    >>> is_root_mark(" XX "), is_root_mark("No_Manager"), is_root_mark("Nobody")
    (True, True, False)
    """
    return reference.strip().casefold() in ROOT_MARKS


@dataclass(frozen=True)
class Target:
    """Something the values of a manager column can refer to: a column, or the names put together."""

    label: str
    values: Sequence[str]
    column: int | None = None


@dataclass(frozen=True)
class ManagerColumn:
    """The column of the managers, and how many of its values are found in its target."""

    column: int
    target: Target
    found: int
    given: int
    recognised: bool  # by its header; else by its values alone

    @property
    def share(self) -> float:
        """Share of the values that are found."""
        return self.found / self.given


# ---------------------------------------------------------------------- the column


def manager_columns(table: Table, roles: Roles, names: Target | None) -> list[ManagerColumn]:
    """Return the columns that hold managers, the best first.

    Columns whose header is known or speaks of managers are tested against ids, e-mail addresses, names
    and then any other column with a value of its own in (nearly) every filled row; where the values are
    found decides. A column with a known header is taken even if nothing is found; one that only speaks
    of managers must be found in half the rows. If there is neither, any other column counts whose
    values are nearly all found in one of these and make a hierarchy: a top, no circle.
    """
    targets = _targets(table, roles, names)
    if table.literal:
        return [_tested(table, roles["manager"][0], targets[:1])]
    known = roles.get("manager", [])
    spoken = [
        place
        for place, header in enumerate(table.header)
        if table.named and role_of(header) is None and speaks_of_manager(header)
    ]
    tested = [
        _tested(table, place, targets) for place in (*known, *spoken) if _has_values(table.columns[place])
    ]
    good = [one for one in tested if one.share >= _HALF]
    if good:
        best = max(one.share for one in good)
        order = {id(one): number for number, one in enumerate(targets)}
        return sorted(
            good,
            key=lambda one: (best - one.share > _AS_GOOD, order[id(one.target)], good.index(one)),
        )
    if candidates := [one for one in tested if one.column in known]:
        return sorted(candidates, key=lambda one: (-one.share, rank_of(table.header[one.column])))[:1]
    return _by_values(table, roles, targets)[:1]


def _targets(table: Table, roles: Roles, names: Target | None) -> list[Target]:
    first = [place for role in ("id", "email") for place in roles.get(role, [])]
    others = [place for place in range(len(table.columns)) if place not in first]
    listed = [Target(table.header[place], table.columns[place], place) for place in first]
    listed += [names] if names else []
    listed += [
        Target(table.header[place], table.columns[place], place)
        for place in others
        if names is None or place != names.column
    ]
    return listed


def _has_values(column: Sequence[str]) -> bool:
    values = {cell.casefold() for cell in set(column) if not is_root_mark(cell)}
    return bool(values) and not values <= _ANSWERS


def _tested(table: Table, place: int, targets: Sequence[Target], *, exactly: bool = False) -> ManagerColumn:
    """Return a column with the target in which most of its values are found.

    Case, accents and leading zeros count at first; if less than half is found, they do not.
    """
    given: dict[str, int] = {}
    for cell in table.columns[place]:
        given[cell] = given.get(cell, 0) + 1
    given = {cell: number for cell, number in given.items() if not is_root_mark(cell)}
    total = sum(given.values()) or 1
    recognised = table.literal or (table.named and (role_of(table.header[place]) == "manager"))
    best = ManagerColumn(place, targets[0], 0, total, recognised)
    for loosely in (False,) if exactly else (False, True):
        for number, target in enumerate(targets):
            if target.column == place or (number and not _can_be_referred_to(target)):
                continue
            found = _found(given, target.values, loosely=loosely)
            if found > best.found:
                best = ManagerColumn(place, target, found, total, recognised)
            if best.share >= _NEARLY_ALL:
                return best
        if best.share >= _HALF:
            break
    return best


def _can_be_referred_to(target: Target) -> bool:
    return is_nearly_unique([cell for cell in target.values if cell])


def _found(given: Mapping[str, int], values: Iterable[str], *, loosely: bool) -> int:
    if not loosely:
        there = set(values)
        return sum(number for cell, number in given.items() if cell in there)
    there = {_unzeroed(folded(cell)) for cell in set(values)}
    return sum(number for cell, number in given.items() if _unzeroed(folded(cell)) in there)


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


def _is_hierarchy(references: Sequence[str], values: Sequence[str]) -> bool:
    """Return whether references make a forest with a top and no more reports per manager than people have.

    The last keeps out columns of levels, grades and codes, whose few small numbers are ids too.
    """
    if len(set(references)) * _REPORTS_AT_MOST < len(references):
        return False
    row_of = {value: row for row, value in reversed(list(enumerate(values))) if value}
    bosses = [row_of.get(reference, ROOT) for reference in references]
    own = any(row == boss for row, boss in enumerate(bosses))
    return ROOT in bosses and not own and not manager_cycles(bosses)


# ---------------------------------------------------------------------- its values


def folded(text: str) -> str:
    """Return a text without case, accents and superfluous blanks.

    >>> folded("  José  GARCÍA ")
    'jose garcia'
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def _unzeroed(text: str) -> str:
    return text.lstrip("0") or text


def _swapped(text: str) -> str:
    """Return "Last, First" as "first last"."""
    last, _, first = text.partition(",")
    return folded(f"{first} {last}")


def primary_nodes(values: Sequence[str], references: Sequence[str]) -> dict[str, int]:
    """Return the node meant by every value that several nodes share: the first that makes no circle.

    DWP's chart of 2013 numbers a director and the permanent secretary alike. With the director, who
    comes first, whoever reports to the secretary would report to one of their own people, and all 225
    posts would hang on a circle.
    """
    first: dict[str, int] = {}
    sharing: dict[str, list[int]] = {}
    for node, value in enumerate(values):
        if value and first.setdefault(value, node) != node:
            sharing.setdefault(value, [first[value]]).append(node)
    budget = 20 * len(values) + 1000  # steps: hundreds of duplicates in a chain of thousands must not hang
    for value, nodes in sharing.items():
        for node in nodes:
            above, seen = references[node], {value}
            while above in first and above not in seen and budget:
                seen.add(above)
                above, budget = references[first[above]], budget - 1
            if above != value:
                first[value] = node
                break
    return {value: first[value] for value in sharing}


class Directory:
    """The nodes by everything a manager column may call them.

    Parameters
    ----------
    targets
        Columns of one text per node, what the managers are known to refer to first.
    references
        What the manager column says of every node.

    Attributes
    ----------
    shared
        Node meant by a text of the first column that several nodes share.

    """

    def __init__(self, targets: Sequence[Sequence[str]], references: Sequence[str]) -> None:
        """Index the first column; the others only when something is not found."""
        self._targets = targets
        self._references = references
        self._first = dict(zip(targets[0], range(len(targets[0])), strict=True))
        self._first.pop("", None)
        self.shared: dict[str, int] = {}
        if len(self._first) < len(targets[0]):
            self.shared = primary_nodes(targets[0], references)
            self._first.update(self.shared)

    def sharing(self, value: str) -> list[int]:
        """Return the nodes that share a text of the first column."""
        return [node for node, other in enumerate(self._targets[0]) if other == value]

    def managers(self) -> tuple[list[int], dict[str, list[int]]]:
        """Return the manager of every node (or `ROOT`, `UNKNOWN`).

        Also return for which nodes it was found although it is not written as in the first column: way ->
        nodes. Who names their own text is their own manager, even where another node has the same text.
        """
        get, references = self._first.get, self._references
        nodes = [get(reference, UNKNOWN) for reference in references]
        if self.shared:
            own = enumerate(zip(nodes, references, self._targets[0], strict=True))
            nodes = [place if text and text == reference else node for place, (node, reference, text) in own]
        ways: dict[str, list[int]] = {}
        known: dict[str, tuple[int, str]] = {}
        for place, node in enumerate(nodes):
            if node == UNKNOWN:
                reference = references[place]
                if reference not in known:
                    known[reference] = self.find(reference)
                nodes[place], way = known[reference]
                if way:
                    ways.setdefault(way, []).append(place)
        return nodes, ways

    def find(self, reference: str) -> tuple[int, str]:
        """Return the node of one reference (or `ROOT`, `UNKNOWN`), and the way if it is not as written."""
        if reference in self._first:
            return self._first[reference], ""
        if is_root_mark(reference):
            return ROOT, ""
        tries = [
            ("another column", self._other_columns, reference),
            ("another spelling", self._folded, folded(reference)),
            ("last name first", self._folded, _swapped(reference) if "," in reference else ""),
            ("last name first", self._by_swapped, folded(reference)),
            ("leading zeros", self._unzeroed, _unzeroed(folded(reference))),
        ]
        if match := _WITH_BRACKETS.fullmatch(reference):
            tries += [("brackets", self._folded, folded(part)) for part in reversed(match.groups())]
        for way, index, key in tries:
            if key and (node := index.get(key, UNKNOWN)) != UNKNOWN:
                return node, way
        return UNKNOWN, ""

    @cached_property
    def _other_columns(self) -> dict[str, int]:
        return _index(self._columns[1:], str)

    @cached_property
    def _folded(self) -> dict[str, int]:
        return _index(self._columns, folded)

    @cached_property
    def _by_swapped(self) -> dict[str, int]:
        return _index(self._columns, lambda value: _swapped(value) if "," in value else "")

    @cached_property
    def _unzeroed(self) -> dict[str, int]:
        return _index(self._columns[:1], lambda value: _unzeroed(folded(value)))

    @cached_property
    def _columns(self) -> list[Iterable[tuple[str, int]]]:
        """(Text, node) of every column; of the first one each text once, with the node it means."""
        return [self._first.items(), *(list(_pairs(target)) for target in self._targets[1:])]


def _pairs(target: Sequence[str]) -> Iterable[tuple[str, int]]:
    return ((value, node) for node, value in enumerate(target) if value)


def _index(columns: Sequence[Iterable[tuple[str, int]]], key_of: Callable[[str], str]) -> dict[str, int]:
    """Return node by key; a key that two nodes share means neither (`UNKNOWN`). Earlier columns win."""
    index: dict[str, int] = {}
    for column in columns:
        own: dict[str, int] = {}
        for value, node in column:
            key = key_of(value)
            if own.setdefault(key, node) != node:
                own[key] = UNKNOWN
        index = {**own, **index}
    return index
