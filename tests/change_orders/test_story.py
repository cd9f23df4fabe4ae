"""The story of a change says what its record says, in order of time."""

import numpy as np
import pytest

from orgmodel import Organization, Placement, survey
from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.process import process_of
from orgmodel.change_orders.records import CONTRACT, GAVE_UP, MANAGER, OUTCOMES
from orgmodel.change_orders.simulation import simulate
from orgmodel.change_orders.story import story

CHART = Organization.from_columns(
    ["ceo", "sales", "east", "ops", "cs"],
    [None, "ceo", "sales", "ceo", "ops"],
    functions=["executive", "sales", "sales", "operations", "customer_service"],
)
BUSY = Parameters(
    planning_utilisation=0.97,
    transparency=0.3,
    rule_coverage=0.2,
    delegation=0.2,
    patience=5.0,
    lead_time=8.0,
)


@pytest.fixture(scope="module", params=[Placement.under("east"), Placement.outsourced("ops")])
def records(request):
    return simulate(process_of(survey(CHART, "cs"), request.param), BUSY, changes=400, seed=3)


def test_every_story_is_in_order_and_ends_with_what_became_of_it(records):
    changes = records.changes
    seen = set()
    for change in range(len(changes.asked)):
        told = story(records, change)
        seen.add(OUTCOMES[changes.outcome[change]])
        times = [moment.time for moment in told]
        assert times == sorted(times)
        assert times[0] == changes.asked[change]
        words = " ".join(moment.what for moment in told)
        assert ("gives up" in words) == (changes.outcome[change] == GAVE_UP)
        assert ("rework, a late order" in words) == changes.rework[change]
        assert ("It is a quarrel" in words) == changes.disputed[change]
        assert ("leaves" in words) == changes.left[change]
        assert ("above both sides." in words) == (changes.outcome[change] == CONTRACT)
    assert len(seen) == len(OUTCOMES) - 1  # a contract, or managers


def test_a_quarrel_lies_with_one_manager_after_the_other_of_the_route(records):
    for change in np.flatnonzero(records.changes.outcome == MANAGER):
        lies_with = [moment.manager for moment in story(records, change) if moment.manager >= 0]
        part = records.process.parts[records.changes.part[change]]
        assert tuple(dict.fromkeys(lies_with)) == part.route
        assert records.changes.decided_by[change] == part.route[-1]
