"""E-I index and modularity: published values, networkx as a second implementation, smallest cases."""

import csv
import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.mixing import FIVE_TO_ONE, ei_index, expected_ei_index, modularity
from tests.real_data import REAL_DATA, needs_real_data

# White's kinship network in the R package netseg: 1 to 5 female, 6 to 10 male.
TEXT = "1-2 1-4 1-5 1-6 1-7 1-9 1-10 2-4 2-5 2-6 2-10 3-5 4-6 5-6 5-7 6-7 6-9 6-10 7-9 7-10 8-9 8-10"
KINSHIP = [tuple(int(node) for node in tie.split("-")) for tie in TEXT.split()]
KINSHIP_GROUP = np.array([0] * 6 + [1] * 5)  # node 0 is not there
# Mixing matrix of four groups after Catania, as in the tests of netseg.
CATANIA = np.array([[506, 32, 26, 69], [23, 308, 38, 114], [10, 14, 32, 47], [26, 46, 68, 599]])


def ends(ties):
    a, b = np.array(list(ties), dtype=np.int64).reshape(-1, 2).T
    return a, b


def counted(ties, group):
    a, b = ends(ties)
    across = int((group[a] != group[b]).sum())
    return across, len(a) - across


def karate():
    graph = nx.karate_club_graph()
    weights = [weight for _, _, weight in graph.edges(data="weight")]
    group = np.array([club == "Officer" for _, club in graph.nodes(data="club")])
    return *ends(graph.edges), np.array(weights, dtype=float), group


def test_ei_index_of_whites_kinship():
    """Bojanowski's R package netseg, whose reference page prints the same."""
    assert counted(KINSHIP, KINSHIP_GROUP) == (9, 13)
    assert ei_index(9, 13) == pytest.approx(-4 / 22)


def test_ei_index_of_the_karate_club():
    a, b, _, group = karate()
    assert counted(zip(a, b, strict=True), group) == (11, 67)
    assert ei_index(11, 67) == pytest.approx(-0.7179487, abs=5e-8)


def test_ei_index_of_the_catania_contacts():
    """The mixing matrix of the R package netseg; the index follows from its counts."""
    internal = np.trace(CATANIA)
    assert ei_index(CATANIA.sum() - internal, internal) == pytest.approx(-0.475996, abs=5e-7)


def test_ei_index_of_the_classroom():
    """netseg's Classroom: 88 arcs, 7 of them between boys and girls."""
    assert ei_index(7, 81) == pytest.approx(-0.8409091, abs=5e-8)


@needs_real_data
@pytest.mark.parametrize("network", ["ht_reports", "ht_advice", "ht_friends"])
def test_ei_index_of_the_high_tech_managers(network):
    """Krackhardt's managers by department, computed in R beside the package sna."""
    with (REAL_DATA / "reference/krackhardt_sna_values.csv").open(newline="") as file:
        published = next(row for row in csv.DictReader(file) if row["network"] == network)
    with (REAL_DATA / f"networks/{network}_nodes.csv").open(newline="") as file:
        rows = [(int(row["id"]), int(row["dept"])) for row in csv.DictReader(file)]
    group = np.full(1 + max(node for node, _ in rows), -1)
    for node, department in rows:
        group[node] = department
    with (REAL_DATA / f"networks/{network}_edges.csv").open(newline="") as file:
        arcs = [(int(row["from"]), int(row["to"])) for row in csv.DictReader(file)]
    ties = {tuple(sorted(arc)) for arc in arcs}
    assert ei_index(*counted(arcs, group)) == pytest.approx(float(published["ei_directed"]))
    assert ei_index(*counted(ties, group)) == pytest.approx(float(published["ei_symmetrised"]))


def test_ei_index_of_many_at_once():
    found = ei_index([0, 3, 0, 5], [4, 1, 0, 0])
    assert found[:2].tolist() == [-1.0, 0.5]
    assert np.isnan(found[2])
    assert found[3] == 1.0
    assert np.isnan(ei_index(0, 0))
    assert ei_index([], []).shape == (0,)
    assert ei_index(1, 5) == pytest.approx(FIVE_TO_ONE)


@pytest.mark.parametrize(("sizes", "expected"), [([5, 5], 0.1111), ([3, 3, 4], 0.4667)])
def test_expected_ei_index(sizes, expected):
    """Counted by hand from the pairs of Krackhardt and Stern's index."""
    assert expected_ei_index(sizes) == pytest.approx(expected, abs=5e-5)


@given(st.lists(st.integers(1, 6), min_size=1, max_size=6).filter(lambda sizes: sum(sizes) > 1))
def test_expected_ei_index_is_that_of_the_complete_graph(sizes):
    group = np.repeat(np.arange(len(sizes)), sizes)
    every_pair = nx.complete_graph(len(group)).edges
    assert expected_ei_index(sizes) == pytest.approx(float(ei_index(*counted(every_pair, group))))


@pytest.mark.parametrize("sizes", [[], [0], [1], [0, 1]])
def test_expected_ei_index_needs_two(sizes):
    assert math.isnan(expected_ei_index(sizes))
    assert expected_ei_index([2]) == -1
    assert expected_ei_index([1, 1]) == 1


def test_modularity_of_two_cliques():
    """networkx's own test: the barbell of two triangles, 6/7 - 98/14^2."""
    a, b = ends(nx.barbell_graph(3, 0).edges)
    assert modularity(a, b, 1.0, [0, 0, 0, 1, 1, 1]) == pytest.approx(0.357142857)


def test_modularity_of_whites_kinship():
    assert modularity(*ends(KINSHIP), 1.0, KINSHIP_GROUP) == pytest.approx(0.0898760, abs=5e-8)


def test_modularity_of_the_karate_club():
    a, b, weight, group = karate()
    assert modularity(a, b, 1.0, group) == pytest.approx(0.3582347, abs=5e-8)
    assert modularity(a, b, weight, group) == pytest.approx(0.3914376, abs=5e-8)


TIES = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from((0.5, 1.0, 3.0))), min_size=1, max_size=20
)


@given(TIES, st.lists(st.sampled_from("abcd"), min_size=8, max_size=8), st.sampled_from((0.5, 1.0, 2.0)))
def test_modularity_is_that_of_networkx(ties, group, resolution):
    graph = nx.MultiGraph()
    graph.add_nodes_from(range(8))
    graph.add_weighted_edges_from(ties)
    members = [{node for node in range(8) if group[node] == name} for name in dict.fromkeys(group)]
    expected = nx.community.modularity(graph, members, resolution=resolution)
    a, b, weight = zip(*ties, strict=True)
    assert modularity(a, b, weight, group, resolution) == pytest.approx(expected)


def test_modularity_without_ties():
    assert math.isnan(modularity([], [], 1.0, []))
    assert math.isnan(modularity([], [], [], ["a"]))
    assert math.isnan(modularity([0], [1], 0.0, ["a", "b"]))
    assert modularity([0], [1], 1.0, ["a", "a"]) == 0
    assert modularity([0], [1], 1.0, ["a", "b"]) == -0.5
