"""Every structure on any chart: who the bosses are, what is today's place, and what has no place."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel import Organization, Placement, customer_service_proposals, read_organization, survey
from orgmodel.alternatives import FUNCTION_OF, STRUCTURES, alternatives, regional_heads, team_heads
from orgmodel.assumptions import Assumptions
from orgmodel.lines import FurtherManager
from orgmodel.placement import place
from orgmodel.situation import bosses_of
from orgmodel.sweep import Survey
from tests.charts_for_tests import cases, golden
from tests.real_data import REAL_DATA, needs_real_data

DATA = Path(__file__).parents[1] / "data"
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
CHART = (
    ("ceo", None, "Chief Executive Officer"),
    ("sales", "ceo", "Head of Sales"),
    ("ops", "ceo", "Head of Operations"),
    ("cs", "ops", "Head of Customer Service"),
)


def chart_of(rows, **columns):
    ids, managers, titles = zip(*rows, strict=True)
    return Organization.from_columns(ids, managers, titles=titles, **columns)


def survey_of(file):
    chart = read_organization(file).organization
    return survey(chart, customer_service_proposals(chart)[0].ids)


def by_key(found):
    return {item.key: item for item in found.kept}


def reasons(found):
    return {item.structure: item.reason for item in found.missing}


# ---------------------------------------------------------------------- any chart


@settings(max_examples=150, deadline=None)
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


@settings(max_examples=100, deadline=None)
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
    assert kept["cross_functional"].placement == Placement.shared(dict.fromkeys(("Ops", "Mkt", "Fin"), 1 / 3))
    assert kept["cross_functional"].title == "Operations, Marketing and Finance together"
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


# ---------------------------------------------------------------------- regions and teams


def titles_of(asked, heads):
    return sorted(str(asked.organization.titles[row]) for row in heads.rows)


def test_the_bank_has_regional_and_country_heads():
    asked = survey_of(DATA / "bank_1200.csv")
    assert titles_of(asked, regional_heads(asked)) == [
        "Country Head, Austria",
        "Country Head, Poland",
        "Country Head, Switzerland",
        "Regional Head, North Germany",
        "Regional Head, Rhine-Ruhr",
        "Regional Head, South Germany",
    ]
    assert not team_heads(asked).rows


def test_the_manufacturer_has_plants_in_two_cities():
    asked = survey_of(DATA / "manufacturer_150.csv")
    assert titles_of(asked, regional_heads(asked)) == ["Plant Manager, Erie", "Plant Manager, Spartanburg"]


def test_the_software_company_has_squads():
    asked = survey_of(DATA / "software_400.csv")
    units = [str(asked.organization.units[row]) for row in team_heads(asked).rows]
    assert len(units) == 12
    assert all("Squad" in unit for unit in units)
    assert by_key(alternatives(asked))["agile"].placement.by == "equally"


REGIONAL = (
    ("ceo", None, "CEO"),
    ("r1", "ceo", "Regional Manager North"),
    ("a", "r1", "Clerk"),
    ("r2", "ceo", "Regional Manager South"),
    ("b", "r2", "Clerk"),
    ("cs", "ceo", "Customer Service"),
    ("c", "cs", "Agent"),
    ("d", "cs", "Agent"),
)


def test_siblings_named_after_regions_are_regional_heads():
    found = by_key(alternatives(survey(chart_of(REGIONAL), "cs")))
    assert found["regional"].placement == Placement.split(["r1", "r2"], "location")
    assert found["regional"].describes.endswith(
        "Taken for regions: Regional Manager North; Regional Manager South."
    )


def led_by(first, second):
    """Return a chart with two siblings of these titles, each with somebody below, and customer service."""
    titles = {"r1": first, "r2": second}
    return survey(chart_of([(row, boss, titles.get(row, title)) for row, boss, title in REGIONAL]), "cs")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Country Manager Japan", "Country Manager Brazil"),
        ("Branch Manager, Kiel", "Branch Manager, Bonn"),
        ("Sales Manager (APAC)", "Sale Manager (EMEA)"),
        ("Head of Plant 1", "Head of Plant 2"),
        ("Vertriebsleitung Süd", "Vertriebsleitung Nord"),
        ("Werksleiter Ulm", "Werkleiterin Jena"),
        ("Directrice d'agence Lyon", "Directeur d'agence Lille"),
        ("Director, Western Europe", "Director, Asia Pacific"),
    ],
)
def test_titles_that_name_regions(first, second):
    assert len(regional_heads(led_by(first, second)).rows) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Squad Checkout", "Squad Search"),
        ("Value Stream Lead Cards", "Stream Lead Loans"),
        ("Tribe 1", "Tribe 2"),
    ],
)
def test_titles_that_name_teams(first, second):
    assert len(team_heads(led_by(first, second)).rows) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Director, Data Branch", "Director, Health Branch"),  # a branch of government is a department
        ("HR Fast Stream Officer", "Fast Stream Officer"),
        ("Director Central Policy", "Director Central Customer"),
        ("Head of Sales", "Head of Operations"),
    ],
)
def test_titles_that_name_neither(first, second):
    asked = led_by(first, second)
    assert not regional_heads(asked).rows
    assert not team_heads(asked).rows


def test_a_unit_that_siblings_share_names_no_team():
    rows = [(row, boss, "") for row, boss, _ in REGIONAL]
    shared = chart_of(rows, units=["", *["Product Team; Design"] * 4, "", "", ""], functions=["other"] * 8)
    assert not team_heads(survey(shared, "cs")).rows
    own = chart_of(
        rows,
        units=["", "Dev / Product Team Blue", "", "Dev / Product Team Red", "", "", "", ""],
        functions=["other"] * 8,
    )
    assert len(team_heads(survey(own, "cs")).rows) == 2


def test_the_place_in_a_title_is_a_region():
    rows = [("r1", "Manager Erie"), ("r2", "Manager Reno")]
    table = [(row, boss, dict(rows).get(row, title)) for row, boss, title in REGIONAL]
    there = chart_of(table, locations=["", "Erie, PA", "", "Reno, NV", "", "", "", ""])
    assert len(regional_heads(survey(there, "cs")).rows) == 2
    assert not regional_heads(survey(chart_of(table), "cs")).rows


@st.composite
def charts_of_parts(draw):
    """Charts with siblings who are regions or teams, and customer service anywhere beside or below them."""
    parts = draw(st.integers(2, 5))
    said = draw(
        st.sampled_from(("Regional Manager North {}", "Country Manager {}", "Squad {}", "Plant Manager {}"))
    )
    table = [("ceo", None, "CEO", "", 1.0)]
    for part in range(parts):
        place = draw(st.sampled_from(("", "Leeds", "Lyon")))
        table.append((f"p{part}", "ceo", said.format(part), place, draw(st.sampled_from((1.0, 4.0)))))
        below = draw(st.integers(0, 3))
        table += [(f"p{part}-{number}", f"p{part}", "Clerk", place, 1.0) for number in range(below)]
    table.append(("cs", draw(st.sampled_from(("ceo", "p0", "p1"))), "Customer Service", "", 1.0))
    for number in range(draw(st.integers(0, 7))):
        boss = draw(st.sampled_from(("cs", "a0" if number else "cs")))
        people = draw(st.sampled_from((0.0, 1.0, 1.0, 3.0)))
        table.append((f"a{number}", boss, "Agent", draw(st.sampled_from(("", "Leeds", "Lyon"))), people))
    ids, managers, titles, places, people = zip(*table, strict=True)
    return Organization.from_columns(ids, managers, titles=titles, locations=places, headcount=people)


@settings(max_examples=80, deadline=None)
@given(charts_of_parts())
def test_every_split_has_somebody_for_each_part_and_can_be_assessed(chart):
    asked = survey(chart, "cs")
    found = alternatives(asked)
    splits = [item.placement for item in found.kept if item.placement and item.placement.kind == "split"]
    told = {item.structure for item in (*found.kept, *found.missing)}
    assert {"regional", "agile"} <= told
    agents = asked.situation.desks[0].agents
    for placement in splits:
        assert 1 < len(placement.bosses) <= agents
        assert set(asked.assess(placement).values) == set(asked.current.values)


def test_leads_of_customer_service_are_no_regions():
    assert not regional_heads(led_by("Customer Service Manager North", "Customer Service Manager South")).rows


def test_one_region_is_none():
    rows = [row for row in REGIONAL if row[0] not in {"r2", "b"}]
    assert "add a split by hand" in reasons(alternatives(survey(chart_of(rows), "cs")))["regional"]


def test_nobody_is_cut_in_two():
    rows = [row for row in REGIONAL if row[0] not in {"d", "c"}]
    assert reasons(alternatives(survey(chart_of(rows), "cs")))["regional"].startswith(
        "Customer service has 1 person in this chart, too few to have somebody in each of 2 regions."
    )


def test_whoever_leads_several_functions_at_a_place_of_their_own_is_a_regional_head():
    def rows(place):
        return [
            (f"md-{place}", "ceo", "Managing Director", place),
            (f"sales-{place}", f"md-{place}", "Sales Manager", place),
            (f"ops-{place}", f"md-{place}", "Production Manager", place),
        ]

    table = [
        ("ceo", None, "Chief Executive Officer", "Leeds"),
        *rows("Lyon"),
        *rows("Porto"),
        ("cs", "ceo", "Customer Service", "Leeds"),
        ("agent", "cs", "Agent", "Lyon"),
        ("agent2", "cs", "Agent", "Porto"),
    ]
    ids, managers, titles, places = zip(*table, strict=True)
    chart = Organization.from_columns(ids, managers, titles=titles, locations=places)
    assert len(regional_heads(survey(chart, "cs")).rows) == 2
    mixed = [
        place if node.startswith("md") else f"{place}?{node}" for node, place in zip(ids, places, strict=True)
    ]
    assert not regional_heads(
        survey(Organization.from_columns(ids, managers, titles=titles, locations=mixed), "cs")
    ).rows
    nowhere = Organization.from_columns(ids, managers, titles=titles)
    assert not regional_heads(survey(nowhere, "cs")).rows
    assert len(team_heads(survey(nowhere, "cs")).rows) == 2


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
