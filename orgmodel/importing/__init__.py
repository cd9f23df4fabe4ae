"""Reading org charts from files, and writing them.

The way of a file: bytes -> rows of cells (`texts`, `workbooks`) -> a table with a header (`tables`) ->
columns with roles (`headers`, `columns`) -> nodes (`posts`, `vacancies`, `identities`) -> lines
(`managers`, `reporting_lines`, `authority`, `lines`) -> an organization (`assembly`). `cells` holds rows
and columns of any size on this way. `reading` is the way in, `writing` the way out, `own_format` the
format they share, `report` what a reading hands back.

Faults in a file are notices, not exceptions: the chart is always built and sound, and every row of the
file is accounted for.
"""

from orgmodel.importing.reading import read_organization
from orgmodel.importing.report import NOTICE_CODES, ImportReport, Notice, RowAccount
from orgmodel.importing.writing import write_organization

__all__ = [
    "NOTICE_CODES",
    "ImportReport",
    "Notice",
    "RowAccount",
    "read_organization",
    "write_organization",
]
