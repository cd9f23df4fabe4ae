"""The further lines of a person, one by one: take each away, or add one with its kind and share."""

from __future__ import annotations

from typing import Final

import numpy as np
import streamlit as st

from components import session
from components.editing import attempt
from components.node_choice import choose_node
from components.text import plain
from orgmodel.edits import Connect, Disconnect
from orgmodel.explanations import percent
from orgmodel.lines import FURTHER_KINDS, LINE_TITLES, FurtherManager, Tie
from orgmodel.organization import Organization

_OTHER: Final = "form-other"
_MOST_LINES: Final = 30
_ROUNDING: Final = 1e-9
_USUAL: Final = Tie._field_defaults["relation"]


def lines_of(chart: Organization, node: str) -> list[FurtherManager | Tie]:
    """Return the further managers and the ties of a node: those it has, those it is, those it works with."""
    row = chart.row(node)
    further, ties = chart.further, chart.ties
    led = np.flatnonzero((further.report == row) | (further.manager == row))
    tied = np.flatnonzero((ties.a == row) | (ties.b == row))
    found: list[FurtherManager | Tie] = [
        FurtherManager(
            str(chart.ids[further.report[at]]),
            str(chart.ids[further.manager[at]]),
            str(further.kind[at]),
            float(further.share[at]),
        )
        for at in led
    ]
    return found + [
        Tie(
            str(chart.ids[ties.a[at]]),
            str(chart.ids[ties.b[at]]),
            float(ties.weight[at]),
            str(ties.relation[at]),
        )
        for at in tied
    ]


def line_text(chart: Organization, line: FurtherManager | Tie) -> str:
    """Return a line in words, harmless: who, to whom, what kind, how much."""

    def name(node: str) -> str:
        return plain(chart.label(chart.row(node)))

    if isinstance(line, Tie):
        relation = "work together" if line.relation == _USUAL else plain(line.relation)
        return f"{name(line.a)} and {name(line.b)} ({relation}, weight {line.weight:g})"
    share = f", {100 * line.share:g} % of the authority" if line.share else ""
    return f"{name(line.report)} → {name(line.manager)} ({LINE_TITLES[line.kind].lower()}{share})"


def show_lines(chart: Organization, node: str) -> None:
    """Show the further lines of a node with a button to take each away, and fields for a new one."""
    lines = lines_of(chart, node)
    for place, line in enumerate(lines[:_MOST_LINES]):
        text, button = st.columns([5, 2], vertical_alignment="center")
        text.markdown(line_text(chart, line))
        button.button(
            "Remove",
            icon=":material/link_off:",
            on_click=attempt,
            args=(Disconnect(line),),
            key=session.key(f"line-{place}"),
        )
    if len(lines) > _MOST_LINES:
        st.caption(f"The first {_MOST_LINES} of {len(lines):,}.")
    elif not lines:
        st.caption("None.")
    other = choose_node("A line to", "Find whom the line leads to", _OTHER)
    left, right = st.columns(2)
    kind = left.selectbox(
        "Kind of line",
        ["dotted", *(kind for kind in FURTHER_KINDS if kind != "dotted"), "tie"],
        format_func=LINE_TITLES.get,
        key=session.key("line-kind"),
    )
    if kind == "tie":
        amount = right.number_input(
            "Weight", 0.1, None, 1.0, 0.5, help="2: twice as close as usual.", key=session.key("line-weight")
        )
    else:
        amount = right.number_input(
            "Share of authority in %",
            0.0,
            100.0,
            0.0 if kind == "dotted" else 50.0,
            5.0,
            format="%.0f",
            key=session.key(f"line-share-{kind}"),
        )
        st.caption(_what_stays(chart, node, other, kind, amount / 100))
    st.button(
        "Add the line",
        icon=":material/add_link:",
        disabled=other is None,
        on_click=attempt,
        args=() if other is None else (Connect(_line(kind, node, other, amount)),),
        key=session.key("line-add"),
    )


def _what_stays(chart: Organization, node: str, other: str | None, kind: str, share: float) -> str:
    """Return what a new line leaves of the authority to the manager, in words that are harmless."""
    row = chart.row(node)
    boss = int(chart.manager[row])
    if boss < 0:
        return "There is no manager here from whom a share could be taken."
    further = chart.further
    same = (further.report == row) & (further.kind == kind)
    same &= further.manager == (-1 if other is None else chart.row(other))  # it is replaced
    left = float(chart.solid_share[row]) + float(further.share[same].sum()) - share
    name = plain(chart.label(boss))
    if left < -_ROUNDING:
        return f"That is more than {name} has left to give."
    if not share:
        return f"Without a share: {name} decides as before, the line only informs."
    return f"{percent(max(0.0, left))} of the authority stays with {name}."


def _line(kind: str, node: str, other: str, amount: float) -> FurtherManager | Tie:
    if kind == "tie":
        return Tie(node, other, amount)
    return FurtherManager(node, other, kind, amount / 100)
