"""Moving again over time: the plan, what must be true before each move, and what it is worth."""

from __future__ import annotations

import csv
import io
import json

import streamlit as st

from components import session
from components.other_numbers import value_text
from components.picture import show_graph
from components.text import plain
from orgmodel.charts import scores_chart
from orgmodel.charts.timeline import timeline_chart
from orgmodel.importing.own_format import neutralised
from orgmodel.indicators import INDICATORS
from orgmodel.rotation import Phase, RotationPlan
from orgmodel.wording import counted

_JUDGED = (
    "Each quarter is judged by the goal it serves; that favours moving. Decide looks for one place for all "
    "goals at once."
)
_EXPLAINED = (
    "Under each goal counts what customer service is for then, whom it needs, and what matters most. A move "
    "costs points in its quarter, and while bosses overlap each has half of the authority. A phase takes two "
    "quarters at least; a goal whose move costs more than it brings has none, unless it is the first. How "
    "far to plan, the cost of a move and the overlap are on the page Assumptions."
)


def show_rotation(plan: RotationPlan) -> None:
    """Show the plan: the answer, the timeline, the phases, all numbers, and the files."""
    st.markdown(f"**{plain(plan.answer)}** {plain(plan.advice)}")
    st.markdown(_JUDGED)
    with st.container(horizontal=True):
        st.page_link("pages/decide.py", label="One place for all goals", icon=":material/balance:")
        if not plan.chosen:
            st.page_link("pages/goals.py", label="Name your goals", icon=":material/flag:")
    if plan.omitted:
        st.markdown(plain(plan.omitted))
    show_graph(
        timeline_chart(plan), "timeline", f"Plan over {counted(plan.horizon, 'quarter')}: {plan.sentence}"
    )
    for column, phase in zip(st.columns(len(plan.phases)), plan.phases, strict=True):
        with column, st.container(border=True, height="stretch"):
            _show_phase(phase)
    st.markdown("**All numbers over the whole time, staying against the plan**")
    show_graph(
        scores_chart(plan.staying, plan.rotating),
        "courses",
        "Mean scores when staying and with the plan, 0 is best",
    )
    with st.expander("The numbers as a table, phase by phase"):
        _show_table(plan)
    _show_downloads(plan)
    st.caption(_EXPLAINED)


def _show_phase(phase: Phase) -> None:
    st.markdown(
        f":small[{phase.when.capitalize()}]  \n**{plain(phase.title)}**  \n{plain(phase.alternative.title)}"
    )
    if phase.alternative.describes:
        st.caption(plain(phase.alternative.describes))
    if phase.instead:
        st.caption(f":material/info: {plain(phase.instead)}")
    if phase.overlap:
        st.caption(f"Both bosses for {counted(phase.overlap, 'quarter')}, half of the authority each.")
    if not phase.moved:
        st.caption("No move is needed for this phase.")
    elif phase.gain < 0:
        st.caption(
            f":material/trending_down: This move costs {-phase.gain:.1f} points more than it brings within "
            "its phase."
        )
    met = [*phase.exit_criteria, *(target.text for target in phase.targets)]
    if met:
        st.markdown("Done when")
        st.markdown("\n".join(f"- {plain(text)}" for text in met))


def _show_table(plan: RotationPlan) -> None:
    columns = {"Whole plan": plan.rotating.values, "Staying as today": plan.staying.values}
    if plan.best_single is not None:
        columns[f"One move: {plan.best_single.title}"] = plan.best_single.values
    for number, phase in enumerate(plan.phases, start=1):
        columns[f"{number}. {phase.title}"] = phase.values
    st.dataframe(
        {
            "Number": [item.title for item in INDICATORS],
            **{
                title: [value_text(item, values[item.name]) for item in INDICATORS]
                for title, values in columns.items()
            },
        },
        hide_index=True,
        alt="Every number in each phase, over the whole plan, and when staying or moving once",
    )
    st.caption("Over the whole time: the mean of all quarters, each under its own goal, overlaps among them.")


def _show_downloads(plan: RotationPlan) -> None:
    with st.container(horizontal=True):
        st.download_button(
            "Plan (CSV)",
            lambda: plan_csv(plan),
            f"{session.file_stem()}-plan.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="plan-csv",
        )
        st.download_button(
            "Plan (JSON)",
            lambda: json.dumps(plan.to_json(), ensure_ascii=False, indent=2),
            f"{session.file_stem()}-plan.json",
            "application/json",
            icon=":material/download:",
            on_click="ignore",
            key="plan-json",
        )


def plan_csv(plan: RotationPlan) -> bytes:
    """Return the phases as CSV; no cell is run by a spreadsheet."""
    rows = plan.rows()
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows(
        [neutralised(cell) if isinstance(cell, str) else cell for cell in row.values()] for row in rows
    )
    return table.getvalue().encode("utf-8", errors="replace")
