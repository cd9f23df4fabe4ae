"""With whom a scenario is shared: people added by e-mail address, their roles, and the way out again."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components import keeping
from components.scenario_open import is_done
from components.scenario_roles import MAY
from components.scenario_when import day
from components.text import plain
from orgmodel.store import Kept, Member

_LONGEST_ADDRESS: Final = 254  # characters (RFC 5321, section 4.5.3.1.3, without the two brackets)
_ON_A_PAGE: Final = 10
_NOT_TOLD: Final = (
    "No message is sent from here: tell them that they find it on their page *Scenarios*, under *Shared with "
    "you*, once they have signed in with that address."
)


def show_members(kept: Kept) -> None:
    """Show who works on a scenario of one's own, and add, change and remove people."""
    members = keeping.attempt(lambda store: store.members(keeping.owner(), kept.id))
    if members is None:
        return
    st.markdown("**Work on it together**")
    pages = max(1, -(-len(members) // _ON_A_PAGE))
    here = st.session_state.get(f"members-page-{kept.id}", 1) if pages > 1 else 1
    for member in members[(here - 1) * _ON_A_PAGE : here * _ON_A_PAGE]:
        _show_member(kept, member)
    if pages > 1:
        st.pagination(pages, key=f"members-page-{kept.id}")
    if not members:
        st.caption("Nobody but you sees it.")
    with st.form(f"share-{kept.id}", border=False):
        columns = st.columns([2.1, 1.6, 0.7], vertical_alignment="bottom")
        columns[0].text_input(
            "E-mail address to add",
            max_chars=_LONGEST_ADDRESS,
            key=f"share-email-{kept.id}",
            placeholder="name@example.org",
        )
        columns[1].selectbox("Role", MAY, format_func=MAY.get, key=f"share-role-{kept.id}")
        columns[2].form_submit_button("Add", icon=":material/person_add:", on_click=_add, args=(kept,))
    st.caption(f"Only you can delete it and choose the people. {_NOT_TOLD}")


def _show_member(kept: Kept, member: Member) -> None:
    key = f"{kept.id}-{member.email}"
    words, role, button = st.columns([2.1, 1.6, 0.7], vertical_alignment="center")
    with words, st.container(gap=None):
        st.markdown(f":material/person: {plain(member.email)}")
        st.caption("Has signed in here" if member.known else f"Added {day(member.since)}, not signed in yet")
    field = f"role-{key}-{member.role}"  # so that it shows a role that was changed in another window
    role.selectbox(
        f"Role of {plain(member.email)}",
        MAY,
        list(MAY).index(member.role),
        format_func=MAY.get,
        key=field,
        label_visibility="collapsed",
        on_change=_change,
        args=(kept, member, field),
    )
    button.button(
        "Remove",
        type="tertiary",
        icon=":material/person_remove:",
        on_click=_remove,
        args=(kept, member),
        key=f"unshare-{key}",
    )


def _add(kept: Kept) -> None:
    state = st.session_state
    # In an address copied from this page stands the sign that keeps it from being a link.
    email = state[f"share-email-{kept.id}"].replace("\N{WORD JOINER}", "").strip()
    role = state[f"share-role-{kept.id}"]
    if email and is_done(lambda store: store.share(keeping.owner(), kept.id, email, role)):
        state[f"share-email-{kept.id}"] = ""
        state.scenario_said = (
            f"**{plain(kept.name)}** is shared with {plain(email)}, who {MAY[role].lower()}. {_NOT_TOLD}"
        )


def _change(kept: Kept, member: Member, field: str) -> None:
    role = st.session_state[field]
    if is_done(lambda store: store.share(keeping.owner(), kept.id, member.email, role)):
        st.session_state.scenario_said = f"From now on {plain(member.email)} {MAY[role].lower()}."


def _remove(kept: Kept, member: Member) -> None:
    if is_done(lambda store: store.unshare(keeping.owner(), kept.id, member.email)):
        st.session_state.scenario_said = (
            f"**{plain(kept.name)}** is no longer shared with {plain(member.email)}. Copies that were made "
            "before stay."
        )
