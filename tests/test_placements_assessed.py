"""Placements that change what customer service consists of: provider, department, split, merger.

Authority: `tests/reference.py`, a slow second implementation, on the networkx graph of the chart that the
placement makes, with what a move does not change (who decides) from the chart before.
"""

import dataclasses
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.assumptions import DEFAULT_ASSUMPTIONS, Assumptions
from orgmodel.lines import FurtherManager, Tie, frozen_texts
from orgmodel.organization import Organization
from orgmodel.placement import SPLITS, Placement, place
from orgmodel.sweep import survey
from tests import reference, reference_chart, reference_queues
from tests.charts_for_tests import GOLDEN_NODES, cases, golden
from tests.reference import VALUES, assert_same

HUNDREDS = settings(max_examples=80, report_multiple_bugs=False)
DOZENS = settings(HUNDREDS, max_examples=40)
LOCATIONS = ("", "Leeds", "Dover", "dover ")


def expected_of(organization, unit, placement, assumptions):
    """The values on the chart after the placement, for what the unit is then; the old owners decide."""
    before = organization.to_networkx()
    placed = place(organization, unit, placement, functions=functions_after(organization, placement))
    after = placed.organization.to_networkx()
    facts = reference.Facts(
        reference.heads(after, placed.unit),
        reference.owners(before, unit, assumptions),
        reference.other_party(before, unit, assumptions),
    )
    parts = {node: reference.values_of(after, node, facts, assumptions) for node in facts.heads}
    return reference.mean_of_parts(after, parts), parts, after


def functions_after(organization, placement):
    """The stated functions; who takes a part is measured as an executive where nothing better is known."""
    functions = organization.functions.copy()
    if placement.kind == "split":
        for boss, _ in placement.bosses:
            if functions[organization.row(boss)] in {"", "other"}:
                functions[organization.row(boss)] = "executive"
    return functions


@st.composite
def placements(draw, organization, unit):
    """Any placement that changes what customer service consists of; None where nobody can take it."""
    outside = reference.candidates(organization.to_networkx(), unit)
    if not outside:
        return None
    boss = st.sampled_from(outside)
    kind = draw(st.sampled_from(("outsourced", "new_department", "split", "split", "merged")))
    if kind == "split":
        bosses = draw(st.lists(boss, min_size=1, max_size=4, unique=True))
        return Placement.split(bosses, draw(st.sampled_from(SPLITS)))
    return getattr(Placement, kind)(draw(boss))


@st.composite
def placed_cases(draw, max_size=25):
    organization, unit, assumptions = draw(cases(max_size, units=(1, 1, 3)))
    locations = draw(
        st.lists(st.sampled_from(LOCATIONS), min_size=len(organization), max_size=len(organization))
    )
    organization = dataclasses.replace(organization, locations=frozen_texts(locations))
    placement = draw(placements(organization, unit))
    return organization, unit, placement, assumptions


# ------------------------------------------------------------------ against the second implementation


@HUNDREDS
@given(placed_cases())
def test_values_are_those_of_the_chart_after_the_placement(case):
    organization, unit, placement, assumptions = case
    if placement is None:
        return
    expected, parts, _ = expected_of(organization, unit, placement, assumptions)
    result = survey(organization, unit, assumptions).assess(placement)
    assert_same(result.values, expected)
    assert set(result.parts) == set(parts)
    for node, values in result.parts.items():
        assert_same(values, parts[node])


@pytest.mark.parametrize("home", [None, "CEO", "Ops", "SalesEast"], ids=str)
@pytest.mark.parametrize(
    "placement",
    [
        *(Placement.outsourced(owner) for owner in ("CEO", "Ops", "Plant")),
        *(Placement.new_department(boss) for boss in ("CEO", "Ops", "Plant")),
        *(Placement.split(["Plant", "SalesEast", "CEO"], by) for by in SPLITS),
        *(Placement.merged(head) for head in ("Sales", "CEO", "Dev")),
    ],
    ids=lambda placement: "-".join((placement.kind, placement.by, placement.bosses[0][0])),
)
def test_worked_example(home, placement):
    for assumptions in (
        DEFAULT_ASSUMPTIONS,
        Assumptions(lengths={"contract": 3}, latencies={"contract": 20.0}, contract_alpha=0.5),
    ):
        expected, _, _ = expected_of(golden(home), ["CS"], placement, assumptions)
        assert_same(survey(golden(home), "CS", assumptions).assess(placement).values, expected)


