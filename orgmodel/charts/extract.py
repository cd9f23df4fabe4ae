"""The part of a chart that some ways run through, cut to what stays readable, and where its boxes stand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from orgmodel.organization import Organization

_MOST_BOXES: Final = 40
_MOST_LEVELS: Final = 12
_MOST_COLUMNS: Final = 14
# What is shown of long ways: everything, else so many steps around the marked boxes.
_SHOWN_AROUND: Final = (math.inf, 4, 3, 2, 1, 0)


class Extract(NamedTuple):
    """Some boxes of a chart, managers before their reports.

    A box is a row, or ``~row`` for what is left out directly above that row. ``above`` gives the box above
    each box (None at the top), ``left_out`` the rows that a box of the second kind stands for, upwards.
    """

    above: dict[int, int | None]
    left_out: dict[int, tuple[int, ...]]

    def below(self) -> dict[int | None, list[int]]:
        """Return the boxes below each box that has some, and below None those at the top."""
        below: dict[int | None, list[int]] = {}
        for box, boss in self.above.items():
            below.setdefault(boss, []).append(box)
        return below

    def levels(self) -> dict[int, int]:
        """Return the level of each box, 0 at the top."""
        levels: dict[int, int] = {}
        for box, boss in self.above.items():
            levels[box] = 0 if boss is None else levels[boss] + 1
        return levels

    def columns(self) -> dict[int, float]:
        """Return the column of each box: side by side at the ends, in the middle over what is below."""
        below, order = self.below(), []
        waiting = below[None][::-1]
        while waiting:
            order.append(waiting.pop())
            waiting += below.get(order[-1], [])[::-1]
        columns: dict[int, float] = {}
        for box in order:
            if box not in below:
                columns[box] = len(columns)
        for box in reversed(order):
            if box in below:
                columns[box] = (columns[below[box][0]] + columns[below[box][-1]]) / 2
        return columns


def extract(organization: Organization, marked: Sequence[int], ways: Iterable[Sequence[int]] = ()) -> Extract:
    """Return the marked rows, the ways between them and their managers up to where all meet.

    Where that is too much, the middle of long ways is left out.

    >>> chart = Organization.from_columns([str(n) for n in range(99)], [None, *map(str, range(98))])
    >>> [(~box, len(rows)) for box, rows in extract(chart, [0, 98]).left_out.items()]
    [(94, 89)]

    """
    hops = [hop for way in ways for hop in pairwise(way)]
    rows = _with_managers(organization, dict.fromkeys([*marked, *(row for hop in hops for row in hop)]))
    distance = _steps_to_marked(organization, rows, marked, hops)
    found = Extract({}, {})
    for around in _SHOWN_AROUND:
        shown = {row for row in rows if distance[row] <= around}
        if around and len(shown) > _MOST_BOXES:
            continue
        found = _cut(organization, rows, shown)
        ends = len(found.above) - len(found.below()) + 1
        if len(found.above) <= _MOST_BOXES and ends <= _MOST_COLUMNS and _height(found) <= _MOST_LEVELS:
            break
    return found


def _height(found: Extract) -> int:
    return 1 + max(found.levels().values())


def _with_managers(organization: Organization, wanted: Iterable[int]) -> dict[int, None]:
    """Return rows and their managers up to where all meet, managers first."""
    wanted = list(wanted)
    rows: dict[int, None] = {}
    reports: dict[int, list[int]] = {}
    for row in wanted:
        chain: list[int] = []
        while row >= 0 and row not in rows:
            chain.append(row)
            row = int(organization.manager[row])  # noqa: PLW2901  # climbs
            reports.setdefault(row, []).append(chain[-1])
        rows |= dict.fromkeys(reversed(chain))
    # Managers above the point where all meet say nothing: start there.
    needed, tops = set(wanted), reports[-1]
    while len(tops) == 1 and tops[0] not in needed and len(reports[tops[0]]) == 1:
        del rows[tops[0]]
        tops = reports[tops[0]]
    return rows


def _steps_to_marked(
    organization: Organization, rows: Iterable[int], marked: Sequence[int], hops: Sequence[tuple[int, int]]
) -> dict[int, float]:
    """Return how near each row is to a marked one; where marked ones meet, and off the tree, it is near."""
    rows = list(rows)
    neighbours: dict[int, list[int]] = {row: [] for row in rows}
    turning: list[int] = []
    for a, b in hops:
        neighbours[a].append(b)
        neighbours[b].append(a)
        if organization.manager[a] != b and organization.manager[b] != a:
            turning += [a, b]
    led: dict[int, int] = dict.fromkeys(rows, 0)
    needed = set(marked)
    for row in reversed(rows):
        boss = int(organization.manager[row])
        if boss in neighbours:
            neighbours[row].append(boss)
            neighbours[boss].append(row)
            led[boss] += row in needed or led[row] > 0
    turning += [row for row in rows if led[row] > 1]
    distance: dict[int, float] = dict.fromkeys(rows, math.inf) | dict.fromkeys(marked, 0.0)
    frontier, step = list(marked), 0.0
    while frontier:
        step += 1.0
        near = dict.fromkeys([*turning, *(other for row in frontier for other in neighbours[row])])
        turning = []
        frontier = [row for row in near if distance[row] == math.inf]
        distance |= dict.fromkeys(frontier, step)
    return distance


def _cut(organization: Organization, rows: dict[int, None], shown: set[int]) -> Extract:
    """Return the rows that are shown, and a box for the two or more that are left out above one."""
    manager = organization.manager
    boss_of = {row: int(manager[row]) for row in shown}
    shown |= {boss for boss in boss_of.values() if boss in rows and int(manager[boss]) in shown}
    above: dict[int, int | None] = {}
    left_out: dict[int, tuple[int, ...]] = {}
    for row in rows:
        if row not in shown:
            continue
        hidden: list[int] = []
        boss = int(manager[row])
        while boss in rows and boss not in shown:
            hidden.append(boss)
            boss = int(manager[boss])
        top = boss if boss in rows else None
        if hidden:
            above[~row], left_out[~row] = top, tuple(hidden)
            top = ~row
        above[row] = top
    return Extract(above, left_out)
