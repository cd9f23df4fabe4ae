"""Placement: choose a parent for customer service and compare it with today."""

import streamlit as st

from components import session
from components.candidates import show_candidates
from components.headlines import show_headlines
from components.parent_choice import choose_parent, show_parent_choice
from components.picture import show_graph, show_wide
from components.reasons import show_inherited, show_routes, show_sentences
from components.service_choice import show_service_choice
from components.silo_reach import show_reach_by_radius
from components.text import plain
from orgmodel.charts import candidates_chart, emphasis_chart, reach_chart, route_chart

session.need_frame("pages/placement.py")


def show() -> None:
    """Show the page, as far as there is something to show."""
    st.title("Placement")
    survey = session.survey()
    if survey is None:
        st.info("Say first which node is customer service.")
        show_service_choice()
        return
    parent = show_parent_choice(survey)
    before, after = survey.current, session.moved(parent)
    name = "" if after is None else survey.organization.label(survey.organization.row(parent))
    show_headlines(before, after, name)
    st.caption(
        "These numbers say what a structure makes likely, not what will happen: no study measures what a "
        "change of the reporting line causes. Resources, budgets and people are not in a chart."
    )
    for note in survey.notes:
        st.caption(f":material/info: {plain(note)}")

    st.subheader("All possible parents")
    everyone = st.toggle("Everybody, not only heads and managers", key="everyone", persist_state="session")
    show_wide(candidates_chart(survey, parent, everyone=everyone), "candidates", "All possible parents", 600)
    st.caption("Tick the box of a row to choose that parent. An empty cell is a number that cannot be told.")
    show_candidates(survey, everyone=everyone, on_choice=choose_parent)

    shown = after or before
    if len(shown.evidence) > 1:
        st.caption(
            "Customer service is in several places: headlines, silo risk by reach and the table of parents "
            "are the mean of all; the pictures below and what opens under them show the largest."
        )
    reach, emphasis = st.columns(2, gap="large")
    with reach:
        st.subheader("Who is within reach")
        show_graph(reach_chart(survey, before, after), "reach", "Steps to whoever decides in each function")
        show_reach_by_radius(before, after)
    with emphasis:
        st.subheader("What its bosses count")
        show_graph(
            emphasis_chart(before, after),
            "emphasis",
            "Purpose of customer service and measures of its bosses",
        )
        with st.expander("Whose measures reach customer service"):
            show_inherited(shown)

    st.subheader("The way feedback takes")
    show_wide(
        route_chart(shown, session.reading()), "route", "The ways from customer service to those who decide"
    )
    with st.expander("Step by step"):
        show_routes(shown)

    st.subheader("In words")
    columns = iter(st.columns(1 if after is None else 2, gap="large"))
    with next(columns):
        show_sentences(before, "Today")
    if after is not None:
        with next(columns):
            show_sentences(after, f"Under {plain(name)}")


show()
