"""Pictures of reports: harmless whatever a chart says, complete, and as large as they say."""

import io
import math
import re
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from orgmodel import Organization, read_organization
from orgmodel.errors import ReportError
from orgmodel.functions import business_functions, customer_service_proposals
from orgmodel.lines import Tie
from orgmodel.reports.drawings import (
    Bars,
    Dots,
    Heat,
    OrgChart,
    Phase,
    Plan,
    Shares,
    Spans,
    chart_pages,
    chart_pdf,
    chart_png,
    chart_svg,
    png,
    poster,
    poster_pdf,
    shapes,
    svg,
    without_glyphs,
)
from orgmodel.reports.drawings.arrangement import CARD, SLIP, arrangement
from orgmodel.reports.drawings.fonts import _font_files
from orgmodel.reports.drawings.letters import cut, printable, width_of, wrapped
from orgmodel.reports.drawings.number_axis import ticks, value_text
from orgmodel.reports.drawings.number_charts import text_colour
from tests.real_data import REAL_DATA, needs_real_data

HOSTILE = (
    '</text><script>alert(1)</script><image href="http://example.org/a.png"/>',
    "<![CDATA[x]]> &amp; &#x41; <!ENTITY a 'b'>",
    'a" onload="alert(1)',
    "nul\x00bell\x07esc\x1b\ud800\ufffe\u0085",
    "עברית عربى 漢字 👩🏽‍🚀 \u202eevil",
    "=cmd|' /C calc'!A0",
    "x" * 5_000,
)
ELEMENTS = {"svg", "g", "rect", "path", "polyline", "polygon", "circle", "text", "title"}
NAN = math.nan


def chart_of(count, parents=None, **columns):
    manager = [None, *(str(parent) for parent in (parents or [0] * (count - 1)))] if count else []
    return Organization.from_columns([str(at) for at in range(count)], manager, **columns)


def drawn(organization, **options):
    return OrgChart(organization, business_functions(organization), **options)


