"""Goals: the questions, the home they lead to, what follows, and the answers as a file."""

import json
import re

import pytest

from orgmodel.assumptions import Assumptions
from orgmodel.criteria import CRITERIA, NAMES
from orgmodel.questionnaire import QUESTIONS, Answers, Reply, aims, goal_weights


@pytest.fixture
def goals(dashboard):
    return dashboard.page("goals")


def answers(dashboard):
    return dashboard.app.session_state.answers


def field(dashboard, key):
    groups = (*dashboard.app.segmented_control, *dashboard.app.pills)
    (found,) = [control for control in groups if control.key == key]
    return found


def reply(dashboard, question, value):
    field(dashboard, f"question-{question}").set_value(value).run()
    return dashboard.check()


def weight(dashboard, name):
    (found,) = [slider for slider in dashboard.app.slider if slider.key.startswith(f"weight-{name}-")]
    return found


def answered(dashboard, many):
    return f"{many} of {len(QUESTIONS)} answered" in dashboard.app.get("progress")[0].proto.text


def test_every_question_is_asked_and_none_is_answered(goals):
    assert [control.label for control in goals.app.segmented_control] == [item.text for item in QUESTIONS]
    assert all(not control.value for control in goals.app.segmented_control)
    assert answered(goals, 0)
    assert "No question about a goal is answered yet." in goals.text
    assert not goals.app.pills


def test_one_goal_leads_home_at_once(goals):
    reply(goals, "sales_again", "yes")
    assert answers(goals) == Answers({"sales_again": Reply("yes")})
    assert "### Sales" in goals.text
    assert answered(goals, 1)
    goals.page("placement").page("goals")
    assert field(goals, "question-sales_again").value == "yes"
    reply(goals, "sales_again", None)
    assert answers(goals) == Answers()


def test_not_knowing_is_not_the_same_as_not_answering(goals):
    reply(goals, "sales_again", "dont_know")
    assert "Nobody knows yet what customer service shall achieve." in goals.text
    assert "No question about a goal is answered yet." not in goals.text


def test_how_sure_is_asked_only_when_wanted(goals):
    reply(goals, "ops_errors", "yes")
    (toggle,) = [item for item in goals.app.toggle if item.label == "Say how sure I am"]
    toggle.set_value(True).run()
    assert [control.key for control in goals.app.pills] == ["sureness-ops_errors"]
    field(goals, "sureness-ops_errors").set_value("guess").run()
    assert goals.check()
    assert answers(goals).replies["ops_errors"] == ("yes", "guess")
    reply(goals, "ops_errors", "dont_know")
    assert not goals.app.pills


def test_several_goals_are_put_in_order(goals):
    for question in ("ops_errors", "sales_again", "plan_fit"):
        reply(goals, question, "yes")
    assert "### Operations, Sales or Marketing" in goals.text
    field(goals, "rank-0").set_value("sales").run()
    assert "### Sales" in goals.check().text
    field(goals, "rank-1").set_value("marketing").run()
    assert answers(goals).ranking == ("sales", "marketing")
    field(goals, "rank-0").set_value("marketing").run()
    assert answers(goals.check()).ranking == ("marketing",)
    reply(goals, "plan_fit", "no")
    assert answers(goals).ranking == ()
    assert [control.key for control in goals.app.segmented_control if "rank" in control.key] == ["rank-0"]


def test_what_follows_names_its_reasons(goals):
    assert goals.text.count("No answer has moved anything here.") == 3
    reply(goals, "repeat_business", "partly")
    assert (
        "Do most of your sales come from customers who bought before? *Partly* → **Service shortfall**"
        in (goals.text)
    )
    assert goals.text.count("No answer has moved anything here.") == 1


def test_weights_and_points_by_hand(goals):
    reply(goals, "ops_errors", "yes")
    (slider,) = [item for item in goals.app.slider if item.key.startswith("goal-weight-marketing-")]
    slider.set_value(60.0).run()
    weights = goal_weights(answers(goals.check()))
    assert weights == pytest.approx(
        {"operations": 0.4 * 11 / 14.5, "sales": 0.4 * 3.5 / 14.5, "marketing": 0.6}
    )
    assert "### Marketing" in goals.text
    weight(goals, "breadth").set_value(40.0).run()
    assert list(answers(goals.check()).importance) == ["breadth"]
    assert aims(answers(goals), Assumptions()).importance["breadth"] == pytest.approx(0.4)
    assert weight(goals, "breadth").value == 40.0
    for part in ("goal_weights", "importance"):
        goals.app.button(key=f"reset-{part}").click().run()
    assert answers(goals.check()) == Answers({"ops_errors": Reply("yes")})


