"""What all pictures share: colours, names made harmless, and the layout.

Names come from the user's file, and plotly reads some HTML in texts, so every name passes `escaped`.
Colours: one per business function, the same in every picture, chosen so that any two stay apart for
readers with full and with red- or green-blind sight (20 units of CIELAB at least).
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Final

import plotly.graph_objects as go

from orgmodel.charts.sketch import Sketch

#: One colour per business function; "" is a node of which nothing is known.
FUNCTION_COLOURS: Final[Mapping[str, str]] = {
    "executive": "#705D50",
    "sales": "#C3640D",
    "operations": "#098CD4",
    "marketing": "#7A5590",
    "finance": "#35C07D",
    "it": "#36AACD",
    "hr": "#EE950F",
    "product": "#8B3DF0",
    "legal": "#9B4A1D",
    "customer_service": "#EE6556",
    "provider": "#4D43B0",
    "other": "#8C8C8C",
    "": "#8C8C8C",
}
#: Before and after, worse and better: blue and orange, which everybody tells apart.
TODAY_COLOUR: Final = "#8C8C8C"
CHOSEN_COLOUR: Final = "#1F77C9"
UNIT_COLOUR: Final = "#D6336C"
BETTER_COLOUR: Final = CHOSEN_COLOUR
WORSE_COLOUR: Final = "#D9600B"
RISK_SCALE: Final = ((0.0, "#1F77C9"), (0.5, "#C9CDD2"), (1.0, "#D9600B"))
#: Lines of the chart, what is only context, nothing, and work together without a reporting line.
LINE: Final = "rgba(128,136,146,0.75)"
FAINT: Final = "rgba(128,136,146,0.35)"
CLEAR: Final = "rgba(0,0,0,0)"
TIE: Final = "#B8860B"
#: Longest name in a text that appears under the mouse.
LONGEST_HOVER: Final = 110


def escaped(text: str, most: int = LONGEST_HOVER) -> str:
    """Return a text on one line, cut, and without anything that plotly would read as HTML or TeX.

    >>> escaped("<b>$R&D$</b>")
    '&lt;b&gt;&#36;R&amp;D&#36;&lt;/b&gt;'
    """
    line = " ".join(text.split())
    cut = line if len(line) <= most else f"{line[: max(1, most - 1)].rstrip()}…"
    return html.escape(cut, quote=False).replace("$", "&#36;")


def with_opacity(colour: str, opacity: float) -> str:
    """Return a colour of the form #RRGGBB as one that lets through what is below it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def laid_out(figure: Sketch | go.Figure, height: int, top: int = 56) -> go.Figure:
    """Return the figure with the legend above it, no ground of its own, and nothing to drag."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": top, "b": 8},
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
    return figure.figure() if isinstance(figure, Sketch) else figure
