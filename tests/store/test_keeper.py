"""Drafts that are kept in the background."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from orgmodel.errors import DraftTakenError, StoreAwayError, TooMuchKeptError
from orgmodel.store.content import Content
from orgmodel.store.keeper import Draft, Keeper

AT_FIRST = datetime(2026, 1, 1, tzinfo=UTC)


class Kept:
    """A store in memory that can be away, and says what was kept in which order."""

    def __init__(self):
        self.log, self.rows, self.away, self.full, self.tries = [], {}, False, False, 0
        self.open = threading.Event()
        self.open.set()

    def keep_draft(self, owner, draft_id, content, *, after=None):
        self.open.wait(10)
        self.tries += 1
        if self.away:
            raise StoreAwayError("The database cannot be reached.")
        if after is not None and draft_id in self.rows and self.rows[draft_id][1] != after:
            raise DraftTakenError("Written from another window.")
        if self.full:
            raise TooMuchKeptError("With this you would keep too much.")
        at = AT_FIRST + timedelta(seconds=len(self.log))
        self.log.append((owner, draft_id, content.name))
        self.rows[draft_id] = (content.name, at)
        return at


def named(name):
    return lambda: Content(name, {}, b"")


@pytest.fixture
def kept():
    return Kept()


@pytest.fixture
def keeper(kept):
    return Keeper(kept, again=0.02)


def test_what_is_kept_is_there(kept, keeper):
    draft = Draft(keeper, "me", "d")
    draft.keep(named("one"))
    assert keeper.flush("d")
    assert not draft.waiting
    assert draft.kept_at == AT_FIRST
    assert kept.log == [("me", "d", "one")]


def test_only_the_last_state_is_kept_where_the_store_is_slow(kept, keeper):
    kept.open.clear()
    draft = Draft(keeper, "me", "d")
    for number in range(50):
        draft.keep(named(str(number)))
    kept.open.set()
    assert keeper.flush("d")
    assert kept.rows["d"][0] == "49"
    assert len(kept.log) <= 2


def test_nothing_is_lost_while_the_store_is_away(kept, keeper):
    kept.away = True
    drafts = [Draft(keeper, "me", str(number)) for number in range(3)]
    for draft in drafts:
        draft.keep(named("early"))
    assert not keeper.flush(timeout=0.1)
    assert all(isinstance(draft.fault, StoreAwayError) for draft in drafts)
    drafts[1].keep(named("late"))
    kept.away = False
    assert keeper.flush()
    assert {name: row[0] for name, row in kept.rows.items()} == {"0": "early", "1": "late", "2": "early"}
    assert all(draft.fault is None for draft in drafts)


def test_two_tabs_with_one_draft_go_on_with_one_each(kept, keeper):
    first = Draft(keeper, "me", "d")
    first.keep(named("first"))
    assert keeper.flush()
    second = Draft(keeper, "me", "d", first.kept_at)  # the tab was duplicated
    first.keep(named("first, later"))
    assert keeper.flush()
    second.keep(named("second"))
    assert keeper.flush()
    assert second.id != first.id == "d"
    assert kept.rows["d"][0] == "first, later"
    assert kept.rows[second.id][0] == "second"


def test_a_draft_that_is_forgotten_is_not_kept(kept, keeper):
    kept.away = True
    draft = Draft(keeper, "me", "d")
    draft.keep(named("one"))
    assert not keeper.flush(timeout=0.05)
    draft.forget()
    kept.away = False
    assert keeper.flush()
    assert kept.log == []


def test_a_draft_beyond_the_limit_is_tried_again_with_the_next_change_only(kept, keeper):
    draft = Draft(keeper, "me", "d")
    kept.full = True
    draft.keep(named("one"))
    assert keeper.flush()
    assert isinstance(draft.fault, TooMuchKeptError)
    assert (kept.tries, draft.waiting) == (1, False)
    kept.full = False
    draft.keep(named("two"))
    assert keeper.flush()
    assert draft.fault is None
    assert kept.log == [("me", "d", "two")]


def test_a_content_that_cannot_be_made_is_told_and_stops_nobody_else(kept, keeper, caplog):
    def fails():
        raise RuntimeError("broken")

    broken, sound = Draft(keeper, "me", "b"), Draft(keeper, "me", "s")
    broken.keep(fails)
    sound.keep(named("one"))
    assert keeper.flush()
    assert "Download the scenario" in str(broken.fault)
    assert kept.rows.keys() == {"s"}
    assert "could not be made" in caplog.text
