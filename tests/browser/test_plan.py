"""Next steps: a change tried with one click and taken back, and the plan over time, read and saved."""

import csv
import io
import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DATA

pytestmark = pytest.mark.browser


@pytest.fixture
def plan(dashboard):
    dashboard.upload(DATA / "golden_with_service.csv", "golden_with_service.csv")
    dashboard.go("Next steps")
    return dashboard


def test_try_a_change_and_take_it_back(plan):
    best = plan.main.locator("p").filter(has_text="What gains most:").first
    before = best.inner_text()
    plan.main.get_by_role("button", name="Try it").first.click()
    expect(plan.sidebar).to_contain_text("1 change made here")
    expect(best).not_to_have_text(before)
    plan.rest()
    plan.main.get_by_role("button", name=re.compile("^(undo )?Take it back")).click()
    expect(best).to_have_text(before, use_inner_text=True)
    expect(plan.sidebar).not_to_contain_text("made here")


def test_read_the_plan_and_save_it(plan):
    expect(plan.main).to_contain_text("when staying as today")
    expect(plan.main.get_by_role("figure", name="Plan over 8 quarters")).to_be_visible()
    phases = plan.main.get_by_test_id("stColumn").filter(has_text=re.compile("^Quarters? [0-9]"))
    expect(phases.first).to_contain_text("Quarters 1 to ")
    expect(phases.last).to_contain_text("Done when")
    expect(phases.last).to_contain_text("to 8")
    read = phases.all_inner_texts()
    name, content = plan.saved("Plan (CSV)")
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert name == "golden_with_service-plan.csv"
    assert len(json.loads(plan.saved("Plan (JSON)")[1])["phases"]) == len(read)
    for text, row in zip(read, rows, strict=False):
        assert row["goal"] in text
