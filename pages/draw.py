"""Draw: change the open chart, or begin one, and see what becomes of the headlines."""

import streamlit as st

from components import session
from components.chart_files import show_saving
from components.drawing import show_canvas
from components.editing import show_outcome, show_unfitting
from components.headlines import changes_in_words, show_headlines_in_short
from components.history import BESIDE, HISTORY, assessment_at_first, show_history
from components.new_chart import show_new_chart
from components.node_form import show_form
from components.node_table import show_table
from components.service_choice import show_service_choice
from components.text import plain

session.need_frame("pages/draw.py")

FORM, TABLE, NEW, SAVE = "Form", "Table", "New chart", "Save as"
# Title and caption side by side where there is room: the drawing is to begin high on the page.
STYLE = (
    "<style>.st-key-drawing-head h1 { padding: 0; } "
    "@media (min-width: 641px) { .st-key-drawing-title { flex-wrap: nowrap; } }</style>"
)
HOW = "Drag a box onto its new manager. *Form*, below the drawing, does the same in fields."
TIES = "Small differences may be ties (see *Placement*)."
SHOWN = {FORM: show_form, TABLE: show_table, HISTORY: show_history, NEW: show_new_chart, SAVE: show_saving}


def show_head() -> None:
    """Show title and headlines in little height."""
    survey = session.survey()
    before = assessment_at_first() if survey and session.document().steps else None
    st.html(STYLE)
    with st.container(key="drawing-head", gap="xsmall"):
        with st.container(key="drawing-title", horizontal=True, vertical_alignment="center", gap="small"):
            st.title("Draw", width="content", anchor=False)
            st.caption(
                f"**{plain(session.chart_name())}**: {HOW}"
                if before is None
                else f"Against the chart as it was opened: {changes_in_words(survey.current, before)} {TIES}"
            )
        if survey is not None:
            show_headlines_in_short(survey.current, before)
    if survey is None and not session.unit():  # else what is wrong has been said
        show_choice()


def show_choice() -> None:
    """Show how there come to be numbers."""
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
    chosen = st.segmented_control(
        "Beside the drawing", list(SHOWN), key=BESIDE, persist_state="session", label_visibility="collapsed"
    )
    show_outcome()
    if chosen is not None:
        SHOWN[chosen]()


show_unfitting()
show_head()
show_canvas(follows=st.session_state.get(BESIDE) == FORM)
show_beside()
