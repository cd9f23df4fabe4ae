"""A scenario -> a report: the sections in the order in which a board reads them.

>>> from datetime import date
>>> from orgmodel import Organization
>>> from orgmodel.document import Document
>>> org = Organization.from_columns(["ceo", "ops"], [None, "ceo"])
>>> report = report_of(Scenario("Bikes", document=Document.of(org)), made=date(2026, 11, 22))
>>> report.title, [section.key for section in report.sections]
('Bikes', ['answer', 'charts'])
"""

from __future__ import annotations

from datetime import date
from typing import Final

from orgmodel.reports.content import Report, Section
from orgmodel.reports.sections.answer import answer, nobody, undecided
from orgmodel.reports.sections.basis import answers, assumptions
from orgmodel.reports.sections.charts import charts
from orgmodel.reports.sections.claims import claims
from orgmodel.reports.sections.compared import compared
from orgmodel.reports.sections.methods import limits, methods, notes
from orgmodel.reports.sections.placements import placements
from orgmodel.reports.sections.side_by_side import side_by_side
from orgmodel.reports.sections.steps import next_steps, over_time
from orgmodel.reports.sections.today_and_after import today, today_and_after
from orgmodel.reports.sections.turns import turns
from orgmodel.scenarios import Scenario
from orgmodel.scenarios.comparing import Comparison

_SUBTITLE: Final = "Where customer service should report"
_CHART_ALONE: Final = "The organization chart"


def report_of(scenario: Scenario, *, made: date, comparison: Comparison | None = None) -> Report:
    """Return the report about a scenario; the same one for the same scenario and day.

    Parameters
    ----------
    scenario
    made
        The day that stands on it.
    comparison
        Of several scenarios, where they are to stand side by side.
    """
    sections = _sections(scenario)
    if comparison is not None:
        sections.append(side_by_side(comparison))
    sections.append(notes(scenario))
    if scenario.unit:
        sections += [methods(), limits()]
    return Report(
        report_title(scenario),
        _SUBTITLE if scenario.unit else _CHART_ALONE,
        made,
        tuple(section for section in sections if section is not None),
    )


def report_title(scenario: Scenario) -> str:
    """Return what a report is called: as the scenario, else the chart, else the file."""
    named = scenario.settings.get("chart_name", "")
    return scenario.name.strip() or (named.strip() if isinstance(named, str) else "") or scenario.title


def _sections(scenario: Scenario) -> list[Section | None]:
    decision, survey = scenario.decision, scenario.survey
    if decision is None:
        said = nobody() if survey is None else undecided()
        return [said, None if survey is None else today(survey.current), charts(scenario, None)]
    beside = compared(decision, scenario.placement)
    return [
        answer(scenario, decision, beside),
        today(decision.survey.current) if beside is None else today_and_after(beside),
        charts(scenario, beside),
        placements(decision),
        turns(decision),
        next_steps(decision),
        over_time(decision),
        claims(decision, beside),
        answers(scenario),
        assumptions(scenario),
    ]
