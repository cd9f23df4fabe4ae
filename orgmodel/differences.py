"""What one chart has and another has not: the same for a repair, an edit and two scenarios."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Final

import numpy as np

from orgmodel.lines import FurtherManager, Ints, Texts, Tie
from orgmodel.organization import Organization
from orgmodel.wording import counted

#: What one cell of a node is called -> the column of an organization it stands in.
CELLS: Final[Mapping[str, str]] = {
    "name": "names",
    "title": "titles",
    "unit": "units",
    "function": "functions",
    "headcount": "headcount",
    "location": "locations",
    "status": "statuses",
}
#: What stands before the name of an attribute, where cells of all columns are told apart.
ATTRIBUTE: Final = "attributes."
_NOWHERE: Final = -1
_NAMED_AT_MOST: Final = 5


@dataclass(frozen=True)
class Differences:
    """What is different after a change. Nodes are named by their ids.

    Attributes
    ----------
    added, removed
        Nodes that are in one of the charts only, in its order.
    moved
        (Node, manager before, manager after); the empty text for none.
    changed
        (Node, what, before, after) for every other text or number of a node that is in both; ``what`` is a
        key of `CELLS` (``title``) or an attribute.
    lines_added, lines_removed
        Further managers and ties that are added and removed; one with another share or weight is both.

    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[tuple[str, str, str], ...]
    changed: tuple[tuple[str, str, str, str], ...]
    lines_added: tuple[FurtherManager | Tie, ...]
    lines_removed: tuple[FurtherManager | Tie, ...]

    def __bool__(self) -> bool:
        """Return whether anything is different."""
        return any((self.added, self.removed, self.moved, self.changed, self.lines_added, self.lines_removed))

    @property
    def summary(self) -> str:
        """The numbers in words: ``2 nodes added, 1 node with another manager``; ``nothing changes``."""
        counts = (
            (len(self.added), "added"),
            (len(self.removed), "removed"),
            (len(self.moved), "with another manager"),
            (len({node for node, *_ in self.changed}), "changed"),
        )
        parts = [f"{counted(number, 'node')} {word}" for number, word in counts if number]
        if lines := len(self.lines_added) + len(self.lines_removed):
            parts.append(f"{counted(lines, 'further line')} changed")
        return ", ".join(parts) or "nothing changes"

    def sentences(self, name: Callable[[str], str] = str, at_most: int = _NAMED_AT_MOST) -> tuple[str, ...]:
        """Return one sentence for each kind of difference, with the first few by name.

        ``name`` makes of an id what the reader calls the node.

        >>> one = Organization.from_columns(["a", "b", "c"], [None, "a", "b"])
        >>> two = Organization.from_columns(["a", "b", "c"], [None, "a", "a"])
        >>> differences(one, two).sentences()
        ('1 node gets another manager: c: b -> a.',)
        """

        def boss(node: str) -> str:
            return name(node) if node else "none"

        return tuple(
            f"{counted(len(found), noun)} {words[len(found) > 1]}: {_listed(found, say, at_most)}."
            for found, noun, words, say in (
                (self.added, "node", ("is added", "are added"), name),
                (self.removed, "node", ("is removed", "are removed"), name),
                (
                    self.moved,
                    "node",
                    ("gets another manager", "get another manager"),
                    lambda one: f"{name(one[0])}: {boss(one[1])} -> {boss(one[2])}",
                ),
                (
                    self.changed,
                    "cell",
                    ("changes", "change"),
                    lambda one: f"{name(one[0])}, {one[1]}: {one[2] or 'empty'} -> {one[3] or 'empty'}",
                ),
                (
                    self.lines_added,
                    "further line",
                    ("is added", "are added"),
                    lambda line: line_in_words(line, name),
                ),
                (
                    self.lines_removed,
                    "further line",
                    ("is removed", "are removed"),
                    lambda line: line_in_words(line, name),
                ),
            )
            if found
        )


def differences(before: Organization, after: Organization) -> Differences:
    """Return what changes from one chart to the other; nodes are the same if their ids are.

    The order of the nodes does not count. The work is on whole columns: two charts of a million nodes take
    about a second, whatever differs.

    >>> one = Organization.from_columns(["a", "b", "c"], [None, "a", "b"])
    >>> two = Organization.from_columns(["a", "b", "c"], [None, "a", "a"], titles=["CEO", "", ""])
    >>> differences(one, two).summary
    '1 node with another manager, 1 node changed'
    """
    new_of, old_of = places_in(before, after), places_in(after, before)
    old = np.flatnonzero(new_of >= 0)
    lines_removed, lines_added = lines_between(before, after)
    return Differences(
        added=tuple(after.ids[old_of < 0].tolist()),
        removed=tuple(before.ids[new_of < 0].tolist()),
        moved=managers_between(before, after, old, new_of),
        changed=tuple(_changed(before, after, old, new_of[old])),
        lines_added=lines_added,
        lines_removed=lines_removed,
    )


