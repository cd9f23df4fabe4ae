"""Every editable number, with its bounds, unit, meaning and source.

All defaults are assumptions of this project: no published source supports the numbers themselves. The *forms*
they enter have sources, named with the indicators. Each can be changed; results name those they rest on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from orgmodel.assumptions.bounds import COMPLETED, GOAL_KEYS, AssumptionInfo, Vector, as_plain_data, checked
from orgmodel.errors import AssumptionError
from orgmodel.lines import LINE_KINDS
from orgmodel.organization import BUSINESS_FUNCTIONS

_OUR_ASSUMPTION: Final = "Our assumption."


def _assumption(default: Any, **info: Any) -> Any:  # noqa: ANN401  # a dataclass field of any type
    metadata = {"source": _OUR_ASSUMPTION, **info}
    if isinstance(default, Mapping):
        return field(default_factory=lambda: MappingProxyType(dict(default)), metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True)
class Assumptions:
    """The numbers that turn a chart into indicators.

    Mappings given by the caller replace the default key by key for ``metric_vectors``, ``lengths`` and
    ``latencies`` (what is not mentioned keeps its default), and as a whole for ``needs`` and ``owners``.

    Raises
    ------
    AssumptionError
        When a value is out of its bounds; the sentence names it.

    >>> Assumptions(needs={"operations": 3, "sales": 1}).needs_rescaled["operations"]
    0.75

    """

    needs: Mapping[str, float] = _assumption(
        {"operations": 0.4, "sales": 0.3, "it": 0.2, "finance": 0.1},
        title="Whom customer service needs",
        unit="share of what it learns",
        low=0.0,
        high=1.0,
        meaning=(
            "How much of what customer service learns from customers concerns each function (the touchpoint "
            "map). Together 100 %; other sums are rescaled."
        ),
    )
    owners: Mapping[str, Sequence[str]] = _assumption(
        {},
        title="Who decides in each function",
        unit="ids",
        low=0.0,
        high=0.0,
        meaning=(
            "The people customer service has to reach, where they are not the heads the chart suggests. "
            "Several may be named for one function: the nearest counts."
        ),
    )
    value_vector: Vector = _assumption(  # noqa: RUF009  # returns a dataclass field
        (0.1, 0.2, 0.6, 0.1),
        title="What customer service is for",
        unit="weight",
        low=0.0,
        high=1.0,
        meaning=(
            "What good customer service is worth to you: revenue, cost, service quality, risk. Only the "
            "proportions matter."
        ),
        source="Our assumption; the form is f in Baker (2002), Journal of Human Resources 37(4), 728-751.",
    )
    metric_vectors: Mapping[str, Vector] = _assumption(
        {
            "executive": (0.4, 0.3, 0.2, 0.1),
            "sales": (0.9, 0.0, 0.1, 0.0),
            "operations": (0.1, 0.7, 0.2, 0.0),
            "marketing": (0.5, 0.1, 0.4, 0.0),
            "finance": (0.1, 0.6, 0.0, 0.3),
            "it": (0.0, 0.5, 0.3, 0.2),
            "hr": (0.0, 0.3, 0.4, 0.3),
            "product": (0.2, 0.1, 0.6, 0.1),
            "legal": (0.0, 0.2, 0.1, 0.7),
            "customer_service": (0.1, 0.3, 0.5, 0.1),
            "provider": (0.0, 0.8, 0.2, 0.0),
        },
        title="What each function is measured by",
        unit="weight",
        low=0.0,
        high=1.0,
        meaning=(
            "What the managers of a function are judged on: revenue, cost, service quality, risk, together 1 "
            "(a smaller sum weighs less beside the measures of the managers above). A manager's measures "
            "travel down to those who report to them."
        ),
        source="Our assumption; the form is g in Baker (2002), Journal of Human Resources 37(4), 728-751.",
    )
    delta: float = _assumption(
        0.5,
        title="How far measures travel down",
        unit="share per level",
        low=0.0,
        high=1.0,
        meaning=(
            "A boss's boss counts this much of what the boss counts, one level further up this much again. "
            "0: only the boss; 1: every level up to the top counts alike."
        ),
    )
    alpha: float = _assumption(
        0.9,
        title="Content kept at each hand-over",
        unit="share per step",
        low=0.01,
        high=1.0,
        meaning="The share of a message that survives each step after the first, when people pass it on.",
        source="Our assumption, after the control loss of Williamson (1975), Markets and Hierarchies.",
    )
    radius: int = _assumption(
        2,
        title="Reach of customer service",
        unit="steps",
        low=1,
        high=10,
        meaning=(
            "A function is within reach when its head is at most this many steps away. 2 means: they share "
            "a boss, or one person links them."
        ),
        source=(
            "Our assumption; the form is congruence in Cataldo, Wagstrom, Herbsleb and Carley (2006), "
            "CSCW '06, 353-362."
        ),
    )
    lengths: Mapping[str, int] = _assumption(
        dict.fromkeys(LINE_KINDS, 1),
        title="Steps that a line counts for",
        unit="steps",
        low=1,
        high=10,
        meaning="How many steps it takes to get from one end of a line to the other, by kind of line.",
    )
    latencies: Mapping[str, float] = _assumption(
        {"solid": 1.0, "shared": 1.0, "dotted": 2.0, "contract": 5.0, "tie": 0.5},
        title="Time that a line takes",
        unit="working days",
        low=0.01,
        high=60.0,
        meaning="How long a matter takes from one end of a line to the other, by kind of line.",
    )

    contract_alpha: float = _assumption(
        0.9,
        title="Content kept over a contract",
        unit="share per step",
        low=0.01,
        high=1.0,
        meaning=(
            "The share of a message that survives a step over a contract, between company and provider: "
            "what is not in the agreed report is not passed on."
        ),
    )
    agents: int = _assumption(
        0,
        title="People who answer customers",
        unit="people",
        low=0,
        high=100_000,
        meaning=(
            "How many work at customer service's desk at the same time. 0: as many as the chart has in "
            "customer service without reports of their own."
        ),
    )
    utilisation: float = _assumption(
        0.85,
        title="How busy they are",
        unit="share of their time",
        low=0.0,
        high=2.0,
        meaning=(
            "The share of their time that contacts take when all of them answer all customers together. At 1 "
            "and above the queue never ends, unless customers give up."
        ),
    )
    service_time: float = _assumption(
        6.0,
        title="Time for a contact",
        unit="minutes",
        low=0.1,
        high=480.0,
        meaning="How long a person is busy with one contact on average.",
    )
    automation: float = _assumption(
        0.0,
        title="Answered by software",
        unit="share of contacts",
        low=0.0,
        high=1.0,
        meaning="The share of contacts that chatbots and other software settle without a person.",
    )
    patience: float = _assumption(
        0.0,
        title="How long customers wait before they give up",
        unit="minutes",
        low=0.0,
        high=480.0,
        meaning="On average. 0: they never give up.",
    )
    sales_attempts: float = _assumption(
        1.0,
        title="Selling where revenue is all that counts",
        unit="attempts per contact",
        low=0.0,
        high=10.0,
        meaning=(
            "How often people at the desk would try to sell, per contact, if their bosses were measured by "
            "revenue alone. Half the weight on revenue is half as many attempts, and never more than one."
        ),
    )
    sales_time: float = _assumption(
        1.0,
        title="Time for an attempt to sell",
        unit="minutes",
        low=0.0,
        high=120.0,
        meaning="How much longer a contact takes when somebody tries to sell.",
    )
    planners: int = _assumption(
        3,
        title="People who can change the schedule",
        unit="people",
        low=1,
        high=10_000,
        meaning="How many in operations can work a customer's change into the schedule.",
    )
    planning_utilisation: float = _assumption(
        0.85,
        title="How busy they are with changes",
        unit="share of their time",
        low=0.0,
        high=2.0,
        meaning="The fuller the schedule, the more changes are contested. At 1 and above all of them are.",
    )
    planning_time: float = _assumption(
        1.0,
        title="Time to plan a change",
        unit="hours",
        low=0.01,
        high=80.0,
        meaning="How long one of them is busy with one change on average.",
    )
    slack: float = _assumption(
        2.0,
        title="Delay that nobody contests",
        unit="hours",
        low=0.0,
        high=1000.0,
        meaning="A change that has to wait longer than this before anybody plans it is contested.",
    )
    transparency: float = _assumption(
        0.0,
        title="Contests that a shared system avoids",
        unit="share of contests",
        low=0.0,
        high=1.0,
        meaning="Where service sees the real schedule, it does not promise what cannot be kept.",
    )
    rule_coverage: float = _assumption(
        0.0,
        title="Contests that a rule settles",
        unit="share of contests",
        low=0.0,
        high=1.0,
        meaning="What the protocol decides on the spot climbs to nobody.",
    )
    top_depth: int = _assumption(
        0,
        title="Where the top executives begin",
        unit="steps below the top",
        low=0,
        high=20,
        meaning="0: only the head of the company counts as top executive; 1: the direct reports too.",
    )
    decisions_per_day: float = _assumption(
        10.0,
        title="Decisions that a manager can take",
        unit="a working day",
        low=0.01,
        high=10_000.0,
        meaning="How many contested changes a manager can settle in a day, if that is all there is to do.",
    )
    span_least: int = _assumption(
        3,
        title="Direct reports: at least",
        unit="people",
        low=0,
        high=1000,
        meaning="Below this a manager's post is hardly one. Sources differ; set what you find normal.",
    )
    span_most: int = _assumption(
        12,
        title="Direct reports: at most",
        unit="people",
        low=1,
        high=1000,
        meaning=(
            "Above this a boss has hardly time for each. Customer service is then likely to be handed on to "
            "somebody else."
        ),
    )
    service_span_most: int = _assumption(
        20,
        title="Direct reports in customer service: at most",
        unit="people",
        low=1,
        high=1000,
        meaning="Team leads of customer service commonly have more people than other managers: 15 is normal.",
    )

    goal_purposes: Mapping[str, Vector] = _assumption(
        {
            "operations": (0.05, 0.35, 0.5, 0.1),
            "sales": (0.5, 0.0, 0.5, 0.0),
            "marketing": (0.3, 0.0, 0.6, 0.1),
        },
        title="What customer service is for under each goal",
        unit="weight",
        low=0.0,
        high=1.0,
        meaning=(
            "What good customer service is worth where it shall help to fix operations, grow sales or plan "
            "the future: revenue, cost, service quality, risk. Only the proportions matter."
        ),
    )
    goal_needs: Mapping[str, Mapping[str, float]] = _assumption(
        {
            "operations": {"operations": 0.6, "sales": 0.15, "it": 0.15, "finance": 0.1},
            "sales": {"sales": 0.5, "marketing": 0.2, "operations": 0.2, "finance": 0.1},
            "marketing": {"marketing": 0.4, "product": 0.25, "sales": 0.2, "operations": 0.15},
        },
        title="Whom customer service needs under each goal",
        unit="share of what it learns",
        low=0.0,
        high=1.0,
        meaning=(
            "Whom what customer service learns concerns most, where it shall help to fix operations, to grow "
            "sales or to plan the future. Together 100 % for each goal; other sums are rescaled."
        ),
    )
    later_automation: float = _assumption(
        0.4,
        title="Answered by software later",
        unit="share of contacts",
        low=0.0,
        high=1.0,
        meaning="The share of contacts that chatbots and other software will settle without a person.",
    )
    later_service_time: float = _assumption(
        8.0,
        title="Time for a contact later",
        unit="minutes",
        low=0.1,
        high=480.0,
        meaning="How long the contacts take that software leaves to people: the hard cases.",
    )
    later_it_need: float = _assumption(
        0.2,
        title="More need of IT later",
        unit="share of what it learns",
        low=0.0,
        high=1.0,
        meaning=(
            "How much more of what customer service learns will concern IT, which runs the software. Needs "
            "are rescaled to 100 %."
        ),
    )
    horizon: int = _assumption(
        8,
        title="How far to plan",
        unit="quarters",
        low=1,
        high=40,
        meaning="Over how many quarters a plan that serves one goal after another is drawn up.",
    )
    overlap: int = _assumption(
        1,
        title="Overlap of two bosses",
        unit="quarters",
        low=0,
        high=8,
        meaning="How long the old and the new boss share the authority, half each, after a move.",
    )
    move_cost: float = _assumption(
        10.0,
        title="Cost of a move",
        unit="points in its quarter",
        low=0.0,
        high=100.0,
        meaning=(
            "How many points of 100 the quarter of a move is worse than the new structure by itself: people "
            "learn whom to ask, systems and reports change."
        ),
    )

    def __post_init__(self) -> None:
        """Complete the mappings, make them read-only and check every value."""
        for info in ASSUMPTIONS:
            value = checked(info, getattr(self, info.name), DEFAULTS[info.name])
            object.__setattr__(self, info.name, value)
        self._check_together()

    def replaced(self, **values: Any) -> Assumptions:  # noqa: ANN401  # of any assumption
        """Return the assumptions with some values replaced; only these are checked, so it is quick.

        >>> Assumptions().replaced(delta=0.25).delta
        0.25
        """
        other = object.__new__(Assumptions)
        for info in ASSUMPTIONS:
            value = getattr(self, info.name)
            if info.name in values:
                value = checked(info, values[info.name], DEFAULTS[info.name])
            object.__setattr__(other, info.name, value)
        other._check_together()
        return other

    def _check_together(self) -> None:
        """Check what several values must be to each other."""
        if not sum(self.needs.values()) > 0:
            message = "All needs are zero. Say for at least one function how much customer service needs it."
            raise AssumptionError(message)
        if self.span_least > self.span_most:
            message = f"Direct reports: at least {self.span_least} and at most {self.span_most} cannot be."
            raise AssumptionError(message)
        for goal in GOAL_KEYS:
            if not (sum(self.goal_purposes[goal]) > 0 and sum(self.goal_needs[goal].values()) > 0):
                message = f"Under the goal {goal} customer service must be for something and need somebody."
                raise AssumptionError(message)
        if not sum(self.value_vector) > 0:
            message = "Customer service must be for something: at least one weight must be above 0."
            raise AssumptionError(message)

    @cached_property
    def needs_rescaled(self) -> Mapping[str, float]:
        """The needs above 0, divided by their sum, in the order of the vocabulary."""
        total = math.fsum(self.needs.values())
        return {
            function: self.needs[function] / total
            for function in BUSINESS_FUNCTIONS
            if self.needs.get(function, 0.0) > 0
        }

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Assumptions:
        """Make assumptions from what differs from the defaults, as an assumptions file holds it.

        An unknown name is an error, so that a misspelt one is not silently without effect.
        """
        known = [info.name for info in ASSUMPTIONS]
        if unknown := [name for name in values if name not in known]:
            message = f'"{unknown[0]}" is not an assumption; known are {", ".join(known)}.'
            raise AssumptionError(message)
        return cls(**values)

    def changed(self) -> dict[str, Any]:
        """Return what differs from the defaults; `from_mapping` makes equal assumptions of it."""
        differing: dict[str, Any] = {}
        for info in ASSUMPTIONS:
            value, default = getattr(self, info.name), getattr(DEFAULT_ASSUMPTIONS, info.name)
            if value == default:
                continue
            if info.name in COMPLETED:
                value = {key: item for key, item in value.items() if default[key] != item}
            differing[info.name] = as_plain_data(value)
        return differing


#: What screens say about every assumption, in the order in which they are listed.
ASSUMPTIONS: Final = tuple(
    AssumptionInfo(
        name=item.name, **{key: item.metadata[key] for key in AssumptionInfo._fields if key != "name"}
    )
    for item in fields(Assumptions)
)
#: Default value of every assumption by name.
DEFAULTS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        item.name: item.default if not callable(item.default_factory) else item.default_factory()
        for item in fields(Assumptions)
    }
)
#: The assumptions where the user has said nothing.
DEFAULT_ASSUMPTIONS: Final = Assumptions()
