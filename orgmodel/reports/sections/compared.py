"""What a report sets beside today: the placement that was chosen, else what the numbers point to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from orgmodel.alternatives import Alternative, alternatives
from orgmodel.decision import Decision
from orgmodel.errors import OrgModelError
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.recommendation import described
from orgmodel.sweep import Assessment


@dataclass(frozen=True, eq=False)
class Compared:
    """A place beside today's: the one that the user has ``chosen``, else the best one other than today's."""

    decision: Decision
    alternative: Alternative
    chosen: bool

    @property
    def title(self) -> str:
        """What the place is called."""
        return self.alternative.title

    @property
    def describes(self) -> str:
        """What it means, in a sentence."""
        return described(self.alternative)

    @property
    def why(self) -> str:
        """Why just this place stands beside today's."""
        if self.chosen:
            if self.alternative.key == self.decision.best.key:
                return "It is the place that was chosen here, and what the numbers point to."
            return f"It is the place that was chosen here; the numbers point to {self.decision.best.title}."
        if self.decision.best.today:
            return "It has the best total of all other places: what moving would bring at most."
        return "It is what the numbers point to."

    @cached_property
    def before(self) -> Assessment:
        """The numbers of today."""
        return self.decision.survey.current

    @cached_property
    def after(self) -> Assessment:
        """The numbers with this place."""
        return self.decision.assessment(self.alternative)

    @property
    def organization(self) -> Organization:
        """The chart with this place."""
        return self.after.organization


def compared(decision: Decision, placement: Placement | None) -> Compared | None:
    """Return what stands beside today; None where there is no other place, or none that the chart allows."""
    chosen = None if placement is None else _chosen(decision, placement)
    if chosen is not None and not chosen.today:
        return _possible(Compared(decision, chosen, chosen=True))
    best = decision.best
    if best.today:
        others = [decision.now.alternatives[row] for row in decision.now.order.tolist()]
        best = next((item for item in others if not item.today), best)
    return None if best.today else _possible(Compared(decision, best, chosen=False))


def _possible(found: Compared) -> Compared | None:
    try:
        found.after  # noqa: B018  # computed here, and kept
    except OrgModelError:
        return None
    return found


def _chosen(decision: Decision, placement: Placement) -> Alternative | None:
    """Return a placement as an alternative, one of those compared where it is; None where it is gone."""
    wanted = _same(placement)
    kept = alternatives(decision.survey, (placement,)).kept
    for item in (*decision.now.alternatives, *kept):
        if item.placement is not None and _same(item.placement) == wanted:
            return item
    return None


def _same(placement: Placement) -> object:
    """Return what is equal where placements are: the order of the bosses does not matter."""
    return placement.kind, frozenset(placement.bosses), placement.name.strip(), placement.by
