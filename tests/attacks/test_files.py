"""Hostile texts in every report and export, hostile names of files, and files that are bombs."""

import csv
import io
import json
import re
import time
import tracemalloc
import zipfile
import zlib
from pathlib import PurePosixPath, PureWindowsPath

import openpyxl
import pypdf
import pytest
from lxml import etree
from lxml import html as lxml_html

from components import keeping
from components.privacy_holdings import everything
from components.text import as_file_name
from orgmodel.errors import OrgModelError, ReportError, ScenarioError, UnreadableFileError
from orgmodel.importing import read_organization
from orgmodel.importing.keeping import read_report, written_report
from orgmodel.importing.writing.kinds import KINDS, write_organization
from orgmodel.organization import Organization
from orgmodel.reports.chart_files import CHART_KINDS, ShownChart, write_chart
from orgmodel.reports.kinds import REPORT_KINDS, write_report
from orgmodel.reports.report import report_of
from orgmodel.scenarios import read_chart, scenario_from_json, scenario_to_json, written_scenario
from orgmodel.store import Content, Store
from tests.attacks.hostile import COMMANDS, DDE, FORMULA, HOSTILE, MARKUP, PATHS, SCRIPT, read, scenario
from tests.reports.reports_for_tests import DAY

ACTIVE = {"/URI", "/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA", "/EmbeddedFile", "/GoToR"}
_WHOLE = frozenset(
    {"script", "iframe", "object", "embed", "link", "base", "form", "img", "image", "a", "use"}
)


@pytest.fixture(scope="module")
def report():
    return report_of(scenario(HOSTILE), made=DAY)


def test_html(report):
    text = write_report(report, "html").decode()
    page = lxml_html.fromstring(text)
    assert "default-src 'none'" in text
    assert text.count("<style") == text.count("</style>") == 1
    for element in page.iter(etree.Element):
        assert element.tag not in _WHOLE - {"a"}
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            if name.endswith(("href", "src", "action")):
                assert value.startswith("#")
            if "alert(" in value or "evil" in value:
                assert name in {"aria-label", "content", "alt", "title"}
    shown = " ".join(page.text_content().split())
    for wanted in (" ".join(MARKUP.split()), SCRIPT):
        assert wanted in shown


def names_in(value, depth=0):
    if isinstance(value, dict):
        for name, part in value.items():
            yield str(name)
            if isinstance(part, str):
                yield part
            if depth < 6 and not isinstance(part, pypdf.generic.IndirectObject):
                yield from names_in(part, depth + 1)
    elif isinstance(value, list):
        for part in value:
            if not isinstance(part, pypdf.generic.IndirectObject):
                yield from names_in(part, depth + 1)


def check_pdf(data):
    read = pypdf.PdfReader(io.BytesIO(data))
    size = int(read.trailer["/Size"])
    assert size > 5
    found = set()
    for number in range(1, size):
        part = read.get_object(pypdf.generic.IndirectObject(number, 0, read))
        found.update(names_in(part))
    assert found & {"/Page", "/Pages"}
    assert not found & ACTIVE
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in read.pages))


def test_pdf(report):
    shown = check_pdf(write_report(report, "pdf"))
    for wanted in ("<b>bold</b>", "<script>alert(1)</script>", '#read("/etc/passwd")', "{{7*7}}"):
        assert re.sub(r"\s+", "", wanted) in shown
    assert "root:x:" not in shown


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            assert not PurePosixPath(name).is_absolute()
            assert ".." not in PurePosixPath(name).parts
            yield name, packed.read(name)


def check_office(data):
    """Look at every part of a document of Office, and at the workbooks in it."""
    for name, part in parts(data):
        assert not re.search(r"vba|macro|activeX|externalLink|oleObject|customXml", name, re.IGNORECASE)
        if name.endswith(".xlsx"):
            check_office(part)
        elif name.endswith((".xml", ".rels")):
            assert b"<!DOCTYPE" not in part
            root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
            for element in root.iter(etree.Element):
                tag = etree.QName(element).localname
                assert element.get("TargetMode") != "External"
                assert tag not in {
                    "hlinkClick",
                    "hlinkHover",
                    "hyperlink",
                    "ddeLink",
                    "externalReference",
                    "control",
                }
                assert tag != "f" or "/charts/" in name, "a formula"
                assert tag != "f" or re.fullmatch(
                    r"[\w'. ]+!\$?[A-Z]+\$?\d+(:\$?[A-Z]+\$?\d+)?", element.text
                )


@pytest.mark.parametrize("kind", ["pptx", "xlsx"])
def test_office(report, kind):
    data = write_report(report, kind)
    check_office(data)
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        check_cells([cell.value for cell in cells if isinstance(cell.value, str)])


