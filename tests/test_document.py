"""A chart that is worked on: any sequence of operations can be taken back, done again, kept and sent."""

import json

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from orgmodel import Organization
from orgmodel.changes import change_from_json
from orgmodel.document import Document
from orgmodel.edits import Add, Connect, Disconnect, Edit, Move, Remove, Several
from orgmodel.errors import OrganizationError, OrgModelError, PlacementError
from orgmodel.lines import FurtherManager, Tie
from orgmodel.operations import NewNode
from tests.charts_for_tests import golden, organizations
from tests.edits_for_tests import operations
from tests.test_operations import rebuilt


def charts():
    """Charts with further columns and texts."""
    return st.builds(
        lambda chart, names: rebuilt(
            chart,
            names=[names[row % len(names)] for row in range(len(chart))],
            attributes={"grade": [names[row % 3 % len(names)] or None for row in range(len(chart))]},
        ),
        organizations(max_size=12),
        st.lists(st.sampled_from(["", "Ann", "Bob"]), min_size=1, max_size=5),
    )


def assert_it_can_be_sent_and_kept(document):
    base = document.base
    chart = base
    for change in document.changes_since(0):
        chart = change_from_json(json.loads(json.dumps(change.to_json()))).applied(chart)
    assert chart == document.organization

    log = json.loads(json.dumps(document.to_json()))
    again = Document.from_json(base, log)
    assert again.organization == document.organization
    assert again.revision == document.revision
    assert [step.title for step in again.steps] == [step.title for step in document.steps]

    assert document.rebased(base)[0].organization == document.organization
    assert document.rebased(base)[1] == ()
    assert again.redo().organization == document.redo().organization


# One of these, or the number of a line to take away. Most nodes they name are in most charts.
WHAT = (
    st.sampled_from(["undo", "redo"]) | st.integers(0, 9) | operations([f"n{number}" for number in range(6)])
)


@given(charts(), st.lists(WHAT, min_size=1, max_size=10))
@settings(max_examples=150)
def test_any_operations_and_their_undos_give_an_equal_chart(base, wanted):
    """Undo and redo stand in between; every chart on the way is sound, and is found again by redoing."""
    document = Document.of(base)
    seen = [base]  # the chart after each step that is done
    undone = []
    revision = 0
    for what in wanted:
        chart = document.organization
        if isinstance(what, int):
            lines = [*chart.further_managers, *chart.tie_list]
            what = Disconnect(lines[what % len(lines)] if lines else Tie("n0", "n1"))  # noqa: PLW2901
        if what == "undo":
            next_document = document.undo()
            if len(seen) > 1:
                undone.insert(0, seen.pop())
        elif what == "redo":
            next_document = document.redo()
            if undone:
                seen.append(undone.pop(0))
        else:
            try:
                next_document = document.do(what)
            except OrgModelError:
                continue
            if next_document is not document:
                seen.append(next_document.organization)
                undone = []
                assert document.steps == next_document.steps[:-1]
        revision += next_document is not document
        document = next_document
        assert document.revision == revision
        assert document.organization == seen[-1]
        assert document.organization == rebuilt(document.organization)  # sound, and in the order of lines
        assert document.can_undo == (len(seen) > 1)
        assert document.can_redo == bool(undone)

    assert_it_can_be_sent_and_kept(document)
    while document.can_undo:
        document = document.undo()
        seen.pop()
    assert document.organization == base


def test_the_smallest_charts():
    empty = Document.of(Organization.from_columns([], []))
    one = empty.do(Add((NewNode("a"),)))
    assert len(one.organization) == 1
    assert len(one.undo().organization) == 0
    assert one.undo().redo().organization == one.organization
    with pytest.raises(OrganizationError, match="keeps at least one box"):
        one.do(Remove(("a",)))
    two = one.do(Add((NewNode("b", "a"),)))
    with pytest.raises(OrganizationError, match="keeps at least one box"):
        two.do(Remove(("a",), with_all_below=True))
    assert two.do(Remove(("a",))).organization.roots.tolist() == [0]


