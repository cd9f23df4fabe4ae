"""Reading org charts from files, and writing them.

The way of a file: bytes -> rows of cells (`texts`, `workbooks`) -> a table with a header (`tables`) ->
columns with roles (`headers`, `columns`) -> nodes (`posts`, `vacancies`, `identities`) -> lines
(`managers`, `reporting_lines`, `authority`, `lines`) -> an organization (`assembly`). `cells` holds rows
and columns of any size on this way. `reading` is the way in, `writing` the way out, `own_format` the
format they share, `report` what a reading hands back.

Faults in a file are notices, not exceptions: the chart is always built and sound, and every row of the
file is accounted for.
"""

from orgmodel.importing.deciding import decide, decide_all, proposed_choices, remap, undo
from orgmodel.importing.decisions import EVERY, PROPOSED, Choice, Repair
from orgmodel.importing.limits import DEFAULT_LIMITS, Limits
from orgmodel.importing.mapping import ROLE_TITLES, ColumnEvidence, ColumnMapping
from orgmodel.importing.notices import NOTICE_CODES, Notice
from orgmodel.importing.privacy import DEFAULT_PRIVACY, Privacy
from orgmodel.importing.reading import read_organization
from orgmodel.importing.report import ImportReport, RowAccount, Step
from orgmodel.importing.writing import KINDS, write_findings, write_organization

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
