"""Pictures of a decision: signs as well as colours, nothing hidden, every name harmless."""

import re
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from orgmodel.charts import (
    acceptability_chart,
    alternatives_scatter,
    central_weights_chart,
    differences_chart,
    flips_chart,
    heat_map,
    sobol_chart,
)
from orgmodel.charts.alternatives import SCORE_SCALE, alike, best_and_worst, places, row_names, unplaced
from orgmodel.criteria import CRITERIA
from orgmodel.decision import decide
from orgmodel.flip_points import FlipPoint
from orgmodel.indicators import INDICATORS
from orgmodel.recommendation import differences
from tests.charts_for_tests import golden
from tests.rankings_for_tests import ranking_of, scores_of

HOSTILE = ("<img src=x onerror=alert(1)>", "$x$", "</b><b>&lt;", "=cmd|' /C calc'!A0")
ITEMS = {item.name: item for item in INDICATORS}
NEARNESS, PRESSURE = ITEMS["efficiency"], ITEMS["sales_pressure_conflict"]


def flip(kind="weight", size=0.1, title="Nearness", before="25 %", after="27 %"):
    return FlipPoint(kind, "efficiency", title, before, after, 0.27, size, f"“{title}” would turn it.")


def all_charts(ranking, titles=("A", "B")):
    yield heat_map(ranking)
    yield alternatives_scatter(ranking, NEARNESS, PRESSURE)
    yield acceptability_chart(ranking)
    yield central_weights_chart(ranking)
    if len(ranking.alternatives) > 1:
        yield differences_chart(differences(ranking, 0, 1), *titles)
    yield sobol_chart([titles[0], "Needs"], [0.7, 0.1], [0.1, 0.1])
    yield flips_chart([flip(title=titles[0], before=titles[1], after=titles[0])])


