"""How much a way hangs on single people: disjoint routes, people whose absence cuts it, busy managers.

The routes of one placement run over all kinds of lines, in both directions; `disjoint_routes` and
`cut_nodes` take these lines as the symmetric sparse matrix of `orgmodel.paths.network` and read only
where it has entries. `congestion` asks the same of the chart itself: who stands between the others.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from orgmodel.errors import OrganizationError
from orgmodel.lines import Bools, Floats, Ints, grouped_positions
from orgmodel.organization import Organization

_Node = TypeVar("_Node", bound=Hashable)

_UNSEEN: Final = -1
_BETWEEN: Final = 3  # nodes: two ends and one between them


def disjoint_routes(
    graph: sparse.csr_array[Any], source: int, targets: Sequence[int]
) -> list[list[list[int]]]:
    """Return, for every target, as many routes from the source as have no inner node in common.

    How many there are is the number of people who would have to be absent at the same time before the
    two ends are cut off from each other (Menger's theorem); a direct line is a route that nobody's
    absence cuts and counts as one. The number is exact: maximum flow with room for one route in every
    node, by augmenting ways of the fewest lines that are searched from both ends.

    Parameters
    ----------
    graph
        The lines as a symmetric sparse matrix without entries on its diagonal.
    source, targets
        Rows; a target is not the source.

    Returns
    -------
    list
        One list of routes per target, empty where there is no way. A route is a list of rows from the
        source to the target. Routes with fewer lines come first. A single route is one of the shortest;
        of several none need be, as together they may have to leave the shortest way to each other.

    Raises
    ------
    OrganizationError
        A row that is not in the graph, or a target that is the source.

    Notes
    -----
    With one line the source has at most one route. On a tree there is one to everybody.

    Examples
    --------
    Four people in a circle reach each other on two ways:

    >>> circle = sparse.csr_array([[0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0]])
    >>> disjoint_routes(circle, 0, [1, 2])
    [[[0, 1], [0, 3, 2, 1]], [[0, 1, 2], [0, 3, 2]]]

    """
    adjacency = _adjacency(graph)
    _check_rows(adjacency.size, source, targets)
    routes = {target: _routes_between(adjacency, source, target) for target in set(targets)}
    return [[list(route) for route in routes[target]] for target in targets]


class _Adjacency(NamedTuple):
    """The lines by row: ``rows[start[v]:start[v + 1]]`` are the neighbours of v."""

    start: Ints
    rows: Ints

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.start) - 1

    def neighbours(self, row: int) -> Ints:
        """Return the neighbours of a row."""
        return self.rows[self.start[row] : self.start[row + 1]]

    def lines_from(self, rows: Ints) -> tuple[Ints, Ints]:
        """Return the two ends of every line that begins in one of the rows."""
        lines = self.start[rows + 1] - self.start[rows]
        return np.repeat(rows, lines), self.rows[grouped_positions(self.start, rows)]


def _adjacency(graph: sparse.csr_array[Any]) -> _Adjacency:
    return _Adjacency(graph.indptr.astype(np.int64), graph.indices.astype(np.int64))


def _check_rows(size: int, source: int, targets: Sequence[int]) -> None:
    for row in (source, *targets):
        if not 0 <= row < size:
            message = f"Row {row} is not in the chart, which has the rows 0 to {size - 1}."
            raise OrganizationError(message)
    if source in targets:
        message = f"Row {source} is both ends of a way; routes lead from one node to another."
        raise OrganizationError(message)


def _routes_between(adjacency: _Adjacency, source: int, target: int) -> list[list[int]]:
    """Return the routes between two rows: one more as long as there is an augmenting way."""
    most = min(len(adjacency.neighbours(source)), len(adjacency.neighbours(target)))
    routes: list[list[int]] = []
    while len(routes) < most and (way := _augmenting_way(adjacency, source, target, routes)):
        lines = {frozenset(line) for route in routes for line in pairwise(route)}
        routes = _routes_over(lines ^ way, source, target)
    return sorted(routes, key=lambda route: (len(route), route))


def _augmenting_way(
    adjacency: _Adjacency, source: int, target: int, routes: Sequence[list[int]]
) -> set[frozenset[int]]:
    """Return lines which, those of the routes among them taken out, make one route more; or none.

    The way runs from the source to the target. Where it comes to a node of a route it can only turn, go
    back on that route towards the source and leave it there: what it walks back is taken out.
    """
    on_route = np.zeros(adjacency.size, dtype=np.bool_)
    for route in routes:
        on_route[route[1:-1]] = True
    ahead = _Search(adjacency, on_route, source, list(routes))
    back = _Search(adjacency, on_route, target, [route[::-1] for route in routes])
    while len(ahead.frontier) and len(back.frontier):
        moving, other = (ahead, back) if len(ahead.frontier) <= len(back.frontier) else (back, ahead)
        reached = moving.advance()
        met = reached[other.before[reached] != _UNSEEN]
        if len(met):
            return ahead.trail(int(met[0])) | back.trail(int(met[0]))
        for index, route in enumerate(routes):
            # Both have turned on this route: what lies between is walked back.
            first, last = len(route) - 1 - back.furthest[index], ahead.furthest[index]
            if first < last:
                walked = {frozenset(line) for line in pairwise(route[first : last + 1])}
                return ahead.trail(route[last]) | walked | back.trail(route[first])
    return set()


@dataclass(eq=False)
class _Search:
    """A search from one end, level by level, for an augmenting way.

    Attributes
    ----------
    before : array of int
        The row from which each row was reached (its own for the start, -1 where it was not).
    furthest : list of int
        The position on each route, counted from the start, of the furthest node reached. The search
        walks back from there: it leaves the nodes before it as it leaves any other.
    turned : dict
        For a node left so: the route, its position, and the position where the way came to the route.

    """

    adjacency: _Adjacency
    on_route: Bools
    start: int
    routes: list[list[int]]
    before: Ints = field(init=False)
    frontier: Ints = field(init=False)
    furthest: list[int] = field(init=False)
    turned: dict[int, tuple[int, int, int]] = field(init=False, default_factory=dict)
    position: dict[int, tuple[int, int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.before = np.full(self.adjacency.size, _UNSEEN)
        self.before[self.start] = self.start
        self.frontier = np.array([self.start])
        self.furthest = [0] * len(self.routes)
        for index, route in enumerate(self.routes):
            self.position.update((row, (index, place)) for place, row in enumerate(route[1:-1], start=1))

    def advance(self) -> Ints:
        """Go one line on from everywhere; return the rows reached that no route passes."""
        begins, ends = self.adjacency.lines_from(self.frontier)
        # The lines over which the routes leave the start are taken; what they lead to can be reached later.
        taken = [route[1] for route in self.routes] if self.frontier[0] == self.start else []
        self.before[taken] = self.start
        free = self.before[ends] == _UNSEEN
        self.before[taken] = _UNSEEN
        ends, begins = ends[free], begins[free]
        self.before[ends] = begins
        ends = ends[self.before[ends] == begins]  # once each: from the row that was noted last
        on_route = self.on_route[ends]
        left = [row for arrival in ends[on_route].tolist() for row in self._turn(arrival)]
        reached: Ints = ends[~on_route]
        self.frontier = np.concatenate([reached, np.array(left, dtype=reached.dtype)])
        return reached

    def _turn(self, arrival: int) -> list[int]:
        """Walk back on the route that was reached; return the rows from which the search goes on."""
        index, last = self.position[arrival]
        first = self.furthest[index]
        if last <= first:
            return []
        route = self.routes[index]
        left = range(max(first, 1), last)
        self.turned.update((route[place], (index, place, last)) for place in left)
        self.furthest[index] = last
        return [route[place] for place in left]

    def trail(self, row: int) -> set[frozenset[int]]:
        """Return the lines from the start to a row that was reached over a line."""
        lines = set()
        while row != self.start:
            before = int(self.before[row])
            lines.add(frozenset((before, row)))
            if before in self.turned:
                index, place, last = self.turned[before]
                walked = self.routes[index][place : last + 1]
                lines.update(map(frozenset, pairwise(walked)))
                before = walked[-1]
            row = before
        return lines


def _routes_over(lines: Iterable[frozenset[int]], source: int, target: int) -> list[list[int]]:
    """Return the routes that disjoint lines make; every inner node has two of them."""
    joined: dict[int, list[int]] = {}
    for a, b in lines:
        joined.setdefault(a, []).append(b)
        joined.setdefault(b, []).append(a)
    routes = []
    for first in sorted(joined[source]):
        route = [source, first]
        while route[-1] != target:
            a, b = joined[route[-1]]
            route.append(b if a == route[-2] else a)
        routes.append(route)
    return routes


# ---------------------------------------------------------------------- single points of failure


def cut_nodes(graph: sparse.csr_array[Any], routes: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return, for every route, the nodes whose absence cuts every way between its two ends.

    A node that all ways pass is on any one of them, so a route says which nodes are in question: take
    the route away, and each connected part of what is left, and each line between two nodes of the route,
    leads around the nodes that lie between the first and the last node of the route it touches. An inner
    node that nothing leads around is a single point of failure (an articulation point that separates
    the ends). There is none exactly where there are two disjoint routes or a direct line.

    Parameters
    ----------
    graph
        The lines as a symmetric sparse matrix without entries on its diagonal.
    routes
        Any one route per pair of ends, as rows. An empty one costs nothing and has no such nodes: give it
        where there is no way, or where `disjoint_routes` has found more than one.

    Returns
    -------
    list of list of int
        The rows in the order of the route, without its ends.

    Notes
    -----
    All routes together are taken away once, on the whole graph, and every connected part of the rest
    becomes one node; then each route on its own, on that small graph. The answers are the same, since
    what is connected without the routes is connected without one node of a route.

    Examples
    --------
    Everybody behind a lane 0 - 1 - 2 that ends in a circle of four needs 1 and 2, but neither 3 nor 4:

    >>> a, b = [0, 1, 2, 2, 3, 4], [1, 2, 3, 4, 5, 5]
    >>> lines = sparse.csr_array((np.ones(12), (a + b, b + a)), shape=(6, 6))
    >>> cut_nodes(lines, [[0, 1, 2, 3, 5], [2, 4, 5], []])
    [[1, 2], [], []]

    """
    in_question = [np.asarray(route) for route in routes if len(route) >= _BETWEEN]
    if not in_question:
        return [[] for _ in routes]
    taken = np.unique(np.concatenate(in_question))
    adjacency = _adjacency(graph)
    number = _numbers_without(adjacency, taken)
    begins, ends = adjacency.lines_from(taken)
    size = int(number.max()) + 1
    begins, ends = np.divmod(np.unique(number[begins] * size + number[ends]), size)
    # A part that only one of the rows taken touches leads nowhere.
    leads_on = (ends < len(taken)) | (np.bincount(ends, minlength=size) > 1)[ends]
    used, numbers = np.unique(np.concatenate([number[taken], ends[leads_on]]), return_inverse=True)
    small = begins[leads_on], numbers[len(taken) :], len(used)
    return [
        [route[place] for place in _not_led_around(*small, number[list(route)])]
        if len(route) >= _BETWEEN
        else []
        for route in routes
    ]


def _numbers_without(adjacency: _Adjacency, taken: Ints) -> Ints:
    """Return a number per row: from 0 on the rows taken, then one for each connected part of the rest."""
    size, ends = adjacency.size, adjacency.rows
    begins = np.repeat(np.arange(size), np.diff(adjacency.start))
    kept = np.ones(size, dtype=np.bool_)
    kept[taken] = False
    # One of the two directions of every line is enough.
    rest = (begins < ends) & kept[begins] & kept[ends]
    number = len(taken) + _parts(begins[rest], ends[rest], size)
    number[taken] = np.arange(len(taken))
    return number


def _parts(begins: Ints, ends: Ints, size: int) -> Ints:
    """Return the number of the connected part of each node; the lines are sorted by where they begin."""
    start = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(np.bincount(begins, minlength=size), out=start[1:])
    lines = sparse.csr_array((np.ones(len(ends)), ends.astype(np.int32), start), shape=(size, size))
    return np.asarray(csgraph.connected_components(lines, directed=False)[1], dtype=np.int64)


def _not_led_around(begins: Ints, ends: Ints, size: int, route: Ints) -> list[int]:
    """Return the inner positions of a route that every way between its ends passes.

    Every line that ends in a route is given, those between two routes in both directions.
    """
    place = np.full(size, _UNSEEN)
    place[route] = np.arange(len(route))
    begin, end = place[begins], place[ends]
    aside = (begin == _UNSEEN) & (end == _UNSEEN)
    part = _parts(begins[aside], ends[aside], size)
    # Where each part touches the route first and last.
    touching = (begin != _UNSEEN) & (end == _UNSEEN)
    first, last = np.full(size, len(route)), np.zeros(size, dtype=np.int64)
    np.minimum.at(first, part[ends[touching]], begin[touching])
    np.maximum.at(last, part[ends[touching]], begin[touching])
    direct = (begin != _UNSEEN) & (begin < end)
    first, last = np.concatenate([first, begin[direct]]), np.concatenate([last, end[direct]])
    around = first < last
    opened = np.bincount(first[around] + 1, minlength=len(route))
    closed = np.bincount(last[around], minlength=len(route))
    led_around = np.cumsum(opened - closed) > 0
    return [position for position in range(1, len(route) - 1) if not led_around[position]]


# ---------------------------------------------------------------------- load on managers


def congestion(organization: Organization) -> Floats:
    """Return the share of all pairs of nodes whose way over solid lines passes each node.

    ``c(v) = b(v) / ((N - 1)(N - 2) / 2)``, ``b(v) = ((N - 1)^2 - sum_children size^2 - (N - size(v))^2) / 2``

    N is the number of nodes of v's own tree, size(v) that of v and everything below it. Without v its
    tree falls into the parts below its direct reports and the part above; b(v) counts the pairs of other
    nodes that are not in one part, which is v's betweenness. If any two nodes of a tree are as likely to
    exchange a message, c(v) is the probability that a message between two others goes through v: the
    congestion centrality of Dodds, Watts and Sabel. Ties and further managers carry nothing here.

    Range 0 (nobody's way, as at every node without reports) to 1 (everybody's); a share, no unit. NaN
    in a tree of fewer than three nodes, which has no pair of others. The root of a tree of several trees
    counts for its own tree only: there is no way between two trees.

    References
    ----------
    Dodds, P. S., Watts, D. J. and Sabel, C. F. (2003). Information exchange and the robustness of
    organizational networks. PNAS 100(21), 12516-12521.

    Examples
    --------
    All pairs of three reports meet at their manager; on a chain of three the middle is the only way:

    >>> congestion(Organization.from_columns(["a", "b", "c", "d"], [None, "a", "a", "a"])).tolist()
    [1.0, 0.0, 0.0, 0.0]
    >>> congestion(Organization.from_columns(["a", "b", "c"], [None, "a", "b"])).tolist()
    [0.0, 1.0, 0.0]

    """
    size = 1.0 + organization.below(np.ones(len(organization)))
    whole = size[organization.tree]
    reports = np.flatnonzero(organization.manager >= 0)
    below = np.bincount(
        organization.manager[reports], weights=size[reports] ** 2, minlength=len(organization)
    )
    between = ((whole - 1) ** 2 - below - (whole - size) ** 2) / 2
    pairs = (whole - 1) * (whole - 2) / 2
    share: Floats = np.full(len(size), np.nan)
    return np.divide(between, pairs, out=share, where=whole >= _BETWEEN)


def carried(routes: Sequence[Sequence[_Node]], weights: Sequence[float]) -> dict[_Node, float]:
    """Return how much of the need each node carries for others: the busiest first.

    ``c(v) = sum_f w_f * [v is an inner node of route f]``. With weights that sum to 1 it is a share of
    the whole need, from 0 to 1; a route that is empty (no way, or no need of one) keeps its weight and
    adds it to nobody. The two ends of a route do not carry it. Only nodes that carry something are listed; of
    equal ones first those that come first on the routes as they are given.

    Parameters
    ----------
    routes
        One route per needed function, from customer service to the decision owner: rows or ids.
    weights
        The weight w_f of each of these functions.

    Returns
    -------
    dict
        Nodes and what they carry, in falling order. Empty where no route has an inner node.

    Examples
    --------
    >>> carried([["cs", "coo"], ["cs", "coo", "ceo", "sales"], ["cs", "coo", "it"]], [0.5, 0.25, 0.25])
    {'coo': 0.5, 'ceo': 0.25}

    """
    load: dict[_Node, float] = {}
    for route, weight in zip(routes, weights, strict=True):
        for node in route[1:-1]:
            load[node] = load.get(node, 0.0) + weight
    loaded = ((node, value) for node, value in load.items() if value > 0)
    return dict(sorted(loaded, key=lambda item: -item[1]))
