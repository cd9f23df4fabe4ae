"""Pictures of a study show its numbers, its intervals and what was unstable; texts of a chart stay texts."""

import numpy as np
import pytest

from orgmodel import Organization, Placement, survey
from orgmodel.change_orders.outcomes import OUTCOME_NAMES
from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.policies import POLICIES
from orgmodel.change_orders.process import process_of
from orgmodel.change_orders.study import Plan, run
from orgmodel.charts.change_orders import (
    curves,
    levels_chart,
    policies_chart,
    settled_by,
    small_curves,
    times_chart,
)

HOSTILE = "<b>$Sales$</b><img src=x>"
CHART = Organization.from_columns(
    ["ceo", "sales", "ops", "cs"],
    [None, "ceo", "ceo", "ops"],
    functions=["executive", "sales", "operations", "customer_service"],
)


@pytest.fixture(scope="module")
def study():
    found = survey(CHART, "cs")
    placements = {
        "Operations": None,
        HOSTILE: Placement.under("sales"),
        "Outside": Placement.outsourced("ops"),
    }
    plan = Plan(
        tuple(process_of(found, place, title) for title, place in placements.items()),
        (POLICIES["as_today"], POLICIES["all"]),
        Parameters(decisions_per_day=3.0),
        (0.6, 0.9, 0.98),
        replications=3,
        changes=200,
    )
    return run(plan, workers=1)


def test_a_line_for_each_placement_with_its_means_and_intervals(study):
    figure = curves(study, "disputes")
    lines = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert len(lines) == len(study.plan.placements)
    for at, line in enumerate(lines):
        for step in range(3):
            found = study.interval("disputes", at, 0, step)
            assert line.y[step] == pytest.approx(found.mean, nan_ok=True)
            if np.isfinite(found.mean):
                assert line.y[step] + line.error_y.array[step] == pytest.approx(found.high)


def test_the_formula_is_dashed(study):
    dashed = [
        trace
        for trace in curves(study, "false_promises").data
        if trace.line.dash == "dash" and len(trace.x) > 1
    ]
    assert len(dashed) == 3
    for at, trace in enumerate(dashed):
        expected = [study.expected[at][0][step].values["false_promises"] for step in range(3)]
        assert list(trace.y) == pytest.approx(expected)


def test_what_never_comes_to_rest_is_marked_and_says_why(study):
    assert {cell[:2] for cell in study.unstable} == {(1, 0)}
    marks = [trace for trace in curves(study, "disputes").data if trace.marker.symbol == "arrow-bar-up"]
    assert len(marks) == len(study.unstable)
    assert all("without end" in mark.hovertext[0].replace("<br>", " ") for mark in marks)


def test_all_outcomes_have_their_panel_and_one_legend(study):
    figure = small_curves(study, OUTCOME_NAMES)
    assert len(figure.layout.annotations) == len(OUTCOME_NAMES)
    named = [trace.name for trace in figure.data if trace.showlegend is not False]
    assert len(named) == len(set(named)) == len(study.plan.placements) + 1


def test_who_settles_adds_up_to_all_quarrels(study):
    for cell in study.cells:
        if cell not in study.unstable:
            quarrels = study.samples["disputes"][cell].mean()
            assert settled_by(study, cell).sum() == pytest.approx(quarrels)
            assert (settled_by(study, cell) > -1e-9).all()
    outside = settled_by(study, (2, 1, 1))
    assert outside[4] == pytest.approx(study.samples["escalations"][2, 1, 1].mean())
    bars = levels_chart(study, 1, 1).data
    assert np.sum([bar.x for bar in bars], axis=0) == pytest.approx(
        [study.samples["disputes"][place, 1, 1].mean() for place in range(3)]
    )


def test_what_never_comes_to_rest_has_no_bar_and_says_so(study):
    for picture in (levels_chart, times_chart):
        (said,) = picture(study, 0, 2).layout.annotations
        assert (said.y, said.text) == (1, "never comes to rest")
        assert not picture(study, 1, 2).layout.annotations
    (said,) = policies_chart(study, "disputes", 2).layout.annotations
    assert 0.5 < said.y < 1.5


def test_bars_of_policies_and_times_are_those_of_the_study(study):
    bars = policies_chart(study, "escalations", 1).data
    assert [bar.x[0] for bar in bars] == pytest.approx(
        [study.interval("escalations", 0, policy, 1).mean for policy in range(2)]
    )
    medians = [trace.x[0] for trace in times_chart(study, 0, 1).data if trace.mode == "markers"]
    assert medians[0] == pytest.approx(np.nanmean(study.decision_times[0, 0, 1, :, 2]))


def test_names_are_shown_as_they_are_written(study):
    for figure in (
        curves(study, "top"),
        policies_chart(study, "top", 2),
        levels_chart(study, 0, 2),
        times_chart(study, 0, 2),
    ):
        assert "<img" not in figure.to_json()
        assert "&lt;img" in figure.to_json().replace("\\u003c", "<")
