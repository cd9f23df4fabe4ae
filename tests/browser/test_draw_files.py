"""What is saved from the menu of the drawing."""

import struct
from xml.etree import ElementTree as ET

import pytest

from orgmodel.importing import read_organization
from tests.browser.conftest import DATA

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("title", ["CSV", "Excel workbook", "GraphML", "JSON", "networkx graph"])
def test_the_chart_is_saved_as_it_is_drawn(canvas, tmp_path, title):
    opened = read_organization(DATA / "golden_with_service.csv").organization
    assert read_organization(canvas.saved(title, tmp_path)).organization == opened


def test_a_change_is_in_the_file(canvas, tmp_path):
    canvas.drag("CS", "Sales")
    read = read_organization(canvas.saved("GraphML", tmp_path)).organization
    assert read.ids[read.manager[read.row("CS")]] == "Sales"


def test_the_svg_has_every_name_and_is_as_large_as_the_chart(canvas, tmp_path):
    canvas.run("board.camera.look(0, 0, 2)")  # the whole chart, whatever is in sight
    root = ET.parse(canvas.saved("Picture (SVG)", tmp_path)).getroot()  # noqa: S314  # made here
    texts = {"".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")}
    for name in canvas.run("return board.model.nodes.map(({ name }) => name)"):
        assert name in texts or any(name.startswith(text[:-1]) for text in texts if text.endswith("…")), texts
    bounds = canvas.run("return board.layout.bounds")
    assert float(root.get("width").removesuffix("px")) >= bounds["x1"] - bounds["x0"]


def test_the_png_is_twice_as_large_as_the_chart(canvas, tmp_path):
    data = canvas.saved("Picture (PNG)", tmp_path).read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    bounds = canvas.run("return board.layout.bounds")
    assert 0 <= width - 2 * (bounds["x1"] - bounds["x0"]) < 300
    # Above it stand name and day, below it a legend.
    assert 0 <= height - 2 * (bounds["y1"] - bounds["y0"]) < 800


def test_pages_for_print(example, tmp_path):
    file = example.saved("Pages for print", tmp_path)
    sheets = example.page.context.new_page()
    sheets.set_content(file.read_text(encoding="utf-8"))
    assert sheets.locator("svg.sheet").count() >= 1
    names = sheets.locator("body").inner_text()
    assert "Valerie Westphal" in names
    sheets.close()
