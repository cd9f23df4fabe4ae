"""Who are the heads of regions and of product teams, and what a split over them needs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel import Organization, Placement, survey
from orgmodel.alternatives import alternatives, regional_heads, team_heads
from tests.alternatives_for_tests import DATA, by_key, chart_of, reasons, survey_of

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
