"""A chart of hostile names on every page, in a real browser; the server's log; a cookie that is garbage."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from orgmodel.scenarios import written_scenario
from tests.attacks.hostile import MARKUP, SCRIPT, STRANGE, scenario, table
from tests.browser.conftest import (  # noqa: F401  # fixtures
    Dashboard,
    browser_type_launch_args,
    own_browser,
)

pytestmark = [pytest.mark.browser, pytest.mark.flaky(reruns=1)]
ROOT = Path(__file__).parents[2]
TITLES = (
    "Start",
    "Your chart",
    "Draw",
    "Organization health",
    "Goals",
    "Decide",
    "Next steps",
    "Placement",
    "Change orders",
    "Two lenses",
    "Scenarios",
    "Compare",
    "Report",
    "Share",
    "Assumptions",
    "Methods",
    "What is stored",
)
IMAGE = "<img src=x onerror=alert(1)>"
TEXTS = (MARKUP, SCRIPT, STRANGE)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Start a dashboard whose log and database are looked at afterwards; give its address and its log."""
    place = tmp_path_factory.mktemp("server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {"address": "127.0.0.1", "port": port, "fileWatcherType": "none"}
    log = place / "log.txt"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py"]
            + [f"--server.{name}={value}" for name, value in options.items()]
            + ["--logger.level=info"],
            cwd=ROOT,
            stdout=written,
            stderr=subprocess.STDOUT,
            env=os.environ | {"ORGMODEL_DATABASE_URL": f"sqlite:///{place}/kept.sqlite3"},
        )
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"{address}/_stcore/health", timeout=5).close()  # noqa: S310  # ours
                    break
                except OSError:
                    time.sleep(0.2)
            yield address, log
        finally:
            process.terminate()
            process.wait(timeout=20)


def amiss(dashboard):
    """Return what of a name became a part of the page, in the report's frame too."""
    found = dashboard.amiss()
    page = dashboard.page
    found += page.evaluate(
        """() => {
            const said = (element) => element.outerHTML.slice(0, 300);
            const within = [...document.querySelectorAll('iframe')].map((one) => one.contentDocument);
            return [document, ...within].filter(Boolean).flatMap((one) => [...one.querySelectorAll(
                '[onerror], [onload], img[src=x], a[href*="evil"], img[src*="evil"], ' +
                'a[href^="javascript"], svg[onload], .katex'
            )].map(said));
        }"""
    )
    return found


def test_hostile_names_on_every_page(browser, server):
    address, log = server
    with own_browser(browser) as context:
        dashboard = Dashboard(context.new_page(), address)
        page = dashboard.page
        upload = {
            "name": f"{IMAGE}.csv",
            "mimeType": "text/csv",
            "buffer": table(TEXTS),
        }
        dashboard.go("Your chart")
        dashboard.choose(upload)
        expect(dashboard.main).to_contain_text("onerror")
        dashboard.rest()
        dashboard.go("Scenarios")
        data = written_scenario(scenario(TEXTS))
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
            {"name": "<b>bold</b>.json", "mimeType": "application/json", "buffer": data}
        )
        expect(dashboard.main.get_by_test_id("stAlert")).to_contain_text("is open now")
        dashboard.rest()
        seen = set()
        for title in TITLES:
            page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=False).last.click()
            dashboard.rest()
            assert amiss(dashboard) == [], title
            seen.add(page.url.split("?")[0])
        assert len(seen) == len(TITLES)
        secret = next(one["value"] for one in context.cookies() if one["name"] == "orgmodel_browser")
        page.goto(f"{address}/shared?link={'A' * 43}")
        expect(page.get_by_text("This link leads nowhere")).to_be_visible()
        assert dashboard.elsewhere == []
        assert dashboard.complaints == []
    said = log.read_text(encoding="utf-8", errors="replace")
    assert not re.search(r"alert\(|evil|A{43}|bold|gro\.live", said)
    assert secret not in said
    assert "Traceback" not in said


def test_a_cookie_that_is_garbage_is_replaced(browser, server):
    address, _ = server
    with own_browser(browser) as context:
        context.add_cookies([{"name": "orgmodel_browser", "value": "x" * 900, "url": address}])
        dashboard = Dashboard(context.new_page(), address)
        dashboard.go("Goals")
        dashboard.page.wait_for_function("/orgmodel_browser=[\\w-]{43}(;|$)/.test(document.cookie)")
        (cookie,) = [one for one in context.cookies() if one["name"] == "orgmodel_browser"]
        assert re.fullmatch(r"[\w-]{43}", cookie["value"])
        assert cookie["sameSite"] == "Strict"
        expect(dashboard.sidebar.get_by_text("keeps no cookies")).to_have_count(0)
