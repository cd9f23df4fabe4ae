"""What the operator sees of this server process: headlines with their last hour, pages, errors, limits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import streamlit as st

from components import keeping
from components.operator_charts import pages_chart
from components.picture import show_graph
from components.scenario_when import ago
from components.text import plain
from hosting.facts import Facts, StoreAnswer, facts, store_answer
from orgmodel.wording import counted

_EVERY: Final = 5  # seconds
_SECOND: Final = 1_000  # milliseconds
_FEW: Final = 10


@st.fragment(run_every=_EVERY)
def show_facts() -> None:
    """Show the facts of this moment, and again every few seconds."""
    found = facts()
    _show_process(found)
    _show_headlines(found, store_answer(keeping.store()))
    st.subheader("How long pages take", anchor=False)
    _show_pages(found)
    st.subheader("Errors of the last 24 hours", anchor=False)
    _show_faults(found)
    _show_limits(found)


def _show_process(found: Facts) -> None:
    st.markdown(
        f"Server process **{plain(found.replica)}**, begun {ago(found.started, found.now)}, "
        f"program {plain(found.version)}. As of {_clock(found.now)}, renewed every {_EVERY} seconds."
    )
    st.caption(
        "Each server process counts for itself, since it began. Where several stand behind one address, this "
        "is the one that this tab came to; another browser may come to another one."
    )


def _show_headlines(found: Facts, store: StoreAnswer) -> None:
    """Show the headlines in two rows: how busy, and how well."""
    minutes, run = found.minutes, found.all_pages
    busy = st.columns(4)
    _headline(
        busy[0],
        "Tabs open",
        f"{found.tabs:,}",
        f"at most {found.most_tabs:,}",
        [*(minute.tabs for minute in minutes), found.tabs],
    )
    _headline(
        busy[1],
        "Memory",
        _mb(found.memory_mb),
        "" if math.isnan(found.peak_mb) else f"at most {_mb(found.peak_mb)}",
        [round(size) for size in (*(minute.memory_mb for minute in minutes), found.memory_mb)],
    )
    _headline(
        busy[2],
        "Processor, last minute",
        f"{100 * minutes[-1].processor:.0f} % of a core" if minutes else "not known yet",
        counted(found.threads, "thread"),
        [round(100 * minute.processor) for minute in minutes],
    )
    _headline(
        busy[3],
        "Errors, last 24 hours",
        f"{sum(found.faults_by_hour):,}",
        f"in {counted(len(found.faults), 'place')}" if found.faults else "none",
        found.faults_by_hour,
        kind="bar",
    )
    well = st.columns(4)
    _headline(
        well[0],
        "Pages: half are there within",
        _ms(1_000 * run.p50),
        f"95 % within {_ms(1_000 * run.p95)}",
    )
    _headline(
        well[1],
        "Store",
        store.kind if store.reachable or store.kind == "none" else "away",
        f"answers in {_ms(store.milliseconds)}" if store.reachable else "",
    )
    _headline(
        well[2],
        "Studies running",
        f"{found.studies_running:,}",
        f"{found.studies_waiting:,} waiting"
        + (f", helpers {_mb(found.helpers_mb)}" if found.helpers else ""),
    )
    _headline(
        well[3],
        "Boxes in all charts",
        f"{sum(found.boxes):,}",
        f"largest {found.boxes[0]:,}, in {counted(len(found.boxes), 'tab')}" if found.boxes else "",
    )


def _headline(
    column: st.delta_generator.DeltaGenerator,
    title: str,
    value: str,
    about: str,
    history: Sequence[float] = (),
    *,
    kind: str = "area",
) -> None:
    """Show a number, what belongs to it, and how it was minute by minute (errors: hour by hour)."""
    column.metric(
        title,
        value,
        delta=about or None,
        delta_color="off",
        delta_arrow="off",
        border=True,
        height="stretch",
        chart_data=list(history) if len(history) > 1 and any(history) else None,
        chart_type=kind,  # type: ignore[arg-type]
    )


def _show_pages(found: Facts) -> None:
    if not found.pages:
        st.markdown("No page has been shown yet.")
        return
    alt = "How long every page takes: half of its runs, and 95 % of them, are within these times"
    show_graph(pages_chart(found.pages), "operator-pages", alt)
    st.caption(
        f"Of the last {counted(found.all_pages.runs, 'run')}: point, half of them; end of the line, 95 %. "
        "What the browser takes to show it comes on top."
    )


def _show_faults(found: Facts) -> None:
    if not found.faults:
        st.markdown("None.")
        return
    st.dataframe(
        {
            "Fault": [fault.number for fault in found.faults],
            "Type": [fault.kind for fault in found.faults],
            "Place": [fault.place for fault in found.faults],
            "Times": [fault.times for fault in found.faults],
            "Last": [_clock(fault.last) for fault in found.faults],
        },
        hide_index=True,
        alt="Errors of the last 24 hours: number, type, place in the program, how often, when last",
    )
    st.caption(
        "A visitor who met an error was told its number, and it stands in the log with the whole way through "
        "the program. Neither holds names or contents of charts."
    )


def _show_limits(found: Facts) -> None:
    with st.expander("Limits in force", icon=":material/speed:", key="operator-limits"):
        st.table(
            {
                "Setting": [f"`{variable}`" for variable, _, _ in found.limits],
                "What it means": [meaning for _, meaning, _ in found.limits],
                "Here": [f"{value:,}" for _, _, value in found.limits],
            },
            border="horizontal",
            hide_index=True,
            alt="Limits of this server: the setting, what it means, and its value here",
        )


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S} UTC"


def _mb(size: float) -> str:
    return f"{size:,.0f} MB"


def _ms(milliseconds: float) -> str:
    """Return a time as it is read best; in words where there is none.

    >>> _ms(3.21), _ms(250.4), _ms(2_345), _ms(math.nan)
    ('3.2 ms', '250 ms', '2.3 s', 'not known yet')
    """
    if math.isnan(milliseconds):
        return "not known yet"
    if milliseconds >= _SECOND:
        return f"{milliseconds / _SECOND:.1f} s"
    return f"{milliseconds:.{int(milliseconds < _FEW)}f} ms"
