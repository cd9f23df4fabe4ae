"""What is said about a placement beside what this chart says; and all who could be the boss."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components import session
from components.claims_panel import show_claims
from components.names import function_title
from components.text import plain
from orgmodel.decision import Decision
from orgmodel.recommendation import TWO_SIDED, described


def show_claims_of_placement(decision: Decision) -> None:
    """Show the claims about one placement, at first the recommended one."""
    st.subheader("What people say about it, and what this chart says", anchor=False)
    choices = {item.key: item for item in decision.now.alternatives}
    chosen = st.selectbox(
        "Placement",
        list(choices),
        index=list(choices).index(decision.best.key),
        format_func=lambda key: choices[key].title,
        key=session.key(f"claims-of-{decision.best.key}"),
    )
    alternative = choices[chosen]
    st.caption(plain(described(alternative)))
    show_claims(decision.claims(alternative))


@st.fragment
def show_possible_bosses(decision: Decision) -> None:
    """Show on demand who of all possible bosses would come first most often."""
    opened = st.expander(
        "Every head and manager", icon=":material/groups:", key="possible-bosses", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        with st.spinner("All are weighed against all ..."):
            found = decision.possible_bosses
        st.dataframe(
            pd.DataFrame(
                {
                    "Boss": found["name"],
                    "Title": found["title"],
                    "Function": [function_title(function) for function in found["function"]],
                    "Boss today": found["current"],
                    "First in": 100.0 * found["first"],
                    "Give or take": 100.0 * TWO_SIDED * found["first_error"],
                    "Total": found["total"],
                }
            ),
            hide_index=True,
            alt="The heads and managers who come first most often",
            column_config={
                "Boss": st.column_config.TextColumn(pinned=True),
                "First in": st.column_config.ProgressColumn(
                    "First in, % of cases", min_value=0, max_value=100, format="%.1f %%"
                ),
                "Give or take": st.column_config.NumberColumn("± points", format="%.1f"),
                "Total": st.column_config.NumberColumn("Total, 0 is best", format="%.1f"),
            },
        )
        st.caption(
            f"The {len(found)} heads of functions and managers who come first most often, "
            "customer service in one piece under each of them. Only what counts how much is varied here. "
            "Whether somebody could lead it is not in a chart."
        )
