import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.errors import OrganizationError, PlacementError, UnknownNodeError
from orgmodel.lines import FURTHER_KINDS, FurtherManager, Tie
from orgmodel.operations import (
    NewNode,
    add_further_manager,
    add_nodes,
    move,
    remove,
    state_functions,
    subordinates,
    with_bosses,
)
from orgmodel.organization import Organization
from orgmodel.placement import Placement, apply
from tests.charts_for_tests import SHARES, golden, organizations


def rebuilt(organization, **changes):
    """Build, and check, a chart from the columns of another one, some of them changed."""
    bosses = [organization.ids[row] if row >= 0 else None for row in organization.manager.tolist()]
    columns = {
        "ids": organization.ids,
        "manager_ids": bosses,
        "names": organization.names,
        "titles": organization.titles,
        "units": organization.units,
        "functions": organization.functions,
        "headcount": organization.headcount,
        "locations": organization.locations,
        "statuses": organization.statuses,
        "further_managers": organization.further_managers,
        "ties": organization.tie_list,
        "attributes": organization.attributes,
    }
    return Organization.from_columns(**{**columns, **changes})


@given(organizations(), st.data())
def test_a_move_is_what_building_the_moved_chart_gives(organization, data):
    """The moved chart equals one built, and checked, from columns; what is refused is refused there too."""
    node, boss = (data.draw(st.sampled_from(organization.ids.tolist())) for _ in "ab")
    bosses = [organization.ids[row] if row >= 0 else None for row in organization.manager.tolist()]
    bosses[organization.row(node)] = boss
    further = [line for line in organization.further_managers if line[:2] != (node, boss)]

    def built():
        return rebuilt(organization, manager_ids=bosses, further_managers=further)

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


@given(organizations(), st.data())
def test_several_nodes_are_placed_as_one_after_the_other(organization, data):
    nodes = data.draw(st.lists(st.sampled_from(organization.ids.tolist()), min_size=1, max_size=3))
    bosses = data.draw(
        st.lists(st.sampled_from(organization.ids.tolist()), min_size=1, max_size=3, unique=True)
    )
    keep = data.draw(st.booleans())
    shares = dict.fromkeys(bosses[1:], 0.25) if not keep else {}

    def one_after_the_other():
        placed = organization
        for node in nodes:
            placed = with_bosses(placed, [node], bosses[0], shares, keep_further=keep)
        return placed

    try:
        together = with_bosses(organization, nodes, bosses[0], shares, keep_further=keep)
    except PlacementError:
        with pytest.raises(PlacementError):
            one_after_the_other()
    else:
        assert together == one_after_the_other() == rebuilt(together)


@given(organizations(), st.data())
def test_nodes_that_are_added_and_removed_again_leave_no_trace(organization, data):
    """Added nodes are what building the larger chart gives; removing them gives the chart before."""
    bosses = st.sampled_from([None, "", *organization.ids, "new1"])
    nodes = [
        NewNode("new1", data.draw(bosses.filter(lambda boss: boss != "new1")), "N", "T", "U", "sales", 2.5),
        NewNode("new2", data.draw(bosses), location="L", status="vacant", attributes={"grade": 7}),
    ]
    grown = add_nodes(organization, nodes)
    assert grown == rebuilt(
        organization,
        ids=[*organization.ids, "new1", "new2"],
        manager_ids=[
            *[organization.ids[row] if row >= 0 else None for row in organization.manager],
            *[node.manager for node in nodes],
        ],
        names=[*organization.names, "N", ""],
        titles=[*organization.titles, "T", ""],
        units=[*organization.units, "U", ""],
        functions=[*organization.functions, "sales", ""],
        headcount=[*organization.headcount, 2.5, 1],
        locations=[*organization.locations, "", "L"],
        statuses=[*organization.statuses, "", "vacant"],
        attributes={"grade": [None] * len(organization) + [None, 7]},
    )
    assert grown.row_of == {node: row for row, node in enumerate(grown.ids)}
    assert remove(grown, ["new2", "new1"]) == organization
    assert remove(grown, ["new1"], with_all_below=True) == remove(
        grown, ["new1", "new2"] if nodes[1].manager == "new1" else ["new1"]
    )
    assert add_nodes(organization, []) == organization
    assert remove(organization, []) == organization


