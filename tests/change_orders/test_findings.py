"""What a study says: only with numbers, and nothing beyond the interval."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from orgmodel.change_orders.closed_form import expected
from orgmodel.change_orders.findings import findings
from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.phrases import CALLED, CHANCE, INTERVAL, number
from orgmodel.change_orders.policies import POLICIES
from orgmodel.change_orders.study import OUTCOME_NAMES, Plan, run
from tests.change_orders.processes_for_tests import (
    ALL,
    CLIMB_TO_THE_TOP,
    CONTRACT,
    ONE_BOSS,
    SHARED_BOSS_BELOW_THE_TOP,
)


@cache
def study(
    processes=ALL, policies=("as_today", "transparency", "rules"), utilisations=(0.5, 0.8, 0.95), **numbers
):
    numbers = {"replications": 4, "changes": 100, **numbers}
    parameters = numbers.pop("parameters", Parameters())
    named = tuple(POLICIES[key] for key in policies)
    return run(Plan(processes, named, parameters, utilisations, **numbers), workers=1)


def with_samples(found, **outcomes):
    """The same study with other numbers: arrays that are spread over the cells."""
    shape = found.samples["disputes"].shape
    given_ = {
        name: np.array(np.broadcast_to(values, shape), dtype=float) for name, values in outcomes.items()
    }
    return replace(found, samples={**found.samples, **given_})


def told(found, words):
    """The one finding with some words."""
    (finding,) = [finding for finding in findings(found) if words in finding.sentence]
    return finding


def test_the_smallest_study():
    """One placement, policy, utilisation and run: nothing can be told from chance, and nothing is claimed."""
    smallest = study((ONE_BOSS,), ("as_today",), (0.9,), replications=1, changes=30)
    found = findings(smallest)
    assert found
    assert not any(finding.sure for finding in found)
    two = findings(study((ONE_BOSS, CONTRACT), ("as_today", "rules"), (0.8, 0.9), replications=1, changes=30))
    assert not any(finding.sure for finding in two if "fewest" in finding.sentence)
    assert "fewest" not in " ".join(finding.sentence for finding in two)


@pytest.mark.parametrize("runs", [1, 2, 4])
def test_every_finding_has_a_number_and_is_written_out(runs):
    found = findings(study(replications=runs))
    assert 5 <= len(found) <= 10
    for finding in found:
        assert re.search(r"\d", finding.sentence)
        assert re.search(r"\.$", finding.sentence)
        assert not re.search(r"significant|\bnan\b|\binf\b|e-\d| 1 \w+s\b(?! *week)|  ", finding.sentence)
        assert finding.sentence.count(INTERVAL) <= 1


def test_every_outcome_has_its_words():
    assert tuple(CALLED) == OUTCOME_NAMES


def test_the_numbers_are_those_of_the_study():
    """The shared boss below the top spares the top everything, which the closed form says too."""
    found = study((SHARED_BOSS_BELOW_THE_TOP, CLIMB_TO_THE_TOP))
    top = told(found, "top decides in 4 runs")
    assert top.sure
    assert top.sentence.startswith(
        'With operations 95 % busy, only "Shared boss" has no quarrel that the top'
    )
    more = found.difference("top", (1, 0, 2), (0, 0, 2))
    assert f"{number(more.mean)} more ({INTERVAL}{number(more.low)} to {number(more.high)})" in top.sentence
    assert found.expected[0][0][2].values["top"] == 0.0
    saved = told(found, '"Shared system": ')
    fewer = found.difference("escalations", (0, 1, 2), (0, 0, 2))
    assert f'"Shared system": {number(-fewer.mean)} fewer' in saved.sentence


def test_place_or_policy():
    """What the best policy does without a move, against the best placement without a policy."""
    found = study((CLIMB_TO_THE_TOP, SHARED_BOSS_BELOW_THE_TOP))
    quarrels = np.full((2, 3, 3, 4), [300.0, 301.0, 302.0, 303.0])
    quarrels[1, 0] -= [100.0, 99.0, 101.0, 100.0]
    quarrels[0, 1] -= [250.0, 251.0, 249.0, 250.0]
    sentence = told(with_samples(found, escalations=quarrels), '"Shared system": ').sentence
    assert '"Shared system": 250 fewer (249 to 251)' in sentence
    assert 'A move to "Shared boss" instead: 100 fewer (99 to 101).' in sentence
    assert (
        '"Climb" under "Shared system", compared with "Shared boss" under "Nothing changed": 150 fewer'
        in sentence
    )


def test_the_same_customers_tell_a_small_difference():
    """There is much more noise between runs than between placements; pairs show it all the same."""
    base = study((ONE_BOSS, CONTRACT))
    noise = np.array([10.0, 400.0, 900.0, 55.0])
    quarrels = np.zeros(base.samples["disputes"].shape) + noise
    quarrels[1] += [5.0, 6.0, 7.0, 6.0]
    finding = findings(with_samples(base, disputes=quarrels))[0]
    assert '"One boss" has the fewest quarrels, 341 per 1,000 changes' in finding.sentence
    assert '"Contract", the next, has 6 more (4.7 to 7.3)' in finding.sentence
    assert finding.sure


def test_of_three_two_may_be_the_least():
    base = study((ONE_BOSS, CONTRACT, CLIMB_TO_THE_TOP))
    quarrels = np.zeros(base.samples["disputes"].shape) + 100.0
    quarrels[1] += [5.0, -6.0, 7.0, -5.0]
    quarrels[2] += [50.0, 51.0, 49.0, 50.0]
    finding = findings(with_samples(base, disputes=quarrels))[0]
    assert 'Beyond chance "Climb" has 50 more (49 to 51).' in finding.sentence
    assert "fewest" not in finding.sentence
    assert not finding.sure


def test_no_difference_is_said_to_be_none():
    base = study((ONE_BOSS, CONTRACT))
    quarrels = np.zeros(base.samples["disputes"].shape) + 100.0
    quarrels[1] += [5.0, -6.0, 7.0, -5.0]
    finding = findings(with_samples(base, disputes=quarrels))[0]
    assert f'From these {CHANCE}: "Contract" (between 10 fewer and 11 more)' in finding.sentence
    assert "fewest" not in finding.sentence
    assert not finding.sure


@settings(max_examples=25, deadline=None)
@given(
    values=arrays.arrays(float, (3, 1, 1, 4), elements=st.floats(0, 1000).map(lambda value: round(value, 3)))
)
def test_fewest_is_said_only_beyond_every_interval(values):
    base = study((ONE_BOSS, CONTRACT, CLIMB_TO_THE_TOP), ("as_today",), (0.9,))
    found = with_samples(base, disputes=values, escalations=values)
    (first, *_) = [finding for finding in findings(found) if "quarrel" in finding.sentence]
    order = np.argsort(values.mean(axis=-1)[:, 0, 0], kind="stable")
    lows = [found.difference("disputes", (place, 0, 0), (order[0], 0, 0)).low for place in order[1:]]
    if "fewest" in first.sentence or ", only" in first.sentence:
        assert min(lows) > 0
        assert first.sure


def test_two_names_of_one_placement_cannot_be_told_apart():
    found = study((ONE_BOSS, replace(ONE_BOSS, title="The same")), ("as_today",), (0.9,))
    finding = told(found, "cannot be told apart")
    assert '"One boss" and "The same" (the same in every run)' in finding.sentence
    assert finding.sure
    assert 'The same in every run: "The same"' in findings(found)[0].sentence


def test_quarrels_grow_and_half_of_it_lies_where_it_was_put():
    """A straight line from 0 at 50 % to 100 at 70 % and 300 at 90 %: half is at 75 %."""
    base = study((ONE_BOSS,), ("as_today",), (0.9, 0.5, 0.7))  # in any order
    curve = np.array([300.0, 0.0, 100.0])[None, None, :, None] * np.array([1.0, 1.01, 0.99, 1.0])
    curve += np.array([0.0, 1.0, 2.0, 0.0]) * np.array([1.0, 0.0, 0.0])[:, None]
    finding = told(with_samples(base, disputes=curve), "From operations 50 % busy to 90 %")
    assert "half of the growth above 75 %" in finding.sentence
    assert finding.sure


def test_what_never_comes_to_rest_comes_first():
    """Managers who settle two quarrels a day; rules help."""
    found = study((ONE_BOSS, CONTRACT), ("as_today", "rules"), parameters=Parameters(decisions_per_day=2.0))
    assert found.unstable
    first = findings(found)[0]
    assert first.sure
    assert first.sentence.startswith('With operations 95 % busy, "One boss" never comes to rest')
    assert found.unstable[0, 0, 2] in first.sentence
    assert 'It comes to rest under "Rules".' in first.sentence


def test_where_nothing_comes_to_rest_only_that_is_said():
    found = study((ONE_BOSS,), ("as_today",), parameters=Parameters(decisions_per_day=0.01))
    (only,) = findings(found)
    assert only.sentence.startswith('With operations 50 % busy or more, "One boss" never comes to rest')


def test_hours_of_managers_are_counted_with_their_names():
    found = study((CLIMB_TO_THE_TOP,), ("as_today",), (0.9,))
    hours = [np.zeros((1, 1, 4, 4))]
    hours[0][0, 0] = [[0, 1, 3, 2], [0, 1, 4, 2], [0, 1.2, 3, 2], [0, 0.8, 4, 2]]
    finding = told(replace(found, hours=tuple(hours)), "managers' time. ")
    assert '"Head of sales" 3.5 hours a week' in finding.sentence
    assert '"Head of regional sales" 1 hour a week' in finding.sentence
    assert '"Head of customer service"' not in finding.sentence


def test_names_are_quoted_on_one_line():
    hostile = replace(ONE_BOSS, title='**<script>**\n"' + "x" * 100)
    found = findings(study((hostile, CONTRACT)))
    assert any('"**<script>** "xxx' in finding.sentence for finding in found)
    assert not any("\n" in finding.sentence or "x" * 80 in finding.sentence for finding in found)


def test_formula_and_simulation_agree_where_the_formula_is_exact():
    """Shares of changes by Erlang's formula; sixty of the numbers or so hang on the same customers."""
    finding = told(study(replications=8, changes=300), "Formula and simulation")
    compared, agreeing = map(int, re.search(r"of (\d+) numbers .*?, (\d+) lie", finding.sentence).groups())
    assert agreeing > 0.8 * compared > 0
    assert "bursts" in finding.sentence


