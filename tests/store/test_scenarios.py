from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from orgmodel.errors import NotKeptError
from orgmodel.store import Content
from tests.store.contents import PLAN, rows


def saved(store, owner, content=PLAN, scenario_id="", **more):
    return store.save(owner, content, scenario_id, save_id=more.pop("save_id", ""), **more)


def test_a_new_scenario_has_one_version(used, me):
    version = saved(used, me, note="first\0")
    assert (version.number, version.name, version.note, version.summary) == (
        1,
        "Plan B",
        "first\0",
        PLAN.summary,
    )
    assert used.versions(me, version.scenario_id) == (version,)
    assert used.content(me, version.scenario_id) == PLAN
    (kept,) = used.scenarios(me)
    assert (kept.id, kept.name, kept.summary, kept.saved_at, kept.versions, kept.deleted_at) == (
        version.scenario_id,
        "Plan B",
        PLAN.summary,
        version.saved_at,
        1,
        None,
    )


def test_versions_are_appended_and_none_is_lost(used, me):
    first = saved(used, me)
    for number in range(2, 6):
        content = replace(PLAN, name=f"Plan {number}", data={"number": number})
        assert saved(used, me, content, first.scenario_id).number == number
    assert [version.number for version in used.versions(me, first.scenario_id)] == [5, 4, 3, 2, 1]
    assert used.content(me, first.scenario_id, 1) == PLAN
    assert used.content(me, first.scenario_id, 3).data == {"number": 3}
    assert used.content(me, first.scenario_id).name == used.scenarios(me)[0].name == "Plan 5"


def test_the_scenario_saved_last_is_listed_first(used, me):
    ids = [saved(used, me, replace(PLAN, name=name)).scenario_id for name in "abc"]
    saved(used, me, replace(PLAN, name="b again"), ids[1])
    assert [kept.name for kept in used.scenarios(me)] == ["b again", "c", "a"]


def test_the_same_save_again_makes_nothing_twice(used, me, other):
    first = saved(used, me, save_id="once")
    assert saved(used, me, save_id="once") == first
    second = saved(used, me, Content("x", {}), first.scenario_id, save_id="twice")
    assert saved(used, me, Content("y", {}), first.scenario_id, save_id="twice") == second
    restored = used.restore(me, first.scenario_id, 1, "thrice")
    assert used.restore(me, first.scenario_id, 1, "thrice") == restored
    assert [version.number for version in used.versions(me, first.scenario_id)] == [3, 2, 1]
    assert saved(used, other, save_id="once").scenario_id != first.scenario_id


def test_the_same_save_at_the_same_time_makes_nothing_twice(used, me):
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: saved(used, me, save_id="double click"), range(8)))
    assert len({version.scenario_id for version in made}) == 1
    assert len(used.scenarios(me)) == 1


def test_without_a_save_id_every_save_counts(used, me):
    assert saved(used, me).scenario_id != saved(used, me).scenario_id


def test_writers_of_one_scenario_number_its_versions_without_a_gap(used, me):
    first = saved(used, me).scenario_id
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda number: saved(used, me, Content(str(number), {}), first), range(24)))
    assert sorted(version.number for version in made) == list(range(2, 26))
    for version in made:
        assert used.content(me, first, version.number).name == (
            version.name if version.number < 25 else used.scenarios(me)[0].name
        )


def test_a_name_is_changed_without_a_version(used, me):
    version = saved(used, me)
    used.rename(me, version.scenario_id, "Plan \0 of Zoë")
    assert used.scenarios(me)[0].name == "Plan \0 of Zoë"
    assert used.content(me, version.scenario_id).name == "Plan \0 of Zoë"
    assert used.versions(me, version.scenario_id) == (version,)


def test_a_duplicate_goes_its_own_way(used, me):
    version = saved(used, me)
    copy = used.duplicate(me, version.scenario_id, "Copy")
    assert used.scenarios(me)[0] == copy
    assert used.content(me, copy.id) == replace(PLAN, name="Copy")
    assert used.versions(me, copy.id)[0].note == "Copy of Plan B"
    saved(used, me, Content("changed", {}), copy.id)
    assert used.content(me, version.scenario_id) == PLAN


def test_an_earlier_version_comes_back_as_the_newest(used, me):
    first = saved(used, me).scenario_id
    saved(used, me, Content("Plan C", {}), first)
    restored = used.restore(me, first, 1, "save")
    assert (restored.number, restored.note, restored.name) == (3, "Version 1 again", "Plan C")
    assert used.content(me, first) == replace(PLAN, name="Plan C")
    assert used.content(me, first, 2) == Content("Plan C", {})


def test_what_was_deleted_can_be_had_back(used, me):
    version = saved(used, me)
    used.delete(me, version.scenario_id)
    used.delete(me, version.scenario_id)
    assert used.scenarios(me) == ()
    (gone,) = used.deleted(me)
    assert gone.id == version.scenario_id
    assert gone.deleted_at >= version.saved_at
    for attempt in (
        lambda: used.content(me, version.scenario_id),
        lambda: saved(used, me, PLAN, version.scenario_id),
    ):
        with pytest.raises(NotKeptError):
            attempt()
    used.undelete(me, version.scenario_id)
    assert used.deleted(me) == ()
    assert used.content(me, version.scenario_id) == PLAN


def test_a_scenario_of_somebody_else_is_as_one_that_is_not_there(used, me, other):
    mine = saved(used, me).scenario_id
    said = set()
    for scenario_id in (mine, "nothing", "\0", "\ud800", "x" * 1_000_000, "' OR '1'='1"):
        for attempt in (
            lambda id_: used.content(other, id_),
            lambda id_: used.content(other, id_, 1),
            lambda id_: used.versions(other, id_),
            lambda id_: saved(used, other, PLAN, id_),
            lambda id_: used.rename(other, id_, "mine now"),
            lambda id_: used.duplicate(other, id_, "mine now"),
            lambda id_: used.restore(other, id_, 1, "save"),
            lambda id_: used.delete(other, id_),
            lambda id_: used.undelete(other, id_),
        ):
            with pytest.raises(NotKeptError) as refused:
                attempt(scenario_id)
            said.add(str(refused.value))
    assert said == {"This scenario is not among what you have kept."}
    assert used.content(me, mine) == PLAN
    assert used.scenarios(other) == ()


@pytest.mark.parametrize("number", [0, -1, 2, 2**31, 2**70])
def test_a_version_that_is_not_there(used, me, number):
    mine = saved(used, me).scenario_id
    with pytest.raises(NotKeptError, match="This version is not among"):
        used.content(me, mine, number)
    with pytest.raises(NotKeptError, match="This version is not among"):
        used.restore(me, mine, number, "save")


def test_the_chart_of_many_versions_is_kept_once(store, me):
    first = saved(store, me).scenario_id
    for _ in range(4):
        saved(store, me, PLAN, first)
    store.duplicate(me, first, "Copy")
    store.keep_draft(me, "tab", PLAN)
    assert rows(store) == (2, 1, 2, 6, 0)
