"""Placements beyond one boss: outsourced, a new department, split, merged."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.errors import OrgModelError, PlacementError, UnknownNodeError
from orgmodel.functions import business_functions, customer_service_proposals
from orgmodel.importing import read_organization, write_organization
from orgmodel.lines import FurtherManager, frozen_texts
from orgmodel.organization import Organization
from orgmodel.placement import Placement, apply, place
from orgmodel.structures import new_ids
from tests.charts_for_tests import column, golden, organizations
from tests.test_operations import rebuilt

LOCATIONS = ("", "  ", "Köln", " köln", "KÖLN ", "Straße", "STRASSE", "Leeds")
NAMES = ("", "A", 'Quote " and, comma', "=1+1", "provider-1", "line\nbreak", "\ud83d", "العربية")


@st.composite
def located(draw, max_size=30):
    """Charts with locations, hostile names and an attribute."""
    organization = draw(organizations(max_size))
    size = len(organization)
    return replace(
        organization,
        names=frozen_texts(draw(column(size, NAMES))),
        locations=frozen_texts(draw(column(size, LOCATIONS))),
        attributes={"hired": frozen_texts([2020, *[None] * (size - 1)])},
    )


@st.composite
def situations(draw, kinds=("under", "shared", "outsourced", "new_department", "split", "merged")):
    """A chart, a unit of one or several nodes in it, and any placement."""
    organization = draw(located())
    ids = organization.ids.tolist()
    # Units with reports and bosses outside come up more often: most else is refused or has one leaf.
    managers = organization.ids[organization.span_of_control > 0].tolist()
    unit = draw(st.lists(st.sampled_from([*ids, *managers * 5]), min_size=1, max_size=2, unique=True))
    outside = [node for node in ids if node not in inside_of(organization, unit)]
    bosses = draw(st.lists(st.sampled_from([*ids, *outside * 9]), min_size=1, max_size=4, unique=True))
    kind = draw(st.sampled_from(kinds))
    if kind == "split":
        return organization, unit, Placement.split(bosses, draw(st.sampled_from(("location", "equally"))))
    if kind == "shared":
        bosses = bosses[:2]
        return organization, unit, Placement.shared(dict.fromkeys(bosses, 1 / len(bosses)))
    return organization, unit, getattr(Placement, kind)(bosses[0])


def placed_or_none(organization, unit, placement):
    try:
        return place(organization, unit, placement)
    except PlacementError:
        return None


def inside_of(organization, unit):
    return {node for head in unit for node in organization.ids[organization.subtree(organization.row(head))]}


def leaf_ids(organization, nodes):
    return [
        node
        for node in organization.ids.tolist()
        if node in nodes and not len(organization.direct_reports(organization.row(node)))
    ]


def boss_of(organization, node):
    boss = organization.manager[organization.row(node)]
    return organization.ids[boss] if boss >= 0 else None


def people(organization, nodes):
    return sum(float(organization.headcount[organization.row(node)]) for node in nodes)


# ---------------------------------------------------------------------- any placement


@given(situations())
def test_a_placed_chart_is_what_building_it_from_its_columns_gives(situation):
    """It is sound, and its rows, lines and ties are in the order that every chart keeps."""
    if placed := placed_or_none(*situation):
        result = placed.organization
        assert result == rebuilt(result)
        assert result.row_of == {node: row for row, node in enumerate(result.ids)}
        assert placed.organization == apply(*situation)
        assert len(placed.unit) == len(set(placed.unit))
        assert set(placed.unit) <= set(result.ids)


@given(situations())
def test_a_placement_is_refused_where_the_unit_has_authority_over_a_boss(situation):
    """By networkx: a boss is a descendant of the unit over lines with authority, or nobody is outside."""
    organization, unit, placement = situation
    authority = nx.DiGraph(
        (boss, report)
        for boss, report, data in organization.to_networkx().edges(data=True)
        if data["kind"] == "solid" or data.get("share", 0) > 0
    )
    authority.add_nodes_from(organization.ids)
    below = {node for head in unit for node in (head, *nx.descendants(authority, head))}
    refused = not below.isdisjoint(boss for boss, _ in placement.bosses)
    assert (placed_or_none(*situation) is None) == refused


@given(situations())
def test_what_is_not_dissolved_stays_as_it_was_and_in_its_order(situation):
    organization, _, placement = situation
    if not (placed := placed_or_none(*situation)):
        return
    result, gone = placed.organization, set(placed.dissolved)
    kept = [node for node in organization.ids if node not in gone]
    assert result.ids[: len(kept)].tolist() == kept
    assert gone <= set(organization.ids)
    assert set(result.ids[len(kept) :]).isdisjoint(organization.ids)
    old = [organization.row(node) for node in kept]
    for key in ("names", "titles", "units", "functions", "locations", "statuses", "headcount"):
        assert getattr(result, key)[: len(kept)].tolist() == getattr(organization, key)[old].tolist()
    hired = result.attributes.get("hired", np.full(len(result), None)).tolist()
    assert hired == [*organization.attributes["hired"][old], *[None] * (len(result) - len(kept))]
    assert result.tie_list == [tie for tie in organization.tie_list if gone.isdisjoint(tie[:2])]
    if placement.kind not in {"under", "shared"}:
        lines = [line for line in organization.further_managers if gone.isdisjoint(line[:2])]
        contract = [FurtherManager(result.ids[-1], placement.bosses[0][0], "contract")]
        assert result.further_managers == lines + contract * (placement.kind == "outsourced")


@given(situations())
def test_only_the_unit_changes_its_solid_manager(situation):
    organization, unit, _ = situation
    if placed := placed_or_none(*situation):
        inside = inside_of(organization, unit)
        for node in organization.ids:
            if node not in inside:
                assert boss_of(placed.organization, node) == boss_of(organization, node)


@given(situations(), st.data())
def test_known_functions_are_stated_and_not_recognised_anew(situation, data):
    organization, unit, placement = situation
    functions = business_functions(organization).functions
    functions = np.where(data.draw(column(len(organization), (True, False))), functions, "")
    try:
        placed = place(organization, unit, placement, functions=functions)
    except PlacementError:
        return
    result = placed.organization
    recognised = business_functions(result).functions
    for old, function in enumerate(functions):
        if (node := organization.ids[old]) not in placed.dissolved:
            row = result.row(node)
            assert result.functions[row] == function or organization.functions[old]
            assert not function or recognised[row] == function


@given(situations())
def test_a_placed_chart_can_be_written_and_read(situation):
    """Names no file can hold are the reader's business (`write_organization`); ids are never among them."""
    if placed := placed_or_none(*situation):
        result = replace(placed.organization, names=frozen_texts([""] * len(placed.organization)))
        result = replace(result, attributes={}, locations=result.names)
        assert read_organization(write_organization(result)).organization == result


