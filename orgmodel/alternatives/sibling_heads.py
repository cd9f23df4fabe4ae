"""Heads of regions and of product teams: siblings on the chart who could each take a part of the unit."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from orgmodel.functions.reading import folded, segments, spellings
from orgmodel.functions.vocabulary import REGIONS
from orgmodel.lines import Bools, Ints, marked
from orgmodel.organization import Organization
from orgmodel.structures import leaves
from orgmodel.sweep import Survey

_LEADERS: Final = "manager|head|director|lead|leader|supervisor"
_COMPASS: Final = r"(?:north|south|east|west)(?:ern)?|midlands|nord|sud|sued|ost|norte"
# A "branch" and an "area" are also what governments and consultants call departments: those count with
# a leader's rank only.
_REGIONAL: Final = re.compile(
    rf"\b(?:regions?|regional\w*|country|countries|territor(?:y|ies)|{_COMPASS}|"
    rf"(?:branch|plant|site|area|store) (?:{_LEADERS})|head of (?:branch|plant|site|area|store)|"
    r"werks?leit\w*|niederlassungs?leit\w*|filialleit\w*|gebiets?leit\w*|landesleit\w*|"
    r"(?:directeur|directrice|cheff?e?|responsable) (?:agence|pays)|gerente de zona|"
    + "|".join(sorted(map(re.escape, map(folded, spellings(REGIONS))), key=len, reverse=True))
    + r")\b"
)
_TEAM: Final = re.compile(
    r"\b(squads?|tribes?|chapters?|value streams?|stream lead\w*|"
    r"(?:product|feature|scrum|agile|stream) teams?|product lines?|business lines?|"
    r"produktteams?|produktlinien?|scrumteams?|equipes? produit)\b"
)
#: A box of several people that nobody reports to is a region only where it is called one.
_REGION_BOX: Final = re.compile(r"^(?:region|country|land|plant|branch|site)\b")
_GENERAL: Final = ("", "other", "executive")
_SELLS: Final = ("sales",)
_DELIVERS: Final = ("operations", "product")
_NAMED_AT_MOST: Final = 3
_MAJORITY: Final = 0.5


class SiblingHeads(NamedTuple):
    """Who could each take a part: rows in chart order (none: empty), and how they were recognised or not."""

    rows: tuple[int, ...]
    reason: str


def regional_heads(survey: Survey) -> SiblingHeads:
    """Return the regional or country heads of a chart.

    Siblings (reports of one manager, with people of their own, none of them of customer service) of whom at
    least two name a region: by a word ("Regional Head", "Country Manager", "Plant Manager", "EMEA", "North")
    or the place they are at, in the title (the name where there is none) or in what only their own unit is
    called. Without any: siblings who each lead people who sell and people who deliver, at different places.
    Of several groups the one with the most people counts.
    """
    siblings = _Siblings(survey)
    by_word = siblings.groups(siblings.regional)
    at_places = (
        [] if by_word else [group for group in siblings.divisions if siblings.at_different_places(group)]
    )
    return siblings.first(
        [*by_word, *at_places],
        "regions",
        "No heads of regions or countries were found in this chart: it needs at least two who lead people "
        "under one manager, and whose titles or units name a region, a country, a branch or a plant. If you "
        "know them, add a split by hand.",
    )


def team_heads(survey: Survey) -> SiblingHeads:
    """Return the leads of product or stream teams of a chart.

    Those whose title or unit says squad, tribe, stream, chapter, product team or product line, all of them,
    or the siblings with the most people where customer service has fewer people than there are teams.
    Without any: siblings who each lead people who sell and people who deliver, and are no regions: product
    divisions.
    """
    siblings = _Siblings(survey)
    by_word = siblings.groups(siblings.of_team)
    everybody = [row for group in by_word for row in group]
    divisions = [
        group
        for group in siblings.divisions
        if not by_word and not siblings.at_different_places(group) and siblings.regional.isdisjoint(group)
    ]
    return siblings.first(
        [*([sorted(everybody)] if by_word else []), *by_word, *divisions],
        "teams",
        "No product or stream teams were found in this chart: it needs at least two who lead people, and "
        "whose titles or units say squad, tribe, stream, product team or product line. If you know them, add "
        "a split by hand.",
    )


class _Siblings:
    """Everybody who leads people outside customer service, with what their texts say."""

    def __init__(self, survey: Survey) -> None:
        self.organization = survey.organization
        self.situation = survey.situation
        inside = survey.situation.inside
        self.people = self._people(inside)
        self.rows = self._leaders(inside).tolist()
        answering = leaves(self.organization, inside)
        self.to_deal = float(self.organization.headcount[answering].sum())
        shared = self._shared_segments()
        said = {row: self._said(row, shared) for row in self.rows}
        self.regional = {row for row, text in said.items() if self._names_region(row, text)}
        self.of_team = {row for row, text in said.items() if _TEAM.search(text)}

    def _people(self, inside: Bools) -> np.ndarray:
        outside = np.where(inside, 0.0, self.organization.headcount)
        return np.asarray(outside + self.organization.below(outside))

    def _leaders(self, inside: Bools) -> Ints:
        """Return who may take a part: possible bosses below somebody, with people or a team in their box."""
        organization, manager = self.organization, self.organization.manager
        managed = manager[~inside & (manager >= 0)]
        leads = np.bincount(managed, minlength=len(organization)) > 0
        able = marked(len(organization), self.situation.candidates)
        serves = self.situation.business_functions == "customer_service"
        return np.flatnonzero(able & ~serves & (manager >= 0) & (leads | (organization.headcount > 1)))

    def _shared_segments(self) -> dict[int, set[str]]:
        """Return for every manager the parts of units' names that do not tell the siblings below apart."""
        organization = self.organization
        counted: dict[int, Counter[str]] = defaultdict(Counter)
        for row in self.rows:
            counted[int(organization.manager[row])].update(set(segments(organization.units[row])))
        return {
            manager: {part for part, times in units.items() if times > 1}
            | set(segments(organization.units[manager]))
            for manager, units in counted.items()
        }

    def _said(self, row: int, shared: dict[int, set[str]]) -> str:
        """Return what the title says, and what the unit says that is the row's own."""
        organization = self.organization
        parts = segments(organization.units[row])
        own = [part for part in parts if part not in shared[int(organization.manager[row])]]
        return " ".join(
            folded(" | ".join([organization.titles[row] or organization.labels[row], *own])).split()
        )

    def _names_region(self, row: int, text: str) -> bool:
        if not self.organization.span_of_control[row]:
            return _REGION_BOX.match(text) is not None
        return _REGIONAL.search(text) is not None or self._at_place(row, text)

    def _at_place(self, row: int, text: str) -> bool:
        place = folded(self.organization.locations[row]).split(",")[0].strip()
        return bool(place) and re.search(rf"\b{re.escape(place)}\b", text) is not None

    def groups(self, rows: Iterable[int]) -> list[list[int]]:
        """Return the rows by manager, two or more each, the group with the most people first."""
        by_manager: dict[int, list[int]] = defaultdict(list)
        for row in sorted(rows):
            by_manager[int(self.organization.manager[row])].append(row)
        several = [group for group in by_manager.values() if len(group) > 1]
        return sorted(several, key=lambda group: -self.people[group].sum())

    @property
    def divisions(self) -> list[list[int]]:
        """Siblings of no function themselves who each lead people who sell and people who deliver."""
        functions, outside = self.situation.business_functions, ~self.situation.inside

        def led(fields: Sequence[str]) -> Bools:
            return self.organization.below((outside & np.isin(functions, fields)).astype(np.float64)) > 0

        both = led(_SELLS) & led(_DELIVERS)
        return self.groups(row for row in self.rows if functions[row] in _GENERAL and both[row])

    def at_different_places(self, group: Sequence[int]) -> bool:
        """Return whether most people below each of some heads are at a place of their own."""
        places = [self._place(row) for row in group]
        return "" not in places and len(set(places)) == len(places)

    def _place(self, row: int) -> str:
        below = self.organization.subtree(row)
        below = below[~self.situation.inside[below]]
        located = Counter(folded(place).strip() for place in self.organization.locations[below])
        del located[""]
        (place, times), *_ = located.most_common(1) or [("", 0)]
        return place if times > _MAJORITY * located.total() else ""

    def first(self, groups: Sequence[Sequence[int]], noun: str, unknown: str) -> SiblingHeads:
        """Return the first group of which every head would get somebody."""
        for group in groups:
            if len(group) <= self.to_deal:
                return SiblingHeads(tuple(group), self._how(group, noun))
        if not groups:
            return SiblingHeads((), unknown)
        fewest = min(map(len, groups))
        return SiblingHeads(
            (),
            f"Customer service has {self.to_deal:g} {'person' if self.to_deal == 1 else 'people'} in this "
            f"chart, too few to have somebody in each of {fewest} {noun}. If a box stands for more people, "
            "give it its number of people.",
        )

    def _how(self, group: Sequence[int], noun: str) -> str:
        organization: Organization = self.organization
        names = [organization.titles[row] or organization.labels[row] for row in group[:_NAMED_AT_MOST]]
        more = f" and {len(group) - len(names)} more" if len(group) > len(names) else ""
        return f"Taken for {noun}: {'; '.join(names)}{more}."
