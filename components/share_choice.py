"""What of a scenario is shared: boxes to tick, and a few boxes of the chart as others will read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import streamlit as st

from components import session
from components.picture import show_wide
from components.scenario_open import LONGEST_NAME, one_line
from components.text import plain
from orgmodel.charts import tree_chart
from orgmodel.functions import business_functions
from orgmodel.organization import Organization
from orgmodel.scenarios import FIELD_TITLES, Fields, Scenario, shared

_LEFT_OUT: Final = ":gray[left out]"
_TITLE: Final = "Where should customer service report?"
_MOST_COLUMNS: Final = 3
_LONGEST: Final = 60
_ALWAYS: Final = (
    "Always in it: titles, units, locations, who reports to whom, what counts as customer service, answers, "
    "assumptions, and the results."
)


def choose_fields(scenario: Scenario) -> Fields:
    """Show a box for each part that is left out unless it is ticked; return what is ticked."""
    st.markdown("These are left out unless you tick them:")
    there = {"notes": bool(scenario.notes), "history": bool(scenario.document.steps)}
    with st.container(horizontal=True):
        ticked = {
            name: st.checkbox(
                title,
                key=session.file_key(f"share-{name}"),
                persist_state="session",
                disabled=not there.get(name, True),
            )
            and there.get(name, True)
            for name, title in FIELD_TITLES.items()
        }
    st.caption(_ALWAYS)
    return Fields(**ticked)


def to_share(scenario: Scenario, fields: Fields) -> Scenario:
    """Return what is shared of what is open, under the title that is asked for here."""
    depends_on = (scenario.organization, scenario.document.base, *_small(scenario), fields)
    others = session.kept("shared_without_title", depends_on, lambda: shared(scenario, fields))
    title = st.text_input(
        "Title for others",
        others.name or _TITLE,
        max_chars=LONGEST_NAME,
        key=session.file_key(f"share-title-{others.name}"),
        persist_state="session",
    )
    name = one_line(title) or _TITLE
    return session.kept("to_share", (others, name), lambda: replace(others, name=name))


def _small(scenario: Scenario) -> tuple[object, ...]:
    return (
        scenario.name,
        scenario.notes,
        scenario.unit,
        scenario.placement,
        scenario.added,
        scenario.answers,
        scenario.assumptions,
    )


def show_preview(scenario: Scenario, others: Scenario) -> None:
    """Show a few boxes as they are here and as others will read them, and the whole picture on demand."""
    before, after = scenario.organization, others.organization
    rows = _a_few(before, scenario.unit)
    names = _columns(before)
    st.table(
        {
            "In your chart": [_box(before, row, names) for row in rows],
            "What others see": [_box(after, row, names, instead=_box(before, row, names)) for row in rows],
        },
        border="horizontal",
        alt="A few boxes of the chart, as they are here and as others will see them",
    )
    picture = st.expander(
        "The whole chart as others see it",
        icon=":material/account_tree:",
        key="share-picture",
        on_change="rerun",
    )
    if picture.open:
        with picture:
            show_wide(
                session.kept(
                    "share_picture",
                    (after, others.unit),
                    lambda: tree_chart(after, business_functions(after), others.unit),
                ),
                "share-chart",
                "The org chart as others see it",
            )


def _a_few(chart: Organization, unit: Sequence[str]) -> list[int]:
    """Return the rows of the top, of the boss of customer service, of customer service and of one in it."""
    heads = [chart.row(node) for node in unit[:1]] or [int(row) for row in range(min(2, len(chart)))]
    bosses = [int(chart.manager[row]) for row in heads]
    below = [int(row) for row in np.flatnonzero(np.isin(chart.manager, heads))[:1]]
    top = [int(chart.chain(heads[0])[-1])]
    return [row for row in dict.fromkeys([*top, *bosses, *heads, *below]) if row >= 0]


def _columns(chart: Organization) -> list[str]:
    return list(chart.attributes)[:_MOST_COLUMNS]


def _box(chart: Organization, row: int, names: Sequence[str], instead: str = "") -> str:
    """Return what one box says, harmless; what others do not see is marked where something is missing."""
    texts = [str(column[row]) for column in (chart.names, chart.titles, chart.units, chart.locations)]
    texts += [
        f"{name} {chart.attributes[name][row]}"
        for name in names
        if name in chart.attributes and chart.attributes[name][row] not in {None, ""}
    ]
    said = " · ".join(plain(text[:_LONGEST]) for text in dict.fromkeys(texts) if text)
    if instead and said != instead:
        return f"{said} · {_LEFT_OUT}" if said else _LEFT_OUT
    return said
