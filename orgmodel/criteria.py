"""By which indicators placements are ranked, and how much each counts where nobody says otherwise.

Every criterion has an absolute score from 0 (best) to 100 (worst); the total of a placement is their mean by
weight. Distances enter it once, as nearness: silo risk, path length, time and content kept all follow from
the same ways. What has no good or bad end, and what describes the whole chart, is in no total.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from orgmodel.indicators import INDICATORS, Indicator
from orgmodel.lines import Floats


class Criterion(NamedTuple):
    """An indicator that counts in the total: its points (of all points together), and why as many.

    ``says`` is what the number is, in a line for somebody who reads it for the first time.
    """

    indicator: Indicator
    points: float
    reason: str
    says: str

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


def scores_of(values: Mapping[str, npt.ArrayLike]) -> Floats:
    """Return the scores of all criteria from the raw values of the indicators by name; array (K, C).

    >>> scores_of(dict.fromkeys(NAMES, [1.0])).shape == (1, len(NAMES))
    True
    """
    return np.column_stack([item.scores(np.atleast_1d(np.asarray(values[item.name]))) for item in CRITERIA])


_INDICATORS: Final = {item.name: item for item in INDICATORS}

#: What the total is made of. The points are our assumption: no study weighs these against each other.
CRITERIA: Final = tuple(
    Criterion(_INDICATORS[name], points, reason, says)
    for name, points, reason, says in (
        (
            "efficiency",
            23.0,
            "What customers say helps only where it reaches those who can act on it.",
            "How few steps it is to those whom customer service needs; 100 % is a direct line to each.",
        ),
        (
            "sales_pressure_conflict",
            12.0,
            "Targets of a boss who sells lead away from the case at hand.",
            "How much of good service is lost because its boss is measured by sales; 0 % is none.",
        ),
        (
            "cost_pressure",
            8.0,
            "A boss who saves does not pay for service that customers remember.",
            "How much of good service is lost because its boss is measured by low cost; 0 % is none.",
        ),
        (
            "service_shortfall",
            8.0,
            "What no boss is measured by is the first to be left undone.",
            "How much less its boss cares for good service than you want; 0 % is as much as you want.",
        ),
        (
            "effective_bosses",
            12.0,
            "With several bosses nobody is accountable alone.",
            "How many bosses customer service has, each counted by their share; 1 is one boss alone.",
        ),
        (
            "escalation_probability",
            8.0,
            "Executives' time is scarce, and decisions that climb are late.",
            "How many of the changes customers ask for end on an executive's desk; 0 % is none.",
        ),
        (
            "sales_disconnect",
            6.0,
            "Service can help customers to buy again, if somebody wants it to.",
            "How much less its boss cares for sales than you want; 0 % is as much as you want.",
        ),
        (
            "boss_disagreement",
            8.0,
            "Bosses who want different things are hard to serve.",
            "How differently its bosses are measured; 0 % is one boss, or all by the same.",
        ),
        (
            "boss_attention",
            3.0,
            "A boss with many reports has little time for each.",
            "Which part of its boss's time it can have; 100 % is a boss with nobody else.",
        ),
        (
            "span_deviation",
            3.0,
            "Above the normal span service is handed on, below it a post is hardly one.",
            "How far its boss's number of reports is from what is normal; 0 % is within the normal.",
        ),
        (
            "breadth",
            3.0,
            "Own lines to many functions save detours.",
            "To how many of the departments it needs it has lines of its own; 100 % is to all alike.",
        ),
        (
            "waiting_probability",
            4.0,
            "Small pools make customers wait longer than a large one.",
            "How many customers wait before somebody answers; 0 % is nobody.",
        ),
        (
            "executive_distance",
            2.0,
            "Near the top the customer's voice is heard in strategy.",
            "How many steps it is up to the top; 1 is right under the chief executive.",
        ),
    )
)
#: Their names, in order.
NAMES: Final = tuple(item.name for item in CRITERIA)
#: Their points, in order.
POINTS: Final = np.array([item.points for item in CRITERIA])
