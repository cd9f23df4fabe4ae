"""The saved scenarios, own and shared ones: open, copy, rename, see the history, delete and put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from components import keeping, session
from components.scenario_history import show_history
from components.scenario_members import show_members
from components.scenario_open import LONGEST_NAME, free_name, is_done, one_line
from components.scenario_roles import MAY, may_save, who, whose
from components.scenario_when import ago
from components.text import plain
from components.visitor import signed_in
from orgmodel.store import Kept
from orgmodel.wording import counted

_ON_A_PAGE: Final = 10
_DAYS_DELETED: Final = 30
_SIGNS: Final = {"viewer": ":material/visibility:", "editor": ":material/edit:"}


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
    if saved:
        _show_list(saved, saved, "scenario")
    else:
        st.caption("Nothing is saved yet. What you save stands here, with all its versions.")


def show_shared(shared: Sequence[Kept], saved: Sequence[Kept]) -> None:
    """Show the scenarios of others that whoever is there may see; ``saved`` are the own ones."""
    person = signed_in()
    if shared:
        _show_list(shared, (*saved, *shared), "shared")
    elif person is not None and not person.email:
        st.caption(
            "Nobody can share anything with you: your organization's sign-in does not confirm your e-mail "
            "address."
        )
    else:
        st.caption(
            "Nothing is shared with you yet. Whoever shares a scenario adds you by your e-mail address."
        )


def _show_list(listed: Sequence[Kept], there: Sequence[Kept], key: str) -> None:
    """Show some scenarios in pages; ``there`` are all whose names are taken."""
    words = ""
    if len(listed) > _ON_A_PAGE:
        words = st.text_input("Search", key=f"{key}-search", icon=":material/search:", placeholder="Name")
    found = [kept for kept in listed if words.casefold() in kept.name.casefold()]
    pages = max(1, -(-len(found) // _ON_A_PAGE))
    here = st.session_state.get(f"{key}-page", 1) if pages > 1 else 1
    for kept in found[(here - 1) * _ON_A_PAGE : here * _ON_A_PAGE]:
        _show_row(kept, there)
    if pages > 1:
        st.pagination(pages, key=f"{key}-page")
    if not found:
        st.caption("None has such a name.")


def _show_row(kept: Kept, there: Sequence[Kept]) -> None:
    here = keeping.saved_as()
    is_open = here is not None and here[0] == kept.id
    may_share = kept.role == "owner" and signed_in() is not None
    with st.container(border=True, gap="small"):
        words, buttons = st.columns([1.9, 1], vertical_alignment="center")
        with words, st.container(gap=None):
            mark = " :blue-badge[open]" if is_open else ""
            st.markdown(f"{whose(kept)}{mark}")
            st.caption(f"{facts(kept.summary)} · {counted(kept.versions, 'version')} · {_saved(kept)}")
            if kept.role != "owner":
                st.caption(f"{_SIGNS[kept.role]} You {MAY[kept.role].lower()}.")
        with buttons, st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                "Open", icon=":material/folder_open:", on_click=_open, args=(kept,), key=f"open-{kept.id}"
            )
            st.toggle("History", key=f"history-{kept.id}")
            if may_share:
                st.toggle("People", key=f"people-{kept.id}", help="Work on it together with others.")
            with st.popover("More", key=f"more-{kept.id}"):
                _show_more(kept, there)
        if may_share and st.session_state.get(f"people-{kept.id}"):
            show_members(kept)
        if st.session_state.get(f"history-{kept.id}"):
            show_history(kept)


def _saved(kept: Kept) -> str:
    """Return when a scenario was saved last, and by whom where that may be somebody else."""
    by = who(kept.saved_by)
    return ago(kept.saved_at) + (f" by {by}" if by and (by != "you" or kept.role != "owner") else "")


def _show_more(kept: Kept, there: Sequence[Kept]) -> None:
    if may_save(kept):
        field = f"rename-{kept.id}"
        st.text_input(
            "Rename", kept.name, max_chars=LONGEST_NAME, key=field, on_change=_rename, args=(kept, field)
        )
    st.button(
        "Duplicate" if kept.role == "owner" else "Make a copy of your own",
        icon=":material/content_copy:",
        on_click=_duplicate,
        args=(kept, there),
        key=f"duplicate-{kept.id}",
        width="stretch",
    )
    if kept.role == "owner":
        st.button(
            "Delete",
            icon=":material/delete:",
            on_click=_delete,
            args=(kept,),
            key=f"delete-{kept.id}",
            width="stretch",
            help=f"It can be put back for {_DAYS_DELETED} days."
            + (" Those you share it with see it no longer." if signed_in() else ""),
        )
    else:
        st.button(
            "Take off this list",
            icon=":material/person_remove:",
            on_click=_leave,
            args=(kept,),
            key=f"leave-{kept.id}",
            width="stretch",
            help="You do not see it any more then, until you are added again.",
        )


def _open(kept: Kept) -> None:
    content = keeping.attempt(lambda store: store.content(keeping.owner(), kept.id, kept.versions))
    if content is not None and is_done(
        lambda _store: keeping.open_content(content, scenario_id=kept.id, number=kept.versions)
    ):
        st.session_state.scenario_said = (
            f"{whose(kept)} is open now. What was open before is kept among the older drafts."
        )


def _rename(kept: Kept, field: str) -> None:
    name = one_line(st.session_state[field])
    if name and name != kept.name:
        keeping.attempt(lambda store: store.rename(keeping.owner(), kept.id, name))
        here = keeping.saved_as()
        if here is not None and here[0] == kept.id:
            keeping.note_renamed(name)
            st.session_state[session.file_key("name")] = name


def _duplicate(kept: Kept, there: Sequence[Kept]) -> None:
    name = free_name(kept.name, {other.name for other in there})
    made = keeping.attempt(lambda store: store.duplicate(keeping.owner(), kept.id, name))
    if made is not None:
        st.session_state.scenario_said = f"**{plain(made.name)}** is a copy of **{plain(kept.name)}**."


def _delete(kept: Kept) -> None:
    if is_done(lambda store: store.delete(keeping.owner(), kept.id)):
        st.session_state.scenario_deleted = (kept.id, kept.name)
        st.session_state.scenario_said = ""


def _leave(kept: Kept) -> None:
    person = signed_in()
    if person is not None and is_done(lambda store: store.unshare(keeping.owner(), kept.id, person.email)):
        st.session_state.scenario_said = f"{whose(kept)} is not on your list any more."


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
    """Show what was deleted, to put it back or to be rid of it now."""
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
                with st.popover("Delete for good", key=f"more-deleted-{kept.id}"):
                    st.markdown("With all its versions. It cannot be had back.")
                    st.button(
                        "Yes, delete it for good",
                        icon=":material/delete_forever:",
                        on_click=_erase,
                        args=(kept,),
                        key=f"erase-{kept.id}",
                    )


def _erase(kept: Kept) -> None:
    if is_done(lambda store: store.erase(keeping.owner(), kept.id)):
        st.session_state.scenario_deleted = None
        st.session_state.scenario_said = f"**{plain(kept.name)}** is gone for good."
