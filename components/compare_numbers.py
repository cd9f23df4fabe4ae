"""The numbers of several scenarios side by side, what each points to, and all of it as a file."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd
import streamlit as st

from components import session
from components.picture import show_wide
from components.text import change_text, number_text, plain
from orgmodel.charts import compared_chart
from orgmodel.charts.compared import VERDICTS, differing_numbers
from orgmodel.criteria import CRITERIA
from orgmodel.decision import Decision
from orgmodel.explanations import listed, percent
from orgmodel.importing.own_format import neutralised
from orgmodel.indicators import HEADLINES, INDICATORS
from orgmodel.questionnaire import GOAL_OF
from orgmodel.scenarios.comparing import Comparison

_NARROW: Final = 230
_COLUMN: Final = 112
_MOST_WEIGHTS: Final = 3


def show_headlines_compared(comparison: Comparison) -> None:
    """Show the three headlines, each with its value in every scenario and the change in words."""
    for name, fault in zip(comparison.names, comparison.faults, strict=True):
        if fault:
            st.info(f"**{plain(name)}**: {plain(fault)}")
    for column, item in zip(st.columns(len(HEADLINES)), HEADLINES, strict=True):
        with column, st.container(border=True, height="stretch", gap="small"):
            st.markdown(f"**{item.title}** :small[:gray[{item.direction}]]")
            for place, name in enumerate(comparison.names):
                value = comparison.value(item, place)
                before = comparison.value(item, comparison.reference)
                change = ":gray[reference]"
                if place != comparison.reference:
                    is_other = comparison.verdict(item, place) or math.isnan(before + value)
                    change = change_text(item, before, value if is_other else before)
                st.markdown(f":small[{plain(name)}]  \n**{number_text(item, value)}** :small[{change}]")


def show_all_numbers_compared(comparison: Comparison) -> None:
    """Show every number that differs as a picture, and offer all of them as a file."""
    st.subheader("Every number that differs", anchor=False)
    width = _NARROW + _COLUMN * len(comparison.names)
    show_wide(compared_chart(comparison), "compare-numbers", "The numbers of all scenarios", width)
    shown = {item.name for item in differing_numbers(comparison)}
    alike = [item.title for item in INDICATORS if item.score is not None and item.name not in shown]
    st.caption(
        "Pale is good and dark is bad. “+ better” and “− worse” are said against the framed column. "
        + (f"The same in all: {listed(alike)}." if alike else "")
    )
    st.download_button(
        "All numbers as CSV",
        lambda: compared_csv(comparison),
        f"{session.file_stem()} scenarios.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def show_recommended(comparison: Comparison) -> None:
    """Say of each scenario where it points to by itself, how good it is, and by which weights."""
    st.subheader("What each points to, and by which weights", anchor=False)
    weights = {
        name: _weights(decision)
        for name, decision in zip(comparison.names, comparison.decisions, strict=True)
        if decision is not None
    }
    is_alike = len(set(weights.values())) == 1
    if len(set(comparison.recommended)) == 1 and comparison.recommended[0]:
        st.markdown(f"All of them point to **{plain(comparison.recommended[0])}**.")
    lines = []
    for name, total, best in zip(comparison.names, comparison.totals, comparison.recommended, strict=True):
        if not best:
            lines.append(f"- **{plain(name)}**: nothing to decide about.")
            continue
        said = "" if is_alike else f"  \n:small[{plain(weights[name])}]"
        has = "" if math.isnan(total) else f" Its own total is {total:.1f} of 100, 0 is best."
        lines.append(f"- **{plain(name)}** points to {plain(best)}.{has}{said}")
    st.markdown("\n".join(lines))
    if is_alike:
        st.caption(f"All by the same weights. {plain(next(iter(weights.values())))}")


def _weights(decision: Decision) -> str:
    """Return which goals count how much, and what counts most."""
    goals = [
        f"{GOAL_OF[goal].title} {percent(weight)}"
        for goal, weight in decision.aims.goal_weights.items()
        if weight and decision.answers.answered
    ]
    importance = sorted(CRITERIA, key=lambda item: -decision.aims.importance[item.name])[:_MOST_WEIGHTS]
    most = [f"{item.title} {percent(decision.aims.importance[item.name])}" for item in importance]
    first = f"Goals: {listed(goals)}." if goals else "No question about goals is answered."
    return f"{first} What counts most: {listed(most)}."


def compared_csv(comparison: Comparison) -> bytes:
    """Return all numbers of all scenarios as CSV; no cell is run by a spreadsheet."""
    names = [neutralised(name) for name in comparison.names]
    table = comparison.measures.set_axis(names, axis="columns")
    table.insert(0, "Number", [item.title for item in INDICATORS])
    table.insert(1, "Unit", [item.unit for item in INDICATORS])
    table.insert(2, "Direction", [item.direction for item in INDICATORS])
    for place, name in enumerate(names):
        words = [VERDICTS[comparison.verdict(item, place)] for item in INDICATORS]
        table[f"{name}, against the reference"] = [neutralised(word) if word else "" for word in words]
    total = {"Number": "Total", "Unit": "0 to 100", "Direction": "lower is better"}
    points = {"Number": "Points to"}
    last = pd.DataFrame(
        [
            total | dict(zip(names, comparison.totals, strict=True)),
            points | dict(zip(names, map(neutralised, comparison.recommended), strict=True)),
        ]
    )
    return pd.concat([table, last]).to_csv(index=False).encode("utf-8-sig")
