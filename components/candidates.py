"""All possible parents in one table that can be sorted; a click on a row chooses that parent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import streamlit as st

from components import session
from components.names import function_title
from components.parent_choice import parents_first
from orgmodel.indicators import HEADLINES
from orgmodel.sweep import Survey

#: A longer table is cut: nobody reads on, and the browser would wait for it.
MOST_ROWS: Final = 250
_SHOWN = (
    "name",
    "function",
    "current",
    "silo_risk",
    "sales_pressure_conflict",
    "feedback_path_length",
    "title",
    "feedback_days",
    "fidelity",
    "cost_pressure",
    "service_shortfall",
    "direct_reports",
)


def show_candidates(survey: Survey, *, everyone: bool, on_choice: Callable[[str], None]) -> None:
    """Show the candidates; ``on_choice`` gets the id of the row that is clicked."""
    by = _order_field(survey, everyone=everyone)
    places = parents_first(survey, everyone=everyone, by=by)
    if len(places) > MOST_ROWS:
        st.caption(
            f"The first {MOST_ROWS} of {len(places):,}. To find anybody, type into *Anybody else* above."
        )
        places = places[:MOST_ROWS]
    # A way that is missing has no number: the cell stays empty, and sorts last.
    shown = survey.table.iloc[places][list(_SHOWN)].replace(np.inf, np.nan)
    shown["fidelity"] *= 100
    shown["function"] = [function_title(function) for function in shown["function"]]
    ids = shown.index.tolist()
    # A parent chosen elsewhere is another table: its tick would stay on the row that was chosen here.
    key = session.key(f"candidates-{everyone}-{by}-{st.session_state.get('chosen_elsewhere', 0)}")

    def choose() -> None:
        if rows := st.session_state[key].selection.rows:
            on_choice(ids[rows[0]])

    number, bar = st.column_config.NumberColumn, st.column_config.ProgressColumn
    st.dataframe(
        shown,
        key=key,
        on_select=choose,
        selection_mode="single-row",
        hide_index=True,
        height=min(38 + 35 * len(shown), 460) if len(shown) else "auto",
        alt="All possible parents of customer service with their numbers",
        column_config={
            "name": st.column_config.TextColumn("Possible parent", pinned=True, width=155),
            "function": st.column_config.TextColumn("Function", width=115),
            "current": st.column_config.CheckboxColumn("Boss today", width=90),
            "silo_risk": bar("Silo risk, % of need", width=145, min_value=0, max_value=100, format="%.0f %%"),
            "sales_pressure_conflict": bar(
                "Sales pressure, % of value", width=165, min_value=0, max_value=100, format="%.0f %%"
            ),
            "feedback_path_length": number("Feedback path, steps", width=138, format="%.2f"),
            "title": st.column_config.TextColumn("Title", width="medium"),
            "feedback_days": number("Feedback time, working days", format="%.1f"),
            "fidelity": number("Content kept, %", format="%.0f %%"),
            "cost_pressure": number("Cost pressure, % of value", format="%.0f %%"),
            "service_shortfall": number("Service shortfall, % of emphasis", format="%.0f %%"),
            "direct_reports": number("Direct reports", format="%d"),
        },
    )


def _order_field(survey: Survey, *, everyone: bool) -> str:
    """Return by which column to choose the rows of a table that is too long to be shown as a whole."""
    rows = len(survey.table) if everyone else int(survey.table["shown_first"].sum())
    if rows <= MOST_ROWS:
        return ""
    orders = {"": "Heads of functions, then most direct reports"}
    orders |= {item.name: f"Least: {item.title}" for item in HEADLINES}
    return st.selectbox(
        "Which come first", list(orders), format_func=orders.get, key="order", persist_state="session"
    )
