"""The numbers of the change-order process, each with its unit, bounds and meaning."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType
from typing import Any, Final

from orgmodel.assumptions import ASSUMPTIONS, Assumptions
from orgmodel.assumptions.bounds import AssumptionInfo, checked
from orgmodel.errors import AssumptionError
from orgmodel.wording import quoted

#: Working hours of a day and a week; all times of the process are working hours.
HOURS_A_DAY: Final = 8.0
HOURS_A_WEEK: Final = 40.0
MINUTES: Final = 60.0
#: When people at the desk try to sell.
SELLING: Final = MappingProxyType(
    {
        "always": "as often as their bosses' measures make them",
        "idle": "the same, but only when nobody waits",
        "never": "never",
    }
)
_OUR_ASSUMPTION: Final = "Our assumption."


def _shared(name: str) -> Any:  # noqa: ANN401  # a dataclass field of any type
    """Return a number that the indicators rest on too, with the words and bounds it has there."""
    (found,) = (item for item in fields(Assumptions) if item.name == name)
    return field(default=found.default, metadata=found.metadata)


def _own(default: float, **info: Any) -> Any:  # noqa: ANN401  # words and bounds
    return field(default=default, metadata={"source": _OUR_ASSUMPTION, **info})


@dataclass(frozen=True)
class Parameters:
    """The numbers of the change-order process; those that indicators rest on too are the same there.

    Raises
    ------
    AssumptionError
        When a value is out of its bounds; the sentence names it.

    >>> Parameters(planners=3, planning_utilisation=0.9, change_share=0.5).change_rate
    1.35

    """

    planners: int = _shared("planners")
    planning_utilisation: float = _shared("planning_utilisation")
    planning_time: float = _shared("planning_time")
    slack: float = _shared("slack")
    change_share: float = _own(
        0.3,
        title="Changes among the orders",
        unit="share of planning work",
        low=0.01,
        high=1.0,
        meaning="Of all that is fitted into the schedule, the share that changes a standing order.",
    )
    lead_time: float = _own(
        40.0,
        title="From order to production",
        unit="working hours",
        low=0.1,
        high=10_000.0,
        meaning="How long after an order is entered its production is to start.",
    )
    transparency: float = _shared("transparency")
    contract_alpha: float = _shared("contract_alpha")
    quarrel_floor: float = _own(
        0.2,
        title="Quarrels in spite of the same goals",
        unit="share of promises that cannot be kept",
        low=0.0,
        high=1.0,
        meaning=(
            "How often a promise that operations cannot keep becomes a quarrel where both sides are measured "
            "by the same. Different measures make it more, and the more so the fuller the schedule is."
        ),
    )
    rule_coverage: float = _shared("rule_coverage")
    delegation: float = _own(
        0.0,
        title="Quarrels that the head of customer service may settle",
        unit="share of quarrels",
        low=0.0,
        high=1.0,
        meaning="What may be settled with the head's counterpart in operations does not climb.",
    )
    communication: float = _own(
        0.0,
        title="Settled above although it need not be",
        unit="share of what may be settled below",
        low=0.0,
        high=1.0,
        meaning=(
            "Where it is easy to ask the boss, people ask. Studies of firms find that better communication "
            "moves decisions up, better information moves them down."
        ),
        source=(
            "Our assumption; the direction is that of Bloom, Garicano, Sadun and Van Reenen (2014), "
            "Management Science 60(12), 2859-2885."
        ),
    )
    top_depth: int = _shared("top_depth")
    decisions_per_day: float = _shared("decisions_per_day")
    contract_days: float = _own(
        5.0,
        title="Time to agree over a contract",
        unit="working days",
        low=0.0,
        high=1000.0,
        meaning="How long a quarrel takes that nobody in the chart can decide: a contract or the board does.",
    )
    granted: float = _own(
        0.5,
        title="Quarrels that end with a yes",
        unit="share of decisions",
        low=0.0,
        high=1.0,
        meaning="How often a rule or a manager decides that the change is made all the same.",
    )
    leaving: float = _own(
        0.1,
        title="Customers who leave after a broken promise",
        unit="share of broken promises",
        low=0.0,
        high=1.0,
        meaning="How often a customer is lost who was told yes and got no.",
    )
    service_time: float = _shared("service_time")
    patience: float = _shared("patience")
    sales_time: float = _shared("sales_time")
    selling: str = "always"

    def __post_init__(self) -> None:
        """Check every value."""
        for info, own in zip(PARAMETERS, _NUMBERS, strict=True):
            object.__setattr__(self, info.name, checked(info, getattr(self, info.name), own.default))
        if self.selling not in tuple(SELLING):  # whatever it is, a list from a file too
            message = (
                f"{quoted(str(self.selling))} is no rule for selling; choose one of {', '.join(SELLING)}."
            )
            raise AssumptionError(message)

    @classmethod
    def of(cls, assumptions: Assumptions, **own: Any) -> Parameters:  # noqa: ANN401  # of any parameter
        """Return the parameters under some assumptions, with others of their own."""
        shared = {name: getattr(assumptions, name) for name in NAMES if name not in OWN}
        return cls(**{**shared, **cls._known(own)})

    def replaced(self, **values: Any) -> Parameters:  # noqa: ANN401  # of any parameter
        """Return the parameters with some values replaced."""
        return type(self)(**{**asdict(self), **self._known(values)})

    @staticmethod
    def _known(values: dict[str, Any]) -> dict[str, Any]:
        if unknown := [name for name in values if name not in NAMES]:
            known = ", ".join(NAMES)
            message = f"{quoted(unknown[0])} is no number of the process; known are {known}."
            raise AssumptionError(message)
        return values

    @property
    def work_rate(self) -> float:
        """Orders and changes that come to the planners, an hour."""
        return self.planners * self.planning_utilisation / self.planning_time

    @property
    def change_rate(self) -> float:
        """Changes that are asked for, an hour."""
        return self.change_share * self.work_rate

    @property
    def decision_time(self) -> float:
        """Hours that a manager needs for a decision on average."""
        return HOURS_A_DAY / self.decisions_per_day

    def seen_by(self, *, contract: bool) -> float:
        """Share of contested changes for which the desk sees the schedule; less gets through a contract."""
        return self.transparency * (self.contract_alpha if contract else 1.0)

    def quarrelling(self, disagreement: float) -> float:
        """Return the share of promises that cannot be kept which become a quarrel."""
        return self.quarrel_floor + (1.0 - self.quarrel_floor) * disagreement * min(
            self.planning_utilisation, 1.0
        )

    def sells(self, attempts: float) -> bool:
        """Return whether people sell at all who would attempt it so often per contact."""
        return self.selling != "never" and attempts > 0.0 and self.sales_time > 0.0

    @property
    def delegated(self) -> float:
        """Share of quarrels that the head of customer service settles."""
        return self.delegation * (1.0 - self.communication)


_NUMBERS: Final = tuple(item for item in fields(Parameters) if item.name != "selling")
#: What there is to say of every number, in the order of the process; `SELLING` has the words for ``selling``.
PARAMETERS: Final = tuple(AssumptionInfo(name=item.name, **item.metadata) for item in _NUMBERS)
NAMES: Final = tuple(item.name for item in fields(Parameters))
#: Numbers of the process alone.
OWN: Final = tuple(name for name in NAMES if name not in {info.name for info in ASSUMPTIONS})
