"""Clues to customer service: what the texts of each node say for it and against it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np

from orgmodel.functions.reading import FIELD, Finds, Phrase
from orgmodel.functions.recognising import ChartTexts
from orgmodel.functions.vocabulary import FUNCTION_TITLES
from orgmodel.organization import Organization

#: How clearly something says customer service.
CLEAR, LIKELY, POSSIBLE = 3, 2, 1

_FUNCTION: Final = "customer_service"
_GRAVE, _MILD = 2, 1
_Doubt = tuple[int, str]

# Fields beside customer service that make something else of it.
_IT: Final = (_GRAVE, "it may be internal IT support")
_BUILDINGS: Final = (_GRAVE, "it may look after buildings")
_CORPORATE: Final = (_GRAVE, "it may be a group of corporate services")
_OTHER_FIELDS: Final = {
    "it": _IT,
    "other": _BUILDINGS,
    "finance": _CORPORATE,
    "hr": _CORPORATE,
    "legal": _CORPORATE,
}
#: In the name of the unit only these do; others may be the department above.
_TELLING_UNITS: Final = ("it", "other")


class Clue(NamedTuple):
    """What the texts of one node say about customer service."""

    clarity: int
    """`CLEAR`, `LIKELY` or `POSSIBLE`, after the doubts."""
    column: str
    """The column that says it: title, unit or name; or "stated"."""
    phrase: Phrase
    doubts: tuple[str, ...] = ()
    can_lead: bool = False
    """It is customer service under doubt, no mere hint: clear posts below it make it likely."""


def customer_service_clues(organization: Organization, texts: ChartTexts) -> dict[int, Clue]:
    """Return the clue of every row that has one; a stated function is the last word."""
    hinted = np.zeros(len(organization), dtype=bool)
    for column in texts:
        hints = [_clearest(parts) is not None for parts in column.finds]
        hinted |= np.array(hints, dtype=bool)[column.index]
    hinted &= organization.functions == ""
    known: dict[tuple[int, ...], Clue | None] = {}
    clues: dict[int, Clue] = {}
    for row in np.flatnonzero(hinted).tolist():
        places = tuple(int(column.index[row]) for column in texts)
        if places not in known:
            known[places] = _clue(*(column.finds[place] for column, place in zip(texts, places, strict=True)))
        if clue := known[places]:
            clues[row] = clue
    for row in np.flatnonzero(organization.functions == _FUNCTION).tolist():
        clues[row] = Clue(CLEAR, "stated", Phrase((), ""))
    return _with_likely_leaders(organization, clues)


def _with_likely_leaders(organization: Organization, clues: dict[int, Clue]) -> dict[int, Clue]:
    """Return the clues; whoever is possibly customer service and has clear posts below is likely to be."""
    clear = np.zeros(len(organization))
    clear[[row for row, clue in clues.items() if clue.clarity == CLEAR]] = 1.0
    below = organization.below(clear)
    return {
        row: clue._replace(clarity=LIKELY) if clue.can_lead and clue.clarity < LIKELY and below[row] else clue
        for row, clue in clues.items()
    }


def _clue(title: list[Finds], unit: list[Finds], name: list[Finds]) -> Clue | None:
    """Return the clearest clue of a node's texts; of equals the title's."""
    clues = (_title_clue(title, unit), _unit_clue(title, unit, "unit"), _unit_clue(title, name, "name"))
    return max((clue for clue in clues if clue), key=lambda clue: clue.clarity, default=None)


def _title_clue(title: list[Finds], unit: list[Finds]) -> Clue | None:
    phrase = _clearest(title)
    if phrase is None:
        return None
    doubts = _doubts(phrase, title)
    if _clearest(unit) is None:
        fields = [finds.field.function for finds in unit if finds.field]
        doubts += [_OTHER_FIELDS[field] for field in fields if field in _TELLING_UNITS]
        doubts += _suspicions(unit)
    return _clue_of(phrase, doubts, "title")


def _unit_clue(title: list[Finds], unit: list[Finds], column: str) -> Clue | None:
    """Return what a unit says; nothing where the title names another field or there is a grave doubt."""
    phrase = _clearest(unit)
    field = title[0].field
    if phrase is None or (field and field.function != _FUNCTION):
        return None
    same_part = [finds for finds in unit if phrase in finds.phrases]
    doubts = _doubts(phrase, same_part) + _suspicions([*unit, *title])
    if column == "unit" and any(weight == _GRAVE for weight, _ in doubts):
        return None
    return _clue_of(phrase, doubts, column)


def _clearest(texts: list[Finds]) -> Phrase | None:
    phrases = [phrase for finds in texts for phrase in finds.phrases if phrase.service]
    return max(phrases, key=lambda phrase: phrase.service, default=None)


def _doubts(phrase: Phrase, texts: list[Finds]) -> list[_Doubt]:
    """Return the doubts that stand beside a phrase: other fields and telling words."""
    beside = [other for finds in texts for other in finds.phrases if other is not phrase]
    fields = [other.function for other in beside if other.strength >= FIELD]
    doubts = [
        _OTHER_FIELDS.get(field, (_MILD, f"it is joined with {FUNCTION_TITLES[field].lower()}"))
        for field in fields
        if field != _FUNCTION
    ]
    return doubts + _suspicions(texts)


def _suspicions(texts: Iterable[Finds]) -> list[_Doubt]:
    phrases = [phrase for finds in texts for phrase in finds.phrases]
    return [(phrase.doubt, phrase.suspicion) for phrase in phrases if phrase.doubt]


def _clue_of(phrase: Phrase, doubts: list[_Doubt], column: str) -> Clue | None:
    """Return the clue with the heaviest doubt taken off; None where nothing is left.

    What says customer service stays possible whatever the doubts; a hint with a doubt is dropped.
    """
    weight = max((weight for weight, _ in doubts), default=0)
    least = POSSIBLE if phrase.service > POSSIBLE else 0
    clarity = max(phrase.service - weight, least)
    if clarity < POSSIBLE:
        return None
    can_lead = weight < _GRAVE and phrase.function == _FUNCTION
    said = tuple(dict.fromkeys(suspicion for _, suspicion in sorted(doubts, reverse=True)))
    return Clue(clarity, column, phrase, said, can_lead)
