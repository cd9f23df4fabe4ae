"""How close a structure is to a pure hierarchy: Krackhardt's four dimensions, exact at any size.

Input is a directed graph: arcs from a boss to a report, nodes numbered from 0. All four are 1 where, and
only where, the graph is a single out-tree: one top, one boss for everybody else, nothing more.

Nodes that reach each other (a *circle*) have the same bosses above them, so everything is counted on circles
with their sizes as weights; the arcs between circles form no circle any more. Where every circle has one
boss at most, sums along the ways to the top suffice. Where some have several, only those and the tops of the
graph have to be compared with each other (`_without_least_bound`). There are charts for which even that is
too much; then the number is NaN, with the reason, and never an estimate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from orgmodel.lines import Bools, Ints, grouped_positions, marked

# What a few seconds suffice for.
_MOST_ANCESTORS: Final = 20_000_000
_MOST_COMPARISONS: Final = 200_000_000
_TOO_MANY_WAYS: Final = "Too many lines cross each other in this chart to count exactly who is above whom."
_TOO_MANY_PAIRS: Final = (
    "Too many nodes of this chart have several bosses to compare all of them exactly with each other."
)


class Krackhardt(NamedTuple):
    """The four dimensions, each 0 to 1, and for those that are NaN the reason."""

    connectedness: float
    hierarchy: float
    efficiency: float
    least_upper_bound: float
    undefined: Mapping[str, str]


def krackhardt(size: int, boss: Ints, report: Ints) -> Krackhardt:
    """Return Krackhardt's four dimensions of a directed graph.

    Parameters
    ----------
    size : int
        Number of nodes, N.
    boss, report : array of int
        The arcs, from a boss to a report. An arc that is there twice counts once, one from a node to
        itself not at all.

    Notes
    -----
    N_i is the number of nodes in each weak component (joined by arcs in any direction), m that of arcs.

    Connectedness
        ``sum_i N_i (N_i - 1) / (N (N - 1))``, the share of pairs that are joined at all; 1 for a single node.
    Hierarchy
        ``1 - R / A``: of the A pairs in which at least one reaches the other along the arcs, R reach each
        other. Not defined without arcs.
    Efficiency
        ``1 - (m - sum_i (N_i - 1)) / sum_i (N_i - 1)^2``: the share of the arcs which could be there beyond
        those that hold the components together, and are not. Not defined without arcs.
    Least upper bound
        ``1 - V / sum_i (N_i - 1) (N_i - 2) / 2``, over components of more than two nodes; V is the number
        of pairs within one component that have no least upper bound. An upper bound of a pair is a node
        that reaches both (a node reaches itself); it is the least one when every other upper bound
        reaches it. Not defined without a component of more than two nodes.

    The last follows the written definition. The function ``lubness`` of the R package sna (2.7-1) looks
    for a bound that reaches all others instead of one that is reached by them, and so differs where nodes
    have several bosses; on a tree both are 1.

    References
    ----------
    Krackhardt (1994), Graph theoretical dimensions of informal organizations, in Carley and Prietula,
    Computational Organization Theory, 89-111.

    >>> two_bosses = krackhardt(3, np.array([0, 1]), np.array([2, 2]))
    >>> two_bosses.hierarchy, two_bosses.least_upper_bound
    (1.0, 0.0)

    """
    boss, report = _distinct(boss, report, size)
    graph = sparse.csr_array((np.ones(len(boss)), (boss, report)), shape=(size, size))
    parts = csgraph.connected_components(graph, connection="weak")[1].astype(np.int64) if size else boss
    sizes = np.bincount(parts)
    pairs, needed = int((sizes * (sizes - 1)).sum()), int((sizes - 1).sum())
    possible = int(((sizes - 1) ** 2).sum())
    below_bound = int(((sizes - 1) * (sizes - 2)).sum()) // 2

    undefined: dict[str, str] = {}
    hierarchy = efficiency = bound = np.nan
    if not len(boss):
        undefined["hierarchy"] = undefined["efficiency"] = "No lines join the nodes of this chart."
    else:
        efficiency = 1 - (len(boss) - needed) / possible
        circles = _circles(graph, parts, boss, report)
        mutual = int((circles.weight * (circles.weight - 1)).sum()) // 2
        if not mutual:
            hierarchy = 1.0  # any pair is reached one way at most, however many there are
        elif circles.ancestry is None:
            undefined["hierarchy"] = _TOO_MANY_WAYS
        else:
            hierarchy = 1 - mutual / (mutual + _reached_one_way(circles, circles.ancestry))
        if below_bound:
            bound, undefined_bound = _least_upper_bound(circles, below_bound)
            undefined |= undefined_bound
    if not below_bound:
        undefined["least_upper_bound"] = "Lines never join more than two nodes of this chart."
    return Krackhardt(
        pairs / (size * (size - 1)) if size > 1 else 1.0, hierarchy, efficiency, bound, undefined
    )


def _least_upper_bound(circles: _Circles, possible: int) -> tuple[float, dict[str, str]]:
    if circles.ancestry is None:
        return np.nan, {"least_upper_bound": _TOO_MANY_WAYS}
    missing = _without_least_bound(circles, circles.ancestry)
    if missing is None:
        return np.nan, {"least_upper_bound": _TOO_MANY_PAIRS}
    return 1 - missing / possible, {}


def _distinct(boss: Ints, report: Ints, size: int) -> tuple[Ints, Ints]:
    """Return every arc once, without those from a node to itself."""
    other = boss != report
    arcs = np.sort(boss[other].astype(np.int64) * size + report[other])
    arcs = arcs[~_repeated(arcs)]
    return arcs // max(size, 1), arcs % max(size, 1)


def _repeated(ordered: Ints) -> Bools:
    """Return which values are the same as the one before."""
    repeated = np.zeros(len(ordered), dtype=np.bool_)
    repeated[1:] = ordered[1:] == ordered[:-1]
    return repeated


# ---------------------------------------------------------------------- circles and what is above them


@dataclass(frozen=True, eq=False)
class _Circles:
    """The graph with every circle as one node, C of them; there are no circles of circles.

    ``weight``: nodes in each. ``part``: the weak component it is in. ``boss``, ``report``: the arcs between
    circles, each once.
    """

    weight: Ints
    part: Ints
    boss: Ints
    report: Ints

    def __len__(self) -> int:
        return len(self.weight)

    @cached_property
    def ancestry(self) -> _Ancestry | None:
        """Who is above whom; None where that is too much to count."""
        return _ancestry_of(self)


def _circles(graph: sparse.csr_array[Any], parts: Ints, boss: Ints, report: Ints) -> _Circles:
    count, labels = csgraph.connected_components(graph, connection="strong")
    circle = labels.astype(np.int64)
    part = np.zeros(count, dtype=np.int64)
    part[circle] = parts
    return _Circles(np.bincount(circle), part, *_distinct(circle[boss], circle[report], count))


@dataclass(frozen=True, eq=False)
class _Ancestry:
    """Who is above whom among circles.

    Every circle hangs, by a chain of single bosses, below one *head*: a top, or one with several bosses
    none of whom is above another. ``head`` holds it, ``chain`` the nodes between (those of the circle itself
    not counted, those of the head counted).

    Where some circle has several bosses, those above such ones are put together in *groups* (see `_groups`),
    each named by its lowest circle. ``above`` holds for each head among them the groups above it, its own
    included, ``groups_above`` how many there are for any group, ``group_weight`` the nodes in a group.
    """

    head: Ints
    chain: Ints
    above: Mapping[int, Ints] = field(default_factory=dict)
    groups_above: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    group_weight: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


def _ancestry_of(circles: _Circles) -> _Ancestry | None:
    bosses = np.bincount(circles.report, minlength=len(circles))
    parent = np.arange(len(circles))
    single = bosses[circles.report] == 1
    parent[circles.report[single]] = circles.boss[single]
    several = np.flatnonzero(bosses > 1)
    if not len(several):
        return _Ancestry(*_climbed(parent, circles.weight))
    group, core = _groups(circles, several, is_head=bosses != 1)
    above = _groups_above(circles, group, core, parent)
    if above is None:
        return None
    head, chain = _climbed(parent, circles.weight)
    weight = np.bincount(group[core], circles.weight[core], len(circles)).astype(np.int64)
    groups_above = np.zeros(len(circles), dtype=np.int64)
    groups_above[list(above)] = [len(found) for found in above.values()]
    return _Ancestry(
        head, chain, {row: above[row] for row in above if head[row] == row}, groups_above, weight
    )


def _climbed(parent: Ints, weight: Ints) -> tuple[Ints, Ints]:
    """Return the head of every circle and the weight of the chain up to it, the head counted.

    Pointers double their reach in each round, so the longest chain takes few.
    """
    pointer = parent.copy()
    chain = np.where(parent == np.arange(len(parent)), 0, weight[parent])
    while True:
        further = pointer[pointer]
        if np.array_equal(further, pointer):
            return pointer, chain
        chain += chain[pointer]
        pointer = further


def _groups(circles: _Circles, several: Ints, *, is_head: Bools) -> tuple[Ints, Ints]:
    """Return the group of every circle, named by its lowest one, and the circles above any of several bosses.

    Of a chain of single bosses without branches on the ways to those with several bosses, all are above the
    same of them: such a chain is one group.
    """
    size = len(circles)
    up = sparse.csr_array(
        (
            np.ones(len(circles.boss) + len(several), dtype=np.int8),
            (
                np.concatenate([circles.report, np.full(len(several), size)]),
                np.concatenate([circles.boss, several]),
            ),
        ),
        shape=(size + 1, size + 1),
    )
    core = csgraph.breadth_first_order(up, size, return_predecessors=False)[1:].astype(np.int64)
    arcs = marked(size, core)[circles.report]
    below = np.bincount(circles.boss[arcs], minlength=size)
    joins = arcs & (below[circles.boss] == 1) & ~is_head[circles.boss] & ~is_head[circles.report]
    onward = np.arange(size)
    onward[circles.boss[joins]] = circles.report[joins]
    return _climbed(onward, circles.weight)[0], core


def _groups_above(circles: _Circles, group: Ints, core: Ints, parent: Ints) -> dict[int, Ints] | None:
    """Return the groups above each group, itself included; None where these are too many.

    A circle of several bosses of whom one is below all others has that one as its parent: ``parent`` is
    changed so.
    """
    order, bosses = _top_down(circles, group, core)
    above: dict[int, Ints] = {}
    total = 0
    for row, start, end in order:
        own = np.array([row])
        if start == end:
            above[row] = own
            continue
        direct = bosses[start:end].tolist()
        total += 1 + sum(len(above[boss]) for boss in direct)
        if total > _MOST_ANCESTORS:
            return None
        if len(direct) == 1:
            above[row] = np.concatenate([above[direct[0]], own])
            continue
        found = np.sort(np.concatenate([above[boss] for boss in direct]))
        repeated = _repeated(found)
        above[row] = np.concatenate([found[~repeated], own])
        above_others = set(found[repeated].tolist())
        lowest = [boss for boss in direct if boss not in above_others]
        if len(lowest) == 1:
            parent[row] = lowest[0]
    return above


def _top_down(circles: _Circles, group: Ints, core: Ints) -> tuple[list[tuple[int, int, int]], Ints]:
    """Return the groups so that bosses come first, each with where its bosses are in the second array."""
    in_core = marked(len(circles), core)
    arcs = in_core[circles.report] & (group[circles.boss] != group[circles.report])
    boss, report = circles.boss[arcs], group[circles.report[arcs]]
    by_report, by_boss = np.argsort(report, kind="stable"), np.argsort(boss, kind="stable")
    start = _starts(np.bincount(report, minlength=len(circles)))
    down = _starts(np.bincount(boss, minlength=len(circles)))
    missing = np.diff(start)
    rows = core[group[core] == core]
    order: list[Ints] = []
    frontier = rows[missing[rows] == 0]
    while len(frontier):
        order.append(frontier)
        reached, times = np.unique(report[by_boss[grouped_positions(down, frontier)]], return_counts=True)
        missing[reached] -= times
        frontier = reached[missing[reached] == 0]
    ordered = np.concatenate(order)
    places = zip(ordered.tolist(), start[ordered].tolist(), start[ordered + 1].tolist(), strict=True)
    return list(places), boss[by_report]


# ---------------------------------------------------------------------- what is counted


def _reached_one_way(circles: _Circles, ancestry: _Ancestry) -> int:
    """Return the number of pairs of nodes of which exactly one reaches the other."""
    above_head = np.zeros(len(circles), dtype=np.int64)
    for row, groups in ancestry.above.items():
        above_head[row] = ancestry.group_weight[groups].sum() - circles.weight[row]
    return int((circles.weight * (ancestry.chain + above_head[ancestry.head])).sum())


def _without_least_bound(circles: _Circles, ancestry: _Ancestry) -> int | None:
    """Return the number of pairs of nodes in one component that have no least upper bound.

    Let A(x) be all that is above x, with x itself. A pair (x, y) has a least upper bound l when, and only
    when, what they share, A(x) and A(y), is all of A(l). Below one head A grows along a tree, so pairs there
    have one. Nodes x, y below different heads s, t have one if s is above t (what they share then lies on
    the chain from s to x); if neither is above the other, they share what s and t share, no more. So only
    heads have to be compared, each standing for the nodes below it.

    l is in what s and t share, so A(l) is part of it, and all of it when it is as large: the largest A(l)
    is compared with what is shared. In a component with a single top this one is shared by all and left out.
    """
    heads = np.flatnonzero(ancestry.head == np.arange(len(circles)))
    heads = heads[np.bincount(circles.part[heads])[circles.part[heads]] > 1]
    if not len(heads):
        return 0
    tops = np.flatnonzero(np.bincount(circles.report, minlength=len(circles)) == 0)
    tops_of_part = np.bincount(circles.part[tops])
    single_tops = tops[tops_of_part[circles.part[tops]] == 1]
    shared_by_all = marked(len(circles), single_tops)
    nodes_below = np.bincount(ancestry.head, circles.weight, len(circles)).astype(np.int64)[heads]

    # Per head the groups above it, the smallest A first; per group the heads below it.
    lists = [ancestry.above[row] for row in heads.tolist()]
    head, groups = np.repeat(np.arange(len(heads)), [len(found) for found in lists]), np.concatenate(lists)
    head, groups = head[~shared_by_all[groups]], groups[~shared_by_all[groups]]
    times = np.bincount(groups, minlength=len(circles))
    if (times**2).sum() > _MOST_COMPARISONS:
        return None
    size_above = ancestry.groups_above - (tops_of_part[circles.part] == 1)
    groups = groups[np.lexsort((size_above[groups], head))]
    start = _starts(np.bincount(head, minlength=len(heads)))
    below, below_start = head[np.argsort(groups, kind="stable")], _starts(times)

    missing = 0
    nodes_of_part = np.bincount(circles.part, circles.weight).astype(np.int64)
    shared, place = np.zeros(len(heads), dtype=np.int64), np.zeros(len(heads), dtype=np.int64)
    for row, nodes in enumerate(nodes_below.tolist()):
        own = groups[start[row] : start[row + 1]]
        met = below[grouped_positions(below_start, own)]
        shared[met] = 0
        np.add.at(shared, met, 1)
        turn = np.arange(len(met))
        place[met] = turn  # where each comes last, and so with the largest A
        last = place[met] == turn
        met, largest = met[last], np.repeat(size_above[own], times[own])[last]
        lost = int(nodes_below[met[shared[met] != largest]].sum())
        part = circles.part[heads[row]]
        if tops_of_part[part] > 1:
            lost += int(nodes_of_part[part] - nodes_below[met].sum())
        missing += nodes * lost
    return missing // 2


def _starts(counts: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(counts)])