def places_in(chart: Organization, other: Organization) -> Ints:
    """Return the row of every node of a chart in another one, -1 where it is not there."""
    if chart.ids is other.ids or np.array_equal(chart.ids, other.ids):
        return np.arange(len(chart), dtype=np.int64)
    places = map(other.row_of.get, chart.ids.tolist(), repeat(_NOWHERE))
    return np.fromiter(places, dtype=np.int64, count=len(chart))


def managers_between(
    before: Organization, after: Organization, old: Ints, new_of: Ints
) -> tuple[tuple[str, str, str], ...]:
    """Return (node, manager before, manager after) of those of the rows ``old`` that have another manager.

    ``new_of`` is the place of every row before in the chart after (`places_in`).
    """
    # The managers before as rows of the chart after; none is -1, one that is not there any more -2.
    meant = np.append(np.where(new_of < 0, -2, new_of), -1)
    differ = old[meant[before.manager[old]] != after.manager[new_of[old]]]
    names_before, names_after = _manager_names(before, differ), _manager_names(after, new_of[differ])
    return tuple(zip(before.ids[differ].tolist(), names_before, names_after, strict=True))


def _manager_names(chart: Organization, rows: Ints) -> list[str]:
    bosses = chart.manager[rows]
    names: list[str] = np.where(bosses >= 0, chart.ids[bosses], "").tolist() if len(chart) else []
    return names


def _changed(
    before: Organization, after: Organization, old: Ints, new: Ints
) -> Iterator[tuple[str, str, str, str]]:
    for name, was, now in columns_between(before, after, old, new):
        key = name.removeprefix(ATTRIBUTE)
        for place in _different(was, now):
            yield str(before.ids[old[place]]), key, _text(was[place]), _text(now[place])


def columns_between(
    before: Organization, after: Organization, old: Ints, new: Ints
) -> Iterator[tuple[str, Any, Any]]:
    """Yield the columns in which two charts may differ: what a cell is called, the cells before and after.

    ``old`` and ``new`` are the rows of the same nodes. What both charts share is left out unseen.
    """
    pairs = [(name, getattr(before, key), getattr(after, key)) for name, key in CELLS.items()]
    pairs += [
        (ATTRIBUTE + key, before.attributes.get(key), after.attributes.get(key))
        for key in dict.fromkeys([*before.attributes, *after.attributes])
    ]
    same_rows = np.array_equal(old, new)
    for name, was, now in pairs:
        if not (was is now and same_rows):
            yield name, _cells(was, old), _cells(now, new)


def _cells(column: Texts | None, rows: Ints) -> Texts:
    return np.full(len(rows), None) if column is None else column[rows]


def _different(was: Texts, now: Texts) -> list[int]:
    """Return the places at which two columns differ to a reader; NaN is NaN, and nothing is an empty text."""
    if was.dtype != np.object_:
        return np.flatnonzero(was != now).tolist()
    other = np.fromiter(map(operator.is_not, was, now), dtype=np.bool_, count=len(was))
    return [place for place in np.flatnonzero(other).tolist() if _text(was[place]) != _text(now[place])]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _lines(chart: Organization, key: str) -> dict[FurtherManager | Tie, None]:
    return dict.fromkeys(chart.further_managers if key == "further" else chart.tie_list)


def lines_between(
    before: Organization, after: Organization
) -> tuple[tuple[FurtherManager | Tie, ...], tuple[FurtherManager | Tie, ...]]:
    """Return the further managers and ties that are gone and those that are new."""
    gone: list[FurtherManager | Tie] = []
    new: list[FurtherManager | Tie] = []
    for key in ("further", "ties"):
        if before.ids is after.ids and getattr(before, key) is getattr(after, key):
            continue
        was, now = (_lines(chart, key) for chart in (before, after))
        gone += [line for line in was if line not in now]
        new += [line for line in now if line not in was]
    return tuple(gone), tuple(new)


# ---------------------------------------------------------------------- words


def _listed(found: Sequence[object], say: Callable[..., str], at_most: int) -> str:
    shown = ", ".join(say(one) for one in found[:at_most])
    return shown if len(found) <= at_most else f"{shown} and {len(found) - at_most:,} more"


def line_in_words(line: FurtherManager | Tie, name: Callable[[str], str] = str) -> str:
    """Return a further manager or a tie as a reader reads it; ``name`` is what the nodes are called.

    >>> line_in_words(FurtherManager("b", "a")), line_in_words(Tie("a", "b"))
    ('b -> a (dotted, 0)', 'a - b (collaboration, 1)')
    """
    if isinstance(line, Tie):
        return f"{name(line.a)} - {name(line.b)} ({line.relation}, {line.weight:g})"
    return f"{name(line.report)} -> {name(line.manager)} ({line.kind}, {line.share:g})"
