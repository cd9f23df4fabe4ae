"""A demo in a browser: its first screen, the tour walked through, left and walked off, one's own file."""

import re

import pytest
from playwright.sync_api import expect

from components.tour import STEPS
from components.welcome_comparison import EXAMPLE
from components.welcome_file import SAMPLE
from orgmodel.indicators import HEADLINES
from tests.browser.conftest import DATA, Dashboard
from tests.browser.server import running_dashboard
from tests.browser.test_draw_accessible import AXE
from tests.browser.test_where_to_accessible import _SCAN

pytestmark = pytest.mark.browser

TITLE = "Where should customer service report?"


@pytest.fixture(scope="module")
def demo_address():
    with running_dashboard(environment={"ORGMODEL_DEMO": "1"}) as address:
        yield address


@pytest.fixture
def demo(page, demo_address):
    opened = Dashboard(page, demo_address)
    yield opened
    opened.leave()


def bar(dashboard):
    return dashboard.main.locator(".st-key-tour")


def press(dashboard, name):
    dashboard.main.get_by_role("button", name=name).click()
    dashboard.rest()


def begin(dashboard):
    press(dashboard, "Take the tour")
    at_step(dashboard, 0)


def at_step(dashboard, number):
    region = bar(dashboard).get_by_role("region", name="Tour")
    expect(region).to_contain_text(f"Step {number + 1} of {len(STEPS)} · {STEPS[number].title}")
    if STEPS[number].page_title != "Welcome":
        heading = dashboard.main.get_by_role("heading", name=STEPS[number].page_title, level=1, exact=True)
        expect(heading).to_be_visible()


def go_to_step(dashboard, number):
    for at in range(number):
        press(dashboard, "Next")
        at_step(dashboard, at + 1)


def sideways(dashboard):
    return dashboard.page.evaluate(
        "[...document.querySelectorAll('[data-testid=stMain]'), document.scrollingElement]"
        ".some((element) => element.scrollWidth > element.clientWidth)"
    )


def test_a_stranger_sees_a_finished_comparison_first(demo):
    expect(demo.main.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    picture = demo.main.get_by_role("figure", name=re.compile("Customer service today"))
    expect(picture.locator(".main-svg").first).to_be_visible()
    for item in HEADLINES:
        card = demo.main.get_by_test_id("stColumn").filter(has=demo.page.get_by_text(item.title, exact=True))
        expect(card.last.get_by_test_id("stProgress")).to_have_count(4)
    expect(demo.sidebar).to_contain_text(EXAMPLE)
    expect(demo.main.get_by_role("button", name="Take the tour")).to_be_in_viewport()


def test_the_tour_is_walked_through_and_ends_with_a_file_of_ones_own(demo):
    begin(demo)
    go_to_step(demo, len(STEPS) - 1)
    press(demo, "Back")
    at_step(demo, len(STEPS) - 2)
    press(demo, "Next")
    press(demo, "Try your own file")
    expect(demo.main.get_by_role("heading", name="Your chart", exact=True)).to_be_visible()
    expect(bar(demo)).to_have_count(0)


@pytest.mark.parametrize("number", range(len(STEPS)))
def test_it_is_left_at_any_step_and_leaves_nothing_behind(demo, number):
    begin(demo)
    if number:
        demo.go(STEPS[number].page_title)
    at_step(demo, number)
    press(demo, "Leave the tour")
    expect(bar(demo)).to_have_count(0)
    demo.go("Start")
    expect(bar(demo)).to_have_count(0)
    expect(demo.sidebar).to_contain_text(EXAMPLE)
    expect(demo.sidebar).not_to_contain_text("change made here")
    expect(demo.sidebar).not_to_contain_text("answered")
    begin(demo)


def test_whoever_walks_off_is_led_back(demo):
    begin(demo)
    demo.go("Placement")
    demo.go("Methods")
    expect(bar(demo)).to_contain_text(f"The tour waits at step 3 of {len(STEPS)}")
    press(demo, "Back to step 3")
    at_step(demo, 2)
    demo.go("Report")  # by the navigation to a page of the tour: it goes on from there
    at_step(demo, 4)


def test_it_is_walked_with_the_keyboard_alone(demo):
    demo.main.get_by_role("button", name="Take the tour").focus()
    demo.page.keyboard.press("Enter")
    at_step(demo, 0)
    for name, number in (("Next", 1), ("Next", 2), ("Back", 1)):
        demo.rest()
        demo.main.get_by_role("button", name=name).focus()
        demo.page.keyboard.press("Enter")
        at_step(demo, number)
    demo.rest()
    demo.main.get_by_role("button", name="Leave the tour").focus()
    demo.page.keyboard.press("Enter")
    expect(bar(demo)).to_have_count(0)


def test_a_file_of_ones_own_is_opened_on_the_first_screen(demo):
    expect(demo.main).to_contain_text("never written to its disk")
    demo.page.get_by_role("link", name="Try your own file").click()
    field = demo.page.get_by_test_id("stFileUploader")
    expect(field).to_be_in_viewport()
    expect(field).to_contain_text("20MB")
    demo.choose(DATA / SAMPLE)
    expect(demo.main).to_contain_text(f"{SAMPLE} is open: 12 boxes")
    expect(demo.sidebar).to_contain_text(SAMPLE)
    demo.main.get_by_role("link", name="Go on with it").click()
    expect(demo.main).to_contain_text(f"Open: {SAMPLE}")
    demo.rest()
    assert "work=" not in demo.page.url


def test_the_file_to_practise_with_is_downloaded(demo):
    name, content = demo.saved("Download a file to try")
    assert (name, content) == (SAMPLE, (DATA / SAMPLE).read_bytes())


def test_elsewhere_start_leads_to_the_example_and_the_tour(dashboard):
    assert dashboard.page.get_by_test_id("stSidebarNav").get_by_role("link", name="Welcome").count() == 0
    dashboard.main.get_by_role("link", name="See a finished example").click()
    expect(dashboard.main).to_contain_text("A finished example")
    expect(dashboard.main).to_contain_text("kept there as a draft")
    dashboard.go("Start")
    begin(dashboard)
    press(dashboard, "Next")
    at_step(dashboard, 1)
    press(dashboard, "Leave the tour")


def test_it_fits_a_telephone(page, demo_address):
    page.set_viewport_size({"width": 400, "height": 860})
    demo = Dashboard(page, demo_address)
    begin(demo)
    expect(bar(demo)).to_be_in_viewport()
    assert not sideways(demo)
    for number in range(1, len(STEPS)):
        press(demo, "Next")
        at_step(demo, number)
        expect(bar(demo).get_by_role("button", name="Leave the tour")).to_be_in_viewport()
        assert not sideways(demo)
    demo.leave()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_is_found_by_axe(page, demo_address, scheme):
    if not AXE.is_file():
        pytest.skip("axe-core is missing: install Node, then make canvas")
    page.emulate_media(color_scheme=scheme)
    demo = Dashboard(page, demo_address)
    begin(demo)
    expect(demo.main.get_by_role("heading", name=TITLE)).to_be_visible()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    passed, found = page.evaluate(f"async () => {{ {_SCAN} }}")
    assert passed > 10
    assert found == []
    demo.leave()
