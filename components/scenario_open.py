"""What is open as a scenario: its name and notes, whether it is kept, and the buttons that save it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

import streamlit as st

from components import keeping, session
from components.scenario_when import ago
from components.text import plain
from orgmodel.store import Kept, Store

LONGEST_NAME: Final = 80
_LONGEST_NOTES: Final = 4_000
_FILE_INSTEAD: Final = "Download the scenario as a file to keep it."


def is_done(call: Callable[[Store], object]) -> bool:
    """Return whether a call of the store was possible, after saying why where it was not."""
    return keeping.attempt(lambda store: (call(store),)) is not None


def one_line(text: str) -> str:
    """Return a name as it is kept: on one line, without blanks around it."""
    return " ".join(text.split())


def show_open_scenario(saved: Sequence[Kept] | None) -> None:
    """Show name and notes of what is open, how it is kept, and the ways to save it.

    ``saved`` is None where nobody can tell now what is saved.
    """
    state, name, notes = st.session_state, session.file_key("name"), session.file_key("notes")
    st.text_input(
        "Name",
        state.scenario_name,
        max_chars=LONGEST_NAME,
        key=name,
        placeholder=session.chart_name(),
        on_change=lambda: setattr(state, "scenario_name", one_line(state[name])),
    )
    st.text_area(
        "Notes",
        state.scenario_notes,
        max_chars=_LONGEST_NOTES,
        key=notes,
        height=95,
        placeholder="What this is, who asked for it, what speaks for it",
        on_change=lambda: setattr(state, "scenario_notes", state[notes]),
    )
    latest = _latest(saved)
    there, changed = latest > 0, keeping.changed_since_saved()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Save as version {latest + 1}" if there else "Save",
            icon=":material/save:",
            type="primary",
            on_click=_save,
            args=(saved or (),),
            kwargs={"as_another": not there},
            disabled=keeping.store() is None or (there and not changed),
            help="Nothing has changed since it was saved." if there and not changed else None,
            key="save-scenario",
        )
        if there:
            st.button(
                "Save as another",
                icon=":material/library_add:",
                on_click=_save,
                args=(saved or (),),
                kwargs={"as_another": True},
                help="The saved one stays as it is; this becomes another one beside it.",
                key="save-as-another",
            )
    _show_kept(latest, changed=changed)


def _latest(saved: Sequence[Kept] | None) -> int:
    """Return the newest version of what is open as it is saved; 0 where it is not, or is deleted."""
    here = keeping.saved_as()
    if here is None or saved is None:
        return 0 if here is None else here[1]
    return next((kept.versions for kept in saved if kept.id == here[0]), 0)


def _show_kept(latest: int, *, changed: bool) -> None:
    """Say what of what is open is kept, and where it is not, why."""
    here, draft = keeping.saved_as(), keeping.draft()
    if why := keeping.why_nothing():
        st.warning(f"Nothing is kept: {plain(why)} {_FILE_INSTEAD}", icon=":material/cloud_off:")
        return
    parts = []
    if here is not None and latest:
        since = ", changed since" if changed else ", nothing changed since"
        parts.append(f"Saved as **{plain(here[2])}**, version {here[1]}{since}.")
        if latest > _seen():
            parts.append(
                f":orange[:material/warning: Version {latest} was saved from another window in the "
                "meantime.] If you save, yours comes after it; both stay in the history."
            )
        elif latest > here[1]:
            parts.append(f"The newest one is version {latest}.")
    elif here is not None:
        parts.append(f"It was saved as **{plain(here[2])}**, which has been deleted since.")
    else:
        parts.append("Not saved under a name yet.")
    if draft is not None and draft.fault is not None:
        parts.append(f":material/cloud_off: The draft is not kept yet: {plain(str(draft.fault))}")
    elif draft is not None and draft.kept_at is not None:
        parts.append(f":material/cloud_done: Kept in this browser's drafts, {ago(draft.kept_at)}.")
    st.caption("  \n".join(parts))


def note_seen(scenario_id: str, latest: int) -> None:
    """Remember which version was the newest when a scenario was opened or saved here."""
    st.session_state.version_seen = (scenario_id, latest)


def _seen() -> int:
    """Return which version of what is open was the newest when it was opened or saved here."""
    here, seen = keeping.saved_as(), st.session_state.get("version_seen")
    if here is None:
        return 0
    return max(here[1], seen[1]) if seen and seen[0] == here[0] else here[1]


def _save(saved: Sequence[Kept], *, as_another: bool) -> None:
    """Save what is open; as another one it gets a name that no other has."""
    state, here = st.session_state, None if as_another else keeping.saved_as()
    if here is not None and not keeping.changed_since_saved():
        return  # the second of two quick clicks
    if here is None:
        wanted = state.scenario_name or session.chart_name()
        state.scenario_name = state[session.file_key("name")] = free_name(
            wanted, {kept.name for kept in saved}
        )
    seen = _seen()
    version = keeping.save(as_another=as_another)
    if version is None:
        return
    note_seen(version.scenario_id, version.number)
    state.scenario_said = f"**{plain(version.name)}** is saved" + (
        f" as version {version.number}." if version.number > 1 else "."
    )
    if here is not None and version.number > seen + 1:
        state.scenario_said += (
            f" Version {version.number - 1} was saved from another window in the meantime; both are in the "
            "history."
        )


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return a name that none of the others has.

    >>> free_name("Plan", {"Other"}), free_name("Plan", {"Plan", "Plan 2"})
    ('Plan', 'Plan 3')
    """
    if wanted not in taken:
        return wanted
    return next(name for number in range(2, len(taken) + 3) if (name := f"{wanted} {number}") not in taken)
