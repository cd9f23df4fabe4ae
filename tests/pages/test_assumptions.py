"""Assumptions: every number with its meaning, changed, marked and reset."""

import pytest

from orgmodel.assumptions import ASSUMPTIONS, DEFAULT_ASSUMPTIONS, Assumptions
from orgmodel.questionnaire import Answers


def needs(dashboard, function):
    (field,) = [slider for slider in dashboard.app.slider if f"-needs-{function}-" in slider.key]
    return field


def test_every_assumption_is_there(dashboard):
    dashboard.page("assumptions")
    for info in ASSUMPTIONS:
        assert info.title in dashboard.text
        assert info.meaning in dashboard.text
        assert info.source in dashboard.text


def test_nothing_changes_by_looking(dashboard):
    dashboard.page("assumptions")
    assert dashboard.app.session_state.assumptions == DEFAULT_ASSUMPTIONS
    assert [(button.label, button.disabled) for button in dashboard.app.button] == [
        ("Nothing is changed", True)
    ]


def test_changing_a_need(dashboard):
    dashboard.open_data("golden_with_service.csv").page("assumptions")
    needs(dashboard, "sales").set_value(80.0).run()
    dashboard.check()
    assert dashboard.app.session_state.assumptions.changed()["needs"]["sales"] == 0.8
    assert "Together **150 %**. They are rescaled to 100 %" in dashboard.text
    assert ":orange-badge[:material/edit: changed]" in dashboard.text
    assert [button.label for button in dashboard.app.button] == ["Reset all (1 assumption changed)", "Reset"]
    dashboard.page("placement")
    assert "The needs sum to 150 %; they were rescaled to 100 %." in dashboard.text
    dashboard.page("assumptions")
    assert needs(dashboard, "sales").value == 80.0


def test_a_bad_value_gets_a_sentence_and_loses_nothing(dashboard):
    dashboard.page("assumptions")
    for function in DEFAULT_ASSUMPTIONS.needs:
        needs(dashboard, function).set_value(0.0)
    dashboard.app.run()
    (error,) = dashboard.app.error
    assert error.value.startswith("All needs are zero.")
    assert dashboard.app.session_state.assumptions == DEFAULT_ASSUMPTIONS
    assert needs(dashboard, "sales").value == 0.0
    needs(dashboard, "it").set_value(50.0).run()
    assert not dashboard.app.error
    assert dashboard.app.session_state.assumptions.needs_rescaled == {"it": 1.0}


def test_reset_one_and_all(dashboard):
    dashboard.page("assumptions")
    (alpha,) = [field for field in dashboard.app.number_input if "-alpha-" in field.key]
    alpha.set_value(0.5).run()
    needs(dashboard, "hr").set_value(25.0).run()
    assert set(dashboard.app.session_state.assumptions.changed()) == {"alpha", "needs"}
    dashboard.app.button(key="reset-needs").click().run()
    assert dashboard.check().app.session_state.assumptions.changed() == {"alpha": 0.5}
    assert needs(dashboard, "hr").value == 0.0
    (everything,) = [button for button in dashboard.app.button if button.label.startswith("Reset all")]
    everything.click().run()
    assert dashboard.check().app.session_state.assumptions == DEFAULT_ASSUMPTIONS


def test_named_owners_and_another_chart(dashboard):
    dashboard.open_data("golden_with_service.csv").page("assumptions")
    (field,) = [box for box in dashboard.app.multiselect if box.label == "Operations"]
    field.set_value(["Plant"]).run()
    assert dashboard.check().app.session_state.assumptions.changed() == {"owners": {"operations": ("Plant",)}}
    needs(dashboard, "hr").set_value(10.0).run()
    dashboard.open_data("manufacturer_150.csv")
    assert set(dashboard.app.session_state.assumptions.changed()) == {"needs"}


def test_an_owner_outlasts_a_need_of_zero(dashboard):
    dashboard.open_data("golden_with_service.csv").page("assumptions")
    (field,) = [box for box in dashboard.app.multiselect if box.label == "Finance"]
    field.set_value(["Plant"]).run()
    for need in (0.0, 10.0):
        needs(dashboard, "finance").set_value(need).run()
    assert dashboard.check().app.session_state.assumptions.changed() == {"owners": {"finance": ("Plant",)}}
    (field,) = [box for box in dashboard.app.multiselect if box.label == "Finance"]
    assert field.value == ["Plant"]


