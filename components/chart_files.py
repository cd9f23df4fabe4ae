"""Files to take away: the open chart in every format, and the findings about the file."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components import session
from orgmodel.importing import ImportReport
from orgmodel.importing.writing.kinds import KINDS, write_findings, write_organization
from orgmodel.organization import Organization

_MEANT_FOR: Final = {
    "csv": "a table for any program; it can be opened here again.",
    "xlsx": "the same table for Excel, to be worked on and opened here again.",
    "graphml": "for programs that draw networks, such as yEd or Gephi.",
    "json": "for programs that read charts over an interface.",
    "networkx": "for analysts who count with Python.",
}


def show_saving() -> None:
    """Show what the chart is called, the files it can be taken away in, and where pictures are to be had."""
    name = session.file_key("chart-name")
    st.text_input(
        "Name of the chart",
        session.chart_name(),
        max_chars=80,
        key=name,
        on_change=lambda: session.rename_chart(st.session_state[name]),
        help="Files made of the chart are called after it.",
    )
    st.markdown("**Data files**")
    show_downloads(session.organization())
    st.markdown("\n".join(f"- *{KINDS[name].title}*: {text}" for name, text in _MEANT_FOR.items()))
    st.caption(
        "Pictures (SVG, PNG) and pages for print are saved from the drawing: *Save*, in the bar above it."
    )


def show_downloads(chart: Organization) -> None:
    """Show a button for each format; a file is made when its button is pressed."""
    stem = session.file_stem()
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
