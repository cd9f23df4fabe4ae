"""What belongs to somebody else: by its id, by its address, by a cookie, by a link that was taken back."""

import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from components import browser_key, keeping, shared_source
from orgmodel.errors import LinkError, NotKeptError
from orgmodel.questionnaire import Answers, Reply
from orgmodel.scenarios import Fields, shared, written_scenario
from orgmodel.store import Store, new_owner
from tests.attacks.hostile import scenario
from tests.pages.conftest import Dashboard
from tests.pages.test_scenarios import save

ME, OTHER = new_owner(), new_owner()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('others')}/kept.sqlite3")
    yield store
    store.close()


@pytest.fixture(scope="module")
def mine(store):
    """Give the ids of a draft, a scenario and a link of mine."""
    content = keeping.content(scenario())
    store.keep_draft(ME, "tab", content)
    kept = store.save(ME, content, save_id="1")
    link = store.create_link(ME, content, copyable=False, expires=None, fields=())
    return SimpleNamespace(draft="tab", scenario=kept.scenario_id, link=link, content=content)


TRIES = {
    "draft": lambda store, mine: store.draft(OTHER, mine.draft),
    "overwriting a draft": lambda store, mine: store.keep_draft(OTHER, mine.draft, mine.content),
    "scenario": lambda store, mine: store.content(OTHER, mine.scenario),
    "version": lambda store, mine: store.content(OTHER, mine.scenario, 1),
    "versions": lambda store, mine: store.versions(OTHER, mine.scenario),
    "a version more": lambda store, mine: store.save(OTHER, mine.content, mine.scenario, save_id="9"),
    "rename": lambda store, mine: store.rename(OTHER, mine.scenario, "mine"),
    "duplicate": lambda store, mine: store.duplicate(OTHER, mine.scenario, "mine"),
    "restore": lambda store, mine: store.restore(OTHER, mine.scenario, 1, "9"),
    "delete": lambda store, mine: store.delete(OTHER, mine.scenario),
    "undelete": lambda store, mine: store.undelete(OTHER, mine.scenario),
    "revoke": lambda store, mine: store.revoke(OTHER, mine.link.id),
}


def state_of(store):
    return store.drafts(ME), store.scenarios(ME), store.deleted(ME), store.links(ME), store.holdings(ME)


@pytest.mark.parametrize("what", TRIES)
def test_nothing_of_another_owner_is_seen_or_changed(store, mine, what):
    before = state_of(store)
    with pytest.raises(NotKeptError) as caught:
        TRIES[what](store, mine)
    assert mine.scenario not in str(caught.value)
    assert state_of(store) == before


def test_lists_dropping_and_forgetting_are_about_oneself(store, mine):
    before = state_of(store)
    for listed in (store.drafts, store.scenarios, store.deleted, store.links):
        assert listed(OTHER) == ()
    store.drop_draft(OTHER, mine.draft)
    store.forget_everything(OTHER)
    assert state_of(store) == before
    assert store.drafts(ME + "x") == store.drafts(ME[:-1]) == ()


def test_a_save_id_of_another_owner_gives_nothing_away(store, mine):
    theirs = store.save(OTHER, mine.content, save_id="1")
    assert theirs.scenario_id != mine.scenario
    store.forget_everything(OTHER)


@pytest.mark.usefixtures("mine")
def test_no_id_is_a_query(store):
    before = state_of(store)
    for text in ("%", "_", "' OR 1=1 --", "tab' --", '"', "tab\0", "*", "tab "):
        for ask in (store.draft, store.content, store.revoke):
            with pytest.raises(NotKeptError):
                ask(ME, text)
        with pytest.raises(LinkError):
            store.opened_link(text)
    assert state_of(store) == before


def test_an_almost_right_token_takes_no_longer_than_a_wrong_one(store, mine):
    """A token is looked up by its digest: nothing about it is learned sign by sign."""
    token = mine.link.token

    def taken(asked):
        start = time.perf_counter()
        with pytest.raises(LinkError):
            store.opened_link(asked)
        return time.perf_counter() - start

    almost = token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]
    times = [(taken(almost), taken("A" * 43)) for _ in range(30)]
    assert min(first for first, _ in times) < 3 * min(second for _, second in times) + 1e-3


