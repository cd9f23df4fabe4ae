"""Drafts: what is being worked on, one for each tab of a browser, replaced in place."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from orgmodel.errors import DraftTakenError, NotKeptError
from orgmodel.store.content import Content, Kept
from orgmodel.store.database import Database
from orgmodel.store.limits import Limits
from orgmodel.store.room import check_room
from orgmodel.store.tables import drafts
from orgmodel.store.writing import (
    content_of,
    digest,
    drop_unused,
    keep_blobs,
    known_id,
    owner_digest,
    reading,
    size_in_row,
    written,
)

_NONE: Final = "This draft is not among what you have kept."
_TAKEN: Final = "This draft has been changed in another window since."
_THERE: Final = select(
    drafts.c.owner,
    drafts.c.saved_at,
    drafts.c.chart,
    drafts.c.source,
    size_in_row(drafts).label("size"),
)


class Drafts:
    """The part of a store that keeps drafts."""

    _database: Database
    _limits: Limits
    _unclear: dict[bytes, frozenset[datetime]]

    def keep_draft(
        self, owner: str, draft_id: str, content: Content, *, after: datetime | None = None
    ) -> datetime:
        """Keep a draft in place of what was kept under its id before; return when.

        ``after`` is when the caller wrote or read it last; None writes in any case.

        Raises
        ------
        DraftTakenError
            If somebody else wrote it since. A save whose answer got lost on the way was not somebody else's.
        NotKeptError
            If the draft is another owner's.

        """
        draft_id, name = known_id(draft_id, _NONE), owner_digest(owner)
        new = written(content)
        key = digest(draft_id)
        mine = self._unclear.get(key, frozenset()) | {after}
        moment = datetime.now(UTC)

        def work(connection: Connection) -> datetime:
            there = connection.execute(_THERE.where(drafts.c.id == draft_id).with_for_update()).one_or_none()
            if there is None:
                keep_blobs(connection, new.blobs)
                row = {"id": draft_id, "owner": name, "saved_at": moment, **new.columns}
                connection.execute(insert(drafts).values(row))
                check_room(connection, self._limits, name)
                return moment
            if there.owner != name:
                raise NotKeptError(_NONE)
            if after is not None and there.saved_at not in mine:
                raise DraftTakenError(_TAKEN)
            keep_blobs(connection, new.blobs)
            saved_at: datetime = max(moment, there.saved_at + timedelta(microseconds=1))
            connection.execute(
                update(drafts).where(drafts.c.id == draft_id).values(saved_at=saved_at, **new.columns)
            )
            drop_unused(connection, {there.chart, there.source} - set(new.blobs))
            brought = sum(len(new.blobs[blob]) for blob in set(new.blobs) - {there.chart, there.source})
            more = new.size - there.size + brought
            check_room(connection, self._limits, name, more)
            # Until the answer is here it is not known which of the two is there.
            self._unclear[key] = frozenset({there.saved_at, saved_at})
            return saved_at

        saved_at = self._database.write(work)
        self._unclear.pop(key, None)
        return saved_at

    def draft(self, owner: str, draft_id: str) -> Content:
        """Return a draft."""
        mine = (drafts.c.id == known_id(draft_id, _NONE)) & (drafts.c.owner == owner_digest(owner))

        def work(connection: Connection) -> Content:
            row = connection.execute(reading(drafts).where(mine)).one_or_none()
            if row is None:
                raise NotKeptError(_NONE)
            return content_of(row)

        return self._database.read(work)

    def drafted_at(self, owner: str, draft_id: str) -> datetime | None:
        """Return when a draft was kept last, None if there is none."""
        return next((kept.saved_at for kept in self.drafts(owner) if kept.id == draft_id), None)

    def drafts(self, owner: str) -> tuple[Kept, ...]:
        """Return all drafts of an owner, the newest first."""
        chosen = (
            select(drafts.c.id, drafts.c.name, drafts.c.summary, drafts.c.saved_at)
            .where(drafts.c.owner == owner_digest(owner))
            .order_by(drafts.c.saved_at.desc(), drafts.c.id)
        )
        rows = self._database.read(lambda connection: connection.execute(chosen).all())
        return tuple(
            Kept(row.id, json.loads(row.name), json.loads(row.summary), row.saved_at) for row in rows
        )

    def drop_draft(self, owner: str, draft_id: str) -> None:
        """Forget a draft; one that is not there is forgotten already."""
        mine = (drafts.c.id == known_id(draft_id, _NONE)) & (drafts.c.owner == owner_digest(owner))

        def work(connection: Connection) -> None:
            row = connection.execute(
                delete(drafts).where(mine).returning(drafts.c.chart, drafts.c.source)
            ).one_or_none()
            if row is not None:
                drop_unused(connection, row)

        self._database.write(work)
