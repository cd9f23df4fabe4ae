"""From replies to goals: how strongly each is asked for, its weight, and the department it leads to."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from orgmodel.lines import Bools, Floats
from orgmodel.priorities import ordered_dirichlet, rank_order_centroid
from orgmodel.questionnaire.answers import Answers, Reply
from orgmodel.questionnaire.questions import GOAL_NAMES, GOAL_OF, QUESTION_OF, questions_of

# A ranked goal stands before all that are not, whatever their strength; one of which nothing is known stands
# behind those of which something is.
_BEFORE_ALL: Final = 10.0
_BEHIND: Final = -1.0
_RANGE: Final = (0.05, 0.95)
_RANGE_DRAWS: Final = 4000


class Strength(NamedTuple):
    """How strongly a goal is asked for, 0 not at all to 1 by every question: least, likely, most."""

    low: float
    likely: float
    high: float


class Home(NamedTuple):
    """The department the goals lead to: several goals where they tie, none where none was chosen."""

    goals: tuple[str, ...]
    reason: str

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions these goals lead to."""
        return tuple(GOAL_OF[goal].function for goal in self.goals)


def goal_strengths(answers: Answers) -> dict[str, Strength]:
    """Return how strongly each goal is asked for.

    The likely strength is the mean of what is answered (yes 1, partly 0.5, no 0). How sure somebody is
    only widens the range around it. A question nobody can answer may be worth anything from 0 to 1: it widens
    the range and leaves the likely strength that of the others. Nothing answered: 0.5, from 0 to 1.

    >>> replies = {"plan_information": Reply("yes"), "plan_range": Reply("yes", "fairly")}
    >>> goal_strengths(Answers(replies))["marketing"]
    Strength(low=0.5833333333333334, likely=1.0, high=1.0)
    """
    strengths = {}
    for goal in GOAL_NAMES:
        keys = [question.key for question in questions_of(goal)]
        worth = [value for key in keys if not math.isnan(value := answers.worth(key))]
        ranges = [answers.replies.get(key, Reply("dont_know")).range for key in keys]
        low, high = (math.fsum(ends) / len(keys) for ends in zip(*ranges, strict=True))
        strengths[goal] = Strength(low, math.fsum(worth) / len(worth) if worth else 0.5, high)
    return strengths


def goals_chosen(answers: Answers) -> tuple[str, ...]:
    """Return the goals that somebody wants: a reply says at least partly, or they were ranked or weighted.

    >>> goals_chosen(Answers({"ops_errors": Reply("partly"), "plan_fit": Reply("no")}))
    ('operations',)
    """
    if answers.goal_weights:
        return tuple(goal for goal in GOAL_NAMES if answers.goal_weights.get(goal))
    wanted = {goal for goal in GOAL_NAMES if _known(answers, goal) and goal_strengths(answers)[goal].likely}
    return tuple(goal for goal in GOAL_NAMES if goal in wanted or goal in answers.ranking)


def goal_weights(answers: Answers) -> dict[str, float]:
    """Return the weight of every goal, together 1.

    Weights set by hand hold. Else the goals are put in order, those that were ranked first and the others by
    their likely strength, and the order is turned into weights by rank order centroid (Barron and Barrett
    1996, Management Science 42(11), 1515-1523). Equal strengths tie and share. A goal that is answered with
    no alone has no weight, unless it was ranked; one of which nothing is known stands behind the
    others, tied with its like: it may be a goal too. Where no goal is chosen all weigh the same.

    >>> {goal: round(weight, 3) for goal, weight in goal_weights(Answers(ranking=("sales",))).items()}
    {'operations': 0.194, 'sales': 0.611, 'marketing': 0.194}
    """
    if answers.goal_weights:
        weights = _by_hand(answers)
    else:
        likely = np.array([[strength.likely for strength in goal_strengths(answers).values()]])
        weights = rank_order_centroid(_ranks(answers, likely, likely > 0)[0])
    return dict(zip(GOAL_NAMES, weights.tolist(), strict=True))


