"""Routes that do not depend on the same people, people everything depends on, and load on managers.

The authorities are networkx, the removal of one node at a time, and theorems on known graphs.
"""

import itertools
from collections import deque

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from orgmodel.errors import OrganizationError
from orgmodel.lines import FurtherManager, Tie
from orgmodel.organization import Organization
from orgmodel.paths import lines_of, network
from orgmodel.redundancy import carried, congestion, cut_nodes, disjoint_routes
from tests.charts_for_tests import GOLDEN_NODES, golden, organizations

HUNDREDS = settings(max_examples=150, derandomize=True, deadline=None)


def matrix(graph):
    """Return a graph on the nodes 0, 1, 2 ... as the engine has it."""
    size = len(graph)
    ends = np.array(list(graph.edges), dtype=np.int64).reshape(-1, 2)
    both = np.concatenate([ends, ends[:, ::-1]])
    return sparse.csr_array((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(size, size))


def lines_matrix(organization):
    lines = lines_of(organization)
    return network(lines, np.ones(len(lines.boss)), len(organization))


def graph_of(chart):
    return nx.Graph(zip(*chart.nonzero(), strict=True)) if chart.nnz else nx.Graph()


def number_of_routes(graph, source, target):
    """Count the node-disjoint routes as networkx does; a direct line is one."""
    return nx.node_connectivity(graph, source, target)


def indispensable(graph, source, target):
    """Return the nodes without which there is no way, each tried."""
    if not nx.has_path(graph, source, target):
        return set()
    return {
        node
        for node in set(graph) - {source, target}
        if not nx.has_path(nx.restricted_view(graph, [node], []), source, target)
    }


def assert_routes(graph, source, target, routes):
    inner = [node for route in routes for node in route[1:-1]]
    assert len(inner) == len(set(inner))
    assert not {source, target} & set(inner)
    assert sum(len(route) == 2 for route in routes) == graph.has_edge(source, target)
    assert routes == sorted(routes, key=len)
    for route in routes:
        assert (route[0], route[-1]) == (source, target)
        assert nx.is_path(graph, route)


@st.composite
def graphs(draw):
    """Draw graphs of any density: without lines, in pieces, nearly trees, nearly complete."""
    size, seed = draw(st.integers(2, 14)), draw(st.integers(0, 9999))
    if draw(st.booleans()):
        return nx.gnp_random_graph(size, draw(st.sampled_from((0.0, 0.1, 0.2, 0.4, 0.8))), seed)
    graph = nx.random_labeled_tree(size, seed=seed)
    graph.add_edges_from(
        draw(st.lists(st.sampled_from(list(itertools.combinations(graph, 2))), max_size=size))
    )
    return graph


# ---------------------------------------------------------------------- disjoint routes


@HUNDREDS
@given(graphs())
def test_as_many_routes_as_networkx_counts(graph):
    targets = list(range(1, len(graph)))
    for target, routes in zip(targets, disjoint_routes(matrix(graph), 0, targets), strict=True):
        assert len(routes) == number_of_routes(graph, 0, target)
        assert_routes(graph, 0, target, routes)


@settings(HUNDREDS, max_examples=40)
@given(organizations(), st.data())
def test_routes_over_all_lines_of_a_chart(organization, data):
    chart = lines_matrix(organization)
    graph = graph_of(chart)
    graph.add_nodes_from(range(len(organization)))
    source = data.draw(st.sampled_from(range(len(organization))))
    targets = [row for row in range(len(organization)) if row != source]
    for target, routes in zip(targets, disjoint_routes(chart, source, targets), strict=True):
        assert len(routes) == number_of_routes(graph, source, target)
        assert_routes(graph, source, target, routes)


@HUNDREDS
@given(graphs(), st.data())
def test_one_more_tie_never_takes_a_route(graph, data):
    a, b = data.draw(st.sampled_from(list(itertools.combinations(graph, 2))))
    source, target = data.draw(st.permutations(range(len(graph))))[:2]
    before = disjoint_routes(matrix(graph), source, [target])[0]
    graph.add_edge(a, b)
    assert len(disjoint_routes(matrix(graph), source, [target])[0]) >= len(before)


@HUNDREDS
@given(graphs())
def test_there_as_back(graph):
    lines = matrix(graph)
    (there,), (back,) = disjoint_routes(lines, 0, [1]), disjoint_routes(lines, 1, [0])
    assert len(there) == len(back)


@HUNDREDS
@given(graphs())
def test_a_single_route_is_a_shortest_one(graph):
    targets = list(range(1, len(graph)))
    for target, routes in zip(targets, disjoint_routes(matrix(graph), 0, targets), strict=True):
        if len(routes) == 1:
            assert len(routes[0]) - 1 == nx.shortest_path_length(graph, 0, target)


@pytest.mark.parametrize(
    ("graph", "connectivity"),
    [
        # Whitney (1932): a complete graph of n nodes has n - 1 disjoint routes, a circle 2.
        (nx.complete_graph(7), 6),
        (nx.cycle_graph(9), 2),
        # The Petersen graph is 3-connected, a hypercube of d dimensions has the node connectivity d,
        # K(m, n) that of the smaller side: in each, two nodes with that many lines have as many routes.
        (nx.petersen_graph(), 3),
        (nx.convert_node_labels_to_integers(nx.hypercube_graph(5)), 5),
        (nx.complete_bipartite_graph(4, 4), 4),
    ],
    ids=["complete", "circle", "Petersen", "hypercube", "bipartite"],
)
def test_graphs_whose_connectivity_is_known(graph, connectivity):
    targets = list(range(1, len(graph)))
    for target, routes in zip(targets, disjoint_routes(matrix(graph), 0, targets), strict=True):
        assert len(routes) == connectivity
        assert_routes(graph, 0, target, routes)


def test_the_shortest_way_is_given_up_for_two_routes():
    # 0 - 1 - 2 - 3 is the only shortest way and crosses both routes: one goes on from 1, one comes in at 2.
    graph = nx.Graph([(0, 1), (1, 2), (2, 3), (0, 4), (4, 5), (5, 2), (1, 6), (6, 7), (7, 3)])
    assert disjoint_routes(matrix(graph), 0, [3]) == [[[0, 1, 6, 7, 3], [0, 4, 5, 2, 3]]]


@pytest.mark.parametrize("side", [3, 5, 8])
def test_grids_with_ties_across(side):
    # Many augmenting ways walk back on routes here.
    graph = nx.convert_node_labels_to_integers(nx.grid_2d_graph(side, side))
    numbers = np.random.default_rng(side)
    graph.add_edges_from(
        pair for pair in numbers.integers(0, side**2, (side, 2)).tolist() if len(set(pair)) == 2
    )
    source, targets = side + 1, [row for row in graph if row != side + 1]
    for target, routes in zip(targets, disjoint_routes(matrix(graph), source, targets), strict=True):
        assert len(routes) == number_of_routes(graph, source, target)
        assert_routes(graph, source, target, routes)


@pytest.mark.parametrize("seed", range(4))
def test_layers_that_force_routes_back(seed):
    # Sparse layers between two hubs: the number of routes is the narrowest place, which lies inside.
    numbers = np.random.default_rng(seed)
    width, depth = 12, 8
    graph = nx.empty_graph(width * depth + 2)
    source, target = width * depth, width * depth + 1
    for column in range(width):
        graph.add_edges_from([(source, column), (target, (depth - 1) * width + column)])
    for layer, column in itertools.product(range(depth - 1), range(width)):
        for other in numbers.integers(0, width, 1 + (column % 3 == 0)).tolist():
            graph.add_edge(layer * width + column, (layer + 1) * width + other)
    (routes,) = disjoint_routes(matrix(graph), source, [target])
    assert 1 < len(routes) < width
    assert len(routes) == number_of_routes(graph, source, target)
    assert_routes(graph, source, target, routes)


def test_smallest_charts():
    assert disjoint_routes(matrix(nx.empty_graph(1)), 0, []) == []
    assert disjoint_routes(matrix(nx.empty_graph(2)), 0, [1]) == [[]]
    assert disjoint_routes(matrix(nx.path_graph(2)), 0, [1, 1]) == [[[0, 1]], [[0, 1]]]
    assert disjoint_routes(matrix(nx.path_graph(3)), 0, [1, 2]) == [[[0, 1]], [[0, 1, 2]]]
    assert disjoint_routes(matrix(nx.cycle_graph(4)), 0, [1]) == [[[0, 1], [0, 3, 2, 1]]]


@pytest.mark.parametrize(
    ("source", "targets", "named"),
    [(0, [0], "Row 0"), (1, [2], "Row 2"), (-1, [0], "Row -1"), (2, [0], "Row 2")],
)
def test_ends_that_are_none(source, targets, named):
    with pytest.raises(OrganizationError, match=named):
        disjoint_routes(matrix(nx.path_graph(2)), source, targets)


# ---------------------------------------------------------------------- single points of failure


@HUNDREDS
@given(graphs(), st.data())
def test_cut_nodes_are_those_without_whom_there_is_no_way(graph, data):
    lines = matrix(graph)
    source = data.draw(st.sampled_from(range(len(graph))))
    targets = [row for row in graph if row != source]
    found = disjoint_routes(lines, source, targets)
    routes = [routes[0] if routes else [] for routes in found]
    for target, several, route, cut in zip(targets, found, routes, cut_nodes(lines, routes), strict=True):
        assert cut == [node for node in route if node in indispensable(graph, source, target)]
        # Menger: none where there are two routes or a direct line, and only there.
        if several:
            assert (not cut) == (len(several) > 1 or graph.has_edge(source, target))


def some_route(graph, source, target, numbers):
    """Return a route that need not be short: a depth-first one that takes neighbours in any order."""
    stack, before = deque([(source, None)]), {}
    while stack:
        node, came = stack.pop()
        if node not in before:
            before[node] = came
            stack.extend((other, node) for other in numbers.permutation(list(graph[node])).tolist())
    route = [target] if target in before else []
    while route and before[route[-1]] is not None:
        route.append(before[route[-1]])
    return route[::-1]


@HUNDREDS
@given(graphs(), st.integers(0, 99))
def test_any_route_shows_the_same_cut_nodes(graph, seed):
    numbers = np.random.default_rng(seed)
    pairs = numbers.integers(0, len(graph), (5, 2)).tolist()
    routes = [some_route(graph, *pair, numbers) if len(set(pair)) == 2 else [] for pair in pairs]
    for pair, route, cut in zip(pairs, routes, cut_nodes(matrix(graph), routes), strict=True):
        assert set(cut) == (indispensable(graph, *pair) if route else set())
        assert cut == [node for node in route if node in cut]


@pytest.mark.parametrize("seed", range(10))
def test_the_joints_of_a_chain_of_circles_are_its_cut_nodes(seed):
    numbers = np.random.default_rng(seed).permutation(60).tolist()
    graph, joints, free = nx.empty_graph(60), [numbers.pop()], numbers
    while len(free) > 6:
        circle = [joints[-1], *(free.pop() for _ in range(2 + len(free) % 4))]
        nx.add_cycle(graph, circle)
        joints.append(circle[len(circle) // 2])
    (routes,) = disjoint_routes(matrix(graph), joints[0], [joints[-1]])
    assert cut_nodes(matrix(graph), routes) == [joints[1:-1]]


def test_everybody_between_the_ends_of_a_path_is_a_cut_node():
    lines = matrix(nx.path_graph(50_000))
    (routes,) = disjoint_routes(lines, 0, [300])
    assert cut_nodes(lines, routes) == [list(range(1, 300))]


def test_smallest_routes_have_no_cut_nodes():
    assert cut_nodes(matrix(nx.empty_graph(1)), []) == []
    assert cut_nodes(matrix(nx.path_graph(2)), [[], [0, 1]]) == [[], []]
    assert cut_nodes(matrix(nx.path_graph(3)), [[0, 1, 2]]) == [[1]]


# ---------------------------------------------------------------------- the worked example

OWNERS = ("Ops", "Sales", "IT", "Fin")
HOMES = [node for node, _, _ in GOLDEN_NODES]


def routes_to_owners(organization):
    rows = [organization.row(node) for node in OWNERS]
    chart = lines_matrix(organization)
    found = disjoint_routes(chart, organization.row("CS"), rows)
    cut = cut_nodes(chart, [routes[0] for routes in found])
    return [len(routes) for routes in found], [organization.ids[rows].tolist() for rows in cut]


def under_sales_and_operations():
    ids, managers, _ = zip(*GOLDEN_NODES, ("CS", "Sales", ""), strict=True)
    further = [FurtherManager("CS", "Ops", "shared", 0.5)]
    return Organization.from_columns(
        ids, managers, further_managers=further, ties=[Tie("Plant", "SalesEast")]
    )


@pytest.mark.parametrize("home", HOMES)
def test_worked_example_under_one_boss(home):
    organization = golden(home)
    counts, cut = routes_to_owners(organization)
    assert counts == [1, 1, 1, 1]
    # With one line everything goes through the boss, except to the boss.
    assert [names[:1] for names in cut] == [[home] if home != owner else [] for owner in OWNERS]


def test_worked_example_under_two_bosses():
    # To each of the two bosses also by way of the other, over the tie Plant - SalesEast or the CEO.
    assert routes_to_owners(under_sales_and_operations()) == ([2, 2, 1, 1], [[], [], ["CEO"], ["CEO"]])


def test_worked_example_in_a_tree_of_its_own():
    organization = golden(None)
    row = organization.row("CS")
    assert disjoint_routes(lines_matrix(organization), row, [0, 1]) == [[], []]


# ---------------------------------------------------------------------- load on managers


@settings(HUNDREDS, max_examples=40)
@given(organizations())
def test_congestion_is_the_betweenness_in_the_own_tree(organization):
    found = congestion(organization)
    for root in organization.roots.tolist():
        rows = organization.subtree(root).tolist()
        tree = nx.Graph((row, int(organization.manager[row])) for row in rows if row != root)
        tree.add_node(root)
        expected = nx.betweenness_centrality(tree)
        for row in rows:
            value = expected[row] if len(rows) > 2 else np.nan
            assert found[row] == pytest.approx(value, nan_ok=True)


def test_largest_betweenness_of_a_tree_of_five_reports_each():
    # Guimera et al. (2002), Phys. Rev. Lett. 89:248701: such a hierarchy collapses at the rate
    # rho_c = (S - 1) / B*, B* the largest number of ordered pairs whose messages pass one node. For
    # three levels below the top S = 156 and B* = 155^2 - 5 * 31^2 = 19,220: pairs not in one branch.
    size = 156
    ids = [str(row) for row in range(size)]
    organization = Organization.from_columns(ids, [None, *(ids[(row - 1) // 5] for row in range(1, size))])
    largest = congestion(organization).max() * (size - 1) * (size - 2)
    assert largest == pytest.approx(19_220)
    assert (size - 1) / largest == pytest.approx(0.0080645, abs=5e-8)


@pytest.mark.parametrize("size", [1, 2])
def test_no_pair_of_others_no_congestion(size):
    ids = [str(row) for row in range(size)]
    assert np.isnan(congestion(Organization.from_columns(ids, [None, *ids[:-1]]))).all()


def test_ties_carry_no_reporting():
    ids, managers = ["a", "b", "c"], [None, "a", "a"]
    with_tie = Organization.from_columns(ids, managers, ties=[Tie("b", "c")])
    assert congestion(with_tie).tolist() == [1.0, 0.0, 0.0]


WEIGHTS = st.lists(st.sampled_from([0.0, 0.125, 0.25, 0.5]), min_size=5, max_size=5)


@HUNDREDS
@given(st.lists(st.lists(st.integers(0, 9), max_size=6, unique=True), min_size=5, max_size=5), WEIGHTS)
def test_carried_is_the_need_of_the_routes_through_a_node(routes, weights):
    found = carried(routes, weights)
    for node in range(10):
        through = [w for route, w in zip(routes, weights, strict=True) if node in route[1:-1]]
        assert found.get(node, 0.0) == sum(through)
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert all(found.values())


def test_the_busiest_on_the_way_in_the_worked_example():
    # Under Marketing everything goes by way of the head of Marketing, who comes first, and the CEO.
    routes = [["CS", "Mkt", "CEO", owner] for owner in OWNERS]
    assert carried(routes, [0.5, 0.25, 0.125, 0.125]) == {"Mkt": 1.0, "CEO": 1.0}
    assert next(iter(carried(routes, [0.5, 0.25, 0.125, 0.125]))) == "Mkt"
    assert carried([], []) == {}
    assert carried([["CS", "Ops"], []], [0.5, 0.5]) == {}
