"""The chart as a file of every kind."""

import io

import networkx as nx
import pypdf
import pytest
from lxml import etree
from PIL import Image

from orgmodel.errors import ReportError
from orgmodel.importing import read_organization
from orgmodel.organization import Organization
from orgmodel.reports.chart_files import CHART_KINDS, ShownChart, write_chart
from tests.charts_for_tests import golden

HOSTILE = '<script>alert(1)</script> #read("x") =1+1'


@pytest.fixture(scope="module")
def chart():
    return golden("Ops")


@pytest.mark.parametrize("kind", CHART_KINDS)
def test_every_kind_of_the_smallest_chart(kind):
    assert write_chart(
        ShownChart(Organization.from_columns(["a"], [None], names=[HOSTILE]), title=HOSTILE), kind
    )


def test_a_poster_has_every_box(chart):
    root = etree.fromstring(write_chart(ShownChart(chart, ("CS",)), "svg"))
    texts = " ".join(root.itertext())
    for node in chart.ids:
        assert node in texts
    with Image.open(io.BytesIO(write_chart(ShownChart(chart, ("CS",)), "png"))) as picture:
        assert min(picture.size) > 300


def test_pages_and_poster_are_pdfs_with_every_box(chart):
    for kind in ("pages", "poster"):
        read = pypdf.PdfReader(io.BytesIO(write_chart(ShownChart(chart, ("CS",), title="Golden"), kind)))
        text = " ".join(page.extract_text() for page in read.pages)
        for node in chart.ids:
            assert node in text


@pytest.mark.parametrize("kind", ["csv", "json", "graphml", "xlsx"])
def test_data_come_back_as_the_same_chart(chart, kind, tmp_path):
    file = tmp_path / f"chart.{CHART_KINDS[kind].ending}"
    file.write_bytes(write_chart(ShownChart(chart), kind))
    assert read_organization(file).organization == chart
    if kind == "graphml":
        assert len(nx.read_graphml(file)) == len(chart)


def test_what_is_no_kind_is_refused(chart):
    with pytest.raises(ReportError, match="no kind of file for a chart"):
        write_chart(ShownChart(chart), "docx")
