"""The frame around every page: what is open, the pages about it, and whether it is kept."""

from __future__ import annotations

import time

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components import keeping, session
from components.account_menu import show_account
from components.examples import DATA
from components.kept_status import show_kept, show_said
from components.open_chart import show_open
from components.reconnecting import run_when_back
from components.tour import show_tour
from components.visitor import is_operator, is_stranger
from hosting import facts
from hosting.settings import settings
from hosting.turns import TURNS


def show_frame() -> None:
    """Show the page that is asked for, with the navigation and the sidebar around it."""
    # A picture of our own: for a material icon the browser would ask another machine.
    st.set_page_config(page_title="Orgmodel", page_icon=DATA / "icon.png", layout="wide")
    if is_stranger():  # a connection that passes the gate without saying where it comes from
        st.error("You are not signed in. Load this page anew.")
        st.stop()
    with TURNS.turn():
        keeping.start()
        keeping.keep()
        page = st.navigation(_pages(), expanded=True)
        if wanted := st.session_state.pop("wanted_page", None):
            st.switch_page(wanted[0], query_params=wanted[1])
        show_said()
        show_tour(page)
        _run(page)
        show_open()
        keeping.keep()
    show_kept()
    show_account()
    run_when_back()


def _run(page: StreamlitPage) -> None:
    begun = time.perf_counter()
    try:
        page.run()
    finally:
        facts.note_run(time.perf_counter() - begun, page.title, len(session.organization()))


def _pages() -> dict[str, list[st.Page]]:
    demo = settings().demo
    return {
        "The chart": [
            st.Page(
                "pages/welcome.py",
                title="Welcome",
                icon=":material/waving_hand:",
                default=demo,
                visibility="visible" if demo else "hidden",
            ),
            st.Page("pages/start.py", title="Start", icon=":material/account_tree:", default=not demo),
            st.Page("pages/your_chart.py", title="Your chart", icon=":material/upload_file:"),
            st.Page("pages/draw.py", title="Draw", icon=":material/edit:"),
            st.Page("pages/health.py", title="Organization health", icon=":material/monitor_heart:"),
        ],
        "Where to": [
            st.Page("pages/goals.py", title="Goals", icon=":material/flag:"),
            st.Page("pages/decide.py", title="Decide", icon=":material/balance:"),
            st.Page("pages/plan.py", title="Next steps", icon=":material/event_upcoming:"),
            st.Page("pages/placement.py", title="Placement", icon=":material/move_down:"),
            st.Page("pages/change_orders.py", title="Change orders", icon=":material/edit_calendar:"),
            st.Page("pages/lenses.py", title="Two lenses", icon=":material/join_inner:"),
        ],
        "Keep and show": [
            st.Page("pages/scenarios.py", title="Scenarios", icon=":material/save:"),
            st.Page("pages/compare.py", title="Compare", icon=":material/compare:"),
            st.Page("pages/report.py", title="Report", icon=":material/description:"),
            st.Page("pages/share.py", title="Share", icon=":material/share:"),
            st.Page("pages/shared.py", title="Shared with you", visibility="hidden"),
        ],
        "Behind it": [
            st.Page("pages/assumptions.py", title="Assumptions", icon=":material/tune:"),
            st.Page("pages/methods.py", title="Methods", icon=":material/menu_book:"),
            st.Page("pages/privacy.py", title="What is stored", icon=":material/shield_lock:"),
            st.Page(
                "pages/operator.py",
                title="For the operator",
                icon=":material/monitoring:",
                visibility="visible" if is_operator() else "hidden",
            ),
        ],
    }
