"""Numbers as a report says them: with their units, in words where there is none, and what became of them."""

from __future__ import annotations

import inspect
import math
import re
from typing import Final

from orgmodel.criteria import CRITERIA
from orgmodel.explanations import in_sentence, value_text
from orgmodel.indicators import INDICATORS, Indicator
from orgmodel.reports.content import Number

_MINUTE: Final = 60
_HOUR: Final = 3600
_NAMED: Final = re.compile(r"(?<!`)`(\w+)`(?!`)")
_TITLES: Final = {item.name: in_sentence(item) for item in INDICATORS}
_SAYS: Final = {item.name: item.says for item in CRITERIA}


def measured(item: Indicator, value: float) -> Number:
    """Return a raw value as a cell; shares are per cent.

    >>> from orgmodel.indicators import INDICATORS
    >>> items = {item.name: item for item in INDICATORS}
    >>> measured(items["efficiency"], 0.625)
    Number(value=62.5, text='62 %', unit='%')
    >>> str(measured(items["waiting_time"], 125.0)), str(measured(items["efficiency"], math.nan))
    ('2 min 5 s', 'not defined')
    """
    if math.isnan(value):
        return Number(value, "not defined")
    if item.unit == "0 to 1":
        return Number(100.0 * value, value_text(item, value), "%")
    if item.unit == "seconds":
        return Number(value, duration(value), "s")
    if item.unit == "-1 to 1":
        return Number(value, f"{value:.2f}".replace("-", "−"))
    return Number(value, value_text(item, value), "%" if item.unit.startswith("%") else item.unit)


def share(value: float) -> Number:
    """Return a share as per cent.

    >>> str(share(0.305)), str(share(math.nan))
    ('30 %', 'not defined')
    """
    return Number(100.0 * value, "not defined" if math.isnan(value) else f"{100.0 * value:z.0f} %", "%")


def points(value: float) -> Number:
    """Return a total or a score, or a difference of them.

    >>> str(points(22.64))
    '22.6'
    """
    return Number(value, "not defined" if math.isnan(value) else f"{value:z.1f}")


def duration(seconds: float) -> str:
    """Return a time in the units that people say it in.

    >>> [duration(seconds) for seconds in (0.0, 7.84, 125, 7320, math.inf, math.nan)]
    ['0 s', '8 s', '2 min 5 s', '2 h 2 min', 'without end', 'not defined']
    """
    if not math.isfinite(seconds):
        return "not defined" if math.isnan(seconds) else "without end"
    if 0 < seconds < 1:
        return "below 1 s"
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        parts = ((whole // _MINUTE, "min"), (whole % _MINUTE, "s"))
    else:
        parts = ((whole // _HOUR, "h"), (whole % _HOUR // _MINUTE, "min"))
    return " ".join(f"{number:,} {unit}" for number, unit in parts if number)


def change_of(item: Indicator, before: float, after: float) -> str:
    """Return in a word what became of a number: "better", "worse", "as today", or what cannot be said."""
    texts = {measured(item, value).text for value in (before, after)}
    if len(texts) == 1:
        return "as today"
    if math.isnan(before) or math.isnan(after):
        return "cannot be compared"
    if item.direction.startswith("no "):
        return "more" if after > before else "less"
    return "worse" if (after > before) == (item.direction == "lower is better") else "better"


def meaning(item: Indicator) -> str:
    """Return in a sentence what a number is: as a criterion, or by its definition."""
    if item.name in _SAYS:
        return _SAYS[item.name]
    first, _, _ = inspect.cleandoc(item.definition).partition("\n\n")
    return in_words(first)


def in_words(definition: str) -> str:
    """Return a piece of a definition on one line, other numbers called by their titles.

    >>> in_words("As for `climb`.")
    'As for climb of a quarrel.'
    """
    named = _NAMED.sub(lambda found: _TITLES.get(found[1], found[1]), definition)
    return " ".join(named.replace("`", "").split())
