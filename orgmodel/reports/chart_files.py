"""A chart -> a file to take along: a poster, pages for print, or data in our own formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from orgmodel.errors import ReportError
from orgmodel.functions import business_functions
from orgmodel.importing.writing.kinds import KINDS, Kind, write_organization
from orgmodel.organization import Organization
from orgmodel.reports.content import printable
from orgmodel.reports.drawings.files import chart_pdf, chart_png
from orgmodel.reports.drawings.poster import chart_svg
from orgmodel.reports.typesetting import typeset

#: The kinds of files a chart can be taken along in: pictures of all of it first, then data.
CHART_KINDS: Final[Mapping[str, Kind]] = {
    "poster": Kind("Poster (PDF)", "application/pdf", "poster.pdf"),
    "pages": Kind("Pages for print (PDF)", "application/pdf", "pages.pdf"),
    "svg": Kind("Poster (SVG)", "image/svg+xml", "svg"),
    "png": Kind("Poster (PNG)", "image/png", "png"),
    **{name: KINDS[name] for name in ("csv", "xlsx", "graphml", "json")},
}
_POSTER: Final = b"""
#set document(title: sys.inputs.title, date: none)
#set page(width: auto, height: auto, margin: 0pt)
#image("poster.svg", alt: sys.inputs.title)
"""


class ShownChart(NamedTuple):
    """A chart with its customer service unit, what happened to every box (or nothing), and a title."""

    organization: Organization
    unit: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    title: str = ""


def write_chart(shown: ShownChart, kind: str = "poster") -> bytes:
    """Return a chart as a file; ``kind`` is a key of `CHART_KINDS`.

    Raises
    ------
    ReportError
        The kind is not known, or the chart is too large for it; the sentence says what to take instead.

    >>> chart = Organization.from_columns(["ceo", "ops"], [None, "ceo"])
    >>> write_chart(ShownChart(chart), "svg")[:4]
    b'<svg'
    """
    if kind not in CHART_KINDS:
        raise ReportError(f'"{kind}" is no kind of file for a chart; these are: {", ".join(CHART_KINDS)}.')
    if kind in KINDS:
        return write_organization(shown.organization, kind)
    chart, reading = shown.organization, business_functions(shown.organization)
    if kind == "pages":
        return chart_pdf(chart, reading, shown.unit, marks=shown.marks, title=shown.title)
    poster = chart_svg(chart, reading, shown.unit, marks=shown.marks, title=shown.title)
    if kind == "png":
        return chart_png(poster)
    return _poster_pdf(poster, shown.title) if kind == "poster" else poster.encode()


def _poster_pdf(poster: str, title: str) -> bytes:
    files = {"main": _POSTER, "poster.svg": poster.encode()}
    inputs = {"title": printable(title) or "Organization chart"}
    try:
        return typeset(files, format="pdf", sys_inputs=inputs)
    except ReportError as error:
        raise ReportError("This chart cannot be set as a PDF; take the SVG and print that.") from error
