"""Where the boxes of a chart stand on paper: heads over columns, indented lists below, at any size.

The way of `orgmodel.charts.layout`, which arranges what a screen shows, for a sheet of any form: a twig much
longer than the others spreads over several columns, the rest are lists below their heads. Nothing recurses,
so a chain of 20,000 has a place too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from orgmodel.reports.drawings.elements import Point

_BUS: Final = 9.0
_HEAD_GAP: Final = 14.0
_BETWEEN: Final = 8.0
_INDENT: Final = 10.0
_DEEPEST_INDENT: Final = 6
_GUTTER: Final = 16.0
_MOST_TRIED: Final = 14
_FACTORS: Final = (0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.65, 1.8, 2.1)
# A sheet has so many pixels in height anyway: what is smaller spreads as it likes.
_ROOMY: Final = 620.0


class BoxSize(NamedTuple):
    """Height of a box, from one to the next below, and width of a column, in pixels."""

    high: float
    row: float
    column: float


#: Two lines of text in a box, and one line for charts of thousands.
CARD: Final = BoxSize(34.0, 41.0, 188.0)
SLIP: Final = BoxSize(16.0, 19.0, 218.0)


@dataclass(frozen=True)
class Arrangement:
    """Left, top and width of every box, the line from its boss (empty for none), and the whole size."""

    left: list[float]
    top: list[float]
    wide: list[float]
    paths: list[tuple[Point, ...]]
    width: float
    height: float


def arrangement(parents: Sequence[int], ratio: float, size: BoxSize = CARD) -> Arrangement:
    """Return the arrangement that fills a sheet best whose width is ``ratio`` times its height.

    ``parents`` holds the position of the box above, always an earlier one, or -1.

    >>> found = arrangement([-1, 0, 0], 1.5)
    >>> found.top
    [0.0, 55.0, 55.0]
    """
    forest = _Forest(parents)
    guess = math.sqrt(max(1, len(parents)) * size.row * ratio / size.column)
    tried = {max(1, round(guess * factor)) for factor in _FACTORS}
    if len(parents) <= 150:  # noqa: PLR2004  # boxes of a page: all numbers of columns take no time
        tried = set(range(1, _MOST_TRIED))
    found = (_placed(forest, columns, size) for columns in sorted(tried))
    return min(found, key=lambda one: (max(one.height, one.width / ratio, _ROOMY), one.height))


class _Forest:
    """What is below every box: which boxes, how many in all, and over how many columns they can spread."""

    def __init__(self, parents: Sequence[int]) -> None:
        self.parents = parents
        self.below: list[list[int]] = [[] for _ in parents]
        self.roots: list[int] = []
        for box, parent in enumerate(parents):
            (self.below[parent] if parent >= 0 else self.roots).append(box)
        self.size = [1] * len(parents)
        self.fan = [1] * len(parents)
        for box in range(len(parents) - 1, -1, -1):
            if self.below[box]:
                largest = max(self.below[box], key=self.size.__getitem__)
                self.fan[box] = max(len(self.below[box]), self.fan[largest])
            if parents[box] >= 0:
                self.size[parents[box]] += self.size[box]

    def groups(self, boxes: list[int], columns: int) -> list[tuple[list[int], int]]:
        """Return boxes in order as columns of about equal length, each with how many columns it takes."""
        target = max(1.0, sum(self.size[box] for box in boxes) / columns)
        while True:
            groups: list[tuple[list[int], int]] = []
            room = 0.0
            for box in boxes:
                wide = min(round(self.size[box] / target), self.fan[box])
                if wide > 1:
                    groups.append(([box], wide))
                    room = 0.0
                elif self.size[box] <= room:
                    groups[-1][0].append(box)
                    room -= self.size[box]
                else:
                    groups.append(([box], 1))
                    room = 1.15 * target - self.size[box]
            if sum(wide for _, wide in groups) <= columns:
                return groups
            target *= 1.06


def _placed(forest: _Forest, columns: int, size: BoxSize) -> Arrangement:
    count = len(forest.parents)
    left, top, wide = [0.0] * count, [0.0] * count, [0.0] * count
    paths: list[tuple[Point, ...]] = [()] * count
    width = height = 0.0

    def placed_list(box: int, start: float, begin: float) -> None:
        """Place a box and what is below it as an indented list."""
        nonlocal height
        waiting, y = [(box, 0)], begin
        while waiting:
            one, depth = waiting.pop()
            indent = _INDENT * min(depth, _DEEPEST_INDENT)
            left[one], top[one] = start + _GUTTER / 2 + indent, y
            wide[one] = size.column - _GUTTER - indent
            if depth:
                boss = forest.parents[one]
                side, level = min(left[boss] + _INDENT / 2, left[one]), y + size.high / 2
                paths[one] = ((side, top[boss] + size.high), (side, level), (left[one], level))
            y += size.row
            waiting += [(below, depth + 1) for below in reversed(forest.below[one])]
        height = max(height, y)

    waiting: list[tuple[list[int], float, int, float]] = [(forest.roots, 0.0, columns, 0.0)]
    while waiting:
        boxes, start, room, begin = waiting.pop()
        for group, spread in forest.groups(boxes, room):
            y = begin
            width = max(width, start + spread * size.column)
            for box in group:
                if spread == 1:
                    placed_list(box, start, y)
                else:
                    left[box] = start + (spread - 1) / 2 * size.column + _GUTTER / 2
                    top[box], wide[box] = y, size.column - _GUTTER
                    waiting.append((forest.below[box], start, spread, y + size.row + _HEAD_GAP))
                boss = forest.parents[box]
                if boss >= 0:
                    paths[box] = _down(left, top, wide, boss, box, begin - _BUS, size.high, spread)
                y += forest.size[box] * size.row + _BETWEEN
            start += spread * size.column
    return Arrangement(left, top, wide, paths, width, height)


def _down(  # noqa: PLR0913, PLR0917  # where both stand
    left: list[float],
    top: list[float],
    wide: list[float],
    boss: int,
    box: int,
    bus: float,
    high: float,
    spread: int,
) -> tuple[Point, ...]:
    """Return the line from a boss down to the bus and to a box, from above or along its left side."""
    middle = left[boss] + wide[boss] / 2
    begin = ((middle, top[boss] + high), (middle, bus))
    if spread > 1:
        above = left[box] + wide[box] / 2
        return (*begin, (above, bus), (above, top[box]))
    side, level = left[box] - _GUTTER / 2 + 1, top[box] + high / 2
    return (*begin, (side, bus), (side, level), (left[box], level))
