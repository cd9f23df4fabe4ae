"""Choices on pages that are kept with what is open: those that are work to make again.

They are the fields of the page Change orders. All others begin anew after a reload.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from orgmodel.change_orders.parameters import PARAMETERS

_NUMBERS: Final = "|".join(info.name for info in PARAMETERS)
_KEPT: Final = re.compile(
    rf"change-orders-(preset|policies|replications|changes|(selling|{_NUMBERS})-.*)|change_orders_resets"
)
_MOST: Final = 200
_LONGEST: Final = 200


def chosen() -> dict[str, Any]:
    """Return what is chosen in those fields, by key."""
    state = st.session_state
    return {key: state[key] for key in sorted(filter(_is_kept, state)) if _is_plain(state[key])}


def choose(found: object) -> None:
    """Choose what was chosen; what cannot be is left out."""
    if isinstance(found, Mapping):
        for key, value in list(found.items())[:_MOST]:
            if _is_kept(key) and _is_plain(value):
                st.session_state[key] = value


def is_same(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Return whether nothing was chosen otherwise; a field that is shown the first time chooses nothing."""
    return all(now[key] == value for key, value in before.items() if key in now)


def _is_kept(key: object) -> bool:
    return isinstance(key, str) and len(key) <= _LONGEST and _KEPT.fullmatch(key) is not None


def _is_plain(value: object) -> bool:
    if isinstance(value, list):
        return len(value) <= _MOST and all(isinstance(one, str) and len(one) <= _LONGEST for one in value)
    return isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= _LONGEST)
