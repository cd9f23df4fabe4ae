"""For the operator: how busy this server is, how large, how quick, and what went wrong."""

import streamlit as st

from components import session
from components.operator_facts import show_facts
from components.operator_key import may_see

session.need_frame("pages/operator.py")

st.title("For the operator")
if may_see():
    show_facts()
