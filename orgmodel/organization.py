"""The organization: an immutable chart in columns, and its way to networkx and back.

A chart is one row per node (a person, a post or a unit). Authority runs over *lines*:

* one **solid** line at most: node -> its manager (a forest; several roots are allowed),
* **further managers** of kind ``shared``, ``dotted`` or ``contract``, each with a share of the authority
  (the solid manager has what the others leave),
* **ties**: undirected collaboration, no authority.

Everything is checked once, when an organization is made (`Organization.from_columns`,
`Organization.from_networkx`); what exists is sound. Operations make new organizations that share
the columns they did not change, so a move costs one copy of an integer column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import networkx as nx
import numpy as np
from scipy import sparse

from orgmodel.columns import (
    attribute_columns,
    check_functions,
    check_ids,
    headcount_column,
    rows_of_managers,
    text_column,
    text_of,
)
from orgmodel.errors import OrganizationError, UnknownNodeError
from orgmodel.graphs import directed_from, lines_of_graph
from orgmodel.lines import (
    Floats,
    FurtherLines,
    FurtherManager,
    Ints,
    Texts,
    Tie,
    TieLines,
    check_authority,
    frozen,
    frozen_texts,
    further_lines,
    grouped_positions,
    share_left,
    tie_lines,
)

#: The vocabulary of business functions. ``other`` is work that belongs to none of them.
BUSINESS_FUNCTIONS: Final = (
    "executive",
    "sales",
    "operations",
    "marketing",
    "finance",
    "it",
    "hr",
    "product",
    "legal",
    "customer_service",
    "provider",
    "other",
)
#: Statuses of posts nobody holds: drawn, counted as nodes, but they measure and decide nothing.
UNHELD_STATUSES: Final = ("vacant", "placeholder")

_TEXT_COLUMNS: Final = ("names", "titles", "units", "functions", "locations", "statuses")
# Column of the organization <-> node attribute of the graph.
_NODE_ATTRIBUTES: Final = {
    "names": "name",
    "titles": "title",
    "units": "unit",
    "functions": "function",
    "locations": "location",
    "statuses": "status",
}
_SHARE_ROUNDING: Final = 1e-6


@dataclass(frozen=True, eq=False, repr=False)
class Organization:
    """An org chart. Make one with `from_columns`, `from_networkx` or `orgmodel.read_organization`.

    The bare constructor takes columns that are already sound and checks nothing.

    Attributes
    ----------
    ids : array of str
        One id per node, unique. A *row* is a position in this column; all integer columns hold rows.
    names, titles, units, locations, statuses : array of str
        Empty text where the chart says nothing. A status in `UNHELD_STATUSES` marks a post nobody holds.
    functions : array of str
        The *stated* business function (a word of `BUSINESS_FUNCTIONS`), or empty: then it is recognised.
    headcount : array of float
        People a node stands for (1 for a person, more for a unit drawn as one box, 0 for none).
    manager : array of int
        Row of the solid manager, -1 for a root.
    further : FurtherLines
    ties : TieLines
    attributes : mapping of str to array
        Further columns, kept as they came; None where a node has no value.

    """

    ids: Texts
    names: Texts
    titles: Texts
    units: Texts
    functions: Texts
    headcount: Floats
    locations: Texts
    statuses: Texts
    manager: Ints
    further: FurtherLines
    ties: TieLines
    attributes: Mapping[str, Texts] = field(default_factory=dict)

    # ------------------------------------------------------------------ making one

    @classmethod
    def from_columns(  # noqa: PLR0913  # one argument a column
        cls,
        ids: Sequence[str],
        manager_ids: Sequence[str | None],
        *,
        names: Iterable[str] | None = None,
        titles: Iterable[str] | None = None,
        units: Iterable[str] | None = None,
        functions: Iterable[str] | None = None,
        headcount: Iterable[float] | None = None,
        locations: Iterable[str] | None = None,
        statuses: Iterable[str] | None = None,
        further_managers: Iterable[FurtherManager] = (),
        ties: Iterable[Tie] = (),
        attributes: Mapping[str, Iterable[object]] | None = None,
    ) -> Organization:
        """Make an organization from columns of ids and texts, and check it.

        ``manager_ids`` holds None or an empty text for a root. Further managers and ties are ids too.

        Raises
        ------
        OrganizationError
            Names the nodes: empty or duplicate ids, unknown managers, a cycle of authority, a share
            outside 0..1 or above 1 in sum, a line or tie written twice, an unknown function.

        >>> org = Organization.from_columns(["ceo", "ops"], [None, "ceo"], titles=["CEO", "COO"])
        >>> org.manager.tolist(), org.roots.tolist()
        ([-1, 0], [0])

        """
        id_column = frozen_texts(map(str, ids))
        row_of = dict(zip(id_column.tolist(), range(len(id_column)), strict=True))
        check_ids(id_column, row_of)
        manager = rows_of_managers(id_column, manager_ids, row_of)
        given = {
            "names": names,
            "titles": titles,
            "units": units,
            "functions": functions,
            "locations": locations,
            "statuses": statuses,
        }
        texts = {key: text_column(key, given[key], len(id_column)) for key in _TEXT_COLUMNS}
        check_functions(id_column, texts["functions"], BUSINESS_FUNCTIONS)
        organization = cls(
            ids=id_column,
            **texts,
            headcount=headcount_column(id_column, headcount),
            manager=manager,
            further=further_lines(further_managers, row_of, manager),
            ties=tie_lines(ties, row_of),
            attributes=attribute_columns(
                attributes or {}, len(id_column), [*_NODE_ATTRIBUTES.values(), "headcount"]
            ),
        )
        check_authority(id_column, manager, organization.further)
        organization.__dict__["row_of"] = row_of
        return organization

    @classmethod
    def from_networkx(cls, graph: nx.Graph[Any], root: object = None) -> Organization:
        """Make an organization from a graph, in the order of its nodes.

        *Nodes*: the label becomes the id (as text). Attributes read: ``name``, ``title``, ``unit``,
        ``function``, ``headcount`` (1 where missing), ``location``, ``status``; any other is kept as it is.

        *Edges* of a ``DiGraph`` or ``MultiDiGraph`` run manager -> report. ``kind`` (or, in a
        MultiDiGraph, the key) is one of ``solid`` (when nothing is said), ``shared``, ``dotted``,
        ``contract`` or ``tie``; ``share`` is the authority of a further manager (0 unless said; a
        shared manager must say it), ``weight`` (1 unless said) and ``relation`` belong to a tie, which
        may be written in one direction or both. Other edge attributes are not kept, with a warning
        that names them.

        An undirected ``Graph`` must be a tree of solid edges, which are directed away from ``root`` (else
        ``graph.graph["root"]``, else its first node). A directed graph says itself what its roots are.

        Raises
        ------
        OrganizationError
            As `from_columns`; also for a second solid manager (both are named) and an unknown kind.

        """
        if not graph.is_directed():
            graph = directed_from(graph, root)
        lines = lines_of_graph(graph)
        ids = [str(label) for label in graph.nodes]
        node_data = [graph.nodes[label] for label in graph.nodes]
        known = {*_NODE_ATTRIBUTES.values(), "headcount"}
        extra = dict.fromkeys(key for data in node_data for key in data if key not in known)
        texts = {
            column: [text_of(data.get(attribute)) for data in node_data]
            for column, attribute in _NODE_ATTRIBUTES.items()
        }
        organization = cls.from_columns(
            ids,
            [lines.manager_of.get(node) for node in ids],
            **texts,
            headcount=[data.get("headcount", 1.0) for data in node_data],
            further_managers=lines.further,
            ties=lines.ties,
            attributes={key: [data.get(key) for data in node_data] for key in extra},
        )
        for node, share in lines.solid_share.items():
            left = organization.solid_share[organization.row(node)]
            if abs(share - left) > _SHARE_ROUNDING:
                message = (
                    f'The solid manager of "{node}" is given the share {share:g}, but the further managers '
                    f"leave {left:g}. Shares of one node must sum to 1."
                )
                raise OrganizationError(message)
        return organization

    def to_networkx(self) -> nx.MultiDiGraph[Any]:
        """Return the chart as a ``MultiDiGraph`` (manager -> report, key = kind of line).

        Nodes carry ``headcount`` and whatever of ``name``, ``title``, ``unit``, ``function``,
        ``location``, ``status`` and the further attributes they have. Every edge carries ``kind``;
        a solid line and a further manager ``share`` (their part of the authority), a tie ``weight``
        and ``relation``. A tie is one edge with key ``tie`` from the smaller id.
        `Organization.from_networkx` makes an equal organization of it.

        >>> org = Organization.from_columns(["ceo", "ops", "cs"], [None, "ceo", "ops"])
        >>> list(org.to_networkx().edges(keys=True))
        [('ceo', 'ops', 'solid'), ('ops', 'cs', 'solid')]

        """
        graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
        for row, node in enumerate(self.ids):
            data: dict[str, Any] = {"headcount": float(self.headcount[row])}
            for column, attribute in _NODE_ATTRIBUTES.items():
                if text := getattr(self, column)[row]:
                    data[attribute] = text
            for key, values in self.attributes.items():
                if values[row] is not None:
                    data[key] = values[row]
            graph.add_node(node)
            graph.nodes[node].update(data)  # an attribute may have the name of a parameter
        for row, boss in enumerate(self.manager.tolist()):
            if boss >= 0:
                share = float(self.solid_share[row])
                graph.add_edge(self.ids[boss], self.ids[row], key="solid", kind="solid", share=share)
        for line in self.further_managers:
            graph.add_edge(line.manager, line.report, key=line.kind, kind=line.kind, share=line.share)
        for tie in self.tie_list:
            graph.add_edge(tie.a, tie.b, key="tie", kind="tie", weight=tie.weight, relation=tie.relation)
        return graph

    # ------------------------------------------------------------------ reading it

    def __len__(self) -> int:
        """Return the number of nodes."""
        return len(self.ids)

    def __repr__(self) -> str:
        """Return a summary of one line."""
        return (
            f"<Organization: {len(self)} nodes, {len(self.roots)} roots, "
            f"{len(self.further.report)} further managers, {len(self.ties.a)} ties>"
        )

    def __eq__(self, other: object) -> bool:
        """Return whether both charts have the same nodes in the same order, columns and lines."""
        if not isinstance(other, Organization):
            return NotImplemented
        columns = ("ids", *_TEXT_COLUMNS, "headcount", "manager")
        return (
            all(np.array_equal(getattr(self, key), getattr(other, key)) for key in columns)
            and self.attributes.keys() == other.attributes.keys()
            and all(self.attributes[k].tolist() == other.attributes[k].tolist() for k in self.attributes)
            and self.further_managers == other.further_managers
            and self.tie_list == other.tie_list
        )

    __hash__ = None  # type: ignore[assignment]  # equal by content, too large to hash by content

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row of every id."""
        return {node: row for row, node in enumerate(self.ids)}

    def row(self, node: str) -> int:
        """Return the row of an id; an unknown id is an `UnknownNodeError` that names it."""
        try:
            return self.row_of[node]
        except KeyError:
            message = f'There is no node with the id "{node}" in this chart.'
            raise UnknownNodeError(message) from None

    def label(self, row: int) -> str:
        """Return what a reader calls a node: its name, else its title, else its id."""
        return str(self.names[row] or self.titles[row] or self.ids[row])

    @cached_property
    def labels(self) -> Texts:
        """The `label` of every row."""
        names = np.where(self.names.astype(np.bool_), self.names, self.titles)
        return frozen(np.where(names.astype(np.bool_), names, self.ids))

    def full_label(self, row: int) -> str:
        """Return `label` with the title in brackets, where it says more."""
        label, title = self.label(row), str(self.titles[row])
        return f"{label} ({title})" if title and title != label else label

    @cached_property
    def roots(self) -> Ints:
        """Rows without a solid manager, in the order of the chart."""
        return frozen(np.flatnonzero(self.manager < 0))

    @cached_property
    def further_managers(self) -> list[FurtherManager]:
        """The further managers as ids, in the order of the lines."""
        lines = self.further
        return [
            FurtherManager(self.ids[report], self.ids[manager], kind, share)
            for report, manager, kind, share in zip(
                lines.report.tolist(), lines.manager.tolist(), lines.kind, lines.share.tolist(), strict=True
            )
        ]

    @cached_property
    def tie_list(self) -> list[Tie]:
        """The ties as ids, in the order of the lines."""
        lines = self.ties
        return [
            Tie(self.ids[a], self.ids[b], weight, relation)
            for a, b, weight, relation in zip(
                lines.a.tolist(), lines.b.tolist(), lines.weight.tolist(), lines.relation, strict=True
            )
        ]

    @cached_property
    def solid_share(self) -> Floats:
        """The solid manager's share of the authority over each node: what further managers leave."""
        taken = np.bincount(self.further.report, self.further.share, len(self)).astype(np.float64)
        return frozen(np.where(self.manager < 0, 0.0, share_left(taken)))

    @cached_property
    def children(self) -> tuple[Ints, Ints]:
        """Direct reports over solid lines: ``rows[start[v]:start[v + 1]]`` are those of v."""
        reports = np.flatnonzero(self.manager >= 0).astype(np.int32)
        bosses = self.manager[reports].astype(np.int32)
        # Grouping as a sparse matrix does it takes half the time of sorting.
        marks = np.ones(len(reports), dtype=np.int8)
        grouped = sparse.coo_array((marks, (bosses, reports)), shape=(len(self), len(self))).tocsr()
        return frozen(grouped.indptr.astype(np.int64)), frozen(grouped.indices.astype(np.int64))

    @cached_property
    def span_of_control(self) -> Ints:
        """Number of direct reports over solid lines, per row."""
        managed = self.manager[self.manager >= 0]
        return frozen(np.bincount(managed, minlength=len(self)).astype(np.int64))

    def direct_reports(self, row: int) -> Ints:
        """Return the rows that report to a row over solid lines."""
        start, rows = self.children
        return rows[start[row] : start[row + 1]]

    @cached_property
    def levels(self) -> list[Ints]:
        """Rows by depth: the roots, their direct reports, and so on."""
        return _levels(self.roots, *self.children)

    @cached_property
    def depth(self) -> Ints:
        """Steps over solid lines to the root of a node's own tree."""
        depth = np.zeros(len(self), dtype=np.int64)
        for level, rows in enumerate(self.levels):
            depth[rows] = level
        return frozen(depth)

    @cached_property
    def tree(self) -> Ints:
        """Row of the root of every node's own tree."""
        tree = np.arange(len(self), dtype=np.int64)
        for rows in self.levels[1:]:
            tree[rows] = tree[self.manager[rows]]
        return frozen(tree)

    def subtree(self, row: int) -> Ints:
        """Return a row and everything below it over solid lines, top down."""
        return np.concatenate(_levels(np.array([row], dtype=np.int64), *self.children))

    def below(self, weights: Floats) -> Floats:
        """Return the sum of ``weights`` over everything below each node, the node itself not counted."""
        total = np.zeros(len(self))
        for rows in reversed(self.levels[1:]):
            np.add.at(total, self.manager[rows], total[rows] + weights[rows])
        return total

    def chain(self, row: int) -> list[int]:
        """Return a row and its managers over solid lines up to the root."""
        chain = [row]
        while (row := int(self.manager[row])) >= 0:
            chain.append(row)
        return chain


def as_organization(chart: Organization | nx.Graph[Any]) -> Organization:
    """Return an organization as it is, and a networkx graph as an `Organization`."""
    return chart if isinstance(chart, Organization) else Organization.from_networkx(chart)


def _levels(start_rows: Ints, start: Ints, rows: Ints) -> list[Ints]:
    """Return the rows by distance below ``start_rows``, given the children index."""
    levels: list[Ints] = []
    frontier = np.asarray(start_rows, dtype=np.int64)
    while len(frontier):
        levels.append(frontier)
        frontier = rows[grouped_positions(start, frontier)]
    return levels
