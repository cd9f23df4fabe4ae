"""What is stored: what, where, how long, who sees it, and how to take it away or delete it."""

import streamlit as st

from components import keeping, session
from components.privacy_facts import show_cookie, show_limits, show_place, show_promises, show_what_where
from components.privacy_holdings import show_holdings, show_keep_nothing, show_take_away
from components.text import plain
from components.visitor import signed_in

session.need_frame("pages/privacy.py")

st.title("What is stored")
show_promises()
if said := st.session_state.pop("privacy_said", ""):
    st.success(said, icon=":material/check:")
if keeping.store() is None:
    why = plain(keeping.why_nothing())
    st.info(f"Nothing can be stored on this server, so nothing is. {why}", icon=":material/cloud_off:")
else:
    st.subheader("Kept for you" if signed_in() else "Kept for this browser", anchor=False)
    if (holdings := show_holdings()) is not None:
        show_take_away(holdings)
        show_keep_nothing()
st.subheader("What is stored, and how long", anchor=False)
show_what_where()
show_cookie()
st.subheader("Limits", anchor=False)
show_limits()
show_place()
