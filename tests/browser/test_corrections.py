"""Correcting what was recognised: the proposals change with it, and nothing is lost."""

import pytest
from playwright.sync_api import TimeoutError, expect  # noqa: A004  # Playwright's own

pytestmark = pytest.mark.browser

_TRIES = 5


def test_a_corrected_function_changes_the_proposals(dashboard):
    """Two more nodes are customer service: the old choice is no proposal any more, but stays chosen."""
    page = dashboard.page
    expect(page.get_by_test_id("stMain")).to_contain_text("Customer service 13")
    page.get_by_text("Correct the function of a node").click()
    dashboard.rest()
    page.get_by_label("Find nodes").fill("Order Desk Supervisor")
    page.keyboard.press("Enter")
    dashboard.rest()
    table = page.get_by_test_id("stDataFrame").last
    table.scroll_into_view_if_needed()
    place = table.bounding_box()
    field = page.locator("#portal input")
    for _ in range(_TRIES):
        page.mouse.dblclick(place["x"] + 0.72 * place["width"], place["y"] + 38 + 35 + 15)
        try:
            field.wait_for(timeout=3_000)
        except TimeoutError:  # a grid that is just being drawn again takes no double click
            continue
        break
    field.fill("Customer")
    page.locator("#portal").get_by_text("Customer service", exact=True).wait_for()
    page.keyboard.press("Enter")
    dashboard.rest()
    expect(page.get_by_test_id("stMain")).not_to_contain_text("Customer service 13")
    assert page.get_by_test_id("stException").count() == 0
    expect(dashboard.sidebar).to_contain_text("Valerie Westphal")
    dashboard.go("Placement")
    assert page.get_by_test_id("stException").count() == 0
