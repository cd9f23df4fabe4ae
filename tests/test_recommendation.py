"""The recommendation: what it says follows from the numbers, and it never says more."""

import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from orgmodel.assumptions import DEFAULT_ASSUMPTIONS
from orgmodel.criteria import CRITERIA
from orgmodel.decision import decide
from orgmodel.functions import customer_service_proposals
from orgmodel.importing import read_organization
from orgmodel.questionnaire import Answers
from orgmodel.recommendation import NO_FORECAST, differences, recommendation
from tests.charts_for_tests import golden
from tests.rankings_for_tests import ranking_of, scores_of

DATA = Path(__file__).parents[1] / "data"
# Words for causes: no study supports one (INDICATORS' own docstring says so).
CAUSES = re.compile(
    r"\b(will|causes?|caused|because of|leads? to|results? in|improves?|worsens?|guarantees?)\b",
    re.IGNORECASE,
)
FLIP = SimpleNamespace(sentence="“B” would come before “A” if nearness counted 20 % instead of 25 %.")


class Flips(list):
    sentence = "7 weights were changed one at a time as far as they go: none of them turns the order."


@given(
    arrays(np.float64, (4, len(CRITERIA)), elements=st.floats(0, 100)), st.integers(0, 3), st.integers(0, 3)
)
def test_what_the_criteria_are_worth_sums_to_the_difference_of_the_totals(scores, first, second):
    ranking = ranking_of(scores)
    points = [reason.points for reason in differences(ranking, first, second)]
    assert sum(points) == pytest.approx(ranking.totals[second] - ranking.totals[first], abs=1e-9)
    assert points == sorted(points, reverse=True)
    back = [-reason.points for reason in differences(ranking, second, first)]
    assert sorted(back) == pytest.approx(sorted(points))


@given(arrays(np.float64, (3, len(CRITERIA)), elements=st.floats(0, 100) | st.just(np.nan)))
def test_what_cannot_be_told_is_no_reason(scores):
    scores[:, 0] = (1, 2, 3)  # something can be told
    ranking = ranking_of(scores)
    for reason in differences(ranking, 0, 1):
        column = CRITERIA.index(reason.criterion)
        assert not np.isnan(scores[:2, column]).any()
    assert recommendation(ranking).headline


def test_staying_where_today_is_the_best():
    ranking = ranking_of(scores_of(efficiency=[10, 50, 70]), today=0)
    found = recommendation(ranking)
    assert found.headline == "These numbers point to the place it has today: under P0."
    # Nearness is 1 - score / 100; the others have 0.5 and 0.3.
    assert found.reasons == (
        "What speaks for it most: nearness at 90 % instead of 40 % elsewhere on average.",
    )
    assert found.objection == "Nothing that counts is worse than elsewhere on average."


def test_the_two_strongest_reasons_and_the_strongest_objection():
    scores = scores_of(
        efficiency=[60, 20],
        sales_pressure_conflict=[80, 10],
        cost_pressure=[30, 25],
        service_shortfall=[0, 12],
        boss_disagreement=[0, 20],
    )
    found = recommendation(ranking_of(scores, today=0))
    assert found.headline == "These numbers point to P1: under P1."
    (reasons,) = found.reasons
    assert reasons == (
        "What speaks for it most: sales-pressure conflict at 10 % of value instead of 80 % and nearness at "
        "80 % instead of 40 % today."
    )
    assert found.objection == "What speaks against it most: boss disagreement at 20 % instead of 0 % today."


def test_the_weights_decide_which_reason_is_strongest():
    scores = scores_of(efficiency=[60, 20], sales_pressure_conflict=[80, 10])
    weights = [10.0, *[1.0] * (len(CRITERIA) - 1)]
    assert (
        differences(ranking_of(scores, weights), 1, 0)[0].criterion.name == CRITERIA[0].name == "efficiency"
    )


def test_an_objection_from_another_placement_where_nothing_is_worse_than_today():
    scores = scores_of(efficiency=[60, 20, 10], sales_pressure_conflict=[80, 10, 90])
    found = recommendation(ranking_of(scores, today=0))
    assert found.objection == (
        "Nothing that counts is worse than today. The most that another has ahead of it: nearness at 90 % "
        "with P2 instead of 80 %."
    )


