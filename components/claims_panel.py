"""What is said about one reporting structure, and what this chart says to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.text import plain
from orgmodel.claims import FAILS, HOLDS, UNKNOWN, Judged

# The shapes differ and the word stands beside them, so that nobody needs a colour. (A question mark is what
# Streamlit puts before a tooltip.)
_ICONS: Final = {
    HOLDS: ":material/check_circle:",
    FAILS: ":material/cancel:",
    UNKNOWN: ":material/radio_button_unchecked:",
}
_TITLES: Final = {"helps": "Said to help", "hurts": "Said to hurt", "suits": "Said to suit"}


def show_claims(judged: Sequence[Judged]) -> None:
    """Show the claims about one alternative in three groups; hover for what each verdict rests on."""
    if not judged:
        st.caption("Nothing is commonly said about this place: it is none of the usual structures.")
        return
    for side, column in zip(_TITLES, st.columns(len(_TITLES), gap="medium"), strict=True):
        with column:
            _show_side(_TITLES[side], [item for item in judged if item.claim.side == side])


def _show_side(title: str, judged: Sequence[Judged]) -> None:
    told = [item.verdict for item in judged if item.verdict != UNKNOWN]
    st.markdown(f"**{title}** :gray[· {told.count(HOLDS)} of {len(told)} hold]" if told else f"**{title}**")
    for item in judged:
        says = f"{item.verdict}: {item.number}" if item.number else item.verdict
        st.markdown(
            f"{_ICONS[item.verdict]} {plain(item.claim.text)} :gray[– {plain(says)}]", help=plain(item.reason)
        )
