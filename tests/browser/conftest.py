"""The running dashboard in a real browser, on this machine only."""

from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from tests.browser.canvas import Canvas
from tests.browser.server import HOW_TO_GET_A_BROWSER, browser_path, running_dashboard

DATA = Path(__file__).parents[2] / "data"
_HEADINGS = {"Start": "Where should customer service report?"}
WHERE_TO = ("Goals", "Decide", "Next steps", "Change orders", "Two lenses")
_HERE = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
_PATIENCE = 30_000  # ms, for a busy machine
expect.set_options(timeout=_PATIENCE)
# What is clicked reaches the server and sets it to work within this time, or the page stays as it is.
_STANDS_STILL = """async () => {
    const isAtRest = () =>
        document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning";
    for (let since = performance.now(); performance.now() - since < 200; ) {
        await new Promise((go) => setTimeout(go, 20));
        if (!isAtRest()) since = performance.now();
    }
    return true;
}"""


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
        self.heard = {
            "request": self.note_request,
            "console": self.note_message,
            "pageerror": self.note_error,
            "dialog": self.note_dialog,
        }
        for event, note in self.heard.items():
            page.on(event, note)
        page.set_default_timeout(_PATIENCE)
        page.goto(address)
        self.rest()

    def note_request(self, request):
        if not request.url.startswith(_HERE):
            self.elsewhere.append(request.url)

    def note_message(self, message):
        # For the address of a page Streamlit looks below that page first for what it needs of its server.
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            self.complaints.append(message.text)

    def note_error(self, error):
        self.complaints.append(str(error))

    def note_dialog(self, dialog):
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def leave(self):
        """Listen no more, and see that nothing went wrong."""
        for event, note in self.heard.items():
            self.page.remove_listener(event, note)
        assert self.elsewhere == []
        assert self.complaints == []

    def rest(self):
        """Wait until the page stands still; a test waits for what it expects with `expect`."""
        self.page.wait_for_function(_STANDS_STILL)

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
        self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=title).click()
        self.page.get_by_role("heading", name=_HEADINGS.get(title, title), exact=True).wait_for()
        self.rest()

    def move_under(self, words):
        field = self.page.get_by_role("combobox", name="Move customer service under")
        field.fill(words)
        self.page.get_by_role("option").filter(has_text=words).first.click()
        self.rest()

    def answer(self, question, reply):
        """Answer a question of the questionnaire."""
        choice = self.page.get_by_role("radiogroup", name=question).get_by_role(
            "radio", name=reply, exact=True
        )
        choice.click()
        expect(choice).to_be_checked()

    def unfold(self, title):
        """Open a part of the page that is closed, and return it."""
        head = self.page.locator("summary").filter(has_text=title)
        part = self.main.get_by_test_id("stExpander").filter(has=head)
        if not part.locator("details[open]").count():
            head.click()
        expect(part.locator("details[open]")).to_have_count(1)
        return part

    def rows(self, picture):
        """Return what stands at the left of a picture, from top to bottom, once it is drawn."""
        labels = self.page.get_by_role("figure", name=picture).locator(".ytick text")
        labels.first.wait_for()
        places = {" ".join(label.text_content().split()): label.bounding_box()["y"] for label in labels.all()}
        return sorted(places, key=places.get)

    def saved(self, button):
        """Press a button that saves a file, and return its name and what is in it."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name=button, exact=True).click()
        return download.value.suggested_filename, Path(download.value.path()).read_bytes()

    def amiss(self):
        """Return what of a name of a chart or a file became a part of the page, and what failed."""
        ours = "img[src=x], a[href^=javascript], .katex, b:text('bold'), script:text('alert(1)')"
        found = self.main.locator(f"{ours}, [data-testid=stException]")
        return [element.evaluate("element => element.outerHTML") for element in found.all()]

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


@pytest.fixture(scope="session")
def tabs(browser):
    """Give the tab that tests use one after the other.

    In a tab of its own each test would have the browser read and compile Streamlit and plotly anew, which
    takes longer than most tests.
    """
    with browser.new_context() as context:
        yield [context.new_page()]


@pytest.fixture
def page(tabs):
    """Give a page that is nothing to the server yet: without cookies, as large and light as always."""
    (page,) = tabs
    if page.is_closed():  # a test failed in it
        page = tabs[0] = page.context.new_page()
    page.context.clear_cookies()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(color_scheme="light")
    return page


@pytest.fixture
def dashboard(page, address):
    opened = Dashboard(page, address)
    yield opened
    opened.leave()


@contextmanager
def own_browser(browser, **context):
    """Give a browser of one's own that is cut off from other machines."""
    options = {"viewport": {"width": 1280, "height": 1100}, "reduced_motion": "reduce", **context}
    with browser.new_context(**options) as fresh:
        fresh.route(lambda url: not url.startswith(_HERE), lambda route: route.abort())
        yield fresh


