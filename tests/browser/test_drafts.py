"""Nothing is lost by loading the page anew; two tabs and two browsers do not disturb each other."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Dashboard, own_browser
from tests.browser.server import running_dashboard

pytestmark = pytest.mark.browser
KEPT = "Kept as a draft: a reload loses nothing."


def questions(dashboard):
    """Return the first two questions of the questionnaire, each as its replies by their words."""
    groups = dashboard.page.get_by_role("radiogroup")
    groups.first.wait_for()
    return groups.nth(0), groups.nth(1)


def reply(group, word):
    return group.get_by_role("radio", name=word, exact=True)


def say(dashboard, place, word):
    choice = reply(questions(dashboard)[place], word)
    choice.click()
    expect(choice).to_be_checked()
    expect(dashboard.sidebar.get_by_text(KEPT)).to_be_visible()
    dashboard.rest()


def test_a_reload_loses_nothing_and_tabs_go_their_own_ways(browser, address):
    with own_browser(browser) as mine, own_browser(browser) as other:
        first = Dashboard(mine.new_page(), address)
        first.go("Goals")
        say(first, 0, "Yes")
        first.page.reload()
        first.rest()
        expect(reply(questions(first)[0], "Yes")).to_be_checked()

        second = Dashboard(mine.new_page(), first.page.url)  # the tab is duplicated
        expect(reply(questions(second)[0], "Yes")).to_be_checked()
        say(first, 1, "No")
        say(second, 1, "Partly")
        assert first.page.url != second.page.url
        for tab, word in ((first, "No"), (second, "Partly")):
            tab.page.reload()
            tab.rest()
            expect(reply(questions(tab)[1], word)).to_be_checked()

        say(second, 0, "Partly")  # the newest
        again = Dashboard(mine.new_page(), address)  # without the address of a draft
        again.main.get_by_role("button", name="Go on with it").click()
        again.go("Goals")
        for question in questions(again):
            expect(reply(question, "Partly")).to_be_checked()

        stranger = Dashboard(other.new_page(), first.page.url)
        expect(stranger.main.get_by_text("kept from another browser")).to_be_visible()
        expect(reply(questions(stranger)[0], "Yes")).not_to_be_checked()
        assert first.complaints == second.complaints == stranger.complaints == []


def test_a_server_that_is_begun_again_knows_the_draft(browser, address):
    with own_browser(browser) as mine:
        before = Dashboard(mine.new_page(), address)
        before.go("Goals")
        say(before, 0, "Yes")
        at = before.page.url.removeprefix(address)
        before.page.close()
        with running_dashboard() as another:  # its first visitor comes by the address of a page
            after = Dashboard(mine.new_page(), another + at)
            expect(reply(questions(after)[0], "Yes")).to_be_checked()


def test_a_browser_without_cookies_is_told_so(browser, address):
    with own_browser(browser) as own:
        own.add_init_script("Object.defineProperty(document, 'cookie', {get: () => '', set: () => {}})")
        dashboard = Dashboard(own.new_page(), address)
        dashboard.go("Goals")
        dashboard.rest()
        expect(dashboard.sidebar.get_by_text("keeps no cookies")).to_be_visible()
