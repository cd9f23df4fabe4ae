"""The tables. A change here needs a step in ``migrations/versions``; a test compares the two."""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypedColumns,
)
from sqlalchemy.types import TypeDecorator

ID_LENGTH: Final = 200


class _UtcTime(TypeDecorator[datetime]):
    """A moment, in UTC on both databases (SQLite knows no time zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _blob_column() -> Column[Any]:
    """Return a column for the SHA-256 digest of a blob. The database itself refuses to drop one in use."""
    return Column(LargeBinary, ForeignKey("blobs.digest"), nullable=True, index=True)


class _Blobs(TypedColumns):
    digest = Column(LargeBinary, primary_key=True)
    data = Column(LargeBinary, nullable=False)


class _Content(TypedColumns):
    """The columns of a `Content`.

    ``name``, ``summary`` and whatever else people write is JSON text, which holds every text there is
    (PostgreSQL's own text holds no NUL); ``data`` is compressed JSON, empty where it was erased.
    """

    name = Column(Text, nullable=False)
    summary = Column(Text, nullable=False)
    data = Column(LargeBinary, nullable=False)
    chart = _blob_column()
    source = _blob_column()


class _Drafts(_Content):
    id = Column(String(ID_LENGTH), primary_key=True)
    owner = Column(LargeBinary, nullable=False, index=True)
    saved_at = Column(_UtcTime, nullable=False)


class _Scenarios(TypedColumns):
    id = Column(String(ID_LENGTH), primary_key=True)
    owner = Column(LargeBinary, nullable=False, index=True)
    name = Column(Text, nullable=False)
    newest = Column(Integer, nullable=False)
    deleted_at = Column(_UtcTime, nullable=True)


class _Versions(_Content):
    scenario = Column(String(ID_LENGTH), ForeignKey("scenarios.id"), primary_key=True)
    number = Column(Integer, primary_key=True, autoincrement=False)
    note = Column(Text, nullable=False)
    saved_at = Column(_UtcTime, nullable=False)
    save_id = Column(LargeBinary, nullable=False, unique=True)
    saved_by = Column(LargeBinary, nullable=True, index=True)


class _Links(_Content):
    id = Column(String(ID_LENGTH), primary_key=True)
    owner = Column(LargeBinary, nullable=False, index=True)
    token = Column(LargeBinary, nullable=False, unique=True)
    sealed = Column(LargeBinary, nullable=False)
    copyable = Column(Boolean, nullable=False)
    fields = Column(Text, nullable=False)
    created = Column(_UtcTime, nullable=False)
    expires = Column(_UtcTime, nullable=True)
    revoked = Column(_UtcTime, nullable=True)
    opened = Column(Integer, nullable=False)
    opened_at = Column(_UtcTime, nullable=True)


class _People(TypedColumns):
    """Who signed in under which address; without a digest it is somebody else's by now."""

    owner = Column(LargeBinary, primary_key=True)
    email_digest = Column(LargeBinary, nullable=True, unique=True)
    email = Column(Text, nullable=False)
    seen = Column(_UtcTime, nullable=False)


class _Members(TypedColumns):
    scenario = Column(String(ID_LENGTH), ForeignKey("scenarios.id", ondelete="CASCADE"), primary_key=True)
    email_digest = Column(LargeBinary, primary_key=True, index=True)
    email = Column(Text, nullable=False)
    role = Column(Text, nullable=False)
    since = Column(_UtcTime, nullable=False)


class _Tallies(TypedColumns):
    """What an owner keeps at most, so that it need not be counted at every save; see `room`."""

    owner = Column(LargeBinary, primary_key=True)
    bytes = Column(BigInteger, nullable=False)


class _Tidied(TypedColumns):
    id = Column(Integer, primary_key=True, autoincrement=False)
    at = Column(_UtcTime, nullable=False)


blobs = Table("blobs", metadata, _Blobs)
drafts = Table("drafts", metadata, _Drafts)
scenarios = Table("scenarios", metadata, _Scenarios)
versions = Table("versions", metadata, _Versions)
links = Table("links", metadata, _Links)
people = Table("people", metadata, _People)
members = Table("members", metadata, _Members)
tallies = Table("tallies", metadata, _Tallies)
tidied = Table("tidied", metadata, _Tidied)
