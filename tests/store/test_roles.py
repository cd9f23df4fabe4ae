"""Who may do what with a scenario: every method, every role."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgmodel.errors import NotAllowedError, NotKeptError
from orgmodel.store import Content, Kept, new_owner
from tests.store.contents import PLAN

_NOT_HERE = "This scenario is not among what you have kept."
_WHO = ("owner", "editor", "viewer", "stranger")
_LOOK, _CHANGE, _RULE = 3, 2, 1  # how many of these may


class Shared(NamedTuple):
    """A scenario, the secrets of four people, and their addresses."""

    id: str
    people: dict[str, str]
    emails: dict[str, str]


def saved(store, owner, content=PLAN, scenario_id="", **more):
    return store.save(owner, content, scenario_id, save_id=more.pop("save_id", ""), **more)


@pytest.fixture
def shared(used):
    """Return a scenario of two versions that is shared with an editor and a viewer."""
    people = {who: new_owner() for who in _WHO}
    emails = {who: f"{who}.{secret}@example.org".lower() for who, secret in people.items()}
    for who, secret in people.items():
        used.know(secret, emails[who])
    scenario_id = saved(used, people["owner"]).scenario_id
    saved(used, people["owner"], replace(PLAN, name="Plan C"), scenario_id)
    for role in ("editor", "viewer"):
        used.share(people["owner"], scenario_id, emails[role], role)
    return Shared(scenario_id, people, emails)


METHODS = {
    "role": (_LOOK, lambda store, me, id_: store.role(me, id_)),
    "content": (_LOOK, lambda store, me, id_: store.content(me, id_)),
    "an older content": (_LOOK, lambda store, me, id_: store.content(me, id_, 1)),
    "versions": (_LOOK, lambda store, me, id_: store.versions(me, id_)),
    "duplicate": (_LOOK, lambda store, me, id_: store.duplicate(me, id_, "Copy")),
    "save": (_CHANGE, lambda store, me, id_: saved(store, me, PLAN, id_)),
    "rename": (_CHANGE, lambda store, me, id_: store.rename(me, id_, "Plan D")),
    "restore": (_CHANGE, lambda store, me, id_: store.restore(me, id_, 1, "")),
    "share": (_RULE, lambda store, me, id_: store.share(me, id_, "bo@example.org", "viewer")),
    "unshare": (_RULE, lambda store, me, id_: store.unshare(me, id_, "bo@example.org")),
    "members": (_RULE, lambda store, me, id_: store.members(me, id_)),
    "delete": (_RULE, lambda store, me, id_: store.delete(me, id_)),
    "undelete": (_RULE, lambda store, me, id_: store.undelete(me, id_)),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("who", _WHO)
def test_who_may_do_what(used, shared, method, who):
    allowed, call = METHODS[method]
    if _WHO.index(who) < allowed:
        call(used, shared.people[who], shared.id)
    else:
        before = seen(used, shared)
        refusal = NotKeptError if who == "stranger" else NotAllowedError
        with pytest.raises(refusal) as refused:
            call(used, shared.people[who], shared.id)
        assert (str(refused.value) == _NOT_HERE) == (who == "stranger")
        assert seen(used, shared) == before


def seen(store, shared):
    """Return all that its owner sees of a scenario."""
    me = shared.people["owner"]
    return (
        store.scenarios(me),
        store.versions(me, shared.id),
        store.content(me, shared.id),
        store.members(me, shared.id),
        store.holdings(me),
    )


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("who", _WHO[1:])
def test_a_deleted_scenario_is_gone_for_all_but_its_owner(used, shared, method, who):
    used.delete(shared.people["owner"], shared.id)
    with pytest.raises(NotKeptError, match=_NOT_HERE):
        METHODS[method][1](used, shared.people[who], shared.id)
    assert used.shared_with(shared.people[who]) == ()
    assert used.holdings(shared.people[who]).memberships == 0
    assert used.deleted(shared.people[who]) == ()
    used.undelete(shared.people["owner"], shared.id)
    assert len(used.shared_with(shared.people[who])) == (who != "stranger")


@given(scenario_id=st.text(min_size=1, max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("method", METHODS)
def test_what_is_not_there_and_what_is_not_ones_own_are_told_alike(used, method, scenario_id):
    with pytest.raises(NotKeptError, match=_NOT_HERE):
        METHODS[method][1](used, "a stranger", scenario_id)


def test_each_sees_his_role_and_whose_it_is(used, shared):
    (mine,) = used.scenarios(shared.people["owner"])
    assert (mine.role, mine.owner_email) == ("owner", "")
    assert used.shared_with(shared.people["owner"]) == ()
    for role in ("editor", "viewer"):
        whose = {"role": role, "owner_email": shared.emails["owner"]}
        assert mine.saved_by == shared.emails["owner"]
        assert used.shared_with(shared.people[role]) == (mine._replace(**whose),)
        assert used.role(shared.people[role], shared.id) == role
        assert used.scenarios(shared.people[role]) == ()
    assert used.shared_with(shared.people["stranger"]) == ()


def test_what_is_shared_is_listed_as_what_is_ones_own(used, shared):
    second = saved(used, shared.people["owner"], replace(PLAN, name="Second")).scenario_id
    used.share(shared.people["owner"], second, shared.emails["viewer"], "editor")
    listed = used.shared_with(shared.people["viewer"])
    assert [(kept.name, kept.role) for kept in listed] == [("Second", "editor"), ("Plan C", "viewer")]
    saved(used, shared.people["editor"], PLAN, shared.id)
    assert [kept.name for kept in used.shared_with(shared.people["viewer"])] == ["Plan B", "Second"]


def test_versions_say_who_saved_them(used, shared):
    saved(used, shared.people["editor"], PLAN, shared.id)
    used.restore(shared.people["editor"], shared.id, 1, "")
    saved(used, shared.people["owner"], Content("", {}), shared.id)
    said = [version.saved_by for version in used.versions(shared.people["viewer"], shared.id)]
    owner, editor = shared.emails["owner"], shared.emails["editor"]
    assert said == [owner, editor, editor, owner, owner]
    assert saved(used, shared.people["editor"], PLAN, shared.id).saved_by == editor
    assert used.scenarios(shared.people["owner"])[0].saved_by == editor
    assert used.shared_with(shared.people["viewer"])[0].saved_by == editor


def test_where_nobody_signs_in_nobody_is_named(used, me):
    assert saved(used, me).saved_by == ""
    assert used.scenarios(me)[0][-2:] == ("", "")


def test_a_copy_is_ones_own(used, shared):
    copy = used.duplicate(shared.people["viewer"], shared.id, "Mine")
    assert isinstance(copy, Kept)
    assert used.scenarios(shared.people["viewer"]) == (copy,)
    assert used.role(shared.people["viewer"], copy.id) == copy.role == "owner"
    assert used.versions(shared.people["viewer"], copy.id)[0].saved_by == shared.emails["viewer"]
    with pytest.raises(NotKeptError):
        used.content(shared.people["owner"], copy.id)
    used.unshare(shared.people["owner"], shared.id, shared.emails["viewer"])
    used.forget_everything(shared.people["owner"])
    assert used.content(shared.people["viewer"], copy.id) == replace(PLAN, name="Mine")


def test_the_same_save_of_a_member_again_makes_nothing_twice(used, shared):
    editor = shared.people["editor"]
    first = saved(used, editor, PLAN, shared.id, save_id="once")
    assert saved(used, editor, PLAN, shared.id, save_id="once") == first
    assert saved(used, shared.people["owner"], PLAN, shared.id, save_id="once").number == first.number + 1


def test_nobody_saves_after_he_was_taken_out(used, shared):
    """Whatever comes first: what is acknowledged before he is out is there, and nothing comes after it."""
    owner, editor = shared.people["owner"], shared.people["editor"]

    def save(number):
        try:
            return saved(used, editor, Content(str(number), {}), shared.id).number
        except NotKeptError:
            return None

    with ThreadPoolExecutor(4) as threads:
        saves = [threads.submit(save, number) for number in range(8)]
        used.unshare(owner, shared.id, shared.emails["editor"])
        there = len(used.versions(owner, shared.id))
        numbers = [done.result() for done in saves]
    assert len(used.versions(owner, shared.id)) == there
    assert sorted(filter(None, numbers)) == list(range(3, there + 1))
    assert save(9) is None


def test_a_scenario_is_erased_by_its_owner_only_after_it_was_deleted(used, shared):
    owner = shared.people["owner"]
    for who in _WHO:
        with pytest.raises(NotKeptError if who in {"owner", "stranger"} else NotAllowedError):
            used.erase(shared.people[who], shared.id)
    used.delete(owner, shared.id)
    for who in _WHO[1:]:
        with pytest.raises(NotKeptError, match=_NOT_HERE):
            used.erase(shared.people[who], shared.id)
    assert used.holdings(owner)[1:] != (0,) * 6
    used.erase(owner, shared.id)
    assert tuple(used.holdings(owner)) == (0,) * 7
    with pytest.raises(NotKeptError):
        used.undelete(owner, shared.id)
