"""The page Draw with a generated chart open from the start, `?size=1000` says of how many people.

A chart is opened by hand else, on another page: this is for what the load of a whole page takes.
"""

import runpy
from pathlib import Path

import streamlit as st

from benchmarks.generated import generated_chart
from components import session
from components.open_chart import show_open
from orgmodel import read_organization
from orgmodel.importing import ImportReport

_PAGE = Path(__file__).parents[1] / "pages/draw.py"


@st.cache_resource
def _report(size: int) -> ImportReport:
    return read_organization(generated_chart(size).csv(), filename="generated.csv")


st.set_page_config(layout="wide")
if "report" not in st.session_state:
    session.start()
    session.open_report(_report(int(st.query_params["size"])))
runpy.run_path(str(_PAGE))
show_open()
