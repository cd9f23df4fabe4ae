"""How content lies in the tables: JSON text, compressed JSON, blobs by their digests."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
)

from orgmodel.errors import NotKeptError, StoreError
from orgmodel.store.content import Content
from orgmodel.store.tables import ID_LENGTH, blobs, drafts, links, versions

IN_ROW: Final = ("name", "summary", "data")
_MOST_TEXT: Final = 1_000_000
_MOST_BYTES: Final = 200_000_000  # a value of PostgreSQL may have 1 GB, and travels there in hexadecimal
_DAMAGED: Final = "What was kept can no longer be read: the database is damaged. Restore it from a backup."


class Written(NamedTuple):
    """A content as it is written: values of columns, and the blobs they name."""

    columns: dict[str, Any]
    blobs: dict[bytes, bytes]

    @property
    def size(self) -> int:
        """How much of it stands in the row itself."""
        return sum(len(self.columns[name]) for name in IN_ROW)


def digest(text: str) -> bytes:
    """Return the SHA-256 digest of a secret or an id, whatever characters it has.

    >>> digest("abc").hex()[:16]
    'ba7816bf8f01cfea'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def owner_digest(owner: str) -> bytes:
    """Return by what an owner is known here.

    Raises
    ------
    StoreError
        If there is none: what is kept for nobody would be everybody's.

    """
    if not owner:
        raise StoreError("Nothing can be kept for a browser that has not said which one it is.")
    return digest(owner)


def json_text(value: object) -> str:
    r"""Return a value as JSON that both databases hold: NUL and lone surrogates stand there as escapes.

    >>> json_text(["Zürich", chr(0), chr(0xD800)])
    '["Zürich","\\u0000","\\ud800"]'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace").decode()


def known_id(text: str, sentence: str) -> str:
    """Return an id if it can be one; otherwise nothing is kept under it.

    Raises
    ------
    NotKeptError
        With the same sentence as for an id of somebody else.

    """
    if len(text) > ID_LENGTH or not text.isprintable():
        raise NotKeptError(sentence)
    return text


def written(content: Content) -> Written:
    """Return what is written of a content; done before the database is asked for anything.

    Raises
    ------
    StoreError
        If it is too large.

    """
    name, summary = json_text(content.name), json_text(content.summary)
    if len(name) + len(summary) > _MOST_TEXT:
        raise StoreError("The name is too long to be kept. Shorten it, or keep the scenario as a file.")
    data = zlib.compress(json_text(content.data).encode())
    for part in (data, content.chart, content.source):
        if len(part) > _MOST_BYTES:
            raise StoreError(
                f"This is too large to be kept here: {len(part) / 1e6:,.0f} MB, where at most "
                f"{_MOST_BYTES / 1e6:,.0f} MB are possible. Keep it as a file."
            )
    named = {hashlib.sha256(blob).digest(): blob for blob in (content.chart, content.source) if blob}
    columns = {
        "name": name,
        "summary": summary,
        "data": data,
        "chart": hashlib.sha256(content.chart).digest() if content.chart else None,
        "source": hashlib.sha256(content.source).digest() if content.source else None,
    }
    return Written(columns, named)


def keep_blobs(connection: Connection, parts: Mapping[bytes, bytes]) -> None:
    """Write those blobs that are not there yet, before the row that names them.

    Those that are there are held (a shared lock on PostgreSQL, the one writer on SQLite): nobody drops one
    between this and the end of the transaction.
    """
    there = set(
        connection.scalars(
            select(blobs.c.digest).where(blobs.c.digest.in_(parts)).with_for_update(read=True, key_share=True)
        )
    )
    new = [{"digest": name, "data": blob} for name, blob in parts.items() if name not in there]
    if new:
        connection.execute(insert(blobs), new)


def drop_unused(connection: Connection, among: Iterable[bytes | None] | None = None) -> None:
    """Drop the blobs that no row names any more, of some or of all."""
    unused = ~or_(
        *(
            exists().where(column == blobs.c.digest)
            for table in (drafts, versions, links)
            for column in (table.c.chart, table.c.source)
        )
    )
    candidates = select(blobs.c.digest).where(unused)
    if among is not None:
        names = [name for name in among if name is not None]
        if not names:
            return
        candidates = candidates.where(blobs.c.digest.in_(names))
    # One that a save holds just now is left for the next time. Those found are locked, so that no save can
    # hold them any more; one that was named by a save in the meantime is seen by the second look.
    found = connection.scalars(candidates.with_for_update(skip_locked=True)).all()
    for start in range(0, len(found), 500):
        connection.execute(delete(blobs).where(blobs.c.digest.in_(found[start : start + 500]), unused))


def reading(table: Table[Any]) -> Select[*tuple[Any, ...]]:
    """Return the query for rows of a table together with their blobs, for `content_of`.

    One query, because on PostgreSQL each query sees what others have deleted since the one before.
    """
    charts, sources = blobs.alias("charts"), blobs.alias("sources")
    return (
        select(table, charts.c.data.label("chart_bytes"), sources.c.data.label("source_bytes"))
        .outerjoin(charts, charts.c.digest == table.c.chart)
        .outerjoin(sources, sources.c.digest == table.c.source)
    )


def size_in_row(table: Table[Any]) -> ColumnElement[int]:
    """Return what counts as the size of a row, without the blobs it names."""
    first, *rest = (func.length(table.c[name]) for name in IN_ROW)
    return sum(rest, start=first)


def content_of(row: Row[*tuple[Any, ...]], name: str | None = None) -> Content:
    """Return what a row of `reading` holds; the digests of the blobs are compared.

    Raises
    ------
    StoreError
        If it is not what was written.

    """
    try:
        return Content(
            name=json.loads(row.name) if name is None else name,
            data=json.loads(zlib.decompress(row.data)),
            chart=_blob(row.chart, row.chart_bytes),
            source=_blob(row.source, row.source_bytes),
            summary=json.loads(row.summary),
        )
    except (ValueError, zlib.error) as error:
        raise StoreError(_DAMAGED) from error


def _blob(name: bytes | None, blob: bytes | None) -> bytes:
    if name is None:
        return b""
    if blob is None or hashlib.sha256(blob).digest() != name:
        raise StoreError(_DAMAGED)
    return bytes(blob)
