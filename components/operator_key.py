"""The key of the operator's page, where nobody signs in."""

from __future__ import annotations

import hmac
import threading
import time
from collections import deque
from typing import Final

import streamlit as st

from components.visitor import is_operator
from hosting.settings import settings

_MOST_WRONG: Final = 5
_WITHIN: Final = 60  # seconds
_wrong: Final[deque[float]] = deque(maxlen=_MOST_WRONG)  # when; of this process, whoever tried
_lock: Final = threading.Lock()


def show_key() -> None:
    """Ask for the key; say to anybody who cannot have one that this page is not for him."""
    known = settings()
    if known.sign_in is not None or not known.operator_key:
        st.info("This page is for whoever runs this server.", icon=":material/lock:")
        return
    with st.form("operator-key", clear_on_submit=True, width=420):
        said = st.text_input("Key of whoever runs this server", type="password", autocomplete="off")
        if st.form_submit_button("Open") and said:
            if seconds := seconds_to_wait():
                st.error(f"Too many wrong keys were tried. Try again in {seconds} seconds.")
            elif is_key(said):
                st.session_state.is_operator = True
                st.rerun()
            else:
                st.error("That is not the key.")


def seconds_to_wait() -> int:
    """Return after how many seconds another key may be tried; 0 where it may now.

    After five wrong ones within a minute nobody can try, the operator neither: whoever tries comes with as
    many addresses and tabs as he likes.
    """
    with _lock:
        full = len(_wrong) == _MOST_WRONG
        return max(0, round(_wrong[0] + _WITHIN - time.monotonic() + 0.5)) if full else 0


def is_key(said: str) -> bool:
    """Return whether that is the key; where it is not, note that somebody tried."""
    right = settings().operator_key
    if right and hmac.compare_digest(said.encode(), right.encode()):
        return True
    with _lock:
        _wrong.append(time.monotonic())
    return False


def may_see() -> bool:
    """Return whether facts may be shown to who is there; else ask for the key."""
    if not is_operator():
        show_key()
        return False
    return True
