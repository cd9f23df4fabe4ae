"""Accountability: who answers for customer service, and who settles its quarrels.

A change that operations contest climbs the reporting lines to the lowest manager above both sides: each
manager detects and settles only what lies within their own area (Harris and Raviv (2002), Organization
Design, Management Science).
"""

from __future__ import annotations

import numpy as np

from orgmodel.assumptions import Assumptions
from orgmodel.context import Context
from orgmodel.indicators.indicator import Indicator
from orgmodel.lines import Floats
from orgmodel.queues import probability_of_waiting_longer

_HOURS_A_DAY = 8.0


def effective_bosses(context: Context) -> Floats:
    """How many bosses customer service has in effect.

    Formula
        ``N = 1 / sum_i a_i^2`` with the bosses' shares of the authority ``a_i``, which sum to 1. Score:
        ``100 * (1 - 1 / N)``.
    Unit, range
        Bosses, 1 (one boss, unity of command) upwards; n for n bosses with equal shares. Lower is better.
    Edge cases
        Not defined (NaN) when customer service reports to nobody.
    Limits
        Several bosses are not bad in themselves: surveys find less clear expectations, and better
        collaboration.
    Source
        Inverse Herfindahl index of the shares.
    """
    return np.asarray(1.0 / context.concentration)


def climb(context: Context) -> Floats:
    """Levels that a quarrel with operations climbs, from customer service to whoever can settle it.

    Formula
        ``1 + depth(boss) - depth(arbiter)``, the arbiter being the lowest manager above both the boss and the
        head of operations over solid lines (each stands above themselves). Of several bosses, or several
        heads of operations, the smallest climb counts, then the deepest arbiter.
    Unit, range
        Levels, 1 (the boss settles it) upwards. Lower is better.
    Edge cases
        Not defined (NaN) when no manager is above both, as with a contract or the board, or when there are
        no operations outside customer service.
    Limits
        Where the arbiter is the head of operations, one of the parties decides.
    Source
        Lowest common manager; that only a manager of both sides can coordinate them is the model of Harris
        and Raviv (2002), Organization Design, Management Science.
    """
    return context.climb


def arbiter_depth(context: Context) -> Floats:
    """How far below the top the manager stands who settles a quarrel with operations.

    Formula
        Depth of the arbiter of `climb` over solid lines; the root has 0.
    Unit, range
        Steps below the top, 0 upwards. Higher is better: fewer quarrels reach the top.
    Edge cases
        As for `climb`.
    Source
        As for `climb`.
    """
    return context.arbiter_depth


def escalation_probability(context: Context) -> Floats:
    """Chance that a customer's change reaches the top executives because operations contest it.

    Formula
        ``100 * q * (1 - transparency) * (1 - rule_coverage)`` where the arbiter of `climb` is a top executive
        (at most ``top_depth`` steps below the top), else 0.

        ``q``: chance that a change is contested, because it would wait longer than ``slack`` for one of the
        ``planners``: ``C(c, a) * exp(-(c - a) * slack / planning_time)`` by Erlang's formula, with
        ``c`` planners and ``a = c * planning_utilisation``; 1 where they cannot keep up.
    Unit, range
        Percent of changes, 0 to 100. Lower is better.
    Edge cases
        Not defined (NaN) where `climb` is not: then a contract or the board decides.
    Limits
        A stated model, not an observation. Better information moves decisions down in studies of firms,
        easier communication moves them up: set the two shares by what your system does.
    Source
        Waiting by Erlang C; the rule that the lowest common manager decides as for `climb`; the rest is our
        assumption.
    """
    at_the_top = (
        100.0 * _climbing(context.assumptions) * (context.arbiter_depth <= context.assumptions.top_depth)
    )
    return np.where(np.isnan(context.arbiter_depth), np.nan, at_the_top)


