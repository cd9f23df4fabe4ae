"""The table of the page Draw: what is typed becomes operations, once, and the table shows what is true."""

import pytest

from components import node_table, session
from components.node_table import Shown, cells_of, typed_operations
from orgmodel.assumptions import Assumptions
from orgmodel.document import Document
from orgmodel.edits import Edit, Move, Remove, Several
from orgmodel.importing import read_organization
from orgmodel.organization import Organization
from tests.pages.test_components import State
from tests.pages.test_draw import SMALL

NOTHING = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}


@pytest.fixture
def small():
    return read_organization(SMALL.encode()).organization


def in_editor(org, taken=None):
    nodes = tuple(org.ids.tolist())
    return Shown(0, nodes, cells_of(org, nodes), taken or NOTHING)


def test_the_cells_are_those_of_the_chart(small):
    cells = cells_of(small, ["2", "1"])
    assert cells["Id"] == ["2", "1"]
    assert cells["Reports to"] == ["Ann", "-"]
    assert cells["Function"] == ["(Customer service)", "(Executive)"]
    assert cells["People"] == [1.0, 1.0]


def test_typed_cells_become_operations(small):
    typed = {
        **NOTHING,
        "edited_rows": {
            1: {"Name": " Bea ", "Function": "Sales", "People": 3},
            3: {"Reports to": "cem", "Unit": None},
            2: {"Reports to": "-"},
            4: {"Reports to": "Cem (3)"},
        },
        "deleted_rows": [0],
    }
    operations, refused = typed_operations(small, in_editor(small), typed)
    assert operations == [
        Edit(("2",), "name", "Bea"),
        Edit(("2",), "function", "sales"),
        Edit(("2",), "headcount", 3.0),
        Move(("4",), "3"),
        Edit(("4",), "unit", ""),
        Move(("3",), ""),
        Move(("5",), "3"),
        Remove(("1",), with_all_below=False),
    ]
    assert refused == []


def test_a_function_in_brackets_is_not_stated(small):
    typed = {**NOTHING, "edited_rows": {1: {"Function": "(Sales)"}}}
    assert typed_operations(small, in_editor(small), typed) == ([Edit(("2",), "function", "")], [])


def test_what_was_dealt_with_is_not_done_again(small):
    taken = {**NOTHING, "edited_rows": {1: {"Name": "Bea"}}}
    typed = {**NOTHING, "edited_rows": {1: {"Name": "Bea", "Title": "COO"}}}
    assert typed_operations(small, in_editor(small, taken), typed) == ([Edit(("2",), "title", "COO")], [])
    typed = {**NOTHING, "edited_rows": {1: {"Name": "Bob"}}}
    assert typed_operations(small, in_editor(small, taken), typed) == ([Edit(("2",), "name", "Bob")], [])


def test_new_rows_count_when_they_are_whole(small):
    rows = [{}, {"Name": "Fay"}, {"Reports to": "1"}, {"Name": "Gus", "Reports to": "Bob"}]
    rows += [{"Title": "Temp", "Reports to": "Gus", "People": 0}]
    operations, refused = typed_operations(small, in_editor(small), {**NOTHING, "added_rows": rows})
    first, second = (operation.nodes[0] for operation in operations)
    assert (first.manager, first.name, first.headcount) == ("2", "Gus", 1.0)
    assert (second.manager, second.title, second.headcount) == (first.id, "Temp", 0.0)
    assert refused == []
    assert len(Several(tuple(operations)).applied(small)) == 7


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"Reports to": "Zoe"}, 'nobody called "Zoe"'),
        ({"Reports to": "Agent"}, 'nobody called "Agent"'),
        ({"People": None}, "how many people"),
    ],
)
def test_what_makes_no_sense_is_said(small, cells, words):
    operations, refused = typed_operations(small, in_editor(small), {**NOTHING, "edited_rows": {1: cells}})
    assert operations == []
    assert words in refused[0]


def test_a_name_of_several_must_be_an_id():
    org = Organization.from_columns(["1", "2", "3"], [None, "1", "1"], names=["Ann", "Bob", "Bob"])
    operations, refused = typed_operations(
        org, in_editor(org), {**NOTHING, "edited_rows": {1: {"Reports to": "bob"}}}
    )
    assert operations == []
    assert refused == [
        '2 boxes are called "bob". Write the id of the one you mean, such as 2, 3.',
    ]


@pytest.fixture
def table(monkeypatch, small):
    """A session with the small chart in the editor, and what is typed into it."""
    state = State(
        *(),
        document=Document.of(small),
        unit=("2",),
        wanted_unit=("2",),
        parent=None,
        placement=None,
        generation=1,
        assumptions=Assumptions(),
    )
    state.pop = lambda name, default=None: dict.pop(state, name, default)
    monkeypatch.setattr(session.st, "session_state", state)
    return state


def typing(state, **typed):
    """Type into the table and let the page be made again; return what the editor then holds."""
    now = session.organization()
    node_table._shown(now, now.ids.tolist())  # noqa: SLF001  # what the page does
    state["editor"] = {**NOTHING, **typed}
    node_table._take("editor", ("", 1))  # noqa: SLF001  # what the editor calls
    now = session.organization()
    return node_table._shown(now, now.ids.tolist())  # noqa: SLF001


def test_typing_keeps_the_table_and_does_nothing_twice(table):
    first = typing(table, edited_rows={3: {"Name": "Dan"}})
    second = typing(table, edited_rows={3: {"Name": "Dan"}, 4: {"Name": "Eli"}})
    assert first.number == second.number
    assert len(session.document().steps) == 2
    session.undo_edit()
    now = session.organization()
    third = node_table._shown(now, now.ids.tolist())  # noqa: SLF001
    assert third.number > second.number  # the truth is another one than what was typed
    assert third.cells["Name"][3:] == ["Dan", "Eve"]


def test_a_refused_cell_is_said_and_the_others_are_done(table):
    before = typing(table)
    after = typing(table, edited_rows={0: {"Reports to": "2"}, 3: {"Name": "Dan"}})
    assert after.number > before.number
    assert after.cells["Reports to"][0] == "-"
    assert after.cells["Name"][3] == "Dan"
    done, refused = table["outcome"]
    assert done
    assert len(refused) == 1


def test_rows_are_added_and_deleted(table):
    after = typing(table, added_rows=[{"Name": "Fay", "Reports to": "Cem"}])
    assert after.cells["Name"][-1] == "Fay"
    assert after.cells["Reports to"][-1] == "Cem"
    assert table["table_added"] == (("", 1), (after.nodes[-1],))
    again = typing(table, deleted_rows=[1])
    assert again.number > after.number
    assert "2" not in again.nodes
    assert session.organization().manager.tolist() == [-1, 0, 0, 0, 1]
