"""Scenarios: saved, opened again, renamed, duplicated, deleted and put back; nothing is lost on the way."""

import json
from contextlib import nullcontext

import pytest
from streamlit.testing.v1 import AppTest

from components import keeping
from hosting.settings import settings
from orgmodel.assumptions import Assumptions
from orgmodel.errors import NotAllowedError, NotKeptError
from orgmodel.questionnaire import Answers, Reply
from orgmodel.scenarios import Scenario, written_scenario
from tests.pages.conftest import ROOT, Dashboard

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


def test_deleted_for_good(scenarios):
    press(press(save(scenarios, "Plan"), "Delete"), "Yes, delete it for good")
    assert "**Plan** is gone for good." in [item.value for item in scenarios.app.success]
    assert not {"Undo", "Put back"} & {button.label for button in scenarios.app.button}
    assert not kept_by(scenarios).deleted(scenarios.app.session_state.owner)


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


# ---------------------------------------------------------------------- where people sign in

PROVIDER = "https://login.example.org"
LOOK, CHANGE = "May look and copy", "May also save new versions"


class SignedIn(Dashboard):
    """The dashboard as somebody who has signed in sees it."""

    def __init__(self, sub, *, verified=True):
        self.email = f"{sub}@example.org"
        self.app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
        self.app.user = {
            "is_logged_in": True,
            "iss": PROVIDER,
            "sub": sub,
            "name": sub.title(),
            "email": self.email,
            "email_verified": verified,
        }
        self.app.run()
        self.page("scenarios")

    def labels(self):
        return [button.label for button in self.app.button]


@pytest.fixture
def somebody(monkeypatch, tmp_path):
    """Give what signs somebody in."""
    monkeypatch.setenv("ORGMODEL_DATABASE_URL", f"sqlite:///{tmp_path}/kept.sqlite3")
    said = {
        "METADATA_URL": f"{PROVIDER}/.well-known/openid-configuration",
        "CLIENT_ID": "orgmodel",
        "CLIENT_SECRET": "known to both",
        "REDIRECT_URI": "http://localhost/oauth2callback",
    }
    for name, value in said.items():
        monkeypatch.setenv(f"ORGMODEL_OIDC_{name}", value)
    monkeypatch.setenv("ORGMODEL_COOKIE_SECRET", "c" * 40)
    settings.cache_clear()
    yield SignedIn
    settings.cache_clear()


def unfold(dashboard, label):
    next(toggle for toggle in dashboard.app.toggle if toggle.label == label).set_value(True).run()
    return dashboard.check()


def add(dashboard, email, role="viewer"):
    field(dashboard, "E-mail address to add").set_value(email)
    next(box for box in dashboard.app.selectbox if box.label == "Role").set_value(role)
    return press(dashboard, "Add")


def shared(somebody, role, email="ben@example.org"):
    """Give Anna, who has shared a plan, and Ben, with whom."""
    anna = save(somebody("anna"), "Plan")
    add(unfold(anna, "People"), email, role)
    return anna, somebody("ben")


def test_nobody_works_together_where_nobody_signs_in(scenarios):
    save(scenarios, "Plan")
    assert "Shared with you" not in scenarios.text
    assert "People" not in [toggle.label for toggle in scenarios.app.toggle]


def test_a_scenario_is_the_owners_alone_at_first(somebody):
    anna = save(somebody("anna"), "Plan")
    assert "Nobody but you sees it." in unfold(anna, "People").text
    ben = somebody("ben")
    assert "Plan" not in names(ben)
    assert "Nothing is shared with you yet." in ben.text


def test_a_viewer_looks_and_saves_an_own_copy(somebody):
    anna, ben = shared(somebody, "viewer")
    assert "is shared with ben" in anna.app.success[0].value
    assert "**Plan** of anna" in ben.text
    assert "You may look and copy." in ben.text
    assert not {"Delete", "Restore"} & set(ben.labels())
    assert "Rename" not in [text.label for text in ben.app.text_input]
    press(ben, "Open")
    assert "You may look at it and copy it." in ben.text
    assert "Save as another" not in ben.labels()
    answer(ben, "no")
    save(ben)
    assert names(ben) == ["Plan 2"]
    assert ben.app.success[0].value == "**Plan 2** is saved."
    assert "1 version ·" in anna.page("scenarios").text


def test_an_editor_saves_the_next_version_and_all_see_who_did(somebody):
    anna, ben = shared(somebody, "editor")
    press(ben, "Open")
    save(answer(ben, "no"))
    assert "**Plan** is saved as version 2." in ben.app.success[0].value
    assert "**Version 2** · by you" in history(ben).text
    answer(anna, "yes")
    assert "example.org saved version 2 at " in anna.text.replace("\N{WORD JOINER}", "")
    assert "after the one that was open here. If you save, yours comes after it" in anna.text
    save(anna)
    assert anna.app.success[0].value.startswith("**Plan** is saved as version 3.")
    shown = history(anna).text.replace("\N{WORD JOINER}", "")
    assert "**Version 2** · by ben@example.org" in shown
    assert "**Version 3** · by you" in shown
    assert "by anna@example.org" in ben.page("scenarios").text.replace("\N{WORD JOINER}", "")


def test_a_name_that_an_editor_changed_is_not_changed_back(somebody):
    anna, ben = shared(somebody, "editor")
    field(ben, "Rename").set_value("Plan of June").run()
    assert field(anna.page("scenarios"), "Name").value == "Plan of June"
    save(answer(anna, "yes"))
    assert names(anna) == ["Plan of June"]


