"""Flip points: done by hand they turn the order, less does not, and nothing nearer is overlooked."""

import json
import math
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from orgmodel import Organization, customer_service_proposals, read_organization, survey
from orgmodel.alternatives import alternatives
from orgmodel.assumptions import ASSUMPTIONS, DEFAULT_ASSUMPTIONS, METRICS, Assumptions
from orgmodel.criteria import CRITERIA, NAMES
from orgmodel.flip_points import FlipPoints, flip_points
from orgmodel.organization import BUSINESS_FUNCTIONS
from orgmodel.questionnaire import QUESTIONS, Answers, Reply, aims
from orgmodel.ranking import at_later_date, rank
from orgmodel.uncertainty import numbers_of, with_numbers
from tests.charts_for_tests import golden

DATA = Path(__file__).parents[1] / "data"
SAID = {
    "nothing": Answers(),
    "operations": Answers({"ops_errors": Reply("yes"), "sales_again": Reply("partly", "guess")}),
    "ranked": Answers({"consumers": Reply("yes"), "digital": Reply("dont_know")}, ("sales", "marketing")),
    "by hand": Answers(goal_weights={"sales": 2, "marketing": 1}, importance={"breadth": 30}),
}
COUNTING = {name for item in CRITERIA for name in item.indicator.assumptions}


@cache
def chart(name):
    if name == "golden":
        return golden("CEO"), ("CS",)
    report = read_organization((DATA / name).read_bytes(), filename=name)
    return report.organization, customer_service_proposals(report.organization)[0].ids


def ranked(name, answers, assumptions=DEFAULT_ASSUMPTIONS):
    organization, unit = chart(name)
    found = survey(organization, unit, aims(answers, assumptions).assumptions)
    return rank(found, alternatives(found).kept, answers, assumptions)


@cache
def usual(name, said):
    return ranked(name, SAID[said])


@cache
def flips_of(ranking):
    first, second = map(int, ranking.order[:2])
    return flip_points(ranking, ranking.answers, ranking.assumptions, first, second)


def by_hand(ranking, point, value=None):
    """Return answers and assumptions with a change made as a user makes it."""
    value = point.value if value is None else value
    answers, assumptions = ranking.answers, ranking.assumptions
    if point.kind == "weight":
        shares = dict(zip(NAMES, ranking.weights, strict=True))
        rest = 1 - shares[point.key]
        points = {name: 100 * share * (1 - value) / rest for name, share in shares.items()}
        return replace(answers, importance=points | {point.key: 100 * value}), assumptions
    if point.key == "ranking":
        return replace(answers, ranking=tuple(value.split(","))), assumptions
    if point.kind == "answer":
        return answers.with_reply(point.key, value), assumptions
    name, *parts = point.key.split(".")
    before = getattr(ranking.aims.assumptions, name)
    if name == "needs":
        rest = sum(before.values()) - before[parts[0]]
        after = before | {parts[0]: value * rest / (1 - value)}
    elif name == "value_vector":
        after = tuple(value if metric in parts else old for metric, old in zip(METRICS, before, strict=True))
    elif parts:
        vector = before[parts[0]]
        after = before | {
            parts[0]: tuple(value if m in parts else old for m, old in zip(METRICS, vector, strict=True))
        }
    else:
        after = value
    return answers, Assumptions.from_mapping(assumptions.changed() | {name: after})


def lead(name, ranking, answers, assumptions):
    """By how much the first of a ranking is ahead of its second under other answers and assumptions."""
    first, second = ranking.order[:2]
    totals = ranked(name, answers, assumptions).totals
    return totals[second] - totals[first]


CASES = pytest.mark.parametrize(
    ("name", "said"),
    [
        *(("golden", said) for said in SAID),
        ("startup_12.csv", "operations"),
        ("manufacturer_150.csv", "operations"),
    ],
)


@CASES
def test_every_flip_point_made_by_hand_turns_the_order(name, said):
    ranking = usual(name, said)
    found = flips_of(ranking)
    assert found, "nothing turns, so this shows nothing"
    for point in found:
        assert lead(name, ranking, *by_hand(ranking, point)) < 0, point.sentence


