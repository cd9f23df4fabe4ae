"""The three headlines as cards: the value with its unit, a bar for the score, the change in words."""

from __future__ import annotations

import math
import time

import streamlit as st

from components.text import change_text, number_text, verdict
from hosting.turns import TURNS
from orgmodel.explanations import percent
from orgmodel.indicators import HEADLINES, Indicator
from orgmodel.sweep import Assessment

_TOLERANCE = 1e-9
_TO_DRAW = 0.12  # seconds
_QUESTIONS = {
    "silo_risk": "How much of what customer service needs from others is out of its reach?",
    "sales_pressure_conflict": "How much of good service is lost to pressure for revenue?",
    "feedback_path_length": "How far does what customers say travel to those who decide?",
}


def show_headlines(before: Assessment, after: Assessment | None = None, label: str = "") -> None:
    """Show the headlines today and below it after the move, under a label that is harmless."""
    for column, item in zip(st.columns(len(HEADLINES)), HEADLINES, strict=True):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"**{item.title}**", help=_QUESTIONS[item.name])
            _show_value(item, before, "Today")
            if after is not None:
                _show_value(item, after, label)
                st.markdown(change_text(item, before.values[item.name], after.values[item.name]))
            shown = after or before
            if reason := shown.undefined.get(item.name):
                st.caption(reason)
            elif math.isinf(shown.values[item.name]):
                st.caption(
                    _missing_way(shown.values["unreachable_weight"], shown.values["reachable_path_length"])
                )
    _let_them_be_drawn(before, after)


def show_headlines_beside(before: Assessment, after: Assessment | None = None) -> None:
    """Show the headlines in the sidebar, one line each: where the page is about something else."""
    with st.sidebar:
        st.caption("Headlines today" if after is None else "Headlines today → afterwards")
        for item in HEADLINES:
            values = [number_text(item, shown.values[item.name]) for shown in (before, after) if shown]
            st.markdown(f"{item.title}  \n**{' → '.join(values)}**")


def show_headlines_in_short(now: Assessment, before: Assessment | None) -> None:
    """Show the headlines in one low row, against what they were before if that is known."""
    with st.container(horizontal=True, gap="small"):
        for item in HEADLINES:
            value = now.values[item.name]
            change = "" if before is None else change_text(item, before.values[item.name], value)
            st.markdown(
                f":small[{item.title}]  \n**{number_text(item, value)}** :small[{change}]".removesuffix(
                    " :small[]"
                ),
                help=_QUESTIONS[item.name],
                width="content",
            )


def changes_in_words(now: Assessment, before: Assessment) -> str:
    """Return in a sentence which headlines have become better and which worse; no verdict of the whole.

    >>> from types import SimpleNamespace
    >>> def of(*values): return SimpleNamespace(values=dict(zip(_QUESTIONS, values)))
    >>> changes_in_words(of(50, 5, 2), of(60, 4, 2))
    'Silo risk is better, sales-pressure conflict is worse, feedback path length is as it was.'
    >>> changes_in_words(of(50, 5, 2), of(50, 5, 2))
    'No headline is different.'
    """
    words = {item.title: verdict(item, before.values[item.name], now.values[item.name]) for item in HEADLINES}
    if not any(words.values()):
        return "No headline is different."
    text = ", ".join(f"{title.lower()} is {word or 'as it was'}" for title, word in words.items())
    return f"{text.capitalize()}."


def _let_them_be_drawn(before: Assessment, after: Assessment | None) -> None:
    """Wait a moment where the headlines are new.

    A browser that gets the pictures at once shows nothing before all of them are drawn, seconds on a slow
    machine. Meanwhile others have their headlines computed.
    """
    kept = st.session_state.get("_headlines", (None, None))
    if before is not kept[0] or after is not kept[1]:
        st.session_state["_headlines"] = (before, after)
        with TURNS.paused():
            time.sleep(_TO_DRAW)


def _missing_way(weight: float, steps: float) -> str:
    if weight >= 1 - _TOLERANCE:
        return "No line leads to anybody whom customer service needs."
    # Of several nodes of customer service one may reach nothing: then there is no length of the rest.
    rest = "" if math.isnan(steps) else f"; the rest takes {steps:.1f} steps"
    return f"{percent(weight)} of the need cannot be reached over any line{rest}."


def _show_value(item: Indicator, assessment: Assessment, label: str) -> None:
    value, score = assessment.values[item.name], assessment.scores[item.name]
    st.markdown(f"{label}: **{number_text(item, value)}**")
    if not math.isnan(score):
        st.progress(
            min(1.0, max(0.0, score / 100)), text=f":small[:gray[score {score:.0f} of 100, 0 is best]]"
        )
