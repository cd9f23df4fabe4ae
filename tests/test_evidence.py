"""Evidence: what it names is in the chart, and the numbers of a placement can be computed from it again."""

import math
from collections import Counter
from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.assumptions import DEFAULT_ASSUMPTIONS, Assumptions
from orgmodel.lines import FurtherManager, Tie
from orgmodel.organization import Organization
from orgmodel.placement import SPLITS, Placement
from orgmodel.redundancy import congestion
from orgmodel.sweep import survey
from tests import reference, reference_chart
from tests.charts_for_tests import GOLDEN_NODES, cases, golden

DOZENS = settings(max_examples=45, report_multiple_bugs=False)
HALF_EACH = Placement.shared({"Sales": 0.5, "Ops": 0.5})


@st.composite
def assessments(draw, max_size=25):
    """An assessment of any kind of placement, today's chart among them, and the assumptions."""
    organization, unit, assumptions = draw(cases(max_size, units=(1, 1, 3)))
    found = survey(organization, unit, assumptions)
    outside = reference.candidates(organization.to_networkx(), unit)
    if not outside:
        return found.current, assumptions
    boss = st.sampled_from(outside)
    bosses = draw(st.lists(boss, min_size=1, max_size=2, unique=True))
    placements = [
        None,
        Placement.under(bosses[0]),
        Placement.shared(dict.fromkeys(bosses, 1 / len(bosses))),
        Placement.outsourced(bosses[0]),
        Placement.new_department(bosses[0]),
        Placement.split(bosses, draw(st.sampled_from(SPLITS))),
        Placement.merged(bosses[0]),
    ]
    placement = draw(st.sampled_from(placements))
    return (found.assess(placement) if placement else found.current), assumptions


def judged(assessment):
    """The chart after the placement, where every part is judged on it; else None.

    Of several nodes that are moved each is judged by itself, with the others where they are today.
    """
    kept = assessment.placement is None or assessment.placement.kind not in {"under", "shared"}
    return assessment.organization if kept or len(assessment.evidence) == 1 else None


def people_ways(organization):
    return nx.Graph(organization.to_networkx().to_undirected())


# ------------------------------------------------------------------ routes


@DOZENS
@given(assessments())
def test_routes_run_along_lines_and_are_as_long_as_the_distance(case):
    """Authority: Dijkstra's algorithm in networkx, on the chart after the placement."""
    assessment, assumptions = case
    for part in assessment.evidence:
        if (organization := judged(assessment)) is None:
            continue
        chart = organization.to_networkx()
        steps = reference.distances(chart, part.unit, assumptions.lengths)
        days = reference.distances(chart, part.unit, assumptions.latencies)
        for route in part.routes:
            if route.owner is None:
                assert (route.nodes, route.kinds, route.ways, route.cut_by) == ((), (), (), ())
                assert route.steps == 0 or math.isnan(route.steps)
                continue
            assert route.steps == steps.get(route.owner, math.inf)
            if math.isinf(route.steps):
                assert (route.nodes, route.kinds, route.ways) == ((), (), ())
                assert math.isinf(route.days)
                continue
            assert (route.nodes[0], route.nodes[-1]) == (part.unit, route.owner)
            assert len(route.kinds) == len(route.nodes) - 1
            taken = 0.0
            for (a, b), kind in zip(pairwise(route.nodes), route.kinds, strict=True):
                joining = {*chart.get_edge_data(a, b, default={}), *chart.get_edge_data(b, a, default={})}
                assert kind in joining

                # Of several lines between two people the shortest is used, then the quickest.
                assert cost(kind, assumptions) == min(cost(other, assumptions) for other in joining)
                taken += assumptions.latencies[kind]
            assert sum(assumptions.lengths[kind] for kind in route.kinds) == route.steps
            # Among ways with as many steps it is a quickest one; the quickest of all may have more steps.
            assert route.days <= taken + 1e-9
            assert taken == pytest.approx(
                quickest_of_the_shortest(chart, part.unit, route.owner, assumptions)
            )
            assert route.days == pytest.approx(days[route.owner]) or more_than_one_owner(assumptions, route)


def cost(kind, assumptions):
    return assumptions.lengths[kind], assumptions.latencies[kind]


