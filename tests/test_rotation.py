"""The rotation plan: quarters dealt fairly, every quarter judged by its goal, and moving has to pay."""

import itertools
import json
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from orgmodel.assumptions import DEFAULT_ASSUMPTIONS, Assumptions
from orgmodel.decision import decide
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.questionnaire import GOAL_NAMES, GOAL_OF, QUESTIONS, Answers, Reply, aims_of_goal, questions_of
from orgmodel.rotation import OUTCOMES, phase_lengths, states
from orgmodel.sweep import survey
from tests.charts_for_tests import golden, organizations

YES = {goal: questions_of(goal)[0].key for goal in GOAL_NAMES}


def answers_for(*goals):
    """Return the answers of somebody who wants these goals, the first one most."""
    return Answers({YES[goal]: Reply("yes") for goal in goals}, ranking=goals)


def plan_of(chart, answers, **assumed):
    return decide(chart, "CS", answers, Assumptions(**assumed)).rotation


# ---------------------------------------------------------------------- quarters

weights = st.lists(st.floats(0.01, 1.0), min_size=1, max_size=6)
shortest = st.integers(1, 3)


@given(weights, st.integers(1, 40), shortest)
def test_the_quarters_are_all_dealt_and_nobody_served_has_too_few(shares, horizon, least):
    lengths = phase_lengths(shares, horizon, least)
    assert sum(lengths) == horizon
    assert min(lengths) >= min(least, horizon)
    assert len(lengths) == min(len(shares), max(1, horizon // least))


@given(weights, st.integers(1, 40), shortest)
def test_a_more_urgent_goal_never_has_fewer_quarters(shares, horizon, least):
    lengths = phase_lengths(sorted(shares, reverse=True), horizon, least)
    assert lengths == sorted(lengths, reverse=True)


@given(weights, st.integers(1, 40))
def test_quarters_keep_to_the_quota_unless_somebody_would_have_none(shares, horizon):
    """The quota rule of the largest remainder: each has its share rounded down or up."""
    quotas = np.array(shares) / sum(shares) * horizon
    assume(quotas.min() >= 1)
    assert (np.abs(phase_lengths(shares, horizon) - quotas) < 1 + 1e-9).all()


def test_rank_order_centroid_weights_over_two_years():
    assert phase_lengths([11 / 18, 5 / 18, 2 / 18], 8) == [5, 2, 1]
    assert phase_lengths([11 / 18, 5 / 18, 2 / 18], 8, shortest=2) == [4, 2, 2]
    assert phase_lengths([1.0], 1) == [1]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.integers(0, 3), st.integers(0, 4))
def test_states_end_where_the_plan_wants_and_count_every_change(places, today, overlap):
    found = states(places, today, overlap)
    assert [state.new for state in found] == places
    changes = sum(old != new for old, new in itertools.pairwise([today, *places]))
    assert sum(state.moves for state in found) == changes
    for place, run in itertools.groupby(found, key=lambda state: state.new):
        *_, last = run
        assert last.old == place  # a boss has customer service alone for one quarter at least


def test_no_overlap_where_nothing_moves():
    assert all(state == (2, 2, False) for state in states([2, 2, 2], today=2, overlap=3))


# ---------------------------------------------------------------------- the plan of one chart


@pytest.mark.parametrize("order", list(itertools.permutations(GOAL_NAMES)))
def test_following_any_ranking_the_rotation_starts_with_the_first(order):
    plan = plan_of(golden("Fin"), answers_for(*order))
    dear = {item.goal for item in plan.left_out}
    assert order[0] not in dear
    assert [phase.goal for phase in plan.phases] == [goal for goal in order if goal not in dear]
    assert all(phase.alternative.structure == phase.goal for phase in plan.phases)


@pytest.mark.parametrize("order", list(itertools.permutations(GOAL_NAMES)))
@pytest.mark.parametrize("cost", [0.0, 10.0, 30.0])
def test_only_the_first_phase_may_cost_more_than_it_brings(order, cost):
    plan = plan_of(golden("Fin"), answers_for(*order), move_cost=cost)
    assert all(phase.gain >= 0 for phase in plan.phases[1:])
    assert all(phase.quarters >= 2 for phase in plan.phases)
    assert sum(phase.quarters for phase in plan.phases) == plan.horizon
    for item in plan.left_out:
        assert item.loss > 0
        assert f"“{GOAL_OF[item.goal].title}”" in plan.omitted


@settings(max_examples=12)
@given(
    st.permutations(GOAL_NAMES),
    st.dictionaries(
        st.sampled_from([question.key for question in QUESTIONS]),
        st.builds(
            Reply, st.sampled_from(["yes", "partly", "no", "dont_know"]), st.sampled_from(["sure", "guess"])
        ),
    ),
)
def test_whatever_is_answered_the_first_ranked_comes_first(order, replies):
    plan = plan_of(golden("Fin"), Answers(replies, ranking=tuple(order)))
    assert plan.phases[0].goal == order[0]
    assert sum(phase.quarters for phase in plan.phases) == plan.horizon == DEFAULT_ASSUMPTIONS.horizon
    assert plan.phases[0].quarters == max(phase.quarters for phase in plan.phases)


def test_each_quarter_is_judged_by_its_goal_alone():
    """The total of a phase, again, from the numbers of the placement under the aims of its goal."""
    chart, answers = golden("Fin"), answers_for("sales", "operations")
    decision = decide(chart, "CS", answers)
    for phase, boss in zip(decision.rotation.phases, ("Sales", "Ops"), strict=True):
        aims = aims_of_goal(phase.goal, answers, DEFAULT_ASSUMPTIONS)
        assessed = survey(chart, "CS", aims.assumptions).assess(Placement.under(boss))
        scores = {name: assessed.scores[name] for name in aims.importance}
        assert not any(math.isnan(score) for score in scores.values())
        expected = math.fsum(aims.importance[name] * score for name, score in scores.items())
        assert phase.total == pytest.approx(expected)
        assert phase.values == pytest.approx(dict(assessed.values), nan_ok=True)


def test_the_quarters_of_the_plan_add_up():
    plan = plan_of(golden("Fin"), answers_for("operations", "sales"), move_cost=7.0, overlap=1)
    for phase in plan.phases:
        within = plan.rotating.totals[phase.start : phase.start + phase.quarters]
        assert phase.moved
        assert phase.overlap == 1
        assert within[1:] == pytest.approx([phase.total] * (phase.quarters - 1))
        assert phase.gain + math.fsum(within) == pytest.approx(
            phase.quarters * (plan.staying.totals[0] if phase.start == 0 else _before(plan, phase))
        )
    assert plan.total == pytest.approx(np.mean(plan.rotating.totals))


def _before(plan, phase):
    """Return the total of the boss before under the goal of a phase: what the chart under them says."""
    chart = golden("Ops")
    return plan_of(chart, answers_for(*(each.goal for each in plan.phases))).staying.totals[phase.start]


def test_overlap_is_half_the_authority_each():
    answers = answers_for("operations")
    plan = plan_of(golden("Sales"), answers, overlap=1, move_cost=0.0)
    aims = aims_of_goal("operations", answers, DEFAULT_ASSUMPTIONS)
    both = survey(golden("Sales"), "CS", aims.assumptions).assess(
        Placement.shared({"Sales": 0.5, "Ops": 0.5})
    )
    expected = math.fsum(aims.importance[name] * both.scores[name] for name in aims.importance)
    assert plan.rotating.totals[0] == pytest.approx(expected)


def test_a_free_move_costs_nothing_and_a_dear_one_is_charged_once():
    free, dear = (
        plan_of(golden("Fin"), answers_for("operations", "sales"), move_cost=cost) for cost in (0.0, 5.0)
    )
    assert dear.total == pytest.approx(free.total + 5.0 * 2 / 8)
    assert dear.staying == free.staying


def test_when_moving_is_too_dear_it_says_so_first():
    plan = plan_of(golden("Ops"), answers_for("operations", "sales", "marketing"), move_cost=100.0)
    assert not plan.worth_it
    assert plan.answer.startswith("Moving again is not worth it: ")
    assert plan.left_out
    assert f"{plan.staying.total:.1f} when staying as today" in plan.sentence


def test_when_it_is_worth_it_it_is_better_than_both():
    plan = plan_of(golden("Ops"), answers_for("operations", "sales"), move_cost=0.0)
    assert plan.worth_it
    assert plan.total < min(plan.staying.total, plan.best_single.total)
    assert plan.answer.startswith(f"Moving again is worth it: {plan.total:.1f} with this plan")
    assert "0 is best" in plan.answer
    assert plan.advice.startswith("The plan: Operations for ")


def test_a_small_lead_is_hardly_worth_it():
    """At every cost: worth it needs a point, and to stay ahead where a move costs a fifth more."""
    verdicts = set()
    for cost in np.linspace(0.0, 30.0, 31):
        plan = plan_of(golden("Ops"), answers_for("operations", "sales", "marketing"), move_cost=cost)
        best = min(plan.others, key=lambda course: course.total)
        ahead = best.total - plan.total
        fifth = 0.2 * cost * (plan.rotating.moves - best.moves) / plan.horizon
        assert plan.worth_it == (plan.rotates and ahead >= max(1.0, fifth))
        assert (plan.verdict == "not worth it") == (not plan.rotates or ahead < 0.05)
        verdicts.add(plan.verdict)
    assert verdicts == {"worth it", "hardly worth it", "not worth it"}


def test_without_a_chosen_goal_the_advice_is_conditional():
    plan = plan_of(golden("Ops"), Answers(), move_cost=0.0)
    assert not plan.chosen
    assert plan.answer.startswith(
        "If all three goals counted the same and came in this order (you have named none), moving again would"
    )
    assert plan.advice.startswith("Name your goals first")


def test_one_goal_is_one_move_and_none_where_customer_service_is_there():
    moving, there = (plan_of(golden(home), answers_for("operations")) for home in ("HR", "Ops"))
    assert [plan.rotating.moves for plan in (moving, there)] == [1, 0]
    assert moving.answer.startswith("Only one goal comes into the plan, so there is no second move: ")
    assert moving.advice == "Better move once, to Operations."
    assert there.advice == "Customer service is at its place already: Operations."
    assert "with this plan" not in there.sentence  # it is staying, which is said once
    assert not moving.worth_it
    assert there.rotating.totals == there.staying.totals


def test_a_goal_without_a_home_is_served_by_the_best_for_it():
    alone = Answers(goal_weights={"marketing": 1.0})
    functions = {"CEO": "executive", "Sales": "sales", "Ops": "operations", "CS": "customer_service"}
    chart = Organization.from_columns(
        list(functions), [None, "CEO", "CEO", "Sales"], functions=list(functions.values())
    )
    (phase,) = plan_of(chart, alone).phases
    assert phase.instead.startswith("No head of marketing was found in this chart. Of the others ")
    decision = decide(chart, "CS", alone)
    best = decision.now.alternatives[int(np.argmin(decision.now.totals))]
    assert phase.alternative == best  # with one goal its aims are those of the ranking


def test_the_smallest_chart_has_a_plan():
    chart = Organization.from_columns(["boss", "CS"], [None, "boss"])
    plan = plan_of(chart, answers_for("sales"))
    assert sum(phase.quarters for phase in plan.phases) == 8
    assert json.loads(json.dumps(plan.to_json(), allow_nan=False))["horizon"] == 8


@pytest.mark.parametrize(("horizon", "served"), [(1, 1), (3, 1), (5, 2)])
def test_where_time_is_too_short_the_first_goals_are_served(horizon, served):
    plan = plan_of(golden("Fin"), answers_for(*GOAL_NAMES), horizon=horizon, move_cost=0.0, overlap=0)
    late = [item.goal for item in plan.left_out if item.loss is None]
    assert plan.phases[0].goal == "operations"
    assert len(plan.phases) <= served
    assert late
    assert "No time is left for" in plan.omitted
    assert all(GOAL_OF[goal].title in plan.omitted for goal in late)


def test_without_answers_all_goals_are_served_alike():
    plan = plan_of(golden("Fin"), Answers())
    assert [phase.quarters for phase in plan.phases] == [3, 3, 2]


# ---------------------------------------------------------------------- words and files


def test_every_question_about_a_goal_has_an_outcome():
    assert set(OUTCOMES) == {question.key for question in QUESTIONS if question.goal}


def test_what_was_wished_for_must_be_true_before_the_next_move():
    answers = Answers({"ops_errors": Reply("yes"), "ops_smooth": Reply("partly"), "ops_confirm": Reply("no")})
    (phase,) = plan_of(golden("Fin"), answers).phases
    assert phase.exit_criteria == (OUTCOMES["ops_errors"], OUTCOMES["ops_smooth"])


def test_targets_are_what_the_placement_makes_better():
    plan = plan_of(golden("Fin"), answers_for("operations", "sales"))
    targets = [target for phase in plan.phases for target in phase.targets]
    assert targets
    for target in targets:
        better = target.value > target.today if target.sense == "at least" else target.value < target.today
        assert better


def test_without_a_move_there_is_nothing_to_reach_but_what_was_wished_for():
    (phase,) = plan_of(golden("Ops"), answers_for("operations")).phases
    assert not phase.moved
    assert phase.targets == ()
    assert phase.exit_criteria == (OUTCOMES[YES["operations"]],)


def test_the_best_single_move_is_the_best_of_all_that_move():
    """With one goal and no overlap it is the best total of the ranking that is not today's, and the move."""
    decision = decide(
        golden("Ops"),
        "CS",
        Answers(goal_weights={"operations": 1.0}),
        Assumptions(overlap=0, move_cost=8.0, horizon=4),
    )
    plan, now = decision.rotation, decision.now
    moving = [
        total
        for alternative, total in zip(now.alternatives, now.totals, strict=True)
        if not alternative.today
    ]
    assert plan.best_single.moves == 1
    assert plan.best_single.total == pytest.approx(min(moving) + 8.0 / 4)
    assert plan.staying.total < plan.best_single.total  # today's place is no move, however good it is


def test_rows_and_json_hold_the_plan():
    plan = plan_of(golden("Fin"), answers_for("sales", "operations"))
    assert [row["goal"] for row in plan.rows()] == [GOAL_OF[phase.goal].title for phase in plan.phases]
    assert plan.rows()[-1]["to quarter"] == 8
    data = json.loads(json.dumps(plan.to_json(), allow_nan=False))
    assert data["rotating"]["total"] == plan.total
    assert data["phases"][0]["placement"] == "sales"


@settings(max_examples=12)
@given(organizations(12), st.data())
def test_any_chart_has_a_plan(chart, data):
    unit = data.draw(st.sampled_from(chart.ids.tolist()))
    assume(len(survey(chart, unit).table))
    order = data.draw(st.permutations(GOAL_NAMES))
    plan = decide(chart, unit, answers_for(*order)).rotation
    assert plan.phases[0].goal == order[0]
    assert len(plan.rotating.totals) == len(plan.staying.totals) == 8
    assert all(math.isfinite(total) for course in (plan.rotating, *plan.others) for total in course.totals)
    assert not plan.worth_it or plan.total < min(course.total for course in plan.others)
    json.dumps(plan.to_json(), allow_nan=False)
