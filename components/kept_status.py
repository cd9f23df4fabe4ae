"""Whether what is open is kept, in the sidebar."""

from __future__ import annotations

import streamlit as st

from components import keeping
from components.text import plain

_AGAIN = 2.0  # seconds
_AT_ONCE = 0.2


def show_said() -> None:
    """Say above the page what is to be said once about the work that the address named."""
    if said := st.session_state.get("said"):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/info: {said}", width="stretch")
            st.button("Understood", on_click=_understood, key="said-understood", type="tertiary")


def show_kept() -> None:
    """Say what is kept, and why not where it is not; have the browser remember whose it is."""
    state = st.session_state
    with st.sidebar:
        keeping.hold_browser()
        if saved := keeping.saved_as():
            changed = " Changed since." if keeping.changed_since_saved() else ""
            st.caption(f"Saved as **{plain(saved[2])}**, version {saved[1]}.{changed}")
        if why := keeping.why_nothing():
            st.caption(f":material/cloud_off: Nothing is kept: {plain(why)}")
        elif state.get("cookie_refused"):
            st.caption(
                ":material/cloud_off: This browser keeps no cookies for this page, so it is not known again: "
                "download what you need on the page *Scenarios*."
            )
        elif keeping.draft() is not None:
            if not keeping.is_kept(_AT_ONCE):
                _show_waiting()
            else:
                st.caption(":material/cloud_done: Kept as a draft: a reload loses nothing.")


def _understood() -> None:
    st.session_state.said = ""


@st.fragment(run_every=_AGAIN)
def _show_waiting() -> None:
    """Say that something is not kept yet until it is."""
    draft = keeping.draft()
    if draft is None or not draft.waiting:
        st.session_state.fault_told = False
        st.rerun()  # says so, and runs no more by itself
    elif draft.fault is not None:
        if not st.session_state.get("fault_told"):  # the sidebar may be closed, or longer than the window
            st.session_state.fault_told = True
            st.toast(f"Not kept yet: {plain(str(draft.fault))}", icon=":material/cloud_off:", duration="long")
        st.warning(f"Not kept yet: {plain(str(draft.fault))} It is tried again.", icon=":material/cloud_off:")
    else:
        st.caption(":material/cloud_upload: Being kept as a draft ...")