def test_in_how_many_weightings_with_the_error_of_the_simulation():
    ranking = ranking_of(
        scores_of(efficiency=[0, 50], sales_pressure_conflict=[50, 0], cost_pressure=[10, 12])
    )
    (sentence,) = recommendation(ranking).how_sure
    share = round(100 * ranking.acceptability.first[0])
    assert re.match(rf"It comes first in {share} % \(± \d\.\d points\) of 2,000 weightings, ", sentence)
    assert f"next comes P1 with {100 - share} % (± " in sentence


def test_a_close_call_is_called_one():
    ranking = ranking_of(scores_of(efficiency=[20, 21, 50]), today=1, ties=(1,))
    (_, close, stay) = recommendation(ranking).how_sure
    assert close.startswith("It is a close call")
    assert "the place it has today" in close
    assert stay == "Today's place is among these: by the numbers alone there is no need to move."


def test_another_one_may_come_first_more_often():
    """One that is often a little worse and seldom much better has the better total and fewer first places."""
    scores = np.array([[100.0, 0.0], [30.0, 50.0], [100.0, 100.0]])
    ranking = ranking_of(scores, weights=[0.45, 0.55])
    ranking.acceptability = SimpleNamespace(
        first=np.array([0.7, 0.3, 0.0]), first_error=np.full(3, 0.0102), draws=100
    )
    assert ranking.totals.tolist() == pytest.approx([45.0, 41.0, 100.0])
    text = recommendation(ranking).text
    assert (
        "comes first in more of them, 70 % (± 2.0 points), though its total is worse: 45.0 against 41.0"
        in text
    )
    assert "next comes" not in text


def test_what_would_turn_it_and_what_is_not_known():
    ranking = ranking_of(scores_of(efficiency=[20, 50]))
    assert recommendation(ranking).flip == ""
    assert recommendation(ranking, flips=Flips([FLIP])).flip.endswith(FLIP.sentence)
    assert recommendation(ranking, flips=Flips()).flip == Flips.sentence
    missing = [SimpleNamespace(title=title) for title in ("Regions", "IT", "Regions")]
    lacks = recommendation(ranking, ["No ties are drawn."], missing).lacks
    assert lacks == (
        "No ties are drawn.",
        "Not compared, because this chart shows no place for them: Regions and IT.",
    )


def test_what_has_no_number_is_said_and_counts_against_it():
    scores = np.array([[10.0, np.nan, 0.0, 0.0], [90.0, 90.0, 90.0, 90.0]])
    found = recommendation(ranking_of(scores))
    assert found.lacks == ("For 25 % of the weight this placement has no number; that counts against it.",)


def test_one_placement():
    found = recommendation(ranking_of([[10.0]]))
    assert found.headline.startswith("There is only one place for customer service")
    assert found.how_sure == ()


def test_placements_that_are_alike():
    found = recommendation(ranking_of([[10.0, 20.0]] * 3, today=1, ties=(1, 2)))
    assert found.reasons == ("By no criterion alone is it clearly better than today.",)
    assert found.objection == "Nothing that counts is worse than today."
    assert "in 33 % (± " in found.text


@pytest.mark.parametrize("name", ["golden_with_service.csv", "startup_12.csv", "manufacturer_150.csv"])
def test_on_the_example_charts(name):
    chart = read_organization(DATA / name).organization
    decision = decide(chart, customer_service_proposals(chart)[0].ids, Answers(), DEFAULT_ASSUMPTIONS)
    found = recommendation(decision.now, decision.survey.notes, decision.alternatives.missing, decision.flips)
    text = found.text.replace(NO_FORECAST, "")
    assert not CAUSES.search(text), CAUSES.search(text)
    assert text.startswith("These numbers point to ")
    assert "weightings" in text
    assert "±" in text
    assert "What speaks for it most" in text
    assert ("staying with" in text) == decision.best.today
    assert found.objection in text
    assert found.flip in text
    assert found.flip
    for note in decision.survey.notes:
        assert note in text


def test_no_number_that_is_none():
    text = decide(golden(), "CS").recommendation.text
    assert not re.search(r"\bp\d\b|\bnan\b|\binf\b", text)
