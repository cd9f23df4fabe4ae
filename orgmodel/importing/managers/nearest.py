"""Names that are nearly alike: whom a manager who is not in the file may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from orgmodel.importing.managers.directory import UNKNOWN, folded

# What is shorter is alike by chance; what is longer is no name, and would keep the search busy.
_SHORTEST: Final = 4
_LONGEST: Final = 100
# Pairs of texts compared for one file: about two seconds.
_PAIRS_AT_MOST: Final = 10_000_000
_COMPARED: Final = 50
# In per cent: alike enough to be offered, to be proposed, and how far ahead of the next one for that.
_OFFERED: Final = 80
_PROPOSED: Final = 90
_AHEAD: Final = 5


@dataclass(frozen=True)
class Near:
    """A node that is called nearly as a text: how alike in per cent, and whether no other comes close."""

    node: int
    likeness: int
    clear: bool


def near_nodes(references: list[str], spellings: Mapping[str, int]) -> dict[str, Near]:
    """Return the node each reference may mean with a typing error, where there is one.

    Likeness is 1 - changes / letters, where a letter put in or left out is one change and another letter
    two (the normalised indel similarity, `rapidfuzz.fuzz.ratio`), with the words in their order or sorted.
    Numbers are no names: the ids 4711 and 4712 are alike and two people. So the digits must be the same, and
    in the same order.

    Nothing is returned for a file in which there would be too much to compare.

    >>> near_nodes(["Jon Smith", "A-17"], {"john smith": 0, "a-18": 1, "zoe": 2})
    {'Jon Smith': Near(node=0, likeness=95, clear=True)}
    """
    asked = {reference: folded(reference) for reference in references if len(reference) <= _LONGEST}
    asked = {reference: text for reference, text in asked.items() if len(text) >= _SHORTEST}
    if not asked or len(asked) * len(spellings) > _PAIRS_AT_MOST:
        return {}
    texts = [text for text in spellings if _SHORTEST <= len(text) <= _LONGEST]
    found = {reference: _nearest(text, texts, spellings) for reference, text in asked.items()}
    return {reference: near for reference, near in found.items() if near}


def _nearest(text: str, texts: list[str], spellings: Mapping[str, int]) -> Near | None:
    digits = _digits(text)
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
        matches = process.extract(text, texts, scorer=scorer, limit=_COMPARED, score_cutoff=_OFFERED)
        alike = [(score, spellings[other]) for other, score, _place in matches if _digits(other) == digits]
        if not alike:
            continue
        best, node = alike[0]
        if node == UNKNOWN:
            return None
        second = max((score for score, other in alike if other != node), default=0.0)
        return Near(node, round(best), best >= _PROPOSED and best - second >= _AHEAD)
    return None


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
