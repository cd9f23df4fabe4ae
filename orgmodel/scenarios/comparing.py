"""Several scenarios side by side: charts, numbers, what is recommended, and what they rest on.

>>> from orgmodel import Organization, Placement
>>> from orgmodel.document import Document
>>> org = Organization.from_columns(
...     ["ceo", "sales", "ops", "cs"], [None, "ceo", "ceo", "ops"],
...     functions=["executive", "sales", "operations", "customer_service"],
... )
>>> today = Scenario("Today", document=Document.of(org), unit=("cs",))
>>> found = compare([today, replace(today, name="To sales", placement=Placement.under("sales"))])
>>> found.differences[1].moved, int(found.better.loc["sales_pressure_conflict", "To sales"])
((('cs', 'ops', 'sales'),), -1)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from orgmodel.alternatives import Alternative, alternatives
from orgmodel.assumptions import Assumptions
from orgmodel.criteria import NAMES, scores_of
from orgmodel.decision import Decision, decision_about
from orgmodel.differences import Differences, differences
from orgmodel.errors import OrgModelError
from orgmodel.explanations import value_text
from orgmodel.indicators import INDICATORS, Indicator
from orgmodel.organization import Organization
from orgmodel.ranking import totals
from orgmodel.scenarios.marking import MarkedChart, marked_union
from orgmodel.scenarios.scenario import Scenario
from orgmodel.scenarios.wording import (
    answers_in_words,
    assumptions_in_words,
    chart_in_words,
    differing,
    placement_in_words,
    unit_in_words,
)
from orgmodel.sweep import Assessment, Survey

NOTHING_IN_BOTH: Final = (
    "no box is in both charts: another company, or other ids. Only the numbers can be compared."
)


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios against one of them, each with its chart and its numbers after its placement.

    Attributes
    ----------
    scenarios : tuple of Scenario
    reference : int
        The one the others are compared with ("before").
    names : tuple of str
        What each is called, no two alike.
    charts : tuple of Organization
        Each chart after its placement.
    decisions : tuple of Decision or None
        What follows from each by itself; None where there is no customer service to decide about.
    assessments : tuple of Assessment or None
        The numbers of each after its placement; None where there is no customer service.
    faults : tuple of str
        Why one has no numbers, or not those of its placement, in a sentence; empty where all is well.

    """

    scenarios: tuple[Scenario, ...]
    reference: int
    names: tuple[str, ...]
    charts: tuple[Organization, ...]
    decisions: tuple[Decision | None, ...]
    assessments: tuple[Assessment | None, ...]
    faults: tuple[str, ...]

    # ------------------------------------------------------------------ numbers

    def value(self, item: Indicator, place: int) -> float:
        """Return the raw value of an indicator in one scenario; NaN where there is none."""
        found = self.assessments[place]
        return math.nan if found is None else found.values[item.name]

    def verdict(self, item: Indicator, place: int) -> int:
        """Return 1 where a number is better than that of the reference, -1 where it is worse, else 0.

        0 too where both read the same, where one is not known, and where the indicator has no good end.
        """
        before, after = self.value(item, self.reference), self.value(item, place)
        if math.isnan(before) or math.isnan(after) or item.direction.startswith("no "):
            return 0
        if value_text(item, before) == value_text(item, after):
            return 0
        return 1 if (after > before) == (item.direction == "higher is better") else -1

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Raw values: one row for each indicator, one column for each scenario; NaN where there is none."""
        return pd.DataFrame(
            {name: [self.value(item, place) for item in INDICATORS] for place, name in enumerate(self.names)},
            index=[item.name for item in INDICATORS],
        )

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Scores, 0 best to 100 worst, of the indicators that have one, in the shape of `measures`."""
        return pd.DataFrame(
            {
                item.name: item.score(self.measures.loc[item.name].to_numpy(dtype=np.float64))
                for item in INDICATORS
                if item.score is not None
            },
            index=list(self.names),
        ).T

    @cached_property
    def totals(self) -> tuple[float, ...]:
        """The total of each scenario by its own weights, 0 best to 100 worst, as in `Ranking.totals`."""
        found = []
        for decision, assessment in zip(self.decisions, self.assessments, strict=True):
            if decision is None or assessment is None:
                found.append(math.nan)
                continue
            scores = scores_of({name: [assessment.values[name]] for name in NAMES})
            found.append(float(totals(scores, decision.now.weights)[0]))
        return tuple(found)

    @cached_property
    def better(self) -> pd.DataFrame:
        """The `verdict` on every number, in the shape of `measures`."""
        return pd.DataFrame(
            {
                name: [self.verdict(item, place) for item in INDICATORS]
                for place, name in enumerate(self.names)
            },
            index=[item.name for item in INDICATORS],
        )

    @property
    def recommended(self) -> tuple[str, ...]:
        """The place that each points to by itself; an empty text where nothing can be decided."""
        return tuple("" if found is None else found.best.title for found in self.decisions)

    @property
    def units(self) -> tuple[tuple[str, ...], ...]:
        """What customer service is in each chart, after its placement."""
        return tuple(
            scenario.placed.unit if found is not None and scenario.placed else scenario.unit
            for scenario, found in zip(self.scenarios, self.assessments, strict=True)
        )

    # ------------------------------------------------------------------ differences

    @cached_property
    def differences(self) -> tuple[Differences, ...]:
        """What each chart has after its placement and that of the reference has not."""
        before = self.charts[self.reference]
        return tuple(differences(before, after) for after in self.charts)

    @cached_property
    def in_both(self) -> tuple[int, ...]:
        """How many boxes each chart has in common with that of the reference: 0 is another company."""
        return tuple(
            len(chart) - len(found.added) for chart, found in zip(self.charts, self.differences, strict=True)
        )

    def marked(self, place: int) -> MarkedChart:
        """Return the chart of one scenario and that of the reference as one, with marks."""
        return marked_union(self.charts[self.reference], self.charts[place], self.differences[place])

    @cached_property
    def said(self) -> tuple[tuple[str, ...], ...]:
        """What is different in each, in sentences: chart, customer service, placement, answers, assumptions.

        Plain text with names from the user's files; nothing where nothing is different.
        """
        return tuple(map(self._said, range(len(self.scenarios))))

    def _said(self, place: int) -> tuple[str, ...]:
        if place == self.reference:
            return ()
        before, after = self.scenarios[self.reference], self.scenarios[place]
        chart = chart_in_words(self.charts[self.reference], self.charts[place], self.differences[place])
        return (
            *(chart if self.in_both[place] else (f"Chart: {NOTHING_IN_BOTH}",)),
            *unit_in_words(before, after),
            *placement_in_words(self._places[self.reference], self._places[place]),
            *answers_in_words(before.answers, after.answers),
            *assumptions_in_words(before.assumptions, after.assumptions),
        )

    @cached_property
    def _places(self) -> tuple[Alternative | None, ...]:
        return tuple(map(self._place_of, range(len(self.scenarios))))

    def _place_of(self, place: int) -> Alternative | None:
        """Return where customer service is in a scenario, with words for it."""
        decision, placement = self.decisions[place], self.scenarios[place].placement
        if decision is None:
            return None
        listed = decision.now.alternatives
        if placement is not None and all(item.placement != placement for item in listed):
            listed = alternatives(decision.survey, [placement]).kept
        today = next(item for item in listed if item.today)
        if placement is None:
            return today
        return next((item for item in listed if item.placement == placement), today)

    # ------------------------------------------------------------------ like for like

    @cached_property
    def unlike(self) -> tuple[tuple[str, ...], ...]:
        """Titles of the assumptions in use under which the numbers of each are not those of the reference.

        Those that follow from answers are among them; who decides is not where only the ids differ.
        """
        assumed = self.scenarios[self.reference].assumed
        return tuple(differing(assumed, scenario.assumed) for scenario in self.scenarios)

    @property
    def weighed_otherwise(self) -> tuple[bool, ...]:
        """Whether the answers of each differ from those of the reference: then what counts how much may."""
        answers = self.scenarios[self.reference].answers
        return tuple(scenario.answers != answers for scenario in self.scenarios)


