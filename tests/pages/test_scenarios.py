"""Scenarios: saved, opened again, renamed, duplicated, deleted and put back; nothing is lost on the way."""

import json

import pytest

from components import keeping
from orgmodel.assumptions import Assumptions
from orgmodel.questionnaire import Answers, Reply
from orgmodel.scenarios import Scenario, written_scenario
from tests.pages.conftest import Dashboard

HOSTILE = "<b>bold</b> [x](javascript:alert(1)) $x^2$ :smile: ../../etc/passwd"


@pytest.fixture
def scenarios(dashboard):
    return dashboard.page("scenarios")


def press(dashboard, label, number=0):
    """Press the button of that name, the first of several unless another is asked for."""
    found = [button for button in dashboard.app.button if button.label == label]
    found[number].click().run()
    return dashboard.check()


def field(dashboard, label):
    (found,) = [
        field for field in (*dashboard.app.text_input, *dashboard.app.text_area) if field.label == label
    ]
    return found


def save(dashboard, name=""):
    if name:
        field(dashboard, "Name").set_value(name).run()
    (button,) = [button for button in dashboard.app.button if button.key == "save-scenario"]
    button.click().run()
    return dashboard.check()


def history(dashboard, number=0):
    [toggle for toggle in dashboard.app.toggle if toggle.label == "History"][number].set_value(True).run()
    return dashboard.check()


def names(dashboard):
    """Return the names in the list of what is saved, the newest first."""
    return [kept.name for kept in kept_by(dashboard).scenarios(dashboard.app.session_state.owner)]


def kept_by(dashboard):
    """Return the store that the dashboard keeps things in."""
    assert dashboard.app.session_state.owner
    return keeping.store()


def answer(dashboard, reply):
    dashboard.app.session_state.answers = Answers({"sales_again": Reply(reply)})
    return dashboard.page("scenarios")


def written_of(dashboard):
    """Return what is open as a file of its own."""
    state = dashboard.app.session_state
    return written_scenario(Scenario(document=state.document, unit=state.unit, answers=state.answers))


def test_nothing_is_saved_at_first(scenarios):
    assert "Nothing is saved yet" in scenarios.text
    assert "Not saved under a name yet." in scenarios.text
    assert [button.label for button in scenarios.app.button if button.key == "save-scenario"] == ["Save"]


def test_saved_under_its_name_and_again_as_another_version(scenarios):
    save(scenarios, "To sales")
    assert "**To sales** is saved." in [item.value for item in scenarios.app.success]
    (button,) = [button for button in scenarios.app.button if button.key == "save-scenario"]
    assert (button.label, button.disabled) == ("Save as version 2", True)
    answer(scenarios, "yes")
    assert "changed since" in scenarios.text
    save(scenarios)
    assert "1 version" not in scenarios.text
    assert "2 versions" in scenarios.text
    assert names(scenarios) == ["To sales"]


def test_without_a_name_it_is_called_as_the_chart(scenarios):
    save(scenarios)
    assert names(scenarios) == ["manufacturer_150.csv"]


def test_as_another_it_gets_a_name_of_its_own(scenarios):
    press(save(scenarios, "Plan"), "Save as another")
    assert names(scenarios) == ["Plan 2", "Plan"]
    assert field(scenarios, "Name").value == "Plan 2"


def test_open_gives_all_of_it_back_and_what_was_open_stays_a_draft(scenarios):
    scenarios.app.session_state.assumptions = Assumptions(alpha=0.5)
    answer(scenarios, "partly")
    field(scenarios, "Notes").set_value("Asked for by the board").run()
    save(scenarios, "Plan")
    scenarios.open_data("golden_with_service.csv")
    answer(scenarios, "no")
    assert scenarios.app.session_state.draft._keeper.flush()  # noqa: SLF001  # drafts are kept in the background
    press(scenarios, "Open")
    state = scenarios.app.session_state
    assert state.answers == Answers({"sales_again": Reply("partly")})
    assert state.assumptions == Assumptions(alpha=0.5)
    assert state.chart_name or state.report.filename == "manufacturer_150.csv"
    assert field(scenarios, "Notes").value == "Asked for by the board"
    assert "Older drafts" in scenarios.text
    press(scenarios, "Continue")
    assert scenarios.app.session_state.report.filename == "golden_with_service.csv"
    assert scenarios.app.session_state.answers == Answers({"sales_again": Reply("no")})


