"""The way of feedback, hop by hop, on the part of the chart it runs through."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

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
from orgmodel.charts.layout import BOX_HEIGHT, ROW_HEIGHT, WIDTH, Box
from orgmodel.charts.style import (
    CHOSEN_COLOUR,
    FAINT,
    FUNCTION_COLOURS,
    TIE,
    UNIT_COLOUR,
    escaped,
    with_opacity,
)
from orgmodel.evidence import Evidence
from orgmodel.explanations import percent
from orgmodel.functions import FUNCTION_TITLES, FunctionReading
from orgmodel.organization import Organization
from orgmodel.sweep import Assessment

_ROUTE_BOXES: Final = 40


class _Flow(NamedTuple):
    """A hop of the routes: its ends, the kind of line, and the share of the need that takes it."""

    start: str
    end: str
    kind: str
    share: float


def route_chart(assessment: Assessment, reading: FunctionReading) -> go.Figure:
    """Return the way feedback takes, hop by hop, on the part of the chart it runs through.

    Drawn for the largest part of the unit. The thicker a hop, the more of the need travels over it.
    """
    placed, evidence = assessment.organization, assessment.evidence[0]
    flows = _flows(evidence)
    roles = _roles(evidence)
    places, edges, width, height = _small_tree(placed, [*roles, *(flow.end for flow in flows)])
    figure = go.Figure()
    lines = [[(places[a][0], places[a][1] + BOX_HEIGHT), (places[b][0], places[b][1])] for a, b in edges]
    add_path(figure, lines, "Reports to", FAINT, 1.2)
    drawn = {placed.row(node) for flow in flows for node in (flow.start, flow.end)}
    for index, flow in enumerate(flows):
        a, b = (places[placed.row(node)] for node in (flow.start, flow.end))
        _add_hop(figure, a, b, flow, legend=index == 0)
    boxes, texts = [], []
    for row, (x, y) in places.items():
        role = roles.get(str(placed.ids[row]), "")
        boxes.append(Box(row, -1, 0, 0, x - width / 2, y, width, ()))
        room = width - 14.0
        texts.append(
            Texts(
                name_cut(placed.label(row), room),
                title_cut(role or ("" if row in drawn else placed.titles[row]), room),
                "",
                hover(placed, reading, row) + (f"<br>{escaped(role)}" if role else ""),
            )
        )
    _add_route_boxes(figure, reading, boxes)
    add_texts(figure, boxes, texts)
    add_frames(
        figure,
        [box for box in boxes if placed.ids[box.row] == evidence.unit],
        "The customer service unit",
        UNIT_COLOUR,
        "solid",
    )
    deciding = {route.owner for route in evidence.routes if route.owner}
    add_frames(
        figure,
        [box for box in boxes if placed.ids[box.row] in deciding],
        "Decides in a function customer service needs",
        CHOSEN_COLOUR,
        "dash",
    )
    arbiter = evidence.arbitration.arbiter
    add_frames(
        figure,
        [_wider(box) for box in boxes if placed.ids[box.row] == arbiter],
        "Settles quarrels with operations",
        TIE,
        "dot",
    )
    return as_plan(figure, height)


def _wider(box: Box) -> Box:
    return box._replace(left=box.left - 4, width=box.width + 8)


def _flows(evidence: Evidence) -> list[_Flow]:
    shares: dict[tuple[str, str, str], float] = {}
    for route in evidence.routes:
        for (start, end), kind in zip(pairwise(route.nodes), route.kinds, strict=True):
            shares[start, end, kind] = shares.get((start, end, kind), 0.0) + route.weight
    return [_Flow(*hop, share) for hop, share in shares.items()]


def _roles(evidence: Evidence) -> dict[str, str]:
    """Return what each marked node is, in words."""
    roles: dict[str, list[str]] = {evidence.unit: ["Customer service"]}
    for route in evidence.routes:
        if route.owner:
            roles.setdefault(route.owner, []).append(
                f"{FUNCTION_TITLES[route.function]} {percent(route.weight)}"
            )
    if evidence.arbitration.arbiter:
        roles.setdefault(evidence.arbitration.arbiter, []).append("settles quarrels")
    return {node: ", ".join(words) for node, words in roles.items()}


def _small_tree(
    placed: Organization, nodes: Sequence[str]
) -> tuple[dict[int, tuple[float, float]], list[tuple[int, int]], float, float]:
    """Return places (middle of the upper side) of nodes and their managers up to where all meet, top-down."""
    chains = [placed.chain(placed.row(node))[::-1] for node in dict.fromkeys(nodes)]
    rows = dict.fromkeys(row for chain in chains for row in chain)
    # Managers above the point where every way meets say nothing: start there.
    while len(rows) > 1:
        tops = [row for row in rows if int(placed.manager[row]) not in rows]
        below = [row for row in rows if int(placed.manager[row]) in tops]
        named = {placed.row(node) for node in nodes}
        if len(tops) > 1 or len(below) > 1 or tops[0] in named:
            break
        del rows[tops[0]]
    rows = dict.fromkeys(
        list(rows)[:_ROUTE_BOXES] + [placed.row(node) for node in nodes if placed.row(node) in rows]
    )
    children: dict[int, list[int]] = {}
    for row in rows:
        children.setdefault(int(placed.manager[row]) if int(placed.manager[row]) in rows else -1, []).append(
            row
        )
    column: dict[int, float] = {}
    level: dict[int, int] = {}
    leaves = 0

    def settle(row: int, depth: int) -> None:
        nonlocal leaves
        level[row] = depth
        for below in children.get(row, []):
            settle(below, depth + 1)
        if row in children:
            column[row] = (column[children[row][0]] + column[children[row][-1]]) / 2
        else:
            column[row] = leaves
            leaves += 1

    for root in children.get(-1, []):
        settle(root, 0)
    step = WIDTH / max(leaves, 1)
    width = min(170.0, step - 14.0)
    gap = ROW_HEIGHT * 1.9
    places = {row: (step * (column[row] + 0.5), gap * level[row]) for row in rows}
    edges = [(int(placed.manager[row]), row) for row in rows if int(placed.manager[row]) in rows]
    return places, edges, width, gap * max(level.values()) + BOX_HEIGHT


def _add_hop(
    figure: go.Figure, start: tuple[float, float], end: tuple[float, float], flow: _Flow, *, legend: bool
) -> None:
    """Add one hop as a thick line; along a reporting line it is straight, else it bends."""
    upwards = end[1] < start[1]
    level = abs(end[1] - start[1]) < 1.0
    begin = (start[0], start[1] + (0.0 if upwards or level else BOX_HEIGHT))
    stop = (end[0], end[1] + (BOX_HEIGHT if upwards and not level else 0.0))
    if level or flow.kind != "solid":
        lift = 34.0 if level else 0.0
        points = bezier(begin, (begin[0], begin[1] - lift), (stop[0], stop[1] - lift), stop)
        middle = points[len(points) // 2]
    else:
        points = [begin, stop]
        middle = ((begin[0] + stop[0]) / 2, (begin[1] + stop[1]) / 2)
    add_path(
        figure,
        [points],
        "Way of feedback",
        UNIT_COLOUR,
        1.5 + 7.0 * flow.share,
        dash="dot" if flow.kind == "tie" else "solid",
        legend=legend,
        opacity=0.65,
    )
    flat = abs(stop[0] - begin[0]) > abs(stop[1] - begin[1])
    figure.add_annotation(
        x=middle[0],
        y=middle[1],
        text=f"{percent(flow.share)}",
        showarrow=False,
        xshift=0 if flat else 20,
        yshift=12 if flat else 0,
        font={"size": 11},
    )


def _add_route_boxes(figure: go.Figure, reading: FunctionReading, boxes: Sequence[Box]) -> None:
    for function in dict.fromkeys(reading.functions[box.row] for box in boxes):
        colour = FUNCTION_COLOURS[function]
        frames = [
            corners(box.left, box.top, box.width, BOX_HEIGHT)
            for box in boxes
            if reading.functions[box.row] == function
        ]
        add_path(
            figure,
            frames,
            FUNCTION_TITLES.get(function, "Not recognised"),
            colour,
            1.0,
            fill=with_opacity(colour, 0.22),
        )