def quickest_of_the_shortest(chart, start, end, assumptions):
    """The days of the quickest way with the fewest steps: pairs of (steps, days), the smallest first."""
    best = {start: (0, 0.0)}
    changed = True
    while changed:
        changed = False
        for a, b, kind in chart.edges(keys=True):
            for one, two in ((a, b), (b, a)):
                if one in best:
                    length, days = best[one]
                    tried = (length + cost(kind, assumptions)[0], days + cost(kind, assumptions)[1])
                    if two not in best or tried < (best[two][0], best[two][1] - 1e-9):
                        best[two] = tried
                        changed = True
    return best[end][1]


def more_than_one_owner(assumptions, route):
    """With several named, the quickest way may lead to another one than the shortest."""
    return len(assumptions.owners.get(route.function, ())) > 1


@DOZENS
@given(assessments())
def test_ways_have_nobody_in_common_and_are_as_many_as_there_are(case):
    """Authority: Menger's theorem, by the maximum flow of networkx."""
    assessment, _ = case
    for part in assessment.evidence:
        if (organization := judged(assessment)) is None:
            continue
        ways = people_ways(organization)
        for route in part.routes:
            for way in route.ways:
                assert (way[0], way[-1]) == (part.unit, route.owner)
                assert nx.is_simple_path(ways, list(way))
            for one, two in combinations(route.ways, 2):
                assert not set(one[1:-1]) & set(two[1:-1])
                assert one != two
            if route.nodes:
                assert route.disjoint == nx.node_connectivity(ways, part.unit, route.owner)


@DOZENS
@given(assessments())
def test_whose_absence_cuts_a_route(case):
    """Authority: everybody is taken out in turn, and whether a way is left is looked up in networkx."""
    assessment, _ = case
    for part in assessment.evidence:
        if (organization := judged(assessment)) is None:
            continue
        ways = people_ways(organization)
        for route in part.routes:
            if not route.nodes:
                assert route.cut_by == ()
                continue
            cut = [
                node
                for node in ways
                if node not in {part.unit, route.owner}
                and not nx.has_path(nx.restricted_view(ways, [node], []), part.unit, route.owner)
            ]
            assert set(route.cut_by) == set(cut)
            assert list(route.cut_by) == [node for node in route.nodes if node in cut]
            assert bool(cut) == (route.disjoint == 1 and len(route.ways[0]) > 2)


# ------------------------------------------------------------------ carriers, mixing, bosses


@DOZENS
@given(assessments())
def test_carriers(case):
    """By the definition: the weights of the routes on which somebody is between the ends."""
    assessment, _ = case
    for part in assessment.evidence:
        if (organization := judged(assessment)) is None:
            continue
        carries = Counter()
        for route in part.routes:
            for node in route.nodes[1:-1]:
                carries[node] += route.weight
        assert {item.id: item.carries for item in part.carriers} == pytest.approx(dict(carries))
        listed = [item.carries for item in part.carriers]
        assert listed == sorted(listed, reverse=True)
        share = congestion(organization)
        for item in part.carriers:
            assert item.congestion == pytest.approx(share[organization.row(item.id)], nan_ok=True)


@DOZENS
@given(assessments())
def test_mixing(case):
    """Authority: the lines of the unit, written down one by one from networkx, each pair of people once."""
    assessment, _ = case
    for part in assessment.evidence:
        if (organization := judged(assessment)) is None:
            continue
        chart = organization.to_networkx()
        within = reference_chart.subtree(chart, part.unit)
        branch = reference_chart.branch(chart, part.unit)
        needed = {route.function for route in part.routes if route.owner is not None}
        ends, leaving, staying = Counter(), 0, 0
        for a, b in people_ways(organization).edges:
            if a in within and b in within:
                staying += 1
            elif a in within or b in within:
                outer = b if a in within else a
                ends[chart.nodes[outer].get("function")] += 1
                stays = branch is not None and reference_chart.branch(chart, outer) == branch
                staying, leaving = staying + stays, leaving + (not stays)
        found = part.mixing
        assert (found.leaving, found.staying) == (leaving, staying)
        assert found.functions == {function: ends[function] for function in needed if ends[function]}
        branches = [reference_chart.branch(chart, node) or f"top {node}" for node in chart]
        pairs = list(combinations(branches, 2))
        if pairs:
            inside = sum(one == two for one, two in pairs) / len(pairs)
            assert found.expected == pytest.approx(1 - 2 * inside)


