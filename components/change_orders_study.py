"""The study: run it, watch it, stop it, and read what it shows."""

from __future__ import annotations

import logging
import time
from typing import Final

import streamlit as st

from components import session
from components.change_orders_choice import Setting
from components.change_orders_findings import Done, show_findings
from components.limits import turn_at
from components.text import plain
from hosting.fair_queue import giving_way
from hosting.limits import refused_study, studies
from hosting.settings import settings
from orgmodel.change_orders.executors import Progress
from orgmodel.change_orders.study import Plan, Study, run
from orgmodel.errors import OrgModelError, StudyError
from orgmodel.explanations import percent
from orgmodel.wording import counted

_HERE: Final = "Run on this server."
_ON_CLUSTER: Final = "Run on the cluster of this server."
_AWAY: Final = (
    "The cluster for long studies could not be used just now, so this study was run on this server itself; "
    "that takes longer."
)

_log = logging.getLogger(__name__)


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
    slot, refused = st.empty(), refused_study(plan.simulations)
    if st.session_state.pop("change_orders_wanted", False) and not refused:
        with slot.container():
            _run(setting, plan)
    with slot.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Run the study",
            icon=":material/play_arrow:",
            type="primary",
            on_click=_want,
            disabled=bool(refused),
        )
        st.caption(_size_text(plan), width="content")
    if refused:
        st.warning(refused, icon=":material/block:")
    if st.session_state.pop("change_orders_running", False):
        st.info("Stopped; nothing of it was kept.", icon=":material/stop_circle:")
    if failed := st.session_state.pop("change_orders_failed", ""):
        st.error(plain(failed))
    done = st.session_state.get("change_orders_study")
    if done is not None:
        show_findings(done, setting, plan)
        st.caption(st.session_state.change_orders_where)


def _want() -> None:
    st.session_state.change_orders_wanted = True


def _run(setting: Setting, plan: Plan) -> None:
    """Run a study; any click ends it: Streamlit then ends this run of the page from within the bar."""
    state = st.session_state
    bar = st.progress(0.0, "The study begins ...")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Stop", icon=":material/stop:")
        st.caption("Another click, or leaving this page, stops it too.", width="content")
    state.change_orders_running, begun = True, time.perf_counter()
    try:
        study = _made(plan, lambda done, of: bar.progress(done / of, f"{done:,} of {of:,} runs done"))
    except OrgModelError as error:
        state.change_orders_failed = str(error)
    else:
        seconds = time.perf_counter() - begun
        state.change_orders_studies = number = state.get("change_orders_studies", 0) + 1
        state.change_orders_study = Done(number, study, setting, session.chart_name(), seconds)
    state.change_orders_running = False
    st.rerun()  # the answers above get what was simulated beside them


def _made(plan: Plan, progress: Progress) -> Study:
    """Return the study: from the cluster if there is one, else made here when it is its turn."""
    state, cluster = st.session_state, settings().dask
    state.change_orders_where = _HERE
    if cluster:
        try:
            study = run(plan, dask=cluster, progress=progress)
        except StudyError as error:
            _log.warning("A study was not run on the cluster: %s", error)
            state.change_orders_where = _AWAY
        else:
            state.change_orders_where = _ON_CLUSTER
            return study
    with turn_at(studies, "Others' studies are running; yours"):
        if settings().demo:  # studies are small there, and so may be the host: a process more takes 160 MB
            with giving_way():
                return run(plan, workers=1, progress=progress)
        return run(plan, aside=True, progress=progress)


def _size_text(plan: Plan) -> str:
    least, most = percent(plan.utilisations[0]), percent(plan.utilisations[-1])
    return (
        f"{counted(len(plan.placements), 'placement')}, {counted(len(plan.policies), 'way')} of working, "
        f"operations from {least} to {most} full, each {plan.replications} times with {plan.changes:,} "
        f"changes: {plan.simulations:,} runs, all with the same customers."
    )
