"""From replies to goals: strengths, weights and the home, over all patterns of answers."""

from dataclasses import replace
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.questionnaire import (
    DONT_KNOW,
    GOAL_NAMES,
    REPLIES,
    SURENESS,
    Answers,
    Reply,
    goal_strengths,
    goal_weight_draws,
    goal_weight_ranges,
    goal_weights,
    goals_chosen,
    home,
    questions_of,
)
from tests.questionnaire.answers_for_tests import all_of, everything, goals, ranked, replied

KEYS = {goal: [question.key for question in questions_of(goal)] for goal in GOAL_NAMES}
OTHER = st.sampled_from(["no", DONT_KNOW, None])
places = st.integers(0, 4)


def rank(answers, goal):
    weights = goal_weights(answers)
    return sum(weight > weights[goal] + 1e-12 for weight in weights.values())


def test_nothing_answered():
    assert set(goal_strengths(Answers()).values()) == {(0.0, 0.5, 1.0)}
    assert list(goal_weights(Answers()).values()) == pytest.approx([1 / 3] * 3)
    assert home(Answers()) == ((), "No question about a goal is answered yet.")
    draws = goal_weight_draws(Answers(), 20_000, np.random.default_rng(1))
    assert draws.mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.01)


def test_no_to_everything_chooses_no_goal():
    answers = all_of(operations="no", sales="no", marketing="no")
    assert list(goal_weights(answers).values()) == pytest.approx([1 / 3] * 3)
    assert home(answers) == ((), "None of the goals was chosen.")


@given(replied)
def test_the_likely_strength_is_within_the_range(answers):
    for low, likely, high in goal_strengths(answers).values():
        assert 0 <= low <= likely + 1e-12
        assert likely <= high + 1e-12 <= 1 + 2e-12


@given(replied, goals, places)
def test_dont_know_widens_and_never_shifts(answers, goal, place):
    key = KEYS[goal][place % len(KEYS[goal])]
    unknown, unanswered = answers.with_reply(key, DONT_KNOW, "guess"), answers.with_reply(key, None)
    assert goal_strengths(unknown) == goal_strengths(unanswered)
    before, after = goal_strengths(answers)[goal], goal_strengths(unknown)[goal]
    assert after.low <= before.low
    assert after.high >= before.high
    others = [worth for other in KEYS[goal] if not np.isnan(worth := unknown.worth(other))]
    assert after.likely == pytest.approx(np.mean(others) if others else 0.5)


@given(replied, goals, places)
def test_being_less_sure_only_widens(answers, goal, place):
    key = KEYS[goal][place % len(KEYS[goal])]
    ranges = []
    for sureness in SURENESS:
        low, likely, high = goal_strengths(answers.with_reply(key, "partly", sureness))[goal]
        ranges.append((low, high))
        assert likely == goal_strengths(answers.with_reply(key, "partly"))[goal].likely
    assert all(old[0] > new[0] and old[1] < new[1] for old, new in pairwise(ranges))


@given(ranked, goals, places, st.sampled_from(list(SURENESS)))
def test_a_stronger_yes_never_lowers_its_goal(answers, goal, place, sureness):
    key = KEYS[goal][place % len(KEYS[goal])]
    steps = [answers.with_reply(key, value, sureness) for value in ("no", "partly", "yes")]
    for weaker, stronger in pairwise(steps):
        low, likely, high = goal_strengths(weaker)[goal]
        assert goal_strengths(stronger)[goal].likely > likely
        assert goal_strengths(stronger)[goal].low >= low
        assert goal_strengths(stronger)[goal].high >= high
        assert goal_weights(stronger)[goal] >= goal_weights(weaker)[goal] - 1e-12
        assert rank(stronger, goal) <= rank(weaker, goal)
        assert goal in home(stronger).goals or goal not in home(weaker).goals


