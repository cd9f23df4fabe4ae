"""Further managers and ties as they are drawn: added, given another share or weight, taken away."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx

from orgmodel.errors import OrganizationError
from orgmodel.lines import FurtherManager, Tie, tie_lines
from orgmodel.operations import (
    add_further_manager,
    ends_of,
    further_where,
    joined_ties,
    line_at,
    ties_where,
    with_columns,
)
from orgmodel.organization import Organization, as_organization


def connect(chart: Organization | nx.Graph[Any], line: FurtherManager | Tie) -> Organization:
    """Return the chart with one more further manager or tie; one that is there already is replaced.

    A line is there already if one of its kind has the same ends. Raises what `add_further_manager` raises,
    and `OrganizationError` for a tie of a node with itself or one that weighs nothing.

    >>> org = Organization.from_columns(["ceo", "ops", "cs"], [None, "ceo", "ceo"])
    >>> connect(connect(org, Tie("cs", "ops")), Tie("ops", "cs", 2.0)).tie_list
    [Tie(a='cs', b='ops', weight=2.0, relation='collaboration')]

    """
    organization = as_organization(chart)
    ends_of(organization, line)
    there = line_at(organization, line)
    if isinstance(line, FurtherManager):
        rest = further_where(organization.further, ~there)
        return add_further_manager(with_columns(organization, further=rest), line)
    if not (math.isfinite(line.weight) and line.weight > 0):
        message = f"The weight of a tie is above 0, not {line.weight:g}."
        raise OrganizationError(message)
    new = tie_lines([line], organization.row_of)
    return with_columns(organization, ties=joined_ties(ties_where(organization.ties, ~there), new))


def disconnect(chart: Organization | nx.Graph[Any], line: FurtherManager | Tie) -> Organization:
    """Return the chart without a further manager or a tie; it is found by its ends and its kind.

    Raises
    ------
    OrganizationError
        There is no such line.

    >>> org = Organization.from_columns(["ceo", "ops"], [None, None], ties=[Tie("ceo", "ops", 3.0)])
    >>> disconnect(org, Tie("ops", "ceo")).tie_list
    []

    """
    organization = as_organization(chart)
    there = line_at(organization, line)
    if not there.any():
        first, second = (organization.label(organization.row(node)) for node in line[:2])
        kind = f"{line.kind} line" if isinstance(line, FurtherManager) else "tie"
        message = f'There is no {kind} between "{first}" and "{second}".'
        raise OrganizationError(message)
    if isinstance(line, FurtherManager):
        return with_columns(organization, further=further_where(organization.further, ~there))
    return with_columns(organization, ties=ties_where(organization.ties, ~there))
