"""What single changes gain, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from orgmodel.charts.style import BETTER_COLOUR, FAINT, escaped, laid_out
from orgmodel.next_moves import NextMove
from orgmodel.wording import counted

_LONGEST_NAME: Final = 52
_ROW: Final = 52
_FRAME: Final = 60


def gains_chart(moves: Sequence[NextMove]) -> go.Figure:
    """Return a bar for every change, as long as the points that each of its lines gains.

    What to do stands above its bar: a phone is too narrow for names at the side.
    """
    gains = [move.gain_each for move in moves]
    figure = go.Figure(
        go.Bar(
            orientation="h",
            x=gains,
            y=list(range(len(moves))),
            width=0.4,
            marker={"color": BETTER_COLOUR},
            text=[f"{gain:.1f}" for gain in gains],
            textposition="outside",
            cliponaxis=False,
            hovertext=[
                f"{escaped(move.title)}<br>{escaped(move.brings)}<br>"
                f"Total {move.total_before:.1f} → {move.total_after:.1f}, 0 is best"
                for move in moves
            ],
            hoverinfo="text",
        )
    )
    for row, move in enumerate(moves):
        lines = f", {counted(move.lines, 'line')}" if move.lines > 1 else ""
        figure.add_annotation(
            x=0,
            y=row - 0.2,
            text=f"{row + 1}. {escaped(move.short, _LONGEST_NAME)}{lines}",
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            align="left",
        )
    several = any(move.lines > 1 for move in moves)
    figure.update_xaxes(
        title_text=f"points of the total gained{' by each line' if several else ''}",
        range=[0, 1.15 * max(gains, default=1.0)],
        gridcolor=FAINT,
        fixedrange=True,
    )
    figure.update_yaxes(
        range=[len(moves) - 0.7, -0.75], showticklabels=False, showgrid=False, zeroline=False, fixedrange=True
    )
    figure.update_layout(showlegend=False)
    return laid_out(figure, _FRAME + _ROW * len(moves), top=8)
