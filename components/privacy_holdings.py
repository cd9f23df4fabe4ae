"""What is kept for this browser: how much, all of it to take away, and the ways to delete it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Final

import streamlit as st

from components import keeping
from components.scenario_files import ENDING
from components.scenario_open import is_done
from components.text import as_file_name
from orgmodel.errors import OrgModelError
from orgmodel.scenarios import written_scenario
from orgmodel.store import Content, Holdings, Store
from orgmodel.wording import counted

_NOT_READ: Final = "not-readable.txt"
_KILO: Final = 1024


def show_holdings() -> Holdings | None:
    """Show how much is kept for this browser; None where nobody can tell."""
    found = keeping.attempt(lambda store: store.holdings(keeping.owner()))
    if found is None:
        return None
    cards = (
        ("Drafts", f"{found.drafts:,}", "this window and older ones"),
        (
            "Saved scenarios",
            f"{found.scenarios:,}",
            f"{counted(found.versions, 'version')}, deleted ones included",
        ),
        ("Stored links", f"{found.links:,}", "expired and revoked ones included"),
        ("Altogether", _size(found.bytes), "charts kept once, however many versions"),
    )
    with st.container(horizontal=True):
        for title, value, about in cards:
            st.metric(title, value, help=about, border=True, width=170)
    return found


def _size(number: int) -> str:
    if number < _KILO:
        return f"{number} bytes"
    return f"{number / _KILO:,.0f} KB" if number < _KILO**2 else f"{number / _KILO**2:,.1f} MB"


def show_take_away(holdings: Holdings) -> None:
    """Offer all that is kept as a file, and to delete it."""
    store, owner = keeping.store(), keeping.owner()
    with st.container(horizontal=True):
        st.download_button(
            "Download everything of mine",
            lambda: everything(store, owner),
            "orgmodel-everything.zip",
            "application/zip",
            icon=":material/download:",
            on_click="ignore",
            disabled=not (holdings.drafts or holdings.scenarios),
            key="download-everything",
            help="Drafts and scenarios with all their versions, each a file that can be opened here again.",
        )
        with st.popover("Delete drafts", icon=":material/delete:", key="delete-drafts-ask"):
            st.markdown("Deletes all drafts for good, except that of this window. Saved scenarios stay.")
            st.button("Delete the drafts", on_click=_delete_drafts, type="primary", key="delete-drafts")
        with st.popover("Delete everything", icon=":material/delete_forever:", key="delete-everything-ask"):
            st.markdown(
                f"**Really everything?** {counted(holdings.drafts, 'draft')}, "
                f"{counted(holdings.scenarios, 'scenario')} with {counted(holdings.versions, 'version')} and "
                f"{counted(holdings.links, 'link')} are deleted for good; the links lead nowhere then. "
                f"{_shared_too(holdings)}"
                "What is open stays on the screen until you close this window; nothing more of it is kept."
            )
            st.button(
                "Yes, delete everything", on_click=_delete_everything, type="primary", key="delete-everything"
            )


def _shared_too(holdings: Holdings) -> str:
    """Return what becomes of that which is shared, in sentences; empty where nothing is."""
    with_others = f"What you share is gone for {counted(holdings.members, 'person', 'people')} too. "
    with_you = f"{counted(holdings.memberships, 'scenario')} of others leave your list. "
    return with_others * bool(holdings.members) + with_you * bool(holdings.memberships)


def show_keep_nothing() -> None:
    """Show the switch that keeps nothing of this window."""
    st.toggle(
        "Keep nothing of this window",
        bool(st.session_state.get("keep_nothing")),
        key="wish-keep-nothing",
        on_change=lambda: keeping.keep_nothing(really=st.session_state["wish-keep-nothing"]),
        help="Its draft is deleted, and a reload begins anew. What is saved under a name stays.",
    )


def _delete_drafts() -> None:
    here = keeping.draft()

    def delete(store: Store) -> int:
        older = [kept.id for kept in store.drafts(keeping.owner()) if here is None or kept.id != here.id]
        for draft_id in older:
            store.drop_draft(keeping.owner(), draft_id)
        return len(older)

    many = keeping.attempt(delete)
    if many is not None:
        st.session_state.privacy_said = f"{counted(many, 'draft')} deleted."


def _delete_everything() -> None:
    """Delete all; first this window stops to keep its draft, which would be written again."""
    keeping.keep_nothing(really=True)
    st.session_state["wish-keep-nothing"] = True
    if is_done(lambda store: store.forget_everything(keeping.owner())):
        st.session_state.saved = st.session_state.link_made = st.session_state.scenario_deleted = None
        st.session_state.privacy_said = (
            "Everything is deleted. Nothing more of this window is kept until you turn the switch below off."
        )


def everything(store: Store, owner: str) -> bytes:
    """Return all that is kept for an owner as a ZIP file of scenario files, each version one."""
    packed = io.BytesIO()
    unreadable = []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, load in _kept(store, owner):
            try:
                archive.writestr(f"{name}.{ENDING}", written_scenario(keeping.scenario_of(load())))
            except OrgModelError as error:
                unreadable.append(f"{name}: {error}")
        if unreadable:
            archive.writestr(_NOT_READ, "\n".join(unreadable))
    return packed.getvalue()


def _kept(store: Store, owner: str) -> Iterator[tuple[str, Callable[[], Content]]]:
    """Return the name of each file, and what loads its content."""
    for number, kept in enumerate(store.drafts(owner), start=1):
        yield f"drafts/{number} {_named(kept.name)}", lambda kept=kept: store.draft(owner, kept.id)
    for number, kept in enumerate(store.scenarios(owner), start=1):
        folder = f"scenarios/{number} {_named(kept.name)}"
        for version in store.versions(owner, kept.id):
            yield (
                f"{folder}/version {version.number}",
                lambda kept=kept, version=version: store.content(owner, kept.id, version.number),
            )


def _named(name: str) -> str:
    return as_file_name(name) or "without a name"
