"""Places for customer service on an outline of the chart: where it is, and where it could go."""

from __future__ import annotations

from typing import Final

import plotly.graph_objects as go

from orgmodel.charts.boxes import (
    Texts,
    add_frames,
    add_path,
    add_texts,
    as_plan,
    corners,
    hover,
    name_cut,
    title_cut,
)
from orgmodel.charts.layout import BOX_HEIGHT, Box
from orgmodel.charts.sketch import Sketch
from orgmodel.charts.style import (
    CHOSEN_COLOUR,
    FUNCTION_COLOURS,
    LINE,
    UNIT_COLOUR,
    escaped,
    with_opacity,
)
from orgmodel.charts.ways import MARGIN, ROW, WIDTH, elbow
from orgmodel.functions import FunctionReading
from orgmodel.scenarios.comparing import Comparison

_BOX_WIDTH: Final = 300.0
_INDENT: Final = 44.0
_MOST_INDENT: Final = WIDTH - _BOX_WIDTH - 2 * MARGIN
#: A box: the id of its node, and the place of the scenario where it is customer service, else None.
_Key = tuple[str, int | None]


def places_chart(comparison: Comparison, reading: FunctionReading) -> go.Figure:
    """Return customer service in every scenario at once, each below its managers up to the top.

    For scenarios of one chart that differ in the placement; of several bosses at once the solid one is shown.
    Customer service of the reference has a solid frame, that of the others a broken one, and each says the
    name of its scenario. ``reading`` is that of the reference's chart. Narrow enough for half a screen or a
    telephone.
    """
    above = _above(comparison)
    below: dict[_Key | None, list[_Key]] = {}
    for key, boss in above.items():
        below.setdefault(boss, []).append(key)
    order: list[tuple[_Key, int]] = []
    waiting = [(key, 0) for key in below.get(None, [])][::-1]
    while waiting:
        key, level = waiting.pop()
        order.append((key, level))
        waiting += [(report, level + 1) for report in below.get(key, [])][::-1]
    indent = min(_INDENT, _MOST_INDENT / max([1, *(level for _, level in order)]))
    boxes = {
        key: Box(0, -1, 0, 0, MARGIN + indent * level, MARGIN + ROW * at, _BOX_WIDTH, ())
        for at, (key, level) in enumerate(order)
    }
    figure = Sketch()
    lines = [elbow(boxes[boss], boxes[key]) for key, boss in above.items() if boss is not None]
    add_path(figure, lines, "Reports to", LINE, 1.2, legend=False)
    for key, box in boxes.items():
        colour = FUNCTION_COLOURS[_function(comparison, reading, key)]
        frame = corners(box.left, box.top, box.width, BOX_HEIGHT)
        fill = with_opacity(colour, 0.22)
        add_path(figure, [frame], "", colour, 1.0, fill=fill, legend=False)
    add_texts(figure, [*boxes.values()], [_texts(comparison, reading, key) for key in boxes])
    is_there = comparison.reference
    today = [box for (_, place), box in boxes.items() if place == is_there]
    others = [box for (_, place), box in boxes.items() if place not in {None, is_there}]
    add_frames(figure, today, "Customer service today", UNIT_COLOUR, "solid")
    add_frames(figure, others, "Where it could go", CHOSEN_COLOUR, "dash")
    plan = as_plan(figure, 2 * MARGIN + ROW * len(boxes), legend_rows=1)
    return plan.update_xaxes(range=[-4, WIDTH + 4])


def _above(comparison: Comparison) -> dict[_Key, _Key | None]:
    """Return who stands above whom, the reference first: customer service of each, and all its managers."""
    above: dict[_Key, _Key | None] = {}
    places = sorted(range(len(comparison.names)), key=lambda place: place != comparison.reference)
    for place in places:
        chart = comparison.charts[place]
        for node in comparison.units[place]:
            key: _Key = (node, place)
            row = chart.row(node)
            while (row := int(chart.manager[row])) >= 0:
                boss: _Key = (str(chart.ids[row]), None)
                above[key] = boss
                key = boss
            above[key] = None
    return above


def _function(comparison: Comparison, reading: FunctionReading, key: _Key) -> str:
    node, place = key
    chart = comparison.charts[comparison.reference]
    if place is not None or node not in chart.row_of:
        return "customer_service"
    return str(reading.functions[chart.row(node)])


def _texts(comparison: Comparison, reading: FunctionReading, key: _Key) -> Texts:
    node, place = key
    room = _BOX_WIDTH - 14.0
    if place is not None:
        name = comparison.names[place]
        return Texts("Customer service", title_cut(name, room), "", f"Customer service: {escaped(name)}")
    chart = next(chart for chart in comparison.charts if node in chart.row_of)
    row = chart.row(node)
    is_new = node not in comparison.charts[comparison.reference].row_of
    name, title = chart.label(row), str(chart.titles[row])
    said = "new" if is_new else title
    function = "" if is_new else str(reading.functions[row])
    reason = "" if is_new else str(reading.evidence[row])
    return Texts(
        name_cut(name, room),
        title_cut(said if said != name else "", room),
        "",
        hover(chart, row, function, reason),
    )
