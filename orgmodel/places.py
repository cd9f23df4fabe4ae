"""The places of one head of the unit: everything about it under each of K solid bosses at once.

The head keeps its other lines wherever it goes: ties, reports, further managers. A further manager who
becomes the solid boss is merged with it. Nothing here depends on where the head is today, because no
possible boss is below it: what is known about the bosses holds in every placement.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from orgmodel.authority import NOBODY
from orgmodel.lines import Bools, Floats, Ints, marked, share_left
from orgmodel.organization import Organization
from orgmodel.paths import SOLID, lines_of


class Arbiters(NamedTuple):
    """How far up quarrels climb to the lowest manager above both sides, and how deep that one is (K,)."""

    climb: Floats
    depth: Floats


@dataclass(frozen=True, eq=False)
class Bosses:
    """The bosses of a head in K places: one solid boss each, and the further managers that stay.

    Attributes
    ----------
    solid : array of int (K,)
        Row of the solid boss, -1 where there is none.
    solid_share : float
        Share of the authority that the further managers leave to the solid boss.
    further : dict of int to float
        Row of every further manager with authority -> share.

    """

    solid: Ints
    solid_share: float
    further: dict[int, float]

    @cached_property
    def solid_shares(self) -> Floats:
        """Share of the solid boss in every place: 0 where there is none (K,)."""
        return np.where(self.solid >= 0, self.solid_share, 0.0)

    def mean(self, of: Floats) -> Floats:
        """Return the sum over the bosses of share times a property of each row; array like ``of``, K rows."""
        shares = self.solid_shares.reshape((-1,) + (1,) * (of.ndim - 1))
        total = shares * of[self.solid]
        for row, share in self.further.items():
            total = total + share * of[row]
        return np.asarray(total)

    @cached_property
    def total_share(self) -> Floats:
        """Sum of the shares of all bosses (K,): 1, or less where there is no solid boss."""
        return self.solid_shares + math.fsum(self.further.values())

    @cached_property
    def concentration(self) -> Floats:
        """Sum of the squared shares of all bosses, rescaled to sum to 1; NaN without a boss (K,)."""
        squares = self.solid_shares**2 + math.fsum(share**2 for share in self.further.values())
        for row, share in self.further.items():
            merged = self.solid == row
            squares[merged] += 2.0 * self.solid_share * share
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(squares / self.total_share**2)


def bosses_in(organization: Organization, head: int, solid: Ints) -> Bosses:
    """Return the bosses of a head under each of some solid bosses (-1: none)."""
    lines = organization.further
    mine = (lines.report == head) & (lines.share > 0)
    further: dict[int, float] = {}
    for row, share in zip(lines.manager[mine].tolist(), lines.share[mine].tolist(), strict=True):
        further[row] = further.get(row, 0.0) + share
    return Bosses(solid, float(share_left(lines.share[mine].sum())), further)


def common_pull(bosses: Bosses, measures: Floats) -> Floats:
    """Return the length of the mean of what the bosses are measured by, each scaled to length 1 (K,).

    ``measures`` are those of every row. Bosses without any (a vector of zeros) are left out and the other
    shares rescaled; NaN where none has any.
    """
    if not bosses.further:
        return np.where((bosses.solid_shares > 0) & measures[bosses.solid].any(axis=1), 1.0, np.nan)
    return pull_of(bosses.mean, measures)


def pull_of(mean: Callable[[Floats], Floats], measures: Floats) -> Floats:
    """Return what `common_pull` does, of measures (R, 4) and the mean of any column of R numbers by share."""
    known = np.asarray(measures.any(axis=1))
    lengths = np.linalg.norm(measures, axis=1)
    directions = np.asarray(measures / np.where(known, lengths, 1.0)[:, None])
    with np.errstate(invalid="ignore", divide="ignore"):
        weight = mean(known.astype(np.float64))
        return np.asarray(np.linalg.norm(mean(directions), axis=1)) / weight


def arbiters(bosses: Bosses, depth: Ints, meetings: list[Ints]) -> Arbiters:
    """Return who arbitrates between a head and the other side: smallest climb first, then the deepest.

    ``meetings`` has, for every head of the other side, the depth at which each row meets it.
    """
    climb = np.full(len(bosses.solid), np.inf)
    arbiter = np.full(len(bosses.solid), np.nan)

    def take(rows: Ints, has_share: Bools, meeting: Ints) -> None:
        levels = 1.0 + depth[rows] - meeting[rows]
        met = has_share & (meeting[rows] != NOBODY)
        better = met & ((levels < climb) | ((levels == climb) & (meeting[rows] > arbiter)))
        climb[better] = levels[better]
        arbiter[better] = meeting[rows][better]

    everywhere = np.ones(len(climb), dtype=np.bool_)
    for meeting in meetings:
        take(bosses.solid, bosses.solid_shares > 0, meeting)
        for row in bosses.further:
            take(np.full(len(climb), row), everywhere, meeting)
    return Arbiters(np.where(np.isinf(climb), np.nan, climb), arbiter)


def executive_steps(bosses: Bosses, tree: Ints, steps: Floats) -> Floats:
    """Return the fewest authority lines from a head to the root of its own tree (K,).

    ``steps`` are those of every row to the root of its tree. A head without bosses is a root itself: 0.
    Infinite where no boss in the tree has authority.
    """
    own = np.where(bosses.solid >= 0, tree[bosses.solid], -1)
    if bosses.further:
        own = np.where(bosses.solid >= 0, own, tree[min(bosses.further)])
    least = np.where(bosses.solid_shares > 0, steps[bosses.solid], np.inf)
    for row in bosses.further:
        least = np.where(tree[row] == own, np.minimum(least, steps[row]), least)
    return np.where(own < 0, 0.0, least + 1.0)


@dataclass(frozen=True, eq=False)
class Contacts:
    """The lines of the unit in K places, each pair of nodes once.

    Attributes
    ----------
    internal : int
        Lines between two nodes of the unit.
    outer : array of int
        Outer end of every line that leaves the unit, the one to the solid boss left out.
    solid : array of int (K,)
        The solid boss, -1 where there is none or another line leads to the same node.

    """

    internal: int
    outer: Ints
    solid: Ints

    def effective_functions(self, function_of: Ints, functions: int) -> Floats:
        """Return the effective number of functions among the outer ends: ``1 / sum (n_f / n)^2`` (K,).

        ``function_of`` numbers the functions of all rows from 0 (-1: one that is not counted). 0 where no
        line leads to any of them.
        """
        numbers = function_of[self.outer]
        counts = np.bincount(numbers[numbers >= 0], minlength=functions + 1).astype(np.float64)
        of_boss = np.where(self.solid >= 0, function_of[self.solid], -1)
        added = of_boss >= 0
        total = counts.sum() + added
        squares = (counts**2).sum() + np.where(added, 2.0 * counts[of_boss] + 1.0, 0.0)
        with np.errstate(invalid="ignore"):
            return np.where(total > 0, total**2 / np.maximum(squares, 1.0), 0.0)

    def inside_branch(self, bosses: Ints, branch: Ints) -> tuple[Floats, Floats]:
        """Return how many lines leave the unit's branch of the chart and how many stay in it (two arrays, K).

        The unit is in the branch of its boss; under a root it is a branch of its own.
        """
        branches = branch[self.outer]
        counts = np.bincount(branches[branches >= 0], minlength=len(branch))
        own = np.where(bosses >= 0, branch[bosses], -1)
        added = self.solid >= 0
        staying = self.internal + np.where(own >= 0, counts[own] + added, 0)
        leaving = self.internal + len(self.outer) + added - staying
        return leaving.astype(np.float64), staying.astype(np.float64)


def contacts_of(organization: Organization, head: int, solid: Ints) -> Contacts:
    """Return the lines of a head and everything below it, under each of some solid bosses."""
    lines = lines_of(organization)
    lines = lines.chosen(~((lines.report == head) & (lines.kind == SOLID)))
    size = len(organization)
    inside = marked(size, organization.subtree(head))
    boss_inside, report_inside = inside[lines.boss], inside[lines.report]
    both, one = boss_inside & report_inside, boss_inside != report_inside
    low, high = np.minimum(lines.boss, lines.report)[both], np.maximum(lines.boss, lines.report)[both]
    inner = np.where(boss_inside, lines.boss, lines.report)[one]
    outer = np.where(boss_inside, lines.report, lines.boss)[one]
    leaving = np.unique(inner * size + outer)
    of_head = leaving[leaving // size == head] % size
    return Contacts(
        internal=len(np.unique(low * size + high)),
        outer=leaving % size,
        solid=np.where(np.isin(solid, of_head), -1, solid),
    )
