"""The change-order process against its second implementation: every time and every outcome of every change.

`tests/change_orders/event_by_event.py` was written from the description of the model, not from the program.
"""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.change_orders.parameters import SELLING, Parameters
from orgmodel.change_orders.records import OUTCOMES
from orgmodel.change_orders.simulation import simulate
from tests.change_orders.event_by_event import Plant
from tests.change_orders.processes_for_tests import ALL, CLIMB_TO_THE_TOP, CONTRACT, TWO_PARTS

BUSY = Parameters(planning_utilisation=0.95, transparency=0.3, rule_coverage=0.2, lead_time=8.0)
POLICIES = {
    "as it is": {},
    "an overloaded plant nearly, and slow managers": {
        "planning_utilisation": 0.995,
        "decisions_per_day": 0.5,
    },
    "delegation": {"delegation": 0.7, "communication": 0.2},
    "impatient customers, selling": {"patience": 2.0, "sales_time": 4.0},
    "selling when nobody waits": {"selling": "idle", "sales_time": 4.0},
    "both": {"selling": "idle", "sales_time": 4.0, "patience": 2.0},
    "a single planner": {"planners": 1, "slack": 0.0, "change_share": 1.0},
    "all is seen": {"transparency": 1.0},
    "no lead": {"lead_time": 0.1},
}
shares = st.floats(0.0, 1.0)


def agree(process, parameters, changes, seed, replication=0):
    records = simulate(process, parameters, changes=changes, seed=seed, replication=replication)
    tables = Plant(process, parameters, changes, seed, replication).tables
    for ours, theirs in zip((records.changes, records.orders, records.visits), tables, strict=True):
        for name in (field.name for field in fields(ours)):
            expected = [row[name] for row in theirs]
            found = getattr(ours, name)
            if name == "outcome":
                assert [OUTCOMES[code] for code in found] == expected
            else:
                np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9, err_msg=name)
    return records


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("process", ALL, ids=lambda process: process.title)
def test_every_record_is_that_of_the_second_implementation(process, policy):
    agree(process, BUSY.replaced(**POLICIES[policy]), changes=120, seed=len(policy))


@pytest.mark.parametrize(
    "process", [CLIMB_TO_THE_TOP, TWO_PARTS, CONTRACT], ids=lambda process: process.title
)
def test_a_long_replication_has_every_outcome(process):
    parameters = BUSY.replaced(delegation=0.3, patience=5.0)
    records = agree(process, parameters, changes=1500, seed=5, replication=3)
    impossible = "manager" if process is CONTRACT else "contract"
    assert {OUTCOMES[code] for code in records.changes.outcome} == set(OUTCOMES) - {impossible}


@pytest.mark.parametrize("process", ALL, ids=lambda process: process.title)
def test_one_change_is_the_smallest_replication(process):
    for seed in range(5):
        agree(process, BUSY, changes=1, seed=seed)


def test_a_desk_whose_other_contacts_software_answers():
    parts = tuple(replace(part, load=0.0) for part in TWO_PARTS.parts)
    records = agree(replace(TWO_PARTS, parts=parts), BUSY.replaced(patience=1.0), changes=120, seed=1)
    assert not records.changes.desk_wait.any()


@settings(max_examples=60, deadline=None)
@given(
    process=st.sampled_from(ALL),
    own=st.fixed_dictionaries(
        {
            "planners": st.integers(1, 12),
            "planning_utilisation": st.floats(0.05, 0.999),
            "planning_time": st.floats(0.05, 20.0),
            "slack": st.floats(0.0, 20.0),
            "change_share": st.floats(0.05, 1.0),
            "lead_time": st.floats(0.1, 100.0),
            "decisions_per_day": st.floats(0.1, 50.0),
            "contract_days": st.floats(0.0, 20.0),
            "service_time": st.floats(1.0, 30.0),
            "patience": st.just(0.0) | st.floats(0.1, 30.0),
            "sales_time": st.floats(0.1, 10.0),
            "selling": st.sampled_from(list(SELLING)),
            "contract_alpha": st.floats(0.01, 1.0),
            **dict.fromkeys(
                (
                    "transparency",
                    "rule_coverage",
                    "quarrel_floor",
                    "delegation",
                    "communication",
                    "granted",
                    "leaving",
                ),
                shares,
            ),
        }
    ),
    seed=st.integers(0, 2**32),
)
def test_any_parameters_give_the_records_of_the_second_implementation(process, own, seed):
    agree(process, BUSY.replaced(**own), changes=60, seed=seed)