def test_what_changes_nothing_is_no_step():
    document = Document.of(golden())
    assert document.do(Move(("CS",), "CEO")) is document
    assert document.do(Edit(("CS",), "title", "")) is document
    assert document.undo() is document
    assert document.redo() is document


def test_a_new_step_ends_what_can_be_redone():
    document = Document.of(golden()).do(Move(("CS",), "Ops")).undo()
    assert document.can_redo
    assert not document.do(Move(("CS",), "Sales")).can_redo


def test_several_are_one_step_all_or_nothing():
    document = Document.of(golden())
    several = Several((Move(("CS",), "Ops"), Move(("Ops",), "CS")))
    with pytest.raises(PlacementError, match='"Ops" cannot report to "CS"'):
        document.do(several)
    document = document.do(Several((Move(("CS",), "Ops"), Edit(("CS",), "headcount", 12.0))))
    assert [step.title for step in document.steps] == ["CS moves under Ops, and 1 more"]
    assert document.undo().organization == golden()


def test_changes_since_a_revision():
    document = Document.of(golden())
    assert document.changes_since(0) == ()
    for number in range(1, 151):
        document = document.do(Edit(("CS",), "headcount", float(number + 1)))
    assert document.changes_since(150) == ()
    assert len(document.changes_since(50)) == 100
    assert document.changes_since(49) is None
    assert document.changes_since(151) is None
    (change,) = document.changes_since(149)
    assert change.cells == (("CS", "headcount", 150.0, 151.0),)
    (back,) = document.undo().changes_since(150)
    assert back == change.inverse


def test_steps_that_no_longer_fit_another_base_are_told():
    document = Document.of(golden())
    for operation in (
        Move(("CS",), "Ops"),
        Edit(("Dev",), "title", "Developer"),
        Connect(Tie("HR", "Fin")),
        Move(("IT",), "Ops"),
    ):
        document = document.do(operation)
    document = document.undo()
    base = rebuilt(golden("Ops"))
    base = Document.of(base).do(Remove(("Dev",))).organization
    rebased, refused = document.rebased(base)
    sentence = 'The title of Dev becomes "Developer". There is no node with the id "Dev" in this chart.'
    assert refused == (f"No longer fits: {sentence}",)
    assert [step.title for step in rebased.steps] == ["Tie between HR and Fin"]
    assert rebased.revision == document.revision + 1
    assert rebased.changes_since(document.revision)[0].applied(document.organization) == rebased.organization
    assert rebased.redo().organization.manager[base.row("IT")] == base.row("Ops")
    while rebased.can_undo:
        rebased = rebased.undo()
    assert rebased.organization == base
    assert document.rebased(document.base) == (document, ())


def test_a_log_of_another_chart_is_refused():
    log = Document.of(golden()).do(Move(("CS",), "Ops")).to_json()
    with pytest.raises(
        OrganizationError, match="Step 1 of what was saved does not fit this chart: There is no node"
    ):
        Document.from_json(Organization.from_columns(["a"], [""]), log)
    for wrong in (
        None,
        [],
        {"steps": 3},
        {"steps": [{"do": "dance"}]},
        {"revision": "x"},
        {"revision": float("inf")},
    ):
        with pytest.raises(OrganizationError):
            Document.from_json(golden(), wrong)
    assert Document.from_json(golden(), {}).organization == golden()


def test_a_share_can_be_changed_and_taken_back():
    document = Document.of(golden()).do(Connect(FurtherManager("CS", "Ops", "shared", 0.25)))
    document = document.do(Connect(FurtherManager("CS", "Ops", "shared", 0.75)))
    assert document.organization.further_managers == [FurtherManager("CS", "Ops", "shared", 0.75)]
    assert document.undo().organization.further_managers == [FurtherManager("CS", "Ops", "shared", 0.25)]
