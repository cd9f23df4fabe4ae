"""Every assumption moved by a fifth: against assessing and sweeping from scratch under each moved one."""

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.assumptions import ASSUMPTIONS, DEFAULT_ASSUMPTIONS, METRICS, OF_DECISIONS, Assumptions
from orgmodel.errors import PlacementError
from orgmodel.indicators import INDICATORS
from orgmodel.organization import BUSINESS_FUNCTIONS, Organization
from orgmodel.placement import Placement
from orgmodel.sweep import survey, sweep
from orgmodel.uncertainty import Swings, Variation, variations
from tests import reference
from tests.charts_for_tests import assumptions_for, cases, golden
from tests.reference import VALUES, assert_same

DOZENS = settings(max_examples=40, report_multiple_bugs=False)
FEW = settings(DOZENS, max_examples=8)
HALF_EACH = Placement.shared({"Sales": 0.5, "Ops": 0.5})

# Whole numbers: a fifth more of them is none.
NOT_MOVED = {
    *("radius", "lengths", "agents", "planners", "top_depth"),
    *("span_least", "span_most", "service_span_most", "owners"),
    *OF_DECISIONS,
}


def numbers_of(assumptions, functions=BUSINESS_FUNCTIONS):
    """Every continuous number: {(assumption, key, metric): value}."""
    found = {}
    for info in ASSUMPTIONS:
        value = getattr(assumptions, info.name)
        if info.name in NOT_MOVED:
            continue
        if isinstance(value, Mapping):
            for key, item in value.items():
                if info.name == "metric_vectors":
                    if key in functions:
                        found |= {(info.name, key, m): x for m, x in zip(METRICS, item, strict=True)}
                else:
                    found[info.name, key, ""] = item
        elif isinstance(value, tuple):
            found |= {(info.name, "", metric): x for metric, x in zip(METRICS, value, strict=True)}
        else:
            found[info.name, "", ""] = value
    return found


def bounds_of(name, number):
    (info,) = (info for info in ASSUMPTIONS if info.name == name)
    if name in {"utilisation", "planning_utilisation"} and number <= 0.99:
        return info.low, 0.99  # a queue that ends stays one that ends
    return info.low, math.inf if name == "needs" else info.high  # needs are rescaled, whatever they are


# ------------------------------------------------------------------ what is moved


ANY_CHART = Organization.from_columns(["a", "b"], [None, "a"])


@DOZENS
@given(assumptions_for(ANY_CHART), st.sets(st.sampled_from(BUSINESS_FUNCTIONS)))
def test_each_continuous_number_is_moved_up_and_down_within_its_bounds(assumptions, functions):
    """One number at a time, by a fifth; what is 0, or at its bound, has nowhere to go."""
    numbers = numbers_of(assumptions, functions)
    expected = {}
    for (name, key, metric), number in numbers.items():
        low, high = bounds_of(name, number)
        for up, factor in ((True, 1.2), (False, 0.8)):
            moved = min(max(number * factor, low), high)
            if moved != number:
                expected[name, key, metric, up] = moved
    found = variations(assumptions, sorted(functions))
    assert [item[:4] for item in found] == list(dict.fromkeys(item[:4] for item in found))
    assert {item[:4] for item in found} == set(expected)
    every = numbers_of(assumptions)
    for item in found:
        moved = numbers_of(item.assumptions)
        place = (item.name, item.key, item.metric)
        assert moved.pop(place) == pytest.approx(expected[*place, item.up])
        assert moved == {key: number for key, number in every.items() if key != place}
        for name in NOT_MOVED:
            assert getattr(item.assumptions, name) == getattr(assumptions, name)


def test_what_stays_at_its_bound():
    """Of the defaults: automation and patience are 0; 0.9 kept content moves to 1 and no further."""
    found = {item[:4]: item.assumptions for item in variations(DEFAULT_ASSUMPTIONS, ["sales"])}
    assert not [key for key in found if key[0] in {"automation", "patience", "transparency"}]
    assert found["alpha", "", "", True].alpha == 1
    assert found["alpha", "", "", False].alpha == pytest.approx(0.72)
    assert found["metric_vectors", "sales", "revenue", True].metric_vectors["sales"][0] == 1
    assert ("metric_vectors", "sales", "cost", True) not in found
    assert not [key for key in found if key[1] == "hr"]
    everything = Assumptions(automation=1.0)
    assert [item.up for item in variations(everything, []) if item.name == "automation"] == [False]


def test_a_need_may_grow_above_one():
    (up,) = (
        item
        for item in variations(Assumptions(needs={"sales": 1.0, "it": 4.0}), [])
        if item.name == "needs" and item.up and item.key == "it"
    )
    assert up.assumptions.needs["it"] == pytest.approx(4.8)


def test_titles_say_what_was_moved_and_where_to():
    found = {item[:4]: item.title for item in variations(DEFAULT_ASSUMPTIONS, ["sales"])}
    assert found["delta", "", "", True] == "How far measures travel down 20 % higher"
    assert found["needs", "it", "", False] == "Whom customer service needs (IT) 20 % lower"
    title = found["metric_vectors", "sales", "revenue", False]
    assert title == "What each function is measured by (Sales, Revenue) 20 % lower"


