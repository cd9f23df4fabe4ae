"""A scenario that somebody shared, to be read: picture, headlines, recommendation, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from components import session
from components.assumption_inputs import INFO
from components.headlines import show_headlines
from components.picture import show_wide
from components.reasons import show_done
from components.structure_choice import after_label
from components.text import plain
from orgmodel.assumptions import GOAL_KEYS, METRIC_TITLES, METRICS
from orgmodel.charts import tree_chart
from orgmodel.charts.alternatives import places
from orgmodel.decision import Decision
from orgmodel.errors import OrgModelError
from orgmodel.functions import FUNCTION_TITLES, business_functions
from orgmodel.questionnaire import GOALS, QUESTION_OF, REPLY_TITLES
from orgmodel.recommendation import NO_FORECAST, described, shown_order
from orgmodel.scenarios import FIELD_TITLES, Scenario
from orgmodel.wording import counted

_AFTER: Final = "After the move"
_TODAY: Final = "Today"
_MOST_ROWS: Final = 20
_LONGEST_TITLE: Final = 200
_GOAL_TITLES: Final = {goal.key: goal.title for goal in GOALS}


def show_facts(scenario: Scenario, fields: Sequence[str], about: str) -> None:
    """Show the title, what it is about, the notes, and what was left out."""
    chart = scenario.organization
    people = counted(round(chart.headcount.sum()), "person", "people")
    st.title(plain(scenario.title[:_LONGEST_TITLE]), anchor=False)
    st.markdown(
        f"{counted(len(chart), 'box', 'boxes')}, {people}. {about} Looking at it changes nothing: what you "
        "have open yourself stays as it is."
    )
    left_out = [title.lower() for name, title in FIELD_TITLES.items() if name not in fields]
    if left_out:
        st.caption(f":material/visibility_off: Not in the link: {plain(', '.join(left_out))}.")
    if scenario.notes:
        with st.container(border=True):
            st.markdown(":small[Notes]")
            for line in filter(None, map(str.strip, scenario.notes.splitlines())):
                st.markdown(plain(line))


def show_picture(scenario: Scenario) -> None:
    """Show the chart after the move where there is one, else as it is today."""
    shown = None
    if scenario.placed is not None:
        shown = st.segmented_control(
            "The chart", [_AFTER, _TODAY], default=_AFTER, required=True, label_visibility="collapsed"
        )
    placed = scenario.placed if shown == _AFTER else None
    chart, unit = (
        (scenario.organization, scenario.unit) if placed is None else (placed.organization, placed.unit)
    )
    figure = session.kept(
        "shared_picture", (chart, unit), lambda: tree_chart(chart, business_functions(chart), unit)
    )
    show_wide(figure, "shared-chart", "The org chart, coloured by business function, customer service marked")


def show_numbers(scenario: Scenario) -> Decision | None:
    """Show the headlines; return the decision, None where there is no customer service to decide about."""
    survey = scenario.survey
    if survey is None:
        st.info("Nobody has said which box is customer service, so there are no numbers.")
        return None
    after = None
    if scenario.placement is not None:
        try:
            after = survey.assess(scenario.placement)
        except OrgModelError as error:
            st.error(plain(str(error)))
    if after is not None:
        show_done(after)
    label = "" if after is None else after_label(survey, scenario.placement)
    show_headlines(survey.current, after, label)
    return scenario.decision


def show_recommendation(decision: Decision) -> None:
    """Show the recommendation as a paragraph, and all placements in short."""
    found = decision.recommendation
    with st.container(border=True):
        st.subheader(plain(found.headline), anchor=False)
        for sentence in found.sentences:
            st.markdown(plain(sentence))
        for sentence in found.lacks:
            st.caption(f":material/info: {plain(sentence)}")
    st.caption(NO_FORECAST)
    ranking = decision.now
    order = shown_order(ranking)[:_MOST_ROWS]
    alternatives = [ranking.alternatives[at] for at in order]
    st.dataframe(
        {
            "Place": places(ranking)[:_MOST_ROWS],
            "Placement": [f"{item.title}{' (today)' * item.today}" for item in alternatives],
            "First in": 100.0 * ranking.acceptability.first[order],
            "Total": ranking.totals[order],
            "Meaning": [described(item) for item in alternatives],
        },
        hide_index=True,
        height=38 + 35 * len(order),
        alt="All placements, the recommended one first",
        column_config={
            "Place": st.column_config.TextColumn(width=55),
            "Placement": st.column_config.TextColumn(width=220),
            "First in": st.column_config.ProgressColumn(
                "First in, % of cases", min_value=0, max_value=100, format="%.0f %%"
            ),
            "Total": st.column_config.NumberColumn("Total, 0 is best", format="%.1f"),
            "Meaning": st.column_config.TextColumn(width="large"),
        },
    )


def show_rests_on(scenario: Scenario) -> None:
    """Show what was answered and assumed, side by side."""
    answers, assumed = st.columns(2, gap="large")
    with answers:
        st.markdown("**Answers**")
        replies = scenario.answers.replies
        if not replies:
            st.caption("No question was answered.")
        lines = [
            f"- {plain(QUESTION_OF[name].text)} **{REPLY_TITLES[reply.value]}**"
            for name, reply in replies.items()
        ]
        if ranking := scenario.answers.ranking:
            lines.append(f"- Most urgent: **{', then '.join(_GOAL_TITLES[goal] for goal in ranking)}**")
        st.markdown("\n".join(lines))
    with assumed:
        st.markdown("**Assumptions that were changed**")
        changed = scenario.assumptions.changed()
        if not changed:
            st.caption("None: the defaults, which the page Assumptions explains.")
        st.markdown(
            "\n".join(
                f"- {INFO[name].title}: **{plain(_said(name, value, scenario))}**"
                for name, value in changed.items()
            )
        )


def _said(name: str, value: Any, scenario: Scenario) -> str:  # noqa: ANN401  # the value of any assumption
    """Return an assumption in words: names of boxes for owners, titles for functions and goals."""
    if isinstance(value, Mapping):
        return "; ".join(
            f"{_titled(key)} {_said(name, part, scenario)}" for key, part in list(value.items())[:_MOST_ROWS]
        )
    if isinstance(value, (list, tuple)):
        if name == "owners":
            chart = scenario.organization
            there = [node for node in value if node in chart.row_of]
            return ", ".join(chart.label(chart.row(node)) for node in there)
        parts = zip(METRICS, value, strict=False)
        return ", ".join(f"{METRIC_TITLES[metric].lower()} {part:g}" for metric, part in parts)
    return f"{value:g} {INFO[name].unit}".strip() if isinstance(value, float | int) else str(value)


def _titled(key: str) -> str:
    return _GOAL_TITLES[key] if key in GOAL_KEYS else FUNCTION_TITLES.get(key, key)
