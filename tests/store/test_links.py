# ruff: noqa: SLF001
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from orgmodel.errors import LinkError, NotKeptError
from orgmodel.store.tables import drafts, links, scenarios, versions
from tests.store.contents import PLAN, inside, rows


def linked(store, owner, **more):
    return store.create_link(owner, PLAN, **({"copyable": False, "fields": ("names",)} | more))


def test_whoever_has_the_token_sees_the_copy(used, me):
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    link = linked(used, me, expires=tomorrow, copyable=True)
    opened = used.opened_link(link.token)
    assert opened.content == PLAN
    assert opened[:5] == ("Plan B", True, ("names",), link.created, tomorrow)
    (listed,) = used.links(me)
    assert (listed.opened, listed.token, listed.fields) == (1, link.token, ("names",))
    assert listed.opened_at >= link.created


def test_a_token_has_256_random_bits_and_is_not_kept(store, me):
    tokens = [linked(store, me).token for _ in range(20)]
    assert len(set(tokens)) == 20
    assert all(len(token) == 43 for token in tokens)  # 32 bytes in base64
    kept = inside(store, lambda connection: connection.execute(select(links)).all())
    assert {row.token for row in kept} == {hashlib.sha256(token.encode()).digest() for token in tokens}
    everything = repr(kept)
    assert not any(token in everything for token in tokens)


def test_no_secret_of_an_owner_is_kept(store, me):
    store.keep_draft(me, "tab", PLAN)
    store.save(me, PLAN, save_id="1")
    linked(store, me)
    kept = inside(
        store,
        lambda connection: [
            connection.execute(select(table)).all() for table in (drafts, scenarios, versions, links)
        ],
    )
    assert me not in repr(kept)


def test_a_link_is_a_copy(used, me):
    version = used.save(me, PLAN, save_id="1")
    link = linked(used, me)
    used.save(me, replace(PLAN, data={"changed": True}), version.scenario_id, save_id="2")
    used.delete(me, version.scenario_id)
    assert used.opened_link(link.token).content == PLAN


def test_an_altered_or_guessed_token_leads_nowhere(used, me):
    link = linked(used, me)
    altered = ("a" if link.token[0] != "a" else "b") + link.token[1:]
    for token in (altered, link.token[:-1], link.token + "A", "", "\0", "\ud800", "x" * 1_000_000, link.id):
        with pytest.raises(LinkError, match="leads nowhere"):
            used.opened_link(token)
    assert used.links(me)[0].opened == 0


def test_an_expired_link_says_when(used, me):
    link = linked(used, me, expires=datetime(2026, 5, 3, 12, tzinfo=UTC))
    with pytest.raises(LinkError, match="expired on 3 May 2026"):
        used.opened_link(link.token)


def test_a_link_that_was_taken_back_is_erased_and_says_so(store, me):
    link, kept = linked(store, me), linked(store, me)
    assert rows(store)[0] == 2
    store.revoke(me, kept.id)
    assert rows(store)[0] == 2
    store.revoke(me, link.id)
    assert rows(store)[0] == 0
    with pytest.raises(LinkError, match="taken back"):
        store.opened_link(link.token)
    first = store.links(me)
    assert all(link.revoked is not None for link in first)
    store.revoke(me, link.id)
    assert store.links(me) == first


def test_a_link_of_somebody_else_is_as_one_that_is_not_there(used, me, other):
    link = linked(used, me)
    for link_id in (link.id, "nothing", "\0", "x" * 1_000_000, link.token):
        with pytest.raises(NotKeptError, match="This link is not among those you have made"):
            used.revoke(other, link_id)
    assert used.links(other) == ()
    assert used.opened_link(link.token).content == PLAN


def test_a_link_survives_a_new_secret_of_its_owner(used, me, other):
    link = linked(used, me)
    used.adopt(me, other)
    assert used.links(other) == (link,)
    assert used.links(me) == ()
    assert used.opened_link(link.token).content == PLAN


def test_opening_works_where_nothing_can_be_counted(used, me, monkeypatch):
    link = linked(used, me)

    def full(_):
        raise used_error

    used_error = NotKeptError("full")
    monkeypatch.setattr(used._database, "write", full)
    assert used.opened_link(link.token).content == PLAN
