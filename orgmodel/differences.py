"""What one chart has and another has not: the same for a repair, an edit and two scenarios."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orgmodel.organization import Organization

_TEXTS = ("names", "titles", "units", "functions", "locations", "statuses", "headcount")


@dataclass(frozen=True)
class Differences:
    """What is different after a change, in ids.

    Attributes
    ----------
    added, removed
        Nodes that are in one of the charts only.
    moved
        (Node, manager before, manager after); the empty text for none.
    changed
        (Node, what, before, after) for every other text or number of a node.
    lines_added, lines_removed
        Further managers and ties, in words.

    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[tuple[str, str, str], ...]
    changed: tuple[tuple[str, str, str, str], ...]
    lines_added: tuple[str, ...]
    lines_removed: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The numbers in words: ``2 nodes added, 1 moved``; ``nothing changes``."""
        counts = (
            (len(self.added), "added"),
            (len(self.removed), "removed"),
            (len(self.moved), "with another manager"),
            (len({node for node, *_ in self.changed}), "changed"),
        )
        parts = [
            f"{number:,} {'node' if number == 1 else 'nodes'} {word}" for number, word in counts if number
        ]
        if lines := len(self.lines_added) + len(self.lines_removed):
            parts.append(f"{lines:,} further {'line' if lines == 1 else 'lines'} changed")
        return ", ".join(parts) or "nothing changes"


def differences(before: Organization, after: Organization) -> Differences:
    """Return what changes from one chart to the other; nodes are the same if their ids are.

    >>> one = Organization.from_columns(["a", "b", "c"], [None, "a", "b"])
    >>> two = Organization.from_columns(["a", "b", "c"], [None, "a", "a"], titles=["CEO", "", ""])
    >>> differences(one, two).summary
    '1 node with another manager, 1 node changed'
    """
    added = [node for node in after.ids if node not in before.row_of]
    removed = [node for node in before.ids if node not in after.row_of]
    old = np.array([row for row, node in enumerate(before.ids) if node in after.row_of], dtype=np.int64)
    new = np.array([after.row_of[before.ids[row]] for row in old], dtype=np.int64)

    def managers(chart: Organization) -> np.ndarray:
        names = np.append(chart.ids, np.array([""], dtype=object))
        return names[chart.manager]

    was, now = managers(before)[old], managers(after)[new]
    moved = [
        (before.ids[old[place]], str(was[place]), str(now[place]))
        for place in np.flatnonzero(was != now).tolist()
    ]
    changed = []
    for key in _TEXTS:
        was, now = getattr(before, key)[old], getattr(after, key)[new]
        changed += [
            (before.ids[old[place]], key, str(was[place]), str(now[place]))
            for place in np.flatnonzero(was != now).tolist()
        ]
    lines_before, lines_after = _lines(before), _lines(after)
    return Differences(
        tuple(added),
        tuple(removed),
        tuple(moved),
        tuple(changed),
        tuple(line for line in lines_after if line not in lines_before),
        tuple(line for line in lines_before if line not in lines_after),
    )


def _lines(chart: Organization) -> dict[str, None]:
    further = [
        f"{line.report} -> {line.manager} ({line.kind}, {line.share:g})" for line in chart.further_managers
    ]
    ties = [f"{tie.a} - {tie.b} ({tie.relation}, {tie.weight:g})" for tie in chart.tie_list]
    return dict.fromkeys([*further, *ties])
