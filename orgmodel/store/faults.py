"""What goes wrong in a database, in the words of the one who waits for it."""

from __future__ import annotations

import errno
import logging
import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFreeError

from orgmodel.errors import StoreAwayError, StoreError, StoreFullError

AWAY: Final = (
    "The database cannot be reached. What you did is safe in this tab and will be kept as soon as it is back."
)
_FULL: Final = (
    "There is no room left where things are kept. What you did is safe in this tab: download it as a file, "
    "and tell whoever runs this program."
)
_BUSY: Final = (
    "The database is busy. What you did is safe in this tab and will be kept as soon as it has time for it."
)
_READ_ONLY: Final = (
    "The database can only be read just now. What you did is safe in this tab: download it as a file, "
    "and tell whoever runs this program."
)
_DAMAGED: Final = (
    "The database is damaged. What you did is safe in this tab: download it as a file, and tell whoever runs "
    "this program that a backup is needed."
)
_WRONG: Final = (
    "The database refused what was to be kept. Download it as a file to be safe, and tell whoever runs this "
    "program; its log says more."
)

_LOG: Final = logging.getLogger(__name__)

# SQLSTATE: the first two characters are the class (PostgreSQL documentation, appendix A).
_SENTENCES: Final = {
    "53100": _FULL,
    "25006": _READ_ONLY,
    "53": _BUSY,
    "55": _BUSY,
    "40": _BUSY,
    "08": AWAY,
    "28": AWAY,
    "3D": AWAY,
    "57": AWAY,
    "58": AWAY,
    "XX": _DAMAGED,
}
_AGAIN: Final = frozenset({"40001", "40P01"})  # serialization failure, deadlock
_GONE: Final = frozenset({"57P01", "57P02", "57P03", "57P05"})  # the server ends this connection

_SQLITE_SENTENCES: Final = {
    sqlite3.SQLITE_FULL: _FULL,
    # The disk did not take what was written: a quota, the largest size of a file, a full disk again.
    sqlite3.SQLITE_IOERR_WRITE: _FULL,
    sqlite3.SQLITE_IOERR_FSYNC: _FULL,
    sqlite3.SQLITE_IOERR_TRUNCATE: _FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: _FULL,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CANTOPEN: AWAY,
    sqlite3.SQLITE_IOERR: AWAY,
    sqlite3.SQLITE_PERM: AWAY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
}
_KINDS: Final = {
    _FULL: StoreFullError,
    _BUSY: StoreAwayError,
    _READ_ONLY: StoreAwayError,
    AWAY: StoreAwayError,
    _DAMAGED: StoreError,
    _WRONG: StoreError,
}


def store_error(error: BaseException) -> StoreError:
    """Return what is told of a driver's error; the error itself goes to the log, without any content."""
    sentence = _sentence(error)
    expected = isinstance(error, DBAPIError | NoConnectionFreeError | OSError)
    _LOG.warning(
        "%s (%s: %s)",
        sentence,
        type(error).__name__,
        getattr(error, "orig", error),
        exc_info=None if expected else error,
    )
    return _KINDS[sentence](sentence)


def worth_another_try(error: BaseException) -> bool:
    """Whether the same may succeed at once: another writer was first, or two waited for each other."""
    return isinstance(error, IntegrityError) or _sqlstate(error) in _AGAIN


def connection_ended(error: BaseException) -> bool:
    """Whether the server ended a connection that stood; pg8000 lets some of these through as they come."""
    resets = (ConnectionResetError, ConnectionAbortedError, BrokenPipeError)
    return isinstance(error, resets) or getattr(error, "connection_invalidated", False)


def connection_lost(error: BaseException | None) -> bool:
    """Whether the connection that this came from is of no use any more."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return code & 0xFF in {
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_CORRUPT,
            sqlite3.SQLITE_READONLY,
        }
    return isinstance(error, OSError) or _sqlstate(error) in _GONE


def _sentence(error: BaseException) -> str:
    if isinstance(error, NoConnectionFreeError):
        return _BUSY
    if isinstance(error, OSError):
        return _FULL if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} else AWAY
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return _SQLITE_SENTENCES.get(code) or _SQLITE_SENTENCES.get(code & 0xFF, _WRONG)
    state = _sqlstate(error)
    if state:
        return _SENTENCES.get(state) or _SENTENCES.get(state[:2], _WRONG)
    if isinstance(error, DBAPIError) and (
        error.connection_invalidated or type(cause).__name__ == "InterfaceError"
    ):
        return AWAY
    return _WRONG if isinstance(error, SQLAlchemyError) else AWAY


def _sqlstate(error: BaseException | None) -> str:
    """Return the five characters by which PostgreSQL says what is wrong; pg8000 gives them as field "C"."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    first = cause.args[0] if cause is not None and cause.args else None
    return str(first.get("C", "")) if isinstance(first, dict) else ""
