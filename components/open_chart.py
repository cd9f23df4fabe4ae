"""What is open, in the sidebar, and how much of it a picture shows."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components import session
from components.given import needs_from_contacts, show_given
from components.names import unit_name
from components.text import plain
from orgmodel.explanations import listed
from orgmodel.wording import counted

_FEW_LINES: Final = 20
_FOLLOW: Final = {"needs": "whom customer service needs", "value_vector": "what it is for"}


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
        st.markdown(f"**{plain(unit_name())}**")
        if changed := session.assumptions().changed():
            st.caption(f"{counted(len(changed), 'assumption')} changed")
        if said := _said_of_answers():
            st.caption(said)
        show_given("sidebar")
        for place, (name, changes) in enumerate(session.set_aside()):
            st.button(
                f"Back to {plain(name or 'the chart before')} ({counted(changes, 'change')})",
                icon=":material/undo:",
                type="tertiary",
                on_click=session.take_up,
                args=(place,),
                key=f"take-up-{place}",
            )


def _said_of_answers() -> str:
    """Return in short what was answered, what follows from that, and what was set instead."""
    answers, by_hand = session.answers(), session.assumptions()
    follows = [
        words for name, words in _FOLLOW.items() if getattr(session.assumed(), name) != getattr(by_hand, name)
    ]
    what = f": {listed(follows)} {'follow' if len(follows) > 1 else 'follows'} from that" if follows else ""
    lines = [f"{counted(len(answers.replies), 'question')} answered{what}"] if answers.replies else []
    if needs_from_contacts():
        lines.append("Whom customer service needs: from your contacts, on the page Two lenses")
    if weights := len(answers.importance) + len(answers.goal_weights):
        lines.append(f"{counted(weights, 'weight')} set by hand on the page Goals")
    return "  \n".join(lines)


def show_further_lines() -> bool:
    """Show the switch for dotted lines and ties, off where there are many; return what it says."""
    chart = session.organization()
    lines = len(chart.ties.a) + len(chart.further.report)
    if not lines:
        return False
    return st.toggle("Show dotted lines and ties", lines <= _FEW_LINES, key=session.key("further-lines"))
