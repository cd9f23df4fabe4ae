"""Next steps: one change with one click, and the plan over time."""

import csv
import io
import re

import pytest

from components.rotation_panel import plan_csv
from orgmodel.decision import decide
from orgmodel.organization import Organization
from orgmodel.questionnaire import Answers
from tests.charts_for_tests import golden

HEADER = "id,name,title,function,manager_id\n"
HOSTILE = "[x](javascript:alert(1)) <b>$x$</b>"


def buttons(dashboard, label):
    return [button for button in dashboard.app.button if button.label == label]


def click(dashboard, label):
    buttons(dashboard, label)[0].click().run()
    return dashboard.check()


def answered(dashboard, *goals):
    """Give answers by the session, as the page Goals does."""
    dashboard.app.session_state["answers"] = Answers(ranking=goals)
    return dashboard


def test_the_worked_example(dashboard):
    dashboard.open_data("golden_with_service.csv").page("plan")
    assert "What gains most: **Let customer service and Sales" in dashboard.text
    assert (
        "If all three goals counted the same and came in this order (you have named none)" in dashboard.text
    )
    assert len(dashboard.app.get("plotly_chart")) == 3


def test_a_change_is_tried_and_taken_back(dashboard):
    dashboard.open_data("golden_with_service.csv").page("plan")
    first = dashboard.text
    click(dashboard, "Try it")
    assert "Done: **Let customer service and Sales" in dashboard.text
    assert "**1 change** made here" in dashboard.text
    assert "What gains most: **Let customer service and Sales (Head of Sales)" not in dashboard.text.replace(
        "\\", ""
    )
    click(dashboard, "Take it back")
    assert dashboard.text == first


def test_what_was_tried_is_listed_and_all_taken_back(dashboard):
    dashboard.open_data("golden_with_service.csv").page("plan")
    first = dashboard.text
    click(dashboard, "Try it")
    assert not buttons(dashboard, "Take all back")
    click(dashboard, "Try it")
    assert "2 changes tried here" in dashboard.text
    assert "It was " in dashboard.text
    click(dashboard, "Take it back")
    assert "Done: **Let customer service and Sales" in dashboard.text
    click(dashboard, "Try it")
    click(dashboard, "Take all back")
    assert dashboard.text == first


def test_a_delegation_changes_the_assumptions_and_is_taken_back(dashboard):
    rows = "1,Top,CEO,executive,\n2,Ops,Head,operations,1\n3,Plant,Manager,operations,2\n"
    dashboard.open(f"{HEADER}{rows}4,Care,Head of Customer Service,customer_service,3\n").page("plan")
    place = next(
        number
        for number, text in enumerate(text for text in dashboard.texts if re.match(r"\*\*\d", text))
        if "decide in Operations" in text
    )
    buttons(dashboard, "Try it")[place].click().run()
    assert dashboard.app.session_state["assumptions"].owners == {"operations": ("2", "3")}
    assert "or with the page Assumptions" in dashboard.text
    click(dashboard, "Take it back")
    assert not dashboard.app.session_state["assumptions"].owners


def test_the_order_of_the_goals_is_that_of_the_phases(dashboard):
    answered(dashboard.open_data("golden_with_service.csv"), "sales", "operations", "marketing").page("plan")
    phases = [text for text in dashboard.texts if text.startswith(":small[Quarter")]
    assert [text.split("\n")[-1] for text in phases] == ["Sales", "Operations", "Marketing"]
    assert "mean total of 8 quarters, moves counted; 0 is best" in dashboard.text


def test_one_goal_is_no_rotation(dashboard):
    answered(dashboard.open_data("golden_with_service.csv"), "operations")
    dashboard.app.session_state["answers"] = Answers(goal_weights={"operations": 1})
    dashboard.page("plan")
    assert "**Only one goal comes into the plan, so there is no second move" in dashboard.text


def test_without_customer_service_it_asks_for_it(dashboard):
    dashboard.open(f"{HEADER}1,Ann,Clerk,,\n2,Ben,Clerk,,1\n").page("plan")
    assert "Say first which node is customer service." in dashboard.text


def test_names_are_escaped(dashboard):
    rows = f'1,Top,CEO,executive,\n2,"{HOSTILE}",Head,sales,1\n3,Ops,Head,operations,1\n'
    dashboard.open(f"{HEADER}{rows}4,Care,Head of Customer Service,customer_service,3\n").page("plan")
    assert "javascript" in dashboard.text
    for harmful in ("](javascript", "<b>", "$x$"):
        assert harmful not in dashboard.text.replace("\\]", "").replace("\\<", "").replace("\\$", "")


def test_no_cell_of_the_plan_is_run():
    chart = golden("Fin")
    named = Organization.from_columns(
        chart.ids.tolist(),
        [None if row < 0 else str(chart.ids[row]) for row in chart.manager],
        functions=chart.functions.tolist(),
        names=["=1+1"] * len(chart),
    )
    text = plan_csv(decide(named, "CS", Answers(ranking=("sales", "operations"))).rotation).decode()
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:3] == ["from quarter", "to quarter", "goal"]
    assert not any(cell.startswith("=") for row in rows for cell in row)


@pytest.mark.parametrize("name", ["startup_12.csv", "bank_1200.csv", "golden_12.csv"])
def test_the_examples(dashboard, name):
    dashboard.open_data(name).page("plan")
    assert not re.search(r"\bnan\b", dashboard.text)
