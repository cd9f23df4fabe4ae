"""From goals to what is computed with: nothing moves by itself, hand-set numbers hold, effects commute."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.assumptions import METRICS, Assumptions
from orgmodel.criteria import NAMES, POINTS
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.questionnaire import (
    DONT_KNOW,
    EFFECTS,
    GOAL_IMPORTANCE,
    GOAL_NAMES,
    QUESTION_OF,
    Answers,
    Reply,
    aims,
    aims_of_goal,
    criterion_points,
    mixtures,
)
from orgmodel.questionnaire.effects import TITLES
from tests.questionnaire.answers_for_tests import all_of, everything, goals

POINTS_OF = dict(zip(NAMES, POINTS / POINTS.sum(), strict=True))
KEYS = {"importance": NAMES, "need": tuple(FUNCTION_TITLES), "purpose": METRICS}


def test_the_table_moves_what_there_is_moderately_and_says_why():
    for effect in EFFECTS:
        assert effect.key in KEYS[effect.moves]
        assert TITLES[effect.moves][effect.key]
        assert 0.5 <= effect.factor <= 2
        assert effect.factor != 1
        assert effect.reason.endswith(".")
        assert not QUESTION_OF[effect.question].goal
    assert len({effect[:3] for effect in EFFECTS}) == len(EFFECTS)
    assert set(GOAL_IMPORTANCE) == set(GOAL_NAMES)
    for emphases in GOAL_IMPORTANCE.values():
        assert set(emphases) <= set(NAMES)
        assert all(1 < item.factor <= 2 and item.reason.endswith(".") for item in emphases.values())


@pytest.mark.parametrize(
    "assumptions", [Assumptions(), Assumptions(needs={"hr": 2}, value_vector=(0.2, 0, 0.6, 0))]
)
@pytest.mark.parametrize("answers", [Answers(), Answers({"digital": Reply(DONT_KNOW)})])
def test_without_answers_nothing_moves(answers, assumptions):
    found = aims(answers, assumptions)
    assert found.assumptions == assumptions
    assert found.needs == pytest.approx(assumptions.needs_rescaled)
    total = sum(assumptions.value_vector)
    assert found.purpose == pytest.approx([value / total for value in assumptions.value_vector])
    assert found.importance == pytest.approx(POINTS_OF)
    assert found.influences == ()


@pytest.mark.parametrize("goal", GOAL_NAMES)
def test_one_goal_alone(goal):
    found = aims(all_of(**{name: "yes" if name == goal else "no" for name in GOAL_NAMES}), Assumptions())
    assert found.purpose == pytest.approx(Assumptions().goal_purposes[goal])
    assert found.needs == pytest.approx(Assumptions().goal_needs[goal])
    assert found.assumptions.needs_rescaled == pytest.approx(found.needs)
    assert found.assumptions.value_vector == pytest.approx(found.purpose)
    other = aims_of_goal(goal, Answers(), Assumptions())
    assert (other.purpose, other.needs, other.importance) == (found.purpose, found.needs, found.importance)
    for name, emphasis in GOAL_IMPORTANCE[goal].items():
        ratio = found.importance[name] / found.importance["cost_pressure"]
        assert ratio == pytest.approx(emphasis.factor * POINTS_OF[name] / POINTS_OF["cost_pressure"])


@given(everything)
def test_everything_is_shares(answers):
    found = aims(answers, Assumptions())
    for shares in (found.purpose, found.needs.values(), found.importance.values()):
        assert min(shares) >= 0
        assert sum(shares) == pytest.approx(1)
    drawn = mixtures(np.array([[1, 0, 0], [0.2, 0.3, 0.5]]), answers, Assumptions())
    for rows in (drawn.purposes, drawn.needs, drawn.importances):
        assert rows.min() >= 0
        assert rows.sum(axis=1) == pytest.approx([1, 1])
    assert drawn.needs.shape == (2, len(drawn.functions))


@settings(max_examples=40)
@given(everything, st.randoms())
def test_the_order_of_the_answers_plays_no_role(answers, random):
    items = list(answers.replies.items())
    random.shuffle(items)
    assert aims(replace(answers, replies=dict(items)), Assumptions()) == aims(answers, Assumptions())


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: f"{effect.question}-{effect.key}")
def test_every_effect_does_what_the_table_says(effect):
    def odds(answers):
        found = mixtures(np.full((1, 3), 1 / 3), answers, Assumptions())
        names = {"importance": NAMES, "need": found.functions, "purpose": METRICS}[effect.moves]
        row = {"importance": found.importances, "need": found.needs, "purpose": found.purposes}[effect.moves]
        if effect.key not in names:
            return np.nan
        untouched = next(
            name
            for name in names
            if not any(item[:3] == (effect.question, effect.moves, name) for item in EFFECTS)
        )
        return row[0, names.index(effect.key)] / row[0, names.index(untouched)]

    goals = dict.fromkeys(GOAL_NAMES, 1.0)
    for value, factor in (("yes", effect.factor), ("partly", effect.factor**0.5), ("no", 1.0)):
        answers = Answers({effect.question: Reply(value)}, goal_weights=goals)
        expected = factor * odds(Answers(goal_weights=goals))
        assert odds(answers) == pytest.approx(expected, nan_ok=True)
        named = [item for item in aims(answers, Assumptions()).influences if item.question.endswith("?")]
        assert (value == "no") == (not named)


@given(everything, goals)
def test_what_is_set_by_hand_holds(answers, goal):
    assumed = Assumptions(needs={"hr": 1, "sales": 3}, value_vector=(0, 0, 1, 1))
    for found in (aims(answers, assumed), aims_of_goal(goal, answers, assumed)):
        assert found.needs == pytest.approx({"sales": 0.75, "hr": 0.25})
        assert found.purpose == pytest.approx((0, 0, 0.5, 0.5))
        assert found.assumptions == assumed
        assert sum("was set by hand. It holds" in note for note in found.notes) == 2
        assert not {"need", "purpose"} & {item.moves for item in found.influences}


@given(everything)
def test_points_set_by_hand_hold(answers):
    points = criterion_points(answers)
    found = aims(answers, Assumptions())
    assert {name: points[name] for name in answers.importance} == dict(answers.importance)
    assert found.importance == pytest.approx(
        {name: number / sum(points.values()) for name, number in points.items()}
    )
    titles = {TITLES["importance"][name] for name in answers.importance}
    assert not titles & {item.what for item in found.influences if item.moves == "importance"}


def test_an_answer_without_effect_is_named():
    answers = replace(all_of(marketing="yes", operations="no", sales="no")).with_reply(
        "regulated_money", "yes"
    )
    notes = aims(answers, Assumptions()).notes
    assert any("changes nothing about Finance" in note for note in notes)


def test_every_goal_that_counts_is_named_with_its_reason():
    answers = replace(all_of(operations="yes", sales="partly", marketing="no"), ranking=("sales",))
    goals = [item for item in aims(answers, Assumptions()).influences if item.moves == "goal"]
    assert [(item.what, item.reply) for item in goals] == [
        ("Fix operations", "4 yes of 4 questions"),
        ("Grow sales", "ranked number 1"),
    ]
    assert [item.factor for item in goals] == pytest.approx([0.25, 0.75])
