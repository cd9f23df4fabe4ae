"""Report: everything that was found, as a file to hand on; and the chart itself."""

import streamlit as st

from components import session
from components.given import show_given
from components.history import show_changed
from components.report_charts import show_chart_files
from components.report_choice import chosen_report
from components.report_files import show_preview, show_report_files

session.need_frame("pages/report.py")

st.title("Report", anchor=False)
st.markdown("What was found about the open chart, the answer first: to print, to present, to count with.")
show_changed()
show_given()
report, about = chosen_report()
show_report_files(report)
show_preview(report)
show_chart_files(about)
