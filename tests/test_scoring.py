"""The quick scores of many placements are those of one placement at a time, under any assumptions."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.assumptions import DEFAULT_ASSUMPTIONS
from orgmodel.criteria import CRITERIA, NAMES, POINTS
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.scoring import Scoring
from orgmodel.sweep import survey
from tests.charts_for_tests import assumptions_for, cases, golden

DOZENS = settings(max_examples=20, report_multiple_bugs=False)


def placements(bosses):
    """One of every kind, under bosses drawn from those possible."""
    one, two = (bosses * 2)[:2]
    shares = {one: 0.5, two: 0.5} if one != two else {one: 1.0}
    return [
        None,
        Placement.under(one),
        Placement.under(two),
        Placement.shared(shares),
        Placement.outsourced(one),
        Placement.new_department(two),
        Placement.split(list(dict.fromkeys([one, two])), "equally"),
        Placement.merged(one),
    ]


@DOZENS
@given(cases(14, units=(1, 1, 3)), st.data())
def test_scores_are_those_of_each_placement_assessed_by_itself(case, data):
    organization, unit, assumptions = case
    found = survey(organization, unit, assumptions)
    if found.table.empty:
        return
    ids = found.table.index.tolist()
    chosen = placements(data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2)))
    scoring = Scoring(found, chosen)
    for other in (assumptions, data.draw(assumptions_for(organization))):
        scores, again = scoring.scores(other), survey(organization, unit, other)
        assert scores.shape == (len(chosen), len(CRITERIA))
        for row, placement in enumerate(chosen):
            one = again.assess(placement) if placement else again.current
            expected = [one.scores[name] for name in NAMES]
            np.testing.assert_allclose(scores[row], expected, rtol=1e-9, atol=1e-7, err_msg=str(placement))


def test_values_are_those_of_each_placement():
    found = survey(golden("Ops"), "CS")
    scoring = Scoring(found, [None, Placement.under("Sales")])
    assert scoring.values.loc[0].to_dict() == found.current.values
    assert scoring.values.loc[1].to_dict() == found.assess(Placement.under("Sales")).values


def test_scores_of_the_worked_example():
    """Efficiency .6, sales pressure 4.80, cost pressure 49.11, service shortfall 65.94 under operations."""
    (row,) = Scoring(survey(golden("Ops"), "CS"), [None]).scores(DEFAULT_ASSUMPTIONS)
    scores = dict(zip(NAMES, row.round(2).tolist(), strict=True))
    assert scores["efficiency"] == 40
    assert scores["sales_pressure_conflict"] == 4.80
    assert scores["cost_pressure"] == 49.11
    assert scores["service_shortfall"] == 65.94


def test_customer_service_alone():
    alone = survey(Organization.from_columns(["cs"], [None]), "cs")
    (row,) = Scoring(alone, [None]).scores(DEFAULT_ASSUMPTIONS)
    told = [name for name, score in zip(NAMES, row, strict=True) if not np.isnan(score)]
    assert told == ["waiting_probability", "executive_distance"]


def test_every_criterion_is_an_indicator_with_an_absolute_score():
    assert len(set(NAMES)) == len(CRITERIA) == len(POINTS)
    assert POINTS.sum() == 100
    for criterion in CRITERIA:
        assert criterion.indicator.score is not None
        assert criterion.reason.endswith(".")


def test_distances_enter_the_total_once():
    """All of these follow from the same ways; counted together they would count several times."""
    of_ways = {"silo_risk", "efficiency", "feedback_path_length", "feedback_days", "fidelity"}
    assert of_ways & set(NAMES) == {"efficiency"}
