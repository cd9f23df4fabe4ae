# ruff: noqa: SLF001
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgmodel.errors import DraftTakenError, NotKeptError, StoreError
from orgmodel.store import Content, Kept, new_owner
from tests.store.contents import PLAN, rows

# What JSON gives back as it was: a pair of lone surrogates is read as the one character they stand for.
_TEXTS = st.text(st.characters(blacklist_categories=["Cs"]) | st.just("\ud800"), max_size=20).filter(
    lambda text: "\ud800\ud800" not in text
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)


def test_a_draft_is_read_as_it_was_kept(used, me):
    before = datetime.now(UTC)
    kept_at = used.keep_draft(me, "tab", PLAN)
    used.drop_draft(me, "tab")
    kept_at = used.keep_draft(me, "tab", PLAN)
    assert used.draft(me, "tab") == PLAN
    assert used.drafts(me) == (Kept("tab", PLAN.name, PLAN.summary, kept_at),)
    assert used.drafted_at(me, "tab") == kept_at
    assert before <= kept_at <= datetime.now(UTC)
    assert kept_at.utcoffset() == timedelta(0)
    used.drop_draft(me, "tab")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=_TEXTS, data=st.dictionaries(_TEXTS, _JSON, max_size=4), chart=st.binary(max_size=50))
def test_every_text_and_every_byte_comes_back(used, name, data, chart):
    owner, content = new_owner(), Content(name, data, chart, chart[::-1], data)
    used.keep_draft(owner, owner, content)
    assert used.draft(owner, owner) == content
    assert used.drafts(owner)[0][1:3] == (name, data)
    used.forget_everything(owner)


def test_the_smallest_draft(used, me):
    used.keep_draft(me, me, Content("", {}))
    assert used.draft(me, me) == Content("", {}, b"", b"", {})


def test_a_draft_is_replaced_in_place_and_the_newest_is_listed_first(used, me):
    first = used.keep_draft(me, f"1{me}", PLAN)
    used.keep_draft(me, f"2{me}", PLAN)
    again = used.keep_draft(me, f"1{me}", replace(PLAN, name="Plan C"))
    assert again > first
    assert [(kept.id[0], kept.name) for kept in used.drafts(me)] == [("1", "Plan C"), ("2", "Plan B")]


def test_the_chart_that_is_no_longer_named_is_dropped(store, me):
    store.keep_draft(me, "tab", PLAN)
    store.keep_draft(me, "second", PLAN)
    assert rows(store)[:2] == (2, 2)
    store.keep_draft(me, "tab", replace(PLAN, chart=b"another"))
    assert rows(store)[:2] == (3, 2)
    store.drop_draft(me, "second")
    assert rows(store)[:2] == (2, 1)


def test_a_duplicated_tab_overwrites_nothing(used, me):
    read = used.keep_draft(me, me, PLAN)
    mine = used.keep_draft(me, me, replace(PLAN, name="mine"), after=read)
    with pytest.raises(DraftTakenError, match="another window"):
        used.keep_draft(me, me, replace(PLAN, name="the other tab's"), after=read)
    assert used.draft(me, me).name == "mine"
    assert used.keep_draft(me, me, PLAN, after=mine) > mine


def test_a_draft_that_was_dropped_meanwhile_is_kept_anew(used, me):
    read = used.keep_draft(me, me, PLAN)
    used.drop_draft(me, me)
    used.keep_draft(me, me, PLAN, after=read)
    assert used.draft(me, me) == PLAN


@pytest.mark.parametrize("answers_lost", [1, 2])
def test_a_save_whose_answer_was_lost_is_nobody_elses(used, me, monkeypatch, answers_lost):
    kept_at = used.keep_draft(me, me, PLAN)
    write = used._database.write

    def answer_lost(work):
        write(work)
        raise StoreError("no answer")

    monkeypatch.setattr(used._database, "write", answer_lost)
    for _ in range(answers_lost):
        with pytest.raises(StoreError, match="no answer"):
            used.keep_draft(me, me, PLAN, after=kept_at)
    monkeypatch.undo()
    used.keep_draft(me, me, replace(PLAN, name="later"), after=kept_at)
    assert used.draft(me, me).name == "later"


def test_a_draft_of_somebody_else_is_as_one_that_is_not_there(used, me, other):
    used.keep_draft(me, me, PLAN)
    with pytest.raises(NotKeptError) as absent:
        used.draft(other, "nothing")
    for attempt in (
        lambda: used.draft(other, me),
        lambda: used.keep_draft(other, me, PLAN),
    ):
        with pytest.raises(NotKeptError) as refused:
            attempt()
        assert str(refused.value) == str(absent.value)
    used.drop_draft(other, me)
    assert used.drafts(other) == ()
    assert used.drafted_at(other, me) is None
    assert used.draft(me, me) == PLAN


@pytest.mark.parametrize("draft_id", ["\0", "a\0b", "\ud800", "x" * 201, "x" * 10_000_000, "\n"])
def test_an_id_that_can_be_none(used, me, draft_id):
    for attempt in (
        lambda: used.draft(me, draft_id),
        lambda: used.keep_draft(me, draft_id, PLAN),
        lambda: used.drop_draft(me, draft_id),
    ):
        with pytest.raises(NotKeptError, match="not among what you have kept"):
            attempt()


def test_what_looks_like_sql_is_text(used, me):
    name = "'; DROP TABLE drafts; --"
    used.keep_draft(me, name, replace(PLAN, name=name))
    assert used.draft(me, name).name == name
    assert used.drafts("' OR '1'='1") == ()


def test_what_is_too_large_is_refused(used, me, monkeypatch):
    monkeypatch.setattr("orgmodel.store.writing._MOST_BYTES", 1_000_000)
    with pytest.raises(StoreError, match=r"2 MB, where at most 1 MB"):
        used.keep_draft(me, me, Content("", {}, b"x" * 2_000_000))
    with pytest.raises(StoreError, match="too long"):
        used.keep_draft(me, me, Content("x" * 2_000_000, {}))


def test_nobody_has_nothing(used):
    with pytest.raises(StoreError, match="has not said which one it is"):
        used.keep_draft("", "tab", PLAN)


@pytest.mark.parametrize("owner", ["\0", "\ud800", "x" * 1_000_000, "' OR 1=1"])
def test_an_owner_may_be_any_text(used, owner):
    assert used.drafts(owner) == used.scenarios(owner) == used.links(owner) == ()