def goal_weight_draws(answers: Answers, size: int, rng: np.random.Generator) -> Floats:
    """Return goal weights (size, 3) as uncertain as the answers are.

    Each draw takes a strength for every goal from its range (triangular, with its peak at the likely one),
    puts the goals in order as `goal_weights` does, and draws weights uniformly among those that keep the
    order. A goal whose replies are all no, but not surely, counts in as large a share of the draws as its
    drawn strength says. Where all is sure the mean is `goal_weights`; weights set by hand do not vary.
    """
    if answers.goal_weights:
        return np.tile(_by_hand(answers), (size, 1))
    drawn, applies = np.empty((size, len(GOAL_NAMES))), np.ones((size, len(GOAL_NAMES)), dtype=np.bool_)
    for column, (low, likely, high) in enumerate(goal_strengths(answers).values()):
        drawn[:, column] = rng.triangular(low, likely, high, size) if low < high else likely
        if not likely:
            applies[:, column] = rng.random(size) < drawn[:, column]
    return ordered_dirichlet(_ranks(answers, drawn, applies), size, rng)


def goal_weight_ranges(answers: Answers) -> dict[str, tuple[float, float]]:
    """Return from where to where nine in ten draws of each goal's weight lie."""
    draws = goal_weight_draws(answers, _RANGE_DRAWS, np.random.default_rng(1))
    low, high = np.quantile(draws, _RANGE, axis=0).tolist()
    return dict(zip(GOAL_NAMES, zip(low, high, strict=True), strict=True))


def home(answers: Answers) -> Home:
    """Return the department the questionnaire leads to: that of the goal that comes first.

    >>> home(Answers({"sales_again": Reply("partly")})).functions
    ('sales',)
    >>> home(Answers()).goals
    ()
    """
    if not goals_chosen(answers):
        return Home((), _why_none(answers))
    weights = goal_weights(answers)
    most = max(weights.values())
    first = tuple(goal for goal in goals_chosen(answers) if math.isclose(weights[goal], most))
    *before, last = (f"“{GOAL_OF[goal].title}”" for goal in first)
    titles = f"{', '.join(before)} and {last}" if before else last
    if len(first) > 1:
        return Home(first, f"{titles} count the same. Say which is more urgent to decide between them.")
    if answers.goal_weights:
        return Home(first, f"You gave {titles} the largest weight.")
    if answers.ranking:
        return Home(first, f"You ranked {titles} first.")
    return Home(first, f"Your answers ask for {titles}{' most' if len(goals_chosen(answers)) > 1 else ''}.")


def _why_none(answers: Answers) -> str:
    """Return why no goal applies."""
    if any(_known(answers, goal) for goal in GOAL_NAMES):
        return "None of the goals was chosen."
    if any(QUESTION_OF[key].goal for key in answers.replies):
        return "Nobody knows yet what customer service shall achieve."
    return "No question about a goal is answered yet."


def _known(answers: Answers, goal: str) -> bool:
    """Whether any question of a goal has a reply that says something."""
    return any(not math.isnan(answers.worth(question.key)) for question in questions_of(goal))


def _by_hand(answers: Answers) -> Floats:
    weights = [answers.goal_weights.get(goal, 0.0) for goal in GOAL_NAMES]
    return np.array(weights) / math.fsum(weights)


def _ranks(answers: Answers, strengths: Floats, applies: Bools) -> Floats:
    """Return the ranks of the goals in every row of strengths, 1 first; NaN is no goal."""
    if not goals_chosen(answers):
        return np.ones_like(strengths)
    order, counts = strengths.copy(), applies.copy()
    for column, goal in enumerate(GOAL_NAMES):
        if goal in answers.ranking:
            order[:, column], counts[:, column] = _BEFORE_ALL - answers.ranking.index(goal), True
        elif not _known(answers, goal):
            order[:, column], counts[:, column] = _BEHIND, True
    order[~counts] = -np.inf
    ahead: Floats = (order[:, None, :] > order[:, :, None]).sum(axis=2).astype(np.float64)
    return np.where(counts, 1.0 + ahead, np.nan)
