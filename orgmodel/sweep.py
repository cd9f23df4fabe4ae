"""Every possible parent of customer service at once, and one placement with its evidence.

>>> from orgmodel import Organization, Placement, assess, sweep
>>> org = Organization.from_columns(
...     ["ceo", "sales", "ops", "cs"], [None, "ceo", "ceo", "ops"],
...     functions=["executive", "sales", "operations", "customer_service"],
... )
>>> sweep(org, "cs")["feedback_path_length"].round(2).to_dict()
{'ceo': 2.0, 'sales': 2.14, 'ops': 1.86}
>>> round(assess(org, "cs", Placement.under("sales")).values["feedback_path_length"], 2)
2.14
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import networkx as nx
import numpy as np
import pandas as pd

from orgmodel.assumptions import DEFAULT_ASSUMPTIONS, Assumptions
from orgmodel.context import Context
from orgmodel.errors import PlacementError
from orgmodel.evidence import Evidence, evidence
from orgmodel.explanations import notes, sentences
from orgmodel.indicators import INDICATORS
from orgmodel.indicators.silo import out_of_reach
from orgmodel.lines import Bools, Floats, Texts, frozen_texts
from orgmodel.organization import BUSINESS_FUNCTIONS, Organization, as_organization
from orgmodel.placement import Placed, Placement, apply, place
from orgmodel.queues import SplitLoss, split_loss
from orgmodel.situation import Situation
from orgmodel.uncertainty import Swings, Variation, variations

_REACHES: Final = (1, 2, 3)


@dataclass(frozen=True, eq=False)
class Assessment:
    """One placement: values by indicator name, scores (0 best, 100 worst), evidence, and the chart after it.

    ``placement`` is None for the chart as it is. ``silo_risk_by_reach`` is the silo risk if customer service
    reached so many steps. Where the unit has several nodes, the values are their
    mean weighted by headcount; ``parts`` has those of each node by id, ``split`` what customers wait in one
    pool and in separate ones (None for one node), and ``evidence`` has one entry for each, the largest first.
    ``sentences`` begin with ``done``: what the placement made, dealt and dissolved.
    """

    organization: Organization
    placement: Placement | None
    values: Mapping[str, float]
    scores: Mapping[str, float]
    undefined: Mapping[str, str]
    silo_risk_by_reach: Mapping[int, float]
    parts: Mapping[str, Mapping[str, float]]
    split: SplitLoss | None
    evidence: tuple[Evidence, ...]
    sentences: tuple[str, ...]
    done: tuple[str, ...] = ()


class Survey:
    """A chart, its customer service unit and the assumptions: everything a page asks for.

    ``absent`` are functions that count as absent, whatever the chart has.

    >>> org = Organization.from_columns(
    ...     ["ceo", "ops", "cs"], [None, "ceo", "ceo"],
    ...     functions=["executive", "operations", "customer_service"],
    ... )
    >>> survey = Survey(org, ["cs"])
    >>> survey.current.values["silo_risk"], survey.coverage
    (0.0, 0.4)

    """

    def __init__(
        self,
        organization: Organization,
        unit: Sequence[str],
        assumptions: Assumptions = DEFAULT_ASSUMPTIONS,
        absent: Collection[str] = (),
    ) -> None:
        self.organization = organization
        self.assumptions = assumptions
        self.situation = Situation(organization, unit, assumptions, absent)
        self.unit: tuple[str, ...] = tuple(str(organization.ids[row]) for row in self.situation.heads)

    def varied(self, assumptions: Assumptions) -> Survey:
        """Return the survey under other assumptions; what they do not touch is not computed again."""
        other = Survey(self.organization, self.unit, assumptions)
        other.situation = self.situation.varied(assumptions)
        return other

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per candidate parent, indexed by id; the columns are listed at `sweep`."""
        situation, organization = self.situation, self.organization
        contexts = [situation.candidate_context(head) for head in situation.heads]
        rows = situation.candidates
        values = _values(contexts, situation.part_weights)
        managed = organization.manager[situation.heads]
        reports = organization.span_of_control - np.bincount(
            managed[managed >= 0], minlength=len(organization)
        )
        heads = [row for name, row in situation.heads_of_functions.items() if name != "other"]
        is_head = np.isin(rows, heads)
        return pd.DataFrame(
            {
                "name": _texts(organization.labels[rows]),
                "title": _texts(organization.titles[rows]),
                "function": _texts(situation.business_functions[rows]),
                "direct_reports": reports[rows],
                "current": np.isin(rows, managed),
                **values,
                "shown_first": is_head | (reports[rows] > 0),
                "unreachable": _unreachable(contexts),
                "undefined": _undefined(values),
            },
            index=pd.Index(organization.ids[rows], name="id", dtype=object),
            copy=False,
        )

    @cached_property
    def owners(self) -> dict[str, tuple[str, ...]]:
        """Ids of the decision owners of every needed function that has some."""
        ids = self.organization.ids
        return {
            function: tuple(str(ids[row]) for row in rows) for function, rows in self.situation.owners.items()
        }

    @cached_property
    def coverage(self) -> float:
        """Share of the needs whose function the chart has."""
        return self.situation.coverage

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What was assumed, left out or rescaled, in sentences."""
        return notes(self.situation)

    @cached_property
    def current(self) -> Assessment:
        """The chart as it is."""
        return self._assessment(None)

    def assess(self, placement: Placement) -> Assessment:
        """Return the values, scores and evidence of one placement.

        Where the unit has several nodes, each is judged by itself with the others where they are today,
        as in the sweep, so that the two agree; the chart after the move has all of them moved. Placements
        that change what customer service consists of (a split, a provider, a department, a merger) are
        judged on the chart after the change, with the decision owners of the chart as it is.
        """
        return self._assessment(placement)

    def swings(self, placements: Sequence[Placement | None]) -> Swings:
        """Return all indicators of some placements (None: today) with every assumption moved by a fifth.

        Column k of the result is that of ``placements[k]``.
        """
        judged = [self.judged(placement) for placement in placements]
        varied = self._variations([self.situation, *(after.situation for after in judged)])
        rows = [
            [_values(after.contexts, after.situation.part_weights) for after in judged],
            *(
                [
                    _values(after.varied(variation.assumptions), after.situation.part_weights)
                    for after in judged
                ]
                for variation in varied
            ),
        ]
        return Swings(
            tuple(varied),
            {
                item.name: np.array([[values[item.name][0] for values in row] for row in rows])
                for item in INDICATORS
            },
        )

    def candidate_swings(self, candidates: Sequence[str]) -> Swings:
        """Return all indicators of some candidate parents with every assumption moved by a fifth.

        Column k of the result is that of ``candidates[k]``.
        """
        situation, varied = self.situation, self._variations([self.situation])
        rows = np.array([self.organization.row(node) for node in candidates], dtype=np.int64)
        if len(outside := np.setdiff1d(rows, situation.candidates)):
            message = f'"{self.organization.label(int(outside[0]))}" cannot be the boss of customer service.'
            raise PlacementError(message)
        assumed = [situation.candidate_context(head, rows) for head in situation.heads]
        values = [_values(assumed, situation.part_weights)]
        for variation in varied:
            other = situation.varied(variation.assumptions)
            contexts = [
                other.candidate_context(head, rows, like)
                for head, like in zip(other.heads, assumed, strict=True)
            ]
            values.append(_values(contexts, situation.part_weights))
        return Swings(
            tuple(varied),
            {item.name: np.array([row[item.name] for row in values]) for item in INDICATORS},
        )

    def _variations(self, situations: Iterable[Situation]) -> list[Variation]:
        # A placement may bring in a function of its own: a provider, executives who take the parts.
        functions = (situation.business_functions for situation in situations)
        return variations(self.assumptions, list(dict.fromkeys(itertools.chain.from_iterable(functions))))

    def judged(self, placement: Placement | None) -> Judged:
        """Return the chart after a placement (None: as it is), and where each part of the unit is judged."""
        if placement is None:
            return Judged(self, self.organization, [self.organization] * len(self.unit))
        functions = self.situation.business_functions
        assumed: tuple[str, ...] = ()
        if placement.kind == "split":
            functions, assumed = self._with_heads_of_parts([boss for boss, _ in placement.bosses])
        placed = place(self.organization, self.unit, placement, functions=functions)
        if placement.kind not in {"under", "shared"}:
            return self._after(replace(placed, sentences=(*placed.sentences, *assumed)))
        parts = [placed.organization]
        if len(self.unit) > 1:
            parts = [apply(self.organization, node, placement) for node in self.unit]
        return Judged(self, placed.organization, parts, placed.sentences)

    def _with_heads_of_parts(self, bosses: Sequence[str]) -> tuple[Texts, tuple[str, ...]]:
        """Return the functions; heads of regions and teams are executives where they are nothing else."""
        functions = self.situation.business_functions.copy()
        rows = [self.organization.row(boss) for boss in bosses]
        unknown = [row for row in rows if functions[row] in {"", "other"}]
        functions[unknown] = "executive"
        return functions, tuple(
            f'"{self.organization.label(row)}" is taken to be measured as an executive is.' for row in unknown
        )

    def _after(self, placed: Placed) -> Judged:
        """Return how a chart is judged that a placement has changed: as it stands, with the old owners."""
        remaining = placed.organization.row_of
        owners = {}
        for function in BUSINESS_FUNCTIONS:
            rows = self.situation.owners_of(function)
            ids = [str(self.organization.ids[row]) for row in rows]
            # An owner inside the unit stays inside, also where the old post is dissolved.
            owners[function] = [node for node in ids if node in remaining] or list(placed.unit[: len(ids)])
        for function in itertools.compress(self.situation.functions, self.situation.met_inside):
            owners[function] = list(dict.fromkeys([placed.unit[0], *owners[function]]))
        changed = {**self.assumptions.changed(), "owners": owners}
        absent = itertools.compress(self.situation.functions, ~self.situation.present)
        after = Survey(placed.organization, placed.unit, Assumptions.from_mapping(changed), list(absent))
        return Judged(after, placed.organization, [placed.organization] * len(after.unit), placed.sentences)

    def _assessment(self, placement: Placement | None) -> Assessment:
        judged = self.judged(placement)
        situation, unit = judged.situation, judged.survey.unit
        contexts = judged.contexts
        single = [_of_part(context) for context in contexts]
        columns = _means(single, situation.part_weights)
        found = [
            evidence(situation, part, head, context)
            for part, head, context in zip(judged.parts, situation.heads, contexts, strict=True)
        ]
        found.sort(key=lambda part: -part.share_of_unit)
        values = {name: float(column[0]) for name, column in columns.items()}
        return Assessment(
            organization=judged.organization,
            placement=placement,
            values=values,
            scores={
                item.name: float(item.score(columns[item.name])[0])
                for item in INDICATORS
                if item.score is not None
            },
            undefined=_undefined(columns)[0],
            silo_risk_by_reach={
                reach: float(
                    _mean([out_of_reach(context, reach) for context in contexts], situation.part_weights)[0]
                )
                for reach in _REACHES
            },
            parts={
                node: {name: float(column[0]) for name, column in part.items()}
                for node, part in zip(unit, single, strict=True)
            },
            split=_split(contexts),
            evidence=tuple(found),
            sentences=(*judged.sentences, *sentences(situation, judged.organization, values, found)),
            done=judged.sentences,
        )


@dataclass(frozen=True, eq=False)
class Judged:
    """A chart after a placement, and the chart on which each part of the unit is judged."""

    survey: Survey
    organization: Organization
    parts: Sequence[Organization]
    sentences: tuple[str, ...] = ()

    @property
    def situation(self) -> Situation:
        """What is known about the chart on which it is judged."""
        return self.survey.situation

    @cached_property
    def contexts(self) -> list[Context]:
        """The context of every part."""
        return list(map(self.situation.placed_context, self.parts, self.situation.heads))

    @property
    def values(self) -> dict[str, float]:
        """The value of every indicator: the mean over the parts, by headcount."""
        values = _values(self.contexts, self.situation.part_weights)
        return {name: float(column[0]) for name, column in values.items()}

    def varied(self, assumptions: Assumptions) -> list[Context]:
        """Return the context of every part under other assumptions; the decision owners stay."""
        owners = self.situation.assumptions.owners
        situation = self.situation.varied(assumptions.replaced(owners=owners))
        return list(map(situation.placed_context, self.parts, situation.heads, self.contexts))


def survey(
    chart: Organization | nx.Graph[Any], unit: str | Sequence[str], assumptions: Assumptions | None = None
) -> Survey:
    """Return the survey of a chart (an `Organization` or a networkx graph) and a unit (one id or several)."""
    nodes = [unit] if isinstance(unit, str) else list(unit)
    return Survey(as_organization(chart), nodes, assumptions or DEFAULT_ASSUMPTIONS)


def sweep(
    chart: Organization | nx.Graph[Any], unit: str | Sequence[str], assumptions: Assumptions | None = None
) -> pd.DataFrame:
    """Return all indicators for every candidate parent: one row each, indexed by id, in chart order.

    Columns: ``name``, ``title``, ``function``, ``direct_reports`` (without customer service), ``current``
    (is it the boss today), one column per indicator of `orgmodel.indicators.INDICATORS`, ``shown_first``
    (head of a function other than ``other``, or has reports), ``unreachable`` (functions no line leads to)
    and ``undefined`` (name of an indicator that is NaN -> why).
    """
    return survey(chart, unit, assumptions).table


def assess(
    chart: Organization | nx.Graph[Any],
    unit: str | Sequence[str],
    placement: Placement,
    assumptions: Assumptions | None = None,
) -> Assessment:
    """Return the values, scores and evidence of one placement."""
    return survey(chart, unit, assumptions).assess(placement)


def _values(contexts: Sequence[Context], part_weights: Floats) -> dict[str, Floats]:
    """Return every indicator for all placements: the mean over the parts of the unit, by headcount."""
    return _means([_of_part(context) for context in contexts], part_weights)


def _of_part(context: Context) -> dict[str, Floats]:
    """Return every indicator of one part of the unit for all placements."""
    return {item.name: item.function(context) for item in INDICATORS}


def _means(parts: Sequence[Mapping[str, Floats]], part_weights: Floats) -> dict[str, Floats]:
    """Return the mean of every indicator over the parts of the unit, by headcount."""
    return {item.name: _mean([part[item.name] for part in parts], part_weights) for item in INDICATORS}


def _split(contexts: Sequence[Context]) -> SplitLoss | None:
    """Return what it costs that the parts answer customers separately, selling not counted."""
    desks, assumptions = [context.desk for context in contexts], contexts[0].assumptions
    load = math.fsum(desk.load for desk in desks)
    if len(desks) == 1 or load == 0:
        return None
    return split_loss(
        [desk.agents for desk in desks],
        [desk.load / load for desk in desks],
        load / assumptions.service_time,
        assumptions.service_time,
        assumptions.patience or None,
    )


def _mean(parts: Sequence[Floats], weights: Floats) -> Floats:
    """Return the mean over the parts by their weights; what weighs nothing does not count."""
    weighed = (weight * part for weight, part in zip(weights.tolist(), parts, strict=True) if weight > 0)
    return np.asarray(sum(weighed))


def _texts(column: Texts) -> pd.Index[str]:
    """Return a column that pandas leaves as it is: it would copy every text."""
    return pd.Index(column, dtype=object)


def _unreachable(contexts: Sequence[Context]) -> Texts:
    """Return for every placement the functions that some part of the unit cannot reach."""
    functions = contexts[0].functions
    cut_off = np.logical_or.reduce([context.unreachable for context in contexts])
    return _by_pattern(cut_off, lambda marks: [functions[index] for index in np.flatnonzero(marks)])


def _undefined(values: Mapping[str, Floats]) -> Texts:
    """Return for every placement the indicators that are NaN, each with the reason."""
    missing = np.array([np.isnan(values[item.name]) for item in INDICATORS])
    return _by_pattern(
        missing,
        lambda marks: {
            INDICATORS[index].name: INDICATORS[index].undefined for index in np.flatnonzero(marks)
        },
    )


def _by_pattern(marks: Bools, make: Callable[[Bools], object]) -> Texts:
    """Return one object per column of some marks, made once for all columns that are marked alike."""
    marked = np.zeros(marks.shape[1], dtype=np.int64)
    for index, row in enumerate(marks):
        marked |= row.astype(np.int64) << index
    codes, patterns = pd.factorize(marked)
    powers = 1 << np.arange(len(marks), dtype=np.int64)
    made = frozen_texts(make((powers & pattern) > 0) for pattern in patterns)
    return np.asarray(made[codes])