def test_a_goal_without_weight_leaves_it_to_the_others(goals):
    goals.app.session_state.answers = Answers(goal_weights={"sales": 1.0})
    goals.page("goals")
    (slider,) = [item for item in goals.app.slider if item.key.startswith("goal-weight-sales-")]
    assert slider.value == 100.0
    slider.set_value(0.0).run()
    assert goal_weights(answers(goals.check())) == {"operations": 0.5, "sales": 0.0, "marketing": 0.5}


def test_something_must_count(goals):
    almost_nothing = Answers(importance={name: float(name == "breadth") for name in NAMES})
    goals.app.session_state.answers = almost_nothing
    goals.page("goals")
    weight(goals, "breadth").set_value(0.0).run()
    assert "Nothing counts" in goals.check().app.toast[0].value
    assert answers(goals) == almost_nothing
    assert weight(goals, "breadth").value == 100.0


def test_numbers_set_with_the_assumptions_hold(goals):
    goals.app.session_state.assumptions = Assumptions(needs={"hr": 1.0})
    goals.page("goals")
    reply(goals, "ops_errors", "yes")
    assert "Whom customer service needs was set by hand." in goals.text


def test_a_weight_is_what_its_slider_says(goals):
    """Sliders at their end in turn: each gets what it says beside the others, within the most points."""
    for name in ("efficiency", "breadth", "sales_disconnect", "efficiency"):
        weight(goals, name).set_value(80.0).run()
        assert not goals.check().app.toast
        assert weight(goals, name).value == pytest.approx(80.0)


def test_small_effects_are_counted_but_not_told(goals):
    assert "times as much" not in goals.text
    reply(goals, "repeat_business", "yes")
    assert re.search(r"counts: 1\.\d times as much", goals.text)
    assert "× " not in goals.text


def test_the_weights_are_a_picture_only_when_there_are_goals(goals):
    assert "the thin line" not in goals.text.lower()
    reply(goals, "sales_again", "yes")
    assert "Thin line: where it may lie" in goals.text
    goals.app.button(key="decide-above").click().run()
    assert goals.check().app.title[0].value == "Decide"


def test_every_number_is_explained(goals):
    for item in CRITERIA:
        assert f"**{item.title}**" in goals.text
        assert item.says in goals.text.replace("\N{NO-BREAK SPACE}", " ")


def given_of(dashboard):
    return [text for text in dashboard.texts if "but given for" in text]


def test_answers_of_another_chart_are_kept_or_forgotten(goals):
    reply(goals, "sales_again", "yes")
    goals.app.session_state.assumptions = Assumptions(needs={"hr": 1.0}, alpha=0.5)
    assert not given_of(goals.page("goals"))
    goals.open_data("golden_with_service.csv").page("goals")
    assert given_of(goals)[0].endswith(
        "for **manufacturer\\_150.csv**: 1 answer and whom customer service needs. Do they hold here too?"
    )
    goals.app.button(key="keep-given-page").click().run()
    assert not given_of(goals.check())
    assert answers(goals).answered
    goals.open_data("startup_12.csv").page("goals")
    assert "given for **golden" in given_of(goals)[0]
    goals.app.button(key="forget-given-page").click().run()
    assert not given_of(goals.check())
    assert answers(goals) == Answers()
    assert goals.app.session_state.assumptions.changed() == {"alpha": 0.5}


def test_answers_go_with_a_chart_that_is_renamed(goals):
    reply(goals, "sales_again", "yes")
    goals.app.session_state.chart_name = "Gears"
    goals.page("goals")
    assert goals.app.session_state.given_for == "Gears"
    assert not given_of(goals)


def test_answers_are_kept_as_a_file_opened_and_forgotten(goals):
    kept = Answers({"digital": Reply("yes", "fairly")}, ranking=("sales",))
    uploads = goals.app.file_uploader
    uploads[0].upload("answers.json", json.dumps(kept.to_json()).encode(), "application/json").run()
    assert answers(goals.check()) == kept
    assert field(goals, "question-digital").value == "yes"
    goals.app.file_uploader[0].upload("*a*.json", b'{"replies": {"colour": "red"}}', "application/json").run()
    (error,) = goals.check().app.error
    assert error.value.startswith('\\*a\\*.json: "colour" is no question')
    assert answers(goals) == kept
    (forget,) = [button for button in goals.app.button if button.label == "Forget all answers"]
    forget.click().run()
    assert answers(goals.check()) == Answers()
    assert not field(goals, "question-digital").value
