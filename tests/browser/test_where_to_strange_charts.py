"""The pages that say where to, with charts that nobody hopes for."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DATA, WHERE_TO
from tests.browser.test_dashboard import HOSTILE, as_file

pytestmark = pytest.mark.browser

NAMES = (*HOSTILE, "<script>alert(1)</script> <b>bold</b>")
FUNCTIONS = ("operations", "sales", "marketing", "it", "finance", "hr")
HEAD = "id,name,title,unit,function,manager_id\n"
ASKS = "Say first which node is customer service."


def hostile_chart():
    """Return a chart of heads with people below each, customer service under the first; all names hostile."""
    rows = [("top", "executive", ""), ("service", "customer_service", "operations")]
    rows += [(function, function, "top") for function in FUNCTIONS]
    rows += [(f"{function}-{number}", function, function) for function in FUNCTIONS for number in range(2)]
    lines = []
    for number, (key, function, boss) in enumerate(rows):
        name, title, unit = (NAMES[(number + shift) % len(NAMES)] for shift in range(3))
        lines.append(f'{key},"{name} {number}","{title}","{unit}",{function},{boss}\n')
    return as_file(HEAD + "".join(lines), "<b>bold</b> [x](javascript:alert(1)).csv")


def test_names_are_shown_as_they_are_written(dashboard):
    chart = hostile_chart()
    dashboard.go("Your chart")
    dashboard.choose(chart)
    expect(dashboard.sidebar).to_contain_text("20 boxes")
    for title in WHERE_TO:
        dashboard.go(title)
        closed = dashboard.main.locator("details:not([open]) > summary")
        while closed.count():  # what opens may have closed parts itself
            closed.evaluate_all("heads => heads.forEach(head => head.click())")
            dashboard.rest()
        assert dashboard.amiss() == []
        if title != "Goals":
            assert HOSTILE[1] in dashboard.main.inner_text().replace("\N{WORD JOINER}", "")
    dashboard.go("Next steps")
    dashboard.main.get_by_role("button", name="Try it").first.click()
    expect(dashboard.sidebar).to_contain_text("1 change made here")
    assert dashboard.amiss() == []
    assert b",=cmd" not in dashboard.saved("Plan (CSV)")[1]


def test_a_chart_without_customer_service(dashboard):
    dashboard.upload(DATA / "golden_12.csv", "golden_12.csv")
    needing = WHERE_TO[1:]
    for title in needing:
        dashboard.go(title)
        expect(dashboard.main).to_contain_text(ASKS)
        expect(dashboard.main.get_by_role("button", name="Put a new customer service")).to_be_visible()
    dashboard.main.get_by_role("button", name="Put a new customer service").click()
    expect(dashboard.sidebar).to_contain_text("1 change made here")
    for title in needing:
        dashboard.go(title)
        expect(dashboard.main.locator(".js-plotly-plot").first).to_be_visible()
        expect(dashboard.main).not_to_contain_text(ASKS)
        assert dashboard.amiss() == []


@pytest.mark.parametrize("title", ["Head of Customer Service", "Chief Executive Officer"])
def test_a_chart_of_one_box(dashboard, title):
    dashboard.upload(as_file(f"id,name,title,manager_id\n1,Ada,{title},\n", "one.csv"), "one.csv")
    for page in WHERE_TO:
        dashboard.go(page)
        assert dashboard.amiss() == []
