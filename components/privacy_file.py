"""What happens to a file that somebody opens: in a demo, with sign-in, or on a machine of one's own."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components import keeping
from components.text import plain
from components.visitor import signed_in
from hosting.settings import settings

#: How long Streamlit keeps a session whose tab is closed.
MINUTES_AFTER_CLOSING: Final = 2
DRAFT_DAYS: Final = 30
_UNTIL_CLOSED: Final = (
    "It is gone when you close the tab or load the page anew: the server forgets it "
    f"{MINUTES_AFTER_CLOSING} minutes later at most."
)
_AS_DRAFT: Final = (
    "What was read, not the file itself, is kept there as a draft, so that a reload loses nothing: "
    f"{DRAFT_DAYS} days from when you touched it last, or until you delete it on the page *What is stored*."
)


def show_what_happens(*, pseudonyms: bool) -> None:
    """Say it, with the limits."""
    st.markdown("  \n".join(f":small[{icon} {text}]" for icon, text in what_happens(pseudonyms=pseudonyms)))


def what_happens(*, pseudonyms: bool = False) -> tuple[tuple[str, str], ...]:
    """Return in sentences what happens to a file, each with an icon."""
    known = settings()
    names = " No name is in it, only pseudonyms." if pseudonyms else ""
    if known.demo:
        found = [
            (
                ":material/memory:",
                f"It is read in this server's memory and never written to its disk.{names}",
            ),
            (":material/person:", "Only this tab sees it. It is passed on to nobody."),
            (":material/timer:", _UNTIL_CLOSED),
        ]
    else:
        found = [
            (":material/dns:", f"It goes to the machine on which this program runs, and no further.{names}"),
            *_kept(),
        ]
    boxes = f" and {known.boxes:,} boxes" if known.boxes else ""
    return (*found, (":material/straighten:", f"Up to {known.upload_mb:,} MB{boxes}."))


def _kept() -> list[tuple[str, str]]:
    if why := keeping.why_nothing():
        return [(":material/cloud_off:", f"It is not kept. {plain(why)}")]
    person = signed_in()
    who = "in this browser" if person is None else f"signed in as {plain(person.email or person.name)}"
    return [
        (":material/cloud_done:", _AS_DRAFT),
        (":material/person:", f"Only you find it again, {who}, until you share it."),
    ]
