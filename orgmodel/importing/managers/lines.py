"""Further managers and ties: from cells to lines that an organization accepts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from orgmodel.importing.columns.headers import SEVERAL_MANAGERS, normalised
from orgmodel.importing.files.cells import Column
from orgmodel.importing.files.tables import Table
from orgmodel.importing.managers.directory import is_root_mark
from orgmodel.importing.notices import Notice
from orgmodel.importing.own_format import read_list
from orgmodel.importing.rows.identities import Nodes
from orgmodel.lines import FURTHER_KINDS, FurtherManager, Ints, Tie
from orgmodel.wording import quoted

#: Returns the node a text means, or a negative number.
Find = Callable[[str], int]

_SEPARATORS: Final = re.compile(r"[;|\n]+")
_SUM_TOLERANCE: Final = 1e-9


@dataclass(frozen=True)
class FurtherLine:
    """A further manager as nodes, and where it is written."""

    node: int
    manager: int
    kind: str
    share: float
    line: int
    column: str | None


@dataclass
class Cells:
    """One column of lines: the cell and the line of every node, and what could not be taken from it."""

    header: str
    cells: Column
    lines: Sequence[int]
    left_over: dict[int, list[str]]

    def refuse(self, node: int, text: str) -> None:
        """Keep a part of a cell that became no line."""
        self.left_over.setdefault(node, []).append(text)

    def filled(self) -> Iterator[tuple[int, str]]:
        """Yield the nodes whose cell is not empty, each with its cell."""
        nodes = np.flatnonzero(self.cells.filled)
        yield from zip(nodes.tolist(), self.cells.cells[nodes].tolist(), strict=True)

    def notice(self, code: str, node: int, message: str, value: str) -> Notice:
        """Return a notice about one cell."""
        line = self.lines[node]
        return Notice(code, "warning", f"Row {line}: {message}", line, self.header, value)


def cells_of(table: Table, place: int, nodes: Nodes) -> Cells:
    """Return a column as cells per node."""
    return Cells(table.header[place], nodes.of(table.columns[place]), nodes.lines_of(table), {})


# ---------------------------------------------------------------------- further managers


def stated_lines(cells: Cells, find: Find, notices: list[Notice]) -> list[FurtherLine]:
    """Return the lines of our own column ``further_managers`` (``id|share|kind;...``)."""
    lines = []
    for node, manager, _reference, rest in _entries("further_manager", cells, find, notices):
        share, kind = _share_and_kind(rest, cells, node, notices)
        lines.append(FurtherLine(node, manager, kind, share, cells.lines[node], cells.header))
    return lines


def named_lines(cells: Cells, find: Find, notices: list[Notice]) -> list[FurtherLine]:
    """Return the lines of a column of second managers: dotted, without authority.

    The whole cell is one manager if such a one is known; else it is split at the separator of its system
    (OrgPlus ``;``, Organimi ``:``, draw.io ``,``), or at ``;`` and ``|``.
    """
    own = SEVERAL_MANAGERS.get(normalised(cells.header))
    lines = []
    for node, cell in cells.filled():
        if is_root_mark(cell):
            continue
        references = [cell]
        if find(cell) < 0:
            references = [part.strip() for part in (cell.split(own) if own else _SEPARATORS.split(cell))]
        for reference in references:
            if not reference or is_root_mark(reference):
                continue
            manager = find(reference)
            if manager < 0:
                _refuse_unknown("further_manager", cells, node, reference, notices)
            else:
                lines.append(FurtherLine(node, manager, "dotted", 0.0, cells.lines[node], cells.header))
    return lines


def split_managers(reference: str, find: Find) -> list[int]:
    """Return the nodes named in one cell of the manager column; empty unless all of them are found."""
    for separators in (_SEPARATORS, re.compile(r"[:,/&]+")):
        parts = [part.strip() for part in separators.split(reference)]
        nodes = [find(part) for part in parts if part]
        if len(nodes) > 1 and min(nodes) >= 0:
            return list(dict.fromkeys(nodes))
    return []


def sound_lines(
    lines: Iterable[FurtherLine], bosses: Ints, ids: Column, notices: list[Notice]
) -> list[FurtherManager]:
    """Return the lines an organization accepts; what is left out or changed is noted."""
    kept: dict[tuple[int, int, str], FurtherLine] = {}
    for line in lines:
        reason = ""
        if line.manager == line.node:
            reason = "leads to itself"
        elif line.manager == bosses[line.node]:
            reason = "is the solid line already"
        elif (line.node, line.manager, line.kind) in kept:
            reason = "is written twice"
        if reason:
            message = (
                f"The further line from {quoted(ids[line.node])} to {quoted(ids[line.manager])} {reason}."
            )
            notices.append(_line_notice(line, f"{message} It was left out.", ids))
        else:
            kept[line.node, line.manager, line.kind] = line
    shares = {key: line.share for key, line in kept.items()}
    _limit_sums(kept, shares, ids, notices)
    _end_circles(kept, shares, bosses, ids, notices)
    return [
        FurtherManager(ids[node], ids[manager], kind, share)
        for (node, manager, kind), share in shares.items()
    ]


def _line_notice(line: FurtherLine, message: str, ids: Column) -> Notice:
    return Notice("further_manager", "warning", message, line.line, line.column, ids[line.manager])


def _limit_sums(
    kept: dict[tuple[int, int, str], FurtherLine],
    shares: dict[tuple[int, int, str], float],
    ids: Column,
    notices: list[Notice],
) -> None:
    """Reduce the shares over a node to 1 in sum."""
    sums: dict[int, float] = {}
    for key, share in shares.items():
        sums[key[0]] = sums.get(key[0], 0.0) + share
    above = {node: total for node, total in sums.items() if total > 1.0 + _SUM_TOLERANCE}
    first: dict[int, FurtherLine] = {}
    for key, line in kept.items():
        if (total := above.get(key[0])) is not None:
            shares[key] = line.share / total
            first.setdefault(key[0], line)
    for node, line in first.items():
        total = above[node]
        message = (
            f"The further managers of {quoted(ids[node])} have {total:.4g} of the authority; reduced to 1."
        )
        notices.append(_line_notice(line, message, ids))


def _end_circles(
    kept: dict[tuple[int, int, str], FurtherLine],
    shares: dict[tuple[int, int, str], float],
    bosses: Ints,
    ids: Column,
    notices: list[Notice],
) -> None:
    """Take the authority from the further lines that run in a circle with others; the line stays, dotted."""
    ruling = [key for key, share in shares.items() if share > 0]
    if not ruling:
        return
    below = np.flatnonzero(bosses >= 0)
    start = np.append(below, [key[0] for key in ruling])
    end = np.append(bosses[below], [key[1] for key in ruling])
    graph = coo_array((np.ones(len(start)), (start, end)), shape=(len(bosses), len(bosses)))
    _, circle = connected_components(graph, connection="strong")
    for key in ruling:
        node, manager, _kind = key
        if circle[node] != circle[manager]:
            continue
        line = kept[key]
        message = (
            f"{quoted(ids[manager])} is below {quoted(ids[node])} and has {shares[key]:.4g} of the authority "
            "over it: a circle. The line was kept without authority."
        )
        notices.append(_line_notice(line, message, ids))
        shares[key] = 0.0


def _share_and_kind(
    fields: Sequence[str], cells: Cells, node: int, notices: list[Notice]
) -> tuple[float, str]:
    """Return share and kind of ``share|kind``; a share alone is shared, nothing at all is dotted."""
    stated = fields[0].strip() if fields else ""
    kind = fields[1].strip().casefold() if len(fields) > 1 else ""
    share = _number(stated, 0.0)
    if not 0.0 <= share <= 1.0:
        message = f"{quoted(stated)} is no share of the authority (0 to 1); the line has none."
        notices.append(cells.notice("further_manager", node, message, stated))
        share = 0.0
    if kind not in FURTHER_KINDS:
        known = "shared" if share > 0 else "dotted"
        if kind:
            message = f"{quoted(kind)} is no kind of line ({', '.join(FURTHER_KINDS)}); taken as {known}."
            notices.append(cells.notice("further_manager", node, message, kind))
        kind = known
    return share, kind


def _number(text: str, default: float) -> float:
    if not text.strip():
        return default
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan


def _entries(
    code: str, cells: Cells, find: Find, notices: list[Notice]
) -> Iterator[tuple[int, int, str, list[str]]]:
    """Yield the entries that name a node: the node of the cell, the one named, its reference, the rest."""
    for node, cell in cells.filled():
        for reference, *rest in read_list(cell):
            other = find(reference)
            if other < 0:
                other = find(reference.strip())
            if other < 0:
                _refuse_unknown(code, cells, node, reference, notices)
            else:
                yield node, other, reference, rest


def _refuse_unknown(code: str, cells: Cells, node: int, reference: str, notices: list[Notice]) -> None:
    cells.refuse(node, reference)
    message = (
        f"{quoted(reference)} is not in the file, so no line was drawn; the cell is kept as an attribute."
    )
    notices.append(cells.notice(code, node, message, reference))


# ---------------------------------------------------------------------- ties


def ties_of(cells: Cells, find: Find, ids: Column, notices: list[Notice]) -> list[Tie]:
    """Return the ties of a column ``ties`` (``id|weight|relation;...``).

    A tie written on both sides counts once; where the sides differ, the first is taken.
    """
    ties: dict[tuple[int, int], Tie] = {}
    for node, other, reference, rest in _entries("tie", cells, find, notices):
        if other == node:
            message = f"the tie of {quoted(ids[node])} leads to itself and was left out."
            notices.append(cells.notice("tie", node, message, reference))
            continue
        tie = Tie(ids[node], ids[other], _weight(rest, cells, node, notices), _relation(rest))
        pair = (min(node, other), max(node, other))
        known = ties.setdefault(pair, tie)
        if known[2:] != tie[2:]:
            message = (
                f"the tie with {quoted(ids[other])} is written differently on its two sides; weight "
                f"{known.weight:g} and relation {quoted(known.relation)} were taken."
            )
            notices.append(cells.notice("tie", node, message, reference))
    return list(ties.values())


def _weight(fields: Sequence[str], cells: Cells, node: int, notices: list[Notice]) -> float:
    stated = fields[0] if fields else ""
    weight = _number(stated, 1.0)
    if math.isfinite(weight) and weight > 0:
        return weight
    message = f"{quoted(stated)} is no weight of a tie (above 0); 1 was taken."
    notices.append(cells.notice("tie", node, message, stated))
    return 1.0


def _relation(fields: Sequence[str]) -> str:
    """Return the relation as written; blanks count, because our own format is literal."""
    return fields[1] if len(fields) > 1 else "collaboration"
