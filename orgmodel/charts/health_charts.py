"""A whole chart's shape as pictures: how many report to a manager, how many stand in each layer."""

from __future__ import annotations

import math
from typing import Final

import plotly.graph_objects as go

from orgmodel.charts.style import CHOSEN_COLOUR, laid_out
from orgmodel.health import SPAN_BANDS, Health

_MOST_LAYERS: Final = 14
_LAYER_HEIGHT: Final = 30
_SMALLEST_HEIGHT: Final = 300
# A bar of a pyramid that could not be seen any more, as a part of the widest one.
_NARROWEST: Final = 0.006


def span_chart(health: Health) -> go.Figure:
    """Return how many of the managers have so many direct reports, in the bands of `SPAN_BANDS`."""
    bands = [_band(low, high) for low, high in SPAN_BANDS]
    shares = [0.0 if math.isnan(share) else 100.0 * share for share in health.span_shares]
    counts = [round(share * health.managers / 100) for share in shares]
    figure = go.Figure(
        go.Bar(
            x=bands,
            y=shares,
            marker={"color": CHOSEN_COLOUR},
            text=[f"{share:.0f} %" for share in shares],
            textposition="outside",
            cliponaxis=False,
            hovertext=[
                f"{count:,} of {health.managers:,} managers have {band} direct report{'s' * (band != '1')}"
                for count, band in zip(counts, bands, strict=True)
            ],
            hoverinfo="text",
        )
    )
    figure.update_xaxes(title_text="direct reports", type="category", tickangle=0, fixedrange=True)
    figure.update_yaxes(
        title_text="% of managers",
        showticklabels=False,
        showgrid=False,
        fixedrange=True,
        range=[0, max(1.0, 1.15 * max(shares))],
    )
    figure.update_layout(showlegend=False)
    return laid_out(figure, max(_SMALLEST_HEIGHT, _layers_height(health)), top=12)


def layers_chart(health: Health) -> go.Figure:
    """Return the nodes in every layer as a pyramid, the top first; the lowest of many layers are counted."""
    counts = [int(count) for count in health.layer_nodes]
    names = [f"Layer {layer}" for layer in range(1, len(counts) + 1)]
    texts = [f"{count:,}" for count in counts]
    hover = [
        f"{name}: {count:,} node{'s' * (count != 1)}, headcount {people:,.10g}"
        for name, count, people in zip(names, counts, health.layer_people.tolist(), strict=True)
    ]
    widest = max([1, *counts])
    widths = [max(count, _NARROWEST * widest) for count in counts]
    if len(counts) > _MOST_LAYERS:
        first = _MOST_LAYERS - 1
        names = [*names[:first], f"{first + 1} to {len(counts):,}"]
        texts = [*texts[:first], f"{sum(counts[first:]):,} in all"]
        widths, counts = [*widths[:first], 0.0], [*counts[:first], 0]
        hover = [*hover[:first], ""]
    places = list(range(len(counts)))
    figure = go.Figure()
    figure.add_bar(
        x=widths,
        y=places,
        base=[-width / 2 for width in widths],
        orientation="h",
        marker={"color": CHOSEN_COLOUR},
        hovertext=hover,
        hoverinfo="text",
    )
    figure.add_scatter(
        x=[width / 2 for width in widths],
        y=places,
        mode="text",
        text=[f" {text}" for text in texts],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
    )
    figure.update_xaxes(visible=False, fixedrange=True, range=[-0.52 * widest, 0.68 * widest])
    figure.update_yaxes(
        tickvals=places,
        ticktext=names,
        range=[len(places) - 0.5, -0.5],
        fixedrange=True,
        showgrid=False,
        zeroline=False,
        automargin=True,
    )
    figure.update_layout(bargap=0.25, showlegend=False)
    return laid_out(figure, max(_SMALLEST_HEIGHT, _layers_height(health)), top=12)


def _band(low: int, high: float) -> str:
    if math.isinf(high):
        return f"{low}+"
    return f"{low}" if high == low else f"{low}–{high:g}"


def _layers_height(health: Health) -> int:
    return 60 + _LAYER_HEIGHT * min(health.layers, _MOST_LAYERS)
