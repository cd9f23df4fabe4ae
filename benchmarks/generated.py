"""Generated charts of any size, the same for the same size: what a large company's HR system would export.

The chart grows level by level below a chief executive with eleven direct reports, who head functions. From
the third level on three of four people are managers, with 8 direct reports on average (1 + Poisson(7)),
until the size is reached. Most people have their manager's function; one manager in fifty is of another and
their branch with them. On top of the lines there is a random tie for every fourth person. Rows stand in the
order of employee numbers, which has nothing to do with the hierarchy: an HR export is not sorted by it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from orgmodel import Organization
from orgmodel.lines import FurtherLines, Texts, TieLines, frozen, frozen_texts
from orgmodel.organization import BUSINESS_FUNCTIONS

Ints = npt.NDArray[np.int64]

_SEED: Final = 20_261_122
_HEADS: Final = (
    *("operations", "operations", "operations", "sales", "sales"),
    *("marketing", "finance", "it", "hr", "product", "legal", "other"),
)
_SPAN: Final = 8
_MANAGERS: Final = 0.75
_OF_ANOTHER_FUNCTION: Final = 0.02
_MOST_LEVELS: Final = 9
_CODES: Final = {function: code for code, function in enumerate(BUSINESS_FUNCTIONS)}
_MIXED: Final = np.array([_CODES[name] for name in dict.fromkeys(_HEADS)])
#: Parts of the chart that take a branch: function, the function above it, share of all people.
_PARTS: Final = (
    ("customer_service", "operations", 0.0075),
    ("provider", "operations", 0.005),
    ("customer_service", "sales", 0.001),
)
_UNIT_AT_LEAST, _UNIT_AT_MOST = 0.005, 0.01
_LOCATIONS: Final = np.array(["Berlin", "Bologna", "Dublin", "Gdansk", "Leeds", "Lyon", "Porto", "Utrecht"])
_RANKS: Final = ("Chief", "Head of", "Director,", "Manager,", "Specialist,")
_SPOKEN: Final = np.array([name.replace("_", " ").capitalize() for name in BUSINESS_FUNCTIONS], dtype=object)
_HEADER: Final = ("id", "name", "title", "unit", "function", "location", "manager id")


class GeneratedChart(NamedTuple):
    """A chart as plain arrays, one element a row; positions in `BUSINESS_FUNCTIONS` stand for functions."""

    manager: Ints
    function: Ints
    depth: Ints
    tie_a: Ints
    tie_b: Ints
    unit: int
    """Row of the head of customer service."""

    def __len__(self) -> int:
        """Return the number of people."""
        return len(self.manager)

    def save(self, file: Path) -> None:
        """Write the arrays into an .npz file."""
        np.savez(file, **self._asdict())

    @classmethod
    def load(cls, file: Path) -> GeneratedChart:
        """Read the arrays that `save` wrote."""
        with np.load(file) as arrays:
            kept = {name: arrays[name] for name in cls._fields}
        return cls(**{**kept, "unit": int(kept["unit"])})

    def organization(self) -> Organization:
        """Return the chart as an organization: titles as in the file, functions stated, names are the ids."""
        size = len(self)
        ids = frozen_texts(employee_numbers(size))
        empty = frozen_texts([""] * size)
        nobody, no_kind = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=object)
        organization = Organization(
            ids=ids,
            names=ids,
            titles=frozen(self.titles()),
            units=empty,
            functions=_texts(BUSINESS_FUNCTIONS)[self.function],
            headcount=np.ones(size),
            locations=empty,
            statuses=empty,
            manager=self.manager,
            further=FurtherLines(nobody, nobody, no_kind, np.zeros(0)),
            ties=TieLines(
                self.tie_a,
                self.tie_b,
                np.ones(len(self.tie_a)),
                np.full(len(self.tie_a), "collaboration", dtype=object),
            ),
        )
        assert organization.row_of  # the reader makes it too, to find the managers
        return organization

    def ends(self) -> tuple[Ints, Ints]:
        """Return both ends of every line: reporting lines (manager, report), then ties."""
        reports = np.flatnonzero(self.manager >= 0)
        return (
            np.concatenate([self.manager[reports], self.tie_a]),
            np.concatenate([reports, self.tie_b]),
        )

    def titles(self) -> Texts:
        """Return everybody's title: the rank by depth, and the function."""
        leads = np.bincount(self.manager[self.manager >= 0], minlength=len(self)) > 0
        rank = np.where(leads, np.minimum(self.depth, len(_RANKS) - 2), len(_RANKS) - 1)
        titles = _texts([f"{first} {second}" for first in _RANKS for second in _SPOKEN])
        return titles[rank * len(_SPOKEN) + self.function]

    def csv(self) -> bytes:
        """Return the chart as the file an HR system would export; ties are not in such a file."""
        ids = _texts(employee_numbers(len(self)))
        columns = (
            ids,
            _texts([f"Person {number}" for number in range(1, len(self) + 1)]),
            self.titles(),
            _SPOKEN[self.function],
            _texts(BUSINESS_FUNCTIONS)[self.function],
            _LOCATIONS[self.manager % len(_LOCATIONS)],
            np.where(self.manager >= 0, ids[self.manager], ""),
        )
        written = io.StringIO(newline="")
        writer = csv.writer(written)
        writer.writerow(_HEADER)
        writer.writerows(zip(*(column.tolist() for column in columns), strict=True))
        return written.getvalue().encode()


