"""Two kinds of links: one that carries everything itself, and one that leads to what is stored here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from components import keeping
from components.scenario_open import is_done
from components.scenario_when import ago, day
from components.shared_source import CARRIED, FIELDS_SETTING, STORED
from components.text import plain
from orgmodel.scenarios import FIELD_TITLES, LONGEST_PACKED, Scenario, pack
from orgmodel.store import Link
from orgmodel.wording import counted

_PAGE: Final = "shared"
_WAYS: Final = {CARRIED: "A link that carries everything itself", STORED: "A stored link"}
#: How long a stored link is open, in days; 0: until it is taken back.
_EXPIRIES: Final = {1: "1 day", 7: "7 days", 30: "30 days", 90: "90 days", 0: "Until I take it back"}
_USUAL: Final = 30
_MOST_BOXES: Final = 3_000


def address(kind: str, value: str, of_this_page: str | None) -> str:
    """Return the whole address of a link, by the address under which the browser sees the page Share."""
    here = urlsplit(of_this_page or "")
    path = here.path.rstrip("/").removesuffix("/share")
    return urlunsplit((here.scheme, here.netloc, f"{path}/{_PAGE}", urlencode({kind: value}), ""))


def packed_for_link(others: Scenario, fields: Sequence[str]) -> str:
    """Return what is shared as a text for a link; empty where the chart is far too large for one."""
    if len(others.organization) > _MOST_BOXES:
        return ""
    return pack(replace(others, settings={FIELDS_SETTING: list(fields)}))


def choose_way(packed: str) -> str:
    """Show the two kinds of links, the right one first; return which was chosen, empty where none can be."""
    fits, can_store = 0 < len(packed) <= LONGEST_PACKED, keeping.store() is not None
    if fits and can_store:
        return st.radio(
            "Which link",
            list(_WAYS),
            format_func=_WAYS.__getitem__,
            captions=[
                "Short enough here. Nothing is stored; it works for ever, and cannot be taken back.",
                "Kept on this server; it can end by itself and be taken back.",
            ],
            key="share-way",
            label_visibility="collapsed",
            persist_state="session",
        )
    many = f"{len(packed):,}" if packed else "far too many"
    too_long = (
        f"A link that carries everything itself would have {many} characters; up to {LONGEST_PACKED:,} get "
        "through every program that sends it."
    )
    if can_store:
        st.caption(f"{too_long} So this is a stored link: kept on this server, and it can be taken back.")
        return STORED
    if fits:
        st.caption("Nothing can be stored on this server, so the link carries everything itself.")
        return CARRIED
    st.warning(
        f"{too_long} And nothing can be stored on this server just now: {plain(keeping.why_nothing())} "
        "Send the scenario as a file instead."
    )
    st.page_link("pages/scenarios.py", label="Download the scenario as a file", icon=":material/download:")
    return ""


def show_carried(packed: str) -> None:
    """Show the link that carries everything."""
    link = address(CARRIED, packed, st.context.url)
    st.code(link, language=None, wrap_lines=True, height=110)
    st.caption(
        f"{len(link):,} characters. Whoever has the link can read what is in it and work on a copy, for "
        "ever: it cannot be taken back, because it is stored nowhere. Later changes of yours are not in it."
    )


def show_new_link(others: Scenario, fields: Sequence[str]) -> None:
    """Show how a stored link may be used, the button that makes it, and the link that was made."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        days = st.selectbox(
            "Open for",
            list(_EXPIRIES),
            index=list(_EXPIRIES).index(_USUAL),
            format_func=_EXPIRIES.__getitem__,
            key="share-days",
            width=210,
            persist_state="session",
        )
        copyable = st.toggle(
            "Others may work on a copy",
            key="share-copyable",
            persist_state="session",
            help="Off: to be read only. Nobody can change yours in either case.",
        )
        st.button(
            "Make the link",
            icon=":material/add_link:",
            type="primary",
            on_click=_make,
            args=(others, fields, days),
            kwargs={"copyable": copyable},
            key="make-link",
        )
    if made := st.session_state.get("link_made"):
        st.markdown(f":material/check: The link to **{plain(made[0])}**; it stands in the list below, too:")
        st.code(address(STORED, made[1], st.context.url), language=None, wrap_lines=True)
        st.caption(
            "Whoever has it sees what was ticked when it was made, as it was then, without later changes."
        )


def _make(others: Scenario, fields: Sequence[str], days: int, *, copyable: bool) -> None:
    expires = datetime.now(UTC) + timedelta(days=days) if days else None
    link = keeping.attempt(
        lambda store: store.create_link(
            keeping.owner(), keeping.content(others), copyable=copyable, expires=expires, fields=tuple(fields)
        )
    )
    st.session_state.link_made = None if link is None else (link.name, link.token)


def show_links() -> None:
    """Show one's own links with what became of them, and take one back."""
    links = keeping.attempt(lambda store: store.links(keeping.owner())) or ()
    st.subheader("Your stored links", anchor=False)
    if not links:
        st.caption("None yet.")
    for link in links:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(gap=None, width="stretch"):
                st.markdown(f"**{plain(link.name)}** {_state(link)}")
                st.caption(_about(link))
            if is_open(link):
                with st.popover("Show", icon=":material/link:", key=f"link-{link.id}"):
                    st.code(
                        address(STORED, link.token, st.context.url), language=None, wrap_lines=True, width=420
                    )
                st.button(
                    "Revoke",
                    icon=":material/link_off:",
                    on_click=_revoke,
                    args=(link,),
                    key=f"revoke-{link.id}",
                    help="Takes the link back: it leads nowhere from now on, and what it showed is deleted.",
                )


def is_open(link: Link) -> bool:
    """Return whether a link still leads somewhere."""
    return link.revoked is None and (link.expires is None or link.expires > datetime.now(UTC))


def _state(link: Link) -> str:
    if link.revoked is not None:
        return f":gray-badge[revoked {ago(link.revoked)}]"
    if not is_open(link):
        return f":gray-badge[expired on {day(link.expires)}]"
    until = f"until {day(link.expires)}" if link.expires else "until you revoke it"
    return f":green-badge[:material/check: open {until}]"


def _about(link: Link) -> str:
    """Return in one line what a link shows, and how often it was opened."""
    titles = [FIELD_TITLES[name].lower() for name in link.fields if name in FIELD_TITLES]
    last = f", last {ago(link.opened_at)}" if link.opened_at else ""
    parts = [
        f"made {ago(link.created)}",
        "copies allowed" if link.copyable else "to be read only",
        f"with {', '.join(titles)}" if titles else "without names, pay and notes",
        f"opened {counted(link.opened, 'time')}{last}" if link.opened else "not opened yet",
    ]
    return " · ".join(parts)


def _revoke(link: Link) -> None:
    is_done(lambda store: store.revoke(keeping.owner(), link.id))
    made = st.session_state.get("link_made")
    if made and made[1] == link.token:
        st.session_state.link_made = None
