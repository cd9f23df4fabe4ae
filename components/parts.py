"""The parts of customer service one by one, where it has several: what their mean hides."""

from __future__ import annotations

import math
from typing import Final

import streamlit as st

from components.other_numbers import value_text
from components.text import plain
from orgmodel.indicators import HEADLINES, INDICATORS, Indicator
from orgmodel.sweep import Assessment

_MOST_ROWS: Final = 50
_SHOWN: Final = (
    *HEADLINES,
    *(item for item in INDICATORS if item.name in {"waiting_probability", "waiting_time", "boss_span"}),
)


def show_parts(assessment: Assessment, label: str) -> None:
    """Name the worst part by every headline, and show all of them in a table; nothing for one part."""
    if len(assessment.evidence) == 1:
        return
    chart = assessment.organization
    names = {part.unit: chart.label(chart.row(part.unit)) for part in assessment.evidence}
    worst = [
        f"{item.title} **{value_text(item, value)}** ({plain(names[node])})"
        for item in (*HEADLINES, _SHOWN[3])
        for node, value in [_worst(item, assessment)]
        if not math.isnan(value)
    ]
    if worst:
        st.markdown(f"{label}, the worst of {len(names)} parts: {'; '.join(worst)}.")
    with st.expander(f"{label}: every part"):
        st.dataframe(
            [
                {
                    "Part": names[part.unit],
                    "Of the people": 100 * part.share_of_unit,
                    **{
                        f"{item.title}, {item.unit}": _cell(assessment.parts[part.unit][item.name])
                        for item in _SHOWN
                    },
                }
                for part in assessment.evidence[:_MOST_ROWS]
            ],
            hide_index=True,
            alt="Every part of customer service with its numbers",
            column_config={
                "Of the people": st.column_config.NumberColumn(format="%.0f %%"),
                **{
                    f"{item.title}, {item.unit}": st.column_config.NumberColumn(format="%.1f")
                    for item in _SHOWN
                },
            },
        )
        if len(names) > _MOST_ROWS:
            st.caption(f"The largest {_MOST_ROWS} of {len(names):,}.")


def _worst(item: Indicator, assessment: Assessment) -> tuple[str, float]:
    """Return the part with the highest value (lower is better in all shown); NaN if all are alike."""
    found = {
        part.unit: assessment.parts[part.unit][item.name]
        for part in assessment.evidence
        if not math.isnan(assessment.parts[part.unit][item.name])
    }
    if len({value_text(item, value) for value in found.values()}) <= 1:
        return "", math.nan
    node = max(found, key=found.__getitem__)
    return node, found[node]


def _cell(value: float) -> float | None:
    return value if math.isfinite(value) else None
