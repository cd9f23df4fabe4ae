"""Texts of pictures: harmless in XML, and measured so that they fit.

Widths are those of Helvetica, which Arial and Liberation Sans share letter by letter; one of the three is on
every machine, and Liberation Sans comes with the converter to PNG. Letters beyond ASCII count as their base
letter, as one em (East Asian), or as a wide letter.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
ELLIPSIS: Final = "…"

# Adobe's font metrics of Helvetica, from the space to the tilde, in thousandths of the size.
_WIDTHS: Final = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
# Controls, halves of pairs, and what Unicode keeps for itself.
_FORBIDDEN: Final = (range(0x20), range(0x7F, 0xA0), range(0xD800, 0xE000), range(0xFDD0, 0xFDF0))
_LAST_OF_PLANE: Final = 0xFFFE
_BOLD: Final = 1.08
_WIDE: Final = 1000
_CAPITAL, _SMALL = 740, 620


def printable(text: object) -> str:
    """Return a text on one line, without what XML forbids (control characters, halves of pairs).

    >>> printable("Anna" + chr(0) + chr(10) + "  Berg")
    'Anna Berg'
    """
    line = " ".join(str(text).split())
    if line.isascii() and line.isprintable():
        return line
    return "".join(letter for letter in line if _is_allowed(ord(letter)))


def _is_allowed(code: int) -> bool:
    """Return whether XML 1.0 allows a character and Unicode has not set it aside for controls."""
    return code & _LAST_OF_PLANE != _LAST_OF_PLANE and not any(code in codes for codes in _FORBIDDEN)


def escaped(text: object) -> str:
    """Return a text as the content of an SVG element or attribute.

    >>> escaped("<R&D>")
    '&lt;R&amp;D&gt;'
    """
    line = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return line.replace('"', "&quot;").replace("'", "&#39;")


@lru_cache(maxsize=4096)
def _letter_width(letter: str) -> int:
    if " " <= letter <= "~":
        return _WIDTHS[ord(letter) - 0x20]
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn"):
        return 0
    if unicodedata.east_asian_width(letter) in "WF" or letter in ELLIPSIS:
        return _WIDE
    base = unicodedata.normalize("NFD", letter)[0]
    if " " <= base <= "~":
        return _WIDTHS[ord(base) - 0x20]
    return _CAPITAL if letter.isupper() else _SMALL


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is, in the unit of its size.

    >>> round(width_of("Will", 10), 2)
    16.1
    """
    return sum(map(_letter_width, text)) * size * (_BOLD if bold else 1.0) / 1000


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return a text as it is where it fits, else as much as fits with an ellipsis.

    >>> cut("Vice President", 60, 12)
    'Vice Pre…'
    """
    line = printable(text)
    scale = size * (_BOLD if bold else 1.0) / 1000
    left = room / scale
    for at, letter in enumerate(line):
        left -= _letter_width(letter)
        if left < 0:
            return _shortened(line, at, room / scale)
    return line


def _shortened(line: str, at: int, room: float) -> str:
    """Return the start of a line, and an ellipsis, of at most ``at`` letters and never half a letter."""
    left = room - _WIDE - sum(map(_letter_width, line[:at]))
    while at > 0 and (left < 0 or not _letter_width(line[at])):
        at -= 1
        left += _letter_width(line[at])
    return f"{line[:at].rstrip()}{ELLIPSIS}"


def wrapped(text: str, room: float, size: float, most: int) -> list[str]:
    """Return a text as at most so many lines that fit, the last one cut where it must be.

    >>> wrapped("Distance to the executive", 70, 12, 2)
    ['Distance to', 'the execut…']
    """
    lines: list[str] = []
    words = printable(text).split(" ")
    while words:
        if len(lines) == most - 1:
            return [*lines, cut(" ".join(words), room, size)]
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size) <= room:
            line += f" {words.pop(0)}"
        lines.append(cut(line, room, size))
    return lines
