"""Krackhardt's four dimensions: values of R's sna, the written definition by brute force, smallest cases."""

import csv
import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orgmodel.krackhardt
from orgmodel.krackhardt import krackhardt
from tests.real_data import REAL_DATA, needs_real_data

TREE = [(1, 2), (1, 3), (2, 4), (2, 5), (3, 6), (3, 7)]
UNDEFINED = math.nan


def dimensions(arcs, size=None):
    """Return the four dimensions of arcs between nodes counted from 1."""
    ends = np.array(arcs, dtype=np.int64).reshape(-1, 2) - 1
    return krackhardt(int(ends.max()) + 1 if size is None else size, ends[:, 0], ends[:, 1])


# R sna 2.7-1, which agrees with the written definition on these.
SNA = {
    "tree": (TREE, (1, 1, 1, 1)),
    "tree and a dotted boss": ([*TREE, (2, 6)], (1, 1, 0.972222, 1)),
    "tree and a tie": ([*TREE, (4, 5), (5, 4)], (1, 0.909091, 0.944444, 1)),
    "two trees": ([(1, 2), (1, 3), (4, 5), (4, 6)], (0.4, 1, 1, 1)),
    "two bosses, one report": ([(1, 3), (2, 3)], (1, 1, 1, 0)),
    "two bosses, two reports": ([(1, 3), (2, 3), (1, 4), (2, 4)], (1, 1, 0.888889, 0.333333)),
    "circle of three": ([(1, 2), (2, 3), (3, 1)], (1, 0, 0.75, 1)),
    "everybody to everybody": (
        [(a, b) for a in range(1, 6) for b in range(1, 6) if a != b],
        (1, 0, 0, 1),
    ),
    "all to one": ([(2, 1), (3, 1), (4, 1), (5, 1)], (1, 1, 1, 0)),
    "diamond": ([(1, 2), (1, 3), (2, 4), (3, 4)], (1, 1, 0.888889, 1)),
    "chain": ([(1, 2), (2, 3), (3, 4)], (1, 1, 1, 1)),
}


@pytest.mark.parametrize(("arcs", "expected"), SNA.values(), ids=SNA)
def test_values_of_sna(arcs, expected):
    found = dimensions(arcs)
    assert found[:4] == pytest.approx(expected, abs=5e-7)
    assert found.undefined == {}


@pytest.mark.parametrize(
    ("arcs", "written", "sna"),
    [
        ([(1, 3), (2, 3), (3, 4)], 0.666667, 0.333333),
        ([(5, 1), (5, 2), (1, 3), (1, 4), (2, 3), (2, 4)], 0.833333, 1.0),
        ([(report, boss) for boss, report in TREE], 0.266667, 0.133333),
    ],
    ids=["two bosses above a chain", "two bosses share two reports", "reversed tree"],
)
def test_least_upper_bound_as_it_is_written_and_not_as_sna_computes_it(arcs, written, sna):
    """The R package sna looks for a bound that reaches the others instead of one that they reach."""
    found = dimensions(arcs).least_upper_bound
    assert found == pytest.approx(written, abs=5e-7)
    assert found != pytest.approx(sna, abs=0.01)


@pytest.mark.parametrize(
    ("size", "arcs", "expected", "reasons"),
    [
        (0, [], (1, UNDEFINED, UNDEFINED, UNDEFINED), {"hierarchy", "efficiency", "least_upper_bound"}),
        (1, [], (1, UNDEFINED, UNDEFINED, UNDEFINED), {"hierarchy", "efficiency", "least_upper_bound"}),
        (1, [(1, 1)], (1, UNDEFINED, UNDEFINED, UNDEFINED), {"hierarchy", "efficiency", "least_upper_bound"}),
        (3, [], (0, UNDEFINED, UNDEFINED, UNDEFINED), {"hierarchy", "efficiency", "least_upper_bound"}),
        (2, [(1, 2)], (1, 1, 1, UNDEFINED), {"least_upper_bound"}),
        (2, [(1, 2), (1, 2), (2, 1)], (1, 0, 0, UNDEFINED), {"least_upper_bound"}),
        (5, [(1, 2), (3, 4)], (0.2, 1, 1, UNDEFINED), {"least_upper_bound"}),
    ],
)
def test_the_smallest_graphs(size, arcs, expected, reasons):
    found = dimensions(arcs, size)
    assert found[:4] == pytest.approx(expected, nan_ok=True)
    assert set(found.undefined) == reasons
    assert all(reason.endswith(".") for reason in found.undefined.values())