# ------------------------------------------------------------------ parts


@DOZENS
@given(placed_cases())
def test_values_are_the_means_of_the_parts_by_headcount(case):
    """By the headcount of each part in the chart after the placement; all alike where nobody is counted."""
    organization, unit, placement, assumptions = case
    if placement is None:
        return
    result = survey(organization, unit, assumptions).assess(placement)
    chart = result.organization.to_networkx()
    people = {
        node: reference_chart.headcount(chart, reference_chart.subtree(chart, node)) for node in result.parts
    }
    if not any(people.values()):
        people = dict.fromkeys(people, 1.0)
    for name in VALUES:
        counted = [(people[node], part[name]) for node, part in result.parts.items() if people[node] > 0]
        expected = sum(weight * value for weight, value in counted) / sum(people.values())
        assert result.values[name] == pytest.approx(expected, nan_ok=True), name
    shares = {part.unit: part.share_of_unit for part in result.evidence}
    assert sum(shares.values()) == pytest.approx(1)
    assert shares == pytest.approx({node: some / sum(people.values()) for node, some in people.items()})


@DOZENS
@given(placed_cases())
def test_the_loss_of_separate_queues(case):
    """Authority: the states of each birth-death chain, added up one by one; customers weigh the mean."""
    organization, unit, placement, assumptions = case
    if placement is None or assumptions.patience or assumptions.service_time != 6:
        return
    result = survey(organization, unit, assumptions).assess(placement)
    desks = [part.desk for part in result.evidence]
    load = sum(desk.load for desk in desks)
    if len(desks) == 1 or load == 0:
        assert result.split is None
        return
    alone = [reference_queues.many_servers(desk.agents, desk.load) for desk in desks]
    pooled = reference_queues.many_servers(sum(desk.agents for desk in desks), load)
    served = [(desk.load / load, queue) for desk, queue in zip(desks, alone, strict=True) if desk.load > 0]
    for index, name in ((0, "waiting_probability"), (1, "waiting_time")):
        scale = 6.0 if index else 1.0
        expected = scale * sum(share * queue[index] for share, queue in served)
        assert getattr(result.split.mean, name) == pytest.approx(expected)
        assert getattr(result.split.pooled, name) == pytest.approx(scale * pooled[index])
    if math.isfinite(result.split.pooled.waiting_time):
        assert result.split.added_waiting_time >= -1e-9  # pooling never makes anybody wait longer
    else:
        assert math.isnan(result.split.added_waiting_time)


def box_of(people, *, bosses=("Sales", "Ops")):
    """The worked example with the unit drawn as one box of so many people."""
    ids, managers, functions = zip(*GOLDEN_NODES, ("CS", "CEO", "customer_service"), strict=True)
    headcount = [1] * len(GOLDEN_NODES) + [people]
    chart = Organization.from_columns(ids, managers, functions=functions, headcount=headcount)
    return survey(chart, "CS"), Placement.split(bosses)


def test_a_split_of_thirty_people_in_two():
    """30 people at 0.85 in one pool, against 15 twice; both by Erlang's formula, added up state by state."""
    found, placement = box_of(30)
    result = found.assess(placement)
    together, _ = reference_queues.many_servers(30, 25.5)
    apart, _ = reference_queues.many_servers(15, 12.75)
    assert result.values["waiting_probability"] == pytest.approx(100 * apart)
    assert found.current.values["waiting_probability"] == pytest.approx(100 * together)
    assert apart > together
    # Nothing else is recomputed from the pool: the mean of the two places.
    half = [found.assess(Placement.under(boss)).values for boss in ("Sales", "Ops")]
    for name in ("silo_risk", "feedback_path_length", "efficiency", "incentive_distortion", "fidelity"):
        assert result.values[name] == pytest.approx((half[0][name] + half[1][name]) / 2), name
    assert sum(part.desk.agents for part in result.evidence) == 30


# ------------------------------------------------------------------ who decides


@DOZENS
@given(placed_cases())
def test_who_decides_stays(case):
    """Owners outside the unit keep deciding; what was met inside the unit still is."""
    organization, unit, placement, assumptions = case
    if placement is None:
        return
    before = reference.owners(organization.to_networkx(), unit, assumptions)
    result = survey(organization, unit, assumptions).assess(placement)
    for part in result.evidence:
        for route in part.routes:
            if ids := before.get(route.function):
                assert route.owner in ids
            elif route.function in before:
                assert route.owner is None
                assert route.steps == 0


