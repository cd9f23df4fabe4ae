"""Columns as their different texts: the same as going through the cells one by one, with less work."""

import re

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

import orgmodel.importing.managers.directory
import orgmodel.importing.rows.posts
from orgmodel import Organization, read_organization
from orgmodel.functions import business_functions, customer_service_proposals, recognising
from orgmodel.importing.files.cells import column_of, combined, empty_column, rows_of
from orgmodel.importing.rows import vacancies
from orgmodel.lines import manager_cycles

CELLS = st.lists(st.sampled_from(["", " ", "a", "A", "b ", "é", "\x00", "Vacant", "🙂"]), max_size=12)


@given(CELLS)
def test_a_column_is_its_cells(cells):
    column = column_of(cells)
    assert list(column) == cells
    assert [column[row] for row in range(len(cells))] == cells
    assert column.texts.tolist() == list(dict.fromkeys(cells))
    assert column.filled.tolist() == [bool(cell) for cell in cells]
    assert column.values.tolist() == [cell or None for cell in cells]
    assert column.counts.tolist() == [cells.count(text) for text in column.texts]
    assert column.first_rows.tolist() == [cells.index(text) for text in column.texts]
    assert column.is_unique == (len(set(cells)) == len(cells) and all(cells))
    assert list(column.mapped(str.strip)) == [cell.strip() for cell in cells]
    places = column.places(str.isupper)
    assert column.where(places).tolist() == [cell.isupper() for cell in cells]
    assert column.places_of(["a", "not there"]).tolist() == [column.place_of.get("a", -1), -1]


@given(CELLS, st.data())
def test_rows_of_a_column_and_other_texts_in_them(cells, data):
    chosen = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(cells), max_size=len(cells))), dtype=bool
    )
    column = column_of(cells)
    kept = column.of(np.flatnonzero(chosen))
    assert list(kept) == [cell for cell, is_chosen in zip(cells, chosen, strict=True) if is_chosen]
    assert kept.texts.tolist() == list(dict.fromkeys(kept))
    replaced = column.replaced(chosen, "a")
    expected = ["a" if is_chosen else cell for cell, is_chosen in zip(cells, chosen, strict=True)]
    assert list(replaced) == expected
    assert replaced.texts.tolist() == list(dict.fromkeys(replaced))


@given(st.lists(st.tuples(*[st.sampled_from(["", "a", "b", "ab"])] * 3), max_size=9))
def test_columns_put_together_row_by_row(rows):
    columns = [column_of([row[place] for row in rows]) for place in range(3)]
    asked = []

    def joined(*cells):
        asked.append(cells)
        return "".join(cells)

    assert list(combined(joined, columns)) == ["".join(row) for row in rows]
    assert sorted(asked) == sorted(set(rows))


@given(st.lists(st.lists(st.sampled_from(["", " ", "a", "\xa0", "\u2003b"]), max_size=4), max_size=9))
def test_rows_are_those_of_the_reader_without_the_empty_ones(given_rows):
    rows = rows_of(given_rows, lambda number: range(1, number + 1))
    filled = [place for place, row in enumerate(given_rows) if any(map(str.strip, row))]
    assert rows.of(range(len(rows))) == [given_rows[place] for place in filled]
    assert list(rows.lines) == [place + 1 for place in filled]
    above = range(max(filled, default=0))
    assert rows.blank_lines == [place + 1 for place in above if place not in filled]
    assert rows.widest == max(map(len, given_rows), default=0)
    for place in range(rows.widest if filled else 0):
        cells = [given_rows[row][place] if place < len(given_rows[row]) else "" for row in filled]
        assert list(rows.column(place)) == cells


def test_the_smallest_columns():
    assert list(empty_column(0)) == []
    assert not empty_column(1).is_unique
    assert column_of(["a"]).is_unique


# ---------------------------------------------------------------------- what may be passed over


BLANKS = st.text(alphabet=" \t\n\x0b\x1c\"'()[]<>*-_.!", max_size=2)
PHRASES = st.sampled_from(
    sorted(vacancies._WORDS | vacancies._STATUSES | vacancies._UNDISCLOSED | vacancies._TITLES)  # noqa: SLF001
)
MARKS = st.sampled_from(
    ["Vacant - Clerk", "Clerk (VACANCY)", "eliminated/x", "K\u212a vakant", "\u017fcoperto"]
)