def compare(
    scenarios: Sequence[Scenario], reference: int = 0, *, known: Sequence[tuple[Scenario, Decision]] = ()
) -> Comparison:
    """Return scenarios side by side against one of them.

    What several share is computed once. ``known`` are decisions that exist already, each with a scenario it
    is of: they and their surveys are not made again. A scenario without customer service, or whose placement
    its chart does not allow, is compared as far as that goes, see `Comparison.faults`.
    """
    decisions = list(known)
    surveys = [decision.survey for _, decision in decisions]
    found = [_judged(scenario, surveys, decisions) for scenario in scenarios]
    charts, decided, assessments, faults = zip(*found, strict=True)
    return Comparison(tuple(scenarios), reference, _names(scenarios), charts, decided, assessments, faults)


def under_same(scenarios: Sequence[Scenario], reference: int) -> tuple[Scenario, ...]:
    """Return the scenarios under the answers and assumptions of one of them, so that like meets like.

    Decision owners whom a chart has not are left out of it.
    """
    like = scenarios[reference]
    return tuple(
        replace(
            scenario,
            answers=like.answers,
            assumptions=_fitting(like.assumptions, scenario.organization),
        )
        for scenario in scenarios
    )


def _fitting(assumptions: Assumptions, chart: Organization) -> Assumptions:
    owners = {
        function: kept
        for function, nodes in assumptions.owners.items()
        if (kept := tuple(node for node in nodes if node in chart.row_of))
    }
    return assumptions if owners == dict(assumptions.owners) else assumptions.replaced(owners=owners)


