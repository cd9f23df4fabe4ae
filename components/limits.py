"""The limits of this server as a page meets them: refusals in a sentence, turns, files that are forgotten."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from hosting.fair_queue import FairQueue, giving_way
from hosting.limits import LimitError, admit, computing
from hosting.settings import settings

_MEGABYTE: Final = 1 << 20
#: Boxes from which on whatever is computed about a chart takes long.
_LARGE: Final = 10_000
_here = threading.local()


# ---------------------------------------------------------------------- tabs


def let_in(owner: str) -> None:
    """Show one sentence and nothing else where this visitor, or this server, has as many tabs as may be."""
    if sentence := admit(owner, get_script_run_ctx().session_id):
        # Else Streamlit would offer the files of the folder pages/ as pages of their own.
        st.navigation([st.Page(_nothing, title="Orgmodel")], position="hidden")
        st.title("Not now", anchor=False)
        st.warning(sentence, icon=":material/tab_close:")
        st.stop()


def _nothing() -> None:
    """Show a page without anything on it."""


# ---------------------------------------------------------------------- uploads


def largest_file(most: int = 0) -> int:
    """Return how large a file a field takes, in MB, where none is to be larger than ``most``."""
    return min(most or settings().upload_mb, settings().upload_mb)


def taken(file: UploadedFile, most: int = 0) -> bytes:
    """Return what is in an uploaded file and forget the file, which Streamlit would hold as long as the tab.

    Raises
    ------
    LimitError
        It is larger than its field takes: a browser that asks the field first does not send it.

    """
    content, largest = file.getvalue(), largest_file(most)
    forget([file])
    if len(content) > largest * _MEGABYTE:
        raise LimitError(
            f"The file has {len(content) / _MEGABYTE:,.1f} MB; here it may have up to {largest:,} MB."
        )
    return content


def forget(files: Iterable[UploadedFile]) -> None:
    """Remove uploaded files from Streamlit's memory."""
    context = get_script_run_ctx()
    for file in files:
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


# ---------------------------------------------------------------------- turns


@contextmanager
def long_work(words: str = "") -> Iterator[None]:
    """Do something long when it is one's turn, under a spinner if there are words for it.

    Any click ends the waiting, as it ends every run of a page.
    """
    spinner = st.spinner(words) if words else nullcontext()
    if getattr(_here, "busy", False):  # a part of long work
        with spinner:
            yield
        return
    with turn_at(computing, "Others are computing just now, or another tab of yours; this"):
        _here.busy = True
        try:
            with giving_way(), spinner:
                yield
        finally:
            _here.busy = False


def work_on(boxes: int) -> AbstractContextManager[None]:
    """Return what a computation about a chart of so many boxes is done in: long work if they are many."""
    return long_work() if boxes > _LARGE else nullcontext()


@contextmanager
def turn_at(queue: FairQueue, who: str) -> Iterator[None]:
    """Wait for a turn, saying ``who`` begins when, and hold it until the end."""
    slots: list[DeltaGenerator] = []  # made only where somebody waits

    def tell(place: int) -> None:
        if not slots:
            slots.append(st.empty())
        slots[0].info(
            f"{who} begins as soon as it is its turn (place {place:,}). Any click leaves the queue.",
            icon=":material/hourglass_top:",
        )

    with queue.turn(st.session_state.get("owner", ""), tell):
        for slot in slots:
            slot.empty()
        yield
