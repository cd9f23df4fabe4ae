"""Where the database is: what stands in ``ORGMODEL_DATABASE_URL``."""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from orgmodel.errors import StoreError

VARIABLE: Final = "ORGMODEL_DATABASE_URL"
_DEFAULT: Final = Path(__file__).parents[2] / ".orgmodel" / "orgmodel.sqlite3"
_CONNECT_TIMEOUT: Final = 3.0  # seconds
_FORMS: Final = "It has the form postgresql://user:password@host/name or sqlite:////folder/file."
# What libpq understands and hosts write into their addresses, and pg8000 needs not.
_NEEDLESS: Final = frozenset({"channel_binding", "target_session_attrs", "gssencmode", "connect_timeout"})


class Address(NamedTuple):
    """A database: ``file`` for SQLite, ``arguments`` of `pg8000.connect` for PostgreSQL."""

    url: URL
    file: Path | None
    arguments: dict[str, Any]

    @property
    def place(self) -> str:
        """What may be shown of it: the file, or host and name; no password."""
        if self.file is not None:
            return str(self.file)
        host = self.arguments.get("unix_sock") or self.url.host or "localhost"
        return f"{host}/{self.url.database or ''}"


def address(url: str | None = None) -> Address:
    """Return the database of an address, of the environment, or else the file in the project's folder.

    Raises
    ------
    StoreError
        If the address is none. The sentence does not repeat it: there may be a password in it.

    """
    text = url or os.environ.get(VARIABLE, "")
    if not text:
        return _sqlite(_DEFAULT)
    try:
        parsed = make_url(text)
    except (ArgumentError, ValueError):
        raise StoreError(f"The address of the database ({VARIABLE}) cannot be read. {_FORMS}") from None
    if parsed.drivername == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        return _sqlite(Path(str(parsed.database)).absolute())
    if parsed.drivername in {"postgresql", "postgres", "postgresql+pg8000"}:
        return _postgresql(parsed)
    raise StoreError(
        f"{VARIABLE} begins with {parsed.drivername}://, which is no database for this program. {_FORMS}"
    )


def is_default(file: Path) -> bool:
    """Whether a file is the one in the project's own folder."""
    return file == _DEFAULT


def _sqlite(file: Path) -> Address:
    return Address(URL.create("sqlite", database=str(file)), file, {})


def _postgresql(url: URL) -> Address:
    given = {name: value if isinstance(value, str) else value[-1] for name, value in url.query.items()}
    arguments: dict[str, Any] = {
        "timeout": _CONNECT_TIMEOUT,
        "application_name": given.pop("application_name", "orgmodel"),
    }
    encryption = _encryption(given.pop("sslmode", "prefer"), given.pop("sslrootcert", None))
    if encryption is not None:
        arguments["ssl_context"] = encryption
    host = given.pop("host", "")
    if host.startswith("/"):
        arguments["unix_sock"] = f"{host}/.s.PGSQL.{url.port or 5432}"
    elif host:
        url = url.set(host=host)
    if unknown := sorted(set(given) - _NEEDLESS):
        raise StoreError(f"{VARIABLE} says {unknown[0]}=..., which this program does not know. {_FORMS}")
    return Address(url.set(drivername="postgresql+pg8000", query={}), None, arguments)


def _encryption(mode: str, certificates: str | None) -> ssl.SSLContext | bool | None:
    """Return what pg8000 calls ``ssl_context`` for what libpq calls ``sslmode``.

    ``prefer`` (encrypt if the server can) is None, ``require`` (encrypt, whoever the server is) is True.
    """
    if mode in {"allow", "prefer"}:
        return None
    if mode in {"disable", "require"} and certificates is None:
        return mode == "require"
    if mode in {"require", "verify-ca", "verify-full"}:
        try:
            context = ssl.create_default_context(cafile=certificates)
        except OSError:
            raise StoreError(
                f"The certificates that {VARIABLE} names (sslrootcert) cannot be read."
            ) from None
        context.check_hostname = mode == "verify-full"
        return context
    raise StoreError(
        f"{VARIABLE} says sslmode={mode}; it may be disable, prefer, require, verify-ca or verify-full."
    )
