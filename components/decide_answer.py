"""What the numbers point to, in words; and the answers of the questions and of the chart, side by side."""

from __future__ import annotations

import streamlit as st

from components import session
from components.picture import show_graph
from components.text import plain
from orgmodel.charts import differences_chart
from orgmodel.decision import Decision
from orgmodel.explanations import listed, percent
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.questionnaire import Influence
from orgmodel.ranking import Ranking
from orgmodel.recommendation import NO_FORECAST, differences, first_share, instead

_MOST_REASONS = 3


def show_recommendation(decision: Decision) -> None:
    """Show the recommendation as a paragraph to be read aloud, and how to take it along."""
    found = decision.recommendation
    if not decision.answers.answered:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                ":material/info: No question answered yet: this rests on what we assume of anybody's goals.",
                width="content",
            )
            st.page_link("pages/goals.py", label="Answer the questions", icon=":material/quiz:")
    with st.container(border=True):
        st.subheader(plain(found.headline), anchor=False)
        said = (*found.how_sure, *found.reasons, found.objection, found.flip)
        st.markdown(plain(" ".join(filter(None, said))))
        for sentence in found.lacks:
            st.caption(f":material/info: {plain(sentence)}")
        with st.container(horizontal=True):
            st.download_button(
                "Download as text",
                found.text,
                f"{session.file_stem()} recommendation.txt",
                icon=":material/download:",
                on_click="ignore",
            )
            with st.popover("Copy", icon=":material/content_copy:"):
                st.code(found.text, language=None, wrap_lines=True)
    _show_answers(decision)
    st.caption(NO_FORECAST)


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
    first = int(decision.now.order[0])
    with right, st.container(border=True, height="stretch"):
        alternative = decision.now.alternatives[first]
        st.markdown(f":small[What this chart says]  \n**{plain(alternative.title)}**")
        st.markdown(plain(alternative.describes))
        _show_standing(decision, first)
        _show_later(decision, first)
    if asked is None:
        return
    if asked == first:
        st.markdown("Both answers are the same.")
        return
    _show_why(decision.now, first, asked)


def _home_on_chart(decision: Decision) -> int | None:
    """Return the best placement under a department that the questions lead to; None where there is none."""
    found = [
        int(at)
        for at in decision.now.order
        if decision.now.alternatives[at].structure in decision.home.functions
    ]
    return found[0] if found else None


def _show_standing(decision: Decision, at: int) -> None:
    key = decision.now.alternatives[at].key
    for when, ranking in (("Now", decision.now), ("With more automation", decision.later)):
        places = [ranking.alternatives[each].key for each in ranking.order]
        if key not in places:
            continue
        place = places.index(key)
        row = int(ranking.order[place])
        st.markdown(
            f"{when}: **place {place + 1}** of {len(places)}, first in {first_share(ranking, row)} of the "
            f"weightings, total {ranking.totals[row]:.1f} (0 best, 100 worst)"
        )


def _show_later(decision: Decision, first: int) -> None:
    later = decision.later.alternatives[int(decision.later.order[0])]
    if later.key != decision.now.alternatives[first].key:
        st.markdown(f"With more automation **{plain(later.title)}** comes first. {plain(later.describes)}")


def _show_why(ranking: Ranking, first: int, asked: int) -> None:
    one, other = ranking.alternatives[first].title, ranking.alternatives[asked].title
    found = differences(ranking, first, asked)
    ahead = "; ".join(instead(reason) for reason in found[:_MOST_REASONS] if reason.points > 0)
    st.markdown(
        "**Why they differ.** The questions look at the goals alone, the chart at who sits where. "
        f"{plain(one)} is {ranking.totals[asked] - ranking.totals[first]:.1f} points ahead of {plain(other)}"
        f"{f': {plain(ahead)}' if ahead else ''}."
    )
    show_graph(
        differences_chart(found, one, other), "differences", "What the two answers differ by, by criterion"
    )
