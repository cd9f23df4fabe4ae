"""The recommendation: what it says follows from the numbers, and it never says more."""

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from orgmodel.alternatives import Alternative
from orgmodel.assumptions import DEFAULT_ASSUMPTIONS
from orgmodel.criteria import CRITERIA
from orgmodel.decision import decide
from orgmodel.functions import customer_service_proposals
from orgmodel.importing import read_organization
from orgmodel.placement import Placement
from orgmodel.questionnaire import Answers
from orgmodel.recommendation import NO_FORECAST, described, differences, recommendation, shown_order
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
    assert found.headline == "Stay where it is, under P0: no other place is better."
    # Nearness is 1 - score / 100; the others have 0.5 and 0.3.
    (reasons,) = found.reasons
    assert reasons == (
        "What speaks for it most, compared with the others on average: nearness to those it needs 90 % "
        "instead of 40 % (higher is better)."
    )
    assert found.objection == "Nothing that counts is worse than with the others on average."


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
        "What speaks for it most, compared with today: sales-pressure conflict 10 % instead of 80 % (lower "
        "is better) and nearness to those it needs 80 % instead of 40 % (higher is better)."
    )
    assert (
        found.objection
        == "What speaks against it most: boss disagreement 20 % instead of 0 % (lower is better)."
    )


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
        "Nothing that counts is worse than today. The most that another has ahead of it: with P2, nearness "
        "to those it needs 90 % instead of 80 % (higher is better)."
    )


def test_in_how_many_weightings_with_the_error_of_the_simulation():
    ranking = ranking_of(
        scores_of(efficiency=[0, 50], sales_pressure_conflict=[50, 0], cost_pressure=[10, 12])
    )
    (sentence,) = recommendation(ranking).how_sure
    share = round(100 * ranking.acceptability.first[0])
    assert re.match(
        rf"If priorities and assumptions are varied 2,000 times, today's place comes first in {share} % "
        r"\(± \d\.\d points\) of the cases; ",
        sentence,
    )
    assert f"next comes P1 with {100 - share} % (± " in sentence


def test_staying_where_another_is_only_a_little_better():
    """Nobody moves for a difference that one assumption turns: the headline says so, and so does the rest."""
    ranking = ranking_of(scores_of(efficiency=[20, 21, 22, 50]), today=1, ties=(1, 2))
    found = recommendation(ranking)
    assert found.headline == "Stay where it is, under P1: no other place is clearly better."
    ahead = ranking.totals[1] - ranking.totals[0]
    (_, rival, others) = found.how_sure
    assert rival == (
        f"Nearest rival: P0, {ahead:.1f} of 100 points better, too little to tell: one assumption a fifth "
        "larger or smaller turns it."
    )
    assert others == "Nor can it be told apart from P2."
    assert found.objection.startswith("What speaks against it most: nearness to those it needs 79 % instead")
    assert shown_order(ranking).tolist() == [1, 0, 2, 3]


def test_a_close_call_between_others_is_called_one():
    ranking = ranking_of(scores_of(efficiency=[90, 20, 21, 22, 23, 24]), today=0, ties=(2, 3, 4, 5))
    found = recommendation(ranking)
    assert found.headline == "These numbers point to P1: under P1."
    assert "it cannot be told apart from P2, P3 and 2 others." in found.text


def test_another_that_is_first_as_often_is_named_in_the_headline():
    """The best total and the most first places may be two: then neither is the answer alone."""
    ranking = ranking_of(scores_of(efficiency=[90, 20, 25]), titles=["Z", "A", "B"])
    ranking.acceptability = SimpleNamespace(
        first=np.array([0.1, 0.4, 0.5]), first_error=np.full(3, 0.01), draws=100
    )
    found = recommendation(ranking)
    assert found.headline == "These numbers point to A, or to B: too close to tell."
    assert "It is a close call" not in found.text  # the headline has said it
    ranking.acceptability.first = np.array([0.1, 0.5, 0.4])
    assert recommendation(ranking).headline == "These numbers point to A: under A."


def test_what_is_near_only_because_it_has_no_number():
    scores = np.array([[20.0, 30.0], [10.0, np.nan], [80.0, 80.0]])
    ranking = ranking_of(scores, today=1, ties=(1,))
    text = recommendation(ranking).text
    assert "For 50 % of the weight today's place has no number; that counts against it." in text
    assert "Nearest rival: P0" in text
    ranking = ranking_of(scores, today=2, ties=(1,))
    assert "Could be ahead if all its numbers were known: P1." in recommendation(ranking).lacks


