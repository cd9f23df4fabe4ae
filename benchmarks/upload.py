"""What a user waits for: from choosing a file in a real browser to its indicators on the screen."""

import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from benchmarks.charts import Chart
from tests.browser.server import browser_path, running_dashboard

_REPETITIONS = 5


def upload_table(chart: Chart) -> list[str]:
    """Return the lines of the table for one chart: from the file to the indicators, and to the end."""
    with running_dashboard() as address, sync_playwright() as playwright, TemporaryDirectory() as folder:
        file = Path(folder) / chart.name
        file.write_bytes(chart.content)
        browser = playwright.chromium.launch(executable_path=browser_path(playwright), args=["--no-sandbox"])
        spent = [_seconds(browser.new_page(), address, file) for _ in range(_REPETITIONS)]
        browser.close()
    return [
        f"{chart.name} in a browser, from choosing the file ({_REPETITIONS} times: median, least, most)",
        _line("indicators on the screen", [first for first, _ in spent]),
        _line("whole page, picture too", [last for _, last in spent]),
    ]


def _seconds(page: Page, address: str, file: Path) -> tuple[float, float]:
    """Return the seconds until the new chart's indicators are shown, and until the page stands still."""
    page.goto(address)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.get_by_text("Open: ", exact=False).first.wait_for()
    page.get_by_test_id("stSidebarNav").get_by_text("Your chart").click()
    page.get_by_role("heading", name="Your chart", exact=True).wait_for()
    start = time.perf_counter()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    page.get_by_text(f"Open: {file.name}", exact=True).wait_for()
    page.get_by_test_id("stSidebarNav").get_by_text("Start").click()
    # Streamlit greys out what is left of the run before: the headline has to be one of this run.
    page.locator("[data-testid=stElementContainer][data-stale=false]").get_by_text(
        "Silo risk", exact=True
    ).wait_for()
    indicators = time.perf_counter() - start
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    still = time.perf_counter() - start
    page.close()
    return indicators, still


def _line(name: str, seconds: list[float]) -> str:
    return f"  {name:<34}{statistics.median(seconds):>12.2f} s   {min(seconds):.2f} {max(seconds):.2f}"
