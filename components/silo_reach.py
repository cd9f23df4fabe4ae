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
                _text(_silo_risk(assessment, reach)) for assessment in rows.values()
            ]
            for reach in (1, 2, 3)
        },
        border="horizontal",
        hide_index=True,
    )


def _silo_risk(assessment: Assessment, reach: int) -> float:
    total = 0.0
    for part in assessment.evidence:
        known = [route for route in part.routes if not math.isnan(route.steps)]
        weight = sum(route.weight for route in known)
        if not weight:
            return math.nan
        total += (
            part.share_of_unit * 100 * sum(route.weight for route in known if route.steps > reach) / weight
        )
    return total


def _text(value: float) -> str:
    return "cannot be told" if math.isnan(value) else f"{value:.0f} %"
