"""The whole question answered: where customer service should report, how sure that is, and what comes next.

>>> from orgmodel import Answers, Organization, Reply, decide
>>> org = Organization.from_columns(
...     ["ceo", "sales", "ops", "cs"], [None, "ceo", "ceo", "sales"],
...     functions=["executive", "sales", "operations", "customer_service"],
... )
>>> decision = decide(org, "cs", Answers({"ops_errors": Reply("yes")}))
>>> decision.home.functions, decision.best.title
(('operations',), 'Operations')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Final

import networkx as nx
import numpy as np
import pandas as pd

from orgmodel.alternatives import Alternative, Alternatives, alternatives
from orgmodel.assumptions import ASSUMPTIONS, DEFAULT_ASSUMPTIONS, Assumptions
from orgmodel.claims import Judged, judged_claims
from orgmodel.criteria import CRITERIA, NAMES
from orgmodel.errors import PlacementError
from orgmodel.explanations import listed, percent
from orgmodel.flip_points import FlipPoints, flip_points
from orgmodel.next_moves import NextMove, next_moves
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.priorities import SobolIndices, dirichlet_about, smaa
from orgmodel.questionnaire import Aims, Answers, Home, aims, home
from orgmodel.ranking import Ranking, at_later_date, candidate_totals, complete, rank
from orgmodel.recommendation import Recommendation, recommendation
from orgmodel.rotation import RotationPlan, rotation_plan
from orgmodel.sweep import Assessment, Survey, survey

_DRAWS: Final = 20_000
_MOST: Final = 20
NO_PLACE: Final = "Everybody in this chart belongs to customer service, so there is nothing to decide."


@dataclass(frozen=True, eq=False)
class Decision:
    """What follows from a chart, a unit, answers and assumptions; what takes time is computed when asked for.

    Attributes
    ----------
    survey : Survey
        The chart and its unit under the assumptions with what follows from the answers put in.
    answers : Answers
    assumptions : Assumptions
        As the user has set them.
    aims : Aims
        What customer service is for, whom it needs, what counts, and why.
    alternatives : Alternatives
        The placements that are compared, and the structures that the chart has no place for.
    now : Ranking
        They ranked by today's assumptions.
    home : Home
        The department that the questionnaire leads to, whatever the chart says.
    """

    survey: Survey
    answers: Answers
    assumptions: Assumptions
    aims: Aims
    alternatives: Alternatives
    now: Ranking
    home: Home

    @property
    def best(self) -> Alternative:
        """The alternative to go for: today's where none is clearly better, else that with the best total."""
        return self.now.alternatives[self.now.recommended]

    @cached_property
    def later(self) -> Ranking:
        """The alternatives ranked at a later date, with more automation."""
        return at_later_date(self.now)

    @cached_property
    def flips(self) -> FlipPoints:
        """What turns the order of the first two, the smallest change first."""
        if len(self.now.order) < 2:  # noqa: PLR2004  # a first and a second
            return FlipPoints((), {})
        first, second = map(int, self.now.order[:2])
        return flip_points(self.now, self.answers, self.assumptions, first, second)

    @cached_property
    def deciders(self) -> SobolIndices | None:
        """What decides by how much the first is better than the second; None where there is only one."""
        if len(self.now.order) < 2:  # noqa: PLR2004  # a first and a second
            return None
        first, second = map(int, self.now.order[:2])
        return self.now.deciders(first, second)

    @cached_property
    def recommendation(self) -> Recommendation:
        """The answer in sentences, with what would turn it."""
        people = self.survey.organization.headcount[self.survey.situation.inside].sum()
        return recommendation(
            self.now,
            [*self._by_hand, *self.survey.notes],
            self.alternatives.missing,
            self.flips,
            self.moves,
            float(people),
        )

    @property
    def _by_hand(self) -> list[str]:
        """What the user has set and no answer says, in a sentence."""
        weights = [
            f"{item.title.lower()} counts {percent(self.aims.importance[item.name])}"
            for item in CRITERIA
            if item.name in self.answers.importance
        ]
        goals = ["how much each goal counts"] if self.answers.goal_weights else []
        changed = self.assumptions.changed()
        assumed = [f"“{info.title}”" for info in ASSUMPTIONS if info.name in changed]
        said = [*weights, *goals, *assumed]
        return [f"Set by hand, so it holds whatever the answers say: {listed(said)}."] if said else []

    @cached_property
    def moves(self) -> tuple[NextMove, ...]:
        """Single changes to the chart as it is that improve the total, the best first."""
        return next_moves(self.survey, self.now)

    @cached_property
    def rotation(self) -> RotationPlan:
        """The goals served one after another, beside staying put."""
        return rotation_plan(self.survey, self.alternatives, self.answers, self.assumptions, self.now)

    def assessment(self, alternative: Alternative) -> Assessment:
        """Return the numbers of one alternative with their evidence."""
        placement = alternative.placement
        return self.survey.current if placement is None else self.survey.assess(placement)

    def claims(self, alternative: Alternative) -> tuple[Judged, ...]:
        """Return what is said of the structure of an alternative, and what this chart says about it."""
        return judged_claims(self.survey, alternative, self.assessment(alternative), self.answers)

    @cached_property
    def possible_bosses(self) -> pd.DataFrame:
        """The twenty best of all heads of functions and managers by how often they are first, indexed by id.

        Columns: ``name``, ``title``, ``function``, ``current``, ``total`` (0 best to 100 worst), ``first``
        (share of the weightings in which no other of them has a better total; those that tie share it)
        and ``first_error`` (its standard error). Importance alone is drawn here, as in
        `Ranking.acceptability`.
        """
        scores, totals = candidate_totals(self.survey, self.now)
        # Where nobody leads anybody yet, anybody may.
        shown = self.survey.table["shown_first"].to_numpy()
        shown = shown if shown.any() else np.ones(len(shown), dtype=np.bool_)
        scores = scores[shown]
        columns = self.survey.table.loc[shown, ["name", "title", "function", "current"]]
        columns = columns.assign(total=totals[shown])
        if not len(columns):
            return columns.assign(first=[], first_error=[])
        weights = dirichlet_about(self.now.weights, _DRAWS, np.random.default_rng(4))
        found = smaa(-complete(scores), weights, top=min(_MOST, len(columns)))
        first = columns.assign(first=found.first, first_error=found.first_error)
        return first.sort_values(["first", "total"], ascending=[False, True], kind="stable").head(_MOST)

    def to_json(self) -> dict[str, Any]:
        """Return all of it as data."""
        return {
            "unit": list(self.survey.unit),
            "answers": self.answers.to_json(),
            "goals": dict(self.aims.goal_weights),
            "purpose": list(self.aims.purpose),
            "needs": dict(self.aims.needs),
            "importance": dict(self.aims.importance),
            "influences": [influence._asdict() for influence in self.aims.influences],
            "questionnaire": {"functions": list(self.home.functions), "reason": self.home.reason},
            "recommendation": {"placement": self.best.key} | asdict(self.recommendation),
            "now": _ranked(self.now),
            "later": _ranked(self.later),
            "not_possible": [missing._asdict() for missing in self.alternatives.missing],
            "claims": [_judged(judged) for judged in self.claims(self.best)],
            "flip_points": [flip._asdict() for flip in self.flips],
            "next_moves": [move.to_json() for move in self.moves],
            "rotation": self.rotation.to_json(),
        }


