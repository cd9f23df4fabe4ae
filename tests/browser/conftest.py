"""The running dashboard in a real browser, on this machine only."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOW_TO_GET_ONE = "No Chromium found: apt install chromium, or .venv/bin/python -m playwright install chromium"


def chromium(playwright):
    """Return the path of a Chromium or Chrome, None where there is none."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    candidates = ("/usr/bin/chromium", *found, playwright.chromium.executable_path)
    return next((path for path in candidates if path and Path(path).exists()), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, playwright):
    path = chromium(playwright)
    if path is None:
        pytest.skip(HOW_TO_GET_ONE)
    return {**browser_type_launch_args, "executable_path": path}


@pytest.fixture(scope="session")
def address():
    """Start the app on a free port and return its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {"address": "127.0.0.1", "port": port, "fileWatcherType": "none"}
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py"]
        + [f"--server.{name}={value}" for name, value in options.items()],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/_stcore/health", server)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_for(address, server, seconds=60):
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  # our own server
                return
        except OSError:
            assert server.poll() is None, "the server has ended"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.2)


class Dashboard:
    """A page of the dashboard, and what it asked of the network and complained about."""

    def __init__(self, page, address):
        self.page = page
        self.elsewhere, self.complaints = [], []
        page.on("request", self.note_request)
        page.on("console", self.note_message)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        page.set_default_timeout(30_000)
        page.goto(address)
        self.rest()

    def note_request(self, request):
        if not request.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
            self.elsewhere.append(request.url)

    def note_message(self, message):
        if message.type == "error":
            self.complaints.append(message.text)

    def rest(self):
        """Wait until the script has run and the page stands still."""
        self.page.wait_for_timeout(150)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        self.page.wait_for_timeout(150)

    def upload(self, file, name):
        """Open a file: a path, or a mapping of name, mimeType and buffer."""
        self.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
        self.page.get_by_text(f"Open: {name}", exact=True).wait_for()
        self.rest()

    def go(self, title):
        self.page.get_by_test_id("stSidebarNav").get_by_text(title).click()
        self.page.get_by_role("heading", name=title, exact=True).wait_for()
        self.rest()

    def move_under(self, words):
        field = self.page.get_by_role("combobox", name="Move customer service under")
        field.fill(words)
        self.page.get_by_role("option").filter(has_text=words).first.click()
        self.rest()

    def card(self, title):
        """Return the text of one headline."""
        card = self.page.get_by_test_id("stColumn").filter(has=self.page.get_by_text(title, exact=True))
        return card.first.inner_text()

    @property
    def sidebar(self):
        return self.page.get_by_test_id("stSidebar").inner_text()


@pytest.fixture
def dashboard(page, address):
    opened = Dashboard(page, address)
    yield opened
    assert opened.elsewhere == []
    assert opened.complaints == []
