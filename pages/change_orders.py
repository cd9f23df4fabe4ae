"""Change orders: what becomes of a change that operations contest, by placement and by policy."""

import streamlit as st

from components import session
from components.change_orders_answers import show_answers
from components.change_orders_choice import show_setting
from components.change_orders_replay import show_replay
from components.change_orders_study import last_study, show_study
from components.history import show_changed
from components.service_choice import show_service_choice

session.need_frame("pages/change_orders.py")

INTRODUCTION = (
    "A customer asks to change a standing order; customer service says yes, operations may have no room in "
    "their schedule, and the quarrel climbs the lines of your chart until somebody above both sides decides. "
    "Here you see how often, whose time it takes and what helps more: another place for customer service, or "
    "other ways of working."
)


def show() -> None:
    """Show the page, as far as there is something to show."""
    st.title("Change orders")
    st.markdown(INTRODUCTION)
    show_changed()
    survey = session.survey()
    if survey is None:
        st.info("Say first which node is customer service.")
        show_service_choice()
        return
    setting = show_setting(survey)
    if setting is None:
        return
    show_answers(setting, last_study())
    st.header("Simulated", anchor=False)
    show_study(setting)
    st.header("One quarrel, step by step", anchor=False)
    show_replay(setting)


show()