def test_placements_are_values():
    assert Placement.split(["a", "b"]) == Placement.split(("a", "b"))
    assert len({Placement.split(["a"]), Placement.split("a"), Placement.split(["a"], "equally")}) == 2
    kinds = [Placement.under, Placement.outsourced, Placement.new_department, Placement.merged]
    assert len({kind("a") for kind in kinds}) == 4


# ---------------------------------------------------------------------- the unit as a whole


@given(situations(kinds=("outsourced",)))
def test_a_provider_is_a_root_that_hangs_on_its_owner_by_a_contract(situation):
    organization, unit, placement = situation
    if not (placed := placed_or_none(*situation)):
        return
    result, provider = placed.organization, len(organization)
    assert result.manager[provider] == -1
    assert (result.functions[provider], result.headcount[provider]) == ("provider", 0)
    assert result.headcount.sum() == organization.headcount.sum()
    assert result.ids[result.direct_reports(provider)].tolist() == sorted(placed.unit, key=result.row)
    assert inside_of(result, placed.unit) == inside_of(organization, unit)
    assert FurtherManager(result.ids[provider], placement.bosses[0][0], "contract", 0.0) in (
        result.further_managers
    )


def test_the_golden_unit_at_a_provider():
    before = golden("Ops")
    placed = place(before, "CS", Placement.outsourced("Ops", "  Call & Co  "))
    ids = [*before.ids, "provider-1"]
    managers = [boss_of(before, node) for node in before.ids[:-1]]
    assert placed.organization == Organization.from_columns(
        ids,
        [*managers, "provider-1", None],
        names=[*[""] * 13, "Call & Co"],
        functions=[*before.functions, "provider"],
        headcount=[1] * 13 + [0],
        further_managers=[FurtherManager("provider-1", "Ops", "contract", 0.0)],
        ties=before.tie_list,
    )
    assert placed.unit == ("CS",)
    assert placed.dissolved == ()
    assert placed.sentences == ('"Call & Co" is new: an outside provider, whose contract "Ops" oversees.',)
    again = place(placed.organization, "CS", Placement.outsourced("Sales"))
    assert again.organization.ids.tolist() == [*ids, "provider-2"]


