"""Feedback: how far what customers say has to travel to those who can act on it."""

from __future__ import annotations

import numpy as np

from orgmodel.context import Context
from orgmodel.indicators.indicator import Indicator
from orgmodel.lines import Floats


def feedback_path_length(context: Context) -> Floats:
    """Steps that what customer service learns travels to those who decide.

    Formula
        ``L = sum_f w_f * d_f`` over the needed functions that the chart has outside the unit.

        ``w_f``: how much of what customer service learns concerns ``f`` (rescaled to 1);
        ``d_f``: steps from the head of customer service to the nearest decision owner of ``f``, over any
        kind of line. Score: ``100 * (1 - 1 / L)``.
    Unit, range
        Steps, 1 (a direct line to every decision owner) upwards. Lower is better.
    Edge cases
        Infinite (score 100) when one needed function cannot be reached: the length over the reachable
        part and the weight of the rest stand beside it. Not defined (NaN) when nothing needed is
        outside the unit.
    Limits
        The way starts at the head of customer service: the steps from the front line to the head come on
        top. Steps are not days; see the days beside it.
    Source
        Need-weighted mean of shortest paths. That messages between people thin out with the steps between
        them on the chart was measured by Mathiesen, Jamtveit and Sneppen (2010), Physical Review E 82,
        016104.
    """
    return context.mean_over_outside(context.steps)


def feedback_days(context: Context) -> Floats:
    """Working days that what customer service learns takes to those who decide, on the quickest way.

    Formula
        ``T = sum_f w_f * t_f``, with ``t_f`` the least sum of the days that the lines on a way take. The
        quickest way need not be the one with the fewest steps.
    Unit, range
        Working days, above 0. Lower is better.
    Edge cases
        As for the feedback path length.
    Limits
        The days per kind of line are assumptions; replace them by what your own cases take.
    Source
        Need-weighted mean of shortest paths with our assumptions for the days.
    """
    return context.mean_over_outside(context.days)


def fidelity(context: Context) -> Floats:
    """Share of the content that arrives when people pass a message on.

    Formula
        ``F = sum_f w_f * alpha ** (d_f - 1)``: each step after the first keeps the share ``alpha``. Steps
        over a contract line keep ``contract_alpha`` instead; of several ways the one that keeps most counts.
        Score: ``100 * (1 - F)``.
    Unit, range
        0 (nothing arrives) to 1 (everything does). Higher is better.
    Edge cases
        A function that cannot be reached adds 0. Not defined (NaN) when nothing needed is outside the unit.
    Limits
        No loss per step has been measured in companies; ``alpha`` is an assumption.
    Source
        After the control loss in hierarchies of Williamson (1975), Markets and Hierarchies; that the same
        share is lost at every step is our assumption.
    """
    if context.losses is not None:
        return context.mean_over_outside(context.losses, lambda losses: np.exp(-losses))
    alpha = context.assumptions.alpha
    return context.mean_over_outside(
        context.steps, lambda steps: np.where(np.isinf(steps), 0.0, alpha ** (steps - 1.0))
    )


def reachable_path_length(context: Context) -> Floats:
    """Feedback path length over the functions that can be reached.

    Formula
        As `feedback_path_length`, over the functions with a finite distance, weights rescaled to 1.
    Unit, range
        Steps, 1 upwards. Lower is better, but never to be read without the unreachable need beside it.
    Edge cases
        Not defined (NaN) when no needed function outside the unit can be reached.
    Source
        As the feedback path length.
    """
    if not context.outside.any():
        return np.full(context.size, np.nan)
    weights = np.where(context.outside, context.weights, 0.0)
    reached = context.steps.total(weights, np.isfinite)
    length = context.steps.total(weights, lambda steps: np.where(np.isfinite(steps), steps, 0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(length / reached)


def unreachable_weight(context: Context) -> Floats:
    """Share of the need that no line leads to.

    Formula
        ``sum_f w_f * [d_f infinite]`` over the functions present and not met inside, weights rescaled to 1.
    Unit, range
        Share of need, 0 to 1. Lower is better.
    Edge cases
        Not defined (NaN) when nothing needed is outside the unit.
    Source
        Our definition.
    """
    return context.mean_over_outside(context.steps, np.isinf)


_NOTHING_OUTSIDE = "Nothing that customer service needs is outside the unit in this chart."

INDICATORS = (
    Indicator(
        name="feedback_path_length",
        title="Feedback path length",
        unit="steps",
        direction="lower is better",
        undefined=_NOTHING_OUTSIDE,
        function=feedback_path_length,
        assumptions=("needs", "owners", "lengths"),
        # The weights may sum to a hair below 1, the length with them.
        score=lambda values: np.asarray(100.0 * np.maximum(0.0, 1.0 - 1.0 / values)),
        headline=True,
    ),
    Indicator(
        name="feedback_days",
        title="Feedback time",
        unit="working days",
        direction="lower is better",
        undefined=_NOTHING_OUTSIDE,
        function=feedback_days,
        assumptions=("needs", "owners", "latencies"),
    ),
    Indicator(
        name="fidelity",
        title="Content kept",
        unit="0 to 1",
        direction="higher is better",
        undefined=_NOTHING_OUTSIDE,
        function=fidelity,
        assumptions=("needs", "owners", "lengths", "alpha", "contract_alpha"),
        score=lambda values: 100.0 * np.maximum(0.0, 1.0 - values),
    ),
    Indicator(
        name="reachable_path_length",
        title="Feedback path length, reachable part",
        unit="steps",
        direction="lower is better",
        undefined="No function that customer service needs can be reached over any line.",
        function=reachable_path_length,
        assumptions=("needs", "owners", "lengths"),
    ),
    Indicator(
        name="unreachable_weight",
        title="Unreachable need",
        unit="0 to 1",
        direction="lower is better",
        undefined=_NOTHING_OUTSIDE,
        function=unreachable_weight,
        assumptions=("needs", "owners"),
    ),
)
