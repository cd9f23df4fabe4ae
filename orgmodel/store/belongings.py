"""All that an owner has, and how long it is kept."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Final

from sqlalchemy import Connection, delete, func, insert, or_, select, union, update

from orgmodel.errors import StoreError
from orgmodel.store.content import Holdings
from orgmodel.store.database import Database
from orgmodel.store.links import ERASED, seal
from orgmodel.store.tables import blobs, drafts, links, scenarios, tidied, versions
from orgmodel.store.writing import drop_unused, owner_digest

KEPT_FOR: Final = timedelta(days=30)  # drafts nobody touches, scenarios that were deleted
LINKS_KNOWN_FOR: Final = timedelta(days=365)  # that a link has expired, or was taken back, is said so long
_EVERY: Final = timedelta(hours=1)
_LOG: Final = logging.getLogger(__name__)


class Belongings:
    """The part of a store that knows all that an owner has."""

    _database: Database
    _next_tidying: float

    def adopt(self, old_owner: str, new_owner: str) -> None:
        """Give everything of one owner to another (a browser that got a new secret)."""
        old, new = owner_digest(old_owner), owner_digest(new_owner)

        def work(connection: Connection) -> None:
            for table in (drafts, scenarios):
                connection.execute(update(table).where(table.c.owner == old).values(owner=new))
            mine = select(links.c.id, links.c.sealed).where(links.c.owner == old).with_for_update()
            for row in connection.execute(mine).all():
                sealed = seal(seal(row.sealed, old_owner, row.id), new_owner, row.id)
                connection.execute(update(links).where(links.c.id == row.id).values(owner=new, sealed=sealed))

        self._database.write(work)

    def holdings(self, owner: str) -> Holdings:
        """Return how much is kept for an owner, what waits to be really deleted included."""
        name = owner_digest(owner)
        his_versions = versions.c.scenario.in_(select(scenarios.c.id).where(scenarios.c.owner == name))
        mine = ((drafts, drafts.c.owner == name), (versions, his_versions), (links, links.c.owner == name))
        named = union(*(select(column).where(his) for t, his in mine for column in (t.c.chart, t.c.source)))

        def work(connection: Connection) -> Holdings:
            counted = [
                connection.execute(
                    select(func.count(), func.coalesce(func.sum(func.length(table.c.data)), 0)).where(his)
                ).one()
                for table, his in mine
            ]
            large = connection.scalar(
                select(func.sum(func.length(blobs.c.data))).where(blobs.c.digest.in_(named))
            )
            count = connection.scalar(select(func.count()).where(scenarios.c.owner == name))
            (drafts_, drafts_size), (versions_, versions_size), (links_, links_size) = counted
            size = drafts_size + versions_size + links_size + (large or 0)
            return Holdings(drafts_, count or 0, versions_, links_, int(size))

        return self._database.read(work)

    def forget_everything(self, owner: str) -> None:
        """Delete all that an owner has, at once and for good. The links lead nowhere then."""
        name = owner_digest(owner)

        def work(connection: Connection) -> None:
            his = select(scenarios.c.id).where(scenarios.c.owner == name)
            # Locked: a version that is saved just now waits, and finds no scenario then.
            ids = connection.scalars(his.with_for_update()).all()
            _forget_scenarios(connection, list(ids))
            for table in (drafts, links):
                connection.execute(delete(table).where(table.c.owner == name))
            drop_unused(connection)

        self._database.write(work)
        self._database.give_back_room()

    def tidy(self, now: datetime | None = None) -> None:
        """Delete what is kept long enough; the store does so by itself, once an hour.

        Drafts that nobody touched for 30 days, scenarios deleted 30 days ago, the content of links that have
        expired (that there was one is known for a year), and what no row names any more.
        """
        now = now or datetime.now(UTC)

        def work(connection: Connection) -> None:
            connection.execute(delete(drafts).where(drafts.c.saved_at < now - KEPT_FOR))
            old = select(scenarios.c.id).where(scenarios.c.deleted_at < now - KEPT_FOR)
            ids = connection.scalars(old.with_for_update(skip_locked=True)).all()
            _forget_scenarios(connection, list(ids))
            connection.execute(
                update(links).where(links.c.expires <= now, links.c.data != b"").values(**ERASED)
            )
            long_ago = now - LINKS_KNOWN_FOR
            connection.execute(
                delete(links).where(or_(links.c.expires < long_ago, links.c.revoked < long_ago))
            )
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


def _forget_scenarios(connection: Connection, ids: list[str]) -> None:
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        connection.execute(delete(versions).where(versions.c.scenario.in_(some)))
        connection.execute(delete(scenarios).where(scenarios.c.id.in_(some)))
