"""The way of feedback, hop by hop, on the part of the chart it runs through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

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
from orgmodel.charts.extract import Extract, extract
from orgmodel.charts.layout import BOX_HEIGHT, ROW_HEIGHT, WIDTH, Box
from orgmodel.charts.sketch import Sketch
from orgmodel.charts.style import (
    CHOSEN_COLOUR,
    FAINT,
    FUNCTION_COLOURS,
    TIE,
    UNIT_COLOUR,
    WORSE_COLOUR,
    escaped,
    with_opacity,
)
from orgmodel.evidence import Evidence
from orgmodel.explanations import percent
from orgmodel.functions import FUNCTION_TITLES, FunctionReading
from orgmodel.organization import Organization
from orgmodel.sweep import Assessment


class _Flow(NamedTuple):
    """A hop of the routes: its ends (boxes of an `Extract`), the kind of line, the share of the need.

    ``hidden`` counts the steps that are left out between the ends where no box stands for them.
    """

    start: int
    end: int
    kind: str
    hidden: int
    share: float


def route_chart(
    assessment: Assessment, reading: FunctionReading, read: Organization | None = None
) -> go.Figure:
    """Return the way feedback takes, hop by hop, on the part of the chart it runs through.

    Drawn for the largest part of the unit. The thicker a hop, the more of the need travels over it. People
    whose absence cuts a way are marked. The middle of very long ways is left out. ``read`` is the chart that
    the functions were read from, where a placement has changed its rows.
    """
    placed, evidence = assessment.organization, assessment.evidence[0]
    roles = _roles(placed, evidence)
    ways = [[placed.row(node) for node in route.nodes] for route in evidence.routes]
    found = extract(placed, list(roles), ways)
    flows = _flows(evidence, ways, found)
    places, width, height = _places(found)
    figure = Sketch()
    lines = [
        [(places[boss][0], places[boss][1] + BOX_HEIGHT), places[key]]
        for key, boss in found.above.items()
        if boss is not None
    ]
    add_path(figure, lines, "Reports to", FAINT, 1.2)
    for index, flow in enumerate(flows):
        _add_hop(figure, places[flow.start], places[flow.end], flow, legend=index == 0)
    drawn = {end for flow in flows for end in (flow.start, flow.end)}
    boxes, texts = [], []
    functions = {key: _function_of(placed, key, reading, read) for key in places if key >= 0}
    for key, (x, y) in places.items():
        boxes.append(Box(max(key, -1), -1, 0, 0, x - width / 2, y, width, ()))
        room = width - 14.0
        if key < 0:
            more = f"{len(found.left_out[key]):,} more"
            what = f"{more} levels, not shown, to keep it readable"
            texts.append(Texts(name_cut(f"… {more} …", room), "", "", what))
            continue
        role = roles.get(key, "")
        texts.append(
            Texts(
                name_cut(placed.label(key), room),
                title_cut(role or ("" if key in drawn else placed.titles[key]), room),
                "",
                hover(placed, key, *functions[key]) + (f"<br>{escaped(role)}" if role else ""),
            )
        )
    _add_route_boxes(figure, {row: function for row, (function, _) in functions.items()}, boxes)
    add_texts(figure, boxes, texts)
    shown = {str(placed.ids[box.row]): box for box in boxes if box.row >= 0}
    deciding = [shown[owner] for owner in dict.fromkeys(route.owner for route in evidence.routes) if owner]
    cutting = {node for route in evidence.routes for node in route.cut_by} & shown.keys()
    arbiter = evidence.arbitration.arbiter
    for marked, name, colour, dash in (
        ([shown[evidence.unit]], "The customer service unit", UNIT_COLOUR, "solid"),
        (deciding, "Decides in a function customer service needs", CHOSEN_COLOUR, "dash"),
        ([_wider(shown[arbiter])] if arbiter else [], "Settles quarrels with operations", TIE, "dot"),
        (
            [_wider(_wider(shown[node])) for node in sorted(cutting)],
            "Without them a way is cut",
            WORSE_COLOUR,
            "longdash",
        ),
    ):
        add_frames(figure, marked, name, colour, dash)
    return as_plan(figure, height)


def _wider(box: Box) -> Box:
    return box._replace(left=box.left - 4, width=box.width + 8)


def _flows(evidence: Evidence, ways: Sequence[Sequence[int]], found: Extract) -> list[_Flow]:
    shares: dict[tuple[int, int, str, int], float] = {}
    for route, way in zip(evidence.routes, ways, strict=True):
        for hop in _hops(way, route.kinds, found):
            shares[hop] = shares.get(hop, 0.0) + route.weight
    return [_Flow(*hop, share) for hop, share in shares.items()]


def _hops(way: Sequence[int], kinds: Sequence[str], found: Extract) -> Iterator[tuple[int, int, str, int]]:
    """Yield the hops of a way between boxes that are shown: ends, kind of line, steps left out between."""
    shown = [at for at, row in enumerate(way) if row in found.above]
    for start, end in pairwise(shown):
        a, b, between = way[start], way[end], tuple(way[start + 1 : end])
        if not between:
            yield a, b, kinds[start], 0
        elif found.left_out.get(~a) == between and found.above[~a] == b:
            yield a, ~a, "solid", 0
            yield ~a, b, "solid", 0
        elif found.left_out.get(~b) == between[::-1] and found.above[~b] == a:
            yield a, ~b, "solid", 0
            yield ~b, b, "solid", 0
        else:
            yield a, b, "", len(between)


def _roles(placed: Organization, evidence: Evidence) -> dict[int, str]:
    """Return what each marked row is, in words."""
    roles: dict[str, list[str]] = {evidence.unit: ["Customer service"]}
    for route in evidence.routes:
        if route.owner:
            roles.setdefault(route.owner, []).append(
                f"{FUNCTION_TITLES[route.function]} {percent(route.weight)}"
            )
    if evidence.arbitration.arbiter:
        roles.setdefault(evidence.arbitration.arbiter, []).append("settles quarrels")
    return {placed.row(node): ", ".join(words) for node, words in roles.items()}


def _places(found: Extract) -> tuple[dict[int, tuple[float, float]], float, float]:
    """Return the middle of the upper side of every box, their width, and the height of the picture."""
    columns, levels = found.columns(), found.levels()
    step = WIDTH / (max(columns.values()) + 1)
    gap = ROW_HEIGHT * 1.9
    places = {key: (step * (columns[key] + 0.5), gap * levels[key]) for key in found.above}
    return places, min(170.0, step - 14.0), gap * max(levels.values()) + BOX_HEIGHT


def _add_hop(
    figure: Sketch, start: tuple[float, float], end: tuple[float, float], flow: _Flow, *, legend: bool
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
        text=percent(flow.share) + (f", {flow.hidden:,} more steps" if flow.hidden else ""),
        showarrow=False,
        xshift=0 if flat else 20,
        yshift=12 if flat else 0,
        font={"size": 11},
    )


def _function_of(
    placed: Organization, row: int, reading: FunctionReading, read: Organization | None
) -> tuple[str, str]:
    """Return the function of a node and why it is thought to have it; a new node states its own."""
    before = row if read is None else read.row_of.get(str(placed.ids[row]))
    if before is None:
        return str(placed.functions[row]), ""
    return str(reading.functions[before]), str(reading.evidence[before])


def _add_route_boxes(figure: Sketch, functions: Mapping[int, str], boxes: Sequence[Box]) -> None:
    known = [box for box in boxes if box.row >= 0]
    for function in dict.fromkeys(functions[box.row] for box in known):
        colour = FUNCTION_COLOURS[function]
        frames = [
            corners(box.left, box.top, box.width, BOX_HEIGHT)
            for box in known
            if functions[box.row] == function
        ]
        title = FUNCTION_TITLES.get(function, "Not recognised")
        add_path(figure, frames, title, colour, 1.0, fill=with_opacity(colour, 0.22))
    if len(known) < len(boxes):
        frames = [corners(box.left, box.top, box.width, BOX_HEIGHT) for box in boxes if box.row < 0]
        add_path(figure, frames, "Not shown", FAINT, 1.0)
