"""From goals and answers to what is computed with: the purpose, the needs, and what counts how much."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from orgmodel.assumptions import METRICS, Assumptions, Vector
from orgmodel.criteria import NAMES
from orgmodel.questionnaire.answers import Answers
from orgmodel.questionnaire.effects import EFFECTS, GOAL_IMPORTANCE, TITLES, Effect
from orgmodel.questionnaire.goals import goal_weights, goals_chosen
from orgmodel.questionnaire.mixtures import FIELDS, mixtures, set_by_hand
from orgmodel.questionnaire.questions import GOAL_NAMES, GOAL_OF, QUESTION_OF, questions_of

#: The words of a screen for the replies.
REPLY_TITLES: Final = {"yes": "Yes", "partly": "Partly", "no": "No", "dont_know": "Don't know"}


class Influence(NamedTuple):
    """One thing that moved something: which question or goal, how it was answered, what it moved, and why.

    ``moves`` is "goal", "importance", "need" or "purpose"; ``what`` says of what, in the words of a screen.
    The ``factor`` multiplies it; for "goal" it is the goal's weight.
    """

    question: str
    reply: str
    moves: str
    what: str
    factor: float
    reason: str


@dataclass(frozen=True)
class Aims:
    """What follows from the answers, each step of it with its reason.

    ``purpose`` is over revenue, cost, service quality and risk, ``needs`` over functions, ``importance`` over
    criteria, each together 1. ``assumptions`` are those given with purpose and needs put in.
    """

    goal_weights: Mapping[str, float]
    purpose: Vector
    needs: Mapping[str, float]
    importance: Mapping[str, float]
    influences: tuple[Influence, ...]
    notes: tuple[str, ...]
    assumptions: Assumptions


def aims(answers: Answers, assumptions: Assumptions) -> Aims:
    """Return what customer service is for, whom it needs and what counts, at the central goal weights.

    Without answers it is what the assumptions and the criteria say. What was set by hand holds: purpose and
    needs on the assumptions, importance in the answers.

    >>> aims(Answers(), Assumptions()).assumptions == Assumptions()
    True
    """
    weights = goal_weights(answers)
    mixture = mixtures(np.array([list(weights.values())]), answers, assumptions)
    purpose, needs = mixture.purposes[0].tolist(), mixture.needs[0].tolist()
    named = {function: need for function, need in zip(mixture.functions, needs, strict=True) if need > 0}
    given = assumptions.changed()
    if _follows("purpose", answers, assumptions):
        given["value_vector"] = tuple(purpose)
    if _follows("need", answers, assumptions):
        given["needs"] = named
    return Aims(
        goal_weights=weights,
        purpose=(purpose[0], purpose[1], purpose[2], purpose[3]),
        needs=named,
        importance=dict(zip(NAMES, mixture.importances[0].tolist(), strict=True)),
        influences=_influences(answers, assumptions, weights),
        notes=_notes(answers, assumptions, dict(zip(METRICS, purpose, strict=True)) | named),
        assumptions=Assumptions.from_mapping(given),
    )


def aims_of_goal(goal: str, answers: Answers, assumptions: Assumptions) -> Aims:
    """Return what follows as if only this goal counted; the questions of context keep their effects.

    >>> aims_of_goal("sales", Answers(), Assumptions()).purpose
    (0.5, 0.0, 0.5, 0.0)
    """
    return aims(replace(answers, goal_weights={goal: 1.0}), assumptions)


# ---------------------------------------------------------------------- what moved what


def _follows(moves: str, answers: Answers, assumptions: Assumptions) -> bool:
    """Whether purpose or needs follow from the answers, and not from the assumptions alone."""
    moved = any(effect.moves == moves and effect.factor_at(answers) != 1.0 for effect in EFFECTS)
    return not set_by_hand(moves, assumptions) and (bool(goals_chosen(answers)) or moved)


def _influences(
    answers: Answers, assumptions: Assumptions, weights: Mapping[str, float]
) -> tuple[Influence, ...]:
    found = []
    for goal in GOAL_NAMES if goals_chosen(answers) else ():
        title, weight = GOAL_OF[goal].title, weights[goal]
        if not weight:
            continue
        share = f"{100 * weight:.0f} % of the weight"
        found.append(
            Influence(title, _said_of(goal, answers), "goal", title, weight, GOAL_OF[goal].describes)
        )
        found += [
            Influence(title, share, moves, _of_goal(moves, goal, assumptions), weight, _UNDER_GOAL[moves])
            for moves in _UNDER_GOAL
            if not set_by_hand(moves, assumptions)
        ]
        found += [
            Influence(
                title,
                share,
                "importance",
                TITLES["importance"][name],
                1.0 + weight * (emphasis.factor - 1.0),
                emphasis.reason,
            )
            for name, emphasis in GOAL_IMPORTANCE[goal].items()
            if name not in answers.importance
        ]
    for effect in EFFECTS:
        factor = effect.factor_at(answers)
        if factor == 1.0 or set_by_hand(effect.moves, assumptions) or _set(effect, answers):
            continue
        question = QUESTION_OF[effect.question].text
        reply = REPLY_TITLES[answers.replies[effect.question].value]
        found.append(Influence(question, reply, effect.moves, effect.what, factor, effect.reason))
    return tuple(found)


#: What else follows from every goal, and why.
_UNDER_GOAL: Final = {
    "purpose": "This is what customer service is for under this goal.",
    "need": "These are whom customer service needs under this goal.",
}
#: The words of a screen for what the assumptions hold.
_SET: Final = {"purpose": "What customer service is for", "need": "Whom customer service needs"}


def _of_goal(moves: str, goal: str, assumptions: Assumptions) -> str:
    """Return the purpose or the needs of a goal in words."""
    shares: Mapping[str, float] = assumptions.goal_needs[goal]
    if moves == "purpose":
        shares = dict(zip(METRICS, assumptions.goal_purposes[goal], strict=True))
    total = math.fsum(shares.values())
    return ", ".join(
        f"{TITLES[moves][key]} {100 * share / total:.0f} %" for key, share in shares.items() if share
    )


def _set(effect: Effect, answers: Answers) -> bool:
    """Whether what an effect moves was set by hand in the answers."""
    return effect.moves == "importance" and effect.key in answers.importance


def _said_of(goal: str, answers: Answers) -> str:
    """Return in a few words why a goal weighs what it does."""
    if answers.goal_weights:
        return "weight set by hand"
    if goal in answers.ranking:
        return f"ranked number {answers.ranking.index(goal) + 1}"
    worth = [answers.worth(question.key) for question in questions_of(goal)]
    replies = [f"{count} {word}" for value, word in _WORDS.items() if (count := worth.count(value))]
    if not replies:
        return "nothing answered, so it may be a goal too"
    return f"{', '.join(replies)} of {len(worth)} questions"


_WORDS: Final = {1.0: "yes", 0.5: "partly", 0.0: "no"}


def _notes(answers: Answers, assumptions: Assumptions, shares: Mapping[str, float]) -> tuple[str, ...]:
    """Return what was set by hand, and which answers therefore, or for want of a share, change nothing."""
    notes = []
    if answers.goal_weights:
        notes.append("The weights of the goals were set by hand. They hold whatever the answers say.")
    if not goals_chosen(answers) and answers.answered:
        notes.append("No goal is chosen, so purpose and needs start from the page Assumptions.")
    notes += [
        f"{what} was set by hand. It holds whatever the answers say."
        for moves, what in _SET.items()
        if set_by_hand(moves, assumptions)
    ]
    if answers.importance:
        titles = ", ".join(TITLES["importance"][name] for name in answers.importance)
        notes.append(f"Set by hand, whatever the answers say: {titles}.")
    notes += [
        f"“{QUESTION_OF[effect.question].text}” changes nothing about {effect.what}, which has no share."
        for effect in EFFECTS
        if effect.moves in FIELDS
        and effect.factor_at(answers) != 1.0
        and not set_by_hand(effect.moves, assumptions)
        and not shares.get(effect.key)
    ]
    return tuple(notes)
