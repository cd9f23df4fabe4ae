"""Placements: where customer service goes, and the chart that this gives.

>>> org = Organization.from_columns(["ceo", "ops", "cs"], [None, "ceo", "ops"])
>>> placed = place(org, "cs", Placement.outsourced("ops"))
>>> placed.organization.ids.tolist(), placed.unit
(['ceo', 'ops', 'cs', 'provider-1'], ('cs',))
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, cast

import networkx as nx
import numpy as np

from orgmodel.errors import PlacementError
from orgmodel.lines import FurtherManager, Texts, frozen, marked
from orgmodel.operations import (
    NewNode,
    add_further_manager,
    add_nodes,
    subordinates,
    with_bosses,
)
from orgmodel.organization import BUSINESS_FUNCTIONS, Organization, as_organization
from orgmodel.structures import merge, new_ids, split

PlacementKind = Literal["under", "shared", "outsourced", "new_department", "split", "merged"]
#: Ways to split the people of a unit.
SPLITS: Final = ("location", "equally")

# What a boss cannot do who is part of the unit or reports to it; the keys are the kinds of placements.
_DUTIES: Final = {
    "under": "be its boss",
    "shared": "be its boss",
    "outsourced": "oversee its provider",
    "new_department": "be the boss of its new department",
    "split": "be the boss of a part of it",
    "merged": "take it over",
}
_SHARE_TOLERANCE: Final = 1e-6
_MOST_BOSSES: Final = 1_000


@dataclass(frozen=True)
class Placement:
    """Where customer service goes. Make one with the class method of its kind.

    Attributes
    ----------
    bosses : tuple of (id, share)
        Who it goes to, each with a share of the authority: together over all of it (``shared``: they sum
        to 1), alone over all of it or over the part they get (1), or none over a provider's people, whose
        contract they only oversee (``outsourced``: 0).
    kind : str
        ``under``, ``shared``, ``outsourced``, ``new_department``, ``split`` or ``merged``.
    name : str
        What a new provider or department is called.
    by : str
        How a split deals the people: a word of `SPLITS`.

    >>> Placement.under("COO").bosses
    (('COO', 1.0),)
    >>> Placement.shared({"Sales": 0.5, "Ops": 0.5}).bosses
    (('Sales', 0.5), ('Ops', 0.5))

    """

    bosses: tuple[tuple[str, float], ...]
    kind: PlacementKind = "under"
    name: str = ""
    by: str = ""

    def __post_init__(self) -> None:
        """Check the kind, the bosses with their shares, the name and the way to split."""
        if self.kind not in _DUTIES:
            message = f'"{self.kind}" is no kind of placement; known are {", ".join(_DUTIES)}.'
            raise PlacementError(message)
        ids = [boss for boss, _ in self.bosses]
        if twice := sorted({boss for boss in ids if ids.count(boss) > 1}):
            message = f'"{twice[0]}" is named twice; name every boss once.'
            raise PlacementError(message)
        if self.kind == "split":
            self._check_split()
        elif self.kind != "shared" and len(ids) != 1:
            message = f"This placement has one boss, not {len(ids)}; for several use Placement.shared."
            raise PlacementError(message)
        self._check_shares()
        if self.kind in {"outsourced", "new_department"} and not self.name.strip():
            message = "What is new needs a name: that of the provider or the department."
            raise PlacementError(message)

    def _check_split(self) -> None:
        if not self.bosses:
            message = "A split needs somebody to take the parts; name at least one boss."
            raise PlacementError(message)
        if self.by not in SPLITS:
            message = f'"{self.by}" is no way to split; known are {" and ".join(SPLITS)}.'
            raise PlacementError(message)

    def _check_shares(self) -> None:
        for boss, share in self.bosses:
            if self.kind == "shared" and not _is_share(share):
                message = f'"{boss}" has the share {share}; each boss needs more than 0 and at most 1.'
                raise PlacementError(message)
            if self.kind != "shared" and share != (fixed := float(self.kind != "outsourced")):
                message = f'"{boss}" has the share {share}; in this placement it is {fixed:g}.'
                raise PlacementError(message)
        total = math.fsum(share for _, share in self.bosses)
        if self.kind == "shared" and abs(total - 1) > _SHARE_TOLERANCE:
            message = f"The shares of the bosses sum to {total:g}; together they must have 1."
            raise PlacementError(message)

    @classmethod
    def under(cls, boss: str) -> Placement:
        """Return the placement under one solid manager: further managers stay."""
        return cls(((boss, 1.0),))

    @classmethod
    def shared(cls, shares: Mapping[str, float]) -> Placement:
        """Return the placement under several bosses at once, who replace every line with authority.

        The boss with the largest share (the first of equal ones) becomes the solid manager, the others
        further managers of kind ``shared``.
        """
        return cls(tuple(shares.items()), "shared")

    @classmethod
    def outsourced(cls, owner: str, provider: str = "Provider") -> Placement:
        """Return the placement at an outside provider whose contract the owner oversees.

        The provider is a new root of function ``provider`` without people of its own; it hangs on the owner
        by a further line of kind ``contract`` without authority. The unit reports to it as a whole.
        """
        return cls(((owner, 0.0),), "outsourced", provider)

    @classmethod
    def new_department(cls, boss: str, name: str = "Customer experience") -> Placement:
        """Return the placement in a department of its own: a new post under the boss heads it."""
        return cls(((boss, 1.0),), "new_department", name)

    @classmethod
    def split(cls, bosses: str | Sequence[str], by: str = "location") -> Placement:
        """Return the placement in parts, one for each boss: regions, countries, product teams.

        The posts of the unit that have reports are dissolved, the others are dealt whole
        (`orgmodel.structures`): by location, or one after another to the part with the fewest people so
        far. Every part gets a new head. Where there are fewer posts than parts (the unit is one box of 30),
        their people are divided equally, and each part is one box.
        """
        listed = [bosses] if isinstance(bosses, str) else bosses
        return cls(tuple((boss, 1.0) for boss in listed), "split", by=by)

    @classmethod
    def merged(cls, sales_head: str) -> Placement:
        """Return the placement without a unit of its own: the sales teams serve customers themselves.

        The teams are those of the direct reports of the head of sales who have reports; each gets one box
        of people in proportion to its own.
        """
        return cls(((sales_head, 1.0),), "merged")

    def to_json(self) -> dict[str, Any]:
        """Return the placement as JSON holds it, without what is empty.

        >>> Placement.outsourced("ops").to_json()
        {'kind': 'outsourced', 'bosses': [['ops', 0.0]], 'name': 'Provider'}
        """
        data = {"kind": self.kind, "bosses": [[boss, float(share)] for boss, share in self.bosses]}
        return data | {key: text for key in ("name", "by") if (text := getattr(self, key))}

    @classmethod
    def from_json(cls, data: object) -> Placement:
        """Return the placement that `to_json` was given.

        Raises
        ------
        PlacementError
            It is malformed, or no placement that can be.

        """
        match data:
            case {"kind": str(kind), "bosses": [*bosses], **texts} if len(bosses) <= _MOST_BOSSES:
                if texts.keys() <= {"name", "by"} and all(isinstance(text, str) for text in texts.values()):
                    name, by = (str(texts.get(key, "")) for key in ("name", "by"))
                    return cls(tuple(map(_boss, bosses)), cast("PlacementKind", kind), name, by)
        raise PlacementError(
            "This is no placement: it has a kind, a list of bosses, and a name where it is new."
        )


def _boss(entry: object) -> tuple[str, float]:
    match entry:
        case [str(boss), int(share) | float(share)] if not isinstance(share, bool):
            return boss, float(share)
    raise PlacementError("This is no placement: every boss is an id with a share of the authority.")


def _is_share(value: object) -> bool:
    return isinstance(value, numbers.Real) and 0 < float(value) <= 1


@dataclass(frozen=True)
class Placed:
    """A chart after a placement.

    Attributes
    ----------
    organization : Organization
        Nodes that were there before keep their order; new ones come last.
    unit : tuple of str
        What customer service is in it: its heads, or its parts in the order of their bosses.
    dissolved : tuple of str
        Nodes of the old chart that are gone.
    sentences : tuple of str
        What was made, dealt and lost.

    """

    organization: Organization
    unit: tuple[str, ...]
    dissolved: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


def place(
    chart: Organization | nx.Graph[Any],
    unit: str | Sequence[str],
    placement: Placement,
    *,
    functions: Texts | None = None,
) -> Placed:
    r"""Return the chart with the unit placed so, what the unit is now, and what was lost.

    A node of the unit below another one is part of it. ``functions``, one per row of the chart (empty: not
    known), are written down as stated functions, so that a move does not change what is recognised.

    Raises
    ------
    UnknownNodeError
        When a boss or a node of the unit is not in the chart.
    PlacementError
        When the unit is empty or everything, or has authority over a boss.

    >>> org = Organization.from_columns(
    ...     ["ceo", "north", "south", "cs", "a", "b"],
    ...     [None, "ceo", "ceo", "ceo", "cs", "cs"],
    ...     locations=["", "Leeds", "Dover", "", "Dover", "Leeds"],
    ... )
    >>> placed = place(org, "cs", Placement.split(["north", "south"]))
    >>> placed.unit, placed.dissolved
    (('customer-service-1', 'customer-service-2'), ('cs',))
    >>> print(*placed.sentences, sep="\n")
    Customer service becomes 2 parts, each under a new head: "cs, north" (1 person), "cs, south" (1 person).
    2 posts went by location.
    1 post of the old unit is dissolved; no ties and no lines to further managers are lost with it.
    1 person in posts with reports is in no part.

    """
    organization = as_organization(chart)
    heads = _heads(organization, [unit] if isinstance(unit, str) else unit)
    bosses = [organization.row(boss) for boss, _ in placement.bosses]
    inside = marked(len(organization), np.concatenate([organization.subtree(head) for head in heads]))
    if inside.all():
        message = "Every node of the chart belongs to customer service; nobody is left to take it."
        raise PlacementError(message)
    below = marked(len(organization), subordinates(organization, heads))
    for boss in bosses:
        if below[boss]:
            message = (
                f'"{organization.label(boss)}" is part of customer service or reports to it, '
                f"and cannot {_DUTIES[placement.kind]}."
            )
            raise PlacementError(message)
    if functions is not None:
        organization = _with_functions(organization, functions)
    if placement.kind == "split":
        name = _name_of_unit(organization, heads)
        return Placed(*split(organization, inside, bosses, name, by_location=placement.by == "location"))
    if placement.kind == "merged":
        return Placed(*merge(organization, inside, bosses[0]))
    return _whole(organization, [str(organization.ids[row]) for row in heads], placement)


def apply(
    chart: Organization | nx.Graph[Any], unit: str | Sequence[str], placement: Placement
) -> Organization:
    """Return the chart with every node of the unit placed so: the organization of `place`.

    >>> org = Organization.from_columns(["ceo", "ops", "sales", "cs"], [None, "ceo", "ceo", "ops"])
    >>> apply(org, "cs", Placement.under("sales")).to_networkx().has_edge("sales", "cs")
    True

    """
    return place(chart, unit, placement).organization


def _heads(organization: Organization, unit: Sequence[str]) -> list[int]:
    """Return the rows of the unit without those below another one, each once."""
    rows = dict.fromkeys(organization.row(node) for node in unit)
    if not rows:
        message = "Choose at least one node as customer service."
        raise PlacementError(message)
    return [row for row in rows if rows.keys().isdisjoint(organization.chain(row)[1:])]


def _name_of_unit(organization: Organization, heads: Sequence[int]) -> str:
    """Return what the unit is called: what its head's post says rather than who holds it."""
    if len(heads) > 1:
        return "Customer service"
    head = heads[0]
    return str(organization.units[head] or organization.titles[head] or organization.label(head))


