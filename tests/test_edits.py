"""Operations as data: what they do, what is refused and in which words, JSON there and back."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orgmodel import Organization
from orgmodel.connections import connect
from orgmodel.edits import (
    Add,
    Connect,
    Disconnect,
    Edit,
    Move,
    Remove,
    Several,
    operation_from_json,
    operation_to_json,
)
from orgmodel.errors import OrganizationError, OrgModelError
from orgmodel.lines import FurtherManager, Tie
from orgmodel.operations import NewNode, edit, move
from tests.charts_for_tests import golden, organizations
from tests.edits_for_tests import operations
from tests.test_changes import JSON
from tests.test_operations import rebuilt


def named():
    """Return a chart whose nodes have names: sales with east and west, operations with service."""
    return Organization.from_columns(
        ["1", "2", "3", "4", "5", "6"],
        ["", "1", "1", "2", "2", "3"],
        names=["Ann", "Bob", "Cyd", "Dan", "Eve", "Fay"],
        titles=["CEO", "Sales", "Operations", "East", "West", "Customer service"],
        units=["", "", "", "", "", "Service"],
        further_managers=[FurtherManager("6", "2", "shared", 0.25)],
        ties=[Tie("4", "6")],
    )


def bosses(chart):
    return {
        node: str(chart.ids[row]) if row >= 0 else ""
        for node, row in zip(chart.ids, chart.manager, strict=True)
    }


OPERATIONS = operations([f"n{number}" for number in range(6)])


@given(OPERATIONS)
@settings(max_examples=300)
def test_an_operation_is_the_same_after_json(operation):
    assert operation_from_json(json.loads(json.dumps(operation_to_json(operation)))) == operation


@given(organizations(max_size=10), OPERATIONS)
@settings(max_examples=300)
def test_an_operation_makes_a_sound_chart_or_is_refused_with_a_sentence(chart, operation):
    try:
        after = operation.applied(chart)
    except OrgModelError as error:
        sentence = str(error)
    else:
        sentence = "."
        assert after == rebuilt(after)
        assert len(after)
    assert sentence.endswith(".")
    assert operation.title(chart)


OPERATION_LIKE = st.fixed_dictionaries(
    {"do": st.sampled_from(["move", "add", "remove", "edit", "connect", "disconnect", "several", "undo"])},
    optional={
        "nodes": JSON
        | st.just(["CS"])
        | st.lists(st.dictionaries(st.sampled_from(["id", "headcount", "attributes"]), JSON), max_size=2),
        "manager": JSON,
        "with_all_below": JSON,
        "column": JSON | st.sampled_from(["title", "headcount"]),
        "value": JSON,
        "line": JSON
        | st.fixed_dictionaries(
            {"kind": st.sampled_from(["tie", "dotted", "solid"])},
            optional={
                key: JSON | st.just("CS")
                for key in ("a", "b", "report", "manager", "share", "weight", "relation")
            },
        ),
        "operations": JSON | st.just([{"do": "several", "operations": []}]),
    },
)


@given(JSON | OPERATION_LIKE)
@settings(max_examples=600)
@example({"do": "edit", "nodes": ["CS"], "column": "headcount", "value": 10**400})
@example({"do": "connect", "line": {"kind": "tie", "a": "CS", "b": "HR", "weight": float("nan")}})
@example(
    {"do": "connect", "line": {"kind": "dotted", "report": "CS", "manager": "HR", "share": float("nan")}}
)
@example({"do": "add", "nodes": [{"id": "x", "headcount": float("inf")}]})
@example({"do": "add", "nodes": [{"id": "x", "attributes": {"title": "y"}}]})
@example({"do": ["move"]})
@example({1: "move"})
def test_any_json_is_an_operation_or_refused_with_a_sentence(data):
    try:
        operation = operation_from_json(data)
    except OrganizationError as error:
        assert str(error).endswith((".", "?"))  # noqa: PT017  # most of them are refused, some are not
        return
    try:
        operation.applied(golden())
    except OrgModelError as error:
        assert str(error).endswith(".")  # noqa: PT017


def test_several_cannot_hold_several():
    deep = {"do": "move", "nodes": ["CS"], "manager": ""}
    for _ in range(5000):
        deep = {"do": "several", "operations": [deep]}
    with pytest.raises(OrganizationError):
        operation_from_json(deep)


def test_half_a_sign_becomes_a_question_mark():
    operation = operation_from_json({"do": "edit", "nodes": ["CS"], "column": "title", "value": "\ud800!"})
    assert operation == Edit(("CS",), "title", "?!")


@pytest.mark.parametrize(
    ("operation", "title"),
    [
        (Move(("6",), "2"), "Fay moves under Bob"),
        (Move(("6", "4"), "1"), "Fay and 1 more move under Ann"),
        (Move(("6",), ""), "Fay moves to the top"),
        (Add((NewNode("7", "2", "Gus"),)), "Gus is added under Bob"),
        (Add((NewNode("7"), NewNode("8", "7"))), "A new box and 1 more are added"),
        (Remove(("6",)), "Fay is removed"),
        (Remove(("2",), with_all_below=True), "Bob is removed with everybody below"),
        (Edit(("6",), "title", "Service"), 'The title of Fay becomes "Service"'),
        (Edit(("6",), "headcount", 12.0), "The headcount of Fay becomes 12"),
        (Edit(("6",), "function", "it"), "The function of Fay becomes IT"),
        (Edit(("6", "5"), "unit", ""), "The unit of Fay and 1 more is cleared"),
        (Connect(FurtherManager("4", "3", "dotted")), "Dotted line: Dan to Cyd"),
        (Connect(FurtherManager("4", "3", "shared", 0.5)), "Shared manager: Dan to Cyd, 50%"),
        (Disconnect(Tie("4", "6")), "Tie between Dan and Fay is removed"),
        (Several((Move(("6",), "2"), Edit(("6",), "name", "x"))), "Fay moves under Bob, and 1 more"),
    ],
)
def test_titles_are_what_the_history_says(operation, title):
    assert operation.title(named()) == title
    assert operation.applied(named()) != named()


@pytest.mark.parametrize(
    ("operation", "sentence"),
    [
        (Move(("2",), "4"), '"Bob" cannot report to "Dan", who is part of it or reports to it.'),
        (Move(("2",), "2"), '"Bob" cannot report to "Bob", who is part of it or reports to it.'),
        # Over the shared line: Fay is partly under Bob, so Bob cannot be under Fay.
        (Move(("2",), "6"), '"Bob" cannot report to "Fay", who is part of it or reports to it.'),
        (Move(("1",), "6"), '"Ann" cannot report to "Fay", who is part of it or reports to it.'),
        (Move(("nobody",), "1"), 'There is no node with the id "nobody" in this chart.'),
        (Move(("6",), "nobody"), 'There is no node with the id "nobody" in this chart.'),
        (Add((NewNode("6"),)), 'The id "6" is taken; every id must be unique.'),
        (Add((NewNode("7", "8"), NewNode("8"))), 'There is no node with the id "8" in this chart.'),
        (Add((NewNode("7", headcount=-1),)), 'The headcount of "7" is -1.0; it must be 0 or more.'),
        (Remove(("nobody",)), 'There is no node with the id "nobody" in this chart.'),
        (
            Remove(("1",), with_all_below=True),
            "A chart keeps at least one box; this would remove the last one.",
        ),
        (Edit(("6",), "headcount", "many"), 'A headcount is a number of people, 0 or more; "many" is not.'),
        (Edit(("6",), "headcount", -1.0), 'A headcount is a number of people, 0 or more; "-1.0" is not.'),
        (
            Edit(("6",), "id", "x"),
            '"id" cannot be edited; what can is name, title, unit, function, headcount, location, status.',
        ),
        (
            Connect(FurtherManager("6", "3")),
            'There is a reporting line from "Cyd" to "Fay" already: the first is the solid manager.',
        ),
        (Connect(FurtherManager("6", "6")), 'A line joins two boxes; "Fay" cannot have one to itself.'),
        (Connect(Tie("6", "6")), 'A line joins two boxes; "Fay" cannot have one to itself.'),
        (Connect(Tie("6", "5", 0.0)), "The weight of a tie is above 0, not 0."),
        (
            Connect(FurtherManager("6", "4", "shared", 1.5)),
            "The share of the authority is between 0 and 1 (100 %), not 1.5.",
        ),
        (
            Connect(FurtherManager("6", "4", "shared", 0.9)),
            'The further managers of "Fay" would have 1.15 of the authority; together it is at most 1.',
        ),
        (
            Connect(FurtherManager("2", "6", "shared", 0.1)),
            '"Bob" cannot report to "Fay", who is part of it or reports to it.',
        ),
        (Disconnect(FurtherManager("6", "2")), 'There is no dotted line between "Fay" and "Bob".'),
        (Disconnect(Tie("1", "2")), 'There is no tie between "Ann" and "Bob".'),
    ],
)
def test_what_a_chart_does_not_allow_is_refused(operation, sentence):
    with pytest.raises(OrgModelError) as caught:
        operation.applied(named())
    assert str(caught.value) == sentence


def test_of_several_only_the_highest_move():
    chart = named()
    moved = move(chart, ["4", "2", "6"], "1")
    assert bosses(moved) == {"1": "", "2": "1", "3": "1", "4": "2", "5": "2", "6": "1"}
    assert bosses(move(chart, ["4", "2"], "3")) == {**bosses(chart), "2": "3"}
    # With one in between that is not chosen, the branch stays whole.
    assert bosses(move(chart, ["1", "6"], "")) == bosses(chart)
    assert bosses(move(chart, ["2", "6", "6"], "")) == {**bosses(chart), "2": "", "6": ""}
    assert move(chart, [], "1") == chart


def test_moving_keeps_further_managers_and_ties():
    moved = Move(("6",), "4").applied(named())
    assert moved.further_managers == named().further_managers
    assert moved.tie_list == named().tie_list
    assert Move(("6",), "2").applied(named()).further_managers == []  # merged into the solid line
    assert Move(("6",), "").applied(named()).further_managers == named().further_managers


def test_reports_of_removed_nodes_go_up_or_go_too():
    assert bosses(Remove(("2",)).applied(named())) == {"1": "", "3": "1", "4": "1", "5": "1", "6": "3"}
    assert bosses(Remove(("2",), with_all_below=True).applied(named())) == {"1": "", "3": "1", "6": "3"}
    assert bosses(Remove(("1",)).applied(named())) == {"2": "", "3": "", "4": "2", "5": "2", "6": "3"}


def test_a_line_that_is_there_gets_the_new_share_weight_and_relation():
    chart = connect(named(), FurtherManager("6", "2", "shared", 1.0))
    assert chart.further_managers == [FurtherManager("6", "2", "shared", 1.0)]
    chart = connect(chart, FurtherManager("6", "2", "dotted"))
    assert [line.kind for line in chart.further_managers] == ["dotted", "shared"]
    chart = connect(chart, Tie("6", "4", 2.0, "visits"))
    assert chart.tie_list == [Tie("4", "6", 2.0, "visits")]
    assert connect(chart, Tie("1", "2")).tie_list == [Tie("1", "2"), Tie("4", "6", 2.0, "visits")]


def test_a_headcount_may_be_text_and_other_cells_are():
    assert edit(named(), ["1"], "headcount", " 2.5 ").headcount[0] == 2.5
    assert edit(named(), ["1", "2"], "status", "vacant").statuses[:3].tolist() == ["vacant", "vacant", ""]
    with pytest.raises(OrganizationError, match='"value" is no text'):
        operation_from_json({"do": "edit", "nodes": ["1"], "column": "title", "value": 3})
