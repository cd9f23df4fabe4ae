"""Goals: what customer service shall achieve, asked in two minutes, and what follows from it."""

import streamlit as st

from components import session
from components.given import show_given
from components.questionnaire import show_goals, show_home, show_way_on
from components.questionnaire_file import show_answers_file
from components.questionnaire_results import show_what_follows

session.need_frame("pages/goals.py")

st.title("Goals", anchor=False)
st.markdown(
    "What shall customer service achieve? Two minutes; skip what you like. Which place is best depends on it."
)
show_given()
with st.container(border=True):
    show_home()
show_goals()
show_way_on("below")
with st.expander("**What follows from your answers**, and what can be set by hand", icon=":material/rule:"):
    show_what_follows()
show_answers_file()
