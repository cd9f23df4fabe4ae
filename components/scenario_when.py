"""When something was kept, in the words of somebody who looks at a clock."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

import streamlit as st

from orgmodel.wording import counted

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_WEEK: Final = 7 * _DAY
_JUST_NOW: Final = 10
_UNITS: Final = ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute"), (1, "second"))


def ago(moment: datetime, now: datetime | None = None) -> str:
    """Return how long ago a moment was; after a week its day.

    >>> noon = datetime(2026, 11, 12, 12, tzinfo=UTC)
    >>> ago(noon, datetime(2026, 11, 12, 12, 2, 50, tzinfo=UTC))
    '2 minutes ago'
    >>> ago(noon, datetime(2026, 12, 12, 12, tzinfo=UTC))
    'on 12 November 2026'
    """
    seconds = int(((now or datetime.now(UTC)) - _known(moment)).total_seconds())
    if seconds < _JUST_NOW:  # also where two clocks differ
        return "just now"
    if seconds >= _WEEK:
        return f"on {day(moment)}"
    size, unit = next((size, unit) for size, unit in _UNITS if seconds >= size)
    return f"{counted(seconds // size, unit)} ago"


def day(moment: datetime) -> str:
    """Return the day of a moment where the reader is.

    >>> day(datetime(2026, 11, 2, tzinfo=UTC))
    '2 November 2026'
    """
    return f"{_known(moment).astimezone(_zone()):%d %B %Y}".removeprefix("0")


def clock(moment: datetime, now: datetime | None = None) -> str:
    """Return the time of day of a moment where the reader is; with its day where that is not today.

    >>> noon = datetime(2026, 11, 12, 12, 5, tzinfo=UTC)
    >>> clock(noon, datetime(2026, 11, 12, 14, tzinfo=UTC)), clock(noon, datetime(2026, 11, 13, tzinfo=UTC))
    ('at 12:05', 'on 12 November 2026 at 12:05')
    """
    then, today = _known(moment).astimezone(_zone()), (now or datetime.now(UTC)).astimezone(_zone())
    at = f"at {then:%H:%M}"
    return at if then.date() == today.date() else f"on {day(moment)} {at}"


def _known(moment: datetime) -> datetime:
    """Return a moment with its zone; a database may have forgotten that it was UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _zone() -> tzinfo:
    """Return the zone that the browser says, UTC where it says nothing that is known here."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (KeyError, ValueError, OSError, TypeError):
        return UTC
