"""The whole chart on one sheet, every text of it at least 7 points high."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from orgmodel.errors import ReportError
from orgmodel.functions import FunctionReading
from orgmodel.organization import Organization
from orgmodel.reports.drawings import elements
from orgmodel.reports.drawings.arrangement import CARD, SLIP
from orgmodel.reports.drawings.drawing import OrgChart
from orgmodel.reports.drawings.org_chart import chart_parts
from orgmodel.reports.drawings.shapes import LANDSCAPE, TITLE_SIZE, arranged, whole

#: Height of the smallest text, and of a point, in millimetres.
SMALLEST_POINTS: Final = 7.0
_POINT: Final = 25.4 / 72
#: Smallest text of a box of one line, in pixels.
_SLIP_SIZE: Final = 9.5
#: From so many boxes on, a box is one line.
_MOST_CARDS: Final = 1_000
#: A printer for banners takes rolls up to 1.6 m wide; 15 m are more than a wall.
_LONGEST: Final = 15_000.0
_PAPERS: Final = (("A4", 297, 210), ("A3", 420, 297), ("A2", 594, 420), ("A1", 841, 594), ("A0", 1189, 841))


class Poster(NamedTuple):
    """A picture with the paper it needs: "A3", or "214 × 151 cm" beyond A0; millimetres."""

    svg: str
    paper: str
    width: float
    height: float


def poster(
    organization: Organization,
    reading: FunctionReading,
    unit: Sequence[str] = (),
    *,
    marks: Sequence[str] = (),
    title: str = "",
) -> Poster:
    """Return the whole chart on the smallest sheet on which its smallest text is 7 points high.

    Raises
    ------
    ReportError
        Where no sheet would do: a chain of thousands, one below the other.

    """
    size, smallest = (CARD, TITLE_SIZE) if len(organization) <= _MOST_CARDS else (SLIP, _SLIP_SIZE)
    chart = OrgChart(organization, reading, tuple(unit), tuple(marks))
    drawn = arranged(chart, whole(organization, range(len(organization))), size, LANDSCAPE)
    boxes = f"{len(organization):,} {'box' if len(organization) == 1 else 'boxes'}"
    head = f"{title or 'Organisation chart'}, {boxes}"
    enlarged = max(1.0, min(8.0, drawn.width / 1400))
    parts, across, down = chart_parts(drawn, head, scale=enlarged)
    millimetres = SMALLEST_POINTS * _POINT / smallest
    paper, width, height = _paper(across * millimetres, down * millimetres)
    if max(width, height) > _LONGEST:
        message = (
            f"A poster of this chart would be {max(width, height) / 1000:,.0f} metres long. "
            "Take the chart as pages instead, or as a file for another program."
        )
        raise ReportError(message)
    return Poster(
        elements.picture(parts, across, down, f"{head}, {paper}", unit=f"{width:.0f}mm {height:.0f}mm"),
        paper,
        width,
        height,
    )


def chart_svg(
    organization: Organization,
    reading: FunctionReading,
    unit: Sequence[str] = (),
    *,
    marks: Sequence[str] = (),
    title: str = "",
) -> str:
    """Return the whole chart as an SVG that says the size of its paper; see `poster`."""
    return poster(organization, reading, unit, marks=marks, title=title).svg


def _paper(width: float, height: float) -> tuple[str, float, float]:
    """Return the smallest sheet of ISO 216 that a picture fits, upright or not; beyond A0 its own size."""
    for name, long, short in _PAPERS:
        if width <= long and height <= short:
            return name, long, short
        if width <= short and height <= long:
            return f"{name} upright", short, long
    return f"{width / 10:.0f} × {height / 10:.0f} cm", width, height
