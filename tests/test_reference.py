"""The second implementation (`tests/reference.py`) itself: against definitions and closed forms."""

import itertools
import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import reference
from tests.charts_for_tests import cases
from tests.reference_queues import contest_chance, impatient, many_servers

DOZENS = settings(max_examples=50, report_multiple_bugs=False)
LOADS = st.floats(0, 0.99)


# ------------------------------------------------------------------ ways


@DOZENS
@given(cases(units=(1,)))
def test_distances_over_the_neighbours(case):
    """The definition: the least of length to a neighbour + distance in the chart without the unit."""
    organization, (unit,), assumptions = case
    chart = organization.to_networkx()
    without = nx.MultiDiGraph(chart)
    without.remove_node(unit)
    lines = [
        *chart.in_edges(unit, keys=True),
        *((b, a, kind) for a, b, kind in chart.out_edges(unit, keys=True)),
    ]
    least = {unit: 0}
    for neighbour, _, kind in lines:
        for node, rest in reference.distances(without, neighbour, assumptions.lengths).items():
            least[node] = min(least.get(node, np.inf), assumptions.lengths[kind] + rest)
    assert least == reference.distances(chart, unit, assumptions.lengths)


@DOZENS
@given(cases(max_size=7, units=(1,)))
def test_content_kept_is_that_of_the_best_of_all_ways(case):
    organization, (unit,), assumptions = case
    chart = organization.to_networkx()
    kinds = {}
    for a, b, kind in chart.edges(keys=True):
        kinds.setdefault(frozenset((a, b)), set()).add(kind)

    def best_of(hop, free):
        alphas = dict.fromkeys(kinds[frozenset(hop)], assumptions.alpha)
        if "contract" in alphas:
            alphas["contract"] = assumptions.contract_alpha
        return max(alpha ** (assumptions.lengths[kind] - free) for kind, alpha in alphas.items())

    def kept(way):
        first, *others = itertools.pairwise(way)
        return best_of(first, 1) * math.prod(best_of(hop, 0) for hop in others)

    best = {
        node: max(map(kept, ways))
        for node in chart
        if node != unit and (ways := list(nx.all_simple_paths(nx.Graph(chart), unit, node)))
    }
    assert reference.content_kept(chart, unit, assumptions) == pytest.approx(best)


@DOZENS
@given(cases(units=(1,)))
def test_content_kept_without_contracts_hangs_on_the_distance(case):
    organization, (unit,), assumptions = case
    chart = organization.to_networkx()
    chart.remove_edges_from([line for line in chart.edges(keys=True) if line[2] == "contract"])
    expected = {
        node: assumptions.alpha ** (length - 1)
        for node, length in reference.distances(chart, unit, assumptions.lengths).items()
        if node != unit
    }
    assert reference.content_kept(chart, unit, assumptions) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("graph", "end", "routes"),
    [
        (nx.cycle_graph(4), 1, 2),  # the line itself, and the long way round
        (nx.cycle_graph(4), 2, 2),
        (nx.path_graph(2), 1, 1),
        (nx.path_graph(3), 2, 1),
        (nx.empty_graph(2), 1, 0),
        (nx.complete_graph(5), 4, 4),
    ],
    ids=["neighbours in a circle", "across a circle", "a line", "a path", "no way", "all with all"],
)
def test_disjoint_routes(graph, end, routes):
    """Menger's theorem, on graphs where the number is seen at once."""
    assert reference.disjoint_routes(nx.MultiDiGraph(graph), 0, end) == routes


def test_lines_of_several_kinds_are_one_route():
    chart = nx.MultiDiGraph([("a", "b", "solid"), ("a", "b", "tie"), ("b", "a", "dotted")])
    assert reference.disjoint_routes(chart, "a", "b") == 1


# ------------------------------------------------------------------ bosses


@DOZENS
@given(
    st.lists(
        st.tuples(st.floats(0.1, 1), st.tuples(*[st.floats(0, 1)] * 4).filter(lambda v: max(v) > 0.01)),
        min_size=1,
        max_size=5,
    )
)
def test_disagreement_is_one_less_the_squared_length_of_the_mean_direction(drawn):
    """Rao's quadratic entropy: the sum over all pairs of 1 - cos is 1 - |sum of a u|^2."""
    total = sum(share for share, _ in drawn)
    shares = [share / total for share, _ in drawn]
    units = [reference.unit_length(vector) for _, vector in drawn]
    pairs = sum(
        a * b * (1 - reference.dot(u, v))
        for a, u in zip(shares, units, strict=True)
        for b, v in zip(shares, units, strict=True)
    )
    together = np.average(units, axis=0, weights=shares)
    assert pairs == pytest.approx(1 - together @ together, abs=1e-12)


# ------------------------------------------------------------------ queues


@DOZENS
@given(st.integers(1, 40), LOADS)
def test_erlang_c_by_erlangs_recursion(servers, busy):
    """1/B_k = 1 + k/(a B_(k-1)) and C = B/(1 - (1 - B) a/c): Erlang's own way."""
    load = busy * servers
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = load * blocked / (number + load * blocked)
    expected = blocked / (1 - (1 - blocked) * busy)
    waits, wait = many_servers(servers, load)
    assert waits == pytest.approx(expected, abs=1e-12)
    assert wait == pytest.approx(expected / (servers - load), abs=1e-12)


@DOZENS
@given(st.floats(0.001, 0.99))
def test_one_server(load):
    """M/M/1: the chance to wait is the utilisation, the mean wait rho / (1 - rho) service times."""
    assert many_servers(1, load) == pytest.approx((load, load / (1 - load)))


@pytest.mark.parametrize("servers", [1, 3, 20])
def test_more_than_can_be_done(servers):
    assert many_servers(servers, servers) == (1.0, math.inf)
    assert contest_chance(servers, servers + 1, 1.0, 1000.0) == 1.0


@DOZENS
@given(st.integers(1, 40), LOADS)
def test_very_patient_customers_are_as_good_as_those_who_never_give_up(servers, busy):
    load = 0.9 * busy * servers
    assert impatient(servers, load, 1e7) == pytest.approx(many_servers(servers, load), rel=1e-4)


@DOZENS
@given(st.integers(1, 40), st.floats(0.01, 2))
def test_customers_as_patient_as_their_service_is_long(servers, busy):
    """Then every customer leaves at the same rate, waiting or not: as many are present as Poisson says."""
    load = busy * servers
    fewer = math.exp(-load) * math.fsum(load**k / math.factorial(k) for k in range(servers))
    waits, _ = impatient(servers, load, 1.0)
    assert waits == pytest.approx(1 - fewer, abs=1e-12)


@DOZENS
@given(st.integers(1, 40), st.floats(0.01, 2), st.floats(0.1, 50))
def test_who_does_not_give_up_is_served(servers, busy, patience):
    """Who gives up are wait / patience of all; the others keep all servers busy whenever somebody waits."""
    load = busy * servers
    waits, wait = impatient(servers, load, patience)
    served = load * (1 - wait / patience)
    assert waits * servers - 1e-9 <= served <= servers + 1e-9
