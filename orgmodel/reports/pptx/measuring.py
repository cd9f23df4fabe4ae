"""How wide a text is and into which lines it falls, without the font.

The slides are set in Arial, which every office program has or replaces by a font of the same widths
(Liberation Sans). The widths of its letters stand below, so that a slide is the same whatever fonts the
machine that writes it has. Lengths are points.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

#: Height of a line of text, in sizes of the font: a little more than Arial's own 1.15.
LINE: Final = 1.2

# Thousandths of the size of the font, as in the tables of the font itself.
_WIDTHS: Final = {
    letter: width
    for width, letters in (
        (191, "'"),
        (222, "ijl"),
        (278, " !,./:;I[\\]ft|"),
        (334, "()-`r{}"),
        (355, '"•'),
        (400, "*°"),
        (500, "Jcksvxyz^"),
        (556, "#$0123456789?L_abdeghnopqu–€"),
        (584, "+<=>~×−"),
        (611, "FTZ"),
        (667, "&ABEKPSVXY"),
        (722, "CDHNRUw"),
        (778, "GOQ"),
        (833, "Mm"),
        (889, "%"),
        (944, "W"),
        (1015, "@…—→"),
    )
    for letter in letters
}
_BOLD: Final = 1.1
_OTHER: Final = 0.9  # a letter of another script: as wide as all but the widest
_WIDE: Final = 1.0  # Chinese, Japanese, Korean
_PICTURE: Final = 1.4
_UNSEEN: Final = {"Mn", "Me", "Cf"}


@lru_cache(maxsize=4096)
def _letter(letter: str) -> float:
    """Return how wide a letter is, in sizes of the font; one with an accent is as wide as without."""
    if letter in _WIDTHS:
        return _WIDTHS[letter] / 1000
    if unicodedata.category(letter) in _UNSEEN:
        return 0.0
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain in _WIDTHS:
        return _WIDTHS[plain] / 1000
    if letter > "\uffff":
        return _PICTURE
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _OTHER


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text on one line is.

    >>> width("Wide", 10.0)
    22.78
    """
    return round(sum(map(_letter, text)) * size * (_BOLD if bold else 1.0), 2)


def lines(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Return a text as the lines it falls into; a word that is wider than a line is broken.

    >>> lines("Under the COO it is near operations", 100.0, 12.0)
    ['Under the COO it', 'is near operations']
    """
    found: list[str] = []
    room = room / size / (_BOLD if bold else 1.0)
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for word in paragraph.split():
            wide = sum(map(_letter, word))
            gap = _letter(" ") if line else 0.0
            if used + gap + wide <= room:
                line, used = f"{line} {word}" if line else word, used + gap + wide
                continue
            if line:
                found.append(line)
            *whole, line = _broken(word, room) if wide > room else [word]
            found += whole
            used = sum(map(_letter, line))
        found.append(line)
    return found


def _broken(word: str, room: float) -> list[str]:
    """Return a word in pieces, none wider than the room (but of one letter at least)."""
    pieces, start, used = [], 0, 0.0
    for at, letter in enumerate(word):
        wide = _letter(letter)
        if used + wide > room and at > start:
            pieces.append(word[start:at])
            start, used = at, 0.0
        used += wide
    return [*pieces, word[start:]]


def height(text: str, room: float, size: float, *, bold: bool = False) -> float:
    """Return how high a text is that falls into lines of so much room."""
    return len(lines(text, room, size, bold=bold)) * size * LINE


def cut(text: str, room: float, size: float, *, most: int = 1, bold: bool = False) -> str:
    """Return a text cut to so many lines, with a sign where something is missing.

    >>> cut("Head of customer service", 100.0, 12.0)
    'Head of custom…'
    """
    parts = lines(text, room, size, bold=bold)
    if len(parts) <= most:
        return text
    last = parts[most - 1] + " " + parts[most]
    room -= width("…", size, bold=bold)
    while last and width(last, size, bold=bold) > room:
        last = last[:-1]
    return " ".join([*parts[: most - 1], last.rstrip() + "…"])
