"""The server as it is started: what every address answers, and what a fault of a page says."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.browser.conftest import browser_type_launch_args  # noqa: F401  # fixture
from tests.browser.server import free_port, running_dashboard

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address():
    with running_dashboard() as running:
        yield running


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/placement",
        "/_stcore/health",
        "/static/nowhere.js",
        "/media/nowhere.pdf",
        "/_stcore/host-config",
    ],
)
def test_every_address_of_the_server_has_the_headers(address, path):
    headers = requests.get(address + path, timeout=10).headers
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/script-health-check"])
def test_what_no_visitor_needs_is_closed(address, path):
    answer = requests.get(address + path, timeout=10)
    assert answer.status_code == 404
    assert "sessions" not in answer.text


def test_a_fault_is_told_with_its_number_and_without_its_words(tmp_path, page):
    """A copy of the dashboard in which a page is broken."""
    broken = tmp_path / "dashboard"
    shutil.copytree(
        ROOT,
        broken,
        ignore=shutil.ignore_patterns(".*", "node_modules", "tests", "benchmarks", "frontend", "docs"),
    )
    shutil.copytree(ROOT / ".streamlit", broken / ".streamlit")
    (broken / "pages/methods.py").write_text('raise RuntimeError("Ann Example earns 1")\n')
    with running_dashboard(str(broken / "app.py")) as running:
        page.goto(f"{running}/methods")
        page.get_by_text("Something went wrong here").wait_for()
        assert "Ann Example" not in page.content()
        assert "RuntimeError" not in page.content()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"ORGMODEL_UPLOAD_MB": "many"}, "ORGMODEL_UPLOAD_MB"),
        ({"ORGMODEL_OIDC_CLIENT_ID": "x"}, "For sign-in"),
    ],
)
def test_a_server_with_a_bad_setting_does_not_start(setting, said):
    ended = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())],
        cwd=ROOT,
        env={**os.environ, **setting},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode != 0
    assert f"Orgmodel was not started: {said}" in ended.stderr
