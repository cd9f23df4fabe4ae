"""What one visitor may take of a server, so that the others have theirs; a sentence for each refusal.

Nothing here is shown. Charts and studies are refused by their size, tabs by their number; long work waits
its turn (`hosting.fair_queue`). What may be uploaded: `hosting.uploads`.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Final

from streamlit import runtime

from hosting.fair_queue import FairQueue
from hosting.settings import settings
from orgmodel.errors import OrgModelError
from orgmodel.importing import DEFAULT_LIMITS, Limits
from orgmodel.wording import counted

_MEGABYTE: Final = 1 << 20
#: Several rows may be one box (a person with two lines), and some are left out; more cannot fit the limit.
_ROWS_OF_A_BOX: Final = 3
#: A workbook is packed; one that unpacks to more than this many times its size is no chart.
_UNPACKED: Final = 10
_OWN_MACHINE: Final = "or run Orgmodel on your own machine: there is no limit there"


class LimitError(OrgModelError, ValueError):
    """Something is larger than this server takes; the message names both sizes and says what to do."""


# ---------------------------------------------------------------------- charts


def check_boxes(number: int) -> None:
    """Refuse a chart with more boxes than this server takes.

    Raises
    ------
    LimitError
        What is open stays as it is.

    """
    most = settings().boxes
    if most and number > most:
        raise LimitError(
            f"This chart has {counted(number, 'box', 'boxes')}; this server takes up to {most:,}. Take a "
            f"part of it, such as one division, {_OWN_MACHINE}."
        )


def of_files() -> Limits:
    """Return what is read of a file."""
    most = settings().upload_mb * _MEGABYTE
    return replace(
        DEFAULT_LIMITS,
        bytes=most,
        nested_bytes=min(most, DEFAULT_LIMITS.nested_bytes),
        unpacked_bytes=min(_UNPACKED * most, DEFAULT_LIMITS.unpacked_bytes),
    )


def of_charts() -> Limits:
    """Return what is read of a file with a chart: far more rows than boxes may be are not put together."""
    most = settings().boxes
    return replace(of_files(), rows=_ROWS_OF_A_BOX * most) if most else of_files()


# ---------------------------------------------------------------------- studies


def refused_study(runs: int) -> str:
    """Return why a study of so many runs is not made here; empty where it is."""
    most = settings().study_runs
    if not most or runs <= most:
        return ""
    return (
        f"This study would take {counted(runs, 'run')}; this server makes up to {most:,} at a time. Take "
        f"fewer repetitions, placements or ways of working, {_OWN_MACHINE}."
    )


#: Studies that run on this machine, of all visitors.
studies: Final = FairQueue(lambda: settings().studies_at_once)
#: Other long computations: they run beside the clicks of everybody else, so only two do at once, and only
#: one of each visitor.
computing: Final = FairQueue(lambda: 2, alone=True)


# ---------------------------------------------------------------------- tabs

_tabs: Final[dict[str, str]] = {}  # session -> its owner, for all that were let in
_lock: Final = threading.Lock()


def admit(owner: str, session_id: str) -> str:
    """Let a tab in, or return why not; a tab that was closed has given its place back."""
    known = settings()
    with _lock:
        for gone in [each for each in _tabs if each != session_id and not _is_open(each)]:
            del _tabs[gone]
        if session_id not in _tabs:
            own = sum(each == owner for each in _tabs.values())
            if known.tabs and own >= known.tabs:
                return (
                    f"You have {counted(own, 'tab')} of this dashboard open; this server allows "
                    f"{known.tabs:,} to each visitor. Close one, then load this page anew."
                )
            if known.sessions and len(_tabs) >= known.sessions:
                return (
                    f"This server is full: {counted(len(_tabs), 'tab')} of all visitors are open, as many as "
                    "it takes. Load this page anew in a few minutes."
                )
        _tabs[session_id] = owner
        return ""


def _is_open(session_id: str) -> bool:
    """Return whether a tab is connected; where there is no server (a test), all are."""
    return not runtime.exists() or runtime.get_instance().is_active_session(session_id)
