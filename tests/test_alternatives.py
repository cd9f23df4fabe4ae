"""Every structure on any chart: who the bosses are, what is today's place, and what has no place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel import Organization, Placement, customer_service_proposals, read_organization, survey
from orgmodel.alternatives import FUNCTION_OF, STRUCTURES, alternatives, team_heads
from orgmodel.assumptions import Assumptions
from orgmodel.lines import FurtherManager
from orgmodel.placement import place
from orgmodel.situation import bosses_of
from orgmodel.sweep import Survey
from tests.alternatives_for_tests import CHART, DATA, by_key, chart_of, reasons, survey_of
from tests.charts_for_tests import cases, golden
from tests.real_data import REAL_DATA, needs_real_data

#: Real charts of every kind: companies, governments, with and without functions, several roots.
REAL_CHARTS = (
    "companies/adventureworks_Employee.csv",
    "companies/classicmodels_employees.csv",
    "companies/eajay_org_chart.csv",
    "companies/gitlab_2022-11.csv",
    "companies/phac_shape_org_chart.csv",
    "government/berlin_senfin_2026-02_units.csv",
    "networks/ht_reports_edges.csv",
    "networks/manufacturing_reportsto.csv",
    "sourcegraph/team_2022-08-31.csv",
    "uk_2013/environment_agency-senior.csv",
    "uk_2015/hmrc.csv",
)


# ---------------------------------------------------------------------- any chart


@settings(max_examples=60, deadline=None)
@given(cases(max_size=25), st.data())
def test_every_structure_is_kept_or_has_a_reason_and_can_be_assessed(case, data):
    organization, unit, assumptions = case
    asked = Survey(organization, unit, assumptions)
    nodes = st.sampled_from(organization.ids.tolist())
    added = [
        make(data.draw(nodes))
        for make in data.draw(st.lists(st.sampled_from((Placement.under, Placement.outsourced))))
    ]
    found = alternatives(asked, added)
    keys = [item.key for item in found.kept]
    assert len(set(keys)) == len(keys)
    assert sum(item.today for item in found.kept) == 1
    assert all((item.placement is None) == item.today for item in found.kept)
    told = {item.structure for item in (*found.kept, *found.missing)} | set(keys)
    same = " ".join(item.describes for item in found.kept if "The same as" in item.describes)
    for key in STRUCTURES.keys() - told - {"rotation"}:
        assert STRUCTURES[key].title in same or (key == "cross_functional" and " together" in same)
    assert all(item.title and item.describes.endswith(".") for item in found.kept)
    assert all(item.title and item.reason.endswith(".") for item in found.missing)
    for item in found.kept:
        if item.placement is not None:
            assert set(asked.assess(item.placement).values) == set(asked.current.values)


@settings(max_examples=50, deadline=None)
@given(cases(max_size=20))
def test_todays_structure_under_one_boss_changes_nobodys_boss(case):
    organization, unit, assumptions = case
    asked = Survey(organization, unit, assumptions)
    found = by_key(alternatives(asked))
    for key, function in FUNCTION_OF.items():
        if key in found and found[key].today and found[key].structure == key:
            boss = str(organization.ids[asked.situation.owners_of(function)[0]])
            after = place(organization, unit, Placement.under(boss)).organization
            for head in asked.situation.heads:
                row = after.row(str(organization.ids[head]))
                assert bosses_of(after, row) == bosses_of(organization, head)


@needs_real_data
@pytest.mark.parametrize("file", REAL_CHARTS)
def test_real_charts_can_be_assessed_wherever_customer_service_goes(file):
    chart = read_organization(REAL_DATA / file).organization
    proposals = customer_service_proposals(chart)
    unit = proposals[0].ids if proposals else (str(chart.ids[-1]),)
    asked = survey(chart, unit)
    found = alternatives(asked)
    assert sum(item.today for item in found.kept) == 1
    for item in found.kept:
        if item.placement is not None:
            asked.assess(item.placement)


# ---------------------------------------------------------------------- the smallest cases


def test_one_node_stays_where_it_is():
    found = alternatives(survey(chart_of([("cs", None, "Customer Service")]), "cs"))
    assert [(item.key, item.today, item.describes) for item in found.kept] == [
        ("today", True, "It reports to nobody.")
    ]
    assert len(found.missing) == len(STRUCTURES) - 1


def test_customer_service_at_the_root_has_no_boss_above():
    chart = chart_of([("cs", None, "Customer Service"), ("ops", "cs", "Head of Operations")])
    found = alternatives(survey(chart, "cs"))
    assert [item.key for item in found.kept] == ["today"]
    assert reasons(found)["operations"] == "In this chart Operations is part of customer service."
    assert "top of this chart" in reasons(found)["chief_executive"]


def test_nothing_known_about_functions_leaves_the_top():
    chart = Organization.from_columns(["a", "b", "c"], [None, "a", "a"])
    found = by_key(alternatives(survey(chart, "c")))
    assert set(found) == {"chief_executive", "outsourced", "own_department"}
    assert found["chief_executive"].today
    assert found["chief_executive"].describes == "Under a."


# ---------------------------------------------------------------------- who the bosses are


def test_the_worked_example_has_every_structure_but_the_split_ones():
    found = alternatives(Survey(golden("Ops"), ["CS"]))
    kept = by_key(found)
    assert [key for key, item in kept.items() if item.today] == ["operations"]
    assert set(STRUCTURES) - set(kept) == {"rotation", "regional", "agile"}
    assert kept["sales"].placement == Placement.under("Sales")
    assert kept["cross_functional"].placement == Placement.shared(
        dict.fromkeys(("Ops", "Sales", "Mkt"), 1 / 3)
    )
    assert kept["cross_functional"].title == "Operations, Sales and Marketing together"
    assert kept["outsourced"].placement == Placement.outsourced("Ops")
    assert kept["merged_with_sales"].placement == Placement.merged("Sales")
    assert kept["own_department"].placement == Placement.new_department("CEO")


def test_a_function_that_the_chart_has_not_is_said():
    missing = reasons(alternatives(survey(chart_of(CHART), "cs")))
    assert list(missing) == ["marketing", "it", "human_resources", "finance", "regional", "agile"]
    assert missing["marketing"] == "No head of marketing was found in this chart."
    assert missing["it"] == "No head of IT was found in this chart."


def test_a_function_inside_customer_service_is_said():
    chart = chart_of([*CHART, ("it", "cs", "Head of IT")])
    assert reasons(alternatives(survey(chart, "cs")))["it"] == "In this chart IT is part of customer service."


def test_a_named_decision_owner_is_the_head():
    chart = chart_of([*CHART, ("key", "sales", "Key Account Manager")])
    asked = survey(chart, "cs", Assumptions(owners={"sales": ["key"]}))
    assert by_key(alternatives(asked))["sales"].placement == Placement.under("key")


def test_two_heads_in_one_person_are_one_row():
    chart = chart_of(CHART)
    asked = survey(chart, "cs", Assumptions(owners={"finance": ["sales"]}))
    found = by_key(alternatives(asked))
    assert "finance" not in found
    assert found["sales"].describes == "Under Head of Sales. The same as Finance."


def test_sales_fills_up_where_fewer_than_two_would_share():
    found = by_key(alternatives(survey(chart_of(CHART), "cs")))
    assert found["cross_functional"].placement == Placement.shared({"ops": 0.5, "sales": 0.5})


def test_who_leads_nobody_below_the_top_table_is_no_alternative():
    """An administrator of systems is the only one of IT, and would be the head of an order desk."""
    rows = [*CHART, ("admin", "ops", "IT Administrator")]
    found = alternatives(survey(chart_of(rows), "cs"))
    assert "it" not in by_key(found)
    assert "leads nobody and is not at the top table" in reasons(found)["it"]
    assert "it" in by_key(alternatives(survey(chart_of([*rows, ("help", "admin", "IT Support")]), "cs")))
    assert "it" in by_key(
        alternatives(survey(chart_of([*CHART, ("admin", "ceo", "IT Administrator")]), "cs"))
    )


def test_owners_above_the_executives_are_not_the_top():
    rows = [("owners", None, "Shareholders"), ("ceo", "owners", "Chief Executive Officer"), *CHART[1:]]
    assert by_key(alternatives(survey(chart_of(rows), "cs")))["chief_executive"].placement == Placement.under(
        "ceo"
    )


def test_the_tree_with_most_people_has_the_top():
    rows = [("office", None, "Office"), ("cs", "office", "Customer Service"), *CHART[:3]]
    assert by_key(alternatives(survey(chart_of(rows), "cs")))["chief_executive"].placement == Placement.under(
        "ceo"
    )


# ---------------------------------------------------------------------- today


def test_several_bosses_today_are_several_departments_together():
    chart = chart_of(CHART, further_managers=[FurtherManager("cs", "sales", "shared", 0.5)])
    found = by_key(alternatives(survey(chart, "cs")))
    assert found["cross_functional"].today
    assert found["cross_functional"].describes == "Under Head of Operations, 50 %; and Head of Sales, 50 %."
    assert found["operations"].placement == Placement.shared({"ops": 1.0})
    assert found["operations"].describes == "Under Head of Operations alone."
    assert found["sales"].placement == Placement.under("sales")  # who has the other half now


def test_a_further_manager_keeps_the_share_and_that_is_said():
    chart = chart_of(CHART, further_managers=[FurtherManager("cs", "sales", "shared", 0.25)])
    found = by_key(alternatives(survey(chart, "cs")))
    assert found["chief_executive"].describes == (
        "Under Chief Executive Officer. Head of Sales keeps their share of the authority."
    )


def test_a_place_that_is_no_structure_comes_first_and_says_who_it_is_under():
    chart = chart_of([*CHART[:3], ("cs", "store", "Customer Service"), ("store", "ops", "Warehouse Manager")])
    first, *_ = alternatives(survey(chart, "cs")).kept
    assert (first.key, first.structure, first.describes) == (
        "today",
        "operations",  # the warehouse is of operations, but does not head them
        "Under Warehouse Manager.",
    )


def test_a_provider_today_is_outsourced_today():
    rows = (("p", None, ""), ("cs", "p", "Customer Service"), *CHART[:3])
    chart = chart_of(rows, functions=["provider", "", "", "", ""])
    found = by_key(alternatives(survey(chart, "cs")))
    assert found["outsourced"].today


def test_parts_under_each_product_division_are_product_teams_today():
    asked = survey_of(DATA / "templates/divisional.csv")
    found = by_key(alternatives(asked))
    assert found["agile"].today
    assert len(team_heads(asked).rows) == 3


def test_parts_of_which_one_is_no_region_are_no_structure():
    first, *others = alternatives(survey_of(DATA / "bank_1200.csv")).kept
    assert (first.key, first.structure, first.today) == ("today", "", True)
    assert first.describes.startswith("In 7 parts, under ")
    assert "regional" in {item.key for item in others}


def test_operations_oversee_the_provider_where_there_is_no_one_boss_today():
    found = by_key(alternatives(survey_of(DATA / "templates/make_to_order.csv")))
    assert found["outsourced"].placement == Placement.outsourced("plant-manager")


# ---------------------------------------------------------------------- what the user adds


def test_what_is_added_comes_last_with_a_title_from_its_bosses():
    asked = Survey(golden("Ops"), ["CS"])
    added = [
        Placement.under("Plant"),
        Placement.shared({"Sales": 0.75, "Ops": 0.25}),
        Placement.split(["SalesEast", "SalesWest"], "equally"),
    ]
    found = alternatives(asked, added).kept[-3:]
    assert [item.title for item in found] == ["Plant", "Sales and Operations together", "Regions, 2 parts"]
    assert [item.placement for item in found] == added
    assert [item.structure for item in found] == ["operations", "cross_functional", "regional"]
    again = alternatives(asked, added[1:]).kept[-2:]
    assert [item.key for item in again] == [item.key for item in found[1:]]


def test_what_is_there_already_is_not_added_again():
    asked = Survey(golden("Ops"), ["CS"])
    added = [Placement.under("Sales"), Placement.under("Ops"), Placement.under("Sales")]
    assert len(alternatives(asked, added).kept) == len(alternatives(asked).kept)


def test_what_does_not_fit_the_chart_any_more_is_said():
    asked = Survey(golden("Ops"), ["CS"])
    missing = alternatives(asked, [Placement.under("Gone"), Placement.under("CS")]).missing[-2:]
    assert [item.reason for item in missing] == [
        '"Gone" is not in this chart any more.',
        "CS is part of customer service or under its authority.",
    ]
