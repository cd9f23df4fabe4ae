# ruff: noqa: SLF001
import sqlite3
import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, select, text

import orgmodel.store
from orgmodel.errors import StoreError
from orgmodel.store import Store
from orgmodel.store.addresses import address
from orgmodel.store.migrating import NEWEST
from orgmodel.store.tables import metadata
from tests.store.contents import PLAN, assert_whole, inside, numbered


def test_the_tables_are_those_that_the_migrations_make(store, me):
    store.keep_draft(me, "tab", PLAN)

    def work(connection):
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, metadata), context.get_current_revision()

    assert inside(store, work) == ([], NEWEST)


def test_the_newest_version_is_the_last_step():
    folder = orgmodel.store.__path__[0] + "/migrations"
    assert ScriptDirectory(folder).get_heads() == [NEWEST]


def test_a_database_of_an_older_program_is_brought_up_to_date_with_all_that_is_in_it(
    tmp_path, url, me, other
):
    """The rows of a store of today, without what is new, in the tables of version 1."""
    today = Store.open(f"sqlite:///{tmp_path}/today.sqlite3")
    today.keep_draft(me, "tab", PLAN)
    scenario_id = today.save(me, PLAN, save_id="1").scenario_id
    for number in range(2, 40):
        today.save(me, numbered(number), scenario_id, save_id=str(number))
    today.delete(me, today.save(me, PLAN, save_id="gone").scenario_id)
    link = today.create_link(me, PLAN, copyable=True)
    today.tidy()
    old = create_engine(address(url).url, connect_args=address(url).arguments)
    with old.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", orgmodel.store.__path__[0] + "/migrations")
        command.upgrade(config, "1")
        there = inspect(connection).get_table_names()
        for table in metadata.sorted_tables:
            if table.name in there:
                known = {column["name"] for column in inspect(connection).get_columns(table.name)}
                columns = [column for column in table.c if column.name in known]
                rows = inside(today, lambda new, columns=columns: new.execute(select(*columns)).all())
                assert rows
                connection.execute(table.insert(), [row._asdict() for row in rows])
    old.dispose()
    store = Store.open(url)
    for seen in (
        lambda store: (store.drafts(me), store.scenarios(me), store.deleted(me), store.holdings(me)),
        lambda store: store.links(me),
        lambda store: store.opened_link(link.token),
        lambda store: [store.content(me, scenario_id, number) for number in range(1, 40)],
        lambda store: [version._replace(saved_by="") for version in store.versions(me, scenario_id)],
    ):
        assert seen(store) == seen(today)
    store.know(other, "bo@example.org")
    store.know(me, "ada@example.org")
    store.share(me, scenario_id, "bo@example.org", "editor")
    assert store.save(other, PLAN, scenario_id, save_id="").saved_by == "bo@example.org"
    assert {version.saved_by for version in store.versions(me, scenario_id)} == {"bo@example.org", ""}
    assert inside(store, lambda new: MigrationContext.configure(new).get_current_revision()) == NEWEST
    assert_whole(store)
    store.close()
    today.close()


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
