"""Placement: choose where customer service goes and compare it with today."""

import streamlit as st

from components import session
from components.candidates import show_candidates
from components.certainty import show_certainty
from components.evidence_panel import show_evidence
from components.headlines import show_headlines
from components.history import show_changed
from components.other_numbers import show_other_numbers
from components.parent_choice import choose_parent
from components.parts import show_parts
from components.picture import show_graph, show_wide
from components.reasons import show_done
from components.service_choice import show_service_choice
from components.structure_choice import after_label, show_structure_choice
from components.text import plain
from orgmodel.charts import candidates_chart, scores_chart

session.need_frame("pages/placement.py")

NO_FORECAST = (
    "These numbers say what a structure makes likely, not what will happen: no study measures what a "
    "change of the reporting line causes. Resources, budgets and people are not in a chart."
)
LARGEST = (
    "Customer service is in several places: headlines, silo risk by reach and the table of parents "
    "are the mean of all; the pictures below and what opens under them show the largest."
)


def show() -> None:
    """Show the page, as far as there is something to show."""
    st.title("Placement")
    show_changed()
    survey = session.survey()
    if survey is None:
        st.info("Say first which node is customer service.")
        show_service_choice()
        return
    placement = show_structure_choice(survey)
    before, after = survey.current, session.moved(placement)
    shown, label = (before, "Today") if after is None else (after, after_label(survey, placement))
    show_done(shown)
    show_headlines(before, after, label)
    show_parts(shown, label)
    st.caption(NO_FORECAST)
    for note in survey.notes:
        st.caption(f":material/info: {plain(note)}")

    st.subheader("All possible parents")
    everyone = st.toggle("Everybody, not only heads and managers", key="everyone", persist_state="session")
    show_wide(candidates_chart(survey, after, everyone=everyone), "candidates", "All possible parents", 600)
    st.caption("Tick the box of a row to choose that parent. An empty cell is a number that cannot be told.")
    show_candidates(survey, everyone=everyone, on_choice=choose_parent)

    st.subheader("All other numbers")
    show_graph(scores_chart(before, after), "scores", "Scores of all numbers that have one, 0 is best")
    show_other_numbers(before, after)
    if after is not None:
        show_certainty(placement)

    if len(shown.evidence) > 1:
        st.caption(LARGEST)
    show_evidence(survey, before, after, label)


show()
