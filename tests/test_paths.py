"""Distances over all lines: against Dijkstra's algorithm in networkx, and how often anything is searched.

Work is counted in passes over the lines, not in seconds: a busy machine changes nothing.
"""

import itertools
import math
from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel import paths
from orgmodel.assumptions import DEFAULT_ASSUMPTIONS, Assumptions
from orgmodel.lines import LINE_KINDS, FurtherManager, Tie
from orgmodel.organization import BUSINESS_FUNCTIONS, Organization
from orgmodel.paths import SOLID, TIE, Distances, Surroundings, common_unit, levels, lines_of, network
from orgmodel.placement import Placement
from orgmodel.sweep import survey, sweep
from tests.charts_for_tests import GOLDEN_NODES, golden, organizations

HUNDREDS = settings(max_examples=100, report_multiple_bugs=False)
DOZENS = settings(HUNDREDS, max_examples=40)

WHOLE = st.integers(1, 10).map(float)
HALVES = st.integers(1, 20).map(lambda number: number / 2)
# No common unit of which these are small multiples: Dijkstra's algorithm.
ODD = st.sampled_from((0.7853, 1 / 3, math.pi, 0.01, 59.99, 1e-5))
# A line that costs nothing, as where no content is lost.
FREE = st.sampled_from((0.0, -0.0, 0.25, 1.0))


@st.composite
def lengths_of_kinds(draw, of):
    return {kind: draw(of) for kind in LINE_KINDS}


@st.composite
def searches(draw):
    """A chart, one of its rows, lengths for its own lines and for all others, groups of targets, bosses."""
    organization = draw(organizations(25))
    rows = st.integers(0, len(organization) - 1)
    head = draw(rows)
    others = [row for row in range(len(organization)) if row != head]
    groups, bosses = [], [-1]
    if others:
        other = st.sampled_from(others)
        few = st.lists(other, min_size=1, max_size=3)
        groups = draw(st.lists(few, max_size=draw(st.sampled_from((0, 1, 4, 9, 20)))))
        bosses += draw(st.lists(other, max_size=6))
    of = draw(st.sampled_from((WHOLE, HALVES, ODD, FREE)))
    by_kind = draw(lengths_of_kinds(of))
    first = draw(st.one_of(st.just(by_kind), lengths_of_kinds(of)))
    return organization, head, by_kind, first, groups, bosses


def shortest(graph, start, goals):
    reached = nx.single_source_dijkstra_path_length(graph, start, weight="length")
    return min((reached.get(row, math.inf) for row in goals), default=math.inf)


def drawn(lines, lengths):
    """The lines as a networkx graph; of parallel lines the shortest counts."""
    graph = nx.Graph()
    for a, b, length in zip(lines.boss.tolist(), lines.report.tolist(), lengths, strict=True):
        present = graph.get_edge_data(a, b, {"length": math.inf})["length"]
        graph.add_edge(a, b, length=min(length, present))
    return graph


def placed_graph(lines, head, boss, by_kind, first):
    """The lines with the head under another solid boss: a further line to that boss is merged with it."""
    kept = ~((lines.report == head) & (lines.kind == SOLID))
    kept &= ~((lines.report == head) & (lines.kind != TIE) & (lines.boss == boss))
    chosen = lines.chosen(kept)
    own = chosen.touching(head)
    graph = drawn(chosen, np.where(own, chosen.measured(first), chosen.measured(by_kind)).tolist())
    graph.add_nodes_from([head, *([boss] if boss >= 0 else [])])
    if boss >= 0:
        present = graph.get_edge_data(head, boss, {"length": math.inf})["length"]
        graph.add_edge(head, boss, length=min(first["solid"], present))
    return graph


# ------------------------------------------------------------------ against networkx


