"""The solid lines while they are made sound: managers of nodes and of what was added to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from orgmodel.importing.files.cells import Column, column_of
from orgmodel.importing.managers.directory import ROOT
from orgmodel.importing.managers.reporting_lines import Reporting
from orgmodel.importing.rows.identities import FreeNames
from orgmodel.lines import Bools, Ints
from orgmodel.wording import quoted


@dataclass
class Authority:
    """The solid manager of every node, then of every one that was added: a node or `ROOT`.

    Attributes
    ----------
    bosses
        Managers; while the work goes on also `UNKNOWN`, and lines may run in circles.
    ids
        Of the nodes of the rows, then of the added ones.
    placeholders
        Names of the added nodes: references to managers who are not in the file, the head of all.
    meant
        What a reference to a manager who is not in the file was taken for.
    decided
        The nodes whose manager the reader has said.
    doubtful
        Roots only because they report to themselves, where others are marked as tops in another way.

    """

    reporting: Reporting
    bosses: Ints
    ids: Column
    placeholders: list[str] = field(default_factory=list)
    meant: dict[str, int] = field(default_factory=dict)
    decided: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)

    def add(self, names: Sequence[str]) -> list[int]:
        """Add nodes without a manager, and return them."""
        if not names:
            return []
        size = len(self.ids)
        free = FreeNames(self.ids)
        self.ids = column_of([*self.ids, *map(free.free, names)])
        self.placeholders += names
        self.bosses = np.append(self.bosses, np.full(len(names), ROOT))
        return list(range(size, size + len(names)))

    def called(self, node: int) -> str:
        """Return a node as a sentence names it."""
        if node < len(self.reporting.nodes.rows):
            return self.reporting.called(node)
        return quoted(self.ids[node])

    def held(self) -> Bools:
        """Return per node whether somebody holds it."""
        vacant = self.reporting.posts.vacant[self.reporting.nodes.rows]
        return np.append(~vacant, np.zeros(len(self.ids) - len(vacant), dtype=np.bool_))


def trees_of(bosses: Ints) -> Ints:
    """Return the root of every node's own tree, -1 for what hangs on a circle.

    >>> trees_of(np.array([-1, 0, 1, 4, 3])).tolist()
    [0, 0, 0, -1, -1]
    """
    above = np.where(bosses < 0, np.arange(len(bosses)), bosses)
    for _ in range(len(bosses).bit_length()):  # twice as far up each time
        further = above[above]
        if np.array_equal(further, above):
            break
        above = further
    return np.where(bosses[above] < 0, above, -1)


def branch_sizes(bosses: Ints) -> Ints:
    """Return for every root the nodes of its tree, itself included; 0 for all others."""
    trees = trees_of(bosses)
    return np.bincount(trees[trees >= 0], minlength=len(bosses))


def leads_up_to(bosses: Ints, start: int, aims: set[int], steps: int) -> bool | None:
    """Return whether the way up from a node, itself included, meets one of some nodes.

    None if after so many steps neither that nor the end is reached.
    """
    node = start
    for _ in range(steps):
        if node in aims:
            return True
        node = int(bosses[node])
        if node < 0:
            return False
    return None
