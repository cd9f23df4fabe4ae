"""The engine under the indicators: distances and ways over all kinds of lines.

Every line is a way to talk, in both directions; its length depends on its kind. Removing customer
service's head ``u`` from the chart changes no distance that does not lead through u, so the distances from
the decision owners on the chart *without u*, computed once, give the distance from every possible
placement of u: ``d(u, x) = min over neighbours n of u of length(u, n) + d(n, x)``.

All functions are searched at once: every row carries one bit for each, and a step of the search is one
bitwise *or* over the neighbours (`levels`). That needs no compiled code of our own: numpy alone takes a
twentieth of the time of one Dijkstra search after another, so nothing has to be compiled before the first
answer, or shipped as a cache.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from orgmodel.lines import LINE_KINDS, Bools, Floats, Ints
from orgmodel.organization import Organization

Codes = npt.NDArray[np.unsignedinteger[Any]]
Kinds = npt.NDArray[np.int8]

_KIND_CODES: Final = {kind: code for code, kind in enumerate(LINE_KINDS)}
SOLID: Final = _KIND_CODES["solid"]
CONTRACT: Final = _KIND_CODES["contract"]
TIE: Final = _KIND_CODES["tie"]

_NO_PREDECESSOR: Final = -9999
_UNREACHED: Final = 255
#: A search by levels goes so far; what is farther is left to Dijkstra's algorithm, as are lengths without a
#: common unit of which each is a small multiple.
_MOST_LEVELS: Final = 200
_LONGEST_LINE: Final = 25
_FINEST_UNIT: Final = 1000
#: So many searches are remembered: those of all assumptions about days, moved up and down, among them.
_MOST_SEARCHES: Final = 16


@dataclass(frozen=True, eq=False)
class Lines:
    """All lines of a chart as arrays: two ends (rows), kind (position in `LINE_KINDS`), share of authority.

    For a tie ``boss`` and ``report`` are its two ends in no particular order and the share is 0.
    """

    boss: Ints
    report: Ints
    kind: Kinds
    share: Floats

    def chosen(self, keep: Bools) -> Lines:
        """Return the lines marked in ``keep``."""
        return Lines(self.boss[keep], self.report[keep], self.kind[keep], self.share[keep])

    def measured(self, by_kind: Mapping[str, float]) -> Floats:
        """Return one number per line, looked up by its kind."""
        return np.array([by_kind[kind] for kind in LINE_KINDS], dtype=np.float64)[self.kind]

    def touching(self, row: int) -> Bools:
        """Return which lines end at a row."""
        return np.asarray((self.boss == row) | (self.report == row))


def lines_of(organization: Organization) -> Lines:
    """Return every line of the chart: solid lines, further managers and ties."""
    reports = np.flatnonzero(organization.manager >= 0)
    further, ties = organization.further, organization.ties
    codes = np.fromiter((_KIND_CODES[kind] for kind in further.kind), np.int8, len(further.kind))
    return Lines(
        boss=np.concatenate([organization.manager[reports], further.manager, ties.a]),
        report=np.concatenate([reports, further.report, ties.b]),
        kind=np.concatenate(
            [np.full(len(reports), SOLID, np.int8), codes, np.full(len(ties.a), TIE, np.int8)]
        ),
        share=np.concatenate([organization.solid_share[reports], further.share, np.zeros(len(ties.a))]),
    )


def network(lines: Lines, lengths: Floats, size: int) -> sparse.csr_array[Any]:
    """Return the lines as a symmetric sparse matrix of lengths; of parallel lines the shortest counts."""
    low, high = np.minimum(lines.boss, lines.report), np.maximum(lines.boss, lines.report)
    order = np.argsort(lengths, kind="stable")
    _, first = np.unique((low * size + high)[order], return_index=True)
    kept = order[first]
    return _symmetric(low[kept], high[kept], lengths[kept], size)


def _symmetric(a: Ints, b: Ints, values: npt.NDArray[Any], size: int) -> sparse.csr_array[Any]:
    ends = np.concatenate([a, b]).astype(np.int32), np.concatenate([b, a]).astype(np.int32)
    return sparse.coo_array((np.concatenate([values, values]), ends), shape=(size, size)).tocsr()


# ---------------------------------------------------------------------- distances to many at once


@dataclass(frozen=True, eq=False)
class Distances:
    """Distances from K places to F functions, each as a code: ``table[codes]``, an array (F, K).

    Charts have few different distances, so a byte for each is enough, and a function of the distance is
    computed once for every code. ``table`` rises; it ends with infinity (no way) and NaN (nobody there).
    """

    codes: Codes
    table: Floats

    @classmethod
    def of(cls, values: Floats) -> Distances:
        """Return any distances, coded."""
        found, codes = np.unique(values, return_inverse=True)
        table = np.concatenate([found[np.isfinite(found)], [np.inf, np.nan]])
        codes = codes.reshape(values.shape)
        codes = np.where(np.isfinite(values), codes, len(table) - 2 + np.isnan(values))
        return cls(codes.astype(np.min_scalar_type(len(table))), table)

    @property
    def values(self) -> Floats:
        """The distances themselves; array (F, K)."""
        return self.table[self.codes]

    @property
    def infinite(self) -> Bools:
        """Whether there is no way; array (F, K)."""
        return np.asarray(self.codes == len(self.table) - 2)

    def total(self, weights: Floats, of: Callable[[Floats], npt.NDArray[Any]] = np.asarray) -> Floats:
        """Return ``sum_f weights_f * of(d_f)`` for every place; what weighs nothing does not count."""
        with np.errstate(divide="ignore", invalid="ignore"):
            table = np.asarray(of(self.table), dtype=np.float64)
        total = np.zeros(self.codes.shape[1])
        part = np.empty_like(total)
        for weight, codes in zip(weights.tolist(), self.codes, strict=True):
            if weight != 0:
                np.take(weight * table, codes, out=part, mode="clip")  # codes are in bounds; "clip" is quick
                total += part
        return total

    def farthest(self, among: Bools) -> Floats:
        """Return the largest distance to the functions marked in ``among`` (at least one)."""
        return np.asarray(self.table[self.codes[among].max(axis=0)])

    def with_rows(self, found: Sequence[int], zero: Bools) -> Distances:
        """Return the distances to more functions.

        Row ``found[i]`` of the result is row i here, rows marked in ``zero`` are 0 (met inside), the others
        NaN (nobody there).
        """
        table = self.table if self.table[0] == 0.0 else np.concatenate([[0.0], self.table])
        kind = np.min_scalar_type(len(table))
        codes = np.full((len(zero), self.codes.shape[1]), len(table) - 1, dtype=kind)
        codes[list(found)] = self.codes.astype(kind) + kind.type(len(table) - len(self.table))
        codes[zero] = 0
        return Distances(codes, table)


class Surroundings:
    """The lines of a chart without one head, by kind, and what was searched in them.

    Wherever the head is placed, these are the same: a search is made once.

    Parameters
    ----------
    lines : Lines
        The lines of a chart in which the head has any place.
    size : int
        Number of rows.
    head : int
        Its row.

    """

    def __init__(self, lines: Lines, size: int, head: int) -> None:
        self.size = size
        self.head = head
        self.rest = lines.chosen(~lines.touching(head))
        self._searches: dict[Hashable, _Search] = {}

    @cached_property
    def kinds(self) -> frozenset[int]:
        """The kinds of lines that are drawn, as positions in `LINE_KINDS`."""
        return frozenset(np.flatnonzero(np.bincount(self.rest.kind)).tolist())

    @cached_property
    def neighbours(self) -> dict[int, _Neighbours]:
        """For every kind that is drawn, who is joined to whom; without the head."""
        found = {}
        for kind in np.flatnonzero(np.bincount(self.rest.kind)).tolist():
            drawn = self.rest.kind == kind
            boss, report = self.rest.boss[drawn], self.rest.report[drawn]
            alone = np.flatnonzero(
                np.bincount(boss, minlength=self.size) + np.bincount(report, minlength=self.size) == 0
            )
            if 2 * len(alone) < self.size:
                # Nobody hears anything new from themselves, and without gaps a level needs no list of rows.
                boss, report = np.append(boss, alone), np.append(report, alone)
            graph = _symmetric(boss, report, np.ones(len(boss), dtype=np.int8), self.size)
            rows = np.flatnonzero(np.diff(graph.indptr))
            found[kind] = _Neighbours(rows, graph.indptr[rows], graph.indices.astype(np.intp))
        return found

    def distances(
        self,
        own: Lines,
        bosses: Ints,
        targets: Sequence[Collection[int]],
        by_kind: Mapping[str, float],
        first: Mapping[str, float],
    ) -> Distances:
        """Return the distances from the head to the nearest of each group of targets, under each solid boss.

        Of ``own``, the head's lines, the solid one is replaced by one to each of ``bosses`` in turn (-1: by
        none). The others stay, but a further manager who becomes the solid boss is merged: that further
        line is gone. ``first`` gives the lengths of the head's own lines, ``by_kind`` those of the rest.
        """
        mine = own.chosen(~((own.report == self.head) & (own.kind == SOLID)))
        kinds = {SOLID, *self.kinds, *mine.kind.tolist()}
        unit = common_unit([measure[LINE_KINDS[kind]] for kind in kinds for measure in (by_kind, first)])
        # Of the head's own lines only the unit of their lengths enters the search of the rest.
        key = (unit, *(by_kind[LINE_KINDS[kind]] for kind in sorted(self.kinds)), *map(tuple, targets))
        if key not in self._searches:
            if len(self._searches) == _MOST_SEARCHES:
                del self._searches[next(iter(self._searches))]
            self._searches[key] = self._searched(by_kind, targets, unit)
        rest = self._searches[key]
        neighbour = np.where(mine.boss == self.head, mine.report, mine.boss)
        is_further = (mine.report == self.head) & (mine.kind != TIE)
        over = rest.sums(neighbour, rest.counted(mine.measured(first)))
        kept = over.min(axis=1, initial=rest.unreached)
        to_boss = rest.sums(np.maximum(bosses, 0), rest.counted(np.full(1, first["solid"])))
        to_boss[:, bosses < 0] = rest.unreached
        result = np.minimum(to_boss, kept[:, None])
        for boss in set(mine.boss[is_further].tolist()):
            columns = np.flatnonzero(bosses == boss)
            others = over[:, ~(is_further & (mine.boss == boss))].min(axis=1, initial=rest.unreached)
            result[:, columns] = np.minimum(to_boss[:, columns], others[:, None])
        return rest.distances(result)

    def _searched(
        self, by_kind: Mapping[str, float], targets: Sequence[Collection[int]], unit: float | None
    ) -> _Search:
        """Search without the head: by levels where the lengths and the depth of the chart allow it."""
        if unit is not None:
            lengths = {kind: round(by_kind[LINE_KINDS[kind]] / unit) for kind in self.neighbours}
            counts = levels(self.neighbours, lengths, self.size, targets)
            if counts is not None:
                return _Search(counts, unit, _UNREACHED)
        graph = network(self.rest, self.rest.measured(by_kind), self.size)
        found = np.empty((len(targets), self.size))
        for index, rows in enumerate(targets):
            found[index] = distances(graph, list(rows))
        return _Search(found, 0.0, math.inf)


class _Neighbours(NamedTuple):
    """Who is joined to whom: ``rows`` have some neighbours, the i-th those from ``others[start[i]]`` on."""

    rows: Ints
    start: npt.NDArray[np.integer[Any]]
    others: Ints


@dataclass(frozen=True, eq=False)
class _Search:
    """Distances of all rows to F groups of targets, counted in ``unit``; array (F, N).

    ``unreached`` stands for no way: a value above all others, left as it is by a sum.
    """

    counts: npt.NDArray[Any]
    unit: float
    unreached: float

    def counted(self, lengths: Floats) -> npt.NDArray[Any]:
        """Return lengths in units."""
        return np.rint(lengths / self.unit).astype(self.counts.dtype) if self.unit else lengths

    def sums(self, rows: Ints, lengths: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return the distances of some rows, each made longer."""
        found = self.counts[:, rows]
        if self.unit:
            found = np.minimum(found, found.dtype.type(self.unreached) - lengths)
        return np.asarray(found + lengths)

    def distances(self, counts: npt.NDArray[Any]) -> Distances:
        """Return counts as coded distances."""
        if not self.unit:
            return Distances.of(counts)
        levels = int(counts[counts < self.unreached].max(initial=0)) + 1
        table = np.concatenate([self.unit * np.arange(levels), [np.inf, np.nan]])
        return Distances(np.minimum(counts, levels).astype(np.uint8), table)


