"""What the numbers of a placement come from: pictures, ways, the desk, and the reasons in words."""

from __future__ import annotations

import streamlit as st

from components import session
from components.picture import show_graph, show_wide
from components.reasons import show_inherited, show_routes, show_sentences
from components.robustness import show_carriers, show_dependence
from components.silo_reach import show_reach_by_radius
from components.waiting import show_sales_rules, show_waiting
from orgmodel.charts import emphasis_chart, reach_chart, route_chart
from orgmodel.sweep import Assessment, Survey


def show_evidence(survey: Survey, before: Assessment, after: Assessment | None, label: str) -> None:
    """Show who and what the numbers come from."""
    shown = after or before
    reach, emphasis = st.columns(2, gap="large")
    with reach:
        st.subheader("Who is within reach")
        show_graph(reach_chart(survey, before, after), "reach", "Steps to whoever decides in each function")
        show_reach_by_radius(before, after)
    with emphasis:
        st.subheader("What its bosses count")
        show_graph(emphasis_chart(before, after), "emphasis", "What it is for and what its bosses count")
        with st.expander("Whose measures reach customer service"):
            show_inherited(shown)

    st.subheader("The way feedback takes")
    route = route_chart(shown, session.reading(), survey.organization)
    show_wide(route, "route", "The ways from customer service to those who decide")
    show_dependence(shown)
    with st.expander("Step by step"):
        show_routes(shown)
    with st.expander("Who passes it on"):
        show_carriers(shown)

    st.subheader("What customers wait")
    show_waiting(before, after, label)
    show_sales_rules(survey, shown)

    st.subheader("In words")
    columns = iter(st.columns(1 if after is None else 2, gap="large"))
    with next(columns):
        show_sentences(before, "Today")
    if after is not None:
        with next(columns):
            show_sentences(after, label)