# ------------------------------------------------------------------ against the same from scratch


def some_of(swings):
    """Rows of the swings, as not all are worth the time: what is assumed, and every ninth from any on."""
    return st.integers(1, 9).map(lambda first: [0, *range(first, len(swings.variations) + 1, 9)])


def moved_in(assumptions, swings, rows):
    moved = [assumptions, *(item.assumptions for item in swings.variations)]
    return [moved[row] for row in rows]


def rows_of(swings, rows):
    return {name: values[rows] for name, values in swings.values.items()}


@FEW
@given(cases(12, units=(1, 1, 3)), st.data())
def test_swings_of_candidates_are_sweeps_from_scratch(case, data):
    organization, unit, assumptions = case
    found = survey(organization, unit, assumptions)
    if found.table.empty:
        return
    chosen = data.draw(st.lists(st.sampled_from(found.table.index.tolist()), min_size=1, max_size=3))
    swings = found.candidate_swings(chosen)
    assert set(swings.values) == {item.name for item in INDICATORS}
    some = data.draw(some_of(swings))
    tables = [sweep(organization, unit, moved).loc[chosen] for moved in moved_in(assumptions, swings, some)]
    expected = {name: np.array([table[name] for table in tables], dtype=float) for name in VALUES}
    assert_same(rows_of(swings, some), expected)


@FEW
@given(cases(12, units=(1, 1, 3)), st.data())
def test_swings_of_placements_are_assessments_from_scratch(case, data):
    organization, unit, assumptions = case
    found = survey(organization, unit, assumptions)
    if found.table.empty:
        return
    boss = st.sampled_from(found.table.index.tolist())
    one, two = data.draw(boss), data.draw(boss)
    placements = [
        None,
        Placement.under(one),
        Placement.shared({one: 0.5, two: 0.5} if one != two else {one: 1.0}),
        data.draw(
            st.sampled_from(
                [
                    Placement.outsourced(one),
                    Placement.new_department(one),
                    Placement.split(list(dict.fromkeys([one, two])), "equally"),
                    Placement.merged(one),
                ]
            )
        ),
    ]
    swings = found.swings(placements)
    some, rows = data.draw(some_of(swings)), []
    for moved in moved_in(assumptions, swings, some):
        other = survey(organization, unit, moved)
        rows.append(
            [(other.assess(placement) if placement else other.current).values for placement in placements]
        )
    expected = {name: np.array([[values[name] for values in row] for row in rows]) for name in VALUES}
    assert_same(rows_of(swings, some), expected)


def test_moved_assumptions_against_the_second_implementation():
    """The worked example; `tests/reference.py` knows nothing of variations."""
    chart = golden().to_networkx()
    swings = survey(golden(), "CS").candidate_swings(["Sales", "Plant"])
    assert len(swings.variations) > 50
    some = [0, *range(1, len(swings.variations) + 1, 4)]
    facts = reference.facts_of(chart, ["CS"], DEFAULT_ASSUMPTIONS)
    tables = [
        [
            reference.placed(
                chart, facts, other, lambda chart, node, boss=boss: reference.moved(chart, node, boss)
            )
            for boss in ("Sales", "Plant")
        ]
        for other in moved_in(DEFAULT_ASSUMPTIONS, swings, some)
    ]
    expected = {name: np.array([[values[name] for values in row] for row in tables]) for name in VALUES}
    assert_same(rows_of(swings, some), expected)


def test_smallest_chart():
    alone = survey(Organization.from_columns(["cs"], [None], functions=["customer_service"]), "cs")
    swings = alone.swings([None])
    assert all(values.shape == (len(swings.variations) + 1, 1) for values in swings.values.values())
    assert np.isnan(swings.values["incentive_distortion"]).all()
    assert alone.swings([]).values["silo_risk"].shape == (len(swings.variations) + 1, 0)
    assert alone.candidate_swings([]).values["silo_risk"].shape[1] == 0


def test_who_cannot_be_the_boss_is_named():
    with pytest.raises(PlacementError, match="CS"):
        survey(golden(), "CS").candidate_swings(["Ops", "CS"])


# ------------------------------------------------------------------ ties


def swings_of(*rows):
    """Some values of one indicator: as assumed, then under each variation."""
    some = variations(DEFAULT_ASSUMPTIONS, BUSINESS_FUNCTIONS)[: len(rows) - 1]
    return Swings(tuple(some), {"x": np.array(rows, dtype=float)})


NAN, INF = math.nan, math.inf


