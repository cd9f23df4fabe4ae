"""The tour: five steps over the pages, in a bar above each, that can be left at any time.

It fills in nothing and opens nothing: a step is a page and a word about what to look at there. So leaving it
leaves nothing behind, and walking off by the navigation only means that it waits.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import streamlit as st
from streamlit.navigation.page import StreamlitPage

_ON: Final = "tour_step"
OWN_FILE: Final = "pages/your_chart.py"


class Step(NamedTuple):
    """A step: its page and that page's title, what it is about, and what to look at."""

    page: str
    page_title: str
    title: str
    text: str


STEPS: Final = (
    Step(
        "pages/welcome.py",
        "Welcome",
        "A finished comparison",
        "One company, customer service where it is today and in three other places. Read the three cards: "
        "the shorter the bar, the better. Every other place wins something and pays for it.",
    ),
    Step(
        "pages/draw.py",
        "Draw",
        "The chart behind it",
        "This is what everything is reckoned from. Drag a box onto another one and it reports there, with "
        "all below it; Undo takes that back.",
    ),
    Step(
        "pages/placement.py",
        "Placement",
        "Move it yourself",
        "Choose somebody in the field “Move customer service under”, such as the head of sales. The three "
        "cards then show today and afterwards, and below them stands why.",
    ),
    Step(
        "pages/decide.py",
        "Decide",
        "The answer, and how sure it is",
        "What speaks for it, what against it, and the smallest change that would turn it. It becomes yours "
        "with your answers on the page Goals; until then it rests on what we assume of anybody.",
    ),
    Step(
        "pages/report.py",
        "Report",
        "Take it with you",
        "All of it as a document or as slides, for those who decide. That was the tour: now with your own "
        "chart?",
    ),
)


def is_on() -> bool:
    """Return whether somebody is taking the tour."""
    return _ON in st.session_state


def begin() -> None:
    """Begin with the first step."""
    st.session_state[_ON] = 0


def leave() -> None:
    """End the tour."""
    st.session_state.pop(_ON, None)


def show_begin(label: str, *, quiet: bool = False) -> None:
    """Show the button that begins the tour, unless it is on."""
    kind = "tertiary" if quiet else "primary"
    if not is_on() and st.button(label, type=kind, icon=":material/tour:", key="tour-begin"):
        begin()
        st.switch_page(STEPS[0].page)


def show_tour(page: StreamlitPage) -> None:
    """Show the bar above a page while the tour is on."""
    if not is_on():
        return
    here = next((at for at, step in enumerate(STEPS) if step.page_title == page.title), None)
    at = st.session_state[_ON] if here is None else here
    st.session_state[_ON] = at
    with st.container(border=True, gap="small", key="tour"):
        if here is None:
            _say(f"The tour waits at step {at + 1} of {len(STEPS)}", STEPS[at].title)
        else:
            _say(f"Step {at + 1} of {len(STEPS)} · {STEPS[at].title}", STEPS[at].text)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if here is None:
                _show_way(at, f"Back to step {at + 1}", primary=True)
            else:
                _show_ways(at)
            st.button(
                "Leave the tour", icon=":material/close:", type="tertiary", on_click=leave, key="tour-leave"
            )


def _show_ways(at: int) -> None:
    """Show the ways on and back, the way on always at the same place."""
    if at < len(STEPS) - 1:
        _show_way(at + 1, f"Next: {STEPS[at + 1].title}", primary=True)
    elif st.button("Try your own file", type="primary", icon=":material/upload_file:", key="tour-own-file"):
        leave()
        st.switch_page(OWN_FILE)
    if at > 0:
        _show_way(at - 1, "Back")


def _show_way(to: int, label: str, *, primary: bool = False) -> None:
    kind = "primary" if primary else "secondary"
    if st.button(label, type=kind, key=f"tour-to-{kind}"):
        st.session_state[_ON] = to
        st.switch_page(STEPS[to].page)


def _say(first: str, second: str) -> None:
    """Say where the tour is, as a part of the page with a name, read out when it changes."""
    st.html(
        '<section aria-label="Tour" aria-live="polite">'
        f'<p style="margin:0 0 .25rem"><strong>{first}</strong></p><p style="margin:0">{second}</p></section>'
    )
