"""A report in every format, opened again with another program's library; hostile texts in each."""

import csv
import io
import re
import zipfile
from html.parser import HTMLParser

import openpyxl
import pypdf
import pytest
from lxml import html as lxml_html

from orgmodel.errors import ReportError
from orgmodel.reports.content import Picture
from orgmodel.reports.drawings.fonts import without_glyphs
from orgmodel.reports.kinds import REPORT_KINDS, write_report
from orgmodel.reports.report import report_of
from tests.reports.reports_for_tests import DAY, named, small

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "</style><style>*{display:none}</style>",
    "{{ 7 * 7 }}{% raw %}",
    '#set page(width: 1pt); #read("/etc/passwd") $x^2$ @label *b* _i_ `c` \\ // comment',
    '#import "@preview/cetz:0.1.0"',
    "=1+1",
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.com")',
    "<r><t>rich</t></r>",
    "Anna \u202egro.live\u202c Zed",
    "אבג דה",
    "김민준 Łukasz 🎉",
    "bell\x07 nul\x00 half \ud800 tab\tline\nend\r",
    "_x0041_ _x000D_",
)
LONG = "A very long name " * 2_000


@pytest.fixture(scope="module")
def hostile():
    return small(HOSTILE)


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.ids = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id"]


def check_html(text):
    found = Tags(text)
    assert not set(found.tags) & {
        "script",
        "iframe",
        "object",
        "embed",
        "link",
        "base",
        "form",
        "img",
        "image",
    }
    assert not [name for name, _ in found.attributes if name.lower().startswith("on")]
    addresses = [value for name, value in found.attributes if name in {"src", "href", "xlink:href", "action"}]
    assert all(value.startswith("#") for value in addresses)
    assert len(found.ids) == len(set(found.ids))
    assert text.count("<style") == 1
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in text
    return found


def test_html_stands_alone_and_holds_every_word(report):
    text = write_report(report, "html").decode()
    found = check_html(text)
    assert found.tags.count("svg") == sum(
        isinstance(block, Picture) for section in report.sections for block in section.blocks
    )
    page = lxml_html.fromstring(text)
    shown = " ".join(page.text_content().split())
    for wanted in report.texts:
        assert wanted in shown or wanted in [each.get("aria-label") for each in page.iter()]
    assert not re.search(r"@import|url\(", text)


def test_hostile_texts_in_html_are_shown_as_written(hostile):
    text = write_report(hostile, "html").decode()
    check_html(text)
    cells = [cell.text_content() for cell in lxml_html.fromstring(text).iter("th", "td")]
    for wanted in hostile.tables[0].rows:
        assert wanted[0] in cells


def test_hostile_texts_in_pdf_are_shown_as_written(hostile):
    read = pypdf.PdfReader(io.BytesIO(write_report(hostile, "pdf")))
    shown = re.sub(r"\s+", "", "".join(page.extract_text() for page in read.pages))
    for wanted in (
        "<script>alert(1)</script>",
        "#setpage(width:1pt)",
        "$x^2$@label*b*_i_",
        "{{7*7}}",
        "=1+1",
    ):
        assert wanted in shown
    assert "root:" not in shown, "no file was read"
    assert read.pages[0].mediabox.width == pytest.approx(595.3, abs=0.1)


def test_a_pdf_has_all_sections_as_bookmarks_pages_in_a4_and_nothing_active(report):
    read = pypdf.PdfReader(io.BytesIO(write_report(report, "pdf")))
    titles = [each.title for each in read.outline if not isinstance(each, list)]
    assert titles == [section.heading for section in report.sections]
    assert read.metadata.title == f"{report.title}: {report.subtitle}"
    sizes = {tuple(sorted(map(round, page.mediabox[2:]))) for page in read.pages}
    assert sizes == {(595, 842)}
    assert not {"/JavaScript", "/OpenAction", "/Launch"} & set(read.trailer["/Root"])
    text = "\n".join(page.extract_text() for page in read.pages)
    assert "Fix operations" in text
    assert f"{len(read.pages)} of {len(read.pages)}" in text


def test_a_workbook_has_every_table_numbers_as_numbers_and_no_formula(report):
    book = openpyxl.load_workbook(io.BytesIO(write_report(report, "xlsx")))
    assert len(book.sheetnames) == 1 + len(report.tables)
    for sheet, table in zip(book.worksheets[1:], report.tables, strict=True):
        assert [cell.value for cell in sheet[2]][: len(table.header)] == list(table.header)
        assert sheet.cell(3, 1).value == str(table.rows[0][0])
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    sheet = next(sheet for sheet in book if "totals" in sheet.title)
    assert isinstance(sheet.cell(3, 3).value, float)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_hostile_texts_in_tables_are_neutralised(hostile, kind):
    data = write_report(hostile, kind)
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s", "n"}
        assert not [cell for cell in cells if cell.hyperlink]
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            assert all(re.fullmatch(r"[\w ,()-]+\.(csv|txt)", name) for name in packed.namelist())
            (name,) = [name for name in packed.namelist() if name.endswith(".csv")]
            texts = [
                cell for row in csv.reader(io.StringIO(packed.read(name).decode("utf-8-sig"))) for cell in row
            ]
    assert not [text for text in texts if text.lstrip().startswith(("=", "+", "@", "-"))]
    assert "'=1+1" in texts


@pytest.mark.parametrize("kind", ["html", "pdf", "xlsx", "csv"])
def test_the_same_report_gives_the_same_bytes(hostile, kind):
    assert write_report(hostile, kind) == write_report(hostile, kind)


@pytest.mark.parametrize("kind", ["html", "pdf", "xlsx", "csv"])
@pytest.mark.parametrize("texts", [("",), (LONG,)], ids=["empty", "long"])
def test_empty_and_very_long_texts(kind, texts):
    assert write_report(small(texts), kind)


def test_hostile_names_from_a_chart_to_every_file():
    report = report_of(named(*HOSTILE[:4], LONG, *HOSTILE[5:]), made=DAY)
    check_html(write_report(report, "html").decode())
    for kind in REPORT_KINDS:
        assert write_report(report, kind)


def test_a_pdf_says_which_letters_no_font_here_can_draw():
    shown = pypdf.PdfReader(io.BytesIO(write_report(small(["Ann \u1200"]), "pdf"))).pages[0].extract_text()
    assert ("U+1200" in shown) == bool(without_glyphs(["\u1200"]))
    assert (
        "no font"
        not in pypdf.PdfReader(io.BytesIO(write_report(small(["Ann"]), "pdf"))).pages[0].extract_text()
    )


def test_what_is_no_kind_is_refused(report):
    with pytest.raises(ReportError, match='"docx" is no kind of report'):
        write_report(report, "docx")