# ---------------------------------------------------------------------- through the pages


def kept_by(dashboard):
    return keeping.store(), dashboard.app.session_state.owner


def open_state(dashboard):
    state = dashboard.app.session_state
    return (
        state.document,
        state.report,
        state.answers,
        state.assumptions,
        state.unit,
        state.added,
        state.opening,
        state.scenario_name,
        state.scenario_notes,
        state.saved,
        state.owner,
    )


def visit(dashboard, **query):
    dashboard.app.query_params.clear()
    for name, value in query.items():
        dashboard.app.query_params[name] = value
    return dashboard.page("shared")


@pytest.fixture
def victim():
    opened = Dashboard()
    opened.app.session_state.answers = Answers({"sales_again": Reply("yes")})
    opened.page("scenarios")
    save(opened, "Secret plan")
    assert opened.app.session_state.draft._keeper.flush()  # noqa: SLF001  # kept in the background
    return opened


@pytest.fixture
def stranger():
    return Dashboard()


def frame():
    """Show the frame of every page, which AppTest leaves out once it goes from page to page."""
    from components import keeping  # noqa: PLC0415  # a script of its own
    from components.kept_status import show_kept, show_said  # noqa: PLC0415
    from components.open_chart import show_open  # noqa: PLC0415

    keeping.start()
    show_said()
    show_open()
    keeping.keep()
    show_kept()


def begin_with(work):
    """Open the dashboard by an address that names a draft."""
    fresh = AppTest.from_function(frame, default_timeout=60)
    fresh.query_params["work"] = work
    fresh.run()
    assert not fresh.exception
    return fresh, "\n".join(element.value for element in fresh.markdown)


def test_the_address_of_another_browser_opens_nothing(victim):
    store, owner = kept_by(victim)
    (draft,) = store.drafts(owner)
    before = store.draft(owner, draft.id)
    fresh, said = begin_with(draft.id)
    assert "kept from another browser" in said
    assert fresh.session_state.owner != owner
    assert fresh.session_state.answers == Answers()
    fresh.session_state.answers = Answers({"sales_again": Reply("no")})
    fresh.run()
    assert fresh.session_state.draft._keeper.flush()  # noqa: SLF001
    assert fresh.session_state.draft.id != draft.id
    assert store.draft(owner, draft.id) == before


@pytest.mark.parametrize(
    "work",
    ["x" * 100_000, "\0", "' OR 1=1 --", "../../etc/passwd", "🎉" * 1_000, "<script>alert(1)</script>"],
)
def test_a_senseless_address_of_work_is_refused(work):
    _, said = begin_with(work)
    assert "kept from another browser" in said
    assert "script>" not in said


def test_a_link_changes_nothing_of_its_visitor(stranger):
    stranger.page("start")
    link = keeping.store().create_link(
        ME, keeping.content(shared(scenario(), Fields())), copyable=False, expires=None, fields=()
    )
    before, kept = open_state(stranger), keeping.store().holdings(stranger.app.session_state.owner)
    visit(stranger, link=link.token)
    assert "Work on a copy" not in [button.label for button in stranger.app.button]
    assert not stranger.app.error
    for page in ("start", "scenarios"):
        stranger.page(page)
    assert open_state(stranger) == before
    assert keeping.store().holdings(stranger.app.session_state.owner) == kept


def test_a_link_for_reading_has_no_button_to_press(stranger):
    """A press that is sent all the same, as for a link that could be copied, reaches nothing."""
    may = keeping.store().create_link(ME, keeping.content(scenario()), copyable=True, expires=None, fields=())
    only = keeping.store().create_link(
        ME, keeping.content(scenario()), copyable=False, expires=None, fields=()
    )
    visit(stranger, link=may.token)
    (button,) = [button for button in stranger.app.button if button.label == "Work on a copy"]
    before = open_state(stranger)
    stranger.app.query_params["link"] = only.token
    button.click().run()
    stranger.check()
    assert stranger.app.title[0].value != "Scenarios"
    assert "To be read only" in stranger.text
    assert open_state(stranger) == before


