"""The cells of a row that become the texts and numbers of a node."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from orgmodel.importing.columns.headers import normalised
from orgmodel.importing.columns.roles import Roles, joined_names
from orgmodel.importing.decisions import Answer
from orgmodel.importing.files.cells import Column, empty_column
from orgmodel.importing.files.tables import Table
from orgmodel.importing.notices import Findings, Notice
from orgmodel.importing.own_format import restored
from orgmodel.importing.rows.edited_rows import first_filled, with_cells
from orgmodel.importing.rows.vacancies import (
    LIKE_A_VACANCY,
    VACANT,
    is_protected,
    is_undisclosed_name,
    is_vacancy_word,
    is_vacant_name,
    is_vacant_status,
    is_vacant_title,
    unprotected,
)
from orgmodel.importing.wording import listed, numbered
from orgmodel.lines import Bools, Floats, Texts, frozen_texts
from orgmodel.organization import BUSINESS_FUNCTIONS
from orgmodel.wording import counted, quoted

_NUMBER: Final = re.compile(r"[+-]?[\d.,]+(?:[eE][+-]?\d{1,3})?\s*%?", re.ASCII)
_SPELLINGS_APART: Final = 8
#: What a decision about the rarer ways to mark a vacancy is about: all of them.
_OTHER_SPELLINGS: Final = "other ways"
_TRUE: Final = frozenset({"true", "yes", "1"})
_FALSE: Final = frozenset({"false", "no", "0"})
#: Names that an organization refuses for attributes: in a graph they are columns of its own.
RESERVED: Final = frozenset({"name", "title", "unit", "function", "headcount", "location", "status"})


@dataclass
class Posts:
    """Columns of the organization, one value per row of the table.

    ``attributes`` holds the further columns (None where a cell is empty), ``headers`` what each role was
    read from, ``removed`` the rows of vacancies that the reader wants left out.
    """

    names: Column
    titles: Column
    units: Column
    functions: Column
    headcount: Floats
    locations: Column
    statuses: Column
    vacant: Bools
    attributes: dict[str, Texts] = field(default_factory=dict)
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    removed: list[int] = field(default_factory=list)


def posts_of(table: Table, roles: Roles, notices: Findings) -> Posts:
    """Return the texts and numbers of every row."""
    used: set[int] = set()
    headers: dict[str, tuple[str, ...]] = {}

    def column(role: str) -> Column:
        if role not in roles:
            return empty_column(len(table))
        place = roles[role][0]
        used.add(place)
        headers[role] = (table.header[place],)
        return table.columns[place]

    names, places = joined_names(table, roles)
    if places:
        used.update(places)
        headers["name"] = tuple(table.header[place] for place in places)
    posts = Posts(
        names=names,
        titles=column("title"),
        units=column("unit"),
        functions=empty_column(len(table)),
        headcount=np.ones(len(table)),
        locations=column("location"),
        statuses=column("status"),
        vacant=np.zeros(len(table), dtype=np.bool_),
        headers=headers,
        used=used,
    )
    _read_functions(table, column("function"), posts, notices)
    counts = column("headcount")
    _read_statuses(table, posts)
    _read_vacancies(table, roles, counts, posts, notices)
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
        # An empty cell is no value, but a restored one may be an empty text.
        texts = [(restored(text) if table.literal else text) if text else None for text in column.texts]
        posts.attributes[name] = frozen_texts(texts)[column.index]


def _free_attribute(header: str, taken: Collection[str]) -> str:
    name = header
    while name in taken or name in RESERVED:
        name += " (file)" if name == header else "'"
    return name


def merge_posts(table: Table, posts: Posts, shared_posts: Mapping[int, Sequence[int]]) -> Table:
    """Put what several rows say of one post into the row that became its node.

    Their people are counted together and all named; else the first cell that says something holds. The
    table is returned with these cells.
    """
    if not shared_posts:
        return table
    groups = {keeper: [keeper, *others] for keeper, others in shared_posts.items()}

    def firsts(column: Column) -> Column:
        return with_cells(column, {keeper: first_filled(column, rows) for keeper, rows in groups.items()})

    posts.names = with_cells(posts.names, {row: _all_names(posts, rows) for row, rows in groups.items()})
    posts.titles, posts.units = firsts(posts.titles), firsts(posts.units)
    posts.functions, posts.locations = firsts(posts.functions), firsts(posts.locations)
    statuses = {row: _status_together(posts, rows) for row, rows in groups.items()}
    posts.statuses = with_cells(posts.statuses, statuses)
    for keeper, rows in groups.items():
        posts.headcount[keeper] = posts.headcount[rows].sum()
        posts.vacant[keeper] = posts.vacant[rows].all()
    for name, values in posts.attributes.items():
        together = values.copy()
        for keeper, rows in groups.items():
            together[keeper] = next((value for value in values[rows] if value is not None), None)
        posts.attributes[name] = together
    return replace(table, columns=[firsts(column) for column in table.columns])


def _all_names(posts: Posts, rows: Sequence[int]) -> str:
    return " / ".join(dict.fromkeys(name for row in rows if (name := posts.names[row])))


def _status_together(posts: Posts, rows: Sequence[int]) -> str:
    """Return the status of the first row somebody holds, or of the first."""
    held = [row for row in rows if not posts.vacant[row]]
    return first_filled(posts.statuses, held or rows)


# ---------------------------------------------------------------------- functions


def _read_functions(table: Table, cells: Column, posts: Posts, notices: list[Notice]) -> None:
    """Take the words of the vocabulary as stated functions; keep other words, as units if there are none."""
    words = {cell: re.sub(r"\W+", "_", cell.strip().casefold()) for cell in cells.texts}
    posts.functions = cells.mapped(lambda cell: words[cell] if words[cell] in BUSINESS_FUNCTIONS else "")
    others = sorted(cell for cell, word in words.items() if cell and word not in BUSINESS_FUNCTIONS)
    if not others:
        return
    unstated = cells.mapped(lambda cell: "" if words[cell] in BUSINESS_FUNCTIONS else cell)
    name = _free_attribute("function", posts.attributes)
    posts.attributes[name] = unstated.values
    taken = "kept as the attribute"
    if not any(posts.units.texts):
        posts.units = unstated
        posts.headers["unit"] = posts.headers["function"]
        taken = "taken as units, and kept as the attribute"
    first = int(np.flatnonzero(unstated.filled)[0])
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
    posts.statuses = posts.statuses.mapped(lambda status: words.get(status.casefold(), status))


def _read_vacancies(table: Table, roles: Roles, counts: Column, posts: Posts, notices: Findings) -> None:
    """Mark the posts nobody holds; the words that told it are kept as the attribute ``vacancy``."""
    told: dict[int, list[str]] = {}
    if table.literal:
        _find(posts.statuses, lambda status: is_vacant_status(status) and not is_protected(status), told)
        posts.statuses = posts.statuses.mapped(unprotected)
    else:
        _find(posts.statuses, is_vacant_status, told)
        _find(posts.names, is_vacant_name, told, like=LIKE_A_VACANCY)
        _find(posts.titles, is_vacant_title, told, like=LIKE_A_VACANCY)
        for place in roles.get("kind", []):
            _find(table.columns[place], is_vacant_status, told)
        if "fte" in normalised(posts.headers.get("headcount", ("",))[0]):
            _find(counts, lambda count: _number(count) == 0, told, before="FTE ")
    own = len(table) - table.besides.added  # a node that is only named is no post
    told = {row: words for row, words in told.items() if row < own}
    marks = {
        row: "; ".join(dict.fromkeys(filter(None, (*words, posts.statuses[row]))))
        for row, words in told.items()
    }
    vacant = _decided_vacancies(table, marks, posts.removed, notices)
    vacant |= _read_undisclosed_names(table, posts, notices)
    if not vacant:
        return
    posts.vacant[list(vacant)] = True
    posts.statuses = posts.statuses.replaced(posts.vacant, VACANT)
    if not table.literal:
        nameless = np.zeros(len(table), dtype=np.bool_)
        nameless[[row for row in vacant if is_vacancy_word(posts.names[row])]] = True
        posts.names = posts.names.replaced(nameless, "")
    if any(mark != VACANT for mark in vacant.values()):
        name = "vacancy"
        while name in table.header:
            name += "'"
        posts.attributes[name] = frozen_texts(map(vacant.get, range(len(table))))


def _read_undisclosed_names(table: Table, posts: Posts, notices: Findings) -> dict[int, str]:
    """Leave a name that only says it is not told empty: the post is held, and its title says what it is.

    Return the rows that the reader takes for vacant all the same, with the word.
    """
    vacant: dict[int, str] = {}
    if table.literal:
        return vacant
    names = posts.names
    undisclosed = names.places(is_undisclosed_name, like=LIKE_A_VACANCY)
    posts.names = names.replaced(names.where(undisclosed), "")
    for word, place in sorted(zip(names.texts[undisclosed].tolist(), undisclosed.tolist(), strict=True)):
        options = {"held": "Count these posts as held", "vacant": "Count these posts as vacant"}
        answer = notices.decisions.about("undisclosed_name", word, options, "held")
        said = f"{counted(int(names.counts[place]), 'post')} with {quoted(word)} as the name: "
        one = int(names.counts[place]) == 1
        if answer.option == "vacant":
            vacant |= dict.fromkeys(np.flatnonzero(names.index == place).tolist(), word)
            message = f"{said}counted as {'a vacant position' if one else 'vacant positions'}, as decided."
        elif one:
            message = (
                f"{said}it is not disclosed who holds it. It counts as held and is shown by its title; if it "
                "is vacant, write Vacant."
            )
        else:
            message = (
                f"{said}it is not disclosed who holds them. They count as held and are shown by their "
                "titles; where one is vacant, write Vacant."
            )
        header = posts.headers["name"][0]
        line = table.lines[int(names.first_rows[place])]
        notices.append(Notice("undisclosed_name", "info", message, line, header, word, answer.repairs))
    return vacant


def _find(
    column: Column,
    is_so: Callable[[str], bool],
    told: dict[int, list[str]],
    *,
    like: str = "",
    before: str = "",
) -> None:
    """Add the rows whose cell is so, with the cell, to ``told``."""
    for row in np.flatnonzero(column.where(column.places(is_so, like))).tolist():
        told.setdefault(row, []).append(before + column[row])


def _decided_vacancies(
    table: Table, marks: Mapping[int, str], removed: list[int], notices: Findings
) -> dict[int, str]:
    """Return the rows that are vacant, with what marks them; say so, and add the rows to be left out.

    Every frequent spelling has a notice of its own, the others one together.
    """
    rows_of: dict[str, list[int]] = {}
    for row, mark in marks.items():
        rows_of.setdefault(mark, []).append(row)
    written_as_it_should_be = rows_of.pop(VACANT, []) if table.literal else []
    vacant = dict.fromkeys(written_as_it_should_be, VACANT)
    all_rows = len(marks) == len(table)
    spellings = sorted(rows_of, key=lambda mark: -len(rows_of[mark]))
    for mark in spellings[:_SPELLINGS_APART]:
        answer = _about_vacancy(mark, notices, all_rows=all_rows)
        vacant |= dict.fromkeys(rows_of[mark] if answer.option == "vacant" else [], mark)
        removed += rows_of[mark] if answer.option == "remove" else []
        said = f"{counted(len(rows_of[mark]), 'post')} marked {quoted(mark)}"
        notices.append(_vacancy_notice(table, said, rows_of[mark], mark, answer))
    if rest := spellings[_SPELLINGS_APART:]:
        together = _about_vacancy(_OTHER_SPELLINGS, notices, all_rows=all_rows)
        for mark in rest:
            own = _about_vacancy(mark, notices, all_rows=all_rows, default=together.option)
            vacant |= dict.fromkeys(rows_of[mark] if own.option == "vacant" else [], mark)
            removed += rows_of[mark] if own.option == "remove" else []
        rows = [row for mark in rest for row in rows_of[mark]]
        said = f"{counted(len(rows), 'post')} marked in other ways ({listed(rest)})"
        notices.append(_vacancy_notice(table, said, rows, None, together))
    return vacant


def _about_vacancy(mark: str, notices: Findings, *, all_rows: bool, default: str = "vacant") -> Answer:
    options = {
        "vacant": "Keep as vacant positions",
        "held": "Count as held, by somebody of that name",
        "remove": "Leave out; whoever reports to them goes to their managers",
    }
    if all_rows:  # nothing would be left
        del options["remove"]
    return notices.decisions.about("vacancy", mark, options, default)


def _vacancy_notice(table: Table, said: str, rows: Sequence[int], mark: str | None, answer: Answer) -> Notice:
    kept = "kept as a vacant position." if len(rows) == 1 else "kept as vacant positions."
    kept = "counted as held, as decided." if answer.option == "held" else kept
    if answer.option == "remove":
        lines = numbered([table.lines[row] for row in sorted(rows)])
        kept = f"left out, as decided ({lines}); whoever reported to them reports to their managers."
    line = table.lines[min(rows)]
    return Notice("vacancy", "info", f"{said}: {kept}", line, None, mark, answer.repairs)


# ---------------------------------------------------------------------- headcount


def _headcounts(table: Table, header: str, cells: Column, vacant: Bools, notices: list[Notice]) -> Floats:
    """Return the people every row stands for: as stated, else 1, and 0 for a vacant post.

    A headcount that is no number of 0 or more counts as not stated. ``0,6`` is 0.6, and under a header with
    a per cent sign 60 is 0.6.
    """
    in_header = "%" in header
    texts = cells.texts.tolist()
    numbers = np.array([_number(f"{text}%" if in_header and "%" not in text else text) for text in texts])
    stated = np.isfinite(numbers) & (numbers >= 0)
    headcounts = np.where(stated[cells.index], numbers[cells.index], np.where(vacant, 0.0, 1.0))
    wrong = ~stated & np.array([bool(text.strip()) for text in texts], dtype=np.bool_)
    for row in np.flatnonzero(wrong[cells.index]).tolist():
        line, cell = table.lines[row], cells[row]
        message = (
            f"Row {line}: the headcount {quoted(cell)} is no number of 0 or more; "
            f"{headcounts[row]:g} was taken."
        )
        notices.append(Notice("headcount", "warning", message, line, header, cell))
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
