"""What must hold for any chart."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.assumptions import Assumptions
from orgmodel.indicators import INDICATORS
from orgmodel.lines import Tie
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.sweep import assess, survey, sweep
from tests import reference
from tests.charts_for_tests import assumptions_for, cases
from tests.reference import VALUES, assert_same

DOZENS = settings(max_examples=50, report_multiple_bugs=False)
PERCENTAGES = (
    "silo_risk",
    "sales_pressure_conflict",
    "incentive_distortion",
    "cost_pressure",
    "sales_disconnect",
    "service_shortfall",
    "boss_disagreement",
    "escalation_probability",
    "waiting_probability",
    "added_waiting",
)
ON_PATHS = (
    "silo_risk",
    "feedback_path_length",
    "feedback_days",
    "efficiency",
    "fidelity",
    "reachable_path_length",
    "unreachable_weight",
    "worst_distance",
)
ON_LINES = ("breadth", "ei_index")
AT_LEAST = {
    "feedback_path_length": 1,
    "worst_distance": 1,
    "effective_bosses": 1,
    "climb": 1,
    "arbiter_depth": 0,
    "executive_distance": 1,
    "boss_span": 1,
    "decision_days": 0,
    "waiting_time": 0,
    "added_waiting_time": 0,
}
ROUNDING = 1e-9


def remade(organization, *, name=str, order=None, more_ties=(), further=None):
    """Return the organization with other ids, another order of rows, more ties or other further managers."""
    rows = range(len(organization)) if order is None else order
    boss_of = [organization.ids[boss] if boss >= 0 else None for boss in organization.manager.tolist()]
    further = organization.further_managers if further is None else further
    return Organization.from_columns(
        [name(organization.ids[row]) for row in rows],
        [boss_of[row] and name(boss_of[row]) for row in rows],
        functions=[organization.functions[row] for row in rows],
        headcount=[organization.headcount[row] for row in rows],
        statuses=[organization.statuses[row] for row in rows],
        further_managers=[
            line._replace(report=name(line.report), manager=name(line.manager)) for line in further
        ],
        ties=[Tie(name(tie.a), name(tie.b)) for tie in (*organization.tie_list, *more_ties)],
    )


def with_owners(case, name=str):
    """Return the assumptions with every owner named, so that the order of the chart plays no role."""
    organization, unit, assumptions = case
    found = reference.owners(organization.to_networkx(), unit, assumptions)
    changed = assumptions.changed()
    named = {**changed.get("owners", {}), **{function: ids for function, ids in found.items() if ids}}
    changed["owners"] = {function: tuple(name(node) for node in ids) for function, ids in named.items()}
    return Assumptions.from_mapping(changed)


# ------------------------------------------------------------------ any chart


@DOZENS
@given(cases(units=(1,)))
def test_moving_to_the_present_boss_changes_nothing(case):
    organization, (unit,), assumptions = case
    boss = int(organization.manager[organization.row(unit)])
    result = survey(organization, unit, assumptions)
    table = result.table
    assert table.index[table["current"]].tolist() == ([organization.ids[boss]] if boss >= 0 else [])
    if boss < 0:
        return
    as_it_is = reference.as_it_is(organization.to_networkx(), [unit], assumptions)
    assert_same(table.loc[organization.ids[boss]], as_it_is)
    assert_same(result.current.values, as_it_is)
    assert result.assess(Placement.under(organization.ids[boss])).organization == organization


@DOZENS
@given(cases(max_size=12, units=(1, 3)))
def test_assess_gives_the_row_of_the_sweep(case):
    organization, unit, assumptions = case
    result = survey(organization, unit, assumptions)
    for boss, row in list(result.table.iterrows())[:4]:
        assert_same(result.assess(Placement.under(boss)).values, row)
        assert_same(assess(organization, unit, Placement.under(boss), assumptions).values, row)


@DOZENS
@given(cases())
def test_new_ids_rename_the_rows(case):
    def name(node):
        return f"z{100 - int(node[1:])}"  # sorts the other way round

    organization, unit, assumptions = case
    owners = {key: [name(node) for node in ids] for key, ids in assumptions.owners.items()}
    renamed = Assumptions.from_mapping({**assumptions.changed(), "owners": owners})
    table = sweep(organization, unit, assumptions)
    other = sweep(remade(organization, name=name), [name(node) for node in unit], renamed)
    assert other.index.tolist() == [name(node) for node in table.index]
    assert_same(other, table)


@DOZENS
@given(cases(), st.randoms(use_true_random=False))
def test_another_order_of_rows_reorders_the_rows(case, random):
    organization, unit, _ = case
    order = list(range(len(organization)))
    random.shuffle(order)
    named = with_owners(case)
    table = sweep(organization, unit, named)
    other = sweep(remade(organization, order=order), unit, named)
    assert sorted(other.index) == sorted(table.index)
    assert_same(other.loc[table.index], table)


@DOZENS
@given(cases(), st.data())
def test_a_tie_never_lengthens_a_path(case, data):
    organization, unit, assumptions = case
    pair = st.sampled_from(organization.ids.tolist())
    a, b = sorted((data.draw(pair), data.draw(pair)))
    if a == b or any((tie.a, tie.b) == (a, b) for tie in organization.tie_list):
        return
    before = sweep(organization, unit, assumptions)
    after = sweep(remade(organization, more_ties=[Tie(a, b)]), unit, assumptions)
    for column in (
        "silo_risk",
        "feedback_path_length",
        "feedback_days",
        "unreachable_weight",
        "worst_distance",
    ):
        assert not (after[column] > before[column] + ROUNDING).any(), column
    for column in ("efficiency", "fidelity"):
        assert not (after[column] < before[column] - ROUNDING).any(), column
    others = [column for column in VALUES if column not in (*ON_PATHS, *ON_LINES)]
    assert_same(after, before, others)


@DOZENS
@given(cases())
def test_bounds(case):
    table = sweep(*case)
    for column in PERCENTAGES:
        assert table[column].dropna().between(-ROUNDING, 100 + ROUNDING).all(), column
    for column in ("efficiency", "fidelity", "unreachable_weight", "breadth", "boss_attention"):
        assert table[column].dropna().between(0, 1 + ROUNDING).all(), column
    assert table["ei_index"].dropna().between(-1 - ROUNDING, 1 + ROUNDING).all()
    for column, least in AT_LEAST.items():
        assert (table[column].dropna() >= least - ROUNDING).all(), column
    assert not (table["feedback_path_length"] > table["worst_distance"] + ROUNDING).any()


@DOZENS
@given(cases())
def test_scores(case):
    """A score is 0 to 100, undefined where the value is, and never better for a worse value."""
    organization, unit, assumptions = case
    result = survey(organization, unit, assumptions)
    assessments = [result.assess(Placement.under(boss)) for boss in result.table.index[:4]]
    for indicator in INDICATORS:
        known = []
        for assessment in assessments:
            assert (indicator.name in assessment.scores) == (indicator.score is not None)
            if indicator.score is None:
                continue
            value, score = assessment.values[indicator.name], assessment.scores[indicator.name]
            assert math.isnan(score) == math.isnan(value), indicator.name
            if not math.isnan(score):
                assert 0 <= score <= 100 + ROUNDING, indicator.name
                known.append((-value if indicator.direction.startswith("higher") else value, score))
        scores = [score for _, score in sorted(known)]
        assert scores == pytest.approx(sorted(scores)), indicator.name


@DOZENS
@given(cases(units=(1,)))
def test_scores_of_one_unit(case):
    organization, unit, assumptions = case
    for boss in sweep(*case).index[:2]:
        result = assess(organization, unit, Placement.under(boss), assumptions)
        values, scores = result.values, result.scores
        assert scores["effective_bosses"] == pytest.approx(100 * (1 - 1 / values["effective_bosses"]))
        for column in ("boss_disagreement", "escalation_probability", "waiting_probability"):
            assert scores[column] == pytest.approx(values[column], abs=ROUNDING, nan_ok=True), column


@DOZENS
@given(cases(units=(1,)))
def test_pressure_and_shortfall_are_parts_of_the_distortion(case):
    """r = g - (g.f) f has the squared length 1 - (g.f)^2 (Pythagoras), which its parts cannot exceed."""
    table = sweep(*case).dropna(subset=["incentive_distortion"])
    parts = table["sales_pressure_conflict"] + table["cost_pressure"]
    assert (parts <= table["incentive_distortion"] + 1e-9).all()


@DOZENS
@given(cases(units=(1,)))
def test_one_boss_with_all_of_the_authority_is_that_boss(case):
    organization, (unit,), assumptions = case
    further = [line for line in organization.further_managers if line.report != unit or line.share == 0]
    plain = remade(organization, further=further)
    for boss, row in list(sweep(plain, unit, assumptions).iterrows())[:4]:
        assert_same(assess(plain, unit, Placement.shared({boss: 1.0}), assumptions).values, row)


@DOZENS
@given(cases(units=(1,)), st.sampled_from((0.01, 3.0)))
def test_only_the_proportions_of_the_needs_matter(case, factor):
    organization, unit, assumptions = case
    needs = {function: factor * weight for function, weight in assumptions.needs.items()}
    other = Assumptions.from_mapping({**assumptions.changed(), "needs": needs})
    assert_same(sweep(organization, unit, other), sweep(organization, unit, assumptions))


@DOZENS
@given(cases())
def test_a_graph_is_as_good_as_an_organization(case):
    organization, unit, assumptions = case
    table = sweep(organization, unit, assumptions)
    assert_same(sweep(organization.to_networkx(), unit, assumptions), table)


# ------------------------------------------------------------------ contested changes, customers who wait


def with_others(assumptions, **others):
    return Assumptions.from_mapping({**assumptions.changed(), **others})


@DOZENS
@given(cases(max_size=15), st.sampled_from(("transparency", "rule_coverage")))
def test_fewer_contests_never_climb_further(case, what):
    organization, unit, assumptions = case
    some, more, all_of_them = (
        sweep(organization, unit, with_others(assumptions, **{what: share})) for share in (0.25, 0.75, 1.0)
    )
    for column in ("escalation_probability", "decision_days"):
        assert not (more[column] > some[column] + ROUNDING).any(), column
    assert (all_of_them["escalation_probability"].dropna() == 0).all()


@DOZENS
@given(cases(max_size=15))
def test_fuller_schedules_never_climb_less(case):
    organization, unit, assumptions = case
    tables = [
        sweep(organization, unit, with_others(assumptions, planning_utilisation=busy))
        for busy in (0.0, 0.5, 0.9, 1.0, 1.5)
    ]
    for less, more in itertools.pairwise(tables):
        for column in ("escalation_probability", "decision_days"):
            assert not (more[column] < less[column] - ROUNDING).any(), column


@DOZENS
@given(cases(units=(1,)))
def test_what_a_manager_below_the_top_settles_never_reaches_the_top(case):
    organization, unit, assumptions = case
    table = sweep(organization, unit, assumptions)
    below = table["arbiter_depth"] > assumptions.top_depth
    assert (table.loc[below, "escalation_probability"] == 0).all()


@DOZENS
@given(cases(max_size=15))
def test_managers_who_are_overloaded_never_decide(case):
    organization, unit, assumptions = case
    contested = {"planning_utilisation": 1.0, "planning_time": 1.0, "transparency": 0.0, "rule_coverage": 0.0}
    disputes = 8 * assumptions.planners
    for capacity, overloaded in ((disputes, True), (disputes + 1, False)):
        table = sweep(organization, unit, with_others(assumptions, **contested, decisions_per_day=capacity))
        assert (np.isinf(table["decision_days"].dropna()) == overloaded).all()


@DOZENS
@given(cases(max_size=15))
def test_software_that_answers_shortens_the_wait(case):
    organization, unit, assumptions = case
    tables = [sweep(organization, unit, with_others(assumptions, automation=share)) for share in (0, 0.5, 1)]
    for less, more in itertools.pairwise(tables):
        for column in ("waiting_probability", "waiting_time"):
            assert not (more[column] > less[column] + ROUNDING).any(), column
    assert (tables[-1][["waiting_probability", "waiting_time"]] == 0).all(axis=None)


@DOZENS
@given(cases(max_size=15, units=(1,)))
def test_the_queue_at_the_desk_is_the_same_under_every_boss(case):
    table = sweep(*case)
    for column in ("waiting_probability", "waiting_time"):
        assert table[column].nunique() <= 1, column


@DOZENS
@given(st.data())
def test_a_survey_under_other_assumptions_is_a_new_one(data):
    organization, unit, assumptions = data.draw(cases(max_size=14))
    other = data.draw(assumptions_for(organization))
    used = survey(organization, unit, assumptions)
    assert len(used.table) == len(used.situation.candidates)
    assert used.current.placement is None
    varied, fresh = used.varied(other), survey(organization, unit, other)
    assert varied.table.index.equals(fresh.table.index)
    assert_same(varied.table, fresh.table)
    assert_same(varied.current.values, fresh.current.values)
    assert varied.current.sentences == fresh.current.sentences
    assert (varied.notes, varied.owners) == (fresh.notes, fresh.owners)
