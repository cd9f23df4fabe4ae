"""Sharing by e-mail address: whose an address is, and what becomes of it."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orgmodel.errors import NotAllowedError, NotKeptError, StoreError
from orgmodel.store import Holdings, new_owner
from orgmodel.store.members import MOST_MEMBERS
from orgmodel.store.people import email_address
from orgmodel.store.tables import members, people
from tests.store.contents import PLAN, assert_whole, inside


def saved(store, owner):
    return store.save(owner, PLAN, save_id="").scenario_id


def known(store, name):
    """Return the secret and the address of somebody who signed in."""
    owner = new_owner()
    email = f"{name}.{owner[:8].strip('-_')}@example.org".lower()
    store.know(owner, email)
    return owner, email


def texts(store):
    """Return everything about people that lies in the database."""
    return inside(
        store,
        lambda connection: repr([connection.execute(table.select()).all() for table in (people, members)]),
    )


# ---------------------------------------------------------------------- addresses


# From the list of valid and invalid addresses in "Email address" (Wikipedia), without quoted local parts and
# addresses of machines, which HTML takes for none either.
@pytest.mark.parametrize(
    "address",
    [
        "simple@example.com",
        "very.common@example.com",
        "x@example.com",
        "long.email-address-with-hyphens@and.subdomains.example.com",
        "user.name+tag+sorting@example.com",
        "name/surname@example.com",
        "admin@example",
        "example@s.example",
        "mailhost!username@example.org",
        "user%example.com@example.org",
        "user-@example.org",
        "zoë.müller@bücher.example",
        "用户@例子.广告",
        "a" * 64 + "@example.org",
    ],
)
def test_an_address(address):
    assert email_address(address) == address
    assert email_address(f"  {address.upper()} ") == address.upper().lower()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc.example.com",
        "a@b@c@example.com",
        'a"b(c)d,e:f;g<h>i[j\\k]l@example.com',
        "Ada <ada@example.org>",
        "ada@example.org, bob@example.org",
        "1234567890123456789012345678901234567890123456789012345678901234+x@example.com",
        "ada@",
        "@example.org",
        "ada@-example.org",
        "ada@example..org",
        "ada@exam_ple.org",
        "ada @example.org",
        "ada@example.org\0",
        "ada\n@example.org",
        "ada\u200b@example.org",
        "\u202eada@example.org",
        "\ud800@example.org",
        "a@" + ".".join(["b" * 60] * 5),
        "x" * 1_000_000,
    ],
)
def test_no_address(used, me, text):
    with pytest.raises(StoreError, match="is no e-mail address") as told:
        used.share(me, saved(used, me), text, "viewer")
    assert len(str(told.value)) < 200
    with pytest.raises(StoreError, match="is no e-mail address"):
        used.unshare(me, "any", text)
    if text.strip():
        with pytest.raises(StoreError, match="is no e-mail address"):
            used.know(me, text)


@given(st.text(max_size=30))
@example("ﬀ@example.org")
@example("İ@example.org")
@example("ẞ@ǅ.example")
def test_an_address_in_its_one_form_stays_as_it_is(text):
    try:
        address = email_address(text + "@example.org")
    except StoreError:
        return
    assert email_address(address) == address
    assert email_address(unicodedata.normalize("NFD", address)) == address


def test_capitals_and_forms_of_letters_are_the_same_address(used, me):
    other, email = known(used, "zoë")
    scenario_id = saved(used, me)
    used.share(me, scenario_id, unicodedata.normalize("NFD", email.upper()), "viewer")
    used.share(me, scenario_id, email, "editor")
    assert [member[:2] for member in used.members(me, scenario_id)] == [(email, "editor")]
    assert used.role(other, scenario_id) == "editor"


def test_nobody_gets_at_an_address_with_one_that_only_looks_like_it(used, me, other):
    """As it was possible at Django (CVE-2019-19844) by case mapping of such letters."""
    _, email = known(used, "kim.s")
    scenario_id = saved(used, me)
    used.share(me, scenario_id, email, "viewer")
    for letter, like in (
        ("k", "\N{KELVIN SIGN}"),
        ("s", "\N{LATIN SMALL LETTER LONG S}"),
        ("m", "\N{FULLWIDTH LATIN SMALL LETTER M}"),
    ):
        with pytest.raises(StoreError, match="only look like those of kim"):
            used.know(other, email.replace(letter, like, 1))
    used.know(other, email.replace("i", "ı", 1))  # noqa: RUF001  # another letter, another address
    with pytest.raises(NotKeptError):
        used.role(other, scenario_id)


# ---------------------------------------------------------------------- sharing


def test_who_signs_in_later_finds_what_is_shared(used, me, other):
    scenario_id = saved(used, me)
    used.share(me, scenario_id, "Late@Example.org", "viewer")
    (member,) = used.members(me, scenario_id)
    assert member == ("late@example.org", "viewer", member.since, False)
    assert datetime.now(UTC) - member.since < timedelta(minutes=1)
    used.know(other, "late@example.org")
    assert [kept.id for kept in used.shared_with(other)] == [scenario_id]
    assert used.content(other, scenario_id) == PLAN
    assert used.members(me, scenario_id) == (member._replace(known=True),)


def test_another_role_is_a_change_and_keeps_since_when(used, me):
    other, email = known(used, "bo")
    scenario_id = saved(used, me)
    used.share(me, scenario_id, email, "editor")
    (before,) = used.members(me, scenario_id)
    used.share(me, scenario_id, email, "viewer")
    assert used.members(me, scenario_id) == (before._replace(role="viewer"),)
    with pytest.raises(NotAllowedError, match="look at this scenario, but not change it"):
        used.rename(other, scenario_id, "Mine")


@pytest.mark.parametrize("role", ["owner", "", "EDITOR", "admin"])
def test_no_other_role_can_be_given(used, me, role):
    with pytest.raises(StoreError, match="is neither"):
        used.share(me, saved(used, me), "bo@example.org", role)


def test_nobody_shares_with_himself(used):
    me, email = known(used, "ada")
    with pytest.raises(StoreError, match="is your own address"):
        used.share(me, saved(used, me), email.upper(), "viewer")


def test_who_signs_in_with_an_address_he_shared_with_is_no_member_of_what_is_his(used, me, other):
    scenario_id = saved(used, me)
    used.share(me, scenario_id, "me.later@example.org", "viewer")
    used.know(me, "me.later@example.org")
    assert used.role(me, scenario_id) == "owner"
    assert used.members(me, scenario_id) == used.shared_with(me) == ()
    assert used.holdings(me).memberships == 0
    used.know(other, "me.later@example.org")
    assert used.role(other, scenario_id) == "viewer"


def test_a_member_can_leave_and_take_out_nobody_else(used, me):
    scenario_id = saved(used, me)
    (ada, ada_email), (bo, bo_email) = known(used, "ada"), known(used, "bo")
    used.share(me, scenario_id, ada_email, "editor")
    used.share(me, scenario_id, bo_email, "viewer")
    for email in (bo_email, "nobody@example.org"):
        with pytest.raises(NotAllowedError, match="from somebody else"):
            used.unshare(ada, scenario_id, email)
    used.unshare(bo, scenario_id, bo_email.upper())
    assert [member.email for member in used.members(me, scenario_id)] == [ada_email]
    with pytest.raises(NotKeptError):
        used.unshare(bo, scenario_id, bo_email)
    used.unshare(me, scenario_id, bo_email)
    used.unshare(me, scenario_id, ada_email)
    assert used.members(me, scenario_id) == used.shared_with(ada) == ()


def test_a_scenario_has_only_so_many_members(used, me, monkeypatch):
    assert MOST_MEMBERS == 1_000
    monkeypatch.setattr("orgmodel.store.members.MOST_MEMBERS", 2)
    scenario_id = saved(used, me)
    for name in "ab":
        used.share(me, scenario_id, f"{name}@example.org", "viewer")
    with pytest.raises(StoreError, match="at most 1,000 people"):
        used.share(me, scenario_id, "c@example.org", "viewer")
    used.share(me, scenario_id, "b@example.org", "editor")


# ---------------------------------------------------------------------- whose an address is


def test_an_address_that_is_handed_on_takes_its_roles_along(used, me, other):
    before, email = known(used, "service")
    scenario_id = saved(used, me)
    used.share(me, scenario_id, email, "editor")
    used.save(before, PLAN, scenario_id, save_id="")
    used.know(other, email)
    assert used.role(other, scenario_id) == "editor"
    with pytest.raises(NotKeptError):
        used.content(before, scenario_id)
    assert used.versions(me, scenario_id)[0].saved_by == email  # it was hers when she saved
    used.know(before, "her.new.one@example.org")
    assert used.role(other, scenario_id) == "editor"
    assert used.versions(me, scenario_id)[0].saved_by == "her.new.one@example.org"
    used.know(before, email)  # the provider says so: she has it back
    assert used.role(before, scenario_id) == "editor"
    with pytest.raises(NotKeptError):
        used.role(other, scenario_id)


def test_who_shows_no_address_any_more_has_none(used, me):
    other, email = known(used, "bo")
    scenario_id = saved(used, me)
    used.share(me, scenario_id, email, "viewer")
    used.know(other, "")
    assert used.shared_with(other) == ()
    assert not used.members(me, scenario_id)[0].known
    used.know(me, "")
    used.know(other, email)
    assert used.role(other, scenario_id) == "viewer"


def test_an_address_is_of_one_at_a_time_whoever_signs_in_at_once(used, me):
    """Two tabs of each of four people who were given the same address begin at the same moment."""
    scenario_id = saved(used, me)
    used.share(me, scenario_id, f"desk.{me}@example.org", "viewer")
    people = [new_owner() for _ in range(4)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda person: used.know(person, f"desk.{me}@example.org"), people * 2))
    assert sum(len(used.shared_with(person)) for person in people) == 1


def test_to_be_known_again_writes_nothing_until_a_day_later(used, monkeypatch):
    me, email = known(used, "ada")

    def write(_):
        raise AssertionError("written")

    with monkeypatch.context() as patched:
        patched.setattr(used._database, "write", write)  # noqa: SLF001  # what is looked at here
        used.know(me, email.upper())
        patched.setattr("orgmodel.store.members._SEEN_EVERY", timedelta(0))
        with pytest.raises(AssertionError, match="written"):
            used.know(me, email)


# ---------------------------------------------------------------------- all that somebody has


def test_to_forget_everything_takes_a_person_out_everywhere(store):
    (ada, ada_email), (bo, bo_email), (cy, cy_email) = (known(store, name) for name in ("ada", "bo", "cy"))
    adas, bos = saved(store, ada), saved(store, bo)
    store.share(ada, adas, bo_email, "editor")
    store.share(bo, bos, ada_email, "editor")
    store.share(bo, bos, cy_email, "viewer")
    store.save(bo, PLAN, adas, save_id="")
    store.save(ada, PLAN, bos, save_id="")
    assert store.holdings(bo)[5:] == (2, 1)
    store.forget_everything(bo)
    assert store.holdings(bo) == Holdings(0, 0, 0, 0, 0, 0, 0)
    assert bo_email not in texts(store)
    assert store.members(ada, adas) == store.shared_with(ada) == store.shared_with(cy) == ()
    assert [version.saved_by for version in store.versions(ada, adas)] == [
        "",
        ada_email,
    ]  # what he saved stays
    store.know(bo, bo_email)
    assert store.shared_with(bo) == ()
    assert [version.saved_by for version in store.versions(ada, adas)] == ["", ada_email]
    assert_whole(store)


def test_a_new_secret_takes_address_and_roles_along(store, me):
    (old, email), (third, third_email) = known(store, "ada"), known(store, "bo")
    mine, others = saved(store, old), saved(store, third)
    store.share(old, mine, third_email, "viewer")
    store.share(third, others, email, "editor")
    store.adopt(old, me)
    store.adopt(me, me)
    assert store.role(me, mine) == store.role(me, mine) == "owner"
    assert store.role(me, others) == "editor"
    assert store.versions(me, mine)[0].saved_by == email
    assert store.shared_with(third)[0].owner_email == email
    assert store.shared_with(old) == ()
    assert store.holdings(old) == Holdings(0, 0, 0, 0, 0)


def test_who_has_an_address_keeps_it_when_he_takes_over_what_another_has(store):
    (old, old_email), (new, new_email) = known(store, "old"), known(store, "new")
    mine = saved(store, old)
    store.share(old, mine, new_email, "viewer")
    store.adopt(old, new)
    assert store.role(new, mine) == "owner"
    assert store.members(new, mine) == store.shared_with(new) == ()
    assert store.versions(new, mine)[0].saved_by == new_email
    assert old_email not in texts(store)


def test_tidying_forgets_who_was_not_there_for_a_year_and_members_of_what_is_gone(store):
    (ada, ada_email), (bo, bo_email) = known(store, "ada"), known(store, "bo")
    gone, stays = saved(store, ada), saved(store, ada)
    for scenario_id in (gone, stays):
        store.share(ada, scenario_id, bo_email, "viewer")
    store.delete(ada, gone)
    now = datetime.now(UTC)
    store.tidy(now + timedelta(days=364))
    assert [kept.id for kept in store.shared_with(bo)] == [stays]
    assert store.holdings(ada)[5:] == (1, 0)
    store.tidy(now + timedelta(days=366))
    assert ada_email not in texts(store)
    assert store.shared_with(bo) == ()
    store.know(bo, bo_email)  # the role waits for him
    assert [(kept.id, kept.owner_email) for kept in store.shared_with(bo)] == [(stays, "")]
    assert_whole(store)
