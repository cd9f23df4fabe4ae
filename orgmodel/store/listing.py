"""What lists show of scenarios and versions, read without their content."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Row, Select, func, select

from orgmodel.store.content import Kept, Role, Version
from orgmodel.store.tables import people, scenarios, versions

_SAVER = people.alias("saver")
_SAVED_BY = func.coalesce(_SAVER.c.email, "").label("saved_by")


def listed_scenarios() -> Select[*tuple[Any, ...]]:
    """Return the query for rows of `kept`."""
    newest = (versions.c.scenario == scenarios.c.id) & (versions.c.number == scenarios.c.newest)
    return (
        select(scenarios, versions.c.summary, versions.c.saved_at, _SAVED_BY)
        .join(versions, newest)
        .outerjoin(_SAVER, _SAVER.c.owner == versions.c.saved_by)
    )


def kept(row: Row[*tuple[Any, ...]], role: Role = "owner", owner_email: str = "") -> Kept:
    """Return a scenario as lists show it to somebody in a role."""
    return Kept(
        row.id,
        json.loads(row.name),
        json.loads(row.summary),
        row.saved_at,
        row.newest,
        row.deleted_at,
        role,
        owner_email,
        row.saved_by,
    )


def listed_versions() -> Select[*tuple[Any, ...]]:
    """Return the query for rows of `version`."""
    return select(
        versions.c.scenario,
        versions.c.number,
        versions.c.name,
        versions.c.note,
        versions.c.saved_at,
        versions.c.summary,
        _SAVED_BY,
    ).outerjoin_from(versions, _SAVER, _SAVER.c.owner == versions.c.saved_by)


def version(row: Row[*tuple[Any, ...]]) -> Version:
    """Return a version as lists show it."""
    return Version(
        row.scenario,
        row.number,
        json.loads(row.name),
        json.loads(row.note),
        row.saved_at,
        json.loads(row.summary),
        row.saved_by,
    )
