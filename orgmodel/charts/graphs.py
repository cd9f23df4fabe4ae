"""Numbers as pictures: who is within reach, what the bosses count, all possible parents."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from orgmodel.assumptions import METRICS
from orgmodel.charts.style import (
    CHOSEN_COLOUR,
    CLEAR,
    LINE,
    RISK_SCALE,
    TODAY_COLOUR,
    UNIT_COLOUR,
    escaped,
    with_opacity,
)
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.sweep import Assessment, Survey

_METRIC_TITLES: Final = {
    "revenue": "Revenue",
    "cost": "Cost",
    "quality": "Service<br>quality",
    "risk": "Risk",
}
_WEBGL_FROM: Final = 1000


def reach_chart(survey: Survey, before: Assessment, after: Assessment | None = None) -> go.Figure:
    """Return the steps to the decision owner of every needed function, today and after the move."""
    figure = go.Figure()
    routes = before.evidence[0].routes
    names = [f"{FUNCTION_TITLES[route.function]} ({route.weight:.0%})" for route in routes][::-1]
    pairs = [(_steps_of(before), TODAY_COLOUR, "Today", "circle-open", 15)]
    if after is not None:
        pairs.append((_steps_of(after), CHOSEN_COLOUR, "After the move", "circle", 11))
    finite = [steps for values, *_ in pairs for steps in values if math.isfinite(steps)]
    most = max([survey.assumptions.radius + 1.0, *finite])
    figure.add_vrect(
        x0=-0.5,
        x1=survey.assumptions.radius + 0.5,
        fillcolor=with_opacity(CHOSEN_COLOUR, 0.10),
        line_width=0,
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
        title_text=f"steps to whoever decides (shaded: within reach, {survey.assumptions.radius} steps)",
        range=[-0.5, most + 1.4],
        dtick=1,
        fixedrange=True,
    )
    figure.update_yaxes(fixedrange=True, categoryorder="array", categoryarray=names, automargin=True)
    return _as_graph(figure, 110 + 34 * len(names))


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
    figure = go.Figure()
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
            x=[_METRIC_TITLES[metric] for metric in METRICS],
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
    return _as_graph(figure, 300)


def candidates_chart(survey: Survey, chosen: str | None = None, *, everyone: bool = False) -> go.Figure:
    """Return all possible parents: feedback path length against sales-pressure conflict, silo risk as colour.

    Parents with the same numbers share one point, larger the more there are.
    """
    table = (
        survey.table
        if everyone
        else survey.table[
            survey.table["shown_first"] | (survey.table.index == chosen) | survey.table["current"]
        ]
    )
    drawn = table[
        np.isfinite(table["feedback_path_length"])
        & table["sales_pressure_conflict"].notna()
        & table["silo_risk"].notna()
    ]
    numbers = ["feedback_path_length", "sales_pressure_conflict", "silo_risk"]
    points = (
        drawn.assign(id=drawn.index)
        .groupby([drawn[name].round(4) for name in numbers], sort=True)["id"]
        .agg(list)
    )
    figure = go.Figure()
    scatter = go.Scattergl if len(points) > _WEBGL_FROM else go.Scatter
    x, y, colour = (points.index.get_level_values(name) for name in numbers)
    figure.add_trace(
        scatter(
            x=x,
            y=y,
            mode="markers",
            name="Possible parent",
            showlegend=False,
            marker={
                "color": colour,
                "colorscale": RISK_SCALE,
                "cmin": 0,
                "cmax": 100,
                "size": [10.0 + min(16.0, 3.0 * math.log2(len(ids))) for ids in points],
                "line": {"width": 1, "color": "rgba(128,128,128,0.9)"},
                "colorbar": {"title": {"text": "Silo risk,<br>% of need"}, "thickness": 12, "len": 0.9},
            },
            hovertext=[_point_hover(survey, ids, *key) for key, ids in points.items()],
            hoverinfo="text",
        )
    )
    for ids, name, symbol, colour_of in (
        ([str(node) for node in drawn.index[drawn["current"]]], "Today", "circle-open", UNIT_COLOUR),
        ([chosen] if chosen in drawn.index else [], "Chosen", "diamond-open", CHOSEN_COLOUR),
    ):
        if ids:
            figure.add_scatter(
                x=drawn.loc[ids, "feedback_path_length"],
                y=drawn.loc[ids, "sales_pressure_conflict"],
                mode="markers",
                name=name,
                hoverinfo="skip",
                marker={
                    "size": 24,
                    "symbol": symbol,
                    "color": colour_of,
                    "line": {"width": 3, "color": colour_of},
                },
            )
    _add_head_names(figure, survey, drawn, points)
    left_out = len(table) - len(drawn)
    if left_out:
        figure.add_annotation(
            x=0,
            y=1.02,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            showarrow=False,
            font={"size": 12},
            text=f"Not drawn: {left_out:,} where some way is missing or a number cannot be told",
        )
    most = max([1.0, *y])
    figure.update_xaxes(title_text="Feedback path length, steps (left is nearer)", fixedrange=True)
    figure.update_yaxes(
        title_text="Sales-pressure conflict, % of value (low is better)",
        fixedrange=True,
        range=[-0.06 * most, 1.1 * most],
    )
    return _as_graph(figure, 460)


def _point_hover(survey: Survey, ids: Sequence[str], steps: float, conflict: float, silo: float) -> str:
    chart = survey.organization
    names = [f"<b>{escaped(chart.label(chart.row(node)), 50)}</b>" for node in ids[:6]]
    if len(ids) > len(names):
        names.append(f"and {len(ids) - len(names):,} more")
    numbers = f"{steps:.2f} steps, conflict {conflict:.0f} % of value, silo risk {silo:.0f} % of need"
    return "<br>".join([*names, numbers])


def _add_head_names(figure: go.Figure, survey: Survey, drawn: pd.DataFrame, points: pd.Series[Any]) -> None:
    """Write the names of the heads of functions beside their points, where they do not cover each other."""
    chart = survey.organization
    spread_x = max(float(np.ptp(drawn["feedback_path_length"])) if len(drawn) else 0.0, 0.5)
    spread_y = max(float(drawn["sales_pressure_conflict"].max()) if len(drawn) else 0.0, 1.0)
    taken = [(x, y, 0.01 * spread_x) for x, y in {(x, y) for x, y, _ in points.index}]
    for function, row in survey.situation.heads_of_functions.items():
        node = str(chart.ids[row])
        if node not in drawn.index:
            continue
        x, y = (
            float(drawn[name].to_numpy()[drawn.index.get_loc(node)])
            for name in ("feedback_path_length", "sales_pressure_conflict")
        )
        text = (
            f"{escaped(chart.label(row), 22)} ({FUNCTION_TITLES[function]})"
            if chart.label(row) != FUNCTION_TITLES[function]
            else FUNCTION_TITLES[function]
        )
        long = 6.4 * len(html.unescape(text)) / 700 * spread_x
        spots = [(x + 0.015 * spread_x, y + shift * 0.045 * spread_y, long) for shift in (0, 1, -1, 2, -2, 3)]
        spot = next((one for one in spots if all(_apart(one, other, spread_y) for other in taken)), spots[0])
        taken.append(spot)
        figure.add_annotation(
            x=x, y=spot[1], text=text, showarrow=False, xanchor="left", xshift=14, font={"size": 11}
        )


def _apart(a: tuple[float, float, float], b: tuple[float, float, float], spread: float) -> bool:
    return abs(a[1] - b[1]) > 0.04 * spread or a[0] > b[0] + b[2] or b[0] > a[0] + a[2]


def _as_graph(figure: go.Figure, height: int) -> go.Figure:
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 56, "b": 8},
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "title": {"text": ""},
        },
        hovermode="closest",
        dragmode=False,
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
    )
    return figure
