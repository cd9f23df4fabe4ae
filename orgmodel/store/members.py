"""Members: with whom a scenario is shared, by the e-mail address under which he signs in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from sqlalchemy import Connection, delete, func, insert, select, update

from orgmodel.errors import NotAllowedError, StoreError
from orgmodel.store.content import Kept, Member, Role
from orgmodel.store.database import Database
from orgmodel.store.listing import kept, listed_scenarios
from orgmodel.store.people import email_address, email_digest, email_of, own_address
from orgmodel.store.roles import scenario_and_role, scenario_for
from orgmodel.store.tables import members, people, scenarios, versions
from orgmodel.store.writing import owner_digest

MOST_MEMBERS: Final = 1_000  # of one scenario
_ROLES: Final = ("viewer", "editor")
_SEEN_EVERY: Final = timedelta(days=1)
_YOURSELF: Final = "{} is your own address: this scenario is yours already."
_TOO_MANY: Final = f"A scenario can be shared with at most {MOST_MEMBERS:,} people."


class Members:
    """The part of a store that knows who signed in, and with whom he shares."""

    _database: Database

    def know(self, owner: str, email: str) -> None:
        """Note that an owner has signed in, and under which address; "" where he has shown none.

        An address belongs to who signed in with it last: companies hand them on. What was shared with it is
        his then, and no longer that of who had it before.

        Raises
        ------
        StoreError
            If the address is none, or only looks like another one.

        """
        name, address = owner_digest(owner), own_address(email)
        key = email_digest(address) if address else None
        now = datetime.now(UTC)
        found = self._database.read(
            lambda connection: connection.execute(select(people).where(people.c.owner == name)).one_or_none()
        )
        if found is None and key is None:
            return
        if found is not None and found.email_digest == key and found.seen > now - _SEEN_EVERY:
            return

        def work(connection: Connection) -> None:
            if key is not None:
                others = (people.c.email_digest == key) & (people.c.owner != name)
                connection.execute(update(people).where(others).values(email_digest=None))
            values = {"email_digest": key, "seen": now} | ({"email": address} if address else {})
            changed = connection.execute(update(people).where(people.c.owner == name).values(values))
            if key is not None and not changed.rowcount:
                connection.execute(insert(people).values(values | {"owner": name}))

        self._database.write(work)

    def share(self, owner: str, scenario_id: str, email: str, role: Literal["viewer", "editor"]) -> None:
        """Let somebody see a scenario, or change it too; again with another role changes his role.

        He need not have signed in yet: it is there when he does.

        Raises
        ------
        StoreError
            If the address is none, or the owner's own.

        """
        address = email_address(email)
        key = email_digest(address)
        if role not in _ROLES:
            raise StoreError(f'A scenario is shared with viewers and editors; "{role}" is neither.')

        def work(connection: Connection) -> None:
            scenario = scenario_for(connection, owner, scenario_id, "rule", lock=True)
            if email_of(connection, scenario.owner) == key:
                raise StoreError(_YOURSELF.format(address))
            his = (members.c.scenario == scenario.id) & (members.c.email_digest == key)
            if connection.execute(update(members).where(his).values(role=role)).rowcount:
                return
            many = select(func.count()).where(members.c.scenario == scenario.id)
            if (connection.scalar(many) or 0) >= MOST_MEMBERS:
                raise StoreError(_TOO_MANY)
            row = {"scenario": scenario.id, "email_digest": key, "email": address, "role": role}
            connection.execute(insert(members).values(row | {"since": datetime.now(UTC)}))

        self._database.write(work)

    def unshare(self, owner: str, scenario_id: str, email: str) -> None:
        """Let somebody see a scenario no longer; a member can do so for himself.

        With whom it is not shared, it is not shared already.
        """
        key = email_digest(email_address(email))

        def work(connection: Connection) -> None:
            scenario, role = scenario_and_role(connection, owner, scenario_id, lock=True)
            if role != "owner" and email_of(connection, owner_digest(owner)) != key:
                raise NotAllowedError("Only the owner of this scenario may take it away from somebody else.")
            connection.execute(
                delete(members).where(members.c.scenario == scenario.id, members.c.email_digest == key)
            )

        self._database.write(work)

    def members(self, owner: str, scenario_id: str) -> tuple[Member, ...]:
        """Return with whom a scenario is shared, by address."""

        def work(connection: Connection) -> tuple[Member, ...]:
            scenario = scenario_for(connection, owner, scenario_id, "rule")
            rows = connection.execute(
                select(members, people.c.owner)
                .outerjoin(people, people.c.email_digest == members.c.email_digest)
                .where(members.c.scenario == scenario.id)
                .order_by(members.c.email)
            )
            # Who shared with an address and signed in with it later is no member of what is his own.
            return tuple(
                Member(row.email, row.role, row.since, known=row.owner is not None)
                for row in rows
                if row.owner != scenario.owner
            )

        return self._database.read(work)

    def shared_with(self, owner: str) -> tuple[Kept, ...]:
        """Return the scenarios of others that an owner may see, the one saved last first."""
        name, me, whose = owner_digest(owner), people.alias("me"), people.alias("whose")
        chosen = (
            listed_scenarios()
            .add_columns(members.c.role, func.coalesce(whose.c.email, "").label("owner_email"))
            .join(members, members.c.scenario == scenarios.c.id)
            .join(me, me.c.email_digest == members.c.email_digest)
            .outerjoin(whose, whose.c.owner == scenarios.c.owner)
            .where(me.c.owner == name, scenarios.c.owner != name, scenarios.c.deleted_at.is_(None))
            .order_by(versions.c.saved_at.desc(), scenarios.c.id)
        )
        rows = self._database.read(lambda connection: connection.execute(chosen).all())
        return tuple(kept(row, row.role, row.owner_email) for row in rows)

    def role(self, owner: str, scenario_id: str) -> Role:
        """Return the role of an owner in a scenario."""
        return self._database.read(lambda connection: scenario_and_role(connection, owner, scenario_id)[1])
