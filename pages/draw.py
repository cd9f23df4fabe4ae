"""Draw: change the open chart, or begin one, and see what becomes of the headlines."""

import streamlit as st

from components import session
from components.chart_files import show_downloads
from components.drawing import show_canvas
from components.editing import show_unfitting
from components.headlines import show_headlines_in_short
from components.history import show_history
from components.new_chart import show_new_chart
from components.node_form import show_form
from components.node_table import show_table
from components.service_choice import show_service_choice
from components.text import plain

session.need_frame("pages/draw.py")

FORM, TABLE, HISTORY, NEW, SAVE = "Form", "Table", "History", "New chart", "Save as"
BESIDE = "beside-drawing"


def show_numbers() -> None:
    """Show the headlines now against those of the chart as it was opened, or how there come to be some."""
    survey = session.survey()
    if survey is not None:
        at_first = session.assessment_at_first()
        show_headlines_in_short(survey.current, at_first if session.document().steps else None)
        return
    if session.unit():
        return  # what is wrong has been said
    section = st.expander(
        "No customer service yet: choose it, to see numbers",
        icon=":material/support_agent:",
        key=session.key("choose-service"),
        on_change="rerun",
    )
    if section.open:
        with section:
            show_service_choice()


def show_beside() -> None:
    """Show one of the other ways to work on the chart; what is closed costs nothing with every move."""
    match st.segmented_control(
        "Beside the drawing",
        [FORM, TABLE, HISTORY, NEW, SAVE],
        key=BESIDE,
        persist_state="session",
        label_visibility="collapsed",
    ):
        case "Table":
            show_table()
        case "History":
            show_history()
        case "New chart":
            show_new_chart()
        case "Save as":
            show_downloads(session.organization(), session.report())
        case "Form":
            show_form()


st.title("Draw")
st.caption(
    f"**{plain(session.report().filename or 'Chart')}**: drag a box onto its new manager, or change it "
    "in the form below. The numbers are those of now, against the chart as it was opened."
)
show_unfitting()
show_numbers()
show_canvas(follows=st.session_state.get(BESIDE) == FORM)
show_beside()
