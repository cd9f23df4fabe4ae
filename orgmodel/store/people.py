"""Who signed in: which e-mail address is whose."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from sqlalchemy import Connection, select

from orgmodel.errors import StoreError
from orgmodel.store.tables import people
from orgmodel.store.writing import digest
from orgmodel.wording import quoted

_LONGEST: Final = 254  # RFC 5321, section 4.5.3.1.3, without the angle brackets
# As HTML has it (WHATWG, "valid e-mail address"), and letters of other scripts as in RFC 6531.
_LABEL: Final = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
_ADDRESS: Final = re.compile(rf"[\w.!#$%&'*+/=?^`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})*")


def email_address(text: str) -> str:
    """Return an e-mail address in the one form in which it is kept and compared: NFKC, lower-case.

    Raises
    ------
    StoreError
        If it is none.

    Examples
    --------
    >>> email_address(" Zoë.Abt@Example.ORG ")
    'zoë.abt@example.org'

    """
    address = unicodedata.normalize("NFKC", text.strip()[: _LONGEST + 1]).lower()
    if len(address) > _LONGEST or not _ADDRESS.fullmatch(address):
        raise StoreError(f"{quoted(text[:_LONGEST])} is no e-mail address. One looks like ada@example.org.")
    return address


def own_address(text: str) -> str:
    """Return the address that somebody has signed in with; "" where he has shown none.

    One that only looks like another (letters of full width, a long s) is nobody's: in the form in which
    addresses are compared it would be that other one, which is somebody else's.

    Raises
    ------
    StoreError
        If it is no address, or such a one.

    """
    if not text.strip():
        return ""
    address = email_address(text)
    if not unicodedata.is_normalized("NFKC", text.strip()):
        raise StoreError(
            f"Your e-mail address has characters that only look like those of {address}, so nothing can be "
            "shared with you under it."
        )
    return address


def email_digest(address: str) -> bytes:
    """Return by what an address in its one form is found."""
    return digest(address)


def email_of(connection: Connection, owner: bytes) -> bytes | None:
    """Return the digest of the address that is an owner's now; None where he has none."""
    return connection.scalar(select(people.c.email_digest).where(people.c.owner == owner))
