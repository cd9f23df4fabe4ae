"""What is open, in the sidebar, and how much of it a picture shows."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components import session
from components.text import plain
from orgmodel.wording import counted

_FEW_LINES: Final = 20


def show_open() -> None:
    """Say in the sidebar what is open."""
    chart = session.organization()
    people = round(chart.headcount.sum())
    with st.sidebar:
        # A caption is too pale to be read on the sidebar's own grey.
        st.markdown(":small[Open chart]")
        st.markdown(
            f"**{plain(session.chart_name())}**  \n"
            f"{counted(len(chart), 'box', 'boxes')}, {counted(people, 'person', 'people')}"
            + (
                f"  \n{counted(len(steps), 'change')} made here"
                if (steps := session.document().steps)
                else ""
            )
        )
        st.markdown(":small[Customer service]")
        st.markdown(f"**{plain(session.unit_name())}**")
        if changed := session.assumptions().changed():
            st.caption(f"{counted(len(changed), 'assumption')} changed")
        if replies := session.answers().replies:
            follows = session.assumed() != session.assumptions()
            what = ": whom customer service needs and what it is for follow from that" if follows else ""
            st.caption(f"{counted(len(replies), 'question')} answered{what}")
        for place, (name, changes) in enumerate(session.set_aside()):
            st.button(
                f"Back to {plain(name or 'the chart before')} ({counted(changes, 'change')})",
                icon=":material/undo:",
                type="tertiary",
                on_click=session.take_up,
                args=(place,),
                key=f"take-up-{place}",
            )


def show_further_lines() -> bool:
    """Show the switch for dotted lines and ties, off where there are many; return what it says."""
    chart = session.organization()
    lines = len(chart.ties.a) + len(chart.further.report)
    if not lines:
        return False
    return st.toggle("Show dotted lines and ties", lines <= _FEW_LINES, key=session.key("further-lines"))
