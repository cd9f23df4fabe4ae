"""The plan for one chart: who comes when, and every quarter judged by its own goal."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from orgmodel.alternatives import Alternatives
from orgmodel.assumptions import Assumptions
from orgmodel.criteria import CRITERIA
from orgmodel.errors import PlacementError
from orgmodel.explanations import value_text
from orgmodel.indicators import INDICATORS
from orgmodel.placement import Placement
from orgmodel.questionnaire import (
    GOAL_NAMES,
    GOAL_OF,
    REPLIES,
    Aims,
    Answers,
    aims_of_goal,
    goal_weights,
    goals_chosen,
    questions_of,
)
from orgmodel.ranking import Ranking, counted_weights, totals
from orgmodel.rotation.plan import HARDLY, SHORTEST, Course, LeftOut, Phase, RotationPlan, Target
from orgmodel.rotation.schedule import State, phase_lengths, states
from orgmodel.scoring import Scoring
from orgmodel.situation import bosses_of
from orgmodel.sweep import Survey

#: What a question asks for, as it reads when it is achieved.
OUTCOMES: Final[Mapping[str, str]] = {
    "ops_feedback": "Operations hears regularly what goes wrong inside, and acts on it.",
    "ops_errors": "Deliveries are on time, and orders are taken down right the first time.",
    "ops_smooth": "The way from order to receipt is smooth: no step waits for somebody to be asked.",
    "ops_confirm": "Every order is confirmed as correct before it is made or shipped.",
    "sales_relationship": "An order regularly becomes a longer relationship.",
    "sales_return": "Customers come back, and those who went quiet are being won back.",
    "sales_larger": "Customers spend more per order than when the phase began.",
    "sales_bracket": "Customers have moved up to better, dearer products.",
    "sales_again": "People who bought once buy again.",
    "plan_information": "What customer service hears reaches planning regularly, in a form that is used.",
    "plan_range": "It is known from customers what to offer and what to drop.",
    "plan_fit": "It is known which customers fit which products, and how to find more of them.",
}
_MOST_TARGETS: Final = 2


def rotation_plan(
    survey: Survey, alternatives: Alternatives, answers: Answers, assumptions: Assumptions, ranking: Ranking
) -> RotationPlan:
    """Return the plan that serves the goals one after another, beside staying and the best single move.

    The home of a goal is the placement under the head of its function. Where the chart has none, it is the
    placement with the best total for that goal. In an overlap the old and the new bosses have half of the
    authority each; where a placement is more than bosses (a split, a provider, no boss at all), the overlap
    counts as the mean of the two placements. A goal whose move costs more than it brings within its phase is
    left out (never the first one), and where the time is too short for phases of `SHORTEST` quarters the last
    ones are.

    ``ranking`` has the placements to choose from and their scoring, ``alternatives`` the reasons for those
    that the chart lacks.

    >>> from orgmodel import Answers, Organization, decide
    >>> org = Organization.from_columns(
    ...     ["ceo", "sales", "ops", "cs"], [None, "ceo", "ceo", "sales"],
    ...     functions=["executive", "sales", "operations", "customer_service"],
    ... )
    >>> plan = decide(org, "cs", Answers(ranking=("operations", "sales"))).rotation
    >>> [(phase.when, phase.alternative.title) for phase in plan.phases]
    [('quarters 1 to 6', 'Operations'), ('quarters 7 to 8', 'Sales')]
    """
    weights, chosen = goal_weights(answers), goals_chosen(answers)
    # Where no goal is chosen all three weigh the same.
    applying = sorted(chosen or GOAL_NAMES, key=lambda goal: -weights[goal])
    judge = _Judge(
        survey,
        ranking,
        {goal: aims_of_goal(goal, answers, assumptions) for goal in applying},
        assumptions.move_cost,
    )
    homes = {goal: _home(survey, alternatives, judge, goal) for goal in applying}
    overlap, losses = assumptions.overlap, dict[str, float]()
    while True:
        wanted = [goal for goal in applying if goal not in losses]
        lengths = phase_lengths([weights[goal] for goal in wanted], assumptions.horizon, SHORTEST)
        served = wanted[: len(lengths)]
        goals = [goal for goal, length in zip(served, lengths, strict=True) for _ in range(length)]
        planned = states([homes[goal][0] for goal in goals], judge.today, overlap)
        judge.prepare(planned)
        gains = {goal: _gain(judge, goals, planned, goal) for goal in served}
        # The first goal is served whatever it costs; of the others the worst goes, then all is dealt anew.
        losing = min(served[1:], key=lambda goal: gains[goal], default=None)
        if losing is None or gains[losing] >= 0:
            break
        losses[losing] = -gains[losing]
    singles = {
        place: states([place] * len(goals), judge.today, overlap)
        for place in range(len(judge.alternatives))
        if place != judge.today
    }
    judge.prepare(state for course in singles.values() for state in course)
    stay = states([judge.today] * len(goals), judge.today, overlap)
    # The one move is the one to the recommended placement; where that is today's, the best other one.
    single = min(
        [ranking.recommended] if ranking.recommended in singles else singles,
        key=lambda place: math.fsum(judge.totals(goals, singles[place])),
        default=None,
    )
    return RotationPlan(
        phases=tuple(_phase(judge, answers, goals, planned, goal, homes[goal][1]) for goal in served),
        rotating=judge.course("This plan", goals, planned),
        staying=judge.course("Staying as today", goals, stay),
        best_single=None
        if single is None
        else judge.course(judge.alternatives[single].title, goals, singles[single]),
        left_out=tuple(LeftOut(goal, losses.get(goal)) for goal in applying if goal not in served),
        chosen=bool(chosen),
        move_cost=assumptions.move_cost,
    )


class _Judge:
    """Totals and indicators of every placement and of every overlap of two, goal by goal."""

    def __init__(self, survey: Survey, ranking: Ranking, aims: Mapping[str, Aims], move_cost: float) -> None:
        self.survey = survey
        self.alternatives = ranking.alternatives
        self.aims = aims
        self.move_cost = move_cost
        self.today = next(at for at, each in enumerate(ranking.alternatives) if each.placement is None)
        self.scores = {goal: ranking.scoring.scores(each.assumptions) for goal, each in aims.items()}
        # A criterion that no placement has a number for says nothing under that goal.
        self.weights = {
            goal: counted_weights(aims[goal], np.asarray(~np.isnan(scores).all(axis=0)))
            for goal, scores in self.scores.items()
        }
        self.settled = {goal: totals(scores, self.weights[goal]) for goal, scores in self.scores.items()}
        self._shared: dict[tuple[int, int], Placement] = {}
        self._shared_totals: dict[str, dict[tuple[int, int], float]] = {goal: {} for goal in aims}

    def prepare(self, wanted: Iterable[State]) -> None:
        """Judge the overlaps of two placements that are wanted, all at once."""
        pairs = {(state.old, state.new) for state in wanted if state.old != state.new} - self._shared.keys()
        shared = {pair: placement for pair in pairs if (placement := self._half_each(*pair)) is not None}
        if not shared:
            return
        self._shared |= shared
        scoring = Scoring(self.survey, list(shared.values()))
        for goal, aims in self.aims.items():
            found = totals(scoring.scores(aims.assumptions), self.weights[goal])
            self._shared_totals[goal] |= zip(shared, map(float, found), strict=True)

    def totals(self, goals: Sequence[str], course: Sequence[State]) -> list[float]:
        """Return the total of every quarter, the cost of moves among it."""
        return [
            self._total(goal, state) + (self.move_cost if state.moves else 0.0)
            for goal, state in zip(goals, course, strict=True)
        ]

    def _total(self, goal: str, state: State) -> float:
        settled, pair = self.settled[goal], (state.old, state.new)
        mean = float(settled[state.old] + settled[state.new]) / 2
        return self._shared_totals[goal].get(pair, mean)

    def course(self, title: str, goals: Sequence[str], course: Sequence[State]) -> Course:
        """Return what a course comes to."""
        values = [self.values(goal, state.old, state.new) for goal, state in zip(goals, course, strict=True)]
        return Course(
            title=title,
            moves=sum(state.moves for state in course),
            totals=tuple(self.totals(goals, course)),
            values={item.name: float(np.mean([row[item.name] for row in values])) for item in INDICATORS},
        )

    def values(self, goal: str, old: int, new: int) -> Mapping[str, float]:
        """Return every indicator of a placement, or of the overlap of two, under a goal."""
        if old == new or (old, new) in self._shared:
            return self._values(goal, self._shared.get((old, new), self.alternatives[new].placement))
        both = self.values(goal, old, old), self.values(goal, new, new)
        return {item.name: (both[0][item.name] + both[1][item.name]) / 2 for item in INDICATORS}

    def _values(self, goal: str, placement: Placement | None) -> Mapping[str, float]:
        if (goal, placement) not in self._known:
            found = Scoring(self._surveys[goal], [placement]).values.iloc[0]
            self._known[goal, placement] = {str(name): float(value) for name, value in found.items()}
        return self._known[goal, placement]

    @cached_property
    def _known(self) -> dict[tuple[str, Placement | None], Mapping[str, float]]:
        return {}

    @cached_property
    def _surveys(self) -> dict[str, Survey]:
        return {goal: self.survey.varied(each.assumptions) for goal, each in self.aims.items()}

    def _half_each(self, old: int, new: int) -> Placement | None:
        """Return the placement under the bosses of both, half each; None where one is more than bosses."""
        shares: dict[str, float] = {}
        for at in (old, new):
            for boss, share in self.bosses(self.alternatives[at].placement).items():
                shares[boss] = shares.get(boss, 0.0) + share / 2
        try:
            return Placement.shared(shares)
        except PlacementError:  # together they have less than all of the authority
            return None

    def bosses(self, placement: Placement | None) -> Mapping[str, float]:
        """Return the bosses of a placement with their shares; none where it is more than bosses."""
        if placement is not None:
            return dict(placement.bosses) if placement.kind in {"under", "shared"} else {}
        situation, organization = self.survey.situation, self.survey.organization
        if len(situation.heads) > 1:
            return {}
        return {
            str(organization.ids[row]): share
            for row, share in bosses_of(organization, situation.heads[0]).items()
            if row >= 0
        }


def _home(survey: Survey, alternatives: Alternatives, judge: _Judge, goal: str) -> tuple[int, str]:
    """Return the placement for a goal, and why it is not the home of the goal where it is not."""
    for at, each in enumerate(judge.alternatives):
        if each.structure == goal:
            return at, ""
    # Another structure may be the same placement: then the first of the two has the row.
    heads = survey.situation.owners_of(GOAL_OF[goal].function)
    for at, each in enumerate(judge.alternatives):
        if judge.bosses(each.placement) in [{str(survey.organization.ids[head]): 1.0} for head in heads]:
            return at, ""
    reason = next((each.reason for each in alternatives.missing if each.structure == goal), "")
    best = int(np.argmin(judge.settled[goal]))
    chosen = f"Of the others {judge.alternatives[best].title} serves this goal best by these numbers."
    return best, f"{reason} {chosen}".strip()


def _gain(judge: _Judge, goals: Sequence[str], planned: Sequence[State], goal: str) -> float:
    """Return the points that the move to a phase saves over its quarters, against the boss before."""
    start, length = goals.index(goal), goals.count(goal)
    before = planned[start - 1].new if start else judge.today
    within = planned[start : start + length]
    return float(judge.settled[goal][before]) * length - math.fsum(judge.totals([goal] * length, within))


def _phase(
    judge: _Judge, answers: Answers, goals: Sequence[str], planned: Sequence[State], goal: str, instead: str
) -> Phase:
    start, length = goals.index(goal), goals.count(goal)
    within = planned[start : start + length]
    place = within[0].new
    values = judge.values(goal, place, place)
    return Phase(
        goal=goal,
        alternative=judge.alternatives[place],
        instead=instead,
        start=start,
        quarters=length,
        moved=within[0].moves,
        overlap=sum(state.old != state.new for state in within),
        exit_criteria=tuple(
            OUTCOMES[question.key]
            for question in questions_of(goal)
            if (reply := answers.replies.get(question.key)) is not None and REPLIES.get(reply.value, 0.0) > 0
        ),
        targets=_targets(judge, goal, place, values),
        values=values,
        total=float(judge.settled[goal][place]),
        gain=_gain(judge, goals, planned, goal),
    )


def _targets(judge: _Judge, goal: str, place: int, values: Mapping[str, float]) -> tuple[Target, ...]:
    """Return the numbers by which the placement is to be better than today, those that count most."""
    scores, weights = judge.scores[goal], judge.weights[goal]
    today = judge.values(goal, judge.today, judge.today)
    gains = {
        column: float(weights[column]) * float(scores[judge.today, column] - scores[place, column])
        for column, item in enumerate(CRITERIA)
        if math.isfinite(values[item.name])
        and value_text(item.indicator, values[item.name]) != value_text(item.indicator, today[item.name])
    }
    best = sorted((column for column in gains if gains[column] > HARDLY), key=lambda column: -gains[column])
    return tuple(
        Target(item.indicator, values[item.name], today[item.name])
        for item in (CRITERIA[column] for column in best[:_MOST_TARGETS])
    )
