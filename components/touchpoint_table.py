"""The table of causes, in which a reader says who can act, and the touchpoint map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from components.lenses_contacts import NEEDS, keep_edited
from components.names import function_title
from orgmodel.organization import BUSINESS_FUNCTIONS
from orgmodel.touchpoints import STEPS, Contact, function_shares, reassigned, touchpoint_shares
from orgmodel.wording import counted

_MOST_ROWS: Final = 200
_NOT_ASSIGNED: Final = "Not assigned"
_TITLES: Final = {function: function_title(function) for function in BUSINESS_FUNCTIONS}


def show_causes(source: str, contacts: tuple[Contact, ...]) -> None:
    """Show the causes with who can act; an edit corrects it, and how often where nobody has counted."""
    shown = contacts[:_MOST_ROWS]
    by_hand = source == NEEDS
    key = f"lens-causes-{source}-{st.session_state.get('lens_edits', 0)}"
    number = "Share" if by_hand else "Contacts"
    total = sum(contact.number for contact in contacts) or 1.0
    factor = 100 / total if by_hand else 1.0
    st.data_editor(
        {
            "Cause": [contact.cause for contact in shown],
            number: [contact.number * factor for contact in shown],
            "Step": [STEPS.get(contact.step, "") for contact in shown],
            "Who can act": [_TITLES.get(contact.function, _NOT_ASSIGNED) for contact in shown],
            "Why": [contact.reason for contact in shown],
        },
        key=key,
        hide_index=True,
        disabled=["Cause", "Step", "Why"] if by_hand else ["Cause", "Contacts", "Step", "Why"],
        column_config={
            "Cause": st.column_config.TextColumn(width="medium"),
            number: st.column_config.NumberColumn(
                format="%.1f %%" if by_hand else "localized", min_value=0.0, width="small"
            ),
            "Step": st.column_config.TextColumn(width="small"),
            "Who can act": st.column_config.SelectboxColumn(
                options=[*_TITLES.values(), _NOT_ASSIGNED], required=True, width=150
            ),
            "Why": st.column_config.TextColumn(width="large"),
        },
        on_change=_correct,
        args=(key, source, contacts, factor),
    )
    more = f" The {_MOST_ROWS} most frequent of {len(contacts):,}." if len(contacts) > _MOST_ROWS else ""
    st.caption(
        f"{counted(len(contacts), 'cause')}.{more} Who can act is our assumption: correct it in the table."
        + (" Shares that you change are rescaled to 100 %." if by_hand else "")
    )


def _correct(key: str, source: str, contacts: tuple[Contact, ...], factor: float) -> None:
    keep_edited(source, corrected(contacts, st.session_state[key]["edited_rows"], factor))


def corrected(
    contacts: Sequence[Contact], edited: Mapping[int, Mapping[str, object]], factor: float
) -> tuple[Contact, ...]:
    """Return the contacts with the cells of some rows of the table edited; ``factor`` made its shares."""
    functions = {title: function for function, title in _TITLES.items()}
    changed, assigned = list(contacts), {}
    for row, cells in edited.items():
        share, title = cells.get("Share"), cells.get("Who can act")
        if isinstance(share, int | float):
            changed[row] = replace(changed[row], number=max(0.0, share / factor))
        if title is not None:
            assigned[changed[row].cause] = functions.get(str(title), "")
    return reassigned(changed, assigned)


def show_touchpoints(contacts: Sequence[Contact]) -> None:
    """Show the share of contacts of every function at every step."""
    shares = touchpoint_shares(contacts)
    functions = list(function_shares(contacts))
    steps = [*STEPS, *([""] if "" in functions else [])]
    st.table(
        {"Share of contacts": [_TITLES.get(function, _NOT_ASSIGNED) for function in functions]}
        | {
            STEPS.get(step, "No step"): [_text(shares.get((function, step), 0.0)) for function in functions]
            for step in steps
        },
        border="horizontal",
        hide_index=True,
    )


def _text(share: float) -> str:
    return "" if not share else "under 1 %" if share < 0.01 else f"{100 * share:.0f} %"  # noqa: PLR2004
