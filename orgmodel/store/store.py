"""The store."""

from __future__ import annotations

from datetime import datetime
from time import monotonic
from typing import Self

from orgmodel.store.addresses import address
from orgmodel.store.belongings import Belongings
from orgmodel.store.database import Database
from orgmodel.store.drafts import Drafts
from orgmodel.store.limits import NO_LIMITS, Limits
from orgmodel.store.links import Links
from orgmodel.store.members import Members
from orgmodel.store.scenarios import Scenarios


class Store(Drafts, Scenarios, Members, Links, Belongings):
    """Drafts, scenarios and links of many owners, in SQLite or PostgreSQL.

    An owner is known by a secret (`new_owner`), of which only the SHA-256 digest is kept; each method takes
    it first and sees only what is that owner's, and the scenarios that others share with the e-mail address
    under which he signed in (`know`, `share`): a viewer looks at them and copies them, an editor also saves,
    renames and restores, the owner also shares and deletes. One store serves all threads of a process; any
    number of processes may use the same database.

    Attributes
    ----------
    kind : str
        "SQLite" or "PostgreSQL".
    place : str
        The file, or the host and the name of the database.

    Raises
    ------
    StoreAwayError, StoreFullError
        From every method, where the database cannot be reached or has no room. The store works again as soon
        as the database does.
    NotKeptError
        From every method, for an id of nothing, or of something of somebody else.
    NotAllowedError
        From every method about a scenario of somebody else that is shared, but not for this.
    TooMuchKeptError
        From every method that keeps more than before, where the limits of the store do not allow it.

    Examples
    --------
    >>> import tempfile
    >>> from orgmodel.store import Content, Store, new_owner
    >>> folder = tempfile.TemporaryDirectory()
    >>> store, me = Store.open(f"sqlite:///{folder.name}/kept.sqlite3"), new_owner()
    >>> first = store.save(me, Content("Plan", {"placement": "COO"}, b"chart"), save_id="1")
    >>> other = Content("Plan B", {"placement": "CSO"}, b"chart")
    >>> second = store.save(me, other, first.scenario_id, save_id="2")
    >>> store.content(me, first.scenario_id, 1).data
    {'placement': 'COO'}
    >>> [(kept.name, kept.versions) for kept in store.scenarios(me)]
    [('Plan B', 2)]
    >>> store.close(); folder.cleanup()

    """

    def __init__(self, database: Database, limits: Limits = NO_LIMITS) -> None:
        self._database, self._limits = database, limits
        self._unclear: dict[bytes, frozenset[datetime]] = {}
        self._next_tidying = monotonic()
        database.after_writing = self._tidy_sometimes
        self.kind, self.place = database.kind, database.place

    @classmethod
    def open(cls, url: str | None = None, *, limits: Limits = NO_LIMITS) -> Self:
        """Return the store of an address, of ``ORGMODEL_DATABASE_URL``, or of the project's own file.

        ``limits`` is what one owner may keep, as all processes on one database should say alike. Nothing is
        read or written before the first use, so a database that is away does no harm here.

        Raises
        ------
        StoreError
            If the address is none.

        """
        return cls(Database(address(url)), limits)

    def close(self) -> None:
        """Close all connections."""
        self._database.close()
