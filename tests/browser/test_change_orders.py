"""Change orders: a study run, stopped and read, and one quarrel followed up the chart."""

import csv
import io
import re
import tomllib

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def orders(dashboard):
    dashboard.go("Change orders")
    return dashboard


def make_it(orders, changes, repetitions):
    """Say how much is simulated."""
    numbers = orders.unfold("All numbers of the process")
    for label, value in (("Changes in each", changes), ("Repetitions", repetitions)):
        field = numbers.get_by_role("spinbutton", name=label)
        field.fill(str(value))
        field.press("Enter")
        orders.rest()
    run = orders.main.get_by_role("button", name="Run the study")
    expect(orders.main).to_contain_text(f"each {repetitions} times with {changes:,} changes")
    return run


def test_a_study_is_run_and_stays(orders):
    make_it(orders, 50, 2).click()
    expect(orders.main).to_contain_text(re.compile(r"runs in [\d.]+ seconds"))
    expect(orders.main.get_by_role("table")).to_contain_text("±")
    figures = orders.main.locator(".js-plotly-plot")
    expect(figures).to_have_count(6)
    name, content = orders.saved("All runs (CSV)")
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert name.endswith(".csv")
    assert {row["policy"] for row in rows} >= {"Nothing changed", "Rules"}
    plan = tomllib.loads(orders.saved("The plan (TOML)")[1].decode())
    assert "today" in plan["placements"]
    assert plan["replications"] == 2
    orders.go("Goals")
    orders.go("Change orders")
    expect(figures).to_have_count(6)
    expect(orders.main).not_to_contain_text("This study is of other settings")
    assert orders.amiss() == []


def test_a_study_is_stopped(orders):
    run = make_it(orders, 10_000, 20)
    run.click()
    expect(orders.main.get_by_role("progressbar").first).to_be_visible()
    orders.main.get_by_role("button", name="Stop").click()
    expect(orders.main).to_contain_text("Stopped; nothing of it was kept.")
    expect(run).to_be_visible()
    assert orders.amiss() == []


def test_a_quarrel_is_followed_up_the_chart(orders):
    onward = orders.main.get_by_role("button", name="Next")
    picture = orders.main.get_by_role("figure", name="The way of one quarrel up the chart")
    expect(picture).to_be_visible()
    expect(orders.main).to_contain_text("A customer asks for a change.")
    steps = 0
    while onward.is_enabled():
        onward.click()
        orders.rest()
        steps += 1
    assert steps > 1
    expect(orders.main).to_contain_text("decides")
    expect(picture).to_be_visible()
    assert orders.amiss() == []
