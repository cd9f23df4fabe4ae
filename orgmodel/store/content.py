"""What goes into the store and what comes out of it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

Role = Literal["owner", "editor", "viewer"]


@dataclass(frozen=True)
class Content:
    """One state of somebody's work.

    Attributes
    ----------
    name : str
        As its owner calls it; may be empty.
    data : mapping
        All of it except the chart: what JSON can hold.
    chart, source : bytes
        The chart as it was opened, and what it was read from. They are large and seldom change: equal ones
        are stored once. The store does not compress them.
    summary : mapping
        The little that lists show, so that they need not read the rest: what JSON can hold.

    """

    name: str
    data: Mapping[str, Any]
    chart: bytes = b""
    source: bytes = b""
    summary: Mapping[str, Any] = field(default_factory=dict)


class Kept(NamedTuple):
    """A draft or a scenario in a list; ``saved_at`` is when its newest state was kept.

    ``role`` is that of who asks; ``owner_email`` says whose it is where it is somebody else's, ``saved_by``
    who saved the newest version (see `Version`).
    """

    id: str
    name: str
    summary: Mapping[str, Any]
    saved_at: datetime
    versions: int = 0
    deleted_at: datetime | None = None
    role: Role = "owner"
    owner_email: str = ""
    saved_by: str = ""


class Version(NamedTuple):
    """One state of a scenario in its history; the first one has the number 1.

    ``saved_by`` is the e-mail address of who saved it; empty where nobody signs in, and where he has had all
    that is known of him deleted since.
    """

    scenario_id: str
    number: int
    name: str
    note: str
    saved_at: datetime
    summary: Mapping[str, Any]
    saved_by: str = ""


class Member(NamedTuple):
    """Somebody with whom a scenario is shared, by his e-mail address.

    ``known`` is whether somebody has signed in with that address; until then the scenario waits for him.
    """

    email: str
    role: Role
    since: datetime
    known: bool


class Link(NamedTuple):
    """A link as its owner sees it.

    ``token`` is the secret part of its address; ``fields`` names what was ticked when it was made; ``opened``
    counts how often it was opened, the last time at ``opened_at``.
    """

    id: str
    token: str
    name: str
    copyable: bool
    fields: tuple[str, ...]
    created: datetime
    expires: datetime | None
    revoked: datetime | None
    opened: int
    opened_at: datetime | None


class OpenedLink(NamedTuple):
    """A link as the one who opens it sees it."""

    name: str
    copyable: bool
    fields: tuple[str, ...]
    created: datetime
    expires: datetime | None
    content: Content


class Holdings(NamedTuple):
    """How much is kept for one owner, what waits to be really deleted included.

    ``members`` counts with how many he shares, over all his scenarios; ``memberships`` how many scenarios of
    others are shared with him. ``bytes`` is what is his own: a version that he saved in a scenario of
    somebody else is that one's.
    """

    drafts: int
    scenarios: int
    versions: int
    links: int
    bytes: int
    members: int = 0
    memberships: int = 0


def new_owner() -> str:
    """Return a new secret by which a browser is known: 256 random bits."""
    return secrets.token_urlsafe(32)
