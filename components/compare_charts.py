"""What is different between two charts: on a picture, and in sentences."""

from __future__ import annotations

from typing import Final

import plotly.graph_objects as go
import streamlit as st

from components import session
from components.picture import show_wide
from components.text import plain
from orgmodel.charts import marked_chart
from orgmodel.functions import business_functions
from orgmodel.scenarios.comparing import Comparison

_VIEWS: Final = ("Changes", "Before", "After")
_KINDS: Final = ("Chart", "Customer service", "Placement", "Answers", "Assumptions")


def show_differences(comparison: Comparison) -> None:
    """Show what is different in one scenario, chosen by its name, against the reference."""
    others = [place for place in range(len(comparison.names)) if place != comparison.reference]
    names = {place: plain(comparison.names[place]) for place in range(len(comparison.names))}
    reference = names[comparison.reference]
    st.subheader("What is different", anchor=False)
    left, right = st.columns([3, 1.3], vertical_alignment="bottom")
    place = left.segmented_control(
        f"Against {reference}",
        others,
        default=others[0],
        required=True,
        format_func=names.get,
        key=f"compare-place-{len(names)}-{comparison.reference}",
    )
    view = right.segmented_control("Show", _VIEWS, default=_VIEWS[0], required=True, key="compare-view")
    show_sentences(comparison, place)
    if not comparison.in_both[place]:
        return
    figure = session.kept(
        "compare_picture", (comparison, place, view), lambda: _picture(comparison, place, view)
    )
    titles = {
        "Changes": f"{names[place]} against {reference}",
        "Before": f"Before: {reference}",
        "After": f"After: {names[place]}",
    }
    st.markdown(f"**{titles[view]}**")
    show_wide(figure, "compare-picture", f"The chart with marks. {titles[view]}")
    st.caption("What became of a box appears under the mouse. In a narrow window the chart scrolls sideways.")


def show_sentences(comparison: Comparison, place: int) -> None:
    """Say what is different in one scenario, and why it has no numbers where that is so."""
    lines = []
    for sentence in comparison.said[place]:
        kind, _, rest = sentence.partition(": ")
        lines.append(f"- **{kind}**: {plain(rest)}" if kind in _KINDS else f"- {plain(sentence)}")
    st.markdown(
        "\n".join(lines) or "Nothing is different: chart, placement, answers and assumptions are the same."
    )


def _picture(comparison: Comparison, place: int, view: str) -> go.Figure:
    marked, unit = comparison.marked(place), comparison.units[place]
    if view == "Before":
        marked = marked.on(comparison.charts[comparison.reference])
        unit = comparison.units[comparison.reference]
    elif view == "After":
        marked = marked.on(comparison.charts[place])
    return marked_chart(marked, business_functions(marked.organization), unit)