@HUNDREDS
@given(searches())
def test_distances_from_a_head_under_each_boss(case):
    """Authority: Dijkstra's algorithm in networkx on the chart with the head where it is placed."""
    organization, head, by_kind, first, groups, bosses = case
    lines = lines_of(organization)
    around = Surroundings(lines, len(organization), head)
    solid = np.array(bosses, dtype=np.int64)
    found = around.distances(lines.chosen(lines.touching(head)), solid, groups, by_kind, first)
    assert found.values.shape == (len(groups), len(bosses))
    expected = np.empty(found.values.shape)
    for column, boss in enumerate(bosses):
        graph = placed_graph(lines, head, boss, by_kind, first)
        expected[:, column] = [shortest(graph, head, group) for group in groups]
    np.testing.assert_allclose(found.values, expected, rtol=1e-12, atol=1e-12)
    assert (found.infinite == np.isinf(expected)).all()


@HUNDREDS
@given(organizations(30), lengths_of_kinds(WHOLE.map(int)), st.data())
def test_levels(organization, lengths, data):
    """Authority: Dijkstra's algorithm in networkx; 255 stands for no way."""
    rows = st.integers(0, len(organization) - 1)
    groups = data.draw(st.lists(st.lists(rows, max_size=3), max_size=20))
    lines = lines_of(organization)
    head = len(organization)  # one row more, without lines: nobody is left out
    around = Surroundings(lines, len(organization) + 1, head)
    by_code = {kind: lengths[LINE_KINDS[kind]] for kind in around.neighbours}
    found = levels(around.neighbours, by_code, len(organization) + 1, groups)
    graph = drawn(lines, lines.measured(lengths).tolist())
    graph.add_nodes_from(range(len(organization)))
    expected = [
        [shortest(graph, row, group) for row in range(len(organization))] + [math.inf] for group in groups
    ]
    expected = np.array(expected).reshape(len(groups), len(organization) + 1)
    assert found.dtype == np.uint8
    assert (found == np.where(np.isinf(expected), 255, expected)).all(axis=None)


@DOZENS
@given(organizations(25), lengths_of_kinds(st.one_of(HALVES, FREE)))
def test_ways_from_one_row(organization, by_kind):
    """Authority: networkx. The way named is along lines, and as long as the distance."""
    lines = lines_of(organization)
    graph = network(lines, lines.measured(by_kind), len(organization))
    reference = drawn(lines, lines.measured(by_kind).tolist())
    reference.add_nodes_from(range(len(organization)))
    found, before = paths.routes_from(graph, 0)
    assert (paths.distances(graph, [0]) == found).all()
    for row in range(len(organization)):
        assert found[row] == pytest.approx(shortest(reference, 0, [row]))
        if math.isinf(found[row]):
            continue
        route = paths.route_to(before, row)
        assert (route[0], route[-1]) == (0, row)
        assert len(set(route)) == len(route)
        hops = [reference.edges[hop]["length"] for hop in itertools.pairwise(route)]
        assert sum(hops) == pytest.approx(found[row])


def chain(size, function="other"):
    """One line of managers from n0 down; the last is of a function that is needed."""
    ids = [f"n{number}" for number in range(size)]
    functions = ["operations", *([function] * (size - 1))]
    return Organization.from_columns(ids, [None, *ids[:-1]], functions=functions)


@pytest.mark.parametrize("size", [150, 198, 199, 200, 201, 202, 260, 500])
@pytest.mark.parametrize("length", [1.0, 0.5, 1 / 3])
def test_charts_deeper_than_the_search_by_levels_goes(size, length):
    """On a chain the distance is the difference of the depths."""
    lines = lines_of(chain(size))
    head = size - 1
    around = Surroundings(lines, size, head)
    by_kind = dict.fromkeys(LINE_KINDS, length)
    own = lines.chosen(lines.touching(head))
    found = around.distances(own, np.arange(size - 1), [[0]], by_kind, by_kind)
    np.testing.assert_allclose(found.values[0], length * np.arange(1, size), rtol=1e-12)


def test_a_sweep_of_a_chart_deeper_than_the_search_by_levels_goes():
    deep = chain(301)
    unit = Organization.from_columns(
        [*deep.ids, "cs"],
        [None, *deep.ids[:300], "n0"],
        functions=[*deep.functions, "customer_service"],
    )
    table = sweep(unit, "cs", Assumptions(needs={"operations": 1}))
    assert table["feedback_path_length"].tolist() == list(range(1, 302))
    assert table["feedback_days"].tolist() == list(range(1, 302))


