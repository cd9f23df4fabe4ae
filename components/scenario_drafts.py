"""Older drafts: other windows, work before a reload or a crash, what was open before something else."""

from __future__ import annotations

import streamlit as st

from components import keeping, session
from components.scenario_list import facts
from components.scenario_when import ago
from components.text import plain
from orgmodel.errors import StoreError

_MOST = 20


def show_drafts() -> None:
    """Show the drafts besides that of what is open."""
    here = keeping.draft()
    drafts = keeping.attempt(lambda store: store.drafts(keeping.owner())) or ()
    older = [kept for kept in drafts if here is None or kept.id != here.id]
    if not older:
        return
    st.subheader("Older drafts", anchor=False)
    st.caption(
        "What was open before something else, in other windows, or when a window was closed. Each is kept "
        "until nobody has touched it for 30 days."
    )
    for kept in older[:_MOST]:
        with st.container(border=True):
            words, button = st.columns([1.9, 1], vertical_alignment="center")
            with words, st.container(gap=None):
                st.markdown(f"**{plain(kept.name)}**")
                st.caption(f"{facts(kept.summary)} · {ago(kept.saved_at)}")
            button.button(
                "Continue",
                icon=":material/play_arrow:",
                on_click=_continue,
                args=(kept.id, kept.name),
                key=f"continue-{kept.id}",
            )
    if len(older) > _MOST:
        st.caption(f"The newest {_MOST} of {len(older)}.")


def show_way_back() -> None:
    """Offer the newest draft to somebody who has just come and done nothing yet."""
    store = keeping.store()
    if store is None or not session.is_untouched():
        return
    try:
        newest = next(iter(store.drafts(keeping.owner())), None)
    except StoreError:
        return
    if newest is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/history: Last time you worked on **{plain(newest.name)}**  \n"
            f":small[{facts(newest.summary)} · {ago(newest.saved_at)}]",
            width="stretch",
        )
        st.button(
            "Go on with it",
            icon=":material/play_arrow:",
            on_click=keeping.continue_draft,
            args=(newest.id,),
            key="go-on",
        )
        st.page_link("pages/scenarios.py", label="Everything that is kept", icon=":material/save:")


def _continue(draft_id: str, name: str) -> None:
    if keeping.continue_draft(draft_id):
        st.session_state.scenario_said = (
            f"You go on with **{plain(name)}**. What was open before is kept among the older drafts."
        )
