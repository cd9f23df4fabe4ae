"""Organization health: what the whole chart is like, whatever becomes of customer service."""

import streamlit as st

from components import session
from components.health_panel import show_dimensions, show_modularity, show_one_to_one, show_shape
from components.history import show_changed
from components.picture import show_graph
from orgmodel.charts import layers_chart, span_chart

session.need_frame("pages/health.py")

GALLUP = "https://www.gallup.com/workplace/700718/span-control-optimal-team-size-managers.aspx"

found = session.health()

st.title("Organization health")
st.caption(
    "What the whole chart is like. None of this enters the comparison of parents, because moving one unit "
    "hardly changes it. No number here is good or bad by itself."
)
show_changed()
show_shape(found)

spans, layers = st.columns(2, gap="large")
with spans:
    st.subheader("How many report to a manager")
    show_graph(span_chart(found), "spans", "Share of managers by number of direct reports")
    st.caption(
        "For comparison: managers in the United States had 12.1 people reporting to them on average in 2025; "
        f"the median was 5 to 6 ([Gallup]({GALLUP}))."
    )
with layers:
    st.subheader("How many stand in each layer")
    show_graph(layers_chart(found), "layers", "Number of nodes in every layer, the top first")
    st.caption("Nodes by their steps to the top of their own chart, over reporting lines.")

show_one_to_one(found)

st.subheader("How near is it to a pure hierarchy?")
st.caption(
    "After Krackhardt (1994): all four are 100 % where there is one top, one boss for everybody else and no "
    "other line. Every line counts, from manager to report; a tie counts in both directions."
)
show_dimensions(found)

st.subheader("Do lines stay among themselves?")
st.caption("Every line between two nodes counts once. No value is known from which silos would begin.")
show_modularity(found)