def test_smallest_chart():
    """One node: nobody is joined to anybody, wherever it is asked for."""
    lines = lines_of(Organization.from_columns(["cs"], [None]))
    around = Surroundings(lines, 1, 0)
    own = lines.chosen(lines.touching(0))
    for by_kind in (DEFAULT_ASSUMPTIONS.lengths, dict.fromkeys(LINE_KINDS, 0.3333333)):
        nobody = around.distances(own, np.array([-1]), [], by_kind, by_kind)
        assert nobody.values.shape == (0, 1)
        assert around.distances(own, np.array([], dtype=np.int64), [], by_kind, by_kind).values.size == 0


def test_what_no_line_leads_to_is_infinitely_far():
    lines = lines_of(Organization.from_columns(["a", "b", "cs"], [None, None, "a"]))
    around = Surroundings(lines, 3, 2)
    own = lines.chosen(lines.touching(2))
    for length in (1.0, 0.123456):
        by_kind = dict.fromkeys(LINE_KINDS, length)
        found = around.distances(own, np.array([0, 1, -1]), [[0], [1], [0, 1]], by_kind, by_kind)
        near, far = length, math.inf
        assert found.values.tolist() == [[near, far, far], [far, near, far], [near, near, far]]


def test_a_further_manager_who_becomes_the_boss_is_merged():
    """Over its dotted line of length 1 the head would be nearer than over the solid one of length 5."""
    organization = Organization.from_columns(
        ["a", "b", "cs"], [None, None, "a"], further_managers=[FurtherManager("cs", "b")]
    )
    lines = lines_of(organization)
    by_kind = {**dict.fromkeys(LINE_KINDS, 1.0), "solid": 5.0}
    own = lines.chosen(lines.touching(2))
    found = Surroundings(lines, 3, 2).distances(own, np.array([0, 1]), [[1]], by_kind, by_kind)
    assert found.values.tolist() == [[1.0, 5.0]]


def test_a_tie_to_the_boss_stays():
    organization = Organization.from_columns(["a", "cs"], [None, "a"], ties=[Tie("a", "cs")])
    lines = lines_of(organization)
    by_kind = {**dict.fromkeys(LINE_KINDS, 5.0), "tie": 1.0}
    own = lines.chosen(lines.touching(1))
    found = Surroundings(lines, 2, 1).distances(own, np.array([0]), [[0]], by_kind, by_kind)
    assert found.values.tolist() == [[1.0]]


# ------------------------------------------------------------------ the unit of lengths


@HUNDREDS
@given(
    st.lists(st.integers(1, 25), min_size=1, max_size=5),
    st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(3, 10), Fraction(1, 7), Fraction(1, 40)]),
)
def test_common_unit(multiples, unit):
    """Authority: the greatest common divisor, by Euclid's algorithm in the standard library."""
    found = common_unit([float(multiple * unit) for multiple in multiples])
    assert found == float(math.gcd(*multiples) * unit)


@pytest.mark.parametrize(
    "lengths",
    [[1.0, 26.0], [0.0, 1.0], [-0.0], [math.pi], [1.0, 1 / 1001], [0.1, 2.6]],
    ids=[
        "large multiple",
        "nothing",
        "minus nothing",
        "irrational",
        "very fine",
        "large multiple of a tenth",
    ],
)
def test_lengths_without_a_common_unit(lengths):
    assert common_unit(lengths) is None


# ------------------------------------------------------------------ coded distances

ANY = st.sampled_from((0.0, 0.5, 1.0, 2.0, 7.25, math.inf, math.nan))


@st.composite
def tables(draw, of=ANY):
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    values = draw(st.lists(of, min_size=rows * columns, max_size=rows * columns))
    return np.array(values).reshape(rows, columns)


