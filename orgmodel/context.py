"""What indicators are computed from: one chart, one customer service unit, one set of assumptions.

`Situation` holds what is computed once. `Situation.candidate_context` gives the `Context` of every possible
parent at once, `Situation.placed_context` that of a single chart in which customer service is already
placed. An indicator sees only the context and cannot tell them apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from orgmodel.assumptions import METRICS, Assumptions
from orgmodel.errors import AssumptionError, PlacementError
from orgmodel.functions import business_functions
from orgmodel.lines import FURTHER_KINDS, Bools, Floats, Ints, Texts, share_left
from orgmodel.operations import subordinates
from orgmodel.organization import BUSINESS_FUNCTIONS, UNHELD_STATUSES, Organization
from orgmodel.paths import Authority, authority, distances, inherited_vectors, lines_of, network, routes_from

# Sums of part-time shares differ by rounding where they should tie.
_DIGITS_OF_HEADCOUNT: Final = 6


@dataclass(frozen=True, eq=False)
class Context:
    """The arrays indicators work on; K placements, F needed functions.

    Attributes
    ----------
    assumptions : Assumptions
    functions : tuple of str
        The functions that customer service needs, F of them.
    weights : array (F,)
        How much it needs each; they sum to 1.
    present : array of bool (F,)
        Whether the chart has the function at all (a held or unheld post of it anywhere).
    inside : array of bool (F,)
        Whether the need is met inside the unit: its distance is 0.
    steps, days : array (F, K)
        Distance from the unit's head to the nearest decision owner; infinite where there is no way,
        0 where the need is met inside, NaN where the function is absent.
    measured_by : array (K, 4)
        What the bosses are measured by, averaged by share and scaled to length 1; NaN where none of
        them has known measures.
    value : array (4,)
        What customer service is for, scaled to length 1.

    """

    assumptions: Assumptions
    functions: tuple[str, ...]
    weights: Floats
    present: Bools
    inside: Bools
    steps: Floats
    days: Floats
    measured_by: Floats
    value: Floats

    @property
    def size(self) -> int:
        """Number of placements, K."""
        return len(self.measured_by)

    @property
    def outside(self) -> Bools:
        """Functions that have to be reached: present, and not met inside."""
        return self.present & ~self.inside

    @property
    def unreachable(self) -> Bools:
        """Whether a present function cannot be reached over any line; array (F, K)."""
        return np.asarray(np.isinf(self.steps))


class Situation:
    """One chart, the unit in it and the assumptions, with everything that is computed only once.

    Parameters
    ----------
    organization : Organization
    unit : sequence of str
        The node or nodes that are customer service; a node below another one is part of it.
    assumptions : Assumptions

    Raises
    ------
    PlacementError
        When the unit is empty.
    UnknownNodeError
        When an id of the unit is not in the chart.
    AssumptionError
        When a named decision owner is not in the chart.

    """

    def __init__(self, organization: Organization, unit: Sequence[str], assumptions: Assumptions) -> None:
        self.organization = organization
        self.assumptions = assumptions
        self.heads = _top_most(organization, unit)
        self.functions = tuple(assumptions.needs_rescaled)
        self._check_owners()

    @cached_property
    def business_functions(self) -> Texts:
        """Function of every node: stated, recognised or inherited."""
        return business_functions(self.organization).functions

    @cached_property
    def inside(self) -> Bools:
        """Rows of the unit: its heads and everything below them over solid lines."""
        return _marked(
            len(self.organization), np.concatenate([self.organization.subtree(row) for row in self.heads])
        )

    @cached_property
    def part_weights(self) -> Floats:
        """Share of the unit's headcount in each of its parts, in the order of the heads."""
        headcount = self.organization.headcount
        people = np.array([headcount[self.organization.subtree(row)].sum() for row in self.heads])
        return people / people.sum() if people.sum() > 0 else np.full(len(people), 1 / len(people))

    @cached_property
    def candidates(self) -> Ints:
        """Rows that may become the boss: nobody over whom the unit has authority."""
        below = _marked(len(self.organization), subordinates(self.organization, self.heads))
        return np.flatnonzero(~below)

    @cached_property
    def heads_of_functions(self) -> dict[str, int]:
        """The decision owner that the chart suggests for every function it has outside the unit.

        Among the nodes of a function whose own manager is not of it: the one with the most headcount
        below it (ties: least depth, then the order in the chart), in the largest tree that has one.
        Everything is counted without the unit, so that the heads do not depend on where it is today. A
        post that nobody holds is head only where no held one can be.
        """
        organization = self.organization
        functions, manager = self.business_functions, organization.manager
        own_boss = np.where(manager >= 0, functions[manager], "")
        top = ~self.inside & ((manager < 0) | (functions != own_boss))
        unheld = np.isin(organization.statuses, UNHELD_STATUSES)
        tree_size = np.bincount(organization.tree[~self.inside], minlength=len(organization))
        people_below = organization.below(np.where(self.inside, 0.0, organization.headcount))
        heads: dict[str, int] = {}
        for function in BUSINESS_FUNCTIONS:
            tops = np.flatnonzero(top & (functions == function))
            if held := [row for row in tops if not unheld[row]]:
                tops = np.array(held)
            if len(tops):
                heads[function] = int(
                    min(
                        tops,
                        key=lambda row: (
                            -tree_size[organization.tree[row]],
                            organization.tree[row],
                            -people_below[row].round(_DIGITS_OF_HEADCOUNT),
                            organization.depth[row],
                            row,
                        ),
                    )
                )
        return heads

    @cached_property
    def owners(self) -> dict[str, tuple[int, ...]]:
        """Rows of the decision owners of every needed function that has some outside the unit."""
        owners = {function: self.owners_of(function) for function in self.functions}
        return {function: rows for function, rows in owners.items() if rows}

    def owners_of(self, function: str) -> tuple[int, ...]:
        """Return the rows of the decision owners of a function: those named, else the one suggested."""
        if named := self.assumptions.owners.get(function):
            return tuple(self.organization.row(node) for node in named)
        head = self.heads_of_functions.get(function)
        return () if head is None else (head,)

    @cached_property
    def met_inside(self) -> Bools:
        """Whether each needed function has an owner inside the unit, or exists only there; array (F,)."""
        functions_inside = set(self.business_functions[self.inside])
        return np.array(
            [
                any(self.inside[row] for row in self.owners[function])
                if function in self.owners
                else function in functions_inside
                for function in self.functions
            ],
            dtype=np.bool_,
        )

    @cached_property
    def present(self) -> Bools:
        """Whether the chart has each needed function; array (F,)."""
        return np.array([function in self.owners for function in self.functions]) | self.met_inside

    @cached_property
    def weights(self) -> Floats:
        """How much customer service needs each function; they sum to 1; array (F,)."""
        return np.array(list(self.assumptions.needs_rescaled.values()))

    @cached_property
    def coverage(self) -> float:
        """Share of the needs whose function the chart has."""
        return float(self.weights[self.present].sum())

    @cached_property
    def authority(self) -> Authority:
        """The lines of authority of the chart as it is, top down."""
        return authority(self.organization)

    @cached_property
    def metric_vectors(self) -> tuple[Floats, Bools]:
        """Own metric vector of every node, and whether it has one; arrays (N, 4) and (N,).

        Work of no function (``other``, or unknown) and posts that nobody holds have none.
        """
        vectors = np.zeros((len(self.organization), len(METRICS)))
        has_vector = np.zeros(len(self.organization), dtype=np.bool_)
        for function, vector in self.assumptions.metric_vectors.items():
            rows = self.business_functions == function
            vectors[rows], has_vector[rows] = vector, True
        has_vector &= ~np.isin(self.organization.statuses, UNHELD_STATUSES)
        return vectors, has_vector

    @cached_property
    def inherited(self) -> tuple[Floats, Floats]:
        """S and Z of every node on the chart as it is (see `orgmodel.paths.inherited_vectors`).

        No candidate is below the unit, so these hold wherever the unit is placed.
        """
        return inherited_vectors(self.authority, *self.metric_vectors, self.assumptions.delta)

    def candidate_context(self, head: int) -> Context:
        """Return the context of one head of the unit under every candidate at once."""
        return self._context(
            steps=self._candidate_distances(head, self.assumptions.lengths),
            days=self._candidate_distances(head, self.assumptions.latencies),
            measured_by=self._candidate_measures(head),
        )

    def placed_context(self, placed: Organization, head: int) -> Context:
        """Return the context (K = 1) of one head of the unit as it stands in a chart."""
        lines = lines_of(placed)
        measures = []
        for by_kind in (self.assumptions.lengths, self.assumptions.latencies):
            graph = network(lines, lines.measured(by_kind), len(placed))
            found, _ = routes_from(graph, head)
            measures.append(self._to_owners(found[:, None]))
        graded = _average_measure(self.inherited, bosses_of(placed, head))
        return self._context(steps=measures[0], days=measures[1], measured_by=graded[None, :])

    def _context(self, steps: Floats, days: Floats, measured_by: Floats) -> Context:
        return Context(
            assumptions=self.assumptions,
            functions=self.functions,
            weights=self.weights,
            present=self.present,
            inside=self.met_inside,
            steps=steps,
            days=days,
            measured_by=_unit_length(measured_by),
            value=_unit_length(np.array(self.assumptions.value_vector)),
        )

    def _check_owners(self) -> None:
        for function, named in self.assumptions.owners.items():
            for node in named:
                if node not in self.organization.row_of:
                    message = f'"{node}" is named as decision owner of {function} but is not in this chart.'
                    raise AssumptionError(message)

    def _to_owners(self, found: Floats) -> Floats:
        """Return distances (F, K) to the nearest owner, given the distances (N, K) to every node."""
        result = np.full((len(self.functions), found.shape[1]), np.nan)
        for index, function in enumerate(self.functions):
            if self.met_inside[index]:
                result[index] = 0.0
            elif function in self.owners:
                result[index] = found[list(self.owners[function])].min(axis=0)
        return result

    def _candidate_distances(self, head: int, by_kind: Mapping[str, float]) -> Floats:
        """Return distances (F, K) to the owners from a head placed under every candidate.

        ``d = min(length(solid) + d(candidate), kept)`` with ``kept`` the best way over the lines the head
        keeps: its ties, its reports and its further managers. All ``d`` are on the chart without the head.
        """
        lines = lines_of(self.organization)
        lengths = lines.measured(by_kind)
        own = (lines.boss == head) | (lines.report == head)
        graph = network(lines.chosen(~own), lengths[~own], len(self.organization))
        replaced = (lines.report == head) & (lines.kind == "solid")
        further = (lines.report == head) & np.isin(lines.kind, FURTHER_KINDS)
        kept = own & ~replaced
        neighbour = np.where(lines.boss == head, lines.report, lines.boss)
        result = np.full((len(self.functions), len(self.candidates)), np.nan)
        for index, function in enumerate(self.functions):
            if self.met_inside[index]:
                result[index] = 0.0
                continue
            if function not in self.owners:
                continue
            found = distances(graph, self.owners[function])
            over = lengths + found[neighbour]
            best_kept = over[kept].min(initial=np.inf)
            result[index] = np.minimum(by_kind["solid"] + found[self.candidates], best_kept)
            # A further manager who becomes the solid boss is merged: that line is no longer there.
            for boss in np.intersect1d(lines.boss[further], self.candidates):
                others = over[kept & ~(further & (lines.boss == boss))].min(initial=np.inf)
                column = np.searchsorted(self.candidates, boss)
                result[index, column] = min(by_kind["solid"] + found[boss], others)
        return result

    def _candidate_measures(self, head: int) -> Floats:
        """Return what the bosses are measured by (K, 4), the head placed under every candidate.

        The candidate gets the solid line's share. Where it already is a further manager the two are
        merged, which gives the same sum.
        """
        total, weight = self.inherited
        further = self.organization.further
        mine = further.report == head
        bosses, shares = further.manager[mine], further.share[mine]
        with np.errstate(invalid="ignore", divide="ignore"):
            graded = np.where(weight[:, None] > 0, total / weight[:, None], 0.0)
        solid_share = share_left(shares.sum())
        average = solid_share * graded[self.candidates] + (shares[:, None] * graded[bosses]).sum(axis=0)
        return np.asarray(average)


