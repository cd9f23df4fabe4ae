"""Tables that say more about nodes of another one, or about somebody they name: their columns are added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from orgmodel.importing.columns.headers import normalised, role_of
from orgmodel.importing.columns.roles import has_text, roles_of
from orgmodel.importing.files.cells import Column, column_of
from orgmodel.importing.files.tables import Table, with_besides
from orgmodel.importing.joining.additions import found_rows, line_of, with_column
from orgmodel.importing.notices import Notice
from orgmodel.importing.wording import listed
from orgmodel.lines import Ints
from orgmodel.wording import counted, quoted

_HALF: Final = 0.5
_NEARLY_ALL: Final = 0.9
# Of the rows of a key: histories have some rows more than one per key.
_DIFFERENT: Final = 0.8
#: Keys this long on average are found by chance in no other column.
_TELLING: Final = 6
_TRIED: Final = 200
#: A table about somebody else without a name or a title is taken only if it is small.
_COLUMNS_AT_MOST: Final = 12
_KEYS_AT_MOST: Final = 8
_SAMPLED: Final = 1000
_CODE: Final = re.compile(r"\S+(?:\s\S+){0,3}")
_NO_CODE: Final = re.compile(r"\d{4}-\d\d-\d\d.*|-?\d+[.,]\d+")
# What is kept of somebody a node names: who it is, not all that is known of them.
_WHO: Final = frozenset({"name", "first", "last", "title", "email", "unit"})
#: What is true of a row too: it is in the department that it names.
_OF_ROW: Final = frozenset({"unit", "location"})


@dataclass(frozen=True)
class Match:
    """A column of a table whose values are found in the key of another one.

    ``own`` says that the column holds the ids of the rows: the other table is about the same nodes.
    """

    place: int
    key: int
    own: bool
    score: tuple[float, ...]


def match_of(table: Table, lookup: Table, ids: Sequence[int]) -> Match | None:
    """Return how a table says more about the rows of another one, None if it does not.

    Its key is a column in which (nearly) every row has a value of its own. It is about the nodes if half
    of its keys are their ids (``ids``: the columns that hold some); else about somebody whom a column of
    the nodes names, if half of what stands there is a key and this cannot be chance: the values are long,
    or the headers agree, or all are found.
    """
    matches = []
    for key in _keys(lookup):
        keys = lookup.columns[key]
        for place, column in enumerate(table.columns[:_TRIED]):
            filled = int(np.count_nonzero(column.texts))
            if not filled or not (place in ids or _may_be_in(keys, column)):
                continue
            rows = found_rows(column.texts, keys, exactly=place not in ids)
            rows = rows[rows >= 0]
            found, used = len(rows) / filled, len(pd.unique(rows)) / len(keys.texts)
            # A few of many ids that are short numbers are found among the keys of anything.
            own = place in ids and (found >= _HALF or (used >= _HALF and _is_telling(keys)))
            if own or (place not in ids and _is_reference(table, place, lookup, key, found, used)):
                agree = _headers_agree(table.header[place], lookup.header[key])
                matches.append(Match(place, key, own, (min(found, used), own, agree, found)))
    return max(matches, key=lambda match: match.score, default=None)


def looked_up(table: Table, lookup: Table, match: Match, notices: list[Notice]) -> Table:
    """Return the table with the columns of another one.

    Of several rows with one key the last is taken, in a history the present one. Rows nobody needs are
    rejected, the others count as merged.
    """
    keys = lookup.columns[match.key]
    column = table.columns[match.place]
    last = np.empty(len(keys.texts), dtype=np.int64)
    last[keys.index] = np.arange(len(keys.index))
    first = found_rows(column.texts, keys)
    rows = np.where(first >= 0, last[keys.index[first]], -1)[column.index]
    added = []
    known = roles_of(table).keys()
    for place in _columns_to_add(lookup, match):
        header, cells = lookup.header[place], lookup.columns[place]
        own = match.own or not lookup.named or (role_of(header) in _OF_ROW and role_of(header) not in known)
        about = header if own else f"{header} ({table.header[match.place]})"
        table, at = with_column(table, about, _cells_at(cells, rows), _stem(lookup.name))
        added.append(table.header[at])
    used = np.isin(keys.index, keys.index[np.unique(rows[rows >= 0])]) & keys.filled
    merged = int(np.count_nonzero(used))
    _tell(table, lookup, match, added, merged, notices)
    reject(lookup, np.flatnonzero(~used), "no node has their key", notices)
    return with_besides(table, merged=merged, rejected=len(lookup) - merged)


def reject(table: Table, rows: Ints, reason: str, notices: list[Notice]) -> None:
    """Say of rows that they were not used."""
    if len(rows):
        line = line_of(table, int(rows[0]))
        message = f"{counted(len(rows), 'row')} of {quoted(table.name)} not used because {reason}."
        notices.append(Notice("row_rejected", "warning", message, line))


def _keys(lookup: Table) -> list[int]:
    """Return the columns that can be a key: known ids first."""
    places = [
        place
        for place, column in enumerate(lookup.columns[:_TRIED])
        if column.filled.all() and len(column.texts) >= _DIFFERENT * len(column) and _is_code(column)
    ]
    return sorted(places, key=lambda place: role_of(lookup.header[place]) != "id")[:_KEYS_AT_MOST]


def _is_code(column: Column) -> bool:
    """Return whether the cells may be ids or names: short, no dates, no numbers with a fraction."""
    return all(_CODE.fullmatch(text) and not _NO_CODE.fullmatch(text) for text in column.texts[:100].tolist())


def _may_be_in(keys: Column, column: Column) -> bool:
    """Return whether any of the first many keys is in a column."""
    known = column.place_of
    return any(text in known for text in keys.texts[:_SAMPLED].tolist())


def _is_reference(table: Table, place: int, lookup: Table, key: int, found: float, used: float) -> bool:
    if found < _HALF or role_of(table.header[place]) == "manager":
        return False
    keys = lookup.columns[key]
    if not _who(lookup) and len(lookup.header) > _COLUMNS_AT_MOST:
        return False
    if _is_telling(keys):
        return True
    if _headers_agree(table.header[place], lookup.header[key]) and table.named and lookup.named:
        return found >= _NEARLY_ALL
    return not (table.named and lookup.named) and min(found, used) >= _NEARLY_ALL and len(keys.texts) > 1


def _is_telling(keys: Column) -> bool:
    """Return whether keys are long enough to be found nowhere by chance."""
    return sum(map(len, keys.texts.tolist())) >= _TELLING * len(keys.texts)


def _who(lookup: Table) -> list[int]:
    """Return the columns that say who somebody is."""
    if not lookup.named:
        return []
    return [
        place
        for place, header in enumerate(lookup.header)
        if role_of(header) in _WHO and has_text(lookup.columns[place])
    ]


def _headers_agree(header: str, key: str) -> bool:
    """Return whether a column is called as the key, or as an id where the key is just one.

    >>> _headers_agree("department_id", "Department ID"), _headers_agree("dept_id", "id")
    (True, True)
    """
    one, other = normalised(header), normalised(key)
    return one == other or (other in {"id", "code", "key"} and one.endswith(other))


def _columns_to_add(lookup: Table, match: Match) -> list[int]:
    places = [place for place, column in enumerate(lookup.columns) if place != match.key and has_text(column)]
    who = [place for place in _who(lookup) if place != match.key]
    return who if who and not match.own else places


def _cells_at(cells: Column, rows: Ints) -> Column:
    """Return the cells of some rows, an empty one for -1."""
    padded = Column(np.append(cells.texts, [""]), np.append(cells.index, len(cells.texts)))
    return column_of(padded.cells[rows])


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0] or name


def _tell(
    table: Table, lookup: Table, match: Match, added: Sequence[str], merged: int, notices: list[Notice]
) -> None:
    way = "more about the nodes" if match.own else "who it is that the nodes name"
    message = (
        f"{quoted(lookup.name)} says {way}: its {quoted(lookup.header[match.key])} was looked up in "
        f"{quoted(table.header[match.place])}, {merged:,} of {counted(len(lookup), 'row')} are needed. "
        f"{counted(len(added), 'column')} added: {listed(list(added))}."
    )
    notices.append(Notice("tables_joined", "info", message, column=table.header[match.place]))
