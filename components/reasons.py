"""The reasons under the headlines: sentences, and who and what the numbers come from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.names import function_title
from components.text import plain
from orgmodel.assumptions import METRIC_TITLES, METRICS
from orgmodel.evidence import Route
from orgmodel.explanations import way
from orgmodel.organization import Organization
from orgmodel.sweep import Assessment

_MOST_NAMED: Final = 5


def show_done(assessment: Assessment) -> None:
    """Show what a placement made, dealt and dissolved, if anything."""
    if assessment.done:
        st.info(" ".join(map(plain, assessment.done)), icon=":material/construction:")


def show_sentences(assessment: Assessment, label: str) -> None:
    """Show the reasons of one placement under a label that is harmless."""
    st.markdown(f"**{label}**")
    reasons = assessment.sentences[len(assessment.done) :]
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in reasons))


def show_routes(assessment: Assessment) -> None:
    """Show the way to every needed function, name by name."""
    chart = assessment.organization
    st.dataframe(
        [
            {
                "Function": function_title(route.function),
                "Need": 100 * route.weight,
                "Who decides": chart.label(chart.row(route.owner)) if route.owner else "",
                "Steps": None if not math.isfinite(route.steps) else route.steps,
                "Days": None if not math.isfinite(route.days) else route.days,
                "Ways apart": route.disjoint or None,
                "Cut without": _named(chart, route.cut_by),
                "Way": _way(chart, route),
            }
            for route in assessment.evidence[0].routes
        ],
        hide_index=True,
        alt="The way from customer service to every function it needs",
        column_config={
            "Need": st.column_config.NumberColumn(format="%.0f %%"),
            "Steps": st.column_config.NumberColumn(format="%d"),
            "Days": st.column_config.NumberColumn("Working days", format="%.1f"),
            "Ways apart": st.column_config.NumberColumn(
                format="%d", help="Ways that have nobody in common: so many people would have to be absent."
            ),
            "Cut without": st.column_config.TextColumn(help="People whose absence alone cuts every way."),
            "Way": st.column_config.TextColumn(width="large"),
        },
    )


def _named(chart: Organization, nodes: Sequence[str]) -> str:
    names = [chart.label(chart.row(node)) for node in nodes[:_MOST_NAMED]]
    return ", ".join(names) + (f" and {len(nodes) - len(names):,} more" if len(nodes) > len(names) else "")


def _way(chart: Organization, route: Route) -> str:
    if math.isnan(route.steps):
        return "This chart has nobody of this function: left out for every parent alike"
    if math.isinf(route.steps):
        return "No line leads there"
    if not route.nodes:
        return "Met inside customer service"
    return way(chart, route.nodes)


def show_inherited(assessment: Assessment) -> None:
    """Show whose measures reach customer service, with their weights."""
    chart = assessment.organization
    rows = [
        {
            "Manager": chart.label(chart.row(item.id)),
            "Counts": 100 * item.weight,
            "Function": function_title(item.function),
            **{
                METRIC_TITLES[metric]: 100 * value / (sum(item.vector) or 1.0)
                for metric, value in zip(METRICS, item.vector, strict=True)
            },
        }
        for item in assessment.evidence[0].inherited
    ]
    percent = st.column_config.NumberColumn(format="%.0f %%")
    st.dataframe(
        rows,
        hide_index=True,
        alt="Managers whose measures reach customer service",
        column_config={
            "Counts": percent,
            **dict.fromkeys(METRIC_TITLES.values(), percent),
        },
    )