@given(organizations(), st.data())
def test_reports_of_removed_nodes_go_to_the_nearest_manager_who_stays(organization, data):
    gone = data.draw(st.sets(st.sampled_from(organization.ids.tolist())))
    kept = [node for node in organization.ids if node not in gone]
    rows = [organization.row(node) for node in kept]
    chains = [organization.ids[organization.chain(row)[1:]].tolist() for row in rows]
    bosses = [next((above for above in chain if above not in gone), None) for chain in chains]
    merged = set(zip(kept, bosses, strict=True))
    expected = rebuilt(
        organization,
        ids=kept,
        manager_ids=bosses,
        **{key: getattr(organization, key)[rows] for key in ("names", "titles", "units", "functions")},
        **{key: getattr(organization, key)[rows] for key in ("headcount", "locations", "statuses")},
        further_managers=[
            line
            for line in organization.further_managers
            if gone.isdisjoint(line[:2]) and line[:2] not in merged
        ],
        ties=[tie for tie in organization.tie_list if gone.isdisjoint(tie[:2])],
    )
    assert remove(organization, gone) == expected
    below = {node for head in gone for node in organization.ids[organization.subtree(organization.row(head))]}
    assert remove(organization, gone, with_all_below=True) == remove(organization, below)


@given(organizations(), st.data())
def test_a_further_manager_is_added_where_building_the_chart_allows_it(organization, data):
    nodes = st.sampled_from([*organization.ids, "nobody"])
    line = FurtherManager(
        data.draw(nodes),
        data.draw(nodes),
        data.draw(st.sampled_from([*FURTHER_KINDS, "solid"])),
        data.draw(st.sampled_from([*SHARES, -0.5, float("nan")])),
    )
    lines = [*organization.further_managers, line]
    try:
        expected = rebuilt(organization, further_managers=lines)
    except OrganizationError:
        with pytest.raises((OrganizationError, PlacementError)):
            add_further_manager(organization, line)
    else:
        assert add_further_manager(organization, line) == expected


def test_a_new_node_that_does_not_fit_is_refused():
    chart = golden()
    for node, error, words in (
        (NewNode("CS"), OrganizationError, 'The id "CS" is taken'),
        (NewNode(""), OrganizationError, "has no id"),
        (NewNode("new", "nobody"), UnknownNodeError, '"nobody"'),
        (NewNode("new", "new"), UnknownNodeError, '"new"'),
        (NewNode("new", function="selling"), OrganizationError, '"selling"'),
        (NewNode("new", headcount=-1), OrganizationError, "-1"),
        (NewNode("new", attributes={"title": "x"}), OrganizationError, '"title"'),
    ):
        with pytest.raises(error, match=words):
            add_nodes(chart, [node])
    with pytest.raises(OrganizationError, match='more than once: "x"'):
        add_nodes(chart, [NewNode("x"), NewNode("x")])
    with pytest.raises(UnknownNodeError, match='"nobody"'):
        remove(chart, ["nobody"])


def test_a_further_manager_that_does_not_fit_is_refused():
    before = Organization.from_columns(
        list("abcd"), ["", "a", "a", "b"], further_managers=[FurtherManager("d", "c", "shared", 0.75)]
    )
    for line, words in (
        (FurtherManager("d", "c", "shared", 0.1), 'There is a shared line from "c" to "d" already'),
        (FurtherManager("d", "a", "shared", 0.5), '"d" would have 1.25 of the authority'),
        (FurtherManager("d", "b"), "solid manager"),
        (FurtherManager("a", "d", "shared", 0.5), '"a" cannot report to "d"'),
    ):
        with pytest.raises((OrganizationError, PlacementError), match=words):
            add_further_manager(before, line)
    assert len(add_further_manager(before, FurtherManager("a", "d")).further_managers) == 2


def test_the_last_node_can_go():
    assert len(remove(Organization.from_columns(["a"], [""], ties=[]), ["a"])) == 0
    chart = Organization.from_columns(["a", "b", "c"], ["", "a", "b"], ties=[Tie("b", "c")])
    assert remove(chart, ["a", "b"]) == Organization.from_columns(["c"], [""])


def test_further_managers_are_merged_and_kept_in_order():
    """With both managers between them gone, d reports to a, to whom it had a dotted line already."""
    before = Organization.from_columns(
        list("abcd"),
        ["", "a", "b", "c"],
        further_managers=[FurtherManager("d", "a", "contract"), FurtherManager("d", "a", "dotted", 0.5)],
    )
    assert remove(before, ["b", "c"]) == Organization.from_columns(["a", "d"], ["", "a"])
    assert remove(before, ["c"]).further_managers == before.further_managers
    both = add_further_manager(remove(before, ["b"]), FurtherManager("d", "a", "shared", 0.25))
    assert [line.kind for line in both.further_managers] == ["contract", "dotted", "shared"]
    dotted = [FurtherManager("d", "a", "dotted")]
    before = Organization.from_columns(["a", "d"], ["", ""], further_managers=dotted)
    after = add_further_manager(before, FurtherManager("d", "a", "contract"))
    assert [line.kind for line in after.further_managers] == ["contract", "dotted"]
