"""Next steps: which single change gains most now, and whether to move again over time."""

import streamlit as st

from components import session
from components.given import show_given
from components.history import show_changed
from components.next_moves_panel import show_next_moves
from components.rotation_panel import show_rotation
from components.service_choice import show_service_choice

session.need_frame("pages/plan.py")


def show() -> None:
    """Show the page, as far as there is something to show."""
    st.title("Next steps")
    show_changed()
    show_given()
    if not session.unit():
        st.info("Say first which node is customer service.")
        show_service_choice()
        return
    decision = session.decision()
    if decision is None:
        return
    st.header("One change now")
    show_next_moves(decision.moves, decision.now)
    st.header("Moving again over time")
    show_rotation(decision.rotation)


show()
