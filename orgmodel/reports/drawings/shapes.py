"""An org chart as boxes and lines with places, texts that fit and colours: what an SVG and a slide draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from orgmodel.charts.layout import Box, tree_layout
from orgmodel.charts.style import FUNCTION_COLOURS, TIE, UNIT_COLOUR
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.organization import UNHELD_STATUSES, Organization
from orgmodel.reports.drawings.arrangement import CARD, SLIP, Arrangement, BoxSize, arrangement
from orgmodel.reports.drawings.drawing import MARKS, OrgChart, marks_of
from orgmodel.reports.drawings.elements import EDGE, GREY, PAPER, Point, mixed
from orgmodel.reports.drawings.letters import cut, printable, width_of

NAME_SIZE: Final = 12.0
TITLE_SIZE: Final = 10.5
FURTHER_COLOUR: Final = "#7A55B0"
#: Further managers and ties are drawn up to so many; more would hide the chart, and are counted.
MOST_CURVES: Final = 30
#: Width to height of a sheet of paper on its side.
LANDSCAPE: Final = 2**0.5
#: Dashes of the frame around the unit's boss.
BOSS_DASH: Final = "3 3"
_STRIPE: Final = 5.0
_PADDING: Final = 6.0
_TINT: Final = 0.14
_NOT_SHOWN: Final = "Not shown"


@dataclass(frozen=True)
class BoxShape:
    """One box: ``row`` of its node, -1 where it stands for hidden ones; ``parent`` is the box above, or -1.

    ``name`` and ``title`` fit in; ``full`` is all of it. ``colour`` is that of the stripe on the left,
    ``fill`` of the ground; ``frame`` is "", "unit" or "boss"; ``mark`` "", "added", "changed" or "removed".
    """

    row: int
    parent: int
    left: float
    top: float
    width: float
    height: float
    name: str
    title: str
    badge: str
    full: str
    colour: str
    fill: str
    frame: str
    mark: str
    vacant: bool


@dataclass(frozen=True)
class LineShape:
    """A line through points between two boxes, by position.

    ``kind`` is "solid", "skipped", "further" or "tie".
    """

    points: tuple[Point, ...]
    start: int
    end: int
    kind: str

    @property
    def colour(self) -> str:
        """Colour of the line."""
        return {"further": FURTHER_COLOUR, "tie": TIE}.get(self.kind, EDGE)

    @property
    def dash(self) -> str:
        """Lengths of its dashes, empty for none."""
        return {"solid": "", "skipped": "2 3", "further": "6 3", "tie": "1.5 3"}[self.kind]


@dataclass(frozen=True)
class Key:
    """One word of the legend: ``kind`` is "function", "frame", "line", "mark", "vacant" or "note".

    ``what`` is the colour of a function, else which frame, line or mark it is.
    """

    kind: str
    what: str
    words: str


@dataclass(frozen=True)
class Shapes:
    """A chart on a plane of ``width`` by ``height`` pixels; parents come before their children."""

    width: float
    height: float
    boxes: tuple[BoxShape, ...]
    lines: tuple[LineShape, ...]
    legend: tuple[Key, ...]
    size: BoxSize = field(default=CARD)


def part_of(organization: Organization, rows: Sequence[int]) -> Organization:
    """Return only some rows of a chart, in their order, with the solid lines between them."""
    kept = np.asarray(rows, dtype=np.int64)
    place = np.full(len(organization) + 1, -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    none = np.array([], dtype=np.int64)
    empty = Organization.from_columns([], [])
    return Organization(
        **{
            name: getattr(organization, name)[kept]
            for name in (
                "ids",
                "names",
                "titles",
                "units",
                "functions",
                "headcount",
                "locations",
                "statuses",
            )
        },
        manager=place[organization.manager[kept]] if len(kept) else none,
        further=empty.further,
        ties=empty.ties,
    )


def shapes(chart: OrgChart, *, ratio: float = LANDSCAPE) -> Shapes:
    """Return the boxes and lines of a chart, arranged for a sheet ``ratio`` times as wide as high."""
    organization = chart.organization
    heads = [organization.row(node) for node in chart.unit if node in organization.row_of]
    bosses = [int(row) for row in organization.manager[heads] if row >= 0] if heads else []
    return arranged(chart, _cut(chart, heads, bosses), CARD, ratio)


def _cut(chart: OrgChart, heads: Sequence[int], bosses: Sequence[int]) -> list[Box]:
    """Return which boxes are shown, parents first: the rows asked for, else what a screen would show."""
    organization = chart.organization
    if not chart.rows:
        marked = [row for row, mark in enumerate(chart.marks) if mark]
        return list(tree_layout(organization, [*heads, *bosses, *marked], chart.most).boxes)
    return whole(organization, chart.rows)


def whole(organization: Organization, rows: Sequence[int]) -> list[Box]:
    """Return a box for each of the rows, parents first, without places.

    ``hidden`` counts what is below a row whose own direct reports are not all among them.
    """
    part = part_of(organization, rows)
    order = [int(row) for level in part.levels for row in level]
    place = {row: at for at, row in enumerate(order)}
    below = organization.below(np.ones(len(organization)))
    shown_below = part.below(np.ones(len(part)))
    return [
        Box(
            rows[one],
            place.get(int(part.manager[one]), -1),
            0,
            int(below[rows[one]] - shown_below[one]) if not part.span_of_control[one] else 0,
            0.0,
            0.0,
            0.0,
            (),
        )
        for one in order
    ]


def arranged(chart: OrgChart, boxes: Sequence[Box], size: BoxSize, ratio: float) -> Shapes:
    """Return boxes with their places, texts and lines."""
    organization = chart.organization
    places = arrangement([box.parent for box in boxes], ratio, size)
    unit = {organization.row_of[node] for node in chart.unit if node in organization.row_of}
    bosses = {int(organization.manager[row]) for row in unit} - unit
    shown = tuple(_shape(chart, box, at, places, size, unit, bosses) for at, box in enumerate(boxes))
    lines = [
        LineShape(places.paths[at], box.parent, at, "skipped" if box.skipped else "solid")
        for at, box in enumerate(boxes)
        if places.paths[at]
    ]
    curves, notes = _curves(organization, shown)
    return Shapes(
        places.width,
        places.height,
        shown,
        (*lines, *curves),
        _legend(chart, shown, (*lines, *curves), notes),
        size,
    )


def _shape(  # what a box says and where
    chart: OrgChart,
    box: Box,
    at: int,
    places: Arrangement,
    size: BoxSize,
    unit: set[int],
    bosses: set[int],
) -> BoxShape:
    organization, row = chart.organization, box.row
    left, top, wide = places.left[at], places.top[at], places.wide[at]
    if row < 0:
        words = f"+ {box.hidden:,} more" + ("" if box.parent >= 0 else " charts")
        return BoxShape(
            row,
            box.parent,
            left,
            top,
            wide,
            size.high,
            words,
            "",
            "",
            words,
            EDGE,
            PAPER,
            "",
            "",
            vacant=False,
        )
    name = printable(organization.label(row))
    title = str(organization.titles[row])
    second = printable(title if title and title != organization.label(row) else organization.units[row])
    vacant = organization.statuses[row] in UNHELD_STATUSES
    if vacant:
        second = f"({organization.statuses[row]}) {second}".rstrip()
    badge = chart.references.get(row) or (f"+{box.hidden:,}" if box.hidden else "")
    mark = chart.marks[row] if chart.marks else ""
    room = wide - _STRIPE - 2 * _PADDING - 16 * bool(mark)
    beside = 1.08 * width_of(badge, TITLE_SIZE) + 4 if badge and second else 0.0
    function = str(chart.reading.functions[row])
    if size is SLIP:  # one line: the name, and as much of the title as there is room for
        first = cut(
            name, room if not second else max(0.78 * room, room - width_of(second, 9.5) - 6), 10.5, bold=True
        )
        second = cut(second, room - width_of(first, 10.5, bold=True) - 6, 9.5) if second else ""
    else:
        first, second = (
            cut(name, room, NAME_SIZE, bold=True),
            cut(second, max(20.0, room - beside), TITLE_SIZE),
        )
    details = (name, title, organization.units[row], FUNCTION_TITLES.get(function, "Function not recognised"))
    return BoxShape(
        row,
        box.parent,
        left,
        top,
        wide,
        size.high,
        first,
        second,
        badge,
        ", ".join(dict.fromkeys(printable(detail) for detail in details if detail)),
        FUNCTION_COLOURS[function],
        PAPER if vacant else mixed(FUNCTION_COLOURS[function], _TINT),
        "unit" if row in unit else "boss" if row in bosses else "",
        mark,
        vacant,
    )


def _curves(organization: Organization, boxes: Sequence[BoxShape]) -> tuple[list[LineShape], list[str]]:
    """Return further managers and ties between shown boxes; where they are many, a sentence instead."""
    box_of = {box.row: at for at, box in enumerate(boxes) if box.row >= 0}
    further, ties = organization.further, organization.ties
    lines: list[LineShape] = []
    notes: list[str] = []
    for first, second, kind, words in (
        (further.report, further.manager, "further", "lines to further managers"),
        (ties.a, ties.b, "tie", "ties"),
    ):
        pairs = [
            (box_of[a], box_of[b])
            for a, b in zip(first.tolist(), second.tolist(), strict=True)
            if a in box_of and b in box_of
        ]
        if len(pairs) > MOST_CURVES:
            notes.append(f"{len(pairs):,} {words} are not drawn")
        else:
            lines += [LineShape(_curve(boxes[a], boxes[b]), a, b, kind) for a, b in pairs]
    return lines, notes


def _curve(start: BoxShape, end: BoxShape) -> tuple[Point, ...]:
    """Return a curve as points from the side of one box to the side of another."""
    left, right = sorted((start, end), key=lambda box: box.left)
    apart = right.left - left.left - left.width
    a = (left.left + left.width, left.top + left.height / 2)
    d = (right.left if apart > 0 else right.left + right.width, right.top + right.height / 2)
    bend = max(12.0, min(40.0, abs(apart) / 2))
    b, c = (a[0] + bend, a[1]), (d[0] - bend if apart > 0 else d[0] + bend, d[1])
    points = []
    for step in range(13):
        t, u = step / 12, 1 - step / 12
        parts = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        points.append(
            (
                sum(part * point[0] for part, point in zip(parts, (a, b, c, d), strict=True)),
                sum(part * point[1] for part, point in zip(parts, (a, b, c, d), strict=True)),
            )
        )
    return tuple(points)


def _legend(
    chart: OrgChart, boxes: Sequence[BoxShape], lines: Sequence[LineShape], notes: Sequence[str]
) -> tuple[Key, ...]:
    rows = [box.row for box in boxes if box.row >= 0]
    found = {str(chart.reading.functions[row]) for row in rows}
    keys = [
        Key("function", FUNCTION_COLOURS[name], words)
        for name, words in FUNCTION_TITLES.items()
        if name in found
    ]
    if "" in found:
        keys.append(Key("function", FUNCTION_COLOURS[""], "Not recognised"))
    frames = {box.frame for box in boxes}
    framed: Mapping[str, str] = {"unit": "The customer service unit", "boss": "Its boss"}
    keys += [Key("frame", frame, words) for frame, words in framed.items() if frame in frames]
    drawn = {line.kind for line in lines}
    kinds = {"skipped": "Levels left out", "further": "Further manager", "tie": "Works together (tie)"}
    keys += [Key("line", kind, words) for kind, words in kinds.items() if kind in drawn]
    keys += [Key("mark", mark, MARKS[mark][1]) for mark in marks_of([box.mark for box in boxes])]
    if any(box.vacant for box in boxes):
        keys.append(Key("vacant", GREY, "Vacant"))
    return (*keys, *(Key("note", "", note) for note in notes))


def frame_of(box: BoxShape) -> tuple[str, str]:
    """Return the colour of a box's thick frame and its dashes; empty where it has none."""
    if box.mark:
        return MARKS[box.mark][2], ""
    return {"unit": (UNIT_COLOUR, ""), "boss": (UNIT_COLOUR, BOSS_DASH), "": ("", "")}[box.frame]
