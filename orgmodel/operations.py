"""Operations on a chart. Each returns a new organization that shares the columns it did not change."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final

import networkx as nx
import numpy as np

from orgmodel.differences import CELLS
from orgmodel.errors import OrganizationError, PlacementError
from orgmodel.lines import (
    Bools,
    FurtherLines,
    FurtherManager,
    Ints,
    Tie,
    TieLines,
    frozen,
    frozen_texts,
    further_lines,
    grouped_positions,
    marked,
)
from orgmodel.organization import BUSINESS_FUNCTIONS, Organization, as_organization
from orgmodel.wording import quoted

#: People one box can stand for, where somebody says how many: more than there are on earth is a slip.
MOST_PEOPLE: Final = 10_000_000_000
_SHARE_TOLERANCE: Final = 1e-9
# Columns of a value per node, beside the solid manager.
_COLUMNS: Final = ("ids", *CELLS.values())


@dataclass(frozen=True)
class NewNode:
    """A node that is to be added: its id, its solid manager (None for a root) and its columns."""

    id: str
    manager: str | None = None
    name: str = ""
    title: str = ""
    unit: str = ""
    function: str = ""
    headcount: float = 1.0
    location: str = ""
    status: str = ""
    attributes: Mapping[str, object] = field(default_factory=dict)


def subordinates(organization: Organization, rows: Collection[int] | Ints) -> Ints:
    """Return the rows and everything they have authority over, sorted.

    Authority runs down solid lines and further lines with a share above 0. None of these rows may
    become the boss of ``rows``: authority would run in a circle.
    """
    further = organization.further
    ruling = further.share > 0
    start, reports = organization.children
    reached = np.zeros(len(organization), dtype=np.bool_)
    found = np.flatnonzero(marked(len(organization), rows))
    while len(found):
        while len(found):
            reached[found] = True
            found = reports[grouped_positions(start, found)]
            found = found[~reached[found]]
        led = further.report[ruling & reached[further.manager]]
        found = np.flatnonzero(marked(len(organization), led) & ~reached)
    return np.flatnonzero(reached)


def move(chart: Organization | nx.Graph[Any], nodes: str | Sequence[str], manager: str) -> Organization:
    """Return the chart with nodes, and everything below them, under another solid manager.

    Of several nodes, those below another one of them stay there: only the highest move. Further managers
    and ties stay; if the new solid manager was a further one, that line is merged into the solid line.
    Moving to the present manager gives an equal organization; an empty ``manager`` makes roots.

    Raises
    ------
    PlacementError
        When the manager is one of the nodes or somebody they have authority over.

    >>> org = Organization.from_columns(["ceo", "ops", "sales", "cs"], [None, "ceo", "ceo", "ops"])
    >>> move(org, "cs", "sales").manager.tolist()
    [-1, 0, 0, 2]
    >>> move(org, ["ops", "cs"], "sales").manager.tolist()
    [-1, 2, 0, 1]

    """
    organization = as_organization(chart)
    highest = _highest(organization, [nodes] if isinstance(nodes, str) else nodes)
    if manager:
        return with_bosses(organization, organization.ids[highest].tolist(), manager, keep_further=True)
    column = organization.manager.copy()
    column[highest] = -1
    return with_columns(organization, manager=frozen(column))


def with_bosses(
    organization: Organization,
    nodes: Sequence[str],
    solid: str,
    shared: Mapping[str, float] | None = None,
    *,
    keep_further: bool = False,
) -> Organization:
    """Return the chart with every one of the nodes under a solid manager and further ones of kind ``shared``.

    Lines of the nodes to further managers with a share above 0 are dropped unless ``keep_further``; lines
    without authority stay. A further line to one of the new bosses is merged into the new one.
    """
    shared = shared or {}
    rows = np.array([organization.row(node) for node in dict.fromkeys(nodes)], dtype=np.int64)
    bosses = [organization.row(boss) for boss in (solid, *shared)]
    _check_above(organization, rows, bosses)
    manager = organization.manager.copy()
    manager[rows] = bosses[0]
    lines = organization.further
    of_nodes = marked(len(organization), rows)[lines.report]
    dropped = of_nodes & marked(len(organization), bosses)[lines.manager]
    if not keep_further:
        dropped |= of_nodes & (lines.share > 0)
    if not dropped.any() and not shared:
        further = lines
    else:
        new = FurtherLines(
            np.repeat(rows, len(shared)),
            np.tile(np.array(bosses[1:], dtype=np.int64), len(rows)),
            frozen_texts(["shared"] * len(shared) * len(rows)),
            np.tile(np.array(list(shared.values()), dtype=np.float64), len(rows)),
        )
        further = joined_further(further_where(lines, ~dropped), new)
    return with_columns(organization, manager=frozen(manager), further=further)


def state_functions(chart: Organization | nx.Graph[Any], functions: Mapping[str, str]) -> Organization:
    """Return the chart with the functions of some nodes stated (an empty word: to be recognised again)."""
    organization = as_organization(chart)
    column = organization.functions.copy()
    for node, function in functions.items():
        if function and function not in BUSINESS_FUNCTIONS:
            message = f'"{function}" is not a function; known are {", ".join(BUSINESS_FUNCTIONS)}.'
            raise PlacementError(message)
        column[organization.row(node)] = function
    return with_columns(organization, functions=frozen_texts(column))


def edit(
    chart: Organization | nx.Graph[Any], nodes: Collection[str], column: str, value: str | float
) -> Organization:
    """Return the chart with another value in one column of some nodes.

    ``column`` is name, title, unit, function, headcount, location or status.

    Raises
    ------
    OrganizationError
        The column is another one, or the headcount is no number of at least 0.
    PlacementError
        The function is none of `BUSINESS_FUNCTIONS`.

    >>> org = Organization.from_columns(["ceo", "cs"], [None, "ceo"])
    >>> edit(org, ["cs"], "headcount", "12").headcount.tolist()
    [1.0, 12.0]

    """
    organization = as_organization(chart)
    if column not in CELLS:
        message = f'"{column}" cannot be edited; what can is {", ".join(CELLS)}.'
        raise OrganizationError(message)
    if column == "function":
        return state_functions(organization, dict.fromkeys(nodes, str(value)))
    key = CELLS[column]
    cells = getattr(organization, key).copy()
    cells[[organization.row(node) for node in nodes]] = (
        _people(value) if column == "headcount" else str(value)
    )
    return with_columns(organization, **{key: frozen(cells)})


def _people(value: str | float) -> float:
    """Return a headcount as a number."""
    try:
        people = float(value)
    except (ValueError, OverflowError):
        people = math.nan
    if not (math.isfinite(people) and people >= 0):
        message = f"A headcount is a number of people, 0 or more; {quoted(str(value))} is not."
        raise OrganizationError(message)
    return _not_too_many(people)


def _not_too_many(people: float) -> float:
    if people > MOST_PEOPLE:
        message = f"A box holds at most {MOST_PEOPLE:,} people; {people:,.0f} is more."
        raise OrganizationError(message)
    return people


def free_ids(taken: Collection[str]) -> Iterator[str]:
    """Return ids that are not taken, for new nodes.

    >>> next(free_ids({"new-1", "new-3"}))
    'new-2'
    """
    return (node for number in count(1) if (node := f"new-{number}") not in taken)


def add_nodes(chart: Organization | nx.Graph[Any], nodes: Sequence[NewNode]) -> Organization:
    """Return the chart with new nodes after the others, in the order given.

    The manager of a new node is one of the chart or a new node before it. An attribute that the chart
    does not have yet becomes a further column.

    Raises
    ------
    OrganizationError
        Names the node: an id that is empty or taken, an unknown function, a headcount below 0.
    UnknownNodeError
        When a manager is neither in the chart nor added before.

    >>> org = Organization.from_columns(["ceo", "ops"], [None, "ceo"])
    >>> add_nodes(org, [NewNode("cs", "ops", title="Customer service")]).manager.tolist()
    [-1, 0, 1]

    """
    organization = as_organization(chart)
    keys = dict.fromkeys(key for node in nodes for key in node.attributes)
    # The columns of the new nodes are checked as those of any chart are.
    new = Organization.from_columns(
        [node.id for node in nodes],
        [None] * len(nodes),
        names=[node.name for node in nodes],
        titles=[node.title for node in nodes],
        units=[node.unit for node in nodes],
        functions=[node.function for node in nodes],
        headcount=[_not_too_many(node.headcount) for node in nodes],
        locations=[node.location for node in nodes],
        statuses=[node.status for node in nodes],
        attributes={key: [node.attributes.get(key) for node in nodes] for key in keys},
    )
    row_of = dict(organization.row_of)
    managers = []
    for row, node in enumerate(nodes, start=len(organization)):
        if node.id in row_of:
            message = f'The id "{node.id}" is taken; every id must be unique.'
            raise OrganizationError(message)
        if node.manager and node.manager not in row_of:
            organization.row(node.manager)  # raises the error that names it
        managers.append(row_of[node.manager] if node.manager else -1)
        row_of[node.id] = row
    columns: dict[str, Any] = {
        key: frozen(np.concatenate([getattr(organization, key), getattr(new, key)])) for key in _COLUMNS
    }
    attributes = {
        key: frozen(
            np.concatenate(
                [
                    chart_part.attributes.get(key, np.full(len(chart_part), None, dtype=object))
                    for chart_part in (organization, new)
                ]
            )
        )
        for key in {**organization.attributes, **new.attributes}
    }
    manager = np.concatenate([organization.manager, np.array(managers, dtype=np.int64)])
    grown = replace(organization, **columns, manager=frozen(manager), attributes=attributes)
    grown.__dict__["row_of"] = row_of
    return grown


def remove(
    chart: Organization | nx.Graph[Any], nodes: Collection[str], *, with_all_below: bool = False
) -> Organization:
    """Return the chart without some nodes, their further lines and their ties.

    Everything below them goes too if ``with_all_below``. Otherwise their direct reports go to the nearest
    manager above who stays, and are roots where there is none; a further line to that manager is merged
    into the solid one. The nodes that stay keep their order.

    >>> org = Organization.from_columns(["ceo", "ops", "cs"], [None, "ceo", "ops"])
    >>> remove(org, ["ops"]).manager.tolist(), len(remove(org, ["ops"], with_all_below=True))
    ([-1, 0], 1)

    """
    organization = as_organization(chart)
    gone = marked(len(organization), [organization.row(node) for node in nodes])
    if with_all_below:
        for rows in organization.levels[1:]:
            gone[rows] |= gone[organization.manager[rows]]
    stays = ~gone
    manager = organization.manager.copy()
    while len(orphans := np.flatnonzero(stays & (manager >= 0) & gone[manager])):
        manager[orphans] = organization.manager[manager[orphans]]
    new_row = np.cumsum(stays) - 1
    lines, ties = organization.further, organization.ties
    lines = further_where(
        lines, stays[lines.report] & stays[lines.manager] & (manager[lines.report] != lines.manager)
    )
    ties = ties_where(ties, stays[ties.a] & stays[ties.b])
    columns: dict[str, Any] = {key: frozen(getattr(organization, key)[stays]) for key in _COLUMNS}
    attributes = {key: column[stays] for key, column in organization.attributes.items()}
    return replace(
        organization,
        **columns,
        manager=frozen(np.where(manager >= 0, new_row[manager], -1)[stays]),
        # Rows that stay keep their order, so lines and ties keep theirs.
        further=FurtherLines(
            frozen(new_row[lines.report]), frozen(new_row[lines.manager]), lines.kind, lines.share
        ),
        ties=TieLines(frozen(new_row[ties.a]), frozen(new_row[ties.b]), ties.weight, ties.relation),
        attributes={
            key: frozen(column)
            for key, column in attributes.items()
            if any(value is not None for value in column)
        },
    )


def add_further_manager(chart: Organization | nx.Graph[Any], line: FurtherManager) -> Organization:
    """Return the chart with one more further manager.

    Raises
    ------
    OrganizationError
        Names the nodes: an end that is not in the chart, the solid manager or a line that is there already,
        an unknown kind, a share outside 0..1 or more than the other further managers leave.
    PlacementError
        When the line has authority and the manager is somebody the report has authority over.

    >>> org = Organization.from_columns(["ceo", "ops", "cs"], [None, "ceo", "ceo"])
    >>> add_further_manager(org, FurtherManager("cs", "ops", "shared", 0.5)).solid_share.tolist()
    [0.0, 1.0, 0.5]

    """
    organization = as_organization(chart)
    present = organization.further
    report, boss = ends_of(organization, line)
    names = f'"{organization.label(boss)}" to "{organization.label(report)}"'
    if organization.manager[report] == boss:
        message = f"There is a reporting line from {names} already: the first is the solid manager."
        raise OrganizationError(message)
    if line_at(organization, line).any():
        message = f"There is a {line.kind} line from {names} already."
        raise OrganizationError(message)
    if not 0 <= line.share <= 1:
        message = f"The share of the authority is between 0 and 1 (100 %), not {line.share:g}."
        raise OrganizationError(message)
    new = further_lines([line], organization.row_of, organization.manager)
    of_report = present.report == report
    if line.share > 0:
        taken = float(present.share[of_report].sum()) + line.share
        if taken > 1 + _SHARE_TOLERANCE:
            message = f'The further managers of "{organization.label(report)}" would have {taken:.4g} of the '
            message += "authority; together it is at most 1."
            raise OrganizationError(message)
        _check_above(organization, np.array([report], dtype=np.int64), [boss])
    return with_columns(organization, further=joined_further(present, new))


def ends_of(organization: Organization, line: FurtherManager | Tie) -> tuple[int, int]:
    """Return the rows of the two ends of a line, which are two nodes."""
    first, second = (organization.row(node) for node in line[:2])
    if first == second:
        message = f'A line joins two boxes; "{organization.label(first)}" cannot have one to itself.'
        raise OrganizationError(message)
    return first, second


def line_at(organization: Organization, line: FurtherManager | Tie) -> Bools:
    """Return of each line of a kind whether it has the ends of this one."""
    first, second = (organization.row(node) for node in line[:2])
    if isinstance(line, FurtherManager):
        further = organization.further
        same_kind = np.asarray(further.kind == line.kind, dtype=np.bool_)
        return same_kind & _at(further.report, further.manager, first, second)
    ties = organization.ties
    return _at(ties.a, ties.b, first, second) | _at(ties.a, ties.b, second, first)


def _at(starts: Ints, ends: Ints, start: int, end: int) -> Bools:
    return marked(len(starts), np.flatnonzero((starts == start) & (ends == end)))


def with_columns(organization: Organization, **columns: Any) -> Organization:  # noqa: ANN401  # arrays and lines
    """Return the chart with other columns for the same nodes."""
    changed = replace(organization, **columns)
    changed.__dict__["row_of"] = organization.row_of
    return changed


def _highest(organization: Organization, nodes: Sequence[str]) -> Ints:
    """Return the rows of those nodes that are not below another one of them, in the order given."""
    rows = np.array([organization.row(node) for node in dict.fromkeys(nodes)], dtype=np.int64)
    chosen = marked(len(organization) + 1, rows)  # the last is above whoever has nobody above
    manager = np.append(organization.manager, -1)
    below = np.zeros(len(rows), dtype=np.bool_)
    above = manager[rows]
    while (above >= 0).any():
        below |= chosen[above]
        above = manager[above]
    return rows[~below]


def _check_above(organization: Organization, rows: Ints, bosses: Sequence[int]) -> None:
    """Check that no row has authority over one of the bosses it is to have."""
    below = marked(len(organization), subordinates(organization, rows))
    for boss in bosses:
        if below[boss]:
            row = next(row for row in rows.tolist() if boss in subordinates(organization, [row]))
            message = (
                f'"{organization.label(row)}" cannot report to "{organization.label(boss)}", '
                "who is part of it or reports to it."
            )
            raise PlacementError(message)


def further_where(lines: FurtherLines, kept: Bools) -> FurtherLines:
    """Return some of the further managers."""
    return FurtherLines(
        frozen(lines.report[kept]),
        frozen(lines.manager[kept]),
        frozen(lines.kind[kept]),
        frozen(lines.share[kept]),
    )


def joined_further(lines: FurtherLines, new: FurtherLines) -> FurtherLines:
    """Return both together, in the order `FurtherLines` keeps."""
    report = np.concatenate([lines.report, new.report])
    manager = np.concatenate([lines.manager, new.manager])
    kind = np.concatenate([lines.kind, new.kind])
    share = np.concatenate([lines.share, new.share])
    order = np.lexsort((kind.astype(str), manager, report))
    return FurtherLines(
        frozen(report[order]), frozen(manager[order]), frozen(kind[order]), frozen(share[order])
    )


def ties_where(ties: TieLines, kept: Bools) -> TieLines:
    """Return some of the ties."""
    return TieLines(
        frozen(ties.a[kept]), frozen(ties.b[kept]), frozen(ties.weight[kept]), frozen(ties.relation[kept])
    )


def joined_ties(ties: TieLines, new: TieLines) -> TieLines:
    """Return both together, in the order `TieLines` keeps."""
    a, b = np.concatenate([ties.a, new.a]), np.concatenate([ties.b, new.b])
    order = np.lexsort((b, a))
    return TieLines(
        frozen(a[order]),
        frozen(b[order]),
        frozen(np.concatenate([ties.weight, new.weight])[order]),
        frozen(np.concatenate([ties.relation, new.relation])[order]),
    )
