"""Links: a copy of a content that anybody may see who has been given the secret part of its address."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from orgmodel.errors import LinkError, NotKeptError, StoreError
from orgmodel.store.content import Content, Link, OpenedLink
from orgmodel.store.database import Database
from orgmodel.store.limits import Limits
from orgmodel.store.room import check_links, check_room
from orgmodel.store.tables import links
from orgmodel.store.writing import (
    content_of,
    digest,
    drop_unused,
    json_text,
    keep_blobs,
    known_id,
    owner_digest,
    reading,
    written,
)

ERASED: Final = {"data": b"", "chart": None, "source": None, "summary": "{}"}
_NONE: Final = "This link is not among those you have made."
_UNKNOWN: Final = "This link leads nowhere. Was all of it copied? Ask whoever sent it for a new one."
_REVOKED: Final = "This link was taken back by the one who made it."
_LISTED: Final = (
    links.c.id,
    links.c.sealed,
    links.c.name,
    links.c.copyable,
    links.c.fields,
    links.c.created,
    links.c.expires,
    links.c.revoked,
    links.c.opened,
    links.c.opened_at,
)


class Links:
    """The part of a store that keeps links."""

    _database: Database
    _limits: Limits

    def create_link(
        self,
        owner: str,
        content: Content,
        *,
        copyable: bool,
        expires: datetime | None = None,
        fields: Iterable[str] = (),
    ) -> Link:
        """Keep a copy of a content, and return the link to it.

        The token is 256 random bits. It can be looked up only by its SHA-256 digest, and shown again only to
        its owner: it is kept encrypted with the owner's secret, which is not kept.
        """
        new = written(content)
        link_id, token = secrets.token_urlsafe(12), secrets.token_bytes(32)
        row: dict[str, Any] = {
            "id": link_id,
            "owner": owner_digest(owner),
            "token": digest(_text(token)),
            "sealed": seal(token, owner, link_id),
            "copyable": copyable,
            "fields": json_text(list(fields)),
            "created": datetime.now(UTC),
            "expires": expires,
            "opened": 0,
        }

        def work(connection: Connection) -> Link:
            keep_blobs(connection, new.blobs)
            connection.execute(insert(links).values(row | new.columns))
            check_links(connection, self._limits, row["owner"])
            check_room(connection, self._limits, row["owner"])
            return _link(connection.execute(select(*_LISTED).where(links.c.id == link_id)).one(), owner)

        return self._database.write(work)

    def links(self, owner: str) -> tuple[Link, ...]:
        """Return all links of an owner, the one made last first; expired and revoked ones, too."""
        chosen = select(*_LISTED).where(links.c.owner == owner_digest(owner))
        ordered = chosen.order_by(links.c.created.desc(), links.c.id)
        rows = self._database.read(lambda connection: connection.execute(ordered).all())
        return tuple(_link(row, owner) for row in rows)

    def revoke(self, owner: str, link_id: str) -> None:
        """Take a link back: its content is erased, and whoever opens it reads that it was taken back."""
        mine = (links.c.id == known_id(link_id, _NONE)) & (links.c.owner == owner_digest(owner))

        def work(connection: Connection) -> None:
            chosen = select(links.c.revoked, links.c.chart, links.c.source).where(mine)
            row = connection.execute(chosen.with_for_update()).one_or_none()
            if row is None:
                raise NotKeptError(_NONE)
            if row.revoked is None:
                connection.execute(update(links).where(mine).values(revoked=datetime.now(UTC), **ERASED))
                drop_unused(connection, (row.chart, row.source))

        self._database.write(work)

    def opened_link(self, token: str) -> OpenedLink:
        """Return what a link shows, to anybody who has its token.

        Raises
        ------
        LinkError
            If it was altered, guessed, has expired or was taken back.

        """
        asked = links.c.token == digest(token)

        def work(connection: Connection) -> OpenedLink:
            row = connection.execute(reading(links).where(asked)).one_or_none()
            if row is None:
                raise LinkError(_UNKNOWN)
            if row.revoked is not None:
                raise LinkError(_REVOKED)
            if row.expires is not None and row.expires <= datetime.now(UTC):
                day = f"{row.expires.day} {row.expires:%B %Y}"
                raise LinkError(f"This link expired on {day}. Ask whoever sent it for a new one.")
            content = content_of(row)
            fields = tuple(json.loads(row.fields))
            return OpenedLink(content.name, row.copyable, fields, row.created, row.expires, content)

        opened = self._database.read(work)
        counted = update(links).where(asked).values(opened=links.c.opened + 1, opened_at=datetime.now(UTC))
        with contextlib.suppress(StoreError):  # a full disk does not keep anybody from reading
            self._database.write(lambda connection: connection.execute(counted).close())
        return opened


def seal(token: bytes, owner: str, link_id: str) -> bytes:
    """Encrypt a token with its owner's secret, or decrypt it.

    Each link has a pad of its own, as long as the token: without the secret nothing is to be seen of it.
    """
    pad = hmac.digest(digest(f"pad {owner}"), link_id.encode(), hashlib.sha256)
    return bytes(left ^ right for left, right in zip(token, pad, strict=True))


def _text(token: bytes) -> str:
    return base64.urlsafe_b64encode(token).rstrip(b"=").decode()


def _link(row: Row[*tuple[Any, ...]], owner: str) -> Link:
    return Link(
        row.id,
        _text(seal(row.sealed, owner, row.id)),
        json.loads(row.name),
        row.copyable,
        tuple(json.loads(row.fields)),
        row.created,
        row.expires,
        row.revoked,
        row.opened,
        row.opened_at,
    )
