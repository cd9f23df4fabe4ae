"""What the numbers point to, in words; and the answers of the questions and of the chart, side by side."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from components import session
from components.picture import show_graph
from components.text import plain
from orgmodel.charts import differences_chart
from orgmodel.decision import Decision
from orgmodel.explanations import listed, percent
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.questionnaire import Influence, goals_chosen
from orgmodel.ranking import Ranking
from orgmodel.recommendation import (
    CLOSE,
    NO_FORECAST,
    as_often,
    described,
    differences,
    first_share,
    named,
    shown_order,
)
from orgmodel.wording import counted


def show_recommendation(decision: Decision) -> None:
    """Show the recommendation as a paragraph to be read aloud, and how to take it along."""
    found = decision.recommendation
    if not goals_chosen(decision.answers):
        said = "No goal follows from the answers" if decision.answers.answered else "No question answered yet"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f":material/info: {said}: this rests on what we assume of anybody's goals.", width="content"
            )
            st.page_link("pages/goals.py", label="Answer the questions", icon=":material/quiz:")
    with st.container(border=True):
        st.subheader(plain(found.headline), anchor=False, help=CLOSE)
        for sentence in found.sentences:
            st.markdown(plain(sentence))
        for sentence in found.lacks:
            st.caption(f":material/info: {plain(sentence)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                "Download as text",
                f"{_heading(decision)}\n\n{found.text}",
                f"{session.file_stem()} recommendation.txt",
                icon=":material/download:",
                on_click="ignore",
            )
            with st.popover("Copy", icon=":material/content_copy:"):
                st.code(f"{_heading(decision)}\n\n{found.text}", language=None, wrap_lines=True)
            if found.without_moving:
                st.page_link(
                    "pages/plan.py", label="Changes without a move", icon=":material/event_upcoming:"
                )
            st.page_link("pages/methods.py", label="How this is reckoned", icon=":material/menu_book:")
    _show_answers(decision)
    st.caption(NO_FORECAST)


def _heading(decision: Decision) -> str:
    """Return what the recommendation rests on: chart, day, how much was answered, set and changed."""
    by_hand = len(decision.assumptions.changed()) + len(decision.answers.importance)
    rests_on = [
        session.chart_name(),
        f"{datetime.now(UTC).astimezone():%d %B %Y}".removeprefix("0"),
        f"{counted(len(decision.answers.replies), 'question')} answered",
        f"{counted(by_hand, 'number')} set by hand" if by_hand else "nothing set by hand",
    ]
    if steps := len(session.document().steps):
        rests_on.append(f"with {counted(steps, 'change')} to the chart made here")
    return ", ".join(rests_on) + "."


def _show_answers(decision: Decision) -> None:
    """Show which answers led to the recommendation: every one with what it moves."""
    if not decision.answers.answered:
        return
    groups: dict[str, list[Influence]] = {}
    for item in decision.aims.influences:
        groups.setdefault(item.question, []).append(item)
    with st.expander("Which answers led to it", icon=":material/quiz:"):
        st.markdown("\n".join(f"- {_influence_text(question, group)}" for question, group in groups.items()))
        st.page_link("pages/goals.py", label="See each step, or change it", icon=":material/flag:")


def _influence_text(question: str, group: list[Influence]) -> str:
    """Return what was said to a question, or how a goal came to its weight, and what that moves."""
    goal = next((item for item in group if item.moves == "goal"), None)
    said = group[0].reply.lower() if goal is None else f"weighs {percent(goal.factor)}, {goal.reply}"
    # What a goal needs and is for are whole mixtures; they stand on the page of the goals.
    of_goal = {"goal", "purpose", "need"} if goal else set()
    things = dict.fromkeys(item.what for item in group if item.moves not in of_goal)
    return f"**{plain(question)}** {plain(said)}" + (
        f"; moves {plain(listed(list(things)))}" if things else ""
    )


def show_two_answers(decision: Decision) -> None:
    """Show the home that the questions lead to beside the first of this chart, now and later, and why."""
    st.subheader("Two answers", anchor=False)
    asked = _home_on_chart(decision)
    left, right = st.columns(2, gap="large")
    with left, st.container(border=True, height="stretch"):
        titles = " or ".join(FUNCTION_TITLES[function] for function in decision.home.functions)
        st.markdown(f":small[What the questions lead to]  \n**{titles or 'No goal was chosen'}**")
        st.markdown(plain(decision.home.reason))
        if not decision.answers.answered:
            st.page_link("pages/goals.py", label="Answer the questions", icon=":material/quiz:")
        if asked is None:
            if titles:
                st.caption("This chart has no such department to compare.")
        else:
            if len(decision.home.functions) > 1:
                st.caption(f"Of these {plain(decision.now.alternatives[asked].title)} stands better here:")
            _show_standing(decision, asked)
    first = decision.now.recommended
    with right, st.container(border=True, height="stretch"):
        st.markdown(f":small[What this chart says]  \n**{plain(decision.best.title)}**")
        st.markdown(plain(described(decision.best)))
        if (rival := as_often(decision.now)) is not None:
            st.markdown(f"Or {plain(named(decision.now.alternatives[rival]))}: too close to tell.")
        _show_standing(decision, first)
        _show_later(decision)
    if asked is None:
        return
    if asked == first:
        st.markdown(f"Both answers are the same: {plain(decision.best.title)}.")
        return
    _show_why(decision.now, first, asked)


def _home_on_chart(decision: Decision) -> int | None:
    """Return the best placement under a department that the questions lead to; None where there is none."""
    found = [
        int(at)
        for at in shown_order(decision.now)
        if decision.now.alternatives[at].structure in decision.home.functions
    ]
    return found[0] if found else None


def _show_standing(decision: Decision, at: int) -> None:
    """Show where a placement stands now, and small where it would if software answered more."""
    st.markdown(_standing(decision.now, decision.now.alternatives[at].key, "Now: "))
    later = _standing(decision.later, decision.now.alternatives[at].key, "")
    if later:
        st.caption(f"If software answered more of the routine contacts (see Assumptions): {later}")


def _standing(ranking: Ranking, key: str, when: str) -> str:
    order = ranking.order.tolist()
    place = next((place for place, at in enumerate(order) if ranking.alternatives[at].key == key), None)
    if place is None:
        return ""
    return (
        f"{when}total **{ranking.totals[order[place]]:.1f}** (0 best, 100 worst), by that place {place + 1} "
        f"of {len(order)}; first in {first_share(ranking, order[place])} of the cases"
    )


def _show_later(decision: Decision) -> None:
    later = decision.later.alternatives[decision.later.recommended]
    if later.key != decision.best.key:
        st.caption(f"Then **{plain(later.title)}** would come first. {plain(described(later))}")


def _show_why(ranking: Ranking, first: int, asked: int) -> None:
    one, other = ranking.alternatives[first].title, ranking.alternatives[asked].title
    ahead = ranking.totals[asked] - ranking.totals[first]
    better = f"{abs(ahead):.1f} points {'better' if ahead >= 0 else 'worse'}"
    with st.expander("Why the two answers differ", icon=":material/difference:"):
        st.markdown(
            "The questions look at the goals alone, the chart at who sits where. With "
            f"{plain(one)} the total is {better} than with {plain(other)}."
        )
        show_graph(
            differences_chart(differences(ranking, first, asked), one, other),
            "differences",
            "What the two answers differ by, by criterion",
        )