def test_a_unit_in_a_department_of_its_own():
    placed = place(golden("Ops"), "CS", Placement.new_department("CEO"))
    result = placed.organization
    assert result.ids[result.chain(result.row("CS"))].tolist() == ["CS", "department-1", "CEO"]
    assert (result.names[-1], result.functions[-1]) == ("Customer experience", "customer_service")
    assert result.headcount[-1] == 1
    assert placed.unit == ("CS",)
    assert placed.sentences == (
        '"Customer experience" is new: a department under "CEO", with one person at its head.',
    )


@given(situations(kinds=("new_department",)))
def test_a_new_department_stands_between_the_boss_and_the_unit(situation):
    organization, unit, placement = situation
    if placed := placed_or_none(*situation):
        result, department = placed.organization, len(organization)
        assert boss_of(result, result.ids[department]) == placement.bosses[0][0]
        reports = result.ids[result.direct_reports(department)].tolist()
        assert reports == sorted(placed.unit, key=result.row)
        assert inside_of(result, placed.unit) == inside_of(organization, unit)


def test_a_node_below_another_one_of_the_unit_is_part_of_it():
    organization = Organization.from_columns(["ceo", "x", "cs", "a"], ["", "ceo", "ceo", "cs"])
    for placement in (Placement.under("x"), Placement.outsourced("x"), Placement.new_department("x")):
        assert place(organization, ["a", "cs", "a"], placement) == place(organization, "cs", placement)


# ---------------------------------------------------------------------- charts from files


@pytest.mark.parametrize("file", ["bank_1200", "manufacturer_150", "software_400", "startup_12"])
@pytest.mark.parametrize("kind", ["outsourced", "new_department", "merged", "location", "equally"])
def test_every_sample_chart_can_be_placed_so(file, kind):
    organization = read_organization(f"data/{file}.csv").organization
    unit = customer_service_proposals(organization)[0].ids
    inside = inside_of(organization, unit)
    root = organization.ids[organization.tree[organization.row(unit[0])]]
    heads = [
        node
        for node in organization.ids[organization.direct_reports(organization.row(root))].tolist()
        if node not in inside
    ]
    placement = (
        Placement.split(heads, kind) if kind in {"location", "equally"} else getattr(Placement, kind)(root)
    )
    placed = place(organization, unit, placement, functions=business_functions(organization).functions)
    result = placed.organization
    assert result == rebuilt(result)
    leaves, parts = leaf_ids(organization, inside), inside_of(result, placed.unit)
    if kind in {"outsourced", "new_department"}:
        assert parts == inside
    else:
        assert people(result, leaf_ids(result, parts)) == pytest.approx(people(organization, leaves))
        now = {boss_of(result, part) for part in placed.unit}
        assert now <= set(heads) | {root}


