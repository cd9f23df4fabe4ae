"""What a chart can say about a claim: named numbers of one placement, each with its words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
from scipy import sparse

from orgmodel.assumptions import METRIC_TITLES, METRICS
from orgmodel.evidence import Evidence
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.paths import distances, lines_of, network
from orgmodel.places import contacts_of
from orgmodel.structures import leaves
from orgmodel.sweep import Assessment, Survey

_PERCENT: Final = 100.0
_LOCAL: Final = ("sales", "marketing", "operations")
#: The functions to whose heads steps are measured.
REACHED: Final = ("sales", "operations", "marketing", "finance", "it", "hr", "product")


@dataclass(frozen=True, eq=False)
class Case:
    """One placement on the chart of a survey, with what several measures share."""

    survey: Survey
    assessment: Assessment

    def mean(self, of: Callable[[Evidence], float]) -> float:
        """Return the mean over the parts of the unit by headcount; NaN where one that counts is unknown."""
        return math.fsum(
            part.share_of_unit * of(part) for part in self.assessment.evidence if part.share_of_unit > 0
        )

    @cached_property
    def _network(self) -> sparse.csr_array[Any]:
        lines = lines_of(self.assessment.organization)
        lengths = lines.measured(self.survey.assumptions.lengths)
        return network(lines, lengths, len(self.assessment.organization))

    def owners(self, function: str) -> list[int]:
        """Return the rows of the decision owners of a function in the chart after the placement."""
        ids, rows = self.survey.organization.ids, self.assessment.organization.row_of
        named = [str(ids[row]) for row in self.survey.situation.owners_of(function)]
        return [rows[node] for node in named if node in rows]

    def steps_to(self, function: str) -> float:
        """Return the steps from customer service to the head of a function over any kind of line.

        0 where the function is part of customer service; NaN where the chart has none.
        """
        situation, organization = self.survey.situation, self.assessment.organization
        if (situation.business_functions[situation.inside] == function).any():
            return 0.0
        owners = self.owners(function)
        if not owners:
            return math.nan
        found = distances(self._network, owners)
        return self.mean(lambda part: float(found[organization.row(part.unit)]))

    def desk_to(self, function: str) -> float:
        """Return `steps_to`, with the steps from the people who answer customers up to their head before."""
        return self.steps_to(function) + self.mean(lambda part: part.front_line)

    def steps_between_parts(self) -> float:
        """Return the mean number of steps between two parts of customer service; 0 where it is one."""
        rows = [self.assessment.organization.row(part.unit) for part in self.assessment.evidence]
        pairs = [distances(self._network, [row])[rows].tolist() for row in rows]
        found = [steps for row, line in enumerate(pairs) for steps in line[:row]]
        return math.fsum(found) / len(found) if found else 0.0

    def lines_to(self, function: str) -> float:
        """Return how many lines of its own customer service has to people of a function, the boss's too."""
        organization = self.assessment.organization

        def lines(part: Evidence) -> float:
            head = organization.row(part.unit)
            contacts = contacts_of(organization, head, organization.manager[[head]])
            outer = [*contacts.outer.tolist(), *contacts.solid[contacts.solid >= 0].tolist()]
            return float(sum(self.function_of(str(organization.ids[row])) == function for row in outer))

        return self.mean(lines)

    def function_of(self, node: str) -> str:
        """Return the function of somebody, also of a post that the placement has made."""
        before, after = self.survey.organization, self.assessment.organization
        if node in before.row_of:
            return str(self.survey.situation.business_functions[before.row(node)])
        return str(after.functions[after.row(node)])

    def led_by(self, function: str) -> float:
        """Return the share of the authority, in percent, that bosses of a function have."""
        return _PERCENT * self.mean(
            lambda part: math.fsum(
                boss.share for boss in part.bosses if self.function_of(boss.id) == function
            )
        )

    def counted(self, metric: int) -> float:
        """Return the share of a metric, in percent, in what the bosses are measured by."""
        return _PERCENT * self.mean(lambda part: part.measured_by[metric] / math.fsum(part.measured_by))

    def local_functions(self) -> float:
        """Return how many of sales, marketing and operations have people below the same boss."""
        organization, situation = self.survey.organization, self.survey.situation

        def beside(part: Evidence) -> float:
            known = [organization.row(boss.id) for boss in part.bosses if boss.id in organization.row_of]
            rows = [row for boss in known for row in organization.subtree(boss) if not situation.inside[row]]
            return float(len(set(_LOCAL) & set(situation.business_functions[rows].tolist())))

        return self.mean(beside)

    def local_people(self) -> float:
        """Return the share of its people, in percent, who are where their boss is; NaN without locations."""
        organization = self.assessment.organization

        def beside(part: Evidence) -> float:
            inside = np.zeros(len(organization), dtype=np.bool_)
            inside[organization.subtree(organization.row(part.unit))] = True
            people = leaves(organization, inside)
            people = people[organization.locations[people] != ""]
            bosses = {organization.locations[organization.row(boss.id)] for boss in part.bosses} - {""}
            headcount = organization.headcount[people]
            if not bosses or not headcount.sum():
                return math.nan
            return float(np.average(np.isin(organization.locations[people], list(bosses)), weights=headcount))

        return _PERCENT * self.mean(beside)

    def pooling_loss(self) -> float:
        """Return how many more customers wait, in percentage points, than if one pool answered them."""
        split = self.assessment.split
        if split is None:
            return 0.0
        return _PERCENT * float(split.mean.waiting_probability - split.pooled.waiting_probability)

    def reports_at_top(self) -> float:
        """Return the direct reports of whoever is above all others over customer service."""
        organization = self.assessment.organization
        return self.mean(
            lambda part: float(
                organization.span_of_control[organization.chain(organization.row(part.unit))[-1]]
            )
        )


