"""From a file to a chart in a real browser: look, try, apply, take back, say what a column is."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

BROKEN = """\
Employee ID;Name;Position;Manager ID;Room
1;Ada Ahrens;Chief Executive Officer;;1
2;Ben Brandt;Chief Operating Officer;1;2
3;Dora Dietz;Head of Customer Service;2;3
4;Fay Fuchs;Head of Product;5;4
5;Gil Graf;Product Manager;6;5
6;Hal Haas;Product Designer;4;6
7;Ida Igel;Accountant;77;7
"""
HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) $x$ :material/home: **b**"


def as_file(text, name="broken.csv"):
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def kind(dashboard, words):
    return dashboard.page.get_by_test_id("stExpander").filter(has_text=words).first


def test_a_circle_is_cut_elsewhere_and_back(dashboard):
    dashboard.upload(as_file(BROKEN), "broken.csv")
    page, main = dashboard.page, dashboard.main
    expect(main).to_contain_text("7 rows → 7 nodes")
    circle = kind(dashboard, "run in a circle")
    circle.get_by_text('Cut "5" (Gil Graf)').click()
    dashboard.rest()
    expect(circle).to_contain_text("This would change")
    circle.get_by_role("button", name="Apply").click()
    dashboard.rest()
    expect(main).to_contain_text("Decided so far")
    expect(kind(dashboard, "run in a circle").get_by_role("radio", checked=True)).to_have_count(1)
    page.get_by_role("button", name="Undo", exact=True).click()
    dashboard.rest()
    expect(main).not_to_contain_text("Decided so far")
    page.get_by_role("button", name="Do everything that is proposed").click()
    dashboard.rest()
    expect(main).to_contain_text("has what I propose")


def test_everything_can_be_reached_by_keyboard(dashboard):
    dashboard.upload(as_file(BROKEN), "broken.csv")
    page = dashboard.page
    page.get_by_role("button", name="Do everything that is proposed").focus()
    page.keyboard.press("Enter")
    dashboard.rest()
    page.get_by_role("button", name="Undo", exact=True).focus()
    page.keyboard.press("Enter")
    dashboard.rest()
    circle = kind(dashboard, "run in a circle")
    circle.get_by_role("radio", checked=True).focus()
    page.keyboard.press("ArrowDown")
    dashboard.rest()
    expect(circle).to_contain_text("This would change")


def test_a_column_is_read_as_something_else(dashboard):
    dashboard.upload(as_file(BROKEN), "broken.csv")
    page = dashboard.page
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": 200, "y": 35 * 5 + 17})
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    page.keyboard.type("Location")
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    dashboard.rest()
    page.get_by_role("button", name="Use these columns").click()
    dashboard.rest()
    expect(page.get_by_role("button", name="Back to what was told")).to_be_visible()
    dashboard.upload(as_file(BROKEN, "next.csv"), "broken.csv, next.csv")
    page.get_by_text("Only next.csv").click()
    dashboard.rest()
    expect(dashboard.main).to_contain_text("Open: next.csv")
    expect(dashboard.main).to_contain_text("earlier file with the same headers")
    page.get_by_role("button", name="Back to what was told").click()
    dashboard.rest()
    expect(dashboard.main).not_to_contain_text("earlier file with the same headers")


def test_with_pseudonyms_the_upload_is_dropped(dashboard):
    dashboard.go("Your chart")
    dashboard.page.get_by_text("Replace names and e-mail addresses").click()
    dashboard.rest()
    dashboard.upload(as_file(BROKEN), "broken.csv")
    expect(dashboard.page.get_by_test_id("stFileUploaderFile")).to_have_count(0)
    expect(dashboard.main).not_to_contain_text("Dora Dietz")
    expect(dashboard.sidebar).not_to_contain_text("Dora Dietz")


def test_texts_of_a_file_are_shown_as_they_are_written(dashboard):
    head = f'id,"{HOSTILE}",title,manager_id\n1,Ann,CEO,\n'
    rows = f'2,Bob,"{HOSTILE}","{HOSTILE}"\n"{HOSTILE}",C,{HOSTILE},4\n4,D,x,"{HOSTILE}"\n4,E,y,4\n5,F,z,5\n'
    name = "[x](javascript:alert(1)) $x$ **b**.csv"
    main = dashboard.main
    dashboard.go("Your chart")
    dashboard.choose(as_file(head + rows, name))
    expect(main).to_contain_text("6 rows →")
    for expander in main.get_by_test_id("stExpander").all():
        if expander.locator("details[open]").count() == 0:
            expander.locator("summary").click()
            dashboard.rest()
        for way in expander.get_by_test_id("stRadio").all():
            way.locator("label").last.click()
            dashboard.rest()
    assert main.locator("img[src=x], a[href^=javascript], .katex").count() == 0
    assert HOSTILE.replace("**", "") not in main.inner_text()
    for plot in main.locator(".js-plotly-plot").all():
        assert plot.locator("img, image[href=x]").count() == 0
    assert dashboard.page.get_by_test_id("stException").count() == 0


def test_nothing_sticks_out(dashboard):
    page = dashboard.page
    dashboard.upload(as_file(BROKEN), "broken.csv")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (400, 900, 1600):
            page.set_viewport_size({"width": width, "height": 900})
            dashboard.rest()
            sticks_out = dashboard.main.evaluate("main => main.scrollWidth > main.clientWidth")
            assert not sticks_out, (scheme, width)
