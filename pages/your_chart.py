"""Your chart: from a file to a chart. What was understood, what is wrong, what I propose, what came out."""

import streamlit as st

from components import session
from components.account import show_account, show_first_picture
from components.chart_files import show_downloads, show_next
from components.chart_numbers import show_numbers
from components.chart_upload import show_upload
from components.column_table import show_columns
from components.doctor import show_doctor
from components.editing import show_unfitting
from components.history import show_changed
from components.open_chart import show_further_lines
from components.picture import show_wide
from orgmodel.charts import tree_chart

session.need_frame("pages/your_chart.py")

st.title("Your chart")
st.caption(
    "From your file to a chart. It is ready at once; look at what I understood, and say where I am wrong."
)
show_changed()
show_upload()
report, chart = session.report(), session.organization()

st.header("What I understood", divider="gray")
show_account(report)
show_first_picture()
show_columns(report)

show_unfitting()
st.header("What is wrong, and what I propose", divider="gray")
show_doctor(report)

st.header("The chart", divider="gray")
show_numbers(chart)
further = show_further_lines()
show_wide(
    session.kept(
        "picture",
        (chart, session.unit(), further),
        lambda: tree_chart(chart, session.reading(), session.unit(), further_lines=further),
    ),
    "chart",
    "The org chart, coloured by business function, customer service marked",
)
show_downloads(chart)
st.page_link("pages/draw.py", label="Change it by drawing", icon=":material/edit:")
show_next()
