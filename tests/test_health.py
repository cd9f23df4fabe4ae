"""Organization health: what a whole chart is like, checked against counts by hand and networkx."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from orgmodel.charts import layers_chart, span_chart
from orgmodel.functions import business_functions
from orgmodel.health import SPAN_BANDS, organization_health
from orgmodel.importing import read_organization
from orgmodel.krackhardt import krackhardt
from orgmodel.lines import FurtherManager, Tie
from orgmodel.organization import Organization
from tests.charts_for_tests import golden, organizations
from tests.real_data import REAL_DATA, needs_real_data

DIMENSIONS = ("connectedness", "hierarchy", "efficiency", "least_upper_bound")
# Everybody in the tree of seven, from the top.
SEVEN = {"1": None, "2": "1", "3": "1", "4": "2", "5": "2", "6": "3", "7": "3"}


def chart(managers, **columns):
    return Organization.from_columns(list(managers), list(managers.values()), **columns)


def health_of(organization):
    return organization_health(organization, organization.functions)


def dimensions(health):
    return [getattr(health, name) for name in DIMENSIONS]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, (1, 1, 1, 1)),
        ({"further_managers": [FurtherManager("6", "2")]}, (1, 1, 0.972222, 1)),
        ({"further_managers": [FurtherManager("6", "2", "shared", 0.5)]}, (1, 1, 0.972222, 1)),
        ({"further_managers": [FurtherManager("6", "2", "contract")]}, (1, 1, 0.972222, 1)),
        ({"ties": [Tie("4", "5")]}, (1, 0.909091, 0.944444, 1)),
    ],
    ids=["reporting lines only", "dotted", "shared", "contract", "a tie is an arc in each direction"],
)
def test_krackhardts_dimensions_over_all_lines(columns, expected):
    """R sna 2.7-1 on the same graphs."""
    assert dimensions(health_of(chart(SEVEN, **columns))) == pytest.approx(expected, abs=5e-7)


def test_two_lines_between_the_same_nodes_are_one_arc():
    lines = [FurtherManager("6", "2"), FurtherManager("6", "2", "contract")]
    twice = health_of(chart(SEVEN, further_managers=lines))
    once = health_of(chart(SEVEN, further_managers=lines[:1]))
    assert dimensions(twice) == dimensions(once)
    assert twice.modularity_by_branch == once.modularity_by_branch


def test_two_trees():
    """R sna 2.7-1 on the same graph."""
    found = health_of(chart({"1": None, "2": "1", "3": "1", "4": None, "5": "4", "6": "4"}))
    assert dimensions(found) == pytest.approx([0.4, 1, 1, 1])
    assert found.layer_nodes.tolist() == [2, 4]


def test_spans_and_layers():
    managers = {"top": None} | {f"m{n}": "top" for n in range(1, 7)}
    for manager, span in zip(managers.copy(), (0, 1, 3, 7, 12, 16, 17), strict=True):
        managers |= {f"{manager}-{n}": manager for n in range(span)}
    found = health_of(chart(managers))
    assert found.managers == 7
    assert found.span_shares == pytest.approx(np.array([1, 1, 2, 1, 1, 1]) / 7)
    assert (found.mean_span, found.median_span) == (62 / 7, 7)
    assert found.layers == 3
    assert found.layer_nodes.tolist() == [1, 6, 56]
    assert found.one_to_one.tolist() == [1]


def test_people_per_layer():
    found = health_of(chart(SEVEN, headcount=[1, 0, 2, 10, 10, 0.5, 1]))
    assert found.layer_people.tolist() == [1, 2, 21.5]


def test_the_bands_cover_every_span_once():
    for span in range(1, 200):
        assert sum(low <= span <= high for low, high in SPAN_BANDS) == 1


def test_modularity_by_function_leaves_out_what_is_not_known():
    functions = ["executive", "sales", "it", "sales", "", "it", "other"]
    found = health_of(chart(SEVEN, functions=functions))
    assert found.function_coverage == pytest.approx(4 / 6)
    known = nx.Graph([("1", "2"), ("1", "3"), ("2", "4"), ("3", "6")])
    expected = nx.community.modularity(known, [{"1"}, {"2", "4"}, {"3", "6"}])
    assert found.modularity_by_function == pytest.approx(expected)


def test_modularity_by_branch():
    """A root is a branch of its own; a tie across lowers it."""
    graph = nx.Graph([(boss, node) for node, boss in SEVEN.items() if boss])
    groups = [{"1"}, {"2", "4", "5"}, {"3", "6", "7"}]
    assert health_of(chart(SEVEN)).modularity_by_branch == pytest.approx(
        nx.community.modularity(graph, groups)
    )
    graph.add_edge("4", "6")
    with_tie = health_of(chart(SEVEN, ties=[Tie("4", "6", 5.0)])).modularity_by_branch
    assert with_tie == pytest.approx(nx.community.modularity(graph, groups))


def texts_of(figure):
    for trace in figure.data:
        yield from [
            *(() if trace.text is None else trace.text),
            *(() if trace.hovertext is None else trace.hovertext),
        ]


def test_the_pictures_show_the_numbers():
    found = health_of(golden("Ops"))
    spans, layers = set(texts_of(span_chart(found))), set(texts_of(layers_chart(found)))
    assert {"25 %", "50 %", "2 of 4 managers have 2–3 direct reports"} <= spans
    assert {" 1", " 6", "Layer 2: 6 nodes, headcount 6"} <= layers


@pytest.mark.parametrize("size", [0, 1, 2, 40])
def test_the_pictures_of_chains(size):
    """Every node is counted, in few bars however deep the chart is."""
    found = health_of(chart({f"n{n}": f"n{n - 1}" if n else None for n in range(size)}))
    span_chart(found)
    (_, numbers) = layers_chart(found).data
    assert len(numbers.text) <= 14
    assert sum(int(text.removesuffix(" in all")) for text in numbers.text) == size


def test_no_node():
    found = health_of(Organization.from_columns([], []))
    assert found.connectedness == 1
    assert found.layers == found.managers == 0


def test_one_node():
    found = health_of(chart({"a": None}, functions=["sales"]))
    assert found.connectedness == 1
    assert found.layers == 1
    assert found.managers == 0
    assert found.one_to_one.tolist() == []
    undefined = (
        *(found.hierarchy, found.efficiency, found.least_upper_bound),
        *(found.modularity_by_function, found.modularity_by_branch, found.function_coverage),
        *(found.mean_span, found.median_span, *found.span_shares),
    )
    assert all(math.isnan(value) for value in undefined)
    assert set(found.undefined) == {
        *("hierarchy", "efficiency", "least_upper_bound"),
        *("modularity_by_function", "modularity_by_branch", "span"),
    }


def test_two_nodes():
    found = health_of(chart({"a": None, "b": "a"}))
    assert dimensions(found)[:3] == [1, 1, 1]
    assert (found.layers, found.managers, found.mean_span, found.median_span) == (2, 1, 1, 1)
    assert found.one_to_one.tolist() == [0]
    assert found.modularity_by_branch == -0.5
    assert set(found.undefined) == {"least_upper_bound", "modularity_by_function"}


def test_nodes_without_lines():
    found = health_of(chart({"a": None, "b": None, "c": None}))
    assert found.connectedness == 0
    assert found.layer_nodes.tolist() == [3]
    assert math.isnan(found.hierarchy)


@settings(max_examples=100)
@given(organizations())
def test_any_chart(org):
    found = organization_health(org, business_functions(org).functions)
    graph = org.to_networkx()
    arcs = {(a, b) for a, b, kind in graph.edges(keys=True)} | {
        (b, a) for a, b, kind in graph.edges(keys=True) if kind == "tie"
    }
    ends = np.array([(org.row(a), org.row(b)) for a, b in arcs], dtype=np.int64).reshape(-1, 2)
    assert dimensions(found) == pytest.approx(krackhardt(len(org), *ends.T)[:4], nan_ok=True)
    assert found.layer_nodes.sum() == len(org)
    assert found.layer_people.sum() == pytest.approx(org.headcount.sum())
    assert found.layers == max(len(org.chain(row)) for row in range(len(org)))
    reports = [len(org.direct_reports(row)) for row in range(len(org))]
    assert found.managers == sum(span > 0 for span in reports)
    assert found.one_to_one.tolist() == [row for row, span in enumerate(reports) if span == 1]
    if found.managers:
        assert found.span_shares.sum() == pytest.approx(1)
        assert found.mean_span == pytest.approx((len(org) - len(org.roots)) / found.managers)
    if graph.number_of_edges():
        branches = {}
        for row in range(len(org)):
            branches.setdefault(org.chain(row)[-2:][0], set()).add(org.ids[row])
        by_branch = nx.community.modularity(nx.Graph(graph), branches.values(), weight=None)
        assert found.modularity_by_branch == pytest.approx(by_branch)
    numbers = {*DIMENSIONS, "modularity_by_function", "modularity_by_branch"}
    assert {name for name in numbers if math.isnan(getattr(found, name))} == numbers & found.undefined.keys()


@settings(max_examples=50)
@given(organizations())
def test_reporting_lines_alone_are_a_pure_hierarchy(org):
    alone = Organization.from_columns(org.ids, [org.ids[row] if row >= 0 else None for row in org.manager])
    found = health_of(alone)
    assert all(value == 1 for value in dimensions(found)[1:] if not math.isnan(value))


def test_the_worked_example():
    """13 boxes: a chief with six heads, a tie across branches."""
    org = golden("Ops")
    found = health_of(org)
    assert found.layer_nodes.tolist() == [1, 6, 6]
    assert found.managers == 4
    assert found.span_shares == pytest.approx([0.25, 0.5, 0.25, 0, 0, 0])
    assert [org.ids[row] for row in found.one_to_one] == ["IT"]
    assert found.median_span == 2.5
    assert found.hierarchy < 1  # the tie leads both ways


@needs_real_data
@pytest.mark.parametrize("file", ["uk_2015/hmrc.csv", "sourcegraph/team_2022-08-31.csv"])
def test_real_charts_have_every_number(file):
    org = read_organization(REAL_DATA / file).organization
    found = organization_health(org, business_functions(org).functions)
    assert found.undefined == {}
    assert found.hierarchy == 1


def test_the_pictures_have_no_legend_of_nameless_traces():
    chart = Organization.from_columns(["a", "b", "c"], [None, "a", "a"])
    found = organization_health(chart, chart.functions)
    assert [figure(found).layout.showlegend for figure in (span_chart, layers_chart)] == [False, False]
