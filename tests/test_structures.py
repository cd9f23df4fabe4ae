"""Units in parts: what a split deals to whom, and what merging gives the sales teams."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.lines import FurtherManager, Tie, frozen_texts
from orgmodel.organization import Organization
from orgmodel.placement import Placement, place
from orgmodel.structures import teams
from tests.charts_for_tests import column, golden
from tests.test_placement import (
    LOCATIONS,
    boss_of,
    inside_of,
    leaf_ids,
    people,
    placed_or_none,
    situations,
)

# ---------------------------------------------------------------------- split


def location_of_boss(organization, inside, boss):
    own = organization.locations[organization.row(boss)].strip().casefold()
    below = organization.ids[organization.subtree(organization.row(boss))]
    places = [
        organization.locations[organization.row(node)].strip().casefold()
        for node in below
        if node not in inside
    ]
    return own or max((place for place in places if place), key=places.count, default="")


def dealt_by_hand(organization, inside, placement):
    """Deal the leaves as the definition says, one at a time."""
    bosses = [boss for boss, _ in placement.bosses]
    places = [location_of_boss(organization, inside, boss) for boss in bosses]
    load, parts, rest = [0.0] * len(bosses), {}, []
    for leaf in leaf_ids(organization, inside):
        here = organization.locations[organization.row(leaf)].strip().casefold()
        at = [k for k, place in enumerate(places) if place and place == here]
        if placement.by == "location" and at:
            parts[leaf] = min(at, key=lambda k: load[k])
            load[parts[leaf]] += people(organization, [leaf])
        else:
            rest.append(leaf)
    for leaf in rest:
        parts[leaf] = min(range(len(bosses)), key=lambda k: load[k])
        load[parts[leaf]] += people(organization, [leaf])
    return {boss: [leaf for leaf in parts if parts[leaf] == k] for k, boss in enumerate(bosses)}


@st.composite
def desks(draw):
    """Split a unit with a lead over bosses with people at several locations."""
    parts, most = draw(st.integers(1, 4)), draw(st.integers(0, 8))
    bosses = [f"boss{part}" for part in range(parts)]
    ids, home = ["ceo", *bosses, "cs", "lead"], draw(st.sampled_from(["ceo", "boss0"]))
    managers = ["", *["ceo"] * parts, home, "cs"]
    for number in range(4 + most):
        ids.append(f"n{number}")
        managers.append(draw(st.sampled_from(["cs", "cs", "lead", "lead", *bosses])))
    organization = Organization.from_columns(
        ids,
        managers,
        locations=draw(column(len(ids), ("", *LOCATIONS))),
        headcount=draw(column(len(ids), (0, 1, 1, 1, 2, 0.5))),
    )
    by = draw(st.sampled_from(("location", "location", "equally")))
    return organization, ["cs"], Placement.split(draw(st.permutations(bosses)), by)


@given(st.one_of(situations(kinds=("split",)), desks()))
def test_a_split_deals_whole_leaves_as_it_says(situation):
    organization, unit, placement = situation
    if not (placed := placed_or_none(*situation)):
        return
    result, inside = placed.organization, inside_of(organization, unit)
    leaves = leaf_ids(organization, inside)
    bosses = [boss for boss, _ in placement.bosses]
    new = result.ids[len(organization) - len(placed.dissolved) :].tolist()
    assert list(placed.unit) == new
    assert all(result.functions[result.row(part)] == "customer_service" for part in new)
    if len(leaves) < len(bosses):
        assert [boss_of(result, part) for part in new] == bosses
        assert set(placed.dissolved) == inside
        assert people(result, new) == pytest.approx(people(organization, leaves))
        assert len({people(result, [part]) for part in new}) == 1
        return
    expected = dealt_by_hand(organization, inside, placement)
    assert [boss_of(result, part) for part in new] == [boss for boss in bosses if expected[boss]]
    for part in new:
        dealt = result.ids[result.direct_reports(result.row(part))].tolist()
        assert dealt == sorted(expected[boss_of(result, part)], key=result.row)
        assert people(result, [part]) == 1
    assert set(placed.dissolved) == inside - set(leaves)
    assert people(result, inside_of(result, new) - set(new)) == people(organization, leaves)
    assert sum("No part is made" in sentence for sentence in placed.sentences) == (len(new) < len(bosses))


def regions():
    return Organization.from_columns(
        ["ceo", "north", "south", "shop", "cs", "lead", "a", "b", "c", "d"],
        ["", "ceo", "ceo", "south", "ceo", "cs", "lead", "lead", "cs", "cs"],
        names=["", "", "", "", "Jo", "", "", "", "", ""],
        titles=["", "", "", "", "Head of Service", "", "", "", "", ""],
        locations=["", " LEEDS", "", "Dover", "Dover", "Dover", "Leeds", "dover ", "Leeds", "Rome"],
        headcount=[1, 1, 1, 1, 1, 1, 5, 1, 1, 2],
        further_managers=[FurtherManager("c", "lead", "dotted"), FurtherManager("a", "shop", "shared", 0.5)],
        ties=[Tie("a", "shop"), Tie("b", "lead"), Tie("cs", "lead"), Tie("cs", "shop")],
    )


def test_an_example_of_a_split():
    """North is in Leeds; south has no location, but a shop in Dover; Rome goes where fewer people are."""
    placed = place(regions(), "cs", Placement.split(["north", "south"]))
    result = placed.organization
    assert placed.unit == ("customer-service-1", "customer-service-2")
    assert [boss_of(result, node) for node in "abcd"] == [
        "customer-service-1",
        "customer-service-2",
        "customer-service-1",
        "customer-service-2",
    ]
    assert result.names[-2:].tolist() == ["Head of Service, north", "Head of Service, south"]
    assert result.further_managers == [FurtherManager("a", "shop", "shared", 0.5)]
    assert result.tie_list == [Tie("a", "shop")]
    assert placed.dissolved == ("cs", "lead")
    assert "\n".join(placed.sentences) == (
        'Customer service becomes 2 parts, each under a new head: "Head of Service, north" (6 people), '
        '"Head of Service, south" (3 people).\n'
        "3 of 4 posts went by location, "
        "the others one after another to the part with the fewest people so far.\n"
        "2 posts of the old unit are dissolved; 3 ties and 1 line to further managers are lost with them.\n"
        "2 people in posts with reports are in no part."
    )


def test_an_equal_split_and_a_part_that_is_not_made():
    equal = place(regions(), "cs", Placement.split(["north", "south"], by="equally"))
    assert [boss_of(equal.organization, node)[-1] for node in "abcd"] == ["1", "2", "2", "2"]
    assert "4 posts went one after another to the part with the fewest people so far." in equal.sentences
    lonely = replace(regions(), locations=frozen_texts(["", "Leeds", "Dover", *["Leeds"] * 7]))
    placed = place(lonely, "cs", Placement.split(["north", "south"]))
    assert placed.unit == ("customer-service-1",)
    assert "4 posts went by location." in placed.sentences
    assert 'No part is made under "south": it would have nobody.' in placed.sentences


def test_where_the_unit_is_today_says_nothing_about_where_its_boss_is():
    organization = Organization.from_columns(
        ["ceo", "south", "north", "shop", "cs", "a", "b"],
        ["", "ceo", "ceo", "south", "south", "cs", "cs"],
        locations=["", "", "Leeds", "Dover", "Leeds", "Leeds", "Leeds"],
    )
    placed = place(organization, "cs", Placement.split(["south", "north"]))
    assert [boss_of(placed.organization, part) for part in placed.unit] == ["north"]


def test_one_box_is_divided_equally():
    organization = Organization.from_columns(
        ["ceo", "x", "y", "z", "cs"],
        ["", "ceo", "ceo", "ceo", "ceo"],
        headcount=[1, 1, 1, 1, 30],
        units=["", "", "", "", "Support"],
        ties=[Tie("cs", "x")],
    )
    placed = place(organization, "cs", Placement.split(["x", "y", "z"]))
    assert placed.organization == Organization.from_columns(
        ["ceo", "x", "y", "z", *placed.unit],
        ["", "ceo", "ceo", "ceo", "x", "y", "z"],
        names=["", "", "", "", "Support, x", "Support, y", "Support, z"],
        functions=["", "", "", "", *["customer_service"] * 3],
        headcount=[1, 1, 1, 1, 10, 10, 10],
    )
    assert placed.sentences[1:] == (
        "There are fewer posts than parts: each gets an equal share of 30 people.",
        "1 post of the old unit is dissolved; 1 tie and no lines to further managers are lost with it.",
    )


def test_a_unit_of_one_node_under_one_boss_gets_a_head():
    organization = Organization.from_columns(["ceo", "cs"], ["", "ceo"])
    placed = place(organization, "cs", Placement.split("ceo"))
    assert placed.organization.manager.tolist() == [-1, 2, 0]
    assert placed.unit == ("customer-service-1",)
    assert placed.dissolved == ()


# ---------------------------------------------------------------------- merged


@given(situations(kinds=("merged",)))
def test_merged_people_go_to_the_teams_in_proportion(situation):
    organization, unit, placement = situation
    if not (placed := placed_or_none(*situation)):
        return
    inside = inside_of(organization, unit)
    outside = organization.to_networkx()
    outside.remove_nodes_from(inside)
    solid = nx.DiGraph((a, b) for a, b, key in outside.edges(keys=True) if key == "solid")
    solid.add_nodes_from(outside)
    head = placement.bosses[0][0]
    managers = [node for node in solid.successors(head) if solid.out_degree(node)] or [head]
    sizes = {node: people(organization, {node, *nx.descendants(solid, node)}) for node in managers}
    if not any(sizes.values()):
        sizes = dict.fromkeys(sizes, 1.0)
    dealt = people(organization, leaf_ids(organization, inside))
    result = placed.organization
    assert set(placed.dissolved) == inside
    found = {boss_of(result, part): people(result, [part]) for part in placed.unit}
    expected = {node: dealt * size / sum(sizes.values()) for node, size in sizes.items() if size}
    assert found == pytest.approx(expected)
    assert all(not len(result.direct_reports(result.row(part))) for part in placed.unit)


def test_the_golden_unit_merged_with_sales():
    """East and West have no reports, so there are no teams but Sales itself; with reports they are two."""
    alone = place(golden("Ops"), "CS", Placement.merged("Sales"))
    assert [boss_of(alone.organization, part) for part in alone.unit] == ["Sales"]
    ids, managers = ["ceo", "sales", "e", "w", "r1", "r2", "r3", "cs"], ["", "ceo", "sales", "sales", *"eew"]
    before = Organization.from_columns(ids, [*managers, "e"], headcount=[1] * 7 + [10])
    placed = place(before, "cs", Placement.merged("sales"))
    result = placed.organization
    assert result.names[-2:].tolist() == ["Customer service, e", "Customer service, w"]
    assert result.headcount[-2:].tolist() == [6, 4]
    assert placed.sentences[0] == (
        'Customer service becomes 2 parts: "Customer service, e" (6 people), '
        '"Customer service, w" (4 people).'
    )


def test_a_team_without_people_gets_nobody():
    before = Organization.from_columns(
        ["s", "e", "w", "r1", "r2", "cs"], ["", "s", "s", "e", "w", "s"], headcount=[1, 1, 0, 1, 0, 4]
    )
    placed = place(before, "cs", Placement.merged("s"))
    assert [boss_of(placed.organization, part) for part in placed.unit] == ["e"]
    assert 'No part is made under "w": it would have nobody.' in placed.sentences
    nobody = replace(before, headcount=np.array([0.0, 0, 0, 0, 0, 4]))
    assert place(nobody, "cs", Placement.merged("s")).organization.headcount[-2:].tolist() == [2, 2]


def test_the_unit_is_no_sales_team():
    """The unit's own place in sales neither is a team nor makes one of the manager above it."""
    before = Organization.from_columns(
        ["s", "e", "w", "r", "cs", "a"], ["", "s", "s", "e", "w", "cs"], headcount=[1, 1, 1, 1, 1, 9]
    )
    inside = np.array([False] * 4 + [True] * 2)
    managers, sizes = teams(before, inside, 0)
    assert (managers.tolist(), sizes.tolist()) == ([1], [2])
