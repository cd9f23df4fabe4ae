"""The closed form against the simulation, against formulas of textbooks, and where it ends."""

import math
import pickle
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.change_orders.closed_form import Station, expected
from orgmodel.change_orders.outcomes import OUTCOME_NAMES
from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.summary import interval
from orgmodel.queues import pool, probability_of_waiting_longer
from tests.change_orders.processes_for_tests import (
    ALL,
    CLIMB_TO_THE_TOP,
    CONTRACT,
    DESK,
    ONE_BOSS,
    PART_BELOW_A_PART,
    TWO_PARTS,
    meets,
    parameters,
    summaries,
)

processes = pytest.mark.parametrize("process", ALL, ids=lambda process: process.title)
_ALWAYS = {"desk_wait", "disputes", "escalations", "top", "false_promises", "customers_lost", "manager_hours"}
#: Parameters, and the outcomes that have a formula then.
CASES = {
    "a managed quarrel": (Parameters(delegation=0.4, rule_coverage=0.2, slack=1.0), _ALWAYS),
    "customers who give up": (
        Parameters(patience=8.0, selling="never", communication=0.5, delegation=1.0, slack=1.0),
        _ALWAYS,
    ),
    "selling when nobody waits": (Parameters(selling="idle", transparency=0.3, slack=1.0), _ALWAYS),
    "a schedule that everybody sees": (
        Parameters(transparency=1.0, contract_alpha=1.0, lead_time=3.0, patience=8.0, selling="never"),
        set(OUTCOME_NAMES) - {"dispute_time"},
    ),
}


@pytest.mark.parametrize("process", ALL[2:], ids=lambda process: process.title)
@pytest.mark.parametrize("case", CASES)
def test_what_is_called_exact_is_the_mean_of_the_simulation(process, case):
    numbers, exact = CASES[case]
    theory = expected(process, numbers)
    assert theory.exact >= exact
    assert set(theory.values) == set(OUTCOME_NAMES)
    found = summaries(process, numbers, replications=15, changes=3000)
    for name in theory.exact:
        value, samples = theory.values[name], [one.values[name] for one in found]
        if value == 0.0:
            assert samples == pytest.approx([0.0] * 15)
        else:
            meets(value, samples, 0.35, level=0.999)
    for manager, hours in enumerate(theory.hours):
        seen = interval([one.hours[manager] for one in found], 0.999)
        assert seen.low <= hours <= seen.high
    for level, value in theory.by_level.items():
        seen = interval([one.by_level[level] for one in found], 0.999)
        assert seen.low <= value <= seen.high


@processes
def test_how_long_quarrels_take_is_told_too_short_but_not_by_much(process):
    """Quarrels come in bursts: the approximation is a lower bound here, and off by less than half."""
    numbers = Parameters()
    theory = expected(process, numbers)
    seen = interval([one.values["dispute_time"] for one in summaries(process, numbers, replications=12)])
    assert ("dispute_time" in theory.exact) == (process is CONTRACT)
    if process is not CONTRACT:
        assert 0.6 * seen.mean < theory.values["dispute_time"] < seen.low


@settings(max_examples=40)
@given(numbers=parameters(), process=st.sampled_from(ALL))
def test_shares_add_up(numbers, process):
    """All these hold for any parameters: what is decided is what was not settled by a rule, and so on."""
    theory = expected(process, numbers)
    values, above = theory.values, sum(share for level, share in theory.by_level.items() if level)
    assert above == pytest.approx(values["escalations"] if process is not CONTRACT else 0.0)
    decided = values["disputes"] * (1 - numbers.rule_coverage)
    assert theory.by_level[0] + values["escalations"] == pytest.approx(decided)
    assert values["false_promises"] >= values["disputes"] - 1e-9
    assert values["top"] <= decided + 1e-9
    assert theory.hours.sum() == pytest.approx(values["manager_hours"])
    assert theory.exact <= {name for name, value in values.items() if not math.isnan(value)}
    assert theory.stable == (theory.sentence == "")


def test_contested_changes_are_erlangs_formula():
    numbers = Parameters(planners=5, planning_utilisation=0.9, slack=0.5, quarrel_floor=1.0)
    contested = probability_of_waiting_longer(5, 4.5, 1.0, 0.5)
    assert expected(ONE_BOSS, numbers).values["false_promises"] == pytest.approx(1000 * contested)


def test_managers_are_m_m_1_queues_with_what_comes_from_all_parts():
    numbers = Parameters(quarrel_floor=1.0, decisions_per_day=20.0)
    rate = 8 * numbers.change_rate * probability_of_waiting_longer(3, 2.55, 1.0, 2.0)
    theory = expected(PART_BELOW_A_PART, numbers)
    assert theory.hours == pytest.approx(40 * np.array([0.0, 0.4, 1.0]) * rate / 20)
    climb = 0.4 / (20 - 0.4 * rate) + 1 / (20 - rate)
    assert theory.values["dispute_time"] == pytest.approx(climb)
    desk = pool(3, 2 / 6, 6.0).waiting_time + 6.0
    quarrels = theory.values["disputes"] / 1000
    assert theory.values["decision_time"] == pytest.approx(desk / 60 + 8 * quarrels * climb)


