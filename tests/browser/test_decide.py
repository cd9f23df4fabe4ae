"""Decide: placements compared, one more added, how sure the answer is, and what people say about it."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DATA

pytestmark = pytest.mark.browser

PLACEMENTS = "All placements by all criteria, the best first"


@pytest.fixture
def decide(dashboard):
    dashboard.upload(DATA / "golden_with_service.csv", "golden_with_service.csv")
    dashboard.go("Decide")
    return dashboard


def saved_titles(decide):
    """Return the placements in the table that can be saved, the best first."""
    name, content = decide.saved("Download as CSV")
    assert name == "golden_with_service placements.csv"
    return [row["Placement"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]


def test_compare_add_and_remove(decide):
    rows = decide.rows(PLACEMENTS)
    assert [row for row in rows if "(today)" in row] == rows[:1] == ["1 Operations (today)"]
    expect(decide.unfold("All numbers").get_by_test_id("stDataFrame")).to_be_visible()
    before = saved_titles(decide)
    assert len(before) == len(rows)

    part = decide.unfold("Add another combination")
    part.get_by_role("radio", name="Several bosses").click()
    bosses = part.get_by_role("combobox", name="Bosses of customer service")
    for boss in ("Sales", "Marketing"):
        bosses.scroll_into_view_if_needed()  # the list closes when the page scrolls
        decide.rest()
        bosses.fill(f"{boss}: ")
        decide.page.get_by_role("option").filter(has_text=f"{boss}: ").click()
        decide.page.keyboard.press("Escape")
        expect(part.get_by_role("spinbutton", name=f"Share of {boss}")).to_be_visible()
    part.get_by_role("button", name="Add to the comparison").click()
    remove = decide.main.get_by_test_id("stButton").get_by_role("button", name="Remove ")
    expect(remove).to_be_visible()
    placements = decide.page.get_by_role("figure", name=PLACEMENTS).locator(".ytick text")
    expect(placements).to_have_count(len(rows) + 1)
    added = remove.inner_text().split("Remove ")[1]
    assert sorted(saved_titles(decide)) == sorted([*before, added])
    remove.click()
    expect(placements).to_have_count(len(rows))
    expect(remove).to_have_count(0)
    assert saved_titles(decide) == before


def test_every_probability_has_its_error(decide):
    who = decide.unfold("Who would choose another place")
    expect(who.get_by_role("listitem").first).to_be_visible()
    text = decide.main.inner_text()
    told = re.findall(r"first in (?:under |over )?[\d.]+ %(?: \(± [^)]+ points\))?", text)
    assert len(told) >= 6
    assert [words for words in told if "±" not in words] == []
    expect(decide.page.get_by_role("figure", name="Share of the weightings")).to_contain_text("(± ")
    deciders = decide.unfold("Which input matters most")
    picture = deciders.get_by_role("figure", name="What decides between the first and the second")
    expect(picture.locator(".errorbar").first).to_be_attached()
    flips = decide.unfold("What would turn it")
    expect(flips.get_by_role("figure", name="The smallest changes that turn the order")).to_be_visible()
    flips.get_by_role("button", name="in words").click()
    expect(decide.page.get_by_test_id("stPopoverBody").get_by_role("listitem").first).to_be_visible()


def test_claims_of_another_placement(decide):
    verdicts = decide.main.locator("p").filter(has_text=re.compile("– (holds|does not hold|cannot be told)"))
    field = decide.main.get_by_role("combobox", name="Placement")
    expect(field).to_have_value("Operations")
    ours = verdicts.all_inner_texts()
    assert ours
    field.scroll_into_view_if_needed()
    decide.rest()
    field.fill("Sales")
    decide.page.get_by_role("option").get_by_text("Sales", exact=True).click()
    expect(verdicts.first).not_to_have_text(ours[0], use_inner_text=True)
    decide.rest()
    assert set(verdicts.all_inner_texts()).isdisjoint(ours)
