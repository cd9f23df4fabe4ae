"""The questions on the page, and what was answered so far.

The answers are kept in the session; every field shows what they hold and changes them as soon as it is
touched, before anything is drawn, so that the result above the questions is never behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import streamlit as st

from components import session
from components.picture import show_graph
from components.text import plain
from orgmodel.charts.aims import goals_chart
from orgmodel.errors import AnswersError
from orgmodel.explanations import listed
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.questionnaire import (
    DONT_KNOW,
    GOAL_OF,
    GOALS,
    QUESTIONS,
    REPLY_TITLES,
    TOPICS,
    Answers,
    Question,
    goals_chosen,
    home,
    questions_of,
)

_SURENESS_TITLES: Final = {"sure": "Sure", "fairly": "Fairly sure", "guess": "A guess"}
_NO_FUNCTION: Final = "Nothing yet"


def change(make: Callable[[Answers], Answers]) -> None:
    """Change the answers in the session; what cannot be is said, and nothing is changed."""
    try:
        session.change_answers(make(session.answers()))
    except AnswersError as error:
        st.toast(plain(str(error)), icon=":material/error:")


def show_home() -> None:
    """Show where the goals lead, how much each weighs, and how much is answered."""
    answers = session.answers()
    found = home(answers)
    alternatives = listed([FUNCTION_TITLES[function] for function in found.functions], "or")
    words, picture = (
        st.columns([2, 3], gap="large", vertical_alignment="center")
        if found.goals
        else (st.container(), None)
    )
    with words:
        st.markdown(":small[Your goals lead to]")
        st.markdown(f"### {alternatives or _NO_FUNCTION}", anchors=False)
        st.markdown(found.reason)
        if found.goals:
            st.caption("That is what the goals say alone. Your chart may say otherwise:")
        show_way_on("above")
    if picture is not None:
        with picture:
            show_graph(
                goals_chart(answers), "goal-weights", "Weight of each goal, with the range it may have"
            )
            st.caption(
                "Share of the weight. Thin line: where it may lie. An order of goals does not say by how "
                "much, and answers may be unsure or missing."
            )
    many = len(answers.replies)
    st.progress(many / len(QUESTIONS), text=f"{many} of {len(QUESTIONS)} answered; you can stop any time.")


def show_way_on(where: str) -> None:
    """Show the way to what the chart says."""
    if st.button(
        "See where customer service should report",
        icon=":material/balance:",
        type="primary",
        key=f"decide-{where}",
    ):
        st.switch_page("pages/decide.py")


def show_goals() -> None:
    """Show the questions of every goal, side by side, and how urgent the goals are if there are several."""
    unsure = st.toggle(
        "Say how sure I am",
        any(reply.sureness != "sure" for reply in session.answers().replies.values()),
        help="A guess counts as much as a sure answer. It only makes the result less certain.",
        key="say-how-sure",
        persist_state="session",
    )
    for goal, column in zip(GOALS, st.columns(len(GOALS)), strict=True):
        with column, st.container(border=True, height="stretch"):
            st.subheader(goal.title, anchor=False)
            st.markdown(goal.describes)
            for question in questions_of(goal.key):
                _show_question(question, unsure=unsure)
    _show_ranking()
    st.subheader("About your company", anchor=False)
    st.markdown("These answers change what counts, not the goal. Open what matters to you.")
    for column, topics in zip(st.columns(2), (TOPICS[:2], TOPICS[2:]), strict=True):
        with column:
            for topic in topics:
                with st.expander(topic):
                    for question in questions_of(topic=topic):
                        _show_question(question)


def _show_question(question: Question, *, unsure: bool = False) -> None:
    reply = session.answers().replies.get(question.key)
    st.session_state[key := f"question-{question.key}"] = reply.value if reply else None
    st.segmented_control(
        question.text,
        list(REPLY_TITLES),
        format_func=REPLY_TITLES.get,
        key=key,
        on_change=_replied,
        args=(question.key,),
        help=question.help or None,
        width="stretch",
    )
    if unsure and reply and reply.value != DONT_KNOW:
        st.session_state[key := f"sureness-{question.key}"] = reply.sureness
        st.pills(
            f"How sure? {question.text}",
            list(_SURENESS_TITLES),
            format_func=_SURENESS_TITLES.get,
            key=key,
            on_change=_replied,
            args=(question.key,),
            label_visibility="collapsed",
        )


def _replied(question: str) -> None:
    state = st.session_state
    sureness = state.get(f"sureness-{question}") or "sure"
    change(
        lambda answers: _with_goals_that_apply(
            answers.with_reply(question, state[f"question-{question}"], sureness)
        )
    )


def _with_goals_that_apply(answers: Answers) -> Answers:
    """Return the answers without the rank of a goal that is not asked for any more."""
    wanted = goals_chosen(Answers(answers.replies))
    return replace(answers, ranking=tuple(goal for goal in answers.ranking if goal in wanted))


def _show_ranking() -> None:
    """Ask which goal is most urgent, where several apply; of three, which is next."""
    answers = session.answers()
    wanted = goals_chosen(Answers(answers.replies))
    if len(wanted) < 2:  # noqa: PLR2004  # nothing to put in order
        return
    with st.container(border=True):
        st.markdown("**Several goals apply: put them in order**")
        first, second = st.columns(2)
        with first:
            _show_rank("Most urgent", 0, dict.fromkeys(wanted))
        if answers.ranking and len(wanted) > 2:  # noqa: PLR2004  # of two the other one is next
            with second:
                _show_rank("Next", 1, {goal: None for goal in wanted if goal != answers.ranking[0]})


def _show_rank(label: str, place: int, goals: Mapping[str, None]) -> None:
    ranking = session.answers().ranking
    st.session_state[key := f"rank-{place}"] = ranking[place] if place < len(ranking) else None
    st.segmented_control(
        label,
        list(goals),
        format_func=lambda goal: GOAL_OF[goal].title,
        key=key,
        on_change=_ranked,
        args=(place,),
        width="stretch",
    )


def _ranked(place: int) -> None:
    goal = st.session_state[f"rank-{place}"]
    kept = tuple(other for other in session.answers().ranking[:place] if other != goal)
    change(lambda answers: replace(answers, ranking=(*kept, goal) if goal else kept))