def test_without_customer_service(dashboard):
    dashboard.open_data("golden_12.csv").page("assumptions")
    assert "Who decides in each function" in dashboard.text


def test_the_headlines_follow_beside(dashboard):
    dashboard.open_data("golden_with_service.csv").page("assumptions")
    assert "Sales-pressure conflict  \n**5 % of value**" in dashboard.text
    (delta,) = [field for field in dashboard.app.number_input if "-delta-" in field.key]
    delta.set_value(0.0).run()
    dashboard.check()
    assert "Sales-pressure conflict  \n**0 % of value**" in dashboard.text


def test_the_numbers_about_later_and_about_moving(dashboard):
    dashboard.page("assumptions")
    assert {"Goals of the questionnaire", "With more automation", "Moving again"} <= {
        header.value for header in dashboard.app.header
    }
    for name, value in (("later_automation", 0.6), ("horizon", 12), ("move_cost", 20.0)):
        (field,) = [field for field in dashboard.app.number_input if f"-{name}-" in field.key]
        field.set_value(value).run()
    assert dashboard.check().app.session_state.assumptions.changed() == {
        "later_automation": 0.6,
        "horizon": 12,
        "move_cost": 20.0,
    }


def test_needs_of_a_goal_that_are_not_100_percent(dashboard):
    needs = {"operations": {"operations": 0.5, "hr": 1.0}}
    dashboard.app.session_state.assumptions = Assumptions(goal_needs=needs)
    dashboard.page("assumptions")
    assert "Fix operations: together **150 %**, rescaled to 100 %." in dashboard.text
    assert dashboard.app.session_state.assumptions.changed() == {"goal_needs": needs}
    dashboard.app.button(key="reset-goal_needs").click().run()
    assert dashboard.check().app.session_state.assumptions == DEFAULT_ASSUMPTIONS


def test_what_follows_from_answers_is_named_until_it_is_set_by_hand(dashboard):
    answers = Answers(goal_weights={"sales": 1.0})
    dashboard.app.session_state.answers = answers
    dashboard.page("assumptions")
    assert dashboard.text.count("from your answers on the page Goals") == 2
    assert [needs(dashboard, function).value for function in ("sales", "operations", "hr")] == [50, 20, 0]
    (revenue,) = [slider for slider in dashboard.app.slider if "-value-revenue-" in slider.key]
    assert revenue.value == 50
    assert dashboard.app.session_state.assumptions == DEFAULT_ASSUMPTIONS
    needs(dashboard, "hr").set_value(10.0).run()
    assert dashboard.check().text.count("from your answers on the page Goals") == 1
    by_hand = DEFAULT_ASSUMPTIONS.goal_needs["sales"] | {"hr": 0.1}
    assert dict(dashboard.app.session_state.assumptions.needs) == pytest.approx(by_hand)
    assert set(dashboard.app.session_state.assumptions.changed()) == {"needs"}
    dashboard.app.button(key="reset-needs").click().run()
    assert needs(dashboard.check(), "sales").value == 50


def test_fields_follow_other_answers(dashboard):
    for goal, need in (
        ("sales", 50),
        ("operations", DEFAULT_ASSUMPTIONS.goal_needs["operations"]["sales"] * 100),
    ):
        dashboard.app.session_state.answers = Answers(goal_weights={goal: 1.0})
        assert needs(dashboard.page("assumptions"), "sales").value == pytest.approx(need)
        assert dashboard.app.session_state.assumptions == DEFAULT_ASSUMPTIONS


def test_needs_from_contacts_are_called_so(dashboard):
    taken = {"sales": 0.7, "it": 0.3}
    dashboard.app.session_state.assumptions = Assumptions(needs=taken)
    dashboard.app.session_state.lens_taken = ({}, taken)
    assert "Taken from your contacts, on the page Two lenses." in dashboard.page("assumptions").text
    assert "Whom customer service needs was taken from your contacts." in dashboard.page("goals").text
