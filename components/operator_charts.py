"""Pictures of the operator's page."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from hosting.facts import PageRuns
from orgmodel.charts.style import CHOSEN_COLOUR


def pages_chart(pages: Sequence[PageRuns]) -> go.Figure:
    """Return how long every page takes, the slowest first: p50 as a point, the line from it ends at p95."""
    p50 = [1_000 * page.p50 for page in pages]
    figure = go.Figure(
        go.Scatter(
            x=p50,
            y=[page.page for page in pages],
            mode="markers",
            marker={"color": CHOSEN_COLOUR, "size": 9},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [1_000 * (page.p95 - page.p50) for page in pages],
                "arrayminus": [0] * len(pages),
                "color": CHOSEN_COLOUR,
                "thickness": 4,
                "width": 0,
            },
            hovertext=[
                f"{page.page}: half within {1_000 * page.p50:.0f} ms, 95 % within {1_000 * page.p95:.0f} ms "
                f"({page.runs:,} runs)"
                for page in pages
            ],
            hoverinfo="text",
        )
    )
    figure.update_xaxes(title_text="milliseconds", rangemode="tozero", fixedrange=True)
    figure.update_yaxes(autorange="reversed", fixedrange=True, automargin=True)
    return figure.update_layout(height=90 + 26 * len(pages), margin={"l": 0, "r": 10, "t": 10, "b": 40})
