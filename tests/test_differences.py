"""What one chart has and another has not."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from orgmodel import Organization
from orgmodel.differences import CELLS, Differences, differences
from orgmodel.lines import FurtherManager, Tie

NOTHING = Differences((), (), (), (), (), ())
NODES = "abcdef"


@st.composite
def charts(draw):
    """Draw a chart of some of six nodes, with texts, attributes and lines."""
    ids = draw(st.permutations(NODES))[: draw(st.integers(0, len(NODES)))]
    bosses = [draw(st.sampled_from([None, *ids[:place]])) for place in range(len(ids))]
    few = st.sampled_from(["", "x", "y"])
    pairs = [(a, b) for place, a in enumerate(ids) for b in ids[:place]]
    further = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3)) if pairs else []
    ties = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=2)) if pairs else []
    boss_of = dict(zip(ids, bosses, strict=True))
    return Organization.from_columns(
        ids,
        bosses,
        names=[draw(few) for _ in ids],
        statuses=[draw(few) for _ in ids],
        headcount=[draw(st.sampled_from([0.0, 1.0])) for _ in ids],
        further_managers=[
            FurtherManager(a, b, "shared", draw(st.sampled_from([0.1, 0.2])))
            for a, b in further
            if boss_of[a] != b
        ],
        ties=[Tie(a, b, draw(st.sampled_from([1.0, 2.0]))) for a, b in ties],
        attributes={"grade": [draw(st.sampled_from([None, 1, "1", "2"])) for _ in ids]}
        if draw(st.booleans())
        else {},
    )


@given(charts())
def test_a_chart_does_not_differ_from_itself(chart):
    assert differences(chart, chart) == NOTHING
    assert not differences(chart, chart)
    assert differences(chart, chart).summary == "nothing changes"
    assert differences(chart, chart).sentences() == ()


@given(charts(), charts())
@settings(max_examples=300)
def test_the_way_back_mirrors_the_way_there(one, other):
    there, back = differences(one, other), differences(other, one)
    assert set(there.added) == set(back.removed)
    assert set(there.removed) == set(back.added)
    assert {(node, now, was) for node, was, now in there.moved} == set(back.moved)
    assert {(node, key, now, was) for node, key, was, now in there.changed} == set(back.changed)
    assert set(there.lines_added) == set(back.lines_removed)
    assert set(there.lines_removed) == set(back.lines_added)


def as_sets(chart):
    """Return nodes, managers, cells and lines of a chart without their order."""
    cells = {}
    for name, key in CELLS.items():
        cells |= {(node, name): str(cell) for node, cell in zip(chart.ids, getattr(chart, key), strict=True)}
    for key, column in chart.attributes.items():
        cells |= {(node, key): str(cell) for node, cell in zip(chart.ids, column, strict=True) if cell}
    bosses = {
        node: chart.ids[boss] if boss >= 0 else ""
        for node, boss in zip(chart.ids, chart.manager.tolist(), strict=True)
    }
    return bosses, cells, {*chart.further_managers, *chart.tie_list}


@given(charts(), charts())
@settings(max_examples=300)
def test_differences_are_those_of_node_by_node(one, other):
    """A second, slow way to count them."""
    found = differences(one, other)
    bosses, cells, lines = as_sets(one)
    new_bosses, new_cells, new_lines = as_sets(other)
    both = bosses.keys() & new_bosses.keys()
    assert set(found.added) == new_bosses.keys() - bosses.keys()
    assert set(found.removed) == bosses.keys() - new_bosses.keys()
    assert set(found.moved) == {
        (node, bosses[node], new_bosses[node]) for node in both if bosses[node] != new_bosses[node]
    }
    changed = {
        (node, key, cells.get((node, key), ""), new_cells.get((node, key), ""))
        for node, key in {*cells, *new_cells}
        if node in both
    }
    assert set(found.changed) == {one for one in changed if one[2] != one[3]}
    assert set(found.lines_added) == new_lines - lines
    assert set(found.lines_removed) == lines - new_lines


def test_the_smallest_charts():
    nobody = Organization.from_columns([], [])
    somebody = Organization.from_columns(["a"], [None])
    assert differences(nobody, nobody) == NOTHING
    assert differences(nobody, somebody) == Differences(("a",), (), (), (), (), ())
    assert differences(somebody, nobody).summary == "1 node removed"


def test_a_value_that_is_no_number_is_no_difference():
    one = Organization.from_columns(["a"], [None], attributes={"pay": [float("nan")]})
    two = Organization.from_columns(["a"], [None], attributes={"pay": [float("nan")]})
    assert differences(one, two) == NOTHING


ONE = Organization.from_columns(
    ["a", "b", "c", "d"], [None, "a", "b", "b"], names=["Ann", "Bob", "Cyd", "Dan"], ties=[Tie("a", "d")]
)
TWO = Organization.from_columns(
    ["a", "b", "c", "e"],
    [None, "a", None, "c"],
    names=["Ann", "Rob", "Cyd", "Eve"],
    further_managers=[FurtherManager("b", "c", "shared", 0.25)],
)


def test_the_numbers_in_words():
    assert differences(ONE, TWO).summary == (
        "1 node added, 1 node removed, 1 node with another manager, 1 node changed, 2 further lines changed"
    )


def test_sentences_name_the_first_few():
    assert differences(ONE, TWO).sentences() == (
        "1 node is added: e.",
        "1 node is removed: d.",
        "1 node gets another manager: c: b -> none.",
        "1 cell changes: b, name: Bob -> Rob.",
        "1 further line is added: b -> c (shared, 0.25).",
        "1 further line is removed: a - d (collaboration, 1).",
    )
    names = {"a": "Ann", "b": "Bob", "c": "Cyd", "d": "Dan"}
    back = Organization.from_columns(["a", "b", "c", "d"], [None, "a", "a", "a"], names=ONE.names)
    assert differences(ONE, back).sentences(names.__getitem__, at_most=1)[0] == (
        "2 nodes get another manager: Cyd: Bob -> Ann and 1 more."
    )


@pytest.mark.parametrize("shuffled", [False, True])
def test_many_nodes(shuffled):
    """Node n reports to n - 1 before and to n // 2 after: the same for n = 1 and 2 only."""
    size = 20_000
    ids = [f"n{number}" for number in range(size)]
    before = Organization.from_columns(ids, [None, *ids[:-1]])
    order = np.random.default_rng(1).permutation(size) if shuffled else np.arange(size)
    bosses = [ids[number // 2] if number else None for number in range(size)]
    after = Organization.from_columns([ids[row] for row in order], [bosses[row] for row in order])
    assert len(differences(before, after).moved) == size - 3
    assert not differences(before, after).added
