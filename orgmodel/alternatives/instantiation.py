"""The structures with the people of one chart in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from orgmodel.alternatives.names import Names
from orgmodel.alternatives.sibling_heads import SiblingHeads, regional_heads, team_heads
from orgmodel.alternatives.structures import FUNCTION_OF, STRUCTURES
from orgmodel.explanations import listed
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.placement import Placement
from orgmodel.situation import bosses_of
from orgmodel.sweep import Survey
from orgmodel.wording import counted, quoted

_TODAY: Final = "today"
#: Who share customer service between them, as far as the chart has them: the departments of the three goals.
#: The second line fills up to two.
_CROSS_FUNCTIONAL: Final = ("operations", "sales", "marketing")
_FALLBACK: Final = ("finance", "it", "hr", "product", "legal")
_AT_LEAST: Final = 2
_STRUCTURE_OF_KIND: Final = {
    "outsourced": "outsourced",
    "new_department": "own_department",
    "merged": "merged_with_sales",
}
_SHARE_TOLERANCE: Final = 1e-9
_NO_TOP: Final = "Customer service is the top of this chart, or has authority over it."


@dataclass(frozen=True)
class Alternative:
    """One place for customer service on a chart.

    Attributes
    ----------
    key : str
        A key of `STRUCTURES`; "today" for today's place where it is none of them; for what the user has added
        one made from the placement.
    title : str
        What it is called on a screen.
    placement : Placement or None
        None where customer service stays where it is.
    describes : str
        Who becomes the boss, and what else there is to know.
    structure : str
        The structure whose claims are about it; empty where it is none.
    today : bool
        Whether this is where customer service is today.

    """

    key: str
    title: str
    placement: Placement | None
    describes: str = ""
    structure: str = ""
    today: bool = False


class Missing(NamedTuple):
    """A structure that this chart has no place for, or a place of the user's that is gone, and why."""

    structure: str
    title: str
    reason: str


class Alternatives(NamedTuple):
    """The places to compare, and the structures that the chart has no place for."""

    kept: tuple[Alternative, ...]
    missing: tuple[Missing, ...]


def alternatives(survey: Survey, added: Sequence[Placement] = ()) -> Alternatives:
    """Return every reporting structure as it would be on the chart of a survey, and what the user has added.

    Today's place is always there: as the structure that it is, else as a row of its own, which comes first.
    Of two that give the same placement the first is kept and says so. The head of a function is the
    decision owner whom the user has named, else the one the chart suggests.

    >>> from orgmodel import Organization, survey
    >>> org = Organization.from_columns(
    ...     ["ceo", "sales", "ops", "cs"], [None, "ceo", "ceo", "ops"],
    ...     functions=["executive", "sales", "operations", "customer_service"],
    ... )
    >>> found = alternatives(survey(org, "cs"))
    >>> [(item.key, item.today) for item in found.kept][:3]
    [('sales', False), ('operations', True), ('chief_executive', False)]
    >>> found.missing[0].reason
    'No head of marketing was found in this chart.'

    """
    chart = _Chart(survey)
    found = [chart.instantiated(structure, build()) for structure, build in chart.builders.items()]
    kept = [item for item in found if isinstance(item, Alternative)]
    missing = [item for item in found if isinstance(item, Missing)]
    for placement in added:
        item = chart.added(placement)
        (kept if isinstance(item, Alternative) else missing).append(item)  # type: ignore[arg-type]
    if not any(item.today for item in kept):
        kept.insert(0, chart.today)
    return Alternatives(tuple(_merged(kept)), tuple(missing))


def _merged(kept: Sequence[Alternative]) -> Iterator[Alternative]:
    """Yield the alternatives; the titles of later ones that give the same placement go to the first."""
    groups: dict[object, list[Alternative]] = {}
    for item in kept:
        groups.setdefault(_place_of(item.placement), []).append(item)
    for first, *others in groups.values():
        titles = list(dict.fromkeys(other.title for other in others if other.title != first.title))
        same = f" The same as {' and '.join(titles)}." if titles else ""
        today = first.today or any(other.today for other in others)
        yield replace(first, describes=first.describes + same, today=today)


def _place_of(placement: Placement | None) -> object:
    """Return what is equal where placements are: the order of the bosses does not matter."""
    return placement and (placement.kind, frozenset(placement.bosses), placement.name.strip(), placement.by)


