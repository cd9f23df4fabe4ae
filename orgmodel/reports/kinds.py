"""A report -> a file of one of five kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from orgmodel.errors import ReportError
from orgmodel.importing.writing.kinds import Kind
from orgmodel.reports.content import Report

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
#: The kinds of files a report can be written to, the usual one first.
REPORT_KINDS: Final[Mapping[str, Kind]] = {
    "html": Kind("Web page", "text/html", "html"),
    "pdf": Kind("PDF", "application/pdf", "pdf"),
    "pptx": Kind("PowerPoint", f"{_OFFICE}.presentationml.presentation", "pptx"),
    "xlsx": Kind("Excel workbook", f"{_OFFICE}.spreadsheetml.sheet", "xlsx"),
    "csv": Kind("Tables as CSV", "application/zip", "zip"),
}


def write_report(report: Report, kind: str = "html") -> bytes:
    """Return a report as a file; ``kind`` is a key of `REPORT_KINDS`.

    Raises
    ------
    ReportError
        The kind is not known, or the report cannot be written so.

    >>> from datetime import date
    >>> write_report(Report("Bikes", "", date(2026, 11, 22), ())).startswith(b"<!DOCTYPE html>")
    True
    """
    if kind not in REPORT_KINDS:
        raise ReportError(f'"{kind}" is no kind of report; these are: {", ".join(REPORT_KINDS)}.')
    return _WRITERS[kind](report)


# A writer is loaded when it is first asked for: each brings a library that starts slowly.


def _html(report: Report) -> bytes:
    from orgmodel.reports.html import written_html  # noqa: PLC0415

    return written_html(report)


def _pdf(report: Report) -> bytes:
    from orgmodel.reports.pdf import written_pdf  # noqa: PLC0415

    return written_pdf(report)


def _pptx(report: Report) -> bytes:
    from orgmodel.reports.pptx import written_pptx  # noqa: PLC0415

    return written_pptx(report)


def _xlsx(report: Report) -> bytes:
    from orgmodel.reports.tables import written_tables_xlsx  # noqa: PLC0415

    return written_tables_xlsx(report)


def _csv(report: Report) -> bytes:
    from orgmodel.reports.tables import written_tables_csv  # noqa: PLC0415

    return written_tables_csv(report)


_WRITERS: Final[Mapping[str, Callable[[Report], bytes]]] = {
    "html": _html,
    "pdf": _pdf,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "csv": _csv,
}
