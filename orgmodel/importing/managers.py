"""Which node a cell of a manager column means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from orgmodel.importing.cells import Column
from orgmodel.lines import Ints

#: What stands in a manager column for "nobody", compared without case and blanks.
ROOT_MARKS: Final = frozenset(
    {
        "",
        "-1",
        "0",
        "xx",
        "none",
        "no_manager",
        "no_mgr",
        "no manager",
        "n/a",
        "#n/a",
        "na",
        "null",
        "nil",
        "-",
        "--",
        "_u",
    }
)
#: In place of the row of a manager.
ROOT: Final = -1
UNKNOWN: Final = -2

# What is longer is no name, and would keep the search for brackets busy.
_LONGEST_NAME: Final = 300
_WITH_BRACKETS: Final = re.compile(r"(.*\S)\s*[(<\[]\s*([^()<>\[\]]*\S)\s*[)>\]]", re.DOTALL)


def is_root_mark(reference: str) -> bool:
    """Return whether a cell of a manager column says that there is none.

    >>> is_root_mark(" XX "), is_root_mark("No_Manager"), is_root_mark("Nobody")
    (True, True, False)
    """
    return reference.strip().casefold() in ROOT_MARKS


def folded(text: str) -> str:
    """Return a text without case, accents and superfluous blanks.

    >>> folded("  José  GARCÍA ")
    'jose garcia'
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def unzeroed(text: str) -> str:
    """Return a text without leading zeros, unless it is nothing but zeros."""
    return text.lstrip("0") or text


def _swapped(text: str) -> str:
    """Return "Last, First" as "first last"."""
    last, _, first = text.partition(",")
    return folded(f"{first} {last}")


def primary_nodes(values: Sequence[str], references: Sequence[str]) -> dict[str, int]:
    """Return the node meant by every value that several nodes share: the first that makes no circle.

    DWP's chart of 2013 numbers a director and the permanent secretary alike. With the director, who
    comes first, whoever reports to the secretary would report to one of their own people, and all 225
    posts would hang on a circle.
    """
    first: dict[str, int] = {}
    sharing: dict[str, list[int]] = {}
    for node, value in enumerate(values):
        if value and first.setdefault(value, node) != node:
            sharing.setdefault(value, [first[value]]).append(node)
    budget = 20 * len(values) + 1000  # steps: hundreds of duplicates in a chain of thousands must not hang
    for value, nodes in sharing.items():
        for node in nodes:
            above, seen = references[node], {value}
            while above in first and above not in seen and budget:
                seen.add(above)
                above, budget = references[first[above]], budget - 1
            if above != value:
                first[value] = node
                break
    return {value: first[value] for value in sharing}


class Directory:
    """The nodes by everything a manager column may call them.

    Parameters
    ----------
    targets
        Columns of one text per node, what the managers are known to refer to first.
    references
        What the manager column says of every node.

    Attributes
    ----------
    shared
        Node meant by a text of the first column that several nodes share.

    """

    def __init__(self, targets: Sequence[Column], references: Column) -> None:
        """Index the first column; the others only when something is not found."""
        self._targets = targets
        self._references = references
        self._nodes = np.where(targets[0].texts != "", targets[0].first_rows, UNKNOWN)  # per text
        self.shared: dict[str, int] = {}
        if (targets[0].counts[self._nodes >= 0] > 1).any():
            self.shared = primary_nodes(list(targets[0]), list(references))
            self._nodes[targets[0].places_of(self.shared)] = list(self.shared.values())

    @cached_property
    def sharing(self) -> dict[str, list[int]]:
        """The nodes that share each of the texts in ``shared``."""
        sharing: dict[str, list[int]] = {value: [] for value in self.shared}
        for node, value in enumerate(self._targets[0]):
            if value in sharing:
                sharing[value].append(node)
        return sharing

    def managers(self) -> tuple[Ints, dict[str, list[int]]]:
        """Return the manager of every node (or `ROOT`, `UNKNOWN`).

        Also return for which nodes it was found although it is not written as in the first column: way ->
        nodes. Who names their own text is their own manager, even where another node has the same text.
        """
        references, target = self._references, self._targets[0]
        places = target.places_of(references.texts)
        meant = np.where(places >= 0, self._nodes[places], UNKNOWN)  # per text, as all that follows
        way_of: dict[str, list[int]] = {}
        for text in np.flatnonzero(meant == UNKNOWN).tolist():
            meant[text], way = self.find(str(references.texts[text]))
            if way:
                way_of.setdefault(way, []).append(text)
        nodes = meant[references.index]
        if self.shared:
            own = (places[references.index] == target.index) & target.filled
            nodes = np.where(own, np.arange(len(nodes)), nodes)
        ways = {way: np.flatnonzero(np.isin(references.index, texts)) for way, texts in way_of.items()}
        return nodes, {way: found.tolist() for way, found in ways.items()}

    def find(self, reference: str) -> tuple[int, str]:
        """Return the node of one reference (or `ROOT`, `UNKNOWN`), and the way if it is not as written."""
        place = self._targets[0].place_of.get(reference, -1)
        if place >= 0 and (node := int(self._nodes[place])) != UNKNOWN:
            return node, ""
        if is_root_mark(reference):
            return ROOT, ""
        tries = [
            ("another column", self._other_columns, reference),
            ("another spelling", self._folded, folded(reference)),
            ("last name first", self._folded, _swapped(reference) if "," in reference else ""),
            ("last name first", self._by_swapped, folded(reference)),
            ("leading zeros", self._unzeroed, unzeroed(folded(reference))),
        ]
        if len(reference) <= _LONGEST_NAME and (match := _WITH_BRACKETS.fullmatch(reference)):
            tries += [("brackets", self._folded, folded(part)) for part in reversed(match.groups())]
        for way, index, key in tries:
            if key and (node := index.get(key, UNKNOWN)) != UNKNOWN:
                return node, way
        return UNKNOWN, ""

    @cached_property
    def _other_columns(self) -> dict[str, int]:
        return _index(self._columns[1:], str)

    @cached_property
    def _folded(self) -> dict[str, int]:
        return _index(self._columns, folded)

    @cached_property
    def _by_swapped(self) -> dict[str, int]:
        return _index(self._columns, lambda value: _swapped(value) if "," in value else "")

    @cached_property
    def _unzeroed(self) -> dict[str, int]:
        return _index(self._columns[:1], lambda value: unzeroed(folded(value)))

    @cached_property
    def _columns(self) -> list[list[tuple[str, int]]]:
        """(Text, node) of every column; of the first one each text once, with the node it means."""
        first = zip(self._targets[0].texts.tolist(), self._nodes.tolist(), strict=True)
        others = ([(value, node) for node, value in enumerate(target)] for target in self._targets[1:])
        return [[(value, node) for value, node in pairs if value] for pairs in (first, *others)]


def _index(columns: Sequence[Iterable[tuple[str, int]]], key_of: Callable[[str], str]) -> dict[str, int]:
    """Return node by key; a key that two nodes share means neither (`UNKNOWN`). Earlier columns win."""
    index: dict[str, int] = {}
    for column in columns:
        own: dict[str, int] = {}
        for value, node in column:
            key = key_of(value)
            if own.setdefault(key, node) != node:
                own[key] = UNKNOWN
        index = {**own, **index}
    return index
