"""Trying one's own file on the first screen: the field, where to go on, and a file to practise with."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components import opening, session
from components.chart_upload import show_upload
from components.examples import DATA
from components.text import plain
from components.welcome_comparison import EXAMPLE
from orgmodel.wording import counted

ANCHOR: Final = "try-your-own-file"
SAMPLE: Final = "startup_12.csv"


def show_own_file() -> None:
    """Show the field for a file and, where another chart than the example is open, where to go on."""
    st.header("Try your own file", anchor=ANCHOR)
    field, sample = st.columns([2, 1], gap="large")
    with field:
        show_upload()
        if opening.privacy_of_open() is not None or session.report().filename != EXAMPLE:
            _show_opened()
    with sample:
        st.markdown(
            "**What it should look like**  \nOne row per person or post, with a title and the manager, as "
            "personnel systems export it. Columns are recognised, whatever they are called."
        )
        st.download_button(
            "Download a file to try",
            (DATA / SAMPLE).read_bytes(),
            SAMPLE,
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            help="An invented company of 12.",
            key="welcome-sample",
        )


def _show_opened() -> None:
    with st.container(border=True):
        boxes = counted(len(session.organization()), "box", "boxes")
        st.markdown(f":material/check: **{plain(session.chart_name())}** is open: {boxes}.")
        with st.container(horizontal=True):
            st.page_link("pages/your_chart.py", label="See how it was read", icon=":material/upload_file:")
            st.page_link("pages/start.py", label="Go on with it", icon=":material/account_tree:")
            st.button(
                "Open the example again",
                icon=":material/undo:",
                type="tertiary",
                on_click=session.open_example,
                args=(EXAMPLE,),
                key="welcome-example",
            )
