"""Outcomes counted a second time, by hand and by pandas; intervals against SciPy's."""

import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from orgmodel.change_orders.draws import work_in_the_long_run
from orgmodel.change_orders.outcomes import OUTCOME_NAMES, OUTCOME_TABLE
from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.records import OUTCOMES, Changes, Orders, Records, Visits
from orgmodel.change_orders.simulation import simulate
from orgmodel.change_orders.summary import QUANTILES, interval, summarise
from orgmodel.errors import AssumptionError
from orgmodel.queues import erlang_c, probability_of_waiting_longer
from tests.change_orders.processes_for_tests import ALL, CLIMB_TO_THE_TOP, ONE_BOSS, parameters

YES, NO = True, False


def by_hand():
    """Return five changes, the first before the others count, and four orders, one from before
    and one that is due after the last change.

    The second is absorbed, the third settled by the chief executive after 16 hours (too late: rework), the
    fourth by the head of customer service after 8 hours with a no (the customer leaves), the fifth gives up.
    """
    nothing = np.full(5, NO)
    changes = Changes(
        asked=np.array([10.0, 11.0, 12.0, 13.0, 30.0]),
        answered=np.array([10.5, 11.5, 12.5, 13.5, math.inf]),
        desk_wait=np.array([99.0, 1.0, 2.0, 3.0, 6.0]),
        part=np.zeros(5, dtype=np.int64),
        order=np.array([-1, 0, 1, 1, -1]),
        production_start=np.array([50.0, 45.0, 20.0, 45.0, 45.0]),
        schedule_wait=np.array([0.0, 0.0, 4.0, 5.0, math.nan]),
        planned=np.array([12.0, 13.0, 18.0, 20.0, math.nan]),
        contested=np.array([NO, NO, YES, YES, NO]),
        seen=nothing,
        false_promise=np.array([NO, NO, YES, YES, NO]),
        disputed=np.array([NO, NO, YES, YES, NO]),
        outcome=np.array(
            [OUTCOMES.index(it) for it in ("absorbed", "absorbed", "manager", "head", "gave_up")]
        ),
        decided_by=np.array([-1, -1, 3, 0, -1]),
        level=np.array([-1, -1, 3, 0, -1]),
        decided=np.array([10.5, 11.5, 28.5, 21.5, math.inf]),
        granted=np.array([NO, NO, YES, NO, NO]),
        done=np.array([YES, YES, YES, NO, NO]),
        rework=np.array([NO, NO, YES, NO, NO]),
        left=np.array([NO, NO, NO, YES, NO]),
        billing_correction=np.array([NO, NO, YES, YES, NO]),
    )
    orders = Orders(
        entered=np.array([5.0, 10.5, 14.0, 29.0]),
        planned=np.array([6.0, 11.0, 15.0, 40.0]),
        production_start=np.array([29.0, 20.0, 30.0, 39.0]),
        late=np.array([NO, YES, NO, YES]),
        reworked=np.array([NO, YES, NO, NO]),
    )
    visits = Visits(
        change=np.array([2, 2, 2, 3]),
        manager=np.array([1, 2, 3, 0]),
        level=np.array([1, 2, 3, 0]),
        arrived=np.array([12.5, 16.0, 20.0, 13.5]),
        begun=np.array([13.0, 17.0, 28.0, 21.0]),
        ended=np.array([16.0, 20.0, 28.5, 21.5]),
    )
    return Records(CLIMB_TO_THE_TOP, Parameters(), changes, orders, visits)


def test_outcomes_by_hand():
    found = summarise(by_hand(), warm_up=0.2)
    assert found.values == pytest.approx(
        {
            "decision_time": (0.5 + 16.5 + 8.5) / 3,
            "dispute_time": 1.5,
            "desk_wait": 3.0,
            "disputes": 500.0,
            "escalations": 250.0,
            "top": 250.0,
            "false_promises": 500.0,
            "rework": 250.0,
            "late_orders": 500.0,
            "customers_lost": 500.0,
            "billing_corrections": 500.0,
            "manager_hours": 7.0 * 40 / 20,
        }
    )
    assert found.by_level == {0: 250.0, 1: 0.0, 2: 0.0, 3: 250.0}
    assert found.hours.tolist() == [1.0, 6.0, 6.0, 1.0]
    assert found.decision_times.tolist() == pytest.approx([1.1, 1.25, 1.5, 1.75, 1.9])


def test_outcomes_are_in_the_order_of_their_table():
    assert tuple(summarise(by_hand()).values) == OUTCOME_NAMES
    assert len(set(OUTCOME_NAMES)) == len(OUTCOME_TABLE)
    assert all(outcome.direction == "lower is better" for outcome in OUTCOME_TABLE)


