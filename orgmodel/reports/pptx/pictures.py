"""Pictures of a report as slides: drawn by the office program itself, so that all of them can be edited."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from pptx.enum.text import PP_ALIGN
from pptx.slide import Slide

from orgmodel.reports.content import Picture
from orgmodel.reports.drawings import Heat, OrgChart, Plan
from orgmodel.reports.drawings.heat import heat_colour
from orgmodel.reports.drawings.number_axis import value_text
from orgmodel.reports.drawings.number_charts import text_colour
from orgmodel.reports.pptx import measuring
from orgmodel.reports.pptx.charts import add_chart, number_chart
from orgmodel.reports.pptx.master import BODY, PRIMARY, QUIET, SMALL
from orgmodel.reports.pptx.org_charts import add_org_chart
from orgmodel.reports.pptx.plans import MOST_ROWS, add_plan
from orgmodel.reports.pptx.slides import Deck, caption, on_one_line
from orgmodel.reports.pptx.tables import Cell, add_grid, column_groups

#: Lines of small print below a picture.
MOST_NOTE_LINES: Final = 2

_EMPTY: Final = "There is nothing to show."


def add_picture(deck: Deck, heading: str, picture: Picture, made: date) -> None:
    """Add the slides of a picture: one, or several where a list is long."""
    drawing = picture.drawing
    if isinstance(drawing, Heat):
        _heat(deck, heading, picture, drawing)
        return
    note = measuring.cut(on_one_line(picture.note), BODY.width, SMALL, most=MOST_NOTE_LINES)
    below = measuring.height(note, BODY.width, SMALL) + 6 if note else 0.0
    area = BODY._replace(height=BODY.height - below)
    if isinstance(drawing, OrgChart):
        slide = _slide(deck, heading, picture._replace(note=""))
        shown = add_org_chart(slide, area, drawing)
        # A slide has room for fewer boxes than a page, and must not say otherwise.
        note = note.replace(f"Cut to {drawing.most} of", f"Cut to {shown} of")
        caption(slide, note, BODY.bottom, BODY.width)
        return
    chart = None
    if isinstance(drawing, Plan):
        count, most = len(drawing.rows), MOST_ROWS
    else:
        chart = number_chart(drawing)
        count, most = len(chart.categories), chart.fitting(area)
    pages = -(-count // most)
    if not count:
        _slide(deck, heading, picture._replace(note=_EMPTY))
    for page in range(pages):
        several = f" ({page + 1} of {pages})" if pages > 1 else ""
        slide = _slide(deck, heading, picture._replace(title=picture.title + several))
        rows = range(page * most, min(count, (page + 1) * most))
        if isinstance(drawing, Plan):
            add_plan(slide, area, drawing, rows)
        elif chart is not None:
            part = chart if pages == 1 else chart.rows(rows.start, rows.stop)
            add_chart(slide, area, part, picture.title, picture.alt, datetime.combine(made, time(12)))


def _slide(deck: Deck, heading: str, picture: Picture) -> Slide:
    """Add a slide with the note of the picture below; what is read aloud stands in its notes as well."""
    note = on_one_line(picture.note)
    shown = measuring.cut(note, BODY.width, SMALL, most=MOST_NOTE_LINES)
    slide = deck.add(
        picture.title, heading, notes="\n".join([picture.alt, *([note] if note != shown else [])])
    )
    caption(slide, shown, BODY.bottom, BODY.width)
    return slide


def _heat(deck: Deck, heading: str, picture: Picture, heat: Heat) -> None:
    """Add a table whose cells have the colours of their values, and their rows in frames a sign."""
    framed = [on_one_line(heat.framed_as)] if heat.framed else []
    header = (
        Cell(measuring.cut(on_one_line(heat.unit), 400, SMALL), colour=QUIET),
        *(Cell(on_one_line(name), bold=True, colour=PRIMARY, align=PP_ALIGN.CENTER) for name in heat.columns),
    )
    rows = [
        (
            Cell(
                " ".join([on_one_line(name), *(f"({word})" for word in framed if at in heat.framed)]),
                bold=True,
            ),
            *(_heat_cell(heat, at, column) for column in range(len(heat.columns))),
        )
        for at, name in enumerate(heat.rows)
    ]
    shares = [26.0, *([74.0 / max(1, len(heat.columns))] * len(heat.columns))]
    for columns in column_groups(len(header)):
        add_grid(
            deck,
            heading,
            picture.title,
            tuple(header[at] for at in columns),
            [tuple(row[at] for at in columns) for row in rows],
            [shares[at] for at in columns],
            note=picture.note,
            alt=picture.alt,
        )


def _heat_cell(heat: Heat, row: int, column: int) -> Cell:
    value = heat.values[row][column]
    ground = heat_colour(value, heat.limits)
    text = on_one_line(heat.texts[row][column]) if heat.texts else value_text(value)
    ink = text_colour(ground).lstrip("#")
    return Cell(text, colour=ink, ground=ground.lstrip("#"), align=PP_ALIGN.CENTER)
