"""Conflict: how far what the bosses are measured by leads away from what customer service is for.

With ``g`` what the bosses are measured by (their own measures and, weaker with each level, those above
them) and ``f`` what customer service is for, both scaled to length 1, ``r = g - (g.f) f`` is the part of
the pressure that leads away from the purpose. Its squared parts add up to the incentive distortion.
"""

from __future__ import annotations

import numpy as np

from orgmodel.assumptions import METRICS
from orgmodel.context import Context
from orgmodel.indicators.indicator import Indicator
from orgmodel.lines import Floats

_REVENUE, _COST, _QUALITY, _RISK = range(len(METRICS))


def sales_pressure_conflict(context: Context) -> Floats:
    """Share of the value of good service that is lost to pressure for revenue.

    Formula
        ``100 * r_revenue^2`` where ``r_revenue > 0`` and ``g_revenue > f_revenue``, else 0.

        ``g``: what the bosses are measured by, averaged by their shares: each manager's own measures plus
        ``delta`` times those of their bosses, and so on upwards, scaled to length 1;
        ``f``: what customer service is for, scaled to length 1; ``r = g - (g.f) f``.
    Unit, range
        Percent of the first-best value, 0 (no pull towards revenue) to 100. Lower is better. A part of
        the incentive distortion.
    Edge cases
        Not defined (NaN) when no boss, and nobody above them, has known measures.
    Limits
        Depends on what you say each function is measured by. It shows where the pull goes, not whether
        people give in to it: studies find that serving and selling together can work as well.
    Source
        Baker (2002), Distortion and risk in optimal incentive contracts, Journal of Human Resources 37(4),
        728-751; that measures travel down the line, and its weakening by ``delta``, are our assumptions.
    """
    return _excess(context, _REVENUE)


def cost_pressure(context: Context) -> Floats:
    """Share of the value of good service that is lost to pressure for low cost.

    Formula
        ``100 * r_cost^2`` where ``r_cost > 0`` and ``g_cost > f_cost``, else 0; symbols as in
        `sales_pressure_conflict`.
    Unit, range
        Percent of the first-best value, 0 to 100. Lower is better. A part of the incentive distortion.
    Edge cases
        Not defined (NaN) when no boss, and nobody above them, has known measures.
    Source
        Baker (2002), Journal of Human Resources 37(4), 728-751.
    """
    return _excess(context, _COST)


def incentive_distortion(context: Context) -> Floats:
    """Share of the value of good service that is lost to wrong emphasis of any kind.

    Formula
        ``100 * (1 - (g.f)^2)``: one minus the squared cosine of the angle between what the bosses are
        measured by and what customer service is for. It is the sum of the squared parts of
        ``r = g - (g.f) f``.
    Unit, range
        Percent of the first-best value, 0 (same emphasis) to 100 (nothing in common). Lower is better.
    Edge cases
        Not defined (NaN) when no boss, and nobody above them, has known measures.
    Source
        Baker (2002), Journal of Human Resources 37(4), 728-751: the best contract on a measure at an angle
        theta from the value earns cos^2(theta) of the first-best surplus.
    """
    return 100.0 * (1.0 - _agreement(context) ** 2)


def sales_disconnect(context: Context) -> Floats:
    """How much less the bosses care for revenue than customer service should.

    Formula
        ``100 * max(0, 1 - g_revenue / f_revenue)``, symbols as in `sales_pressure_conflict`.
    Unit, range
        Percent of the wanted emphasis that is missing, 0 to 100. Lower is better.
    Edge cases
        Not defined (NaN) when customer service is not for revenue at all, or its bosses have no known
        measures.
    Source
        Our definition, on the vectors of Baker (2002).
    """
    return _shortfall(context, _REVENUE)


def service_shortfall(context: Context) -> Floats:
    """How much less the bosses care for service quality than customer service should.

    Formula
        ``100 * max(0, 1 - g_quality / f_quality)``, symbols as in `sales_pressure_conflict`.
    Unit, range
        Percent of the wanted emphasis that is missing, 0 to 100. Lower is better.
    Edge cases
        Not defined (NaN) when customer service is not for quality at all, or its bosses have no known
        measures.
    Source
        Our definition, on the vectors of Baker (2002).
    """
    return _shortfall(context, _QUALITY)


