"""The database itself: connections, transactions, what happens while it is away."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, RootTransaction, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import DisconnectionError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from orgmodel.errors import OrgModelError, StoreAwayError
from orgmodel.store.addresses import Address, is_default
from orgmodel.store.faults import connection_ended, connection_lost, store_error, worth_another_try
from orgmodel.store.migrating import is_up_to_date

T = TypeVar("T")

_REST: Final = 3.0  # seconds without a try after a failure
_PATIENCE: Final = 5.0  # seconds to wait for a free connection
_TURN: Final = 20.0  # seconds to wait for other writers of SQLite, who take no turns: some wait long
_SILENCE: Final = 30.0  # seconds without an answer after which a connection counts as lost
_TRIES: Final = 4
_POOL: Final = "orgmodel"
_WRITES: Final = "orgmodel_writes"
_UP_TO_DATE: Final = "orgmodel_up_to_date"


class Database:
    """SQLite or PostgreSQL, opened at first use and again whenever it was away.

    After a failure nothing is tried for three seconds: a page that asks meanwhile gets the same answer at
    once, and a database that comes back is not met by everybody at the same moment.
    """

    def __init__(self, address: Address) -> None:
        self.kind = "PostgreSQL" if address.file is None else "SQLite"
        self.place = address.place
        self.file = address.file
        self._engine = _postgresql(address) if address.file is None else _sqlite(address, address.file)
        self.after_writing: Callable[[], None] = lambda: None
        self._seen = False
        self._failure: tuple[float, str] = (0.0, "")

    def read(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` reads, all of it at one moment."""
        return self._run(work, writes=False)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Have ``work`` write: all of it or nothing. It may be called again where two writers met."""
        result = self._run(work, writes=True)
        self.after_writing()
        return result

    def give_back_room(self) -> None:
        """Have SQLite clear the room of what was deleted, in the log of the last changes, too.

        PostgreSQL does so by itself. Where another connection is reading just now, it is done later.
        """
        if self.file is None:
            return
        with contextlib.suppress(SQLAlchemyError), self._engine.connect() as connection:
            driver = connection.connection.driver_connection
            if isinstance(driver, sqlite3.Connection):
                driver.execute("PRAGMA incremental_vacuum").fetchall()
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _run(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        until, sentence = self._failure
        if monotonic() < until:
            raise StoreAwayError(sentence)
        begun = False

        def noted(connection: Connection) -> T:
            nonlocal begun
            begun = True
            return work(connection)

        for attempt in range(_TRIES):
            try:
                result = self._transaction(noted, writes=writes)
            except OrgModelError:
                raise
            except Exception as error:  # pg8000 raises whatever comes to it where no PostgreSQL answers
                # To read again does no harm; of what was to be written nobody knows whether it arrived.
                ended = attempt == 0 and not (writes and begun) and connection_ended(error)
                if attempt + 1 < _TRIES and (ended or worth_another_try(error)):
                    continue
                told = store_error(error)
                if isinstance(told, StoreAwayError):
                    self._failure = (monotonic() + _REST, str(told))
                raise told from error
            else:
                return result
        raise AssertionError  # the last attempt returns or raises

    def _transaction(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        if self.file is not None and not self._seen:
            self._make_file(self.file)
        with self._engine.connect() as connection:
            self._seen = True
            if _UP_TO_DATE not in connection.info:
                with _begun(connection, writes=False):
                    done = is_up_to_date(connection)
                if not done:
                    from orgmodel.store.upgrading import bring_up_to_date  # noqa: PLC0415  # loads Alembic

                    with _begun(connection, writes=True):
                        bring_up_to_date(connection)
                connection.info[_UP_TO_DATE] = True
            with _begun(connection, writes=writes):
                return work(connection)

    def _make_file(self, file: Path) -> None:
        """Make the file if there is none, for nobody else to read.

        Only before it was seen for the first time: later a missing file is a disk that is away, and a new one
        in its place would hide what is kept.
        """
        folder = file.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if is_default(file):
            folder.chmod(0o700)
        file.touch(mode=0o600, exist_ok=True)


def _begun(connection: Connection, *, writes: bool) -> RootTransaction:
    return connection.execution_options(**{_WRITES: writes}).begin()


def _sqlite(address: Address, file: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        # mode=rw: a file that is gone is not made anew. No isolation level: SQLAlchemy says when to begin.
        connection = sqlite3.connect(
            f"file:{quote(str(file))}?mode=rw",
            uri=True,
            timeout=_TURN,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            _set_up(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        address.url, creator=connect, hide_parameters=True, pool_timeout=_PATIENCE, max_overflow=20
    )

    @event.listens_for(engine, "connect")
    def connected(_: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info["file"] = _identity(file)

    @event.listens_for(engine, "checkout")
    def taken(_: DBAPIConnection, entry: ConnectionPoolEntry, __: PoolProxiedConnection) -> None:
        # A file that was moved away, or replaced by a backup, would be written to unseen.
        if _identity(file) != entry.info["file"]:
            raise DisconnectionError

    @event.listens_for(engine, "begin")
    def began(connection: Connection) -> None:
        # A writer that begins as a reader fails where two meet; one that says so at once only waits.
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "handle_error", _mark_lost)
    return engine


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _set_up(connection: sqlite3.Connection) -> None:
    """Write ahead, wait for the disk at every commit, keep references whole, overwrite what is deleted."""
    until = monotonic() + _TURN
    while True:
        try:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            # Several processes make the same new file ready; SQLite does not wait here by itself.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(0.01)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _postgresql(address: Address) -> Engine:
    engine = create_engine(
        address.url,
        connect_args=address.arguments,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=_PATIENCE,
        pool_logging_name=_POOL,
        max_overflow=20,
    )
    # It logs with a traceback that a dead connection cannot be closed politely; we log that it is dead.
    logging.getLogger(f"{type(engine.pool).__module__}.{type(engine.pool).__name__}.{_POOL}").setLevel(
        logging.CRITICAL
    )

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: ConnectionPoolEntry) -> None:  # noqa: ANN401  # pg8000 has no types
        # pg8000 has one timeout for connecting and for every answer; a large save may take longer.
        connection._usock.settimeout(_SILENCE)  # noqa: SLF001

    event.listen(engine, "handle_error", _mark_lost)
    return engine


def _mark_lost(context: ExceptionContext) -> None:
    if connection_lost(context.original_exception):
        context.is_disconnect = True