def test_what_helps_is_said_to_help_only_as_far_as_it_does():
    found = study((ONE_BOSS, CONTRACT), ("as_today", "rules"), parameters=Parameters(decisions_per_day=2.0))
    unstable = dict.fromkeys([(0, 0, 0), (0, 0, 1), (0, 0, 2), (0, 1, 2)], "A line of 3 grows.")
    first = findings(replace(found, unstable=unstable))[0]
    assert 'It comes to rest under "Rules" up to 80 %.' in first.sentence


def test_what_a_contract_decides_is_no_gain():
    """Neither is it a quarrel of the top, nor does it take hours of a manager who is counted."""
    found = study((CONTRACT, ONE_BOSS))
    decided = number(found.samples["escalations"][0, 0, 2].mean())
    but = f"but a contract or the board decides {decided} per 1,000 changes, whose time is not counted"
    assert (
        f"has no quarrel that the top decides in 4 runs of 100 changes, {but}"
        in told(found, "top dec").sentence
    )
    assert f'"Contract": no hours, {but}.' in told(found, "managers' time. ").sentence


def test_times_are_too_short_where_managers_have_no_time_left():
    """Of the time of the boss, half and nine tenths are asked for where operations are busiest."""
    quarrels = expected(ONE_BOSS, Parameters(planning_utilisation=0.95)).stations[-1].load
    for share, warned in ((0.5, False), (0.9, True)):
        numbers = Parameters(decisions_per_day=quarrels / share)
        found = study((ONE_BOSS,), ("as_today",), (0.5, 0.95), parameters=numbers)
        said = [one.sentence for one in findings(found) if "times are too short there" in one.sentence]
        assert bool(said) == warned
    assert 'With operations 95 % busy, "One boss"' not in said[0]
    assert '"Chief executive" for 36 hours of 40 a week in the long run' in said[0]


def test_a_formula_outside_its_interval_is_said():
    """All runs of the highest utilisation happen to be full: the headline and the last finding say so."""
    found = study((ONE_BOSS, CONTRACT), replications=8)
    one, two = (found.expected[place][0][2].values["disputes"] for place in (0, 1))
    quarrels = found.samples["disputes"].copy()
    quarrels[0, 0, 2] = one + 100 + np.arange(8)
    quarrels[1, 0, 2] = two + 300 + np.arange(8)
    finding = findings(with_samples(found, disputes=quarrels))[0]
    assert f"but exactly {number(one)} by formula)" in finding.sentence
    shifted = {
        name: found.samples[name] + 1000 * (np.arange(3) == 2)[:, None] for name in ("disputes", "top")
    }
    shifted |= {name: found.samples[name] * 3 for name in ("escalations", "false_promises", "manager_hours")}
    last = told(with_samples(found, **shifted), "Formula and simulation")
    assert "with operations 95 % busy: all rest on the same customers" in last.sentence