class _Chart:
    """Whom the structures can have as bosses on one chart."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.organization = survey.organization
        self.situation = survey.situation
        self.names = Names(survey.organization)
        self.able = frozenset(survey.situation.candidates.tolist())

    @property
    def builders(self) -> dict[str, Callable[[], Placement | str]]:
        """For every structure how to place customer service so, or why that cannot be."""

        def under(function: str) -> Callable[[], Placement | str]:
            return lambda: self._under(self.head_of(function))

        by_key: dict[str, Callable[[], Placement | str]] = {
            "chief_executive": lambda: self._under(self.top),
            "cross_functional": self._cross_functional,
            "merged_with_sales": self._merged_with_sales,
            "outsourced": self._outsourced,
            "regional": lambda: self._split(self.regions, "location"),
            "agile": lambda: self._split(self.teams, "equally"),
            "own_department": self._own_department,
            **{structure: under(function) for structure, function in FUNCTION_OF.items()},
        }
        return {structure: by_key[structure] for structure in STRUCTURES if structure in by_key}

    # ------------------------------------------------------------------ who there is

    def head_of(self, function: str) -> int | str:
        """Return the row of the head of a function, or why it has none who can be the boss."""
        title = FUNCTION_TITLES[function]
        spoken = title if title.isupper() else title.lower()
        owners = self.situation.owners_of(function)
        able = [row for row in owners if row in self.able]
        for row in able:
            if self._leads(row) or function in self.situation.assumptions.owners:
                return row
        if able:
            head = self.names.person(able[0])
            return f"{head}, the head of {spoken}, leads nobody and is not at the top table."
        if owners:
            head = self.names.person(owners[0])
            where = "part of" if self.situation.inside[owners[0]] else "under the authority of"
            return f"The head of {spoken}, {head}, is {where} customer service."
        if (self.situation.business_functions[self.situation.inside] == function).any():
            return f"In this chart {title} is part of customer service."
        return f"No head of {spoken} was found in this chart."

    def _leads(self, row: int) -> bool:
        """Whether somebody leads anybody already, customer service among them, or sits at the top table."""
        reports = self.organization.direct_reports(row)
        return bool(
            len(np.setdiff1d(reports, self.situation.heads))
            or self.organization.depth[row] <= 1
            or row in self.solid_bosses
        )

    @cached_property
    def top(self) -> int | str:
        """The head of the company: of the largest tree the one who leads, or why there is none.

        That is the head of the executives where most people of the tree are below them (above may be a
        board or a chair), else the root.
        """
        organization, inside = self.organization, self.situation.inside
        sizes = np.bincount(organization.tree[~inside], minlength=len(organization))
        if inside.all():
            return _NO_TOP
        root = int(np.argmax(sizes))
        for row in self.situation.owners_of("executive"):
            leads = int(np.sum(~inside[organization.subtree(row)]))
            if row in self.able and organization.tree[row] == root and 2 * leads > sizes[root]:
                return row
        return root if root in self.able else _NO_TOP

    @cached_property
    def regions(self) -> SiblingHeads:
        """The heads of regions."""
        return regional_heads(self.survey)

    @cached_property
    def teams(self) -> SiblingHeads:
        """The leads of product teams."""
        return team_heads(self.survey)

    @cached_property
    def bosses(self) -> list[dict[int, float]]:
        """The bosses today of every node of the unit, with their shares."""
        return [bosses_of(self.organization, head) for head in self.situation.heads]

    @cached_property
    def solid_bosses(self) -> list[int]:
        """The different solid bosses of today, each once."""
        solid = self.organization.manager[self.situation.heads].tolist()
        return list(dict.fromkeys(row for row in solid if row >= 0))

    # ------------------------------------------------------------------ the structures

    def _under(self, boss: int | str) -> Placement | str:
        """Place it under one boss: alone, where that is the first of several today."""
        if isinstance(boss, str):
            return boss
        return (
            Placement.shared({self._id(boss): 1.0}) if self._stays(boss) else Placement.under(self._id(boss))
        )

    def _cross_functional(self) -> Placement | str:
        heads = [self.head_of(function) for function in _CROSS_FUNCTIONAL]
        rows = list(dict.fromkeys(row for row in heads if isinstance(row, int)))
        for function in _FALLBACK:
            row = self.head_of(function)
            if len(rows) < _AT_LEAST and isinstance(row, int) and row not in rows:
                rows.append(row)
        if len(rows) < _AT_LEAST:
            return "Fewer than two heads of functions were found in this chart."
        return Placement.shared({self._id(row): 1 / len(rows) for row in rows})

    def _merged_with_sales(self) -> Placement | str:
        head = self.head_of("sales")
        return head if isinstance(head, str) else Placement.merged(self._id(head))

    def _outsourced(self) -> Placement | str:
        """Today's boss oversees the contract, else the head of operations, else the top."""
        owners = [*(self.solid_bosses if len(self.solid_bosses) == 1 else ()), self.head_of("operations")]
        row = next((row for row in owners if isinstance(row, int)), self.top)
        return row if isinstance(row, str) else Placement.outsourced(self._id(row))

    def _own_department(self) -> Placement | str:
        return self.top if isinstance(self.top, str) else Placement.new_department(self._id(self.top))

    def _split(self, heads: SiblingHeads, by: str) -> Placement | str:
        return Placement.split([self._id(row) for row in heads.rows], by) if heads.rows else heads.reason

    # ------------------------------------------------------------------ what is shown

    def instantiated(self, structure: str, placement: Placement | str) -> Alternative | Missing:
        """Return a structure as an alternative, as today's where it is that, or why there is none."""
        if isinstance(placement, str):
            if structure == self._structure_today and structure not in FUNCTION_OF:
                return replace(self.today, key=structure)  # it is so today, with nobody else to make it so
            return Missing(structure, STRUCTURES[structure].title, placement)
        if self._is_today(structure, placement):
            return replace(
                self.today, key=structure, title=self._title(placement, structure), structure=structure
            )
        return Alternative(
            structure,
            self._title(placement, structure),
            placement,
            self._describes(placement, structure),
            structure,
        )

    def added(self, placement: Placement) -> Alternative | Missing:
        """Return a placement of the user's as an alternative, or why it does not fit this chart any more."""
        bosses = [boss for boss, _ in placement.bosses]
        if gone := [boss for boss in bosses if boss not in self.organization.row_of]:
            return Missing("", "Added by you", f"{quoted(gone[0])} is not in this chart any more.")
        structure = self._structure(placement)
        title = self._title(placement, structure)
        if below := [row for row in map(self.organization.row, bosses) if row not in self.able]:
            reason = f"{self.names.person(below[0])} is part of customer service or under its authority."
            return Missing("", title, reason)
        if self._is_today(structure, placement):
            return replace(self.today, title=title, structure=structure)
        shares = ",".join(f"{boss}={share:.6g}" for boss, share in sorted(placement.bosses))
        key = ":".join(filter(None, ("added", placement.kind, placement.name, placement.by, shares)))
        return Alternative(key, title, placement, self._describes(placement, structure), structure)

    @cached_property
    def today(self) -> Alternative:
        """Where customer service is now."""
        if not any(self.bosses):
            describes = "It reports to nobody."
        elif len(set(map(_sorted_shares, self.bosses))) == 1:
            shares = self.bosses[0]
            describes = self.names.under(shares)
        else:
            bosses = list(dict.fromkeys(row for shares in self.bosses for row in shares))
            describes = f"In {len(self.bosses)} parts, under {self.names.people(bosses)}."
        return Alternative(_TODAY, "As today", None, describes, self._structure_today, today=True)

    def _is_today(self, structure: str, placement: Placement) -> bool:
        """Return whether a placement changes nothing, or nothing but names of what there is already."""
        rows = [self.organization.row(boss) for boss, _ in placement.bosses]
        if placement.kind == "under":
            return self._stays(rows[0])
        if placement.kind == "shared":
            wanted = _sorted_shares(dict(zip(rows, (share for _, share in placement.bosses), strict=True)))
            return all(_sorted_shares(shares) == wanted for shares in self.bosses)
        if placement.kind == "split":
            return self._is_split and {row for shares in self.bosses for row in shares} == set(rows)
        return structure in {"outsourced", "own_department"} and structure == self._structure_today

    def _stays(self, boss: int) -> bool:
        """Return whether somebody is the solid boss of the whole unit today."""
        return all(self.organization.manager[head] == boss for head in self.situation.heads)

    @property
    def _is_split(self) -> bool:
        """Whether every part of the unit has one boss of its own today."""
        found = [row for shares in self.bosses for row in shares]
        return len(found) == len(self.bosses) == len(set(found)) > 1

    @cached_property
    def _structure_today(self) -> str:
        """The structure that today's place is, all parts of the unit alike; empty where it is none."""
        if self._is_split:
            bosses = {row for shares in self.bosses for row in shares}
            for structure, heads in (("regional", self.regions), ("agile", self.teams)):
                if bosses <= set(heads.rows):
                    return structure
        kinds = {self._structure_under(shares) for shares in self.bosses}
        return kinds.pop() if len(kinds) == 1 else ""

    def _structure_under(self, shares: dict[int, float]) -> str:
        """Return the structure that some bosses are together."""
        if len(shares) > 1:
            return "cross_functional"
        for row in shares:
            function = self.situation.business_functions[row]
            if row == self.top:
                return "chief_executive"
            if function == "provider":
                return "outsourced"
            if function == "customer_service" and self.organization.manager[row] == self.top:
                return "own_department"
            return next((key for key, wanted in FUNCTION_OF.items() if wanted == function), "")
        return ""

    def _structure(self, placement: Placement) -> str:
        """Return the structure that a placement of the user's is; empty where it is none."""
        rows = [self.organization.row(boss) for boss, _ in placement.bosses]
        if placement.kind == "split":
            return "agile" if set(rows) <= set(self.teams.rows) else "regional"
        alone = dict.fromkeys(rows, 1.0)
        return _STRUCTURE_OF_KIND.get(placement.kind) or self._structure_under(alone)

    # ------------------------------------------------------------------ in words

    def _title(self, placement: Placement, structure: str) -> str:
        rows = [self.organization.row(boss) for boss, _ in placement.bosses]
        if placement.kind == "shared" and len(rows) > 1:
            return f"{listed([self._department(row) for row in rows])} together"
        if placement.kind == "split":
            return f"{STRUCTURES[structure].title}, {counted(len(rows), 'part')}"
        if placement.kind in {"under", "shared"}:
            is_head = structure in FUNCTION_OF and rows[0] == self.head_of(FUNCTION_OF[structure])
            return STRUCTURES[structure].title if is_head or rows[0] == self.top else self.names.post(rows[0])
        return STRUCTURES[structure].title

    def _department(self, row: int) -> str:
        """Return the function that somebody heads, else their post."""
        function = str(self.situation.business_functions[row])
        is_head = function not in {"", "other"} and self.head_of(function) == row
        return FUNCTION_TITLES[function] if is_head else self.names.post(row)

    def _describes(self, placement: Placement, structure: str) -> str:
        rows = {self.organization.row(boss): share for boss, share in placement.bosses}
        (first, *_), names = rows, self.names.people(list(rows))
        if placement.kind in {"under", "shared"}:
            kept = self._kept_bosses(first) if placement.kind == "under" else {}
            if placement.kind == "shared" and len(rows) == 1:
                return f"Under {names} alone."
            return self.names.under(rows) + (f" {self._keep(kept)}" if kept else "")
        if placement.kind == "outsourced":
            return f"At a provider; {names} oversees the contract."
        if placement.kind == "new_department":
            return f"In a new department, {quoted(placement.name)}, under {names}."
        if placement.kind == "merged":
            return f"No unit of its own: the teams under {names} serve customers themselves."
        heads = self.teams if structure == "agile" else self.regions
        how = f" {heads.reason}" if set(rows) == set(heads.rows) else ""
        return f"One part each under {names}.{how}"

    def _kept_bosses(self, boss: int) -> dict[int, float]:
        """Return who keeps a share of the authority when the solid boss changes."""
        found: dict[int, float] = {}
        for head, shares in zip(self.situation.heads, self.bosses, strict=True):
            solid = int(self.organization.manager[head])
            found |= {row: share for row, share in shares.items() if row not in {solid, boss}}
        return found

    def _keep(self, kept: dict[int, float]) -> str:
        keeps = "keeps their share" if len(kept) == 1 else "keep their shares"
        return f"{self.names.people(list(kept))} {keeps} of the authority."

    def _id(self, row: int) -> str:
        return str(self.organization.ids[row])


def _sorted_shares(shares: dict[int, float]) -> tuple[tuple[int, float], ...]:
    """Return bosses with shares in an order that does not depend on who is named first."""
    return tuple(sorted((row, round(share / _SHARE_TOLERANCE)) for row, share in shares.items()))
