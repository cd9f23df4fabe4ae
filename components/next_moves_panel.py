"""One change now: which single one gains most, each to be tried with one click, taken back with another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import streamlit as st

from components import session
from components.history import assessment_at_first
from components.picture import show_graph
from components.text import number_text, plain, verdict
from orgmodel.assumptions import Assumptions
from orgmodel.charts.gains import gains_chart
from orgmodel.criteria import NAMES
from orgmodel.errors import OrgModelError
from orgmodel.indicators import INDICATORS, Indicator
from orgmodel.next_moves import SAY, NextMove
from orgmodel.ranking import Ranking, totals
from orgmodel.wording import counted

_MOST_SHOWN: Final = 6
_MOST_NUMBERS: Final = 4
_TRIED: Final = (
    "Tried on copies of your chart: the three best other bosses of those on the page Decide; a dotted line "
    f"(with {100 * SAY:.0f} % of the say) and regular work together (a tie) with everybody who decides in a "
    "function that customer service needs (in a very large chart with service in many places: needs most); "
    "and, for each of these functions, somebody nearer who may decide. "
    "What gains nothing is not shown. Silo risk and the feedback path enter the total as nearness. "
    "A dotted line brings a further boss: the total has in it that with "
    "several bosses nobody is accountable alone. Where a change takes several lines, one from each place of "
    "customer service, the order is by what each line gains. A line improves a chart when it is drawn, and "
    "customer service when people use it."
)
_TIES: Final = (
    "Working together costs nobody's time in these numbers; in life it does: draw two or three ties at most."
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
            f"(0 is best, 100 is worst).{_since_opened(ranking)}",
            icon=":material/check:",
        )
        st.caption(_TRIED)
        return
    best = moves[0]
    st.markdown(
        f"What gains most: **{plain(best.title)}**: {best.brings}. The total goes from "
        f"{best.total_before:.1f} to {best.total_after:.1f} (0 is best, 100 is worst)."
        f"{_since_opened(ranking)}"
    )
    if any(move.kind == "tie" for move in moves):
        st.markdown(_TIES)
    show_graph(gains_chart(moves[:_MOST_SHOWN]), "gains", "Points of the total that each change gains")
    for number, move in enumerate(moves[:_MOST_SHOWN]):
        _show_move(number, move)
    if more := moves[_MOST_SHOWN:]:
        with st.expander(f"{counted(len(more), 'more change')} that gain less"):
            for number, move in enumerate(more, start=_MOST_SHOWN):
                _show_move(number, move)
    st.caption(_TRIED)


def _since_opened(ranking: Ranking) -> str:
    """Say how far the chart has come since it was opened, where it was changed."""
    if not session.document().steps or (opened := assessment_at_first()) is None:
        return ""
    scores = np.array([[opened.scores[name] for name in NAMES]])
    before = float(totals(scores, ranking.weights)[0])
    return f" It was {before:.1f} in the chart as it was opened and is {_total_today(ranking):.1f} now."


def _total_today(ranking: Ranking) -> float:
    today = [alternative.today for alternative in ranking.alternatives].index(True)
    return float(ranking.totals[today])


def _show_move(number: int, move: NextMove) -> None:
    with st.container(border=True):
        words, button = st.columns([5, 1], vertical_alignment="center")
        words.markdown(f"**{number + 1}. {plain(move.title)}**: {move.brings}")
        with words.expander("What gets better, what worse"):
            st.markdown(_what_changes(move))
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
            f"{item.title} {texts[0]} → {texts[1]}"
            for item in _NUMBERS
            if item.name in move.changed
            and verdict(item, *move.changed[item.name]) == word
            and (texts := [_number(item, value) for value in move.changed[item.name]])[0] != texts[1]
        ]
        if found:
            more = f", and {len(found) - _MOST_NUMBERS} more" if len(found) > _MOST_NUMBERS else ""
            said.append(f"{word.capitalize()}: {', '.join(found[:_MOST_NUMBERS])}{more}.")
    return plain(" ".join(said))


def _number(item: Indicator, value: float) -> str:
    """Return a value; beside another one of the same kind a per cent needs no "of what"."""
    text = number_text(item, value)
    return f"{text.split(' %')[0]} %" if " %" in text else text


# ---------------------------------------------------------------------- doing it


def _make(move: NextMove) -> None:
    """Make a change of the chart, or a delegation, and remember how to take it back."""
    error, before, tried = "", session.assumptions(), _tried()
    if move.operation is not None:
        error = session.edit(move.operation)
    elif move.assumptions is not None:
        try:
            session.change_assumptions(move.assumptions)
        except OrgModelError as refused:
            error = str(refused)
    if error:
        st.session_state.next_move_error = error
    else:
        st.session_state.moves_tried = (*tried, (move, before))


def _tried() -> tuple[tuple[NextMove, Assumptions], ...]:
    """Return what was tried here and still stands last, each with the assumptions before it."""
    steps, assumed, held = list(session.document().steps), session.assumptions(), []
    for move, before in reversed(st.session_state.get("moves_tried", ())):
        if move.operation is None:
            if assumed != move.assumptions:
                break
            assumed = before
        elif not steps or steps.pop().operation != move.operation:
            break
        held.append((move, before))
    return tuple(reversed(held))


def _show_done() -> None:
    """List what was tried, with a way back from the last one and from all."""
    if error := st.session_state.pop("next_move_error", ""):
        st.error(plain(error))
    tried = _tried()
    if not tried:
        return
    last, _before = tried[-1]
    where = "Undo on the page Draw" if last.operation is not None else "the page Assumptions"
    with st.container(border=True):
        words, button = st.columns([5, 1], vertical_alignment="center")
        if len(tried) == 1:
            words.markdown(
                f":material/check: Done: **{plain(last.title)}**. The numbers below have it in them. Take it "
                f"back here, or with {where}."
            )
        else:
            done = "\n".join(f"{number}. {plain(move.title)}" for number, (move, _) in enumerate(tried, 1))
            words.markdown(
                f":material/check: **{counted(len(tried), 'change')} tried here**; the numbers below have "
                f"them in them.\n\n{done}"
            )
        button.button(
            "Take it back",
            icon=":material/undo:",
            on_click=_take_back,
            args=(1,),
            key="next-move-back",
            width="stretch",
            help="The last one." if len(tried) > 1 else None,
        )
        if len(tried) > 1:
            button.button(
                "Take all back",
                icon=":material/settings_backup_restore:",
                on_click=_take_back,
                args=(len(tried),),
                key="next-moves-back",
                width="stretch",
            )


def _take_back(number: int) -> None:
    """Take so many of the changes back that were tried here, the last one first."""
    tried = _tried()
    for move, before in reversed(tried[-number:]):
        if move.operation is not None:
            session.undo_edit()
        else:
            session.change_assumptions(before)
    st.session_state.moves_tried = tried[:-number]
