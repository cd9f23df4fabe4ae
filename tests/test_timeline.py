"""The pictures of the next steps: the plan over time, and what changes gain."""

import pytest

from orgmodel.assumptions import Assumptions
from orgmodel.charts.gains import gains_chart
from orgmodel.charts.timeline import timeline_chart
from orgmodel.decision import decide
from orgmodel.organization import Organization
from orgmodel.questionnaire import Answers
from tests.charts_for_tests import golden

ALL = Answers(ranking=("operations", "sales", "marketing"))
HOSTILE = ("<img src=x onerror=alert(1)>", "</b><b>&lt;", "$x$")


def plan_of(home, **assumed):
    return decide(golden(home), "CS", ALL, Assumptions(**assumed)).rotation


def bars_of(figure):
    return [trace for trace in figure.data if trace.type == "bar"]


@pytest.mark.parametrize(("horizon", "overlap"), [(1, 0), (3, 2), (8, 1), (40, 8)])
def test_the_bars_cover_every_quarter(horizon, overlap):
    plan = plan_of("Fin", horizon=horizon, overlap=overlap)
    covered = [0] * horizon
    for bar in bars_of(timeline_chart(plan)):
        for quarter in range(bar.base[0], bar.base[0] + bar.x[0]):
            covered[quarter] += 1
    shared = [quarter for phase in plan.phases for quarter in range(phase.start, phase.start + phase.overlap)]
    assert covered == [2 if quarter in shared else 1 for quarter in range(horizon)]


def test_overlaps_are_hatched_and_moves_are_marked():
    plan = plan_of("Ops", overlap=1)
    figure = timeline_chart(plan)
    hatched = [bar for bar in bars_of(figure) if bar.marker.pattern.shape]
    assert len(hatched) == 2 * sum(phase.overlap for phase in plan.phases)
    (moves,) = [trace for trace in figure.data if trace.name == "Move"]
    assert list(moves.x) == [phase.start for phase in plan.phases if phase.moved]


def test_three_steps_have_the_totals():
    plan = plan_of("Ops")
    lines = [
        trace for trace in timeline_chart(plan).data if trace.type == "scatter" and trace.mode == "lines"
    ]
    assert [list(line.y[:-1]) for line in lines] == [
        list(course.totals) for course in (*plan.others, plan.rotating)
    ]
    assert all(line.line.shape == "hv" for line in lines)


def test_a_plan_without_a_move_has_no_mark():
    plan = decide(
        golden("Ops"), "CS", Answers(ranking=("operations",), goal_weights={"operations": 1})
    ).rotation
    assert all(trace.name != "Move" for trace in timeline_chart(plan).data)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_harmless(name):
    chart = Organization.from_columns(
        ["CEO", "Sales", "Ops", "CS"],
        [None, "CEO", "CEO", "Ops"],
        functions=["executive", "sales", "operations", "customer_service"],
        names=[name] * 4,
        titles=[name] * 4,
    )
    decision = decide(chart, "CS", ALL)
    for figure in (timeline_chart(decision.rotation), gains_chart(decision.moves)):
        texts = figure.to_json()
        for harmful in ("<img", "</b>", "$x$"):
            assert harmful not in texts.replace("\\u003c", "<").replace("\\u003e", ">")


def test_gains_are_drawn_in_order():
    moves = decide(golden("Ops"), "CS", ALL).moves
    (bars,) = gains_chart(moves).data
    assert list(bars.x) == [move.gain_each for move in moves]
    assert len(gains_chart(()).data) == 1
