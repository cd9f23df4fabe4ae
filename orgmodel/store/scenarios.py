"""Scenarios: what is kept on purpose, under a name, with every version there ever was."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, insert, select, update

from orgmodel.errors import NotKeptError
from orgmodel.store.content import Content, Kept, Version
from orgmodel.store.database import Database
from orgmodel.store.tables import scenarios, versions
from orgmodel.store.writing import (
    Written,
    content_of,
    digest,
    json_text,
    keep_blobs,
    known_id,
    owner_digest,
    reading,
    written,
)

_NONE: Final = "This scenario is not among what you have kept."
_NO_VERSION: Final = "This version is not among what you have kept."
_MOST: Final = 2**31  # numbers that a column can hold
_CONTENT: Final = ("name", "summary", "data", "chart", "source")


class Scenarios:
    """The part of a store that keeps scenarios."""

    _database: Database

    def save(
        self, owner: str, content: Content, scenario_id: str = "", *, note: str = "", save_id: str
    ) -> Version:
        """Keep a content as the next version of a scenario, or as a new scenario ("").

        ``save_id`` is drawn by the caller for each time somebody saves: asked again with the same one (the
        answer got lost on the way), the version that was made is returned and nothing is made twice.
        """
        new = written(content)
        scenario_id = known_id(scenario_id, _NONE)
        key = _save_key(owner, save_id)

        def work(connection: Connection) -> Version:
            made = _made(connection, key)
            if made is not None:
                return made
            keep_blobs(connection, new.blobs)
            if scenario_id:
                scenario = _mine(connection, owner, scenario_id, lock=True)
                return _append(connection, scenario.id, scenario.newest, new, note, key)
            return _begin(connection, owner, new, note, key)

        return self._database.write(work)

    def scenarios(self, owner: str) -> tuple[Kept, ...]:
        """Return all scenarios of an owner, the one saved last first."""
        return self._listed(owner, deleted=False)

    def deleted(self, owner: str) -> tuple[Kept, ...]:
        """Return the scenarios that were deleted and can still be had back, the one deleted last first."""
        return self._listed(owner, deleted=True)

    def versions(self, owner: str, scenario_id: str) -> tuple[Version, ...]:
        """Return all versions of a scenario, the newest first."""

        def work(connection: Connection) -> tuple[Version, ...]:
            scenario = _mine(connection, owner, scenario_id)
            chosen = _listed_versions().where(versions.c.scenario == scenario.id)
            return tuple(map(_version, connection.execute(chosen.order_by(versions.c.number.desc()))))

        return self._database.read(work)

    def content(self, owner: str, scenario_id: str, number: int | None = None) -> Content:
        """Return a version of a scenario, the newest without a number.

        The newest has the name that the scenario has now; an older one the name it was saved with.
        """

        def work(connection: Connection) -> Content:
            scenario = _mine(connection, owner, scenario_id)
            row = _row(connection, scenario, number, reading(versions))
            return content_of(row, json.loads(scenario.name) if row.number == scenario.newest else None)

        return self._database.read(work)

    def rename(self, owner: str, scenario_id: str, name: str) -> None:
        """Give a scenario another name; its versions keep theirs."""
        new_name = written(Content(name, {})).columns["name"]

        def work(connection: Connection) -> None:
            scenario = _mine(connection, owner, scenario_id, lock=True)
            connection.execute(update(scenarios).where(scenarios.c.id == scenario.id).values(name=new_name))

        self._database.write(work)

    def duplicate(self, owner: str, scenario_id: str, name: str) -> Kept:
        """Make a new scenario of the newest version of one."""
        new_name = written(Content(name, {})).columns["name"]

        def work(connection: Connection) -> Kept:
            scenario = _mine(connection, owner, scenario_id, lock=True)
            copy = _columns(_row(connection, scenario)) | {"name": new_name}
            note = f"Copy of {json.loads(scenario.name) or 'a scenario without a name'}"
            made = _begin(connection, owner, Written(copy, {}), note, _save_key(owner, ""))
            return Kept(made.scenario_id, made.name, made.summary, made.saved_at, versions=1)

        return self._database.write(work)

    def restore(self, owner: str, scenario_id: str, number: int, save_id: str) -> Version:
        """Append an earlier version again, as the newest one; the scenario keeps its name."""
        key = _save_key(owner, save_id)

        def work(connection: Connection) -> Version:
            made = _made(connection, key)
            if made is not None:
                return made
            scenario = _mine(connection, owner, scenario_id, lock=True)
            again = _columns(_row(connection, scenario, number)) | {"name": scenario.name}
            note = f"Version {number} again"
            return _append(connection, scenario.id, scenario.newest, Written(again, {}), note, key)

        return self._database.write(work)

    def delete(self, owner: str, scenario_id: str) -> None:
        """Delete a scenario. It can be had back for 30 days."""
        self._mark(owner, scenario_id, deleted_at=datetime.now(UTC))

    def undelete(self, owner: str, scenario_id: str) -> None:
        """Have a deleted scenario back."""
        self._mark(owner, scenario_id, deleted_at=None)

    def _mark(self, owner: str, scenario_id: str, *, deleted_at: datetime | None) -> None:
        def work(connection: Connection) -> None:
            scenario = _mine(connection, owner, scenario_id, lock=True, deleted=None)
            if (scenario.deleted_at is None) != (deleted_at is None):
                connection.execute(
                    update(scenarios).where(scenarios.c.id == scenario.id).values(deleted_at=deleted_at)
                )

        self._database.write(work)

    def _listed(self, owner: str, *, deleted: bool) -> tuple[Kept, ...]:
        newest = (versions.c.scenario == scenarios.c.id) & (versions.c.number == scenarios.c.newest)
        chosen = (
            select(scenarios, versions.c.summary, versions.c.saved_at)
            .join(versions, newest)
            .where(scenarios.c.owner == owner_digest(owner), scenarios.c.deleted_at.is_not(None) == deleted)
            .order_by(scenarios.c.deleted_at.desc(), versions.c.saved_at.desc(), scenarios.c.id)
        )
        rows = self._database.read(lambda connection: connection.execute(chosen).all())
        return tuple(
            Kept(
                row.id,
                json.loads(row.name),
                json.loads(row.summary),
                row.saved_at,
                row.newest,
                row.deleted_at,
            )
            for row in rows
        )


def _mine(
    connection: Connection, owner: str, scenario_id: str, *, lock: bool = False, deleted: bool | None = False
) -> Row[*tuple[Any, ...]]:
    """Return the row of a scenario of this owner; ``deleted`` is None where both will do."""
    chosen = select(scenarios).where(
        scenarios.c.id == known_id(scenario_id, _NONE), scenarios.c.owner == owner_digest(owner)
    )
    if deleted is not None:
        chosen = chosen.where(scenarios.c.deleted_at.is_not(None) == deleted)
    row = connection.execute(chosen.with_for_update() if lock else chosen).one_or_none()
    if row is None:
        raise NotKeptError(_NONE)
    return row


def _row(
    connection: Connection,
    scenario: Row[*tuple[Any, ...]],
    number: int | None = None,
    query: Select[*tuple[Any, ...]] | None = None,
) -> Row[*tuple[Any, ...]]:
    """Return the row of a version of a scenario."""
    number = scenario.newest if number is None else number
    if not 0 < number < _MOST:
        raise NotKeptError(_NO_VERSION)
    query = select(versions) if query is None else query
    row = connection.execute(
        query.where(versions.c.scenario == scenario.id, versions.c.number == number)
    ).one_or_none()
    if row is None:
        raise NotKeptError(_NO_VERSION)
    return row


def _columns(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {name: row._mapping[name] for name in _CONTENT}  # noqa: SLF001  # a public name of SQLAlchemy


def _save_key(owner: str, save_id: str) -> bytes:
    """Return what a save is known by: of two owners it is never the same."""
    return digest(json_text([owner, save_id or secrets.token_urlsafe(32)]))


def _made(connection: Connection, key: bytes) -> Version | None:
    """Return the version that a save has made already."""
    row = connection.execute(_listed_versions().where(versions.c.save_id == key)).one_or_none()
    return None if row is None else _version(row)


def _begin(connection: Connection, owner: str, new: Written, note: str, key: bytes) -> Version:
    """Write a new scenario and its first version."""
    row = {"id": secrets.token_urlsafe(12), "owner": owner_digest(owner), "newest": 0}
    connection.execute(insert(scenarios).values(row | {"name": new.columns["name"]}))
    return _append(connection, str(row["id"]), 0, new, note, key)


def _append(
    connection: Connection, scenario_id: str, newest: int, new: Written, note: str, key: bytes
) -> Version:
    """Write the next version of a scenario."""
    row = {
        "scenario": scenario_id,
        "number": newest + 1,
        "note": json_text(note),
        "saved_at": datetime.now(UTC),
        "save_id": key,
    }
    connection.execute(insert(versions).values(row | new.columns))
    connection.execute(
        update(scenarios)
        .where(scenarios.c.id == scenario_id)
        .values(newest=newest + 1, name=new.columns["name"])
    )
    made = _made(connection, key)
    assert made is not None  # noqa: S101  # it was written a moment ago
    return made


def _listed_versions() -> Select[*tuple[Any, ...]]:
    return select(
        versions.c.scenario,
        versions.c.number,
        versions.c.name,
        versions.c.note,
        versions.c.saved_at,
        versions.c.summary,
    )


def _version(row: Row[*tuple[Any, ...]]) -> Version:
    return Version(
        row.scenario,
        row.number,
        json.loads(row.name),
        json.loads(row.note),
        row.saved_at,
        json.loads(row.summary),
    )
