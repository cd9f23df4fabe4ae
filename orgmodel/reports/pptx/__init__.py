"""A report -> slides: a message each, charts and boxes that can be edited, long texts in the notes.

* `orgmodel.reports.pptx.master`: the look, and where things stand;
* `orgmodel.reports.pptx.measuring`: how wide a text is;
* `orgmodel.reports.pptx.slides`: slides one after another, with titles, footers, numbers and notes;
* `texts`, `tables`, `pictures` (`charts` with their `workbooks`, `plans`, `org_charts`): what stands on them.
"""

from __future__ import annotations

from itertools import groupby
from typing import Final

from orgmodel.reports.content import Paragraph, Picture, Points, Report, Section, Table
from orgmodel.reports.drawings import ChartPage, OrgChart
from orgmodel.reports.drawings.pages import chart_pages
from orgmodel.reports.pptx.master import BODY
from orgmodel.reports.pptx.org_charts import is_readable
from orgmodel.reports.pptx.pictures import add_picture
from orgmodel.reports.pptx.slides import Deck
from orgmodel.reports.pptx.tables import add_table
from orgmodel.reports.pptx.texts import add_texts
from orgmodel.wording import counted

__all__ = ["written_pptx"]

#: Most slides that the whole of a large chart takes.
MOST_CHART_SLIDES: Final = 60
#: Boxes on each of them: the first of these at which all are readable.
MOST_ON_SLIDE: Final = (60, 48, 36, 24)


def written_pptx(report: Report) -> bytes:
    """Return a report as a PowerPoint file of 16:9; the same bytes for the same report.

    Titles, footers and numbers are placeholders of one master; numbers are charts with their workbooks, org
    charts are boxes with lines glued to them. Nothing is set smaller than 12 points (but a chart of an
    unusual form that fits in no other way), and no text leaves its place: what is too long for a slide
    stands in its notes.
    """
    deck = Deck(report.title, report.subtitle, report.made)
    for section in report.sections:
        _add_section(deck, section, report)
    _add_whole_chart(deck, report)
    return deck.written()


def _add_section(deck: Deck, section: Section, report: Report) -> None:
    """Add a section: texts that follow each other together, every table and picture on slides of its own."""
    for is_text, blocks in groupby(section.blocks, lambda block: isinstance(block, Paragraph | Points)):
        if is_text:
            texts = [block for block in blocks if isinstance(block, Paragraph | Points)]
            add_texts(deck, section.heading, texts)
            continue
        for block in blocks:
            if isinstance(block, Table):
                add_table(deck, section.heading, block)
            elif isinstance(block, Picture):
                add_picture(deck, section.heading, block, report.made)


def _add_whole_chart(deck: Deck, report: Report) -> None:
    """Add all boxes of the first chart that was cut, page by page, at the end where it disturbs nobody."""
    pictures = (
        block for section in report.sections for block in section.blocks if isinstance(block, Picture)
    )
    cut = next(
        (
            picture
            for picture in pictures
            if isinstance(picture.drawing, OrgChart)
            and not picture.drawing.rows
            and len(picture.drawing.organization) > picture.drawing.most
        ),
        None,
    )
    if cut is None or not isinstance(cut.drawing, OrgChart):
        return
    chart = cut.drawing
    pages: tuple[ChartPage, ...] = ()
    for most in MOST_ON_SLIDE:
        pages = chart_pages(chart.organization, chart.reading, chart.unit, marks=chart.marks, most=most)
        if all(is_readable(page.drawing, BODY) for page in pages[:MOST_CHART_SLIDES]):
            break
    for number, page in enumerate(pages[:MOST_CHART_SLIDES], 1):
        last = number == MOST_CHART_SLIDES < len(pages)
        more = counted(len(pages) - number, "page")
        note = (
            f"The chart goes on: {more} more stand in the PDF of the chart and on its poster." if last else ""
        )
        heading = f"{cut.title}: all of it, page {number} of {len(pages)}"  # boxes refer to these pages
        alt = f"Page {number} of {len(pages)} of the whole chart: {page.title}"
        add_picture(deck, heading, Picture(page.title, page.drawing, alt, note), report.made)
