# ruff: noqa: SLF001
"""What may happen to a database while it is written to. The full figures are printed by the benchmarks."""

import gc
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from orgmodel.errors import StoreAwayError, StoreFullError
from orgmodel.store import Content, Store
from tests.store import writers
from tests.store.contents import PLAN, assert_whole, rows
from tests.store.postgresql import GivenServer

# pg8000 leaves the socket of a connection that broke to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")

_AWAY = "cannot be reached"


@pytest.fixture(autouse=True)
def _sockets_collected():
    yield
    gc.collect()


@pytest.fixture
def clock(monkeypatch):
    """Return a clock that can be put forward, so that nobody waits for the store to try again."""
    offset = [0.0]
    monotonic = time.monotonic
    monkeypatch.setattr("orgmodel.store.database.monotonic", lambda: monotonic() + offset[0])
    return offset


@pytest.fixture
def stoppable(server):
    if isinstance(server, GivenServer):
        pytest.skip("the server that was named cannot be stopped")
    return server


def test_eight_processes_write_at_once_into_an_empty_database(store, url, me):
    told = writers.run("together", url, me, 8, 5)
    assert told["codes"] == [0] * 8
    for writer in range(8):
        assert told["acknowledged"][str(writer)] == list(range(1, 6))
        writers.assert_all_there(store, me, writer, 5)
    assert rows(store)[1:4] == (8, 8, 40)
    assert_whole(store)


def test_a_process_killed_in_the_middle_of_its_saves_loses_nothing(store, url, me):
    told = writers.run("killed", url, me, 10, 1)
    assert told["acknowledged"] >= 10
    writers.assert_all_there(store, me, 0, told["acknowledged"])
    assert_whole(store)
    store.save(me, PLAN, save_id="after")


def test_a_server_that_was_stopped_and_started_again(stoppable, me, clock):
    store = Store.open(stoppable.new_database())
    version = store.save(me, PLAN, save_id="1")
    stoppable.stop()
    with pytest.raises(StoreAwayError, match=_AWAY):
        store.keep_draft(me, "tab", PLAN)
    begun = time.perf_counter()
    with pytest.raises(StoreAwayError, match=_AWAY):
        store.content(me, version.scenario_id)
    assert time.perf_counter() - begun < 0.1  # nobody waits while it is known to be away
    stoppable.start()
    clock[0] += 3.1
    store.keep_draft(me, "tab", PLAN)
    assert store.content(me, version.scenario_id) == PLAN
    store.close()


def test_a_server_stopped_in_the_middle_of_saves(stoppable, me, clock):
    """What was acknowledged is there, and what was not is saved again under its save id: nothing twice."""
    store = Store.open(stoppable.new_database())
    scenario_id = store.save(me, Content("0", {}), save_id="0").scenario_id
    acknowledged, unclear, stop = [], [], threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            save_id = f"{threading.get_ident()} {number}"
            content = Content(save_id, {}, save_id.encode() * 100)
            try:
                store.save(me, content, scenario_id, save_id=save_id)
                acknowledged.append(content)
            except StoreAwayError:
                unclear.append(content)
                clock[0] += 3.1

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        time.sleep(0.2)
        stoppable.stop()
        stoppable.start()
    clock[0] += 3.1
    time.sleep(0.1)
    stop.set()
    for thread in threads:
        thread.join()
    clock[0] += 3.1
    for content in unclear:
        store.save(me, content, scenario_id, save_id=content.name)
    names = [version.name for version in store.versions(me, scenario_id)]
    assert sorted(names) == sorted(["0"] + [content.name for content in acknowledged + unclear])
    assert acknowledged
    assert unclear
    assert_whole(store)
    store.close()


def test_a_server_that_was_never_there_is_met_at_the_first_use(stoppable, me, clock):
    url = stoppable.new_database()
    stoppable.stop()
    store = Store.open(url)
    assert store.kind == "PostgreSQL"
    with pytest.raises(StoreAwayError, match=_AWAY):
        store.drafts(me)
    stoppable.start()
    clock[0] += 3.1
    assert store.drafts(me) == ()
    store.close()


def test_a_connection_the_server_ended_is_replaced_unseen(stoppable, me):
    store = Store.open(stoppable.new_database())
    store.keep_draft(me, "tab", PLAN)
    stoppable.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'orgmodel'"
    )
    assert store.draft(me, "tab") == PLAN
    store.close()


