import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from orgmodel.errors import OrganizationError, UnknownNodeError
from orgmodel.lines import FurtherManager, Tie, manager_cycles
from orgmodel.organization import Organization, as_organization
from tests.charts_for_tests import golden, organizations


def chart(managers, **columns):
    return Organization.from_columns(list(managers), list(managers.values()), **columns)


@given(organizations())
def test_there_and_back_through_networkx_is_identity(organization):
    graph = organization.to_networkx()
    assert Organization.from_networkx(graph) == organization
    assert graph.number_of_nodes() == len(organization)
    assert graph.number_of_edges() == (
        np.sum(organization.manager >= 0) + len(organization.further_managers) + len(organization.tie_list)
    )


@given(organizations())
def test_levels_depth_trees_and_sums_below_agree_with_networkx(organization):
    graph = nx.DiGraph(
        (int(boss), row) for row, boss in enumerate(organization.manager.tolist()) if boss >= 0
    )
    graph.add_nodes_from(range(len(organization)))
    assert sorted(np.concatenate(organization.levels).tolist()) == list(range(len(organization)))
    below = organization.below(organization.headcount)
    for row in range(len(organization)):
        chain = organization.chain(row)
        descendants = nx.descendants(graph, row)
        assert set(chain) == {row} | nx.ancestors(graph, row)
        assert organization.depth[row] == len(chain) - 1
        assert organization.tree[row] == chain[-1]
        assert set(organization.subtree(row).tolist()) == {row} | descendants
        assert below[row] == sum(organization.headcount[node] for node in descendants)
        assert organization.direct_reports(row).tolist() == sorted(graph.successors(row))


def test_everything_a_graph_says_comes_back():
    graph = nx.MultiDiGraph()
    graph.add_node("boss", title="CEO", headcount=1, colour="red", function="executive")
    graph.add_node(7, name="Ada", location="Rome", status="vacant", level=3)
    graph.add_edge("boss", 7)
    graph.add_node("x", unit="Ops")
    graph.add_edge("boss", "x", key="dotted", share=0.25)
    graph.add_edge("x", 7, key="tie", weight=2.0, relation="shift plan")
    organization = Organization.from_networkx(graph)
    assert organization.ids.tolist() == ["boss", "7", "x"]
    assert organization.further_managers == [FurtherManager("x", "boss", "dotted", 0.25)]
    assert organization.tie_list == [Tie("7", "x", 2.0, "shift plan")]
    back = organization.to_networkx()
    assert back.nodes["boss"] == {"title": "CEO", "headcount": 1.0, "colour": "red", "function": "executive"}
    assert back.nodes["7"]["level"] == 3
    assert back.edges["7", "x", "tie"] == {"kind": "tie", "weight": 2.0, "relation": "shift plan"}
    assert back.edges["boss", "7", "solid"]["share"] == 1.0


def test_an_undirected_tree_is_read_from_its_root():
    graph = nx.Graph([("b", "a"), ("b", "c")])
    organization = Organization.from_networkx(graph, root="a")
    bosses = {organization.ids[row]: boss for row, boss in enumerate(organization.manager.tolist())}
    assert bosses == {"a": -1, "b": organization.row("a"), "c": organization.row("b")}
    assert Organization.from_networkx(graph).ids[Organization.from_networkx(graph).roots].tolist() == ["b"]


