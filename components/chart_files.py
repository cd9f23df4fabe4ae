"""Files to take away: the open chart in every format, and the findings about the file."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from components import session
from orgmodel.importing import ImportReport
from orgmodel.importing.writing.kinds import KINDS, write_findings, write_organization
from orgmodel.organization import Organization


def show_downloads(chart: Organization, report: ImportReport) -> None:
    """Show a button for each format; a file is made when its button is pressed."""
    stem = PurePath(report.filename.split(", ")[0]).stem or "chart"
    with st.container(horizontal=True):
        for name, kind in KINDS.items():
            st.download_button(
                kind.title,
                lambda name=name: write_organization(chart, name),
                f"{stem}-orgmodel.{kind.ending}",
                kind.mime_type,
                icon=":material/download:",
                key=f"download-{name}",
            )


def show_findings_download(report: ImportReport) -> None:
    """Show a button for the findings."""
    st.download_button(
        "Findings (CSV)",
        lambda: write_findings(report),
        "findings.csv",
        "text/csv",
        icon=":material/download:",
        key="findings-csv",
        help="Every finding with its row, its ways and what was done: to mend the file at its source.",
    )


def show_next() -> None:
    """Show where to go on."""
    with st.container(horizontal=True):
        st.page_link(
            "pages/start.py", label="Say which unit is customer service", icon=":material/support_agent:"
        )
        if session.unit():
            st.page_link(
                "pages/placement.py", label="See what happens when it moves", icon=":material/move_down:"
            )