def test_bosses_who_share_it_alike_have_their_share_said_once():
    shared = Alternative(
        "cross_functional",
        "A and B together",
        Placement.shared({"a": 0.5, "b": 0.5}),
        "Under Ann (Head), 50 %; and Bob (Head), 50 %. The same as X.",
    )
    assert described(shared) == "Under Ann (Head); and Bob (Head), half each. The same as X."
    uneven = replace(shared, placement=Placement.shared({"a": 0.7, "b": 0.3}))
    assert described(uneven) == uneven.describes
    ranking = ranking_of(scores_of(efficiency=[50, 10]), today=0)
    ranking.alternatives = (ranking.alternatives[0], shared)
    assert recommendation(ranking).objection.startswith("Nobody would be accountable alone. ")
    few = "Nobody would be accountable alone, and 1 person would have 2 bosses. "
    assert recommendation(ranking, people=1).objection.startswith(few)


def test_a_change_that_moves_nobody_may_bring_more_than_every_placement():
    def change(kind, after):
        return SimpleNamespace(kind=kind, title="Let A and B meet", total_before=50.0, total_after=after)

    ranking = ranking_of(scores_of(efficiency=[50, 20]))
    best = ranking.totals.min()
    said = recommendation(ranking, moves=[change("boss", 0.0), change("tie", 0.5)]).without_moving
    assert "let A and B meet. That takes the total from 50.0 to 0.5" in said
    assert said.endswith("it counts only if people really do it.")
    assert recommendation(ranking, moves=[change("tie", best)]).without_moving == ""
    assert recommendation(ranking, moves=[change("boss", 0.0)]).without_moving == ""


def test_another_one_may_come_first_more_often():
    """One that is often a little worse and seldom much better has the better total and fewer first places."""
    scores = np.array([[100.0, 0.0], [30.0, 50.0], [100.0, 100.0]])
    ranking = ranking_of(scores, weights=[0.45, 0.55], today=2)
    ranking.acceptability = SimpleNamespace(
        first=np.array([0.7, 0.3, 0.0]), first_error=np.full(3, 0.0102), draws=100
    )
    assert ranking.totals.tolist() == pytest.approx([45.0, 41.0, 100.0])
    text = recommendation(ranking).text
    assert (
        "of the cases; P0 does in more, 70 % (± 2.0 points), though its total is worse: 45.0 against 41.0"
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
    found = recommendation(ranking_of(scores, today=1))
    assert found.lacks == ("For 25 % of the weight this placement has no number; that counts against it.",)


def test_one_placement():
    found = recommendation(ranking_of([[10.0]]))
    assert found.headline.startswith("There is only one place for customer service")
    assert found.how_sure == ()


def test_placements_that_are_alike():
    found = recommendation(ranking_of([[10.0, 20.0]] * 3, today=1, ties=(1, 2)))
    assert found.reasons == ("By no number alone is it clearly better than P0.",)
    assert found.objection == "Nothing that counts is worse than with P0."
    assert "in 33 % (± " in found.text


@pytest.mark.parametrize("name", ["golden_with_service.csv", "startup_12.csv", "manufacturer_150.csv"])
def test_on_the_example_charts(name):
    chart = read_organization(DATA / name).organization
    decision = decide(chart, customer_service_proposals(chart)[0].ids, Answers(), DEFAULT_ASSUMPTIONS)
    found = recommendation(decision.now, decision.survey.notes, decision.alternatives.missing, decision.flips)
    text = found.text.replace(NO_FORECAST, "")
    assert not CAUSES.search(text), CAUSES.search(text)
    assert text.startswith("Stay " if decision.best.today else "These numbers point to ")
    assert "varied 100,000 times" in text
    assert "±" in text
    assert "What speaks for it most" in text
    assert found.objection in text
    assert found.flip in text
    assert found.flip
    for note in decision.survey.notes:
        assert note in text


def test_no_number_that_is_none():
    text = decide(golden(), "CS").recommendation.text
    assert not re.search(r"\bp\d\b|\bnan\b|\binf\b", text)
