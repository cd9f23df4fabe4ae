"""Tables of edges: which columns are the two ends, what kind of line each edge is, which end reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from orgmodel.importing.columns.headers import normalised, role_of, speaks_of_manager
from orgmodel.importing.columns.roles import is_nearly_unique, roles_of, share_of_rows
from orgmodel.importing.files.cells import Column
from orgmodel.importing.files.tables import Table
from orgmodel.importing.managers.directory import is_root_mark
from orgmodel.lines import Floats, Ints, manager_cycles

# (Manager, report) where the headers say who is who.
_DIRECTED: Final = (
    *(("parent", "child"), ("manager", "report"), ("manager", "reports"), ("manager", "subordinate")),
    *(
        ("supervisor", "subordinate"),
        ("superior", "subordinate"),
        ("boss", "report"),
        ("boss", "subordinate"),
    ),
    *(("manager", "employee"), ("supervisor", "employee"), ("leader", "member"), ("superior", "inferior")),
)
# Two ends; by custom the first is above the second where nothing else tells.
_ENDS: Final = (
    *(("source", "target"), ("from", "to"), ("sender", "recipient"), ("sender", "receiver"), ("a", "b")),
    *(("node1", "node2"), ("ego", "alter"), ("person1", "person2"), ("start", "end"), ("v1", "v2")),
    *(("von", "an"), ("von", "nach"), ("de", "a"), ("da", "a"), ("van", "naar")),
)
_KINDS: Final = ("kind", "edgetype", "linetype", "type", "relationship", "relationtype", "relation", "label")
_WEIGHTS: Final = ("weight", "strength", "count", "frequency", "number", "n")
# In other columns of a table of edges: then it is one of people.
_IDENTITIES: Final = frozenset({"name", "first", "last", "email", "title", "manager"})
_END_WORDS: Final = re.compile(r"(?<=..)(id|nodeid|node|name|email|key|no|number)$")
_DATE: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|\d{4}")
_MOST: Final = 0.5
_SAMPLED: Final = 1000
_NEARLY_ALL: Final = 0.9
# What kinds of edges are called: how well each suits as the reporting line, the better the smaller.
SOLID, UNKNOWN_KIND, WEAK, FURTHER, TIE = range(5)
_SUITS: Final = (
    (FURTHER, re.compile(r"dotted|matrix|functional|fachlich|secondary|indirect", re.IGNORECASE), "dotted"),
    (FURTHER, re.compile(r"\bshared?\b|\bjoint\b|geteilt|partagé", re.IGNORECASE), "shared"),
    (FURTHER, re.compile(r"contract|outsourc|provider|vendor|vertrag", re.IGNORECASE), "contract"),
    (
        TIE,
        re.compile(r"\bties?\b|collab|mail|friend|advice|communicat|cooperat|works.with|peer", re.IGNORECASE),
        "tie",
    ),
    (WEAK, re.compile(r"advis|assist|staff|support|temporary|stab\b", re.IGNORECASE), "dotted"),
    (
        SOLID,
        re.compile(r"solid|struct|affiliat|report|line|direct|parent|primary|hierarch|manag", re.IGNORECASE),
        "dotted",
    ),
)


@dataclass(frozen=True)
class Edges:
    """A table of edges: where its columns are.

    ``manager`` and ``report`` are the first and the second end where the headers do not say
    (``directed``) which of them reports.
    """

    table: Table
    manager: int
    report: int
    directed: bool
    kind: int | None = None
    relation: int | None = None
    share: int | None = None
    weight: int | None = None

    @property
    def ends(self) -> tuple[Column, Column]:
        """The column of the managers (the first ends) and that of the reports."""
        return self.table.columns[self.manager], self.table.columns[self.report]

    @cached_property
    def kinds(self) -> Column | None:
        """What every edge is called."""
        return None if self.kind is None else self.table.columns[self.kind]

    @cached_property
    def suits(self) -> Ints:
        """Per row how well it suits as a reporting line."""
        if self.kinds is None:
            return np.full(len(self.table), UNKNOWN_KIND)
        per_text = np.array([suits_and_kind(text)[0] for text in self.kinds.texts.tolist()], dtype=np.int64)
        return per_text[self.kinds.index]

    def numbers(self, place: int | None, default: float) -> Floats:
        """Return the numbers above 0 in a column, else the default."""
        if place is None:
            return np.full(len(self.table), default)
        column = self.table.columns[place]
        return np.array([_positive(text, default) for text in column.texts.tolist()])[column.index]


@dataclass(frozen=True)
class Direction:
    """How a table of edges is to be read: as reporting lines or not, with which end below; and why."""

    hierarchy: bool
    turned: bool
    why: str


def suits_and_kind(text: str) -> tuple[int, str]:
    """Return how well a kind of edge suits as the reporting line, and its kind as a further line.

    >>> suits_and_kind("structural"), suits_and_kind("Assistant"), suits_and_kind("dotted line")
    ((0, 'dotted'), (2, 'dotted'), (3, 'dotted'))
    >>> suits_and_kind("shared"), suits_and_kind("tie"), suits_and_kind("x")
    ((3, 'shared'), (4, 'tie'), (1, 'dotted'))
    """
    for suits, words, kind in _SUITS:
        if words.search(text):
            return suits, kind
    return UNKNOWN_KIND, "dotted"


def edge_columns(table: Table) -> Edges | None:
    """Return where the ends of the edges are, or None if the table is none of edges.

    It is one if two headers are a known pair (from and to, parent and child ...) and no other column says
    who a row is. A table of employees and their managers is one only if employees come again.
    """
    if not table.named or table.literal:
        return None
    words = [_END_WORDS.sub("", normalised(header)) for header in table.header]
    place_of = {word: place for place, word in reversed(list(enumerate(words)))}
    for pairs in (_DIRECTED, _ENDS):
        for first, second in pairs:
            if first not in place_of or second not in place_of:
                continue
            ends = place_of[first], place_of[second]
            if _is_of_people(table, ends, second, directed=pairs is _DIRECTED):
                continue
            return _with_features(Edges(table, *ends, directed=pairs is _DIRECTED), words)
    return None


def edges_beside(table: Table, nodes: Sequence[Table]) -> Edges | None:
    """Return where the ends are in a table of employees and managers that only names nodes of another one.

    Each employee comes once in it, so that alone it is a table of nodes. But beside a table that describes
    more nodes, and no managers, it says who reports to whom: its own rows are not all the nodes there are.
    """
    if not table.named or table.literal:
        return None
    spoken = [place for place, header in enumerate(table.header) if _speaks_of_managers(header)]
    features = {*_KINDS, *_WEIGHTS, "share"}
    others = [
        place
        for place, header in enumerate(table.header)
        if place not in spoken and normalised(header) not in features
    ]
    if len(spoken) != 1 or len(others) != 1:
        return None
    edges = Edges(table, spoken[0], others[0], directed=True)
    if any(is_root_mark(text) for end in edges.ends for text in end.texts.tolist()):
        return None  # who has no manager has a row too
    if not any(_describes_more(one, edges) for one in nodes if one is not table):
        return None
    return _with_features(edges, [_END_WORDS.sub("", normalised(header)) for header in table.header])


def _speaks_of_managers(header: str) -> bool:
    return role_of(header) == "manager" or (role_of(header) is None and speaks_of_manager(header))


def _describes_more(nodes: Table, edges: Edges) -> bool:
    """Return whether a table names no managers, but both ends of most edges, and other nodes too."""
    if not nodes.named or nodes.literal or any(map(_speaks_of_managers, nodes.header)):
        return False
    roles = roles_of(nodes)
    ends = edges.ends
    for place in (place for role in ("id", "email", "name") for place in roles.get(role, [])):
        column = nodes.columns[place]
        known, reports = column.place_of, ends[1].place_of
        found = [sum(text in known for text in end.texts[:_SAMPLED].tolist()) for end in ends]
        if all(
            number > _MOST * min(len(end.texts), _SAMPLED) for number, end in zip(found, ends, strict=True)
        ):
            return any(text and text not in reports for text in column.texts.tolist())
    return False


def direction(edges: Edges, first: Ints, second: Ints, size: int, *, managers_known: bool) -> Direction:
    """Return how edges between nodes are to be read.

    They are reporting lines if the headers or the kinds say so; else if (nearly) every node is once at
    most on the same side, as it is in a forest, and managers are not known from elsewhere. Then that side
    reports to the other. Where both sides are so (a chain), the first is above, which is the custom.
    """
    of_table = edges.table.header
    if edges.directed:
        names = f"{of_table[edges.manager]!r} and {of_table[edges.report]!r}".replace("'", '"')
        return Direction(hierarchy=True, turned=False, why=f"the columns are called {names}")
    ties = edges.suits == TIE
    stated = bool((edges.suits != UNKNOWN_KIND)[~ties].mean() >= _MOST) if (~ties).any() else False
    tested = ~ties & (edges.suits <= WEAK if (edges.suits <= WEAK).any() else True)
    tested &= (first >= 0) & (second >= 0) & (first != second)
    pairs = pd.unique(first[tested] * size + second[tested])
    if ties.all() or not len(pairs):
        return Direction(hierarchy=False, turned=False, why="they are no reporting lines by their kind")
    above, below = pairs // size, pairs % size
    once = {turned: _different(side) / len(pairs) for turned, side in ((False, below), (True, above))}
    turned = once[True] > once[False]
    if not stated:
        if managers_known:
            return Direction(hierarchy=False, turned=False, why="the managers are known from another table")
        repeated = len(pairs) < _NEARLY_ALL * np.count_nonzero(tested)
        if once[turned] < _NEARLY_ALL or repeated or not _is_forest(above, below, size, turned=turned):
            return Direction(
                hierarchy=False, turned=False, why="nodes come again on both sides, as in no hierarchy"
            )
    report = of_table[edges.manager if turned else edges.report]
    why = f'nearly every node is once at most in "{report}"'
    if once[True] == once[False]:
        why = "by custom the first end is above the second; nothing else tells"
    return Direction(hierarchy=True, turned=turned, why=why)


def _different(nodes: Ints) -> int:
    return int(np.count_nonzero(np.bincount(nodes)))


def _is_forest(above: Ints, below: Ints, size: int, *, turned: bool) -> bool:
    manager = np.full(size, -1, dtype=np.int64)
    manager[above if turned else below] = below if turned else above
    on_circles = sum(map(len, manager_cycles(manager)))
    return on_circles <= (1 - _NEARLY_ALL) * len(above)


def _is_of_people(table: Table, ends: tuple[int, int], second: str, *, directed: bool) -> bool:
    """Return whether a table with a pair of headers is one of people, or of periods, all the same."""
    others = {role_of(header) for place, header in enumerate(table.header) if place not in ends}
    identities = _IDENTITIES | {"id"} if directed or second == "to" else _IDENTITIES
    if others & identities:
        return True
    first_end, second_end = (table.columns[place] for place in ends)
    if second == "employee" and is_nearly_unique(second_end):
        return True
    return share_of_rows(first_end, _DATE.fullmatch) > _MOST and not (
        set(first_end.texts.tolist()) & set(second_end.texts.tolist())
    )


def _with_features(edges: Edges, words: Sequence[str]) -> Edges:
    """Return edges with the columns that say more about each."""
    table = edges.table
    place_of = {normalised(header): place for place, header in reversed(list(enumerate(table.header)))}
    free = {word: place for word, place in place_of.items() if words[place] not in {"from", "to", "a", "b"}}
    free = {word: place for word, place in free.items() if place not in (edges.manager, edges.report)}

    def says(place: int) -> bool:  # Gephi's column "Type" says of all edges that they are directed
        return {text.casefold() for text in table.columns[place].texts} - {
            "",
            "directed",
            "undirected",
        } != set()

    kind = next((free[word] for word in _KINDS if word in free and says(free[word])), None)
    relation = free.get("relation")
    return Edges(
        table,
        edges.manager,
        edges.report,
        edges.directed,
        kind,
        relation if relation is not None and relation != kind else None,
        free.get("share"),
        next((free[word] for word in _WEIGHTS if word in free), None),
    )


def _positive(text: str, default: float) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return default
    return number if 0 < number < float("inf") else default
