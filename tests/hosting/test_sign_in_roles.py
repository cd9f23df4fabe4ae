"""An owner, an editor, a viewer and a stranger, each in a browser of his own, on one scenario."""

import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Dashboard, browser_type_launch_args, own_browser  # noqa: F401  # fixture
from tests.browser.server import free_port, running_dashboard
from tests.hosting.sign_in import person, running_provider, settings_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.flaky(reruns=1)]
HOSTILE = "<b>bold</b> [x](javascript:alert(1)) :smile:"
PEOPLE = (
    person("anna", "Anna Abel", "anna@example.org"),
    person("ben", HOSTILE, "Ben@Example.org"),
    person("clara", "Clara Cohn", "clara@example.org"),
    person("dora", "Dora Dietz", "dora@example.org"),
    person("poser", "Ben Born", "ben@example.org", verified=False),
    person("silent", "Ben Born", "ben@example.org", verified=None),
)


@pytest.fixture
def people(browser, tmp_path):
    """Give what signs somebody in, in a browser of his own, and shows the page Scenarios."""
    port = free_port()
    with ExitStack() as opened:
        provider = opened.enter_context(running_provider(PEOPLE))
        database = f"sqlite:///{tmp_path}/kept.sqlite3"
        settings = settings_of(provider, port, ORGMODEL_DATABASE_URL=database)
        address = opened.enter_context(running_dashboard(port=port, environment=settings))
        dashboards = []

        def come(sub):
            page = opened.enter_context(own_browser(browser)).new_page()
            page.goto(f"{address}/scenarios")
            sign_in(page, sub)
            dashboards.append(Dashboard(page, f"{address}/scenarios"))
            expect(part(dashboards[-1], "Shared with you")).to_be_visible()
            return dashboards[-1]

        yield come
        for dashboard in dashboards:
            assert dashboard.elsewhere == []
            assert dashboard.complaints == []
            assert dashboard.amiss() == []


def part(dashboard, heading):
    return dashboard.main.get_by_role("heading", name=heading, exact=True)


def button(dashboard, name):
    return dashboard.main.get_by_role("button", name=name, exact=True)


def shows(element, words):
    """Expect words in an element; where one would become a link, an invisible sign stands in it."""
    expect(element).to_contain_text(re.compile("\N{WORD JOINER}?".join(map(re.escape, words))))


def press(dashboard, name):
    button(dashboard, name).first.click()
    dashboard.rest()


def write(dashboard, label, text):
    field = dashboard.main.get_by_label(label, exact=True)
    field.fill(text)
    field.blur()
    dashboard.rest()


def switch_on(dashboard, label):
    dashboard.main.get_by_text(label, exact=True).first.click()
    dashboard.rest()


def again(dashboard):
    """Look at the page again, as somebody who comes back to it."""
    dashboard.go("Assumptions")
    dashboard.go("Scenarios")


def add(dashboard, email, role):
    dashboard.main.get_by_label("E-mail address to add", exact=True).fill(email)
    dashboard.main.get_by_test_id("stForm").get_by_role("combobox").click()
    dashboard.page.get_by_role("option", name=role, exact=True).click()
    press(dashboard, "Add")
    shows(said(dashboard), "is shared with")


def said(dashboard):
    return dashboard.main.get_by_test_id("stAlert")


def test_each_sees_and_may_do_what_the_role_allows(people):
    anna = people("anna")
    shows(anna.sidebar, "Anna Abel")
    write(anna, "Name", "Plan of May")
    press(anna, "Save")
    switch_on(anna, "People")
    add(anna, "ben@example.org", "May also save new versions")
    add(anna, " Clara@EXAMPLE.org ", "May look and copy")

    ben = people("ben")
    shows(ben.sidebar, HOSTILE)
    shows(ben.main, "Plan of May of anna@example.org")
    shows(ben.main, "You may also save new versions.")
    press(ben, "Open")
    write(ben, "Notes", "What Ben thinks")
    press(ben, "Save as version 2")
    shows(said(ben), "Plan of May is saved as version 2.")
    expect(button(ben, "People")).to_have_count(0)

    write(anna, "Notes", "What Anna thinks")
    shows(anna.main, "ben@example.org saved version 2 at ")
    press(anna, "Save as version 3")
    switch_on(anna, "History")
    shows(anna.main, "Version 2 · by ben@example.org")
    shows(anna.main, "Version 3 · by you")

    clara = people("clara")
    shows(clara.main, "You may look and copy.")
    press(clara, "Open")
    expect(clara.main.get_by_label("Notes", exact=True)).to_have_value("What Anna thinks")
    shows(clara.main, "You may look at it and copy it.")
    switch_on(clara, "History")
    shows(clara.main, "Version 2 · by ben@example.org")
    expect(button(clara, "Restore")).to_have_count(0)
    write(clara, "Notes", "What Clara thinks")
    press(clara, "Save as your own copy")
    shows(said(clara), "Plan of May 2 is saved.")
    again(anna)
    expect(button(anna, "Save as version 4")).to_be_visible()
    expect(anna.main).not_to_contain_text("Plan of May 2")

    for sub in ("dora", "poser", "silent"):
        stranger = people(sub)
        expect(stranger.main).not_to_contain_text("Plan of May")
        why = "Nothing is shared with you yet." if sub == "dora" else "does not confirm your e-mail address"
        shows(stranger.main, why)
    again(ben)
    shows(ben.main, "Plan of May of anna@example.org")  # whoever claims to be him

    switch_on(anna, "People")
    press(anna, "Remove")  # of Ben, the first by the address
    shows(said(anna), "no longer shared with ben@example.org")
    again(ben)
    shows(ben.main, "not shared with you any more")
    shows(ben.main, "Nothing is shared with you yet.")
