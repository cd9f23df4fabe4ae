"""Who is signed in, in the sidebar, and the way out."""

from __future__ import annotations

import streamlit as st

from components.text import plain
from components.visitor import signed_in


def show_account() -> None:
    """Show who is signed in, and the button to sign out; nothing where nobody signs in."""
    person = signed_in()
    if person is None:
        return
    with st.sidebar, st.container(horizontal=True, vertical_alignment="center"):
        address = f"  \n:small[{plain(person.email)}]" if person.email not in {"", person.name} else ""
        st.markdown(f":material/account_circle: {plain(person.name)}{address}", width="stretch")
        st.button(
            "Sign out",
            type="tertiary",
            icon=":material/logout:",
            on_click=st.logout,
            key="sign-out",
            help="Also in your other windows. What is kept stays.",
        )