@DOZENS
@given(tables())
def test_coded_distances_are_the_distances(values):
    coded = Distances.of(values)
    np.testing.assert_array_equal(coded.values, values)
    assert (coded.infinite == np.isinf(values)).all()
    finite = coded.table[:-2]
    assert np.isinf(coded.table[-2])
    assert np.isnan(coded.table[-1])
    assert (np.diff(finite) > 0).all()


@DOZENS
@given(tables(ANY.filter(lambda value: not math.isnan(value))), st.data())
def test_totals_and_the_farthest(values, data):
    """Authority: numpy on the distances themselves; what weighs nothing does not count, infinite or not."""
    size = len(values)
    weights = np.array(data.draw(st.lists(st.sampled_from((0.0, 0.25, 1.0)), min_size=size, max_size=size)))
    coded = Distances.of(values)
    counted = weights > 0
    np.testing.assert_allclose(coded.total(weights), weights[counted] @ values[counted])
    reciprocal = coded.total(weights, lambda steps: 1 / (1 + steps))
    np.testing.assert_allclose(reciprocal, weights[counted] @ (1 / (1 + values[counted])))
    if counted.any():
        np.testing.assert_array_equal(coded.farthest(counted), values[counted].max(axis=0))


@DOZENS
@given(tables(ANY.filter(lambda value: value > 0)), st.data())
def test_more_rows(values, data):
    """Rows found are where they belong, those met inside are 0, where nobody is there is no number."""
    size = len(values) + data.draw(st.integers(0, 4))
    found = sorted(data.draw(st.permutations(range(size)))[: len(values)])
    zero = np.array([row not in found and data.draw(st.booleans()) for row in range(size)])
    expected = np.full((size, values.shape[1]), np.nan)
    expected[found], expected[zero] = values, 0.0
    np.testing.assert_array_equal(Distances.of(values).with_rows(found, zero).values, expected)


# ------------------------------------------------------------------ work: counted, not timed


class Counter:
    """Counts calls of functions of `orgmodel.paths`, and passes over the lines of a chart."""

    def __init__(self, monkeypatch):
        self.calls = {}
        for name in ("levels", "distances", "network"):
            self._count(monkeypatch, paths, name)
        self._count(monkeypatch, paths.csgraph, "dijkstra")
        counter, plain = self, np.bitwise_or

        class BitwiseOr:
            @staticmethod
            def reduceat(*arguments):
                counter.calls["passes"] = counter.calls.get("passes", 0) + 1
                return plain.reduceat(*arguments)

        monkeypatch.setattr(np, "bitwise_or", BitwiseOr)

    def _count(self, monkeypatch, module, name):
        plain = getattr(module, name)

        def counted(*arguments, **options):
            self.calls[name] = self.calls.get(name, 0) + 1
            return plain(*arguments, **options)

        monkeypatch.setattr(module, name, counted)

    def of(self, name):
        return self.calls.get(name, 0)


def tree(breadth, depth, functions=1):
    """A tree of managers with so many reports each, a unit, and heads of so many functions at the bottom."""
    ids, managers, named = ["n0"], [None], ["executive"]
    level = ["n0"]
    for _ in range(depth):
        below = []
        for boss in level:
            for _ in range(breadth):
                below.append(f"n{len(ids)}")
                ids.append(below[-1])
                managers.append(boss)
                named.append("other")
        level = below
    needed = [function for function in BUSINESS_FUNCTIONS if function != "customer_service"][:functions]
    for boss, function in zip(level, needed, strict=False):
        ids.append(function)
        managers.append(boss)
        named.append(function)
    return (
        Organization.from_columns([*ids, "cs"], [*managers, "n0"], functions=[*named, "customer_service"]),
        Assumptions(needs=dict.fromkeys(needed, 1)),
    )


