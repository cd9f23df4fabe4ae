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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import networkx as nx
import numpy as np
import pandas as pd

from orgmodel.assumptions import DEFAULT_ASSUMPTIONS, Assumptions
from orgmodel.context import Context, Situation
from orgmodel.evidence import Evidence, evidence
from orgmodel.explanations import notes, sentences
from orgmodel.indicators import INDICATORS
from orgmodel.indicators.silo import out_of_reach
from orgmodel.lines import Floats, Texts, frozen_texts
from orgmodel.organization import Organization, as_organization
from orgmodel.placement import Placement, apply

_REACHES: Final = (1, 2, 3)


@dataclass(frozen=True, eq=False)
class Assessment:
    """One placement: values by indicator name, scores (0 best, 100 worst), evidence, and the chart after it.

    ``placement`` is None for the chart as it is. ``silo_risk_by_reach`` is the silo risk if customer service
    reached so many steps. Where the unit has several nodes, the values are their
    mean weighted by headcount, and ``evidence`` has one entry for each, the largest first.
    """

    organization: Organization
    placement: Placement | None
    values: Mapping[str, float]
    scores: Mapping[str, float]
    undefined: Mapping[str, str]
    silo_risk_by_reach: Mapping[int, float]
    evidence: tuple[Evidence, ...]
    sentences: tuple[str, ...]


class Survey:
    """A chart, its customer service unit and the assumptions: everything a page asks for.

    >>> org = Organization.from_columns(
    ...     ["ceo", "ops", "cs"], [None, "ceo", "ceo"],
    ...     functions=["executive", "operations", "customer_service"],
    ... )
    >>> survey = Survey(org, ["cs"])
    >>> survey.current.values["silo_risk"], survey.coverage
    (0.0, 0.4)

    """

    def __init__(
        self, organization: Organization, unit: Sequence[str], assumptions: Assumptions = DEFAULT_ASSUMPTIONS
    ) -> None:
        self.organization = organization
        self.assumptions = assumptions
        self.situation = Situation(organization, unit, assumptions)
        self.unit: tuple[str, ...] = tuple(str(organization.ids[row]) for row in self.situation.heads)

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
                "name": [organization.label(row) for row in rows],
                "title": organization.titles[rows],
                "function": situation.business_functions[rows],
                "direct_reports": reports[rows],
                "current": np.isin(rows, managed),
                **values,
                "shown_first": is_head | (reports[rows] > 0),
                "unreachable": _unreachable(contexts),
                "undefined": _undefined(values),
            },
            index=pd.Index(organization.ids[rows], name="id", dtype=object),
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
        return self._assessment(None, [self.organization] * len(self.unit), self.organization)

    def assess(self, placement: Placement) -> Assessment:
        """Return the values, scores and evidence of one placement.

        Where the unit has several nodes, each is judged by itself with the others where they are today,
        as in the sweep, so that the two agree; the chart after the move has all of them moved.
        """
        placed = apply(self.organization, self.unit, placement)
        one = len(self.unit) == 1
        parts = [placed if one else apply(self.organization, node, placement) for node in self.unit]
        return self._assessment(placement, parts, placed)

    def _assessment(
        self, placement: Placement | None, parts: Sequence[Organization], placed: Organization
    ) -> Assessment:
        situation = self.situation
        contexts = list(map(situation.placed_context, parts, situation.heads))
        columns = _values(contexts, situation.part_weights)
        found = [
            evidence(situation, part, head, context)
            for part, head, context in zip(parts, situation.heads, contexts, strict=True)
        ]
        found.sort(key=lambda part: -part.share_of_unit)
        values = {name: float(column[0]) for name, column in columns.items()}
        scores = {
            item.name: float(item.score(columns[item.name])[0])
            for item in INDICATORS
            if item.score is not None
        }
        return Assessment(
            organization=placed,
            placement=placement,
            values=values,
            scores=scores,
            undefined=_undefined(columns)[0],
            silo_risk_by_reach={
                reach: float(
                    _mean([out_of_reach(context, reach) for context in contexts], situation.part_weights)[0]
                )
                for reach in _REACHES
            },
            evidence=tuple(found),
            sentences=sentences(situation, placed, values, found),
        )


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
    return {
        item.name: _mean([item.function(context) for context in contexts], part_weights)
        for item in INDICATORS
    }


def _mean(parts: Sequence[Floats], weights: Floats) -> Floats:
    """Return the mean over the parts by their weights; what weighs nothing does not count."""
    weighed = (weight * part for weight, part in zip(weights.tolist(), parts, strict=True) if weight > 0)
    return np.asarray(sum(weighed))


def _unreachable(contexts: Sequence[Context]) -> Texts:
    """Return for every placement the list of functions that some part of the unit cannot reach."""
    functions = contexts[0].functions
    cut_off = np.logical_or.reduce([context.unreachable for context in contexts])
    return frozen_texts(_names_of_marked(functions, column) for column in cut_off.T.tolist())


def _names_of_marked(names: Iterable[str], marks: Iterable[bool]) -> list[str]:
    return [name for name, mark in zip(names, marks, strict=True) if mark]


def _undefined(values: Mapping[str, Floats]) -> list[dict[str, str]]:
    """Return for every placement the indicators that are NaN, each with the reason."""
    reasons = {item.name: item.undefined for item in INDICATORS}
    missing = {name: np.isnan(column).tolist() for name, column in values.items()}
    size = len(next(iter(values.values())))
    return [{name: reasons[name] for name in reasons if missing[name][row]} for row in range(size)]
