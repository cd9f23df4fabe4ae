"""What a report holds: its title, its sections, and whether names of people are in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import streamlit as st

from components import session
from components.limits import long_work
from orgmodel.reports.content import Report
from orgmodel.reports.report import report_of, report_title
from orgmodel.scenarios import Fields, Scenario, shared

_LONGEST_TITLE = 120
#: Without names of people, and with all the rest.
_NAMELESS = Fields(pay=True, notes=True, columns=True, history=True)


def chosen_report() -> tuple[Report, Scenario]:
    """Ask what the report shall hold; return it, and the scenario that it is about."""
    scenario = session.scenario()
    with st.container(border=True):
        key = session.file_key("report-title")
        title = st.text_input("Title", report_title(scenario), max_chars=_LONGEST_TITLE, key=key)
        names = st.toggle(
            "With names of people",
            value=True,
            key="report-names",
            persist_state="session",
            help="Without them boxes have numbers; titles and departments stay. The chart below follows.",
        )
        made = datetime.now(UTC).astimezone().date()
        report, about = session.kept(
            "report", (scenario, names, made), lambda: _made(scenario, made, names=names)
        )
        headings = {section.key: section.heading for section in report.sections}
        left_out = st.multiselect(
            "Leave out",
            list(headings),
            format_func=headings.get,
            placeholder="Nothing: the whole report",
            key=session.file_key("report-left-out"),
        )
    if scenario.unit and scenario.placement is None:
        st.caption(
            "Beside today stands what the numbers point to. Choose another place on the page Placement, and "
            "the report is about that one."
        )
    kept = tuple(section for section in report.sections if section.key not in left_out)
    return replace(report, title=title.strip() or report.title, sections=kept), about


def _made(scenario: Scenario, made: date, *, names: bool) -> tuple[Report, Scenario]:
    """Return the report about a scenario, with names of people or without, and the scenario so."""
    with long_work("The report is put together ..."):
        about = scenario if names else shared(scenario, _NAMELESS)
        return report_of(about, made=made), about