class Measure(NamedTuple):
    """A number about a placement, how it is said, and what to say where it is NaN.

    ``amount`` writes the number with its unit, ``words`` has a place for that.
    """

    of: Callable[[Case], float]
    amount: Callable[[float], str]
    words: str
    unknown: str = "This cannot be told here."

    def text(self, value: float) -> str:
        """Return a value in words.

        >>> MEASURES["steps_to_sales"].text(1.0)
        '1 step to the head of sales'
        """
        return self.words.format(self.amount(value))


_NO_BOSS: Final = "Customer service, or a part of it, reports to nobody here."
_NO_MEASURES: Final = "What the bosses are measured by is not known."
_NO_QUARREL: Final = "No manager is above both customer service and operations, or there are no operations."
_NO_NEED: Final = "Nothing it needs is outside customer service in this chart."


def _spoken(function: str) -> str:
    title = FUNCTION_TITLES[function]
    return title if title.isupper() else title.lower()


def _counted(noun: str, plural: str = "") -> Callable[[float], str]:
    """Return how a number of things is written; no way where it is infinite."""

    def amount(value: float) -> str:
        number = f"{round(value, 1):,g}"
        return f"{number} {noun if number == '1' else plural or noun + 's'}"

    return lambda value: "no way" if math.isinf(value) else amount(value)


def _percent(value: float) -> str:
    return f"{value:.0f} %"


def _share(value: float) -> str:
    return _percent(_PERCENT * value)


def _indicator(name: str, amount: Callable[[float], str], words: str, unknown: str) -> Measure:
    return Measure(lambda case: case.assessment.values[name], amount, words, unknown)


def _to(function: str) -> dict[str, Measure]:
    """Return the measures of how near a function is."""
    spoken = _spoken(function)
    return {
        f"steps_to_{function}": Measure(
            lambda case: case.steps_to(function),
            _counted("step"),
            f"{{}} to the head of {spoken}",
            f"This chart has no head of {spoken}.",
        ),
        f"lines_to_{function}": Measure(
            lambda case: case.lines_to(function), _counted("line"), f"{{}} of its own to people of {spoken}"
        ),
    }


def _weight(metric: str) -> Measure:
    position, title = METRICS.index(metric), METRIC_TITLES[metric].lower()
    return Measure(
        lambda case: case.counted(position),
        _percent,
        f"{{}} of what its bosses count is {title}",
        _NO_MEASURES,
    )