@DOZENS
@given(assessments())
def test_bosses_have_as_many_reports_as_in_the_chart_after_the_move(case):
    assessment, _ = case
    for part in assessment.evidence:
        if (organization := judged(assessment)) is None:
            continue
        chart = organization.to_networkx()
        manager = reference_chart.solid_manager(chart, part.unit)
        shares = reference_chart.authority(chart, part.unit)
        assert {boss.id: boss.share for boss in part.bosses} == pytest.approx(shares)
        for boss in part.bosses:
            reports = len(reference_chart.direct_reports(chart, boss.id))
            assert boss.direct_reports == reports + (boss.id != manager)


@DOZENS
@given(assessments())
def test_front_line(case):
    """The steps from everybody below the head up to it, a person at a time."""
    assessment, _ = case
    for part in assessment.evidence:
        if (organization := judged(assessment)) is None:
            continue
        chart = organization.to_networkx()
        level = reference_chart.depth(chart, part.unit)
        below = reference_chart.subtree(chart, part.unit) - {part.unit}
        people = reference_chart.headcount(chart, below)
        steps = sum(
            chart.nodes[node]["headcount"] * (reference_chart.depth(chart, node) - level) for node in below
        )
        assert part.front_line == pytest.approx(steps / people if people else 0.0)


@DOZENS
@given(assessments())
def test_the_largest_part_comes_first(case):
    assessment, _ = case
    shares = [part.share_of_unit for part in assessment.evidence]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)
    assert {part.unit for part in assessment.evidence} == set(assessment.parts)


# ------------------------------------------------------------------ the numbers, from the evidence alone


def again(part, assumptions):
    """The values of a part that follow from its evidence and the assumptions, without any chart."""
    outside = [route for route in part.routes if route.owner is not None]
    present = [route for route in part.routes if not math.isnan(route.steps)]

    def mean(routes, of):
        total = sum(route.weight for route in routes)
        return sum(route.weight / total * of(route) for route in routes) if routes else math.nan

    values = {
        "silo_risk": 100 * mean(present, lambda route: float(route.steps > assumptions.radius)),
        "feedback_path_length": mean(outside, lambda route: route.steps),
        "feedback_days": mean(outside, lambda route: route.days),
        "efficiency": mean(outside, lambda route: 1 / route.steps),
        "unreachable_weight": mean(outside, lambda route: float(math.isinf(route.steps))),
        "worst_distance": max((route.steps for route in outside), default=math.nan),
        "reachable_path_length": mean(
            [route for route in outside if math.isfinite(route.steps)], lambda route: route.steps
        ),
    }
    # Where a contract keeps more or less than other lines, another way may keep most.
    if assumptions.contract_alpha == assumptions.alpha:
        alpha = assumptions.alpha
        values["fidelity"] = mean(
            outside, lambda route: alpha ** (route.steps - 1) if math.isfinite(route.steps) else 0.0
        )
    counts = part.mixing.functions.values()
    if outside:
        together = sum(counts)
        effective = 1 / sum((count / together) ** 2 for count in counts) if together else 0.0
        values["breadth"] = effective / len(outside)
    lines = part.mixing.leaving + part.mixing.staying
    values["ei_index"] = (part.mixing.leaving - part.mixing.staying) / lines if lines else math.nan
    total = sum(boss.share for boss in part.bosses)
    if part.bosses:
        shares = [(boss.share / total, boss.direct_reports) for boss in part.bosses]
        values["effective_bosses"] = 1 / sum(share**2 for share, _ in shares)
        values["boss_span"] = sum(share * reports for share, reports in shares)
        values["boss_attention"] = sum(share / reports for share, reports in shares)
    values["climb"] = part.arbitration.climb
    return values | pressures(part)


def pressures(part):
    """Pressure, distortion and shortfall, from the managers whose measures reach customer service."""
    g = np.array([item.weight * np.array(item.vector) for item in part.inherited]).reshape(-1, 4).sum(axis=0)
    f = np.array(part.value)
    assert np.linalg.norm(f) == pytest.approx(1)
    if not g.any():
        return dict.fromkeys(("incentive_distortion", "sales_pressure_conflict", "cost_pressure"), math.nan)
    g /= np.linalg.norm(g)
    away = g - (g @ f) * f
    pull = [100 * away[m] ** 2 if away[m] > 0 and g[m] > f[m] else 0.0 for m in range(4)]
    return {
        "incentive_distortion": 100 * (1 - (g @ f) ** 2),
        "sales_pressure_conflict": pull[0],
        "cost_pressure": pull[1],
    }


