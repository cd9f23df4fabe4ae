"""Placements side by side under somebody's aims: which is the best, how sure that is, and what decides it.

The total of a placement is the mean of its scores (0 best, 100 worst) by the importance of the criteria. What
cannot be told for one placement but can be for another counts as the worst score there, so that nothing wins
by a missing number; what can be told for none is left out for all. Scores are absolute: a placement's total
does not hang on which others are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from orgmodel.alternatives import Alternative
from orgmodel.assumptions import METRICS, Assumptions
from orgmodel.criteria import CRITERIA, NAMES, scores_of
from orgmodel.lines import Bools, Floats, Ints
from orgmodel.priorities import Acceptability, SobolIndices, dirichlet_about, smaa, sobol_indices
from orgmodel.questionnaire import GOAL_NAMES, Aims, Answers, aims, goal_weight_draws, mixtures
from orgmodel.scoring import Scoring
from orgmodel.sweep import Survey
from orgmodel.uncertainty import TITLES, Number, numbers_of, variations, with_numbers

#: Every number of the assumptions is drawn from its value, up to half as large again or half as small.
SPREAD: Final = 0.5
DRAWS: Final = 100_000
SCENARIOS: Final = 500
#: The score that counts where a number cannot be told.
WORST: Final = 100.0
_TOLERANCE: Final = 1e-9
_POOL: Final = 4096
#: Rows of the design for Sobol indices, for each group and two more; a power of two.
_SOBOL_SIZE: Final = 256
#: What a screen calls the inputs that are no assumptions.
GOALS_TITLE: Final = "Which goals come first"
IMPORTANCE_TITLE: Final = "What counts how much"


@dataclass(frozen=True, eq=False)
class Ranking:
    """Some alternatives ranked under somebody's aims.

    Attributes
    ----------
    alternatives : tuple of Alternative
        A of them.
    scoring : Scoring
        Their scores under any assumptions.
    answers : Answers
    assumptions : Assumptions
        As the user has set them; what follows from the answers is not put in yet.
    aims : Aims
        What follows from both; its assumptions are those of the date that is looked at.
    later : bool
        Whether that date is the later one, with more automation.
    scores : array (A, C)
        0 best to 100 worst, in the order of `orgmodel.criteria.CRITERIA`; NaN where it cannot be told.
    """

    alternatives: tuple[Alternative, ...]
    scoring: Scoring
    answers: Answers
    assumptions: Assumptions
    aims: Aims
    later: bool
    scores: Floats

    @cached_property
    def counted(self) -> Bools:
        """Criteria that can be told for at least one alternative; array (C,)."""
        return np.asarray(~np.isnan(self.scores).all(axis=0))

    @cached_property
    def weights(self) -> Floats:
        """Importance of the criteria that count; the others have 0; array (C,)."""
        return counted_weights(self.aims, self.counted)

    @cached_property
    def coverage(self) -> Floats:
        """Share of the weights whose number can be told; array (A,)."""
        return np.asarray(~np.isnan(self.scores) @ self.weights)

    @cached_property
    def totals(self) -> Floats:
        """Total of every alternative, 0 best to 100 worst; array (A,)."""
        return totals(self.scores, self.weights)

    @cached_property
    def order(self) -> Ints:
        """The alternatives, best total first; of equal ones today's, then the first listed."""
        moves = np.array([not alternative.today for alternative in self.alternatives])
        return np.lexsort((moves, self.totals.round(9)))

    @cached_property
    def values(self) -> pd.DataFrame:
        """Raw values of all indicators, one row for each alternative."""
        survey = self.scoring.survey
        scoring = self.scoring
        if self.aims.assumptions != survey.assumptions:
            scoring = Scoring(survey.varied(self.aims.assumptions), scoring.placements)
        return scoring.values

    @cached_property
    def unknown(self) -> tuple[int, ...]:
        """Alternatives that would be no worse than the first if all that cannot be told of them were good."""
        best = self.order[0]
        hoped = np.where(np.isnan(self.scores), 0.0, self.scores) @ self.weights
        ahead = np.asarray((hoped <= self.totals[best] + _TOLERANCE) & (self.coverage < 1.0 - _TOLERANCE))
        return tuple(int(row) for row in self.order[1:] if ahead[row])

    @cached_property
    def ties(self) -> tuple[int, ...]:
        """Alternatives that cannot be told apart from the first.

        They are no worse when one assumption is a fifth larger or smaller, or they are ``unknown``: a first
        place that rests on numbers the others lack is none.
        """
        functions = functions_of(self.scoring.survey)
        best = self.order[0]
        moved = np.array(
            [self.totals]
            + [
                totals(self.scoring.scores(variation.assumptions), self.weights)
                for variation in variations(self.aims.assumptions, functions)
                if variation.name in COUNTING
            ]
        )
        behind = moved - moved[:, [best]]
        near = np.asarray((behind <= _TOLERANCE).any(axis=0))
        return tuple(int(row) for row in self.order[1:] if near[row] or int(row) in self.unknown)

    @property
    def recommended(self) -> int:
        """The alternative to go for: today's where no other is clearly better (`ties`), else the first."""
        first = int(self.order[0])
        return next((row for row in (first, *self.ties) if self.alternatives[row].today), first)

    @cached_property
    def acceptability(self) -> Acceptability:
        """In how many of the weightings each alternative is first, second, ...: SMAA-2.

        Goals, needs, purpose and all assumptions are drawn `SCENARIOS` times; in each of these the importance
        of the criteria is drawn from a Dirichlet distribution about what follows from the goals, as spread as
        it is over all weightings where nothing is known.
        """
        rng = np.random.default_rng(1)
        inputs = self._inputs
        # Strata: every input takes each of its parts once.
        strata = rng.permuted(np.tile(np.arange(SCENARIOS), (len(inputs), 1)), axis=1).T
        scenarios = self._scenarios((strata + rng.random(strata.shape)) / SCENARIOS)
        weights = dirichlet_about(scenarios.importances, DRAWS, rng)
        return smaa(-complete(scenarios.scores), weights)

    def deciders(self, first: int, second: int) -> SobolIndices:
        """Return what decides by how much one alternative is better than another: Sobol indices by title.

        The variance of the difference of their totals is dealt to the goals, to the importance of the
        criteria and to each assumption, all of which vary as in `acceptability`.
        """
        groups: dict[str, int] = {}
        for title, _number in self._inputs:
            groups[title] = groups.get(title, 0) + 1
        gap = totals(self.scores, np.diag(self.counted.astype(np.float64)))
        gap = gap[second] - gap[first]
        pool = dirichlet_about(self.weights, _POOL, np.random.default_rng(2))
        # In the order of what they make of the difference: the indices of a rising function are exact sooner.
        pool = pool[np.argsort(pool @ gap, kind="stable")]
        usual = np.where(self.weights > 0, self.weights, 1.0)

        def difference(rows: Floats) -> Floats:
            scenarios = self._scenarios(rows[:, :-1])
            drawn = pool[_places(rows[:, -1])] * scenarios.importances / usual
            drawn /= drawn.sum(axis=1, keepdims=True)
            told = complete(scenarios.scores)
            return np.asarray(((told[:, second] - told[:, first]) * drawn).sum(axis=1))

        return sobol_indices(difference, {**groups, IMPORTANCE_TITLE: 1}, _SOBOL_SIZE, seed=1)

    @cached_property
    def _inputs(self) -> list[tuple[str, Number | None]]:
        """What is uncertain, by the title of its group: the goals, then every number a criterion rests on."""
        numbers = numbers_of(self._with_every_need, functions_of(self.scoring.survey))
        found = [
            (TITLES[number.name], number) for number in numbers if number.name in COUNTING and number.value
        ]
        return [(GOALS_TITLE, None), *found]

    @cached_property
    def _with_every_need(self) -> Assumptions:
        """The assumptions with every function in the needs: one may be needed under some goals only."""
        needed = mixtures(np.eye(len(GOAL_NAMES)), self.answers, self.assumptions).functions
        assumed = self.aims.assumptions
        return assumed.replaced(needs=dict.fromkeys([*needed, *assumed.needs], 1.0))

    def _scenarios(self, rows: Floats) -> _Scenarios:
        """Return what holds at some points of the unit cube, one coordinate for each input."""
        pool = goal_weight_draws(self.answers, _POOL, np.random.default_rng(3))
        mixed = mixtures(pool[_places(rows[:, 0])], self.answers, self.assumptions)
        factors = 1.0 + SPREAD * _triangular(rows[:, 1:])
        numbers = [number for _, number in self._inputs if number is not None]
        importances = np.where(self.counted, mixed.importances, 0.0)
        # Where only what weighs nothing can be told, all of that counts alike.
        importances[importances.sum(axis=1) == 0] = self.weights
        scores = np.empty((len(rows), *self.scores.shape))
        for row, factor in enumerate(factors.tolist()):
            base = dict(zip(METRICS, mixed.purposes[row].tolist(), strict=True))
            needs = dict(zip(mixed.functions, mixed.needs[row].tolist(), strict=True))
            if self.later:
                needs = later_needs(needs, self.assumptions)
            moved = []
            for number, times in zip(numbers, factor, strict=True):
                value = number.value
                if number.name == "needs":
                    value = needs.get(number.key, 0.0)
                elif number.name == "value_vector":
                    value = base[number.metric]
                moved.append((number, min(max(times * value, number.low), number.high)))
            scores[row] = self.scoring.scores(with_numbers(self._with_every_need, moved))
        return _Scenarios(scores, importances / importances.sum(axis=1, keepdims=True))


