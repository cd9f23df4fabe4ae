"""Managers of tables that name none: told from paths from the top, or from one column per level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from orgmodel.importing.columns.headers import role_of, speaks_of_manager
from orgmodel.importing.columns.hierarchyids import path_of_hierarchyid
from orgmodel.importing.columns.mapping import ROLE_TITLES, ColumnMapping
from orgmodel.importing.columns.roles import Roles, is_nearly_unique, joined_names, role_by_header, roles_of
from orgmodel.importing.files.cells import Column, column_of, combined
from orgmodel.importing.files.tables import Table
from orgmodel.importing.joining.additions import with_column, with_named
from orgmodel.importing.managers.directory import ROOT
from orgmodel.importing.notices import Notice
from orgmodel.importing.rows.identities import FreeNames
from orgmodel.importing.wording import listed
from orgmodel.lines import Ints, Texts
from orgmodel.wording import counted

Path = tuple[str, ...]

_SEPARATORS: Final = ("/", "\\", ">", "→", "»", "|", ".")
_PATH_WORDS: Final = re.compile(
    r"path|pfad|chemin|ruta|percorso|\bpad\b|hierarch|jerarqu|gerarch", re.IGNORECASE
)
# Dates, web addresses, files: what has separators too.
_NO_PATH: Final = re.compile(r"\d{1,4}[./]\d{1,2}[./]\d{1,4}.*|\w+://.*|[\d.,]+\s*[%€$£].*", re.DOTALL)
# Headers of numbers that may have a point and be no decimals: the outline of a list.
_NUMBER_WORDS: Final = re.compile(
    r"wbs|outline|gliederung|code|\b(nr|no|num|number|nummer|numéro|número|numero)\b", re.IGNORECASE
)
_STEPS_OF_DECIMALS: Final = 2
_OTHER_WORDS: Final = re.compile(r"version|photo|image|picture|foto|file|url|\bip\b", re.IGNORECASE)
# Roles of columns that are no paths although they may have separators.
_OTHER_ROLES: Final = frozenset(ROLE_TITLES) - {"path", "unit", "id", "keep"}
_COLUMNS_TRIED: Final = 100
_SAMPLED: Final = 500
_HALF: Final = 0.5
_NEARLY_ALL: Final = 0.9
#: Tops of unit paths: of the different paths so many may have a first step of their own.
_TOPS_AT_MOST: Final = 0.2
_FEW_TOPS: Final = 5
_LONGEST: Final = 2000
_DEEPEST: Final = 100
_JOINT: Final = "\x1f"
_HEX: Final = re.compile(r"[A-Fa-f]")
_PERSONS: Final = ("name", "last", "first")


@dataclass(frozen=True)
class _Chains:
    """The way from the top to every row.

    ``paths`` are the different ones, ``index`` says which of them a row has. ``own``: every row has one
    that ends with the row itself. ``joint`` is what stands between the steps where one is written,
    ``texts`` are the paths as they are written.
    """

    role: str
    places: tuple[int, ...]
    paths: Sequence[Path]
    index: Ints
    own: bool
    joint: str
    texts: Texts


def with_managers(
    table: Table, mapping: ColumnMapping | None, notices: list[Notice]
) -> tuple[Table, ColumnMapping | None]:
    """Return the table with a column of managers that is told from paths or levels, and what it is.

    Only where no column holds managers. ``/1/4/`` reports to ``/1/``; rows that share a path ("Company >
    Operations") are people of the unit at its end; with one column per level the last step above a row's
    own is its manager. A step that no row describes becomes a node that is only named.
    """
    roles = roles_of(table, mapping)
    if table.literal or roles.get("manager"):
        return table, mapping
    if not (roles.get("path") or _levels(roles)) and any(map(speaks_of_manager, table.header)):
        return table, mapping
    stated = mapping is not None and bool({"path", "level"} & set(mapping.role_of.values()))
    left = {header for header, role in (mapping.columns if mapping else ()) if role in {"keep", "drop"}}
    chains = _of_levels(table, roles) or _of_paths(table, roles, left, stated=stated)
    if chains is None:
        return table, mapping
    tree = _Tree(table, roles, chains)
    tree.tell(notices)
    return tree.table, _as_mapping(tree, mapping)


def _as_mapping(tree: _Tree, mapping: ColumnMapping | None) -> ColumnMapping:
    """Return the roles of the columns with those of the new ones."""
    told = role_by_header(tree.table, tree.roles)
    if mapping is not None:
        told |= {header: role for header, role in mapping.columns if role in {"keep", "drop"}}
    columns = ((header, told.get(header, "keep")) for header in tree.table.header)
    known = tuple((header, role if role in ROLE_TITLES else "keep") for header, role in columns)
    return ColumnMapping(known, tree.table.header[tree.id_place])


# ---------------------------------------------------------------------- one column per level


def _levels(roles: Roles) -> list[int]:
    places = roles.get("level", [])
    return places if len(places) > 1 else []


def _of_levels(table: Table, roles: Roles) -> _Chains | None:
    """Return the ways in one column per level; a step written again to the right counts once."""
    places = _levels(roles)
    if not places:
        return None

    def joined(*cells: str) -> str:
        steps = [cell for cell in cells if cell]
        return _JOINT.join(step for at, step in enumerate(steps) if not at or step != steps[at - 1])

    column = combined(joined, _filled_down([table.columns[place] for place in places]))
    paths = [tuple(text.split(_JOINT)) if text else () for text in column.texts.tolist()]
    described = any(roles.get(role) for role in ("id", "name", "first", "last", "email"))
    own = not described and column.is_unique
    return _Chains("level", tuple(places), paths, column.index, own, " / ", column.texts)


def _filled_down(columns: Sequence[Column]) -> Sequence[Column]:
    """Return columns of levels with every step, where a step is written in its first row only.

    So outlines are written: in most rows nothing stands before the step itself.
    """
    filled = np.array([column.filled for column in columns])
    start = np.where(filled.any(axis=0), filled.argmax(axis=0), len(columns))
    described = start < len(columns)
    if start[:1].any() or (start[described] > 0).sum() < _HALF * described.sum():
        return columns
    rows = np.arange(len(start))
    whole = []
    for level, column in enumerate(columns):
        last = np.maximum.accumulate(np.where(start <= level, rows, 0))
        whole.append(column_of(np.where(described, column.cells[last], "")))
    return whole


# ---------------------------------------------------------------------- paths in one column


def _of_paths(table: Table, roles: Roles, left: Collection[str], *, stated: bool) -> _Chains | None:
    """Return the ways in the first column that holds paths; those that are to be left alone are not asked."""
    role_at = {place: role for role, places in roles.items() for place in places}
    told = roles.get("path", [])
    others = [place for place in range(len(table.header)) if role_at.get(place) not in _OTHER_ROLES]
    if not table.named:  # roles are guesses then
        others = list(range(len(table.header)))
    for place in dict.fromkeys((*told, *others[:_COLUMNS_TRIED])):
        if table.header[place] in left:
            continue
        header, role = table.header[place], role_at.get(place)
        if table.named and role not in {"path", "id"} and _says_otherwise(header):
            continue
        by_word = bool(_PATH_WORDS.search(header)) or role == "path"
        column = table.columns[place]
        numbers = by_word or role == "id" or not table.named or bool(_NUMBER_WORDS.search(header))
        shared = _are_shared if by_word else _are_branches if role == "unit" else None
        if found := _paths_in(column, place, shared, numbers=numbers, stated=stated and place in told):
            return found
    return None


def _says_otherwise(header: str) -> bool:
    """Return whether a header names what is no path although its cells have separators."""
    return role_of(header) in {"photo", "salary", "start", "assistant"} or bool(_OTHER_WORDS.search(header))


def _paths_in(
    column: Column,
    place: int,
    shared: Callable[[Sequence[Path]], bool] | None,
    *,
    numbers: bool,
    stated: bool,
) -> _Chains | None:
    """Return the ways in a column.

    ``shared`` says whether paths that several rows have are ones, None if they cannot be; ``numbers``:
    numbers with one point at most may be paths.
    """
    texts: list[str] = column.texts.tolist()
    sample = [text for text in texts[:_SAMPLED] if text]
    if not sample or max(map(len, texts)) > _LONGEST or column.filled.mean() < _HALF:
        return None
    for separator, split in _ways_to_split(sample):
        paths = [split(text) for text in texts]
        if any(path is None or len(path) > _DEEPEST for path in paths):
            continue
        found = [path or () for path in paths]
        decimal = separator == "." and not numbers and max(map(len, found)) <= _STEPS_OF_DECIMALS
        if own := _are_own(column, found) and (stated or not decimal):
            return _Chains("path", (place,), found, column.index, own, separator, column.texts)
        plain = (
            not any(map(_NO_PATH.fullmatch, sample))
            and separator != "."
            and shared is not None
            and shared(found)
        )
        if stated or plain:
            return _Chains("path", (place,), found, column.index, own, separator, column.texts)
    return None


def _ways_to_split(sample: Sequence[str]) -> Iterator[tuple[str, Callable[[str], Path | None]]]:
    """Yield separators that are in most of the texts, with what splits a text."""
    if all(path_of_hierarchyid(text) is not None for text in sample) and any(map(_HEX.search, sample)):
        yield "/", path_of_hierarchyid
    for separator in _SEPARATORS:
        if sum(separator in text for text in sample) >= _HALF * len(sample):
            yield separator, partial(_steps, separator)


def _steps(separator: str, text: str) -> Path:
    return tuple(filter(None, map(str.strip, text.split(separator))))


def _are_own(column: Column, paths: Sequence[Path]) -> bool:
    """Return whether every row has a path of its own, and nearly all have the one above in the table."""
    if len(column.texts) < len(column):
        return False
    known = set(paths)
    deep = [path for path in paths if len(path) > 1]
    above = sum(path[:-1] in known for path in deep)
    return len(known) == len(paths) and bool(deep) and above >= _NEARLY_ALL * len(deep)


def _are_shared(paths: Sequence[Path]) -> bool:
    """Return whether paths branch from a few tops."""
    filled = [path for path in paths if path]
    deep = sum(len(path) > 1 for path in filled)
    tops = len({path[0] for path in filled})
    return deep >= _HALF * len(filled) and tops <= max(_FEW_TOPS, _TOPS_AT_MOST * len(filled))


def _are_branches(paths: Sequence[Path]) -> bool:
    """Return whether units of a column that is called so are paths: "R/D" beside "HR" is only a name.

    They branch from one top, or nearly every step above one stands in the column or has several below it.
    """
    if not _are_shared(paths):
        return False
    different = {path for path in paths if path}
    above = [path[:-1] for path in different if len(path) > 1]
    if len({path[0] for path in different}) == 1:
        return len(different) > 1
    count = Counter(above)
    return sum(path in different or count[path] > 1 for path in above) >= _NEARLY_ALL * len(above)


# ---------------------------------------------------------------------- the managers


class _Tree:
    """The table with its managers: every row and every step that no row describes.

    Attributes
    ----------
    table, roles
        With the column of managers, the added nodes, and a column of ids if there was none.
    id_place
        The column the managers refer to.
    added
        The steps no row describes.

    """

    def __init__(self, table: Table, roles: Roles, chains: _Chains) -> None:
        """Find the manager of every row."""
        self.table, self.chains = table, chains
        self.roles = {role: list(places) for role, places in roles.items()}
        self.added: list[Path] = []
        self._first: list[int] = []
        self._node_at: dict[Path, int] = {}
        self._rows = self._described()
        managers = self._managers_of_rows()
        above = [self._above(path, 0) for path in self.added]
        self.ids_of_added: list[str] = []
        self.found = int(np.count_nonzero(managers >= 0))
        self.id_place = self._with_ids()
        self._write(np.append(managers, np.array(above, dtype=np.int64)))

    def _described(self) -> dict[Path, int]:
        """Return the row of every path; where rows share paths, that of every step that names one."""
        chains = self.chains
        if chains.own:
            rows = np.empty(len(chains.paths), dtype=np.int64)
            rows[chains.index] = np.arange(len(chains.index))
            return dict(zip(chains.paths, rows.tolist(), strict=True))
        steps = {step for path in chains.paths for step in path}
        best: dict[Path, int] = {}
        names, _places = joined_names(self.table, self.roles)
        told = [self.roles.get(role, [])[:1] for role in ("id", "email", "title")]
        for column in (*(self.table.columns[place] for places in told for place in places), names):
            once = np.flatnonzero((column.counts == 1) & (column.texts != ""))
            rows_of = dict(zip(column.texts[once].tolist(), column.first_rows[once].tolist(), strict=True))
            found: dict[Path, int] = {(step,): rows_of[step] for step in steps if step in rows_of}
            best = found if len(found) > len(best) else best
        return best if len(best) >= _HALF * len(steps) else {}

    def _managers_of_rows(self) -> Ints:
        chains = self.chains
        first = np.full(len(chains.paths), len(self.table), dtype=np.int64)
        np.minimum.at(first, chains.index, np.arange(len(chains.index)))
        if chains.own:
            above = [self._above(path, row) for path, row in zip(chains.paths, first.tolist(), strict=True)]
            return np.array(above, dtype=np.int64)[chains.index]
        ends = [
            self._node(path, row) if path else ROOT
            for path, row in zip(chains.paths, first.tolist(), strict=True)
        ]
        managers = np.array(ends, dtype=np.int64)[chains.index]
        for place, path in enumerate(chains.paths):
            for at, step in enumerate(path):
                row = self._rows.get((step,), ROOT)
                if row >= 0 and chains.index[row] == place:
                    managers[row] = self._above(path[: at + 1], row)
        return managers

    def _above(self, path: Path, row: int) -> int:
        """Return the node above the end of a path."""
        if len(path) > 1:
            return self._node(path[:-1], row)
        return self._rows.get((), ROOT) if path else ROOT

    def _node(self, path: Path, row: int) -> int:
        """Return the node at the end of a path; a step no row describes is added, with those above it."""
        for size in range(len(path), 0, -1):
            step = path[:size]
            if step in self._node_at:
                break
            known = self._rows.get(step if self.chains.own else step[-1:], ROOT)
            self._node_at[step] = known if known >= 0 else len(self.table) + len(self.added)
            if known >= 0:
                break
            self.added.append(step)
            self._first.append(row)
        return self._node_at[path]

    # ------------------------------------------------------------------ the columns

    def _with_ids(self) -> int:
        """Return the column the managers refer to: that of the ids, the paths themselves, a new one."""
        table, chains, roles = self.table, self.chains, self.roles
        for place in roles.get("id", []):
            if is_nearly_unique(table.columns[place]):
                return place
        if chains.own and chains.role == "path" and table.columns[chains.places[0]].is_unique:
            roles["id"] = [chains.places[0], *roles.get("id", [])]
            return chains.places[0]
        names, _places = joined_names(table, roles)
        if chains.own:
            ids = self._ids_of([chains.paths[place] for place in chains.index.tolist()], FreeNames([]))
        elif names.is_unique:
            ids = names.cells.tolist()
        else:
            ids = [f"row {line}" for line in table.lines]
        self.table, place = with_column(table, "id", column_of(ids))
        roles["id"] = [place, *roles.get("id", [])]
        return place

    def _ids_of(self, paths: Sequence[Path], free: FreeNames) -> list[str]:
        """Return what steps are called: by their last word on levels, else by the whole way."""
        if self.chains.role == "level":
            return [free.free(path[-1] if path else "row") for path in paths]
        joint = self.chains.joint if self.chains.joint in "/\\." else f" {self.chains.joint} "
        written = dict(zip(self.chains.paths, self.chains.texts.tolist(), strict=True))
        return [free.free(written.get(path) or joint.join(path) or joint) for path in paths]

    def _write(self, nodes: Ints) -> None:
        """Add the steps that no row describes, and the column of managers."""
        if not self.roles.get("name") and (self.added or self.chains.own):
            self._with_names()
        ids = self.table.columns[self.id_place].cells
        added = self.ids_of_added = self._ids_of(self.added, FreeNames(ids.tolist()))
        lines = [self.table.lines[row] for row in self._first]
        cells = {self.id_place: added}
        person = next((self.roles[role][0] for role in _PERSONS if self.roles.get(role)), None)
        if person is not None:
            cells.setdefault(person, [path[-1] for path in self.added])
        units = self.roles.get("unit", [])
        if self.chains.role == "path" and units[:1] == list(self.chains.places):
            cells[units[0]] = added
        self.table = with_named(self.table, self.roles, cells, lines, status="")
        texts = np.append(ids, np.array([*added, ""], dtype=np.object_))  # the last one is that of no manager
        self.table, place = with_column(self.table, "manager_id", column_of(texts[nodes]), "told")
        self.roles["manager"] = [place]
        if not self.roles.get("path") and self.chains.role == "path":
            self._take_as_path()

    def _with_names(self) -> None:
        """Give rows that are steps themselves the name of the step, if nothing else names them."""
        if any(self.roles.get(role) for role in (*_PERSONS, "title", "email")):
            return
        if self.chains.role == "path" and not self.added:
            return
        own = self.chains.own and self.chains.role == "level"
        cells = [
            self.chains.paths[place][-1] if own and self.chains.paths[place] else ""
            for place in self.chains.index.tolist()
        ]
        self.table, place = with_column(self.table, "name", column_of(cells))
        self.roles["name"] = [place]

    def _take_as_path(self) -> None:
        """Give the column of paths its role, unless it has one that says more."""
        place = self.chains.places[0]
        told = {one for places in self.roles.values() for one in places}
        if place not in told:
            self.roles["path"] = [place]

    def tell(self, notices: list[Notice]) -> None:
        """Say where the managers come from."""
        headers = listed([self.table.header[place] for place in self.chains.places])
        of_levels = self.chains.role == "level"
        where = "the columns of levels" if of_levels else "the paths from the top in"
        message = (
            f"No column names managers; they were told from {where} {headers}: {self.found:,} of "
            f"{counted(len(self.chains.index), 'row')} have one."
        )
        if self.added:
            steps = counted(len(self.added), "step")
            message += (
                f" Added as nodes without people: {steps} on the way that no row describes "
                f"({listed(self.ids_of_added)})."
            )
        header = self.table.header[self.chains.places[0]]
        notices.append(Notice("path", "info", message, column=header))
