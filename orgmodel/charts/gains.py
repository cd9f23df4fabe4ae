"""What single changes gain, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from orgmodel.charts.style import BETTER_COLOUR, FAINT, escaped, laid_out
from orgmodel.next_moves import NextMove

_LONGEST_NAME: Final = 24
_ROW: Final = 34
_FRAME: Final = 60


def gains_chart(moves: Sequence[NextMove]) -> go.Figure:
    """Return a bar for every change, as long as the points of the total that it gains."""
    figure = go.Figure(
        go.Bar(
            orientation="h",
            x=[move.gain for move in moves],
            y=list(range(len(moves))),
            marker={"color": BETTER_COLOUR},
            text=[f"{move.gain:.1f}" for move in moves],
            textposition="outside",
            cliponaxis=False,
            hovertext=[
                f"{escaped(move.title)}<br>Total {move.total_before:.1f} → {move.total_after:.1f}"
                for move in moves
            ],
            hoverinfo="text",
        )
    )
    most = max((move.gain for move in moves), default=1.0)
    figure.update_xaxes(
        title_text="points of the total gained", range=[0, 1.15 * most], gridcolor=FAINT, fixedrange=True
    )
    figure.update_yaxes(
        range=[len(moves) - 0.4, -0.6],
        tickvals=list(range(len(moves))),
        ticktext=[f"{row}. {escaped(move.short, _LONGEST_NAME)}" for row, move in enumerate(moves, start=1)],
        automargin=True,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_layout(showlegend=False, bargap=0.35)
    return laid_out(figure, _FRAME + _ROW * len(moves), top=8)
