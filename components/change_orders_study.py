"""The study: run it, watch it, stop it, and read what it shows."""

from __future__ import annotations

import time

import streamlit as st

from components import session
from components.change_orders_choice import Setting
from components.change_orders_findings import Done, show_findings
from components.text import plain
from orgmodel.change_orders.study import Plan, Study, run
from orgmodel.errors import OrgModelError
from orgmodel.explanations import percent
from orgmodel.wording import counted


def last_study() -> Study | None:
    """Return the study that was run last; None before the first."""
    done = st.session_state.get("change_orders_study")
    return None if done is None else done.study


def show_study(setting: Setting) -> None:
    """Show the button and the progress of a study, and what the last one shows."""
    try:
        plan = setting.plan
    except OrgModelError as error:
        st.error(plain(str(error)))
        return
    slot = st.empty()
    if st.session_state.pop("change_orders_wanted", False):
        with slot.container():
            _run(setting, plan)
    with slot.container(horizontal=True, vertical_alignment="center"):
        st.button("Run the study", icon=":material/play_arrow:", type="primary", on_click=_want)
        st.caption(_size_text(plan), width="content")
    if st.session_state.pop("change_orders_running", False):
        st.info("Stopped; nothing of it was kept.", icon=":material/stop_circle:")
    if failed := st.session_state.pop("change_orders_failed", ""):
        st.error(plain(failed))
    done = st.session_state.get("change_orders_study")
    if done is not None:
        show_findings(done, setting, plan)


def _want() -> None:
    st.session_state.change_orders_wanted = True


def _run(setting: Setting, plan: Plan) -> None:
    """Run a study; any click ends it: Streamlit then ends this run of the page from within the bar."""
    state = st.session_state
    bar = st.progress(0.0, "The first one starts the processes ...")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Stop", icon=":material/stop:")
        st.caption("Another click, or leaving this page, stops it too.", width="content")
    state.change_orders_running, begun = True, time.perf_counter()
    try:
        study = run(plan, progress=lambda done, of: bar.progress(done / of, f"{done:,} of {of:,} runs done"))
    except OrgModelError as error:
        state.change_orders_failed = str(error)
    else:
        seconds = time.perf_counter() - begun
        state.change_orders_studies = number = state.get("change_orders_studies", 0) + 1
        state.change_orders_study = Done(number, study, setting, session.chart_name(), seconds)
    state.change_orders_running = False
    st.rerun()  # the answers above get what was simulated beside them


def _size_text(plan: Plan) -> str:
    least, most = percent(plan.utilisations[0]), percent(plan.utilisations[-1])
    return (
        f"{counted(len(plan.placements), 'placement')}, {counted(len(plan.policies), 'way')} of working, "
        f"operations from {least} to {most} full, each {plan.replications} times with {plan.changes:,} "
        f"changes: {plan.simulations:,} runs, all with the same customers."
    )
