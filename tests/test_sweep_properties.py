"""What must hold for any chart, and the smallest charts."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgmodel.assumptions import Assumptions
from orgmodel.errors import AssumptionError, PlacementError, UnknownNodeError
from orgmodel.lines import FurtherManager, Tie
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.sweep import assess, survey, sweep
from tests import reference
from tests.charts_for_tests import cases, golden
from tests.reference import VALUES, assert_same

DOZENS = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow],
)
PERCENTAGES = (
    "silo_risk",
    "sales_pressure_conflict",
    "incentive_distortion",
    "cost_pressure",
    "sales_disconnect",
    "service_shortfall",
)
ON_PATHS = (
    "silo_risk",
    "feedback_path_length",
    "feedback_days",
    "efficiency",
    "fidelity",
    "reachable_path_length",
    "unreachable_weight",
)


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
    rounding = 1e-9
    for column in ("silo_risk", "feedback_path_length", "feedback_days", "unreachable_weight"):
        assert not (after[column] > before[column] + rounding).any(), column
    for column in ("efficiency", "fidelity"):
        assert not (after[column] < before[column] - rounding).any(), column
    others = [column for column in VALUES if column not in ON_PATHS]
    assert_same(after, before, others)


@DOZENS
@given(cases())
def test_bounds(case):
    organization, unit, assumptions = case
    result = survey(organization, unit, assumptions)
    for column in PERCENTAGES:
        values = result.table[column].dropna()
        assert values.between(0, 100 + 1e-9).all(), column
    for column in ("efficiency", "fidelity", "unreachable_weight"):
        assert result.table[column].dropna().between(0, 1 + 1e-9).all(), column
    assert (result.table["feedback_path_length"].dropna() >= 1 - 1e-9).all()
    for boss in result.table.index[:4]:
        scores = result.assess(Placement.under(boss)).scores
        assert scores.keys() >= {"silo_risk", "sales_pressure_conflict", "feedback_path_length"}
        assert all(math.isnan(score) or 0 <= score <= 100 + 1e-9 for score in scores.values())


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


# ------------------------------------------------------------------ the smallest charts


def chart(*nodes, **more):
    """Return a chart of (id, manager, function)."""
    ids, managers, functions = zip(*nodes, strict=True)
    return Organization.from_columns(ids, managers, functions=functions, **more)


def test_one_node_has_no_candidate():
    alone = chart(("cs", None, "customer_service"))
    result = survey(alone, "cs")
    assert result.table.empty
    assert set(VALUES) <= set(result.table.columns)
    assert result.coverage == 0


def test_unit_that_is_the_root_of_everything_has_no_candidate():
    whole = chart(("cs", None, "customer_service"), ("ops", "cs", "operations"))
    assert sweep(whole, "cs").empty


def test_unit_with_a_tree_of_its_own():
    provider = chart(
        ("ceo", None, "executive"), ("ops", "ceo", "operations"), ("cs", None, "customer_service")
    )
    table = sweep(provider, "cs")
    assert sorted(table.index) == ["ceo", "ops"]
    assert not table["current"].any()
    assert table.loc["ops", "feedback_path_length"] == 1


def test_nothing_that_is_needed_is_in_the_chart():
    small = chart(("ceo", None, "executive"), ("cs", "ceo", "customer_service"))
    result = survey(small, "cs")
    row = result.table.loc["ceo"]
    for column in ON_PATHS:
        assert math.isnan(row[column]), column
        assert row["undefined"][column]
    assert result.coverage == 0
    assert result.owners == {}
    assert row["incentive_distortion"] == pytest.approx(58.02, abs=0.005)  # CEO of the worked example


def test_needs_met_inside():
    small = chart(
        ("ceo", None, "executive"), ("cs", "ceo", "customer_service"), ("repairs", "cs", "operations")
    )
    row = sweep(small, "cs", Assumptions(needs={"operations": 1})).loc["ceo"]
    assert row["silo_risk"] == 0
    for column in (
        "feedback_path_length",
        "feedback_days",
        "efficiency",
        "fidelity",
        "reachable_path_length",
    ):
        assert math.isnan(row[column]), column
        assert row["undefined"][column]


def test_a_need_met_inside_leaves_the_path_length_to_the_others():
    small = chart(
        ("ceo", None, "executive"),
        ("sales", "ceo", "sales"),
        ("cs", "ceo", "customer_service"),
        ("repairs", "cs", "operations"),
    )
    row = sweep(small, "cs", Assumptions(needs={"operations": 3, "sales": 1}, radius=1)).loc["ceo"]
    assert row["feedback_path_length"] == 2
    assert row["efficiency"] == 0.5
    assert row["silo_risk"] == 25


def test_the_shortest_way_to_everybody_scores_zero():
    """0.3 / 0.4 + 0.1 / 0.4 is a hair below 1 in binary fractions; no score is below 0."""
    near = chart(
        ("sales", None, "sales"),
        ("fin", None, "finance"),
        ("cs", "sales", "customer_service"),
        ties=[Tie("cs", "fin")],
    )
    result = assess(near, "cs", Placement.under("sales"))
    assert result.values["feedback_path_length"] == pytest.approx(1)
    assert 0 <= result.scores["feedback_path_length"] <= 1e-9


def test_a_function_that_cannot_be_reached():
    islands = chart(
        ("ceo", None, "executive"),
        ("ops", "ceo", "operations"),
        ("cs", "ceo", "customer_service"),
        ("agency", None, "sales"),
    )
    row = sweep(islands, "cs", Assumptions(needs={"operations": 1, "sales": 3}, alpha=1.0)).loc["ceo"]
    assert row["unreachable"] == ["sales"]
    assert row["feedback_path_length"] == math.inf
    assert row["feedback_days"] == math.inf
    assert row["reachable_path_length"] == 2
    assert row["unreachable_weight"] == 0.75
    assert row["silo_risk"] == 75
    assert row["efficiency"] == 0.125
    assert row["fidelity"] == 0.25  # nothing arrives from sales, also where nothing is lost on the way
    assert assess(islands, "cs", Placement.under("ceo")).scores["feedback_path_length"] == 100


def test_a_dotted_line_without_authority_is_a_way_but_no_pressure():
    plain = chart(*((node, boss, function) for node, boss, function in _rows(golden())))
    dotted = chart(*_rows(golden()), further_managers=[FurtherManager("CS", "Sales", "dotted")])
    before, after = sweep(plain, "CS").loc["Ops"], sweep(dotted, "CS").loc["Ops"]
    assert after["incentive_distortion"] == before["incentive_distortion"]
    assert after["feedback_path_length"] < before["feedback_path_length"]


def test_a_further_manager_who_becomes_the_boss_is_merged():
    lines = [FurtherManager("CS", "Sales", "dotted"), FurtherManager("CS", "Sales", "shared", 0.5)]
    merged = chart(*_rows(golden()), further_managers=lines)
    plain = chart(*_rows(golden()))
    assert_same(sweep(merged, "CS").loc["Sales"], sweep(plain, "CS").loc["Sales"])


def test_empty_posts_and_other_work_measure_nothing():
    nobody = chart(
        ("a", None, "other"),
        ("b", None, "sales"),
        ("cs", None, "customer_service"),
        statuses=["", "vacant", ""],
    )
    table = sweep(nobody, "cs")
    for boss in ("a", "b"):
        assert math.isnan(table.loc[boss, "incentive_distortion"])
        assert table.loc[boss, "undefined"]["sales_pressure_conflict"]


def test_shares_that_sum_to_one_leave_nothing_to_the_solid_manager():
    """1 - (0.7 + 0.2 + 0.1) is 1e-16 in binary fractions: rounding, and no authority."""
    shares = {"a": 0.7, "b": 0.2, "c": 0.1}
    shared = chart(
        ("boss", None, "sales"),
        *((node, None, "other") for node in shares),
        ("cs", "boss", "customer_service"),
        further_managers=[FurtherManager("cs", node, "shared", share) for node, share in shares.items()],
    )
    result = survey(shared, "cs")
    assert math.isnan(result.table.loc["boss", "incentive_distortion"])
    assert math.isnan(result.current.values["incentive_distortion"])


def test_all_needs_zero():
    with pytest.raises(AssumptionError):
        Assumptions(needs={"sales": 0, "operations": 0})


@pytest.mark.parametrize("unit", ["nobody", ["CS", "nobody"], []], ids=str)
def test_unit_that_is_not_in_the_chart(unit):
    with pytest.raises((UnknownNodeError, PlacementError)):
        sweep(golden(), unit)


def test_boss_below_the_unit():
    whole = chart(("ceo", None, "executive"), ("cs", "ceo", "customer_service"), ("a", "cs", "other"))
    for placement in (Placement.under("a"), Placement.under("cs"), Placement.shared({"ceo": 0.5, "a": 0.5})):
        with pytest.raises(PlacementError):
            assess(whole, "cs", placement)


def test_boss_who_is_not_in_the_chart():
    with pytest.raises(UnknownNodeError):
        assess(golden(), "CS", Placement.under("nobody"))


def test_several_nodes_count_by_their_people():
    """Two parts of 1 and 3 people: 1/4 of one path length and 3/4 of the other."""
    two = chart(
        ("ceo", None, "executive"),
        ("ops", "ceo", "operations"),
        ("east", "ceo", "customer_service"),
        ("west", "ceo", "customer_service"),
        headcount=[1, 1, 1, 3],
        ties=[Tie("ops", "west")],
    )
    row = sweep(two, ["east", "west"], Assumptions(needs={"operations": 1})).loc["ceo"]
    assert row["feedback_path_length"] == pytest.approx(0.25 * 2 + 0.75 * 1)


def test_several_nodes_are_moved_one_at_a_time():
    """The other part stays where it is: west's tie to operations is no short cut for east."""
    two = chart(
        ("ceo", None, "executive"),
        ("hr", "ceo", "hr"),
        ("it", "hr", "it"),
        ("ops", "it", "operations"),
        ("east", "ceo", "customer_service"),
        ("west", "it", "customer_service"),
        ties=[Tie("ops", "west")],
    )
    result = survey(two, ["east", "west"], Assumptions(needs={"operations": 1}))
    for length in (
        result.table.loc["ceo", "feedback_path_length"],
        result.assess(Placement.under("ceo")).values["feedback_path_length"],
    ):
        assert length == pytest.approx((4 + 1) / 2)


@pytest.mark.parametrize("people", [0, 1])
def test_what_is_undefined_in_a_part_with_people_is_undefined(people):
    two = chart(
        ("ceo", None, "executive"),
        ("a", None, "other"),
        ("east", "ceo", "customer_service"),
        ("west", "a", "customer_service"),
        headcount=[1, 1, 1, people],
    )
    distortion = survey(two, ["east", "west"]).current.values["incentive_distortion"]
    assert math.isnan(distortion) == (people > 0)


def _rows(organization):
    bosses = [organization.ids[boss] if boss >= 0 else None for boss in organization.manager.tolist()]
    return list(zip(organization.ids, bosses, organization.functions, strict=True))
