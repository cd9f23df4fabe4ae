"""Scenarios side by side: every number that differs, with its score as the colour of the cell."""

from __future__ import annotations

import math
import textwrap
from typing import Final

import numpy as np
import plotly.graph_objects as go

from orgmodel.charts.alternatives import SCORE_SCALE
from orgmodel.charts.style import UNIT_COLOUR, escaped, laid_out
from orgmodel.explanations import value_text
from orgmodel.indicators import INDICATORS, Indicator
from orgmodel.scenarios.comparing import Comparison

#: What stands with a number that is better (1) or worse (-1) than that of the reference.
VERDICTS: Final = {1: "+ better", 0: "", -1: "− worse"}
_SCORED: Final = tuple(item for item in INDICATORS if item.score is not None)
_UNKNOWN: Final = "#B4BAC2"
_DARK_FROM: Final = 73.0  # from this score on white is read better than black
_ROW: Final = 44
_HEAD: Final = 76
_HEAD_WIDTH: Final = 18
_HEAD_LINES: Final = 3
_NAME_WIDTH: Final = 26


def differing_numbers(comparison: Comparison) -> tuple[Indicator, ...]:
    """Return the indicators with a score that do not read the same in all scenarios; headlines always."""
    return tuple(
        item
        for item in _SCORED
        if item.headline
        or len({value_text(item, comparison.value(item, at)) for at in range(len(comparison.names))}) > 1
    )


def compared_chart(comparison: Comparison) -> go.Figure:
    """Return the numbers that differ (rows) of all scenarios (columns): the darker, the worse.

    A cell holds the number and in words whether it is better or worse than that of the reference, whose
    column is framed; its colour is the score from 0 to 100. What is not known is grey.
    """
    items, names = differing_numbers(comparison), comparison.names
    scores = comparison.scores.loc[[item.name for item in items]].to_numpy(dtype=np.float64)
    figure = go.Figure()
    place = {
        "x0": 0,
        "dx": 1,
        "y0": 0,
        "dy": 1,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
        "showscale": False,
    }
    figure.add_heatmap(
        z=np.where(np.isnan(scores), 0.0, np.nan), colorscale=[(0, _UNKNOWN), (1, _UNKNOWN)], **place
    )
    figure.add_heatmap(z=scores, colorscale=SCORE_SCALE, zmin=0, zmax=100, **place)
    cells = [(row, column) for row in range(len(items)) for column in range(len(names))]
    figure.add_scatter(
        x=[column for _, column in cells],
        y=[row for row, _ in cells],
        mode="text",
        text=[_cell(comparison, items[row], column) for row, column in cells],
        textfont={
            "color": ["#FFFFFF" if scores[cell] >= _DARK_FROM else "#000000" for cell in cells],
            "size": 12,
        },
        hovertext=[_hover(comparison, items[row], column) for row, column in cells],
        hoverinfo="text",
        showlegend=False,
    )
    at = comparison.reference
    corners = {"x0": at - 0.49, "x1": at + 0.49, "y0": -0.49, "y1": len(items) - 0.51}
    figure.add_shape(type="rect", **corners, line={"color": UNIT_COLOUR, "width": 3})
    figure.update_xaxes(
        side="top",
        tickvals=list(range(len(names))),
        ticktext=[_head(name, reference=column == at) for column, name in enumerate(names)],
        range=[-0.5, len(names) - 0.5],
        tickangle=0,
        fixedrange=True,
        showgrid=False,
        zeroline=False,
    )
    figure.update_yaxes(
        tickvals=list(range(len(items))),
        ticktext=["<br>".join(textwrap.wrap(item.title, _NAME_WIDTH)) for item in items],
        range=[len(items) - 0.5, -0.5],
        automargin=True,
        fixedrange=True,
        showgrid=False,
        zeroline=False,
    )
    return laid_out(figure, _HEAD + 8 + _ROW * len(items), top=_HEAD)


def _head(name: str, *, reference: bool) -> str:
    lines = textwrap.wrap(" ".join(name.split()), _HEAD_WIDTH, max_lines=_HEAD_LINES, placeholder=" …")
    text = "<br>".join(escaped(line) for line in lines)
    return f"<b>{text}</b><br>(reference)" if reference else text


def _cell(comparison: Comparison, item: Indicator, column: int) -> str:
    value = comparison.value(item, column)
    if math.isnan(value):
        return "not known"
    verdict = VERDICTS[comparison.verdict(item, column)]
    return f"<b>{value_text(item, value)}</b>" + (f"<br>{verdict}" if verdict else "")


def _hover(comparison: Comparison, item: Indicator, column: int) -> str:
    value = comparison.value(item, column)
    first = f"<b>{escaped(comparison.names[column])}</b><br>{item.title}: "
    if math.isnan(value):
        reasons = textwrap.wrap(comparison.faults[column] or item.undefined, 60)
        return f"{first}not known<br>" + "<br>".join(escaped(line) for line in reasons)
    assert item.score is not None  # noqa: S101  # only those with a score are drawn
    score = float(item.score(np.array([value]))[0])
    verdict = VERDICTS[comparison.verdict(item, column)]
    against = f"<br>{verdict} than {escaped(comparison.names[comparison.reference])}" if verdict else ""
    return (
        f"{first}{value_text(item, value)} ({item.direction}){against}<br>score {score:.0f} of 100, 0 is best"
    )
