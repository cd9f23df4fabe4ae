"""Texts without the names of persons, wherever in a text they stand.

`orgmodel.importing.privacy` keeps a chart readable under pseudonyms; here nothing of a name may stay, so
every word of one goes, also where it might be another word. Words by which titles and units are recognised
stay: "Sales East" is the name of nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from orgmodel.functions import customer_service_words, vocabulary
from orgmodel.importing.managers.directory import folded
from orgmodel.importing.rows.vacancies import is_vacancy_word
from orgmodel.organization import UNHELD_STATUSES

#: Stands where a name was.
LEFT_OUT: Final = "…"
_WORD: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_ADDRESS: Final = re.compile(r"[^\s@<>()\[\]{},;:|\"'=]*@[^\s@<>()\[\]{},;:|\"'=]*")
_GAPS: Final = re.compile(rf"{LEFT_OUT}(?:[\s'’.,_-]*{LEFT_OUT})+")
_SHORT: Final = 2  # letters of words that are left out beside another word of a name only
_GLUED: Final = 4  # letters of names that are also found within a longer word
#: Words that stand in texts of charts beside those of `orgmodel.functions`.
_FURTHER_WORDS: Final = (
    "collaboration team teams group unit department office center centre region location place part line "
    "shift north south east west central provider person people staff customer experience post"
)


@lru_cache(maxsize=1)
def plain_words() -> frozenset[str]:
    """Return the words that are no names, folded."""
    said = (
        vocabulary.OFFICES.values(),
        vocabulary.FIELDS.values(),
        vocabulary.GENERAL.values(),
        vocabulary.STANDING_ALONE.values(),
        customer_service_words.CUSTOMER_SERVICE.values(),
        (vocabulary.EXECUTIVE_RANKS, vocabulary.REGIONS, vocabulary.LEADING_RANKS, vocabulary.OTHER_RANKS),
        (vocabulary.SENIORITY, vocabulary.FUNCTION_TITLES.values(), UNHELD_STATUSES, (_FURTHER_WORDS,)),
    )
    return frozenset(word for group in said for lines in group for line in lines for word in _words(line))


def _words(text: str) -> list[str]:
    return [folded(word) for word in _WORD.findall(text)]


def is_of_nobody(name: str) -> bool:
    """Return whether what stands in the place of a name is plainly no person's.

    >>> [is_of_nobody(name) for name in ("Sales East", "Customer Service", "Vacant", "Ann Sales")]
    [True, True, True, False]
    """
    words = _words(name)
    return bool(words) and (is_vacancy_word(name) or all(word in plain_words() for word in words))


class Anonymous:
    """Texts without certain names: call it with a text."""

    def __init__(self, names: Iterable[str], texts: Iterable[str]) -> None:
        """Take the names that must not be found, and all texts that will be asked for."""
        persons = {name for name in names if name.strip() and not is_of_nobody(name)}
        split = {name: _words(name) for name in persons}
        private = {word for words in split.values() for word in words} - plain_words()
        self._long = {word for word in private if len(word) > _SHORT}
        self._short = private - self._long
        # Names of which no word is left out by itself are looked for as they are written.
        self._as_written = {folded(name) for name, words in split.items() if self._long.isdisjoint(words)}
        # Names are found within longer words too, with and without their particles and titles.
        joined = (
            "".join(word for word in words if len(word) > least)
            for words in split.values()
            for least in (0, _SHORT)
        )
        glued = {name for name in joined if len(name) >= _GLUED} - plain_words()
        known = {word for text in texts for word in _words(text)} - self._long - plain_words()
        together = "\n".join(known)
        within = [name for name in glued if name in together]
        self._long |= {word for word in known if any(name in word for name in within)}
        self._found: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """Return a text in which every word of a name, and every e-mail address, is left out."""
        if text not in self._found:
            self._found[text] = self._without(text)
        return self._found[text]

    def _without(self, text: str) -> str:
        plain = folded(text)
        if any(name in plain for name in self._as_written):
            return LEFT_OUT
        text = _ADDRESS.sub(LEFT_OUT, text) if "@" in text else text
        without = _WORD.sub(lambda word: LEFT_OUT if folded(word[0]) in self._long else word[0], text)
        if LEFT_OUT in without and self._short:  # initials and particles beside a name
            words = _WORD.split(without), _WORD.findall(without)
            without = words[0][0] + "".join(
                (LEFT_OUT if folded(word) in self._short else word) + gap
                for word, gap in zip(words[1], words[0][1:], strict=True)
            )
        return _GAPS.sub(LEFT_OUT, without)
