"""Numbers as pictures: who is within reach, what the bosses count, all possible parents."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from orgmodel.assumptions import METRIC_TITLES, METRICS
from orgmodel.charts.sketch import Sketch
from orgmodel.charts.style import (
    CHOSEN_COLOUR,
    LINE,
    RISK_SCALE,
    TODAY_COLOUR,
    UNIT_COLOUR,
    escaped,
    laid_out,
    with_opacity,
)
from orgmodel.explanations import percent
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.lines import Bools
from orgmodel.sweep import Assessment, Survey

_MOST_TICKS: Final = 12
_WEBGL_FROM: Final = 1000
_NOTHING: Final = 1e-9
# Names under the mouse where many parents share a point.
_NAMED: Final = 6
# About the room that points have on a screen, in pixels, and that is left beside them.
_PLOT_WIDTH: Final = 560.0
_PLOT_HEIGHT: Final = 300.0
_PLOT_MARGIN: Final = 40.0
# Radius of a point and of a ring around one.
_POINT: Final = 8.0
_RING: Final = 16.0
# Where a name may stand: beside, above or below its point, and which of its ends is at the point.
_LABEL_PLACES: Final = tuple((up, anchor) for up in (0, 1, -1) for anchor in ("left", "right"))
_Rectangle = tuple[float, float, float, float]


def reach_chart(survey: Survey, before: Assessment, after: Assessment | None = None) -> go.Figure:
    """Return the steps to the decision owner of every needed function, today and after the move."""
    figure = Sketch()
    routes = before.evidence[0].routes
    names = [f"{FUNCTION_TITLES[route.function]} ({percent(route.weight)})" for route in routes][::-1]
    pairs = [(_steps_of(before), TODAY_COLOUR, "Today", "circle-open", 15)]
    if after is not None:
        pairs.append((_steps_of(after), CHOSEN_COLOUR, "After the move", "circle", 11))
    finite = [steps for values, *_ in pairs for steps in values if math.isfinite(steps)]
    most = max([survey.assumptions.radius + 1.0, *finite])
    figure.add_shape(
        type="rect",
        x0=-0.5,
        x1=survey.assumptions.radius + 0.5,
        y0=0,
        y1=1,
        yref="y domain",
        fillcolor=with_opacity(CHOSEN_COLOUR, 0.10),
        line={"width": 0},
    )
    if after is not None:
        for name, start, end in zip(names, pairs[0][0][::-1], pairs[1][0][::-1], strict=True):
            if math.isfinite(start) and math.isfinite(end) and start != end:
                figure.add_scatter(
                    x=[start, end],
                    y=[name, name],
                    mode="lines",
                    line={"color": LINE, "width": 2},
                    showlegend=False,
                    hoverinfo="skip",
                )
    for values, colour, name, symbol, size in pairs:
        shown = [
            value if math.isfinite(value) else (most + 1 if math.isinf(value) else None)
            for value in values[::-1]
        ]
        words = [
            "no way" if math.isinf(value) else "" if math.isfinite(value) else "not in this chart"
            for value in values[::-1]
        ]
        figure.add_scatter(
            x=shown,
            y=names,
            mode="markers+text",
            name=name,
            text=words,
            textposition="middle left",
            marker={"color": colour, "size": size, "symbol": symbol, "line": {"width": 3, "color": colour}},
            hovertext=[f"{name}: {_steps_words(value)}" for value in values[::-1]],
            hoverinfo="text",
        )
    figure.update_xaxes(
        title_text=f"steps; shaded: within reach ({survey.assumptions.radius})",
        range=[-0.5, most + 1.4],
        dtick=math.ceil(most / _MOST_TICKS),
        fixedrange=True,
    )
    figure.update_yaxes(fixedrange=True, categoryorder="array", categoryarray=names, automargin=True)
    return laid_out(figure, 110 + 34 * len(names))


def _steps_of(assessment: Assessment) -> list[float]:
    return [route.steps for route in assessment.evidence[0].routes]


def _steps_words(steps: float) -> str:
    if math.isnan(steps):
        return "this chart has nobody of this function"
    if math.isinf(steps):
        return "no line leads there"
    return "met inside customer service" if steps == 0 else f"{steps:g} step{'' if steps == 1 else 's'}"


def emphasis_chart(before: Assessment, after: Assessment | None = None) -> go.Figure:
    """Return what customer service is for beside what its bosses are measured by, today and afterwards."""
    figure = Sketch()
    columns = [
        ("What customer service is for", before.evidence[0].value, UNIT_COLOUR),
        ("Its bosses count, today", before.evidence[0].measured_by, TODAY_COLOUR),
    ]
    if after is not None:
        columns.append(("Its bosses count, after the move", after.evidence[0].measured_by, CHOSEN_COLOUR))
    for name, vector, colour in columns:
        total = sum(vector)
        if math.isnan(total) or not total:
            continue
        shares = [100.0 * value / total for value in vector]
        figure.add_bar(
            x=[METRIC_TITLES[metric].replace(" ", "<br>") for metric in METRICS],
            y=shares,
            name=name,
            marker={"color": colour},
            text=[f"{share:.0f}" for share in shares],
            textposition="outside",
            cliponaxis=False,
            hovertext=[f"{name}: {share:.0f} % of the weight" for share in shares],
            hoverinfo="text",
        )
    figure.update_xaxes(fixedrange=True, tickangle=0)
    figure.update_yaxes(title_text="% of the weight", fixedrange=True, rangemode="tozero")
    figure.update_layout(bargap=0.25)
    return laid_out(figure, 300)


def candidates_chart(survey: Survey, after: Assessment | None = None, *, everyone: bool = False) -> go.Figure:
    """Return all possible parents: feedback path length against sales-pressure conflict, silo risk as colour.

    Parents with the same numbers share one point, larger the more there are. Those from which some way is
    missing stand apart on the right. ``after`` is marked where its values are, whatever placement it is.
    """
    shown = np.ones(len(survey.table), dtype=np.bool_)
    if not everyone:
        first, current = survey.table["shown_first"].to_numpy(), survey.table["current"].to_numpy()
        shown = first | current | (survey.situation.candidates == _boss_of(survey, after))
    drawn, no_way = _places(survey, shown)
    figure = Sketch()
    alike = drawn.groupby(["x", "y", "silo"], sort=True)
    number = alike.size()
    named = drawn[alike.cumcount() < _NAMED].groupby(["x", "y", "silo"], sort=True)["row"].agg(list)
    x, y, silo = (number.index.get_level_values(name) for name in ("x", "y", "silo"))
    figure.add_scatter(
        type="scattergl" if len(number) > _WEBGL_FROM else "scatter",
        x=x,
        y=y,
        mode="markers",
        name="Possible parent",
        showlegend=False,
        marker={
            "color": silo,
            "colorscale": RISK_SCALE,
            "cmin": 0,
            "cmax": 100,
            "size": 10.0 + np.minimum(16.0, 3.0 * np.log2(number.to_numpy())),
            "line": {"width": 1, "color": "rgba(128,128,128,0.9)"},
            "colorbar": {"title": {"text": "Silo risk,<br>% of need"}, "thickness": 12, "len": 0.9},
        },
        hovertext=[
            _point_hover(survey, rows, alike - len(rows))
            + ("some way is missing" if steps == no_way else f"{steps:.2f} steps")
            + f", conflict {conflict:.0f} % of value, silo risk {risk:.0f} % of need"
            for rows, alike, steps, conflict, risk in zip(named, number, x, y, silo, strict=True)
        ],
        hoverinfo="text",
    )
    rings = [_place_of(survey.current, no_way)]
    _add_rings(figure, rings[0], "Today", "circle-open", UNIT_COLOUR)
    if after is not None:
        rings.append(_place_of(after, no_way))
        _add_rings(figure, rings[1], "Chosen", "diamond-open", CHOSEN_COLOUR)
    _add_head_names(figure, survey, drawn, rings)
    if (drawn["x"] == no_way).any():
        _add_note(figure, "some way is missing", x=no_way, y=1.0, xref="x", xanchor="center")
    if left_out := int(shown.sum()) - len(drawn):
        _add_note(figure, f"Not drawn: {left_out:,} with a number that cannot be told", x=0.0, y=1.0)
    most = max([1.0, *y, *(value for ring in rings for value in ring["y"])])
    figure.update_xaxes(title_text="Feedback path length, steps (left is nearer)", fixedrange=True)
    figure.update_yaxes(
        title_text="Sales-pressure conflict, % of value (low is better)",
        fixedrange=True,
        range=[-0.06 * most, 1.1 * most],
    )
    return laid_out(figure, 460)


def _places(survey: Survey, shown: Bools) -> tuple[pd.DataFrame, float]:
    """Return the places of the candidates that have one, and where those with a missing way stand.

    The index is that of the rows of the chart. Where there are very many places, those that a screen
    cannot tell apart are one.
    """
    names = {"x": "feedback_path_length", "y": "sales_pressure_conflict", "silo": "silo_risk"}
    numbers = {name: survey.table[column].to_numpy()[shown].round(4) for name, column in names.items()}
    rows = survey.situation.candidates[shown]
    places = pd.DataFrame(numbers | {"row": rows}, index=rows).dropna()
    finite = places["x"][np.isfinite(places["x"])]
    no_way = float(finite.max() + max(0.4, 0.15 * float(np.ptp(finite)))) if len(finite) else 1.0
    places = places.replace({"x": {math.inf: no_way}})
    if len(places.drop_duplicates(list(names))) > _WEBGL_FROM:
        for name, parts in (("x", _PLOT_WIDTH / 4), ("y", _PLOT_HEIGHT / 4), ("silo", 10.0)):
            step = max(float(np.ptp(places[name])), _NOTHING) / parts
            near = (places[name] / step).round() * step
            places[name] = np.where(places[name] == no_way, no_way, near) if name == "x" else near
    return places, no_way


def _boss_of(survey: Survey, after: Assessment | None) -> int:
    """Return the row of the boss of a placement under one boss, -1 where there is no such boss."""
    if after is None or after.placement is None or after.placement.kind != "under":
        return -1
    return survey.organization.row(after.placement.bosses[0][0])


def _place_of(assessment: Assessment, no_way: float) -> pd.DataFrame:
    """Return the place of a placement: for several parts of customer service that of their mean."""
    values = assessment.values
    place = pd.DataFrame({"x": [values["feedback_path_length"]], "y": [values["sales_pressure_conflict"]]})
    return place.dropna().replace({"x": {math.inf: no_way}})


def _add_rings(figure: Sketch, places: pd.DataFrame, name: str, symbol: str, colour: str) -> None:
    if len(places):
        marker = {"size": 24, "symbol": symbol, "color": colour, "line": {"width": 3, "color": colour}}
        figure.add_scatter(
            x=places["x"], y=places["y"], mode="markers", name=name, hoverinfo="skip", marker=marker
        )


def _add_note(  # where it stands
    figure: Sketch, text: str, *, x: float, y: float, xref: str = "paper", xanchor: str = "left"
) -> None:
    place = {"x": x, "y": y, "xref": xref, "yref": "paper", "xanchor": xanchor, "yanchor": "bottom"}
    figure.add_annotation(text=text, showarrow=False, font={"size": 12}, **place)


def _point_hover(survey: Survey, rows: Sequence[int], more: int) -> str:
    names = [f"<b>{escaped(survey.organization.label(row), 50)}</b><br>" for row in rows]
    return "".join(names) + (f"and {more:,} more<br>" if more else "")


def _add_head_names(
    figure: Sketch, survey: Survey, drawn: pd.DataFrame, rings: Sequence[pd.DataFrame]
) -> None:
    """Write the names of the heads of functions beside their points, where they do not cover anything."""
    chart = survey.organization
    if drawn.empty:
        return
    across = _PLOT_WIDTH / max(float(np.ptp(drawn["x"])), 0.5)
    upwards = _PLOT_HEIGHT / max(float(drawn["y"].max()), 1.0)
    first = float(drawn["x"].min())
    ringed = {place for ring in rings for place in zip(ring["x"].round(4), ring["y"].round(4), strict=True)}
    radii = {
        place: _RING if place in ringed else _POINT
        for place in drawn[["x", "y"]].drop_duplicates().itertuples(index=False, name=None)
    }
    taken: set[_Rectangle] = set()
    for (x, y), radius in radii.items():
        right, above = across * (x - first), upwards * y
        taken.add((right - radius, above - radius, right + radius, above + radius))
    for function, row in survey.situation.heads_of_functions.items():
        if row not in drawn.index:
            continue
        place = (float(drawn["x"][row]), float(drawn["y"][row]))
        radius = radii[place]
        x, y = across * (place[0] - first), upwards * place[1]
        name, title = chart.label(row), FUNCTION_TITLES[function]
        text = title if name == title else f"{escaped(name, 22)} ({title})"
        long = 5.0 * len(html.unescape(text))
        for up, anchor in _LABEL_PLACES:
            # Beside the point, else above or below it and beginning or ending there.
            right, raised = radius + 5.0 if not up else -6.0, up * (radius + 8.0)
            start = x + right if anchor == "left" else x - right - long
            label = (start, y + raised - 7.0, start + long, y + raised + 7.0)
            inside = start >= -_PLOT_MARGIN and label[2] <= _PLOT_WIDTH + _PLOT_MARGIN
            if inside and not any(_overlap(label, other) for other in taken):
                taken.add(label)
                figure.add_annotation(
                    x=place[0],
                    y=place[1],
                    text=text,
                    showarrow=False,
                    xanchor=anchor,
                    xshift=right if anchor == "left" else -right,
                    yshift=raised,
                    font={"size": 11},
                )
                break


def _overlap(a: _Rectangle, b: _Rectangle) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
