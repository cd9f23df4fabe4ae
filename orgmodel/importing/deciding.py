"""From one report to the next: other decisions about the same file.

A chart is what the file, the roles of its columns and the decisions make of it, and nothing else: so a
decision is undone by leaving it out, and every row stays accounted for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orgmodel.differences import differences
from orgmodel.importing.assembly import assembled
from orgmodel.importing.decisions import Choice
from orgmodel.importing.mapping import ColumnMapping
from orgmodel.importing.report import ImportReport, Step


def decide(report: ImportReport, choices: Sequence[Choice], title: str = "") -> ImportReport:
    """Return the report with some more decisions, which are one step to undo.

    ``title`` is what the step is called; of a single choice the title of its repair is taken.
    """
    choices = tuple(choices)
    names = [
        repair.title for notice in report.notices for repair in notice.repairs if repair.choice in choices
    ]
    step = Step(choices, title or "; ".join(names[:1]), "")
    after = assembled(report.reading, (*report.steps, step))
    changed = differences(report.organization, after.organization).summary
    return replace(after, steps=(*report.steps, replace(step, changes=changed)))


def undo(report: ImportReport) -> ImportReport:
    """Return the report without its last step; without any it stays as it is."""
    if not report.steps:
        return report
    return assembled(report.reading, report.steps[:-1])


def remap(report: ImportReport, mapping: ColumnMapping) -> ImportReport:
    """Return the report with other roles of the columns; the decisions are kept as far as they still fit."""
    return assembled(replace(report.reading, mapping=mapping), report.steps)


def proposed_choices(report: ImportReport) -> tuple[Choice, ...]:
    """Return what the doctor would do about all findings that are not met that way yet."""
    return tuple(
        repair.choice
        for notice in report.notices
        for repair in notice.repairs
        if repair.proposed and not repair.applied
    )
