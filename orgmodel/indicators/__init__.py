"""The indicators, by family.

`silo`
    How much of what customer service needs from others is out of its reach.
`conflict`
    How far what its bosses are measured by leads away from what customer service is for.
`feedback`
    How far what customers say has to travel to those who can act on it.
`accountability`
    Who answers for customer service, and who settles its quarrels.
`load`
    What customers wait for, and what a boss has time for.

Each indicator is a function of a `orgmodel.context.Context` that returns one value per placement.
They say what a structure makes likely, not what will happen: no study measures what a change of
customer service's reporting line causes, and resources, budgets and people are not in a chart.
"""

from orgmodel.indicators import accountability, conflict, feedback, load, silo
from orgmodel.indicators.indicator import Indicator

_FAMILIES = (silo, conflict, feedback, accountability, load)

#: Every indicator, headlines first, in the order in which screens show them.
INDICATORS: tuple[Indicator, ...] = (
    *(item for family in _FAMILIES for item in family.INDICATORS if item.headline),
    *(
        item
        for family in (silo, feedback, conflict, accountability, load)
        for item in family.INDICATORS
        if not item.headline
    ),
)
#: The three that come first everywhere.
HEADLINES: tuple[Indicator, ...] = tuple(item for item in INDICATORS if item.headline)

__all__ = ["HEADLINES", "INDICATORS", "Indicator"]