def _led_by(function: str) -> Measure:
    return Measure(
        lambda case: case.led_by(function),
        _percent,
        f"{{}} of the authority with {_spoken(function)}",
        _NO_BOSS,
    )


#: Every measure by key; those with the name of an indicator are that indicator.
MEASURES: Final[Mapping[str, Measure]] = MappingProxyType(
    {
        **{name: measure for function in REACHED for name, measure in _to(function).items()},
        **{f"{metric}_weight": _weight(metric) for metric in METRICS},
        "desk_to_operations": Measure(
            lambda case: case.desk_to("operations"),
            _counted("step"),
            "{} from the desk to the head of operations",
            "This chart has no head of operations.",
        ),
        "steps_between_parts": Measure(
            Case.steps_between_parts, _counted("step"), "{} from one part to another"
        ),
        "led_by_sales": _led_by("sales"),
        "led_by_service": _led_by("customer_service"),
        "sales_attempts": Measure(
            lambda case: case.mean(lambda part: part.sales_attempts),
            lambda value: f"{value:.2f}",
            "{} attempts to sell per contact",
            _NO_MEASURES,
        ),
        "local_functions": Measure(
            Case.local_functions,
            lambda value: f"{round(value, 1):g}",
            "{} of sales, marketing and operations under the same boss",
        ),
        "local_people": Measure(
            Case.local_people,
            _percent,
            "{} of its people where their boss is",
            "This chart does not say where the people of customer service and their bosses are.",
        ),
        "parts": Measure(lambda case: float(len(case.assessment.evidence)), _counted("part"), "{}"),
        "pooling_loss": Measure(
            Case.pooling_loss,
            lambda value: f"{value:.1f}",
            "{} more of 100 customers wait than with one pool",
        ),
        "reports_at_top": Measure(Case.reports_at_top, _counted("direct report"), "{} at the top"),
        "people": Measure(
            lambda case: float(case.survey.organization.headcount.sum()),
            lambda value: f"{value:,.0f} {'person' if value == 1 else 'people'}",
            "{} in this chart",
        ),
        "sales_pressure_conflict": _indicator(
            "sales_pressure_conflict", _percent, "{} of its value lost to pressure to sell", _NO_MEASURES
        ),
        "cost_pressure": _indicator(
            "cost_pressure", _percent, "{} of its value lost to pressure to save", _NO_MEASURES
        ),
        "incentive_distortion": _indicator(
            "incentive_distortion", _percent, "{} of its value lost to other aims", _NO_MEASURES
        ),
        "service_shortfall": _indicator(
            "service_shortfall", _percent, "{} of the emphasis on quality missing", _NO_MEASURES
        ),
        "boss_disagreement": _indicator(
            "boss_disagreement", _percent, "{} disagreement between its bosses", _NO_MEASURES
        ),
        "effective_bosses": _indicator(
            "effective_bosses", _counted("boss", "bosses"), "{} in effect", _NO_BOSS
        ),
        "boss_span": _indicator("boss_span", _counted("direct report"), "{} of its boss", _NO_BOSS),
        "executive_distance": _indicator("executive_distance", _counted("step"), "{} to the top", _NO_BOSS),
        "climb": _indicator(
            "climb", _counted("level"), "{} up to settle a quarrel with operations", _NO_QUARREL
        ),
        "arbiter_depth": _indicator(
            "arbiter_depth",
            _counted("step"),
            "a quarrel with operations is settled {} below the top",
            _NO_QUARREL,
        ),
        "escalation_probability": _indicator(
            "escalation_probability", _percent, "{} of the changes reach the top", _NO_QUARREL
        ),
        "silo_risk": _indicator(
            "silo_risk",
            _percent,
            "{} of what it needs out of reach",
            "The chart has none of the functions it needs.",
        ),
        "breadth": _indicator("breadth", _share, "own lines to {} of the functions it needs", _NO_NEED),
        "fidelity": _indicator("fidelity", _share, "{} of what customers say arrives", _NO_NEED),
        "feedback_days": _indicator(
            "feedback_days", _counted("working day"), "{} for feedback to arrive", _NO_NEED
        ),
    }
)