def boss_disagreement(context: Context) -> Floats:
    """How differently the bosses of customer service are measured.

    Formula
        ``100 * Q``, ``Q = sum_ij a_i a_j (1 - u_i.u_j) = 1 - |sum_i a_i u_i|^2`` (Rao's quadratic entropy).

        ``u_i``: what boss ``i`` is measured by (inherited, as in `sales_pressure_conflict`), scaled to
        length 1; ``a_i``: the boss's share of the authority, rescaled over the bosses with known measures.
    Unit, range
        Percent, 0 (one boss, or all measured alike) to 100 (1 - 1/n for n equal bosses with nothing in
        common). Lower is better.
    Edge cases
        Not defined (NaN) when no boss, and nobody above them, has known measures.
    Limits
        A stand-in for conflicting requests, which only a survey can measure.
    Source
        Rao's quadratic entropy, with one minus the cosine of the bosses' measures as distance.
    """
    return 100.0 * np.maximum(0.0, 1.0 - context.common_pull**2)


def _agreement(context: Context) -> Floats:
    # Rounding may lift the product of two vectors of length 1 a hair above 1.
    return np.asarray(np.minimum(context.measured_by @ context.value, 1.0))


def _excess(context: Context, metric: int) -> Floats:
    given, wanted = context.measured_by[:, metric], context.value[metric]
    away = given - _agreement(context) * wanted
    excess = np.where((away > 0) & (given > wanted), 100.0 * away**2, 0.0)
    return np.asarray(np.where(np.isnan(given), np.nan, excess))


def _shortfall(context: Context, metric: int) -> Floats:
    wanted = context.value[metric]
    if wanted == 0:
        return np.full(context.size, np.nan)
    return np.asarray(100.0 * np.maximum(0.0, 1.0 - context.measured_by[:, metric] / wanted))


_NO_MEASURES = (
    "Customer service, or a part of it, reports to nobody, or to nobody with a known function: so what "
    "counts there is unknown."
)

_MEASURES_AND_PURPOSE = ("value_vector", "metric_vectors", "delta")

INDICATORS = (
    Indicator(
        name="sales_pressure_conflict",
        title="Sales-pressure conflict",
        unit="% of value",
        direction="lower is better",
        undefined=_NO_MEASURES,
        function=sales_pressure_conflict,
        assumptions=_MEASURES_AND_PURPOSE,
        score=lambda values: values,
        headline=True,
    ),
    Indicator(
        name="incentive_distortion",
        title="Incentive distortion",
        unit="% of value",
        direction="lower is better",
        undefined=_NO_MEASURES,
        function=incentive_distortion,
        assumptions=_MEASURES_AND_PURPOSE,
        score=lambda values: values,
    ),
    Indicator(
        name="cost_pressure",
        title="Cost pressure",
        unit="% of value",
        direction="lower is better",
        undefined=_NO_MEASURES,
        function=cost_pressure,
        assumptions=_MEASURES_AND_PURPOSE,
        score=lambda values: values,
    ),
    Indicator(
        name="sales_disconnect",
        title="Sales disconnect",
        unit="% of emphasis",
        direction="lower is better",
        undefined=f"Customer service is not for revenue here. Or else: {_NO_MEASURES}",
        function=sales_disconnect,
        assumptions=_MEASURES_AND_PURPOSE,
        score=lambda values: values,
    ),
    Indicator(
        name="service_shortfall",
        title="Service shortfall",
        unit="% of emphasis",
        direction="lower is better",
        undefined=f"Customer service is not for quality here. Or else: {_NO_MEASURES}",
        function=service_shortfall,
        assumptions=_MEASURES_AND_PURPOSE,
        score=lambda values: values,
    ),
    Indicator(
        name="boss_disagreement",
        title="Boss disagreement",
        unit="%",
        direction="lower is better",
        undefined=_NO_MEASURES,
        function=boss_disagreement,
        assumptions=("metric_vectors", "delta"),
        score=lambda values: values,
    ),
)