@DOZENS
@given(assessments())
def test_the_values_of_a_part_follow_from_its_evidence(case):
    assessment, assumptions = case
    for part in assessment.evidence:
        values = assessment.parts[part.unit]
        for name, value in again(part, assumptions).items():
            # A difference of two numbers near 1, as the share away from the purpose, has fewer digits.
            assert values[name] == pytest.approx(value, rel=1e-9, abs=1e-9, nan_ok=True), name


@DOZENS
@given(assessments())
def test_boss_disagreement_follows_from_the_bosses(case):
    """Rao's quadratic entropy over every pair of the bosses named; their measures by the slow recursion."""
    assessment, assumptions = case
    for part in assessment.evidence:
        if (organization := judged(assessment)) is None:
            continue
        chart = organization.to_networkx()
        known = []
        for boss in part.bosses:
            total, _ = reference.inherited(chart, boss.id, assumptions)
            if any(total):
                known.append((boss.share, np.array(reference.unit_length(total))))
        together = sum(share for share, _ in known)
        expected = math.nan
        if known:
            expected = 100 * sum(
                a * b / together**2 * (1 - one @ two) for a, one in known for b, two in known
            )
        found = assessment.parts[part.unit]["boss_disagreement"]
        assert found == pytest.approx(expected, abs=1e-9, nan_ok=True)


@DOZENS
@given(assessments())
def test_values_of_the_unit_are_the_means_of_those_of_the_evidence(case):
    assessment, assumptions = case
    parts = [(part.share_of_unit, again(part, assumptions)) for part in assessment.evidence]
    for name in set.intersection(*(set(values) for _, values in parts)):
        expected = sum(share * values[name] for share, values in parts if share > 0)
        assert assessment.values[name] == pytest.approx(expected, rel=1e-9, abs=1e-9, nan_ok=True), name


@DOZENS
@given(assessments())
def test_who_arbitrates_is_above_both(case):
    """Authority: both lines up, name by name."""
    assessment, _ = case
    for part in assessment.evidence:
        if (organization := judged(assessment)) is None:
            continue
        chart, found = organization.to_networkx(), part.arbitration
        if found.arbiter is None:
            assert math.isnan(found.climb)
            assert (found.is_party, found.next_above) == (False, None)
            continue
        above = reference_chart.line_up(chart, found.operations)
        assert found.arbiter in above
        ways = [reference_chart.line_up(chart, boss.id) for boss in part.bosses]
        assert min(way.index(found.arbiter) + 1 for way in ways if found.arbiter in way) == found.climb
        assert found.is_party == (found.arbiter == found.operations)
        if found.next_above is not None:
            assert found.next_above == above[above.index(found.arbiter) + 1]
        assert reference_chart.depth(chart, found.arbiter) == assessment.parts[part.unit]["arbiter_depth"]


# ------------------------------------------------------------------ by hand


def test_smallest_chart():
    alone = survey(Organization.from_columns(["cs"], [None], functions=["customer_service"]), "cs")
    (part,) = alone.current.evidence
    assert (part.unit, part.share_of_unit, part.bosses, part.carriers) == ("cs", 1.0, (), ())
    assert [(route.owner, route.nodes) for route in part.routes] == [(None, ())] * 4
    assert all(math.isnan(route.steps) for route in part.routes)
    assert (part.mixing.leaving, part.mixing.staying, part.mixing.functions) == (0, 0, {})
    assert math.isnan(part.mixing.expected)
    assert (part.inherited, part.arbitration.operations, part.front_line) == ((), None, 0.0)
    assert np.isnan(part.measured_by).all()


