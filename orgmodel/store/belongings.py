"""All that an owner has, and how long it is kept."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Final

from sqlalchemy import Connection, delete, exists, func, insert, or_, select, update

from orgmodel.errors import StoreError
from orgmodel.store.content import Holdings
from orgmodel.store.database import Database
from orgmodel.store.links import ERASED, seal
from orgmodel.store.people import email_of
from orgmodel.store.room import kept_bytes, parts_of
from orgmodel.store.scenarios import forget_scenarios
from orgmodel.store.tables import drafts, links, members, people, scenarios, tallies, tidied, versions
from orgmodel.store.writing import drop_unused, owner_digest

KEPT_FOR: Final = timedelta(days=30)  # drafts nobody touches, scenarios that were deleted
LINKS_KNOWN_FOR: Final = timedelta(days=365)  # that a link has expired, or was taken back, is said so long
PEOPLE_KNOWN_FOR: Final = timedelta(days=365)  # under which address somebody signed in, after the last time
_EVERY: Final = timedelta(hours=1)
_LOG: Final = logging.getLogger(__name__)


class Belongings:
    """The part of a store that knows all that an owner has."""

    _database: Database
    _next_tidying: float

    def adopt(self, old_owner: str, new_owner: str) -> None:
        """Give everything of one owner to another (a browser that got a new secret).

        An address goes along where the other has none of his own, and with it what others share with it.
        """
        old, new = owner_digest(old_owner), owner_digest(new_owner)
        if old == new:
            return

        def work(connection: Connection) -> None:
            for table in (drafts, scenarios):
                connection.execute(update(table).where(table.c.owner == old).values(owner=new))
            mine = select(links.c.id, links.c.sealed).where(links.c.owner == old).with_for_update()
            for row in connection.execute(mine).all():
                sealed = seal(seal(row.sealed, old_owner, row.id), new_owner, row.id)
                connection.execute(update(links).where(links.c.id == row.id).values(owner=new, sealed=sealed))
            connection.execute(update(versions).where(versions.c.saved_by == old).values(saved_by=new))
            known = exists().where(people.c.owner == new).correlate(None)
            connection.execute(delete(people).where(people.c.owner == old, known))
            connection.execute(update(people).where(people.c.owner == old).values(owner=new))
            connection.execute(delete(tallies).where(tallies.c.owner.in_((old, new))))

        self._database.write(work)

    def holdings(self, owner: str) -> Holdings:
        """Return how much is kept for an owner, what waits to be really deleted included."""
        name = owner_digest(owner)
        his = select(scenarios.c.id).where(scenarios.c.owner == name)
        others = select(scenarios.c.id).where(scenarios.c.owner != name, scenarios.c.deleted_at.is_(None))
        me = select(people.c.email_digest).where(people.c.owner == name)
        counts = [select(func.count()).select_from(table).where(mine) for table, mine in parts_of(name)]
        counts += [
            select(func.count()).select_from(scenarios).where(scenarios.c.owner == name),
            select(func.count()).select_from(members).where(members.c.scenario.in_(his)),
            select(func.count())
            .select_from(members)
            .where(members.c.email_digest.in_(me), members.c.scenario.in_(others)),
        ]

        def work(connection: Connection) -> Holdings:
            found = connection.execute(select(*(count.scalar_subquery() for count in counts))).one()
            drafts_, versions_, links_, scenarios_, members_, memberships = found
            size = kept_bytes(connection, name)
            return Holdings(drafts_, scenarios_, versions_, links_, size, members_, memberships)

        return self._database.read(work)

    def forget_everything(self, owner: str) -> None:
        """Delete all that an owner has, at once and for good. The links lead nowhere then.

        So does what is known of him: his address, with whom he shares and who shares with him. What he saved
        in scenarios of others stays, as it is theirs, and no longer says by whom.
        """
        name = owner_digest(owner)

        def work(connection: Connection) -> None:
            his = select(scenarios.c.id).where(scenarios.c.owner == name)
            # Locked: a version that is saved just now waits, and finds no scenario then.
            ids = connection.scalars(his.with_for_update()).all()
            forget_scenarios(connection, list(ids))
            email = email_of(connection, name)
            connection.execute(delete(members).where(members.c.email_digest == email))
            connection.execute(update(versions).where(versions.c.saved_by == name).values(saved_by=None))
            for table in (drafts, links, people, tallies):
                connection.execute(delete(table).where(table.c.owner == name))
            drop_unused(connection)

        self._database.write(work)
        self._database.give_back_room()

    def tidy(self, now: datetime | None = None) -> None:
        """Delete what is kept long enough; the store does so by itself, once an hour.

        Drafts that nobody touched for 30 days, scenarios deleted 30 days ago, the content of links that have
        expired (that there was one is known for a year), addresses of people who have not signed in for a
        year, and what no row names any more.
        """
        now = now or datetime.now(UTC)

        def work(connection: Connection) -> None:
            connection.execute(delete(drafts).where(drafts.c.saved_at < now - KEPT_FOR))
            old = select(scenarios.c.id).where(scenarios.c.deleted_at < now - KEPT_FOR)
            ids = connection.scalars(old.with_for_update(skip_locked=True)).all()
            forget_scenarios(connection, list(ids))
            connection.execute(
                update(links).where(links.c.expires <= now, links.c.data != b"").values(**ERASED)
            )
            long_ago = now - LINKS_KNOWN_FOR
            connection.execute(
                delete(links).where(or_(links.c.expires < long_ago, links.c.revoked < long_ago))
            )
            connection.execute(delete(people).where(people.c.seen < now - PEOPLE_KNOWN_FOR))
            connection.execute(delete(tallies))
            drop_unused(connection)

        self._database.write(work)
        self._database.give_back_room()

    def _tidy_sometimes(self) -> None:
        """Tidy if nobody has for an hour: this process asks itself first, then the database."""
        if monotonic() < self._next_tidying:
            return
        self._next_tidying = monotonic() + _EVERY.total_seconds()
        try:
            if self._database.write(_is_due):
                self.tidy()
        except StoreError as error:
            _LOG.info("Not tidied: %s", error)


def _is_due(connection: Connection) -> bool:
    """Return whether it is time to tidy, and note that it is done now."""
    now = datetime.now(UTC)
    last = connection.scalar(select(tidied.c.at).with_for_update())
    if last is None:
        connection.execute(insert(tidied).values(id=1, at=now))
        return True
    if last > now - _EVERY:
        return False
    connection.execute(update(tidied).values(at=now))
    return True
