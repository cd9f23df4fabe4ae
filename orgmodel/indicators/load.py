"""Load: what customers wait for, and what a boss has time for."""

from __future__ import annotations

import numpy as np

from orgmodel.context import Context
from orgmodel.indicators.indicator import Indicator
from orgmodel.lines import Floats

_SECONDS = 60.0


def waiting_probability(context: Context) -> Floats:
    """Share of customers who have to wait before somebody answers, selling not counted.

    Formula
        ``100 * C(c, a)`` by Erlang's formula (M/M/c), or M/M/c+M where customers have ``patience``.

        ``c``: people of the unit without reports (or ``agents``);
        ``a = c * utilisation * (1 - automation)``. Where the unit has several parts each is a queue of its
        own: whole people and arrivals are dealt by headcount.
    Unit, range
        Percent of customers, 0 to 100. Lower is better.
    Edge cases
        100 where ``a`` is ``c`` or more and nobody gives up. At least one person answers.
    Limits
        The same under every boss, because who answers does not change: only a split does. Random arrivals
        and exponential times; no breaks, no rush hours.
    Source
        Erlang C, and Palm's model (Garnett, Mandelbaum and Reiman (2002), Manufacturing & Service Operations
        Management 4, 208-227) with patience.
    """
    return np.full(context.size, 100.0 * context.waiting.waiting_probability)


def waiting_time(context: Context) -> Floats:
    """Mean time that customers wait before somebody answers, selling not counted.

    Formula
        ``W = C(c, a) * T / (c - a)`` over all customers, those who do not wait among them; with patience, by
        Palm's model. Symbols as in `waiting_probability`, ``T`` the time for a contact.
    Unit, range
        Seconds, 0 upwards. Lower is better.
    Edge cases
        Infinite where ``a`` is ``c`` or more and nobody gives up.
    Source
        As for `waiting_probability`.
    """
    return np.full(context.size, _SECONDS * float(context.waiting.waiting_time))


def added_waiting(context: Context) -> Floats:
    """How many more customers wait because the people who answer also have to sell.

    Formula
        ``P(T + x * t) - P(T)``: the share of customers who wait, with and without the sales duty.

        ``x = min(1, sales_attempts * s)``: attempts per contact; ``s``: share of revenue in what the bosses
        are measured by; ``t``: ``sales_time``; ``P``: `waiting_probability`, for a contact that takes so
        long.
    Unit, range
        Percentage points of customers, 0 to 100. Lower is better.
    Edge cases
        Not defined (NaN) where no boss has known measures, or the desk is overloaded even without selling.
    Limits
        How bosses' measures turn into attempts is our assumption, and serving and selling together can pay:
        studies find more sales and more satisfaction with less efficiency. Selling only when nobody waits
        keeps most of the attempts for little waiting (see the reasons of a placement).
    Source
        Aksin and Harker (1999), Journal of Service Research 2, 19-33: the load of cross-selling hurts
        service.
    """
    return _added(context, 100.0, "waiting_probability")


def added_waiting_time(context: Context) -> Floats:
    """How much longer customers wait because the people who answer also have to sell.

    Formula
        ``W(T + x * t) - W(T)`` with `waiting_time`; symbols as in `added_waiting`.
    Unit, range
        Seconds, 0 upwards. Lower is better.
    Edge cases
        Infinite where the queue never ends with the sales duty. Not defined (NaN) where no boss has known
        measures, or the desk is overloaded even without selling.
    Source
        As for `added_waiting`.
    """
    return _added(context, _SECONDS, "waiting_time")


def boss_attention(context: Context) -> Floats:
    """Share of the boss's attention that customer service can get.

    Formula
        ``1 / n``: ``n`` direct reports of the boss over solid lines, customer service among them. Of several
        bosses the mean by their shares.
    Unit, range
        0 to 1 (it is the only report). Higher is better.
    Edge cases
        Not defined (NaN) when customer service reports to nobody.
    Limits
        Attention is dealt evenly here. It is what the chief executive as a boss costs.
    Source
        Our definition.
    """
    return context.boss_attention