def _with_functions(organization: Organization, functions: Texts) -> Organization:
    """Return the chart with the functions that are known stated."""
    column = np.asarray(functions, dtype=object)
    if column.shape != (len(organization),):
        message = f"There are {len(column)} functions for {len(organization)} nodes."
        raise PlacementError(message)
    if unknown := sorted(set(column.tolist()) - {"", *BUSINESS_FUNCTIONS}):
        message = f'"{unknown[0]}" is not a function; known are {", ".join(BUSINESS_FUNCTIONS)}.'
        raise PlacementError(message)
    known = np.where(column != "", column, organization.functions)
    stated = replace(organization, functions=frozen(known))
    stated.__dict__["row_of"] = organization.row_of
    return stated


def _whole(organization: Organization, heads: Sequence[str], placement: Placement) -> Placed:
    """Place a unit that stays together."""
    unit = tuple(heads)
    boss, _ = max(placement.bosses, key=lambda entry: entry[1])
    if placement.kind == "under":
        return Placed(with_bosses(organization, heads, boss, keep_further=True), unit)
    if placement.kind == "shared":
        others = {other: share for other, share in placement.bosses if other != boss}
        return Placed(with_bosses(organization, heads, boss, others), unit)
    name, of = placement.name.strip(), organization.label(organization.row(boss))
    if placement.kind == "outsourced":
        new = NewNode(next(new_ids(organization, "provider")), name=name, function="provider", headcount=0)
        organization = add_nodes(organization, [new])
        organization = add_further_manager(organization, FurtherManager(new.id, boss, "contract"))
        sentence = f'"{name}" is new: an outside provider, whose contract "{of}" oversees.'
    else:
        new = NewNode(next(new_ids(organization, "department")), boss, name, function="customer_service")
        organization = add_nodes(organization, [new])
        sentence = f'"{name}" is new: a department under "{of}", with one person at its head.'
    organization = with_bosses(organization, heads, new.id, keep_further=True)
    return Placed(organization, unit, sentences=(sentence,))
