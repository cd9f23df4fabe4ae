"""A file with names that want to be something else, and with a row that the doctor has to see to."""

from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import expect

from orgmodel.importing import read_organization

pytestmark = pytest.mark.browser

SCRIPT = "<img src=x onerror=alert(1)>"
OTHERS = ("]]></text><script>alert(1)</script>", "'&amp;&#60;b&#62;", "[x](javascript:alert(1)) $x$ **b**")
CHART = (
    "id,name,title,unit,manager_id,location\n"
    f"1,{SCRIPT},{SCRIPT},,,{SCRIPT}\n"
    f"2,{SCRIPT},Head of Customer Service,{SCRIPT},1,x\n"
    + "".join(f"{row},{name},{SCRIPT},{name},2,{name}\n" for row, name in enumerate(OTHERS, start=3))
    + f"6,{SCRIPT},Clerk,,77,x\n"
)


@pytest.fixture(scope="module")
def hostile(open_drawing):
    return open_drawing({"name": "hostile.csv", "mimeType": "text/csv", "buffer": CHART.encode()})


def is_harmless(page):
    return page.locator("img[src=x], script:text('alert(1)'), a[href^=javascript]").count() == 0


def test_names_are_names_in_every_file(hostile, tmp_path):
    opened = read_organization(CHART.encode(), filename="hostile.csv").organization
    for title in ("CSV", "GraphML", "networkx graph"):
        assert read_organization(hostile.saved(title, tmp_path)).organization == opened
    root = ET.parse(hostile.saved("Picture (SVG)", tmp_path)).getroot()  # noqa: S314  # made here
    assert {element.tag.split("}")[1] for element in root.iter()}.isdisjoint({"img", "script", "b", "a"})
    assert any(SCRIPT[:12] in (text.text or "") for text in root.iter("{http://www.w3.org/2000/svg}text"))
    file = hostile.saved("Pages for print", tmp_path)
    sheets = hostile.page.context.new_page()
    sheets.on("dialog", lambda dialog: pytest.fail(dialog.message))
    sheets.set_content(file.read_text(encoding="utf-8"))
    assert is_harmless(sheets)
    sheets.close()


def test_names_are_names_everywhere_on_the_page(hostile):
    page = hostile.page
    hostile.click("2")
    hostile.menu("Details")
    expect(hostile.details.get_by_role("heading")).to_have_text(SCRIPT)
    hostile.details.get_by_label("Location").fill(SCRIPT)
    hostile.press("Tab")
    hostile.press("Escape")
    hostile.search.fill("img src")
    hits = hostile.element.get_by_role("listbox", name="Hits")
    expect(hits.get_by_role("option").first).to_contain_text(SCRIPT)
    hostile.press("Enter", "Escape")
    page.mouse.move(*hostile.spot("3"))
    expect(hostile.beside).to_contain_text(SCRIPT)
    hostile.hold(hostile.spot("1"), hostile.spot("3"))
    expect(hostile.beside.locator(".why")).to_contain_text("img src=x")
    hostile.drop()
    expect(hostile.element.locator(".toast")).to_contain_text("img src=x")
    hostile.focus("2")
    hostile.press("Alt+l", "ArrowUp", "Enter")
    expect(hostile.dialog).to_contain_text(SCRIPT)
    hostile.press("Escape", "Delete")
    expect(hostile.dialog).to_contain_text(SCRIPT)
    hostile.press("Escape")
    for by in ("location", "unit", "value:silo_risk"):
        hostile.element.get_by_role("combobox", name="Colour by").select_option(by)
        hostile.settle()
    assert is_harmless(page)
    for title in ("Form", "Table", "History"):
        page.get_by_role("radiogroup", name="Beside the drawing").get_by_role("radio", name=title).click()
        hostile.dashboard.rest()
        assert is_harmless(page)
        assert page.get_by_test_id("stException").count() == 0
        assert page.locator(".katex").count() == 0


def test_the_doctor_and_the_drawing_change_one_chart(hostile):
    """A manager who is not in the file becomes a box; the move made before stays, and can be undone."""
    hostile.drag("4", "1")
    hostile.dashboard.go("Your chart")
    hostile.page.get_by_role("button", name="Do everything that is proposed").click()
    hostile.dashboard.rest()
    hostile.open()
    assert hostile.boss("6") == "77"
    assert hostile.boss("4") == "1"
    hostile.menu("Undo")
    hostile.wait_for("board.model.get('4').boss.id === '2'")
    assert hostile.boss("6") == "77"
