"""An organization -> CSV in our own format; a report -> CSV for whoever looks after the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from orgmodel.importing.notices import Notice
from orgmodel.importing.own_format import neutralised
from orgmodel.importing.report import ImportReport
from orgmodel.importing.writing.own_rows import own_rows
from orgmodel.organization import Organization

_FINDINGS: Final = (
    *("code", "severity", "file", "row", "column", "value", "sentence", "done", "proposed", "other ways"),
)
_DECIDED: Final = "decided"


def written_csv(organization: Organization) -> bytes:
    """Return an organization as CSV."""
    return _csv(own_rows(organization))


def write_findings(report: ImportReport) -> bytes:
    """Return what was found in a file as CSV: a row per notice, then one per step decided.

    ``done`` is the way the chart has, ``proposed`` what the doctor would do, ``other ways`` the rest. No
    cell is run by a spreadsheet.
    """
    rows: list[Sequence[str]] = [_FINDINGS]
    rows += [_finding(notice, report.filename) for notice in report.notices]
    for step in report.steps:
        about = "; ".join(f"{choice.code} {choice.subject}: {choice.option}" for choice in step.choices)
        rows.append((_DECIDED, "", report.filename, "", "", about, step.title, step.changes, "", ""))
    return _csv([neutralised(cell) if cell else "" for cell in row] for row in rows)


def _finding(notice: Notice, filename: str) -> Sequence[str]:
    ways = notice.repairs
    return (
        notice.code,
        notice.severity,
        notice.file or filename,
        "" if notice.row is None else str(int(notice.row)),
        notice.column or "",
        notice.value or "",
        notice.message,
        "; ".join(way.title for way in ways if way.applied),
        "; ".join(way.title for way in ways if way.proposed),
        "; ".join(way.title for way in ways if not way.applied and not way.proposed),
    )


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    table = io.StringIO(newline="")
    # With another end of line, Python's writer leaves a cell with a carriage return unquoted.
    csv.writer(table, lineterminator="\r\n").writerows(rows)
    return table.getvalue().encode("utf-8", errors="replace")
