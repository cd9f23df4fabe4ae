"""The smallest charts, where every value is seen at once, and what is refused."""

import math

import pytest

from orgmodel.assumptions import Assumptions
from orgmodel.errors import AssumptionError, PlacementError, UnknownNodeError
from orgmodel.lines import FurtherManager, Tie
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.sweep import assess, survey, sweep
from tests.charts_for_tests import golden
from tests.reference import VALUES, assert_same

# What is undefined where nothing that is needed is outside the unit.
ON_NEEDS = (
    "feedback_path_length",
    "feedback_days",
    "efficiency",
    "fidelity",
    "reachable_path_length",
    "unreachable_weight",
    "worst_distance",
    "breadth",
)
# What is undefined where nobody is the boss.
ON_BOSSES = (
    "sales_pressure_conflict",
    "incentive_distortion",
    "boss_disagreement",
    "effective_bosses",
    "climb",
    "arbiter_depth",
    "boss_attention",
    "boss_span",
    "span_deviation",
    "escalation_probability",
    "decision_days",
    "added_waiting",
    "added_waiting_time",
)


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
    values = result.current.values
    for column in (*ON_NEEDS, *ON_BOSSES, "ei_index"):
        assert math.isnan(values[column]), column
    assert values["executive_distance"] == 0
    # M/M/1: the chance to wait is the utilisation 0.85, the wait 0.85 / 0.15 contacts of 6 minutes.
    assert values["waiting_probability"] == pytest.approx(85)
    assert values["waiting_time"] == pytest.approx(6 * 60 * 0.85 / 0.15)


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
    for column in ("silo_risk", *ON_NEEDS):
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
    for column in ON_NEEDS:
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