def checked(picture):
    """Parse strictly and return the root; nothing but shapes and texts is in it, and nothing from outside."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
    root = etree.fromstring(picture.encode("utf-8"), parser)
    assert {etree.QName(element).localname for element in root.iter()} <= ELEMENTS
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "href" not in name
            assert name not in {"style", "id", "class"}
            if name != "aria-label":
                assert "url(" not in value
    return root


def said(root):
    return [
        "".join(element.itertext()) for element in root.iter() if etree.QName(element).localname == "text"
    ]


def numbers_of(names):
    values = tuple(float(at) for at in range(len(names)))
    return (
        Bars(names, dict.fromkeys(names[:2], values), names[0], texts={names[0]: names}),
        Shares(names, {name: (0.2,) * len(names) for name in names[:4]}, names[0]),
        Dots(names, values, values[::-1], names[0], (names[0], names[-1]), texts=names),
        Spans(names, {names[0]: tuple((value, value, value + 1) for value in values)}, names[0]),
        Heat(names, names, (values,) * len(names), (names,) * len(names), framed=(0,), framed_as=names[0]),
        Plan(names, (Phase(0, 0, 1, names[0]), Phase(0, 1, 2, shared=True)), names[0], moves=(1,)),
    )


def test_hostile_texts_are_only_texts():
    organization = chart_of(len(HOSTILE), names=HOSTILE, titles=HOSTILE, units=HOSTILE, statuses=HOSTILE)
    marks = ("added", "changed", "removed", *("",) * (len(HOSTILE) - 3))
    for drawing in (*numbers_of(HOSTILE), drawn(organization, unit=("1",), marks=marks)):
        root = checked(svg(drawing))
        assert not any(text.startswith("alert") for text in said(root))
        assert "\x00" not in svg(drawing)
    checked(chart_svg(organization, business_functions(organization), title=HOSTILE[0]))


@given(st.text(max_size=40))
def test_any_text_is_sound_xml_and_fits(text):
    picture = svg(Bars((text,), {text: (1.0,)}, text))
    checked(picture)
    assert width_of(cut(text, 80, 12), 12) <= 80 + 1e-9
    assert all(width_of(line, 11) <= 60 + 1e-9 for line in wrapped(text, 60, 11, 3))
    assert printable(printable(text)) == printable(text)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=1, max_size=5))
def test_any_numbers_are_drawn(values):
    names, series = tuple(f"row {at}" for at in range(len(values))), tuple(values)
    spans = tuple((value, value, value) for value in values)
    for drawing in (
        Bars(names, {"a": series}, "days", errors={"a": series}),
        Dots(names, series, series[::-1], "days"),
        Spans(names, {"a": spans}, "days"),
        Heat(names, ("a",), tuple((value,) for value in values)),
        Shares(names, {"a": series}, "of all"),
    ):
        picture = svg(drawing)
        checked(picture)
        assert not re.search(r'="[^"]*(nan|inf)[^"]*"', picture.split("aria-label")[0])
        assert not re.search(r'(x|y|width|height|points)="[^"]*(nan|inf)', picture)


def test_what_is_empty_says_so():
    empty = chart_of(0)
    for drawing in (Bars((), {}, ""), Heat((), (), ()), Plan((), ()), drawn(empty)):
        assert any("no" in text for text in said(checked(svg(drawing))))
    assert poster(empty, business_functions(empty)).paper.startswith("A4")
    assert len(chart_pages(empty, business_functions(empty))) == 1
    assert len(PdfReader(io.BytesIO(chart_pdf(empty, business_functions(empty)))).pages) == 1


def test_a_chart_of_one_box():
    one = chart_of(1, names=["Anna Berg"])
    assert "Anna Berg" in said(checked(svg(drawn(one))))
    assert shapes(drawn(one)).lines == ()
    assert poster(one, business_functions(one)).paper == "A4"


def test_widths_are_those_of_the_font():
    """Authority: the advance widths in Liberation Sans, which has the metrics of Arial."""
    files = [path for path in _font_files() if path.name == "LiberationSans-Regular.ttf"]
    if not files:
        pytest.skip("Liberation Sans is not installed here")
    with TTFont(files[0]) as font:
        cmap, widths, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        for letter in map(chr, range(0x20, 0x7F)):
            assert width_of(letter, 1.0) == pytest.approx(widths[cmap[ord(letter)]][0] / em, abs=0.003)


def test_ticks_are_round_and_inside():
    for low, high in ((0, 1), (0, 100), (-3.2, 17.9), (0, 0.0007), (5, 5), (1e6, 3e9)):
        found = ticks(low, high)
        assert all(low - 1e-6 * abs(low) <= tick <= high * (1 + 1e-9) for tick in found)
        assert 1 <= len(found) <= 8


def test_words_tell_better_from_worse():
    texts = said(checked(svg(Dots(("a", "b", "c", "d"), (70, 20, 30, NAN), (40, 35, 30, 2), "score"))))
    for words in ("70 → 40, better", "20 → 35, worse", "30 → 30, the same", "not defined → 2"):
        assert words in texts
    assert "score, lower is better" in texts
    assert value_text(-20.0) == "−20"


@given(st.from_regex(r"#[0-9A-F]{6}", fullmatch=True))
def test_text_on_any_ground_can_be_read(ground):
    """Authority: WCAG 2.2, 1.4.3: a contrast of 4.5 for text, by its formula of relative luminance."""

    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(ground), luminance(text_colour(ground))))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


parents_of_forests = st.integers(1, 120).flatmap(
    lambda count: st.tuples(*(st.integers(-1, at - 1) for at in range(count)))
)


@given(parents_of_forests, st.sampled_from((0.7, 1.41, 1.78)), st.sampled_from((CARD, SLIP)))
def test_boxes_never_overlap(parents, ratio, size):
    found = arrangement(parents, ratio, size)
    places = sorted(zip(found.left, found.top, found.wide, strict=True))
    for at, (left, top, wide) in enumerate(places):
        assert left >= 0 <= top
        assert left + wide <= found.width
        assert top + size.high <= found.height
        for other_left, other_top, _ in places[at + 1 :]:
            assert other_left >= left + wide or abs(other_top - top) >= size.high
    for box, parent in enumerate(parents):
        assert bool(found.paths[box]) is (parent >= 0)
        if parent >= 0:
            assert found.top[box] > found.top[parent]
        for (ax, ay), (bx, by) in pairwise(found.paths[box]):
            assert ax == bx or ay == by


@given(parents_of_forests, st.integers(1, 40))
def test_every_node_is_on_a_page_and_no_page_is_too_full(parents, most):
    organization = Organization.from_columns(
        [str(at) for at in range(len(parents))],
        [None if parent < 0 else str(parent) for parent in parents],
    )
    pages = chart_pages(organization, business_functions(organization), most=most)
    assert {row for page in pages for row in page.drawing.rows} == set(range(len(parents)))
    for page in pages:
        assert len(page.drawing.rows) == len(set(page.drawing.rows)) <= max(4, most)
        for row, words in page.drawing.references.items():
            other = pages[int(words.split()[-1]) - 1]
            assert other is not page
            assert row in other.drawing.rows


@pytest.mark.parametrize("shape", ["chain", "star", "roots"])
def test_strange_charts_of_twenty_thousand(shape):
    count = 20_000
    managers = {
        "chain": [None, *map(str, range(count - 1))],
        "star": [None, *["0"] * (count - 1)],
        "roots": [None] * count,
    }[shape]
    organization = Organization.from_columns([str(at) for at in range(count)], managers)
    reading = business_functions(organization)
    pages = chart_pages(organization, reading)
    assert sum(len(page.drawing.rows) for page in pages) >= count
    assert svg(pages[-1].drawing).endswith("</svg>")
    if shape == "chain":
        with pytest.raises(ReportError, match="metres long"):
            poster(organization, reading)
    else:
        assert poster(organization, reading).svg.count("<text") >= count


def test_marks_are_signs_and_words_too():
    organization = chart_of(4, names=["Anna", "Ben", "Cleo", "Dora"])
    texts = said(checked(svg(drawn(organization, marks=("", "added", "changed", "removed")))))
    for words in ("+", "~", "−", "Added", "Changed", "Removed"):
        assert words in texts
    assert texts.count("+") == 2  # in the box, in the legend
    assert "Added" not in said(checked(svg(drawn(organization))))


def test_many_ties_are_counted_not_drawn():
    few = chart_of(40, ties=[Tie(str(at), str(at + 1)) for at in range(1, 11)])
    many = chart_of(40, ties=[Tie(str(at), str(other)) for at in range(1, 12) for other in range(12, 20)])
    assert sum(line.kind == "tie" for line in shapes(drawn(few)).lines) == 10
    assert "88 ties are not drawn" in said(checked(svg(drawn(many))))


def test_the_unit_and_its_boss_are_framed_and_in_the_picture():
    organization = read_organization("data/bank_1200.csv").organization
    unit = customer_service_proposals(organization)[0].ids
    found = shapes(drawn(organization, unit=tuple(unit)))
    rows = {box.row for box in found.boxes if box.frame == "unit"}
    assert rows == {organization.row(node) for node in unit}
    assert "The customer service unit" in [key.words for key in found.legend]
    assert len(found.boxes) <= 110


def test_a_poster_is_as_large_as_it_says_and_readable():
    organization = read_organization("data/manufacturer_150.csv").organization
    found = poster(organization, business_functions(organization))
    root = checked(found.svg)
    names = said(root)
    assert found.paper == "A2"
    assert (root.get("width"), root.get("height")) == ("594mm", "420mm")
    assert all(any(organization.label(row) in name for name in names) for row in range(len(organization)))
    across = float(root.get("viewBox").split()[2])
    smallest = min(float(element.get("font-size", 12)) for element in root.iter())
    assert smallest * 594 / across / (25.4 / 72) >= 7.0
    page = PdfReader(io.BytesIO(poster_pdf(found))).pages[0]
    assert float(page.mediabox.width) == pytest.approx(594 / 25.4 * 72, abs=1)


def test_pixels():
    picture = svg(Bars(("a",), {"b": (1.0,)}, "days"))
    with Image.open(io.BytesIO(png(picture, width=500))) as image:
        assert (image.format, image.width) == ("PNG", 500)
    with pytest.raises(ReportError, match="16,000 pixels on a side"):
        png(picture, width=16_001)
    with pytest.raises(ReportError, match="not a picture of ours"):
        png("<svg/>")
    with pytest.raises(ReportError, match="or the chart as pages"):
        chart_png(re.sub(r'viewBox="0 0 \d+', 'viewBox="0 0 90000', picture))
    one = chart_of(1)
    with Image.open(io.BytesIO(chart_png(chart_svg(one, business_functions(one))))) as image:
        assert image.width > 400


def test_pages_as_pdf_hold_every_name():
    organization = read_organization("data/manufacturer_150.csv").organization
    pdf = PdfReader(io.BytesIO(chart_pdf(organization, business_functions(organization))))
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    assert pdf.outline[0].title == "Overview"
    assert all(str(name) in text for name in organization.names if name)


def test_letters_without_a_font():
    assert without_glyphs(["Anna Łukasz Ωmega Привет …", ""]) == ""
    assert without_glyphs(["a\U000f0000b", "\U00013000"])  # hieroglyphs: no usual machine draws them


@needs_real_data
@pytest.mark.parametrize("file", ["uk_2015/dwp.csv", "government/korea_employment_and_labour_nodes.csv"])
def test_real_charts(file):
    organization = read_organization(REAL_DATA / file).organization
    reading = business_functions(organization)
    checked(poster(organization, reading).svg)
    pages = chart_pages(organization, reading)
    assert {row for page in pages for row in page.drawing.rows} == set(range(len(organization)))
    for page in pages[:5]:
        checked(svg(page.drawing))
