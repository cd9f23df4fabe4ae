"""All candidates at once give what one candidate at a time gives (`tests/reference.py`), on any chart."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.indicators import INDICATORS
from orgmodel.placement import Placement
from orgmodel.sweep import assess, survey, sweep
from tests import reference
from tests.charts_for_tests import cases
from tests.reference import VALUES, assert_same

HUNDREDS = settings(max_examples=100, report_multiple_bugs=False)
DOZENS = settings(HUNDREDS, max_examples=50)


def test_every_indicator_has_a_second_implementation():
    assert set(VALUES) == {indicator.name for indicator in INDICATORS}


@HUNDREDS
@given(cases())
def test_sweep(case):
    organization, unit, assumptions = case
    expected = reference.sweep(organization.to_networkx(), unit, assumptions)
    table = sweep(organization, unit, assumptions)
    assert sorted(table.index) == sorted(expected)
    for boss, row in table.iterrows():
        assert_same(row, expected[boss])


@HUNDREDS
@given(cases(units=(1, 3)), st.data())
def test_assess_under_several_bosses(case, data):
    organization, unit, assumptions = case
    chart = organization.to_networkx()
    outside = reference.candidates(chart, unit)
    if not outside:
        return
    shares = data.draw(st.sampled_from([(1.0,), (0.5, 0.5), (0.25, 0.75), (0.25, 0.25, 0.5)]))
    bosses = data.draw(st.lists(st.sampled_from(outside), min_size=1, max_size=len(shares), unique=True))
    placed = dict(zip(bosses, shares, strict=False))
    placed[bosses[-1]] += 1 - sum(placed.values())
    result = assess(organization, unit, Placement.shared(placed), assumptions)
    assert_same(result.values, reference.shared(chart, unit, assumptions, placed))


@DOZENS
@given(cases())
def test_today(case):
    organization, unit, assumptions = case
    chart = organization.to_networkx()
    current = survey(organization, unit, assumptions).current
    assert_same(current.values, reference.as_it_is(chart, unit, assumptions))


@DOZENS
@given(cases(units=(1,)))
def test_owners_and_what_is_unreachable(case):
    organization, unit, assumptions = case
    chart = organization.to_networkx()
    found = reference.owners(chart, unit, assumptions)
    result = survey(organization, unit, assumptions)
    for function, ids in found.items():
        if ids:
            assert sorted(result.owners[function]) == sorted(ids)
    needs = assumptions.needs
    assert result.coverage == pytest.approx(sum(needs[function] for function in found) / sum(needs.values()))
    for boss, row in result.table.iterrows():
        reached = reference.distances(reference.moved(chart, unit[0], boss), unit[0], assumptions.lengths)
        lost = {function for function, ids in found.items() if ids and not set(ids) & set(reached)}
        assert set(row["unreachable"]) == lost


@DOZENS
@given(cases(max_size=15, units=(1,)))
def test_every_undefined_value_has_its_reason(case):
    for _, row in sweep(*case).iterrows():
        assert set(row["undefined"]) == {column for column in VALUES if np.isnan(row[column])}
        assert all(row["undefined"].values())


@DOZENS
@given(cases(units=(1,)))
def test_routes_of_the_evidence(case):
    """Each route is a way over lines of the chart after the move, and as long as the shortest."""
    organization, unit, assumptions = case
    chart = organization.to_networkx()
    found = reference.owners(chart, unit, assumptions)
    for boss in reference.candidates(chart, unit)[:3]:
        result = assess(organization, unit, Placement.under(boss), assumptions)
        placed = reference.moved(chart, unit[0], boss)
        steps = reference.distances(placed, unit[0], assumptions.lengths)
        days = reference.distances(placed, unit[0], assumptions.latencies)
        (evidence,) = result.evidence
        routes = {route.function: route for route in evidence.routes}
        for function, ids in found.items():
            route = routes[function]
            assert route.steps == reference.nearest(steps, ids)
            assert route.days == pytest.approx(reference.nearest(days, ids))
            if not 0 < route.steps < np.inf:
                continue
            assert (route.nodes[0], route.nodes[-1]) == (unit[0], route.owner)
            assert route.owner in ids
            hops = list(zip(route.nodes, route.nodes[1:], route.kinds, strict=False))
            assert len(hops) == len(route.kinds) == len(route.nodes) - 1
            assert all(placed.has_edge(a, b, kind) or placed.has_edge(b, a, kind) for a, b, kind in hops)
            assert sum(assumptions.lengths[kind] for kind in route.kinds) == route.steps
            assert route.disjoint == reference.disjoint_routes(placed, unit[0], route.owner)


@DOZENS
@given(cases(units=(1,)))
def test_what_the_evidence_says_is_inherited_makes_up_what_the_bosses_are_measured_by(case):
    organization, unit, assumptions = case
    for boss in reference.candidates(organization.to_networkx(), unit)[:3]:
        (evidence,) = assess(organization, unit, Placement.under(boss), assumptions).evidence
        together = [
            sum(item.weight * item.vector[metric] for item in evidence.inherited) for metric in range(4)
        ]
        if any(together):
            assert sum(item.weight for item in evidence.inherited) == pytest.approx(1)
            assert evidence.measured_by == pytest.approx(reference.unit_length(together))
        else:
            assert np.isnan(evidence.measured_by).all()
