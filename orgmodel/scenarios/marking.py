"""Two charts drawn as one: everything that is in either, each node marked with what became of it.

The green, yellow and red of a picture (added, changed, removed) are words here: `orgmodel.charts.marked`
draws them.

>>> from orgmodel import Organization
>>> before = Organization.from_columns(["a", "b", "c"], [None, "a", "b"])
>>> after = Organization.from_columns(["a", "c", "d"], [None, "a", "c"])
>>> found = marked_union(before, after)
>>> dict(zip(found.organization.ids.tolist(), found.marks, strict=True))
{'a': '', 'c': 'changed', 'd': 'added', 'b': 'removed'}
>>> found.said["c"]
('Reports to a, before to b.',)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np

from orgmodel.differences import CELLS, Differences, differences, line_in_words
from orgmodel.lines import FurtherManager, Ints, Tie, frozen
from orgmodel.organization import Organization

Mark = Literal["", "added", "changed", "removed"]


@dataclass(frozen=True, eq=False)
class MarkedChart:
    """A chart of which every node says what became of it from one chart to another.

    Attributes
    ----------
    organization : Organization
        What is drawn: everything of both charts (`marked_union`), or one of the two (`on`).
    marks : tuple of str
        One for each row: ``added``, ``changed`` (another manager, text, number or further line), ``removed``;
        empty where nothing is different.
    differences : Differences
        What they follow from.
    said : mapping of str to tuple of str
        What became of a node, in sentences, by its id; plain text with names from the user's file.

    """

    organization: Organization
    marks: tuple[Mark, ...]
    differences: Differences
    said: Mapping[str, tuple[str, ...]]

    def on(self, chart: Organization) -> MarkedChart:
        """Return another chart with the same marks on those of its nodes that have one."""
        mark_of: dict[str, Mark] = {
            node: mark for node, mark in zip(self.organization.ids.tolist(), self.marks, strict=True) if mark
        }
        marks: tuple[Mark, ...] = tuple(mark_of.get(node, "") for node in chart.ids.tolist())
        return replace(self, organization=chart, marks=marks)


def marked_union(before: Organization, after: Organization, found: Differences | None = None) -> MarkedChart:
    """Return both charts as one, with marks; ``found`` are their `differences`, where they are known.

    First the nodes of the chart after, as they are there; then those that are gone, below the manager they
    had. Lines that are gone are in the ``differences`` alone: with them the authority need not be sound.
    A node that lost a further line or a tie only because the other end is gone is not marked.
    """
    found = differences(before, after) if found is None else found
    said = _said(before, after, found)
    marks: dict[str, Mark] = dict.fromkeys(said, "changed")
    marks |= dict.fromkeys(found.added, "added")
    marks |= dict.fromkeys(found.removed, "removed")
    both = _with_removed(before, after, found.removed)
    return MarkedChart(both, tuple(marks.get(node, "") for node in both.ids.tolist()), found, said)


def _with_removed(before: Organization, after: Organization, removed: tuple[str, ...]) -> Organization:
    """Return the chart after with the nodes that are gone below the manager they had."""
    if not removed:
        return after
    rows = np.array([before.row(node) for node in removed], dtype=np.int64)
    row_of = {**after.row_of, **{node: len(after) + place for place, node in enumerate(removed)}}
    bosses = before.manager[rows]
    managers = [row_of[str(before.ids[boss])] if boss >= 0 else -1 for boss in bosses.tolist()]
    columns = {key: _joined(getattr(after, key), getattr(before, key), rows) for key in ("ids", *_COLUMNS)}
    both = replace(
        after,
        **columns,
        manager=frozen(np.concatenate([after.manager, np.array(managers, dtype=after.manager.dtype)])),
        attributes={
            key: _joined(
                after.attributes.get(key, np.full(len(after), None, dtype=np.object_)),
                before.attributes.get(key, np.full(len(before), None, dtype=np.object_)),
                rows,
            )
            for key in dict.fromkeys([*after.attributes, *before.attributes])
        },
    )
    both.__dict__["row_of"] = row_of
    return both


_COLUMNS: Final = tuple(CELLS.values())


def _joined(after: Any, before: Any, rows: Ints) -> Any:  # noqa: ANN401  # a column of texts or numbers
    column = np.empty(len(after) + len(rows), dtype=after.dtype)
    column[: len(after)], column[len(after) :] = after, before[rows]
    return frozen(column)


def _said(before: Organization, after: Organization, found: Differences) -> dict[str, tuple[str, ...]]:
    """Return what became of each node that is different, in sentences."""

    def name(node: str) -> str:
        chart = after if node in after.row_of else before
        return chart.full_label(chart.row(node))

    def boss(chart: Organization, node: str) -> str:
        row = int(chart.manager[chart.row(node)])
        return f"under {name(str(chart.ids[row]))}" if row >= 0 else "at the top"

    said: dict[str, list[str]] = {node: [f"Added, {boss(after, node)}."] for node in found.added}
    said |= {node: [f"Removed; it was {boss(before, node)}."] for node in found.removed}
    for node, old, new in found.moved:
        was, now = (f"to {name(one)}" if one else "to nobody" for one in (old, new))
        said.setdefault(node, []).append(f"Reports {now}, before {was}.")
    for node, what, old, new in found.changed:
        said.setdefault(node, []).append(
            f"{what.capitalize() if what in CELLS else what}: {new or 'empty'}, before {old or 'empty'}."
        )
    for lines, words in ((found.lines_added, "New line"), (found.lines_removed, "Line gone")):
        for line in lines:
            for node in ends_marked(line, before, after):
                said.setdefault(node, []).append(f"{words}: {line_in_words(line, name)}.")
    return {node: tuple(sentences) for node, sentences in said.items()}


def telling_lines(found: Differences) -> Differences:
    """Return differences without the ties of nodes that are added or removed: they go without saying."""
    alone = {*found.added, *found.removed}

    def tells(line: FurtherManager | Tie) -> bool:
        return isinstance(line, FurtherManager) or (line.a not in alone and line.b not in alone)

    return replace(
        found,
        lines_added=tuple(filter(tells, found.lines_added)),
        lines_removed=tuple(filter(tells, found.lines_removed)),
    )


def ends_marked(line: FurtherManager | Tie, before: Organization, after: Organization) -> tuple[str, ...]:
    """Return whom a line that is added or gone changes: who reports over it, or both ends of a tie.

    Nobody where an end is in one of the charts only: then that end says it.
    """
    ends = (line.a, line.b) if isinstance(line, Tie) else (line.report, line.manager)
    if not all(node in chart.row_of for node in ends for chart in (before, after)):
        return ()
    return ends if isinstance(line, Tie) else ends[:1]