@pytest.mark.parametrize(
    ("rows", "is_tie", "turned"),
    [
        ([(1, 1)], True, []),
        ([(1, 2)], False, []),
        ([(1, 2), (1, 3), (0, 1)], False, []),
        ([(1, 2), (3, 2), (0, 1)], True, [0]),  # turns round
        ([(1, 2), (1, 3), (2, 2)], True, [1]),  # vanishes
        ([(1, 1), (1, 2)], True, [0]),  # is none as assumed
        ([(1, 1 + 1e-12)], True, []),  # rounding
        ([(1, 1 + 1e-6)], False, []),
        ([(INF, INF)], True, []),
        ([(INF, 3)], False, []),
        ([(3, INF), (4, INF)], False, []),
        ([(3, INF), (INF, INF)], True, [0]),
        ([(3, INF), (INF, 3)], True, [0]),
        ([(NAN, NAN)], True, []),
        ([(NAN, 1)], False, []),
        ([(NAN, 1), (NAN, 5)], False, []),
        ([(NAN, 1), (2, 1)], True, [0]),
        ([(NAN, INF)], False, []),
    ],
    ids=str,
)
def test_ties(rows, is_tie, turned):
    swings = swings_of(*rows)
    for first, second in ((0, 1), (1, 0)):
        assert swings.is_tie("x", first, second) == is_tie
        assert swings.turned_by("x", first, second) == [swings.variations[index] for index in turned]


ANY_VALUE = st.sampled_from((0.0, 1.0, 1.0 + 1e-12, 2.0, INF, NAN))


@DOZENS
@given(st.lists(st.lists(ANY_VALUE, min_size=3, max_size=3), min_size=1, max_size=4))
def test_ties_of_any_values(rows):
    """Authority: the definition, read aloud; a placement is no different from itself."""
    swings = swings_of(*rows)

    def side(a, b):
        if a == b or (math.isnan(a) and math.isnan(b)) or abs(a - b) <= 1e-9:
            return "none"
        return "undefined" if math.isnan(a) or math.isnan(b) else "first" if a < b else "second"

    for first in range(3):
        assert swings.is_tie("x", first, first)
        assert swings.turned_by("x", first, first) == []
        for second in range(3):
            sides = [side(row[first], row[second]) for row in rows]
            assert swings.is_tie("x", first, second) == (sides[0] == "none" or len(set(sides)) > 1)
            turned = [item for item, s in zip(swings.variations, sides[1:], strict=True) if s != sides[0]]
            assert swings.turned_by("x", first, second) == turned


def test_ranges_and_what_is_decisive():
    swings = swings_of((1, NAN, 5), (3, NAN, 5), (0.5, NAN, 5), (1, NAN, INF))
    low, high = swings.range("x")
    np.testing.assert_array_equal(low, [0.5, NAN, 5])
    np.testing.assert_array_equal(high, [3, NAN, INF])
    first, second, third = swings.variations
    assert swings.decisive("x", 0) == [first, second]
    assert swings.decisive("x", 1) == []
    assert swings.decisive("x", 2) == [third]


def is_tie(name, one, two):
    found = survey(golden(), "CS")
    swings = found.swings([one, two])
    return swings.is_tie(name, 0, 1), swings.turned_by(name, 0, 1)


def test_worked_example_ties():
    """From its table: Plant and Logistics have the same silo risk; Sales and HR are far apart in pressure.

    Finance needs 0.1 and IT 0.2 of what customer service learns: under IT the path is 2.6, under finance 2.8,
    and no fifth of any number turns 0.1 and 0.2 round.
    """
    assert is_tie("silo_risk", Placement.under("Plant"), Placement.under("Logistics")) == (True, [])
    far_apart = is_tie("sales_pressure_conflict", Placement.under("Sales"), Placement.under("HR"))
    assert far_apart == (False, [])
    assert is_tie("feedback_path_length", Placement.under("IT"), Placement.under("Fin")) == (False, [])


def test_worked_example_of_a_difference_that_turns_round():
    """Under Plant the distortion is 64.91, under Ops 61.00; how far measures travel down does not change it.

    Sales 2.40 and Ops 2.20 steps: their needs are 0.3 and 0.4. A fifth less for operations is 0.32, a fifth
    more for sales 0.36: neither turns it round. Needs of 0.35 and 0.4 do turn.
    """
    assert is_tie("feedback_path_length", Placement.under("Sales"), Placement.under("Ops")) == (False, [])
    close = Assumptions(needs={"operations": 0.4, "sales": 0.35, "it": 0.15, "finance": 0.1})
    swings = survey(golden(), "CS", close).candidate_swings(["Sales", "Ops"])
    assert swings.is_tie("feedback_path_length", 0, 1)
    turned = {(item.name, item.key, item.up) for item in swings.turned_by("feedback_path_length", 0, 1)}
    assert turned == {("needs", "operations", False), ("needs", "sales", True)}


def test_a_placement_with_a_contract_is_never_a_tie_where_nobody_decides():
    """No manager is above customer service at a provider and operations: the climb is not defined there."""
    swings = survey(golden(), "CS").swings([None, Placement.outsourced("Ops"), HALF_EACH])
    assert np.isnan(swings.values["climb"][:, 1]).all()
    assert not swings.is_tie("climb", 0, 1)
    assert swings.is_tie("climb", 0, 2)  # 1 level each


def test_a_variation_is_told_from_others():
    one, two = variations(DEFAULT_ASSUMPTIONS, [])[:2]
    assert isinstance(one, Variation)
    assert (one.name, one.key, one.metric) == (two.name, two.key, two.metric)
    assert (one.up, two.up) == (True, False)
