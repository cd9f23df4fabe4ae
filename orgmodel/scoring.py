"""The scores of some placements under any assumptions, quickly.

What depends on the chart alone is computed once for all placements together; another set of assumptions then
costs about a millisecond, whatever the size of the chart. The scores are those of `Survey.assess` under these
assumptions, for every placement.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from orgmodel.assumptions import METRICS, Assumptions
from orgmodel.authority import weights_by_level
from orgmodel.context import Context, Desk
from orgmodel.criteria import CRITERIA, NAMES, scores_of
from orgmodel.indicators import INDICATORS
from orgmodel.lines import Floats, Ints
from orgmodel.organization import BUSINESS_FUNCTIONS
from orgmodel.paths import Distances
from orgmodel.placement import Placement
from orgmodel.places import pull_of
from orgmodel.situation import Situation, bosses_of, first_share, unit_length
from orgmodel.sweep import Judged, Survey

#: What a context holds for every place.
_OF_PLACES = (
    *("concentration", "climb", "arbiter_depth", "executive_distance", "boss_attention", "boss_span"),
    *("span_deviation", "reached_functions", "leaving", "staying"),
)


class Scoring:
    """Some placements of one survey (None: the chart as it is), to be scored under any assumptions.

    >>> from orgmodel import Organization, Placement, survey
    >>> org = Organization.from_columns(
    ...     ["ceo", "sales", "ops", "cs"], [None, "ceo", "ceo", "ops"],
    ...     functions=["executive", "sales", "operations", "customer_service"],
    ... )
    >>> found = survey(org, "cs")
    >>> scoring = Scoring(found, [None, Placement.under("sales")])
    >>> scoring.scores(found.assumptions).shape == (2, len(CRITERIA))
    True
    """

    def __init__(self, survey: Survey, placements: Sequence[Placement | None]) -> None:
        self.survey = survey
        self.placements = tuple(placements)
        self._prepared: dict[Hashable, _Prepared] = {}

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """The chart after every placement, under the survey's assumptions."""
        return tuple(self.survey.judged(placement) for placement in self.placements)

    @cached_property
    def values(self) -> pd.DataFrame:
        """The raw values of all indicators under the survey's assumptions, one row for each placement."""
        rows = [after.values for after in self.judged]
        return pd.DataFrame({item.name: [row[item.name] for row in rows] for item in INDICATORS})

    def scores(self, assumptions: Assumptions) -> Floats:
        """Return the scores of all criteria, 0 best to 100 worst; array (A, C), NaN where not defined."""
        key = _key(assumptions)
        if key not in self._prepared:
            same = key == _key(self.survey.assumptions)
            judged = self.judged if same else Scoring(self.survey.varied(assumptions), self.placements).judged
            self._prepared[key] = _prepared(judged)
        return self._prepared[key].scores(assumptions)


def _key(assumptions: Assumptions) -> Hashable:
    """Return what decides which ways are measured and whose measures count: the rest needs no chart."""
    return (
        tuple(assumptions.needs_rescaled),
        tuple(assumptions.owners.items()),
        tuple(assumptions.lengths.items()),
        tuple(assumptions.metric_vectors),
        assumptions.agents,
        (assumptions.span_least, assumptions.span_most, assumptions.service_span_most),
    )


class _Measuring(NamedTuple):
    """Whose measures reach each place: shares of the bosses (K, B), and what is above each boss.

    ``above`` is an array (B, levels, functions): with what weight the vector of each function counts, k lines
    of authority above the boss (see `orgmodel.authority.weights_by_level`).
    """

    shares: Floats
    above: Floats


@dataclass(frozen=True, eq=False)
class _Block:
    """Places with the same needs outside customer service, in one context; each has its own desk."""

    places: Ints
    context: Context
    agents: Ints
    measuring: _Measuring

    def under(self, assumptions: Assumptions) -> Context:
        """Return the context of these places under other assumptions."""
        shares, above = self.measuring
        composition = np.einsum("l,blf->bf", assumptions.delta ** np.arange(above.shape[1]), above)
        vectors = np.zeros((len(BUSINESS_FUNCTIONS), len(METRICS)))
        for function, vector in assumptions.metric_vectors.items():
            vectors[BUSINESS_FUNCTIONS.index(function)] = vector
        weight = composition.sum(axis=1)
        graded = composition @ vectors / np.where(weight > 0, weight, 1.0)[:, None]
        measures = shares @ graded
        busy = assumptions.utilisation * (1.0 - assumptions.automation)
        return replace(
            self.context,
            assumptions=assumptions,
            weights=np.array(list(assumptions.needs_rescaled.values())),
            measured_by=unit_length(measures),
            revenue_weight=first_share(measures),
            value=unit_length(np.array(assumptions.value_vector)),
            common_pull=pull_of(lambda of: np.asarray(shares @ of), graded),
            desk=Desk(self.agents, busy * self.agents),  # type: ignore[arg-type]  # one desk for each place
        )


