"""The process of a placement follows the chart as the indicators do; what cannot be gets a sentence."""

import math
from dataclasses import replace

import pytest

from orgmodel import Assumptions, Organization, Placement, read_organization, survey
from orgmodel.alternatives import alternatives
from orgmodel.change_orders.parameters import NAMES, OWN, PARAMETERS, SELLING, Parameters
from orgmodel.change_orders.process import process_of
from orgmodel.change_orders.simulation import simulate
from orgmodel.errors import AssumptionError, PlacementError
from orgmodel.functions import customer_service_proposals
from tests.change_orders.processes_for_tests import ONE_BOSS

CHART = Organization.from_columns(
    ["ceo", "sales", "ops", "cs"],
    [None, "ceo", "ceo", "ops"],
    functions=["executive", "sales", "operations", "customer_service"],
)


@pytest.mark.parametrize("name", ["startup_12", "golden_with_service", "manufacturer_150", "software_400"])
def test_quarrels_climb_as_far_as_the_indicators_say(name):
    chart = read_organization(f"data/{name}.csv").organization
    found = survey(chart, customer_service_proposals(chart)[0].ids)
    for item in alternatives(found).kept:
        process = process_of(found, item.placement, item.title)
        after = found.current if item.placement is None else found.assess(item.placement)
        assert math.fsum(part.share for part in process.parts) == pytest.approx(1.0)
        for part in process.parts:
            climb = after.parts[part.unit]["climb"]
            assert len(part.route) == (0 if math.isnan(climb) else climb)
            assert process.managers[part.head].id == part.unit
            depths = [process.managers[place].depth for place in part.route]
            assert depths == sorted(depths, reverse=True)
            if part.route:
                assert depths[-1] == after.parts[part.unit]["arbiter_depth"]
            assert 0.0 <= part.disagreement <= 1.0


def test_who_is_measured_as_operations_are_has_nothing_to_disagree_about():
    found = survey(CHART, "cs")
    assert process_of(found, None).parts[0].disagreement == pytest.approx(0.0, abs=1e-12)
    assert process_of(found, Placement.under("sales")).parts[0].disagreement > 0.1


def test_what_bosses_are_measured_by_is_not_known():
    chart = Organization.from_columns(
        ["a", "b", "ops", "cs"], [None, "a", "a", "b"], functions=["", "", "operations", "customer_service"]
    )
    assert process_of(survey(chart, "cs"), None).parts[0].disagreement == 1.0


@pytest.mark.parametrize(
    "chart",
    [
        Organization.from_columns(["ceo", "cs"], [None, "ceo"], functions=["executive", "customer_service"]),
        Organization.from_columns(
            ["ceo", "cs", "ops"],
            [None, "ceo", "cs"],
            functions=["executive", "customer_service", "operations"],
        ),
    ],
    ids=["no operations", "operations inside customer service"],
)
def test_nobody_contests(chart):
    with pytest.raises(PlacementError, match="no operations outside customer service"):
        process_of(survey(chart, "cs"), None)


def test_numbers_that_indicators_rest_on_are_the_same_numbers():
    assumptions = Assumptions(planners=7, slack=3.5, transparency=0.25)
    numbers = Parameters.of(assumptions, delegation=0.5)
    for name in set(NAMES) - set(OWN):
        assert getattr(numbers, name) == getattr(assumptions, name)
    assert numbers.delegation == 0.5
    assert {info.name for info in PARAMETERS} == {*NAMES} - {"selling"}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"planners": 0}, "People who can change the schedule: 0 is not possible"),
        ({"planning_time": -1}, "-1 is not possible"),
        ({"change_share": 0.0}, "Changes among the orders: 0.0 is not possible"),
        ({"granted": math.nan}, "nan is not possible"),
        ({"delegation": "much"}, "'much' is not possible"),
        ({"selling": "now and then"}, '"now and then" is no rule for selling; choose one of always'),
        ({"selling": ["idle"]}, "is no rule for selling"),
        ({"speed": 3}, '"speed" is no number of the process'),
    ],
)
def test_bad_numbers_are_named(values, said):
    with pytest.raises(AssumptionError) as raised:
        Parameters().replaced(**values)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("busy", "said"),
    [(1.0, "100 %"), (1.5, "never comes to rest"), (0.99999, "99.99 % at most"), (0, "nothing")],
)
def test_a_schedule_that_cannot_be(busy, said):
    with pytest.raises(AssumptionError, match=said):
        simulate(ONE_BOSS, Parameters(planning_utilisation=busy))


def test_nobody_at_the_desk_and_no_changes():
    empty = replace(ONE_BOSS, parts=(replace(ONE_BOSS.parts[0], agents=0),))
    with pytest.raises(AssumptionError, match="one person at least"):
        simulate(empty, Parameters())
    with pytest.raises(AssumptionError, match="0 changes cannot be simulated"):
        simulate(ONE_BOSS, Parameters(), changes=0)


@pytest.mark.parametrize("selling", SELLING)
def test_one_change_and_no_orders(selling):
    records = simulate(ONE_BOSS, Parameters(change_share=1.0, selling=selling), changes=1)
    assert (len(records.changes.asked), len(records.orders.entered)) == (1, 0)
    assert records.changes.order[0] == -1


def test_a_contract_hides_some_of_the_schedule_and_a_board_does_not():
    outside = process_of(survey(CHART, "cs"), Placement.outsourced("ops")).parts[0]
    assert (outside.contract, outside.provider) == (True, True)
    two_trees = Organization.from_columns(
        ["ceo", "ops", "owner", "cs"],
        [None, "ceo", None, "owner"],
        functions=["executive", "operations", "executive", "customer_service"],
    )
    process = process_of(survey(two_trees, "cs"), None)
    assert (process.parts[0].contract, process.parts[0].provider) == (True, False)
    assert not simulate(process, Parameters(transparency=1.0), changes=50).changes.false_promise.any()
