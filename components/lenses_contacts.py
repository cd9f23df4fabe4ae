"""The contacts of the page Two lenses: from the needs or from a ticket file, as corrected by hand.

What was corrected is kept in the session beside what it was made from, so that other needs, another file or
other columns start anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from components import session
from components.limits import largest_file, long_work
from components.text import plain
from hosting.limits import of_files
from orgmodel.errors import OrgModelError
from orgmodel.touchpoints import (
    Contact,
    TicketReport,
    Tickets,
    contacts_from_needs,
    ticket_report,
    ticket_table,
)
from orgmodel.wording import counted

NEEDS, FILE = "needs", "file"
_SOURCES: Final = {NEEDS: "What is assumed", FILE: "A ticket file"}
_TYPES: Final = "csv tsv txt xlsx xlsm xls xlsb ods json"
_EVERY_ROW: Final = "Every row is one contact"
_HELP: Final = (
    "An export of your help desk, one row per ticket, call or case, with a column that says why (cause, "
    "reason, category, type ...). A column with numbers is used if there is one."
)
_BY_MAP: Final = (
    "Spread over steps and causes by our own map, as no file says how often customers call and why."
)
_BY_HAND: Final = "Causes as they were taken over from a file, or corrected here."
_STAYS: Final = (
    "The file stays on this machine, is read in memory and stored nowhere; closing the page forgets it."
)


def show_source() -> tuple[str, tuple[Contact, ...] | None]:
    """Ask where the contacts come from; return that, and the contacts or None where there are none yet."""
    source = st.segmented_control(
        "Where the contacts come from",
        list(_SOURCES),
        default=NEEDS,
        required=True,
        format_func=_SOURCES.get,
        key="lens-source",
        persist_state="session",
    )
    if source == FILE:
        return source, _of_file()
    assumed = session.assumed()
    contacts = _edited(NEEDS, _base(assumed.needs), lambda: contacts_from_needs(assumed))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_BY_MAP if contacts == contacts_from_needs(assumed) else _BY_HAND, width="content")
        st.page_link("pages/assumptions.py", label="Whom customer service needs", icon=":material/tune:")
    return NEEDS, contacts


def keep_edited(source: str, contacts: tuple[Contact, ...]) -> None:
    """Keep contacts that were corrected by hand."""
    state = st.session_state
    base, _ = state.lens_contacts[source]
    state.lens_contacts = state.lens_contacts | {source: (base, contacts)}
    state.lens_edits = state.get("lens_edits", 0) + 1


def keep_for_needs(contacts: tuple[Contact, ...], needs: Mapping[str, float]) -> None:
    """Show these contacts for needs that were made of them: their own causes say more than our map."""
    state = st.session_state
    state.lens_contacts = state.get("lens_contacts", {}) | {NEEDS: (_base(needs), contacts)}


def _base(needs: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return what tells needs apart; the sliders of the page Assumptions change the last digits."""
    return tuple(sorted((function, round(need, 6)) for function, need in needs.items() if need))


def _edited(source: str, base: object, make: Callable[[], tuple[Contact, ...]]) -> tuple[Contact, ...]:
    """Return the contacts last corrected, made anew where they come from something else by now."""
    state = st.session_state
    kept = state.setdefault("lens_contacts", {}).get(source)
    if kept is None or kept[0] != base:
        kept = (base, make())
        state.lens_contacts = state.lens_contacts | {source: kept}
        state.lens_edits = state.get("lens_edits", 0) + 1
    return kept[1]


def _of_file() -> tuple[Contact, ...] | None:
    state = st.session_state
    uploaded = st.file_uploader(
        "Your ticket file",
        _TYPES.split(),
        max_upload_size=largest_file(),
        key="lens-upload",
        help=_HELP,
    )
    st.caption(_STAYS)
    if uploaded is not None and uploaded.file_id != state.get("lens_read"):
        state.lens_read = uploaded.file_id
        state.lens_fault = ""
        try:
            with long_work("Reading the file"):
                state.lens_tickets = (
                    uploaded.file_id,
                    ticket_table(uploaded.getvalue(), uploaded.name, of_files()),
                )
        except OrgModelError as error:
            state.lens_fault = str(error)
    if uploaded is not None and state.get("lens_fault"):
        st.error(plain(state.lens_fault))
        return None
    if "lens_tickets" not in state:
        return None
    file, tickets = state.lens_tickets
    if uploaded is None:
        # The field forgets its file when another page is shown; what was read is still there.
        name, forget = st.columns([3, 1], vertical_alignment="center")
        name.markdown(f"Shown: **{plain(tickets.table.name or 'the file read last')}**")
        forget.button("Forget it", icon=":material/delete:", on_click=_forget)
    return _of_tickets(file, tickets)


def _forget() -> None:
    for name in ("lens_tickets", "lens_read", "_lens_report", "_lens_reading"):
        st.session_state.pop(name, None)
    st.session_state.lens_contacts = {
        source: kept for source, kept in st.session_state.lens_contacts.items() if source != FILE
    }


def _of_tickets(file: str, tickets: Tickets) -> tuple[Contact, ...] | None:
    first = session.kept("lens_report", (file,), lambda: ticket_report(tickets))
    columns = list(first.columns)
    causes, numbers = st.columns(2)
    cause = causes.selectbox(
        "Which column says why",
        columns,
        index=columns.index(first.cause_column) if first.cause_column else None,
        placeholder="Choose a column",
        key=f"lens-causes-{file}",
        persist_state="session",
    )
    count = numbers.selectbox(
        "Which column says how many",
        ["", *columns],
        index=0 if first.count_column is None else 1 + columns.index(first.count_column),
        format_func=lambda name: name or _EVERY_ROW,
        key=f"lens-counts-{file}",
        persist_state="session",
    )
    if cause is None:
        st.info(f"{plain(first.reason)} Choose the column that says why customers made contact.")
        return None
    made_of = (file, cause, count)
    found = first
    if (cause, count) != (first.cause_column, first.count_column or ""):
        found = session.kept(
            "lens_reading", made_of, lambda: ticket_report(tickets, cause_column=cause, count_column=count)
        )
    _show_account(found, first.reason if cause == first.cause_column else "")
    return _edited(FILE, made_of, lambda: found.contacts)


def _show_account(found: TicketReport, reason: str) -> None:
    """Say what became of every row."""
    parts = [f"**{found.used:,}** used"]
    for number, words in (
        (found.unknown, "with a cause that is not known here (not assigned)"),
        (found.without_cause, "without a cause"),
        (found.without_number, "without a number"),
    ):
        if number:
            parts.append(f"{number:,} {words}")
    st.markdown(f"{counted(found.rows, 'row')}: {', '.join(parts)}.")
    notes = [reason, *found.notices]
    st.caption(" ".join(plain(note) for note in notes if note))
