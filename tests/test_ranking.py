"""The ranking of placements: its rules, its Monte Carlo, and what no number may bring about."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.alternatives import alternatives
from orgmodel.assumptions import DEFAULT_ASSUMPTIONS, Assumptions
from orgmodel.criteria import NAMES
from orgmodel.decision import decide
from orgmodel.functions import customer_service_proposals
from orgmodel.importing import read_organization
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.questionnaire import QUESTIONS, Answers, Reply, aims
from orgmodel.ranking import at_later_date, candidate_totals, later_assumptions, rank, totals
from orgmodel.scoring import Scoring
from orgmodel.sweep import survey
from tests.charts_for_tests import cases, golden

DATA = Path(__file__).parent.parent / "data"
EXAMPLES = ("startup_12", "golden_with_service", "manufacturer_150", "software_400", "bank_1200")
DOZENS = settings(max_examples=30, report_multiple_bugs=False)
NAN = float("nan")


def ranking_of(chart, unit="CS", answers=None, assumptions=DEFAULT_ASSUMPTIONS):
    said = answers or Answers()
    surveyed = survey(chart, unit, aims(said, assumptions).assumptions)
    return rank(surveyed, alternatives(surveyed).kept, said, assumptions)


# ------------------------------------------------------------------ totals


def test_a_missing_number_counts_as_the_worst():
    weights = np.array([0.5, 0.5])
    assert totals(np.array([[20.0, NAN], [20.0, 99.0], [20.0, 100.0]]), weights).tolist() == [60, 59.5, 60]


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=2, max_size=6))
def test_losing_a_number_never_helps(rows):
    scores, weights = np.array(rows), np.array([0.3, 0.7])
    for row in range(len(rows)):
        for column in range(2):
            without = scores.copy()
            without[row, column] = NAN
            assert totals(without, weights)[row] >= totals(scores, weights)[row]


def test_what_nobody_has_is_left_out_for_all():
    """Without operations nobody arbitrates: no placement loses by that."""
    chart = Organization.from_columns(
        ["ceo", "sales", "mkt", "cs"],
        [None, "ceo", "ceo", "sales"],
        functions=["executive", "sales", "marketing", "customer_service"],
    )
    ranking = ranking_of(chart, "cs")
    assert not ranking.counted[NAMES.index("escalation_probability")]
    assert ranking.weights.sum() == pytest.approx(1)
    assert (ranking.coverage <= 1 + 1e-12).all()


def test_the_total_does_not_hang_on_which_others_are_looked_at():
    surveyed = survey(golden("Ops"), "CS")
    found = alternatives(surveyed).kept
    whole = rank(surveyed, found, Answers(), DEFAULT_ASSUMPTIONS)
    some = rank(surveyed, found[:3], Answers(), DEFAULT_ASSUMPTIONS)
    assert some.totals.tolist() == pytest.approx(whole.totals[:3].tolist())


def total(surveyed, placement, ranking):
    """The total of one placement, scored by itself."""
    (found,) = totals(Scoring(surveyed, [placement]).scores(surveyed.assumptions), ranking.weights)
    return found


def test_totals_of_candidates_and_of_changed_charts_are_those_of_the_ranking():
    ranking = ranking_of(golden("Ops"))
    surveyed = ranking.scoring.survey
    _, of_candidates = candidate_totals(surveyed, ranking)
    by_id = dict(zip(surveyed.table.index, of_candidates, strict=True))
    for row, alternative in enumerate(ranking.alternatives):
        placement = alternative.placement
        if placement is not None and placement.kind == "under":
            assert by_id[placement.bosses[0][0]] == pytest.approx(ranking.totals[row])
            assert total(surveyed, placement, ranking) == pytest.approx(ranking.totals[row])
    (today,) = (row for row, each in enumerate(ranking.alternatives) if each.today)
    assert total(surveyed, None, ranking) == pytest.approx(ranking.totals[today])


def test_identical_placements_share_their_place():
    """Of two heads of one-person functions that are alike in everything, none is better."""
    chart = Organization.from_columns(
        ["ceo", "ops", "a", "b", "cs"],
        [None, "ceo", "ceo", "ceo", "ops"],
        functions=["executive", "operations", "hr", "hr", "customer_service"],
    )
    surveyed = survey(chart, "cs")
    found = alternatives(surveyed, [Placement.under("a"), Placement.under("b")]).kept
    ranking = rank(surveyed, found, Answers(), DEFAULT_ASSUMPTIONS)
    a, b = (
        next(row for row, each in enumerate(found) if each.placement == Placement.under(boss))
        for boss in ("a", "b")
    )
    sure = ranking.acceptability
    assert ranking.totals[a] == pytest.approx(ranking.totals[b])
    np.testing.assert_allclose(sure.rank_acceptability[a], sure.rank_acceptability[b], atol=1e-12)


# ------------------------------------------------------------------ under uncertainty


@DOZENS
@given(cases(10, units=(1, 1, 3)))
def test_shares_sum_to_one_on_any_chart(case):
    organization, unit, assumptions = case
    surveyed = survey(organization, unit, assumptions)
    if surveyed.table.empty:
        return
    ranking = rank(surveyed, alternatives(surveyed).kept, Answers(), assumptions)
    assert np.isfinite(ranking.totals).all()
    assert sorted(ranking.order.tolist()) == list(range(len(ranking.alternatives)))
    assert (np.diff(ranking.totals[ranking.order]) >= -1e-8).all()


def test_shares_of_the_worked_example():
    ranking = ranking_of(golden("Ops"))
    sure = ranking.acceptability
    np.testing.assert_allclose(sure.rank_acceptability.sum(axis=0), 1)
    np.testing.assert_allclose(sure.rank_acceptability.sum(axis=1), 1)
    assert sure.draws == 100_000
    assert (sure.standard_error < 0.03).all()
    again = ranking_of(golden("Ops")).acceptability
    assert again.first.tolist() == sure.first.tolist()  # the same question has the same answer


def test_what_is_certain_is_not_drawn():
    """Importance of one criterion alone: whoever has the best score there is first in all weightings."""
    ranking = ranking_of(
        golden("Ops"), answers=Answers(importance={name: float(name == "efficiency") for name in NAMES})
    )
    nearest = ranking.scores[:, NAMES.index("efficiency")]
    assert ranking.acceptability.first[int(np.argmin(nearest))] > 0.95
    assert ranking.order[0] == np.argmin(nearest)


def test_deciders_are_shares_of_the_variance():
    ranking = ranking_of(golden("Ops"))
    found = ranking.deciders(*ranking.order[:2].tolist())
    assert set(found.first) == set(found.total)
    assert "What counts how much" in found.total
    assert all(share > -0.1 for share in found.total.values())
    assert 0.8 < sum(found.first.values()) < 1.2  # hardly any interaction in a weighted mean


def test_ties_are_found_from_both_sides():
    ranking = ranking_of(golden("Ops"))
    assert ranking.order[0] not in ranking.ties
    lone = replace(ranking, alternatives=ranking.alternatives[:1], scores=ranking.scores[:1])
    assert lone.order.tolist() == [0]


# ------------------------------------------------------------------ a later date


def test_the_later_date_has_more_automation_and_more_need_of_it():
    later = later_assumptions(Assumptions(needs={"operations": 1.0}, automation=0.1))
    assert (later.automation, later.service_time) == (0.4, 8)
    assert later.needs_rescaled["it"] == pytest.approx(0.2 / 1.2)
    assert later_assumptions(Assumptions(automation=0.9)).automation == 0.9  # never less than today
    ranking = ranking_of(golden("Ops"))
    it = next(row for row, each in enumerate(ranking.alternatives) if each.key == "it")
    assert at_later_date(ranking).totals[it] < ranking.totals[it]


# ------------------------------------------------------------------ on the examples


@pytest.fixture(scope="module")
def decisions():
    charts = {name: read_organization(DATA / f"{name}.csv").organization for name in EXAMPLES}
    return {name: decide(chart, customer_service_proposals(chart)[0].ids) for name, chart in charts.items()}


def test_the_head_of_the_organization_is_not_first_everywhere(decisions):
    """A chief executive is near everything by construction; what that costs has to count."""
    assert any(decision.best.structure != "chief_executive" for decision in decisions.values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_placement_is_recommended_because_of_a_missing_number(decisions, name):
    """The first is no worse than any other in what can be told for both."""
    ranking = decisions[name].now
    first = int(ranking.order[0])
    for other in ranking.order[1:]:
        both = ~np.isnan(ranking.scores[first]) & ~np.isnan(ranking.scores[other])
        weights = np.where(both, ranking.weights, 0.0)
        mine, theirs = (np.nan_to_num(ranking.scores[row]) @ weights for row in (first, other))
        assert mine <= theirs + 1e-9


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_has_a_recommendation_flip_points_and_claims(decisions, name):
    decision = decisions[name]
    assert decision.recommendation.headline.endswith(".")
    assert decision.flips
    assert decision.claims(decision.best)
    assert decision.alternatives.kept[0].key
    assert any(each.today for each in decision.now.alternatives)


def answered(goal):
    return Answers({each.key: Reply("yes" if each.goal == goal else "no") for each in QUESTIONS if each.goal})


@pytest.mark.parametrize("goal", ["operations", "sales", "marketing"])
@pytest.mark.parametrize("name", ["golden_with_service", "manufacturer_150"])
def test_a_goal_makes_its_department_no_worse(decisions, name, goal):
    """Whoever names one goal only sees the department of that goal no lower than without any answer."""
    before = decisions[name]
    after = decide(before.survey.organization, before.survey.unit, answered(goal))

    def place(decision):
        keys = [decision.now.alternatives[row].structure for row in decision.now.order]
        return keys.index(goal)

    assert place(after) <= place(before)
    assert after.home.functions == (goal,)


def test_a_first_place_that_rests_on_numbers_the_others_lack_is_a_tie():
    """Nothing is known of what anybody is measured by; a new department brings measures of its own."""
    chart = Organization.from_columns(["a", "b", "c", "d"], [None, "a", "a", "b"])
    found = decide(chart, "d")
    ranking = found.now
    today = next(row for row, each in enumerate(ranking.alternatives) if each.today)
    assert ranking.coverage[today] < 1
    assert today in ranking.unknown
    assert set(ranking.unknown) <= set(ranking.ties)


def test_weights_of_nothing_that_can_be_told_are_alike():
    """All importance lies on a criterion that is defined nowhere: service is not for revenue here."""
    said = Answers(importance={name: float(name == "sales_disconnect") for name in NAMES})
    ranking = ranking_of(golden("Ops"), answers=said, assumptions=Assumptions(value_vector=(0, 0, 0, 1)))
    assert ranking.weights[ranking.counted].tolist() == pytest.approx(
        [1 / ranking.counted.sum()] * ranking.counted.sum()
    )
    assert ranking.acceptability.first.sum() == pytest.approx(1)
