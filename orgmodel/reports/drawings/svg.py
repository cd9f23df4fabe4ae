"""Any drawing as an SVG text."""

from __future__ import annotations

from functools import singledispatch
from typing import Final

from orgmodel.reports.drawings import elements
from orgmodel.reports.drawings.drawing import Bars, Dots, Drawing, Heat, OrgChart, Plan, Shares, Spans
from orgmodel.reports.drawings.heat import heat_svg
from orgmodel.reports.drawings.number_charts import bars_svg, dots_svg, plan_svg, shares_svg, spans_svg
from orgmodel.reports.drawings.org_chart import org_chart_svg
from orgmodel.reports.drawings.shapes import LANDSCAPE

_NARROWEST: Final = 320.0


def svg(drawing: Drawing, *, width: float = 720, ratio: float = LANDSCAPE) -> str:
    """Return a drawing as an SVG so many pixels wide, in print colours on white.

    Safe to stand in a page as it is: every text escaped, no script, no reference to anything outside, no ids.
    ``ratio`` is the width to height an org chart is arranged for; number charts are as high as they need.

    >>> svg(Bars(("Sales",), {"Today": (3.0,)}, "days")).startswith("<svg")
    True
    """
    width = max(_NARROWEST, width)
    if isinstance(drawing, OrgChart):
        return org_chart_svg(drawing, width, ratio=ratio)
    if isinstance(drawing, Heat):
        return heat_svg(drawing, width) if drawing.rows and drawing.columns else _nothing(width)
    if not (drawing.rows if isinstance(drawing, Plan) else drawing.categories):
        return _nothing(width)
    return _rows(drawing, width)


@singledispatch
def _rows(drawing: Drawing, width: float) -> str:
    """Return a picture of numbers by rows."""
    raise TypeError(type(drawing).__name__, width)


_rows.register(Bars, bars_svg)
_rows.register(Shares, shares_svg)
_rows.register(Dots, dots_svg)
_rows.register(Spans, spans_svg)
_rows.register(Plan, plan_svg)


def _nothing(width: float) -> str:
    words = "There is nothing to show here."
    return elements.picture([elements.text(8, 20, words, colour=elements.GREY)], width, 32, words)
