"""Reading one text: which functions, ranks and customer service words a title or a unit's name holds.

Phrases of the vocabulary and texts are folded alike (`folded_words`), so that "DIRECTEUR   Financier",
"directrice financière" and the vocabulary meet in the same words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from orgmodel.functions import customer_service_words, vocabulary

#: Strengths of a phrase; the higher decides.
OFFICE, FIELD, GENERAL, RANK = 4, 3, 2, 1

_BORDER: Final = ","
_CONJUNCTION: Final = "&"
_SIGNS: Final = (_BORDER, _CONJUNCTION)
_SHORTEST_PLURAL: Final = 4
_SHORTEST_COMPOUND: Final = 7
_ARTICLES_WITHIN: Final = 3

_LETTERS: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_ELISION: Final = re.compile(r"\b[ld]['’]|['’]s\b|['’]")
_DOTTED: Final = re.compile(r"\b([a-z])\.(?=[a-z]\b)")
_WORD: Final = re.compile(r"[^\W_]+|&|\+|[,;:|/()\[\]>\\–—]| - ")
_LETTERS_AND_DIGITS: Final = re.compile(r"[^\W_]+")
_SEGMENTS: Final = re.compile(r"\s*[;|>\\\n]+\s*|\s+[-–—/]\s+")
_LEADING_COMPOUND: Final = re.compile(r"(?:leiter|leiterin|leitung|direktor|direktorin|chef|chefin)$")


def folded(text: str) -> str:
    """Return a text without case, accents and elisions.

    >>> folded("Directrice de l'Expérience")
    'directrice de  experience'
    """
    lowered = text.casefold()
    if not lowered.isascii():
        apart = unicodedata.normalize("NFKD", lowered.translate(_LETTERS))
        lowered = "".join(letter for letter in apart if not unicodedata.combining(letter))
    if "'" in lowered or "’" in lowered:
        lowered = _ELISION.sub(" ", lowered)
    return _DOTTED.sub(r"\1", lowered) if "." in lowered else lowered


def folded_words(text: str) -> list[str]:
    """Return the words that carry weight, in the singular, with "," for a border and "&" for an "and".

    >>> folded_words("Head of Customer Services - Estates")
    ['head', 'customer', 'service', ',', 'estate']
    """
    return [word for word in map(_weighted, _WORD.findall(folded(text))) if word]


def _weighted(word: str) -> str:
    """Return a word in the singular, the sign for a border or an "and", or nothing for an article."""
    if word in _UNWEIGHTED:
        return ""
    if word in vocabulary.CONJUNCTIONS:
        return _CONJUNCTION
    return _singular(word) if word[0].isalnum() else _BORDER


def _singular(word: str) -> str:
    """Return the word without a plural s; wrong singulars do no harm, as phrases get the same."""
    word = vocabulary.SPELLINGS.get(word, word)
    if (
        len(word) >= _SHORTEST_PLURAL
        and word[-1] == "s"
        and word[-2] != "s"
        and word not in vocabulary.PLURALS_KEPT
    ):
        word = word[:-1]
    return vocabulary.SPELLINGS.get(word, word)


def segments(unit: str) -> list[str]:
    """Return the parts of a unit's name that is a path or a list: "Sales > East", "IT; Data".

    >>> segments("Head Office - Finance - Customer Services")
    ['Head Office', 'Finance', 'Customer Services']
    """
    return [part for part in _SEGMENTS.split(unit) if part and not part.isspace()]


class Phrase(NamedTuple):
    """What one phrase of the vocabulary says."""

    words: tuple[str, ...]
    spelling: str
    function: str = ""
    strength: int = 0
    service: int = 0
    """How clearly it says customer service: 0 not, 1 perhaps, 2 mostly, 3 nothing else."""
    alone: bool = False
    """It counts only beside ranks, regions and borders."""
    leaders_only: bool = False
    doubt: int = 0
    suspicion: str = ""


@dataclass(frozen=True, slots=True)
class Finds:
    """Everything found in one text or segment."""

    phrases: tuple[Phrase, ...]
    """From left to right."""
    field: Phrase | None
    """The office, else the field, that it names first."""
    general: Phrase | None
    """The general word, else the rank at the top of a company, that it names first."""
    whole: bool
    """It is one phrase and nothing else beside ranks and regions."""
    leads: bool
    """It has a rank that leads."""
    empty: bool
    """It has no word at all."""


class _Word(NamedTuple):
    """A word of a text, understood."""

    word: str
    """The word of the vocabulary it stands for; empty for a word without weight."""
    phrases: tuple[Phrase, ...]
    """The phrases that begin with it."""
    leads: bool


class Reader:
    """Reads texts with the vocabulary; texts and words once read are known when they come again."""

    def __init__(self) -> None:
        self._texts: dict[str, Finds] = {}
        self._words: dict[str, _Word] = {}

    def read(self, text: str) -> Finds:
        """Return what a text holds."""
        known = self._texts.get(text)
        if known is None:
            known = self._texts[text] = self._finds(text)
        return known

    def _finds(self, text: str) -> Finds:
        words: list[str] = []
        beginnings: list[tuple[int, tuple[Phrase, ...]]] = []
        leads = False
        understood = self._words
        for raw in _WORD.findall(folded(text)):
            known = understood.get(raw)
            if known is None:
                known = understood[raw] = _understood(raw)
            if known.phrases:
                beginnings.append((len(words), known.phrases))
            if known.word:
                words.append(known.word)
                leads |= known.leads
        phrases = _phrases_in(words, beginnings, leads=leads)
        field = general = None
        for phrase in phrases:
            if phrase.strength >= FIELD:
                field = phrase if field is None or phrase.strength > field.strength else field
            elif phrase.strength:
                general = phrase if general is None or phrase.strength > general.strength else general
        whole = len(phrases) == 1 and _others(words) <= len(phrases[0].words)
        return Finds(phrases, field, general, whole, leads, empty=all(word in _SIGNS for word in words))


def _others(words: list[str]) -> int:
    return sum(word not in _BESIDE for word in words)


def _understood(raw: str) -> _Word:
    word = _weighted(raw)
    leads = word in _LEADING or _LEADING_COMPOUND.search(word) is not None
    meaning = word if word in _KNOWN_WORDS or len(word) < _SHORTEST_COMPOUND else _head_of_compound(word)
    return _Word(meaning, _PHRASES_BY_FIRST_WORD.get(meaning, ()), leads)


def _head_of_compound(word: str) -> str:
    """Return the word of the vocabulary a long word is made of; of several parts the last, its head."""
    parts = _COMPOUND_PATTERN.findall(word)
    return _COMPOUNDS[parts[-1]] if parts else word


def _phrases_in(
    words: list[str], beginnings: list[tuple[int, tuple[Phrase, ...]]], *, leads: bool
) -> tuple[Phrase, ...]:
    """Return the phrases from left to right, the longest at each place; each word is used once."""
    found: list[Phrase] = []
    used = 0
    for place, phrases in beginnings:
        if place < used:
            continue
        for phrase in phrases:
            end = place + len(phrase.words)
            if end > place + 1 and tuple(words[place:end]) != phrase.words:
                continue
            if phrase.alone and not _stands_alone(words, place, end):
                continue
            if phrase.leaders_only and not leads:
                continue
            found.append(phrase)
            used = end
            break
    return tuple(found)


def _stands_alone(words: list[str], place: int, end: int) -> bool:
    """Return whether ranks, regions, borders or nothing stand before and after the words."""
    return (place == 0 or words[place - 1] in _BESIDE) and (end == len(words) or words[end] in _BESIDE)


def original_words(text: str, phrase: Phrase) -> str:
    """Return the words of a text that are the phrase, as they are written there.

    >>> original_words("Acting Head of Contact Centres", Reader().read("contact centre").phrases[0])
    'Contact Centres'
    """
    places = [match.span() for match in _LETTERS_AND_DIGITS.finditer(text)]
    for first, (start, stop) in enumerate(places):
        if not _understood(folded(text[start:stop])).word:
            continue
        for _, end in places[first : first + len(phrase.words) + _ARTICLES_WITHIN]:
            words = [_understood(word).word for word in _WORD.findall(folded(text[start:end]))]
            if tuple(filter(None, words)) == phrase.words:
                return text[start:end]
    return phrase.spelling


# ---------------------------------------------------------------------- the vocabulary, folded once


def spellings(lines: Iterable[str]) -> list[str]:
    """Return the phrases in lines of the vocabulary."""
    return [phrase.strip() for line in lines for phrase in line.split(",")]


def _ways_to_write(phrase: str) -> list[tuple[str, ...]]:
    """Return the phrase in folded words, with umlauts written as one letter and as two."""
    written_out = phrase.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return list(dict.fromkeys((tuple(folded_words(phrase)), tuple(folded_words(written_out)))))


def _sayings() -> Iterator[tuple[Iterable[str], Phrase]]:
    """Yield lines of phrases with what they say; of a phrase that comes twice the first counts."""
    nothing = Phrase((), "")
    yield vocabulary.SAYING_NOTHING, nothing
    for function, lines in customer_service_words.HINTING_PHRASES.items():
        yield lines, Phrase((), "", function, FIELD, service=1)
    for clarity, lines in customer_service_words.CUSTOMER_SERVICE.items():
        yield lines, Phrase((), "", "customer_service", FIELD, service=clarity)
    yield (
        customer_service_words.GENERAL_CUSTOMER_SERVICE,
        Phrase((), "", "customer_service", GENERAL, service=1),
    )
    tables = {OFFICE: vocabulary.OFFICES, FIELD: vocabulary.FIELDS, GENERAL: vocabulary.GENERAL}
    for strength, table in tables.items():
        for function, lines in table.items():
            yield lines, Phrase((), "", function, strength)
    yield vocabulary.EXECUTIVE_RANKS, Phrase((), "", "executive", RANK)
    yield vocabulary.REGIONS, Phrase((), "", "executive", RANK, leaders_only=True)
    for function, lines in vocabulary.STANDING_ALONE.items():
        yield lines, Phrase((), "", function, GENERAL, alone=True)
    for clarity, lines in customer_service_words.CUSTOMER_SERVICE_ALONE.items():
        yield lines, Phrase((), "", "customer_service", GENERAL, service=clarity, alone=True)
    yield customer_service_words.CUSTOMER_HINTS, nothing._replace(service=1)


def _all_phrases() -> dict[tuple[str, ...], Phrase]:
    """Return every phrase of the vocabulary by its folded words."""
    phrases: dict[tuple[str, ...], Phrase] = {}
    for lines, saying in _sayings():
        for spelling in spellings(lines):
            for words in _ways_to_write(spelling):
                phrases.setdefault(words, saying._replace(words=words, spelling=spelling))
    for doubt, suspicion, lines in customer_service_words.DECOYS:
        for spelling in spellings(lines):
            for words in _ways_to_write(spelling):
                known = phrases.get(words, Phrase(words, spelling))
                phrases[words] = known._replace(doubt=doubt, suspicion=suspicion)
    return phrases


def _by_first_word(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases by their first word, the longest first."""
    by_word: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=lambda phrase: -len(phrase.words)):
        by_word.setdefault(phrase.words[0], []).append(phrase)
    return {word: tuple(group) for word, group in by_word.items()}


def _words_of(*tables: Iterable[str]) -> frozenset[str]:
    """Return all folded words of some lines of the vocabulary."""
    return frozenset(
        word
        for lines in tables
        for spelling in spellings(lines)
        for way in _ways_to_write(spelling)
        for word in way
    )


_UNWEIGHTED: Final = frozenset(spellings(vocabulary.UNWEIGHTED))
_PHRASES: Final = _all_phrases()
_PHRASES_BY_FIRST_WORD: Final = _by_first_word(_PHRASES.values())
_LEADING: Final = _words_of(vocabulary.LEADING_RANKS)
_RANKS: Final = _LEADING | _words_of(vocabulary.OTHER_RANKS, vocabulary.SENIORITY)
_BESIDE: Final = _RANKS | _words_of(vocabulary.REGIONS) | {_BORDER}
_KNOWN_WORDS: Final = _RANKS | {word for words in _PHRASES for word in words}
_COMPOUNDS: Final = {
    part: folded_words(word)[0]
    for written, word in vocabulary.COMPOUNDS.items()
    for way in _ways_to_write(written)
    for part in way
}
_COMPOUND_PATTERN: Final = re.compile("|".join(sorted(_COMPOUNDS, key=len, reverse=True)))
