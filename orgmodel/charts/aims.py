"""What the answers of the questionnaire come to: goals by weight, and shares beside those without answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import plotly.graph_objects as go

from orgmodel.charts.style import CHOSEN_COLOUR, FUNCTION_COLOURS, LINE, TODAY_COLOUR, escaped, laid_out
from orgmodel.questionnaire import GOALS, Answers, goal_weight_ranges, goal_weights

_ROW: Final = 30
_TINY: Final = 0.05
_SAME: Final = 0.0005


def goals_chart(answers: Answers) -> go.Figure:
    """Return the weight of each goal as a bar, with a line over where nine in ten draws of it lie."""
    weights, ranges = goal_weights(answers), goal_weight_ranges(answers)
    figure = go.Figure()
    for goal in reversed(GOALS):
        weight, (low, high) = 100 * weights[goal.key], (100 * end for end in ranges[goal.key])
        figure.add_bar(
            x=[weight],
            y=[goal.title],
            orientation="h",
            marker={"color": FUNCTION_COLOURS[goal.function]},
            hovertext=[f"{goal.title}: {weight:.0f} % of the weight, likely from {low:.0f} to {high:.0f} %"],
            hoverinfo="text",
            showlegend=False,
        )
        if high - low > _TINY:
            figure.add_scatter(
                x=[low, high],
                y=[goal.title, goal.title],
                mode="lines+markers",
                line={"color": LINE, "width": 2},
                marker={"symbol": "line-ns", "size": 10, "line": {"width": 2, "color": LINE}},
                hoverinfo="skip",
                showlegend=False,
            )
    ticks = {goal.title: f"{goal.title}  <b>{100 * weights[goal.key]:.0f} %</b>" for goal in GOALS}
    figure.update_yaxes(tickmode="array", tickvals=list(ticks), ticktext=list(ticks.values()))
    figure.update_layout(bargap=0.35)
    return _shares_laid_out(figure, 40 + _ROW * len(GOALS), 100.0)


def shares_chart(
    shares: Mapping[str, float], before: Mapping[str, float], says: Mapping[str, str] | None = None
) -> go.Figure:
    """Return shares as bars, each with a mark where it would be without answers, if that is elsewhere.

    The keys are the words of a screen; ``says`` explains some of them. What has no share either way is left
    out.
    """
    explained = says or {}
    titles = [title for title in dict.fromkeys([*shares, *before]) if shares.get(title) or before.get(title)]
    figure = go.Figure()
    names = {title: f"{escaped(title)}  <b>{100 * shares.get(title, 0.0):.0f} %</b>" for title in titles}
    figure.add_bar(
        x=[100 * shares.get(title, 0.0) for title in titles],
        y=titles,
        orientation="h",
        name="With your answers",
        marker={"color": CHOSEN_COLOUR},
        hovertext=[
            f"{escaped(title)}: {100 * shares.get(title, 0.0):.1f} %, "
            f"without your answers {100 * before.get(title, 0.0):.1f} %"
            + (f"<br>{escaped(explained[title])}" if title in explained else "")
            for title in titles
        ],
        hoverinfo="text",
    )
    moved = [title for title in titles if abs(shares.get(title, 0.0) - before.get(title, 0.0)) > _SAME]
    if moved:
        figure.add_scatter(
            x=[100 * before.get(title, 0.0) for title in moved],
            y=moved,
            mode="markers",
            name="Without them",
            marker={
                "symbol": "circle",
                "size": 11,
                "color": TODAY_COLOUR,
                "line": {"width": 2, "color": "#FFFFFF"},
            },
            hoverinfo="skip",
        )
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=titles[::-1],
        tickmode="array",
        tickvals=titles,
        ticktext=list(names.values()),
    )
    most = max([*shares.values(), *before.values()], default=1.0)
    figure.update_layout(bargap=0.35, showlegend=bool(moved))
    return _shares_laid_out(figure, 70 + _ROW * len(titles), 105 * most, top=34 if moved else 4)


def _shares_laid_out(figure: go.Figure, height: int, most: float, top: int = 4) -> go.Figure:
    figure.update_xaxes(range=[0, most], ticksuffix=" %", fixedrange=True, nticks=6)
    figure.update_yaxes(fixedrange=True, automargin=True)
    return laid_out(figure, height, top=top)
