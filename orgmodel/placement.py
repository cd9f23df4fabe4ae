"""Placements: to whom customer service reports, with what share of the authority."""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from orgmodel.errors import PlacementError
from orgmodel.operations import move, with_bosses
from orgmodel.organization import Organization, as_organization

_SHARE_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Placement:
    """The bosses of customer service with their shares of the authority, which sum to 1.

    Make one with `Placement.under` (one boss: the solid manager is replaced, further managers stay) or
    `Placement.shared` (lists all bosses: they replace every line with authority).

    >>> Placement.under("COO").bosses
    (('COO', 1.0),)
    >>> Placement.shared({"Sales": 0.5, "Ops": 0.5}).bosses
    (('Sales', 0.5), ('Ops', 0.5))

    """

    bosses: tuple[tuple[str, float], ...]
    lists_all_bosses: bool = False

    def __post_init__(self) -> None:
        """Check the bosses and their shares."""
        for boss, share in self.bosses:
            if not _is_share(share):
                message = f'"{boss}" has the share {share}; each boss needs more than 0 and at most 1.'
                raise PlacementError(message)
        total = math.fsum(share for _, share in self.bosses)
        if abs(total - 1) > _SHARE_TOLERANCE:
            message = f"The shares of the bosses sum to {total:g}; together they must have 1."
            raise PlacementError(message)
        if len(self.bosses) > 1 and not self.lists_all_bosses:
            message = "A placement under several bosses lists all of them: use Placement.shared."
            raise PlacementError(message)

    @classmethod
    def under(cls, boss: str) -> Placement:
        """Return the placement under one solid manager."""
        return cls(((boss, 1.0),))

    @classmethod
    def shared(cls, shares: Mapping[str, float]) -> Placement:
        """Return the placement under several bosses at once.

        The boss with the largest share (the first of equal ones) becomes the solid manager, the others
        further managers of kind ``shared``.
        """
        return cls(tuple(shares.items()), lists_all_bosses=True)


def _is_share(value: object) -> bool:
    return isinstance(value, numbers.Real) and 0 < float(value) <= 1


def apply(
    chart: Organization | nx.Graph[Any], unit: str | Sequence[str], placement: Placement
) -> Organization:
    """Return the chart with every node of the unit placed so.

    >>> org = Organization.from_columns(["ceo", "ops", "sales", "cs"], [None, "ceo", "ceo", "ops"])
    >>> apply(org, "cs", Placement.under("sales")).to_networkx().has_edge("sales", "cs")
    True

    """
    organization = as_organization(chart)
    solid, _ = max(placement.bosses, key=lambda boss: boss[1])
    others = {boss: share for boss, share in placement.bosses if boss != solid}
    for node in [unit] if isinstance(unit, str) else unit:
        if placement.lists_all_bosses:
            organization = with_bosses(organization, node, solid, others)
        else:
            organization = move(organization, node, solid)
    return organization
