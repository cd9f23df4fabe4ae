"""Scenarios side by side: the same as each alone, nothing different from itself, both ways the same."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel import Answers, Assumptions, Organization, Placement, Reply, assess, decide, survey
from orgmodel.changes import change_between
from orgmodel.differences import Differences
from orgmodel.document import Document
from orgmodel.edits import Edit, Move
from orgmodel.indicators import INDICATORS
from orgmodel.lines import FurtherManager, Tie
from orgmodel.organization import UNHELD_STATUSES
from orgmodel.scenarios import Scenario
from orgmodel.scenarios.comparing import compare, under_same
from orgmodel.scenarios.marking import marked_union
from tests.charts_for_tests import cases, golden, organizations

NOTHING = Differences((), (), (), (), (), ())
PLACEMENTS = (
    None,
    Placement.under("Sales"),
    Placement.under("Ops"),
    Placement.shared({"Sales": 0.5, "Ops": 0.5}),
    Placement.outsourced("Ops"),
    Placement.new_department("CEO"),
    Placement.split(["SalesEast", "SalesWest"], "equally"),
    Placement.merged("Sales"),
)


def scenario(name="Today", chart=None, **parts):
    return Scenario(
        name, document=Document.of(golden("Ops") if chart is None else chart), unit=("CS",), **parts
    )


def of_placements():
    return [scenario(str(number), placement=placement) for number, placement in enumerate(PLACEMENTS)]


# ---------------------------------------------------------------------- numbers


def test_columns_are_the_numbers_of_each_alone():
    found = compare(of_placements())
    for place, one in enumerate(found.scenarios):
        alone = survey(one.organization, "CS")
        numbers = alone.current if one.placement is None else assess(one.organization, "CS", one.placement)
        column = found.measures.iloc[:, place]
        np.testing.assert_array_equal(column, [numbers.values[item.name] for item in INDICATORS])
        for name, score in numbers.scores.items():
            np.testing.assert_array_equal(found.scores.loc[name].iloc[place], score)


def test_totals_and_what_is_recommended_are_those_of_each_decision():
    answers = Answers({"sales_return": Reply("yes")})
    scenarios = [*of_placements()[:3], scenario("Asked", answers=answers, placement=PLACEMENTS[1])]
    found = compare(scenarios)
    for place, one in enumerate(scenarios):
        decision = decide(one.organization, "CS", one.answers)
        assert found.recommended[place] == decision.best.title
        rows = {item.placement: at for at, item in enumerate(decision.now.alternatives)}
        today = next(at for at, item in enumerate(decision.now.alternatives) if item.today)
        assert found.totals[place] == pytest.approx(decision.now.totals[rows.get(one.placement, today)])


@given(cases(max_size=15, units=(1,)))
@settings(max_examples=20)
def test_a_scenario_is_not_different_from_itself(case):
    chart, unit, assumptions = case
    one = Scenario("A", document=Document.of(chart), unit=tuple(unit), assumptions=assumptions)
    found = compare([one, replace(one)])
    assert found.differences == (NOTHING, NOTHING)
    assert found.said == ((), ())
    assert found.unlike == ((), ())
    assert not found.better.to_numpy().any()
    np.testing.assert_array_equal(found.measures.iloc[:, 0], found.measures.iloc[:, 1])
    assert set(found.marked(1).marks) <= {""}


@given(st.permutations(range(len(PLACEMENTS))), st.integers(0, len(PLACEMENTS) - 1))
@settings(max_examples=5)
def test_the_order_does_not_change_values(order, reference):
    scenarios = of_placements()
    one = compare(scenarios, reference)
    other = compare([scenarios[place] for place in order], order.index(reference))
    assert other.measures[list(one.names)].equals(one.measures)
    assert other.better[list(one.names)].equals(one.better)
    for place, at in enumerate(order):
        assert other.said[place] == one.said[at]
        assert other.totals[place] == pytest.approx(one.totals[at])


def test_better_is_worse_from_the_other_side():
    scenarios = of_placements()
    there, back = compare(scenarios, 0), compare(scenarios, 3)
    assert (there.better.iloc[:, 3] == -back.better.iloc[:, 0]).all()
    assert there.better.iloc[:, 3].any()
    undirected = [item.name for item in INDICATORS if item.direction.startswith("no ")]
    assert not there.better.loc[undirected].to_numpy().any()


def test_what_is_known_or_shared_is_not_made_again():
    one = scenario()
    asked = replace(one, name="C", answers=Answers({"ops_errors": Reply("yes")}))
    known = one.decision
    found = compare(
        [one, replace(one, name="B", placement=PLACEMENTS[1]), asked, asked], known=[(one, known)]
    )
    assert found.decisions[0] is known
    assert found.decisions[1] is known
    assert found.decisions[2] is found.decisions[3] is not known


# ---------------------------------------------------------------------- differences


@given(organizations(max_size=12), organizations(max_size=12))
@settings(max_examples=60)
def test_the_differences_lead_from_one_chart_to_the_other(before, after):
    one, other = (
        Scenario(name, document=Document.of(chart)) for name, chart in (("A", before), ("B", after))
    )
    found = compare([one, other])
    assert change_between(*found.charts).applied(found.charts[0]) == found.charts[1]
    said = found.differences[1]
    # The same told as moves, additions and removals, done to the managers of one chart, gives the other's.
    managers = {
        node: str(before.ids[boss]) if boss >= 0 else ""
        for node, boss in zip(before.ids.tolist(), before.manager.tolist(), strict=True)
        if node not in said.removed
    }
    managers |= {node: now for node, _was, now in said.moved}
    for node in said.added:
        boss = int(after.manager[after.row(node)])
        managers[node] = str(after.ids[boss]) if boss >= 0 else ""
    assert managers == {
        node: str(after.ids[boss]) if boss >= 0 else ""
        for node, boss in zip(after.ids.tolist(), after.manager.tolist(), strict=True)
    }


@given(organizations(max_size=12), organizations(max_size=12))
@settings(max_examples=80)
def test_marks_agree_with_the_change(before, after):
    # In the order of the chart before: an exact change also says who stands elsewhere in the list.
    order = [node for node in before.ids.tolist() if node in after.row_of]
    order += [node for node in after.ids.tolist() if node not in before.row_of]
    after = Organization.from_networkx(_ordered(after, order))
    found, change = marked_union(before, after), change_between(before, after)
    marks = dict(zip(found.organization.ids.tolist(), found.marks, strict=True))
    assert len(marks) == len(before.row_of | after.row_of)
    assert {node for node, mark in marks.items() if mark == "added"} == {one.id for _, one in change.added}
    assert {node for node, mark in marks.items() if mark == "removed"} == {
        one.id for _, one in change.removed
    }
    changed = {node for node, *_ in change.cells}
    for line in (*change.lines_added, *change.lines_removed):
        ends = (line.a, line.b) if isinstance(line, Tie) else (line.report, line.manager)
        if all(node in before.row_of and node in after.row_of for node in ends):
            changed.update(ends if isinstance(line, Tie) else ends[:1])
    assert {node for node, mark in marks.items() if mark == "changed"} == changed
    assert set(found.said) == {node for node, mark in marks.items() if mark}


def _ordered(chart, order):
    graph = chart.to_networkx()
    ordered = type(graph)()
    ordered.add_nodes_from((node, graph.nodes[node]) for node in order)
    ordered.add_edges_from(graph.edges(keys=True, data=True))
    return ordered


@given(organizations(max_size=12), organizations(max_size=12))
@settings(max_examples=60)
def test_both_charts_as_one_are_sound_and_hold_each(before, after):
    both = marked_union(before, after).organization
    again = Organization.from_columns(
        both.ids.tolist(),
        [str(both.ids[boss]) if boss >= 0 else None for boss in both.manager.tolist()],
        functions=both.functions.tolist(),
    )
    assert again.manager.tolist() == both.manager.tolist()
    assert both.ids.tolist()[: len(after)] == after.ids.tolist()
    for node in set(before.ids.tolist()) - set(after.ids.tolist()):
        row, old = both.row(node), before.row(node)
        assert both.statuses[row] == before.statuses[old] or before.statuses[old] in UNHELD_STATUSES
        assert both.headcount[row] == before.headcount[old]
        boss = int(before.manager[old])
        assert (both.manager[row] < 0) == (boss < 0)
        if boss >= 0:
            assert both.ids[both.manager[row]] == before.ids[boss]


def test_marks_on_one_of_the_two_charts():
    today = golden("Ops")
    found = compare([scenario(), scenario("B", placement=Placement.merged("Sales"))]).marked(1)
    before = found.on(today)
    assert before.organization is today
    assert before.marks[today.row("CS")] == "removed"
    assert "added" not in before.marks


def test_a_line_that_only_lost_its_other_end_marks_nobody():
    before = Organization.from_columns(["a", "b", "c"], [None, "a", "a"], ties=[Tie("b", "c")])
    after = Organization.from_columns(["a", "b"], [None, "a"])
    assert marked_union(before, after).marks == ("", "", "removed")


# ---------------------------------------------------------------------- in words


def test_what_differs_is_said():
    today = scenario()
    document = today.document.do(Move(("Plant",), "Sales")).do(Edit(("IT",), "title", "Systems"))
    other = replace(
        today,
        name="Other",
        document=document,
        placement=Placement.under("Sales"),
        answers=Answers({"ops_errors": Reply("yes", "guess")}, ranking=("operations",)),
        assumptions=Assumptions(delta=0.25, needs={"sales": 1.0}, owners={"sales": ["SalesEast"]}),
    )
    assert compare([today, other]).said[1] == (
        "Chart: 2 nodes get another manager: Plant: Ops -> Sales, CS: Ops -> Sales.",
        "Chart: 1 cell changes: Systems, title: empty -> Systems.",
        "Placement: Sales, under Sales. In the reference: Operations (where it is in the chart), under Ops.",
        (
            'Answers: 1 answer differs: "Are deliveries, or the way orders are taken down, too slow or not '
            'accurate?" yes, a guess instead of not answered.'
        ),
        "Answers: The goals in order of priority: Fix operations instead of not ranked.",
        (
            "Assumptions: Whom customer service needs: Operations none instead of 40 %, "
            "Sales 100 % instead of 30 %, IT none instead of 20 % and 1 more."
        ),
        "Assumptions: Who decides in each function: somebody else for Sales.",
        "Assumptions: How far measures travel down: 25 % instead of 50 %.",
    )


def test_every_assumption_has_words():
    today = scenario()
    changed = Assumptions(
        value_vector=(1, 0, 0, 0), goal_needs={"sales": {"sales": 1.0}}, radius=3, lengths={"tie": 2}
    )
    said = compare([today, replace(today, name="B", assumptions=changed)]).said[1]
    assert len(said) == len(changed.changed())
    assert all(sentence.startswith("Assumptions: ") for sentence in said)


# ---------------------------------------------------------------------- like for like


def test_other_assumptions_are_not_like_for_like_until_all_have_the_same():
    one = scenario()
    other = replace(
        one, name="B", assumptions=Assumptions(delta=0.25), answers=Answers({"ops_errors": Reply("yes")})
    )
    found = compare([one, other])
    assert "How far measures travel down" in found.unlike[1]
    assert found.weighed_otherwise == (False, True)
    alike = compare(under_same([one, other], 0))
    assert alike.unlike == ((), ())
    assert alike.weighed_otherwise == (False, False)
    assert not alike.better.to_numpy().any()


def test_owners_whom_a_chart_lacks_are_left_out():
    assumed = Assumptions(owners={"sales": ["SalesEast"], "operations": ["Plant"]})
    small = Organization.from_columns(
        ["CEO", "Plant", "CS"],
        [None, "CEO", "CEO"],
        functions=["executive", "operations", "customer_service"],
    )
    _, other = under_same([scenario(assumptions=assumed), scenario("B", small)], 0)
    assert dict(other.assumptions.owners) == {"operations": ("Plant",)}
    assert compare([scenario(assumptions=assumed), other]).faults == ("", "")


# ---------------------------------------------------------------------- what is missing


def test_without_customer_service_it_is_said_and_the_charts_are_compared():
    found = compare([scenario(), replace(scenario("None"), unit=())])
    assert found.faults == ("", "Nobody is customer service in it, so it has no numbers.")
    assert found.measures["None"].isna().all()
    assert found.recommended[1] == ""
    assert math.isnan(found.totals[1])
    assert not found.better.to_numpy().any()
    assert found.said[1] == ('Customer service: it is nobody, in the reference "CS".',)


def test_two_companies_have_numbers_but_no_differences():
    other = Organization.from_columns(["x", "y"], [None, "x"], functions=["executive", "customer_service"])
    found = compare([scenario(), Scenario("B", document=Document.of(other), unit=("y",))])
    assert found.in_both == (13, 0)
    assert found.said[1][0].startswith("Chart: no box is in both charts")
    assert found.marked(1).marks.count("removed") == 13
    assert not math.isnan(found.value(INDICATORS[0], 0))


def test_a_placement_that_cannot_be_is_a_sentence():
    found = compare([scenario(), scenario("B", placement=Placement.under("CS"))])
    assert found.faults[1] == '"CS" is part of customer service or reports to it, and cannot be its boss.'


def test_the_smallest_case():
    one = Scenario("A", document=Document.of(Organization.from_columns(["a"], [None])), unit=("a",))
    found = compare([one])
    assert found.decisions == (None,)
    assert found.said == ((),)
    assert found.differences == (NOTHING,)


def test_names_are_told_apart():
    one = scenario("A")
    assert compare([one, one, replace(one, name="A (2)"), one]).names == ("A", "A (2)", "A (2) (2)", "A (3)")


def test_further_lines_are_said_of_who_reports():
    before = golden("Ops")
    line = FurtherManager("CS", "Sales", "dotted", 0.0)
    after = Organization.from_networkx(before.to_networkx())
    graph = after.to_networkx()
    graph.add_edge(line.manager, line.report, key="dotted", kind="dotted", share=0.0)
    found = marked_union(before, Organization.from_networkx(graph))
    assert found.said == {"CS": ("New line: CS -> Sales (dotted, 0).",)}


def test_ties_of_a_box_that_is_gone_go_without_saying():
    before = Organization.from_columns(["a", "b", "c"], [None, "a", "a"], ties=[Tie("b", "c")])
    after = Organization.from_columns(["a", "b"], [None, "a"])
    scenarios = [Scenario(name, document=Document.of(chart)) for name, chart in (("A", before), ("B", after))]
    found = compare(scenarios)
    assert found.differences[1].lines_removed == (Tie("b", "c"),)
    assert found.said[1] == ("Chart: 1 node is removed: c.",)
