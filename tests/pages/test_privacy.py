"""What is stored: how much is kept, all of it to take away, and deleted when somebody says so."""

import io
import zipfile

import pytest

from components import keeping
from components.privacy_holdings import everything
from orgmodel.document import Document
from orgmodel.organization import Organization
from orgmodel.scenarios import Scenario, scenario_from_json
from orgmodel.store import new_owner
from tests.pages.test_scenarios import answer, press, save

ALONE = Scenario("Alone", document=Document.of(Organization.from_columns(["a"], [None])))


@pytest.fixture
def privacy(dashboard):
    return dashboard.page("privacy")


def figures(dashboard):
    return {metric.label: metric.value for metric in dashboard.page("privacy").app.metric}


def test_nothing_is_kept_at_first(privacy):
    assert figures(privacy) == {
        "Drafts": "0",
        "Saved scenarios": "0",
        "Stored links": "0",
        "Altogether": "0 bytes",
    }
    assert "One cookie" in privacy.text


def test_what_is_kept_is_counted(dashboard):
    save(answer(dashboard, "yes"), "Plan")
    save(answer(dashboard, "no"))
    keeping.store().create_link(dashboard.app.session_state.owner, keeping.content(ALONE), copyable=False)
    assert dashboard.app.session_state.draft is not None
    keeping_all = figures(dashboard)
    assert (keeping_all["Saved scenarios"], keeping_all["Stored links"]) == ("1", "1")
    assert keeping_all["Altogether"] != "0 bytes"


def test_everything_is_deleted_for_good(dashboard):
    save(answer(dashboard, "yes"), "Plan")
    link = keeping.store().create_link(
        dashboard.app.session_state.owner, keeping.content(ALONE), copyable=False
    )
    press(dashboard.page("privacy"), "Yes, delete everything")
    assert set(figures(dashboard).values()) == {"0", "0 bytes"}
    assert link.id not in [kept.id for kept in keeping.store().links(dashboard.app.session_state.owner)]
    # A change afterwards is not kept either, until the reader wants that again.
    answer(dashboard, "no")
    assert set(figures(dashboard).values()) == {"0", "0 bytes"}
    assert dashboard.app.session_state.answers.answered


def test_drafts_alone_are_deleted(dashboard):
    save(answer(dashboard, "yes"), "Plan")
    owner = dashboard.app.session_state.owner
    keeping.store().keep_draft(owner, "an-older-draft", keeping.content(ALONE))
    press(dashboard.page("privacy"), "Delete the drafts")
    assert "1 draft deleted." in [item.value for item in dashboard.app.success]
    assert "an-older-draft" not in [kept.id for kept in keeping.store().drafts(owner)]
    assert len(keeping.store().scenarios(owner)) == 1


@pytest.mark.usefixtures("dashboard")
def test_everything_is_taken_away_as_files_that_open_again():
    store, owner = keeping.store(), new_owner()
    assert zipfile.ZipFile(io.BytesIO(everything(store, owner))).namelist() == []
    first = store.save(owner, keeping.content(ALONE), save_id="1")
    store.save(owner, keeping.content(ALONE), first.scenario_id, save_id="2")
    store.rename(owner, first.scenario_id, "../../etc/pass\\wd:*")
    store.keep_draft(owner, "a-draft", keeping.content(ALONE))
    archive = zipfile.ZipFile(io.BytesIO(everything(store, owner)))
    assert archive.testzip() is None
    names = archive.namelist()
    assert len(names) == len(set(names)) == 3
    assert not any(".." in name.split("/") or "\\" in name or name.startswith("/") for name in names)
    assert all(name.count("/") == 1 + name.startswith("scenarios") for name in names)
    assert [scenario_from_json(archive.read(name)) for name in names] == [ALONE] * 3


def test_without_a_store_the_page_says_so(dashboard, monkeypatch):
    monkeypatch.setattr(keeping, "store", lambda: None)
    monkeypatch.setattr(keeping, "why_nothing", lambda: "No disk.")
    dashboard.page("privacy")
    assert "Nothing can be stored on this server" in dashboard.text
    assert "No disk." in dashboard.text
