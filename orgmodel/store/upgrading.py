"""Making the tables, or bringing older ones up to date. Loads Alembic: only where it is needed."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, text

from orgmodel.errors import StoreError
from orgmodel.store.migrating import is_up_to_date

_LOCK: Final = 0x6F72676D  # "orgm": the number under which one process at a time changes the tables
_NEWER: Final = (
    "The database was last used by a newer version of this program. Start that version, or name another "
    "database in ORGMODEL_DATABASE_URL."
)


def bring_up_to_date(connection: Connection) -> None:
    """Make or change the tables, within a transaction that writes.

    Where several processes do so at once, one does and the others wait: SQLite has one writer at a time.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
    if is_up_to_date(connection):
        return
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise StoreError(_NEWER) from None
