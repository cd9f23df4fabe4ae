"""Texts for the screen: names from a user's file made harmless, and numbers with their units."""

from __future__ import annotations

import math
import re
from typing import Final
from unicodedata import category

from orgmodel.indicators import Indicator

# What means something anywhere in a line, and what only does at its beginning (lists, headings).
_PUNCTUATION: Final = re.compile(r"([\\`*_\[\]<>$~|&#]|:(?=\S)|^[-+=]|^\d+(?=[.)]))")
# Streamlit looks for emojis, icons and addresses after the markdown is parsed, when backslashes are gone.
_SHORTCODE: Final = re.compile(r"(:(?=\S)|\bwww(?=\.)|\S(?=@\S))", re.IGNORECASE)
_NOT_IN_FILE_NAMES: Final = re.compile(r'[<>:"/\\|?*]+')
_LINE_ENDS: Final = "\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
_LONGEST_FILE_NAME: Final = 150  # bytes; most file systems take 255, and endings come on top
# What Windows takes for a device, whatever the ending.
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)", re.IGNORECASE)
_WORD_JOINER: Final = "\N{WORD JOINER}"


def plain(text: str) -> str:
    r"""Return a text that Streamlit's markdown shows as it is written, on one line.

    >>> plain("*R&D* <b>$x$")
    '\\*R\\&D\\* \\<b\\>\\$x\\$'
    """
    line = _PUNCTUATION.sub(_marked, " ".join(text.split()))
    return _SHORTCODE.sub(lambda found: found[0] + _WORD_JOINER, line)


def _marked(found: re.Match[str]) -> str:
    return f"{found[0]}\N{WORD JOINER}" if found[0].isdigit() else f"\\{found[0]}"


def as_file_name(text: str) -> str:
    """Return a text as a file may be called, on any machine; empty where nothing is left of it.

    >>> as_file_name("../plan: 2026?"), as_file_name("con.txt"), as_file_name("...")
    ('-plan- 2026-', '-con.txt', '')
    """
    seen = "".join("-" if category(sign)[0] == "C" or sign in _LINE_ENDS else sign for sign in text)
    cut = _NOT_IN_FILE_NAMES.sub("-", seen).encode()[:_LONGEST_FILE_NAME].decode(errors="ignore")
    name = cut.strip(". ")
    return f"-{name}" if _DEVICES.match(name) else name


def number_text(indicator: Indicator, value: float) -> str:
    """Return a raw value with its unit, in words where there is no number."""
    if math.isnan(value):
        return "cannot be told"
    if math.isinf(value):
        return "no complete way"
    if indicator.unit.startswith("%"):
        return f"{value:z.0f} {indicator.unit}"
    if indicator.unit == "0 to 1":
        return f"{100 * value:z.0f} %"
    return f"{value:z.1f} {indicator.unit}"


def verdict(indicator: Indicator, before: float, after: float) -> str:
    """Return whether a value has become "better" or "worse"; empty where it has not, or nobody can tell."""
    same = before == after or (math.isfinite(before + after) and round(before, 1) == round(after, 1))
    if same or math.isnan(before) or math.isnan(after):
        return ""
    return "worse" if (after > before) == (indicator.direction == "lower is better") else "better"


def change_text(indicator: Indicator, before: float, after: float) -> str:
    """Return the change of a value in words, with a sign that needs no colour."""
    if math.isnan(before) or math.isnan(after):
        return ":gray[**cannot be compared**]"
    if not verdict(indicator, before, after):
        return ":gray[**= no change**]"
    word = verdict(indicator, before, after)
    sign, colour = ("▲", "orange") if word == "worse" else ("▼", "blue")
    if math.isinf(before) or math.isinf(after):
        what = "a way is missing now" if math.isinf(after) else "every way is there now"
        return f":{colour}[**{sign} {word}: {what}**]"
    points = indicator.unit.startswith("%")
    # The difference of what is printed, so that a reader who subtracts finds the same.
    digits = 0 if points and round(before) != round(after) else 1
    amount = abs(round(after, digits) - round(before, digits))
    shown = f"{amount:.{digits}f} {'points' if points else indicator.unit}"
    return f":{colour}[**{sign} {shown} {'more' if after > before else 'less'}: {word}**]"
