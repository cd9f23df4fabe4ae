"""What a driver says, and the kind of error that is made of it."""

import errno
import sqlite3

import pg8000.dbapi
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionFreeError

from orgmodel.errors import StoreAwayError, StoreError, StoreFullError
from orgmodel.store.faults import connection_lost, store_error, worth_another_try


def said_by_postgresql(state):
    cause = pg8000.dbapi.DatabaseError({"S": "ERROR", "C": state, "M": "password=secret"})
    return DBAPIError("SELECT 1", None, cause)


def said_by_sqlite(code):
    cause = sqlite3.OperationalError("said")
    cause.sqlite_errorcode = code
    return DBAPIError("SELECT 1", None, cause)


# PostgreSQL documentation, appendix A; SQLite documentation, "Result and Error Codes".
@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (said_by_postgresql("53100"), StoreFullError),  # disk_full
        (said_by_postgresql("53300"), StoreAwayError),  # too_many_connections
        (said_by_postgresql("57P01"), StoreAwayError),  # admin_shutdown
        (said_by_postgresql("57P03"), StoreAwayError),  # cannot_connect_now
        (said_by_postgresql("25006"), StoreAwayError),  # read_only_sql_transaction
        (said_by_postgresql("28P01"), StoreAwayError),  # invalid_password
        (said_by_postgresql("3D000"), StoreAwayError),  # invalid_catalog_name
        (said_by_postgresql("XX001"), StoreError),  # data_corrupted
        (said_by_postgresql("42601"), StoreError),  # syntax_error
        (said_by_sqlite(13), StoreFullError),  # SQLITE_FULL
        (said_by_sqlite(778), StoreFullError),  # SQLITE_IOERR_WRITE
        (said_by_sqlite(5), StoreAwayError),  # SQLITE_BUSY
        (said_by_sqlite(14), StoreAwayError),  # SQLITE_CANTOPEN
        (said_by_sqlite(8), StoreAwayError),  # SQLITE_READONLY
        (said_by_sqlite(266), StoreAwayError),  # SQLITE_IOERR_READ
        (said_by_sqlite(11), StoreError),  # SQLITE_CORRUPT
        (OSError(errno.ENOSPC, "full"), StoreFullError),
        (OSError(errno.EACCES, "not allowed"), StoreAwayError),
        (NoConnectionFreeError("busy"), StoreAwayError),
        (ValueError("nonsense from a server"), StoreAwayError),
    ],
    ids=range(20),
)
def test_what_a_driver_says_becomes_a_sentence(error, kind):
    told = store_error(error)
    assert type(told) is kind
    assert str(told).endswith(".")
    assert "secret" not in str(told)


def test_what_may_succeed_at_once_is_tried_again():
    assert worth_another_try(IntegrityError("INSERT", None, Exception("unique")))
    assert worth_another_try(said_by_postgresql("40P01"))
    assert not worth_another_try(said_by_postgresql("53100"))


def test_a_connection_that_is_of_no_use_is_not_used_again():
    assert connection_lost(said_by_postgresql("57P01").orig)
    assert connection_lost(said_by_sqlite(522).orig)  # SQLITE_IOERR_SHORT_READ
    assert not connection_lost(said_by_sqlite(5).orig)
    assert not connection_lost(None)
