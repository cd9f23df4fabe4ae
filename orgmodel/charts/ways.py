"""The structure lens: the way to one function, or to all, on an outline of the chart for a narrow column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from orgmodel.charts.extract import Extract, extract
from orgmodel.charts.layout import BOX_HEIGHT, Box
from orgmodel.charts.style import CHOSEN_COLOUR, FAINT, FUNCTION_COLOURS, LINE, UNIT_COLOUR, with_opacity
from orgmodel.evidence import Route
from orgmodel.explanations import percent
from orgmodel.functions import FUNCTION_TITLES, FunctionReading
from orgmodel.organization import Organization
from orgmodel.sweep import Assessment

WIDTH: Final = 460.0
_BOX_WIDTH: Final = 214.0
ROW: Final = 46.0
_INDENT: Final = 34.0
_MOST_INDENT: Final = 180.0  # together, so that the lowest boxes have room for curves beside them
_STEM: Final = 12.0
MARGIN: Final = 6.0


class _Hop(NamedTuple):
    """A hop between two boxes; ``kind`` of the line, empty where steps between are left out."""

    start: int
    end: int
    kind: str


def way_chart(assessment: Assessment, reading: FunctionReading, function: str = "") -> go.Figure:
    """Return the way from customer service to whoever decides in a function, on an outline of the chart.

    Each box stands below its manager and further to the right, so that the picture fits half a screen or a
    telephone. Without a function all ways are drawn, the thicker the more of the need takes them. Drawn for
    the largest part of the unit.
    """
    placed, evidence = assessment.organization, assessment.evidence[0]
    unit = placed.row(evidence.unit)
    routes = [route for route in evidence.routes if route.nodes and function in {"", route.function}]
    ways = [[placed.row(node) for node in route.nodes] for route in routes]
    owners = {placed.row(route.owner): route for route in routes if route.owner}
    found = extract(placed, list(dict.fromkeys([unit, *owners])), ways)
    boxes = boxes_of(found)
    figure = go.Figure()
    lines = [elbow(boxes[boss], boxes[key]) for key, boss in found.above.items() if boss is not None]
    add_path(figure, lines, "Reports to", LINE, 1.2, legend=False)
    _add_ways(figure, routes, ways, found, boxes)
    roles = {unit: "Customer service"} | {row: _role(route, routes) for row, route in owners.items()}
    on_way = {row for way in ways for row in way}
    _add_boxes(figure, reading, boxes, on_way)
    add_texts(figure, [*boxes.values()], [_texts(placed, reading, found, key, roles) for key in boxes])
    add_frames(figure, [boxes[unit]], "Customer service", UNIT_COLOUR, "solid")
    add_frames(figure, [boxes[row] for row in owners if row != unit], "Can act", CHOSEN_COLOUR, "dash")
    as_plan(figure, ROW * len(boxes), legend_rows=1)
    return figure.update_xaxes(range=[-4, WIDTH + 4])


def _role(route: Route, routes: Sequence[Route]) -> str:
    """Return what an owner decides, and of which part of the contacts; several functions may share one."""
    same = [other for other in routes if other.owner == route.owner]
    return ", ".join(f"{FUNCTION_TITLES[other.function]} {percent(other.weight)}" for other in same)


def boxes_of(found: Extract) -> dict[int, Box]:
    """Return the box of each key, from top to bottom: every manager directly above the first report."""
    below, levels = found.below(), found.levels()
    indent = min(_INDENT, _MOST_INDENT / max(1, *levels.values()))
    order: list[int] = []
    waiting = below[None][::-1]
    while waiting:
        order.append(waiting.pop())
        waiting += below.get(order[-1], [])[::-1]
    return {
        key: Box(max(key, -1), -1, 0, 0, MARGIN + indent * levels[key], ROW * at, _BOX_WIDTH, ())
        for at, key in enumerate(order)
    }


def elbow(boss: Box, report: Box) -> list[tuple[float, float]]:
    """Return the line from a boss down and across to a report."""
    stem = boss.left + _STEM
    middle = report.top + BOX_HEIGHT / 2
    return [(stem, boss.top + BOX_HEIGHT), (stem, middle), (report.left, middle)]


def _add_ways(
    figure: go.Figure,
    routes: Sequence[Route],
    ways: Sequence[Sequence[int]],
    found: Extract,
    boxes: dict[int, Box],
) -> None:
    """Add every hop once, as thick as the share of the need that takes it."""
    shares: dict[_Hop, float] = {}
    for route, way in zip(routes, ways, strict=True):
        for hop in _hops(way, route.kinds, found):
            shares[hop] = shares.get(hop, 0.0) + route.weight
    most = max(shares.values(), default=1.0)
    for at, (hop, share) in enumerate(shares.items()):
        start, end = boxes[hop.start], boxes[hop.end]
        if found.above.get(hop.start) == hop.end:
            line = elbow(end, start)
        elif found.above.get(hop.end) == hop.start:
            line = elbow(start, end)
        else:
            line = curve(start, end)
        add_path(
            figure,
            [line],
            "Way of feedback",
            UNIT_COLOUR,
            2.0 + 4.0 * share / most,
            dash="solid" if hop.kind in {"solid", "shared"} else "dot",
            legend=at == 0,
            opacity=0.65,
        )


def curve(start: Box, end: Box) -> list[tuple[float, float]]:
    """Return a curve beside the boxes; a long one goes further out."""
    begin = (start.left + start.width, start.top + BOX_HEIGHT / 2)
    stop = (end.left + end.width, end.top + BOX_HEIGHT / 2)
    out = min(WIDTH, max(begin[0], stop[0]) + 20.0 + 0.2 * abs(stop[1] - begin[1]))
    return bezier(begin, (out, begin[1]), (out, stop[1]), stop)


def _hops(way: Sequence[int], kinds: Sequence[str], found: Extract) -> Iterator[_Hop]:
    """Yield the hops of a way between shown boxes, over the box of what is left out if there is one."""
    shown = [at for at, row in enumerate(way) if row in found.above]
    for start, end in pairwise(shown):
        a, b = way[start], way[end]
        if end == start + 1:
            yield _Hop(a, b, kinds[start])
        elif found.above.get(~a) == b:
            yield from (_Hop(a, ~a, "solid"), _Hop(~a, b, "solid"))
        elif found.above.get(~b) == a:
            yield from (_Hop(a, ~b, "solid"), _Hop(~b, b, "solid"))
        else:
            yield _Hop(a, b, "")


def _add_boxes(figure: go.Figure, reading: FunctionReading, boxes: dict[int, Box], on_way: set[int]) -> None:
    """Add the boxes by function; those beside the way are paler."""
    for key, box in boxes.items():
        function = str(reading.functions[key]) if key >= 0 else ""
        colour = FUNCTION_COLOURS[function] if key in on_way else FAINT
        fill = with_opacity(FUNCTION_COLOURS[function], 0.22) if key in on_way else None
        frame = corners(box.left, box.top, box.width, BOX_HEIGHT)
        add_path(figure, [frame], FUNCTION_TITLES.get(function, ""), colour, 1.0, fill=fill, legend=False)


def _texts(
    placed: Organization, reading: FunctionReading, found: Extract, key: int, roles: dict[int, str]
) -> Texts:
    room = _BOX_WIDTH - 14.0
    if key < 0:
        more = f"{len(found.left_out[key]):,} more"
        return Texts(f"… {more} …", "", "", f"{more} levels, not shown, to keep it readable")
    said = roles.get(key) or placed.titles[key]
    return Texts(
        name_cut(placed.label(key), room),
        title_cut(said if said != placed.label(key) else "", room),
        "",
        hover(placed, key, str(reading.functions[key]), str(reading.evidence[key])),
    )