def bosses_of(organization: Organization, row: int) -> dict[int, float]:
    """Return the bosses of a node with their shares of the authority over it."""
    bosses: dict[int, float] = {}
    if organization.manager[row] >= 0 and organization.solid_share[row] > 0:
        bosses[int(organization.manager[row])] = float(organization.solid_share[row])
    further = organization.further
    for line in np.flatnonzero((further.report == row) & (further.share > 0)):
        boss = int(further.manager[line])
        bosses[boss] = bosses.get(boss, 0.0) + float(further.share[line])
    return bosses


def _average_measure(inherited: tuple[Floats, Floats], bosses: Mapping[int, float]) -> Floats:
    """Return the average of the bosses' g = S / Z by share; bosses without measures add nothing."""
    total, weight = inherited
    average = np.zeros(len(METRICS))
    for boss, share in bosses.items():
        if weight[boss] > 0:
            average += share * total[boss] / weight[boss]
    return average


def _top_most(organization: Organization, unit: Sequence[str]) -> list[int]:
    """Return the rows of the unit without those that are below another one."""
    rows = list(dict.fromkeys(organization.row(node) for node in ([unit] if isinstance(unit, str) else unit)))
    if not rows:
        message = "Choose at least one node as customer service."
        raise PlacementError(message)
    chosen = set(rows)
    return [row for row in rows if chosen.isdisjoint(organization.chain(row)[1:])]


def _marked(size: int, rows: Ints) -> Bools:
    marked = np.zeros(size, dtype=np.bool_)
    marked[rows] = True
    return marked


def _unit_length(vectors: Floats) -> Floats:
    """Return the vectors scaled to length 1; NaN for a vector of zeros (no measures at all)."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(length > 0, vectors / length, np.nan))
