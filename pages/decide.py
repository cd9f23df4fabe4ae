"""Decide: what the goals and this chart point to, against what, how sure, and what would turn it."""

import streamlit as st

from components import session
from components.comparison import show_comparison
from components.decide_answer import show_recommendation, show_two_answers
from components.decide_certainty import show_how_sure
from components.decide_claims import show_claims_of_placement, show_everybody
from components.history import show_changed
from components.service_choice import show_service_choice

session.need_frame("pages/decide.py")


def show() -> None:
    """Show the page, as far as there is something to show."""
    st.title("Decide")
    show_changed()
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
    show_everybody(decision)


show()
