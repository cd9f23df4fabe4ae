"""Who works on a scenario together, and what each may do, in words."""

from __future__ import annotations

from typing import Final

from components.text import plain
from components.visitor import signed_in
from orgmodel.store import Kept

#: What somebody may do who shares a scenario of somebody else.
MAY: Final = {
    "viewer": "May look and copy",
    "editor": "May also save new versions",
}


def who(email: str) -> str:
    """Return who somebody is, harmless: the e-mail address, "you" for whoever is there, "" where unknown."""
    person = signed_in()
    if email and person is not None and person.email.casefold() == email.casefold():
        return "you"
    return plain(email)


def whose(kept: Kept) -> str:
    """Return whose a scenario is, with its name, harmless; only the name where it is one's own."""
    name = f"**{plain(kept.name)}**"
    return name if kept.role == "owner" else f"{name} of {who(kept.owner_email) or 'somebody else'}"


def may_save(kept: Kept) -> bool:
    """Return whether whoever is there may save versions of a scenario."""
    return kept.role != "viewer"
