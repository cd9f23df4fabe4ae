"""Correcting what was recognised: the proposals change with it, and nothing is lost."""

from playwright.sync_api import expect


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
    page.mouse.dblclick(place["x"] + 0.72 * place["width"], place["y"] + 38 + 35 + 15)
    page.wait_for_timeout(500)
    page.keyboard.type("Customer")
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    dashboard.rest()
    expect(page.get_by_test_id("stMain")).not_to_contain_text("Customer service 13")
    assert page.get_by_test_id("stException").count() == 0
    expect(dashboard.sidebar).to_contain_text("Valerie Westphal")
    dashboard.go("Placement")
    assert page.get_by_test_id("stException").count() == 0
