"""Shared: what a link carries or leads to, to be read; what is open stays as it is."""

import streamlit as st

from components import keeping, session
from components.shared_result import (
    show_facts,
    show_numbers,
    show_picture,
    show_recommendation,
    show_rests_on,
)
from components.shared_source import Received, received
from components.text import plain
from orgmodel.errors import OrgModelError

session.need_frame("pages/shared.py")


def show_copy(found: Received) -> None:
    """Let the reader work on a copy where whoever shared it allows that."""
    if not found.copyable:
        st.caption(":material/lock: To be read only: whoever shared it has not allowed copies.")
    elif st.button("Work on a copy", icon=":material/edit:", type="primary", key="work-on-a-copy"):
        try:
            keeping.open_scenario(received(anew=True).scenario)
        except OrgModelError as error:  # taken back while it was looked at
            st.error(plain(str(error)))
            return
        st.session_state.scenario_said = (
            "This is your own copy now. If you had changed something before, it is kept among the older "
            "drafts."
        )
        st.switch_page("pages/scenarios.py")


def show() -> None:
    """Show what was shared, or why it cannot be shown and where to go on."""
    try:
        found = received()
    except OrgModelError as error:
        st.title("Shared with you", anchor=False)
        st.error(plain(str(error)))
        st.page_link("pages/start.py", label="To the start page", icon=":material/arrow_forward:")
        return
    show_facts(found.scenario, found.fields, found.about)
    show_copy(found)
    try:
        decision = show_numbers(found.scenario)
    except OrgModelError as error:
        st.info(plain(str(error)))
        decision = None
    if decision is not None:
        show_recommendation(decision)
    st.subheader("The chart", anchor=False)
    show_picture(found.scenario)
    st.subheader("What this rests on", anchor=False)
    show_rests_on(found.scenario)


show()
