"""Which boxes of a chart a screen can show, and where they stand.

A plain top-down tree is a thin strip from about 150 nodes on. Here the root stands on top, the heads of
departments below it as columns, and everything below a head as an indented list, as in a file explorer.
What does not fit is cut *here*, in Python: boxes near the top come first, those the reader asked for
always. A box "+ 37 more" stands for what is hidden.

Positions are in nominal pixels of a picture `WIDTH` wide; a plot stretches them to the room it has.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from orgmodel.lines import Floats
from orgmodel.organization import Organization

#: Boxes a picture has at most.
MOST_BOXES: Final = 110
#: Width of the picture, height of a box and from one box to the next below it.
WIDTH: Final = 860.0
BOX_HEIGHT: Final = 34.0
ROW_HEIGHT: Final = 41.0

_MOST_COLUMNS: Final = 5
_WIDEST_COLUMN: Final = 260.0
_GUTTER: Final = 16.0
_INDENT: Final = 10.0
_DEEPEST_INDENT: Final = 6
_CHAIN_ENDS: Final = (3, 7)
_FAMILY: Final = 16
_FIRST_REPORTS: Final = 10
_FIRST_ROOTS: Final = 8
_MOST_ROOTS: Final = 24


class Box(NamedTuple):
    """One box: a node, or (``row`` -1) what stands for hidden ones.

    ``parent`` is the position of the box above in `TreeLayout.boxes`, -1 for none; ``skipped`` counts the
    levels left out in between; ``hidden`` the nodes it stands for, or those hidden below it where at most one
    report is shown. ``path`` is the line from the box above, as corner points.
    """

    row: int
    parent: int
    skipped: int
    hidden: int
    left: float
    top: float
    width: float
    path: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class TreeLayout:
    """The boxes of a picture, parents before children, and its height."""

    boxes: tuple[Box, ...]
    height: float


@dataclass
class _Twig:
    """A box before it has a place."""

    row: int
    hidden: int
    skipped: int
    twigs: list[_Twig]
    size: int = 1
    left: float = 0.0
    top: float = 0.0
    width: float = 0.0
    path: tuple[tuple[float, float], ...] = ()


def tree_layout(
    organization: Organization, wanted: Sequence[int] = (), limit: int = MOST_BOXES
) -> TreeLayout:
    """Return the boxes to show: the levels near the top, and the wanted rows with their chains and siblings.

    >>> chart = Organization.from_columns(["a", "b", "c"], [None, "a", "a"])
    >>> [box.row for box in tree_layout(chart).boxes]
    [0, 1, 2]

    """
    below = organization.below(np.ones(len(organization)))
    shown = _shown_rows(organization, list(wanted)[:limit], below, limit)
    trees, count = _twigs(organization, shown, below)
    while count > limit and shown:
        shown.pop()
        trees, count = _twigs(organization, shown, below)
    return _placed(trees)


# ---------------------------------------------------------------------- what is shown


def _shown_rows(organization: Organization, wanted: list[int], below: Floats, limit: int) -> list[int]:
    """Return the rows to show, the most wanted first; those that do not fit are left out."""
    if len(organization) <= limit:
        return [int(row) for level in organization.levels for row in level]
    chains = [organization.chain(row)[::-1] for row in wanted]
    first, last = _CHAIN_ENDS
    shown = dict.fromkeys(
        row
        for chain in chains
        for row in (chain if len(chain) <= first + last else [*chain[:first], *chain[-last:]])
    )
    for row in wanted:
        _add(shown, organization, _family(organization, row, below, max(1, _FAMILY // len(wanted))), limit)
    order = np.lexsort((np.arange(len(organization)), -below, organization.depth)).tolist()
    _add(shown, organization, order, limit, most_reports=_FIRST_REPORTS, most_roots=_FIRST_ROOTS)
    _add(shown, organization, order, limit, most_reports=limit, most_roots=_MOST_ROOTS)
    return list(shown)[:limit]


def _family(organization: Organization, row: int, below: Floats, most: int) -> list[int]:
    """Return some direct reports and siblings of a row, those with the most people below them first."""
    boss = int(organization.manager[row])
    siblings = organization.direct_reports(boss) if boss >= 0 else np.array([], dtype=np.int64)
    found: list[int] = []
    for rows in (organization.direct_reports(row), siblings):
        found += sorted(rows.tolist(), key=lambda one: -below[one])[:most]
    return found


def _add(  # two limits by name
    shown: dict[int, None],
    organization: Organization,
    rows: Iterable[int],
    limit: int,
    *,
    most_reports: int = MOST_BOXES,
    most_roots: int = MOST_BOXES,
) -> None:
    """Add rows whose manager is shown, until the boxes (with one "more" box a manager) are used up."""
    manager, span = organization.manager, organization.span_of_control
    reports: dict[int, int] = {}
    for row in shown:
        reports[int(manager[row])] = reports.get(int(manager[row]), 0) + 1
    boxes = len(shown) + sum(boss < 0 or count < span[boss] for boss, count in reports.items())
    for row in rows:
        if boxes >= limit:
            return
        boss = int(manager[row])
        count = reports.get(boss, 0)
        if row in shown or (boss >= 0 and boss not in shown):
            continue
        if count >= (most_reports if boss >= 0 else most_roots):
            continue
        shown[row] = None
        reports[boss] = count + 1
        all_of_them = span[boss] if boss >= 0 else len(organization.roots)
        boxes += 1 + (count == 0 and all_of_them > 1) - (count > 0 and count + 1 == all_of_them)


def _twigs(organization: Organization, shown: Sequence[int], below: Floats) -> tuple[list[_Twig], int]:
    """Return the shown rows as trees, with a box for what is hidden, and the number of boxes."""
    twigs = {row: _Twig(row, int(below[row]), 0, []) for row in shown}
    trees: list[_Twig] = []
    for row in sorted(shown, key=lambda one: (organization.depth[one], one)):
        twig, boss = twigs[row], int(organization.manager[row])
        while boss >= 0 and boss not in twigs:
            twig.skipped += 1
            boss = int(organization.manager[boss])
        if boss < 0:
            trees.append(twig)
            continue
        twigs[boss].twigs.append(twig)
        twigs[boss].hidden -= 1 + int(below[row])
    count = len(twigs)
    for twig in twigs.values():
        if len(twig.twigs) > 1 and twig.hidden:
            twig.twigs.append(_Twig(-1, twig.hidden, 0, []))
            twig.hidden = 0
            count += 1
    hidden_roots = len(organization.roots) - len(trees)
    if hidden_roots > 0:
        trees.append(_Twig(-1, hidden_roots, 0, []))
        count += 1
    for row in sorted(twigs, key=lambda one: -int(organization.depth[one])):
        twigs[row].size = 1 + _size(twigs[row].twigs)
    return trees, count


# ---------------------------------------------------------------------- where it stands


def _placed(trees: list[_Twig]) -> TreeLayout:
    total = _size(trees)
    columns = max(1, min(_MOST_COLUMNS, math.ceil((total - len(trees)) / 2) if len(trees) == 1 else total))
    if len(trees) == 1:
        groups = _groups(trees[0].twigs, columns)
        columns = max(1, sum(wide for _, wide in groups))
    width = min(_WIDEST_COLUMN, WIDTH / columns)
    start = (WIDTH - columns * width) / 2
    if len(trees) == 1:
        bottom = _place_tree(trees[0], start, columns, width, 0.0)
    else:
        bottom = _place_groups(None, trees, start, columns, width, 0.0)
    boxes: list[Box] = []
    waiting = [(tree, -1) for tree in trees]
    while waiting:
        twig, parent = waiting.pop(0)
        waiting += [(below, len(boxes)) for below in twig.twigs]
        path = twig.path if parent >= 0 else ()
        boxes.append(Box(twig.row, parent, twig.skipped, twig.hidden, twig.left, twig.top, twig.width, path))
    return TreeLayout(tuple(boxes), bottom)


def _groups(twigs: list[_Twig], columns: int) -> list[tuple[list[_Twig], int]]:
    """Return the twigs in order as columns of about equal length, each with how many columns it takes.

    A twig much longer than the others gets several columns of its own, and spreads below its head.
    """
    target = max(1.0, _size(twigs) / columns)
    while True:
        groups: list[tuple[list[_Twig], int]] = []
        for twig in twigs:
            wide = min(round(twig.size / target), _fan(twig))
            if wide > 1:
                groups.append(([twig], wide))
                continue
            room = 1.2 * target - twig.size
            fitting = (group for group, wide in groups if wide == 1 and _size(group) <= room)
            group = next(fitting, None)
            if group is None:
                groups.append(([twig], 1))
            else:
                group.append(twig)
        if sum(wide for _, wide in groups) <= columns:
            return groups
        target *= 1.1


def _fan(twig: _Twig) -> int:
    """Return over how many columns what is below a twig can spread, at its widest place."""
    most = 1
    while twig.twigs:
        most = max(most, len(twig.twigs))
        twig = max(twig.twigs, key=lambda one: one.size)
    return most


def _size(twigs: Sequence[_Twig]) -> int:
    return sum(twig.size for twig in twigs)


def _place_tree(twig: _Twig, start: float, columns: int, width: float, top: float) -> float:
    """Place a twig over its columns, everything below it under it; return where it ends."""
    if columns == 1:
        return _place_list(twig, start, width, top, 0)
    twig.left = start + (columns - 1) / 2 * width + _GUTTER / 2
    twig.top, twig.width = top, width - _GUTTER
    return _place_groups(twig, twig.twigs, start, columns, width, top + ROW_HEIGHT + 14.0)


def _place_groups(  # a place has four numbers
    head: _Twig | None, twigs: list[_Twig], start: float, columns: int, width: float, top: float
) -> float:
    """Place twigs side by side below their head; return where the longest ends."""
    bottom = top
    for group, wide in _groups(twigs, columns):
        end = top
        for twig in group:
            end = _place_tree(twig, start, wide, width, end) + 8.0
            if head is not None:
                twig.path = _path_down(head, twig, top - 9.0, from_above=wide > 1)
        bottom = max(bottom, end)
        start += wide * width
    return bottom


def _path_down(head: _Twig, twig: _Twig, bus: float, *, from_above: bool) -> tuple[tuple[float, float], ...]:
    """Return the line from below a head along the bus to a twig, from above or along its left side."""
    middle = head.left + head.width / 2
    begin = ((middle, head.top + BOX_HEIGHT), (middle, bus))
    if from_above:
        above = twig.left + twig.width / 2
        return (*begin, (above, bus), (above, twig.top))
    side = twig.left - _GUTTER / 2 + 1.0
    level = twig.top + BOX_HEIGHT / 2
    return (*begin, (side, bus), (side, level), (twig.left, level))


def _place_list(twig: _Twig, start: float, width: float, top: float, depth: int) -> float:
    """Place a twig and everything below it as an indented list; return where it ends."""
    indent = _INDENT * min(depth, _DEEPEST_INDENT)
    twig.left, twig.top, twig.width = start + _GUTTER / 2 + indent, top, width - _GUTTER - indent
    bottom = top + ROW_HEIGHT
    for below in twig.twigs:
        end = _place_list(below, start, width, bottom, depth + 1)
        side = min(twig.left + _INDENT / 2, below.left)
        level = below.top + BOX_HEIGHT / 2
        below.path = ((side, twig.top + BOX_HEIGHT), (side, level), (below.left, level))
        bottom = end
    return bottom
