"""Start: what is open, which node is customer service, where it stands today."""

import streamlit as st

from components import session
from components.account import rows_text, show_findings_link
from components.examples import EXAMPLES
from components.function_table import show_function_table
from components.headlines import show_headlines
from components.history import show_changed
from components.open_chart import show_further_lines
from components.picture import show_wide
from components.scenario_drafts import show_way_back
from components.service_choice import show_service_choice
from components.text import plain
from components.tour import show_begin
from orgmodel.charts import tree_chart

session.need_frame("pages/start.py")

st.title("Where should customer service report?")
st.caption("Open your org chart and see what changes when customer service moves.")
with st.container(horizontal=True, vertical_alignment="center"):
    st.page_link("pages/welcome.py", label="See a finished example", icon=":material/visibility:")
    show_begin("Take the tour", quiet=True)
show_way_back()
show_changed()
example = session.key("example")

left, right = st.columns(2, gap="large")
with left:
    st.subheader("The chart")
    st.selectbox(
        "Prepared example",
        list(EXAMPLES),
        index=None,
        placeholder="Choose another example",
        format_func=EXAMPLES.get,
        key=example,
        on_change=lambda: session.open_example(st.session_state[example]),
    )
    st.page_link("pages/your_chart.py", label="Open your own file", icon=":material/upload_file:")
    st.page_link("pages/draw.py", label="Draw it, or begin a new chart", icon=":material/edit:")
    st.markdown(f"Open: **{plain(session.chart_name())}**")
    st.markdown(rows_text(session.report()))
    show_findings_link(session.report())
with right:
    st.subheader("Customer service")
    show_service_choice()

survey = session.survey()
if survey is not None:
    st.subheader("Today, with your answers" if session.assumed() != session.assumptions() else "Today")
    show_headlines(survey.current)
    st.page_link("pages/placement.py", label="See what happens when it moves", icon=":material/move_down:")

st.subheader("The chart as a picture")
further = show_further_lines()
show_wide(
    tree_chart(session.organization(), session.reading(), session.unit(), further_lines=further),
    "chart",
    "The org chart, coloured by business function, customer service marked",
)
st.subheader("Business functions")
show_function_table()
