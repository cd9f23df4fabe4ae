"""The saved scenarios: open, duplicate, rename, look at the history, delete and put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from components import keeping, session
from components.scenario_history import show_history
from components.scenario_open import LONGEST_NAME, free_name, is_done, one_line
from components.scenario_when import ago
from components.text import plain
from orgmodel.store import Kept
from orgmodel.wording import counted

_ON_A_PAGE: Final = 10
_DAYS_DELETED: Final = 30


def facts(summary: Mapping[str, Any]) -> str:
    """Return in one line what a scenario is about, harmless."""

    def number(key: str) -> int:
        value = summary.get(key)
        return value if isinstance(value, int) else 0

    parts = [
        plain(str(summary.get("chart") or "Chart")),
        f"customer service under {plain(str(under))}" if (under := summary.get("under")) else "",
        counted(number("boxes"), "box", "boxes"),
        f"{counted(number('changes'), 'change')} to the chart" if number("changes") else "",
        f"{counted(number('answers'), 'question')} answered" if number("answers") else "",
    ]
    return " · ".join(filter(None, parts))


def show_saved(saved: Sequence[Kept]) -> None:
    """Show the saved scenarios, the newest first, with what can be done with each."""
    _show_undo()
    if not saved:
        st.caption("Nothing is saved yet. What you save stands here, with all its versions.")
        return
    words = ""
    if len(saved) > _ON_A_PAGE:
        words = st.text_input("Search", key="scenario-search", icon=":material/search:", placeholder="Name")
    found = [kept for kept in saved if words.casefold() in kept.name.casefold()]
    pages = max(1, -(-len(found) // _ON_A_PAGE))
    here = st.session_state.get("scenario-page", 1) if pages > 1 else 1
    for kept in found[(here - 1) * _ON_A_PAGE : here * _ON_A_PAGE]:
        _show_row(kept, saved)
    if pages > 1:
        st.pagination(pages, key="scenario-page")
    if not found:
        st.caption("None has such a name.")


def _show_row(kept: Kept, saved: Sequence[Kept]) -> None:
    here = keeping.saved_as()
    is_open = here is not None and here[0] == kept.id
    with st.container(border=True, gap="small"):
        words, buttons = st.columns([1.9, 1], vertical_alignment="center")
        with words, st.container(gap=None):
            mark = " :blue-badge[open]" if is_open else ""
            st.markdown(f"**{plain(kept.name)}**{mark}")
            st.caption(f"{facts(kept.summary)} · {counted(kept.versions, 'version')} · {ago(kept.saved_at)}")
        with buttons, st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                "Open", icon=":material/folder_open:", on_click=_open, args=(kept,), key=f"open-{kept.id}"
            )
            st.toggle("History", key=f"history-{kept.id}")
            with st.popover("More", key=f"more-{kept.id}"):
                _show_more(kept, saved)
        if st.session_state.get(f"history-{kept.id}"):
            show_history(kept)


def _show_more(kept: Kept, saved: Sequence[Kept]) -> None:
    field = f"rename-{kept.id}"
    st.text_input(
        "Rename", kept.name, max_chars=LONGEST_NAME, key=field, on_change=_rename, args=(kept, field)
    )
    st.button(
        "Duplicate",
        icon=":material/content_copy:",
        on_click=_duplicate,
        args=(kept, saved),
        key=f"duplicate-{kept.id}",
        width="stretch",
    )
    st.button(
        "Delete",
        icon=":material/delete:",
        on_click=_delete,
        args=(kept,),
        key=f"delete-{kept.id}",
        width="stretch",
        help=f"It can be put back for {_DAYS_DELETED} days.",
    )


def _open(kept: Kept) -> None:
    content = keeping.attempt(lambda store: store.content(keeping.owner(), kept.id))
    if content is not None and is_done(
        lambda _store: keeping.open_content(content, scenario_id=kept.id, number=kept.versions)
    ):
        st.session_state.scenario_said = (
            f"**{plain(kept.name)}** is open now. What was open before is kept among the older drafts."
        )


def _rename(kept: Kept, field: str) -> None:
    name = one_line(st.session_state[field])
    if name and name != kept.name:
        keeping.attempt(lambda store: store.rename(keeping.owner(), kept.id, name))
        here = keeping.saved_as()
        if here is not None and here[0] == kept.id:
            keeping.note_renamed(name)
            st.session_state[session.file_key("name")] = name


def _duplicate(kept: Kept, saved: Sequence[Kept]) -> None:
    name = free_name(kept.name, {other.name for other in saved})
    made = keeping.attempt(lambda store: store.duplicate(keeping.owner(), kept.id, name))
    if made is not None:
        st.session_state.scenario_said = f"**{plain(made.name)}** is a copy of **{plain(kept.name)}**."


def _delete(kept: Kept) -> None:
    if is_done(lambda store: store.delete(keeping.owner(), kept.id)):
        st.session_state.scenario_deleted = (kept.id, kept.name)
        st.session_state.scenario_said = ""


def _put_back(scenario_id: str) -> None:
    if is_done(lambda store: store.undelete(keeping.owner(), scenario_id)):
        st.session_state.scenario_deleted = None


def _show_undo() -> None:
    """Offer to take the last deletion back."""
    deleted = st.session_state.get("scenario_deleted")
    if not deleted:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/delete: **{plain(deleted[1])}** is deleted.", width="content")
        st.button("Undo", icon=":material/undo:", on_click=_put_back, args=(deleted[0],), key="undo-delete")


def show_deleted() -> None:
    """Show what was deleted and can be put back."""
    deleted = keeping.attempt(lambda store: store.deleted(keeping.owner())) or ()
    if not deleted:
        return
    with st.expander(f"Deleted ({len(deleted)})", icon=":material/delete:"):
        st.caption(f"Each is kept for {_DAYS_DELETED} days after it was deleted, then it is really gone.")
        for kept in deleted:
            with st.container(horizontal=True, vertical_alignment="center"):
                gone = f", deleted {ago(kept.deleted_at)}" if kept.deleted_at else ""
                st.markdown(f"**{plain(kept.name)}**  \n:small[{facts(kept.summary)}{gone}]")
                st.button(
                    "Put back",
                    icon=":material/restore_from_trash:",
                    on_click=_put_back,
                    args=(kept.id,),
                    key=f"put-back-{kept.id}",
                )