@settings(max_examples=25)
@given(
    process=st.sampled_from(ALL),
    numbers=parameters(),
    changes=st.integers(1, 60),
    warm_up=st.floats(0, 0.99),
    seed=st.integers(0, 99),
)
def test_outcomes_counted_again_by_pandas(process, numbers, changes, warm_up, seed):
    records = simulate(process, numbers, changes=changes, seed=seed)
    found = summarise(records, warm_up)
    frame = records.changes.frame()
    left_out = int(warm_up * changes)
    counted = frame[left_out:]
    kind = counted["outcome"].map(dict(enumerate(OUTCOMES)))
    days = (counted["decided"] - counted["answered"])[kind.isin(["head", "manager", "contract"])] / 8
    hours = counted["decided"] - counted["asked"]
    since = frame["asked"][left_out - 1] if left_out else 0.0
    until = frame["asked"].iloc[-1]
    visits = records.visits.frame().query("change >= @left_out")
    depth = [manager.depth for manager in process.managers]
    again = {
        "decision_time": hours[kind != "gave_up"].mean(),
        "dispute_time": days.mean(),
        "desk_wait": counted["desk_wait"].mean(),
        "disputes": 1000 * counted["disputed"].mean(),
        "escalations": 1000 * kind.isin(["manager", "contract"]).mean(),
        "top": 1000
        * np.mean(
            [
                level > 0 and depth[by] <= numbers.top_depth
                for level, by in zip(counted["level"], counted["decided_by"], strict=True)
            ]
        ),
        "false_promises": 1000 * counted["false_promise"].mean(),
        "rework": 1000 * counted["rework"].mean(),
        "late_orders": 1000
        * records.orders.frame().query("entered > @since and production_start <= @until")["late"].mean(),
        "customers_lost": 1000 * ((kind == "gave_up") | counted["left"]).mean(),
        "billing_corrections": 1000 * counted["billing_correction"].mean(),
        "manager_hours": 40 * (visits["ended"] - visits["begun"]).sum() / (until - since),
    }
    assert found.values == pytest.approx(again, nan_ok=True)
    assert found.hours.sum() == pytest.approx(found.values["manager_hours"])
    assert list(found.by_level) == list(range(process.levels + 1))
    if len(days):
        assert found.decision_times == pytest.approx(days.quantile(QUANTILES).to_numpy())


def test_the_schedule_is_in_its_long_run_from_the_first_change_on():
    """The share of contested changes is Erlang's at once: nothing has to fill up."""
    numbers = Parameters(planning_utilisation=0.98)
    theory = probability_of_waiting_longer(3, 3 * 0.98, numbers.planning_time, numbers.slack)
    contested = [
        simulate(ONE_BOSS, numbers, changes=1, replication=one).changes.contested[0] for one in range(600)
    ]
    assert np.mean(contested) == pytest.approx(theory, abs=3 * math.sqrt(theory * (1 - theory) / 600))


@pytest.mark.parametrize(("planners", "busy"), [(1, 0.5), (3, 0.9), (20, 0.99)])
def test_work_in_the_long_run_is_that_of_theory(planners, busy):
    """Mean number in an M/M/c queue: load + C busy / (1 - busy)."""
    uniforms = (np.arange(8_000) + 0.5) / 8_000
    work = [work_in_the_long_run(planners, busy, uniform) for uniform in uniforms]
    waiting = float(erlang_c(planners, planners * busy))
    assert np.mean(work) == pytest.approx(planners * busy + waiting * busy / (1 - busy), rel=4e-3)
    assert np.mean(np.array(work) >= planners) == pytest.approx(waiting, abs=3e-4)
    assert (np.diff(work) >= 0).all()


def test_the_warm_up_is_where_lines_before_managers_build_up():
    numbers = Parameters(planning_utilisation=0.95, decisions_per_day=3.5)
    with_it, without = (
        np.mean(
            [
                summarise(simulate(ONE_BOSS, numbers, changes=200, replication=one), warm_up).values[
                    "dispute_time"
                ]
                for one in range(30)
            ]
        )
        for warm_up in (0.2, 0.0)
    )
    assert with_it > 1.03 * without


@pytest.mark.parametrize("warm_up", [-0.1, 1.0, math.nan])
def test_a_warm_up_that_leaves_nothing(warm_up):
    with pytest.raises(AssumptionError, match="cannot be left out"):
        summarise(by_hand(), warm_up)


def test_summaries_travel_between_processes():
    found = summarise(by_hand())
    assert pickle.loads(pickle.dumps(found)).values == found.values  # noqa: S301  # our own bytes


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30), st.sampled_from([0.8, 0.95, 0.999]))
def test_intervals_are_those_of_scipy(values, level):
    found = interval(values, level)
    spread = stats.sem(values)
    low, high = stats.t.interval(level, len(values) - 1, np.mean(values), spread) if spread else found[1:]
    assert found.mean == pytest.approx(np.mean(values))
    assert (found.low, found.high) == pytest.approx((low, high))


def test_intervals_of_nothing_of_one_and_of_what_is_not_defined():
    assert np.isnan(interval([])).all()
    assert np.isnan(interval([math.nan, math.nan])).all()
    assert interval([3.0, math.nan]).mean == 3.0
    assert np.isnan(interval([3.0, math.nan])[1:]).all()
    assert interval([3.0, math.nan, 3.0]) == (3.0, 3.0, 3.0)
    assert interval([math.inf, 1.0]).mean == math.inf


def test_an_interval_covers_the_mean_as_often_as_it_says():
    draws = np.random.default_rng(1).normal(5.0, 2.0, (2000, 5))
    covered = np.mean([low <= 5.0 <= high for _, low, high in map(interval, draws)])
    assert covered == pytest.approx(0.95, abs=0.012)
