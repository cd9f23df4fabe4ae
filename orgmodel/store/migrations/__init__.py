"""The steps by which Alembic brings the tables of an older version up to date."""
