"""How sure a difference is: every indicator with each assumption moved by a fifth, one at a time.

The numbers of the assumptions are ours, so a difference between two placements that turns round when one
of them is 20 % larger or smaller is no difference to act on: it is called a tie. Whole-number assumptions
(reach, lengths in steps, heads counted) are not moved, and a desk that can keep up is not moved to one that
cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np

from orgmodel.assumptions import (
    ASSUMPTIONS,
    METRIC_TITLES,
    METRICS,
    OF_DECISIONS,
    WHOLE,
    AssumptionInfo,
    Assumptions,
)
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.lines import LINE_TITLES, Floats

#: By how much an assumption is moved: a fifth of its value, up and down.
SWING: Final = 0.2
#: A queue that would never end is another world, and no fifth more: what is below this stays at or below it.
_STABLE: Final = 0.99
_BUSY: Final = frozenset({"utilisation", "planning_utilisation"})
#: Differences below this are rounding.
_TOLERANCE: Final = 1e-9


class Variation(NamedTuple):
    """One number of the assumptions moved by a fifth: which one, and all assumptions with it.

    ``key`` is the function or kind of line, ``metric`` what it is measured by, where the assumption has
    such parts; ``up`` says in which direction it was moved.
    """

    name: str
    key: str
    metric: str
    up: bool
    assumptions: Assumptions

    @property
    def title(self) -> str:
        """The words of a screen, as ``What each function is measured by (Sales, Revenue) 20 % higher``."""
        title = Number(self.name, self.key, self.metric, 0.0, 0.0, 0.0).title
        return f"{title} {SWING:.0%} {'higher' if self.up else 'lower'}".replace("%", " %")


class Number(NamedTuple):
    """One continuous number of the assumptions: where it stands, what it is, and between which bounds.

    ``key`` is the function or kind of line, ``metric`` what it is measured by, where the assumption has
    such parts.
    """

    name: str
    key: str
    metric: str
    value: float
    low: float
    high: float

    @property
    def title(self) -> str:
        """The words of a screen, as ``What each function is measured by (Sales, Revenue)``."""
        key = FUNCTION_TITLES.get(self.key) or LINE_TITLES.get(self.key, "")
        inside = ", ".join(part for part in (key, METRIC_TITLES.get(self.metric, "")) if part)
        return f"{TITLES[self.name]} ({inside})" if inside else TITLES[self.name]


def numbers_of(assumptions: Assumptions, functions: Sequence[str]) -> list[Number]:
    """Return every continuous number that an indicator may rest on.

    ``functions`` are those that the chart has: what others are measured by plays no role.
    """
    return [
        Number(info.name, key, metric, number, info.low, _high(info, number))
        for info in ASSUMPTIONS
        if info.name != "owners" and info.name not in WHOLE | OF_DECISIONS
        for key, metric, number in _numbers(getattr(assumptions, info.name))
        if info.name != "metric_vectors" or key in functions
    ]


def _high(info: AssumptionInfo, number: float) -> float:
    if info.name in _BUSY and number <= _STABLE:
        return _STABLE
    return np.inf if info.name == "needs" else info.high  # needs are rescaled, whatever they are


def with_numbers(assumptions: Assumptions, moved: Iterable[tuple[Number, float]]) -> Assumptions:
    """Return the assumptions with some numbers replaced."""
    values: dict[str, Any] = {}
    for number, value in moved:
        before = values.get(number.name, getattr(assumptions, number.name))
        if number.key:
            # One copy of a mapping is enough for all of its numbers.
            parts = values.setdefault(number.name, dict(before))
            parts[number.key] = _with(parts[number.key], number.metric, value)
        else:
            values[number.name] = _with(before, number.metric, value)
    return assumptions.replaced(**values)


def variations(assumptions: Assumptions, functions: Sequence[str]) -> list[Variation]:
    """Return the assumptions with each continuous number moved up and down, within its bounds.

    A number that is 0, or would leave its bounds, has nowhere to move in that direction.
    """
    found = []
    for number in numbers_of(assumptions, functions):
        for up in (True, False):
            moved = min(max(number.value * (1 + SWING if up else 1 - SWING), number.low), number.high)
            if moved != number.value:
                changed = with_numbers(assumptions, [(number, moved)])
                found.append(Variation(number.name, number.key, number.metric, up, changed))
    return found


def _numbers(value: Any) -> list[tuple[str, str, float]]:  # noqa: ANN401  # the value of any assumption
    """Return the single numbers of an assumption: function or kind, metric, value."""
    if isinstance(value, Mapping):
        return [(key, metric, number) for key, item in value.items() for _, metric, number in _numbers(item)]
    if isinstance(value, tuple):
        return [("", metric, number) for metric, number in zip(METRICS, value, strict=True)]
    return [("", "", value)]


def _with(value: Any, metric: str, number: float) -> Any:  # noqa: ANN401  # as it came
    """Return a number, or a vector with one metric replaced."""
    if not metric:
        return number
    at = METRICS.index(metric)
    return (*value[:at], number, *value[at + 1 :])


@dataclass(frozen=True, eq=False)
class Swings:
    """The indicators of K placements under S variations of the assumptions.

    ``values`` holds for every indicator an array (S + 1, K): the first row as assumed, then one row for each
    of the ``variations``.
    """

    variations: tuple[Variation, ...]
    values: Mapping[str, Floats]

    def range(self, name: str) -> tuple[Floats, Floats]:
        """Return the least and the largest value of an indicator for every placement; NaN stays NaN."""
        return self.values[name].min(axis=0), self.values[name].max(axis=0)

    def is_tie(self, name: str, first: int, second: int) -> bool:
        """Return whether the difference of two placements is none, or turns round with one assumption.

        Two values that are both infinite, or both not defined, are a tie; one alone is not.
        """
        sides = self._sides(name, first, second)
        return bool(sides[0] == 0 or (sides != sides[0]).any())

    def differs(self, name: str, first: int, second: int) -> bool:
        """Return whether two placements have different values as assumed."""
        return bool(self._sides(name, first, second)[0] != 0)

    def turned_by(self, name: str, first: int, second: int) -> list[Variation]:
        """Return the variations under which the difference of two placements vanishes or turns round."""
        sides = self._sides(name, first, second)
        return [self.variations[index - 1] for index in np.flatnonzero(sides != sides[0])]

    def decisive(self, name: str, placement: int) -> list[Variation]:
        """Return the variations that move an indicator of a placement, the one that moves it most first."""
        column = self.values[name][:, placement]
        with np.errstate(invalid="ignore"):
            moved = np.nan_to_num(np.abs(column[1:] - column[0]), posinf=np.inf)
        order = np.argsort(-moved, kind="stable")
        return [self.variations[index] for index in order if moved[index] > _TOLERANCE]

    def _sides(self, name: str, first: int, second: int) -> Floats:
        """Return the sign of the difference in every row: 0 where there is none."""
        a, b = self.values[name][:, first], self.values[name][:, second]
        with np.errstate(invalid="ignore"):
            difference = a - b
        same = (a == b) | (np.isnan(a) & np.isnan(b)) | (np.abs(difference) <= _TOLERANCE)
        return np.where(same, 0.0, np.where(np.isnan(difference), np.inf, np.sign(difference)))


#: What a screen calls each assumption.
TITLES: Final[Mapping[str, str]] = MappingProxyType({info.name: info.title for info in ASSUMPTIONS})
