"""Start: open a chart, see what was read, say which node is customer service."""

import streamlit as st

from components import session
from components.account import show_account
from components.function_table import show_function_table
from components.headlines import show_headlines
from components.picture import show_wide
from components.service_choice import show_service_choice
from components.text import plain
from orgmodel.charts import tree_chart

session.need_frame("pages/start.py")

st.title("Where should customer service report?")
st.caption("Open your org chart and see what changes when customer service moves.")
example, upload = session.key("example"), session.key("upload")
if reason := session.unreadable(upload):
    st.error(f"{plain(reason)} The chart below is still the one opened before.")

left, right = st.columns(2, gap="large")
with left:
    st.subheader("The chart")
    st.selectbox(
        "Prepared example",
        list(session.EXAMPLES),
        index=None,
        placeholder="Choose another example",
        format_func=session.EXAMPLES.get,
        key=example,
        on_change=lambda: session.open_example(st.session_state[example]),
    )
    st.file_uploader(
        "Your own chart, one row per person or post",
        type=["csv", "tsv", "txt", "xlsx", "xlsm"],
        key=upload,
        on_change=session.open_upload,
        args=(upload,),
    )
    st.markdown(f"Open: **{plain(session.report().filename)}**")
    show_account(session.report())
with right:
    st.subheader("Customer service")
    show_service_choice()

survey = session.survey()
if survey is not None:
    st.subheader("Today")
    show_headlines(survey.current)
    st.page_link("pages/placement.py", label="See what happens when it moves", icon=":material/move_down:")

st.subheader("The chart as a picture")
further = session.show_further_lines()
show_wide(
    tree_chart(session.organization(), session.reading(), session.unit(), further_lines=further),
    "chart",
    "The org chart, coloured by business function, customer service marked",
)
st.subheader("Business functions")
show_function_table()
