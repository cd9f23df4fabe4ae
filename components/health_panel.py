"""Organization health on the screen: a card for each number with one sentence, and who manages one report."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import session
from components.text import plain
from orgmodel.health import Health
from orgmodel.wording import counted

_MOST_NAMED: Final = 8
_UNKNOWN: Final = "cannot be told"


class _Card(NamedTuple):
    """A number's title, how it is computed, and what its value means."""

    name: str
    title: str
    definition: str
    meaning: Callable[[Health], str]


def show_shape(found: Health) -> None:
    """Show layers, span of control and one-to-one reporting as three cards."""
    layers, span, single = st.columns(3)
    with layers, _card():
        _show_number(
            "Layers", f"{found.layers:,}", "The longest way up over reporting lines, both ends counted."
        )
        st.caption(
            f"{counted(max(0, found.layers - 1), 'step')} from the lowest node to the top of its chart."
        )
    with span, _card():
        _show_number(
            "Direct reports per manager",
            _UNKNOWN if math.isnan(found.median_span) else f"{found.median_span:g}",
            "Half of the managers have so many or fewer. Reporting lines only.",
        )
        st.caption(
            plain(found.undefined["span"])
            if "span" in found.undefined
            else f"The median of {counted(found.managers, 'manager')}; their mean is {found.mean_span:.1f}."
        )
    with single, _card():
        number = len(found.one_to_one)
        _show_number(
            "One-to-one reporting",
            f"{number:,}",
            "Managers with exactly one direct report over reporting lines.",
        )
        st.caption(
            f"{_percent(number / found.managers)} of the managers have exactly one direct report."
            if number
            else "No manager has exactly one direct report."
        )


def show_dimensions(found: Health) -> None:
    """Show how near the chart is to a pure hierarchy."""
    _show_cards(found, _DIMENSIONS)


def show_modularity(found: Health) -> None:
    """Show how far lines stay inside business functions and branches."""
    _show_cards(found, _MODULARITY)


def show_one_to_one(found: Health) -> None:
    """Name the first managers with exactly one direct report, with that report, where there are any."""
    if not len(found.one_to_one):
        return
    st.subheader("Managers with exactly one report")
    chart = session.organization()
    rows = found.one_to_one[:_MOST_NAMED].tolist()
    lines = [
        f"- **{plain(chart.full_label(row))}** manages only "
        f"**{plain(chart.full_label(int(chart.direct_reports(row)[0])))}**"
        for row in rows
    ]
    st.markdown("\n".join(lines))
    if more := len(found.one_to_one) - len(rows):
        st.caption(f"and {more:,} more")


def _card() -> DeltaGenerator:
    return st.container(border=True, height="stretch")


def _show_cards(found: Health, cards: tuple[_Card, ...]) -> None:
    columns = [column for _ in range(0, len(cards), 2) for column in st.columns(2)]
    for column, card in zip(columns, cards, strict=True):
        with column, _card():
            value = getattr(found, card.name)
            if card.name in found.undefined:
                text = _UNKNOWN
            else:
                text = f"{value:z.2f}" if card.name.startswith("modularity") else _percent(value)
            _show_number(card.title, text, card.definition)
            st.caption(found.undefined.get(card.name) or card.meaning(found))


def _show_number(title: str, text: str, definition: str) -> None:
    """Show a number below its title, which a metric's own label would cut in a narrow card."""
    st.markdown(f"**{title}**", help=definition)
    st.metric(title, text, label_visibility="collapsed")


def _percent(share: float) -> str:
    """Return a share so that only everything is 100 % and only nothing is 0 %.

    >>> _percent(1.0), _percent(0.99999), _percent(0.954), _percent(0.0001), _percent(0.0)
    ('100 %', 'over 99.9 %', '95 %', 'under 0.1 %', '0 %')
    """
    percent = 100 * share
    if share in {0, 1}:
        return f"{percent:.0f} %"
    if percent > 99.9:  # noqa: PLR2004
        return "over 99.9 %"
    if percent < 0.1:  # noqa: PLR2004
        return "under 0.1 %"
    return f"{percent:.0f} %" if 1 <= percent < 99 else f"{percent:.1f} %"  # noqa: PLR2004


def _connectedness(found: Health) -> str:
    if found.connectedness == 1:
        return "Everybody is joined to everybody else by lines."
    return "Pairs of nodes that lines join, directly or through others."


def _hierarchy(found: Health) -> str:
    if found.hierarchy == 1:
        return "Nobody is, over some lines, both above and below somebody else."
    return "In the rest, each of the two is above the other as well, over ties or dotted lines."


def _efficiency(found: Health) -> str:
    if found.efficiency == 1:
        return "No line is there beyond those that hold the chart together."
    return "Lines that could be there and are not, beyond those that hold the chart together."


def _least_upper_bound(found: Health) -> str:
    if found.least_upper_bound == 1:
        return "Any two who are joined have one nearest boss in common, who can settle a dispute."
    return "Pairs that have one nearest boss in common. The others have none, or several at once."


def _by_function(found: Health) -> str:
    covered = found.function_coverage
    rest = (
        ""
        if covered == 1
        else f" Told from {_percent(covered)} of the lines: elsewhere a function is unknown."
    )
    return _mixing(found.modularity_by_function, "business functions") + rest


def _by_branch(found: Health) -> str:
    rest = (
        " High by construction where only reporting lines are drawn."
        if found.modularity_by_branch > 0
        else ""
    )
    return _mixing(found.modularity_by_branch, "branches") + rest


def _mixing(value: float, groups: str) -> str:
    if value > 0:
        return f"Lines stay inside {groups} more often than chance would have it."
    if value < 0:
        return f"Lines leave {groups} more often than chance would have it."
    return f"Lines mix {groups} just as chance would."


_DIMENSIONS: Final = (
    _Card(
        "connectedness",
        "Connectedness",
        "Share of all pairs of nodes that are joined over lines of any kind, in any direction.",
        _connectedness,
    ),
    _Card(
        "hierarchy",
        "Hierarchy",
        "Of the pairs in which one reaches the other downwards, the share in which only one does. "
        "A tie leads both ways.",
        _hierarchy,
    ),
    _Card(
        "efficiency",
        "Efficiency",
        "One minus the lines beyond those that hold the chart together, as a share of all possible ones. "
        "In a large chart it is always close to 100 %.",
        _efficiency,
    ),
    _Card(
        "least_upper_bound",
        "Common boss",
        "Share of the joined pairs with a least upper bound: a common boss who is below all the others.",
        _least_upper_bound,
    ),
)
_MODULARITY: Final = (
    _Card(
        "modularity_by_function",
        "Modularity by business function",
        "Share of the lines inside groups minus what chance would give; from -0.5 to below 1, 0 is chance.",
        _by_function,
    ),
    _Card(
        "modularity_by_branch",
        "Modularity by branch",
        "The same for branches: a node directly below the top with everybody below it.",
        _by_branch,
    ),
)
