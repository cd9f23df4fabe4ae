# ruff: noqa: BLE001
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orgmodel.errors import LinkError
from orgmodel.store import Content, Holdings, Store
from orgmodel.store.content import new_owner
from tests.store.contents import PLAN, address_of, assert_whole, rows


def fill(store, owner, content=PLAN):
    """Keep one of everything and return the link."""
    store.keep_draft(owner, f"tab of {owner}", content)
    store.save(owner, content, save_id="1")
    return store.create_link(owner, content, copyable=True, expires=None, fields=())


def test_an_owner_is_a_secret_of_256_bits():
    assert len({new_owner() for _ in range(100)}) == 100
    assert len(new_owner()) == 43


def test_holdings_count_what_there_is(used, me):
    assert used.holdings(me) == Holdings(0, 0, 0, 0, 0)
    fill(used, me)
    holdings = used.holdings(me)
    assert holdings[:4] == (1, 1, 1, 1)
    assert len(PLAN.chart) + len(PLAN.source) < holdings.bytes < len(PLAN.chart) + len(PLAN.source) + 600
    used.delete(me, used.scenarios(me)[0].id)
    assert used.holdings(me) == holdings


def test_everything_is_forgotten_and_nothing_of_others(store, me, other):
    link = fill(store, me)
    fill(store, other, replace(PLAN, chart=b"mine alone", source=b""))
    store.delete(me, store.scenarios(me)[0].id)
    store.forget_everything(me)
    assert store.holdings(me) == Holdings(0, 0, 0, 0, 0)
    with pytest.raises(LinkError, match="leads nowhere"):
        store.opened_link(link.token)
    assert rows(store) == (1, 1, 1, 1, 1)
    store.forget_everything(other)
    store.forget_everything(other)
    assert rows(store) == (0, 0, 0, 0, 0)


def test_what_was_forgotten_is_nowhere_in_the_file(tmp_path, me):
    store = Store.open(f"sqlite:///{tmp_path}/orgmodel.sqlite3")
    secret = b"a salary that nobody may read"
    fill(store, me, Content("", {}, secret * 300))
    assert any(secret in file.read_bytes() for file in tmp_path.iterdir())
    size = sum(file.stat().st_size for file in tmp_path.iterdir())
    store.forget_everything(me)
    assert not any(secret in file.read_bytes() for file in tmp_path.iterdir())
    assert sum(file.stat().st_size for file in tmp_path.iterdir() if file.suffix == ".sqlite3") < size
    store.close()


def test_a_new_secret_takes_everything_along(used, me, other):
    fill(used, me)
    fill(used, other)
    used.adopt(me, other)
    assert used.holdings(other)[:4] == (2, 2, 2, 2)
    assert used.holdings(me)[:4] == (0, 0, 0, 0)


def test_tidying_deletes_what_is_kept_long_enough(store, me):
    now = datetime.now(UTC)
    fill(store, me)
    expiring = store.create_link(me, PLAN, copyable=True, expires=now + timedelta(days=3), fields=())
    deleted = store.scenarios(me)[0].id
    store.delete(me, deleted)
    store.tidy(now + timedelta(days=2))
    assert store.holdings(me)[:4] == (1, 1, 1, 2)
    store.tidy(now + timedelta(days=29))
    assert store.holdings(me)[:4] == (1, 1, 1, 2)
    assert store.deleted(me)[0].id == deleted
    assert store.opened_link(store.links(me)[1].token).content == PLAN
    store.tidy(now + timedelta(days=31))
    assert store.holdings(me)[:4] == (0, 0, 0, 2)
    assert rows(store)[0] == 2  # the link without an end
    store.tidy(now + timedelta(days=369))
    assert [link.id for link in store.links(me)] != [expiring.id]
    assert store.holdings(me).links == 1
    assert_whole(store)


def test_a_link_that_expired_long_ago_still_says_when(store, me):
    day = datetime(2026, 5, 3, tzinfo=UTC)
    link = store.create_link(me, PLAN, copyable=True, expires=day, fields=())
    store.tidy(day + timedelta(days=300))
    assert rows(store) == (0, 0, 0, 0, 1)
    with pytest.raises(LinkError, match="expired on 3 May 2026"):
        store.opened_link(link.token)


def test_the_store_tidies_by_itself_once_an_hour(store, me, monkeypatch):
    asked = []
    monkeypatch.setattr(Store, "tidy", lambda _: asked.append(1))
    clock = [time.monotonic()]
    monkeypatch.setattr("orgmodel.store.belongings.monotonic", lambda: clock[0])
    store.keep_draft(me, "tab", PLAN)
    store.keep_draft(me, "tab", PLAN)
    assert len(asked) == 1
    clock[0] += 3700
    store.keep_draft(me, "tab", PLAN)
    assert len(asked) == 1  # the database remembers when it was tidied, whoever did it
    second = Store.open(address_of(store))
    second.keep_draft(me, "tab", PLAN)
    second.close()
    assert len(asked) == 1


def test_tidying_never_drops_a_chart_that_is_being_saved(store):
    """Two charts come and go in four threads, while a fifth drops whatever nobody names."""
    stop, faults = threading.Event(), []

    def save(number):
        owner = new_owner()
        content = Content("", {}, f"chart {number % 2}".encode() * 1000)
        try:
            while not stop.is_set():
                store.keep_draft(owner, owner, content)
                assert store.draft(owner, owner) == content
                store.drop_draft(owner, owner)
        except Exception as error:  # told by the test
            faults.append(error)

    def tidy():
        try:
            while not stop.is_set():
                store.tidy()
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=save, args=(number,)) for number in range(4)]
    threads.append(threading.Thread(target=tidy))
    for thread in threads:
        thread.start()
    time.sleep(0.6)
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []
    store.tidy()  # one that was held by a save when it was looked for is left for the next time
    assert_whole(store)
    assert rows(store) == (0, 0, 0, 0, 0)


def test_the_file_is_for_nobody_else(tmp_path, me):
    store = Store.open(f"sqlite:///{tmp_path}/new/orgmodel.sqlite3")
    assert not (tmp_path / "new").exists()
    store.keep_draft(me, "tab", PLAN)
    files = list(Path(tmp_path / "new").iterdir())
    assert {file.name for file in files} >= {"orgmodel.sqlite3", "orgmodel.sqlite3-wal"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    store.close()