def numbers_in(point):
    """Return the present and the new number as they are shown, the unit of the last digit, and the scale."""
    before, after = (text.split()[0] for text in (point.before, point.after))
    digits = max(len(text.partition(".")[2]) for text in (before, after))
    return float(before), float(after), 10**-digits, 0.01 if "%" in point.after else 1


@CASES
def test_just_before_a_flip_point_the_order_still_stands(name, said):
    """One and a half of the last digit that is shown before it; an answer has nothing just before it."""
    ranking = usual(name, said)
    for point in flips_of(ranking):
        if point.kind != "answer":
            before, after, digit, scale = numbers_in(point)
            less = after + math.copysign(1.5 * digit, before - after)
            if (less - before) * (after - before) > 0:
                assert lead(name, ranking, *by_hand(ranking, point, less * scale)) > 0, point.sentence


@pytest.mark.parametrize("said", SAID)
def test_nothing_nearer_than_a_flip_point_turns_the_order(said):
    """At twenty places on the way, on the golden chart, where no total jumps to and fro."""
    ranking = usual("golden", said)
    first, second = ranking.order[:2]
    numbers = {
        ".".join(filter(None, number[:3])): number
        for number in numbers_of(ranking.aims.assumptions, BUSINESS_FUNCTIONS)
    }
    for point in flips_of(ranking):
        if point.kind == "assumption" and not point.key.startswith("needs"):
            before, after, digit, scale = numbers_in(point)
            for less in np.linspace(before, after, 20):
                if abs(after - less) > 1.5 * digit:
                    moved = with_numbers(ranking.aims.assumptions, [(numbers[point.key], less * scale)])
                    totals = replace(ranking, scores=ranking.scoring.scores(moved)).totals
                    assert totals[second] > totals[first], (point.sentence, less)


@pytest.mark.parametrize("said", SAID)
def test_what_is_no_flip_point_turns_nothing(said):
    """Every weight and every continuous number at ten places, every reply, on the golden chart."""
    ranking = usual("golden", said)
    found = {point.key for point in flips_of(ranking)}
    answers, assumptions = ranking.answers, ranking.assumptions
    first, second = ranking.order[:2]
    for column, name in enumerate(NAMES):
        if name not in found and ranking.counted[column]:
            for share in np.linspace(0, 1, 10):
                weights = np.where(np.arange(len(NAMES)) == column, 0, ranking.weights)
                weights *= (1 - share) / weights.sum()
                weights[column] = share
                totals = np.nan_to_num(ranking.scores, nan=100) @ weights
                assert totals[second] >= totals[first] - 1e-9
    for question in QUESTIONS:
        for reply in ("yes", "partly", "no") if question.key not in found else ():
            assert lead("golden", ranking, answers.with_reply(question.key, reply), assumptions) > -1e-9
    functions = [item for item in BUSINESS_FUNCTIONS if item in ranking.aims.assumptions.metric_vectors]
    for number in numbers_of(ranking.aims.assumptions, functions):
        key = ".".join(filter(None, (number.name, number.key, number.metric)))
        high = min(number.high, max(10 * number.value, 1))
        for value in np.linspace(number.low, high, 11)[1:] if key not in found else ():
            moved = with_numbers(ranking.aims.assumptions, [(number, float(value))])
            totals = replace(ranking, scores=ranking.scoring.scores(moved)).totals
            assert totals[second] >= totals[first] - 1e-9, key


def test_all_that_is_tried_is_either_a_flip_point_or_counted_as_in_vain():
    ranking = usual("golden", "operations")
    found = flips_of(ranking)
    kinds = [point.kind for point in found]
    assert kinds.count("weight") + found.in_vain["weight"] == np.count_nonzero(ranking.counted)
    # Operations comes first: the other two goals can be ranked first instead.
    assert kinds.count("answer") + found.in_vain["answer"] == len(QUESTIONS) + 2
    assert str(found.in_vain["weight"]) in found.sentence
    assert [point.key for point in found if point.kind == "assumption"]
    assert {point.key.split(".")[0] for point in found if point.kind == "assumption"} <= COUNTING