def _judged(
    scenario: Scenario, surveys: list[Survey], decisions: list[tuple[Scenario, Decision]]
) -> tuple[Organization, Decision | None, Assessment | None, str]:
    """Return chart, decision and numbers of a scenario, and what was wrong; keep what others may share."""
    chart = scenario.organization
    if not scenario.unit:
        return chart, None, None, "Nobody is customer service in it, so it has no numbers."
    try:
        survey = _survey(scenario, surveys)
        decision = _decision(scenario, survey, decisions)
        if scenario.placement is None:
            return chart, decision, survey.current, ""
        placed = scenario.placed
        return placed.organization if placed else chart, decision, survey.assess(scenario.placement), ""
    except OrgModelError as error:
        return chart, None, None, str(error)


def _survey(scenario: Scenario, surveys: list[Survey]) -> Survey:
    same = [
        survey
        for survey in surveys
        if survey.organization is scenario.organization and survey.unit == scenario.unit
    ]
    if (found := next((one for one in same if one.assumptions == scenario.assumed), None)) is not None:
        return found
    made = (
        same[0].varied(scenario.assumed)
        if same
        else Survey(scenario.organization, scenario.unit, scenario.assumed)
    )
    surveys.append(made)
    return made


def _decision(
    scenario: Scenario, survey: Survey, decisions: list[tuple[Scenario, Decision]]
) -> Decision | None:
    if survey.table.empty:
        return None
    for other, found in decisions:
        said = (scenario.answers, scenario.assumptions, scenario.added)
        if found.survey is survey and (other.answers, other.assumptions, other.added) == said:
            return found
    made = decision_about(survey, scenario.answers, scenario.assumptions, scenario.added)
    decisions.append((scenario, made))
    return made


def _names(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Return the titles, those that another has too with a number.

    >>> from orgmodel.document import Document
    >>> document = Document.of(Organization.from_columns(["a"], [None]))
    >>> _names([Scenario("A", document=document), Scenario("A", document=document)])
    ('A', 'A (2)')
    """
    names: list[str] = []
    for scenario in scenarios:
        title, number = scenario.title, 1
        while (name := title if number == 1 else f"{title} ({number})") in names:
            number += 1
        names.append(name)
    return tuple(names)
