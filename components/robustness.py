"""How much the ways of feedback hang on single people."""

from __future__ import annotations

import math

import streamlit as st

from components.names import function_title
from components.text import plain
from orgmodel.evidence import Route
from orgmodel.explanations import cut_ways, percent
from orgmodel.sweep import Assessment
from orgmodel.wording import counted

_MOST_NAMED = 4
_MOST_ROWS = 20


def show_dependence(assessment: Assessment) -> None:
    """Show in words how many ways lead to each owner, whose absence cuts which, and who passes on most."""
    part, chart = assessment.evidence[0], assessment.organization
    lines = []
    for routes in _by_ways(part.routes):
        names = ", ".join(_title(route) for route in routes)
        if routes[0].disjoint == 1:
            lines.append(f"**One way only** to {names}.")
        else:
            ways = f"{routes[0].disjoint} ways"
            lines.append(f"**{ways} that have nobody in common** to {names}.")
    cut = cut_ways(part)
    for node, routes in list(cut.items())[:_MOST_NAMED]:
        need = percent(math.fsum(route.weight for route in routes))
        lines.append(
            f"Without **{plain(chart.full_label(chart.row(node)))}** no way to "
            f"{', '.join(_title(route) for route in routes)} ({need} of the need)."
        )
    if len(cut) > _MOST_NAMED:
        lines.append(f"{counted(len(cut) - _MOST_NAMED, 'other node')} cut a way too; they are in the table.")
    if part.carriers:
        busiest = part.carriers[0]
        lines.append(
            f"**{plain(chart.full_label(chart.row(busiest.id)))}** passes on most: "
            f"{percent(busiest.carries)} of the need."
        )
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))


def _by_ways(routes: tuple[Route, ...]) -> list[list[Route]]:
    """Return the routes that exist, those with as many disjoint ways together, the fewest first."""
    groups: dict[int, list[Route]] = {}
    for route in routes:
        if route.disjoint:
            groups.setdefault(route.disjoint, []).append(route)
    return [groups[ways] for ways in sorted(groups)]


def _title(route: Route) -> str:
    return plain(function_title(route.function))


def show_carriers(assessment: Assessment) -> None:
    """Show who passes on what customer service learns, the busiest first."""
    chart, carriers = assessment.organization, assessment.evidence[0].carriers
    if not carriers:
        st.caption("Nobody passes anything on: every line is direct, or there is none.")
        return
    percents = st.column_config.NumberColumn(format="%.0f %%")
    st.dataframe(
        [
            {
                "Who passes on": chart.full_label(chart.row(carrier.id)),
                "Of the need": 100 * carrier.carries,
                "Of all pairs of people": None
                if math.isnan(carrier.congestion)
                else 100 * carrier.congestion,
            }
            for carrier in carriers[:_MOST_ROWS]
        ],
        hide_index=True,
        alt="People on the ways of feedback and how much passes them",
        column_config={"Of the need": percents, "Of all pairs of people": percents},
    )
    more = f" The first {_MOST_ROWS} of {len(carriers):,}." if len(carriers) > _MOST_ROWS else ""
    st.caption(
        "Of the need: the share of what customer service learns that they hand on. Of all pairs of people: "
        f"those in their part of the chart whose reporting lines meet there.{more}"
    )
