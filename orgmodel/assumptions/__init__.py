"""Every editable number, with its bounds, unit, meaning and source.

`orgmodel.assumptions.table`
    `Assumptions`: the numbers themselves, with their defaults.
`orgmodel.assumptions.bounds`
    What a single one may be, and the sentence for a value that is not possible.
"""

from orgmodel.assumptions.bounds import (
    GOAL_KEYS,
    METRIC_TITLES,
    METRICS,
    OF_DECISIONS,
    WHOLE,
    AssumptionInfo,
    Vector,
)
from orgmodel.assumptions.table import (
    ASSUMPTIONS,
    DEFAULT_ASSUMPTIONS,
    DEFAULTS,
    Assumptions,
)

__all__ = [
    "ASSUMPTIONS",
    "DEFAULTS",
    "DEFAULT_ASSUMPTIONS",
    "GOAL_KEYS",
    "METRICS",
    "METRIC_TITLES",
    "OF_DECISIONS",
    "WHOLE",
    "AssumptionInfo",
    "Assumptions",
    "Vector",
]
