"""Slides: opened again with python-pptx, checked part by part by the rules of their format (ECMA-376)."""

from __future__ import annotations

import io
import math
import posixpath
import tomllib
import zipfile
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from lxml import etree
from PIL import ImageFont
from pptx import Presentation
from pptx.shapes.connector import Connector
from pptx.util import Pt

from orgmodel import Organization
from orgmodel.functions import business_functions
from orgmodel.reports.content import Number, Paragraph, Picture, Points, Report, Section, Table
from orgmodel.reports.drawings import Bars, Dots, Heat, OrgChart, Phase, Plan, Shares, Spans
from orgmodel.reports.pptx import MOST_CHART_SLIDES, master, measuring, written_pptx

MADE = date(2026, 11, 22)
HOSTILE = (
    "<b>&amp;</b> <script>alert(1)</script>",
    "\x00\x01\x0b\x1b\ud800\ufffe\uffff end",
    '=HYPERLINK("http://x")',
    "=1+1",
    "\u202ereversed",
    "_x0041_ <r>rich</r>",
    "word" * 7500,
    "many words " * 2700,
    "",
    "]]> ${x} {{y}} \U0001f600 漢字",
)
ARIAL = Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf")


def report(*blocks, title="Bikes"):
    return Report(title, "Where customer service should report", MADE, (Section("The part", blocks, "part"),))


def chart(count, width=6):
    ids = [f"n{at}" for at in range(count)]
    managers = [None, *(f"n{(at - 1) // width}" for at in range(1, count))]
    return Organization.from_columns(
        ids, managers, titles=[f"Head of department {at}" for at in range(count)]
    )


def org_chart(organization, **more):
    return OrgChart(organization, business_functions(organization), **more)


def pictures(text="Name"):
    one, two = f"{text} 1", f"{text} 2"
    names = (one, two)
    return [
        Bars(names, {text: (1.5, math.nan)}, text, texts={text: (text, text)}),
        Bars(names, {one: (1.5, -20.0), two: (0.0, math.inf)}, "days", errors={one: (0.5, 1.0)}),
        Shares(names, {one: (0.5, 0.01), two: (0.5, 0.99)}, "share of weightings"),
        Dots(names, (1.0, math.nan), (2.0, 3.0), text, (text, text), limits=(0.0, 100.0)),
        Spans(names, {text: ((-1.0, 0.0, 2.0), (1.0, 2.0, 3.0))}, text),
        Heat(names, names, ((0.0, 100.0), (math.nan, 5.0)), framed=(1,), framed_as=text),
        Plan(names, (Phase(0, 0.0, 2.0, text), Phase(1, 2.0, 3.0, shared=True)), text, (2.0,)),
        org_chart(Organization.from_columns([one, two], [None, one], titles=[text, text]), unit=(two,)),
    ]


