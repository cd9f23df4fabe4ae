"""All numbers beside the headlines, by family: today and afterwards, or why there is none."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from components.definitions import sections_of
from components.text import number_text, plain
from orgmodel import explanations
from orgmodel.indicators import Indicator, accountability, conflict, feedback, load, silo
from orgmodel.sweep import Assessment

_MINUTE: Final = 60
_HOUR: Final = 3600
# The index of one line to the outside for five inside: (1 - 5) / (1 + 5).
_FIVE_TO_ONE: Final = -2 / 3
# Side by side, about as many numbers on either side.
_FAMILIES: Final[tuple[Mapping[str, Sequence[Indicator]], ...]] = (
    {
        "Reach": silo.INDICATORS,
        "Feedback": feedback.INDICATORS,
        "What the bosses want": conflict.INDICATORS,
    },
    {
        "Bosses and quarrels": accountability.INDICATORS,
        "Waiting, and the boss's time": load.INDICATORS,
    },
)
_UNDEFINED: Final = ":gray[not defined]"


def show_other_numbers(before: Assessment, after: Assessment | None = None) -> None:
    """Show every indicator that is no headline, a card for each family."""
    for column, families in zip(st.columns(len(_FAMILIES)), _FAMILIES, strict=True):
        for title, items in families.items():
            with column, st.container(border=True, gap="xsmall"):
                st.markdown(f"#### {title}", anchors=False)
                reasons: set[str] = set()
                for item in items:
                    if item.headline or _says_nothing(item, before, after):
                        continue
                    reason = (after or before).undefined.get(item.name) or before.undefined.get(item.name, "")
                    notes = ["For the same reason." if reason and reason in reasons else reason]
                    reasons.add(reason)
                    notes.append(_to_read_against(item, after or before))
                    small = "".join(f"  \n:small[:gray[{plain(note)}]]" for note in notes if note)
                    st.markdown(f"{item.title}: {_values(item, before, after)}{small}", help=_summary(item))


def _says_nothing(item: Indicator, before: Assessment, after: Assessment | None) -> bool:
    """Return whether an indicator is about ways that are missing, and none is."""
    about_missing = item.name in {"reachable_path_length", "unreachable_weight"}
    return about_missing and all(
        not shown.values["unreachable_weight"] > 0 for shown in (before, after) if shown is not None
    )


def _summary(item: Indicator) -> str:
    summary, sections = sections_of(item.definition)
    return "\n\n".join([f"**{summary}**", *filter(None, [sections.get("Unit, range")])])


def _to_read_against(item: Indicator, shown: Assessment) -> str:
    """Return the reference lines of an indicator without a good or bad end."""
    if item.name in shown.undefined:
        return ""
    if item.name == "ei_index":
        expected = shown.evidence[0].mixing.expected
        chance = "" if math.isnan(expected) else f"Random mixing would give {value_text(item, expected)}. "
        return f"{chance}Five lines inside to one outside: {value_text(item, _FIVE_TO_ONE)}."
    return _against_band(shown) if item.name == "boss_span" else ""


def _against_band(shown: Assessment) -> str:
    """Return where the span stands in the band of the largest part's first boss."""
    span = shown.values["boss_span"]
    least, most = max(shown.evidence[0].bosses, key=lambda boss: boss.share).normal_span
    band = f"the assumed band of {least} to {most}"
    if span > most:
        return f"Above {band}: customer service is likely to be handed on to somebody else."
    return f"{'Below' if span < least else 'Within'} {band}."


def _values(item: Indicator, before: Assessment, after: Assessment | None) -> str:
    """Return the value today, the one afterwards and the change between them."""
    old = before.values[item.name]
    shown = _UNDEFINED if math.isnan(old) else value_text(item, old)
    if after is None:
        return shown if math.isnan(old) else f"**{shown}**"
    new = after.values[item.name]
    now = _UNDEFINED if math.isnan(new) else value_text(item, new)
    if math.isnan(old + new):
        return now if shown == now else f"{shown} → {now}"
    if shown == now:
        return f"**{now}** :gray[= no change]"
    arrow = "▲" if new > old else "▼"
    if item.direction.startswith("no "):
        mark = f":gray[{arrow}]"
    else:
        worse = (new > old) == (item.direction == "lower is better")
        colour, word = ("orange", "worse") if worse else ("blue", "better")
        mark = f":{colour}[**{arrow} {word}**]"
    first = shown if item.unit == "seconds" else _without_unit(shown, now)
    return f"{first} → **{now}** {mark}"


def _without_unit(shown: str, now: str) -> str:
    """Return a value without its unit where the next one has the same."""
    number, _, unit = shown.partition(" ")
    return number if unit and now.endswith(f" {unit}") else shown


def value_text(item: Indicator, value: float) -> str:
    """Return a value with its unit, times in minutes and seconds."""
    if item.unit == "seconds":
        return duration_text(value)
    if item.unit == "-1 to 1":
        return f"{value:.2f}".replace("-", "−")
    if item.unit.startswith("%"):
        return number_text(item, value)
    return explanations.value_text(item, value)


def duration_text(seconds: float) -> str:
    """Return a time in the units that people say it in.

    >>> [duration_text(seconds) for seconds in (0.0, 7.84, 59.7, 125, 7320, float("inf"), float("nan"))]
    ['0 s', '8 s', '1 min', '2 min 5 s', '2 h 2 min', 'without end', 'cannot be told']
    """
    if math.isnan(seconds):
        return "cannot be told"
    if math.isinf(seconds):
        return "without end"
    whole = round(seconds)
    if 0 < seconds < 1:
        return "below 1 s"
    if whole < _MINUTE:
        return f"{whole} s"
    parts = (
        ((whole // _HOUR, "h"), (whole % _HOUR // _MINUTE, "min"))
        if whole >= _HOUR
        else ((whole // _MINUTE, "min"), (whole % _MINUTE, "s"))
    )
    return " ".join(f"{number:,} {unit}" for number, unit in parts if number)
