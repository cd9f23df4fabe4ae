"""The chart: in numbers, as it is, and as it would be."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np

from orgmodel.charts.layout import MOST_BOXES
from orgmodel.functions import business_functions
from orgmodel.health import organization_health
from orgmodel.lines import LINE_TITLES
from orgmodel.organization import Organization
from orgmodel.reports.content import Block, Number, Picture, Points, Section, Table
from orgmodel.reports.drawings import OrgChart
from orgmodel.reports.sections.compared import Compared
from orgmodel.scenarios import Scenario
from orgmodel.wording import counted

_MOST_STEPS: Final = 30
_CUT: Final = (
    "Cut to {most} of {all}: those near the top, customer service, and those around it. The poster and the "
    "pages of the chart show all."
)


def charts(scenario: Scenario, beside: Compared | None) -> Section:
    """Return the chart in numbers and pictures, with what was changed in it."""
    chart = scenario.organization
    blocks: list[Block] = [_in_numbers(chart)]
    if steps := [step.title for step in scenario.document.steps]:
        more = len(steps) - _MOST_STEPS
        shown = [*steps[:_MOST_STEPS], *([f"And {more:,} more."] if more > 0 else [])]
        title = "What was changed in the chart since it was opened"
        blocks.append(Points(tuple(shown), title, numbered=True))
    blocks.append(_picture("The chart today", chart, _unit(scenario)))
    if beside is not None:
        after = beside.after
        unit = tuple(part.unit for part in after.evidence)
        marks = marks_of_move(chart, after.organization, unit)
        alt = f"The chart with {beside.title}. {beside.describes}"
        blocks.append(_picture(f"The chart then: {beside.title}", after.organization, unit, marks, alt))
    return Section("The chart", tuple(blocks), "charts")


def _unit(scenario: Scenario) -> tuple[str, ...]:
    return scenario.unit if scenario.survey is None else scenario.survey.unit


def _picture(
    title: str, chart: Organization, unit: tuple[str, ...], marks: tuple[str, ...] = (), alt: str = ""
) -> Picture:
    said = "Customer service is framed, its boss with dots." if unit else ""
    cut = _CUT.format(most=MOST_BOXES, all=counted(len(chart), "box", "boxes"))
    notes = [said, cut if len(chart) > MOST_BOXES else ""]
    return Picture(
        title,
        OrgChart(chart, business_functions(chart), unit, marks),
        alt or f"The chart as it is: {counted(len(chart), 'box', 'boxes')}. {said}".strip(),
        " ".join(filter(None, notes)),
    )


def marks_of_move(before: Organization, after: Organization, unit: tuple[str, ...]) -> tuple[str, ...]:
    """Return what happened to every box: new, or under other bosses."""
    there, moved = before.row_of, set(unit)
    return tuple(
        "added" if node not in there else "changed" if node in moved else "" for node in after.ids.tolist()
    )


def _in_numbers(chart: Organization) -> Table:
    health = organization_health(chart, business_functions(chart).functions)
    kinds = Counter(line.kind for line in chart.further_managers) + Counter(tie=len(chart.ties.a))
    lines = ", ".join(f"{LINE_TITLES[kind]}: {number:,}" for kind, number in kinds.most_common()) or "none"
    span = float(health.mean_span)
    rows = (
        ("People", _whole(float(chart.headcount.sum())), "As many as the boxes stand for."),
        ("Boxes", _whole(len(chart)), "People, posts or departments."),
        ("Tops", _whole(len(chart.roots)), "Boxes with nobody above them."),
        ("Levels", _whole(health.layers), "From the top down to the lowest box."),
        ("Managers", _whole(health.managers), "Boxes that others report to."),
        (
            "Direct reports of a manager",
            Number(span, "nobody has any" if np.isnan(span) else f"{span:.1f} on average"),
            "Counted over reporting lines.",
        ),
        ("Other lines", lines, "Besides the reporting lines."),
    )
    return Table("The chart in numbers", ("What", "Today", "What it is"), rows, widths=(26, 34, 40))


def _whole(number: float) -> Number:
    return Number(number, f"{number:,.0f}")
