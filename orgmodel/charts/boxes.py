"""Drawing boxes, their texts and the lines between them, with few traces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import plotly.graph_objects as go

from orgmodel.charts.layout import BOX_HEIGHT, WIDTH, Box
from orgmodel.charts.sketch import Sketch
from orgmodel.charts.style import CLEAR, escaped
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.organization import Organization

# Width of a letter of the two sizes of text in a box, in pixels, on average.
_NAME_LETTER: Final = 6.2
_TITLE_LETTER: Final = 5.1


def name_cut(name: str, room: float) -> str:
    """Return a name, escaped and cut to so many pixels."""
    return escaped(name, int(room / _NAME_LETTER))


def title_cut(title: str, room: float) -> str:
    """Return a text of the smaller kind, escaped and cut to so many pixels."""
    return escaped(title, int(room / _TITLE_LETTER))


class Texts(NamedTuple):
    """What a box says, already escaped."""

    first: str
    second: str
    badge: str
    hover: str


def hover(organization: Organization, row: int, function: str, reason: str, box: Box | None = None) -> str:
    """Return what appears under the mouse: the whole name, title, unit, and the function with its reason."""
    lines = [f"<b>{escaped(organization.label(row))}</b>"]
    details = (organization.titles[row], organization.units[row], organization.locations[row])
    lines += [escaped(text) for text in dict.fromkeys(details) if text and text != organization.label(row)]
    if function:
        because = f" ({escaped(reason)})" if reason else ""
        lines.append(f"{FUNCTION_TITLES[function]}{because}")
    else:
        lines.append("Function not recognised")
    if box is not None and box.hidden:
        lines.append(f"{box.hidden:,} below, not shown")
    if box is not None and box.skipped:
        lines.append(f"{box.skipped:,} levels left out above")
    return "<br>".join(lines)


def bezier(*ends: tuple[float, float]) -> list[tuple[float, float]]:
    """Return eleven points on the curve between the first and the last of four points."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = ends
    points = []
    for step in range(11):
        t, u = step / 10, 1 - step / 10
        a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
        points.append(
            (round(a * ax + b * bx + c * cx + d * dx, 1), round(a * ay + b * by + c * cy + d * dy, 1))
        )
    return points


def add_texts(figure: Sketch | go.Figure, boxes: Sequence[Box], texts: Sequence[Texts]) -> None:
    """Write names, titles and counts into boxes; the details appear under the mouse."""
    both = [bool(text.second) for text in texts]
    figure.add_scatter(
        x=[box.left + 9.0 for box in boxes],
        y=[box.top + (11.0 if two else BOX_HEIGHT / 2) for box, two in zip(boxes, both, strict=True)],
        text=[
            f"<b>{text.first}</b>" if box.row >= 0 else text.first
            for box, text in zip(boxes, texts, strict=True)
        ],
        mode="text",
        textposition="middle right",
        textfont={"size": 12},
        hoverinfo="skip",
        showlegend=False,
        name="names",
    )
    for values, place, position, size, name in (
        ([text.second for text in texts], 9.0, "middle right", 10.5, "titles"),
        ([text.badge for text in texts], -2.0, "middle left", 10.5, "hidden"),
    ):
        shown = [(box, value) for box, value in zip(boxes, values, strict=True) if value]
        if shown:
            figure.add_scatter(
                x=[box.left + place + (box.width if place < 0 else 0.0) for box, _ in shown],
                y=[box.top + (25.0 if place > 0 else BOX_HEIGHT / 2) for box, _ in shown],
                text=[value for _, value in shown],
                mode="text",
                textposition=position,
                textfont={"size": size},
                hoverinfo="skip",
                showlegend=False,
                name=name,
            )
    spots = [(box, text, part) for box, text in zip(boxes, texts, strict=True) for part in (0.12, 0.5, 0.88)]
    figure.add_scatter(
        x=[box.left + part * box.width for box, _, part in spots],
        y=[box.top + BOX_HEIGHT / 2 for box, _, _ in spots],
        mode="markers",
        marker={"size": 26, "opacity": 0},
        hovertext=[text.hover for _, text, _ in spots],
        hoverinfo="text",
        showlegend=False,
        name="details",
    )


def add_frames(figure: Sketch | go.Figure, boxes: Sequence[Box], name: str, colour: str, dash: str) -> None:
    """Draw thick frames around boxes."""
    if boxes:
        frames = [corners(box.left - 2, box.top - 2, box.width + 4, BOX_HEIGHT + 4) for box in boxes]
        add_path(figure, frames, name, colour, 2.6, dash=dash)


def corners(left: float, top: float, width: float, height: float) -> list[tuple[float, float]]:
    """Return a rectangle as a closed line."""
    right, bottom = left + width, top + height
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def add_path(  # noqa: PLR0913  # how a line looks
    figure: Sketch | go.Figure,
    paths: Iterable[Sequence[tuple[float, float]]],
    name: str,
    colour: str,
    width: float,
    *,
    dash: str = "solid",
    fill: str | None = None,
    legend: bool = True,
    opacity: float = 1.0,
) -> None:
    """Add many lines as one trace, with a gap between them."""
    x: list[float | None] = []
    y: list[float | None] = []
    for path in paths:
        x += [*(round(point[0], 1) for point in path), None]
        y += [*(round(point[1], 1) for point in path), None]
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        name=name,
        line={"color": colour, "width": width, "dash": dash},
        fill="none" if fill is None else "toself",
        fillcolor=fill,
        hoverinfo="skip",
        showlegend=legend,
        opacity=opacity,
        legendgroup=name,
    )


def as_plan(figure: Sketch | go.Figure, height: float, legend_rows: int = 2) -> go.Figure:
    """Give a drawing without axes its size: one unit is one pixel high."""
    figure.update_xaxes(visible=False, fixedrange=True, range=[-4, WIDTH + 4])
    figure.update_yaxes(visible=False, fixedrange=True, range=[height + 4, -4])
    top = 24 * legend_rows
    figure.update_layout(
        height=int(height + 8 + top + 8),
        margin={"l": 0, "r": 0, "t": top, "b": 8},
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
            "title": {"text": ""},
        },
        hovermode="closest",
        hoverdistance=24,
        dragmode=False,
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
    )
    return figure.figure() if isinstance(figure, Sketch) else figure