def opened(data):
    """Return the slides, after every relationship, every XML and every id has been looked at."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = file.namelist()
        assert len(names) == len(set(names))
        for name in names:
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(file.read(name))
            if name.endswith(".rels"):
                folder = posixpath.dirname(posixpath.dirname(name))
                for rel in root:
                    assert rel.get("TargetMode") != "External"
                    target = posixpath.normpath(posixpath.join("/", folder, unquote(rel.get("Target"))))
                    assert target.lstrip("/") in names
            if name.startswith("ppt/slides/slide"):
                ids = root.xpath("//*[local-name()='cNvPr']/@id")
                assert len(ids) == len(set(ids))
                glued = root.xpath("//*[local-name()='stCxn' or local-name()='endCxn']/@id")
                assert set(glued) <= set(ids)
    return Presentation(io.BytesIO(data))


def shapes(slides):
    return [shape for slide in slides.slides for shape in slide.shapes]


def said(slides):
    frames = [shape.text_frame.text for shape in shapes(slides) if shape.has_text_frame]
    tables = [shape.table for shape in shapes(slides) if shape.has_table]
    return "\n".join(frames + [cell.text for table in tables for cell in table.iter_cells()])


def test_an_empty_report_is_a_title():
    slides = opened(written_pptx(Report("", "", MADE, ())))
    assert len(slides.slides) == 1
    assert slides.slide_width * 9 == slides.slide_height * 16


def test_the_same_report_gives_the_same_bytes():
    made = report(Paragraph("Stay.", "headline"), *(Picture("A", one, "alt") for one in pictures()))
    assert written_pptx(made) == written_pptx(made)
    assert opened(written_pptx(made)).core_properties.created.date() == MADE


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_texts(text):
    blocks = [
        Paragraph(text, "headline"),
        Paragraph(text),
        Points((text, text), text, numbered=True),
        Table(text, (text, "B"), ((text, Number(1.0, text)),), text, (0,)),
        *(Picture(text, drawing, text, text) for drawing in pictures(text)),
    ]
    slides = opened(written_pptx(report(*blocks, title=text)))
    if text.startswith("<b>"):
        assert text in said(slides)
    for shape in shapes(slides):
        if shape.has_chart:
            book = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
            cells = [cell for row in book.active.iter_rows() for cell in row]
            assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
            assert not any(cell.hyperlink for cell in cells)


def test_nothing_is_smaller_than_twelve_points_or_beside_the_slide():
    many = tuple((f"Row {at}", Number(at, f"{at} days"), "what it means " * (at % 12)) for at in range(60))
    blocks = [
        Points(tuple("A sentence that goes on and on. " * (at % 9 + 1) for at in range(30)), "Many"),
        Table("Long", ("Number", "Today", "What it is"), many, "A note"),
        Table("Wide", tuple(f"Scenario {at}" for at in range(30)), (("x",) * 30,) * 3),
        *(Picture("A", drawing, "alt", "note") for drawing in pictures()),
        Picture("Chart", org_chart(chart(300)), "alt"),
        Picture("Flat", org_chart(chart(110, 200)), "alt"),
    ]
    slides = opened(written_pptx(report(*blocks)))
    for shape in shapes(slides):
        if isinstance(shape, Connector):
            continue  # a turned line has the place it would have unturned
        assert shape.left >= 0
        assert shape.top >= 0
        assert shape.left + shape.width <= slides.slide_width + Pt(1)
        if shape.has_text_frame and not shape.is_placeholder:
            sizes = [run.font.size.pt for part in shape.text_frame.paragraphs for run in part.runs]
            assert min(sizes, default=12) >= 12
        if shape.has_table:
            assert shape.top + sum(row.height for row in shape.table.rows) <= Pt(master.BODY.bottom + 1)
            assert shape.table.cell(0, 0).text in {
                "Number",
                "Scenario 0",
                "score: 0 best, 100 worst",
            }


def test_every_row_of_a_table_and_every_point_is_on_a_slide():
    rows = tuple((f"row-{at}", "x " * at) for at in range(80))
    slides = opened(
        written_pptx(report(Table("T", ("A", "B"), rows), Points(tuple(f"point-{at}" for at in range(80)))))
    )
    words = said(slides).split()
    assert all(words.count(f"row-{at}") == 1 and words.count(f"point-{at}") == 1 for at in range(80))


def test_an_org_chart_is_boxes_with_glued_lines_and_descriptions():
    slides = opened(written_pptx(report(Picture("Chart", org_chart(chart(20)), "alt"))))
    lines = slides.slides[1].shapes.element.xpath(".//p:cxnSp[.//a:stCxn and .//a:endCxn]")
    assert len(lines) == 19
    boxes = [shape for shape in slides.slides[1].shapes if "Head of department" in shape.name]
    assert len(boxes) == 20
    assert all(box.element.nvSpPr.cNvPr.get("descr") for box in boxes)


def test_all_of_a_large_chart_follows_page_by_page():
    organization = chart(300)
    slides = opened(written_pptx(report(Picture("Chart", org_chart(organization), "alt"))))
    names = {shape.name for shape in shapes(slides)}
    assert {organization.label(row) for row in range(300)} <= names
    assert len(slides.slides) <= 2 + MOST_CHART_SLIDES


def test_a_chain_that_no_slide_has_room_for_is_drawn_all_the_same():
    opened(written_pptx(report(Picture("Chain", org_chart(chart(60, 1), rows=tuple(range(60))), "alt"))))


def test_a_chart_carries_its_numbers():
    slides = opened(
        written_pptx(report(Picture("Days", Bars(("a", "b"), {"Today": (1.5, 2.0)}, "days"), "alt")))
    )
    drawn = next(shape.chart for shape in shapes(slides) if shape.has_chart)
    book = openpyxl.load_workbook(io.BytesIO(drawn.part.chart_workbook.xlsx_part.blob))
    assert list(book.active.values) == [("days", "Today"), ("a", 1.5), ("b", 2.0)]
    assert book.active["B2"].number_format == '0.00" days"'
    assert tuple(drawn.plots[0].series[0].values) == (1.5, 2.0)


def test_the_colours_are_those_of_the_dashboard():
    theme = tomllib.loads(Path(".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]["light"]
    assert f"#{master.PRIMARY}" == theme["primaryColor"]
    assert f"#{master.INK}" == theme["textColor"]
    assert [f"#{colour}" for colour in master.SERIES] == theme["chartCategoricalColors"][: len(master.SERIES)]


@pytest.mark.skipif(not ARIAL.exists(), reason="Liberation Sans, which has Arial's widths, is not installed")
def test_texts_are_as_wide_as_in_the_font():
    font = ImageFont.truetype(str(ARIAL), 1000)
    for text in (
        "Where customer service should report",
        "WAVE (12.5 % of 1,000): Ämter – über",
        "illicit @ home?",
    ):
        assert measuring.width(text, 1000) == pytest.approx(font.getlength(text), rel=0.03)
