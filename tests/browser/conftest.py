"""The running dashboard in a real browser, on this machine only."""

import pytest
from playwright.sync_api import expect

from tests.browser.server import HOW_TO_GET_A_BROWSER, browser_path, running_dashboard

_HEADINGS = {"Start": "Where should customer service report?"}
_PATIENCE = 30_000  # ms, for a busy machine
expect.set_options(timeout=_PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, playwright):
    path = browser_path(playwright)
    if path is None:
        pytest.skip(HOW_TO_GET_A_BROWSER)
    return {**browser_type_launch_args, "executable_path": path}


@pytest.fixture(scope="session")
def address():
    with running_dashboard() as address:
        yield address


class Dashboard:
    """A page of the dashboard, and what it asked of the network and complained about."""

    def __init__(self, page, address):
        self.page = page
        self.elsewhere, self.complaints = [], []
        page.on("request", self.note_request)
        page.on("console", self.note_message)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        page.set_default_timeout(_PATIENCE)
        page.goto(address)
        self.rest()

    def note_request(self, request):
        if not request.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
            self.elsewhere.append(request.url)

    def note_message(self, message):
        if message.type == "error":
            self.complaints.append(message.text)

    def rest(self):
        """Wait until the page stands still; a test waits for what it expects with `expect`."""
        self.page.wait_for_timeout(150)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        self.page.wait_for_timeout(150)

    def upload(self, file, name):
        """Open a file: a path, or a mapping of name, mimeType and buffer."""
        self.go("Your chart")
        self.choose(file)
        self.page.get_by_text(f"Open: {name}", exact=True).wait_for()
        self.rest()

    def choose(self, file):
        """Put a file into the field for files."""
        self.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)

    def go(self, title):
        self.page.get_by_test_id("stSidebarNav").get_by_text(title).click()
        self.page.get_by_role("heading", name=_HEADINGS.get(title, title), exact=True).wait_for()
        self.rest()

    def move_under(self, words):
        field = self.page.get_by_role("combobox", name="Move customer service under")
        field.fill(words)
        self.page.get_by_role("option").filter(has_text=words).first.click()
        self.rest()

    def card(self, title):
        """Return one headline."""
        card = self.page.get_by_test_id("stColumn").filter(has=self.page.get_by_text(title, exact=True))
        return card.first

    @property
    def sidebar(self):
        return self.page.get_by_test_id("stSidebar")

    @property
    def main(self):
        return self.page.get_by_test_id("stMain")


@pytest.fixture
def dashboard(page, address):
    opened = Dashboard(page, address)
    yield opened
    assert opened.elsewhere == []
    assert opened.complaints == []
