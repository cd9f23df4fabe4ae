"""The org chart on a slide: rounded boxes that can be moved, and lines that stay glued to them.

Each line says where it bends (ECMA-376, part 1, preset shapes "bentConnector3" and "bentConnector4"), as the
standard has it. LibreOffice 7.4 finds ways of its own for glued lines, some of them across other boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.util import Pt

from orgmodel.organization import UNHELD_STATUSES
from orgmodel.reports.drawings import MARKS, OrgChart
from orgmodel.reports.drawings.arrangement import Arrangement, BoxSize, arrangement
from orgmodel.reports.drawings.shapes import BoxShape, LineShape, Shapes, frame_of, shapes
from orgmodel.reports.pptx import measuring
from orgmodel.reports.pptx.master import INK, QUIET, SMALL, Area
from orgmodel.reports.pptx.slides import bare, describe, on_one_line, plain_look, rgb, text_box

_SIZES: Final = (16, 14, SMALL)
_COLUMNS: Final = (4, 5, 6, 7)
_CUTS: Final = (100, 90, 80, 70, 60, 50, 40, 30, 20)
# A narrower sheet than the slide makes the arrangement choose fewer columns.
_RATIOS: Final = (1.0, 0.7, 0.45)
_WIDEST: Final = 240.0
_LETTERS: Final = 11
_PADDING: Final = 5.0
_LEGEND: Final = 20.0
_LEGEND_GAP: Final = 18.0
_SWATCH: Final = 12.0
# The sites of a rounded rectangle a line can be glued to.
_LEFT, _BOTTOM, _RIGHT, _TOP = 1, 2, 3, 0


class _Fit(NamedTuple):
    """A chart as it fits on a slide: size of the text, whether a box has two lines, and the places."""

    size: float
    two: bool
    high: float
    places: Arrangement


def add_org_chart(slide: Slide, area: Area, chart: OrgChart) -> int:
    """Draw a chart, with its legend below; return how many of its nodes have a box."""
    room = Area(area.left, area.top, area.width, area.height - _LEGEND)
    drawn, fit = _fitting(chart, room)
    if not drawn.boxes:
        text_box(slide, room, "The chart has no boxes.", 16)
        return 0
    left = room.left + (room.width - fit.places.width) / 2
    boxes = [_box(slide, box, at, chart, fit, (left, room.top)) for at, box in enumerate(drawn.boxes)]
    for line in drawn.lines:
        _connect(slide, boxes, line, fit, (left, room.top))
    _legend(slide, Area(area.left, area.bottom - _LEGEND + 4, area.width, _LEGEND), drawn)
    return sum(box.row >= 0 for box in drawn.boxes)


def is_readable(chart: OrgChart, area: Area) -> bool:
    """Return whether a chart with all its boxes fits at a size that can be read from afar."""
    room = Area(area.left, area.top, area.width, area.height - _LEGEND)
    parents = [box.parent for box in shapes(chart, ratio=room.width / room.height).boxes]
    return next(_fits(parents, room), None) is not None


def _fitting(chart: OrgChart, room: Area) -> tuple[Shapes, _Fit]:
    """Return a chart with the largest text at which all its boxes fit; with fewer boxes where none does."""
    fewer = () if chart.rows else tuple(replace(chart, most=most) for most in _CUTS if most < chart.most)
    for one in (chart, *fewer):
        drawn = shapes(one, ratio=room.width / room.height)
        fit = next(_fits([box.parent for box in drawn.boxes], room), None)
        if fit is not None:
            return drawn, fit
    # A page that must have all its boxes, of a form that no slide has: smaller than can be read from afar.
    drawn, scale = shapes(chart, ratio=room.width / room.height), 1.0
    while True:
        scale *= 0.9
        larger = Area(0, 0, room.width / scale, room.height / scale)
        fit = next(
            _fits([box.parent for box in drawn.boxes], larger),
            None,
        )
        if fit is not None:
            return drawn, _scaled(fit, scale)


def _fits(parents: Sequence[int], room: Area) -> Iterator[_Fit]:
    """Return the ways in which boxes fit, those with the largest text first."""
    for size, two in (*((size, True) for size in _SIZES), (SMALL, False)):
        high = round(size * measuring.LINE * (1 + two) + (6 if two else 2), 1)
        row = high + (7.0 if two else 2.0)
        for columns in _COLUMNS:
            wide = min(_WIDEST, room.width / columns)
            if (two and wide < _LETTERS * size) or len(parents) * row * wide > room.width * room.height:
                continue
            for part in _RATIOS:
                places = arrangement(parents, part * room.width / room.height, BoxSize(high, row, wide))
                if places.width <= room.width + 1 and places.height - row + high <= room.height:
                    yield _Fit(size, two, high, places)
                    break


def _scaled(fit: _Fit, scale: float) -> _Fit:
    places = Arrangement(
        left=[length * scale for length in fit.places.left],
        top=[length * scale for length in fit.places.top],
        wide=[length * scale for length in fit.places.wide],
        paths=[tuple((x * scale, y * scale) for x, y in path) for path in fit.places.paths],
        width=fit.places.width * scale,
        height=fit.places.height * scale,
    )
    return _Fit(fit.size * scale, fit.two, fit.high * scale, places)


def _box(  # what a box says and where
    slide: Slide, box: BoxShape, at: int, chart: OrgChart, fit: _Fit, origin: tuple[float, float]
) -> Shape:
    places = fit.places
    area = Area(origin[0] + places.left[at], origin[1] + places.top[at], places.wide[at], fit.high)
    shape = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *(Pt(length) for length in area))
    shape.adjustments[0] = 0.12
    name, second = _texts(box, chart)
    describe(shape, name, box.full)
    plain_look(shape)
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(box.fill)
    frame, dashes = frame_of(box)
    shape.line.color.rgb = rgb(frame or box.colour)
    shape.line.width = Pt(1 if not frame else 2.5 if fit.two else 1.75)
    if dashes or box.vacant or box.row < 0:
        shape.line.dash_style = MSO_LINE.DASH
    bare(shape, margin=_PADDING)
    room = area.width - 2 * _PADDING - 4
    sign = f"{MARKS[box.mark][0]} " if box.mark else ""
    badge = f"  {on_one_line(box.badge)}" if box.badge else ""
    free = room - measuring.width(sign + badge, fit.size, bold=True)
    lines = [(sign + measuring.cut(name, free, fit.size, bold=box.row >= 0) + badge, box.row >= 0)]
    if fit.two and second:
        lines.append((measuring.cut(second, room, fit.size), False))
    for number, (text, bold) in enumerate(lines):
        frame_text = shape.text_frame
        paragraph = frame_text.paragraphs[0] if number == 0 else frame_text.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = text, Pt(round(fit.size, 1)), bold
        run.font.color.rgb = rgb(INK)
        paragraph._p.get_or_add_pPr().set("algn", "l")  # noqa: SLF001  # quicker than the enumeration
    return shape


def _texts(box: BoxShape, chart: OrgChart) -> tuple[str, str]:
    """Return what a box says in its two lines, uncut."""
    if box.row < 0:
        return box.name, ""
    organization, row = chart.organization, box.row
    name, title = organization.label(row), str(organization.titles[row])
    second = title if title and title != name else str(organization.units[row])
    status = organization.statuses[row]
    return on_one_line(name), on_one_line(f"({status}) {second}" if status in UNHELD_STATUSES else second)


def _connect(  # which boxes, and where they stand
    slide: Slide,
    boxes: Sequence[Shape],
    line: LineShape,
    fit: _Fit,
    origin: tuple[float, float],
) -> None:
    """Draw a line between two boxes, behind them."""
    places, begin, end = fit.places, line.start, line.end
    if line.kind in {"solid", "skipped"}:
        path = [(origin[0] + x, origin[1] + y) for x, y in places.paths[end]]
        if not path:
            return
        x0 = origin[0] + places.left[begin] + places.wide[begin] / 2
        y0 = origin[1] + places.top[begin] + fit.high
        x1, y1 = path[-1]
        bus, side = path[1][1] if len(path) > 3 else y0, path[-2][0]  # noqa: PLR2004  # a list has no bus
        across, down = x1 - x0 or 0.5, y1 - y0 or 0.5
        place = Area((x0 + x1) / 2 - down / 2, (y0 + y1) / 2 - abs(across) / 2, down, abs(across))
        turn = 'rot="16200000" flipH="1"' if across > 0 else 'rot="5400000"'
        from_above = side == x1
        kind = "bentConnector3" if from_above else "bentConnector4"
        adjust = [(bus - y0) / down] if from_above else [(bus - y0) / down, (side - x0) / across]
        if from_above and abs(x1 - x0) < 1:
            kind, adjust = "straightConnector1", []
        site = _TOP if from_above else _LEFT
        ends = ((boxes[begin], _BOTTOM), (boxes[end], site))
    else:
        first, second = sorted((begin, end), key=lambda at: places.left[at])
        beside = places.left[second] - places.left[first] - places.wide[first]
        x0, y0 = (
            origin[0] + places.left[first] + places.wide[first],
            origin[1] + places.top[first] + fit.high / 2,
        )
        x1 = origin[0] + places.left[second] + (0 if beside > 0 else places.wide[second])
        y1 = origin[1] + places.top[second] + fit.high / 2
        across, down = x1 - x0 or 0.5, y1 - y0
        flips = ('flipH="1" ' if across < 0 else "") + ('flipV="1"' if down < 0 else "")
        place = Area(min(x0, x1), min(y0, y1), abs(across), abs(down))
        turn, kind = flips, "curvedConnector3"
        adjust = [0.5] if beside > 0 else [(max(0.0, across) + 8) / across]
        ends = ((boxes[first], _RIGHT), (boxes[second], _LEFT if beside > 0 else _RIGHT))
    _add_connector(slide, ends, kind, place, turn, adjust, line)


def _add_connector(  # all that a connector is
    slide: Slide,
    ends: tuple[tuple[Shape, int], tuple[Shape, int]],
    kind: str,
    place: Area,
    turn: str,
    adjust: Sequence[float],
    line: LineShape,
) -> None:
    """Add a connector that knows its way; the library's own turns off to the side first."""
    connector = slide.shapes.add_connector(MSO_CONNECTOR.ELBOW, 0, 0, 0, 0)
    (begin, begin_site), (end, end_site) = ends
    connector.begin_connect(begin, begin_site)
    connector.end_connect(end, end_site)
    words = {"solid": "reports to", "skipped": "reports to, levels left out", "tie": "works together with"}
    describe(connector, "Line", f"{end.name} {words.get(line.kind, 'reports also to')} {begin.name}")
    element = connector._element  # noqa: SLF001  # the library knows neither turns nor bends
    left, top, width, height = (Pt(length) for length in place)
    bends = enumerate(adjust, 1)
    guides = "".join(f'<a:gd name="adj{at}" fmla="val {round(part * 1e5)}"/>' for at, part in bends)
    colour = line.colour.lstrip("#")
    dash = "" if line.kind == "solid" else '<a:prstDash val="dash"/>'
    drawn = parse_xml(
        f'<p:spPr {nsdecls("p", "a")}><a:xfrm {turn}><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="{kind}"><a:avLst>{guides}</a:avLst>'
        f'</a:prstGeom><a:ln w="12700"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{dash}</a:ln>'
        "</p:spPr>"
    )
    element.replace(element.spPr, drawn)
    plain_look(connector)
    begin._element.addprevious(element)  # noqa: SLF001  # behind the boxes


