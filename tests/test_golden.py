"""The worked example of the three headlines: made for this project, checked by a second implementation.

That implementation is `tests/reference.py`; both have to give the printed digits.
"""

import pytest

from orgmodel.assumptions import Assumptions
from orgmodel.placement import Placement
from orgmodel.sweep import assess, sweep
from tests import reference
from tests.charts_for_tests import GOLDEN_NODES, golden

# Where the goal is growth, customer service is for revenue and quality alike.
GROWTH = Assumptions(value_vector=(0.5, 0.0, 0.5, 0.0))
COLUMNS = {
    "silo_risk": 0,
    "feedback_path_length": 2,
    "efficiency": 4,
    "fidelity": 4,
    "incentive_distortion": 2,
    "sales_pressure_conflict": 2,
    "cost_pressure": 2,
    "service_shortfall": 2,
}  # digits printed
GROWTH_COLUMNS = {"sales_pressure_conflict": 2, "sales_disconnect": 2}
# The columns above, then those for growth.
TABLE = {
    "CEO": (0, 2.00, 0.5000, 0.9000, 58.02, 39.73, 12.09, 60.56, 3.33, 0),
    "Sales": (70, 2.40, 0.5333, 0.8670, 86.89, 84.33, 0, 80.87, 15.88, 0),
    "Ops": (60, 2.20, 0.6000, 0.8860, 61.00, 4.80, 49.11, 65.94, 0, 55.40),
    "Mkt": (100, 3.00, 0.3333, 0.8100, 46.58, 44.54, 0, 39.81, 1.24, 0),
    "Fin": (90, 2.80, 0.4000, 0.8290, 77.06, 7.01, 48.82, 87.81, 0, 52.11),
    "IT": (80, 2.60, 0.4667, 0.8480, 40.14, 1.49, 29.88, 47.80, 0, 65.83),
    "HR": (100, 3.00, 0.3333, 0.8100, 23.34, 1.44, 9.22, 31.13, 0, 63.93),
    "SalesEast": (70, 3.00, 0.3583, 0.8127, 91.16, 88.98, 0, 85.26, 18.18, 0),
    "Plant": (60, 2.90, 0.3750, 0.8217, 64.91, 1.35, 56.41, 68.62, 0, 70.65),
    "Logistics": (60, 3.20, 0.3500, 0.7974, 64.91, 1.35, 56.41, 68.62, 0, 70.65),
}
SALES_AND_OPS = (30, 1.60, 0.8000, 0.9430, 68.76, 48.16, 14.81, 69.90, 6.29, 0)
HALF_EACH = {"Sales": 0.5, "Ops": 0.5}
# Wherever customer service is today: the answer for a candidate is the same.
HOMES = pytest.mark.parametrize("home", [None, *(node for node, _, _ in GOLDEN_NODES)], ids=str)


def printed(values, growth):
    """Return the row of the table that these values print."""
    return tuple(
        round(float(source[column]), digits)
        for source, columns in ((values, COLUMNS), (growth, GROWTH_COLUMNS))
        for column, digits in columns.items()
    )


@HOMES
def test_reference_under_one_boss(home):
    chart = golden(home).to_networkx()
    now, growth = (reference.sweep(chart, ["CS"], goal) for goal in (Assumptions(), GROWTH))
    assert {boss: printed(now[boss], growth[boss]) for boss in TABLE} == TABLE


@HOMES
def test_sweep(home):
    now, growth = (sweep(golden(home), "CS", goal) for goal in (None, GROWTH))
    assert {boss: printed(now.loc[boss], growth.loc[boss]) for boss in TABLE} == TABLE


@HOMES
@pytest.mark.parametrize("boss", TABLE)
def test_assess_under_one_boss(home, boss):
    now, growth = (assess(golden(home), "CS", Placement.under(boss), goal).values for goal in (None, GROWTH))
    assert printed(now, growth) == TABLE[boss]


@HOMES
def test_reference_under_two_bosses(home):
    chart = golden(home).to_networkx()
    now, growth = (reference.shared(chart, ["CS"], goal, HALF_EACH) for goal in (Assumptions(), GROWTH))
    assert printed(now, growth) == SALES_AND_OPS


@HOMES
def test_assess_under_two_bosses(home):
    placement = Placement.shared(HALF_EACH)
    now, growth = (assess(golden(home), "CS", placement, goal).values for goal in (None, GROWTH))
    assert printed(now, growth) == SALES_AND_OPS


def test_every_other_node_is_a_candidate():
    assert sorted(sweep(golden(), "CS").index) == sorted(node for node, _, _ in GOLDEN_NODES)
