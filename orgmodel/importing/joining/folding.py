"""Edges -> columns of the table of nodes: managers, further managers, ties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from orgmodel.importing.columns.roles import Roles, is_nearly_unique, joined_names, roles_of
from orgmodel.importing.files.cells import Column, column_of, empty_column
from orgmodel.importing.files.tables import Table, with_besides
from orgmodel.importing.joining.additions import found_rows, line_of, with_column, with_named
from orgmodel.importing.joining.edges import FURTHER, TIE, Direction, Edges, direction, suits_and_kind
from orgmodel.importing.joining.lookups import reject
from orgmodel.importing.managers.directory import is_root_mark
from orgmodel.importing.notices import Notice, Severity
from orgmodel.importing.own_format import OWN_COLUMNS, written_list
from orgmodel.importing.rows.edited_rows import with_column_at
from orgmodel.importing.rows.identities import FreeNames
from orgmodel.importing.wording import listed
from orgmodel.lines import Bools, Floats, Ints, Texts
from orgmodel.wording import counted, quoted

_PLAIN_RELATION: Final = "collaboration"
_HALF: Final = 0.5
_SAMPLED: Final = 1000
#: What may stand for no end at all; 0 is the first node of many programs.
_NO_END: Final = frozenset({"", "-1", "none", "null", "nil", "n/a", "#n/a"})
_TO_ESCAPE: Final = r"[\\;|]"


@dataclass
class _Fold:
    """The table of nodes while edges are folded into it: the nodes are its rows, then the other ends."""

    table: Table
    roles: Roles
    target: Column
    place: int
    others: dict[str, int] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    cells_of_others: dict[int, Texts] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.table) + len(self.others)

    def nodes(self, ends: Column, edges: Edges) -> Ints:
        """Return the node of every end, -1 where the cell is empty; an unknown end becomes another node."""
        rows = found_rows(ends.texts, self.target)
        for place in np.flatnonzero(rows < 0).tolist():
            text = str(ends.texts[place])
            if text.strip().casefold() in _NO_END:
                continue
            if text not in self.others:
                self.others[text] = self.size
                self.lines.append(line_of(edges.table, int(ends.first_rows[place])))
            rows[place] = self.others[text]
        return rows[ends.index]

    def pending(self, place: int) -> Texts:
        """Return the cells of the other ends in a column, to be written."""
        empty = np.full(len(self.others), "", dtype=np.object_)
        return self.cells_of_others.setdefault(place, empty)

    def texts(self) -> Texts:
        """Return what every node is called in lines."""
        return np.append(self.target.cells, np.array(list(self.others), dtype=np.object_))


@dataclass(frozen=True)
class _Drawn:
    """Edges between numbered nodes, one table after the other; ``edges`` is the number of their table."""

    manager: Ints
    report: Ints
    suits: Ints
    kind: Texts
    share: Floats
    weight: Floats
    relation: Texts
    edges: Ints


def folded(base: Table | None, tables: Sequence[Edges], notices: list[Notice]) -> Table:
    """Return the table of nodes with the edges in it; without such a table, that of all ends.

    * Of the reporting lines above a node the one that suits best by its kind (a plain one before an
      adviser's) is the manager, of equals the first, unless the table of nodes names a manager already.
      Lines of a kind that says so (dotted, matrix, shared, contract) never are. The others are further
      managers: of their kind, dotted where it says nothing, with the share of the authority that is
      stated, else none.
    * Edges that are no hierarchy become ties, which have no direction: an edge that comes again, either
      way, is merged, and the weight is their number.
    * An end that is no node becomes one if a reporting line names it, with the status of a placeholder; a
      tie to somebody else is rejected. Without a table of nodes every end is somebody, a headcount of 1.
    """
    fold = _Fold(*_nodes_of(base, tables))
    if base is not None:
        tables = _related(fold, tables, notices)
    if not tables:
        return fold.table
    rows = len(fold.table)
    ends = [(fold.nodes(one.ends[0], one), fold.nodes(one.ends[1], one)) for one in tables]
    known = _managers(fold)
    covered = bool(rows and np.count_nonzero(known != -1) >= _HALF * rows)
    ways = [
        direction(one, first, second, fold.size, managers_known=covered)
        for one, (first, second) in zip(tables, ends, strict=True)
    ]
    reporting, ties = _drawn(tables, ends, ways)
    outcome = [_Outcome(one, way) for one, way in zip(tables, ways, strict=True)]
    used = _with_reporting(fold, known, reporting, outcome)
    if base is None:
        used[:] = True
    _write_ties(fold, _sound(ties, outcome), used, outcome)
    _add_others(fold, used, alone=base is None)
    for one in outcome:
        one.tell(notices)
    return with_besides(
        fold.table,
        merged=sum(one.merged for one in outcome),
        lines=sum(one.solid + one.further + one.ties for one in outcome),
        rejected=sum(one.rejected for one in outcome),
    )


@dataclass
class _Outcome:
    """What became of the edges of one table."""

    edges: Edges
    way: Direction
    solid: int = 0
    further: int = 0
    ties: int = 0
    merged: int = 0
    to_itself: int = 0
    without_end: int = 0
    outside: int = 0
    outsiders: list[str] = field(default_factory=list)
    kinds: dict[tuple[str, str], int] = field(default_factory=dict)
    several: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return self.to_itself + self.without_end + self.outside

    def tell(self, notices: list[Notice]) -> None:
        """Say how the edges were read and what became of each."""
        table, way = self.edges.table, self.way
        of_file = f" of {quoted(table.name)}" if table.name else ""
        read = f"{counted(len(table), 'row')}{of_file} read as lines: "
        if way.hierarchy:
            above, below = table.header[self.edges.manager], table.header[self.edges.report]
            above, below = (below, above) if way.turned else (above, below)
            read += f"{quoted(below)} reports to {quoted(above)}, because {way.why}. "
        else:
            read += f"they were taken as ties (working together), because {way.why}. "
        counts = [
            counted(self.solid, "manager") if self.solid else "",
            counted(self.further, "further manager") if self.further else "",
            counted(self.ties, "tie") if self.ties else "",
            f"{self.merged:,} merged because they repeat another one" if self.merged else "",
            f"{self.rejected:,} not used" if self.rejected else "",
        ]
        line = line_of(table, 0)
        severity: Severity = "warning" if "custom" in way.why else "info"
        message = f"{read}They became: {', '.join(filter(None, counts))}."
        if self.added:
            message += (
                f" Added: {counted(len(self.added), 'node')} that only lines name ({listed(self.added)})."
            )
        notices.append(Notice("edges", severity, message, line))
        self._tell_several(of_file, line, notices)
        self._tell_rejected(of_file, line, notices)

    def _tell_several(self, of_file: str, line: int, notices: list[Notice]) -> None:
        if not self.further:
            return
        kinds = ", ".join(
            f"{number:,} {quoted(text) if text else 'of no kind'} as {kind}"
            for (text, kind), number in self.kinds.items()
        )
        message = (
            f"Further managers{of_file}: {counted(self.further, 'line')} for "
            f"{counted(len(self.several), 'node')} ({listed(self.several)}): {kinds}. Of several managers "
            "the one whose kind of line suits best, of equals the first, is the manager; the others have "
            "only the share of the authority that is stated."
        )
        notices.append(Notice("several_managers", "warning", message, line))

    def _tell_rejected(self, of_file: str, line: int, notices: list[Notice]) -> None:
        reasons = (
            (self.to_itself, "both ends are the same node"),
            (self.without_end, "an end is missing"),
            (self.outside, f"an end is in no table of nodes ({listed(self.outsiders)})"),
        )
        for number, reason in reasons:
            if number:
                message = f"{counted(number, 'row')}{of_file} not made a line, because {reason}."
                notices.append(Notice("row_rejected", "warning", message, line))


# ---------------------------------------------------------------------- the nodes


def _nodes_of(base: Table | None, tables: Sequence[Edges]) -> tuple[Table, Roles, Column, int]:
    """Return the table of nodes, its roles, and the column in which most of the ends are found."""
    if base is None:
        columns = [empty_column(0) for _ in OWN_COLUMNS]
        table = Table(OWN_COLUMNS, columns, [], literal=True, name=tables[0].table.name)
        return table, roles_of(table), columns[0], 0
    roles = roles_of(base)
    places = [*roles.get("id", []), *roles.get("email", []), *roles.get("name", [])]
    told = {place for role in roles.values() for place in role}
    places += [
        place
        for place, column in enumerate(base.columns)
        if place not in told and is_nearly_unique(column, int(column.filled.sum()))
    ]
    places = places or [0]
    texts = np.concatenate([end.texts[:_SAMPLED] for one in tables for end in one.ends])
    columns = [base.columns[place] for place in places]

    def found_in(*, exactly: bool) -> list[int]:
        rows = (found_rows(texts, column, exactly=exactly) for column in columns)
        return [int(np.count_nonzero(one >= 0)) for one in rows]

    found = found_in(exactly=True)
    if 2 * max(found) < len(texts):
        found = found_in(exactly=False)
    place = places[int(np.argmax(found))]
    names, parts = joined_names(base, roles)
    if not max(found) and len(parts) > 1:  # "Ann Bell" of two columns
        base, place = with_column(base, "name", names)
        roles["name"] = [place]
    return base, roles, base.columns[place], place


def _related(fold: _Fold, tables: Sequence[Edges], notices: list[Notice]) -> list[Edges]:
    """Return the tables that name any node at all; the rows of the others are rejected."""
    kept = []
    for one in tables:
        if any((found_rows(end.texts[:_SAMPLED], fold.target) >= 0).any() for end in one.ends):
            kept.append(one)
            continue
        reason = f"none of its ends is found in {quoted(fold.table.header[fold.place])}"
        reject(one.table, np.arange(len(one.table)), reason, notices)
        fold.table = with_besides(fold.table, rejected=len(one.table))
    return kept


def _managers(fold: _Fold) -> Ints:
    """Return the manager whom the table names: a node, -1 for none, -2 for somebody else."""
    places = fold.roles.get("manager", [])
    if not places or not len(fold.table):
        return np.full(len(fold.table), -1)
    column = fold.table.columns[places[0]]
    rows = found_rows(column.texts, fold.target)
    none = np.array([is_root_mark(text) for text in column.texts.tolist()], dtype=np.bool_)
    return np.where(rows >= 0, rows, np.where(none, -1, -2))[column.index]


def _drawn(
    tables: Sequence[Edges], ends: Sequence[tuple[Ints, Ints]], ways: Sequence[Direction]
) -> tuple[_Drawn, _Drawn]:
    """Return the reporting lines and the ties."""
    parts: tuple[list[_Drawn], list[_Drawn]] = ([], [])
    for number, (one, pair, way) in enumerate(zip(tables, ends, ways, strict=True)):
        above, below = reversed(pair) if way.turned else pair
        texts = one.kinds.cells if one.kinds is not None else np.full(len(one.table), "", dtype=np.object_)
        share = np.minimum(one.numbers(one.share, 0.0), 1.0)
        weight, relation = one.numbers(one.weight, 1.0), _relations(one, texts)
        drawn = _Drawn(above, below, one.suits, texts, share, weight, relation, np.full(len(texts), number))
        is_tie = np.full(len(texts), not way.hierarchy) | (one.suits == TIE)
        for where, chosen in zip(parts, (~is_tie, is_tie), strict=True):
            where.append(_chosen(drawn, chosen))
    return _one_after_the_other(parts[0]), _one_after_the_other(parts[1])


def _chosen(drawn: _Drawn, which: Bools | Ints) -> _Drawn:
    return _Drawn(*(getattr(drawn, name)[which] for name in _Drawn.__dataclass_fields__))


def _one_after_the_other(parts: Sequence[_Drawn]) -> _Drawn:
    return _Drawn(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in _Drawn.__dataclass_fields__)
    )


def _sound(drawn: _Drawn, outcome: Sequence[_Outcome]) -> _Drawn:
    """Return the edges between two nodes; the others are counted as rejected."""
    empty = (drawn.manager < 0) | (drawn.report < 0)
    itself = ~empty & (drawn.manager == drawn.report)
    for number, one in enumerate(outcome):
        of_table = drawn.edges == number
        one.without_end += int(np.count_nonzero(empty & of_table))
        one.to_itself += int(np.count_nonzero(itself & of_table))
    return _chosen(drawn, ~(empty | itself))


# ---------------------------------------------------------------------- managers


def _with_reporting(fold: _Fold, known: Ints, drawn: _Drawn, outcome: Sequence[_Outcome]) -> Bools:
    """Write managers and further managers into the table; return which nodes a reporting line names."""
    used = np.zeros(fold.size, dtype=np.bool_)
    drawn = _sound(drawn, outcome)
    if not len(drawn.report):
        return used
    manager = np.append(known, np.full(len(fold.others), -1))
    order = np.lexsort((np.arange(len(drawn.report)), drawn.suits, drawn.report))
    order = order[(drawn.suits[order] < FURTHER) & (manager[drawn.report[order]] == -1)]
    solid = order[np.unique(drawn.report[order], return_index=True)[1]]
    manager[drawn.report[solid]] = drawn.manager[solid]
    rest = np.ones(len(drawn.report), dtype=np.bool_)
    rest[solid] = False
    same = rest & (manager[drawn.report] == drawn.manager)
    kinds = pd.factorize(drawn.kind)
    kind_of = np.array([suits_and_kind(text)[1] for text in kinds[1].tolist()], dtype=np.object_)[kinds[0]]
    frame = pd.DataFrame({"report": drawn.report, "manager": drawn.manager, "kind": kind_of})
    further = rest & ~same
    again = np.zeros(len(rest), dtype=np.bool_)
    again[further] = frame[further].duplicated().to_numpy()
    further &= ~again
    texts = fold.texts()
    for number, one in enumerate(outcome):
        of_table = drawn.edges == number
        one.solid += int(np.count_nonzero(of_table[solid]))
        one.merged += int(np.count_nonzero((same | again) & of_table))
        mine = np.flatnonzero(further & of_table)
        one.further += len(mine)
        one.several = list(dict.fromkeys(texts[drawn.report[mine]].tolist()))
        pairs = zip(drawn.kind[mine].tolist(), kind_of[mine].tolist(), strict=True)
        for pair in pairs:
            one.kinds[pair] = one.kinds.get(pair, 0) + 1
    used[drawn.report] = used[drawn.manager] = True
    for number, one in enumerate(outcome):
        ends = pd.unique(np.append(drawn.manager, drawn.report)[np.tile(drawn.edges == number, 2)])
        one.added = texts[np.sort(ends[ends >= len(fold.table)])].tolist() if len(fold.table) else []
    _write_managers(fold, drawn.report[solid], texts[drawn.manager[solid]])
    cells = _entries(
        texts[drawn.manager[further]],
        np.char.mod("%.12g", drawn.share[further]).astype(np.object_),
        kind_of[further],
    )
    _write_lists(fold, "further_managers", drawn.report[further], cells)
    return used


def _write_managers(fold: _Fold, reports: Ints, managers: Texts) -> None:
    if not len(reports):
        return
    place = next(iter(fold.roles.get("manager", [])), None)
    if place is None:
        fold.table, place = with_column(fold.table, "manager_id", empty_column(len(fold.table)))
        fold.roles["manager"] = [place]
    _write(fold, place, reports, managers)


def _entries(references: Texts, *fields: Texts) -> Texts:
    """Return entries of our own notation, one per edge."""
    cells = _escaped(references)
    for one in fields:
        cells = cells + "|" + one
    return np.asarray(cells, dtype=np.object_)


def _write_lists(fold: _Fold, role: str, nodes: Ints, entries: Texts) -> None:
    """Write the entries of every node into a column, after those it has."""
    if not len(nodes):
        return
    place = next(iter(fold.roles.get(role, [])), None)
    if place is None:
        fold.table, place = with_column(fold.table, role, empty_column(len(fold.table)))
        fold.roles[role] = [place]
    order = np.argsort(nodes, kind="stable")
    owners, start = np.unique(nodes[order], return_index=True)
    sorted_entries = entries[order].tolist()
    bounds = [*start.tolist(), len(sorted_entries)]
    lists = [";".join(sorted_entries[bounds[at] : bounds[at + 1]]) for at in range(len(owners))]
    before = np.append(fold.table.columns[place].cells, fold.pending(place))[owners].tolist()
    joined = [f"{old};{new}" if old else new for old, new in zip(before, lists, strict=True)]
    _write(fold, place, owners, np.array(joined, dtype=np.object_))


def _write(fold: _Fold, place: int, nodes: Ints, texts: Texts) -> None:
    """Write cells of nodes: those of rows at once, those of other ends when they become rows."""
    rows = nodes < len(fold.table)
    cells = fold.table.columns[place].cells
    cells[nodes[rows]] = texts[rows]
    fold.table = with_column_at(fold.table, place, column_of(cells))
    pending = fold.pending(place)
    pending[nodes[~rows] - len(fold.table)] = texts[~rows]


# ---------------------------------------------------------------------- ties


def _relations(edges: Edges, kinds: Texts) -> Texts:
    """Return what every tie consists of: as stated, else the kind of the edge, else the file's name."""
    if edges.relation is not None:
        stated = edges.table.columns[edges.relation].cells
        return np.where(stated == "", _PLAIN_RELATION, stated)
    name = edges.table.name.rpartition("/")[2].partition(".")[0] or _PLAIN_RELATION
    known = {"": name, "tie": _PLAIN_RELATION}
    return column_of(kinds).mapped(lambda kind: known.get(kind, kind)).cells


def _write_ties(fold: _Fold, drawn: _Drawn, used: Bools, outcome: Sequence[_Outcome]) -> None:
    """Write the ties into the table: one per pair of nodes, the weights added up."""
    is_node = np.append(np.ones(len(fold.table), dtype=np.bool_), used[len(fold.table) :])
    texts = fold.texts()
    inside = is_node[drawn.manager] & is_node[drawn.report]
    for number, one in enumerate(outcome):
        mine = ~inside & (drawn.edges == number)
        one.outside += int(np.count_nonzero(mine))
        ends = np.unique(np.append(drawn.manager[mine], drawn.report[mine]))
        one.outsiders = texts[ends[~is_node[ends]]].tolist()
    drawn = _chosen(drawn, inside)
    if not len(drawn.report):
        return
    low, high = np.minimum(drawn.manager, drawn.report), np.maximum(drawn.manager, drawn.report)
    pair, keys = pd.factorize(low * fold.size + high)
    first = np.empty(len(keys), dtype=np.int64)
    first[pair[::-1]] = np.arange(len(pair) - 1, -1, -1)
    for number, one in enumerate(outcome):
        drawn_here = int(np.count_nonzero(drawn.edges[first] == number))
        one.ties += drawn_here
        one.merged += int(np.count_nonzero(drawn.edges == number)) - drawn_here
    weight = np.bincount(pair, weights=drawn.weight)
    relations = _relations_of_pairs(pair, drawn.relation, first)
    cells = _entries(texts[high[first]], np.char.mod("%.12g", weight).astype(np.object_), _escaped(relations))
    _write_lists(fold, "ties", low[first], cells)


def _relations_of_pairs(pair: Ints, relation: Texts, first: Ints) -> Texts:
    """Return the relation of every pair; several are named one after the other."""
    relations = relation[first]
    several = np.unique(pair[relation != relations[pair]])
    order = np.argsort(pair, kind="stable")
    start, end = (np.searchsorted(pair[order], several, side).tolist() for side in ("left", "right"))
    for place, begin, behind in zip(several.tolist(), start, end, strict=True):
        relations[place] = " + ".join(dict.fromkeys(relation[order[begin:behind]].tolist()))
    return relations


def _escaped(texts: Texts) -> Texts:
    column = column_of(texts)
    escaped = column.texts.copy()
    for place in column.places(bool, like=_TO_ESCAPE).tolist():
        escaped[place] = written_list([(escaped[place],)])
    return np.asarray(escaped[column.index], dtype=np.object_)


# ---------------------------------------------------------------------- ends that are in no table of nodes


def _add_others(fold: _Fold, used: Bools, *, alone: bool) -> None:
    """Make rows of the ends that are in no table of nodes, but not of those that only a tie names."""
    if not fold.others:
        return
    chosen = np.flatnonzero(used[-len(fold.others) :])
    if not len(chosen):
        return
    ends = np.array(list(fold.others), dtype=np.object_)[chosen]
    cells = {place: texts[chosen].tolist() for place, texts in fold.cells_of_others.items()}
    cells[fold.place] = ends.tolist()
    if fold.place not in fold.roles.get("id", []):
        place = _id_place(fold)
        free = FreeNames(fold.table.columns[place].texts.tolist())
        cells[place] = [free.free(text) for text in cells[fold.place]]
    if alone:
        cells[OWN_COLUMNS.index("headcount")] = ["1"] * len(chosen)
        cells[OWN_COLUMNS.index("status")] = [""] * len(chosen)
        cells[OWN_COLUMNS.index("name")] = [_as_name(text) for text in cells[fold.place]]
    lines = [fold.lines[place] for place in chosen.tolist()]
    fold.table = with_named(fold.table, fold.roles, cells, lines)


def _id_place(fold: _Fold) -> int:
    """Return the column of ids; where there is none, what the lines call the nodes becomes one."""
    if places := fold.roles.get("id", []):
        return places[0]
    fold.table, place = with_column(fold.table, "id", fold.table.columns[fold.place])
    fold.roles["id"] = [place]
    return place


def _as_name(text: str) -> str:
    """Return an end as a name if it is one and no number or code."""
    return text if any(map(str.isalpha, text)) and not any(map(str.isdigit, text)) else ""
