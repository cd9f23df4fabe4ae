"""How much an owner keeps, and whether he may keep more.

To add up all that somebody keeps takes longer than to save a draft. So there is a tally for each owner: a
number that what he keeps does not exceed. A save adds to it what it may have added, nothing is ever taken
off it, and only where it passes the limit is all added up, after which the tally is exact again. The row of
the tally is locked until the end of the transaction: who else writes for the same owner waits, and counts
what was written before. Tidying drops the tallies, so that one that fell behind (a server without limits
writes none) is right again an hour later.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, func, select, text, union, update

from orgmodel.errors import TooMuchKeptError
from orgmodel.store.limits import Limits
from orgmodel.store.tables import blobs, drafts, links, scenarios, tallies, versions
from orgmodel.store.writing import size_in_row
from orgmodel.wording import counted

_HOUR: Final = timedelta(hours=1)
_NEVER_COUNTED: Final = 2**62  # passes every limit
_ADD: Final = text(
    "INSERT INTO tallies (owner, bytes) VALUES (:owner, :never) "
    "ON CONFLICT (owner) DO UPDATE SET bytes = tallies.bytes + :more RETURNING bytes"
)
_MINE: Final = (
    "With this you would keep {kept} here, and at most {most} may be kept. Download what you need as files, "
    "then delete older drafts, links or scenarios; the page What is stored shows what there is."
)
_SOMEBODYS: Final = (
    "The owner of this scenario keeps as much as may be kept ({most}), so it takes no further version. Save "
    "what is open as another scenario, or as a file."
)


def parts_of(owner: bytes) -> tuple[tuple[Table[Any], ColumnElement[bool]], ...]:
    """Return the tables that hold what an owner keeps, and which rows are his."""
    his_versions = versions.c.scenario.in_(select(scenarios.c.id).where(scenarios.c.owner == owner))
    return (drafts, drafts.c.owner == owner), (versions, his_versions), (links, links.c.owner == owner)


def kept_bytes(connection: Connection, owner: bytes) -> int:
    """Return how much is kept for an owner; what several rows name is counted once."""
    mine = parts_of(owner)
    named = union(*(select(column).where(his) for t, his in mine for column in (t.c.chart, t.c.source)))
    sums = [select(func.sum(size_in_row(table))).where(his) for table, his in mine]
    sums.append(select(func.sum(func.length(blobs.c.data))).where(blobs.c.digest.in_(named)))
    found = connection.execute(select(*(one.scalar_subquery() for one in sums))).one()
    return sum(int(number or 0) for number in found)


def check_room(
    connection: Connection, limits: Limits, owner: bytes, more: int | None = None, *, is_mine: bool = True
) -> None:
    """Refuse what was written for an owner if he keeps more than he may; called last in its transaction.

    Parameters
    ----------
    connection
        That of the transaction, which is undone where this raises.
    limits
        What he may keep.
    owner
        The digest of who keeps it.
    more
        How much may have been added at most; None where all is to be added up.
    is_mine
        Whether he is the one who writes.

    Raises
    ------
    TooMuchKeptError
        If he keeps too much.

    """
    if not limits.kept_bytes or (more is not None and more <= 0):
        return
    bound = _locked_tally(connection, owner, more or 0)
    if more is not None and bound <= limits.kept_bytes:
        return
    kept = kept_bytes(connection, owner)
    if kept > limits.kept_bytes:
        sentence = _MINE if is_mine else _SOMEBODYS
        raise TooMuchKeptError(sentence.format(kept=_size(kept), most=_size(limits.kept_bytes)))
    connection.execute(update(tallies).where(tallies.c.owner == owner).values(bytes=kept))


def check_links(connection: Connection, limits: Limits, owner: bytes) -> None:
    """Refuse a link that was made for an owner if he made too many within an hour.

    Raises
    ------
    TooMuchKeptError
        If that is so.

    """
    most = limits.links_per_hour
    if not most:
        return
    _locked_tally(connection, owner, 0)
    now = datetime.now(UTC)
    newest = select(links.c.created).where(links.c.owner == owner, links.c.created > now - _HOUR)
    made = connection.scalars(newest.order_by(links.c.created.desc()).limit(most + 1)).all()
    if len(made) > most:
        # Another one can be made when the oldest of the last ones, without this one, is an hour old.
        minutes = max(1, math.ceil((made[most] + _HOUR - now) / timedelta(minutes=1)))
        many, wait = counted(most, "link"), counted(minutes, "minute")
        raise TooMuchKeptError(
            f"You have made {many} within an hour; that is as many as can be made. Try again in {wait}."
        )


def _locked_tally(connection: Connection, owner: bytes, more: int) -> int:
    values = {"owner": owner, "never": _NEVER_COUNTED, "more": more}
    return int(connection.execute(_ADD, values).scalar_one())


def _size(number: int) -> str:
    """Return a size as people read it, rounded up: what is above a limit does not look like it.

    >>> _size(999), _size(250_000), _size(1_000_000_000), _size(1_000_000_001)
    ('999 bytes', '250 KB', '1,000.0 MB', '1,000.1 MB')
    """
    if number < 1_000:  # noqa: PLR2004  # a kilobyte
        return f"{number} bytes"
    if number < 1_000_000:  # noqa: PLR2004  # a megabyte
        return f"{math.ceil(number / 1e3)} KB"
    return f"{math.ceil(number / 1e5) / 10:,.1f} MB"
