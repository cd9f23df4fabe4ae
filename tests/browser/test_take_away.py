"""Every file of the page Report is downloaded in the browser and opened by a library that is not ours."""

import io
import json
import zipfile

import networkx as nx
import openpyxl
import pandas as pd
import pytest
from lxml import etree
from lxml import html as lxml_html
from PIL import Image
from playwright.sync_api import expect
from pptx import Presentation
from pypdf import PdfReader

from tests.browser.conftest import DATA

pytestmark = pytest.mark.browser
PICTURES = ("Poster (PDF)", "Pages for print", "Poster (SVG)")


def of_pdf(data):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def of_slides(data):
    shapes = [shape for slide in Presentation(io.BytesIO(data)).slides for shape in slide.shapes]
    charts = [shape.chart for shape in shapes if shape.has_chart]
    assert charts
    assert all(len(plot.categories) for chart in charts for plot in chart.plots)
    texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    tables = [shape.table for shape in shapes if shape.has_table]
    return " ".join(texts + [cell.text for table in tables for cell in table.iter_cells()])


def of_workbook(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return " ".join(str(cell) for sheet in book for row in sheet.values for cell in row)


def of_zip(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return " ".join(archive.read(name).decode("utf-8-sig") for name in archive.namelist())


def of_page(data):
    page = lxml_html.document_fromstring(data)
    assert not page.xpath("//script | //*[@href or @src][not(starts-with(@href | @src, '#'))]")
    return page.text_content()


REPORT = {
    "Web page": of_page,
    "PDF": of_pdf,
    "PowerPoint": of_slides,
    "Excel workbook": of_workbook,
    "CSV": of_zip,
}


def boxes_of_svg(data):
    texts = etree.fromstring(data).itertext()
    return set(texts)


def of_graphml(data):
    return {unit for _node, unit in nx.parse_graphml(data.decode()).nodes(data="unit") if unit}


def of_json(data):
    return {node["unit"] for node in json.loads(data)["nodes"] if "unit" in node}


CHART = {
    "Poster (PDF)": lambda data: set(of_pdf(data).split("\n")),
    "Pages for print": lambda data: set(of_pdf(data).split("\n")),
    "Poster (SVG)": boxes_of_svg,
    "Poster (PNG)": lambda data: Image.open(io.BytesIO(data)).size,
    "CSV": lambda data: set(pd.read_csv(io.BytesIO(data))["unit"].dropna()),
    "Excel workbook": lambda data: set(pd.read_excel(io.BytesIO(data), engine="openpyxl")["unit"].dropna()),
    "GraphML": of_graphml,
    "JSON": of_json,
}


def taken(dashboard, button):
    """Press a button that saves a file; return what the file is called and its bytes."""
    with dashboard.page.expect_download() as download:
        button.click()
    found = download.value
    with open(found.path(), "rb") as file:  # noqa: PTH123  # a path of the browser's own
        return found.suggested_filename, file.read()


def test_every_file_opens_elsewhere(dashboard):
    dashboard.page.get_by_role("combobox", name="Prepared example").click()
    dashboard.page.get_by_role("option").filter(has_text="every number by hand").first.click()
    dashboard.rest()
    dashboard.go("Report")
    said = {}
    for title, read in REPORT.items():
        button = (
            dashboard.main.get_by_test_id("stDownloadButton").get_by_role("button").filter(has_text=title)
        )
        name, data = taken(dashboard, button.first)
        assert name.startswith("golden_with_service report.")
        said[title] = " ".join(read(data).split())
    for title, text in said.items():
        assert "Customer" in text, title
        assert "Silo risk" in text, title
    units = set(pd.read_csv(DATA / "golden_with_service.csv")["unit"].dropna())
    for title, read in CHART.items():
        field = dashboard.page.get_by_role("combobox", name="As what")
        field.fill(title)
        field.press("Enter")
        button = dashboard.main.get_by_role("button", name="Download the chart").filter(has_text=title)
        expect(button).to_be_visible()
        dashboard.rest()
        found = read(taken(dashboard, button)[1])
        if title in PICTURES:
            assert "Customer Service" in found, title
        elif title != "Poster (PNG)":
            assert found == units, title
        else:
            assert found[0] > found[1] > 400
