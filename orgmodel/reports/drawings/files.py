"""Pictures as files of other kinds: PNG, and a PDF of the pages of a chart. No browser, no network."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Final

from orgmodel.errors import ReportError
from orgmodel.functions import FunctionReading
from orgmodel.organization import Organization
from orgmodel.reports.drawings.letters import printable
from orgmodel.reports.drawings.pages import MOST_ON_PAGE, chart_pages
from orgmodel.reports.drawings.poster import Poster
from orgmodel.reports.drawings.svg import svg
from orgmodel.reports.typesetting import typeset

#: Pixels a PNG has on a side at most: what browsers and office programs open.
MOST_PIXELS: Final = 16_000
_BOX: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
# The converter has fonts of its own, but takes milliseconds a text; typst is seven times as fast.
_MOST_TEXTS: Final = 600
_SHEET: Final = """
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)
"""
_POSTER: Final = """
#let (w, h) = (float(sys.inputs.width) * 1pt, float(sys.inputs.height) * 1pt)
#set page(width: w, height: h, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: w, height: h, fit: "contain")
"""
_POINTS_IN_MM: Final = 72 / 25.4
_SMALLEST_PIXELS: Final = 7.5  # a text lower than this cannot be read on a screen
# A4 on its side: margins of a centimetre, title and number of the page above, the picture below.
_PAGE: Final = """
#set page(width: 297mm, height: 210mm, margin: 10mm, footer: none)
#set text(font: ("Liberation Sans", "Arial", "DejaVu Sans"), size: 9pt, fallback: true)
#set document(title: sys.inputs.title, date: none)
#let pages = json(bytes(sys.inputs.pages))
#for (at, page) in pages.enumerate() {
  if at > 0 { pagebreak() }
  block(height: 9mm, width: 100%, grid(
    columns: (1fr, auto),
    heading(outlined: true, bookmarked: true, text(size: 12pt, page.title)),
    text(fill: rgb("#5B6470"))[#(at + 1) of #pages.len()],
  ))
  v(2mm, weak: true)
  align(center + top, image(bytes(page.svg), format: "svg", width: 277mm, height: 178mm, fit: "contain"))
}
"""


def png(picture: str, *, width: int = 1600) -> bytes:
    """Return an SVG of ours as a PNG so many pixels wide.

    Raises
    ------
    ReportError
        Where a side would be longer than 16,000 pixels.

    """
    found = _BOX.search(picture)
    if found is None:
        message = "This is not a picture of ours."
        raise ReportError(message)
    across, down = float(found[1]), float(found[2])
    if width < 1 or max(width, width * down / across) > MOST_PIXELS:
        message = (
            f"A PNG has at most {MOST_PIXELS:,} pixels on a side; this one would have {width:,} × "
            f"{width * down / across:,.0f}. Take the SVG, which has no such limit, or the chart as pages."
        )
        raise ReportError(message)
    if picture.count("<text") > _MOST_TEXTS:
        inputs = {"svg": picture, "width": f"{across:.2f}"}
        return typeset(_SHEET.encode(), format="png", ppi=72 * width / across, sys_inputs=inputs)
    import vl_convert  # noqa: PLC0415  # only a report needs it

    size = f'width="{width}" height="{max(1, round(width * down / across))}"'
    sized = re.sub(r'width="[^"]*" height="[^"]*"', size, picture, count=1)
    return bytes(vl_convert.svg_to_png(sized, scale=1.0))


def chart_png(picture: str) -> bytes:
    """Return an SVG of a whole chart as the PNG in which its smallest text can be read.

    Raises
    ------
    ReportError
        Where that is more than 16,000 pixels on a side.

    """
    found = _BOX.search(picture)
    longest = max(map(float, found.groups())) if found else 0.0
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', picture)]
    needed = _SMALLEST_PIXELS / min(sizes, default=12.0)
    if longest * needed > MOST_PIXELS:
        message = (
            f"To be read as a PNG this chart would need {longest * needed:,.0f} pixels on a side; few "
            f"programs open more than {MOST_PIXELS:,}. Take the SVG, which has no such limit, or the "
            "chart as pages."
        )
        raise ReportError(message)
    scale = min(2.0, MOST_PIXELS / max(longest, 1.0))
    return png(picture, width=math.floor(float(found[1]) * scale) if found else 0)


def chart_pdf(
    organization: Organization,
    reading: FunctionReading,
    unit: Sequence[str] = (),
    *,
    marks: Sequence[str] = (),
    title: str = "Organisation chart",
    most: int = MOST_ON_PAGE,
) -> bytes:
    """Return the pages of a chart as a PDF in A4, with bookmarks."""
    pages = chart_pages(organization, reading, unit, marks=marks, most=most)
    said = [
        {"title": printable(page.title), "svg": svg(page.drawing, width=1000, ratio=277 / 165)}
        for page in pages
    ]
    inputs = {"title": printable(title), "pages": json.dumps(said)}
    return typeset(_PAGE.encode(), sys_inputs=inputs)


def poster_pdf(sheet: Poster) -> bytes:
    """Return a poster as a PDF of one page of its own size."""
    inputs = {"svg": sheet.svg, "width": f"{sheet.width * _POINTS_IN_MM:.2f}"}
    inputs["height"] = f"{sheet.height * _POINTS_IN_MM:.2f}"
    return typeset(_POSTER.encode(), sys_inputs=inputs)