@given(
    goals,
    st.lists(OTHER, min_size=12, max_size=12),
    st.lists(st.sampled_from(["yes", *REPLIES, DONT_KNOW]), min_size=5, max_size=5),
    places,
)
def test_home_is_the_only_goal_that_is_answered_yes(goal, others, own, yes):
    answers, left = Answers(), iter(others)
    for name, keys in KEYS.items():
        for at, key in enumerate(keys):
            answers = answers.with_reply(key, own[at] if name == goal else next(left))
    answers = answers.with_reply(KEYS[goal][yes % len(KEYS[goal])], "yes")
    assert home(answers).goals == home(answers).functions == (goal,)
    assert rank(answers, goal) == 0


@given(replied, st.permutations(GOAL_NAMES))
def test_the_goal_ranked_first_comes_first(answers, order):
    answers = replace(answers, ranking=tuple(order))
    assert sorted(GOAL_NAMES, key=goal_weights(answers).get, reverse=True) == order
    assert home(answers).goals == (order[0],)


def test_equal_strengths_tie():
    answers = all_of(operations="yes", sales="yes", marketing="partly")
    # rank order centroid of three: 11/18, 5/18, 2/18 (Barron and Barrett 1996); the first two share
    assert goal_weights(answers) == pytest.approx({"operations": 4 / 9, "sales": 4 / 9, "marketing": 1 / 9})
    assert home(answers).goals == ("operations", "sales")
    assert home(replace(answers, ranking=("marketing",))).goals == ("marketing",)


def test_one_of_which_nothing_is_known_may_be_a_goal_too_but_stands_behind():
    answers = Answers({"ops_errors": Reply("partly")})
    assert goal_weights(answers) == pytest.approx(
        {"operations": 11 / 18, "sales": 3.5 / 18, "marketing": 3.5 / 18}
    )
    assert goal_weights(all_of(operations="partly", sales="no", marketing="no"))["operations"] == 1


@given(everything)
def test_weights_are_shares(answers):
    weights = goal_weights(answers)
    assert sum(weights.values()) == pytest.approx(1)
    assert min(weights.values()) >= 0
    assert set(home(answers).goals) <= set(goals_chosen(answers))
    draws = goal_weight_draws(answers, 64, np.random.default_rng(2))
    assert draws.shape == (64, 3)
    assert draws.min() >= 0
    assert draws.sum(axis=1) == pytest.approx(1)
    for low, high in goal_weight_ranges(answers).values():
        assert 0 <= low <= high <= 1


@pytest.mark.parametrize("ranking", [(), *permutations(GOAL_NAMES), ("sales",)])
@pytest.mark.parametrize("values", [("yes", "partly", "no"), ("yes", "yes", "partly"), ("no", "no", "no")])
def test_the_mean_of_the_draws_is_the_centroid_where_all_is_sure(values, ranking):
    answers = replace(all_of(**dict(zip(GOAL_NAMES, values, strict=True))), ranking=ranking)
    draws = goal_weight_draws(answers, 40_000, np.random.default_rng(3))
    assert draws.mean(axis=0) == pytest.approx(list(goal_weights(answers).values()), abs=0.006)


def test_an_unsure_no_counts_in_some_draws():
    keys = dict.fromkeys(KEYS["sales"], Reply("no", "guess"))
    answers = Answers({**all_of(operations="yes", marketing="no").replies, **keys})
    assert goal_weights(answers)["operations"] == 1
    draws = goal_weight_draws(answers, 40_000, np.random.default_rng(4))
    # triangular from 0 to 0.5 with its peak at 0 has the mean 1/6; the second of two has the weight 1/4
    assert (draws[:, 1] > 0).mean() == pytest.approx(1 / 6, abs=0.01)
    assert draws[:, 1].mean() == pytest.approx(1 / 24, abs=0.005)


@settings(max_examples=20)
@given(everything, st.dictionaries(goals, st.floats(0.5, 10), min_size=1))
def test_weights_set_by_hand_hold(answers, weights):
    answers = replace(answers, goal_weights=weights)
    total = sum(weights.values())
    expected = {goal: weights.get(goal, 0) / total for goal in GOAL_NAMES}
    assert goal_weights(answers) == pytest.approx(expected)
    assert goal_weight_draws(answers, 3, np.random.default_rng(1)).std(axis=0) == pytest.approx([0] * 3)
    assert set(home(answers).goals) == {goal for goal in expected if expected[goal] == max(expected.values())}