@dataclass(frozen=True, eq=False)
class _Prepared:
    """All places of all placements: every placement has one for each part of the unit that has people."""

    blocks: tuple[_Block, ...]
    weights: Floats
    starts: Ints

    def scores(self, assumptions: Assumptions) -> Floats:
        """Return the scores under assumptions that this was prepared for; array (A, C)."""
        values = np.empty((len(self.weights), len(CRITERIA)))
        for block in self.blocks:
            context = block.under(assumptions)
            for column, criterion in enumerate(CRITERIA):
                values[block.places, column] = criterion.indicator.function(context)
        means = np.add.reduceat(self.weights[:, None] * values, self.starts, axis=0)
        return scores_of(dict(zip(NAMES, means.T, strict=True)))


def _prepared(judged: Sequence[Judged]) -> _Prepared:
    contexts: list[Context] = []
    bosses: list[tuple[Situation, dict[int, float]]] = []
    weights: list[float] = []
    starts: list[int] = []
    for after in judged:
        situation = after.situation
        starts.append(len(contexts))
        parts = zip(
            after.parts, situation.heads, situation.part_weights.tolist(), after.contexts, strict=True
        )
        for chart, head, weight, context in parts:
            if weight > 0:
                contexts.append(context)
                bosses.append((situation, bosses_of(chart, head)))
                weights.append(weight)
    alike: dict[Hashable, list[int]] = {}
    for place, context in enumerate(contexts):
        key = context.present.tobytes(), context.inside.tobytes()
        alike.setdefault(key, []).append(place)
    blocks = [
        _Block(
            np.array(places),
            _together([contexts[place] for place in places]),
            np.array([contexts[place].desk.agents for place in places]),
            _measuring([bosses[place] for place in places]),
        )
        for places in alike.values()
    ]
    return _Prepared(tuple(blocks), np.array(weights), np.array(starts))


def _together(contexts: Sequence[Context]) -> Context:
    """Return several contexts as one, with all their places."""
    steps = Distances.of(np.concatenate([context.steps.values for context in contexts], axis=1))
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(context, name) for context in contexts]) for name in _OF_PLACES
    }
    # No criterion is about days, nor about the content that is kept.
    return replace(contexts[0], steps=steps, days=steps, losses=None, **joined)


def _measuring(bosses: Sequence[tuple[Situation, dict[int, float]]]) -> _Measuring:
    """Return whose measures reach some places, each with its situation and the shares of its bosses."""
    situations = list({id(situation): situation for situation, _ in bosses}.values())
    column: dict[tuple[int, int], int] = {}
    parts: list[Floats] = []
    for situation in situations:
        rows = sorted({row for other, shares in bosses if other is situation for row in shares})
        for row in rows:
            column[id(situation), row] = len(column)
        parts.append(_above(situation, np.array(rows, dtype=np.int64)))
    levels = max(part.shape[1] for part in parts)
    above = np.concatenate([np.pad(part, ((0, 0), (0, levels - part.shape[1]), (0, 0))) for part in parts])
    shares = np.zeros((len(bosses), len(above)))
    for place, (situation, of_bosses) in enumerate(bosses):
        for row, share in of_bosses.items():
            shares[place, column[id(situation), row]] = share
    return _Measuring(shares, above)


def _above(situation: Situation, rows: Ints) -> Floats:
    """Return with what weight each function counts above some rows; array (R, levels, functions)."""
    _, has_vector = situation.metric_vectors
    known = np.flatnonzero(has_vector)
    functions = sparse.csr_array(
        (np.ones(len(known)), (known, situation.function_codes[known])),
        shape=(len(has_vector), len(BUSINESS_FUNCTIONS)),
    )
    levels = [(level @ functions).toarray() for level in weights_by_level(situation.authority, rows)]
    if not levels:
        return np.zeros((len(rows), 1, len(BUSINESS_FUNCTIONS)))
    return np.stack(levels, axis=1)
