"""What is open as a scenario: its name and notes, whether it is kept, and the buttons that save it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from components import keeping, session
from components.scenario_roles import may_save, who, whose
from components.scenario_when import ago, clock
from components.text import plain
from components.visitor import signed_in
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


def show_open_scenario(there: Sequence[Kept] | None) -> None:
    """Show name and notes of what is open, how it is kept, and the ways to save it.

    ``there`` is what is saved and may be seen, that of others too; None where nobody can tell now.
    """
    state, name, notes = st.session_state, session.file_key("name"), session.file_key("notes")
    open_one = _open_one(there)
    if open_one is not None and open_one.name != state.scenario_name == state.saved[2]:
        keeping.note_renamed(open_one.name)  # in another window, or by somebody else
        state[name] = open_one.name
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
    changed = keeping.changed_since_saved()
    _show_buttons(open_one, there or (), changed=changed)
    if open_one is not None and open_one.versions > _seen():
        after = " If you save, yours comes after it; both stay in the history." if may_save(open_one) else ""
        said = _said_newer(open_one.versions, open_one.saved_at, open_one.saved_by)
        st.warning(f"{said}{after}", icon=":material/history:")
    _show_kept(open_one, changed=changed)


def _open_one(there: Sequence[Kept] | None) -> Kept | None:
    """Return the saved scenario that is open; None where it is not saved, or not there any more."""
    here = keeping.saved_as()
    if here is None:
        return None
    if there is None:  # nobody can tell now: as far as is known it is there, and one's own
        return Kept(here[0], here[2], {}, datetime.now(UTC), here[1])
    return next((kept for kept in there if kept.id == here[0]), None)


def _show_buttons(open_one: Kept | None, there: Sequence[Kept], *, changed: bool) -> None:
    is_next = open_one is not None and may_save(open_one)  # else it becomes a scenario of its own
    is_same = is_next and not changed
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Save as version {open_one.versions + 1}"
            if open_one is not None and is_next
            else "Save as your own copy"
            if open_one is not None
            else "Save",
            icon=":material/save:",
            type="primary",
            on_click=_save,
            args=(there,),
            kwargs={"as_another": not is_next},
            disabled=keeping.store() is None or is_same,
            help="Nothing has changed since it was saved." if is_same else None,
            key="save-scenario",
        )
        if is_next:
            st.button(
                "Save as another",
                icon=":material/library_add:",
                on_click=_save,
                args=(there,),
                kwargs={"as_another": True},
                help="The saved one stays as it is; this becomes another one beside it, your own.",
                key="save-as-another",
            )


def _show_kept(open_one: Kept | None, *, changed: bool) -> None:
    """Say what of what is open is kept, and where it is not, why."""
    here, draft = keeping.saved_as(), keeping.draft()
    if why := keeping.why_nothing():
        st.warning(f"Nothing is kept: {plain(why)} {_FILE_INSTEAD}", icon=":material/cloud_off:")
        return
    if here is not None and open_one is not None:
        parts = _about(open_one, here[1], changed=changed)
    elif here is not None:
        gone = (
            "is deleted by now, or not shared with you any more" if signed_in() else "has been deleted since"
        )
        parts = [f"It was saved as **{plain(here[2])}**, which {gone}."]
    else:
        parts = ["Not saved under a name yet."]
    if draft is not None and draft.fault is not None:
        parts.append(f":material/cloud_off: The draft is not kept yet: {plain(str(draft.fault))}")
    elif draft is not None and draft.kept_at is not None:
        whose_drafts = "among your drafts" if signed_in() else "in this browser's drafts"
        parts.append(f":material/cloud_done: Kept {whose_drafts}, {ago(draft.kept_at)}.")
    st.caption("  \n".join(parts))


def _about(kept: Kept, number: int, *, changed: bool) -> list[str]:
    """Return in sentences how what is open stands to the saved scenario it belongs to."""
    since = ", changed since" if changed else ", nothing changed since"
    parts = [f"Saved as {whose(kept)}, version {number}{since}."]
    if not may_save(kept):
        parts[0] = f"This is {whose(kept)}, version {number}{', changed since' if changed else ''}."
        parts.append(
            ":material/visibility: You may look at it and copy it. What you change and save becomes a "
            "scenario of your own."
        )
    if number < kept.versions == _seen():
        parts.append(f"The newest one is version {kept.versions}.")
    return parts


def _said_newer(number: int, saved_at: datetime, saved_by: str) -> str:
    """Return who saved a version that nobody here has seen, and when."""
    by = who(saved_by)
    if signed_in() is None or by == "you":
        return f"Version {number} was saved from another window in the meantime."
    return f"{by or 'Somebody'} saved version {number} {clock(saved_at)}, after the one that was open here."


def note_seen(scenario_id: str, latest: int) -> None:
    """Remember which version was the newest when a scenario was opened or saved here."""
    st.session_state.version_seen = (scenario_id, latest)


def _seen() -> int:
    """Return which version of what is open was the newest when it was opened or saved here."""
    here, seen = keeping.saved_as(), st.session_state.get("version_seen")
    if here is None:
        return 0
    return max(here[1], seen[1]) if seen and seen[0] == here[0] else here[1]


def _save(there: Sequence[Kept], *, as_another: bool) -> None:
    """Save what is open; as another one it gets a name that no other has."""
    state, here = st.session_state, None if as_another else keeping.saved_as()
    if here is not None and not keeping.changed_since_saved():
        return  # the second of two quick clicks
    if here is None:
        wanted = state.scenario_name or session.chart_name()
        state.scenario_name = state[session.file_key("name")] = free_name(
            wanted, {kept.name for kept in there}
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
        versions = keeping.attempt(lambda store: store.versions(keeping.owner(), version.scenario_id)) or ()
        state.scenario_said += "".join(
            f" {_said_newer(one.number, one.saved_at, one.saved_by)} Both are in the history."
            for one in versions
            if one.number == version.number - 1
        )


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return a name that none of the others has.

    >>> free_name("Plan", {"Other"}), free_name("Plan", {"Plan", "Plan 2"})
    ('Plan', 'Plan 3')
    """
    if wanted not in taken:
        return wanted
    return next(name for number in range(2, len(taken) + 3) if (name := f"{wanted} {number}") not in taken)
