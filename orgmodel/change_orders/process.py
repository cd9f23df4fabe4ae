"""The process on one chart: who answers customers, who is quarrelled with, and whom a quarrel climbs to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from orgmodel.errors import PlacementError
from orgmodel.evidence import Evidence
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.situation import Situation
from orgmodel.sweep import Survey

_UNKNOWN_DISAGREEMENT: Final = 1.0


@dataclass(frozen=True)
class Manager:
    """Somebody who settles quarrels; ``depth`` is the number of steps below the top."""

    id: str
    name: str
    depth: int


@dataclass(frozen=True)
class Part:
    """A part of customer service with a desk of its own.

    Attributes
    ----------
    unit, name : str
        Its head.
    share : float
        Of all changes, those that are asked for here.
    agents, load : int, float
        The desk as a queue, as in `orgmodel.context.Desk`.
    sales_attempts : float
        How often people at the desk would try to sell, per contact; 0 where it is not known.
    disagreement : float
        ``1 - cos^2`` of the angle between what its bosses and the head of operations are measured by: 0 for
        the same measures, 1 for measures without anything in common, and where they are not known.
    head : int
        Place of its head in the managers of the process.
    route : tuple of int
        Places of the managers whom a quarrel climbs to, from the boss to the lowest manager above both
        sides; empty where nobody of the chart is above both, so that a contract or the board decides.
    provider : bool
        Whether it works for the company under a contract, through which less of the schedule is seen.

    """

    unit: str
    name: str
    share: float
    agents: int
    load: float
    sales_attempts: float
    disagreement: float
    head: int
    route: tuple[int, ...]
    provider: bool = False

    @property
    def contract(self) -> bool:
        """Whether a contract or the board decides quarrels."""
        return not self.route


@dataclass(frozen=True)
class Process:
    """All of one placement that the change-order process depends on; small, and without the chart."""

    title: str
    parts: tuple[Part, ...]
    managers: tuple[Manager, ...]

    @property
    def levels(self) -> int:
        """Managers on the longest route."""
        return max(len(part.route) for part in self.parts)


def process_of(survey: Survey, placement: Placement | None, title: str = "") -> Process:
    """Return the process where customer service is placed so (None: as it is).

    Of several bosses a quarrel is taken to the one from whom it climbs least, as in `climb`; what customer
    service is measured by is the mean over all its bosses.

    Raises
    ------
    PlacementError
        When there are no operations outside customer service: then nobody contests a change.

    >>> from orgmodel import Organization, survey
    >>> org = Organization.from_columns(
    ...     ["ceo", "sales", "ops", "cs"], [None, "ceo", "ceo", "ops"],
    ...     functions=["executive", "sales", "operations", "customer_service"],
    ... )
    >>> process = process_of(survey(org, "cs"), Placement.under("sales"))
    >>> [process.managers[place].id for place in process.parts[0].route]
    ['sales', 'ceo']

    """
    judged = survey.judged(placement)
    assessment = survey.current if placement is None else survey.assess(placement)
    chart = assessment.organization
    places: dict[str, int] = {}
    managers: list[Manager] = []

    def place(node: str) -> int:
        if node not in places:
            places[node] = len(managers)
            row = chart.row(node)
            managers.append(Manager(node, chart.label(row), int(chart.depth[row])))
        return places[node]

    load = math.fsum(found.desk.load for found in assessment.evidence)
    parts = []
    for found in assessment.evidence:
        if found.arbitration.operations is None:
            message = (
                "This chart has no operations outside customer service, so nobody contests a change: say on "
                "the page Your chart who operations are."
            )
            raise PlacementError(message)
        parts.append(
            Part(
                unit=found.unit,
                name=chart.label(chart.row(found.unit)),
                share=found.desk.load / load if load > 0 else found.share_of_unit,
                agents=found.desk.agents,
                load=found.desk.load,
                sales_attempts=0.0 if math.isnan(found.sales_attempts) else found.sales_attempts,
                disagreement=_disagreement(judged.situation, found),
                head=place(found.unit),
                route=tuple(map(place, found.arbitration.route)),
                provider=_is_provider(chart, chart.row(found.unit)),
            )
        )
    return Process(title, tuple(parts), tuple(managers))


def _is_provider(chart: Organization, head: int) -> bool:
    """Return whether a contract leads to somebody above a head over solid lines, or to the head."""
    lines = chart.further
    return bool(np.isin(lines.report[lines.kind == "contract"], chart.chain(head)).any())


def _disagreement(situation: Situation, found: Evidence) -> float:
    operations = situation.organization.row(str(found.arbitration.operations))
    cosine = float(np.dot(found.measured_by, situation.measured[operations]))
    return _UNKNOWN_DISAGREEMENT if math.isnan(cosine) else max(0.0, 1.0 - cosine**2)
