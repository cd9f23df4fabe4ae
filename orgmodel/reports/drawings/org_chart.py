"""The org chart as an SVG: few long paths instead of many rectangles, so that 20,000 boxes stay small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from orgmodel.charts.style import UNIT_COLOUR
from orgmodel.reports.drawings import elements
from orgmodel.reports.drawings.arrangement import SLIP
from orgmodel.reports.drawings.drawing import MARKS, OrgChart
from orgmodel.reports.drawings.elements import GREY, PAPER, number
from orgmodel.reports.drawings.letters import ELLIPSIS, escaped, width_of
from orgmodel.reports.drawings.shapes import (
    BOSS_DASH,
    NAME_SIZE,
    TITLE_SIZE,
    BoxShape,
    Key,
    LineShape,
    Shapes,
    frame_of,
    shapes,
)

MARGIN: Final = 12.0
_STRIPE: Final = 5.0
_TEXT: Final = 11.0


def org_chart_svg(chart: OrgChart, width: float, *, ratio: float) -> str:
    """Return a chart as a picture so many pixels wide, with its legend above it."""
    drawn = shapes(chart, ratio=ratio)
    parts, across, down = chart_parts(drawn, least=width)
    body = "".join(parts)
    scale = width / across
    size = f"{number(width)}px {number(down * scale)}px"
    return elements.picture([body], across, down, _said(drawn), unit=size)


def _said(drawn: Shapes) -> str:
    count = sum(box.row >= 0 for box in drawn.boxes)
    return f"Organisation chart, {count:,} {'box' if count == 1 else 'boxes'}"


def chart_parts(
    drawn: Shapes, title: str = "", *, least: float = 420.0, scale: float = 1.0
) -> tuple[list[str], float, float]:
    """Return the elements of a chart below its title and legend, its width and height.

    It is ``least`` pixels wide at least; ``scale`` enlarges title and legend, for posters read from afar.
    """
    across = max(drawn.width + 2 * MARGIN, least)
    head, top = elements.legend([_key(key) for key in drawn.legend], 0, 0, (across - 2 * MARGIN) / scale)
    parts = []
    y = MARGIN
    if title:
        parts.append(
            elements.text(MARGIN, y + 15 * scale, title, size=16 * scale, bold=True, room=across - 2 * MARGIN)
        )
        y += 26 * scale
    if not drawn.boxes:
        parts.append(elements.text(MARGIN, y + 14, "The chart has no boxes."))
        return parts, across, y + 30
    parts.append(f'<g transform="translate({number(MARGIN)} {number(y)}) scale({scale:.3f})">{head}</g>')
    y += top * scale + 4
    left = (across - drawn.width) / 2
    inner = "".join([*_lines(drawn.lines), *_boxes(drawn)])
    parts.append(f'<g transform="translate({number(left)} {number(y)})">{inner}</g>')
    return parts, across, y + drawn.height + MARGIN


def _key(key: Key) -> tuple[str, str]:
    if key.kind == "function":
        return elements.square(elements.mixed(key.what, 0.14), key.what) + elements.rectangle(
            0, 1, 5, 13, key.what
        ), key.words
    corners = [(1, 2), (13, 2), (13, 13), (1, 13), (1, 2)]
    if key.kind == "frame":
        return elements.line(
            corners, UNIT_COLOUR, width=2.5, dash=BOSS_DASH if key.what == "boss" else ""
        ), key.words
    if key.kind == "vacant":
        return elements.line(corners, GREY, dash="2 2"), key.words
    if key.kind == "mark":
        return _sign(7, 7, key.what), key.words
    if key.kind == "line":
        shape = LineShape(((0, 8), (15, 8)), 0, 0, key.what)
        return elements.line(shape.points, shape.colour, width=1.5, dash=shape.dash), key.words
    return elements.text(5, 11, "i", bold=True, colour=GREY), key.words


def _sign(x: float, y: float, mark: str) -> str:
    """Return the sign of a mark in a filled circle."""
    sign, _, colour = MARKS[mark]
    dot = elements.circle(x, y, 7, colour, colour)
    return dot + elements.text(x, y + 4.5, sign, size=13, anchor="middle", colour=PAPER, bold=True)


def _path(points: Sequence[tuple[float, float]]) -> str:
    first, *others = points
    start = f"M{number(first[0])} {number(first[1])}"
    parts = [start]
    x, y = first
    for nx, ny in others:
        if ny == y:
            parts.append(f"H{number(nx)}")
        elif nx == x:
            parts.append(f"V{number(ny)}")
        else:
            parts.append(f"L{number(nx)} {number(ny)}")
        x, y = nx, ny
    return "".join(parts)


def _rectangle(left: float, top: float, width: float, height: float) -> str:
    return f"M{number(left)} {number(top)}h{number(width)}v{number(height)}h-{number(width)}z"


def _lines(lines: Iterable[LineShape]) -> list[str]:
    by_kind: dict[str, list[LineShape]] = {}
    for line in lines:
        by_kind.setdefault(line.kind, []).append(line)
    parts = []
    for shown in by_kind.values():
        along = "".join(_path(line.points) for line in shown)
        dash = f' stroke-dasharray="{shown[0].dash}"' if shown[0].dash else ""
        parts.append(f'<path d="{along}" fill="none" stroke="{shown[0].colour}" stroke-width="1.2"{dash}/>')
    return parts


def _boxes(drawn: Shapes) -> list[str]:
    by_colour: dict[tuple[str, str, bool], list[BoxShape]] = {}
    for box in drawn.boxes:
        by_colour.setdefault((box.colour, box.fill, box.vacant or box.row < 0), []).append(box)
    parts = []
    for (colour, fill, dashed), boxes in by_colour.items():
        frames = "".join(_rectangle(box.left, box.top, box.width, box.height) for box in boxes)
        dash = ' stroke-dasharray="3 2"' if dashed else ""
        parts.append(f'<path d="{frames}" fill="{fill}" stroke="{colour}"{dash}/>')
        stripes = "".join(_rectangle(box.left, box.top, _STRIPE, box.height) for box in boxes if box.row >= 0)
        if stripes:
            parts.append(f'<path d="{stripes}" fill="{colour}"/>')
    parts += _frames(drawn.boxes)
    return parts + (_slips(drawn.boxes) if drawn.size is SLIP else _cards(drawn.boxes))


def _frames(boxes: Iterable[BoxShape]) -> list[str]:
    """Return the thick frames and the signs of marks."""
    parts = []
    for box in boxes:
        colour, dash = frame_of(box)
        if colour:
            parts.append(_frame(box, 2, colour, dash))
        if box.mark:
            if box.frame:  # the frame of the unit or its boss around that of the mark
                parts.append(_frame(box, 4.4, UNIT_COLOUR, BOSS_DASH if box.frame == "boss" else ""))
            parts.append(_sign(box.left + box.width - 11, box.top + box.height / 2, box.mark))
    return parts


def _frame(box: BoxShape, around: float, colour: str, dash: str) -> str:
    """Return a frame so far around a box."""
    edge = f'stroke="{colour}" stroke-width="2.6"' + (f' stroke-dasharray="{dash}"' if dash else "")
    wide, high = box.width + 2 * around, box.height + 2 * around
    return f'<path d="{_rectangle(box.left - around, box.top - around, wide, high)}" fill="none" {edge}/>'


def _cards(boxes: Iterable[BoxShape]) -> list[str]:
    """Return the texts of boxes of two lines."""
    name, title = [], []
    for box in boxes:
        middle = box.top + box.height / 2
        name.append(_words(box, box.left + _TEXT, middle - 3 if box.title else middle + 4, box.name))
        if box.title:
            title.append(_words(box, box.left + _TEXT, middle + 11.5, box.title))
        if box.badge:
            right = box.left + box.width - 5 - 16 * bool(box.mark)
            badge = elements.text(right, middle + 11.5, box.badge, size=TITLE_SIZE, anchor="end", bold=True)
            title.append(badge)
    return [
        f'<g font-size="{number(NAME_SIZE)}" font-weight="bold">{"".join(name)}</g>',
        f'<g font-size="{number(TITLE_SIZE)}">{"".join(title)}</g>',
    ]


def _slips(boxes: Iterable[BoxShape]) -> list[str]:
    """Return the texts of boxes of one line."""
    return [_slip(box) for box in boxes]


def _slip(box: BoxShape) -> str:
    y = box.top + box.height / 2 + 3.6
    cut_off = ELLIPSIS in box.name + box.title
    full = f"<title>{escaped(box.full)}</title>" if cut_off else ""
    first = elements.text(box.left + 9, y, box.name, size=10.5, bold=True)
    if box.title:
        after = box.left + 15 + width_of(box.name, 10.5, bold=True)
        first += elements.text(after, y, box.title, size=9.5)
    return f"<g>{full}{first}</g>" if full else first


def _words(box: BoxShape, x: float, y: float, words: str) -> str:
    full = f"<title>{escaped(box.full)}</title>" if words.endswith(ELLIPSIS) else ""
    return f'<text x="{number(x)}" y="{number(y)}">{full}{escaped(words)}</text>'
