"""The chart itself as a file: a poster, pages for print, or data."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components import session
from components.limits import long_work
from components.text import plain
from orgmodel.errors import OrgModelError
from orgmodel.reports.chart_files import CHART_KINDS, ShownChart, write_chart
from orgmodel.reports.sections.charts import marks_of_move
from orgmodel.scenarios import Scenario

_TODAY: Final = "As it is"
_AFTER: Final = "After the placement"
_MEANT_FOR: Final = {
    "poster": "every box on one sheet, for a large printer.",
    "pages": "an overview and a page for each department, in A4.",
    "svg": "every box on one sheet, for drawing programs; it stays sharp at any size.",
    "png": "every box as one picture, where it is not too large for one.",
    "csv": "a table for any program; it can be opened here again.",
    "xlsx": "the same table for Excel.",
    "graphml": "for programs that draw networks, such as yEd or Gephi.",
    "json": "for programs that read charts over an interface.",
}


def show_chart_files(scenario: Scenario) -> None:
    """Ask for which chart and as what, and offer the file, or say why there is none."""
    st.header("The chart itself", anchor=False)
    shown = None
    if scenario.placement is not None and scenario.unit:
        shown = st.segmented_control(
            "Which chart", [_TODAY, _AFTER], default=_TODAY, required=True, key="report-chart"
        )
    kind = st.selectbox(
        "As what",
        list(CHART_KINDS),
        format_func=lambda name: f"{CHART_KINDS[name].title}: {_MEANT_FOR[name]}",
        key="report-chart-kind",
    )
    try:
        chart = _after(scenario) if shown == _AFTER else _today(scenario)
        data = session.kept("chart_file", (chart.organization, chart, kind), lambda: _drawn(chart, kind))
    except OrgModelError as error:
        st.warning(plain(str(error)), icon=":material/info:")
        return
    st.download_button(
        f"Download the chart: {CHART_KINDS[kind].title}",
        data,
        f"{session.file_stem()} chart.{CHART_KINDS[kind].ending}",
        CHART_KINDS[kind].mime_type,
        icon=":material/download:",
        on_click="ignore",
        key="report-chart-file",
    )


def _today(scenario: Scenario) -> ShownChart:
    return ShownChart(scenario.organization, scenario.unit, (), session.chart_name())


def _after(scenario: Scenario) -> ShownChart:
    placed = scenario.placed
    marks = marks_of_move(scenario.organization, placed.organization, placed.unit)
    return ShownChart(placed.organization, placed.unit, marks, f"{session.chart_name()}, after the placement")


def _drawn(chart: ShownChart, kind: str) -> bytes:
    with long_work("The chart is drawn ..."):
        return write_chart(chart, kind)
