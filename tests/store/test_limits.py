"""How much one owner may keep, and how many links he may make in an hour."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from orgmodel.errors import DraftTakenError, TooMuchKeptError
from orgmodel.store import NO_LIMITS, Content, Limits, Store, new_owner
from orgmodel.store.tables import links
from tests.store.contents import PLAN, address_of, assert_whole


def sized(number, chart=b"", name=""):
    """Return a content whose data is kept in some number of bytes more than that of an empty one."""
    return Content(name, {}, chart, bytes([number % 251]) * number)


@pytest.fixture
def limited(used):
    """Return what opens stores with limits on the database of all tests here."""
    opened = []

    def open_(**limits):
        opened.append(Store.open(address_of(used), limits=Limits(**limits)))
        return opened[-1]

    yield open_
    for store in opened:
        store.close()


WRITES = {
    "a new draft": lambda store, me, _: store.keep_draft(me, f"new {me}", PLAN),
    "a larger draft": lambda store, me, _: store.keep_draft(me, me, sized(600)),
    "a new scenario": lambda store, me, _: store.save(me, PLAN, save_id=""),
    "a version": lambda store, me, id_: store.save(me, PLAN, id_, save_id=""),
    "a version again": lambda store, me, id_: store.restore(me, id_, 1, ""),
    "a copy": lambda store, me, id_: store.duplicate(me, id_, "Copy"),
    "a link": lambda store, me, _: store.create_link(me, PLAN, copyable=False),
}


@pytest.mark.parametrize("write", WRITES)
def test_exactly_as_much_as_is_allowed_is_kept(used, limited, write):
    """What is kept afterwards is measured without limits, for somebody else who does the same."""
    people = [new_owner() for _ in range(3)]
    ids = []
    for person in people:
        used.keep_draft(person, person, sized(50))
        ids.append(used.save(person, PLAN, save_id="").scenario_id)
    measured, within, beyond = people
    before = used.holdings(measured).bytes
    WRITES[write](used, measured, ids[0])
    size = used.holdings(measured).bytes
    assert size > before
    WRITES[write](limited(kept_bytes=size), within, ids[1])
    assert used.holdings(within).bytes == size
    there = everything(used, beyond, ids[2])
    with pytest.raises(TooMuchKeptError, match=r"With this you would keep .* What is stored"):
        WRITES[write](limited(kept_bytes=size - 1), beyond, ids[2])
    assert everything(used, beyond, ids[2]) == there


def everything(store, owner, scenario_id):
    return (
        store.holdings(owner),
        store.drafts(owner),
        store.draft(owner, owner),
        store.scenarios(owner),
        store.versions(owner, scenario_id),
        store.links(owner),
    )


def test_what_takes_no_more_room_is_always_possible(used, limited, me):
    used.keep_draft(me, me, sized(5_000, name="one"))
    kept = used.save(me, PLAN, save_id="").scenario_id
    link = used.create_link(me, PLAN, copyable=False)
    store = limited(kept_bytes=10)
    store.keep_draft(me, me, sized(5_000, name="two"))
    store.rename(me, kept, "Plan D")
    assert store.content(me, kept).name == "Plan D"
    store.revoke(me, link.id)
    store.delete(me, kept)
    store.undelete(me, kept)
    store.delete(me, kept)
    store.erase(me, kept)
    store.drop_draft(me, me)
    assert store.holdings(me).bytes == len(json.dumps(PLAN.name) + "{}")  # what is left of the link
    with pytest.raises(TooMuchKeptError, match="6 KB here, and at most 10 bytes"):
        store.keep_draft(me, me, sized(5_000))


def test_a_refused_draft_does_not_let_another_window_write_over_it(limited, me):
    store = limited(kept_bytes=1_000)
    first = store.keep_draft(me, me, sized(100))
    second = store.keep_draft(me, me, sized(200), after=first)
    with pytest.raises(TooMuchKeptError):
        store.keep_draft(me, me, sized(2_000), after=second)
    with pytest.raises(DraftTakenError):
        store.keep_draft(me, me, sized(50), after=first)
    assert store.draft(me, me) == sized(200)
    store.keep_draft(me, me, sized(300), after=second)


def test_a_long_name_takes_room(limited, me):
    store = limited(kept_bytes=1_000)
    store.keep_draft(me, me, Content("x" * 900, {}))
    for content in (Content("x" * 1_000, {}), Content("", {}, summary={"chart": "x" * 1_000})):
        with pytest.raises(TooMuchKeptError):
            store.keep_draft(me, me, content)
        with pytest.raises(TooMuchKeptError):
            store.save(me, content, save_id="")


def test_what_is_deleted_makes_room_and_what_can_be_had_back_does_not(limited, me):
    store = limited(kept_bytes=10_000)
    store.keep_draft(me, me, sized(4_000))
    kept = store.save(me, sized(4_001), save_id="").scenario_id
    store.delete(me, kept)
    with pytest.raises(TooMuchKeptError):
        store.save(me, sized(4_002), save_id="")
    store.erase(me, kept)
    assert store.save(me, sized(4_002), save_id="")
    store.forget_everything(me)
    assert store.save(me, sized(9_900), save_id="")


def test_a_chart_that_is_there_already_takes_no_room(limited, me):
    store = limited(kept_bytes=30_000)
    kept = store.save(me, sized(20_000), save_id="").scenario_id
    for number in range(2, 30):
        assert store.save(me, sized(20_000), kept, save_id="").number == number


def test_a_save_that_was_made_is_returned_whatever_the_limit(used, limited, me):
    first = used.save(me, PLAN, save_id="once")
    assert limited(kept_bytes=1).save(me, PLAN, save_id="once") == first


def test_a_version_of_a_member_counts_for_the_owner(used, limited, me, other):
    kept = used.save(me, PLAN, save_id="").scenario_id
    email = f"{other}@example.org"
    used.know(other, email)
    used.share(me, kept, email, "editor")
    store = limited(kept_bytes=3_000)
    store.save(other, sized(1_500), kept, save_id="")
    assert used.holdings(other).bytes == 0
    with pytest.raises(TooMuchKeptError, match=r"The owner of this scenario .* \(3 KB\)"):
        store.save(other, sized(1_501), kept, save_id="")
    copy = store.duplicate(other, kept, "Mine")  # its owner's limit is none of his
    assert used.holdings(other).bytes > 1_500
    with pytest.raises(TooMuchKeptError, match="With this you would keep"):
        store.save(other, sized(1_600), copy.id, save_id="")


def test_what_is_taken_over_counts(limited, me, other):
    store = limited(kept_bytes=3_000)
    for owner, size in ((me, 2_000), (other, 2_001)):
        store.keep_draft(owner, owner, sized(size))
    store.adopt(other, me)
    with pytest.raises(TooMuchKeptError):
        store.keep_draft(me, f"new {me}", sized(100))


def test_what_a_server_without_limits_has_written_counts_after_tidying(used, limited, me):
    store = limited(kept_bytes=3_000)
    store.keep_draft(me, me, sized(50))
    used.keep_draft(me, me, sized(2_999))
    used.tidy()
    with pytest.raises(TooMuchKeptError):
        store.keep_draft(me, me, replace(sized(2_999), data={"more": 1}))


_STEPS = st.lists(
    st.tuples(st.sampled_from(["draft", "drop", "save", "link", "revoke", "erase"]), st.integers(1, 1_500)),
    max_size=25,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_the_limit_holds_whatever_comes_and_refuses_nothing_below_it(used, limited, steps):
    """After every step: not above the limit; and what was refused would have been above it."""
    me, twin = new_owner(), new_owner()  # the twin has no limit, and does only what was not refused
    store, most = limited(kept_bytes=4_000), 4_000
    for kind, size in steps:
        content = sized(size, data_of(size))
        try:
            step(store, me, kind, size, content)
        except TooMuchKeptError:
            step(used, twin, kind, size, content)
            assert used.holdings(twin).bytes > most
            used.forget_everything(twin)
            used.forget_everything(me)
        else:
            step(used, twin, kind, size, content)
            assert used.holdings(me).bytes == used.holdings(twin).bytes <= most


def data_of(size):
    return bytes([size % 7]) * (size % 13)


def step(store, owner, kind, size, content):
    draft_id = f"{size % 3} {owner}"
    match kind:
        case "draft":
            store.keep_draft(owner, draft_id, content)
        case "drop":
            store.drop_draft(owner, draft_id)
        case "save":
            store.save(owner, content, save_id="")
        case "link":
            store.create_link(owner, content, copyable=False)
        case "revoke":
            for link in store.links(owner)[:1]:
                store.revoke(owner, link.id)
        case "erase":
            for kept in store.scenarios(owner)[:1]:
                store.delete(owner, kept.id)
                store.erase(owner, kept.id)


def test_several_processes_at_once_do_not_get_beyond_the_limit(used, limited, me):
    """Each thread has a store and a connection of its own, as a process has."""
    stores = [limited(kept_bytes=10_000) for _ in range(6)]

    def fill(number):
        refused = 0
        for turn in range(8):
            try:
                stores[number].save(me, sized(500 + 8 * number + turn), save_id="")
            except TooMuchKeptError:
                refused += 1
        return refused

    with ThreadPoolExecutor(6) as threads:
        refused = list(threads.map(fill, range(6)))
    kept = used.holdings(me)
    assert kept.scenarios + sum(refused) == 48
    assert 9_400 < kept.bytes <= 10_000
    assert_whole(used)


# ---------------------------------------------------------------------- links


def linked(store, owner):
    return store.create_link(owner, Content("", {}), copyable=False)


def test_so_many_links_in_an_hour_and_not_one_more(used, limited, me, other):
    stores = [limited(links_per_hour=3) for _ in range(2)]  # two processes
    made = [linked(stores[number % 2], me) for number in range(3)]
    stores[0].revoke(me, made[0].id)
    for store in stores:
        with pytest.raises(TooMuchKeptError, match=r"made 3 links within an hour.* Try again in 60 minutes"):
            linked(store, me)
    assert len(used.links(me)) == 3
    linked(stores[0], other)
    linked(used, me)


@pytest.mark.parametrize(
    ("ages", "minutes"),
    [([59, 30, 1], 1), ([59.9, 59.9, 59.9], 1), ([40, 39.5, 2], 20), ([61, 59, 1], None), ([90] * 9, None)],
)
def test_it_is_told_when_the_next_one_can_be_made(used, limited, me, ages, minutes):
    store, now = limited(links_per_hour=3), datetime.now(UTC)
    for age in ages:
        link = linked(used, me)
        older = update(links).where(links.c.id == link.id).values(created=now - timedelta(minutes=age))
        used._database.write(lambda connection, older=older: connection.execute(older))  # noqa: SLF001
    if minutes is None:
        linked(store, me)
    else:
        with pytest.raises(TooMuchKeptError) as told:
            linked(store, me)
        assert re.findall(r"(\d+) minute", str(told.value)) == [str(minutes)]


def test_several_processes_at_once_make_no_more_links(used, limited, me):
    stores = [limited(links_per_hour=5) for _ in range(6)]

    def make(store):
        try:
            for _ in range(4):
                linked(store, me)
        except TooMuchKeptError:
            return

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(make, stores))
    assert len(used.links(me)) == 5


def test_without_limits_nothing_is_counted():
    assert Limits() == NO_LIMITS == Limits(kept_bytes=0, links_per_hour=0)
