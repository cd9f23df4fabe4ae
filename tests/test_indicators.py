"""What holds for every indicator: the contract that screens, tables and reports rely on."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings

from orgmodel.assumptions import Assumptions
from orgmodel.indicators import HEADLINES, INDICATORS
from orgmodel.indicators.silo import out_of_reach
from orgmodel.situation import Situation
from tests.charts_for_tests import cases, golden

SECTIONS = ("Formula", "Unit, range", "Edge cases", "Source")


def test_the_headlines_are_these_three():
    assert [item.name for item in HEADLINES] == [
        "silo_risk",
        "sales_pressure_conflict",
        "feedback_path_length",
    ]
    assert INDICATORS[:3] == HEADLINES
    assert all(item.score is not None for item in HEADLINES)


@pytest.mark.parametrize("item", INDICATORS, ids=lambda item: item.name)
def test_an_indicator_explains_itself(item):
    assert item.function.__name__ == item.name
    sections = [line.strip() for line in item.definition.splitlines()]
    for section in SECTIONS:
        assert section in sections
    assert item.direction in {"lower is better", "higher is better", "no good or bad end"}
    assert item.score is None or item.direction != "no good or bad end"
    assert item.unit
    assert item.undefined.endswith(".")


@settings(max_examples=60)
@given(cases(max_size=15))
def test_one_value_per_placement_within_its_range(case):
    organization, unit, assumptions = case
    situation = Situation(organization, unit, assumptions)
    context = situation.candidate_context(situation.heads[0])
    for item in INDICATORS:
        values = item.function(context)
        assert values.shape == (context.size,)
        known = values[~np.isnan(values)]
        assert (known >= (-1 if item.name == "ei_index" else 0)).all()
        if item.unit.startswith("%"):
            assert (known <= 100 + 1e-9).all()
        if item.unit == "0 to 1":
            assert (known <= 1 + 1e-9).all()
        if item.score is not None:
            scores = item.score(known)
            assert ((scores >= 0) & (scores <= 100 + 1e-9)).all()


def test_a_wider_reach_never_adds_silo_risk():
    situation = Situation(golden("Ops"), ["CS"], Assumptions())
    context = situation.candidate_context(situation.heads[0])
    risks = [out_of_reach(context, reach) for reach in range(1, 6)]
    assert all((wider <= narrower).all() for narrower, wider in itertools.pairwise(risks))
    assert (risks[-1] == 0).all()
