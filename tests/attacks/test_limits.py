"""Attempts to get by the limits of a server: more tabs, larger files, packed files, forged requests."""

import asyncio
import http.client
import io
import zipfile
from urllib.parse import urlsplit

import pytest
import requests

from benchmarks.visitors import Visitor
from hosting import limits
from hosting.settings import settings
from hosting.uploads import LARGEST_HELD
from orgmodel.errors import OrgModelError
from orgmodel.importing import read_organization
from tests.browser.server import running_dashboard
from tests.coroutines import run

MEGABYTE = 1 << 20
SETTINGS = {"ORGMODEL_TABS": "10", "ORGMODEL_UPLOAD_MB": "1", "ORGMODEL_BOXES": "200"}
CHART = b"id,name,manager_id\n1,Ann,\n2,Bob,1\n"


@pytest.fixture(scope="module")
def address():
    with running_dashboard(environment=SETTINGS) as found:
        yield found


def alone(steps):
    """Run the steps of a visitor, however long the machine takes."""
    return run(asyncio.wait_for(steps, 300))


# ---------------------------------------------------------------------- tabs


def test_eleven_tabs(address):
    async def open_them():
        browser = "a" * 43
        tabs = [await Visitor(address, "start", browser=browser).__aenter__() for _ in range(10)]
        assert all(any("Silo risk" in text for text in tab.texts()) for tab in tabs)
        async with Visitor(address, "start", browser=browser) as eleventh:
            assert eleventh.texts() == [
                "Not now",
                (
                    "You have 10 tabs of this dashboard open; this server allows 10 to each visitor. Close "
                    "one, then load this page anew."
                ),
            ]
            await eleventh.go("decide")  # by the address of another page
            assert len(eleventh.texts()) == 2
            async with Visitor(address, "start", browser="b" * 43) as somebody:
                assert len(somebody.texts()) > 2
            await tabs[0].__aexit__(None, None, None)
            for _ in range(100):
                await eleventh.go("start")
                if len(eleventh.texts()) > 2:
                    break
                await asyncio.sleep(0.1)
            assert any("Silo risk" in text for text in eleventh.texts())
        for tab in tabs[1:]:
            await tab.run()
            assert any("Silo risk" in text for text in tab.texts())
            await tab.__aexit__(None, None, None)

    alone(open_them())


# ---------------------------------------------------------------------- uploads


def put(address, session, file_id, content, *, chunked=False):
    """Send a file as no page has asked for it; return the status and the answer."""
    with requests.Session() as browser:
        token = browser.get(f"{address}/_stcore/health", timeout=60).cookies.get("_streamlit_xsrf", "")
        asked = requests.Request(
            "PUT",
            f"{address}/_stcore/upload_file/{session}/{file_id}",
            files={"a.csv": ("a.csv", content)},
            headers={"X-Xsrftoken": token, "Origin": address},
        )
        prepared = browser.prepare_request(asked)
        if chunked:
            body = prepared.body
            del prepared.headers["Content-Length"]
            prepared.body = (body[at : at + 65_536] for at in range(0, len(body), 65_536))
            prepared.headers["Transfer-Encoding"] = "chunked"
        answer = browser.send(prepared, timeout=120)
    return answer.status_code, answer.text


@pytest.mark.parametrize("chunked", [False, True])
def test_a_forged_upload_beyond_the_size(address, chunked):
    async def send():
        async with Visitor(address, "your_chart") as visitor:
            session, before = visitor.session, visitor.texts()
            # Streamlit counts the few words around a file where their length is said before.
            most = b"x" * (MEGABYTE if chunked else MEGABYTE - 1_000)
            exact = await asyncio.to_thread(put, address, session, "1", most, chunked=chunked)
            assert exact[0] == 204
            beyond = await asyncio.to_thread(
                put, address, session, "2", b"x" * (MEGABYTE + 1), chunked=chunked
            )
            assert beyond[0] == 413
            await visitor.run()
            assert visitor.texts() == before

    alone(send())


def test_a_tab_holds_no_more_than_it_may(address):
    async def send():
        async with Visitor(address, "your_chart") as visitor, Visitor(address, "your_chart") as other:
            half = b"x" * (MEGABYTE // 2 - 1_000)
            answers = [
                await asyncio.to_thread(put, address, visitor.session, f"{number}", half)
                for number in range(2 * LARGEST_HELD + 3)
            ]
            assert [status for status, _ in answers] == [204] * 2 * LARGEST_HELD + [413] * 3
            assert "This tab holds as many files as it may (2 MB). Remove some of them" in answers[-1][1]
            at_once = await asyncio.gather(
                *(asyncio.to_thread(put, address, other.session, f"{number}", half) for number in range(12))
            )
            assert sum(status == 204 for status, _ in at_once) <= 2 * LARGEST_HELD
            # What it holds can still be used, and so can every other tab.
            assert await other.upload(CHART_FIELD, "chart.csv", CHART + b"x" * 10_000) == 413
            async with Visitor(address, "your_chart") as third:
                assert await third.upload(CHART_FIELD, "chart.csv", CHART) == 204
                assert any("chart.csv" in text for text in third.texts())

    alone(send())


CHART_FIELD = "Your org chart: one file, or several that belong together"


def test_a_length_that_lies(address):
    async def send():
        async with Visitor(address, "your_chart") as visitor:
            return visitor.session

    parts = urlsplit(address)
    for length in ("-1", "1e9", "99999999999999999999", "", "0x10"):
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
        connection.putrequest("PUT", f"/_stcore/upload_file/{alone(send())}/1")
        connection.putheader("Content-Length", length)
        connection.endheaders()
        assert connection.getresponse().status in {400, 403, 413}
        connection.close()
    assert requests.get(f"{address}/_stcore/health", timeout=60).ok


# ---------------------------------------------------------------------- packed files


@pytest.fixture
def demo(monkeypatch):
    monkeypatch.setenv("ORGMODEL_DEMO", "1")
    settings.cache_clear()
    yield
    settings.cache_clear()


def workbook(rows):
    """Return a workbook with so many rows, as small as can be."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(
            "xl/workbook.xml",
            '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>',
        )
        row = '<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row>'
        file.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{row * rows}</sheetData></worksheet>"
        )
    return packed.getvalue()


@pytest.mark.usefixtures("demo")
def test_a_packed_file_does_not_get_by_the_limits():
    small = workbook(3_000_000)
    assert len(small) < 3 * MEGABYTE
    with pytest.raises(OrgModelError, match="unpack"):
        read_organization(small, filename="bomb.xlsx", limits=limits.of_charts())


@pytest.mark.usefixtures("demo")
def test_many_rows_and_large_files_do_not_get_by_the_limits():
    rows = b"".join(b"%d,a,1\n" % number for number in range(2, 6_002))
    with pytest.raises(OrgModelError, match="6,001 rows, which is more than is read: 6,000"):
        read_organization(b"id,name,manager_id\n1,Ann,\n" + rows, limits=limits.of_charts())
    with pytest.raises(OrgModelError, match="larger than 20 MB"):
        read_organization(b"x" * (20 * MEGABYTE + 1), limits=limits.of_files())
