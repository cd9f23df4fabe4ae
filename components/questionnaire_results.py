"""What follows from the answers: goals, purpose, needs, importance; each with its reasons, each by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from components import session
from components.picture import show_graph
from components.questionnaire import change
from orgmodel.assumptions import METRIC_TITLES
from orgmodel.charts.aims import shares_chart
from orgmodel.criteria import CRITERIA
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.questionnaire import (
    GOALS,
    Aims,
    Answers,
    aims,
    criterion_points,
    goal_weights,
)
from orgmodel.questionnaire.effects import TITLES

_GOALS = {goal.title for goal in GOALS}
_SIDE_BY_SIDE = 3
_NO_BREAK = "\N{NO-BREAK SPACE}%"


def show_what_follows() -> None:
    """Show every step from the answers to what is computed with."""
    answers, assumptions = session.answers(), session.assumptions()
    found, before = aims(answers, assumptions), aims(Answers(), assumptions)
    st.header("What follows")
    for note in found.notes:
        st.caption(f":material/info: {note}")
    _show_goal_weights(answers, found)
    purpose, needs = st.columns(2, gap="large")
    with purpose:
        _show_shares(
            "What customer service is for",
            "purpose",
            dict(zip(METRIC_TITLES.values(), found.purpose, strict=True)),
            dict(zip(METRIC_TITLES.values(), before.purpose, strict=True)),
        )
        _show_reasons(found, "purpose")
        st.page_link("pages/assumptions.py", label="Set it by hand", icon=":material/tune:")
    with needs:
        _show_shares(
            "Whom customer service needs",
            "needs",
            {FUNCTION_TITLES[name]: need for name, need in found.needs.items()},
            {FUNCTION_TITLES[name]: need for name, need in before.needs.items()},
        )
        _show_reasons(found, "need")
        st.page_link("pages/assumptions.py", label="Set them by hand", icon=":material/tune:")
    titles = TITLES["importance"]
    _show_shares(
        "What counts how much",
        "importance",
        {titles[name]: share for name, share in found.importance.items()},
        {titles[name]: share for name, share in before.importance.items()},
    )
    _show_reasons(found, "importance")
    _show_points(answers)


def _show_shares(title: str, key: str, shares: Mapping[str, float], before: Mapping[str, float]) -> None:
    st.subheader(title, anchor=key)
    show_graph(shares_chart(shares, before), f"shares-{key}", f"{title}, in per cent, with your answers")


def _show_reasons(found: Aims, moves: str) -> None:
    """Show what moved these shares, and why; nothing where nothing did."""
    reasons = [item for item in found.influences if item.moves == moves]
    if not reasons:
        st.caption("No answer has moved anything here.")
        return
    with st.expander("Why?"):
        lines = []
        for item in reasons:
            times = "" if item.moves != "importance" and item.question in _GOALS else f" × {item.factor:.2f}"
            lines.append(f"- {item.question} *{item.reply}* → **{item.what}**{times}. {item.reason}")
        st.markdown("\n".join(lines).replace(" %", _NO_BREAK))
        st.caption(
            "All numbers are our assumptions. What goals do is mixed by their weight, what other answers do "
            "is multiplied; then all is rescaled to 100 %."
        )


# ---------------------------------------------------------------------- by hand


def _show_goal_weights(answers: Answers, found: Aims) -> None:
    with st.expander("Goals: why these weights, and other ones by hand"):
        lines = [
            f"- **{item.what}** {100 * item.factor:.0f} %: {item.reply}."
            for item in found.influences
            if item.moves == "goal"
        ]
        st.markdown("\n".join(lines) or "No goal is chosen, so all three weigh the same.")
        st.caption(
            "The goals are put in order, as you ranked them or by how many questions say yes. The order "
            "gives the weights: the first of three 61 %, the second 28 %, the third 11 %; equal ones share."
        )
        weights = goal_weights(answers)
        for column, goal in zip(st.columns(len(GOALS)), GOALS, strict=True):
            st.session_state[key := f"goal-weight-{goal.key}"] = round(100 * weights[goal.key], 6)
            column.slider(
                goal.title,
                0.0,
                100.0,
                step=1.0,
                format="%.0f %%",
                key=key,
                on_change=_set_goal_weight,
                args=(goal.key,),
            )
        if answers.goal_weights:
            _show_reset("goal_weights")


def _set_goal_weight(goal: str) -> None:
    """Give a goal the weight of its slider; the others share the rest in the proportion they had."""
    weight = st.session_state[f"goal-weight-{goal}"] / 100
    others = {name: share for name, share in goal_weights(session.answers()).items() if name != goal}
    rest = sum(others.values())
    weights = {name: (1 - weight) * (share / rest if rest else 0.5) for name, share in others.items()}
    change(lambda answers: replace(answers, goal_weights={**weights, goal: weight}))


def _show_points(answers: Answers) -> None:
    with st.expander("Set by hand what counts how much"):
        st.caption("Points; only their proportions matter. What you set stays, whatever you answer.")
        points = criterion_points(answers)
        for first in range(0, len(CRITERIA), _SIDE_BY_SIDE):
            row = CRITERIA[first : first + _SIDE_BY_SIDE]
            for column, item in zip(st.columns(_SIDE_BY_SIDE), row, strict=False):
                by_hand = " :orange-badge[by hand]" if item.name in answers.importance else ""
                st.session_state[key := f"points-{item.name}"] = points[item.name]
                column.number_input(
                    f"{item.title}{by_hand}",
                    0.0,
                    1000.0,
                    step=1.0,
                    format="%.1f",
                    key=key,
                    on_change=_set_points,
                    args=(item.name,),
                    help=item.reason,
                )
        if answers.importance:
            _show_reset("importance")


def _set_points(name: str) -> None:
    points = st.session_state[f"points-{name}"]
    change(lambda answers: replace(answers, importance={**answers.importance, name: points}))


def _show_reset(part: str) -> None:
    st.button(
        "Follow the answers again",
        icon=":material/undo:",
        key=f"reset-{part}",
        on_click=change,
        args=(lambda answers: replace(answers, **{part: {}}),),
    )
