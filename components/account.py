"""What was understood of a file: what became of its rows, how it is written, who stands at the top."""

from __future__ import annotations

from typing import Final

import numpy as np
import streamlit as st

from components import session
from components.findings import needs_a_look
from components.names import node_name
from components.picture import show_wide
from components.text import plain
from orgmodel.charts import tree_chart
from orgmodel.functions import FunctionReading
from orgmodel.importing import ImportReport
from orgmodel.organization import Organization
from orgmodel.wording import counted

_ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "cp1252": "Windows-1252 (Western European)",
}
_SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_ABOUT_PRIVACY: Final = {"pay_dropped", "personal_dropped", "pseudonyms"}
_NAMED: Final = 3
_FIRST_BOXES: Final = 11
_EDGE: Final = 4  # what a drawing leaves free at its left


def rows_text(report: ImportReport) -> str:
    """Return in one line what became of the rows."""
    rows = report.rows
    parts = [counted(rows.nodes, "node")]
    parts += [
        f"{number:,} {words}"
        for number, words in (
            (rows.merged, "merged into another"),
            (rows.lines, "read as lines"),
            (rows.rejected, "not used"),
        )
        if number
    ]
    return f"{counted(rows.total, 'row')} → **{', '.join(parts)}**"


def show_account(report: ImportReport) -> None:
    """Show what became of the rows and how the file is written."""
    st.markdown(f"Open: **{plain(report.filename or 'Chart')}**")
    st.markdown(rows_text(report))
    facts = []
    if added := report.added:
        more = f" and {len(added) - _NAMED:,} more" if len(added) > _NAMED else ""
        named = (node_name(report.organization, node) for node in added[:_NAMED])
        facts.append(
            f"{counted(len(added), 'node')} added to the chart without a row in the file: "
            f"{plain(', '.join(named))}{more}."
        )
    if report.encoding:
        encoding = _ENCODINGS.get(report.encoding, report.encoding.upper())
        separator = _SEPARATORS.get(report.separator, f'"{report.separator}"')
        cells = f", cells separated by {plain(separator)}" if report.separator else ""
        facts.append(f"Text in {plain(encoding)}{cells}.")
    if report.sheet:
        facts.append(f"Sheet **{plain(report.sheet)}** of a workbook.")
    if facts:
        st.caption(" ".join(facts))
    for notice in report.notices:
        if notice.code in _ABOUT_PRIVACY:
            st.caption(f":material/shield_person: {plain(notice.message)}")


def show_findings_link(report: ImportReport) -> None:
    """Show a way to the findings, where there are some to look at."""
    if found := sum(map(needs_a_look, report.notices)):
        st.page_link(
            "pages/your_chart.py",
            label=f"{counted(found, 'finding')} to look at",
            icon=":material/stethoscope:",
        )


def show_first_picture() -> None:
    """Show the top of the chart: of several tops the largest, of one those who report to it."""
    chart = session.organization()
    figure, said = session.kept("first_picture", (chart,), lambda: _first_picture(chart, session.reading()))
    show_wide(figure, "first-picture", "The top of the chart")
    st.caption(said)


def _first_picture(chart: Organization, reading: FunctionReading) -> tuple[object, str]:
    """Return the picture of the top, and in words what part of the chart it is."""
    below = chart.below(np.ones(len(chart)))

    def largest(rows: np.ndarray) -> list[int]:
        return sorted(rows.tolist(), key=lambda row: (-below[row], row))[:_FIRST_BOXES]

    tops = largest(chart.roots)
    rows = tops
    said = f"The {len(rows)} largest of {counted(len(chart.roots), 'top')}, those with nobody above them."
    if len(chart.roots) == 1:
        reports = chart.direct_reports(tops[0])
        rows = [*tops, *largest(reports)]
        said = f"The top and its {counted(len(reports), 'direct report')}." if len(reports) else "The top."
        if len(reports) > _FIRST_BOXES:
            said = f"The top and the {_FIRST_BOXES} largest of {counted(len(reports), 'direct report')}."
    elif len(chart.roots) <= _FIRST_BOXES:
        all_of_them = "Both" if len(chart.roots) == 2 else f"All {len(chart.roots)}"  # noqa: PLR2004
        said = f"{all_of_them} tops, those with nobody above them."
    first = Organization.from_columns(
        [chart.ids[row] for row in rows],
        [chart.ids[tops[0]] if row not in tops else None for row in rows],
        names=[chart.label(row) for row in rows],
        titles=[_size_text(chart, row, int(below[row])) for row in rows],
    )
    columns = (reading.functions, reading.sources, reading.evidence)
    figure = tree_chart(first, FunctionReading(*(column[rows] for column in columns)))
    # A few boxes stand in the middle: in a narrow window, which shows the left end first, they would be cut.
    start, end = figure.layout.xaxis.range
    gap = min(x for trace in figure.data for x in trace.x if x is not None) - _EDGE - start
    figure.update_xaxes(range=[start + gap, end + gap])
    room = figure.layout.margin.t  # for a legend, which eleven boxes can do without
    return figure.update_layout(showlegend=False, height=figure.layout.height - room, margin_t=0), said


def _size_text(chart: Organization, row: int, below: int) -> str:
    what = chart.units[row] or (chart.titles[row] if chart.titles[row] != chart.label(row) else "")
    return f"{below:,} below{' · ' if what else ''}{what}"
