"""For which chart the answers were given: what is true of one company need not be true of the next."""

from __future__ import annotations

import streamlit as st

from components import session
from components.text import plain
from orgmodel.assumptions import Assumptions
from orgmodel.explanations import listed
from orgmodel.questionnaire import Answers
from orgmodel.wording import counted

_BY_HAND = {"needs": "whom customer service needs", "value_vector": "what customer service is for"}
_ALIKE = 1e-9


def show_given(where: str = "page") -> None:
    """Say for which other chart the answers were given, with buttons to keep or to forget them.

    Nothing is shown where there are none, or where they were given for the open chart.
    """
    _note_given()
    name, parts = given_for(), _given()
    if not parts or name in {None, session.chart_name()}:
        return
    with st.container(border=True, key=f"given-{where}"):
        st.markdown(
            f":material/info: Still in use here, but given for **{plain(name)}**: {listed(parts, 'and')}. "
            "Do they hold here too?"
        )
        with st.container(horizontal=True):
            st.button("Keep", icon=":material/check:", on_click=keep_given, key=f"keep-given-{where}")
            st.button("Forget", icon=":material/delete:", on_click=_forget, key=f"forget-given-{where}")


def _note_given() -> None:
    """Remember which chart is open when something is said first."""
    state, now = st.session_state, (session.document_id(), session.chart_name())
    last = state.get("given_seen", now)
    if not _given():
        state.given_for = None
    elif given_for() is None or (last[0] == now[0] and given_for() == last[1]):  # or was renamed
        state.given_for = now[1]
    state.given_seen = now


def given_for() -> str | None:
    """Return the name of the chart that was open at the first answer, not yet escaped."""
    return st.session_state.get("given_for")


def keep_given() -> None:
    """Take what was answered as said of the open chart."""
    st.session_state.given_for = session.chart_name()


def needs_from_contacts() -> bool:
    """Whether whom customer service needs was taken from contacts, on the page Two lenses."""
    taken, needs = st.session_state.get("lens_taken"), session.assumptions().needs
    return taken is not None and all(
        abs(needs.get(name, 0.0) - taken[1].get(name, 0.0)) < _ALIKE for name in {*needs, *taken[1]}
    )


def _given() -> list[str]:
    """Return in words what was said of a company: answers, and what takes the place of some."""
    answers, by_hand = session.answers(), session.assumptions().changed()
    parts = [counted(len(answers.replies), "answer")] if answers.replies else []
    if weights := len(answers.goal_weights) + len(answers.importance):
        parts.append(f"{counted(weights, 'weight')} set by hand")
    return parts + [words for name, words in _BY_HAND.items() if name in by_hand]


def _forget() -> None:
    """Forget what was said of another company; the other assumptions stay."""
    session.change_answers(Answers())
    kept = session.assumptions().changed()
    session.change_assumptions(
        Assumptions.from_mapping({name: value for name, value in kept.items() if name not in _BY_HAND})
    )
    # The fields of the page Assumptions keep what was typed as long as they have the same key.
    state = st.session_state
    state.resets, state.lens_taken = state.get("resets", 0) + 1, None
