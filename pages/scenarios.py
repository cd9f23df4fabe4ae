"""Scenarios: save what is open under a name, open it again, go back to any version; nothing is lost."""

import streamlit as st

from components import keeping, session
from components.scenario_drafts import show_drafts
from components.scenario_files import show_scenario_file
from components.scenario_list import show_deleted, show_saved, show_shared
from components.scenario_open import show_open_scenario
from components.visitor import signed_in

session.need_frame("pages/scenarios.py")

st.title("Scenarios")
st.caption(
    "A scenario is all that a result rests on: the chart with your changes, where customer service goes, the "
    "answers, the assumptions, your notes. Every save is a version of its own; nothing is written over."
)
if said := st.session_state.pop("scenario_said", ""):
    st.success(said, icon=":material/check:")
here, files = st.columns([3, 2], gap="medium")
is_kept = keeping.store() is not None
saved = keeping.attempt(lambda store: store.scenarios(keeping.owner())) if is_kept else ()
is_shared = is_kept and signed_in() is not None
shared = (is_shared and keeping.attempt(lambda store: store.shared_with(keeping.owner()))) or ()
with here, st.container(border=True, height="stretch"):
    st.subheader("What is open", anchor=False)
    show_open_scenario(None if saved is None else (*saved, *shared))
with files, st.container(border=True, height="stretch"):
    st.subheader("As a file", anchor=False)
    show_scenario_file()
if is_kept and saved is not None:
    st.subheader("Saved", anchor=False)
    show_saved(saved)
    if is_shared:
        st.subheader("Shared with you", anchor=False)
        show_shared(shared, saved)
    show_deleted()
    show_drafts()