class _Scenarios(NamedTuple):
    """Scores (M, A, C) and the importance of the criteria (M, C) in M states of the world."""

    scores: Floats
    importances: Floats


def rank(
    survey: Survey,
    alternatives: Sequence[Alternative],
    answers: Answers,
    assumptions: Assumptions,
    *,
    later: bool = False,
) -> Ranking:
    """Return the alternatives ranked under what follows from answers and assumptions, today or later.

    ``survey`` is under the assumptions with what follows from the answers put in (`Aims.assumptions`).
    """
    scoring = Scoring(survey, [alternative.placement for alternative in alternatives])
    return _ranked(scoring, tuple(alternatives), answers, assumptions, later=later)


def at_later_date(ranking: Ranking) -> Ranking:
    """Return the same alternatives ranked at the later date, with more automation."""
    return _ranked(ranking.scoring, ranking.alternatives, ranking.answers, ranking.assumptions, later=True)


def _ranked(
    scoring: Scoring,
    alternatives: tuple[Alternative, ...],
    answers: Answers,
    assumptions: Assumptions,
    *,
    later: bool,
) -> Ranking:
    wanted = aims(answers, assumptions)
    if later:
        wanted = replace(wanted, assumptions=later_assumptions(wanted.assumptions))
    scores = scoring.scores(wanted.assumptions)
    return Ranking(alternatives, scoring, answers, assumptions, wanted, later, scores)