def test_worked_example_under_two_bosses():
    (part,) = survey(golden(), "CS").assess(HALF_EACH).evidence
    routes = {route.function: route for route in part.routes}
    assert routes["operations"].nodes == ("CS", "Ops")
    assert routes["operations"].kinds in {("solid",), ("shared",)}
    assert routes["operations"].cut_by == ()
    assert set(routes["operations"].ways) == {
        ("CS", "Ops"),
        ("CS", "Sales", "SalesEast", "Plant", "Ops"),
    } or (set(routes["operations"].ways) == {("CS", "Ops"), ("CS", "Sales", "CEO", "Ops")})
    assert routes["it"].cut_by == ("CEO",)
    assert routes["it"].disjoint == 1
    assert {(boss.id, boss.share, boss.direct_reports) for boss in part.bosses} == {
        ("Sales", 0.5, 3),
        ("Ops", 0.5, 3),
    }
    # The chief executive passes on what concerns it and finance: 0.2 and 0.1.
    carries = {item.id: item.carries for item in part.carriers}
    assert carries["CEO"] == pytest.approx(0.3)
    assert part.mixing.functions == {"sales": 1, "operations": 1}


def test_worked_example_of_what_is_inherited():
    """Under SalesEast: its own measures, half of those of Sales, a quarter of the chief executive's."""
    (part,) = survey(golden(), "CS").assess(Placement.under("SalesEast")).evidence
    found = {item.id: (item.function, item.weight) for item in part.inherited}
    assert found == {
        "SalesEast": ("sales", pytest.approx(4 / 7)),
        "Sales": ("sales", pytest.approx(2 / 7)),
        "CEO": ("executive", pytest.approx(1 / 7)),
    }
    assert [item.id for item in part.inherited] == ["SalesEast", "Sales", "CEO"]


def test_worked_example_of_an_arbiter_who_is_a_party():
    (part,) = survey(golden(), "CS").assess(Placement.under("Plant")).evidence
    found = part.arbitration
    assert (found.operations, found.arbiter, found.climb) == ("Ops", "Ops", 2.0)
    assert (found.is_party, found.next_above) == (True, "CEO")


def test_the_route_is_the_quicker_of_two_that_are_as_short():
    """Over the tie it is half a day, over the solid line one; both are one step."""
    ids, managers, functions = zip(*GOLDEN_NODES, ("CS", "Ops", "customer_service"), strict=True)
    both = Organization.from_columns(
        ids,
        managers,
        functions=functions,
        further_managers=[FurtherManager("CS", "Sales", "contract"), FurtherManager("CS", "Sales", "dotted")],
        ties=[Tie("CS", "Ops")],
    )
    (part,) = survey(both, "CS").current.evidence
    routes = {route.function: route for route in part.routes}
    assert (routes["operations"].kinds, routes["operations"].days) == (("tie",), 0.5)
    assert (routes["sales"].kinds, routes["sales"].days) == (("dotted",), 2.0)


def test_the_quickest_way_may_have_more_steps():
    """A contract is one step and five days; over the top it is two steps and two days."""
    ids, managers, functions = zip(*GOLDEN_NODES, ("CS", "CEO", "customer_service"), strict=True)
    chart = Organization.from_columns(
        ids, managers, functions=functions, further_managers=[FurtherManager("CS", "Sales", "contract")]
    )
    (part,) = survey(chart, "CS").current.evidence
    (route,) = (route for route in part.routes if route.function == "sales")
    assert (route.steps, route.kinds, route.days) == (1.0, ("contract",), 2.0)


def test_of_several_who_decide_the_nearest_is_named():
    named = Assumptions(owners={"sales": ("SalesWest", "SalesEast", "Sales")})
    (part,) = survey(golden(), "CS", named).assess(Placement.under("Plant")).evidence
    (route,) = (route for route in part.routes if route.function == "sales")
    assert (route.owner, route.steps, route.kinds) == ("SalesEast", 2.0, ("solid", "tie"))


def test_how_often_people_try_to_sell():
    """Sales measures 0.7333 by revenue in the worked example, half of which is half as many attempts."""
    for attempts, expected in ((1.0, 0.7333), (0.5, 0.3667), (10.0, 1.0)):
        found = survey(golden(), "CS", Assumptions(sales_attempts=attempts))
        (part,) = found.assess(Placement.under("Sales")).evidence
        assert part.sales_attempts == pytest.approx(expected, abs=5e-5)
    assert part.value == pytest.approx(reference.unit_length(DEFAULT_ASSUMPTIONS.value_vector))