def decide(
    chart: Organization | nx.Graph[Any],
    unit: str | Sequence[str],
    answers: Answers | None = None,
    assumptions: Assumptions | None = None,
    added: Sequence[Placement] = (),
) -> Decision:
    """Return where customer service should report by somebody's answers, with everything that speaks for it.

    Parameters
    ----------
    chart : Organization or networkx graph
    unit : str or sequence of str
        The node or nodes that are customer service.
    answers : Answers, optional
        Of the questionnaire; without them the assumptions alone count.
    assumptions : Assumptions, optional
        What was set there by hand holds, whatever the answers say.
    added : sequence of Placement
        Placements to compare besides the structures that the chart allows.

    Raises
    ------
    PlacementError
        When everybody belongs to customer service.
    """
    said, assumed = answers or Answers(), assumptions or DEFAULT_ASSUMPTIONS
    wanted = aims(said, assumed)
    return decision_about(survey(chart, unit, wanted.assumptions), said, assumed, added)


def decision_about(
    surveyed: Survey, answers: Answers, assumptions: Assumptions, added: Sequence[Placement] = ()
) -> Decision:
    """Return what `decide` does, of a survey under what follows from answers and assumptions."""
    if surveyed.table.empty:
        raise PlacementError(NO_PLACE)
    found = alternatives(surveyed, added)
    now = rank(surveyed, found.kept, answers, assumptions)
    return Decision(surveyed, answers, assumptions, now.aims, found, now, home(answers))


def _ranked(ranking: Ranking) -> list[dict[str, Any]]:
    """Return the alternatives of a ranking as data, the best first."""
    sure = ranking.acceptability
    return [
        {
            "key": alternative.key,
            "title": alternative.title,
            "describes": alternative.describes,
            "today": alternative.today,
            "total": ranking.totals[row],
            "coverage": ranking.coverage[row],
            "tie_with_the_first": row in ranking.ties,
            "first": sure.first[row],
            "first_error": sure.first_error[row],
            "ranks": sure.rank_acceptability[row].tolist(),
            "confidence": sure.confidence[row],
            "central_weights": dict(zip(NAMES, sure.central_weights[row].tolist(), strict=True)),
            "scores": dict(zip(NAMES, ranking.scores[row].tolist(), strict=True)),
            "values": ranking.values.iloc[row].to_dict(),
        }
        for row, alternative in ((row, ranking.alternatives[row]) for row in ranking.order.tolist())
    ]


def _judged(judged: Judged) -> dict[str, Any]:
    claim = judged.claim
    return {
        "structure": claim.structure,
        "side": claim.side,
        "claim": claim.text,
        "verdict": judged.verdict,
        "number": judged.number,
        "reason": judged.reason,
    }
