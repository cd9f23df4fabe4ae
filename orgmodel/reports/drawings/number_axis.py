"""What all pictures of numbers share: names on the left, an axis of numbers, what it counts, a legend."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from orgmodel.reports.drawings import elements
from orgmodel.reports.drawings.letters import escaped, printable, width_of, wrapped

NOT_DEFINED: Final = "not defined"
_LABEL_PART: Final = 0.36
_LINE: Final = 14.0
_MOST_TICKS: Final = 7
_SHORTEST: Final = 1e-9
_LARGEST: Final = 1e12
_MARGIN: Final = 8.0
_TENS, _HUNDREDS = 9.95, 99.5


def value_text(value: float, *, percent: bool = False) -> str:
    """Return a value as readers want it: three digits that count.

    >>> value_text(1234.5), value_text(7.25), value_text(0.304, percent=True), value_text(math.nan)
    ('1,234', '7.25', '30 %', 'not defined')
    """
    if not math.isfinite(value):
        return NOT_DEFINED
    if percent:
        return f"{100 * value:.0f} %"
    if abs(value) >= _HUNDREDS:
        return f"{value:,.0f}"
    written = f"{value:.1f}" if abs(value) >= _TENS else f"{value:.2f}"
    return written.rstrip("0").rstrip(".").replace("-", "−")


def ticks(low: float, high: float, most: int = _MOST_TICKS) -> list[float]:
    """Return round numbers from low to high, at most so many.

    >>> ticks(0, 100, 6)
    [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
    """
    if not high > low:
        return [low]
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    step = next(
        (size * power for size in (1, 2, 2.5, 5, 10) if (high - low) / (size * power) <= most - 1), 20 * power
    )
    first = math.ceil(low / step - 1e-9)
    return [round(at * step, 12) for at in range(first, math.floor(high / step + 1e-9) + 1)]


@dataclass(frozen=True)
class Axis:
    """Where the rows and the numbers of a picture stand."""

    names: tuple[str, ...]
    low: float
    high: float
    left: float
    right: float
    top: float
    row: float

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.top + self.row * len(self.names)

    def x(self, value: float) -> float:
        """Return where a value stands."""
        part = (value - self.low) / (self.high - self.low)
        return self.left + min(1.0, max(0.0, part)) * (self.right - self.left)

    def middle(self, row: int) -> float:
        """Return the middle of a row."""
        return self.top + (row + 0.5) * self.row


def axis_of(  # what has to have room
    names: Sequence[str],
    span: tuple[float, float],
    width: float,
    *,
    top: float,
    row: float,
    room_left: float = 0.0,
    room_right: float = 0.0,
) -> Axis:
    """Return an axis with room for the names on the left, and for texts beside the numbers."""
    widest = max((width_of(printable(name), 12) for name in names), default=0.0)
    left = _MARGIN + min(widest + 1, _LABEL_PART * width) + 10 + room_left
    low, high = span
    if high - low < _SHORTEST * max(1.0, abs(low)):
        high = low + max(1.0, abs(low))
    return Axis(tuple(names), low, high, left, width - 22 - room_right, top, row)


def finite(values: Iterable[float]) -> list[float]:
    """Return the values that an axis has room for; larger ones end where it ends."""
    return [float(value) for value in values if abs(value) < _LARGEST]


def drawn_axis(axis: Axis, unit: str, *, percent: bool = False, room_left: float = 0.0) -> tuple[str, float]:
    """Return names, grid, numbers and unit of an axis, and where the picture ends."""
    parts: list[str] = []
    room = axis.left - room_left - _MARGIN - 10
    for row, name in enumerate(axis.names):
        lines = wrapped(name, room, 12, 2 if axis.row >= 2 * _LINE else 1)
        first = axis.middle(row) + 4 - _LINE / 2 * (len(lines) - 1)
        end = axis.left - room_left - 10
        if " ".join(lines) == printable(name):
            parts += [
                elements.text(end, first + _LINE * at, words, anchor="end") for at, words in enumerate(lines)
            ]
        else:
            full = f"<title>{escaped(name)}</title>"
            inner = "".join(
                elements.text(end, first + _LINE * at, words, anchor="end") for at, words in enumerate(lines)
            )
            parts.append(f"<g>{full}{inner}</g>")
    most = max(2, min(_MOST_TICKS, int((axis.right - axis.left) / 48)))
    for value in ticks(axis.low, axis.high, most):
        x = axis.x(value)
        parts.append(elements.line([(x, axis.top), (x, axis.bottom)], elements.GRID))
        written = value_text(value, percent=percent)
        parts.append(
            elements.text(x, axis.bottom + 15, written, size=11, anchor="middle", colour=elements.GREY)
        )
    if axis.low < 0 < axis.high:
        parts.append(
            elements.line([(axis.x(0), axis.top), (axis.x(0), axis.bottom)], elements.EDGE, width=1.5)
        )
    end = axis.bottom + 24
    words = wrapped(unit, axis.right - _MARGIN, 11, 2) if unit else []
    for words_of_line in words:
        end += _LINE
        wide = width_of(words_of_line, 11) / 2
        middle = max(_MARGIN + wide, min((axis.left + axis.right) / 2, axis.right + 14 - wide))
        parts.append(
            elements.text(middle, end - 4, words_of_line, size=11, anchor="middle", colour=elements.GREY)
        )
    return "".join(parts), end + 4