def test_the_new_department_is_no_decision_owner():
    """A need for customer service itself is met inside, also where a new post of it stands above."""
    needs = Assumptions(needs={"customer_service": 1, "operations": 1})
    found = survey(golden("Ops"), "CS", needs)
    values = found.assess(Placement.new_department("Ops")).values
    assert values["silo_risk"] == 0
    assert values["feedback_path_length"] == 2  # to the head of operations alone


def test_an_owner_in_the_unit_stays_inside_where_the_post_is_dissolved():
    ids, managers, functions = zip(*GOLDEN_NODES, ("CS", "CEO", "customer_service"), strict=True)
    whole = Organization.from_columns(
        [*ids, "a", "b"],
        [*managers, "CS", "CS"],
        functions=[*functions, "customer_service", "customer_service"],
    )
    found = survey(whole, "CS", Assumptions(needs={"it": 1, "sales": 1}, owners={"it": ["CS"]}))
    assert found.current.values["feedback_path_length"] == 2
    for placement in (
        Placement.split(["Sales", "Ops"]),
        Placement.merged("Sales"),
        Placement.outsourced("CEO"),
        Placement.new_department("CEO"),
    ):
        result = found.assess(placement)
        for part in result.evidence:
            (route,) = (route for route in part.routes if route.function == "it")
            assert (route.steps, route.owner, route.nodes) == (0, None, ()), placement.kind


# ------------------------------------------------------------------ the line of a contract


def outsourced(**assumptions):
    return survey(golden(), "CS", Assumptions(**assumptions)).assess(Placement.outsourced("Ops")).values


def test_a_contract_in_the_worked_example():
    """By hand: CS - Provider - Ops is 2 steps, the second of them the contract; sales is 4 steps away.

    operations 0.4 at 2, sales 0.3 at 4, it 0.2 at 4, finance 0.1 at 4; over Plant to SalesEast is no shorter.
    """
    values = outsourced()
    assert values["feedback_path_length"] == pytest.approx(0.4 * 2 + 0.6 * 4)
    assert values["silo_risk"] == pytest.approx(60)
    assert values["feedback_days"] == pytest.approx(0.4 * 6 + 0.6 * 8)
    assert values["fidelity"] == pytest.approx(0.4 * 0.9 + 0.6 * 0.9**3)
    assert values["executive_distance"] == 1  # the provider is the root of its own tree
    assert math.isnan(values["climb"])  # a contract, or the board
    # (0.8 cost + 0.2 quality) against (.1, .2, .6, .1): the cosine is 0.28 / sqrt(0.68 * 0.42).
    assert values["incentive_distortion"] == pytest.approx(100 * (1 - 0.28**2 / (0.68 * 0.42)))


def test_a_contract_has_its_own_length_time_and_loss():
    longer = outsourced(lengths={"contract": 3})
    assert longer["feedback_path_length"] == pytest.approx(0.4 * 4 + 0.6 * 6)
    assert longer["feedback_days"] == pytest.approx(outsourced()["feedback_days"])
    slower = outsourced(latencies={"contract": 50.0})
    assert slower["feedback_days"] == pytest.approx(0.4 * 51 + 0.6 * 53)
    assert slower["feedback_path_length"] == pytest.approx(outsourced()["feedback_path_length"])
    thinner = outsourced(contract_alpha=0.5)
    assert thinner["fidelity"] == pytest.approx(0.4 * 0.5 + 0.6 * 0.5 * 0.9**2)
    both = outsourced(lengths={"contract": 3}, contract_alpha=0.5)
    assert both["fidelity"] == pytest.approx(0.4 * 0.5**3 + 0.6 * 0.5**3 * 0.9**2)


@DOZENS
@given(cases(20, units=(1,)), st.data())
def test_a_contract_that_keeps_less_loses_more(case, data):
    organization, unit, assumptions = case
    outside = reference.candidates(organization.to_networkx(), unit)
    if not outside:
        return
    placement = Placement.outsourced(data.draw(st.sampled_from(outside)))
    kept = [
        survey(
            organization, unit, Assumptions.from_mapping(assumptions.changed() | {"contract_alpha": share})
        )
        .assess(placement)
        .values["fidelity"]
        for share in (0.05, 0.5, 1.0)
    ]
    assert kept == sorted(kept) or any(math.isnan(share) for share in kept)


