"""The cells of a row that become the texts and numbers of a node."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from orgmodel.importing.columns import Roles, joined_names
from orgmodel.importing.headers import normalised
from orgmodel.importing.own_format import restored
from orgmodel.importing.report import Notice
from orgmodel.importing.tables import Table
from orgmodel.importing.vacancies import (
    VACANT,
    is_protected,
    is_undisclosed_name,
    is_vacancy_word,
    is_vacant_name,
    is_vacant_status,
    is_vacant_title,
    unprotected,
)
from orgmodel.importing.wording import counted, listed, quoted
from orgmodel.organization import BUSINESS_FUNCTIONS

_NUMBER: Final = re.compile(r"[+-]?[\d.,]+(?:[eE][+-]?\d{1,3})?\s*%?", re.ASCII)
_SPELLINGS_APART: Final = 8
_TRUE: Final = frozenset({"true", "yes", "1"})
_FALSE: Final = frozenset({"false", "no", "0"})
#: Names that an organization refuses for attributes: in a graph they are columns of its own.
RESERVED: Final = frozenset({"name", "title", "unit", "function", "headcount", "location", "status"})


@dataclass
class Posts:
    """Columns of the organization, one value per row of the table.

    ``attributes`` holds the further columns (None where a cell is empty), ``headers`` what each role was
    read from.
    """

    names: list[str]
    titles: list[str]
    units: list[str]
    functions: list[str]
    headcount: list[float]
    locations: list[str]
    statuses: list[str]
    vacant: list[bool]
    attributes: dict[str, list[str | None]] = field(default_factory=dict)
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


def posts_of(table: Table, roles: Roles, notices: list[Notice]) -> Posts:
    """Return the texts and numbers of every row."""
    used: set[int] = set()
    headers: dict[str, tuple[str, ...]] = {}

    def column(role: str) -> list[str]:
        if role not in roles:
            return [""] * len(table)
        place = roles[role][0]
        used.add(place)
        headers[role] = (table.header[place],)
        return list(table.columns[place])

    names, places = joined_names(table, roles)
    if places:
        used.update(places)
        headers["name"] = tuple(table.header[place] for place in places)
    posts = Posts(
        names=list(names),
        titles=column("title"),
        units=column("unit"),
        functions=[""] * len(table),
        headcount=[],
        locations=column("location"),
        statuses=column("status"),
        vacant=[False] * len(table),
        headers=headers,
        used=used,
    )
    _read_functions(table, column("function"), posts, notices)
    counts = column("headcount")
    _read_statuses(table, posts)
    _read_vacancies(table, roles, counts, posts, notices)
    _read_undisclosed_names(table, posts, notices)
    posts.headcount = _headcounts(table, headers.get("headcount", ("",))[0], counts, posts.vacant, notices)
    return posts


def keep_attributes(table: Table, posts: Posts, notices: list[Notice]) -> None:
    """Keep every column that plays no other role."""
    for place, (header, column) in enumerate(zip(table.header, table.columns, strict=True)):
        if place in posts.used:
            continue
        name = _free_attribute(header, posts.attributes)
        if name != header:
            message = f"The column {quoted(header)} was kept as {quoted(name)}."
            notices.append(Notice("renamed_column", "info", message, column=header))
        posts.attributes[name] = [_value(cell, literal=table.literal) for cell in column]


def _value(cell: str, *, literal: bool) -> str | None:
    if not cell:
        return None
    return restored(cell) if literal else cell


def _free_attribute(header: str, taken: dict[str, list[str | None]]) -> str:
    name = header
    while name in taken or name in RESERVED:
        name += " (file)" if name == header else "'"
    return name


# ---------------------------------------------------------------------- functions


def _read_functions(table: Table, cells: Sequence[str], posts: Posts, notices: list[Notice]) -> None:
    """Take the words of the vocabulary as stated functions; keep other words, as units if there are none."""
    words = {cell: re.sub(r"\W+", "_", cell.strip().casefold()) for cell in set(cells)}
    posts.functions = [words[cell] if words[cell] in BUSINESS_FUNCTIONS else "" for cell in cells]
    others = sorted(cell for cell, word in words.items() if cell and word not in BUSINESS_FUNCTIONS)
    if not others:
        return
    unstated = ["" if words[cell] in BUSINESS_FUNCTIONS else cell for cell in cells]
    name = _free_attribute("function", posts.attributes)
    posts.attributes[name] = [cell or None for cell in unstated]
    taken = "kept as the attribute"
    if not any(posts.units):
        posts.units = unstated
        posts.headers["unit"] = posts.headers["function"]
        taken = "taken as units, and kept as the attribute"
    first = next(row for row, cell in enumerate(cells) if cell in others)
    message = (
        f"{counted(len(others), 'value')} of the function column are none of the business functions "
        f"({listed(others)}); they were {taken} {quoted(name)}. Functions are: "
        f"{', '.join(BUSINESS_FUNCTIONS)}."
    )
    header = posts.headers["function"][0]
    notices.append(Notice("function", "info", message, table.lines[first], header, cells[first]))


# ---------------------------------------------------------------------- statuses, vacancies


def _read_statuses(table: Table, posts: Posts) -> None:
    """Write a column ``active`` of true and false as words."""
    header = posts.headers.get("status", ("",))[0]
    if table.literal or normalised(header) not in {"active", "activestatus", "accountenabled"}:
        return
    words = dict.fromkeys(_TRUE, "active") | dict.fromkeys(_FALSE, "inactive")
    posts.statuses = [words.get(status.casefold(), status) for status in posts.statuses]


def _read_vacancies(
    table: Table, roles: Roles, counts: Sequence[str], posts: Posts, notices: list[Notice]
) -> None:
    """Mark the posts nobody holds; the words that told it are kept as the attribute ``vacancy``."""
    told: dict[int, list[str]] = {}
    if table.literal:
        _find(posts.statuses, lambda status: is_vacant_status(status) and not is_protected(status), told)
        posts.statuses = [unprotected(status) for status in posts.statuses]
    else:
        _find(posts.statuses, is_vacant_status, told)
        _find(posts.names, is_vacant_name, told)
        _find(posts.titles, is_vacant_title, told)
        for place in roles.get("kind", []):
            _find(table.columns[place], is_vacant_status, told)
        if "fte" in normalised(posts.headers.get("headcount", ("",))[0]):
            _find(counts, lambda count: _number(count) == 0, told, "FTE ")
    for row, words in told.items():
        posts.vacant[row] = True
        words.append(posts.statuses[row])
        posts.statuses[row] = VACANT
        if not table.literal and is_vacancy_word(posts.names[row]):
            posts.names[row] = ""
    marks = {row: "; ".join(dict.fromkeys(filter(None, words))) for row, words in told.items()}
    if any(mark != VACANT for mark in marks.values()):
        name = "vacancy"
        while name in table.header:
            name += "'"
        posts.attributes[name] = [marks.get(row) for row in range(len(table))]
    _notice_vacancies(table, marks, notices)


def _read_undisclosed_names(table: Table, posts: Posts, notices: list[Notice]) -> None:
    """Leave a name that only says it is not told empty: the post is held, and its title says what it is."""
    if table.literal:
        return
    for word in sorted({name for name in posts.names if is_undisclosed_name(name)}):
        rows = [row for row, name in enumerate(posts.names) if name == word]
        for row in rows:
            posts.names[row] = ""
        message = (
            f"{counted(len(rows), 'post')} with {quoted(word)} as the name: it is not disclosed who holds "
            "them. They count as held and are shown by their titles; where one is vacant, write Vacant."
        )
        header = posts.headers["name"][0]
        notices.append(Notice("undisclosed_name", "info", message, table.lines[rows[0]], header, word))


def _find(
    column: Sequence[str], is_so: Callable[[str], bool], told: dict[int, list[str]], before: str = ""
) -> None:
    """Add the rows whose cell is so, with the cell, to ``told``."""
    cells = {cell for cell in set(column) if cell and is_so(cell)}
    if cells:
        for row, cell in enumerate(column):
            if cell in cells:
                told.setdefault(row, []).append(before + cell)


def _notice_vacancies(table: Table, marks: dict[int, str], notices: list[Notice]) -> None:
    """Say for every frequent spelling how many posts it made vacant, and for the others together."""
    rows_of: dict[str, list[int]] = {}
    for row, mark in marks.items():
        if table.literal and mark == VACANT:
            continue  # written as it should be
        rows_of.setdefault(mark, []).append(row)
    spellings = sorted(rows_of, key=lambda mark: -len(rows_of[mark]))
    for mark in spellings[:_SPELLINGS_APART]:
        rows = sorted(rows_of[mark])
        message = f"{counted(len(rows), 'post')} marked {quoted(mark)}: kept as vacant positions."
        notices.append(Notice("vacancy", "info", message, table.lines[rows[0]], None, mark))
    if rest := [row for mark in spellings[_SPELLINGS_APART:] for row in rows_of[mark]]:
        others = listed(spellings[_SPELLINGS_APART:])
        message = f"{counted(len(rest), 'post')} marked in other ways ({others}): kept as vacant positions."
        notices.append(Notice("vacancy", "info", message, table.lines[min(rest)]))


# ---------------------------------------------------------------------- headcount


def _headcounts(
    table: Table, header: str, cells: Sequence[str], vacant: Sequence[bool], notices: list[Notice]
) -> list[float]:
    """Return the people every row stands for: as stated, else 1, and 0 for a vacant post.

    A headcount that is no number of 0 or more counts as not stated. ``0,6`` is 0.6, and under a header with
    a per cent sign 60 is 0.6.
    """
    in_header = "%" in header
    numbers = {cell: _number(f"{cell}%" if in_header and "%" not in cell else cell) for cell in set(cells)}
    headcounts = []
    for row, cell in enumerate(cells):
        number = numbers[cell]
        if math.isfinite(number) and number >= 0:
            headcounts.append(number)
            continue
        headcounts.append(0.0 if vacant[row] else 1.0)
        if cell.strip():
            message = (
                f"Row {table.lines[row]}: the headcount {quoted(cell)} is no number of 0 or more; "
                f"{headcounts[-1]:g} was taken."
            )
            notices.append(Notice("headcount", "warning", message, table.lines[row], header, cell))
    return headcounts


def _number(cell: str) -> float:
    """Return a cell as a number, NaN if it is none.

    >>> _number("0,6"), _number("1,234.5"), _number("1.234,5"), _number("80%")
    (0.6, 1234.5, 1234.5, 0.8)
    """
    text = cell.strip().replace("\N{NO-BREAK SPACE}", "")
    if not _NUMBER.fullmatch(text):
        return math.nan
    of = 100.0 if text.endswith("%") else 1.0
    text = text.rstrip("% ")
    point, comma = text.rfind("."), text.rfind(",")
    if point >= 0 and comma >= 0:
        thousands = "," if point > comma else "."
        text = text.replace(thousands, "")
    try:
        return float(text.replace(",", ".")) / of
    except ValueError:
        return math.nan
