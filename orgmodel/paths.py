"""The engine under the indicators: distances over all kinds of lines and the flow of authority.

Distances treat every line as a way to talk, in both directions. A line's length depends on its kind.
Removing customer service's head ``u`` from the chart does not change any other distance it does not
carry, so distances from the decision owners on the chart *without u*, computed once, give the distance
from every possible placement of u: ``d(u, x) = min over neighbours n of u of length(u, n) + d(n, x)``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from orgmodel.lines import Floats, Ints, Texts, grouped_positions
from orgmodel.organization import Organization

_NO_PREDECESSOR: Final = -9999


@dataclass(frozen=True, eq=False)
class Lines:
    """All lines of a chart as arrays: two ends (rows), kind, and share of the authority over ``report``.

    For a tie ``boss`` and ``report`` are its two ends in no particular order and the share is 0.
    """

    boss: Ints
    report: Ints
    kind: Texts
    share: Floats

    def chosen(self, keep: npt.NDArray[np.bool_]) -> Lines:
        """Return the lines marked in ``keep``."""
        return Lines(self.boss[keep], self.report[keep], self.kind[keep], self.share[keep])

    def measured(self, by_kind: Mapping[str, float]) -> Floats:
        """Return one number per line, looked up by its kind."""
        values = np.empty(len(self.kind))
        for kind, value in by_kind.items():
            values[self.kind == kind] = value
        return values


def lines_of(organization: Organization) -> Lines:
    """Return every line of the chart: solid lines, further managers and ties."""
    reports = np.flatnonzero(organization.manager >= 0)
    further, ties = organization.further, organization.ties
    return Lines(
        boss=np.concatenate([organization.manager[reports], further.manager, ties.a]),
        report=np.concatenate([reports, further.report, ties.b]),
        kind=np.concatenate(
            [
                np.full(len(reports), "solid", dtype=object),
                further.kind,
                np.full(len(ties.a), "tie", dtype=object),
            ]
        ),
        share=np.concatenate([organization.solid_share[reports], further.share, np.zeros(len(ties.a))]),
    )


def network(lines: Lines, lengths: Floats, size: int) -> sparse.csr_array[Any]:
    """Return the lines as a symmetric sparse matrix of lengths; of parallel lines the shortest counts."""
    ends = np.concatenate([lines.boss, lines.report]), np.concatenate([lines.report, lines.boss])
    both = np.concatenate([lengths, lengths])
    order = np.lexsort((both, ends[1], ends[0]))
    start, end, length = ends[0][order], ends[1][order], both[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    return sparse.csr_array((length[first], (start[first], end[first])), shape=(size, size))


def distances(graph: sparse.csr_array[Any], sources: Sequence[int] | Ints) -> Floats:
    """Return the distance of every row to the nearest of the sources; infinite where there is no way."""
    found = csgraph.dijkstra(graph, directed=True, indices=np.asarray(sources), min_only=True)
    return np.asarray(found, dtype=np.float64)


def routes_from(graph: sparse.csr_array[Any], source: int) -> tuple[Floats, Ints]:
    """Return the distances from one row and the row before each on the shortest way (-1: none)."""
    found, before = csgraph.dijkstra(graph, directed=True, indices=[source], return_predecessors=True)
    return np.asarray(found[0]), np.where(before[0] == _NO_PREDECESSOR, -1, before[0]).astype(np.int64)


def route_to(before: Ints, target: int) -> list[int]:
    """Return the rows on the way from the source of `routes_from` to a target it reaches."""
    route = [target]
    while (row := int(before[route[-1]])) >= 0:
        route.append(row)
    return route[::-1]


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
    """Return the lines of authority in top-down order (Kahn's algorithm by generations)."""
    lines = lines_of(organization)
    lines = lines.chosen(lines.share > 0)
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
    order: Authority, vectors: Floats, has_vector: npt.NDArray[np.bool_], delta: float
) -> tuple[Floats, Floats]:
    """Return S and Z of every node: what it is measured by, its own and its bosses' measures together.

    ``S_v = m_v + delta * sum_i a_i S_boss_i`` and ``Z_v = 1 + delta * sum_i a_i Z_boss_i``, over the lines
    with a share ``a_i`` above 0; a node without a vector adds nothing to either. ``g_v = S_v / Z_v``.
    """
    total = np.where(has_vector[:, None], vectors, 0.0)
    weight = has_vector.astype(np.float64)
    lines = order.lines
    for led in order.generations:
        passed = delta * lines.share[led]
        np.add.at(total, lines.report[led], passed[:, None] * total[lines.boss[led]])
        np.add.at(weight, lines.report[led], passed * weight[lines.boss[led]])
    return total, weight


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
