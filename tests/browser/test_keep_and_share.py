"""Scenarios and links in two browsers: saved, reloaded, shared with somebody else, and taken back."""

import io
import json
import zipfile

import pytest
from playwright.sync_api import expect

from orgmodel.scenarios import scenario_from_json
from tests.browser.conftest import DATA, Dashboard, own_browser
from tests.browser.server import running_dashboard

pytestmark = pytest.mark.browser


@pytest.fixture
def golden(dashboard):
    dashboard.upload(DATA / "golden_with_service.csv", "golden_with_service.csv")
    return dashboard


@pytest.fixture
def somebody(browser):
    """Give what opens an address in a clean browser of somebody else."""
    opened = []
    with own_browser(browser) as context:

        def open_it(address):
            opened.append(Dashboard(context.new_page(), address))
            return opened[-1]

        yield open_it
        for dashboard in opened:
            assert dashboard.elsewhere == []
            assert dashboard.complaints == []
            assert dashboard.amiss() == []


def press(dashboard, name, number=0):
    dashboard.main.get_by_role("button", name=name, exact=True).nth(number).click()
    dashboard.rest()


def write(dashboard, label, text):
    field = dashboard.main.get_by_label(label, exact=True)
    field.fill(text)
    field.blur()
    dashboard.rest()


def save(dashboard, name):
    dashboard.go("Scenarios")
    write(dashboard, "Name", name)
    press(dashboard, "Save")
    expect(dashboard.main.get_by_test_id("stAlert")).to_contain_text(f"{name} is saved.")


def heading(dashboard, words):
    return dashboard.main.get_by_role("heading", name=words, exact=True)


def go_to_share(dashboard):
    dashboard.page.get_by_test_id("stSidebarNav").get_by_role("link", name="Share").click()
    expect(heading(dashboard, "Share")).to_be_visible()
    dashboard.rest()


def link_on(dashboard):
    return dashboard.main.get_by_test_id("stCode").first.inner_text().strip()


def stored_link(dashboard):
    go_to_share(dashboard)
    dashboard.main.get_by_text("A stored link", exact=True).click()
    press(dashboard, "Make the link")
    expect(dashboard.main.get_by_test_id("stCode").first).to_contain_text("?link=")
    return link_on(dashboard)


def test_saved_changed_reloaded_and_opened_again(golden):
    save(golden, "As it is")
    golden.go("Goals")
    golden.page.get_by_role("radiogroup").first.get_by_role("radio", name="Yes", exact=True).click()
    golden.rest()
    golden.go("Scenarios")
    press(golden, "Save as version 2")
    golden.page.reload()
    golden.rest()
    expect(golden.main.get_by_label("Name", exact=True)).to_have_value("As it is")
    expect(golden.sidebar).to_contain_text("1 question answered")
    golden.main.get_by_text("History", exact=True).click()
    expect(golden.main).to_contain_text("Answers: 1 answer differs")
    press(golden, "Open", 2)
    expect(golden.main.get_by_test_id("stAlert")).to_contain_text("Version 1 of As it is is open now.")
    expect(golden.sidebar).not_to_contain_text("1 question answered")
    golden.main.get_by_role("button", name="More").click()
    golden.page.get_by_role("button", name="Delete", exact=True).click()
    golden.rest()
    expect(golden.main).to_contain_text("As it is is deleted.")
    press(golden, "Undo")
    expect(golden.main).to_contain_text("2 versions")


def test_a_file_of_one_browser_opens_in_another(golden, somebody, address):
    golden.go("Scenarios")
    write(golden, "Name", "../Plan: <b>bold</b>")
    name, content = golden.saved("Download the scenario")
    assert name == "..-Plan- -b-bold-b.scenario.json".lstrip(".") or "/" not in name
    assert scenario_from_json(content).name == "../Plan: <b>bold</b>"
    assert json.loads(content)["format"] == "orgmodel-scenario"
    other = somebody(address)
    other.go("Scenarios")
    other.choose({"name": name, "mimeType": "application/json", "buffer": content})
    expect(other.main.get_by_label("Name", exact=True)).to_have_value("../Plan: <b>bold</b>")
    expect(other.sidebar).to_contain_text("13 boxes")


def test_a_stored_link_opens_elsewhere_until_it_is_taken_back(golden, somebody):
    link = stored_link(golden)
    other = somebody(link)
    expect(heading(other, "Where should customer service report?")).to_be_visible()
    expect(other.main).to_contain_text("Not in the link: names of people")
    expect(other.main).to_contain_text("To be read only")
    expect(other.sidebar).to_contain_text("manufacturer_150.csv")  # what is open there stays
    golden.go("Goals")
    go_to_share(golden)
    expect(golden.main).to_contain_text("opened 1 time")
    press(golden, "Revoke")
    expect(golden.main).to_contain_text("revoked just now")
    again = somebody(link)
    expect(again.main.get_by_test_id("stAlert")).to_contain_text("taken back by the one who made it")
    again.main.get_by_text("To the start page").click()
    expect(heading(again, "Where should customer service report?")).to_be_visible()


def test_a_link_that_carries_everything_is_worked_on_elsewhere(golden, somebody):
    go_to_share(golden)
    write(golden, "Title for others", "For the board")
    link = link_on(golden)
    assert "/shared?s=" in link
    other = somebody(link)
    expect(heading(other, "For the board")).to_be_visible()
    expect(
        other.page.get_by_role("figure", name="The org chart, coloured by business function")
    ).to_be_visible()
    press(other, "Work on a copy")
    expect(heading(other, "Scenarios")).to_be_visible()
    expect(other.main.get_by_label("Name", exact=True)).to_have_value("For the board")
    expect(other.sidebar).to_contain_text("13 boxes")
    altered = somebody(link[:-6])
    expect(altered.main.get_by_test_id("stAlert")).to_contain_text("not complete")


def test_a_link_is_the_first_thing_that_a_new_server_is_asked_for(golden, somebody):
    go_to_share(golden)
    query = link_on(golden).split("/shared")[1]
    with running_dashboard() as fresh:
        other = somebody(f"{fresh}/shared{query}")
        expect(other.main).to_contain_text("13 boxes")
        expect(other.main.get_by_role("button", name="Work on a copy")).to_be_visible()


def test_everything_is_taken_away_and_deleted(golden):
    save(golden, "Plan")
    golden.go("What is stored")
    name, content = golden.saved("Download everything of mine")
    assert name == "orgmodel-everything.zip"
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert "scenarios/1 Plan/version 1.scenario.json" in names
    golden.main.get_by_role("button", name="Delete everything").click()
    golden.page.get_by_role("button", name="Yes, delete everything").click()
    expect(golden.main).to_contain_text("Everything is deleted.")
    golden.go("Scenarios")
    expect(golden.main).to_contain_text("Nothing is saved yet.")
