"""The dashboard as its users meet it: upload a chart, move customer service, read the numbers."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.server import running_dashboard

pytestmark = pytest.mark.browser

DATA = Path(__file__).parents[2] / "data"
NODES = {
    "golden_with_service.csv": "13 boxes, 13 people",
    "manufacturer_150.csv": "152 boxes, 152 people",
    "software_400.csv": "414 boxes, 404 people",
    "bank_1200.csv": "1,182 boxes, 1,182 people",
    "startup_12.csv": "12 boxes, 12 people",
    "golden_12.csv": "12 boxes, 12 people",
}
# Title lines, a byte order mark, semicolons, managers by name: as exports come.
EXPORT = """\ufeffOrganization report;;;;
Printed on 12.11.2026;;;;

Employee ID;Name;Position;Department;Line Manager
001;Ada Ahrens;Chief Executive Officer;Management;
002;Ben Brandt;Chief Operating Officer;Operations;Ada Ahrens
003;Cem Celik;Head of Sales;Sales;Ada Ahrens
004;Dora Dietz;Head of Customer Service;Customer Service;Ben Brandt
005;Emil Ernst;Customer Service Agent;Customer Service;Dora Dietz
"""
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "$x$",
    "=cmd|' /C calc'!A0",
    ":material/home:",
)


def as_file(text, name="export.csv"):
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def test_move_customer_service_from_operations_to_sales(dashboard):
    dashboard.upload(DATA / "golden_with_service.csv", "golden_with_service.csv")
    dashboard.go("Placement")
    expect(dashboard.card("Silo risk")).to_contain_text("Today: 60 % of need")
    dashboard.move_under("Head of Sales")
    silo, path = dashboard.card("Silo risk"), dashboard.card("Feedback path length")
    for text in ("Today: 60 % of need", "Under Sales: 70 % of need", "10 points more: worse"):
        expect(silo).to_contain_text(text)
    for text in ("Today: 2.2 steps", "Under Sales: 2.4 steps"):
        expect(path).to_contain_text(text)
    expect(dashboard.page.locator(".js-plotly-plot")).to_have_count(5)
    dashboard.go("Assumptions")
    dashboard.go("Placement")
    expect(dashboard.card("Silo risk")).to_contain_text("Under Sales: 70 % of need")


def test_a_page_opened_by_its_own_address_on_a_fresh_server(page):
    # Such a server takes pages/ for the older kind of app and runs the page without the frame.
    with running_dashboard() as fresh:
        page.goto(f"{fresh}/placement")
        expect(page.get_by_role("heading", name="Placement", exact=True)).to_be_visible()
        expect(page.get_by_test_id("stSidebar")).to_contain_text("manufacturer_150.csv")
        expect(page.get_by_test_id("stSidebarNav").get_by_role("link")).to_have_count(17)
        expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize("name", NODES)
def test_every_example_opens(dashboard, name):
    dashboard.upload(DATA / name, name)
    expect(dashboard.sidebar).to_contain_text(NODES[name])
    dashboard.page.locator(".st-key-chart .js-plotly-plot").wait_for()


def test_an_export_with_title_lines(dashboard):
    dashboard.upload(as_file(EXPORT), "export.csv")
    expect(dashboard.sidebar).to_contain_text("5 boxes, 5 people")
    expect(dashboard.sidebar).to_contain_text("Dora Dietz")
    dashboard.go("Placement")
    sentence = "Dora Dietz (Head of Customer Service) reports to Ben Brandt (Chief Operating Officer) today."
    expect(dashboard.main).to_contain_text(sentence)


def test_a_file_that_cannot_be_read(dashboard):
    dashboard.go("Your chart")
    dashboard.choose(
        {"name": "picture.csv", "mimeType": "text/csv", "buffer": b"\x89PNG\r\n\x1a\n\x00\x00\x00"}
    )
    dashboard.page.get_by_test_id("stAlert").filter(has_text="picture.csv").wait_for()
    expect(dashboard.sidebar).to_contain_text("manufacturer_150.csv")


def test_names_are_shown_as_they_are_written(dashboard):
    rows = "".join(f'{number},"{name}","{name} {number}",1\n' for number, name in enumerate(HOSTILE, start=3))
    head = f'id,name,title,manager_id\n1,"{HOSTILE[0]}",CEO,\n2,"{HOSTILE[1]}",Head of Customer Service,1\n'
    dashboard.upload(as_file(head + rows, "hostile.csv"), "hostile.csv")
    page = dashboard.page
    box = page.locator(".st-key-chart text").filter(has_text="[x](javasc").first
    box.scroll_into_view_if_needed()
    place = box.bounding_box()
    page.mouse.move(place["x"] + 40, place["y"] + 8)
    page.locator(".hoverlayer text").filter(has_text="[x](javascript:alert(1))").first.wait_for()
    assert page.locator(".hoverlayer a, .hoverlayer img").count() == 0
    for title in ("Your chart", "Start", "Placement", "Assumptions"):
        dashboard.go(title)
        assert HOSTILE[1] in dashboard.sidebar.inner_text().replace("\N{WORD JOINER}", "")
        main = dashboard.main
        assert main.locator("img[src=x], a[href^=javascript], .katex").count() == 0
        for plot in main.locator(".js-plotly-plot").all():
            assert plot.locator("img, image[href=x]").count() == 0


def test_a_click_on_a_row_chooses_that_parent(dashboard):
    dashboard.upload(DATA / "golden_with_service.csv", "golden_with_service.csv")
    dashboard.go("Placement")
    table = dashboard.page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    dashboard.rest()
    table.click(position={"x": 15, "y": 60})
    dashboard.rest()
    expect(dashboard.card("Silo risk")).to_contain_text("Under Chief Executive: 0 % of need")


def test_nothing_sticks_out(dashboard):
    page = dashboard.page
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (400, 900, 1600):
            page.set_viewport_size({"width": width, "height": 900})
            dashboard.rest()
            sticks_out = dashboard.main.evaluate("main => main.scrollWidth > main.clientWidth")
            assert not sticks_out, (scheme, width)


def test_a_large_chart(dashboard):
    rows = "".join(
        f"n{number},Person {number},Clerk {number % 7},n{(number - 1) // 5}\n" for number in range(1, 5000)
    )
    head = "id,name,title,manager_id\nn0,Top,Chief Executive Officer,\ncs,Cleo,Head of Customer Service,n3\n"
    dashboard.upload(as_file(head + rows, "large.csv"), "large.csv")
    expect(dashboard.sidebar).to_contain_text("5,001 boxes, 5,001 people")
    assert dashboard.page.locator(".st-key-chart .js-plotly-plot text").count() < 500
    dashboard.go("Placement")
    expect(dashboard.main).to_contain_text("Cleo")
