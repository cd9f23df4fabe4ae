"""A study, with the cells that are worth comparing."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Final

import numpy as np

from orgmodel.change_orders.phrases import CALLED, amount, share
from orgmodel.change_orders.study import Cell, Study
from orgmodel.change_orders.summary import Interval
from orgmodel.wording import counted, quoted

#: Placements that a comparison needs.
TO_COMPARE: Final = 2


class Comparison:
    """A study, with the places that findings are about."""

    def __init__(self, study: Study, utilisation: float | None = None) -> None:
        self.study = study
        plan = study.plan
        #: Place of the utilisation that is asked for.
        self.asked = plan.utilisations.index(utilisation) if utilisation in plan.utilisations else None
        self.titles = [quoted(process.title) for process in plan.placements]
        self.policies = [quoted(policy.title) for policy in plan.policies]
        self.as_it_is = next((place for place, policy in enumerate(plan.policies) if not policy.changes), 0)
        #: Places of the utilisations, the lowest first.
        self.rising = sorted(range(len(plan.utilisations)), key=plan.utilisations.__getitem__)

    @cached_property
    def busiest(self) -> int | None:
        """Place of the highest utilisation with something to compare, else with anything; None without."""
        comparable = {place: min(len(self.at_rest(place)), TO_COMPARE) for place in self.rising}
        most = max(comparable.values())
        return (
            max((place for place in self.rising if comparable[place] == most), key=self.rising.index)
            if most
            else None
        )

    @property
    def compared_at(self) -> list[int]:
        """Places of the utilisations to tell of: one asked for and the busiest, else that and the middle."""
        middle = self.rising[len(self.rising) // 2]
        wanted = [self.busiest, middle] if self.asked is None else [self.asked, self.busiest]
        return [place for place in dict.fromkeys(wanted) if place is not None and self.at_rest(place)]

    @cached_property
    def all_quarrels_climb(self) -> bool:
        """Whether nobody settles quarrels below the bosses, as things are."""
        disputes, escalations = (
            self.study.samples[name][:, self.as_it_is] for name in ("disputes", "escalations")
        )
        return bool(np.array_equal(disputes, escalations, equal_nan=True))

    def cell(self, placement: int, utilisation: int) -> Cell:
        """Return a cell as things are."""
        return placement, self.as_it_is, utilisation

    def tried(self, placement: int, utilisation: int) -> dict[int, Cell]:
        """Return the cells of a placement under all that changes something and comes to rest, by policy."""
        return {
            policy: cell
            for policy in range(len(self.policies))
            if policy != self.as_it_is
            and (cell := (placement, policy, utilisation)) not in self.study.unstable
        }

    def at_rest(self, utilisation: int) -> list[int]:
        """Return the places of the placements that come to rest, as things are."""
        return [
            place
            for place in range(len(self.titles))
            if self.cell(place, utilisation) not in self.study.unstable
        ]

    def ranked(self, outcome: str, utilisation: int) -> list[int]:
        """Return the placements of which an outcome is known, the least first."""
        means = {
            place: self.mean(outcome, self.cell(place, utilisation)) for place in self.at_rest(utilisation)
        }
        return sorted((place for place in means if not math.isnan(means[place])), key=means.__getitem__)

    def mean(self, outcome: str, cell: Cell) -> float:
        """Return an outcome."""
        return self.study.interval(outcome, *cell).mean

    def more(self, outcome: str, utilisation: int, placement: int, other: int) -> Interval:
        """Return how much more of an outcome one placement has than another, as things are."""
        return self.study.difference(
            outcome, self.cell(placement, utilisation), self.cell(other, utilisation)
        )

    def level(self, outcome: str, cell: Cell) -> str:
        """Return an outcome in words."""
        if self.study.samples[outcome][cell].any():
            place, policy, utilisation = cell
            formula = self.study.expected[place][policy][utilisation]
            exact = formula.values[outcome] if outcome in formula.exact else math.nan
            return amount(outcome, self.study.interval(outcome, *cell), exact)
        plan = self.study.plan
        runs = f"{counted(plan.replications, 'run')} of {counted(plan.changes, 'change')}"
        return f"no {CALLED[outcome][0]} in {runs}"

    def percent(self, utilisation: int) -> str:
        """Return how busy operations are."""
        return share(self.study.plan.utilisations[utilisation])

    def busy(self, utilisation: int) -> str:
        """Return the beginning of a sentence."""
        policy = (
            f" under {self.policies[self.as_it_is]}"
            if self.study.plan.policies[self.as_it_is].changes
            else ""
        )
        return f"With operations {self.percent(utilisation)} busy{policy}"
