"""Silo: how much of what customer service needs from others is out of its reach."""

from __future__ import annotations

import numpy as np

from orgmodel.context import Context
from orgmodel.indicators.indicator import Indicator
from orgmodel.lines import Floats
from orgmodel.mixing import ei_index as external_internal


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
    weights = np.where(context.present, context.weights, 0.0)
    return np.asarray(100.0 * context.steps.total(weights / weights.sum(), lambda steps: steps > radius))


def efficiency(context: Context) -> Floats:
    """Nearness to everything customer service needs: the graded form of silo risk.

    Formula
        ``E = sum_f w_f / d_f`` over the functions present and not met inside, weights rescaled to 1.
        Score: ``100 * (1 - E)``.
    Unit, range
        0 (nothing can be reached) to 1 (a direct line to every decision owner). Higher is better.
    Edge cases
        A function that cannot be reached adds 0. Not defined (NaN) when nothing needed is outside the unit.
    Limits
        Near functions count more: 1 step instead of 2 adds as much as 2 steps instead of infinitely many.
    Source
        The local form of global efficiency, Latora and Marchiori (2001), Physical Review Letters 87, 198701.
    """
    return context.mean_over_outside(context.steps, np.reciprocal)


def worst_distance(context: Context) -> Floats:
    """Steps to the farthest of the functions that customer service needs.

    Formula
        ``max_f d_f`` over the functions present and not met inside, whatever their need.
    Unit, range
        Steps, 1 upwards. Lower is better.
    Edge cases
        Infinite where one of them cannot be reached. Not defined (NaN) when nothing needed is outside the
        unit.
    Source
        Our definition, on shortest paths.
    """
    if not context.outside.any():
        return np.full(context.size, np.nan)
    return context.steps.farthest(context.outside)


def breadth(context: Context) -> Floats:
    """To how many of the needed functions customer service has lines of its own, evenly spread.

    Formula
        ``min(1, N / F)`` with ``N = 1 / sum_f (n_f / n)^2``.

        ``n_f``: lines between the unit (its head and everybody below) and somebody of function ``f``, one for
        each two people, the line to the boss among them; ``n = sum_f n_f``; ``F``: needed functions present
        and not met inside. Score: 100 at 0, falling to 0 at 1.
    Unit, range
        0 (a line to none of them) to 1 (as many lines to each). Higher is better.
    Edge cases
        Not defined (NaN) when nothing needed is outside the unit.
    Limits
        A line to anybody of the function counts, not only to who decides.
    Source
        Effective number (inverse Herfindahl index) of the functions reached: one over one minus the
        participation coefficient of Guimerà and Amaral (2005), Journal of Statistical Mechanics P02001.
    """
    needed = int(context.outside.sum())
    if not needed:
        return np.full(context.size, np.nan)
    return np.asarray(np.minimum(1.0, context.reached_functions / needed))


def ei_index(context: Context) -> Floats:
    """How far the lines of customer service lead out of the branch it is in: context, never a ranking.

    Formula
        ``(E - I) / (E + I)``: ``E`` lines of the unit to other branches of the chart, ``I`` lines within the
        unit or its branch. A branch is a direct report of the top with everybody below; the top itself is in
        none, and a unit that reports to the top is a branch of its own.
    Unit, range
        -1 (all lines stay inside) to 1 (all lead out).
    Edge cases
        Not defined (NaN) for a unit without any line.
    Limits
        Neither end is good: the index falls when customer service joins the branch it needs most, and rises
        where nobody is needed. Read it beside the lines of random mixing and of five internal ties to one
        external (-2/3), and beside silo risk.
    Source
        Krackhardt and Stern (1988), Social Psychology Quarterly 51(2), 123-140.
    """
    return external_internal(context.leaving, context.staying)


_NOTHING_OUTSIDE = "Nothing that customer service needs is outside the unit in this chart."

INDICATORS = (
    Indicator(
        name="silo_risk",
        title="Silo risk",
        unit="% of need",
        direction="lower is better",
        undefined="The chart has none of the functions that customer service needs.",
        function=silo_risk,
        assumptions=("needs", "owners", "radius", "lengths"),
        score=lambda values: values,
        headline=True,
    ),
    Indicator(
        name="efficiency",
        title="Nearness",
        unit="0 to 1",
        direction="higher is better",
        undefined=_NOTHING_OUTSIDE,
        function=efficiency,
        assumptions=("needs", "owners", "lengths"),
        score=lambda values: 100.0 * np.maximum(0.0, 1.0 - values),
    ),
    Indicator(
        name="worst_distance",
        title="Farthest function",
        unit="steps",
        direction="lower is better",
        undefined=_NOTHING_OUTSIDE,
        function=worst_distance,
        assumptions=("needs", "owners", "lengths"),
    ),
    Indicator(
        name="breadth",
        title="Breadth of own lines",
        unit="0 to 1",
        direction="higher is better",
        undefined=_NOTHING_OUTSIDE,
        function=breadth,
        assumptions=("needs", "owners"),
        score=lambda values: 100.0 * np.maximum(0.0, 1.0 - values),
    ),
    Indicator(
        name="ei_index",
        title="External-internal index",
        unit="-1 to 1",
        direction="no good or bad end",
        undefined="Customer service has no lines at all.",
        function=ei_index,
        assumptions=(),
    ),
)