def _legend(slide: Slide, area: Area, drawn: Shapes) -> None:
    """Write what colours and frames mean, in one line, as much as there is room for."""
    x = area.left
    for key in drawn.legend:
        if key.kind == "note":
            continue
        wide = measuring.width(key.words, SMALL) + 2
        if x + _SWATCH + 4 + wide > area.left + area.width:
            return
        if key.kind == "line":
            words = key.words
            text_box(slide, Area(x, area.top, _SWATCH + 2, 15), "- -", SMALL, bold=True, colour=QUIET)
        else:
            colour = {"frame": "#D6336C", "mark": MARKS[key.what][2] if key.kind == "mark" else ""}.get(
                key.kind, key.what
            )
            swatch = slide.shapes.add_shape(
                MSO_SHAPE.ROUNDED_RECTANGLE, Pt(x), Pt(area.top + 2), Pt(_SWATCH), Pt(_SWATCH - 2)
            )
            describe(swatch, "Legend", key.words)
            plain_look(swatch)
            if key.kind in {"frame", "vacant"}:
                swatch.fill.background()
                swatch.line.width = Pt(2)
            else:
                swatch.fill.solid()
                swatch.fill.fore_color.rgb = rgb(colour)
            swatch.line.color.rgb = rgb(colour)
            if key.kind == "vacant" or key.what == "boss":
                swatch.line.dash_style = MSO_LINE.SQUARE_DOT
            words = key.words
        text_box(slide, Area(x + _SWATCH + 4, area.top, wide, 15), words, SMALL, colour=QUIET)
        x += _SWATCH + 4 + wide + _LEGEND_GAP
