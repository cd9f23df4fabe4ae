import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.errors import OrganizationError, PlacementError
from orgmodel.lines import FurtherManager
from orgmodel.operations import move, state_functions, subordinates
from orgmodel.organization import Organization
from orgmodel.placement import Placement, apply
from tests.charts_for_tests import golden, organizations


@given(organizations(), st.data())
def test_a_move_is_what_building_the_moved_chart_gives(organization, data):
    """The moved chart equals one built, and checked, from columns; what is refused is refused there too."""
    node, boss = (data.draw(st.sampled_from(organization.ids.tolist())) for _ in "ab")
    bosses = [organization.ids[row] if row >= 0 else None for row in organization.manager.tolist()]
    bosses[organization.row(node)] = boss
    further = [line for line in organization.further_managers if line[:2] != (node, boss)]

    def built():
        return Organization.from_columns(
            organization.ids,
            bosses,
            functions=organization.functions,
            headcount=organization.headcount,
            statuses=organization.statuses,
            further_managers=further,
            ties=organization.tie_list,
        )

    try:
        moved = move(organization, node, boss)
    except PlacementError:
        with pytest.raises(OrganizationError):
            built()
    else:
        assert moved == built()


@given(organizations())
def test_moving_to_the_present_manager_changes_nothing(organization):
    for row, boss in enumerate(organization.manager.tolist()):
        if boss >= 0:
            assert move(organization, organization.ids[row], organization.ids[boss]) == organization


def test_a_move_leaves_the_chart_it_came_from_alone():
    before = golden("Ops")
    after = move(before, "CS", "Sales")
    assert before == golden("Ops")
    assert after == golden("Sales")
    assert after.names is before.names


def test_nobody_may_report_to_their_own_people():
    organization = golden("SalesEast")
    assert organization.ids[subordinates(organization, [organization.row("Sales")])].tolist() == [
        "Sales",
        "SalesEast",
        "SalesWest",
        "CS",
    ]
    with pytest.raises(PlacementError, match='"Sales" cannot report to "CS"'):
        move(organization, "Sales", "CS")
    with pytest.raises(PlacementError, match="cannot report"):
        move(organization, "Sales", "Sales")


def test_a_further_manager_who_becomes_the_solid_one_is_merged():
    before = Organization.from_columns(
        ["a", "b", "c"],
        ["", "", "a"],
        further_managers=[FurtherManager("c", "b", "shared", 0.4), FurtherManager("c", "b", "dotted", 0.0)],
    )
    after = move(before, "c", "b")
    assert after.further_managers == []
    assert after.solid_share[2] == 1.0


def test_several_bosses_replace_all_authority_and_keep_lines_without():
    before = Organization.from_columns(
        list("abcdu"),
        ["", "", "", "", "a"],
        further_managers=[FurtherManager("u", "b", "dotted", 0.0), FurtherManager("u", "c", "shared", 0.3)],
    )
    after = apply(before, "u", Placement.shared({"a": 0.25, "d": 0.75}))
    assert after.ids[after.manager[4]] == "d"
    assert after.further_managers == [FurtherManager("u", "a", "shared", 0.25), FurtherManager("u", "b")]
    assert after == Organization.from_networkx(after.to_networkx())


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ({"a": 0.5, "b": 0.4}, "sum to 0.9"),
        ({"a": 1.5, "b": -0.5}, '"a" has the share 1.5'),
        ({"a": float("nan")}, "nan"),
        ({}, "sum to 0"),
    ],
)
def test_shares_that_do_not_sum_are_refused(shares, words):
    with pytest.raises(PlacementError, match=words):
        Placement.shared(shares)


def test_several_bosses_are_all_listed():
    with pytest.raises(PlacementError, match=r"use Placement\.shared"):
        Placement((("a", 0.5), ("b", 0.5)))
    with pytest.raises(PlacementError, match="x"):
        Placement.shared({"a": "x"})


def test_a_graph_is_as_good_as_an_organization():
    graph = golden("Ops").to_networkx()
    assert move(graph, "CS", "Sales") == golden("Sales")
    assert apply(graph, "CS", Placement.under("Sales")) == golden("Sales")
    assert state_functions(graph, {"CS": "sales"}).functions[-1] == "sales"


def test_functions_can_be_stated_and_taken_back():
    organization = state_functions(golden(), {"CS": "operations", "HR": ""})
    assert organization.functions[organization.row("CS")] == "operations"
    assert organization.functions[organization.row("HR")] == ""
    with pytest.raises(PlacementError, match='"selling"'):
        state_functions(golden(), {"CS": "selling"})