# ---------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("placement", "words"),
    [
        (Placement.split(["x", "a"]), '"a" is part of customer service or reports to it'),
        (Placement.outsourced("a"), "cannot oversee its provider"),
        (Placement.outsourced("shadow"), '"shadow" is part of customer service or reports to it'),
        (Placement.new_department("cs"), "cannot be the boss of its new department"),
        (Placement.merged("cs"), '"cs" is part of customer service .* and cannot take it over'),
        (Placement.under("a"), "cannot be its boss"),
        (Placement.shared({"x": 0.5, "a": 0.5}), "cannot be its boss"),
    ],
    ids=str,
)
def test_bosses_in_the_unit_are_refused(placement, words):
    organization = Organization.from_columns(
        ["ceo", "x", "cs", "a", "shadow"],
        ["", "ceo", "ceo", "cs", "ceo"],
        further_managers=[FurtherManager("shadow", "cs", "shared", 0.5)],
    )
    with pytest.raises(PlacementError, match=words):
        place(organization, "cs", placement)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Placement.split([]), "name at least one boss"),
        (lambda: Placement.split(["x", "y", "x"]), '"x" is named twice'),
        (
            lambda: Placement.split(["x"], by="age"),
            '"age" is no way to split; known are location and equally',
        ),
        (lambda: Placement.outsourced("x", " "), "needs a name"),
        (lambda: Placement.new_department("x", ""), "that of the provider or the department"),
        (lambda: Placement((("x", 1.0),), "rotated"), '"rotated" is no kind of placement'),
        (lambda: Placement((("x", 0.5),), "merged"), '"x" has the share 0.5; in this placement it is 1'),
        (lambda: Placement((("x", 0.5),), "outsourced", "P"), "it is 0"),
        (lambda: Placement((("x", 0.5), ("x", 0.5)), "shared"), "name every boss once"),
        (lambda: Placement(()), "has one boss, not 0"),
    ],
)
def test_placements_that_contradict_themselves(make, words):
    with pytest.raises(PlacementError, match=words):
        make()


@pytest.mark.parametrize(
    "placement",
    [
        Placement.under("a"),
        Placement.outsourced("a"),
        Placement.new_department("a"),
        Placement.split(["a"]),
        Placement.merged("a"),
    ],
    ids=str,
)
def test_nobody_takes_a_unit_that_is_the_whole_chart(placement):
    for organization in (
        Organization.from_columns(["cs"], [""]),
        Organization.from_columns(["cs", "a"], ["", "cs"]),
    ):
        with pytest.raises(OrgModelError, match=r"Every node of the chart|no node with the id"):
            place(organization, "cs", placement)
    with pytest.raises(PlacementError, match="Every node of the chart belongs to customer service"):
        place(Organization.from_columns(["cs", "a"], ["", ""]), ["cs", "a"], placement)


def test_names_that_are_not_in_the_chart_and_an_empty_unit():
    for placement in (Placement.split(["Sales", "nobody"]), Placement.merged("nobody")):
        with pytest.raises(UnknownNodeError, match='"nobody"'):
            place(golden(), "CS", placement)
    with pytest.raises(UnknownNodeError, match='"nobody"'):
        place(golden(), ["CS", "nobody"], Placement.under("Ops"))
    with pytest.raises(PlacementError, match="at least one node"):
        place(golden(), [], Placement.under("Ops"))


def test_functions_that_do_not_fit_the_chart():
    with pytest.raises(PlacementError, match="There are 2 functions for 13 nodes"):
        place(golden(), "CS", Placement.under("Ops"), functions=np.array(["it", "hr"], dtype=object))
    with pytest.raises(PlacementError, match='"selling" is not a function'):
        place(golden(), "CS", Placement.under("Ops"), functions=np.array(["selling"] * 13, dtype=object))


def test_new_ids_are_not_those_of_the_chart():
    organization = Organization.from_columns(["provider-1", "provider-3"], ["", ""])
    ids = new_ids(organization, "provider")
    assert [next(ids), next(ids)] == ["provider-2", "provider-4"]
