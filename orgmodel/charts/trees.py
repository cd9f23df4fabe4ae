"""The chart as a picture: a tree that stays readable at any size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from orgmodel.charts.boxes import (
    Texts,
    add_frames,
    add_path,
    add_texts,
    as_plan,
    bezier,
    corners,
    hover,
    name_cut,
    title_cut,
)
from orgmodel.charts.layout import BOX_HEIGHT, Box, TreeLayout, tree_layout
from orgmodel.charts.style import (
    CLEAR,
    FAINT,
    FUNCTION_COLOURS,
    LINE,
    TIE,
    UNIT_COLOUR,
    with_opacity,
)
from orgmodel.functions import FUNCTION_TITLES, FunctionReading
from orgmodel.organization import UNHELD_STATUSES, Organization

_MOST_CURVES: Final = 150


def tree_chart(
    organization: Organization,
    reading: FunctionReading,
    unit: Sequence[str] = (),
    *,
    further_lines: bool = True,
) -> go.Figure:
    """Return the chart as a picture: boxes by business function, the unit and its boss marked.

    Large charts are cut to about 110 boxes (see `orgmodel.charts.layout`).
    """
    heads = [organization.row(node) for node in unit]
    bosses = [int(row) for row in organization.manager[heads] if row >= 0]
    layout = tree_layout(organization, [*heads, *bosses])
    figure = go.Figure()
    _add_tree_lines(figure, layout)
    if further_lines:
        _add_curves(figure, organization, layout)
    _add_boxes(figure, organization, reading, layout)
    for rows, name, dash in (
        (heads, "The customer service unit", "solid"),
        (bosses, "Its boss today", "dot"),
    ):
        add_frames(figure, [box for box in layout.boxes if box.row in rows], name, UNIT_COLOUR, dash)
    return as_plan(figure, layout.height)


def _texts_of(organization: Organization, reading: FunctionReading, box: Box) -> Texts:
    if box.row < 0:
        what = "more" if box.parent >= 0 else "more charts"
        return Texts(
            f"+ {box.hidden:,} {what}", "", "", f"{box.hidden:,} {what}, not shown, to keep it readable"
        )
    row, name = box.row, organization.label(box.row)
    title = organization.titles[row] if organization.titles[row] != name else organization.units[row]
    unheld = organization.statuses[row] in UNHELD_STATUSES
    second = f"({organization.statuses[row]}) {title}" if unheld else title
    room = box.width - 12.0 - (22.0 if box.hidden else 0.0)
    badge = f"+{box.hidden:,}" if box.hidden else ""
    return Texts(
        name_cut(name, room),
        title_cut(second, room),
        badge,
        hover(organization, row, reading.functions[row], reading.evidence[row], box),
    )


def _add_tree_lines(figure: go.Figure, layout: TreeLayout) -> None:
    for skipped, dash in ((False, "solid"), (True, "dot")):
        paths = [box.path for box in layout.boxes if box.path and bool(box.skipped) is skipped]
        if paths:
            name = "Levels left out" if skipped else "Reports to"
            add_path(figure, paths, name, LINE, 1.2, dash=dash, legend=skipped)


def _add_curves(figure: go.Figure, organization: Organization, layout: TreeLayout) -> None:
    """Add further managers and ties between shown boxes, as curves."""
    box_of = {box.row: box for box in layout.boxes if box.row >= 0}
    further, ties = organization.further, organization.ties
    for first, second, name, colour, dash in (
        (further.report, further.manager, "Further manager", "#8E6BBF", "dash"),
        (ties.a, ties.b, "Works together (tie)", TIE, "dot"),
    ):
        pairs = zip(first.tolist(), second.tolist(), strict=True)
        curves = [side_curve(box_of[a], box_of[b]) for a, b in pairs if a in box_of and b in box_of]
        if curves:
            add_path(figure, curves[:_MOST_CURVES], name, colour, 1.0, dash=dash, opacity=0.55)


def side_curve(start: Box, end: Box) -> list[tuple[float, float]]:
    """Return a curve from the side of one box to the side of another, which may stand above it."""
    left, right = sorted((start, end), key=lambda box: box.left)
    apart = right.left - (left.left + left.width)
    begin = (left.left + left.width, left.top + BOX_HEIGHT / 2)
    stop = (right.left if apart > 0 else right.left + right.width, right.top + BOX_HEIGHT / 2)
    bend = max(12.0, min(40.0, abs(apart) / 2))
    first = (begin[0] + bend, begin[1])
    second = (stop[0] - bend if apart > 0 else stop[0] + bend, stop[1])
    return bezier(begin, first, second, stop)


def _add_boxes(
    figure: go.Figure, organization: Organization, reading: FunctionReading, layout: TreeLayout
) -> None:
    by_colour: dict[tuple[str, str], list[Box]] = {}
    for box in layout.boxes:
        if box.row < 0:
            key = ("Not shown", CLEAR)
        else:
            function = reading.functions[box.row]
            key = (FUNCTION_TITLES.get(function, "Not recognised"), FUNCTION_COLOURS[function])
        by_colour.setdefault(key, []).append(box)
    order = [*FUNCTION_TITLES.values(), "Not recognised", "Not shown"]
    for (name, colour), boxes in sorted(by_colour.items(), key=lambda item: order.index(item[0][0])):
        tint = colour if colour == CLEAR else with_opacity(colour, 0.16)
        frame = [corners(box.left, box.top, box.width, BOX_HEIGHT) for box in boxes]
        edge = colour if colour != CLEAR else FAINT
        add_path(figure, frame, name, edge, 1.0, fill=tint, legend=colour == CLEAR)
        if colour != CLEAR:
            stripe = [corners(box.left, box.top, 5.0, BOX_HEIGHT) for box in boxes]
            add_path(figure, stripe, name, colour, 0.5, fill=colour)
    texts = [_texts_of(organization, reading, box) for box in layout.boxes]
    add_texts(figure, layout.boxes, texts)
