"""By which indicators placements are ranked, and how much each counts where nobody says otherwise.

Every criterion has an absolute score from 0 (best) to 100 (worst); the total of a placement is their mean by
weight. Distances enter it once, as nearness: silo risk, path length, time and content kept all follow from
the same ways. What has no good or bad end, and what describes the whole chart, is in no total.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from orgmodel.indicators import INDICATORS, Indicator
from orgmodel.lines import Floats


class Criterion(NamedTuple):
    """An indicator that counts in the total: its points (of all points together), and why as many."""

    indicator: Indicator
    points: float
    reason: str

    @property
    def name(self) -> str:
        """Name of the indicator."""
        return self.indicator.name

    @property
    def title(self) -> str:
        """The words of a screen."""
        return self.indicator.title

    def scores(self, values: Floats) -> Floats:
        """Return the scores of raw values, 0 best to 100 worst; NaN where the value is not defined."""
        assert self.indicator.score is not None  # noqa: S101  # criteria are indicators with a score
        return self.indicator.score(values)


_INDICATORS: Final = {item.name: item for item in INDICATORS}

#: What the total is made of. The points are our assumption: no study weighs these against each other.
CRITERIA: Final = tuple(
    Criterion(_INDICATORS[name], points, reason)
    for name, points, reason in (
        ("efficiency", 25.0, "What customers say helps only where it reaches those who can act on it."),
        ("sales_pressure_conflict", 12.0, "Targets of a boss who sells lead away from the case at hand."),
        ("cost_pressure", 8.0, "A boss who saves does not pay for service that customers remember."),
        ("service_shortfall", 8.0, "What no boss is measured by is the first to be left undone."),
        ("effective_bosses", 8.0, "With several bosses nobody is accountable alone."),
        ("escalation_probability", 8.0, "Executives' time is scarce, and decisions that climb are late."),
        ("sales_disconnect", 6.0, "Service can help customers to buy again, if somebody wants it to."),
        ("boss_disagreement", 6.0, "Bosses who want different things are hard to serve."),
        ("boss_attention", 3.0, "A boss with many reports has little time for each."),
        ("span_deviation", 3.0, "Above the normal span service is handed on, below it a post is hardly one."),
        ("breadth", 5.0, "Own lines to many functions save detours."),
        ("waiting_probability", 5.0, "Small pools make customers wait longer than a large one."),
        ("executive_distance", 3.0, "Near the top the customer's voice is heard in strategy."),
    )
)
#: Their names, in order.
NAMES: Final = tuple(item.name for item in CRITERIA)
#: Their points, in order.
POINTS: Final = np.array([item.points for item in CRITERIA])