@contextmanager
def drawing_in(context, address, file):
    """Open a file, else the first example, in a tab of a browser and give its drawing."""
    canvas = opened_drawing(context, address, file)
    yield canvas
    assert canvas.dashboard.elsewhere == []
    assert canvas.dashboard.complaints == []


def opened_drawing(context, address, file):
    dashboard = Dashboard(context.new_page(), address)
    if file is not None:
        dashboard.upload(file, file["name"] if isinstance(file, dict) else file.name)
    return Canvas(dashboard).open()


class SharedDrawing:
    """A drawing that many tests work on, one after the other, each of which finds it as it was opened."""

    def __init__(self, context, address, file):
        self.context, self.address, self.file = context, address, file
        self.canvas = opened_drawing(context, address, file)
        self.at_first = self.canvas.chart()

    def lend(self):
        """Give the drawing; afterwards all is undone, which must give the chart as it was."""
        self.canvas.page.bring_to_front()
        if not self.canvas.holds(self.at_first):  # a test failed: the others are not to fail with it
            self.canvas.page.close()
            self.canvas = opened_drawing(self.context, self.address, self.file)
        yield self.canvas
        self.canvas.put_back(self.at_first)
        assert self.canvas.dashboard.elsewhere == []
        assert self.canvas.dashboard.complaints == []


@pytest.fixture(scope="module")
def open_drawing(browser, address):
    """Give what opens a drawing in a browser of its own."""
    with ExitStack() as opened:

        def open_it(file=None, **context):
            own = opened.enter_context(own_browser(browser, **context))
            return opened.enter_context(drawing_in(own, address, file))

        yield open_it


@pytest.fixture(scope="session")
def small_drawing(browser, address):
    with own_browser(browser) as context:
        yield SharedDrawing(context, address, DATA / "golden_with_service.csv")


@pytest.fixture(scope="session")
def example_drawing(small_drawing, address):
    """Give the drawing of the first example, of 152 nodes, in another tab beside the small one."""
    return SharedDrawing(small_drawing.context, address, None)


@pytest.fixture
def canvas(small_drawing):
    """Give the drawing of a small chart."""
    yield from small_drawing.lend()


@pytest.fixture
def example(example_drawing):
    """Give the drawing of the first example."""
    yield from example_drawing.lend()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    shown = item.funcargs.get("canvas") or item.funcargs.get("dashboard")
    if report.failed and shown is not None:
        with suppress(Error):
            said = shown.page.locator("body").inner_text(timeout=2_000)
            report.sections.append(("What the page said", f"{shown.page.url}\n{said}"))
    if report.failed and "page" in item.funcargs:
        item.funcargs["page"].close()
    return report


def pytest_collection_modifyitems(items):
    """Put the browser tests first and let each try once more.

    They are few and long: at the end one of their modules would keep a single worker busy. And a busy machine
    may be late for any of thousands of waits.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
