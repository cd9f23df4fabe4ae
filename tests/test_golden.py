"""The worked example of the indicators: made for this project, checked by a second implementation.

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
    "executive_distance": 0,
    "climb": 0,
    "arbiter_depth": 0,
    "incentive_distortion": 2,
    "sales_pressure_conflict": 2,
    "cost_pressure": 2,
    "service_shortfall": 2,
    "boss_disagreement": 2,
}  # digits printed
GROWTH_COLUMNS = {"sales_pressure_conflict": 2, "sales_disconnect": 2}
# The columns above, then those for growth.
TABLE = {
    "CEO": (0, 2.00, 0.5000, 0.9000, 1, 1, 0, 58.02, 39.73, 12.09, 60.56, 0, 3.33, 0),
    "Sales": (70, 2.40, 0.5333, 0.8670, 2, 2, 0, 86.89, 84.33, 0, 80.87, 0, 15.88, 0),
    "Ops": (60, 2.20, 0.6000, 0.8860, 2, 1, 1, 61.00, 4.80, 49.11, 65.94, 0, 0, 55.40),
    "Mkt": (100, 3.00, 0.3333, 0.8100, 2, 2, 0, 46.58, 44.54, 0, 39.81, 0, 1.24, 0),
    "Fin": (90, 2.80, 0.4000, 0.8290, 2, 2, 0, 77.06, 7.01, 48.82, 87.81, 0, 0, 52.11),
    "IT": (80, 2.60, 0.4667, 0.8480, 2, 2, 0, 40.14, 1.49, 29.88, 47.80, 0, 0, 65.83),
    "HR": (100, 3.00, 0.3333, 0.8100, 2, 2, 0, 23.34, 1.44, 9.22, 31.13, 0, 0, 63.93),
    "SalesEast": (70, 3.00, 0.3583, 0.8127, 3, 3, 0, 91.16, 88.98, 0, 85.26, 0, 18.18, 0),
    "Plant": (60, 2.90, 0.3750, 0.8217, 3, 2, 1, 64.91, 1.35, 56.41, 68.62, 0, 0, 70.65),
    "Logistics": (60, 3.20, 0.3500, 0.7974, 3, 2, 1, 64.91, 1.35, 56.41, 68.62, 0, 0, 70.65),
}
SALES_AND_OPS = (30, 1.60, 0.8000, 0.9430, 2, 1, 1, 68.76, 48.16, 14.81, 69.90, 25.80, 6.29, 0)
# The share of revenue in what the boss is measured by, and its cosine with what customer service is for.
MEASURES = {
    "CEO": (0.4000, 0.6480),
    "Sales": (0.7333, 0.3621),
    "Ops": (0.2000, 0.6245),
    "Mkt": (0.4667, 0.7309),
    "Fin": (0.2000, 0.4789),
    "IT": (0.1333, 0.7737),
    "HR": (0.1333, 0.8756),
    "SalesEast": (0.8286, 0.2974),
    "Plant": (0.1429, 0.5924),
    "Logistics": (0.1429, 0.5924),
}
MEASURES_OF_SALES_AND_OPS = (0.4667, 0.5589)
# How many ways to operations, sales, it and finance have nobody between in common.
DISJOINT_ROUTES = {boss: {"operations": 1, "sales": 1, "it": 1, "finance": 1} for boss in TABLE}
DISJOINT_ROUTES_OF_SALES_AND_OPS = {"operations": 2, "sales": 2, "it": 1, "finance": 1}
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


def measures(vector):
    """Return what the vector of the bosses prints: the share of revenue, the cosine."""
    cosine = reference.dot(reference.unit_length(vector), reference.unit_length(Assumptions().value_vector))
    return round(float(vector[0] / sum(vector)), 4), round(float(cosine), 4)


@HOMES
def test_reference_of_what_the_bosses_are_measured_by(home):
    chart = golden(home).to_networkx()

    def measured_by(placed):
        return measures(reference.measured_by(placed, "CS", Assumptions()))

    assert {boss: measured_by(reference.moved(chart, "CS", boss)) for boss in MEASURES} == MEASURES
    assert measured_by(reference.divided(chart, "CS", HALF_EACH)) == MEASURES_OF_SALES_AND_OPS


@HOMES
def test_what_the_bosses_are_measured_by(home):
    def measured_by(placement):
        (evidence,) = assess(golden(home), "CS", placement).evidence
        return measures(evidence.measured_by)

    assert {boss: measured_by(Placement.under(boss)) for boss in MEASURES} == MEASURES
    assert measured_by(Placement.shared(HALF_EACH)) == MEASURES_OF_SALES_AND_OPS


@HOMES
def test_reference_of_disjoint_routes(home):
    chart = golden(home).to_networkx()
    owners = reference.owners(chart, ["CS"], Assumptions())

    def routes(placed):
        return {
            function: reference.disjoint_routes(placed, "CS", owner) for function, (owner,) in owners.items()
        }

    assert {boss: routes(reference.moved(chart, "CS", boss)) for boss in TABLE} == DISJOINT_ROUTES
    assert routes(reference.divided(chart, "CS", HALF_EACH)) == DISJOINT_ROUTES_OF_SALES_AND_OPS


@HOMES
def test_disjoint_routes(home):
    def routes(placement):
        (evidence,) = assess(golden(home), "CS", placement).evidence
        return {route.function: route.disjoint for route in evidence.routes}

    assert {boss: routes(Placement.under(boss)) for boss in TABLE} == DISJOINT_ROUTES
    assert routes(Placement.shared(HALF_EACH)) == DISJOINT_ROUTES_OF_SALES_AND_OPS


def test_sales_and_ops_are_two_bosses():
    assert assess(golden(), "CS", Placement.shared(HALF_EACH)).values["effective_bosses"] == pytest.approx(2)


def test_every_other_node_is_a_candidate():
    assert sorted(sweep(golden(), "CS").index) == sorted(node for node, _, _ in GOLDEN_NODES)
