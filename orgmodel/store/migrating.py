"""The version of the tables that this program works with."""

from typing import Final

from sqlalchemy import Connection, inspect, text

NEWEST: Final = "2"


def is_up_to_date(connection: Connection) -> bool:
    """Whether the tables are those of this program."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == NEWEST)