def test_what_the_list_shows_is_opened_though_a_newer_one_is_there(somebody):
    anna, ben = shared(somebody, "editor")
    save(answer(anna, "yes"))
    press(ben, "Open")
    assert "version 1, nothing changed since" in ben.text
    assert "saved version 2 at" in ben.text
    assert not ben.app.session_state.answers.answered


def test_roles_change_and_end(somebody):
    anna, ben = shared(somebody, "viewer")
    press(ben, "Open")
    (box,) = [box for box in anna.app.selectbox if box.label.startswith("Role of ben")]
    box.set_value("editor").run()
    assert anna.check().app.success[0].value.endswith("example.org may also save new versions.")
    assert "Save as version 2" in [*answer(ben, "no").labels()]
    press(anna, "Remove")
    ben.page("scenarios")
    assert "not shared with you any more" in ben.text
    assert "Save" in ben.labels()


def test_between_the_page_and_the_click_a_role_may_end(somebody):
    """What the page shows is no permission: the store decides."""
    anna, ben = shared(somebody, "editor")
    press(ben, "Open")
    answer(ben, "no")
    (box,) = [box for box in anna.app.selectbox if box.label.startswith("Role of ben")]
    box.set_value("viewer").run()
    (button,) = [button for button in ben.app.button if button.key == "save-scenario"]
    button.click().run()
    assert "You may look at this scenario, but not change it." in ben.check().app.error[0].value
    assert "1 version ·" in anna.page("scenarios").text


def test_who_has_signed_in_is_said_and_one_may_leave(somebody):
    anna, ben = shared(somebody, "viewer")
    assert "not signed in yet" in anna.text
    assert "Has signed in here" in anna.page("scenarios").text
    press(ben, "Take off this list")
    assert "is not on your list any more" in ben.app.success[0].value
    assert "Nobody but you sees it." in anna.page("scenarios").text


def test_many_people_come_in_pages(somebody):
    anna = save(somebody("anna"), "Plan")
    (plan,) = keeping.store().scenarios(owner(anna))
    for number in range(12):
        keeping.store().share(owner(anna), plan.id, f"person-{number:02}@example.org", "viewer")
    unfold(anna, "People")
    assert len([box for box in anna.app.selectbox if box.label.startswith("Role of person-")]) == 10


def test_an_address_copied_from_the_page_is_taken(somebody):
    anna, _ben = shared(somebody, "viewer")
    (shown,) = [line for line in anna.texts if line.startswith(":material/person: ben")]
    add(anna, shown.removeprefix(":material/person: "), "editor")
    (ben,) = keeping.store().members(owner(anna), keeping.store().scenarios(owner(anna))[0].id)
    assert (ben.email, ben.role) == ("ben@example.org", "editor")
    assert field(anna, "E-mail address to add").value == ""


def test_an_address_that_is_not_verified_opens_nothing(somebody):
    shared(somebody, "editor")
    posing = somebody("ben-2", verified=False)
    posing.app.user["email"] = "ben@example.org"
    posing = posing.page("scenarios")
    assert "Plan" not in "".join(kept.name for kept in keeping.store().shared_with(owner(posing)))
    assert "does not confirm your e-mail address" in posing.text


@pytest.mark.parametrize("text", ["ben", "a@b@c", HOSTILE, "anna@example.org"])
def test_no_address_and_ones_own_are_refused(somebody, text):
    anna = save(somebody("anna"), "Plan")
    add(unfold(anna, "People"), text)
    (error,) = anna.app.error
    assert "<b>" not in error.value.replace("\\<b\\>", "")
    assert field(anna, "E-mail address to add").value == text  # to be mended
    assert "Nobody but you sees it." in anna.text


def owner(dashboard):
    return dashboard.app.session_state.owner


@pytest.mark.parametrize(
    ("who", "refused"),
    [
        ("anna", {}),
        ("editor", dict.fromkeys(("share", "delete"), NotAllowedError)),
        ("viewer", dict.fromkeys(("save", "rename", "restore", "share", "delete"), NotAllowedError)),
        (
            "stranger",
            dict.fromkeys(
                ("look", "save", "rename", "restore", "duplicate", "share", "delete"), NotKeptError
            ),
        ),
    ],
)
def test_the_store_refuses_what_pages_do_not_offer(somebody, who, refused):
    """Whatever a page of somebody who signed in sends, he can do no more than this."""
    anna = save(somebody("anna"), "Plan")
    store, him = keeping.store(), owner(somebody(who))
    plan = store.scenarios(owner(anna))[0].id
    for role in ("editor", "viewer"):
        store.share(owner(anna), plan, f"{role}@example.org", role)
    deeds = {
        "look": lambda: store.content(him, plan),
        "duplicate": lambda: store.duplicate(him, plan, "Mine"),
        "save": lambda: store.save(him, store.content(owner(anna), plan), plan, save_id="1"),
        "rename": lambda: store.rename(him, plan, "Other"),
        "restore": lambda: store.restore(him, plan, 1, "2"),
        "share": lambda: store.share(him, plan, "somebody@example.org", "editor"),
        "delete": lambda: store.delete(him, plan),
    }
    for deed, do in deeds.items():
        with pytest.raises(refused[deed]) if deed in refused else nullcontext():
            do()
