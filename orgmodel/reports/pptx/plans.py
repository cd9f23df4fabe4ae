"""What happens when, as bars over time that can be moved."""

from __future__ import annotations

import math
from typing import Final

from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.util import Pt

from orgmodel.reports.drawings import Plan
from orgmodel.reports.pptx import measuring
from orgmodel.reports.pptx.master import BORDER, PRIMARY, QUIET, SMALL, Area
from orgmodel.reports.pptx.slides import bare, describe, on_one_line, plain_look, rgb, text_box, write

#: Rows a slide has room for.
MOST_ROWS: Final = 9
_NAMES: Final = 230.0
_ROW: Final = 54.0
_TIMES: Final = 20.0
_MOST_TIMES: Final = 16


def add_plan(slide: Slide, area: Area, plan: Plan, rows: range) -> None:
    """Draw some rows of a plan, the time below them."""
    end = max((phase.end for phase in plan.phases), default=1.0)
    start = min((phase.start for phase in plan.phases), default=0.0)
    row_height = min(_ROW, (area.height - _TIMES) / max(1, len(rows)))
    across = Area(area.left + _NAMES, area.top, area.width - _NAMES, row_height * len(rows))
    scale = across.width / (end - start if end > start else 1.0)
    _times(slide, plan, across, start, end, scale)
    for at, row in enumerate(rows):
        top = area.top + at * row_height
        name = measuring.cut(on_one_line(plan.rows[row]), _NAMES - 12, 14, most=2)
        text_box(slide, Area(area.left, top, _NAMES - 10, row_height), name, 14, anchor=MSO_ANCHOR.MIDDLE)
        for phase in plan.phases:
            if phase.row != row:
                continue
            wide = max(2.0, (phase.end - phase.start) * scale)
            place = Area(across.left + (phase.start - start) * scale, top + 5, wide, row_height - 10)
            bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Pt(length) for length in place))
            when = f"{plan.unit} {phase.start + 1:g} to {phase.end:g}"
            describe(bar, phase.text or "Shared", f"{plan.rows[row]}: {phase.text or 'shared'}, {when}")
            plain_look(bar)
            if phase.shared:
                bar.fill.patterned()
                bar.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
                bar.fill.fore_color.rgb = rgb(PRIMARY)
                bar.fill.back_color.rgb = rgb("FFFFFF")
            else:
                bar.fill.solid()
                bar.fill.fore_color.rgb = rgb(PRIMARY)
            bar.line.color.rgb = rgb(PRIMARY)
            bare(bar, margin=3)
            text = on_one_line(phase.text)
            if text and wide > 3 * SMALL:
                shown = measuring.cut(
                    text, wide - 7, SMALL, most=max(1, int((row_height - 10) / SMALL / 1.2))
                )
                write(bar.text_frame, shown, SMALL, colour="FFFFFF")
                bar.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER


def _times(slide: Slide, plan: Plan, across: Area, start: float, end: float, scale: float) -> None:
    """Draw the time as light lines with numbers below, as many as can be read."""
    step = max(1, math.ceil((end - start) / _MOST_TIMES))
    for at in range(math.floor(start), math.ceil(end), step):
        x = across.left + (at - start) * scale
        if x < across.left - 1:
            continue
        line = slide.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, Pt(x), Pt(across.top), Pt(x), Pt(across.bottom)
        )
        describe(line, "Time", f"Begin of {plan.unit} {at + 1}")
        plain_look(line)
        line.line.color.rgb = rgb(BORDER)
        text = f"{plan.unit.capitalize()} {at + 1}" if at == math.floor(start) else f"{at + 1}"
        place = Area(x, across.bottom + 3, max(step * scale, measuring.width(text, SMALL) + 2), 16)
        text_box(slide, place, text, SMALL, colour=QUIET)
