"""Goals: what customer service shall achieve, asked in two minutes, and what follows from it."""

import streamlit as st

from components import session
from components.questionnaire import show_goals, show_home
from components.questionnaire_file import show_answers_file
from components.questionnaire_results import show_what_follows

session.need_frame("pages/goals.py")

st.title("Goals")
st.markdown(
    "What shall customer service achieve? Two minutes; skip what you like. Which place is best depends on it."
)
with st.container(border=True):
    show_home()
show_goals()
st.page_link("pages/decide.py", label="See where customer service should report", icon=":material/balance:")
show_what_follows()
show_answers_file()
