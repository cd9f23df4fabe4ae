"""From one report to the next: other decisions about the same file.

A chart is what the file, the roles of its columns and the decisions make of it, and nothing else: so a
decision is undone by leaving it out, and every row stays accounted for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from orgmodel.differences import differences
from orgmodel.importing.assembly import assembled
from orgmodel.importing.columns.mapping import ColumnMapping
from orgmodel.importing.decisions import EVERY, PROPOSED, Choice
from orgmodel.importing.notices import LISTED_OF_A_CODE, NOTICE_CODES
from orgmodel.importing.privacy.private import private
from orgmodel.importing.report import ImportReport, Step
from orgmodel.wording import quoted

# More than there are rooms that decide something, one after the other.
_ROUNDS: Final = 10


def decide(report: ImportReport, choices: Sequence[Choice], title: str = "") -> ImportReport:
    """Return the report with some more decisions, which are one step to undo.

    ``title`` is what the step is called; else it is what its repairs are.
    """
    choices = tuple(choices)
    step = Step(choices, title or _title(report, choices), "")
    after = assembled(report.reading, (*report.steps, step))
    changed = differences(report.organization, after.organization).summary
    return replace(after, steps=(*report.steps, replace(step, changes=changed)))


def _title(report: ImportReport, choices: tuple[Choice, ...]) -> str:
    """Return the title of the first repair that was chosen, and how many more were."""
    title_of = {repair.choice: repair.title for notice in report.notices for repair in notice.repairs}
    titles = [title_of.get(choice) or _title_of(choice) for choice in choices]
    return f"{titles[0]} and {len(titles) - 1:,} more" if len(titles) > 1 else "".join(titles)


def _title_of(choice: Choice) -> str:
    """Return what a choice is called that is no repair of one finding."""
    if choice.subject == EVERY:
        way = "as proposed" if choice.option == PROPOSED else choice.option
        return f"All of a kind, {way}: {NOTICE_CODES.get(choice.code, choice.code)}"
    if choice.code == "manager":
        done = f"Put {quoted(choice.subject)} under {quoted(choice.option)}"
        return done if choice.option else f"Make {quoted(choice.subject)} a top"
    return f"{choice.code} {quoted(choice.subject)}: {choice.option}"


def decide_all(report: ImportReport, title: str = "") -> ImportReport:
    """Return the report with everything decided as the doctor proposes, as one step to undo.

    What is met may bring up something else: with its true manager found, a branch is no top any more, and
    the other tops are few enough for another proposal. So proposals are taken until none is left; each round
    settles one more room of the import for good, and they are few. What the reader has decided otherwise
    stays so.
    """
    choices: tuple[Choice, ...] = ()
    decided = report
    settled = _settled(report)
    for _ in range(_ROUNDS):
        more = _proposals(decided, settled)
        if not more:
            break
        choices += more
        decided = decide(report, choices, title or "All proposals")
    return decided


def undo(report: ImportReport) -> ImportReport:
    """Return the report without its last step; without any it stays as it is."""
    if not report.steps:
        return report
    return assembled(report.reading, report.steps[:-1])


def remap(report: ImportReport, mapping: ColumnMapping | None) -> ImportReport:
    """Return the report with other roles of the columns, or with those that are told where there is none.

    The decisions are kept as far as they still fit. Where pseudonyms were asked for, a column that is now
    said to hold names gets them too.
    """
    reading = replace(report.reading, mapping=mapping)
    if mapping is not None and reading.privacy.pseudonyms:
        notices = [notice for notice in reading.notices if notice.code != "pseudonyms"]
        table = private(reading.table, reading.privacy, mapping, notices)
        reading = replace(reading, table=table, notices=tuple(notices))
    return assembled(reading, report.steps)


def proposed_choices(report: ImportReport) -> tuple[Choice, ...]:
    """Return what the doctor would do about all findings that are not met that way yet.

    What the reader has decided otherwise is left out. Where a code has more findings than are listed, it is
    one choice for all of them.
    """
    return _proposals(report, _settled(report))


def _settled(report: ImportReport) -> set[tuple[str, str]]:
    """Return the findings, by code and subject, that the reader has decided one by one."""
    return {(choice.code, choice.subject) for step in report.steps for choice in step.choices}


def _proposals(report: ImportReport, settled: set[tuple[str, str]]) -> tuple[Choice, ...]:
    number = Counter(notice.code for notice in report.notices)
    choices = [
        repair.choice
        for notice in report.notices
        for repair in notice.repairs
        if repair.proposed
        and not repair.applied
        and (repair.choice.code, repair.choice.subject) not in settled
    ]
    many = {code for code, listed in number.items() if listed >= LISTED_OF_A_CODE}
    return tuple(
        dict.fromkeys(
            Choice(choice.code, EVERY, PROPOSED) if choice.code in many else choice for choice in choices
        )
    )
