"""Outcomes, differences and intervals in words, so that every sentence about a study writes them alike."""

from __future__ import annotations

import math
from typing import Final

from orgmodel.change_orders.summary import Interval

PERCENT: Final = 100.0
#: Within a sentence: no claim that two numbers differ.
CHANCE: Final = "no difference that could be told from chance"
#: Before the bounds of an interval.
INTERVAL: Final = "95 % interval "
_CHANGES: Final = " per 1,000 changes"
#: How an outcome is called within a sentence: one of it, several, and what they are counted per.
CALLED: Final = {
    "decision_time": ("working hour to a decision", "working hours to a decision", ""),
    "dispute_time": ("working day to settle a quarrel", "working days to settle a quarrel", ""),
    "desk_wait": ("minute of waiting at the desk", "minutes of waiting at the desk", ""),
    "disputes": ("quarrel", "quarrels", _CHANGES),
    "escalations": ("quarrel that climbs", "quarrels that climb", _CHANGES),
    "top": ("quarrel that the top decides", "quarrels that the top decides", _CHANGES),
    "false_promises": ("false promise", "false promises", _CHANGES),
    "rework": ("case of rework", "cases of rework", _CHANGES),
    "late_orders": ("late order", "late orders", " per 1,000 orders"),
    "customers_lost": ("customer lost", "customers lost", _CHANGES),
    "billing_corrections": ("corrected bill", "corrected bills", _CHANGES),
    "manager_hours": ("hour a week of managers' time", "hours a week of managers' time", ""),
}
_TWO_DIGITS_BELOW: Final = 9.95
_NOTHING: Final = 0.0005


def amount(outcome: str, found: Interval, exact: float = math.nan) -> str:
    """Return an outcome with its interval, and its exact value where that is outside.

    >>> amount("disputes", Interval(1.0, 0.2, 1.8))
    '1 quarrel per 1,000 changes (95 % interval 0.2 to 1.8)'
    >>> amount("disputes", Interval(758.0, 706.0, 810.0), exact=683.0)
    '758 quarrels per 1,000 changes (95 % interval 706 to 810, but exactly 683 by formula)'
    """
    said = number(found.mean)
    outside = exact < found.low < found.high or found.low < found.high < exact
    but = f", but exactly {number(exact)} by formula" if outside else ""
    return f"{said} {_of(outcome, said)} ({within(found)}{but})"


def against(outcome: str, more: Interval) -> str:
    """Return a difference with its interval, or that it may be chance.

    >>> against("disputes", Interval(-120.4, -140.0, -99.6))
    '120 fewer quarrels per 1,000 changes (95 % interval 100 to 140)'
    >>> against("desk_wait", Interval(0.5, -1.0, 2.0))
    'no difference that could be told from chance (between 1 fewer and 2 more minutes of waiting at the desk)'
    """
    if not beyond(more):
        unit = f" {_of(outcome)}" if more.low < more.high else ""
        return f"{CHANCE} ({span(more)}{unit})"
    said, sign = number(abs(more.mean)), _sign(more)
    return f"{said} {sign} {_of(outcome, said)} ({_size(more)})"


def in_short(more: Interval) -> str:
    """Return a difference where it is plain of what.

    >>> in_short(Interval(-120.4, -140.0, -99.6))
    '120 fewer (95 % interval 100 to 140)'
    >>> in_short(Interval(0.5, -1.0, 2.0))
    'no difference that could be told from chance (between 1 fewer and 2 more)'
    """
    return (
        f"{number(abs(more.mean))} {_sign(more)} ({_size(more)})"
        if beyond(more)
        else f"{CHANCE} ({span(more)})"
    )


def _of(outcome: str, said: str = "") -> str:
    one, several, per = CALLED[outcome]
    return f"{one if said == '1' else several}{per}"


def _sign(more: Interval) -> str:
    return "fewer" if more.mean < 0.0 else "more"


def _size(more: Interval) -> str:
    nearer, further = sorted((abs(more.low), abs(more.high)))
    return f"{INTERVAL}{number(nearer)} to {number(further)}"


def beyond(more: Interval) -> bool:
    """Return whether a difference is more than chance: its interval is all on one side of 0.

    Where every replication has the same difference its spread cannot be told, and no claim is made.

    >>> beyond(Interval(2.0, 1.0, 3.0)), beyond(Interval(2.0, 2.0, 2.0)), beyond(Interval(2.0, -1.0, 5.0))
    (True, False, False)
    """
    return more.low < more.high and (more.low > 0.0 or more.high < 0.0)


def span(more: Interval) -> str:
    """Return the interval of a difference that may be chance.

    >>> span(Interval(0.0, -3.0, 5.0)), span(Interval(0.0, 0.0, 0.0)), span(Interval(1.0, math.nan, math.nan))
    ('between 3 fewer and 5 more', 'the same in every run', '1 more in a single run')
    """
    if more.low < more.high:
        return f"between {number(-more.low)} fewer and {number(more.high)} more"
    if more.mean == 0.0:
        return "the same in every run"
    runs = "a single run" if math.isnan(more.low) else "every run"
    return f"{number(abs(more.mean))} {_sign(more)} in {runs}"


def within(found: Interval, scale: float = 1.0) -> str:
    """Return the bounds of an outcome.

    >>> within(Interval(0.9, 0.87, 0.93), 100.0), within(Interval(5.0, math.nan, math.nan))
    ('95 % interval 87 to 93', 'a single run, so without an interval')
    """
    if math.isnan(found.low):
        return "a single run, so without an interval"
    return f"{INTERVAL}{number(scale * found.low)} to {number(scale * found.high)}"


def number(value: float) -> str:
    """Return a number with as many digits as it deserves.

    >>> [number(value) for value in (1234.4, 12.3, 5.04, 0.342, 1.0, 1e-9)]
    ['1,234', '12', '5', '0.34', '1', '0']
    """
    if abs(value) < _NOTHING:
        return "0"
    return f"{value:,.0f}" if abs(value) >= _TWO_DIGITS_BELOW else f"{value:.2g}"


def numbered(value: float, noun: str) -> str:
    """Return a number with its noun.

    >>> numbered(1.04, "hour"), numbered(0.5, "hour")
    ('1 hour', '0.5 hours')
    """
    said = number(value)
    return f"{said} {noun if said == '1' else noun + 's'}"


def share(value: float) -> str:
    """Return a share in per cent, of utilisations with all their digits.

    >>> share(0.95), share(0.985)
    ('95 %', '98.5 %')
    """
    return f"{PERCENT * value:g} %"
