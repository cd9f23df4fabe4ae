"""Lines of a chart: their kinds, written as ids, kept as arrays, and what is checked about them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeVar

import networkx as nx
import numpy as np
import numpy.typing as npt

from orgmodel.errors import OrganizationError

Texts = npt.NDArray[np.object_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_Array = TypeVar("_Array", bound=npt.NDArray[Any])

#: Kinds of further managers.
FURTHER_KINDS: Final = ("shared", "dotted", "contract")
#: Kinds of lines in the order in which pictures and tables list them.
LINE_KINDS: Final = ("solid", *FURTHER_KINDS, "tie")

#: The words of a screen for them.
LINE_TITLES: Final = {
    "solid": "Reporting line",
    "shared": "Shared manager",
    "dotted": "Dotted line",
    "contract": "Contract",
    "tie": "Works together (tie)",
}

_SHARE_TOLERANCE: Final = 1e-9
_NAMED_AT_MOST: Final = 12


class FurtherManager(NamedTuple):
    """One further manager as ids: who reports, to whom, over which kind of line, with what authority."""

    report: str
    manager: str
    kind: str = "dotted"
    share: float = 0.0


class Tie(NamedTuple):
    """One collaboration tie as ids; ``relation`` says what it consists of."""

    a: str
    b: str
    weight: float = 1.0
    relation: str = "collaboration"


@dataclass(frozen=True, eq=False)
class FurtherLines:
    """All further managers of a chart as arrays of rows, sorted by report, then manager, then kind."""

    report: Ints
    manager: Ints
    kind: Texts
    share: Floats


@dataclass(frozen=True, eq=False)
class TieLines:
    """All ties of a chart as arrays of rows; ``a`` is the row with the smaller id."""

    a: Ints
    b: Ints
    weight: Floats
    relation: Texts


def frozen_texts(values: Iterable[object]) -> Texts:
    """Return the values as a read-only column of objects."""
    return frozen(np.fromiter(values, dtype=np.object_))


def frozen(array: _Array) -> _Array:
    """Return the array itself, made read-only."""
    array.setflags(write=False)
    return array


def frozen_ints(values: Iterable[int]) -> Ints:
    """Return the values as a read-only column of integers."""
    return frozen(np.array(list(values), dtype=np.int64))


def frozen_floats(values: Iterable[float]) -> Floats:
    """Return the values as a read-only column of numbers."""
    return frozen(np.array(list(values), dtype=np.float64))


def share_left(taken: Floats) -> Floats:
    """Return what further managers leave to the solid one; what is left by rounding is nothing."""
    return np.asarray(np.where(taken > 1.0 - _SHARE_TOLERANCE, 0.0, 1.0 - taken))


def grouped_positions(start: Ints, groups: Ints) -> Ints:
    """Return the positions of all members of some groups, where group g holds ``start[g]:start[g + 1]``.

    >>> grouped_positions(np.array([0, 2, 2, 5]), np.array([0, 2])).tolist()
    [0, 1, 2, 3, 4]
    """
    counts = start[groups + 1] - start[groups]
    before = np.cumsum(counts) - counts
    return np.repeat(start[groups] - before, counts) + np.arange(int(counts.sum()), dtype=np.int64)


def marked(size: int, rows: Collection[int] | Ints) -> Bools:
    """Return for each of so many rows whether it is one of ``rows``.

    >>> marked(3, [1]).tolist()
    [False, True, False]
    """
    marks = np.zeros(size, dtype=np.bool_)
    marks[np.asarray(rows, dtype=np.int64)] = True
    return marks


def list_of_names(names: Sequence[str]) -> str:
    """Return ``"A", "B" and 3 more`` for an error message."""
    shown = ", ".join(f'"{name}"' for name in names[:_NAMED_AT_MOST])
    return shown if len(names) <= _NAMED_AT_MOST else f"{shown} and {len(names) - _NAMED_AT_MOST} more"


def further_lines(lines: Iterable[FurtherManager], row_of: Mapping[str, int], manager: Ints) -> FurtherLines:
    """Return further managers given as ids as arrays of rows, each line checked."""
    rows: dict[tuple[int, int, str], float] = {}
    for line in lines:
        report, boss = _line_ends(line.report, line.manager, row_of, "further manager")
        if line.kind not in FURTHER_KINDS:
            message = (
                f'The line from "{line.manager}" to "{line.report}" has the kind "{line.kind}"; '
                f"a further manager is {', '.join(FURTHER_KINDS)}."
            )
            raise OrganizationError(message)
        if not 0.0 <= line.share <= 1.0:
            message = f'"{line.manager}" has the share {line.share} over "{line.report}"; shares are 0 to 1.'
            raise OrganizationError(message)
        if manager[report] == boss:
            message = f'"{line.manager}" is the solid manager of "{line.report}" and a further one as well.'
            raise OrganizationError(message)
        if (report, boss, line.kind) in rows:
            message = f'The {line.kind} line from "{line.manager}" to "{line.report}" is written twice.'
            raise OrganizationError(message)
        rows[report, boss, line.kind] = float(line.share)
    keys = sorted(rows)
    return FurtherLines(
        report=frozen_ints(key[0] for key in keys),
        manager=frozen_ints(key[1] for key in keys),
        kind=frozen_texts(key[2] for key in keys),
        share=frozen_floats(rows[key] for key in keys),
    )


def tie_lines(ties: Iterable[Tie], row_of: Mapping[str, int]) -> TieLines:
    """Return ties given as ids as arrays of rows, each tie checked."""
    by_pair: dict[tuple[str, str], Tie] = {}
    for tie in ties:
        _line_ends(tie.a, tie.b, row_of, "tie")
        if not (math.isfinite(tie.weight) and tie.weight > 0):
            message = f'The tie between "{tie.a}" and "{tie.b}" weighs {tie.weight}; it must be above 0.'
            raise OrganizationError(message)
        add_tie(by_pair, tie)
    listed = sorted(by_pair.values(), key=lambda tie: (row_of[tie.a], row_of[tie.b]))
    return TieLines(
        a=frozen_ints(row_of[tie.a] for tie in listed),
        b=frozen_ints(row_of[tie.b] for tie in listed),
        weight=frozen_floats(tie.weight for tie in listed),
        relation=frozen_texts(tie.relation for tie in listed),
    )


def add_tie(ties: dict[tuple[str, str], Tie], tie: Tie) -> None:
    """Add a tie; the same tie written from the other side counts once, a contradiction is an error."""
    a, b = sorted((tie.a, tie.b))
    tie = Tie(a, b, float(tie.weight), tie.relation)
    if ties.setdefault((a, b), tie) != tie:
        message = f'The tie between "{a}" and "{b}" is written twice with different weights or relations.'
        raise OrganizationError(message)


def _line_ends(first: str, second: str, row_of: Mapping[str, int], what: str) -> tuple[int, int]:
    for node in (first, second):
        if node not in row_of:
            message = f'The {what} line "{first}" - "{second}" names "{node}", which is not in the chart.'
            raise OrganizationError(message)
    if first == second:
        message = f'The {what} line of "{first}" leads to itself.'
        raise OrganizationError(message)
    return row_of[first], row_of[second]


def manager_cycles(manager: Sequence[int] | Ints) -> list[list[int]]:
    """Return every cycle over solid lines, each as rows in the order report -> manager.

    >>> manager_cycles([1, 2, 0, 0, -1])
    [[0, 1, 2]]
    """
    above = np.append(np.asarray(manager, dtype=np.int64), -1)  # the last is above whoever has nobody above
    for _ in range(len(above).bit_length()):  # twice as far up each time, in the end beyond every root
        if (above < 0).all():
            return []
        above = above[above]
    bosses = np.asarray(manager, dtype=np.int64).tolist()
    seen = [0] * len(bosses)  # 0 not seen, else the number of the walk that came by
    cycles: list[list[int]] = []
    for walk, start in enumerate(np.flatnonzero(above >= 0).tolist(), start=1):
        row = start
        while row >= 0 and not seen[row]:
            seen[row] = walk
            row = bosses[row]
        if row >= 0 and seen[row] == walk:
            cycle = [row]
            while (boss := bosses[cycle[-1]]) != row:
                cycle.append(boss)
            cycles.append(cycle)
    return cycles


def check_authority(ids: Texts, manager: Ints, further: FurtherLines) -> None:
    """Check that shares sum to at most 1 and that no authority runs in a circle."""
    taken = np.bincount(further.report, weights=further.share, minlength=len(ids))
    above = np.flatnonzero(taken > 1.0 + _SHARE_TOLERANCE)
    if len(above):
        message = f'The further managers of "{ids[above[0]]}" have {taken[above[0]]:.4g} of the authority; '
        message += "together it is at most 1."
        raise OrganizationError(message)
    if cycles := manager_cycles(manager):
        raise OrganizationError(_cycle_message([str(ids[row]) for row in cycles[0]], len(cycles)))
    ruling = further.share > 0
    if ruling.any():
        lines: nx.DiGraph[int] = nx.DiGraph()
        lines.add_edges_from(
            zip(further.report[ruling].tolist(), further.manager[ruling].tolist(), strict=True)
        )
        lines.add_edges_from((row, boss) for row, boss in enumerate(manager.tolist()) if boss >= 0)
        try:
            cycle = nx.find_cycle(lines)
        except nx.NetworkXNoCycle:
            return
        raise OrganizationError(_cycle_message([str(ids[edge[0]]) for edge in cycle], 1))


def _cycle_message(names: Sequence[str], cycles: int) -> str:
    way = " -> ".join(f'"{name}"' for name in (*names[:_NAMED_AT_MOST], names[0]))
    if len(names) > _NAMED_AT_MOST:
        way = way.replace(f' -> "{names[0]}"', f' -> ... ({len(names)} nodes) -> "{names[0]}"')
    more = f" ({cycles - 1} more cycles.)" if cycles > 1 else ""
    return f"Authority runs in a circle (report -> manager): {way}. One of these lines must go.{more}"