def test_the_smallest_change_comes_first_and_all_of_it_is_data():
    found = flips_of(usual("golden", "operations"))
    sizes = [point.size for point in found]
    assert sizes == sorted(sizes)
    assert all(0 < size <= 1 for size in sizes)
    assert [tuple(point) for point in found] == [
        tuple(point.values()) for point in json.loads(json.dumps([point._asdict() for point in found]))
    ]


def test_sentences_name_both_placements_the_change_and_its_unit():
    ranking = usual("golden", "operations")
    first, second = (ranking.alternatives[at].title for at in ranking.order[:2])
    for point in flips_of(ranking):
        assert point.sentence.startswith(f"“{second}” would come before “{first}” if ")
        assert point.after.split()[0] in point.sentence
        assert point.before != point.after
        if point.kind == "assumption":
            (info,) = (info for info in ASSUMPTIONS if info.name == point.key.split(".")[0])
            assert ("%" in point.after) == info.unit.startswith(("share", "weight"))


def test_one_of_a_unit_is_not_many():
    """An hour is no hours, on whichever side of the change it stands."""
    said = " ".join(
        f"{point.before}. {point.sentence}"
        for answers in SAID
        for point in flips_of(usual("golden", answers))
    )
    assert "1 hour." in said
    assert not re.search(r"\b(?<![.\d])1 (hours|minutes|attempts)", said)


def test_a_ranking_of_goals_is_changed_by_neighbours_and_one_by_hand_not_at_all():
    """Two ranked goals have one pair of neighbours; where weights are set by hand, none counts."""
    ranking = usual("golden", "ranked")
    found = flips_of(ranking)
    kinds = [point.kind for point in found]
    assert kinds.count("answer") + found.in_vain["answer"] == len(QUESTIONS) + 1
    found = flips_of(usual("golden", "by hand"))
    kinds = [point.kind for point in found]
    assert kinds.count("answer") + found.in_vain["answer"] == len(QUESTIONS)


def test_the_order_of_the_two_does_not_matter_and_a_tie_has_nothing_to_turn():
    ranking = usual("golden", "operations")
    first, second = map(int, ranking.order[:2])
    there, back = (
        flip_points(ranking, ranking.answers, ranking.assumptions, *pair)
        for pair in ((first, second), (second, first))
    )
    assert there == back
    tie = flip_points(ranking, ranking.answers, ranking.assumptions, first, first)
    assert (len(tie), tie.sentence) == (0, "")
    assert FlipPoints((), {}) == tie


def test_a_single_purpose_and_a_single_need_have_nothing_to_be_compared_with():
    """Moved alone they change nothing, and all of them cannot be 0."""
    assumptions = Assumptions(value_vector=(0, 0, 1, 0), needs={"operations": 1})
    found = flips_of(ranked("golden", Answers(), assumptions))
    keys = {point.key for point in found}
    assert "value_vector.quality" not in keys
    assert not any(key.startswith("needs") for key in keys)


def test_the_smallest_chart():
    """A head, one colleague and the service: what turns the order is found or nothing is, without a fault."""
    organization = Organization.from_columns(
        ["boss", "shop", "desk"], [None, "boss", "boss"], functions=["executive", "sales", "customer_service"]
    )
    found = survey(organization, "desk")
    ranking = rank(found, alternatives(found).kept, Answers(), DEFAULT_ASSUMPTIONS)
    assert len(ranking.order) > 1
    for point in flips_of(ranking):
        assert not math.isnan(point.size)


def test_the_later_date_has_its_own():
    """Its numbers are the later ones: more automation, longer contacts, more need of IT."""
    later = at_later_date(usual("golden", "operations"))
    points = {point.key: point for point in flips_of(later)}
    assert points
    for point in points.values():
        if point.kind == "assumption" and point.key.count(".") == 0:
            number = getattr(later.aims.assumptions, point.key)
            assert float(point.before.split()[0]) == pytest.approx(
                number * (100 if "%" in point.before else 1), rel=0.1
            )
