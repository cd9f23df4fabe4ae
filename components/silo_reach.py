"""Silo risk for a shorter and a longer reach than the assumed one."""

from __future__ import annotations

import math

import streamlit as st

from orgmodel.sweep import Assessment


def show_reach_by_radius(before: Assessment, after: Assessment | None) -> None:
    """Show the silo risk for a reach of one, two and three steps, today and after the move."""
    rows = {"Today": before} if after is None else {"Today": before, "After the move": after}
    st.table(
        {"Silo risk, % of need": list(rows)}
        | {
            f"reach {reach} step{'s' * (reach > 1)}": [
                _text(assessment.silo_risk_by_reach[reach]) for assessment in rows.values()
            ]
            for reach in before.silo_risk_by_reach
        },
        border="horizontal",
        hide_index=True,
    )


def _text(value: float) -> str:
    return "cannot be told" if math.isnan(value) else f"{value:.0f} %"