@given(BLANKS, PHRASES | MARKS, st.sampled_from([" ", "  ", "\t\x1f"]), BLANKS, st.booleans())
def test_what_says_that_nobody_holds_a_post_looks_like_it(before, phrase, blank, after, upper):
    """Names are searched for vacancies by a regular expression first: it must pass over none of them."""
    text = before + phrase.replace(" ", blank) + after
    text = text.upper() if upper else text
    said = (
        vacancies.is_vacant_name(text),
        vacancies.is_vacant_status(text),
        vacancies.is_vacant_title(text),
        vacancies.is_undisclosed_name(text),
    )
    places = column_of([text]).places(lambda _: True, like=vacancies.LIKE_A_VACANCY)
    assert len(places) == 1 or not any(said)


def manager_cycles_by_walking(manager):
    """Return the cycles as a walk from every node in turn meets them."""
    seen, cycles = {}, []
    for start in range(len(manager)):
        row = start
        while row >= 0 and row not in seen:
            seen[row] = start
            row = manager[row]
        if row >= 0 and seen[row] == start:
            cycle = [row]
            while manager[cycle[-1]] != row:
                cycle.append(manager[cycle[-1]])
            cycles.append(cycle)
    return cycles


@given(
    st.integers(0, 12).flatmap(lambda size: st.lists(st.integers(-1, size - 1), min_size=size, max_size=size))
)
def test_cycles_are_found_as_by_walking(manager):
    assert manager_cycles(manager) == manager_cycles_by_walking(manager)


# ---------------------------------------------------------------------- the work, counted


SIZE = 3000


def large_chart(*, function="sales"):
    rows = [
        f"E{row},Person {row},Clerk,Sales,{function},E{(row - 1) // 8 if row else ''}" for row in range(SIZE)
    ]
    return "\n".join(["id,name,title,unit,function,manager id", *rows]).replace("E\n", "\n", 1).encode()


def counted(monkeypatch, module, name):
    """Count the calls of a function of a module."""
    calls, function = [], getattr(module, name)
    monkeypatch.setattr(module, name, lambda *given: calls.append(given) or function(*given))
    return calls


def test_names_of_people_are_not_asked_one_by_one_whether_a_post_is_vacant(monkeypatch):
    asked = [
        counted(monkeypatch, orgmodel.importing.rows.posts, f"is_{kind}")
        for kind in ("vacant_name", "undisclosed_name")
    ]
    assert len(read_organization(large_chart()).organization) == SIZE
    assert asked == [[], []]


def test_no_node_is_looked_for_one_by_one_when_all_managers_are_ids(monkeypatch):
    asked = counted(monkeypatch, orgmodel.importing.managers.directory.Directory, "find")
    organization = read_organization(large_chart()).organization
    assert len(organization.roots) == 1
    assert len(asked) <= 1  # the empty cell of the root


def test_equal_cells_are_one_text():
    organization = read_organization(large_chart()).organization
    assert len(set(map(id, organization.titles))) == 1
    assert len(set(map(id, organization.names))) == SIZE


@pytest.mark.parametrize(("function", "read"), [("sales", 0), ("", 2)])
def test_every_different_text_is_read_once(monkeypatch, function, read):
    """Titles and units, if a function is to be recognised; names only of nodes without a title."""
    organization = read_organization(large_chart(function=function)).organization
    texts = counted(monkeypatch, recognising.Reader, "read")
    business_functions(organization)
    assert len({text for _, text in texts if text}) == len([text for _, text in texts if text]) == read


def test_names_are_not_read_where_every_function_is_stated(monkeypatch):
    size = 50
    names = [f"Department {row}" for row in range(size)]
    stated = Organization.from_columns(names, [None] * size, names=names, functions=["sales"] * size)
    open_ = Organization.from_columns(
        names, [None] * size, names=names, functions=["sales"] * (size - 1) + [""]
    )
    texts = counted(monkeypatch, recognising.Reader, "read")
    assert business_functions(stated).functions.tolist() == ["sales"] * size
    assert customer_service_proposals(stated) == ()
    assert not any(re.match("Department", text) for _, text in texts)
    business_functions(open_)
    assert sum(text.startswith("Department") for _, text in texts) == size