def later_assumptions(assumptions: Assumptions) -> Assumptions:
    """Return the assumptions at the later date: software answers more contacts, people the hard ones."""
    return assumptions.replaced(
        automation=max(assumptions.automation, assumptions.later_automation),
        service_time=assumptions.later_service_time,
        needs=later_needs(assumptions.needs_rescaled, assumptions),
    )


def later_needs(needs: Mapping[str, float], assumptions: Assumptions) -> dict[str, float]:
    """Return the needs at the later date, when IT is needed more."""
    return {**needs, "it": needs.get("it", 0.0) + assumptions.later_it_need}


def counted_weights(wanted: Aims, counted: Bools) -> Floats:
    """Return the importance of the criteria that count, rescaled to a sum of 1; the others have 0."""
    weights = np.where(counted, [wanted.importance[name] for name in NAMES], 0.0)
    total = weights.sum()
    # Where only what weighs nothing can be told, all of that counts alike.
    return np.asarray(weights / total if total > 0 else counted / max(1, counted.sum()))


def totals(scores: Floats, weights: Floats) -> Floats:
    """Return the totals of rows of scores; what cannot be told counts as the worst."""
    return np.asarray(complete(scores) @ weights)


def candidate_totals(survey: Survey, ranking: Ranking) -> tuple[Floats, Floats]:
    """Return scores (K, C) and totals (K,) of all candidate parents of a survey by a ranking's rules."""
    scores = scores_of({name: survey.table[name].to_numpy() for name in NAMES})
    return scores, totals(scores, ranking.weights)


def complete(scores: Floats) -> Floats:
    """Return scores with the worst one where it cannot be told."""
    return np.where(np.isnan(scores), WORST, scores)


def _places(shares: Floats) -> Ints:
    return np.minimum((shares * _POOL).astype(np.int64), _POOL - 1)


def _triangular(shares: Floats) -> Floats:
    """Return the quantiles of the triangular distribution from -1 to 1 with its peak at 0."""
    lower = np.sqrt(2.0 * shares) - 1.0
    return np.where(shares < 0.5, lower, 1.0 - np.sqrt(2.0 * np.maximum(0.0, 1.0 - shares)))  # noqa: PLR2004


def functions_of(survey: Survey) -> list[str]:
    """Return the functions of the chart, and those a placement can bring in."""
    return list(
        dict.fromkeys([*survey.situation.business_functions, "provider", "customer_service", "executive"])
    )


#: Names of the assumptions that criteria rest on.
COUNTING: Final = frozenset(name for item in CRITERIA for name in item.indicator.assumptions)
