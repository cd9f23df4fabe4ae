"""What follows from the answers: goals, purpose, needs, importance; each with its reasons, each by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from components import session
from components.given import needs_from_contacts
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
    Influence,
    aims,
    criterion_points,
    goal_weights,
)
from orgmodel.questionnaire.effects import TITLES
from orgmodel.wording import counted

_GOALS = {goal.title for goal in GOALS}
_COUNTS = {"importance": "counts", "need": "is needed", "purpose": "weighs"}
_LEAST = 1.1
_SIDE_BY_SIDE = 3
#: A number alone may have as much of the weight by hand; what stands above is shown as it is.
_MOST = 80.0
_MOST_POINTS = 1000.0
_NO_BREAK = "\N{NO-BREAK SPACE}%"


def show_what_follows() -> None:
    """Show every step from the answers to what is computed with."""
    answers, assumptions = session.answers(), session.assumptions()
    found, before = aims(answers, assumptions), aims(Answers(), assumptions)
    for note in found.notes:
        st.caption(f":material/info: {note}")
    if needs_from_contacts():
        st.caption(":material/info: Whom customer service needs was taken from your contacts.")
        st.page_link("pages/lenses.py", label="See your contacts on Two lenses", icon=":material/join_inner:")
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
        {item.title: item.says for item in CRITERIA},
    )
    with st.expander("What these numbers are"):
        st.markdown(
            "\n".join(f"- **{item.title}**: {item.says}" for item in CRITERIA).replace(" %", _NO_BREAK)
        )
    _show_reasons(found, "importance")
    _show_weights(answers, found)


def _show_shares(
    title: str,
    key: str,
    shares: Mapping[str, float],
    before: Mapping[str, float],
    says: Mapping[str, str] | None = None,
) -> None:
    st.subheader(title, anchor=False)
    figure = shares_chart(shares, before, says)
    show_graph(figure, f"shares-{key}", f"{title}, in per cent, with your answers")


def _show_reasons(found: Aims, moves: str) -> None:
    """Show what moved these shares, and why; nothing where nothing did."""
    reasons = [item for item in found.influences if item.moves == moves]
    if not reasons:
        st.caption("No answer has moved anything here.")
        return
    with st.expander("Why?"):
        told = [item for item in reasons if _mixes(item) or not 1 / _LEAST < item.factor < _LEAST]
        lines = [
            f"- {item.question} *{item.reply}* → **{item.what}**{_times(item)}. {item.reason}"
            for item in told
        ]
        st.markdown("\n".join(lines).replace(" %", _NO_BREAK))
        fewer = len(reasons) - len(told)
        small = f"{counted(fewer, 'effect')} below a tenth not listed. " if fewer else ""
        st.caption(
            f"{small}All numbers are our assumptions. What goals do is mixed by their weight, what other "
            "answers do is multiplied; then all is rescaled to 100 %."
        )


def _mixes(item: Influence) -> bool:
    """Whether this is the purpose or the needs of a goal, which multiply nothing."""
    return item.moves != "importance" and item.question in _GOALS


def _times(item: Influence) -> str:
    """Return how many times as much something counts."""
    return "" if _mixes(item) else f" {_COUNTS[item.moves]}: {item.factor:.1f} times as much"


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
        weights, rest = goal_weights(answers), _answers_to_goals(answers)
        for column, goal in zip(st.columns(len(GOALS)), GOALS, strict=True):
            st.session_state[key := f"goal-weight-{goal.key}-{rest}"] = round(100 * weights[goal.key], 6)
            column.slider(
                goal.title,
                0.0,
                100.0,
                step=1.0,
                format="%.0f %%",
                key=key,
                on_change=_set_goal_weight,
                args=(goal.key, rest),
            )
        if answers.goal_weights:
            _show_reset("goal_weights")


# Sliders show what follows from the answers. A browser that has not yet heard of the last answer sends where
# they stood before with the next one, which nobody has set: so other answers have other sliders.


def _answers_to_goals(answers: Answers) -> int:
    """Return what tells answers apart by which the goals weigh as they do, by hand or not."""
    return hash(replace(answers, goal_weights={}, importance={}))


def _answers_to_numbers(answers: Answers) -> int:
    """Return what tells answers apart by which each number counts as it does, by hand or not."""
    return hash(replace(answers, importance={}))


def _set_goal_weight(goal: str, answered: int) -> None:
    """Give a goal the weight of its slider; the others share the rest in the proportion they had."""
    if answered != _answers_to_goals(session.answers()):
        return
    weight = st.session_state[f"goal-weight-{goal}-{answered}"] / 100
    others = {name: share for name, share in goal_weights(session.answers()).items() if name != goal}
    rest = sum(others.values())
    weights = {name: (1 - weight) * (share / rest if rest else 0.5) for name, share in others.items()}
    change(lambda answers: replace(answers, goal_weights={**weights, goal: weight}))


def _show_weights(answers: Answers, found: Aims) -> None:
    with st.expander("Set by hand what counts how much"):
        st.caption(
            "In per cent, as in the bars. Move one, and the others share the rest. A number set by hand "
            "follows your answers no more."
        )
        if answers.importance:
            _show_reset("importance")
        rest = _answers_to_numbers(answers)
        for first in range(0, len(CRITERIA), _SIDE_BY_SIDE):
            row = CRITERIA[first : first + _SIDE_BY_SIDE]
            for column, item in zip(st.columns(_SIDE_BY_SIDE), row, strict=False):
                by_hand = " :orange-badge[by hand]" if item.name in answers.importance else ""
                share = round(100 * found.importance[item.name], 6)
                st.session_state[key := f"weight-{item.name}-{rest}"] = share
                column.slider(
                    f"{item.title}{by_hand}",
                    0.0,
                    max(_MOST, share),
                    step=1.0,
                    format="%.0f %%",
                    key=key,
                    on_change=_set_weight,
                    args=(item.name, rest),
                    help=f"{item.says} {item.reason}",
                )


def _set_weight(name: str, answered: int) -> None:
    """Give a number the share of its slider; the others share the rest in the proportion they had."""
    if answered != _answers_to_numbers(session.answers()):
        return
    share = st.session_state[f"weight-{name}-{answered}"] / 100
    points = criterion_points(session.answers())
    others = sum(points.values()) - points[name]
    # Beside numbers that all count nothing, any points are all of them.
    points[name] = others * share / (1 - share) if others and share < 1 else 100 * share
    by_hand = {**session.answers().importance, name: points[name]}
    if points[name] > _MOST_POINTS:  # then all have to become smaller with it
        by_hand = {other: _MOST_POINTS * (number / points[name]) for other, number in points.items()}
    change(lambda answers: replace(answers, importance=by_hand))


def _show_reset(part: str) -> None:
    st.button(
        "Follow the answers again",
        icon=":material/undo:",
        key=f"reset-{part}",
        on_click=change,
        args=(lambda answers: replace(answers, **{part: {}}),),
    )
