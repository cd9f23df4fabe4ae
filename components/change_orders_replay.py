"""The replay: one quarrel climbs the chart, moment by moment."""

from __future__ import annotations

from typing import Final

import numpy as np
import streamlit as st

from components import session
from components.change_orders_choice import Setting
from components.picture import show_graph
from components.text import plain
from orgmodel.change_orders.records import CONTRACT, MANAGER, Records
from orgmodel.change_orders.simulation import simulate
from orgmodel.change_orders.story import Moment, story
from orgmodel.charts import replay_chart
from orgmodel.errors import OrgModelError
from orgmodel.explanations import percent
from orgmodel.wording import counted

_CHANGES: Final = 1000
_ANY: Final = "any"
_BY_LOT: Final = (
    "Whether a decision is a yes or a no is drawn by lot, {share} yes: nobody here weighs a case."
)
_KINDS: Final = {
    "longest": "The longest",
    "top": "One that reached the top",
    "rework": "One that ended in rework",
    _ANY: "Any",
}


@st.fragment
def show_replay(setting: Setting) -> None:
    """Ask for a placement and a quarrel, and show it step by step."""
    place, kind = _show_choice(setting)
    process = setting.processes[place]
    try:
        records = session.kept(
            "change_orders_records",
            (process, setting.parameters, setting.sizes["seed"]),
            lambda: simulate(process, setting.parameters, changes=_CHANGES, seed=setting.sizes["seed"]),
        )
    except OrgModelError as error:
        st.info(plain(str(error)))
        return
    found = _quarrels(records, kind)
    if not len(found):
        st.info(_nothing(records, kind))
        return
    change = int(found[_turn() % len(found)] if kind == _ANY else found[0])
    moments = story(records, change)
    at = _show_steps(moments, f"{place}-{kind}-{change}-{len(moments)}")
    chart, told = st.columns([3, 2], gap="large")
    with chart:
        figure = replay_chart(setting.chart(place), records, change, at)
        show_graph(figure, "change-orders-replay", "The way of one quarrel up the chart")
    with told:
        _tell(moments, at)
        st.caption(_BY_LOT.format(share=percent(setting.parameters.granted)))


def _show_choice(setting: Setting) -> tuple[int, str]:
    """Ask which placement and which quarrel; return the place of the one and the kind of the other."""
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    titles = [process.title for process in setting.processes]
    place = left.selectbox(
        "Placement to follow",
        range(len(titles)),
        format_func=titles.__getitem__,
        key=session.key(f"change-orders-replayed-{hash(tuple(titles))}"),
        persist_state="session",
    )
    with right, st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            f"Which quarrel of {_CHANGES:,} changes",
            list(_KINDS),
            default="longest",
            required=True,
            format_func=_KINDS.get,
            key="change-orders-which",
            persist_state="session",
            wrap=True,
        )
        if kind == _ANY:
            st.button("Another one", icon=":material/casino:", on_click=_take_another)
    return place, kind


def _turn() -> int:
    return st.session_state.get("change_orders_turn", 0)


def _take_another() -> None:
    st.session_state.change_orders_turn = _turn() + 1


def _quarrels(records: Records, kind: str) -> np.ndarray:
    """Return the changes of a kind that became a quarrel, the longest first; any: in a random order."""
    changes = records.changes
    disputed = np.flatnonzero(changes.disputed)
    if kind == _ANY:
        return np.random.default_rng(0).permutation(disputed)
    longest = disputed[np.argsort(-(changes.decided - changes.asked)[disputed], kind="stable")]
    if kind == "longest":
        return longest
    longest = np.roll(longest, -1)  # another one, as far as there is another
    if kind == "rework":
        return longest[changes.rework[longest]]
    depths = np.array([manager.depth for manager in records.process.managers])
    by_manager = changes.outcome[longest] == MANAGER
    return longest[by_manager & (depths[changes.decided_by[longest]] <= records.parameters.top_depth)]


def _nothing(records: Records, kind: str) -> str:
    number = int(np.count_nonzero(records.changes.disputed))
    if not number:
        return (
            f"No change of {_CHANGES:,} became a quarrel at these settings. With fuller operations or less "
            "transparency there will be some."
        )
    what = "reached the top executives" if kind == "top" else "ended in rework"
    outside = int(np.count_nonzero(records.changes.outcome == CONTRACT))
    aside = f" {outside:,} were settled by a contract or the board." if kind == "top" and outside else ""
    return f"None of the {counted(number, 'quarrel')} {what}.{aside} Choose another kind."


def _show_steps(moments: tuple[Moment, ...], name: str) -> int:
    """Show where the story stands and buttons for one step back and on; return the place of the moment."""
    key, last = session.key(f"change-orders-moment-{name}"), len(moments) - 1
    at = min(st.session_state.get(key, 1) - 1, last)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Back",
            icon=":material/arrow_back:",
            disabled=at == 0,
            on_click=_step,
            args=(key, at),
            key="change-orders-back",
        )
        st.button(
            "Next",
            icon=":material/arrow_forward:",
            disabled=at == last,
            on_click=_step,
            args=(key, at + 2),
            key="change-orders-next",
        )
        if last:
            at = st.slider("Moment", 1, last + 1, key=key, width=420) - 1
    return at


def _step(key: str, moment: int) -> None:
    st.session_state[key] = moment


def _tell(moments: tuple[Moment, ...], at: int) -> None:
    """Show what has happened so far, the last in full strength."""
    before = [f"{number}. {plain(moment.what)}" for number, moment in enumerate(moments[:at], start=1)]
    if before:
        st.caption("\n".join(before))
    st.markdown(f"**{plain(moments[at].what)}**")
    if at < len(moments) - 1:
        st.caption(f"{counted(len(moments) - 1 - at, 'moment')} to come.")
