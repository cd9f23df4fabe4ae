"""Quarrels on the chart: hours are those given, a quarrel goes its route, nothing jumps, texts stay texts."""

from itertools import groupby

import numpy as np
import pytest

from orgmodel import Organization, Placement, survey
from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.process import process_of
from orgmodel.change_orders.records import OUTCOMES
from orgmodel.change_orders.simulation import simulate
from orgmodel.change_orders.story import story
from orgmodel.charts import load_chart, replay_chart

HOSTILE = "<b>$East$</b><img src=x>"
CHART = Organization.from_columns(
    ["ceo", "sales", "east", "ops", "cs", "agent"],
    [None, "ceo", "sales", "ceo", "ops", "cs"],
    names=["Chief", "Sales", HOSTILE, "Operations", "Service", "Agent"],
    functions=["executive", "sales", "sales", "operations", "customer_service", "customer_service"],
)
BUSY = Parameters(
    planning_utilisation=0.97,
    transparency=0.3,
    rule_coverage=0.2,
    delegation=0.2,
    patience=5.0,
    lead_time=8.0,
)


@pytest.fixture(scope="module", params=["east", "outside", "shared"])
def placed(request):
    placement = {
        "east": Placement.under("east"),
        "outside": Placement.outsourced("ops"),
        "shared": Placement.shared({"east": 0.5, "ops": 0.5}),
    }[request.param]
    found = survey(CHART, "cs")
    process = process_of(found, placement)
    return found.assess(placement).organization, simulate(process, BUSY, changes=200, seed=3)


def words(figure):
    """Return all texts that a figure shows."""
    shown = [
        text for trace in figure.data for text in np.atleast_1d(trace.text if trace.text is not None else [])
    ]
    return " ".join([*map(str, shown), *(note.text for note in figure.layout.annotations)])


def drawn(figure, name):
    """Return how many points the lines of a name have that are not for the legend only."""
    lines = [trace.x for trace in figure.data if trace.name == name]
    return sum(x is not None and not np.isnan(x) for line in lines for x in np.array(line, dtype=float))


def hops(figure, name):
    """Return how many separate lines of a name there are that are not for the legend only."""
    xs = [[None if x is None else float(x) for x in trace.x] for trace in figure.data if trace.name == name]
    runs = [list(run) for line in xs for gap, run in groupby(line, lambda x: x is None) if not gap]
    return sum(not np.isnan(run).any() for run in runs)


def test_the_hours_are_those_given(placed):
    chart, records = placed
    hours = [2.4 + 3 * at for at in range(len(records.process.managers))]
    said = words(load_chart(chart, records.process, hours))
    for value in hours:
        assert f"{value:.1f} h a week" in said
    assert "has the last word" in said or records.process.parts[0].contract


def test_every_moment_of_every_kind_of_story_is_drawn_in_one_place(placed):
    chart, records = placed
    for outcome in np.unique(records.changes.outcome):
        change = int(np.flatnonzero(records.changes.outcome == outcome)[0])
        figures = [replay_chart(chart, records, change, at) for at in range(len(story(records, change)))]
        assert len({figure.layout.height for figure in figures}) == 1, OUTCOMES[outcome]
        assert len({tuple(figure.layout.yaxis.range) for figure in figures}) == 1
        ways = [drawn(figure, "The way so far") for figure in figures]
        assert ways == sorted(ways)


def test_a_quarrel_that_was_decided_above_has_gone_the_whole_way(placed):
    chart, records = placed
    decided = np.flatnonzero(records.changes.outcome == OUTCOMES.index("manager"))
    for change in decided[:3].tolist():
        last = replay_chart(chart, records, change, len(story(records, change)) - 1)
        assert drawn(last, "Would go there next") == 0
        answer = "yes" if records.changes.granted[change] else "no"
        assert f"decides: {answer}" in words(last)


def test_the_way_drawn_is_the_route_until_then(placed):
    chart, records = placed
    for change in np.flatnonzero(records.changes.outcome == OUTCOMES.index("manager"))[:3].tolist():
        route = records.process.parts[records.changes.part[change]].route
        moments = story(records, change)
        for at in range(len(moments)):
            came = {moment.manager for moment in moments[: at + 1]} - {-1}
            figure = replay_chart(chart, records, change, at)
            assert hops(figure, "The way so far") == len(came)
            assert hops(figure, "Would go there next") == len(route) - len(came)


def test_names_are_shown_as_they_are_written(placed):
    chart, records = placed
    for figure in (load_chart(chart, records.process, {0: 1.0}), replay_chart(chart, records, 0, 0)):
        hovers = " ".join(text for trace in figure.data for text in np.atleast_1d(trace.hovertext or ""))
        assert "<img" not in words(figure) + hovers
        assert "$" not in words(figure) + hovers