def texts_in(value):
    """Return every text in a figure."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple | np.ndarray):
        for part in value:
            yield from texts_in(part)


# ---------------------------------------------------------------------- any numbers


@settings(max_examples=25)
@given(
    arrays(np.float64, (4, len(CRITERIA)), elements=st.sampled_from((0.0, 3.0, 50.0, 100.0, np.nan))),
    st.integers(1, 4),
    st.integers(0, 3),
)
def test_any_scores_can_be_drawn(scores, size, today):
    scores[0, 0] = 1.0  # something can be told
    for figure in all_charts(ranking_of(scores[:size], today=today, ties=(1,) if size > 1 else ())):
        figure.to_json()
        assert figure.layout.height < 1000


@pytest.mark.parametrize("name", HOSTILE)
def test_every_name_is_harmless(name):
    titles = [name, f"{name} {name}", name]
    ranking = ranking_of(scores_of(efficiency=[10, 50, 70]), titles=titles)
    for figure in all_charts(ranking, (name, name)):
        parts = figure.to_dict()
        layout = [parts["layout"].get(name, ()) for name in ("xaxis", "yaxis", "annotations")]
        for text in texts_in([parts["data"], *layout]):
            assert "<img" not in text
            assert "$" not in text
            assert not re.search(r"</b><b>&lt;", text)


def test_one_placement():
    for figure in all_charts(ranking_of([[10.0]])):
        figure.to_json()


# ---------------------------------------------------------------------- the heat map


@given(arrays(np.float64, (5, 3), elements=st.sampled_from((0.0, 10.0, 10.02, 90.0, np.nan))))
def test_the_best_and_worst_of_a_column(scores):
    best, worst = best_and_worst(scores)
    assert not (best & worst).any()
    assert not (best | worst)[np.isnan(scores)].any()
    for column in range(3):
        told = scores[~np.isnan(scores[:, column]), column]
        for marked, most in ((best[:, column], np.min), (worst[:, column], np.max)):
            if marked.any():  # all that are alike, and no more than half
                assert abs(scores[marked, column] - most(told)).max() <= 0.05
                assert marked.sum() == (abs(told - most(told)) <= 0.05).sum() <= len(told) / 2


def test_placements_that_tie_are_marked_alike():
    best, worst = best_and_worst(np.array([[1.0], [1.0], [5.0], [7.0], [9.0]]))
    assert best[:, 0].tolist() == [True, True, False, False, False]
    assert worst[:, 0].tolist() == [False, False, False, False, True]
    ranking = ranking_of(scores_of(efficiency=[1, 1, 50, 70, 90]), ties=(1,))
    assert places(ranking) == ["1=", "2=", "3", "4", "5"]


def cells(figure):
    """Return the texts and hovers of the heat map by column, the total first."""
    columns = [trace for trace in figure.data if trace.type == "scatter"]
    return [list(trace.text) for trace in columns], [list(trace.hovertext) for trace in columns]


def test_the_best_comes_first_and_signs_say_what_colours_say():
    ranking = ranking_of(scores_of(efficiency=[70, 20, 50, 60, 55]), today=2, titles=list("abcde"))
    figure = heat_map(ranking)
    assert row_names(ranking) == ["1 b", "<b>2 c (today)</b>", "3 e", "4 d", "5 a"]
    texts, hovers = cells(figure)
    assert texts[0] == ["<b>1.5</b>", "<b>3.8</b>", "<b>4.2</b>", "<b>4.6</b>", "<b>5.4</b>"]
    assert texts[1] == ["✓ 80 %", "50 %", "45 %", "40 %", "✗ 30 %"]
    assert hovers[1][0].startswith("<b>b</b><br>Under b.<br>Nearness: 80 %<br>")
    assert hovers[1][0].endswith("<br>score 20 of 100, 0 is best")
    (frame,) = figure.layout.shapes
    assert (frame.y0 + frame.y1) / 2 == 1


def test_the_weightiest_criterion_comes_first_and_what_has_no_number_anywhere_is_not_there():
    scores = np.array([[1.0, 2.0, np.nan], [3.0, 4.0, np.nan]])
    figure = heat_map(ranking_of(scores, weights=[1.0, 3.0, 9.0]))
    heads = figure.layout.xaxis.ticktext
    assert len(heads) == 3
    assert heads[1].endswith("<b>75 %</b>")
    assert heads[2].endswith("<b>25 %</b>")


def test_what_is_alike_everywhere_has_no_column():
    ranking = ranking_of(scores_of(efficiency=[10, 50], sales_pressure_conflict=[30, 30])[:, :2])
    assert alike(ranking) == {1: "30 % of value"}
    heads = heat_map(ranking).layout.xaxis.ticktext
    assert [head.partition("<br>")[0] for head in heads] == ["<b>Total</b>", "Nearness"]
    assert alike(ranking_of([[10.0], [10.0]])) == {}  # nothing would be left


def test_the_recommended_comes_first_though_another_total_is_a_little_better():
    ranking = ranking_of(scores_of(efficiency=[30, 20, 90]), today=0, ties=(0,), titles=list("abc"))
    assert row_names(ranking) == ["<b>1= a (today)</b>", "2= b", "3 c"]
    assert list(acceptability_chart(ranking).layout.yaxis.ticktext) == row_names(ranking)


def test_what_is_not_defined_is_grey_with_its_reason():
    ranking = ranking_of([[10.0, np.nan], [20.0, 30.0]])
    figure = heat_map(ranking)
    texts, hovers = cells(figure)
    row = next(row for row, at in enumerate(ranking.order) if at == 0)
    assert texts[2][row] == "not<br>defined"
    assert CRITERIA[1].indicator.undefined[:40] in hovers[2][row]
    grey = [trace for trace in figure.data if trace.type == "heatmap" and len(set(trace.colorscale)) == 2]
    assert len({colour for trace in grey for _, colour in trace.colorscale}) == 1


def luminance(red, green, blue):
    """Return the relative luminance of WCAG 2."""
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def scale_luminance(score):
    places = [place for place, _ in SCORE_SCALE]
    rgb = [[int(colour[at : at + 2], 16) / 255 for _, colour in SCORE_SCALE] for at in (1, 3, 5)]
    return luminance(*(np.interp(score / 100, places, channel) for channel in rgb))


def test_lightness_alone_tells_scores_apart():
    """The scale is sequential: it needs no colour to be read."""
    assert np.all(np.diff([scale_luminance(score) for score in range(101)]) < 0)


@pytest.mark.parametrize("score", [*range(0, 101, 4), 71.0, 72.9, 73.0, 74.0])
def test_numbers_can_be_read_on_every_ground(score):
    """4.5 to 1 is what WCAG 2 asks of text."""
    figure = heat_map(ranking_of([[score], [score]]))
    column = [trace for trace in figure.data if trace.type == "scatter"][1]
    white = column.textfont.color[0] == "#FFFFFF"
    ground = scale_luminance(score)
    contrast = 1.05 / (ground + 0.05) if white else (ground + 0.05) / 0.05
    assert contrast >= 4.5


# ---------------------------------------------------------------------- the others


def points_of(figure):
    return {trace.text: trace for trace in figure.data if trace.mode == "markers+text"}


def test_the_scatter_marks_those_that_none_beats_in_both():
    scores = scores_of(efficiency=[10, 60, 60, 90], sales_pressure_conflict=[80, 20, 30, 90])
    ranking = ranking_of(scores)
    points = points_of(alternatives_scatter(ranking, NEARNESS, PRESSURE))
    fills = {ranking.order[int(place) - 1]: trace.marker.color for place, trace in points.items()}
    assert fills[0] == fills[1] != fills[2] == fills[3]


def test_placements_with_the_same_numbers_share_a_point_and_those_without_are_named():
    scores = scores_of(efficiency=[10, 10, 60], sales_pressure_conflict=[5, 5, np.nan])
    ranking = ranking_of(scores)
    figure = alternatives_scatter(ranking, NEARNESS, PRESSURE)
    assert list(points_of(figure)) == ["1+"]
    assert unplaced(ranking, [NEARNESS, PRESSURE]) == ["P2"]


def test_points_that_would_hide_each_other_are_one_if_they_are_of_a_kind():
    beaten = scores_of(efficiency=[10, 60, 60.5, 90], sales_pressure_conflict=[5, 80, 80, 90])
    assert sorted(points_of(alternatives_scatter(ranking_of(beaten), NEARNESS, PRESSURE))) == ["1", "2+", "4"]
    best_and_beaten = scores_of(efficiency=[10, 10.5, 60], sales_pressure_conflict=[80, 80, 5])
    points = points_of(alternatives_scatter(ranking_of(best_and_beaten), NEARNESS, PRESSURE))
    assert sorted(points) == ["1", "2", "3"]


def test_both_axes_lead_from_bad_to_good():
    figure = alternatives_scatter(ranking_of(scores_of(efficiency=[10, 60])), NEARNESS, PRESSURE)
    assert figure.layout.xaxis.range[0] < figure.layout.xaxis.range[1]  # higher is better
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]


def test_the_bars_of_every_placement_are_all_weightings():
    """The rows of rank acceptabilities sum to 1 (Lahdelma and Salminen 2001)."""
    rng = np.random.default_rng(1)
    ranking = ranking_of(rng.uniform(0, 100, (6, len(CRITERIA))))
    figure = acceptability_chart(ranking)
    assert np.sum([trace.x for trace in figure.data], axis=0) == pytest.approx(np.ones(6))
    first = figure.data[0]
    assert first.name == "first"
    assert first.x == pytest.approx(ranking.acceptability.first[ranking.order])
    for trace in figure.data[:3]:
        assert all("± " in text for text in trace.hovertext)


def test_nobody_would_choose_what_is_never_first():
    ranking = ranking_of(scores_of(efficiency=[10, 50, 70]))
    names = [trace.name for trace in central_weights_chart(ranking).data]
    assert names == ["Your weights", "P0"]


def test_central_weights_of_the_golden_example():
    decision = decide(golden(), "CS")
    figure = central_weights_chart(decision.now)
    assert len(figure.data) > 2
    for trace in figure.data:
        assert sum(trace.x) == pytest.approx(1.0, abs=1e-6)


def test_what_decides_the_largest_first_and_what_decides_nothing_not_at_all():
    figure = sobol_chart(list("abcd"), [0.1, 0.6, 0.0, np.nan], [0.01, 0.02, 0.0, np.nan])
    assert list(figure.layout.yaxis.ticktext) == ["b", "a"]
    assert list(figure.data[0].x) == [0.6, 0.1]
    assert list(figure.data[0].error_x.array) == [0.02, 0.01]


def test_flips_say_from_what_to_what():
    flips = [
        flip("assumption", 0.1, before="40 % of what it learns", after="29 % of what it learns"),
        flip("answer", 0.5, before="No", after="Yes"),
    ]
    texts = {trace.name: trace.text for trace in flips_chart(flips).data}
    assert texts == {"assumption": ("40 → 29 %",), "answer": ("No → Yes",)}
    assert flips_chart([]).data == ()


def test_differences_lean_to_whom_they_speak_for():
    criteria = [CRITERIA[0], CRITERIA[1]]
    reasons = [
        SimpleNamespace(criterion=item, points=points, value=0.5, other=0.25)
        for item, points in zip(criteria, (3.0, -2.0), strict=True)
    ]
    figure = differences_chart(reasons, "A", "B")
    assert [(bar.name, list(bar.x)) for bar in figure.data] == [("A", [3.0]), ("B", [-2.0])]
    sides = {note.text: note.xanchor for note in figure.layout.annotations}
    assert sides == {"better with<br><b>A</b>": "left", "better with<br><b>B</b>": "right"}
    assert not [text for text in figure.layout.xaxis.ticktext if "-" in text]
