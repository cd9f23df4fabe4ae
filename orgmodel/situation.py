"""One chart, one customer service unit, one set of assumptions: what is computed only once.

`Situation.candidate_context` gives the `orgmodel.context.Context` of every possible parent at once,
`Situation.placed_context` that of a single chart in which customer service is already placed.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from orgmodel.assumptions import METRICS, Assumptions
from orgmodel.authority import (
    Authority,
    authority,
    branches,
    inherited_vectors,
    meeting_depths,
    steps_to_root,
)
from orgmodel.context import Context, Desk
from orgmodel.errors import AssumptionError, PlacementError
from orgmodel.functions import business_functions
from orgmodel.lines import LINE_KINDS, Bools, Floats, Ints, Texts, marked
from orgmodel.operations import subordinates
from orgmodel.organization import BUSINESS_FUNCTIONS, UNHELD_STATUSES, Organization
from orgmodel.paths import CONTRACT, Distances, Surroundings, lines_of
from orgmodel.places import Bosses, arbiters, bosses_in, common_pull, contacts_of, executive_steps

# Sums of part-time shares differ by rounding where they should tie.
_DIGITS_OF_HEADCOUNT: Final = 6
_MOST_AGENTS: Final = 2.0**53  # beyond, numbers are no whole people any more
_NO_VECTOR: Final = (0.0,) * len(METRICS)
#: What a situation computes from the chart and the unit alone.
_INDEPENDENT: Final = (
    "business_functions",
    "function_codes",
    "held",
    "inside",
    "part_weights",
    "candidates",
    "heads_of_functions",
    "authority",
    "_steps_to_root",
    "_branches",
)


class Situation:
    """One chart, the unit in it and the assumptions, with everything that is computed only once.

    Parameters
    ----------
    organization : Organization
    unit : sequence of str
        The node or nodes that are customer service; a node below another one is part of it.
    assumptions : Assumptions
    absent : collection of str
        Functions that count as absent, whatever the chart has: those a placement has brought in.

    Raises
    ------
    PlacementError
        When the unit is empty.
    UnknownNodeError
        When an id of the unit is not in the chart.
    AssumptionError
        When a named decision owner is not in the chart.

    """

    def __init__(
        self,
        organization: Organization,
        unit: Sequence[str],
        assumptions: Assumptions,
        absent: Collection[str] = (),
    ) -> None:
        self.organization = organization
        self.absent = frozenset(absent)
        self.assumptions = assumptions
        self.heads = _top_most(organization, unit)
        self.functions = tuple(assumptions.needs_rescaled)
        self._surroundings: dict[int, Surroundings] = {}
        self._check_owners()

    def varied(self, assumptions: Assumptions) -> Situation:
        """Return the same situation under other assumptions; what they do not touch is not computed again."""
        heads = [str(self.organization.ids[row]) for row in self.heads]
        other = Situation(self.organization, heads, assumptions, self.absent)
        kept = set(_INDEPENDENT)
        if assumptions.owners == self.assumptions.owners:
            kept |= {"operations", "_meetings"}
        if assumptions.metric_vectors == self.assumptions.metric_vectors and (
            assumptions.delta == self.assumptions.delta
        ):
            kept |= {"metric_vectors", "inherited", "_graded"}
        elif assumptions.delta == self.assumptions.delta:
            # What is inherited is linear in the vectors of the functions.
            other.__dict__["_graded"] = self._composition @ np.array(
                [assumptions.metric_vectors.get(name, _NO_VECTOR) for name in BUSINESS_FUNCTIONS]
            )
        for name in kept:
            other.__dict__[name] = getattr(self, name)
        other._surroundings = self._surroundings
        return other

    @cached_property
    def business_functions(self) -> Texts:
        """Function of every node: stated, recognised or inherited."""
        return business_functions(self.organization).functions

    @cached_property
    def function_codes(self) -> Ints:
        """Position in `BUSINESS_FUNCTIONS` of every node's function; -1 where it is not known."""
        codes, found = pd.factorize(self.business_functions)
        known = {function: code for code, function in enumerate(BUSINESS_FUNCTIONS)}
        return np.array([known.get(function, -1) for function in found], dtype=np.int64)[codes]

    @cached_property
    def held(self) -> Bools:
        """Whether somebody holds the post."""
        statuses = self.organization.statuses
        return np.asarray(np.logical_and.reduce([statuses != status for status in UNHELD_STATUSES]))

    @cached_property
    def inside(self) -> Bools:
        """Rows of the unit: its heads and everything below them over solid lines."""
        return marked(
            len(self.organization), np.concatenate([self.organization.subtree(row) for row in self.heads])
        )

    @cached_property
    def part_weights(self) -> Floats:
        """Share of the unit's headcount in each of its parts, in the order of the heads."""
        return _shares(self._in_parts(self.organization.headcount))

    def _in_parts(self, of: Floats) -> Floats:
        """Return the sum of a property of every node over each part of the unit."""
        return np.array([of[self.organization.subtree(row)].sum() for row in self.heads])

    @cached_property
    def candidates(self) -> Ints:
        """Rows that may become the boss: nobody over whom the unit has authority."""
        below = marked(len(self.organization), subordinates(self.organization, self.heads))
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
        functions, manager = self.function_codes, organization.manager
        top = ~self.inside & ((manager < 0) | (functions != functions[manager]))
        tree_size = np.bincount(organization.tree[~self.inside], minlength=len(organization))
        people_below = organization.below(np.where(self.inside, 0.0, organization.headcount))
        order = (
            -tree_size[organization.tree],
            organization.tree,
            -people_below.round(_DIGITS_OF_HEADCOUNT),
            organization.depth,
        )
        heads: dict[str, int] = {}
        for code, function in enumerate(BUSINESS_FUNCTIONS):
            tops = np.flatnonzero(top & (functions == code))
            if self.held[tops].any():
                tops = tops[self.held[tops]]
            for key in order:
                if len(tops) > 1:
                    tops = tops[key[tops] == key[tops].min()]
            if len(tops):
                heads[function] = int(tops[0])
        return heads

    @cached_property
    def owners(self) -> dict[str, tuple[int, ...]]:
        """Rows of the decision owners of every needed function that has some outside the unit."""
        owners = {
            function: self.owners_of(function) for function in self.functions if function not in self.absent
        }
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
        functions_inside = {BUSINESS_FUNCTIONS[code] for code in np.unique(self.function_codes[self.inside])}
        return np.array(
            [
                any(self.inside[row] for row in self.owners[function])
                if function in self.owners
                else function in functions_inside - self.absent
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
        # One row more: the last is for nodes without a function (code -1).
        vectors = np.zeros((len(BUSINESS_FUNCTIONS) + 1, len(METRICS)))
        has_vector = np.zeros(len(BUSINESS_FUNCTIONS) + 1, dtype=np.bool_)
        for function, vector in self.assumptions.metric_vectors.items():
            code = BUSINESS_FUNCTIONS.index(function)
            vectors[code], has_vector[code] = vector, True
        codes = self.function_codes
        return vectors[codes], has_vector[codes] & self.held

    @cached_property
    def inherited(self) -> tuple[Floats, Floats]:
        """S and Z of every node on the chart as it is (see `orgmodel.authority.inherited_vectors`).

        No candidate is below the unit, so these hold wherever the unit is placed.
        """
        return inherited_vectors(self.authority, *self.metric_vectors, self.assumptions.delta)

    @cached_property
    def _graded(self) -> Floats:
        """What every node is measured by, ``g = S / Z``; zeros where nothing is known; array (N, 4)."""
        return _graded(*self.inherited)

    @cached_property
    def measured(self) -> Floats:
        """What every node is measured by, scaled to length 1; NaN where nothing is known; array (N, 4)."""
        return unit_length(self._graded)

    @cached_property
    def _composition(self) -> Floats:
        """With what weight the vector of each function enters g of every node; array (N, functions)."""
        own = np.zeros((len(self.organization), len(BUSINESS_FUNCTIONS)))
        _, has_vector = self.metric_vectors
        rows = np.flatnonzero(has_vector)
        own[rows, self.function_codes[rows]] = 1.0
        return _graded(*inherited_vectors(self.authority, own, has_vector, self.assumptions.delta))

    @cached_property
    def desks(self) -> list[Desk]:
        """The queue of every part of the unit, in the order of the heads.

        Those who answer customers are the headcount of nodes without reports (or as many as the assumptions
        say), dealt to the parts by that headcount, in whole people, one at least. Customers come as often
        as keeps them busy to the assumed utilisation when all answer together.
        """
        organization, assumptions = self.organization, self.assumptions
        answering = np.where(organization.span_of_control == 0, organization.headcount, 0.0)
        people = self._in_parts(answering)
        shares = _shares(people)
        agents = assumptions.agents or max(1, round(people.sum()))
        busy = assumptions.utilisation * (1.0 - assumptions.automation)
        # Whole people, by the largest remainder: together as many as there are, while there is one for each.
        dealt = np.floor(agents * shares)
        most_left = np.argsort(dealt - agents * shares, kind="stable")
        dealt[most_left[: agents - int(dealt.sum())]] += 1.0
        whole = np.clip(dealt, 1.0, _MOST_AGENTS).astype(int)
        return [Desk(people, busy * people) for people in whole.tolist()]

    @cached_property
    def _meetings(self) -> list[Ints]:
        """For every head of operations outside the unit: at what depth each row meets it."""
        return [meeting_depths(self.organization, row) for row in self.operations]

    @cached_property
    def operations(self) -> list[int]:
        """Rows of the heads of operations outside the unit: the other side of a quarrel."""
        return [row for row in self.owners_of("operations") if not self.inside[row]]

    @cached_property
    def _steps_to_root(self) -> Floats:
        return steps_to_root(self.organization, self.authority)

    @cached_property
    def _branches(self) -> Ints:
        return branches(self.organization)

    @cached_property
    def outside(self) -> Bools:
        """Needed functions that have to be reached: present, and not met inside; array (F,)."""
        return self.present & ~self.met_inside

    @cached_property
    def _needed_function(self) -> Ints:
        """Number of every node's function among those that have to be reached; -1: none of them."""
        number = np.full(len(BUSINESS_FUNCTIONS) + 1, -1, dtype=np.int64)
        needed = [function for function, out in zip(self.functions, self.outside, strict=True) if out]
        number[[BUSINESS_FUNCTIONS.index(function) for function in needed]] = np.arange(len(needed))
        return number[self.function_codes]

    def _distances(
        self, chart: Organization, head: int, solid: Ints
    ) -> tuple[Distances, Distances, Distances | None]:
        """Return steps, days and losses of content from a head to the owners, under each solid boss."""
        assumptions = self.assumptions
        around = self._around(head)
        lines = lines_of(chart)
        own = lines.chosen(lines.touching(head))
        reached = np.flatnonzero(self.outside).tolist()
        targets = [self.owners[self.functions[index]] for index in reached]

        def measured(by_kind: Mapping[str, float], first: Mapping[str, float]) -> Distances:
            found = around.distances(own, solid, targets, by_kind, first)
            return found.with_rows(reached, self.met_inside)

        losses = None
        if assumptions.contract_alpha != assumptions.alpha and CONTRACT in {
            *around.kinds,
            *own.kind.tolist(),
        }:
            per_step = dict.fromkeys(LINE_KINDS, -math.log(assumptions.alpha))
            per_step["contract"] = -math.log(assumptions.contract_alpha)
            lengths = assumptions.lengths
            # The first step hands on what customer service itself has heard: nothing is lost on it.
            losses = measured(
                {kind: lengths[kind] * per_step[kind] for kind in LINE_KINDS},
                {kind: (lengths[kind] - 1) * per_step[kind] for kind in LINE_KINDS},
            )
        steps, days = (measured(lengths, lengths) for lengths in (assumptions.lengths, assumptions.latencies))
        return steps, days, losses

    def _around(self, head: int) -> Surroundings:
        """Return the chart without a head: the same wherever it is placed."""
        if head not in self._surroundings:
            self._surroundings[head] = Surroundings(lines_of(self.organization), len(self.organization), head)
        return self._surroundings[head]

    def candidate_context(
        self, head: int, candidates: Ints | None = None, like: Context | None = None
    ) -> Context:
        """Return the context of one head of the unit under every candidate at once (or some of them).

        ``like`` is the same context under other assumptions with the same decision owners: what depends on
        the chart alone is taken from there.
        """
        solid = self.candidates if candidates is None else candidates
        return self._context(self.organization, head, solid, like)

    def placed_context(self, placed: Organization, head: int, like: Context | None = None) -> Context:
        """Return the context (K = 1) of one head of the unit as it stands in a chart."""
        return self._context(placed, head, placed.manager[[head]], like)

    def _context(self, chart: Organization, head: int, solid: Ints, like: Context | None) -> Context:
        """Return the context of a head as it stands in a chart, but under each of some solid bosses."""
        bosses = bosses_in(chart, head, solid)
        measures = bosses.mean(self._graded)
        steps, days, losses = self._distances(chart, head, solid)
        assumed: dict[str, Any] = {
            "assumptions": self.assumptions,
            "weights": self.weights,
            "steps": steps,
            "days": days,
            "losses": losses,
            "measured_by": unit_length(measures),
            "revenue_weight": first_share(measures),
            "value": unit_length(np.array(self.assumptions.value_vector)),
            "common_pull": common_pull(bosses, self._graded),
            "desk": self.desks[self.heads.index(head)],
        }
        return (
            Context(**assumed, **self._standing(chart, head, bosses))
            if like is None
            else replace(like, **assumed)
        )

    def _standing(self, chart: Organization, head: int, bosses: Bosses) -> dict[str, Any]:
        """Return what a context knows from the chart, the decision owners and whole-number assumptions."""
        found = arbiters(bosses, self.organization.depth, self._meetings)
        reports = self.organization.span_of_control.astype(np.float64) + 1.0
        if self.organization.manager[head] >= 0:
            reports[self.organization.manager[head]] -= 1.0
        contacts = contacts_of(chart, head, bosses.solid)
        leaving, staying = contacts.inside_branch(bosses.solid, self._branches)
        led = np.where(bosses.total_share > 0, bosses.total_share, np.nan)
        return {
            "functions": self.functions,
            "present": self.present,
            "inside": self.met_inside,
            "concentration": bosses.concentration,
            "climb": found.climb,
            "arbiter_depth": found.depth,
            "executive_distance": executive_steps(bosses, self.organization.tree, self._steps_to_root),
            "boss_attention": bosses.mean(1.0 / reports) / led,
            "boss_span": bosses.mean(reports) / led,
            "span_deviation": bosses.mean(self._span_deviation(reports)) / led,
            "reached_functions": contacts.effective_functions(self._needed_function, int(self.outside.sum())),
            "leaving": leaving,
            "staying": staying,
        }

    def _span_deviation(self, reports: Floats) -> Floats:
        """Return how far numbers of direct reports, one for each row, are outside the band, 0 to 1."""
        assumptions = self.assumptions
        least = max(assumptions.span_least, 1)
        most = np.where(
            self.business_functions == "customer_service",
            assumptions.service_span_most,
            assumptions.span_most,
        )
        below, above = 1.0 - reports / least, 1.0 - most / reports
        return np.asarray(np.maximum(0.0, np.maximum(below, above)))

    def _check_owners(self) -> None:
        for function, named in self.assumptions.owners.items():
            for node in named:
                if node not in self.organization.row_of:
                    message = f'"{node}" is named as decision owner of {function} but is not in this chart.'
                    raise AssumptionError(message)


def bosses_of(organization: Organization, row: int) -> dict[int, float]:
    """Return the bosses of a node with their shares of the authority over it, the solid one first."""
    bosses = bosses_in(organization, row, organization.manager[[row]])
    solid = {int(bosses.solid[0]): float(bosses.solid_shares[0])}
    return {boss: share for boss, share in (solid | bosses.further).items() if share > 0}


def _top_most(organization: Organization, unit: Sequence[str]) -> list[int]:
    """Return the rows of the unit without those that are below another one."""
    rows = list(dict.fromkeys(organization.row(node) for node in ([unit] if isinstance(unit, str) else unit)))
    if not rows:
        message = "Choose at least one node as customer service."
        raise PlacementError(message)
    chosen = set(rows)
    return [row for row in rows if chosen.isdisjoint(organization.chain(row)[1:])]


def _shares(people: Floats) -> Floats:
    """Return the share of each in their sum; equal ones where there is nobody."""
    return people / people.sum() if people.sum() > 0 else np.full(len(people), 1 / len(people))


def _graded(total: Floats, weight: Floats) -> Floats:
    """Return ``g = S / Z``; zeros where nothing is known."""
    return np.asarray(total / np.where(weight > 0, weight, 1.0)[:, None])


def unit_length(vectors: Floats) -> Floats:
    """Return the vectors scaled to length 1; NaN for a vector of zeros (no measures at all)."""
    length = np.sqrt(np.einsum("...i,...i->...", vectors, vectors))
    return np.asarray(vectors / np.where(length > 0, length, np.nan)[..., None])


def first_share(vectors: Floats) -> Floats:
    """Return the share of revenue, the first metric, in each vector; NaN for a vector of zeros."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(vectors[:, 0] / vectors.sum(axis=1))
