"""Scripts that the vocabulary cannot read: why nothing is recognised in a chart written in one."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Final

from orgmodel.organization import Organization

#: Beginning of the Unicode names of a script's letters -> what a reader calls it.
_SCRIPTS: Final = {
    "HANGUL": "Korean",
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Chinese or Japanese",
    "KATAKANA": "Chinese or Japanese",
    "CYRILLIC": "Cyrillic",
    "GREEK": "Greek",
    "ARABIC": "Arabic",
    "HEBREW": "Hebrew",
    "DEVANAGARI": "Devanagari",
    "THAI": "Thai",
}
_SAMPLED_TEXTS: Final = 2000
_SAMPLED_LETTERS: Final = 20_000
_MOST: Final = 0.5


def unread_script(organization: Organization) -> str:
    """Return the script most titles and units of a chart are written in, if its words are not known; else "".

    The vocabulary has words of six languages in Latin letters. In another script nothing is recognised, so
    that which unit is customer service cannot be told and the reader has to say it. Where titles and units
    are missing, the names of the nodes count.

    >>> org = Organization.from_columns(["a", "b"], [None, "a"], titles=["고객상담센터장", "상담원"])
    >>> unread_script(org)
    'Korean'
    >>> unread_script(Organization.from_columns(["a"], [None], titles=["Head of Customer Service"]))
    ''
    """
    letters = Counter(_scripts(_sampled_letters(organization)))
    if not letters:
        return ""
    script, number = letters.most_common(1)[0]
    return script if number > _MOST * letters.total() else ""


def _sampled_letters(organization: Organization) -> Iterable[str]:
    for column in (organization.titles, organization.units, organization.names):
        texts = dict.fromkeys(islice(filter(None, column), _SAMPLED_TEXTS))
        if texts:
            return islice(filter(str.isalpha, "".join(texts)), _SAMPLED_LETTERS)
    return ()


def _scripts(letters: Iterable[str]) -> Iterable[str]:
    for letter in letters:
        known = unicodedata.name(letter, "").split(" ", 1)[0].split("-", 1)[0]
        yield _SCRIPTS.get(known, "")
