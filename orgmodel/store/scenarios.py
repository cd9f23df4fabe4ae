"""Scenarios: what is kept on purpose, under a name, with every version there ever was."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from orgmodel.errors import NotKeptError
from orgmodel.store.content import Content, Kept, Version
from orgmodel.store.database import Database
from orgmodel.store.limits import Limits
from orgmodel.store.listing import kept, listed_scenarios, listed_versions, version
from orgmodel.store.roles import NONE, scenario_for
from orgmodel.store.room import check_room
from orgmodel.store.tables import scenarios, versions
from orgmodel.store.writing import (
    Written,
    content_of,
    digest,
    drop_unused,
    json_text,
    keep_blobs,
    known_id,
    owner_digest,
    reading,
    written,
)

_NO_VERSION: Final = "This version is not among what you have kept."
_MOST: Final = 2**31  # numbers that a column can hold
_CONTENT: Final = ("name", "summary", "data", "chart", "source")


class Scenarios:
    """The part of a store that keeps scenarios."""

    _database: Database
    _limits: Limits

    def save(
        self, owner: str, content: Content, scenario_id: str = "", *, note: str = "", save_id: str
    ) -> Version:
        """Keep a content as the next version of a scenario, or as a new scenario ("").

        ``save_id`` is drawn by the caller for each time somebody saves: asked again with the same one (the
        answer got lost on the way), the version that was made is returned and nothing is made twice.
        """
        new = written(content)
        scenario_id = known_id(scenario_id, NONE)
        key = _save_key(owner, save_id)

        def work(connection: Connection) -> Version:
            made = _made(connection, key)
            if made is not None:
                return made
            keep_blobs(connection, new.blobs)
            if scenario_id:
                scenario = scenario_for(connection, owner, scenario_id, "change", lock=True)
                return self._append(connection, owner, scenario, new, note, key)
            return self._begin(connection, owner, new, note, key)

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
            scenario = scenario_for(connection, owner, scenario_id, "look")
            chosen = listed_versions().where(versions.c.scenario == scenario.id)
            return tuple(map(version, connection.execute(chosen.order_by(versions.c.number.desc()))))

        return self._database.read(work)

    def content(self, owner: str, scenario_id: str, number: int | None = None) -> Content:
        """Return a version of a scenario, the newest without a number.

        The newest has the name that the scenario has now; an older one the name it was saved with.
        """

        def work(connection: Connection) -> Content:
            scenario = scenario_for(connection, owner, scenario_id, "look")
            row = _row(connection, scenario, number, reading(versions))
            return content_of(row, json.loads(scenario.name) if row.number == scenario.newest else None)

        return self._database.read(work)

    def rename(self, owner: str, scenario_id: str, name: str) -> None:
        """Give a scenario another name; its versions keep theirs."""
        new_name = written(Content(name, {})).columns["name"]

        def work(connection: Connection) -> None:
            scenario = scenario_for(connection, owner, scenario_id, "change", lock=True)
            connection.execute(update(scenarios).where(scenarios.c.id == scenario.id).values(name=new_name))

        self._database.write(work)

    def duplicate(self, owner: str, scenario_id: str, name: str) -> Kept:
        """Make a new scenario of the newest version of one; it is the own one of whoever does so."""
        new_name = written(Content(name, {})).columns["name"]

        def work(connection: Connection) -> Kept:
            scenario = scenario_for(connection, owner, scenario_id, "look", lock=True)
            copy = _columns(_row(connection, scenario)) | {"name": new_name}
            note = f"Copy of {json.loads(scenario.name) or 'a scenario without a name'}"
            made = self._begin(connection, owner, Written(copy, {}), note, _save_key(owner, ""))
            return Kept(
                made.scenario_id,
                made.name,
                made.summary,
                made.saved_at,
                versions=1,
                saved_by=made.saved_by,
            )

        return self._database.write(work)

    def restore(self, owner: str, scenario_id: str, number: int, save_id: str) -> Version:
        """Append an earlier version again, as the newest one; the scenario keeps its name."""
        key = _save_key(owner, save_id)

        def work(connection: Connection) -> Version:
            made = _made(connection, key)
            if made is not None:
                return made
            scenario = scenario_for(connection, owner, scenario_id, "change", lock=True)
            again = _columns(_row(connection, scenario, number)) | {"name": scenario.name}
            note = f"Version {number} again"
            return self._append(connection, owner, scenario, Written(again, {}), note, key)

        return self._database.write(work)

    def delete(self, owner: str, scenario_id: str) -> None:
        """Delete a scenario. It can be had back for 30 days."""
        self._mark(owner, scenario_id, deleted_at=datetime.now(UTC))

    def undelete(self, owner: str, scenario_id: str) -> None:
        """Have a deleted scenario back."""
        self._mark(owner, scenario_id, deleted_at=None)

    def erase(self, owner: str, scenario_id: str) -> None:
        """Delete a scenario that was deleted before, with all its versions, for good."""

        def work(connection: Connection) -> None:
            scenario = scenario_for(connection, owner, scenario_id, "rule", lock=True, deleted=True)
            named = select(versions.c.chart, versions.c.source).where(versions.c.scenario == scenario.id)
            parts = {part for row in connection.execute(named) for part in row}
            forget_scenarios(connection, [scenario.id])
            drop_unused(connection, parts)

        self._database.write(work)
        self._database.give_back_room()

    def _mark(self, owner: str, scenario_id: str, *, deleted_at: datetime | None) -> None:
        def work(connection: Connection) -> None:
            scenario = scenario_for(connection, owner, scenario_id, "rule", lock=True, deleted=None)
            if (scenario.deleted_at is None) != (deleted_at is None):
                connection.execute(
                    update(scenarios).where(scenarios.c.id == scenario.id).values(deleted_at=deleted_at)
                )

        self._database.write(work)

    def _listed(self, owner: str, *, deleted: bool) -> tuple[Kept, ...]:
        chosen = (
            listed_scenarios()
            .where(scenarios.c.owner == owner_digest(owner), scenarios.c.deleted_at.is_not(None) == deleted)
            .order_by(scenarios.c.deleted_at.desc(), versions.c.saved_at.desc(), scenarios.c.id)
        )
        return tuple(map(kept, self._database.read(lambda connection: connection.execute(chosen).all())))

    def _begin(self, connection: Connection, owner: str, new: Written, note: str, key: bytes) -> Version:
        """Write a new scenario and its first version."""
        row = {"id": secrets.token_urlsafe(12), "owner": owner_digest(owner), "newest": 0}
        begun = insert(scenarios).values(row | {"name": new.columns["name"]}).returning(scenarios)
        return self._append(connection, owner, connection.execute(begun).one(), new, note, key)

    def _append(
        self,
        connection: Connection,
        owner: str,
        scenario: Row[*tuple[Any, ...]],
        new: Written,
        note: str,
        key: bytes,
    ) -> Version:
        """Write the next version of a scenario, which ``owner`` saves."""
        row = {
            "scenario": scenario.id,
            "number": scenario.newest + 1,
            "note": json_text(note),
            "saved_at": datetime.now(UTC),
            "save_id": key,
            "saved_by": owner_digest(owner),
        }
        connection.execute(insert(versions).values(row | new.columns))
        connection.execute(
            update(scenarios)
            .where(scenarios.c.id == scenario.id)
            .values(newest=row["number"], name=new.columns["name"])
        )
        check_room(connection, self._limits, scenario.owner, is_mine=scenario.owner == row["saved_by"])
        made = _made(connection, key)
        assert made is not None  # noqa: S101  # it was written a moment ago
        return made


def forget_scenarios(connection: Connection, ids: list[str]) -> None:
    """Delete scenarios with all their versions; their members go along."""
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        connection.execute(delete(versions).where(versions.c.scenario.in_(some)))
        connection.execute(delete(scenarios).where(scenarios.c.id.in_(some)))


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
    row = connection.execute(listed_versions().where(versions.c.save_id == key)).one_or_none()
    return None if row is None else version(row)