def check_cells(texts):
    assert not [text for text in texts if text.lstrip().startswith(("=", "+", "@", "\t", "\r"))]
    assert not [text for text in texts if re.match(r"\s*-(?![\d.,\s]*\W*$|\d)", text) and len(text) > 3]


def test_tables_in_a_zip(report):
    names = set()
    for name, data in parts(write_report(report, "csv")):
        assert re.fullmatch(r"[\w ,()-]{1,40}\.(csv|txt)", name)
        names.add(name.casefold())
        if name.endswith(".csv"):
            check_cells([cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row])
    assert len(names) > 5


# ---------------------------------------------------------------------- the chart


@pytest.fixture(scope="module")
def chart():
    return scenario(HOSTILE).organization


@pytest.mark.parametrize("kind", CHART_KINDS)
def test_the_chart_as_every_file(chart, kind):
    data = write_chart(ShownChart(chart, ("4",), (), MARKUP + SCRIPT), kind)
    if kind == "svg":
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        for element in root.iter(etree.Element):
            assert etree.QName(element).localname not in _WHOLE | {
                "foreignObject",
                "animate",
                "set",
                "handler",
            }
            for name, value in element.attrib.items():
                assert not etree.QName(name).localname.startswith(("on", "href", "src"))
                assert not re.search(r"url\((?!#)|javascript:|@import", value) or name == "aria-label"
        assert b"<!DOCTYPE" not in data
        assert "bold" in "".join(root.itertext())
    elif kind in {"poster", "pages"}:
        check_pdf(data)
    elif kind == "png":
        assert data.startswith(b"\x89PNG")
    elif kind == "xlsx":
        check_office(data)
    if kind in KINDS:
        assert read_organization(data, filename=f"chart.{KINDS[kind].ending}").organization == chart


def test_half_a_sign_and_nul_stop_no_export():
    """JSON can hold half of a surrogate pair, which UTF-8 cannot."""
    strange = "half \ud800 nul \x00 \ufffe"
    chart = Organization.from_columns(["a", "b"], [None, "a"], names=[strange] * 2, titles=[strange] * 2)
    for kind in CHART_KINDS:
        try:
            assert write_chart(ShownChart(chart, ("b",), (), strange), kind)
        except ReportError as error:
            assert len(str(error)) < 300  # noqa: PT017  # either way out is right
    for kind in KINDS:
        assert write_organization(chart, kind)


def test_there_and_back():
    hostile = scenario(HOSTILE)
    assert scenario_from_json(written_scenario(hostile)) == hostile
    assert scenario_from_json(json.dumps(scenario_to_json(hostile))) == hostile
    file = read(HOSTILE)
    assert read_report(written_report(file)).organization == file.organization


# ---------------------------------------------------------------------- names of files


def check_name(name):
    """Check that a name is that of a file in the folder it is put into, on Windows and elsewhere."""
    assert name == name.strip()
    assert len(name.encode()) <= 200
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]', name)
    assert PurePosixPath(name).name == name or not name
    assert not PureWindowsPath(name).drive
    assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name, re.IGNORECASE)


@pytest.mark.parametrize("path", PATHS, ids=range(len(PATHS)))
def test_a_name_is_a_name_on_any_machine(path):
    check_name(as_file_name(path))
    check_name(as_file_name(path * 30))


@pytest.mark.parametrize("path", PATHS, ids=range(len(PATHS)))
def test_the_name_of_a_file_leads_nowhere(path, tmp_path, monkeypatch):
    """What an uploaded file is called is a text, whatever it is; it is read as what it holds."""
    monkeypatch.chdir(tmp_path)
    report = read_organization(b"id,name,manager_id\n1,Ann,\n2,Bob,1\n", filename=path)
    assert len(report.organization) == 2
    assert list(tmp_path.iterdir()) == []


def test_names_in_the_zip_of_everything(tmp_path):
    store, me = Store.open(f"sqlite:///{tmp_path}/kept.sqlite3"), "me"
    content = keeping.content(scenario())
    for number, path in enumerate((*PATHS, *HOSTILE)):
        named = Content(path, content.data, content.chart)
        store.keep_draft(me, str(number), named)
        store.save(me, named, note=path, save_id=str(number))
    names = [name for name, _ in parts(everything(store, me))]
    assert len(names) == len(set(map(str.casefold, names))) == 2 * len((*PATHS, *HOSTILE))
    for name in names:
        assert name.startswith(("drafts/", "scenarios/"))
        for part in name.split("/"):
            check_name(part)
    store.close()


# ---------------------------------------------------------------------- bombs


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


_ODS = "application/vnd.oasis.opendocument.spreadsheet"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE {0} [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{at} "' + f"&a{at - 1 or ''};" * 10 + '">' for at in range(1, 12))
    + "]><{0}>&a11;</{0}>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE {0} [<!ENTITY x SYSTEM "file:///etc/passwd">]><{0}>&x;</{0}>'
PARAMETER = '<?xml version="1.0"?><!DOCTYPE {0} [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd">%x;]><{0}/>'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>'
)


