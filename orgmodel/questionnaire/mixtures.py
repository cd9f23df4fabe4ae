"""Purpose, needs and importance under any weights of the goals: the arithmetic of the answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from orgmodel.assumptions import METRICS, Assumptions
from orgmodel.criteria import NAMES, POINTS
from orgmodel.lines import Floats
from orgmodel.organization import BUSINESS_FUNCTIONS
from orgmodel.questionnaire.answers import Answers
from orgmodel.questionnaire.effects import EFFECTS, GOAL_IMPORTANCE
from orgmodel.questionnaire.goals import goal_weights, goals_chosen
from orgmodel.questionnaire.questions import GOAL_NAMES

#: The assumption that takes the place of what answers move, where somebody has set it.
FIELDS: Final = {"need": "needs", "purpose": "value_vector"}


class Mixtures(NamedTuple):
    """Purposes (M, 4), needs (M, F) and importances (M, C) under M rows of goal weights; each row sums to 1.

    The needs are in the order of ``functions``, the importances in that of `orgmodel.criteria.NAMES`.
    """

    purposes: Floats
    needs: Floats
    functions: tuple[str, ...]
    importances: Floats


def mixtures(weights: Floats, answers: Answers, assumptions: Assumptions) -> Mixtures:
    """Return purposes, needs and importances under each row of goal weights (M, 3).

    Each is the mean of those of the goals by weight, times the factors of the effects, rescaled to a sum
    of 1. Where no goal is chosen the assumptions and the criteria take the place of that mean.
    """
    chosen = bool(goals_chosen(answers))

    def mixed(moves: str, of_goals: Floats, unmoved: Floats, names: Sequence[str]) -> Floats:
        if set_by_hand(moves, assumptions):
            return np.tile(unmoved, (len(weights), 1))
        factors = [_factor(moves, name, answers) for name in names]
        base = weights @ of_goals if chosen else np.tile(unmoved, (len(weights), 1))
        moved: Floats = base * np.array(factors)
        return moved

    goal_purposes = _rescaled(np.array([assumptions.goal_purposes[goal] for goal in GOAL_NAMES]))
    purposes = mixed("purpose", goal_purposes, np.array(assumptions.value_vector), METRICS)
    needed = assumptions.needs_rescaled
    functions = tuple(
        name
        for name in BUSINESS_FUNCTIONS
        if name in needed or any(assumptions.goal_needs[goal].get(name) for goal in GOAL_NAMES)
    )
    goal_needs = [[assumptions.goal_needs[goal].get(name, 0.0) for name in functions] for goal in GOAL_NAMES]
    unmoved_needs = np.array([needed.get(name, 0.0) for name in functions])
    needs = mixed("need", _rescaled(np.array(goal_needs)), unmoved_needs, functions)
    points = _points(weights, answers)
    return Mixtures(_rescaled(purposes), _rescaled(needs), functions, _rescaled(points))


def criterion_points(answers: Answers) -> dict[str, float]:
    """Return the points of every criterion, which `Answers.importance` can set by hand.

    Without answers they are those of `orgmodel.criteria`; the answers multiply them, nothing is rescaled.

    >>> criterion_points(Answers(importance={"breadth": 40}))["breadth"]
    40.0
    """
    weights = np.array([list(goal_weights(answers).values())])
    return dict(zip(NAMES, _points(weights, answers)[0].tolist(), strict=True))


def _points(weights: Floats, answers: Answers) -> Floats:
    """Return the points of the criteria (M, C) under each row of goal weights."""
    emphases = np.ones((len(GOAL_NAMES), len(NAMES)))
    if goals_chosen(answers):
        for row, goal in enumerate(GOAL_NAMES):
            for name, emphasis in GOAL_IMPORTANCE[goal].items():
                emphases[row, NAMES.index(name)] = emphasis.factor
    factors = np.array([_factor("importance", name, answers) for name in NAMES])
    points: Floats = (weights @ emphases) * factors * POINTS
    for name, number in answers.importance.items():
        points[:, NAMES.index(name)] = number
    return points


def set_by_hand(moves: str, assumptions: Assumptions) -> bool:
    """Whether the user has set what is moved on the assumptions."""
    return moves in FIELDS and FIELDS[moves] in assumptions.changed()


def _factor(moves: str, name: str, answers: Answers) -> float:
    """Return the product of all effects on one criterion, function or metric."""
    return math.prod(
        effect.factor_at(answers) for effect in EFFECTS if (effect.moves, effect.key) == (moves, name)
    )


def _rescaled(rows: Floats) -> Floats:
    shares: Floats = rows / rows.sum(axis=1, keepdims=True)
    return shares
