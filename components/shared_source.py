"""What a link carries or leads to, read once and kept while it is looked at."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final, NamedTuple

import streamlit as st

from components import keeping, session
from components.scenario_when import ago, day
from hosting.limits import check_boxes
from orgmodel.errors import LinkError
from orgmodel.scenarios import Fields, Scenario, unpack
from orgmodel.store import OpenedLink

#: Names in the address of a link: for what it carries itself, and for what is stored.
CARRIED: Final = "s"
STORED: Final = "link"
#: Where a scenario that a link carries says which fields were chosen.
FIELDS_SETTING: Final = "shared_fields"
_LOOK_AGAIN: Final = 60.0  # seconds, after which a link may have been taken back
_NOTHING: Final = "This page shows what somebody shared with you. Open the whole link that you were sent."
_NO_STORE: Final = (
    "This link leads to something that is stored, and nothing can be stored or read on this server just now."
)


class Received(NamedTuple):
    """A scenario somebody shared: what was chosen to be in it, whether it may be copied, what it is."""

    scenario: Scenario
    fields: tuple[str, ...]
    copyable: bool
    about: str


def received(*, anew: bool = False) -> Received:
    """Return what the address of this page leads to; read ``anew`` where it must not have been taken back.

    Raises
    ------
    OrgModelError
        With the sentence for the screen: altered, guessed, expired, taken back, too large.

    """
    query = st.query_params
    if token := query.get(STORED):
        return _stored(token, anew=anew)
    if text := query.get(CARRIED):
        return session.kept("carried", (text,), lambda: _carried(text))
    raise LinkError(_NOTHING)


def _carried(text: str) -> Received:
    scenario = unpack(text)
    check_boxes(len(scenario.organization))
    fields = _known(scenario.settings.get(FIELDS_SETTING, ()))
    return Received(scenario, fields, copyable=True, about="The link carries it; it is stored nowhere.")


def _stored(token: str, *, anew: bool) -> Received:
    """Return what a stored link leads to; a rerun does not count as another opening."""
    last = st.session_state.get("_link_opened")
    if anew or last is None or last[0] != token or time.monotonic() - last[1] > _LOOK_AGAIN:
        store = keeping.store()
        if store is None:
            raise LinkError(_NO_STORE)
        last = st.session_state["_link_opened"] = (token, time.monotonic(), store.opened_link(token))
    link: OpenedLink = last[2]
    scenario = session.kept("link_scenario", (link.content,), lambda: keeping.scenario_of(link.content))
    check_boxes(len(scenario.organization))
    until = f"open until {day(link.expires)}" if link.expires else "open until it is taken back"
    about = f"Shared {ago(link.created)}, {until}."
    return Received(scenario, _known(link.fields), link.copyable, about)


def _known(fields: object) -> tuple[str, ...]:
    """Return the fields there are; what a link says of itself may be anything."""
    said: Sequence[object] = fields if isinstance(fields, (list, tuple)) else ()
    return tuple(name for name in Fields._fields if name in said)
