"""What is stored: what, where, how long, who sees it, and how to take it away or delete it."""

import streamlit as st

from components import keeping, session
from components.privacy_facts import show_cookie, show_place, show_promises, show_what_where
from components.privacy_holdings import show_holdings, show_keep_nothing, show_take_away

session.need_frame("pages/privacy.py")

st.title("What is stored")
show_promises()
if said := st.session_state.pop("privacy_said", ""):
    st.success(said, icon=":material/check:")
st.subheader("Kept for this browser", anchor=False)
if keeping.store() is None:
    st.info("Nothing can be stored on this server, so nothing is. Save scenarios as files to keep them.")
elif (holdings := show_holdings()) is not None:
    show_take_away(holdings)
    show_keep_nothing()
st.subheader("What is stored, and how long", anchor=False)
show_what_where()
show_cookie()
show_place()
