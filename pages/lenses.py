"""Two lenses: how service runs through operations, and who reports to whom, linked."""

import streamlit as st

from components import session
from components.history import show_changed
from components.lenses import choose_function, needs_of, show_lenses, show_use, show_way
from components.lenses_contacts import show_source
from components.names import function_title
from components.service_choice import show_service_choice
from components.touchpoint_table import show_causes, show_touchpoints

session.need_frame("pages/lenses.py")

INTRODUCTION = (
    "Customers meet a company along order, delivery, billing and support; its chart says who reports to "
    "whom. Side by side they show whether those who can act on what customers say are near."
)


def show() -> None:
    """Show the page, as far as there is something to show."""
    st.title("Two lenses")
    st.caption(INTRODUCTION)
    show_changed()
    survey = session.survey()
    if survey is None:
        st.info("Say first which node is customer service.")
        show_service_choice()
        return
    source, contacts = show_source()
    if not contacts:
        return
    chosen = choose_function(contacts)
    needs = needs_of(contacts)
    show_lenses(survey, contacts, needs, chosen)
    st.subheader(f"The way to {function_title(chosen)}" if chosen else "The ways, name by name")
    show_way(survey, needs, chosen)
    show_use(source, contacts, needs)

    st.subheader("Who can act on which cause")
    show_causes(source, contacts)
    st.subheader("Who touches the customer at which step")
    show_touchpoints(contacts)


show()
