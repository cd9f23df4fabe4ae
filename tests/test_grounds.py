"""What a number rests on: named, and nothing else moves it."""

import numpy as np
import pytest
from hypothesis import given, settings

from orgmodel.assumptions import ASSUMPTIONS, Assumptions
from orgmodel.grounds import grounds
from orgmodel.indicators import INDICATORS
from orgmodel.lines import LINE_KINDS
from orgmodel.placement import Placement
from orgmodel.sweep import survey
from tests.charts_for_tests import cases, golden


def test_every_indicator_names_assumptions_that_exist():
    known = {info.name for info in ASSUMPTIONS}
    assert all(known.issuperset(item.assumptions) for item in INDICATORS)


@settings(max_examples=25)
@given(cases(max_size=10, units=(1,)))
def test_an_assumption_that_is_not_named_moves_nothing(case):
    organization, unit, assumptions = case
    swings = survey(organization, unit, assumptions).swings([None])
    for item in INDICATORS:
        values = swings.values[item.name][:, 0]
        for variation, value in zip(swings.variations, values[1:], strict=True):
            if variation.name not in item.assumptions:
                np.testing.assert_array_equal(value, values[0], err_msg=f"{item.name}: {variation.title}")


# Every continuous assumption that an indicator names moves it somewhere.
MOVED_BY = {
    (item.name, name)
    for item in INDICATORS
    for name in item.assumptions
    if name not in {"owners", "radius", "lengths", "agents", "planners", "top_depth"}
}
# What these name only says which functions count; with a queue of no patience only the ratio does.
NOT_BY_A_FIFTH = {
    ("worst_distance", "needs"),
    ("breadth", "needs"),
    ("unreachable_weight", "needs"),
    ("waiting_probability", "service_time"),
    ("span_deviation", "span_least"),
    ("span_deviation", "span_most"),
    ("span_deviation", "service_span_most"),
}


def test_each_named_assumption_moves_the_number():
    organization = golden("Ops")
    moved = set()
    for assumptions in (
        Assumptions(transparency=0.5, rule_coverage=0.5, automation=0.2, patience=5.0, contract_alpha=0.5),
        Assumptions(transparency=0.5, rule_coverage=0.5, automation=0.2, value_vector=(0.5, 0.0, 0.5, 0.0)),
    ):
        found = survey(organization, "CS", assumptions)
        swings = found.swings(
            [
                Placement.under("CEO"),
                Placement.outsourced("Sales"),
                Placement.shared({"Sales": 0.75, "Ops": 0.25}),
                Placement.under("Plant"),
            ]
        )
        for item in INDICATORS:
            values = swings.values[item.name]
            moves = ~((values == values[0]) | (np.isnan(values) & np.isnan(values[0]))).all(axis=1)
            moved |= {(item.name, swings.variations[row - 1].name) for row in np.flatnonzero(moves)}
    assert moved - MOVED_BY == set()
    assert MOVED_BY - moved <= NOT_BY_A_FIFTH


@settings(max_examples=60)
@given(cases(max_size=14, units=(1, 3)))
def test_the_lines_are_those_of_the_chart(case):
    organization, unit, assumptions = case
    found = survey(organization, unit, assumptions).current
    drawn = {
        frozenset((start, end, kind))
        for start, end, kind in found.organization.to_networkx().edges(keys=True)
    }
    for part in found.evidence:
        by_name = grounds(found.organization, part)
        assert list(by_name) == [item.name for item in INDICATORS]
        for ground in by_name.values():
            assert ground.nodes[0] == part.unit
            assert len(set(ground.nodes)) == len(ground.nodes)
            assert {end for line in ground.lines for end in line[:2]} <= set(ground.nodes)
            assert {frozenset(line) for line in ground.lines} <= drawn
            assert {line[2] for line in ground.lines} <= set(LINE_KINDS)


@pytest.mark.parametrize(
    ("name", "nodes"),
    [
        ("silo_risk", {"CS", "Ops", "CEO", "Sales", "IT", "Fin"}),
        ("sales_pressure_conflict", {"CS", "Ops", "CEO"}),
        ("effective_bosses", {"CS", "Ops"}),
        ("climb", {"CS", "Ops"}),
        ("executive_distance", {"CS", "Ops", "CEO"}),
        ("breadth", {"CS", "Ops"}),
        ("waiting_time", {"CS"}),
    ],
)
def test_the_worked_example(name, nodes):
    found = survey(golden("Ops"), "CS").current
    assert set(grounds(found.organization, found.evidence[0])[name].nodes) == nodes


def test_a_quarrel_climbs_both_sides():
    found = survey(golden("Dev"), "CS").current
    lines = grounds(found.organization, found.evidence[0])["climb"].lines
    assert lines == (
        ("CS", "Dev", "solid"),
        ("Dev", "IT", "solid"),
        ("IT", "CEO", "solid"),
        ("Ops", "CEO", "solid"),
    )
