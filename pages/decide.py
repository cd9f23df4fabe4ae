"""Decide: what the goals and this chart point to, against what, how sure, and what would turn it."""

import streamlit as st

from components import session
from components.comparison import show_all_numbers, show_comparison
from components.decide_answer import show_recommendation, show_two_answers
from components.decide_certainty import show_how_sure, show_what_turns_it
from components.decide_claims import show_claims_of_placement, show_possible_bosses
from components.given import show_given
from components.history import show_changed
from components.service_choice import show_service_choice

session.need_frame("pages/decide.py")


def show() -> None:
    """Show the page, as far as there is something to show."""
    st.title("Decide", anchor=False)
    show_changed()
    show_given()
    decision = session.decision()
    if decision is None:
        if not session.unit():
            st.info("Say first which node is customer service.")
            show_service_choice()
        return
    show_recommendation(decision)
    show_two_answers(decision)
    show_comparison(decision)
    show_how_sure(decision)
    show_claims_of_placement(decision)
    st.subheader("Look closer", anchor=False)
    show_what_turns_it(decision)
    show_all_numbers(decision)
    show_possible_bosses(decision)


show()