def test_history_says_what_differs_and_goes_back(scenarios):
    save(scenarios, "Plan")
    save(answer(scenarios, "yes"))
    history(scenarios)
    assert "**Version 2**" in scenarios.text
    assert "The first one." in scenarios.text
    assert "Answers: 1 answer differs" in scenarios.text
    press(scenarios, "Restore")
    assert "**Version 3**" in scenarios.text
    assert "Version 1 again" in scenarios.text
    assert "It is open now." in scenarios.app.success[0].value
    assert not scenarios.app.session_state.answers.answered
    assert "version 3, nothing changed since" in scenarios.text


def test_restoring_leaves_what_is_not_saved_alone(scenarios):
    save(scenarios, "Plan")
    save(answer(scenarios, "yes"))
    answer(scenarios, "no")
    history(scenarios.page("scenarios"))
    press(scenarios, "Restore")
    assert "Open it to work on it." in scenarios.app.success[0].value
    assert scenarios.app.session_state.answers == Answers({"sales_again": Reply("no")})
    opened = [button for button in scenarios.app.button if button.key.endswith("-3")]
    opened[0].click().run()
    assert not scenarios.check().app.session_state.answers.answered


def test_a_save_from_another_window_is_said_and_both_stay(scenarios):
    save(scenarios, "Plan")
    other = Dashboard()
    other.app.session_state.owner = scenarios.app.session_state.owner
    press(other.page("scenarios"), "Open")
    save(answer(other, "no"))
    scenarios.page("scenarios")
    assert "Version 2 was saved from another window" in scenarios.text
    save(answer(scenarios, "yes"))
    (said,) = [item.value for item in scenarios.app.success]
    assert said.startswith("**Plan** is saved as version 3. Version 2 was saved from another window")
    kept = kept_by(scenarios)
    owner = scenarios.app.session_state.owner
    (plan,) = kept.scenarios(owner)
    replies = [
        keeping.scenario_of(kept.content(owner, plan.id, number)).answers.replies for number in (1, 2, 3)
    ]
    assert [[reply.value for reply in found.values()] for found in replies] == [[], ["no"], ["yes"]]


def test_renamed_duplicated_deleted_and_put_back(scenarios):
    save(scenarios, "Plan")
    field(scenarios, "Rename").set_value("Plan of May").run()
    assert names(scenarios.check()) == ["Plan of May"]
    assert field(scenarios, "Name").value == "Plan of May"
    press(scenarios, "Duplicate")
    assert sorted(names(scenarios)) == ["Plan of May", "Plan of May 2"]
    while names(scenarios):
        press(scenarios, "Delete")
    assert "is deleted." in scenarios.text
    press(scenarios, "Undo")
    assert len(names(scenarios)) == 1
    press(scenarios, "Put back")
    assert sorted(names(scenarios)) == ["Plan of May", "Plan of May 2"]


def test_what_is_open_can_be_saved_though_it_was_deleted_meanwhile(scenarios):
    press(save(scenarios, "Plan"), "Delete")
    assert "which has been deleted since" in scenarios.text
    save(scenarios)
    assert names(scenarios) == ["Plan"]


def test_names_and_notes_are_shown_as_they_are_written(scenarios):
    field(scenarios, "Notes").set_value(HOSTILE).run()
    save(scenarios, HOSTILE)
    assert "\\<b\\>bold" in scenarios.text
    assert "<b>bold" not in scenarios.text.replace("\\<b\\>bold", "")
    assert names(scenarios) == [HOSTILE]
    history(scenarios)
    press(scenarios, "Delete")


def test_a_file_is_opened_unsaved_and_a_broken_one_changes_nothing(scenarios):
    answer(scenarios, "yes")
    written = written_of(scenarios)
    fresh = Dashboard().page("scenarios")
    fresh.app.file_uploader[0].upload("plan.scenario.json", written, "application/json").run()
    assert fresh.check().app.session_state.answers == Answers({"sales_again": Reply("yes")})
    assert "Not saved under a name yet." in fresh.text
    for content in (
        b"",
        b"[]",
        written[:-9],
        json.dumps({"format": "orgmodel-scenario", "version": 99}).encode(),
    ):
        fresh.app.file_uploader[0].upload("*x*.json", content, "application/json").run()
        (error,) = fresh.check().app.error
        assert error.value.startswith("\\*x\\*.json: ")
        assert error.value.endswith("What is open is as it was.")
        assert fresh.app.session_state.answers.answered
