"""What is different between two charts, on the chart: added, changed and removed boxes and lines.

No mark is a colour alone: every marked box has a sign and a word too, and what is gone has dashed frames and
lines. Green is a bluish one, yellow light and red dark, so that they stay apart for readers with red- or
green-blind sight; boxes that are the same are grey.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from typing import Final, NamedTuple

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
from orgmodel.charts.layout import BOX_HEIGHT, Box, TreeLayout, tree_layout
from orgmodel.charts.style import FAINT, LINE, UNIT_COLOUR, escaped, with_opacity
from orgmodel.charts.trees import side_curve
from orgmodel.functions import FunctionReading
from orgmodel.lines import FurtherManager, Tie
from orgmodel.organization import Organization
from orgmodel.scenarios.marking import MarkedChart, telling_lines

_MOST_CURVES: Final = 150
# What fits under the mouse: letters in a line, and lines.
_WRAP: Final = 70
_MOST_SAID: Final = 10


class Look(NamedTuple):
    """How a mark is drawn and what it is called."""

    sign: str
    word: str
    colour: str
    dash: str
    fill: float


#: By the marks of `orgmodel.scenarios.marking.MarkedChart`.
LOOKS: Final[Mapping[str, Look]] = {
    "added": Look("+", "added", "#0CA678", "solid", 0.30),
    "changed": Look("≠", "changed", "#E0A800", "solid", 0.32),
    "removed": Look("−", "removed", "#E03131", "dash", 0.16),
}


def marked_chart(marked: MarkedChart, reading: FunctionReading, unit: Sequence[str] = ()) -> go.Figure:
    """Return a chart on which everything that is different from another one is marked.

    Of a large chart about 110 boxes are drawn, first those with a mark, the higher the sooner, and each kind
    of mark as often as the others; the legend says how many of how many. ``reading`` is that of its nodes.
    """
    chart, found = marked.organization, telling_lines(marked.differences)
    heads = [chart.row(node) for node in unit if node in chart.row_of]
    layout = tree_layout(chart, list(dict.fromkeys([*_wanted(marked), *heads])))
    box_of = {str(chart.ids[box.row]): box for box in layout.boxes if box.row >= 0}
    figure = go.Figure()
    _add_lines(figure, marked, layout)
    old = [(node, before) for node, before, _now in found.moved]
    _add_curves(figure, box_of, [*old, *map(_ends, found.lines_removed)], "Line that is gone", "removed")
    _add_curves(figure, box_of, map(_ends, found.lines_added), "New line", "added")
    _add_boxes(figure, marked, reading, layout)
    framed = [box for box in layout.boxes if box.row in heads and not marked.marks[box.row]]
    add_frames(figure, framed, "Customer service", UNIT_COLOUR, "solid")
    return as_plan(figure, layout.height)


def _wanted(marked: MarkedChart) -> list[int]:
    """Return the rows to show first: those with a mark, and whom they reported to before."""
    chart = marked.organization
    old_boss = {node: old for node, old, _new in marked.differences.moved if old in chart.row_of}
    moved: dict[str, list[int]] = {mark: [] for mark in ("moved", *LOOKS)}
    for row, mark in enumerate(marked.marks):
        if mark:
            moved["moved" if chart.ids[row] in old_boss and mark == "changed" else mark].append(row)
    groups = [sorted(rows, key=lambda row: int(chart.depth[row])) for rows in moved.values()]
    return [
        row
        for marked_row in chain.from_iterable(zip_longest(*groups))
        if marked_row is not None
        for row in _with_old_boss(chart, marked_row, old_boss)
    ]


def _with_old_boss(chart: Organization, row: int, old_boss: Mapping[str, str]) -> Iterator[int]:
    yield row
    if boss := old_boss.get(str(chart.ids[row])):
        yield chart.row(boss)


def _ends(line: FurtherManager | Tie) -> tuple[str, str]:
    return (line.a, line.b) if isinstance(line, Tie) else (line.report, line.manager)


def _add_lines(figure: go.Figure, marked: MarkedChart, layout: TreeLayout) -> None:
    """Draw the reporting lines: those that are new, gone or the same each in their own way."""
    moved = {node for node, *_ in marked.differences.moved}
    paths: dict[tuple[str, str, str], list[tuple[tuple[float, float], ...]]] = {}
    for box in layout.boxes:
        if not box.path:
            continue
        kind = ("Reports to", LINE, "solid")
        if box.skipped:
            kind = ("Levels left out", LINE, "dot")
        elif box.row >= 0:
            mark = marked.marks[box.row]
            if mark == "removed":
                kind = ("Line that is gone", LOOKS["removed"].colour, "dash")
            elif mark == "added" or marked.organization.ids[box.row] in moved:
                kind = ("New line", LOOKS["added"].colour, "solid")
        paths.setdefault(kind, []).append(box.path)
    for (name, colour, dash), some in paths.items():
        add_path(
            figure, some, name, colour, 1.2 if colour == LINE else 2.2, dash=dash, legend=name != "Reports to"
        )


def _add_curves(
    figure: go.Figure,
    box_of: Mapping[str, Box],
    pairs: Iterable[tuple[str, str]],
    name: str,
    mark: str,
) -> None:
    """Draw lines that are not those of the tree, between boxes that are shown."""
    shown = [(box_of[a], box_of[b]) for a, b in pairs if a in box_of and b in box_of]
    if curves := [side_curve(*ends) for ends in shown[:_MOST_CURVES]]:
        look = LOOKS[mark]
        drawn = any(trace.name == name for trace in figure.data)
        add_path(figure, curves, name, look.colour, 2.0, dash=look.dash, legend=not drawn, opacity=0.85)


def _add_boxes(figure: go.Figure, marked: MarkedChart, reading: FunctionReading, layout: TreeLayout) -> None:
    by_mark: dict[str, list[Box]] = {}
    for box in layout.boxes:
        by_mark.setdefault(marked.marks[box.row] if box.row >= 0 else "", []).append(box)
    for mark in ("", *LOOKS):
        boxes = by_mark.get(mark, [])
        outlines = [corners(box.left, box.top, box.width, BOX_HEIGHT) for box in boxes]
        if not mark:
            add_path(figure, outlines, "The same", FAINT, 1.0, fill="rgba(128,136,146,0.08)", legend=False)
            continue
        count = marked.marks.count(mark)
        if not count:
            continue
        look = LOOKS[mark]
        shown = f"{count:,}" if len(boxes) == count else f"{len(boxes):,} of {count:,} shown"
        name = f"{look.sign} {look.word.capitalize()}: {shown}"
        tint = with_opacity(look.colour, look.fill)
        add_path(figure, outlines or [[]], name, look.colour, 2.2, dash=look.dash, fill=tint)
    texts = [_texts_of(marked, reading, box) for box in layout.boxes]
    add_texts(figure, layout.boxes, texts)


def _texts_of(marked: MarkedChart, reading: FunctionReading, box: Box) -> Texts:
    chart, row = marked.organization, box.row
    if row < 0:
        what = "more" if box.parent >= 0 else "more charts"
        return Texts(
            f"+ {box.hidden:,} {what}", "", "", f"{box.hidden:,} {what}, not shown, to keep it readable"
        )
    node, name, mark = str(chart.ids[row]), chart.label(row), marked.marks[row]
    title = str(chart.titles[row] if chart.titles[row] != name else chart.units[row])
    lines = [hover(chart, row, reading.functions[row], reading.evidence[row], box)]
    if mark:
        look = LOOKS[mark]
        moved = mark == "changed" and any(one.startswith("Reports ") for one in marked.said[node])
        word = f"{look.sign} {'moved' if moved else look.word}"
        title = " · ".join(filter(None, (word, title)))
        lines += [f"<b>{look.sign} {look.word.capitalize()}</b>"]
        said = [line for sentence in marked.said[node] for line in textwrap.wrap(sentence, _WRAP)]
        lines += [escaped(line) for line in said[:_MOST_SAID]]
    room = box.width - 12.0 - (22.0 if box.hidden else 0.0)
    badge = f"+{box.hidden:,}" if box.hidden else ""
    return Texts(name_cut(name, room), title_cut(title, room), badge, "<br>".join(lines))
