"""The open chart in numbers: people, nodes, tops, and lines besides the solid ones."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np
import streamlit as st

from components import session
from components.text import plain
from orgmodel.lines import LINE_TITLES
from orgmodel.organization import Organization
from orgmodel.wording import counted

_TOPS_NAMED: Final = 5


def show_numbers(chart: Organization) -> None:
    """Show how many people and nodes there are, who stands at the top, and what other lines there are."""
    people, nodes, tops, lines = st.columns(4)
    people.metric("People", f"{chart.headcount.sum():,.0f}")
    nodes.metric("Nodes", f"{len(chart):,}")
    tops.metric("Tops", f"{len(chart.roots):,}")
    lines.metric("Further lines", f"{len(chart.further.report) + len(chart.ties.a):,}")
    # Of a million nodes that takes longer than all the rest of the page.
    for line in session.kept("numbers", (chart,), lambda: [_tops(chart), _further_lines(chart)]):
        if line:
            st.markdown(line)


def _tops(chart: Organization) -> str:
    below = chart.below(np.ones(len(chart)))
    largest = sorted(chart.roots.tolist(), key=lambda row: -below[row])
    named = [f"{plain(chart.full_label(row))} ({below[row]:,.0f} below)" for row in largest[:_TOPS_NAMED]]
    more = f" and {len(largest) - _TOPS_NAMED:,} more" if len(largest) > _TOPS_NAMED else ""
    return f"At the top: {', '.join(named)}{more}."


def _further_lines(chart: Organization) -> str:
    kinds = Counter(line.kind for line in chart.further_managers)
    said = [f"**{counted(number, LINE_TITLES[kind].lower())}**" for kind, number in kinds.most_common()]
    if len(chart.ties.a):
        said.append(f"**{counted(len(chart.ties.a), 'tie')}** without authority")
    return f"Besides the solid lines: {', '.join(said)}." if said else ""