# ------------------------------------------------------------------ placements that change nothing


@DOZENS
@given(placed_cases())
def test_the_chart_before_is_as_it_was(case):
    organization, unit, placement, assumptions = case
    if placement is None:
        return
    before = organization.to_networkx()
    found = survey(organization, unit, assumptions)
    current = dict(found.current.values)
    found.assess(placement)
    assert_same(found.current.values, current)
    assert Organization.from_networkx(before) == organization


def test_a_provider_and_a_further_manager():
    """The tie and the dotted line of the unit stay: sales is one step away also where a provider has it."""
    ids, managers, functions = zip(*GOLDEN_NODES, ("CS", "CEO", "customer_service"), strict=True)
    chart = Organization.from_columns(
        ids,
        managers,
        functions=functions,
        further_managers=[FurtherManager("CS", "Sales", "dotted")],
        ties=[Tie("CS", "Fin")],
    )
    (part,) = survey(chart, "CS").assess(Placement.outsourced("Ops")).evidence
    steps = {route.function: (route.steps, route.kinds) for route in part.routes}
    assert steps["sales"] == (1, ("dotted",))
    assert steps["finance"] == (1, ("tie",))
    assert steps["operations"] == (2, ("solid", "contract"))


def test_who_takes_a_part_is_measured_as_an_executive_where_nothing_better_is_known():
    """The head of a region is; a head of sales who takes a part is still one of sales. The reader is told."""
    regions = Organization.from_columns(
        ["ceo", "north", "sales", "cs", "a", "b"],
        [None, "ceo", "ceo", "ceo", "cs", "cs"],
        functions=["executive", "other", "sales", *["customer_service"] * 3],
    )
    result = survey(regions, "cs").assess(Placement.split(["north", "sales"], "equally"))
    measured = {
        part.bosses[0].id: {item.id: item.function for item in part.inherited} for part in result.evidence
    }
    assert measured == {
        "north": {"north": "executive", "ceo": "executive"},
        "sales": {"sales": "sales", "ceo": "executive"},
    }
    assert any('"north" is taken' in sentence for sentence in result.sentences)


# ------------------------------------------------------------------ what a placement must not bring about


def test_what_a_provider_is_measured_by_is_moved_as_well():
    swings = survey(golden(), "CS").swings([Placement.outsourced("Ops"), Placement.under("Plant")])
    assert swings.is_tie("service_shortfall", 0, 1)


@pytest.mark.parametrize(
    "placement",
    [Placement.new_department("CEO"), Placement.split(["CEO", "Ops"]), Placement.merged("Sales")],
    ids=lambda placement: placement.kind,
)
def test_an_owner_outside_stays_one_beside_another_inside(placement):
    ids, managers, functions = zip(*GOLDEN_NODES, ("CS", "CEO", "customer_service"), strict=True)
    chart = Organization.from_columns(
        [*ids, "desk"], [*managers, "CS"], functions=[*functions, "customer_service"]
    )
    found = survey(chart, "CS", Assumptions(owners={"operations": ["desk", "Ops"]}))
    assert found.current.values["climb"] == 1
    assert not math.isnan(found.assess(placement).values["climb"])


@pytest.mark.parametrize("people", [1, 3, 5, 7, 9, 30, 31])
def test_a_split_never_shortens_the_wait_nor_overloads(people):
    ids, managers, functions = zip(*GOLDEN_NODES, ("CS", "CEO", "customer_service"), strict=True)
    chart = Organization.from_columns(ids, managers, functions=functions, headcount=[1] * 12 + [people])
    found = survey(chart, "CS")
    after = found.assess(Placement.split(["Sales", "Ops"]))
    assert math.isfinite(after.values["waiting_time"])
    assert after.values["waiting_probability"] >= found.current.values["waiting_probability"] - 1e-9
    if people > 1:
        assert sum(part.desk.agents for part in after.evidence) == people


def test_a_function_that_is_absent_is_left_out_of_all_placements_alike():
    found = survey(golden(), "CS", Assumptions(needs={"provider": 1, "operations": 1}))
    assert found.coverage == 0.5
    outsourced = found.assess(Placement.outsourced("Ops"))
    assert outsourced.values["feedback_path_length"] == 2  # operations alone, as under every candidate
    assert [route.weight for route in outsourced.evidence[0].routes] == [0.5, 0.5]
