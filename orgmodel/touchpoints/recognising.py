"""Reading a cause in somebody's own words: which known cause, or which function, it names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from orgmodel.functions import FUNCTION_TITLES
from orgmodel.functions.reading import Reader, folded_words, spellings
from orgmodel.touchpoints.causes import CAUSES, TOUCHPOINTS, Cause
from orgmodel.wording import quoted

#: More of a text says no more about its cause, and subjects of hostile or broken mail have no end.
LONGEST_CAUSE: Final = 200
# Long words are searched for known ones: "Rechnungskorrektur", "LateDelivery".
_SHORTEST_PART: Final = 6


class Read(NamedTuple):
    """What a text was read as: function and step are empty where it was not understood."""

    title: str
    function: str
    step: str
    reason: str


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    spelling: str
    cause: Cause
    strong: bool


def main_step(function: str) -> str:
    """Return the step at which a function mainly touches the customer; empty for none.

    >>> main_step("finance"), main_step("")
    ('billing', '')
    """
    return next((point.step for point in TOUCHPOINTS if point.function == function), "")


class CauseReader:
    """Reads texts; what was read once is known when it comes again.

    >>> CauseReader().read("URGENT: invoice #4711 is wrong")[:3]
    ('Wrong or unclear invoice', 'finance', 'billing')
    """

    def __init__(self) -> None:
        self._functions = Reader()

    def read(self, text: str) -> Read:
        """Return the cause a text names, else the function; of several phrases the longest counts."""
        text = text[:LONGEST_CAUSE]
        words = [_known(word) for word in folded_words(text) if word[0].isalnum()]
        found = [
            (phrase.strong, len(phrase.words), -place, phrase)
            for place, word in enumerate(words)
            for phrase in _phrases().get(word, ())
            if tuple(words[place : place + len(phrase.words)]) == phrase.words
        ]
        if found:
            *_, phrase = max(found, key=lambda item: item[:3])
            cause = phrase.cause
            return Read(
                cause.title, cause.function, cause.step, f"Says {quoted(phrase.spelling)}. {cause.reason}"
            )
        finds = self._functions.read(text)
        if (named := finds.field or finds.general) is not None and named.function:
            function = named.function
            reason = f"Names {FUNCTION_TITLES[function]}: {quoted(named.spelling)}."
            return Read(text, function, main_step(function), reason)
        return Read(text, "", "", "")


@cache
def _phrases() -> Mapping[str, tuple[_Phrase, ...]]:
    """Return every phrase by its first word; of a phrase that comes twice the first counts."""
    phrases: dict[tuple[str, ...], _Phrase] = {}
    for strong in (True, False):
        for cause in CAUSES:
            for spelling in spellings(cause.words if strong else cause.general):
                written_out = spelling.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
                for written in (spelling, written_out):
                    words = tuple(word for word in folded_words(written) if word[0].isalnum())
                    phrases.setdefault(words, _Phrase(words, spelling, cause, strong))
    by_word: dict[str, list[_Phrase]] = {}
    for words, phrase in phrases.items():
        by_word.setdefault(words[0], []).append(phrase)
    return {word: tuple(found) for word, found in by_word.items()}


@cache
def _words() -> frozenset[str]:
    return frozenset(word for found in _phrases().values() for phrase in found for word in phrase.words)


@cache
def _parts() -> re.Pattern[str]:
    """Return what finds a known word of its own in a longer one, the longest first."""
    known = [
        word
        for word, found in _phrases().items()
        if len(word) >= _SHORTEST_PART and any(len(phrase.words) == 1 for phrase in found)
    ]
    return re.compile("|".join(sorted(known, key=len, reverse=True)))


def _known(word: str) -> str:
    if word in _words() or len(word) <= _SHORTEST_PART:
        return word
    part = _parts().search(word)
    return part[0] if part else word