def test_a_link_that_is_taken_back_while_it_is_looked_at(stranger, monkeypatch):
    store = keeping.store()
    link = store.create_link(ME, keeping.content(scenario()), copyable=True, expires=None, fields=())
    visit(stranger, link=link.token)
    assert not stranger.app.error
    store.revoke(ME, link.id)
    monkeypatch.setattr(shared_source, "_LOOK_AGAIN", 0.0)  # a minute later
    before = open_state(stranger)
    (button,) = [button for button in stranger.app.button if button.label == "Work on a copy"]
    button.click().run()
    stranger.check()
    assert "taken back" in stranger.app.error[0].value
    assert open_state(stranger) == before


def test_a_link_that_ends_while_it_is_looked_at(stranger, monkeypatch):
    soon = datetime.now(UTC) + timedelta(seconds=1.5)
    link = keeping.store().create_link(
        ME, keeping.content(scenario()), copyable=True, expires=soon, fields=()
    )
    visit(stranger, link=link.token)
    assert not stranger.app.error
    monkeypatch.setattr(shared_source, "_LOOK_AGAIN", 0.0)
    time.sleep(max(0.0, (soon - datetime.now(UTC)).total_seconds()) + 0.1)
    stranger.app.run()
    assert "expired on" in stranger.app.error[0].value


def test_a_file_of_somebody_else_gives_no_hold_on_what_is_kept(victim, stranger):
    """A scenario file names an id of another one's scenario as its own; saving makes a new one."""
    store, owner = kept_by(victim)
    (kept,) = store.scenarios(owner)
    before = store.versions(owner, kept.id)
    stranger.page("scenarios")
    (upload,) = [one for one in stranger.app.file_uploader if one.label == "Open a scenario file"]
    data = written_scenario(scenario()).replace(b'"x"', f'"{kept.id}"'.encode())
    upload.set_value(("plan.json", data, "application/json")).run()
    assert stranger.app.session_state.saved is None
    save(stranger, "Mine")
    assert store.versions(owner, kept.id) == before


# ---------------------------------------------------------------------- the cookie


GARBAGE = (
    "",
    "x",
    "a" * 42,
    "a" * 44,
    "a" * 100_000,
    "../" * 14 + "a",
    "a" * 42 + "\n",
    "é" * 43,
    "a" * 42 + "=",
)


@pytest.mark.parametrize("cookie", GARBAGE)
def test_a_cookie_that_is_no_secret_is_none(monkeypatch, cookie):
    context = SimpleNamespace(cookies={browser_key.COOKIE: cookie})
    monkeypatch.setattr(browser_key.st, "context", context)
    assert browser_key.secret_of_browser() is None


@pytest.mark.parametrize("found", [*GARBAGE, 7, ["a" * 43], {"a": 1}, True])
def test_what_a_browser_says_it_holds_may_be_anything(monkeypatch, found):
    monkeypatch.setattr(browser_key, "_component", lambda: lambda **_: None)
    monkeypatch.setattr(
        browser_key.st,
        "session_state",
        {browser_key._KEY: SimpleNamespace(found=found)},  # noqa: SLF001
    )
    assert browser_key.hold_secret(new_owner()) == ""


@pytest.mark.parametrize("brought", [True, False])
def test_a_planted_cookie_is_not_given_what_was_kept_before(monkeypatch, brought):
    """Whoever can plant a cookie (a neighbour on the same host) gets nothing that was kept from before.

    What a new secret has kept goes along: a second tab of the same browser was first.
    """
    opened, other = AppTest.from_function(frame, default_timeout=60).run(), new_owner()
    state, store = opened.session_state, keeping.store()
    owner, state.owner_is_new = state.owner, not brought
    store.save(owner, keeping.content(scenario()), save_id="1")
    monkeypatch.setattr(keeping, "hold_secret", lambda secret: other if secret != other else None)
    opened.run()
    assert not opened.exception
    assert state.owner == other
    assert [len(store.scenarios(one)) for one in (owner, other)] == ([1, 0] if brought else [0, 1])
