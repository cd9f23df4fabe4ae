"""The drawing and axe, which knows the rules of WCAG that a program can check."""

import pytest
from playwright.sync_api import expect

from components.org_canvas import BUNDLE

pytestmark = pytest.mark.browser

AXE = BUNDLE.parents[1] / "frontend/node_modules/axe-core/axe.min.js"
_SCAN = """
    const { violations, passes } = await axe.run({ include: [["[data-testid=stMain]"]] },
        { resultTypes: ["violations"] });
    const ours = ({ target }) => target.some((one) => Array.isArray(one));
    return [passes.length, violations
        .filter(({ impact }) => ["serious", "critical"].includes(impact))
        .flatMap(({ id, nodes }) => nodes.filter(ours).map(({ target, failureSummary }) =>
            `${id}: ${target.at(-1).at(-1)}: ${failureSummary}`))];
"""


def scan(canvas):
    """Return what axe finds in the drawing that is serious or critical."""
    if not AXE.is_file():
        pytest.skip("axe-core is missing: install Node, then make canvas")
    if not canvas.page.evaluate("typeof axe === 'object'"):
        canvas.page.evaluate(AXE.read_text(encoding="utf-8"))
    passed, found = canvas.run(_SCAN)
    assert passed > 10
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_is_found(canvas, scheme):
    canvas.page.emulate_media(color_scheme=scheme)
    canvas.wait_for(f"Boolean(board.theme.dark) === {'true' if scheme == 'dark' else 'false'}")
    canvas.focus("Ops")
    canvas.press("Alt+e")
    expect(canvas.details).to_be_visible()
    canvas.search.fill("sales")
    found = scan(canvas)
    canvas.search.fill("")
    canvas.focus("Ops")
    canvas.press("Delete")
    expect(canvas.dialog).to_be_visible()
    found += scan(canvas)
    canvas.press("Escape")
    for keys in (["?"], ["Alt+l", "ArrowUp", "Enter"]):
        canvas.press(*keys)
        expect(canvas.dialog).to_be_visible()
        found += scan(canvas)
        canvas.press("Escape")
        expect(canvas.dialog).to_have_count(0)
    canvas.menu("Save as")
    found += scan(canvas)
    canvas.press("Escape")
    canvas.page.emulate_media(color_scheme="light")
    assert found == []
