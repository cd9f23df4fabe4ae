"""Which letters the fonts of this machine can draw."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

# Where fonts lie: on Linux, macOS and Windows.
_FOLDERS: Final = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
_ENDINGS: Final = (".ttf", ".otf", ".ttc", ".otc")
# Latin, Greek, Cyrillic and punctuation are in Liberation Sans, which comes with the converter.
_ALWAYS: Final = (range(0x20, 0x180), range(0x384, 0x3CF), range(0x400, 0x460), range(0x2010, 0x2027))
_MOST_FONTS: Final = 2_000


@cache
def drawable() -> frozenset[int]:
    """Return the code points that some font on this machine can draw."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError  # type: ignore[import-untyped]  # noqa: PLC0415

    found: set[int] = {code for codes in _ALWAYS for code in codes}
    for path in _font_files():
        try:
            if path.suffix.lower() in (".ttc", ".otc"):
                with TTCollection(path, lazy=True) as collection:
                    for font in collection.fonts:
                        found.update(font.getBestCmap() or ())
            else:
                with TTFont(path, lazy=True) as font:
                    found.update(font.getBestCmap() or ())
        except (TTLibError, OSError, ValueError, KeyError, AssertionError):  # a broken font draws nothing
            continue
    return frozenset(found)


def _font_files() -> list[Path]:
    folders = [Path(folder).expanduser() for folder in _FOLDERS]
    if sys.platform == "win32" and "WINDIR" in os.environ:
        folders.append(Path(os.environ["WINDIR"]) / "Fonts")
    files = (
        Path(place) / name
        for folder in dict.fromkeys(folders)
        for place, _, names in os.walk(folder)
        for name in sorted(names)
        if name.lower().endswith(_ENDINGS)
    )
    return [path for path, _ in zip(files, range(_MOST_FONTS), strict=False)]


def without_glyphs(texts: Iterable[str]) -> str:
    """Return the letters in some texts that no font on this machine can draw, each once, in their order.

    They become boxes in a PDF or PNG made here; an HTML report uses the fonts of who reads it.

    >>> without_glyphs(["Anna", "Łukasz"])
    ''
    """
    letters = dict.fromkeys(letter for text in texts for letter in text if not letter.isascii())
    if not letters:
        return ""
    known = drawable()
    return "".join(letter for letter in letters if letter.isprintable() and ord(letter) not in known)
