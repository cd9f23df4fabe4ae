"""Pictures for reports, made without a browser and without network.

* `orgmodel.reports.drawings.drawing`: what a picture says, as plain data;
* `svg`: any of them as an SVG text, in print colours, safe to put into a page;
* `shapes`: boxes and lines of an org chart with their places, for slides;
* `chart_pages`, `chart_pdf`: a whole chart on pages; `poster`, `chart_svg`, `poster_pdf`: on one sheet;
* `png`, `chart_png`: a picture, and a whole chart, as pixels;
* `without_glyphs`: the letters that no font of this machine can draw.

The rest: `letters` and `elements` (texts that fit, elements of SVG), `number_axis`, `number_charts` and
`heat` (numbers), `arrangement` (where boxes stand), `org_chart` (how they are drawn).
"""

from orgmodel.reports.drawings.drawing import (
    MARKS,
    Bars,
    ChartPage,
    Dots,
    Drawing,
    Heat,
    OrgChart,
    Phase,
    Plan,
    Shares,
    Spans,
)
from orgmodel.reports.drawings.files import chart_pdf, chart_png, png, poster_pdf
from orgmodel.reports.drawings.fonts import without_glyphs
from orgmodel.reports.drawings.pages import chart_pages
from orgmodel.reports.drawings.poster import Poster, chart_svg, poster
from orgmodel.reports.drawings.shapes import BoxShape, Key, LineShape, Shapes, shapes
from orgmodel.reports.drawings.svg import svg

__all__ = [
    "MARKS",
    "Bars",
    "BoxShape",
    "ChartPage",
    "Dots",
    "Drawing",
    "Heat",
    "Key",
    "LineShape",
    "OrgChart",
    "Phase",
    "Plan",
    "Poster",
    "Shapes",
    "Shares",
    "Spans",
    "chart_pages",
    "chart_pdf",
    "chart_png",
    "chart_svg",
    "png",
    "poster",
    "poster_pdf",
    "shapes",
    "svg",
    "without_glyphs",
]
