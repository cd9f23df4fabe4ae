# ruff: noqa: SLF001
import sqlite3
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import orgmodel.store
from orgmodel.errors import StoreError
from orgmodel.store import Store
from orgmodel.store.migrating import NEWEST
from orgmodel.store.tables import metadata
from tests.store.contents import PLAN, inside


def test_the_tables_are_those_that_the_migrations_make(store, me):
    store.keep_draft(me, "tab", PLAN)

    def work(connection):
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, metadata), context.get_current_revision()

    assert inside(store, work) == ([], NEWEST)


def test_the_newest_version_is_the_last_step():
    folder = orgmodel.store.__path__[0] + "/migrations"
    assert ScriptDirectory(folder).get_heads() == [NEWEST]


def test_a_database_of_a_newer_program_is_left_alone(store, url, me):
    store.keep_draft(me, "tab", PLAN)
    store._database.write(
        lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '999'"))
    )
    second = Store.open(url)
    with pytest.raises(StoreError, match="newer version of this program"):
        second.draft(me, "tab")
    second.close()


def test_sqlite_is_set_up_to_lose_nothing(tmp_path, me):
    store = Store.open(f"sqlite:///{tmp_path}/a%20b?.sqlite3".replace("?", ""))
    store.keep_draft(me, "tab", PLAN)
    with store._database._engine.connect() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    assert said == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 20000,
        "secure_delete": 1,
    }
    store.close()


def test_the_database_refuses_to_drop_a_chart_that_is_named(store, me):
    store.keep_draft(me, "tab", PLAN)
    with pytest.raises(StoreError):
        store._database.write(lambda connection: connection.execute(text("DELETE FROM blobs")))
    assert store.draft(me, "tab") == PLAN


@pytest.mark.parametrize("column", ["data", "chart"])
def test_what_was_altered_in_the_file_is_found_out(tmp_path, me, column):
    store = Store.open(f"sqlite:///{tmp_path}/orgmodel.sqlite3")
    store.keep_draft(me, "tab", PLAN)
    with sqlite3.connect(tmp_path / "orgmodel.sqlite3") as connection:
        connection.execute(
            "UPDATE drafts SET data = x'00'" if column == "data" else "UPDATE blobs SET data = x'00'"
        )
    connection.close()
    with pytest.raises(StoreError, match="database is damaged"):
        store.draft(me, "tab")
    store.close()


def test_what_is_seldom_needed_is_not_loaded(tmp_path):
    """Alembic only where the tables are made, pg8000 only for PostgreSQL, SQLAlchemy only with a store."""
    program = """if True:
        import sys
        import orgmodel.store
        print([name for name in ("sqlalchemy", "alembic", "pg8000") if name in sys.modules])
        store = orgmodel.store.Store.open(sys.argv[1])
        store.drafts("me")
        print([name for name in ("alembic", "pg8000", "sqlalchemy.orm") if name in sys.modules])
    """
    url = f"sqlite:///{tmp_path}/orgmodel.sqlite3"
    told = [
        subprocess.run([sys.executable, "-c", program, url], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert "alembic" in told[0].stdout.splitlines()[1]
    assert told[1].stdout.splitlines() == ["[]", "[]"]
