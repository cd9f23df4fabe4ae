"""The pages that say where to, each opened by its own address, and axe."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WHERE_TO, Dashboard
from tests.browser.test_draw_accessible import AXE

pytestmark = pytest.mark.browser

ADDRESSES = dict(zip(WHERE_TO, ("goals", "decide", "plan", "change_orders", "lenses"), strict=True))
# A drawing that scrolls sideways cannot be given a tab stop in Streamlit; Chromium and Firefox give it one.
_SCAN = """
    const { violations, passes } = await axe.run({ include: [["[data-testid=stMain]"]] },
        { resultTypes: ["violations"], rules: { "scrollable-region-focusable": { enabled: false } } });
    return [passes.length, violations
        .filter(({ impact }) => ["serious", "critical"].includes(impact))
        .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
            `${id}: ${target.at(-1)}: ${failureSummary}`))];
"""


@pytest.mark.parametrize("title", WHERE_TO)
def test_nothing_serious_is_found(page, address, title):
    if not AXE.is_file():
        pytest.skip("axe-core is missing: install Node, then make canvas")
    dashboard = Dashboard(page, f"{address}/{ADDRESSES[title]}")
    for again in (False, True):
        if again:
            page.reload()
        expect(dashboard.main.get_by_role("heading", name=title, exact=True)).to_be_visible()
        dashboard.rest()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    passed, found = page.evaluate(f"async () => {{ {_SCAN} }}")
    assert passed > 10
    assert found == []
    dashboard.leave()
