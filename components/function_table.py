"""The recognised business functions: how many nodes of each, and a table in which they can be corrected."""

from __future__ import annotations

from collections import Counter
from typing import Final

import streamlit as st

from components import session
from components.editing import attempt, show_outcome
from components.names import function_title
from components.picker import found_nodes, search_field
from orgmodel.edits import Edit
from orgmodel.organization import BUSINESS_FUNCTIONS
from orgmodel.wording import counted

_MOST_ROWS: Final = 50


def show_function_table() -> None:
    """Show the counts and the table; an edit states the function of that node."""
    chart, reading = session.organization(), session.reading()
    counts = Counter(reading.functions)
    known = [
        f"{function_title(function)} **{counts[function]:,}**"
        for function in (*BUSINESS_FUNCTIONS, "")
        if counts[function]
    ]
    st.markdown(" · ".join(known))
    section = st.expander(
        "Correct the function of a node",
        icon=":material/edit:",
        key=session.key("functions"),
        on_change="rerun",
    )
    if not section.open:
        return
    with section:
        show_outcome()
        words = search_field("Find nodes", session.key("function-search"))
        nodes = found_nodes(chart, words)
        rows = [chart.row(node) for node in nodes]
        key = session.key(f"function-editor-{words}")
        st.data_editor(
            {
                "Name": [chart.label(row) for row in rows],
                "Title": [chart.titles[row] for row in rows],
                "Unit": [chart.units[row] for row in rows],
                "Function": [function_title(reading.functions[row]) for row in rows],
                "Told from": [reading.evidence[row] for row in rows],
            },
            key=key,
            hide_index=True,
            disabled=["Name", "Title", "Unit", "Told from"],
            column_config={
                "Function": st.column_config.SelectboxColumn(
                    options=[function_title(function) for function in (*BUSINESS_FUNCTIONS, "")],
                    required=True,
                )
            },
            on_change=_state,
            args=(key, nodes),
        )
        st.caption(
            f"{counted(len(nodes), 'node')} of {len(chart):,}. Search to see others."
            if len(nodes) < len(chart)
            else "All nodes."
        )


def _state(key: str, nodes: list[str]) -> None:
    words = {function_title(function): function for function in BUSINESS_FUNCTIONS}
    chart = session.organization()
    wanted = {
        nodes[row]: words.get(cells["Function"], "")
        for row, cells in st.session_state[key]["edited_rows"].items()
        if "Function" in cells
    }
    attempt(
        *(
            Edit((node,), "function", function)
            for node, function in wanted.items()
            if chart.functions[chart.row(node)] != function
        )
    )
