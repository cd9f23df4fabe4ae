"""Who may do what with a scenario.

========  ================================================================================
role      may
========  ================================================================================
viewer    look at it, with all its versions; make a copy of his own; leave it
editor    that, and save, rename and restore
owner     that, and share, delete and put back
========  ================================================================================

Whoever has no role is told that there is no such scenario. So is a member where its owner has deleted it.
"""

from __future__ import annotations

from typing import Any, Final, Literal, cast

from sqlalchemy import Connection, Row, select

from orgmodel.errors import NotAllowedError, NotKeptError
from orgmodel.store.content import Role
from orgmodel.store.tables import members, people, scenarios
from orgmodel.store.writing import known_id, owner_digest

Deed = Literal["look", "change", "rule"]

NONE: Final = "This scenario is not among what you have kept."
_MAY: Final[dict[Deed, frozenset[Role]]] = {
    "look": frozenset({"viewer", "editor", "owner"}),
    "change": frozenset({"editor", "owner"}),
    "rule": frozenset({"owner"}),
}
_REFUSED: Final[dict[Deed, str]] = {
    "look": NONE,
    "change": (
        "You may look at this scenario, but not change it. Duplicate it, or save what is open as another "
        "scenario: that one is yours."
    ),
    "rule": "Only its owner may delete this scenario, put it back, or say who else may see it.",
}


def scenario_for(
    connection: Connection,
    owner: str,
    scenario_id: str,
    deed: Deed,
    *,
    lock: bool = False,
    deleted: bool | None = False,
) -> Row[*tuple[Any, ...]]:
    """Return the row of a scenario with which this owner may do something.

    ``deleted`` is whether its owner looks for it among those he deleted, None where both will do.

    Raises
    ------
    NotAllowedError
        If his role does not allow it.
    NotKeptError
        If he has none.

    """
    row, role = scenario_and_role(connection, owner, scenario_id, lock=lock, deleted=deleted)
    if role not in _MAY[deed]:
        raise NotAllowedError(_REFUSED[deed])
    return row


def scenario_and_role(
    connection: Connection, owner: str, scenario_id: str, *, lock: bool = False, deleted: bool | None = False
) -> tuple[Row[*tuple[Any, ...]], Role]:
    """Return the row of a scenario, and the role of an owner in it.

    Raises
    ------
    NotKeptError
        If he has none.

    """
    name = owner_digest(owner)
    chosen = select(scenarios).where(scenarios.c.id == known_id(scenario_id, NONE))
    row = connection.execute(chosen.with_for_update() if lock else chosen).one_or_none()
    if row is None:
        raise NotKeptError(NONE)
    if row.owner == name:
        if deleted is None or (row.deleted_at is not None) == deleted:
            return row, "owner"
        raise NotKeptError(NONE)
    # Asked for after the lock was given: sharing takes the same one, so what is read here holds to the end.
    role = connection.scalar(
        select(members.c.role)
        .join(people, people.c.email_digest == members.c.email_digest)
        .where(members.c.scenario == row.id, people.c.owner == name)
    )
    if role is None or row.deleted_at is not None:
        raise NotKeptError(NONE)
    return row, cast("Role", role)
