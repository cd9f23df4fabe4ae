"""What an assumption may be: kinds and keys, bounds, and the sentence for a value that is not possible."""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from orgmodel.errors import AssumptionError
from orgmodel.lines import LINE_KINDS
from orgmodel.organization import BUSINESS_FUNCTIONS

#: What a post can be measured by, in the order of every metric vector.
METRICS: Final = ("revenue", "cost", "quality", "risk")
#: The words of a screen for them.
METRIC_TITLES: Final = {"revenue": "Revenue", "cost": "Cost", "quality": "Service quality", "risk": "Risk"}
Vector = tuple[float, float, float, float]
#: What customer service can be wanted for, in the order of the questionnaire.
GOAL_KEYS: Final = ("operations", "sales", "marketing")
#: Keys of the assumptions that are mappings.
KEYS: Final[Mapping[str, Sequence[str]]] = {
    "needs": BUSINESS_FUNCTIONS,
    "owners": BUSINESS_FUNCTIONS,
    "metric_vectors": BUSINESS_FUNCTIONS,
    "lengths": LINE_KINDS,
    "latencies": LINE_KINDS,
    "goal_purposes": GOAL_KEYS,
    "goal_needs": GOAL_KEYS,
}
#: Mappings in which what is not mentioned keeps its default.
COMPLETED: Final = frozenset({"metric_vectors", "lengths", "latencies", "goal_purposes", "goal_needs"})
#: Assumptions that are whole numbers.
WHOLE: Final = frozenset(
    {"radius", "lengths", "agents", "planners", "top_depth"}
    | {"span_least", "span_most", "service_span_most", "horizon", "overlap"}
)
#: Assumptions about goals and times to come: no indicator of today rests on them.
OF_DECISIONS: Final = frozenset(
    {"goal_purposes", "goal_needs", "later_automation", "later_service_time", "later_it_need"}
    | {"horizon", "overlap", "move_cost"}
)
#: Assumptions that are rescaled to a sum of 1, so that a single one has no upper bound.
_RESCALED: Final = frozenset({"needs", "goal_needs"})


class AssumptionInfo(NamedTuple):
    """What a screen says about one assumption."""

    name: str
    title: str
    unit: str
    low: float
    high: float
    meaning: str
    source: str


def checked(info: AssumptionInfo, value: object, default: object) -> Any:  # noqa: ANN401  # of the default's type
    """Return the value of an assumption: of the default's kind, mappings completed and read-only.

    Raises
    ------
    AssumptionError
        When it is something else, or out of its bounds; the sentence names it.

    """
    if isinstance(default, Mapping):
        given = _mapping(info, value, KEYS[info.name])
        if info.name in COMPLETED:
            given = {**default, **given}
        parts = {key: _part(info, key, item) for key, item in given.items()}
        return MappingProxyType({key: part for key, part in parts.items() if part != ()})
    if isinstance(default, tuple):
        return _vector(info, "", value)
    return _number(info, value)


def as_plain_data(value: Any) -> Any:  # noqa: ANN401  # the value of any assumption
    """Return mappings as dicts, which can be changed and written as JSON or TOML."""
    return {key: as_plain_data(item) for key, item in value.items()} if isinstance(value, Mapping) else value


def _part(info: AssumptionInfo, key: str, value: object) -> object:
    """Return what a mapping has under one key."""
    if info.name in {"metric_vectors", "goal_purposes"}:
        return _vector(info, key, value)
    if info.name == "owners":
        return _ids(key, value)
    if info.name == "goal_needs":
        needs = _mapping(info, value, BUSINESS_FUNCTIONS)
        return MappingProxyType(
            {function: _number(info, item, f"{key}, {function}") for function, item in needs.items()}
        )
    return _number(info, value, key)


def _mapping(info: AssumptionInfo, value: object, known: Sequence[str]) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        message = f"{info.title}: {value!r} is not possible; say it for each of {', '.join(known)}."
        raise AssumptionError(message)
    if unknown := [key for key in value if key not in known]:
        message = f'"{unknown[0]}" is not a key of the assumption {info.name}; known are {", ".join(known)}.'
        raise AssumptionError(message)
    return dict(value)


def _vector(info: AssumptionInfo, key: str, value: object) -> Vector:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != len(METRICS):
        message = (
            f"{_titled(info, key)}: {value!r} is not possible; it needs {len(METRICS)} numbers "
            f"({', '.join(METRICS)})."
        )
        raise AssumptionError(message)
    revenue, cost, quality, risk = (float(_number(info, item, key)) for item in value)
    return (revenue, cost, quality, risk)


def _ids(function: str, value: object) -> tuple[str, ...]:
    """Return the ids named for a function; empty where nobody is."""
    ids = () if not value else (value,) if isinstance(value, str) else value
    if not isinstance(ids, Sequence) or not all(isinstance(node, str) for node in ids):
        message = f"Who decides in {function}: {value!r} is not possible; it must be ids as texts."
        raise AssumptionError(message)
    return tuple(ids)


def _number(info: AssumptionInfo, value: object, key: str = "") -> float:
    """Return a number that is within its bounds."""
    high = math.inf if info.name in _RESCALED else info.high
    is_number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    number = float(value) if is_number else math.nan  # type: ignore[arg-type]  # a Real has a float
    if not (info.low <= number <= high and math.isfinite(number)):
        bound = f"at least {info.low:g}" if math.isinf(high) else f"from {info.low:g} to {high:g}"
        message = (
            f"{_titled(info, key)}: {value!r} is not possible; it must be a number {bound} ({info.unit})."
        )
        raise AssumptionError(message)
    if info.name not in WHOLE:
        return number
    if number != int(number):
        message = f"{_titled(info, key)}: {value!r} is not possible; it must be a whole number ({info.unit})."
        raise AssumptionError(message)
    return int(number)


def _titled(info: AssumptionInfo, key: str) -> str:
    return f"{info.title} ({key})" if key else info.title
