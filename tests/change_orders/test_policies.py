import pickle

import pytest

from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.policies import POLICIES, PRESETS, Policy
from orgmodel.errors import AssumptionError, StudyError


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_a_policy_changes_what_it_says_and_nothing_else(policy):
    before = Parameters(slack=3.0)
    after = policy.applied(before)
    assert after == before.replaced(**policy.changes)
    assert (after == before) == (policy.key == "as_today")
    assert POLICIES[policy.key] is policy
    assert pickle.loads(pickle.dumps(policy)) == policy  # noqa: S301  # our own
    assert {policy: 1}[policy] == 1


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_a_policy_takes_nothing_away(policy):
    full = Parameters(transparency=0.9, rule_coverage=0.9, delegation=0.9, communication=0.9, selling="never")
    assert policy.applied(full) == full


def test_a_policy_of_ones_own_is_taken_at_its_word():
    assert (
        Policy("mine", "No rules", {"rule_coverage": 0}).applied(Parameters(rule_coverage=0.5)).rule_coverage
        == 0
    )


def test_all_three_are_the_three_together():
    three = [POLICIES[key].changes for key in ("transparency", "rules", "delegation")]
    assert POLICIES["all"].changes == three[0] | three[1] | three[2]


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_the_numbers_of_a_preset_are_possible(preset):
    assert PRESETS[preset.key] is preset
    parameters = Parameters(**preset.changes)
    assert parameters.slack < parameters.lead_time


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"magic": 1}, AssumptionError, "magic"),
        ({"rule_coverage": 1.5}, AssumptionError, "1.5"),
        ({"selling": "loudly"}, AssumptionError, "loudly"),
        ({"planning_utilisation": 0.5}, StudyError, "planning_utilisation"),
    ],
)
def test_a_policy_that_cannot_be_gets_a_sentence(changes, error, words):
    with pytest.raises(error, match=words):
        Policy("mine", "Mine", changes)
