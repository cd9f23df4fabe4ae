"""All placements side by side: every score at once, any two numbers, what cannot be, and what to add."""

from __future__ import annotations

import numpy as np
import streamlit as st

from components import session
from components.comparison_table import show_comparison_table
from components.picture import show_wide
from components.structure_choice import show_structure_choice
from components.text import plain
from orgmodel.charts import alternatives_scatter, heat_map
from orgmodel.charts.alternatives import alike, by_weight, unplaced
from orgmodel.criteria import CRITERIA
from orgmodel.decision import Decision
from orgmodel.explanations import listed
from orgmodel.indicators import INDICATORS
from orgmodel.ranking import Ranking
from orgmodel.wording import counted

_NARROWEST = 930
_NARROWEST_SCATTER = 680
_ACROSS, _UPWARDS = "efficiency", "sales_pressure_conflict"
_ASSUMED = [item.title for item in CRITERIA if "metric_vectors" in item.indicator.assumptions]
_ITEMS = {item.name: item for item in INDICATORS if not item.direction.startswith("no ")}


def show_comparison(decision: Decision) -> None:
    """Show all placements by all criteria, and what to add or remove."""
    ranking = decision.now
    st.subheader("All placements side by side", anchor=False)
    show_wide(heat_map(ranking), "heat-map", "All placements by all criteria, the best first", _NARROWEST)
    by_total = ranking.recommended == ranking.order[0]
    first = "Today stands first because nothing is clearly better, then the best totals"
    st.caption(
        f"{'The best total first' if by_total else first}. Pale is good and dark is bad. ✓ the best and ✗ "
        "the worst of a column, no sign where most are alike. Framed: today. Percentages in the heads: "
        "what a column counts."
        + (" = cannot be told apart from the best total by these numbers." if ranking.ties else "")
    )
    st.caption(
        "Silo risk and feedback path enter the total as nearness. "
        f"{listed(_ASSUMED)} rest on what each function is assumed to be measured by, the other columns on "
        "who sits where in your chart."
    )
    if same := alike(ranking):
        found = [f"{CRITERIA[at].title} {text}" for at, text in same.items()]
        st.caption(f"Alike (almost) everywhere: {plain('; '.join(found))}.")
    if dropped := [CRITERIA[at].title for at in np.flatnonzero(~ranking.counted)]:
        st.caption(f"In no total, because no placement has a number: {', '.join(dropped)}.")
    _show_adding(decision)


def show_all_numbers(decision: Decision) -> None:
    """Show on demand what the columns mean, any two numbers, all numbers, and what has no place."""
    ranking = decision.now
    with st.expander("What the columns mean", icon=":material/help:"):
        said = [
            f"- **{item.title}** ({item.indicator.direction}): {item.says}"
            for item in (CRITERIA[at] for at in by_weight(ranking))
        ]
        st.markdown("\n".join(said))
    _show_two_numbers(ranking)
    with st.expander("All numbers", icon=":material/table:", key="all-numbers", on_change="rerun") as section:
        if section.open:
            show_comparison_table(ranking)
    if missing := decision.alternatives.missing:
        title = f"{counted(len(missing), 'structure')} that this chart has no place for"
        with st.expander(title, icon=":material/block:"):
            st.markdown("\n".join(f"- **{plain(item.title)}**: {plain(item.reason)}" for item in missing))


@st.fragment
def _show_two_numbers(ranking: Ranking) -> None:
    opened = st.expander(
        "Any two numbers against each other",
        icon=":material/scatter_plot:",
        key="two-numbers",
        on_change="rerun",
    )
    if not opened.open:
        return
    with opened:
        names = list(_ITEMS)
        left, right = st.columns(2)
        across = left.selectbox(
            "From left to right",
            names,
            index=names.index(_ACROSS),
            format_func=lambda name: _ITEMS[name].title,
            key="scatter-across",
            persist_state="session",
        )
        upwards = right.selectbox(
            "From bottom to top",
            names,
            index=names.index(_UPWARDS),
            format_func=lambda name: _ITEMS[name].title,
            key="scatter-upwards",
            persist_state="session",
        )
        items = (_ITEMS[across], _ITEMS[upwards])
        scatter = alternatives_scatter(ranking, *items)
        show_wide(scatter, "scatter", "Placements by two numbers, upper right is best", _NARROWEST_SCATTER)
        st.caption("The upper right is the best in both. Numbers: the places of the table above.")
        if without := unplaced(ranking, items):
            st.caption(f"Not drawn, because a number cannot be told: {plain(', '.join(without))}.")


def _show_adding(decision: Decision) -> None:
    added = session.added()
    opened = st.expander(
        "Add another combination", icon=":material/add:", key="add-combination", on_change="rerun"
    )
    titles = {item.placement: item.title for item in decision.now.alternatives}
    for number, placement in enumerate(added):
        title = titles.get(placement, "A placement that another one stands for")
        st.button(
            f"Remove {plain(title)}",
            icon=":material/close:",
            type="tertiary",
            on_click=session.remove_added,
            args=(placement,),
            key=session.key(f"remove-added-{number}"),
        )
    if not opened.open:
        return
    with opened:
        placement = show_structure_choice(decision.survey)
        if placement in added:
            st.caption("This one is among them.")
        elif placement is not None:
            st.button(
                "Add to the comparison",
                icon=":material/add:",
                type="primary",
                on_click=session.add_placement,
                args=(placement,),
            )