def boss_span(context: Context) -> Floats:
    """How many direct reports the boss has, customer service among them.

    Formula
        ``n`` of `boss_attention`; of several bosses the mean by their shares.
    Unit, range
        Direct reports, 1 upwards. Read it against the band you find normal: above it, customer service is
        likely to be handed on to somebody else.
    Edge cases
        Not defined (NaN) when customer service reports to nobody.
    Limits
        Typical spans differ widely between kinds of work, so no number is good or bad in itself.
    Source
        Span of control.
    """
    return context.boss_span


def span_deviation(context: Context) -> Floats:
    """How far the boss's direct reports are outside the band that you find normal.

    Formula
        ``100 * max(0, 1 - n / least, 1 - most / n)`` with ``n`` of `boss_attention`; of several bosses the
        mean by their shares. ``least`` is ``span_least``; ``most`` is ``span_most``, and for a boss who is
        of customer service ``service_span_most``.
    Unit, range
        Percent, 0 (within the band) to 100. Lower is better: above the band customer service is likely to be
        handed on to somebody else, below it the boss's post is hardly one.
    Edge cases
        Not defined (NaN) when customer service reports to nobody.
    Limits
        Typical spans differ widely between kinds of work; the band is an assumption.
    Source
        Span of control; the form is our own.
    """
    return 100.0 * context.span_deviation


def _added(context: Context, scale: float, measure: str) -> Floats:
    """Return what the sales duty adds to one measure of the waiting."""
    if np.isinf(context.waiting.waiting_time):
        return np.full(context.size, np.nan)
    cases, selling = context.waiting_when_selling
    # Rounding may put the two a hair apart where nobody sells.
    added = np.maximum(0.0, getattr(selling, measure) - getattr(context.waiting, measure))
    return np.append(scale * added, np.nan)[cases]


_NO_BOSS = "Customer service, or a part of it, reports to nobody."
_NO_DUTY = (
    "What the bosses are measured by is not known, or the desk is overloaded even without selling, so that "
    "nothing can be added."
)

_DESK = ("agents", "utilisation", "service_time", "automation", "patience")
_DUTY = (*_DESK, "sales_attempts", "sales_time", "metric_vectors", "delta")

INDICATORS = (
    Indicator(
        name="waiting_probability",
        title="Customers who wait",
        unit="% of customers",
        direction="lower is better",
        undefined="The waiting cannot be told.",
        function=waiting_probability,
        assumptions=_DESK,
        score=lambda values: values,
    ),
    Indicator(
        name="waiting_time",
        title="Waiting time",
        unit="seconds",
        direction="lower is better",
        undefined="The waiting cannot be told.",
        function=waiting_time,
        assumptions=_DESK,
    ),
    Indicator(
        name="added_waiting",
        title="Waiting added by selling",
        unit="percentage points",
        direction="lower is better",
        undefined=_NO_DUTY,
        function=added_waiting,
        assumptions=_DUTY,
    ),
    Indicator(
        name="added_waiting_time",
        title="Waiting time added by selling",
        unit="seconds",
        direction="lower is better",
        undefined=_NO_DUTY,
        function=added_waiting_time,
        assumptions=_DUTY,
    ),
    Indicator(
        name="boss_attention",
        title="Boss's attention",
        unit="0 to 1",
        direction="higher is better",
        undefined=_NO_BOSS,
        function=boss_attention,
        assumptions=(),
        score=lambda values: 100.0 * (1.0 - values),
    ),
    Indicator(
        name="boss_span",
        title="Boss's direct reports",
        unit="people",
        direction="no good or bad end",
        undefined=_NO_BOSS,
        function=boss_span,
        assumptions=(),
    ),
    Indicator(
        name="span_deviation",
        title="Boss's span outside the band",
        unit="% off the band",
        direction="lower is better",
        undefined=_NO_BOSS,
        function=span_deviation,
        assumptions=("span_least", "span_most", "service_span_most"),
        score=lambda values: values,
    ),
)
