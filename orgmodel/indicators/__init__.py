"""The indicators, by family.

`silo`
    How much of what customer service needs from others is out of its reach.
`conflict`
    How far what its bosses are measured by leads away from what customer service is for.
`feedback`
    How far what customers say has to travel to those who can act on it.

Each indicator is a function of a `orgmodel.context.Context` that returns one value per placement.
They say what a structure makes likely, not what will happen: no study measures what a change of
customer service's reporting line causes, and resources, budgets and people are not in a chart.
"""

from orgmodel.indicators import conflict, feedback, silo
from orgmodel.indicators.indicator import Indicator

#: Every indicator, headlines first, in the order in which screens show them.
INDICATORS: tuple[Indicator, ...] = (
    *(item for item in (*silo.INDICATORS, *conflict.INDICATORS, *feedback.INDICATORS) if item.headline),
    *(item for item in (*silo.INDICATORS, *feedback.INDICATORS, *conflict.INDICATORS) if not item.headline),
)
#: The three that come first everywhere.
HEADLINES: tuple[Indicator, ...] = tuple(item for item in INDICATORS if item.headline)

__all__ = ["HEADLINES", "INDICATORS", "Indicator"]
