"""The simulation against queueing theory and in its limits, where what has to come out is certain.

Authorities: Erlang's formulas (`orgmodel.queues`, themselves checked against published values), and the
model's own definition where a probability is 0 or 1 or a parameter only moves.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel import Assumptions, Organization, Placement, assess, survey
from orgmodel.change_orders.closed_form import expected
from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.process import process_of
from orgmodel.change_orders.records import CONTRACT as BY_CONTRACT
from orgmodel.change_orders.records import HEAD, MANAGER, RULE
from orgmodel.change_orders.simulation import simulate
from orgmodel.change_orders.summary import summarise
from orgmodel.queues import pool, probability_of_waiting_longer, sales_duty
from tests.change_orders.processes_for_tests import (
    ALL,
    CLIMB_TO_THE_TOP,
    CONTRACT,
    DESK,
    ONE_BOSS,
    SHARED_BOSS_BELOW_THE_TOP,
    TWO_PARTS,
    meets,
    parameters,
    summaries,
)

#: Of the time of a server; and how far an interval may reach from the mean there.
LOADS = {0.5: 0.08, 0.75: 0.08, 0.9: 0.16}
loads = pytest.mark.parametrize(("load", "within"), LOADS.items())
processes = pytest.mark.parametrize("process", ALL, ids=lambda process: process.title)
BUSY = Parameters(planning_utilisation=0.95, slack=1.0, decisions_per_day=40.0)


def with_desk(**changes):
    return replace(ONE_BOSS, parts=(replace(DESK, **changes),))


# Queues against Erlang.


@loads
def test_the_desk_makes_customers_wait_as_erlang_c_says(load, within):
    process, numbers = with_desk(agents=3, load=3 * load), Parameters()
    waits = [one.values["desk_wait"] for one in summaries(process, numbers)]
    meets(pool(3, 3 * load / numbers.service_time, numbers.service_time).waiting_time, waits, within)


@pytest.mark.parametrize("load", [0.6, 0.9, 1.3])
def test_at_the_desk_customers_wait_and_give_up_as_erlang_a_says(load):
    process, numbers = with_desk(agents=3, load=3 * load), Parameters(patience=8.0, leaving=0.0)
    found = summaries(process, numbers)
    theory = pool(3, 3 * load / numbers.service_time, numbers.service_time, numbers.patience)
    meets(theory.waiting_time, [one.values["desk_wait"] for one in found], 0.08)
    meets(1000 * theory.abandonment, [one.values["customers_lost"] for one in found], 0.08)


@pytest.mark.parametrize("selling", ["always", "idle"])
def test_people_who_sell_make_customers_wait_as_the_quasi_birth_and_death_process_says(selling):
    process, numbers = with_desk(agents=3, load=2.0, sales_attempts=0.6), Parameters(sales_time=2.0)
    theory = sales_duty(3, 2.0 / 6.0, 6.0, 2.0, threshold=4 if selling == "idle" else None, attempts=0.6)
    found = summaries(process, numbers.replaced(selling=selling))
    meets(theory.waiting.waiting_time, [one.values["desk_wait"] for one in found], 0.12)


@loads
def test_the_schedule_makes_changes_wait_as_erlang_c_says(load, within):
    numbers = Parameters(planning_utilisation=load)
    means, longer = [], []
    for replication in range(20):
        changes = simulate(ONE_BOSS, numbers, changes=4000, seed=3, replication=replication).changes
        means.append(changes.schedule_wait[800:].mean())
        longer.append(changes.contested[800:].mean())
    busy = numbers.planners * load
    meets(pool(numbers.planners, busy, numbers.planning_time).waiting_time, means, 1.3 * within)
    theory = probability_of_waiting_longer(numbers.planners, busy, numbers.planning_time, numbers.slack)
    meets(theory, longer, 2.7 * within)


def test_quarrels_that_are_rare_come_at_random_and_a_manager_is_then_an_m_m_1_queue():
    process = with_desk(disagreement=0.0, load=0.0)
    numbers = Parameters(
        planning_utilisation=0.3, slack=0.0, change_share=1.0, quarrel_floor=0.03, decisions_per_day=0.03
    )
    theory = expected(process, numbers)
    assert 0.4 < theory.hours[1] / 40 < 0.6
    found = summaries(process, numbers, changes=20_000)
    meets(theory.values["dispute_time"], [one.values["dispute_time"] for one in found], 0.2)


@pytest.mark.parametrize(("boss", "top_depth"), [("sales", 0), ("plant", 1)])
def test_the_indicator_of_changes_that_reach_the_top(boss, top_depth):
    """`escalation_probability` is the model without delegation where every broken promise is a quarrel."""
    org = Organization.from_columns(
        ["ceo", "sales", "plant", "ops", "cs"],
        [None, "ceo", "ceo", "plant", "ops"],
        functions=["executive", "sales", None, "operations", "customer_service"],
    )
    assumptions = Assumptions(transparency=0.2, rule_coverage=0.3, top_depth=top_depth)
    numbers = Parameters.of(assumptions, quarrel_floor=1.0, patience=0.0)
    process = process_of(survey(org, "cs", assumptions), Placement.under(boss))
    indicators = assess(org, "cs", Placement.under(boss), assumptions).values
    assert indicators["escalation_probability"] > 0
    theory = expected(process, numbers)
    assert theory.values["top"] / 10 == pytest.approx(indicators["escalation_probability"])
    found = summaries(process, numbers, changes=4000)
    meets(theory.values["top"], [one.values["top"] for one in found], 0.15)
    everything = expected(process, numbers.replaced(change_share=1.0))
    assert everything.values["dispute_time"] == pytest.approx(indicators["decision_days"])


@processes
def test_every_step_takes_its_share(process):
    """Given how many come to a step, those who take it are binomial: four standard deviations."""
    numbers = BUSY.replaced(
        transparency=0.3, rule_coverage=0.4, delegation=0.6, communication=0.5, granted=0.4, leaving=0.2
    )
    changes = simulate(process, numbers, changes=20_000).changes
    rule, head = changes.outcome == RULE, changes.outcome == HEAD
    refused = changes.false_promise & ~changes.granted
    for place, part in enumerate(process.parts):
        mine = changes.part == place
        for step, share, taken in (
            (mine | ~mine, part.share, mine),
            (changes.contested & mine, 0.3 * 0.9 if process is CONTRACT else 0.3, changes.seen),
            (changes.false_promise & mine, 0.2 + 0.8 * part.disagreement * 0.95, changes.disputed),
            (changes.disputed & mine, 0.4, rule),
            (changes.disputed & mine & ~rule, 0.6 * 0.5, head),
            (changes.disputed & mine, 0.4, changes.granted),
            (refused & mine, 0.2, changes.left),
        ):
            number = step.sum()
            assert number > 500
            assert abs(taken[step].mean() - share) <= 4 * (share * (1 - share) / number) ** 0.5


@pytest.mark.parametrize("change_share", [0.3, 1.0])
def test_what_is_left_until_production_is_uniform(change_share):
    """Orders come at random, so that every moment of the lead time is as likely."""
    numbers = Parameters(change_share=change_share, lead_time=12.0)
    left = []
    for replication in range(20):
        changes = simulate(ONE_BOSS, numbers, changes=1500, replication=replication).changes
        left.append((changes.production_start - changes.asked)[300:])
    assert np.min(left) >= 0
    assert np.max(left) <= 12
    meets(6.0, np.mean(left, axis=1), 0.03)
    meets(12.0**2 / 12, np.var(left, axis=1), 0.04)


@settings(max_examples=20)
@given(numbers=parameters(), process=st.sampled_from(ALL))
def test_orders_are_late_by_their_planning_or_by_rework_and_rework_comes_after_the_start(numbers, process):
    records = simulate(process, numbers, changes=80)
    changes, orders = records.changes, records.orders
    reworked = np.isin(np.arange(len(orders.entered)), changes.order[changes.rework])
    assert (orders.reworked == reworked).all()
    assert (orders.late == ((orders.planned > orders.production_start) | reworked)).all()
    made_at = np.where(changes.granted, changes.decided, changes.planned)[changes.rework]
    assert (made_at > changes.production_start[changes.rework]).all()
    assert (changes.done[changes.rework]).all()
    assert not (changes.rework & changes.seen).any()


# Limits, exactly.


@processes
@settings(max_examples=8)
@given(data=st.data())
def test_where_everything_is_delegated_nothing_climbs(process, data):
    numbers = data.draw(parameters(delegation=1.0, communication=0.0))
    records = simulate(process, numbers, changes=60)
    found = summarise(records).values
    assert found["escalations"] == found["top"] == 0
    assert not records.visits.level.any()


@processes
@settings(max_examples=8)
@given(data=st.data())
def test_where_the_desk_sees_the_schedule_no_promise_is_false(process, data):
    records = simulate(process, data.draw(parameters(transparency=1.0, contract_alpha=1.0)), changes=60)
    found = summarise(records).values
    assert found["false_promises"] == found["disputes"] == found["rework"] == 0
    assert found["billing_corrections"] == found["manager_hours"] == 0
    assert not len(records.visits.change)


@processes
@settings(max_examples=8)
@given(data=st.data())
def test_where_rules_cover_everything_nobody_has_to_decide(process, data):
    records = simulate(process, data.draw(parameters(rule_coverage=1.0)), changes=60)
    found = summarise(records).values
    assert found["escalations"] == found["top"] == found["manager_hours"] == 0
    assert np.isnan(found["dispute_time"])
    assert not len(records.visits.change)


def test_such_limits_are_limits_of_a_process_in_which_all_this_happens():
    for process in ALL:
        (found,) = summaries(process, BUSY.replaced(delegation=0.3), replications=1, changes=500)
        assert min(found.values[name] for name in ("escalations", "false_promises", "rework")) > 0
        assert found.by_level[0] > 0
    (found,) = summaries(CLIMB_TO_THE_TOP, BUSY, replications=1, changes=500)
    assert found.values["top"] == found.values["escalations"] == found.by_level[3]


@settings(max_examples=20)
@given(numbers=parameters())
def test_below_a_shared_boss_who_is_not_the_top_nothing_reaches_the_top(numbers):
    for process in (SHARED_BOSS_BELOW_THE_TOP, CONTRACT):
        assert summarise(simulate(process, numbers, changes=60)).values["top"] == 0


def test_a_contract_takes_its_days():
    found = summaries(CONTRACT, BUSY.replaced(contract_days=3.0))
    meets(3.0, [one.values["dispute_time"] for one in found], 0.03)


# What more of something does, change by change: the same draws whatever the parameters.


def became(process, numbers, replication=0, changes=300):
    """Return for every change what it became."""
    found = simulate(process, numbers, changes=changes, seed=5, replication=replication).changes
    depths = np.array([manager.depth for manager in process.managers] + [99])
    return {
        "contested": found.contested,
        "false_promise": found.false_promise,
        "disputed": found.disputed,
        "climbs": np.isin(found.outcome, (MANAGER, BY_CONTRACT)),
        "decided": np.isin(found.outcome, (HEAD, MANAGER, BY_CONTRACT)),
        "top": depths[found.decided_by] <= numbers.top_depth,
    }


@processes
def test_quarrels_grow_with_utilisation_in_every_replication(process):
    """Where the desk delays nobody, changes keep their order and every single wait grows."""
    at_once = replace(process, parts=tuple(replace(part, load=0.0) for part in process.parts))
    for replication in range(5):
        before, counts = None, []
        for utilisation in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99):
            numbers = Parameters(planning_utilisation=utilisation, service_time=0.1)
            now = became(at_once, numbers, replication)
            assert before is None or all((now[name] >= before[name]).all() for name in now)
            before = now
            counts.append(became(process, numbers.replaced(service_time=6.0), replication)["disputed"].sum())
        assert (np.diff(counts) >= 0).all()
        assert counts[-1] > 3 * counts[0]


@processes
@pytest.mark.parametrize(
    ("name", "fewer"),
    [
        ("transparency", ("false_promise", "disputed", "climbs", "decided", "top")),
        ("rule_coverage", ("climbs", "decided", "top")),
        ("delegation", ("climbs",)),
    ],
)
@settings(max_examples=6)
@given(data=st.data())
def test_more_transparency_more_rules_and_more_delegation_never_add_a_quarrel(process, name, fewer, data):
    low, high = sorted(data.draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
    numbers = data.draw(parameters())
    less, more = (became(process, numbers.replaced(**{name: value}), changes=80) for value in (low, high))
    assert (less["contested"] == more["contested"]).all()
    assert all((more[what] <= less[what]).all() for what in fewer)


@settings(max_examples=20)
@given(numbers=parameters(rule_coverage=0.0), share=st.floats(0, 1))
def test_rules_settle_quarrels_and_do_not_prevent_them(numbers, share):
    without, covered = (
        became(TWO_PARTS, one, changes=80) for one in (numbers, numbers.replaced(rule_coverage=share))
    )
    assert (without["disputed"] == covered["disputed"]).all()


# The smallest cases.


@processes
@settings(max_examples=6)
@given(data=st.data())
def test_one_change(process, data):
    numbers, seed = data.draw(parameters()), data.draw(st.integers(0, 1000))
    found = summarise(simulate(process, numbers, changes=1, seed=seed)).values
    assert all(found[name] in {0.0, 1000.0} for name in ("disputes", "escalations", "top", "customers_lost"))


@processes
def test_changes_and_no_orders(process):
    records = simulate(process, BUSY.replaced(change_share=1.0), changes=50)
    assert len(records.orders.entered) == 0
    assert (records.changes.order == -1).all()
    assert np.isnan(summarise(records).values["late_orders"])


def test_one_agent_one_planner_one_manager():
    process = with_desk(agents=1, load=0.5, route=(0,))
    process = replace(process, managers=process.managers[:1])
    numbers = BUSY.replaced(planners=1, top_depth=2)
    (found,) = summaries(process, numbers, replications=1, changes=200)
    assert found.values["top"] == found.values["escalations"] == found.by_level[1] > 0
    assert found.hours[0] == found.values["manager_hours"]
