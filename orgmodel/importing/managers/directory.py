"""Which node a cell of a manager column means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from orgmodel.importing.files.cells import Column
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

# Texts, and the node each of them means.
_Meanings = tuple[list[str], list[int]]
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


def swapped(text: str) -> str:
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
    refused
        Ways of finding a manager that is not written as in the first column which do not count.

    """

    def __init__(self, targets: Sequence[Column], references: Column) -> None:
        """Index the first column; the others only when something is not found."""
        self._targets = targets
        self._references = references
        self._nodes = np.where(targets[0].texts != "", targets[0].first_rows, UNKNOWN)  # per text
        self.shared: dict[str, int] = {}
        self.refused: set[str] = set()
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

    def choose(self, value: str, node: int) -> None:
        """Let one of the nodes that share a text be the one it means; to be said before any is looked for."""
        self.shared[value] = node
        self._nodes[self._targets[0].place_of[value]] = node

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
        for way, index, key in self._tries(reference):
            if key and (node := index.get(key, UNKNOWN)) != UNKNOWN:
                return (UNKNOWN, "") if way in self.refused else (node, way)
        return UNKNOWN, ""

    def _tries(self, reference: str) -> Iterator[tuple[str, dict[str, int], str]]:
        """Yield the other ways to read a reference: the way, where to look, what for."""
        yield "another column", self._other_columns, reference
        yield "another spelling", self._folded, folded(reference)
        if "," in reference:
            yield "last name first", self._folded, swapped(reference)
        yield "last name first", self._by_swapped, folded(reference)
        yield "leading zeros", self._unzeroed, unzeroed(folded(reference))
        if len(reference) <= _LONGEST_NAME and (match := _WITH_BRACKETS.fullmatch(reference)):
            for part in reversed(match.groups()):
                yield "brackets", self._folded, folded(part)

    @property
    def spellings(self) -> Mapping[str, int]:
        """The node (or `UNKNOWN` if several) by every text it may be called, without case and accents."""
        return self._folded

    @cached_property
    def _other_columns(self) -> dict[str, int]:
        return _index(self._columns[1:])

    @cached_property
    def _folded(self) -> dict[str, int]:
        return _index(self._folded_columns)

    @cached_property
    def _by_swapped(self) -> dict[str, int]:
        with_comma = [
            [(swapped(text), node) for text, node in zip(texts, nodes, strict=True) if "," in text]
            for texts, nodes in self._columns
        ]
        return _index([([key for key, _ in pairs], [node for _, node in pairs]) for pairs in with_comma])

    @cached_property
    def _unzeroed(self) -> dict[str, int]:
        return _index([(list(map(unzeroed, texts)), nodes) for texts, nodes in self._folded_columns[:1]])

    @cached_property
    def _folded_columns(self) -> list[_Meanings]:
        return [(list(map(folded, texts)), nodes) for texts, nodes in self._columns]

    @cached_property
    def _columns(self) -> list[_Meanings]:
        """The different texts of every column, each with the node it means, `UNKNOWN` if several have it.

        Of the first column also texts that several share mean a node.
        """
        meanings = []
        for place, target in enumerate(self._targets):
            nodes = np.where(target.counts == 1, target.first_rows, UNKNOWN) if place else self._nodes
            told = target.texts.astype(np.bool_)
            meanings.append((target.texts[told].tolist(), nodes[told].tolist()))
        return meanings


def _index(columns: Sequence[_Meanings]) -> dict[str, int]:
    """Return node by key; a key that two nodes share means neither (`UNKNOWN`). Earlier columns win."""
    index: dict[str, int] = {}
    for keys, nodes in reversed(columns):
        last = dict(zip(keys, nodes, strict=True))
        if len(last) < len(keys):  # a key's first node is its last one, or there are several
            first = dict(zip(reversed(keys), reversed(nodes), strict=True))
            last |= {key: UNKNOWN for key, node in first.items() if last[key] != node}
        index |= last
    return index
