"""What indicators are computed from: the arrays about some placements of one part of customer service.

An indicator sees only the context; it cannot tell all candidates at once from a single placement.
`orgmodel.situation` makes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from orgmodel.assumptions import Assumptions
from orgmodel.lines import Bools, Floats, Ints
from orgmodel.paths import Distances
from orgmodel.queues import Waiting, pool


class Desk(NamedTuple):
    """The people of one part of the unit who answer customers, as a queue.

    ``agents`` work at the same time; ``load`` is how many of them contacts would keep busy on average
    (arrivals per unit of time, times the time for a contact), after what software answers.
    """

    agents: int
    load: float


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
    steps, days : Distances (F, K)
        From the unit's head to the nearest decision owner; infinite where there is no way, 0 where
        the need is met inside, NaN where the function is absent.
    losses : Distances (F, K), or None
        Minus the logarithm of the content kept on the way that keeps most; None where every step after the
        first keeps ``alpha``, because a contract keeps as much or none is drawn.
    measured_by : array (K, 4)
        What the bosses are measured by, averaged by share and scaled to length 1; NaN where none of
        them has known measures.
    revenue_weight : array (K,)
        Share of revenue in what the bosses are measured by, 0 to 1; NaN likewise.
    value : array (4,)
        What customer service is for, scaled to length 1.
    common_pull : array (K,)
        Length of the mean of what the single bosses are measured by, each scaled to length 1: 1 where all
        pull the same way; NaN where none has known measures.
    concentration : array (K,)
        Sum of the squared shares of the bosses; NaN where there is none.
    climb, arbiter_depth : array (K,)
        Levels up to the lowest manager above both customer service and operations, and how many steps that
        one is below the top; NaN where nobody is above both, or there are no operations outside.
    executive_distance : array (K,)
        Fewest lines of authority up to the root of the unit's own tree.
    boss_attention, boss_span : array (K,)
        ``1 / n`` and n, the direct reports of the boss with the unit among them, averaged over the bosses by
        share; NaN where there is none.
    span_deviation : array (K,)
        How far these are outside the assumed band, 0 (within it) to 1, likewise.
    reached_functions : array (K,)
        Effective number of needed functions at the outer ends of the unit's lines.
    leaving, staying : array (K,)
        Lines of the unit that leave its branch of the chart, and that stay in it.
    desk : Desk
        The people who answer customers, and what they have to do.

    """

    assumptions: Assumptions
    functions: tuple[str, ...]
    weights: Floats
    present: Bools
    inside: Bools
    steps: Distances
    days: Distances
    losses: Distances | None
    measured_by: Floats
    revenue_weight: Floats
    value: Floats
    common_pull: Floats
    concentration: Floats
    climb: Floats
    arbiter_depth: Floats
    executive_distance: Floats
    boss_attention: Floats
    boss_span: Floats
    span_deviation: Floats
    reached_functions: Floats
    leaving: Floats
    staying: Floats
    desk: Desk

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
        return self.steps.infinite

    @cached_property
    def waiting(self) -> Waiting:
        """What customers wait at the desk, selling not counted."""
        return self._pool(0.0)

    @cached_property
    def waiting_when_selling(self) -> tuple[Ints, Waiting]:
        """What customers wait where people also have to sell: the number of a case per placement, the cases.

        Many placements have the same attempts to sell, and each case is computed once. Number -1 where what
        the bosses are measured by is not known.
        """
        cases, attempts = pd.factorize(self.sales_attempts)
        return cases, self._pool(attempts)

    @property
    def sales_attempts(self) -> Floats:
        """How often people try to sell, per contact, 0 to 1; NaN where it is not known (K,)."""
        return np.asarray(np.minimum(1.0, self.assumptions.sales_attempts * self.revenue_weight))

    def _pool(self, attempts: Floats | float) -> Waiting:
        """Return the waiting at the desk where each contact takes so many attempts to sell."""
        assumptions, desk = self.assumptions, self.desk
        return pool(
            desk.agents,
            desk.load / assumptions.service_time,
            assumptions.service_time + attempts * assumptions.sales_time,
            assumptions.patience or None,
        )

    def mean_over_outside(
        self, distances: Distances, of: Callable[[Floats], npt.NDArray[Any]] = np.asarray
    ) -> Floats:
        """Return the need-weighted mean of a function of the distances to all that has to be reached (K,).

        Infinite values stay infinite; NaN where nothing has to be reached.
        """
        if not self.outside.any():
            return np.full(self.size, np.nan)
        weights = np.where(self.outside, self.weights, 0.0)
        return distances.total(weights / weights.sum(), of)
