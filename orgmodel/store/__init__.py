"""What people keep: drafts, scenarios with all their versions, and links, in SQLite or PostgreSQL.

The store knows bytes and JSON and who may see them; what they mean is told in `orgmodel.scenarios`.
SQLAlchemy is loaded with `Store`, not before.
"""

from typing import TYPE_CHECKING

from orgmodel.store.content import (
    Content,
    Holdings,
    Kept,
    Link,
    Member,
    OpenedLink,
    Role,
    Version,
    new_owner,
)
from orgmodel.store.limits import NO_LIMITS, Limits

if TYPE_CHECKING:
    from orgmodel.store.store import Store

__all__ = [
    "NO_LIMITS",
    "Content",
    "Holdings",
    "Kept",
    "Limits",
    "Link",
    "Member",
    "OpenedLink",
    "Role",
    "Store",
    "Version",
    "new_owner",
]


def __getattr__(name: str) -> object:
    if name == "Store":
        from orgmodel.store.store import Store  # noqa: PLC0415  # SQLAlchemy takes long to load

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