def _texts(values: Sequence[str]) -> Texts:
    return np.array(values, dtype=object)


def employee_numbers(size: int) -> list[str]:
    """Return the ids of a chart, in the order of its rows."""
    return [f"E{number:07d}" for number in range(1, size + 1)]


def generated_chart(size: int) -> GeneratedChart:
    """Return the chart of exactly so many people."""
    random = np.random.default_rng([_SEED, size])
    manager, levels = _hierarchy(size, random)
    function, unit = _functions(manager, levels, random)
    row = random.permutation(size)  # row of the person at every place in the hierarchy
    depth = np.repeat(np.arange(len(levels) - 1), np.diff(levels))
    place = np.argsort(row)
    by_row = np.where(manager[place] >= 0, row[manager[place]], -1)
    tie_a, tie_b = _ties(by_row, random)
    return GeneratedChart(by_row, function[place], depth[place], tie_a, tie_b, int(row[unit]))


def _hierarchy(size: int, random: np.random.Generator) -> tuple[Ints, list[int]]:
    """Return the managers, level after level from the top, and where each level begins."""
    managers = [np.array([-1]), np.zeros(len(_HEADS), dtype=np.int64)]
    levels = [0, 1, 1 + len(_HEADS)]
    while levels[-1] < size:
        above = np.arange(levels[-2], levels[-1])
        leads = random.random(len(above)) < _MANAGERS if len(levels) > 3 else np.ones(len(above), dtype=bool)
        spans = np.where(leads, 1 + random.poisson(_SPAN - 1, len(above)), 0)
        # Where not all are needed, some managers have no reports, and the others as many as ever.
        order = random.permutation(len(above))
        room = size - levels[-1]
        before = np.cumsum(spans[order]) - spans[order]
        spans[order] = np.clip(room - before, 0, spans[order])
        managers.append(np.repeat(above, spans))
        levels.append(levels[-1] + int(spans.sum()))
    assert len(levels) - 1 <= _MOST_LEVELS, len(levels) - 1
    return np.concatenate(managers), levels


def _functions(manager: Ints, levels: list[int], random: np.random.Generator) -> tuple[Ints, int]:
    """Return the function of everybody, and the head of customer service."""
    size = len(manager)
    function = np.empty(size, dtype=np.int64)
    function[0] = _CODES["executive"]
    function[1 : 1 + len(_HEADS)] = [_CODES[name] for name in _HEADS]
    for start, end in pairwise(levels[2:]):
        of_another = random.random(end - start) < _OF_ANOTHER_FUNCTION
        other = random.choice(_MIXED, end - start)
        function[start:end] = np.where(of_another, other, function[manager[start:end]])
    people = np.ones(size, dtype=np.int64)
    for end, start in pairwise(levels[:0:-1]):
        np.add.at(people, manager[start:end], people[start:end])
    taken = np.zeros(size, dtype=bool)
    taken[: 1 + len(_HEADS)] = True  # the heads of functions stay
    heads = []
    for name, above, share in _PARTS:
        fitting = np.flatnonzero(~taken & (function == _CODES[above]) & (function[manager] == function))
        head = int(fitting[np.argmin(np.abs(people[fitting] - share * size))])
        part = np.zeros(size, dtype=bool)
        part[head] = True
        for start, end in pairwise(levels[2:]):
            part[start:end] |= part[manager[start:end]]
        assert not (part & taken).any()
        function[part] = _CODES[name]
        taken |= part
        # Above it nothing is free any more, or the next part would hold this one.
        while head > 0:
            head = int(manager[head])
            taken[head] = True
        heads.append(int(np.flatnonzero(part)[0]))
    assert _UNIT_AT_LEAST <= people[heads[0]] / size <= _UNIT_AT_MOST
    return function, heads[0]


def _ties(manager: Ints, random: np.random.Generator) -> tuple[Ints, Ints]:
    """Return a quarter as many ties as people, between random pairs without a reporting line."""
    size = len(manager)
    wanted = size // 4
    ends = np.sort(random.integers(0, size, (wanted + wanted // 8 + 16, 2)), axis=1)
    ends = ends[(ends[:, 0] != ends[:, 1]) & (manager[ends[:, 0]] != ends[:, 1])]
    ends = ends[manager[ends[:, 1]] != ends[:, 0]]
    pairs = random.permutation(np.unique(ends[:, 0] * size + ends[:, 1]))[:wanted]
    assert len(pairs) == wanted
    pairs.sort()
    return pairs // size, pairs % size