def sheet(text):
    """Return a workbook of which one part is that text."""
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name.endswith("sheet1.xml") else old.read(name))
    return out.getvalue()


def bombs():
    for name, text in (("laughs", LAUGHS), ("outside", OUTSIDE), ("parameter", PARAMETER)):
        for root, ending in (("graphml", "graphml"), ("gexf", "gexf"), ("svg", "svg")):
            yield f"{name}.{ending}", text.replace("{0}", root).encode()
            yield f"{name} utf-16.{ending}", text.replace("{0}", root).encode("utf-16")
        yield f"{name}.xlsx", sheet(text.replace("{0}", "worksheet"))
        yield (
            f"{name}.ods",
            zipped(
                mimetype=_ODS,
                **{"content.xml": text.replace("{0}", "office")},
            ),
        )
    zeros = b"0" * 60_000_000
    yield "zip.xlsx", zipped(**{"[Content_Types].xml": _TYPES, "xl/workbook.xml": zeros * 5})
    yield "sheet.xlsx", sheet(b"<worksheet><sheetData>" + b"<row><c t='str'><v>" + zeros * 5)
    yield (
        "zip.ods",
        zipped(mimetype=_ODS, **{"content.xml": zeros * 5}),
    )
    yield "deep.json", b"[" * 2_000_000
    yield "deep objects.json", b'{"a":' * 200_000
    yield "deep.graphml", b"<graphml>" + b"<a>" * 200_000


def lying(data):
    """Return an archive whose parts say that they are small."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sizes = {one.file_size for one in packed.infolist() if one.file_size > 1_000_000}
    for size in sizes:
        data = data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    return data


BOMBS = dict(bombs())
BOMBS |= {f"lying {name}": lying(BOMBS[name]) for name in ("zip.xlsx", "sheet.xlsx", "zip.ods")}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_soon_and_in_little_memory(name):
    start = time.perf_counter()
    tracemalloc.start()
    with pytest.raises(UnreadableFileError) as caught:
        read_organization(BOMBS[name], filename=name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    sentence = str(caught.value)
    assert time.perf_counter() - start < 10
    assert peak < 100_000_000
    assert "root:" not in sentence
    assert not re.search(r"Traceback|Error\(|site-packages|lxml|\.py\b|File \"", sentence)
    assert 20 < len(sentence) < 500


BLOBS = {
    "zeros": zlib.compress(b"0" * 300_000_000, 9),
    "list": zlib.compress(b"[" + b"0," * 40_000_000 + b"0]", 9),
    "deep": zlib.compress(b"[" * 10_000_000, 9),
    "nested": zlib.compress(b'{"a":' * 500_000 + b"1" + b"}" * 500_000, 9),
    "twice": zlib.compress(zlib.compress(b"0" * 300_000_000, 9), 9),
}


@pytest.mark.parametrize("name", BLOBS)
@pytest.mark.parametrize("reader", [read_chart, read_report, scenario_from_json])
def test_a_kept_bomb_is_refused_soon_and_in_little_memory(name, reader):
    data = BLOBS[name]
    if reader is scenario_from_json and name in {"deep", "nested"}:
        data = zlib.decompress(data)
    start = time.perf_counter()
    tracemalloc.start()
    with pytest.raises(OrgModelError):
        reader(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.perf_counter() - start < 5
    assert peak < 250_000_000


HUGE = {
    "too large": b'{"notes": "' + b"x" * 51_000_000 + b'"}',
    "too many parts": b'{"a": [' + b"[]," * 2_000_000 + b"[]]}",
    "no end": b'{"format": "orgmodel-scenario", "version": 1' + b', "a": [[[[[' * 100_000,
    "number": b'{"version": ' + b"9" * 1_000_000 + b"}",
    "infinite": b'{"format": "orgmodel-scenario", "version": 1e999}',
    "twice": b'{"format": "orgmodel-scenario", "version": 99999, "version": -1}',
}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_or_deep_scenario_is_refused(name):
    start = time.perf_counter()
    with pytest.raises(ScenarioError) as caught:
        scenario_from_json(HUGE[name])
    assert time.perf_counter() - start < 5
    assert len(str(caught.value)) < 400
    assert FORMULA not in str(caught.value)
    assert not {COMMANDS, DDE} & {str(caught.value)}


def test_every_kind_is_looked_at():
    assert set(REPORT_KINDS) == {"html", "pdf", "pptx", "xlsx", "csv"}
    assert set(CHART_KINDS) == {"poster", "pages", "svg", "png", "csv", "xlsx", "graphml", "json"}
