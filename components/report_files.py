"""A report as a file of every kind, and as it will look."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components import session
from orgmodel.reports.content import Report
from orgmodel.reports.kinds import REPORT_KINDS, write_report

_MEANT_FOR: Final = {
    "html": "to send and to read anywhere; it stands alone and prints well.",
    "pdf": "to print and to hand to a board.",
    "pptx": "slides with charts and an org chart that can be edited.",
    "xlsx": "every table, to count with.",
    "csv": "the same tables for any program, in a zip.",
}
_HEIGHT: Final = 760


def show_report_files(report: Report) -> None:
    """Show a button for each kind; a file is made when its button is pressed, on this computer."""
    stem = session.file_stem()
    with st.container(horizontal=True):
        for name, kind in REPORT_KINDS.items():
            st.download_button(
                kind.title,
                lambda name=name: write_report(report, name),
                f"{stem} report.{kind.ending}",
                kind.mime_type,
                icon=":material/download:",
                type="primary" if name == "pdf" else "secondary",
                on_click="ignore",
                key=f"report-{name}",
                help=f"{kind.title}: {_MEANT_FOR[name]}",
            )
    st.caption("The files are made here, without any other machine, and are kept nowhere.")


def show_preview(report: Report) -> None:
    """Show the report as it will look; nothing in it is run, as its own policy forbids that."""
    with st.expander("How it will look", icon=":material/visibility:", expanded=True):
        st.iframe(write_report(report, "html").decode(), height=_HEIGHT, alt="The report")