def closure(size, arcs):
    reaches = np.eye(size, dtype=bool)
    for boss, report in arcs:
        reaches[boss, report] = True
    for middle in range(size):
        reaches |= np.outer(reaches[:, middle], reaches[middle])
    return reaches


def by_definition(size, arcs):
    """Return the four dimensions from all pairs and all triples, as they are written."""
    arcs = {arc for arc in arcs if arc[0] != arc[1]}
    reaches = closure(size, arcs)
    joined = closure(size, arcs | {arc[::-1] for arc in arcs})
    pairs = list(combinations(range(size), 2))
    same = [pair for pair in pairs if joined[pair]]
    one_way = sum(reaches[a, b] or reaches[b, a] for a, b in pairs)
    both_ways = sum(reaches[a, b] and reaches[b, a] for a, b in pairs)
    sizes = [int(joined[node].sum()) for node in range(size) if not joined[node, :node].any()]
    possible = sum(part * (part - 1) - (part - 1) for part in sizes)
    most = sum((part - 1) * (part - 2) // 2 for part in sizes if part > 2)
    without = 0
    for a, b in same:
        bounds = np.flatnonzero(reaches[:, a] & reaches[:, b])
        without += not any(reaches[bounds, bound].all() for bound in bounds)
    return (
        len(same) / len(pairs) if size > 1 else 1,
        1 - both_ways / one_way if one_way else math.nan,
        1 - (len(arcs) - sum(part - 1 for part in sizes)) / possible if possible else math.nan,
        1 - without / most if most else math.nan,
    )


@st.composite
def graphs(draw):
    """Trees with further arcs, or any graph, with or without circles, numbered in any order."""
    size = draw(st.integers(1, 13))
    nodes = st.integers(0, size - 1)
    most = draw(st.sampled_from((3, 8, 25)))
    arcs = draw(st.lists(st.tuples(nodes, nodes), max_size=most))
    if draw(st.booleans()):
        arcs += [(draw(st.integers(0, node - 1)), node) for node in range(1, size) if draw(st.booleans())]
    arcs += [arc[::-1] for arc in arcs[: draw(st.integers(0, 4))]]
    if draw(st.booleans()):
        arcs = [tuple(sorted(arc)) for arc in arcs]
    number = draw(st.permutations(range(size)))
    return size, [(number[a], number[b]) for a, b in arcs]


@settings(max_examples=300)
@given(graphs())
def test_any_graph_as_by_definition(graph):
    size, arcs = graph
    ends = np.array(arcs, dtype=np.int64).reshape(-1, 2)
    found = krackhardt(size, ends[:, 0], ends[:, 1])
    expected = by_definition(size, arcs)
    assert found[:4] == pytest.approx(expected, nan_ok=True)
    names = [name for name, value in zip(found._fields, expected, strict=False) if math.isnan(value)]
    assert sorted(found.undefined) == sorted(names)


@pytest.mark.parametrize("seed", range(4))
def test_larger_graphs_as_by_definition(seed):
    """Long chains are put together here, and bosses above other bosses left out."""
    generator = np.random.default_rng(seed)
    size = 90
    reports = np.arange(1, size)
    bosses = (reports - 1) // 2 if seed % 2 else reports - 1 - generator.integers(0, reports.clip(max=3))
    further = np.sort(generator.integers(0, size, (12, 2)), axis=1)
    ties = generator.integers(60, size, (3, 2))
    arcs = np.concatenate([np.column_stack([bosses, reports]), further, ties, ties[:, ::-1]])
    found = krackhardt(size, arcs[:, 0], arcs[:, 1])
    expected = by_definition(size, [tuple(arc) for arc in arcs.tolist()])
    assert found[:4] == pytest.approx(expected, nan_ok=True)


@given(graphs())
def test_numbering_and_repeated_arcs_change_nothing(graph):
    size, arcs = graph
    ends = np.array(arcs, dtype=np.int64).reshape(-1, 2)
    twice = np.concatenate([ends, ends])[::-1]
    other = size - 1 - twice
    first = krackhardt(size, ends[:, 0], ends[:, 1])
    assert first[:4] == pytest.approx(krackhardt(size, other[:, 0], other[:, 1])[:4], nan_ok=True)


def test_a_large_tree_with_a_tie_is_counted_exactly():
    """A binary tree of 15 layers; a tie between two nodes of the third layer makes a circle of them.

    A node of layer l has l above it; each end of the tie reaches what is below the other one as well.
    """
    reports = np.arange(1, 2**15 - 1)
    tie = np.array([3, 4])
    found = krackhardt(
        2**15 - 1, np.concatenate([(reports - 1) // 2, tie]), np.concatenate([reports, tie[::-1]])
    )
    below_the_tie = 2 * (2**13 - 2)
    reached = sum(layer * 2**layer for layer in range(15)) + below_the_tie + 1
    assert found.hierarchy == pytest.approx(1 - 1 / reached, abs=1e-12)
    assert found.least_upper_bound == 1


def test_what_is_too_much_to_count_is_undefined_and_says_so(monkeypatch):
    arcs = [*TREE, (2, 6), (4, 5), (5, 4), (3, 5)]
    assert not dimensions(arcs).undefined
    monkeypatch.setattr(orgmodel.krackhardt, "_MOST_COMPARISONS", 1)
    found = dimensions([*arcs, (5, 8), (6, 8)])
    assert math.isnan(found.least_upper_bound)
    assert set(found.undefined) == {"least_upper_bound"}
    monkeypatch.setattr(orgmodel.krackhardt, "_MOST_ANCESTORS", 1)
    found = dimensions(arcs)
    assert math.isnan(found.hierarchy)
    assert set(found.undefined) == {"hierarchy", "least_upper_bound"}
    assert dimensions([*TREE, (2, 6)]).hierarchy == 1  # nothing has to be counted without a circle


def arcs_of(network, orientation):
    first, second = ("ID", "ReportsToID") if network == "manufacturing_reportsto" else ("from", "to")
    name = network if network == "manufacturing_reportsto" else f"{network}_edges"
    with (REAL_DATA / f"networks/{name}.csv").open(newline="") as file:
        arcs = [(int(row[first]), int(row[second])) for row in csv.DictReader(file)]
    arcs = [arc for arc in arcs if arc[0] != arc[1]]
    number = {node: position for position, node in enumerate(sorted({*sum(arcs, ())}), start=1)}
    turned = orientation in {"transposed", "manager->subordinate"}
    return [(number[b], number[a]) if turned else (number[a], number[b]) for a, b in arcs]


def published(file):
    if not REAL_DATA.is_dir():
        return []
    with (REAL_DATA / f"reference/{file}").open(newline="") as rows:
        here = ("ht_reports", "ht_advice", "ht_friends", "manufacturing_reportsto")
        found = [row for row in csv.DictReader(rows) if row["network"] in here]
    return [pytest.param(row, id=f"{row['network']}, {row['orientation']}") for row in found]


@needs_real_data
@pytest.mark.parametrize("row", published("krackhardt_sna_values.csv"))
def test_real_networks_as_in_sna(row):
    """R sna 2.7-1; its ``lubness`` is an authority on out-trees only."""
    arcs = arcs_of(row["network"], row["orientation"])
    found = dimensions(arcs, int(row["n"]))
    for ours, theirs in (
        (found.connectedness, "connectedness"),
        (found.hierarchy, "hierarchy_krackhardt"),
        (found.efficiency, "efficiency"),
    ):
        assert ours == pytest.approx(float(row[theirs]), abs=1e-9)
    bosses = np.bincount([report for _, report in arcs])
    if len(arcs) == int(row["n"]) - 1 and bosses.max() == 1:
        assert found.least_upper_bound == float(row["lubness"]) == 1


@needs_real_data
@pytest.mark.parametrize("row", published("krackhardt_variants.csv"))
def test_real_networks_by_the_written_definition(row):
    """A second implementation, which lists the definition beside the rules of other programs."""
    found = dimensions(arcs_of(row["network"], row["orientation"]))
    expected = [row[name] for name in ("connectedness", "hierarchy", "eff_sna", "lub_definition")]
    assert found[:4] == pytest.approx([float(value) for value in expected], abs=1e-12)
