"""One change now: which single one gains most, each to be tried with one click, taken back with another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from components import session
from components.picture import show_graph
from components.text import number_text, plain, verdict
from orgmodel.assumptions import Assumptions
from orgmodel.charts.gains import gains_chart
from orgmodel.criteria import NAMES
from orgmodel.errors import OrgModelError
from orgmodel.indicators import INDICATORS
from orgmodel.next_moves import SAY, NextMove
from orgmodel.ranking import Ranking
from orgmodel.wording import counted

_MOST_SHOWN: Final = 6
_MOST_NUMBERS: Final = 4
_TRIED: Final = (
    "Tried on copies of your chart: the three best other bosses among all heads and managers; a dotted line "
    f"(with {100 * SAY:.0f} % of the say) and regular work together (a tie) with everybody who decides in a "
    "function that customer service needs (in a very large chart with service in many places: needs most); "
    "and, for each of these functions, somebody nearer who may decide. "
    "What gains nothing is not shown. A dotted line brings a further boss: the total has in it that with "
    "several bosses nobody is accountable alone. A line improves a chart when it is drawn, and customer "
    "service when people use it."
)
# The headlines first, then what counts in the total.
_NUMBERS: Final = tuple(
    sorted(
        (item for item in INDICATORS if item.headline or item.name in NAMES),
        key=lambda item: (not item.headline, NAMES.index(item.name) if item.name in NAMES else 0),
    )
)


def show_next_moves(moves: Sequence[NextMove], ranking: Ranking) -> None:
    """Show what was done last, the changes by what they gain, and a button for each."""
    _show_done()
    if not moves:
        st.info(
            f"No single change improves the total of today any further; it is {_total_today(ranking):.1f} "
            "(0 is best, 100 is worst).",
            icon=":material/check:",
        )
        st.caption(_TRIED)
        return
    best = moves[0]
    st.markdown(
        f"What gains most: **{plain(best.title)}**. The total goes from {best.total_before:.1f} to "
        f"{best.total_after:.1f} (0 is best, 100 is worst)."
    )
    show_graph(gains_chart(moves[:_MOST_SHOWN]), "gains", "Points of the total that each change gains")
    for number, move in enumerate(moves[:_MOST_SHOWN]):
        _show_move(number, move)
    if more := moves[_MOST_SHOWN:]:
        with st.expander(f"{counted(len(more), 'more change')} that gain less"):
            for number, move in enumerate(more, start=_MOST_SHOWN):
                _show_move(number, move)
    st.caption(_TRIED)


def _total_today(ranking: Ranking) -> float:
    today = [alternative.today for alternative in ranking.alternatives].index(True)
    return float(ranking.totals[today])


def _show_move(number: int, move: NextMove) -> None:
    with st.container(border=True):
        words, button = st.columns([5, 1], vertical_alignment="center")
        words.markdown(f"**{number + 1}. {plain(move.title)}**: {move.gain:.1f} points better")
        words.caption(_what_changes(move))
        button.button(
            "Try it",
            icon=":material/play_arrow:",
            on_click=_make,
            args=(move,),
            key=session.key(f"next-move-{number}"),
            width="stretch",
        )


def _what_changes(move: NextMove) -> str:
    """Return the numbers that get better and those that get worse, with their units."""
    said = []
    for word in ("better", "worse"):
        found = [
            f"{item.title} {number_text(item, before)} → {number_text(item, after)}"
            for item in _NUMBERS
            if item.name in move.changed
            for before, after in (move.changed[item.name],)
            if verdict(item, before, after) == word
        ]
        if found:
            more = f", and {len(found) - _MOST_NUMBERS} more" if len(found) > _MOST_NUMBERS else ""
            said.append(f"{word.capitalize()}: {', '.join(found[:_MOST_NUMBERS])}{more}.")
    return plain(" ".join(said))


# ---------------------------------------------------------------------- doing it


def _make(move: NextMove) -> None:
    """Make a change of the chart, or a delegation, and remember how to take it back."""
    error, before = "", session.assumptions()
    if move.operation is not None:
        error = session.edit(move.operation)
    elif move.assumptions is not None:
        try:
            session.change_assumptions(move.assumptions)
        except OrgModelError as refused:
            error = str(refused)
    st.session_state.next_move = (move, before, error)


def _show_done() -> None:
    """Say what was tried last, as long as it holds, with a way back."""
    if "next_move" not in st.session_state:
        return
    move, before, error = st.session_state.next_move
    if error:
        del st.session_state.next_move
        st.error(plain(error))
        return
    document = session.document()
    drawn = bool(document.steps) and document.steps[-1].operation == move.operation
    if not (drawn if move.operation is not None else session.assumptions() == move.assumptions):
        return
    where = "Undo on the page Draw" if move.operation is not None else "the page Assumptions"
    with st.container(border=True):
        words, button = st.columns([5, 1], vertical_alignment="center")
        words.markdown(
            f":material/check: Done: **{plain(move.title)}**. The numbers below have it in "
            f"them. Take it back here, or with {where}."
        )
        button.button(
            "Take it back",
            icon=":material/undo:",
            on_click=session.undo_edit if move.operation is not None else _end_delegation,
            args=() if move.operation is not None else (before,),
            key="next-move-back",
            width="stretch",
        )


def _end_delegation(before: Assumptions) -> None:
    session.change_assumptions(before)
