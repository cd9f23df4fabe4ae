"""Two lenses: a ticket file of hostile causes, a function followed in both pictures, and its needs in use."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DATA

pytestmark = pytest.mark.browser

CAUSES = {
    "Late delivery": 20,
    "Refund": 10,
    "<img src=x onerror=alert(1)>": 5,
    "<script>alert(1)</script> <b>bold</b>": 4,
    "[x](javascript:alert(1)) $x$ :material/home:": 3,
    "=cmd|' /C calc'!A0": 2,
    "z" * 9000: 1,
}


@pytest.fixture
def tickets():
    rows = "".join(f'"{cause}"\n' * number for cause, number in CAUSES.items())
    name = "<img src=x onerror=alert(1)>.csv"
    return {"name": name, "mimeType": "text/csv", "buffer": f"Reason\n{rows}".encode()}


def test_a_ticket_file_becomes_the_needs_and_back(dashboard, tickets):
    dashboard.upload(DATA / "golden_with_service.csv", "golden_with_service.csv")
    dashboard.go("Two lenses")
    main = dashboard.main
    functions = main.get_by_role("radiogroup", name="Which function to follow")
    assumed = functions.inner_text()
    assert "Operations 40 %" in assumed
    main.get_by_role("radio", name="A ticket file").click()
    main.get_by_test_id("stFileUploaderDropzoneInput").wait_for(state="attached")
    dashboard.choose(tickets)
    expect(main).to_contain_text(f"{sum(CAUSES.values())} rows")

    contacts = main.get_by_role("figure", name="Contacts by cause, step and function that can act")
    way = main.get_by_role("figure", name="The way from customer service to whoever can act")
    expect(contacts).to_contain_text("Late delivery")
    expect(contacts).to_contain_text("<img src=x onerror")
    functions.get_by_role("radio", name="Finance").click()
    expect(main.get_by_role("heading", name="The way to Finance")).to_be_visible()
    expect(main.get_by_role("listitem").first).to_contain_text("can act")
    expect(way).to_contain_text("Finance")
    expect(way).not_to_contain_text("Marketing")
    assert dashboard.amiss() == []

    main.get_by_role("button", name="Use these as whom customer service needs").click()
    expect(dashboard.sidebar).to_contain_text("from your contacts")
    main.get_by_role("radio", name="What is assumed").click()
    for share in ("Operations 44 %", "Finance 22 %"):
        expect(functions).to_contain_text(share)
    dashboard.rest()  # while a page is shown anew, a button may be there twice
    main.get_by_role("button", name="Take that back").click()
    expect(functions).to_have_text(assumed, use_inner_text=True)
    expect(dashboard.sidebar).not_to_contain_text("from your contacts")
    assert dashboard.amiss() == []