def common_unit(lengths: Collection[float]) -> float | None:
    """Return the largest length of which all are whole multiples; None where some would be large ones.

    >>> common_unit([1.0, 2.0, 5.0, 0.5])
    0.5
    >>> common_unit([1.0, 0.7853]) is None
    True
    """
    exact = [Fraction(length).limit_denominator(_FINEST_UNIT) for length in lengths]
    if any(float(whole) != length or not whole for whole, length in zip(exact, lengths, strict=True)):
        return None
    denominator = math.lcm(*(whole.denominator for whole in exact))
    divisor = math.gcd(*(int(whole * denominator) for whole in exact))
    longest = max(int(whole * denominator) for whole in exact) // divisor
    return divisor / denominator if longest <= _LONGEST_LINE else None


def levels(
    neighbours: Mapping[int, _Neighbours],
    lengths: Mapping[int, int],
    size: int,
    targets: Sequence[Collection[int]],
) -> npt.NDArray[np.uint8] | None:
    """Return the whole-number distance of every row to the nearest of each group of targets; array (F, N).

    255 stands for no way. None where somebody is farther than the search goes (200).

    Row v holds one bit for each group: whether a target of it is at most t away. A line of length l
    hands on at t what its other end held at t - l:
    ``reached_t(v) = reached_(t-1)(v) or over lines (v, n) of length l: reached_(t-l)(n)``, so that a level
    costs two passes over the lines for all groups together. A row's distance is the number of levels at
    which its bit was not yet set.
    """
    bits = np.min_scalar_type((1 << max(1, len(targets))) - 1)
    reached = np.zeros(size, dtype=bits)
    for bit, rows in enumerate(targets):
        reached[list(rows)] |= bits.type(1 << bit)
    longest = max(lengths.values(), default=1)
    before = [np.zeros_like(reached)] * (longest - 1) + [reached]  # before[-l] is the state at t - l
    # The numbers of levels, for all groups together: planes[p] holds the p-th binary digit of each.
    planes = [np.zeros_like(reached) for _ in range(_MOST_LEVELS.bit_length())]
    unchanged = 0
    for _ in range(_MOST_LEVELS):
        carry = ~before[-1]
        for plane in planes:
            np.bitwise_xor(plane, carry, out=plane)
            carry &= ~plane  # a digit that was set is not any more: one is carried on
            if not carry.any():
                break
        reached = before[-1].copy()
        for kind, (rows, start, others) in neighbours.items():
            handed_on = np.bitwise_or.reduceat(before[-lengths[kind]][others], start)
            if len(rows) == size:
                reached |= handed_on
            else:
                reached[rows] |= handed_on
        unchanged = unchanged + 1 if np.array_equal(reached, before[-1]) else 0
        before = [*before[1:], reached]
        if unchanged == longest:
            break
    else:
        return None
    found = np.zeros((len(targets), size), dtype=np.uint8)
    for bit in range(len(targets)):
        for digit, plane in enumerate(planes):
            found[bit] |= _bit(plane, bit) << np.uint8(digit)
        found[bit] |= _bit(~reached, bit) * np.uint8(_UNREACHED)
    return found


def _bit(words: Codes, bit: int) -> npt.NDArray[np.uint8]:
    return ((words >> words.dtype.type(bit)) & words.dtype.type(1)).astype(np.uint8)


# ---------------------------------------------------------------------- ways from one


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