def test_the_smallest_charts():
    assert len(Organization.from_columns([], [])) == 0
    assert len(Organization.from_networkx(nx.Graph())) == 0
    one = Organization.from_columns(["a"], [""])
    assert one.levels[0].tolist() == [0]
    assert one.chain(0) == [0]
    assert as_organization(one) is one
    assert as_organization(one.to_networkx()) == one
    assert one != "a"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: chart({"a": "b"}), ['"b"', '"a"', "not in the chart"]),
        (lambda: chart({"a": "a"}), ['"a"', "itself"]),
        (lambda: chart({"a": "b", "b": "c", "c": "a"}), ['"a" -> "b" -> "c" -> "a"', "circle"]),
        (lambda: Organization.from_columns(["a", "a"], ["", ""]), ["more than once", '"a"']),
        (lambda: Organization.from_columns(["a", ""], ["", ""]), ["Row 2 has no id"]),
        (lambda: Organization.from_columns(["a"], []), ["0 managers for 1 nodes"]),
        (lambda: chart({"a": ""}, names=[]), ["names has 0 values for 1 nodes"]),
        (lambda: chart({"a": ""}, functions=["selling"]), ['"selling"', "sales", '"a"']),
        (lambda: chart({"a": ""}, headcount=[-1]), ['"a" is -1', "0 or more"]),
        (lambda: chart({"a": ""}, headcount=["many"]), ["many"]),
        (
            lambda: chart({"a": "", "b": "a"}, further_managers=[FurtherManager("b", "a")]),
            ['"a"', '"b"', "as well"],
        ),
        (
            lambda: chart({"a": "", "b": ""}, further_managers=[FurtherManager("b", "a", share=1.5)]),
            ["1.5", "0 to 1"],
        ),
        (
            lambda: chart({"a": "", "b": ""}, further_managers=[FurtherManager("b", "a", "boss")]),
            ['"boss"', "dotted"],
        ),
        (
            lambda: chart({"a": "", "b": ""}, further_managers=[FurtherManager("b", "a")] * 2),
            ["dotted", "twice"],
        ),
        (
            lambda: chart(
                {"a": "", "b": "", "c": ""},
                further_managers=[FurtherManager("c", boss, "shared", 0.6) for boss in "ab"],
            ),
            ['"c"', "1.2", "at most 1"],
        ),
        (
            lambda: chart({"a": "", "b": "a"}, further_managers=[FurtherManager("a", "b", "shared", 0.5)]),
            ["circle", '"a"', '"b"'],
        ),
        (lambda: chart({"a": "", "b": ""}, ties=[Tie("a", "c")]), ['"c"', "not in the chart"]),
        (lambda: chart({"a": "", "b": ""}, ties=[Tie("a", "a")]), ['"a"', "itself"]),
        (lambda: chart({"a": "", "b": ""}, ties=[Tie("a", "b", 0.0)]), ["above 0"]),
        (lambda: chart({"a": "", "b": ""}, ties=[Tie("a", "b"), Tie("b", "a", 2.0)]), ["different weights"]),
        (lambda: Organization.from_networkx(nx.DiGraph([("a", "c"), ("b", "c")])), ['"a" and "b"', '"c"']),
        (lambda: Organization.from_networkx(nx.cycle_graph(3)), ["must be a tree of solid edges"]),
        (lambda: Organization.from_networkx(nx.path_graph(2), root=9), ["9"]),
        (
            lambda: Organization.from_networkx(nx.DiGraph([("a", "b", {"kind": "golden"})])),
            ['"golden"', "solid"],
        ),
        (
            lambda: Organization.from_networkx(nx.DiGraph([("a", "b", {"kind": "shared"})])),
            ["must say its share"],
        ),
        (
            lambda: Organization.from_networkx(nx.DiGraph([("a", "b", {"share": 0.5})])),
            ['"b"', "0.5", "leave 1"],
        ),
        (
            lambda: Organization.from_networkx(nx.DiGraph([("a", "b", {"share": "0.5"})])),
            ["share", "'0.5'", "must be a number"],
        ),
        (
            lambda: Organization.from_networkx(nx.DiGraph([("a", "b", {"kind": "tie", "weight": "x"})])),
            ["weight", "'x'"],
        ),
        (lambda: Organization.from_networkx(nx.Graph([("a", "b", {"kind": "tie"})])), ["solid edges"]),
        (lambda: chart({"a": ""}, attributes={"headcount": [3]}), ['"headcount"', "another name"]),
        (lambda: golden().row("nobody"), ['"nobody"']),
    ],
)
def test_a_contradiction_is_an_error_that_names_the_nodes(make, words):
    with pytest.raises(OrganizationError) as caught:
        make()
    for word in words:
        assert word in str(caught.value)


def test_an_unknown_node_is_a_key_error_too():
    with pytest.raises(KeyError):
        golden().row("nobody")
    with pytest.raises(UnknownNodeError):
        Organization.from_networkx(nx.path_graph(2), root="x")


def test_a_circle_of_lines_without_authority_is_allowed():
    further = [FurtherManager("a", "b", "dotted", 0.0), FurtherManager("a", "b", "contract", 0.0)]
    organization = chart({"a": "", "b": "a"}, further_managers=further)
    assert organization.solid_share.tolist() == [0.0, 1.0]


def test_the_same_tie_from_both_sides_counts_once():
    assert len(chart({"a": "", "b": ""}, ties=[Tie("a", "b"), Tie("b", "a")]).tie_list) == 1


def test_edge_attributes_that_are_not_kept_are_named():
    with pytest.warns(UserWarning, match="colour"):
        Organization.from_networkx(nx.DiGraph([("a", "b", {"colour": "red"})]))


def test_a_number_on_the_wrong_kind_of_edge_is_not_kept():
    with pytest.warns(UserWarning, match="weight"):
        Organization.from_networkx(nx.DiGraph([("a", "b", {"weight": 3})]))


def test_nothing_said_is_nothing():
    """NaN is what pandas writes for nothing; a further column without any value says nothing."""
    graph = nx.DiGraph()
    graph.add_node("a", name=float("nan"), notes=None)
    organization = Organization.from_networkx(graph)
    assert organization.names.tolist() == [""]
    assert organization.attributes == {}


def test_sums_of_part_time_shares_tie():
    """.8 below one boss is as much as .4 + .4 below another."""
    organization = chart(
        {"r": "", "a": "r", "b": "r", "x": "a", "y": "b", "z": "b"}, headcount=[1, 0.7, 0.4, 0.8, 0.4, 0.4]
    )
    below = organization.below(organization.headcount)
    assert below[1] == below[2] == 0.8


def test_columns_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        golden().manager[0] = 3


def test_every_cycle_is_found():
    assert manager_cycles([1, 0, 3, 2, 0, -1]) == [[0, 1], [2, 3]]
    assert manager_cycles([]) == []
