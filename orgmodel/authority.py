"""The flow of authority: who stands above whom, over lines with a share of it.

What bosses are measured by travels down these lines; quarrels climb up the solid ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse

from orgmodel.lines import Bools, Floats, Ints, grouped_positions
from orgmodel.organization import Organization
from orgmodel.paths import SOLID, Lines, lines_of

#: Depth of the lowest common manager of two nodes that have none.
NOBODY: Final = -1


@dataclass(frozen=True, eq=False)
class Authority:
    """Lines with a share above 0, grouped so that every boss is complete before their reports.

    ``generations`` holds indices into ``lines``: the first generation leads away from nodes without any
    boss. ``rank`` is a node's generation: larger than that of all its bosses.
    """

    lines: Lines
    generations: list[Ints]
    rank: Ints


def authority(organization: Organization) -> Authority:
    """Return the lines of authority in top-down order.

    Where only solid managers have authority, the generations are the levels of the chart; else Kahn's
    algorithm finds them.
    """
    lines = lines_of(organization)
    lines = lines.chosen(lines.share > 0)
    if (lines.kind == SOLID).all():
        line_of = np.cumsum(organization.manager >= 0) - 1
        return Authority(lines, [line_of[rows] for rows in organization.levels[1:]], organization.depth)
    size = len(organization)
    missing = np.bincount(lines.report, minlength=size)
    by_boss = np.argsort(lines.boss, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(lines.boss, minlength=size))])
    rank = np.zeros(size, dtype=np.int64)
    generations: list[Ints] = []
    frontier = np.flatnonzero(missing == 0)
    while True:
        led = by_boss[grouped_positions(start, frontier)]
        if not len(led):
            return Authority(lines, generations, rank)
        generations.append(led)
        reports, arrived = np.unique(lines.report[led], return_counts=True)
        rank[reports] = len(generations)
        missing[reports] -= arrived
        frontier = reports[missing[reports] == 0]


def inherited_vectors(
    order: Authority, vectors: Floats, has_vector: Bools, delta: float
) -> tuple[Floats, Floats]:
    """Return S and Z of every node: what it is measured by, its own and its bosses' measures together.

    ``S_v = m_v + delta * sum_i a_i S_boss_i`` and ``Z_v = 1 + delta * sum_i a_i Z_boss_i``, over the lines
    with a share ``a_i`` above 0; a node without a vector adds nothing to either. ``g_v = S_v / Z_v``.
    """
    # One column more for the weights: S and Z come down together.
    total = np.column_stack([np.where(has_vector[:, None], vectors, 0.0), has_vector])
    lines = order.lines
    solid = lines.kind == SOLID
    for led in order.generations:
        passed = (delta * lines.share[led])[:, None] * total[lines.boss[led]]
        once = solid[led]  # a node has one solid manager at most, so nothing is added twice here
        if once.all():
            total[lines.report[led]] += passed
        else:
            total[lines.report[led[once]]] += passed[once]
            np.add.at(total, lines.report[led[~once]], passed[~once])
    return total[:, :-1], total[:, -1]


def inherited_weights(
    order: Authority, bosses: Mapping[int, float], weight: Floats, delta: float
) -> dict[int, float]:
    """Return with what weight each row's own vector enters the average of the bosses' ``g = S / Z``.

    ``bosses`` maps rows to shares, ``weight`` is Z of `inherited_vectors`. Over the rows that have a
    vector the weights sum to the shares of the bosses that have one.
    """
    lines = order.lines
    above: dict[int, list[tuple[int, float]]] = {}
    pending = dict.fromkeys(bosses)
    while pending:
        row = next(iter(pending))
        del pending[row]
        found = np.flatnonzero(lines.report == row)
        above[row] = [(int(lines.boss[line]), float(lines.share[line])) for line in found]
        pending.update(dict.fromkeys(boss for boss, _ in above[row] if boss not in above))
    weights = {row: share / weight[row] if weight[row] else 0.0 for row, share in bosses.items()}
    for row in sorted(above, key=lambda row: -int(order.rank[row])):
        for boss, share in above[row]:
            weights[boss] = weights.get(boss, 0.0) + weights.get(row, 0.0) * delta * share
    return weights


def weights_by_level(order: Authority, rows: Ints) -> list[sparse.csr_array[Any]]:
    """Return with what weight each row stands above some rows, level by level.

    Entry k is a sparse array (R, N): the product of the shares along the lines, summed over all ways of k
    lines of authority from a row up to its managers. So ``sum_k delta^k entry_k @ m`` is S of
    `inherited_vectors` for these rows, for every ``delta`` at once, where ``m`` are the own vectors.
    """
    size = len(order.rank)
    lines = order.lines
    upwards = sparse.csr_array((lines.share, (lines.report, lines.boss)), shape=(size, size))
    level = sparse.csr_array((np.ones(len(rows)), (np.arange(len(rows)), rows)), shape=(len(rows), size))
    levels = []
    while level.nnz:
        levels.append(level)
        level = sparse.csr_array(level @ upwards)
    return levels


def meeting_depths(organization: Organization, row: int) -> Ints:
    """Return the depth of the lowest manager above both a row and each other row, over solid lines.

    A node stands above itself. `NOBODY` where no manager is above both. The managers of ``row`` are marked
    with their depth; every other row meets it where its own manager does.
    """
    depths = np.full(len(organization), NOBODY, dtype=np.int64)
    chain = organization.chain(row)
    depths[chain] = organization.depth[chain]
    for rows in organization.levels[1:]:
        unmarked = rows[depths[rows] == NOBODY]
        depths[unmarked] = depths[organization.manager[unmarked]]
    return depths


def steps_to_root(organization: Organization, order: Authority) -> Floats:
    """Return the fewest lines of authority from each row up to the root of its own tree.

    A way that leaves the tree does not count. Infinite where authority does not lead there at all (the
    solid manager has no share of it).
    """
    if (order.lines.kind == SOLID).all() and len(order.lines.kind) == np.sum(organization.manager >= 0):
        return organization.depth.astype(np.float64)
    steps = np.where(organization.manager < 0, 0.0, np.inf)
    tree = organization.tree
    for led in order.generations:
        boss, report = order.lines.boss[led], order.lines.report[led]
        same = tree[boss] == tree[report]
        np.minimum.at(steps, report[same], steps[boss[same]] + 1.0)
    return steps


def branches(organization: Organization) -> Ints:
    """Return the branch of every row: its manager (or itself) at depth 1; -1 for a root."""
    branch = np.full(len(organization), -1, dtype=np.int64)
    for depth, rows in enumerate(organization.levels[1:], start=1):
        branch[rows] = rows if depth == 1 else branch[organization.manager[rows]]
    return branch
