"""Everything that has a score, today and after a placement, on one scale."""

from __future__ import annotations

import math
from typing import Final

import plotly.graph_objects as go

from orgmodel.charts.sketch import Sketch
from orgmodel.charts.style import BETTER_COLOUR, TODAY_COLOUR, WORSE_COLOUR, laid_out
from orgmodel.indicators import INDICATORS, Indicator
from orgmodel.sweep import Assessment

# Two scores that look the same on the scale.
_HARDLY: Final = 0.5


def scores_chart(before: Assessment, after: Assessment | None = None) -> go.Figure:
    """Return the scores from 0 (best) to 100 (worst), today and afterwards, with a line between the two.

    Indicators that are the same before and after have one point; where a number is missing a note says so.
    """
    items = [item for item in INDICATORS if item.score is not None]
    figure = Sketch()
    names = [item.title for item in items][::-1]
    start = [before.scores[item.name] for item in items]
    _add_points(figure, items, start, "Today", TODAY_COLOUR, "circle-open")
    end = start if after is None else [after.scores[item.name] for item in items]
    rows = list(zip(items, start, end, strict=True))
    for word, colour, sign in (("better", BETTER_COLOUR, -1), ("worse", WORSE_COLOUR, 1)):
        moved = [row for row in rows if sign * (row[2] - row[1]) > _HARDLY]
        if not moved:
            continue
        figure.add_scatter(
            x=[value for _, old, new in moved for value in (old, new, None)],
            y=[item.title for item, _, _ in moved for _ in range(3)],
            mode="lines",
            line={"color": colour, "width": 4},
            hoverinfo="skip",
            showlegend=False,
        )
        shown = [item for item, _, _ in moved]
        _add_points(figure, shown, [new for *_, new in moved], f"Afterwards, {word}", colour, "circle")
    if new_only := [(item, new) for item, old, new in rows if math.isnan(old) and not math.isnan(new)]:
        shown, scores = map(list, zip(*new_only, strict=True))
        _add_points(figure, shown, scores, "Afterwards", TODAY_COLOUR, "circle")
    for item, old, new in rows:
        if words := _what_is_missing(old, new):
            place = 0.0 if math.isnan(old) and math.isnan(new) else new if math.isnan(old) else old
            figure.add_annotation(
                x=place,
                y=item.title,
                text=words,
                showarrow=False,
                xanchor="left",
                xshift=10,
                font={"size": 11},
            )
    figure.update_xaxes(title_text="score: 0 best, 100 worst", range=[-3, 103], fixedrange=True, dtick=25)
    figure.update_yaxes(
        fixedrange=True,
        categoryorder="array",
        categoryarray=names,
        automargin=True,
        range=[-0.6, len(names) - 0.4],
    )
    return laid_out(figure, 110 + 26 * len(items), top=40)


def _add_points(
    figure: Sketch, items: list[Indicator], scores: list[float], name: str, colour: str, symbol: str
) -> None:
    figure.add_scatter(
        x=[None if math.isnan(score) else score for score in scores],
        y=[item.title for item in items],
        mode="markers",
        name=name,
        marker={"color": colour, "size": 11, "symbol": symbol, "line": {"width": 2, "color": colour}},
        hovertext=[
            f"{item.title}, {name.lower()}: {score:.0f} of 100"
            for item, score in zip(items, scores, strict=True)
        ],
        hoverinfo="text",
    )


def _what_is_missing(old: float, new: float) -> str:
    if math.isnan(old):
        return "not defined" if math.isnan(new) else "not defined today"
    return "not defined afterwards" if math.isnan(new) else ""