@given(utilisation=st.floats(0.05, 0.95), lead_time=st.floats(0.1, 40.0))
def test_orders_planned_late_by_one_planner_are_an_exponential(utilisation, lead_time):
    """The time in an M/M/1 queue, service included, is exponential with rate mu - lambda."""
    numbers = Parameters(
        planners=1, planning_utilisation=utilisation, lead_time=lead_time, transparency=1, contract_alpha=1
    )
    late = 1000 * math.exp(-(1 - utilisation) * lead_time)
    assert expected(ONE_BOSS, numbers).values["late_orders"] == pytest.approx(late)


def test_orders_planned_late_where_line_and_planner_are_equally_quick():
    """Three planners busy for two thirds: the line moves at the rate of a service, and the formula is 0/0."""
    late = [
        expected(
            ONE_BOSS,
            Parameters(planning_utilisation=busy, lead_time=3, transparency=1, contract_alpha=1),
        ).values["late_orders"]
        for busy in (2 / 3 - 1e-5, 2 / 3, 2 / 3 + 1e-5)
    ]
    assert late[1] == pytest.approx((late[0] + late[2]) / 2, rel=1e-6)
    assert late[0] < late[1] < late[2]


def test_with_all_patience_in_the_world_nobody_gives_up():
    numbers = Parameters(transparency=1.0, selling="never")
    patient = expected(ONE_BOSS, numbers.replaced(patience=480.0))
    endless = expected(ONE_BOSS, numbers)
    assert patient.values["decision_time"] == pytest.approx(endless.values["decision_time"], rel=0.05)
    assert 0 < patient.values["customers_lost"] < 10
    assert endless.values["customers_lost"] == 0


def test_people_who_sell_to_customers_who_give_up_are_an_approximation_or_nothing():
    numbers = Parameters(patience=8.0)
    always, idle = (expected(TWO_PARTS, numbers.replaced(selling=rule)) for rule in ("always", "idle"))
    assert not always.exact
    assert not idle.exact
    unknown = {"decision_time", "desk_wait", "customers_lost"}
    assert {name for name in unknown if math.isnan(idle.values[name])} == unknown
    assert not any(math.isnan(always.values[name]) for name in unknown)
    found = summaries(TWO_PARTS, numbers.replaced(selling="always"))
    for name in unknown - {"decision_time"}:
        seen = np.mean([one.values[name] for one in found])
        assert always.values[name] == pytest.approx(seen, rel=0.1)


# Lines that grow without end.


def test_a_manager_with_more_quarrels_than_time():
    numbers = Parameters(decisions_per_day=0.6)
    theory = expected(CLIMB_TO_THE_TOP, numbers)
    assert not theory.stable
    assert math.isinf(theory.values["dispute_time"])
    assert math.isinf(theory.values["decision_time"])
    assert math.isfinite(theory.values["top"])
    assert theory.hours[1] > 40
    assert theory.sentence.startswith(
        "Head of regional sales: 1.0 quarrels a day come and 0.6 can be settled, so that the line grows "
        "without end. Head of sales: 1.0 quarrels"
    )
    assert expected(CLIMB_TO_THE_TOP, numbers.replaced(transparency=0.5)).stable


def test_a_desk_with_more_contacts_than_people():
    process = replace(ONE_BOSS, parts=(replace(DESK, load=3.0),))
    theory = expected(process, Parameters())
    assert math.isinf(theory.values["desk_wait"])
    assert theory.sentence == (
        "The desk of Customer service: 240 contacts a day come and 240 can be answered, so that the line "
        "grows without end."
    )
    assert expected(process, Parameters(patience=5.0)).stable


@settings(max_examples=50)
@given(load=st.floats(0.01, 1e5), more=st.floats(1e-6, 10.0))
def test_what_comes_and_what_can_be_done_are_told_apart(load, more):
    """The smallest limit of decisions a day is 0.01, and a line may be just beyond it."""
    said = Station("Boss", load * (1 + more), load, "quarrels", "settled", stable=False).sentence
    come, can = (float(one.replace(",", "")) for one in re.findall(r"([\d.,]+) (?:quarrels|can)", said))
    assert come > can > 0


@pytest.mark.parametrize("utilisation", [1.0, 1.5])
def test_a_schedule_that_is_full(utilisation):
    theory = expected(CONTRACT, Parameters(planning_utilisation=utilisation))
    assert theory.values["false_promises"] == 1000
    assert "The schedule" in theory.sentence
    assert not theory.stable


def test_it_travels_to_another_process():
    assert pickle.loads(pickle.dumps(expected(TWO_PARTS, Parameters()))).stable  # noqa: S301  # our own bytes
