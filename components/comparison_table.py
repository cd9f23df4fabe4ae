"""All numbers of all placements in one table, raw and as scores, to look at and to take along."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pandas as pd
import streamlit as st

from components import session
from orgmodel.charts.alternatives import best_and_worst, places
from orgmodel.importing.own_format import neutralised
from orgmodel.indicators import INDICATORS, Indicator
from orgmodel.ranking import Ranking
from orgmodel.recommendation import TWO_SIDED, described, shown_order

_RAW: Final = "Numbers with their units"
_SCORES: Final = "Scores, 0 best to 100 worst"
_TODAY: Final = "background-color: rgba(214, 51, 108, 0.14)"  # the frame of the picture, see through


def show_comparison_table(ranking: Ranking) -> None:
    """Show all indicators of all placements, the best and worst marked, and offer them as a file."""
    shown = st.segmented_control(
        "Show", [_RAW, _SCORES], default=_RAW, required=True, key="comparison-shown", persist_state="session"
    )
    table = comparison_table(ranking)
    columns = {
        _column(item, scores=shown == _SCORES): item
        for item in INDICATORS
        if shown == _RAW or item.score is not None
    }
    scores = np.column_stack([_to_compare(item, ranking) for item in columns.values()])
    best, worst = best_and_worst(scores)
    visible = table[["Place", "Placement", "Total", *columns]].replace([np.inf, -np.inf], np.nan)
    today = [ranking.alternatives[at].today for at in shown_order(ranking)]
    styled = visible.style.apply(lambda row: [_TODAY * today[row.name]] * len(row), axis=1)
    styled = styled.format({"Total": "{:.1f}"} | dict.fromkeys(columns, _number), na_rep="")
    for place, name in enumerate(columns):
        for marked, sign in ((best, "✓"), (worst, "✗")):
            rows = np.flatnonzero(marked[:, place]).tolist()
            if rows:
                styled = styled.format(f"{sign} {{:,.1f}}", subset=(rows, [name]), na_rep="")
    st.dataframe(
        styled,
        hide_index=True,
        height=min(38 + 35 * len(table), 620),
        alt="All numbers of all placements",
        column_config={
            "Place": st.column_config.TextColumn(width=60, pinned=True),
            "Placement": st.column_config.TextColumn(width=190, pinned=True),
            "Total": st.column_config.NumberColumn("Total, 0 is best"),
        },
    )
    st.caption(
        "✓ the best and ✗ the worst of a column, no sign where most are alike; coloured row: today. An "
        "empty cell is a number that cannot be told."
    )
    st.download_button(
        "Download as CSV",
        table.to_csv(index=False).encode("utf-8-sig"),
        f"{session.file_stem()} placements.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def comparison_table(ranking: Ranking) -> pd.DataFrame:
    """Return all placements as a screen lists them: place, what they are, total, all numbers and scores."""
    order = shown_order(ranking)
    alternatives = [ranking.alternatives[at] for at in order]
    columns: dict[str, object] = {
        "Place": places(ranking),
        "Placement": [neutralised(item.title) for item in alternatives],
        "Meaning": [neutralised(described(item)) for item in alternatives],
        "Today": ["yes" if item.today else "" for item in alternatives],
        "Total": ranking.totals[order],
        "First in, % of cases": 100.0 * ranking.acceptability.first[order],
        "First in, ± points": 100.0 * TWO_SIDED * ranking.acceptability.first_error[order],
    }
    for item in INDICATORS:
        values = ranking.values[item.name].to_numpy(dtype=np.float64)[order]
        columns[_column(item, scores=False)] = values * _factor(item)
        if item.score is not None:
            columns[_column(item, scores=True)] = item.score(values)
    return pd.DataFrame(columns)


def _column(item: Indicator, *, scores: bool) -> str:
    unit = "%" if item.unit == "0 to 1" else item.unit
    return f"{item.title}, score" if scores else f"{item.title}, {unit}"


def _factor(item: Indicator) -> float:
    return 100.0 if item.unit == "0 to 1" else 1.0


def _to_compare(item: Indicator, ranking: Ranking) -> np.ndarray:
    """Return numbers of which the least is the best; NaN where there is no good or bad end."""
    values = ranking.values[item.name].to_numpy(dtype=np.float64)[shown_order(ranking)]
    if item.score is not None:
        return item.score(values)
    if item.direction.startswith("no "):
        return np.full(len(values), math.nan)
    values = values * _factor(item)
    return -values if item.direction == "higher is better" else values


def _number(value: float) -> str:
    return f"{value:,.1f}"
