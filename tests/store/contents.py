"""Contents to keep, and a look at what lies in the database."""

import hashlib

from sqlalchemy import func, select, text

from orgmodel.store import Content
from orgmodel.store.addresses import address
from orgmodel.store.database import Database
from orgmodel.store.tables import blobs, drafts, links, scenarios, versions

PLAN = Content(
    "Plan B",
    {"placement": {"COO": 1.0}, "notes": "Zürich", "steps": [1, 2.5, None, True]},
    chart=b"chart" * 100,
    source=b"id,name\n1,Ada\n",
    summary={"boxes": 12},
)


def numbered(number):
    """Return a content that differs for every number, and tells which it is."""
    chart = hashlib.shake_256(f"chart {number // 3}".encode()).digest(20_000)
    return Content(f"Number {number}", {"number": number, "text": f"{number} " * 500}, chart, b"", {})


def rows(store):
    """Return how many rows every table has."""
    tables = (blobs, drafts, scenarios, versions, links)
    return inside(store, lambda connection: tuple(_count(connection, table) for table in tables))


def inside(store, work):
    """Return what is seen in the database of a store, by a connection of the test's own."""
    database = Database(address(address_of(store)))
    try:
        return database.read(work)
    finally:
        database.close()


def address_of(store):
    """Return the address of a store's database."""
    url = store._database._engine.url  # noqa: SLF001  # nobody else needs it
    return url.render_as_string(hide_password=False).replace("+pg8000", "")


def assert_whole(store):
    """Assert that nothing is damaged, every reference leads somewhere, and no blob is left over."""

    def work(connection):
        if store.kind == "SQLite":
            assert connection.scalars(text("PRAGMA integrity_check")).all() == ["ok"]
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        for name, blob in connection.execute(select(blobs)):
            assert hashlib.sha256(blob).digest() == name
        named = set()
        for table in (drafts, versions, links):
            for column in (table.c.chart, table.c.source):
                named.update(connection.scalars(select(column).where(column.is_not(None))))
        assert named == set(connection.scalars(select(blobs.c.digest)))

    inside(store, work)


def _count(connection, table):
    return connection.scalar(select(func.count()).select_from(table))