@pytest.mark.parametrize("functions", [1, 4, 8, 11])
@pytest.mark.parametrize("breadth", [2, 6])
def test_a_sweep_searches_once_for_steps_and_once_for_days(monkeypatch, breadth, functions):
    """Once each, however many functions and candidates there are; nothing is left to Dijkstra's algorithm."""
    organization, assumptions = tree(breadth, 3 if breadth == 6 else 5, functions)
    found = survey(organization, "cs", assumptions)
    counted = Counter(monkeypatch)
    table = found.table
    assert counted.of("levels") <= 2
    assert counted.of("dijkstra") == counted.of("network") == counted.of("distances") == 0
    # A level for each step to the farthest, and one more in which nothing changes: one kind of line here.
    farthest = int(table["worst_distance"].max())
    assert counted.of("passes") <= counted.of("levels") * (farthest + 2)


def test_passes_do_not_depend_on_nodes_or_functions(monkeypatch):
    passes = set()
    for breadth in (2, 8):
        for functions in (1, 4):
            organization, assumptions = tree(breadth, 3, functions)
            with monkeypatch.context() as patch:
                counted = Counter(patch)
                sweep(organization, "cs", assumptions)
            passes.add(counted.of("passes"))
    # All are at most 8 steps away, from the bottom of one branch of the tree to that of another.
    assert max(passes) <= 2 * (8 + 1)


@DOZENS
@given(organizations(30), lengths_of_kinds(WHOLE.map(int)))
def test_levels_are_as_many_as_the_largest_distance_and_the_longest_line(organization, lengths):
    lines = lines_of(organization)
    around = Surroundings(lines, len(organization) + 1, len(organization))
    by_code = {kind: lengths[LINE_KINDS[kind]] for kind in around.neighbours}
    with pytest.MonkeyPatch.context() as patch:
        counted = Counter(patch)
        found = levels(around.neighbours, by_code, len(organization) + 1, [[0], [len(organization) - 1]])
    farthest = int(found[found < 255].max())
    assert counted.of("passes") <= len(by_code) * (farthest + max(by_code.values(), default=1))


@pytest.mark.parametrize("ties", [(), ("Plant", "SalesEast")], ids=["no ties", "a tie"])
def test_another_placement_searches_nothing_again(monkeypatch, ties):
    organization = golden() if ties else Organization.from_columns(*_columns(), functions=_functions())
    found = survey(organization, "CS")
    assert len(found.table)
    counted = Counter(monkeypatch)
    for node, _, _ in GOLDEN_NODES:
        found.assess(Placement.under(node))
    # A second boss is another line of the head, not one of those that are searched.
    found.assess(Placement.shared({"Sales": 0.5, "Ops": 0.5}))
    assert counted.of("levels") == counted.of("passes") == counted.of("distances") == 0


def test_needs_and_vectors_moved_by_a_fifth_search_nothing_again(monkeypatch):
    """Only the days of a line are moved among what lines cost: nothing else makes another search."""
    found = survey(golden(), "CS")
    assert len(found.table)
    counted = Counter(monkeypatch)
    swings = found.candidate_swings(["Ops", "Sales"])
    moved = {(item.key, item.up) for item in swings.variations if item.name == "latencies"}
    of_drawn_kinds = {(key, up) for key, up in moved if key in {"solid", "tie"}}
    assert counted.of("levels") + counted.of("distances") <= len(of_drawn_kinds)


def test_dijkstra_is_not_called_with_default_assumptions(monkeypatch):
    """Not for a chart with every kind of line either."""
    organization = Organization.from_columns(
        *_columns(),
        functions=_functions(),
        further_managers=[
            FurtherManager("Dev", "Ops", "dotted"),
            FurtherManager("CS", "Sales", "shared", 0.5),
            FurtherManager("HR", "Fin", "contract"),
        ],
        ties=[Tie("Plant", "SalesEast")],
    )
    counted = Counter(monkeypatch)
    sweep(organization, "CS")
    assert counted.of("dijkstra") == 0
    assert counted.of("levels") == 2


def _columns():
    ids, managers, _ = zip(*GOLDEN_NODES, ("CS", "CEO", ""), strict=True)
    return ids, managers


def _functions():
    return [*(function for _, _, function in GOLDEN_NODES), "customer_service"]
