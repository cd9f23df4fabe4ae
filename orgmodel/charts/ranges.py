"""How far scores move when each assumption is a fifth larger or smaller."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from orgmodel.charts.sketch import Sketch
from orgmodel.charts.style import CHOSEN_COLOUR, TODAY_COLOUR, laid_out
from orgmodel.indicators import INDICATORS
from orgmodel.uncertainty import Swings

_APART = 0.17


def ranges_chart(swings: Swings) -> go.Figure:
    """Return the range of every score from 0 (best) to 100 (worst), of today (column 0) and after (column 1).

    A bar runs from the least to the largest score over all variations, the point is the score as assumed.
    What is not defined has none.
    """
    items = [item for item in INDICATORS if item.score is not None]
    figure = Sketch()
    for column, (name, colour) in enumerate((("Today", TODAY_COLOUR), ("Afterwards", CHOSEN_COLOUR))):
        scores = np.array([item.score(swings.values[item.name][:, column]) for item in items if item.score])
        assumed = scores[:, 0]
        known = np.flatnonzero(np.isfinite(assumed))
        scores, assumed = scores[known], assumed[known]
        height = len(items) - 1 - known + (_APART if column == 0 else -_APART)
        low, high = np.nanmin(scores, axis=1), np.nanmax(scores, axis=1)
        figure.add_scatter(
            x=assumed,
            y=height,
            mode="markers",
            name=name,
            marker={"color": colour, "size": 9},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": high - assumed,
                "arrayminus": assumed - low,
                "color": colour,
                "thickness": 4,
                "width": 0,
            },
            hovertext=[
                f"{items[at].title}, {name.lower()}: {score:.0f}, from {least:.0f} to {most:.0f} of 100"
                for at, score, least, most in zip(known, assumed, low, high, strict=True)
            ],
            hoverinfo="text",
        )
    figure.update_xaxes(title_text="score: 0 best, 100 worst", range=[-3, 103], fixedrange=True, dtick=25)
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(items))),
        ticktext=[item.title for item in reversed(items)],
        range=[-0.6, len(items) - 0.4],
        fixedrange=True,
        automargin=True,
    )
    return laid_out(figure, 110 + 30 * len(items), top=40)
