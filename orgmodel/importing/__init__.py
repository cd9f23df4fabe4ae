"""Reading org charts from files, the doctor for broken ones, and writing them.

The way of a file: bytes -> tables (`files`) -> one table (`joining`) -> without what is private (`privacy`)
-> columns with roles (`columns`) -> nodes (`rows`) -> lines (`managers`) -> an organization and its report
(`assembly`, `report`). `reading` is the way in, `writing` the way out, `own_format` the format they share,
`limits` what is read at most.

Faults in a file are notices, not exceptions (`notices`): the chart is always built and sound, and every row
of the file is accounted for. What can be decided about a fault is in its notice (`decisions`); `deciding`
makes the report anew with other decisions, or without the last one.
"""

from orgmodel.importing.columns.mapping import ROLE_TITLES, ColumnEvidence, ColumnMapping
from orgmodel.importing.deciding import decide, decide_all, proposed_choices, remap, undo
from orgmodel.importing.decisions import EVERY, PROPOSED, Choice, Repair
from orgmodel.importing.limits import DEFAULT_LIMITS, Limits
from orgmodel.importing.notices import NOTICE_CODES, Notice
from orgmodel.importing.privacy.private import DEFAULT_PRIVACY, Privacy
from orgmodel.importing.reading import read_organization
from orgmodel.importing.report import ImportReport, RowAccount, Step
from orgmodel.importing.writing.kinds import KINDS, write_findings, write_organization

__all__ = [
    "DEFAULT_LIMITS",
    "DEFAULT_PRIVACY",
    "EVERY",
    "KINDS",
    "NOTICE_CODES",
    "PROPOSED",
    "ROLE_TITLES",
    "Choice",
    "ColumnEvidence",
    "ColumnMapping",
    "ImportReport",
    "Limits",
    "Notice",
    "Privacy",
    "Repair",
    "RowAccount",
    "Step",
    "decide",
    "decide_all",
    "proposed_choices",
    "read_organization",
    "remap",
    "undo",
    "write_findings",
    "write_organization",
]