def test_a_connection_that_is_reset_is_tried_once_more_unless_something_may_be_written(
    tmp_path, me, monkeypatch
):
    """PostgreSQL's driver lets the error of the network through as it is, at times."""
    store = Store.open(f"sqlite:///{tmp_path}/o.sqlite3")
    store.keep_draft(me, "tab", PLAN)
    database = store._database
    transaction, tries = database._transaction, []

    def reset(work, *, writes, before):
        tries.append(writes)
        if len(tries) > 1:
            return transaction(work, writes=writes)
        if not before:
            transaction(work, writes=writes)
        raise ConnectionResetError(104, "Connection reset by peer")

    for call, before, expected in (
        (lambda: store.draft(me, "tab"), True, 2),
        (lambda: store.draft(me, "tab"), False, 2),
        (lambda: store.keep_draft(me, "tab", PLAN), True, 2),
        (lambda: store.keep_draft(me, "tab", PLAN), False, 1),
    ):
        tries.clear()
        monkeypatch.setattr(
            database,
            "_transaction",
            lambda work, *, writes, before=before: reset(work, writes=writes, before=before),
        )
        if expected == 1:
            with pytest.raises(StoreAwayError):
                call()
        else:
            call()
        assert len(tries) == expected
    store.close()


def test_nonsense_where_a_server_should_be(me):
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer():
            for said in (b"HTTP/1.1 400 Bad Request\r\n\r\n", b"N" + b"\xff" * 100, b""):
                connection, _ = listening.accept()
                connection.recv(1000)
                connection.sendall(said)
                connection.close()

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        for _ in range(3):
            store = Store.open(f"postgresql://me:secret@127.0.0.1:{listening.getsockname()[1]}/x")
            with pytest.raises(StoreAwayError, match=_AWAY):
                store.drafts(me)
            store.close()


def test_a_folder_that_was_moved_away_and_back(tmp_path, me, clock):
    folder = tmp_path / "disk"
    store = Store.open(f"sqlite:///{folder}/orgmodel.sqlite3")
    kept_at = store.keep_draft(me, "tab", PLAN)
    folder.rename(tmp_path / "away")
    with pytest.raises(StoreAwayError, match=_AWAY):
        store.keep_draft(me, "tab", Content("while away", {}), after=kept_at)
    assert not folder.exists()
    clock[0] += 3.1
    (tmp_path / "away").rename(folder)
    assert store.draft(me, "tab") == PLAN
    store.keep_draft(me, "tab", Content("back", {}), after=kept_at)
    assert_whole(store)
    store.close()


def test_a_file_that_was_locked_for_long(tmp_path, me, clock, monkeypatch):
    monkeypatch.setattr("orgmodel.store.database._TURN", 0.2)
    store = Store.open(f"sqlite:///{tmp_path}/orgmodel.sqlite3")
    store.keep_draft(me, "tab", PLAN)
    locking = sqlite3.connect(tmp_path / "orgmodel.sqlite3", isolation_level=None)
    locking.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreAwayError, match="is busy"):
        store.keep_draft(me, "tab", Content("too early", {}))
    clock[0] += 3.1
    assert store.draft(me, "tab") == PLAN  # who only reads is not kept waiting
    locking.execute("ROLLBACK")
    locking.close()
    store.keep_draft(me, "tab", Content("now", {}))
    assert store.draft(me, "tab").name == "now"
    store.close()


def test_a_database_that_is_damaged_or_none(tmp_path, me):
    file = tmp_path / "orgmodel.sqlite3"
    file.write_bytes(b"This is no database. " * 1000)
    store = Store.open(f"sqlite:///{file}")
    with pytest.raises(Exception, match="database is damaged") as told:
        store.drafts(me)
    assert type(told.value).__name__ == "StoreError"
    store.close()


def test_a_folder_that_cannot_be_made(tmp_path, me):
    (tmp_path / "file").write_bytes(b"")
    store = Store.open(f"sqlite:///{tmp_path}/file/below/orgmodel.sqlite3")
    with pytest.raises(StoreAwayError, match=_AWAY):
        store.drafts(me)


def test_a_full_database(tmp_path, me):
    """SQLite is told to use no more pages than it has: it answers as on a full disk."""
    store = Store.open(f"sqlite:///{tmp_path}/orgmodel.sqlite3")
    version = store.save(me, PLAN, save_id="1")
    with store._database._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # as many as there are now
    chart = os.urandom(100_000)
    with pytest.raises(StoreFullError, match="no room left"):
        store.save(me, Content("too much", {}, chart), version.scenario_id, save_id="2")
    assert store.content(me, version.scenario_id) == PLAN  # it can be read meanwhile, and is not tried less
    with store._database._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    assert store.save(me, Content("again", {}, chart), version.scenario_id, save_id="2").number == 2
    assert_whole(store)
    store.close()


def test_a_disk_that_takes_no_more(tmp_path):
    """A process that may write no file beyond 300 KB: the operating system refuses what SQLite writes."""
    program = Path(__file__).parent / "full_disk.py"
    finished = subprocess.run(
        [sys.executable, program, f"sqlite:///{tmp_path}/orgmodel.sqlite3", "300000"],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": "."},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=_limit_files,
    )
    assert finished.returncode == 0, finished.stderr
    kept, owner = finished.stdout.split()
    store = Store.open(f"sqlite:///{tmp_path}/orgmodel.sqlite3")
    assert int(kept) >= 3
    assert len(store.scenarios(owner)) == int(kept) + 1
    assert_whole(store)
    store.close()


def _limit_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
