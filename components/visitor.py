"""Who is there: somebody who signed in, or a browser."""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

import streamlit as st

from hosting.settings import settings


class Person(NamedTuple):
    """Somebody who signed in; ``email`` is empty where the provider has not verified it."""

    name: str
    email: str
    owner: str


def signed_in() -> Person | None:
    """Return who signed in; None where nobody does."""
    sign_in = settings().sign_in
    if sign_in is None or not st.user.is_logged_in:
        return None
    said = st.user.to_dict()
    # These two stay the same for ever (OpenID Connect Core 1.0, section 5.7); names and addresses do not.
    known_by = json.dumps([said.get("iss") or sign_in.metadata_url, str(said["sub"])])
    # Longer than the number of a browser, so that no cookie can say it.
    owner = f"signed in {hashlib.sha256(known_by.encode()).hexdigest()}"
    email = sign_in.verified_email(said)
    return Person(str(said.get("name") or said.get("email") or "Signed in"), email, owner)


def is_stranger() -> bool:
    """Return whether people must sign in here, and who is there has not."""
    return settings().sign_in is not None and not st.user.is_logged_in


def is_operator() -> bool:
    """Return whether who is there may see the operator's page."""
    person, known = signed_in(), settings()
    if known.sign_in is not None:
        return person is not None and bool(person.email) and person.email.lower() in known.operators
    return bool(st.session_state.get("is_operator"))
