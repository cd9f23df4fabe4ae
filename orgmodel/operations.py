"""Operations on a chart. Each returns a new organization that shares the columns it did not change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np

from orgmodel.errors import PlacementError
from orgmodel.lines import FurtherLines, Ints, frozen_texts
from orgmodel.organization import BUSINESS_FUNCTIONS, Organization, as_organization


def subordinates(organization: Organization, rows: Collection[int]) -> Ints:
    """Return the rows and everything they have authority over, sorted.

    Authority runs down solid lines and further lines with a share above 0. None of these rows may
    become the boss of ``rows``: authority would run in a circle.
    """
    further = organization.further
    ruling = further.share > 0
    reached = np.zeros(len(organization), dtype=np.bool_)
    frontier = list(rows)
    while frontier:
        for row in frontier:
            reached[organization.subtree(row)] = True
        led = further.report[ruling & reached[further.manager]]
        frontier = [int(row) for row in np.unique(led) if not reached[row]]
    return np.flatnonzero(reached)


def move(chart: Organization | nx.Graph[Any], node: str, manager: str) -> Organization:
    """Return the chart with a node, and everything below it, under another solid manager.

    Further managers and ties stay; if the new solid manager was a further one, that line is merged into
    the solid line. Moving to the present manager gives an equal organization.

    Raises
    ------
    PlacementError
        When the manager is the node itself or somebody it has authority over.

    >>> org = Organization.from_columns(["ceo", "ops", "sales", "cs"], [None, "ceo", "ceo", "ops"])
    >>> moved = move(org, "cs", "sales")
    >>> moved.ids[moved.manager[moved.row("cs")]]
    'sales'

    """
    return with_bosses(as_organization(chart), node, manager, keep_further=True)


def with_bosses(
    organization: Organization,
    node: str,
    solid: str,
    shared: Mapping[str, float] | None = None,
    *,
    keep_further: bool = False,
) -> Organization:
    """Return the chart with a node under a solid manager and further ones of kind ``shared``.

    Lines of the node to further managers with a share above 0 are dropped unless ``keep_further``; lines
    without authority stay. A further line to one of the new bosses is merged into the new one.
    """
    shared = shared or {}
    row = organization.row(node)
    bosses = [organization.row(boss) for boss in (solid, *shared)]
    below = set(subordinates(organization, [row]).tolist())
    for boss in bosses:
        if boss in below:
            message = (
                f'"{organization.label(row)}" cannot report to "{organization.label(boss)}", '
                "who is part of it or reports to it."
            )
            raise PlacementError(message)
    manager = organization.manager.copy()
    manager[row] = bosses[0]
    manager.setflags(write=False)
    lines = organization.further
    dropped = (lines.report == row) & np.isin(lines.manager, bosses)
    if not keep_further:
        dropped |= (lines.report == row) & (lines.share > 0)
    if not dropped.any() and not shared:
        further = lines
    else:
        rest = FurtherLines(
            lines.report[~dropped], lines.manager[~dropped], lines.kind[~dropped], lines.share[~dropped]
        )
        further = _with_shared(rest, row, dict(zip(bosses[1:], shared.values(), strict=True)))
    moved = replace(organization, manager=manager, further=further)
    moved.__dict__["row_of"] = organization.row_of
    return moved


def state_functions(chart: Organization | nx.Graph[Any], functions: Mapping[str, str]) -> Organization:
    """Return the chart with the functions of some nodes stated (an empty word: to be recognised again)."""
    organization = as_organization(chart)
    column = organization.functions.copy()
    for node, function in functions.items():
        if function and function not in BUSINESS_FUNCTIONS:
            message = f'"{function}" is not a function; known are {", ".join(BUSINESS_FUNCTIONS)}.'
            raise PlacementError(message)
        column[organization.row(node)] = function
    return replace(organization, functions=frozen_texts(column))


def _with_shared(lines: FurtherLines, row: int, shares: Mapping[int, float]) -> FurtherLines:
    """Return the lines with shared managers of one row added, in the order `FurtherLines` keeps."""
    report = np.concatenate([lines.report, np.full(len(shares), row, dtype=np.int64)])
    manager = np.concatenate([lines.manager, np.array(list(shares), dtype=np.int64)])
    kind = np.concatenate([lines.kind, frozen_texts(["shared"] * len(shares))])
    share = np.concatenate([lines.share, np.array(list(shares.values()), dtype=np.float64)])
    order = np.lexsort((kind.astype(str), manager, report))
    return FurtherLines(report[order], manager[order], kind[order], share[order])
