"""A chart that is too large for one page, on several: the top first, then department by department."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from orgmodel.functions import FunctionReading
from orgmodel.organization import Organization
from orgmodel.reports.drawings.drawing import ChartPage, OrgChart
from orgmodel.reports.drawings.letters import printable

#: Boxes a page of a report has at most: names of 7 points and more on A4.
MOST_ON_PAGE: Final = 80
_FEWEST_ON_PAGE: Final = 4
_NOBODY: Final = -1


class _Sheet(NamedTuple):
    """A page before it has a number: its head (`_NOBODY` for the roots), the rows on it, which part it is."""

    head: int
    rows: tuple[int, ...]
    part: int
    parts: int


def chart_pages(
    organization: Organization,
    reading: FunctionReading,
    unit: Sequence[str] = (),
    *,
    marks: Sequence[str] = (),
    most: int = MOST_ON_PAGE,
) -> tuple[ChartPage, ...]:
    """Return the chart on pages of at most ``most`` boxes: an overview, then a page a department.

    Every node is on a page. A box whose department goes on elsewhere says on which page. A department too
    large for a page passes its largest parts on to pages of their own; one with more direct reports than a
    page has room for takes several pages, its head on each.

    >>> from orgmodel.functions import business_functions
    >>> chart = Organization.from_columns(["a", "b", "c"], [None, "a", "a"])
    >>> [page.title for page in chart_pages(chart, business_functions(chart))]
    ['The whole chart']
    """
    most = max(_FEWEST_ON_PAGE, most)
    chosen, marked = tuple(unit), tuple(marks)
    if len(organization) <= most:
        rows = tuple(range(len(organization)))
        return (ChartPage("The whole chart", OrgChart(organization, reading, chosen, marked, rows)),)
    sheets = _sheets(organization, most)
    number_of: dict[int, int] = {}
    for at, sheet in enumerate(sheets):
        number_of.setdefault(sheet.head, at + 1)
    pages = []
    shown_on = {row: at + 1 for at, sheet in enumerate(sheets) for row in sheet.rows if row != sheet.head}
    for at, sheet in enumerate(sheets):
        rows = _with_preview(organization, sheet.rows, most) if at == 0 else sheet.rows
        references = {row: f"page {number_of[row]}" for row in rows if row in number_of}
        if sheet.head >= 0:
            references[sheet.head] = f"from page {shown_on[sheet.head]}"
        drawing = OrgChart(organization, reading, chosen, marked, rows, references)
        pages.append(ChartPage(_title(organization, sheet, at), drawing))
    return tuple(pages)


def _sheets(organization: Organization, most: int) -> list[_Sheet]:
    """Return the pages: the top of the chart first, then every department before its parts."""
    count = len(organization)
    pending = np.ones(count + 1, dtype=np.int64)  # boxes that a node takes on the page of its boss
    own_page = np.zeros(count + 1, dtype=np.bool_)
    split: set[int] = set()
    top = int(organization.roots[0]) if len(organization.roots) == 1 else _NOBODY
    heads = [int(row) for level in reversed(organization.levels) for row in level]
    for head in (*heads, _NOBODY):
        reports = organization.direct_reports(head) if head >= 0 else organization.roots
        pending[head] = int(head >= 0) + int(pending[reports].sum())
        room = most // 2 if head == top else most  # the overview keeps room for the tops of departments
        for report in sorted(reports.tolist(), key=lambda row: -int(pending[row])):
            if pending[head] <= room or pending[report] == 1:
                break
            own_page[report] = True
            pending[head] -= pending[report] - 1
            pending[report] = 1
        if pending[head] > most:
            split.add(head)
            own_page[head] = True
            pending[head] = 1
    order = [_NOBODY, *(head for head in _top_down(organization) if own_page[head])]
    sheets: list[_Sheet] = []
    for head in order:
        reports = organization.direct_reports(head) if head >= 0 else organization.roots
        groups = [reports.tolist()]
        if head in split:
            step = most - 1 if head >= 0 else most
            groups = [groups[0][at : at + step] for at in range(0, len(groups[0]), step)]
        for part, group in enumerate(groups):
            rows = [head] if head >= 0 else []
            waiting = list(reversed(group))
            while waiting:
                row = waiting.pop()
                rows.append(row)
                if not own_page[row]:
                    waiting += organization.direct_reports(row).tolist()[::-1]
            sheets.append(_Sheet(head, tuple(rows), part + 1, len(groups)))
    return sheets


def _top_down(organization: Organization) -> list[int]:
    """Return all rows, every one before what is below it and a department before the next one."""
    order: list[int] = []
    waiting = organization.roots.tolist()[::-1]
    while waiting:
        row = waiting.pop()
        order.append(row)
        waiting += organization.direct_reports(row).tolist()[::-1]
    return order


def _with_preview(organization: Organization, rows: tuple[int, ...], most: int) -> tuple[int, ...]:
    """Return the rows of the overview, and from level to level the heads below them, largest first."""
    shown = dict.fromkeys(rows)
    below = organization.below(np.ones(len(organization)))
    for level in organization.levels:
        for row in sorted(level.tolist(), key=lambda one: -below[one]):
            reports = [one for one in organization.direct_reports(row).tolist() if one not in shown]
            if row in shown and len(shown) + len(reports) <= most:
                shown |= dict.fromkeys(reports)
    return tuple(shown)


def _title(organization: Organization, sheet: _Sheet, at: int) -> str:
    if sheet.head < 0:
        name = "Overview" if at == 0 else "The tops of the chart"
    else:
        name = printable(organization.units[sheet.head] or "")
        label = printable(organization.full_label(sheet.head))
        name = f"{name}: {label}" if name and name not in label else label
    return f"{name} ({sheet.part} of {sheet.parts})" if sheet.parts > 1 else name
