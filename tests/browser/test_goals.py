"""Goals: questions answered in a browser, what they change on the other pages, and the answers as a file."""

import json
import re

import pytest
from playwright.sync_api import expect

from orgmodel.questionnaire import GOALS, QUESTIONS, questions_of
from tests.browser.conftest import DATA

pytestmark = pytest.mark.browser

RANKS = "Share of the weightings in which each place is reached"
PLACEMENTS = "All placements by all criteria, the best first"
ASKED = {goal.key: [question.text for question in questions_of(goal.key)] for goal in GOALS}


@pytest.fixture
def golden(dashboard):
    dashboard.upload(DATA / "golden_with_service.csv", "golden_with_service.csv")
    return dashboard


def home(dashboard, words):
    return dashboard.main.get_by_role("heading", name=words, exact=True)


def answered(dashboard, many):
    expect(dashboard.main).to_contain_text(f"{many} of {len(QUESTIONS)} answered")


def test_one_yes_changes_the_recommendation(golden):
    golden.go("Decide")
    recommended = golden.main.get_by_role("heading", level=3).first
    before = recommended.inner_text()
    ranks, placements = golden.rows(RANKS), golden.rows(PLACEMENTS)
    assert ranks[0] == placements[0] == "1 Operations (today)"

    golden.go("Goals")
    expect(home(golden, "Nothing yet")).to_be_visible()
    for goal, questions in ASKED.items():
        for number, question in enumerate(questions):
            golden.answer(question, "Yes" if (goal, number) == ("sales", 0) else "No")
    expect(home(golden, "Sales")).to_be_visible()
    asked = sum(map(len, ASKED.values()))
    answered(golden, asked)
    expect(golden.sidebar).to_contain_text(f"{asked} questions answered")

    golden.main.get_by_role("button", name="See where customer service should report").first.click()
    expect(golden.main.get_by_role("heading", name="Decide")).to_be_visible()
    expect(recommended).not_to_have_text(before)
    golden.rest()
    goals, chart = (
        golden.main.get_by_test_id("stColumn").filter(has_text=words)
        for words in ("What the questions lead to", "What this chart says")
    )
    expect(goals.locator("strong").first).to_have_text("Sales")
    left, right = goals.bounding_box(), chart.bounding_box()
    assert left["x"] + left["width"] <= right["x"]
    assert left["y"] == right["y"]
    assert golden.rows(PLACEMENTS)[0] != placements[0]
    assert golden.rows(RANKS)[0] != ranks[0]


@pytest.mark.parametrize("first", ["Fix operations", "Plan the future"])
def test_the_plan_begins_with_the_goal_ranked_first(golden, first):
    golden.go("Goals")
    for goal in ("operations", "marketing"):
        golden.answer(ASKED[goal][0], "Yes")
    expect(home(golden, "Operations or Marketing")).to_be_visible()
    golden.answer("Most urgent", first)
    goal = next(goal for goal in GOALS if goal.title == first)
    expect(home(golden, goal.function.title())).to_be_visible()
    golden.go("Next steps")
    phases = golden.main.get_by_test_id("stColumn").filter(has_text=re.compile("^Quarters? 1"))
    expect(phases).to_contain_text(first)


def test_answers_saved_forgotten_and_opened_again(golden):
    golden.go("Goals")
    golden.answer(ASKED["sales"][1], "Partly")
    golden.answer(ASKED["marketing"][2], "Yes")
    golden.answer(ASKED["operations"][3], "Don't know")
    golden.answer("Most urgent", "Plan the future")
    expect(golden.main).to_contain_text("You ranked “Plan the future” first.")
    weights = golden.page.get_by_role("figure", name="Weight of each goal")
    expect(weights).to_contain_text("Plan the future")
    at_first = weights.inner_text()
    name, content = golden.saved("Save the answers")
    assert name == "golden_with_service-answers.json"
    assert json.loads(content)["ranking"] == ["marketing"]
    golden.page.get_by_role("button", name="Forget all answers").click()
    expect(home(golden, "Nothing yet")).to_be_visible()
    answered(golden, 0)
    golden.choose({"name": "broken.json", "mimeType": "application/json", "buffer": content[:-9]})
    expect(golden.page.get_by_test_id("stAlert")).to_contain_text("Your answers are as they were.")
    golden.choose({"name": name, "mimeType": "application/json", "buffer": content})
    expect(home(golden, "Marketing")).to_be_visible()
    answered(golden, 3)
    expect(weights).to_have_text(at_first, use_inner_text=True)