def decision_days(context: Context) -> Floats:
    """Working days until a contested change is settled.

    Formula
        ``climb / (decisions_per_day - x)``: every manager on the way is a queue with one server (M/M/1).

        ``x = 8 * a / planning_time * q * (1 - transparency) * (1 - rule_coverage)``: contested changes a
        working day of 8 hours, all of which climb; symbols as in `escalation_probability`.
    Unit, range
        Working days, above 0. Lower is better.
    Edge cases
        Infinite where more quarrels arrive than a manager can settle. Not defined (NaN) where `climb` is not.
    Limits
        As for `escalation_probability`.
    Source
        Mean time in an M/M/1 queue; the numbers are our assumptions.
    """
    assumptions = context.assumptions
    load = assumptions.planners * assumptions.planning_utilisation
    arriving = _HOURS_A_DAY * load / assumptions.planning_time * _climbing(assumptions)
    spare = assumptions.decisions_per_day - arriving
    return context.climb / spare if spare > 0 else np.where(np.isnan(context.climb), np.nan, np.inf)


def executive_distance(context: Context) -> Floats:
    """Steps of authority between customer service and the top.

    Formula
        Fewest lines with a share of the authority from the unit's head up to the root of its own tree, the
        tree of its solid manager; a way that leaves the tree does not count. Score: ``100 * (1 - 1 / d)`` of
        ``d`` steps, 0 at the top itself.
    Unit, range
        Steps, 0 (it is the root itself) upwards. Lower is better.
    Edge cases
        Infinite where authority does not lead there (the solid manager has no share of it).
    Source
        Shortest path over the lines of authority.
    """
    return context.executive_distance


def _climbing(assumptions: Assumptions) -> float:
    """Return the share of changes that are contested and settled neither by information nor by a rule."""
    contested = probability_of_waiting_longer(
        assumptions.planners,
        assumptions.planners * assumptions.planning_utilisation,
        assumptions.planning_time,
        assumptions.slack,
    )
    return float(contested) * (1.0 - assumptions.transparency) * (1.0 - assumptions.rule_coverage)


_NO_ARBITER = (
    "No manager stands above both customer service and operations (a contract or the board decides), or the "
    "chart has no operations outside customer service."
)

_QUARRELS = (
    "planners",
    "planning_utilisation",
    "planning_time",
    "slack",
    "transparency",
    "rule_coverage",
)

INDICATORS = (
    Indicator(
        name="effective_bosses",
        title="Effective number of bosses",
        unit="bosses",
        direction="lower is better",
        undefined="Customer service, or a part of it, reports to nobody.",
        function=effective_bosses,
        assumptions=(),
        score=lambda values: 100.0 * (1.0 - 1.0 / values),
    ),
    Indicator(
        name="climb",
        title="Climb of a quarrel",
        unit="levels",
        direction="lower is better",
        undefined=_NO_ARBITER,
        function=climb,
        assumptions=("owners",),
    ),
    Indicator(
        name="arbiter_depth",
        title="Depth of the arbiter",
        unit="steps below the top",
        direction="higher is better",
        undefined=_NO_ARBITER,
        function=arbiter_depth,
        assumptions=("owners",),
    ),
    Indicator(
        name="escalation_probability",
        title="Changes that reach the top",
        unit="% of changes",
        direction="lower is better",
        undefined=_NO_ARBITER,
        function=escalation_probability,
        assumptions=("owners", *_QUARRELS, "top_depth"),
        score=lambda values: values,
    ),
    Indicator(
        name="decision_days",
        title="Time to settle a quarrel",
        unit="working days",
        direction="lower is better",
        undefined=_NO_ARBITER,
        function=decision_days,
        assumptions=("owners", *_QUARRELS, "decisions_per_day"),
    ),
    Indicator(
        name="executive_distance",
        title="Distance to the top",
        unit="steps",
        direction="lower is better",
        undefined="The distance to the top cannot be told.",
        function=executive_distance,
        assumptions=(),
        score=lambda values: 100.0 * (1.0 - 1.0 / np.maximum(values, 1.0)),
    ),
)
