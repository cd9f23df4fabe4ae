"""The flow of authority against a slow reading of the same chart, node by node (`tests/reference.py`)."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.assumptions import DEFAULT_ASSUMPTIONS, Assumptions
from orgmodel.authority import (
    NOBODY,
    authority,
    branches,
    inherited_vectors,
    inherited_weights,
    meeting_depths,
    steps_to_root,
    weights_by_level,
)
from orgmodel.lines import FurtherManager
from orgmodel.organization import Organization
from orgmodel.situation import Situation, bosses_of
from tests import reference, reference_chart
from tests.charts_for_tests import golden, organizations

DOZENS = settings(max_examples=60, report_multiple_bugs=False)


def inherited(organization, delta):
    """S and Z of every node, as a situation computes them."""
    assumptions = Assumptions(delta=delta)
    return Situation(organization, [organization.ids[0]], assumptions), assumptions


# ------------------------------------------------------------------ the order


@DOZENS
@given(organizations())
def test_every_line_of_authority_comes_once_and_after_those_above_it(organization):
    """Authority: networkx says which lines there are, and that they run in no circle."""
    found = authority(organization)
    lines = found.lines
    chart = organization.to_networkx()
    expected = sorted(
        (boss, node, kind)
        for node in chart
        for boss, kind, share in reference_chart.bosses(chart, node)
        if share > 0
    )
    ids = organization.ids
    names = ("solid", "shared", "dotted", "contract", "tie")
    assert expected == sorted(
        (ids[boss], ids[report], names[kind])
        for boss, report, kind in zip(lines.boss, lines.report, lines.kind, strict=True)
    )
    led = np.concatenate([*found.generations, np.array([], dtype=np.int64)])
    assert sorted(led.tolist()) == list(range(len(lines.boss)))
    # Whoever passes something on has received everything before.
    for number, generation in enumerate(found.generations):
        later = np.concatenate([*found.generations[number:], np.array([], dtype=np.int64)])
        assert not np.isin(lines.boss[generation], lines.report[later]).any()
    assert (found.rank[lines.report] > found.rank[lines.boss]).all()


def test_smallest_chart():
    alone = Organization.from_columns(["cs"], [None])
    found = authority(alone)
    assert len(found.lines.boss) == 0
    assert not any(len(generation) for generation in found.generations)
    assert steps_to_root(alone, found).tolist() == [0]
    assert branches(alone).tolist() == [-1]
    assert meeting_depths(alone, 0).tolist() == [0]
    vectors = np.array([[1.0, 0, 0, 0]])
    for has_vector, weight in ((True, 1.0), (False, 0.0)):
        total, together = inherited_vectors(found, vectors, np.array([has_vector]), 0.5)
        assert total.tolist() == [[weight, 0, 0, 0]]
        assert together.tolist() == [weight]


# ------------------------------------------------------------------ measures that travel down


@DOZENS
@given(organizations(), st.sampled_from((0.0, 0.25, 0.5, 1.0)))
def test_inherited_vectors(organization, delta):
    """Authority: the recursion of the definition, read aloud for each node."""
    situation, assumptions = inherited(organization, delta)
    total, weight = situation.inherited
    chart = organization.to_networkx()
    for row, node in enumerate(organization.ids):
        expected, together = reference.inherited(chart, node, assumptions)
        assert total[row] == pytest.approx(expected)
        assert weight[row] == pytest.approx(together)


@DOZENS
@given(organizations(), st.sampled_from((0.0, 0.5, 1.0)), st.data())
def test_inherited_weights_reproduce_the_average_of_the_bosses(organization, delta, data):
    """Authority: ``sum of share * S / Z`` over the bosses, from the recursion of the definition."""
    situation, assumptions = inherited(organization, delta)
    vectors, has_vector = situation.metric_vectors
    rows = st.integers(0, len(organization) - 1)
    shares = st.dictionaries(rows, st.sampled_from((0.125, 0.25, 0.5)), min_size=1, max_size=3)
    bosses = data.draw(shares)
    _, weight = situation.inherited
    found = inherited_weights(situation.authority, bosses, weight, delta)
    mixed, known = np.zeros(4), 0.0
    chart = organization.to_networkx()
    for row, share in bosses.items():
        total, together = reference.inherited(chart, organization.ids[row], assumptions)
        if together > 0:
            mixed += share * np.array(total) / together
            known += share
    reached = [row for row in found if has_vector[row]]
    assert sum(found[row] for row in reached) == pytest.approx(known)
    assert sum((found[row] * vectors[row] for row in reached), np.zeros(4)) == pytest.approx(mixed)


def test_measures_over_two_ways_to_the_same_manager():
    """By hand: b has half of its authority from a directly, half over c; S_b = m_b + d/2 (S_a + S_c)."""
    diamond = Organization.from_columns(
        ["a", "c", "b"],
        [None, "a", "a"],
        functions=["executive", "other", "sales"],
        further_managers=[FurtherManager("b", "c", "shared", 0.5)],
    )
    situation = Situation(diamond, ["b"], DEFAULT_ASSUMPTIONS)
    total, weight = situation.inherited
    executive = np.array([0.4, 0.3, 0.2, 0.1])
    sales = np.array([0.9, 0.0, 0.1, 0.0])
    # c has no measures of its own and passes half of those of a on: 0.5 * 0.5 * 0.5 on this way.
    assert total[2] == pytest.approx(sales + (0.25 + 0.125) * executive)
    assert weight.tolist() == pytest.approx([1, 0.5, 1.375])
    assert inherited_weights(situation.authority, {2: 1.0}, weight, 0.5) == pytest.approx(
        {2: 1 / 1.375, 1: 0.25 / 1.375, 0: 0.375 / 1.375}
    )


# ------------------------------------------------------------------ who stands above both


@DOZENS
@given(organizations())
def test_meeting_depths(organization):
    """Authority: both lines up, written down name by name; a node stands above itself."""
    chart = organization.to_networkx()
    ids = organization.ids.tolist()
    for row in range(0, len(ids), 5):
        above = reference_chart.line_up(chart, ids[row])
        found = meeting_depths(organization, row)
        for other, node in enumerate(ids):
            common = [boss for boss in reference_chart.line_up(chart, node) if boss in above]
            assert found[other] == (reference_chart.depth(chart, common[0]) if common else NOBODY)


@DOZENS
@given(organizations())
def test_meeting_depths_do_not_depend_on_whose_they_are(organization):
    rows = range(0, len(organization), 4)
    found = {row: meeting_depths(organization, row) for row in rows}
    assert all(found[one][two] == found[two][one] for one in rows for two in rows)
    assert all(found[row][row] == organization.depth[row] for row in rows)


# ------------------------------------------------------------------ ways up


@DOZENS
@given(organizations())
def test_steps_to_root(organization):
    """Authority: networkx, on the lines of authority of one tree alone."""
    chart = organization.to_networkx()
    found = steps_to_root(organization, authority(organization))
    for row, node in enumerate(organization.ids):
        top = reference_chart.root(chart, node)
        tree = reference_chart.subtree(chart, top)
        lines = nx.DiGraph()
        lines.add_nodes_from(tree)
        lines.add_edges_from(
            (report, boss)
            for report in tree
            for boss in reference_chart.authority(chart, report)
            if boss in tree
        )
        reached = nx.single_source_shortest_path_length(lines, node)
        assert found[row] == reached.get(top, math.inf)


def test_a_short_cut_and_a_way_that_leaves_the_tree():
    """n3 is 3 lines below n0; a shared manager n1 makes it 2; one in another tree is no way to n0."""
    ids = ["n0", "n1", "n2", "n3", "m0"]
    managers = [None, "n0", "n1", "n2", None]

    def steps(*further):
        chart = Organization.from_columns(ids, managers, further_managers=further)
        return steps_to_root(chart, authority(chart)).tolist()

    assert steps() == [0, 1, 2, 3, 0]
    assert steps(FurtherManager("n3", "n1", "shared", 0.5)) == [0, 1, 2, 2, 0]
    assert steps(FurtherManager("n3", "n1")) == [0, 1, 2, 3, 0]  # without authority it is no way
    assert steps(FurtherManager("n3", "m0", "shared", 0.5)) == [0, 1, 2, 3, 0]
    assert steps(FurtherManager("n2", "m0", "shared", 1.0)) == [0, 1, math.inf, math.inf, 0]


@DOZENS
@given(organizations())
def test_branches(organization):
    """Authority: the line up of each node; the last but one is the branch."""
    chart = organization.to_networkx()
    for row, branch in enumerate(branches(organization).tolist()):
        expected = reference_chart.branch(chart, organization.ids[row])
        assert (organization.ids[branch] if branch >= 0 else None) == expected


@DOZENS
@given(organizations())
def test_bosses_and_their_shares(organization):
    chart = organization.to_networkx()
    for row, node in enumerate(organization.ids):
        found = {organization.ids[boss]: share for boss, share in bosses_of(organization, row).items()}
        assert found == pytest.approx(reference_chart.authority(chart, node))


def test_branches_of_the_worked_example():
    found = branches(golden("Plant"))
    ids = golden().ids.tolist()
    named = {node: ids[branch] if branch >= 0 else None for node, branch in zip(ids, found, strict=True)}
    assert named["CS"] == named["Plant"] == named["Ops"] == "Ops"
    assert named["SalesEast"] == "Sales"
    assert named["CEO"] is None


# ------------------------------------------------------------------ level by level


@DOZENS
@given(organizations(), st.sampled_from((0.0, 0.25, 0.5, 1.0)), st.data())
def test_levels_add_up_to_what_is_inherited(organization, delta, data):
    """sum_k delta^k (weights on level k) @ m is S, for any delta; with ones instead of vectors it is Z."""
    order = authority(organization)
    rows = data.draw(st.lists(st.integers(0, len(organization) - 1), min_size=1, max_size=4))
    rng = np.random.default_rng(len(rows))
    vectors, has_vector = rng.random((len(organization), 4)), rng.random(len(organization)) < 0.7
    total, weight = inherited_vectors(order, vectors, has_vector, delta)
    own = np.where(has_vector[:, None], vectors, 0.0)
    levels = weights_by_level(order, np.array(rows))
    np.testing.assert_allclose(sum(delta**k * (level @ own) for k, level in enumerate(levels)), total[rows])
    known = has_vector.astype(float)
    np.testing.assert_allclose(
        sum(delta**k * (level @ known) for k, level in enumerate(levels)), weight[rows]
    )


def test_levels_of_nobody():
    assert weights_by_level(authority(golden()), np.array([], dtype=np.int64)) == []
