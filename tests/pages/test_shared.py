"""Shared: what a link shows, what it never does, and every way it may lead nowhere."""

import base64
import re
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from components import keeping
from components.shared_source import FIELDS_SETTING
from orgmodel.assumptions import Assumptions
from orgmodel.document import Document
from orgmodel.edits import Move
from orgmodel.importing import read_organization
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.questionnaire import Answers, Reply
from orgmodel.scenarios import Fields, Scenario, pack, shared
from orgmodel.store import new_owner
from tests.pages.conftest import ROOT
from tests.pages.test_scenarios import HOSTILE, press

CHART = read_organization(ROOT / "data" / "golden_with_service.csv").organization


@pytest.fixture(scope="module")
def scenario():
    chart = CHART
    service = next(node for node, title in zip(chart.ids, chart.titles, strict=True) if "ustomer" in title)
    boss = next(node for node, title in zip(chart.ids, chart.titles, strict=True) if "ales" in title)
    return Scenario(
        "To sales",
        "For the board",
        document=Document.of(chart),
        unit=(service,),
        placement=Placement.under(boss),
        answers=Answers({"sales_again": Reply("yes")}, ranking=("sales",)),
        assumptions=Assumptions(alpha=0.5, needs={"hr": 1.0}),
    )


def visit(dashboard, **query):
    dashboard.app.query_params.clear()
    for name, value in query.items():
        dashboard.app.query_params[name] = value
    return dashboard.page("shared")


def stored(scenario, *, copyable=False, expires=None, fields=()):
    keeping_store = keeping.store()
    owner = new_owner()
    link = keeping_store.create_link(
        owner, keeping.content(scenario), copyable=copyable, expires=expires, fields=fields
    )
    return owner, link


def state_of(dashboard):
    state = dashboard.app.session_state
    return state.document, state.answers, state.assumptions, state.unit, state.opening, state.scenario_name


def refused(dashboard):
    (error,) = dashboard.app.error
    assert dashboard.app.title[0].value == "Shared with you"
    return error.value


def test_a_link_shows_everything_and_changes_nothing(dashboard, scenario):
    before = state_of(dashboard)
    visit(dashboard, s=pack(scenario))
    assert dashboard.app.title[0].value == "To sales"
    for words in ("For the board", "13 boxes", "Most urgent", "Yes"):
        assert words in dashboard.text
    assert scenario.decision.recommendation.headline in dashboard.text.replace("\\", "")
    assert "**Silo risk**" in dashboard.text
    assert state_of(dashboard) == before


def test_a_copy_is_worked_on_and_what_was_open_is_a_draft(dashboard, scenario):
    state = dashboard.app.session_state
    dashboard.app.session_state.document = state.document.do(
        Move((str(state.document.organization.ids[5]),), "")
    )
    dashboard.page("start")
    changed = dashboard.app.session_state.document.organization
    press(visit(dashboard, s=pack(scenario)), "Work on a copy")
    assert dashboard.app.title[0].value == "Scenarios"
    assert dashboard.app.session_state.answers == scenario.answers
    assert dashboard.app.session_state.placement == scenario.placement
    assert "your own copy" in dashboard.app.success[0].value
    press(dashboard.page("scenarios"), "Continue")
    assert dashboard.app.session_state.document.organization == changed


def test_a_stored_link_that_may_only_be_read(dashboard, scenario):
    _owner, link = stored(shared(scenario, Fields()))
    visit(dashboard, link=link.token)
    assert "Not in the link: names of people, what people earn, notes" in dashboard.text
    assert "To be read only" in dashboard.text
    assert "Work on a copy" not in [button.label for button in dashboard.app.button]


def test_a_stored_link_that_may_be_copied_says_what_is_in_it(dashboard, scenario):
    owner, link = stored(scenario, copyable=True, fields=("names", "notes"))
    visit(dashboard, link=link.token)
    assert "Not in the link: what people earn, further columns, the changes" in dashboard.text
    dashboard.app.run()
    assert [kept.opened for kept in keeping.store().links(owner)] == [1]
    press(dashboard, "Work on a copy")
    assert dashboard.app.session_state.scenario_name == "To sales"


def test_a_link_that_is_taken_back_while_it_is_looked_at_cannot_be_copied(dashboard, scenario):
    owner, link = stored(scenario, copyable=True)
    visit(dashboard, link=link.token)
    before = state_of(dashboard)
    keeping.store().revoke(owner, link.id)
    press(dashboard, "Work on a copy")
    assert "taken back" in dashboard.app.error[0].value
    assert state_of(dashboard) == before


def test_links_that_lead_nowhere(dashboard, scenario):
    owner, link = stored(scenario)
    _other, gone = stored(scenario, expires=datetime.now(UTC) - timedelta(days=1))
    before = state_of(dashboard)
    altered = ("A" if link.token[0] != "A" else "B") + link.token[1:]
    for token in (altered, "x", "../../etc/passwd", "'; drop table links; --", "\x00", "a" * 100_000):
        assert "leads nowhere" in refused(visit(dashboard, link=token))
    assert "expired on" in refused(visit(dashboard, link=gone.token))
    keeping.store().revoke(owner, link.id)
    assert "taken back" in refused(visit(dashboard, link=link.token))
    assert "Open the whole link" in refused(visit(dashboard))
    assert state_of(dashboard) == before


def bomb():
    packed = zlib.compress(b'{"format": "orgmodel-scenario", "notes": "' + b"0" * 10_000_000 + b'"}', 9)
    return "1" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def test_links_that_carry_nonsense(dashboard, scenario):
    good = pack(scenario)
    before = state_of(dashboard)
    pickle = base64.urlsafe_b64encode(b"\x80\x04\x8c\x05posix\x8c\x06system").decode()
    for text in (
        good[:-5],
        good[:50] + ("A" if good[50] != "A" else "B") + good[51:],
        "2" + good[1:],
        "1",
        "1" + pickle,
        "<script>alert(1)</script>",
        good + "A" * 30_000,
        bomb(),
    ):
        assert refused(visit(dashboard, s=text))
        assert "<script>" not in dashboard.text
    assert state_of(dashboard) == before


def test_one_box_and_nobody_in_customer_service(dashboard):
    alone = Scenario(document=Document.of(Organization.from_columns(["a"], [None])))
    visit(dashboard, s=pack(alone))
    assert "Nobody has said which box is customer service" in dashboard.text
    visit(dashboard, s=pack(replace(alone, unit=("a",))))
    assert not dashboard.app.error


def test_texts_of_others_are_shown_as_they_are_written(dashboard):
    chart = Organization.from_columns(
        ["top", "ops", "cs"],
        [None, "top", "ops"],
        names=[HOSTILE] * 3,
        titles=["CEO", HOSTILE, "Customer Service"],
    )
    hostile = Scenario(
        HOSTILE,
        HOSTILE,
        document=Document.of(chart),
        unit=("cs",),
        assumptions=Assumptions(owners={"sales": ("ops",)}),
    )
    settings = {FIELDS_SETTING: ["notes", HOSTILE, 7, None]}
    visit(dashboard, s=pack(replace(hostile, settings=settings)))
    assert "\\<b\\>bold" in dashboard.text
    assert "<b>bold" not in re.sub(r"\\<b\\>bold", "", dashboard.text)
    assert "](javascript" not in dashboard.text.replace("\\]", "")


def test_what_a_link_says_of_itself_may_be_anything(dashboard, scenario):
    for said in ("names", 7, None, {"names": True}, ["names", ["x"]]):
        visit(dashboard, s=pack(replace(scenario, settings={FIELDS_SETTING: said})))
        assert not dashboard.app.error
