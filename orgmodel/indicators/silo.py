"""Silo: how much of what customer service needs from others is out of its reach."""

from __future__ import annotations

import numpy as np

from orgmodel.context import Context
from orgmodel.indicators.indicator import Indicator
from orgmodel.lines import Floats


def silo_risk(context: Context) -> Floats:
    """Share of what customer service needs from others that is out of its neighbourhood.

    Formula
        ``100 * sum_f w_f * [d_f > h]`` over the needed functions ``f`` that the chart has.

        ``w_f``: how much customer service needs ``f`` (rescaled to 1 over the functions present);
        ``d_f``: steps from its head to the decision owner of ``f``, over any kind of line;
        ``h``: its reach, 2 steps by default ("they share a boss, or one person links them").
    Unit, range
        Percent of need, 0 (everything needed is within reach) to 100 (nothing is). Lower is better.
    Edge cases
        A function that cannot be reached at all counts as out of reach; one met inside the unit as
        within. A function that the chart does not have is left out for every candidate alike; not defined
        (NaN) when it has none of those needed.
    Limits
        Lines on a chart are not conversations: two heads who talk every day without a line count as far
        apart. Draw that line as a tie.
    Source
        Congruence gap after Cataldo, Wagstrom, Herbsleb and Carley (2006), Identification of coordination
        requirements, CSCW '06, 353-362. They studied software teams; customer service is our analogy.
    """
    return out_of_reach(context, context.assumptions.radius)


def out_of_reach(context: Context, radius: float) -> Floats:
    """Return `silo_risk` for another reach than the assumed one."""
    if not context.present.any():
        return np.full(context.size, np.nan)
    far = context.steps[context.present] > radius
    return 100.0 * _rescaled(context.weights[context.present]) @ far


def efficiency(context: Context) -> Floats:
    """Nearness to everything customer service needs: the graded form of silo risk.

    Formula
        ``E = sum_f w_f / d_f`` over the functions present and not met inside, weights rescaled to 1.
    Unit, range
        0 (nothing can be reached) to 1 (a direct line to every decision owner). Higher is better.
    Edge cases
        A function that cannot be reached adds 0. Not defined (NaN) when nothing needed is outside the unit.
    Limits
        Near functions count more: 1 step instead of 2 adds as much as 2 steps instead of infinitely many.
    Source
        The local form of global efficiency, Latora and Marchiori (2001), Physical Review Letters 87, 198701.
    """
    if not context.outside.any():
        return np.full(context.size, np.nan)
    return _rescaled(context.weights[context.outside]) @ (1.0 / context.steps[context.outside])


def _rescaled(weights: Floats) -> Floats:
    return np.asarray(weights / weights.sum())


INDICATORS = (
    Indicator(
        name="silo_risk",
        title="Silo risk",
        unit="% of need",
        direction="lower is better",
        undefined="The chart has none of the functions that customer service needs.",
        function=silo_risk,
        score=lambda values: values,
        headline=True,
    ),
    Indicator(
        name="efficiency",
        title="Nearness",
        unit="0 to 1",
        direction="higher is better",
        undefined="Nothing that customer service needs is outside the unit in this chart.",
        function=efficiency,
    ),
)
