"""The persons of a file under pseudonyms: the same name in any spelling is the same person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import chain, pairwise, product
from typing import Final

from orgmodel.importing.managers.directory import folded, is_root_mark
from orgmodel.importing.rows.vacancies import is_undisclosed_name, is_vacancy_word, is_vacant_name

#: Letters and digits with their accents: what names are made of, whatever stands between.
_WORD: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_EMAIL: Final = re.compile(r"[^\s@<>()\[\]{},;:|\"'=]+@[^\s@<>()\[\]{},;:|\"'=]+")
#: The part of a distinguished name that says who it is: CN=Jane Doe,OU=Sales,DC=example.
_COMMON_NAME: Final = re.compile(r"(?<![^\s,;])((?:CN|UID)\s*=\s*)((?:\\.|[^,;\\=])+)", re.IGNORECASE)
#: Between several persons in one cell.
_BETWEEN: Final = re.compile(r"([;|\n:/&()<>\[\]→»]+)")
_NAME_WORD: Final = r"[^\W\d_a-z][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?"
_PARTICLE: Final = r"(?:van|von|der|den|de|del|della|di|da|du|la|le|el|al|bin|ten|ter|zu|y|dos|das|'t)"
_LIKE_A_NAME: Final = re.compile(
    rf"{_NAME_WORD}(?:,? (?:{_PARTICLE} ){{0,3}}{_NAME_WORD}){{1,4}}"
    rf"|(?:{_PARTICLE} ){{1,3}}{_NAME_WORD}(?: {_NAME_WORD}){{0,3}},? {_NAME_WORD}"
)
_LONGEST_NAME: Final = 100
_MOST_WORDS: Final = 8
_LEAST_LETTERS: Final = 3
_FOUR_DIGITS: Final = 4
#: "person" in capitals and small letters, the usual ways first, and with accents: a name that is written in
#: several ways is so under its pseudonym too, for what refers to it in another spelling is found no better.
_CASES: Final = tuple(
    dict.fromkeys(chain(((True, *[False] * 5), (True,) * 6, (False,) * 6), product((True, False), repeat=6)))
)
_EMAIL_CASES: Final = tuple(product((False, True), repeat=6))
_ACCENTS: Final = tuple(f"p{e}rs{o}n" for e, o in product("eéèêë", "oóòôö"))
_DOMAIN: Final = "example.invalid"


def like_a_name(text: str) -> bool:
    """Return whether a text looks like the name of a person: two words or more in capitals.

    >>> [like_a_name(text) for text in ("Ann Lee", "de la Cruz, María", "Head of Sales", "ACC-0001")]
    [True, True, False, False]
    """
    return len(text) <= _LONGEST_NAME and _LIKE_A_NAME.fullmatch(" ".join(text.split())) is not None


def is_no_person(text: str) -> bool:
    """Return whether a cell in the place of a name says that there is nobody, or not who it is."""
    return not text or is_root_mark(text) or is_vacancy_word(text) or is_undisclosed_name(text)


class People:
    """Who is in a file, under what number, and how each of them is written.

    Numbers are given in the order in which persons come up, row by row.
    """

    def __init__(self, size: int, kept: Iterable[str] = ()) -> None:
        """Start with nobody; ``kept`` are names that are no persons': of units."""
        self._digits = max(_FOUR_DIGITS, len(str(size)))
        self._kept = frozenset(map(folded, kept))
        self._last = 0
        self._names: dict[str, int] = {}  # "ann lee" -> number
        self._by_text: dict[str, int] = {}
        self._turned: dict[str, int] = {}  # "lee ann", as names stand in lists
        self._starts: dict[str, int] = {}  # first word of names -> words of the longest of them
        self._common: set[str] = set()  # names made of words of titles
        self._singles: dict[str, int] = {}  # names of one word, as they are written
        self._emails: dict[str, int] = {}
        self._logins: dict[str, int] = {}
        self._spellings: dict[int, dict[str, dict[str, int]]] = {}
        self._email_spellings: dict[int, dict[str, int]] = {}

    def __bool__(self) -> bool:
        """Return whether anybody is known."""
        return bool(self._names or self._emails)

    # ------------------------------------------------------------------ who is there

    def keeps(self, text: str) -> bool:
        """Return whether a text in the place of a name stays: nobody, or a unit."""
        return is_no_person(text) or folded(text) in self._kept

    def add_name(self, text: str) -> int | None:
        """Take up a name; return its number, None for a text that is no name."""
        if (known := self._by_text.get(text)) is not None:
            return known
        if self.keeps(text) or is_vacant_name(text) or not (key := _key(text)):
            return None
        number = self._names.get(key)
        if number is None:
            number = self._names[key] = self._next()
            words = key.split(" ")
            if len(words) == 1:
                self.add_family_name(text, number)
            turned = [words[-1], *words[:-1]]
            self._turned.setdefault(" ".join(turned), number)
            for written in (words, turned):
                if len(written) <= _MOST_WORDS:
                    self._starts[written[0]] = max(len(written), self._starts.get(written[0], 0))
        self._by_text[text] = number
        return number

    def add_family_name(self, text: str, number: int) -> None:
        """Take up a family name, to be found where it stands alone in a text."""
        if len(text) >= _LEAST_LETTERS and not self.keeps(text):
            self._singles.setdefault(text, number)
            self._singles.setdefault(text.upper(), number)

    def add_email(self, text: str, number: int | None = None, name: str = "") -> int:
        """Take up an e-mail address of a person whose number and name may be known.

        What stands before the @ is taken for what they log in with, unless it may be a word ("sales@").
        """
        key = text.casefold()
        known = self._emails.get(key)
        if known is None:
            taken = number is None or number in self._email_spellings
            known = self._emails[key] = self._next() if taken or number is None else number
            self._email_spellings[known] = {}
            local = key.partition("@")[0]
            if any(len(word) >= _LEAST_LETTERS and word in local for word in _key(name).split(" ")) or (
                not local.isalpha() and not local.isdecimal()
            ):
                self._logins.setdefault(local, known)
                if len(words := _key(local).split(" ")) > 1:
                    self._turned.setdefault(" ".join(words), known)
                    self._starts[words[0]] = max(len(words), self._starts.get(words[0], 0))
                elif not local.isalpha():
                    self._singles.setdefault(local, known)
        return known

    def note_common(self, titles: Iterable[str], own: Iterable[tuple[str, str]]) -> None:
        """Find the names that are made of words of titles and units: they stay where they stand in one.

        In a chart of units "Chief Executive" may stand in the place of a name, and "Chief Executive Officer"
        beside it. All words of a name must occur in ``titles``, elsewhere than in names; or one of them, if
        its row has the whole name in the title (``own`` are names with what stands in their row).
        """
        words: set[str] = set()
        for text in titles:
            rest = self._replaced(text, lambda _match, _number: " ", singles=False)
            words.update(map(folded, _WORD.findall(rest)))
        self._common = {name for name in self._names if words.issuperset(name.split(" "))}
        for name, title in own:
            key = _key(name)
            if f" {key} " in f" {_key_as_written(title)} " and not words.isdisjoint(key.split(" ")):
                self._common.add(key)

    def _next(self) -> int:
        self._last += 1
        return self._last

    # ------------------------------------------------------------------ how they are written

    def name(self, text: str) -> str:
        """Return the pseudonym of a name; who is not known yet becomes known."""
        if text not in self._by_text:
            if self.keeps(text):
                return text
            if is_vacant_name(text) or "@" in text:
                return self.within(text)
        number = self.add_name(text)
        return text if number is None else self._pseudonym(text, number)

    def email(self, text: str) -> str:
        """Return the pseudonym of what stands in the place of an e-mail address."""
        return text if is_no_person(text) else self._address(text, self.add_email(text))

    def within(self, text: str) -> str:
        """Return a text in which every known name and every e-mail address is replaced."""
        login, slash, rest = text.rpartition("\\")
        if (number := self._logins.get(rest.casefold())) is not None:
            return f"{login}{slash}{self._login(number)}"
        return self._replaced(self._without_emails(text), self._matched)

    def within_title(self, text: str) -> str:
        """Return a title, or the name of a unit, in which persons are replaced.

        Only names of several words are looked for, and none that titles are made of: there is a "Chief
        Executive" in the place of a name.
        """
        if folded(text) in self._kept:
            return self._without_emails(text)
        return self._replaced(self._without_emails(text), self._matched, singles=False, common=False)

    def knows(self, text: str) -> bool:
        """Return whether a text is the name or the e-mail address of somebody who is known."""
        return _key(text) in self._names or text.casefold() in self._emails

    def reference(
        self, text: str, known: Callable[[str], str | None], *, strict: bool, guessing: bool = True
    ) -> str:
        """Return a cell that refers to persons, one or several.

        ``known`` returns what became of a text that stands in another column, None where it stands in none.
        A ``strict`` cell holds persons only: then whoever is not known becomes known; else, when
        ``guessing``, what looks like a name.
        """
        if (new := known(text)) is not None:
            return new
        if self.keeps(text):
            return text
        if (number := self._names.get(_key(text))) is not None:
            return self._pseudonym(text, number)
        if _COMMON_NAME.search(text):
            return _COMMON_NAME.sub(self._common_name, text, count=1)
        if strict or _BETWEEN.search(text):
            parts = _BETWEEN.split(text)
            parts[::2] = [self._part(part, known, strict=strict, guessing=guessing) for part in parts[::2]]
            return "".join(parts)
        return self._unknown(text, strict=False, guessing=guessing)

    def _part(self, part: str, known: Callable[[str], str | None], *, strict: bool, guessing: bool) -> str:
        """Return one of several persons in a cell, with the blanks around."""
        inner = part.strip()
        if not any(map(str.isalpha, inner)) or self.keeps(inner):
            new = known(inner) or inner
        elif (found := known(inner)) is not None:
            new = found
        else:
            several = [one.strip() for one in inner.split(",")]
            if len(several) > 1 and all(map(self.knows, several)):
                new = ", ".join(map(self.name, several))
            else:
                new = self._unknown(inner, strict=strict, guessing=guessing)
        return part.replace(inner, new, 1) if inner else part

    def _unknown(self, text: str, *, strict: bool, guessing: bool) -> str:
        within = self.within(text)
        if within != text and (not strict or "@" in text or text.casefold() in self._logins):
            return within
        return self.name(text) if strict or (guessing and like_a_name(text)) else within

    def _common_name(self, match: re.Match[str]) -> str:
        start, name = match[1], match[2]
        return start + self.name(name.replace("\\", "")).replace(",", "\\,")

    def _pseudonym(self, text: str, number: int) -> str:
        """Return the pseudonym for a person, written like the text: "Lee, Ann" is "0001, Person"."""
        words = list(_WORD.finditer(text))
        comma = text.find(",")
        turned = bool(words) and words[0].end() <= comma < words[-1].start()
        gaps = [text[one.end() : other.start()] for one, other in pairwise(words)]
        blanks = [place for place, gap in enumerate(gaps, start=1) if gap.isspace()]
        place = next(i for i, word in enumerate(words) if word.start() > comma) if turned else (*blanks, 1)[0]
        between = gaps.pop(place - 1) if gaps else " "
        in_order = [word[0] for word in (*words[place:], *words[:place])] if turned else [w[0] for w in words]
        written = " ".join(in_order) + "".join(gap for gap in gaps if gap not in {between, " "})
        word = self._word(written, number)
        digits = f"{number:0{self._digits}}"
        return f"{digits}{between}{word}" if turned else f"{word}{between}{digits}"

    def _word(self, written: str, number: int) -> str:
        """Return "Person" as it stands for a person who is written in some way: another one for every way."""
        accents = self._spellings.setdefault(number, {})
        cases = accents.setdefault(written.casefold(), {})
        case = _CASES[min(cases.setdefault(written, len(cases)), len(_CASES) - 1)]
        word = _ACCENTS[min(list(accents).index(written.casefold()), len(_ACCENTS) - 1)]
        return "".join(sign.upper() if upper else sign for sign, upper in zip(word, case, strict=True))

    def _address(self, text: str, number: int) -> str:
        spellings = self._email_spellings.setdefault(number, {})
        case = _EMAIL_CASES[min(spellings.setdefault(text, len(spellings)), len(_EMAIL_CASES) - 1)]
        word = "".join(sign.upper() if upper else sign for sign, upper in zip("person", case, strict=True))
        return f"{word}{number:0{self._digits}}@{_DOMAIN}"

    def _login(self, number: int) -> str:
        return f"person{number:0{self._digits}}"

    # ------------------------------------------------------------------ finding them in texts

    def _without_emails(self, text: str) -> str:
        if "@" not in text:
            return text
        return _EMAIL.sub(lambda match: self._address(match[0], self.add_email(match[0])), text)

    def _matched(self, text: str, number: int) -> str:
        return self._pseudonym(text, number)

    def _replaced(
        self, text: str, made: Callable[[str, int], str], *, singles: bool = True, common: bool = True
    ) -> str:
        """Return a text with its known names replaced: at every word the longest name that starts there."""
        if text.isdecimal():
            return text
        words = list(_WORD.finditer(text))
        keys = [_folded_word(word[0]) for word in words]
        pieces: list[str] = []
        end = place = 0
        while place < len(words):
            found, size = self._found_at(words, keys, place, singles=singles, common=common)
            if found is not None:
                start, stop = words[place].start(), words[place + size - 1].end()
                pieces += (text[end:start], made(text[start:stop], found))
                end = stop
            place += size
        return "".join(pieces) + text[end:] if pieces else text

    def _found_at(
        self, words: list[re.Match[str]], keys: list[str], place: int, *, singles: bool, common: bool
    ) -> tuple[int | None, int]:
        most = min(self._starts.get(keys[place], 0), len(keys) - place)
        for size in range(most, 1, -1):
            key = " ".join(keys[place : place + size])
            number = self._names.get(key, self._turned.get(key))
            if number is not None and (common or key not in self._common):
                return number, size
        if singles and (number := self._singles.get(words[place][0])) is not None:
            return number, 1
        return None, 1


def _key(text: str) -> str:
    """Return what a name is known by: its words without case and accents, the first name first."""
    last, comma, first = text.partition(",")
    return _key_as_written(f"{first} {last}" if comma else text)


def _key_as_written(text: str) -> str:
    return " ".join(map(_folded_word, _WORD.findall(text)))


def _folded_word(word: str) -> str:
    return word.lower() if word.isascii() else folded(word)
