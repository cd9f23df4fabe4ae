"""What is different between two scenarios, in sentences: chart, unit, placement, answers, assumptions.

Plain text: names in it come from the user's files, so a page escapes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from orgmodel.alternatives import Alternative
from orgmodel.assumptions import ASSUMPTIONS, METRIC_TITLES, AssumptionInfo, Assumptions
from orgmodel.criteria import CRITERIA
from orgmodel.differences import Differences
from orgmodel.explanations import listed, percent
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.lines import LINE_TITLES
from orgmodel.organization import Organization
from orgmodel.questionnaire import GOAL_OF, QUESTIONS, REPLY_TITLES, Answers, Reply
from orgmodel.recommendation import described
from orgmodel.scenarios.marking import telling_lines
from orgmodel.scenarios.scenario import Scenario
from orgmodel.wording import counted, quoted

_NAMED: Final = 3
_ROUNDING: Final = 1e-9
_SURENESS: Final = {"fairly": ", fairly sure", "guess": ", a guess"}
_TITLES: Final = {**FUNCTION_TITLES, **LINE_TITLES}
_GOAL_TITLES: Final = {key: goal.title for key, goal in GOAL_OF.items()}


def chart_in_words(before: Organization, after: Organization, found: Differences) -> tuple[str, ...]:
    """Return what is different in the chart, one sentence for each kind; see `telling_lines`."""

    def name(node: str) -> str:
        chart = after if node in after.row_of else before
        label = chart.full_label(chart.row(node))
        return quoted(label) if "," in label else label

    return tuple(f"Chart: {sentence}" for sentence in telling_lines(found).sentences(name, _NAMED))


def unit_in_words(before: Scenario, after: Scenario) -> tuple[str, ...]:
    """Return that customer service is something else, where it is."""
    if set(before.unit) == set(after.unit):
        return ()
    was, now = (_unit(scenario) for scenario in (before, after))
    return (f"Customer service: it is {now}, in the reference {was}.",)


def _unit(scenario: Scenario) -> str:
    chart = scenario.organization
    names = [quoted(chart.full_label(chart.row(node))) for node in scenario.unit[:_NAMED]]
    if more := len(scenario.unit) - len(names):
        names.append(f"{more:,} more")
    return listed(names) or "nobody"


def placement_in_words(before: Alternative | None, after: Alternative | None) -> tuple[str, ...]:
    """Return that customer service goes somewhere else, where it does."""
    if before is None or after is None or (before.placement, before.title) == (after.placement, after.title):
        return ()
    return (f"Placement: {_place(after)} In the reference: {_place(before)}",)


def _place(item: Alternative) -> str:
    where = described(item).rstrip(".")
    stays = " (where it is in the chart)" if item.today and item.title != "As today" else ""
    return f"{item.title}{stays}{f', {where[:1].lower()}{where[1:]}' if where else ''}."


# ---------------------------------------------------------------------- answers


def answers_in_words(before: Answers, after: Answers) -> tuple[str, ...]:
    """Return which answers are other ones, and what was set by hand otherwise."""
    replies = [
        f"{quoted(question.text)} {_reply(after.replies.get(question.key))} instead of "
        f"{_reply(before.replies.get(question.key))}"
        for question in QUESTIONS
        if before.replies.get(question.key) != after.replies.get(question.key)
    ]
    found = (
        [f"{counted(len(replies), 'answer')} differ{'s' * (len(replies) == 1)}: {_few(replies)}."]
        if replies
        else []
    )
    if before.ranking != after.ranking:
        was, now = (_goals(answers) for answers in (before, after))
        found.append(f"The goals in order of priority: {now} instead of {was}.")
    if before.goal_weights != after.goal_weights:
        was, now = (_weights(answers) for answers in (before, after))
        found.append(f"How much each goal counts: {now} instead of {was}.")
    points = [
        item.title for item in CRITERIA if before.importance.get(item.name) != after.importance.get(item.name)
    ]
    if points:
        found.append(f"What counts how much was set by hand otherwise for {_few(points)}.")
    return tuple(f"Answers: {sentence}" for sentence in found)


def _reply(reply: Reply | None) -> str:
    if reply is None:
        return "not answered"
    return f"{REPLY_TITLES[reply.value].lower()}{_SURENESS.get(reply.sureness, '')}"


def _goals(answers: Answers) -> str:
    return ", ".join(GOAL_OF[goal].title for goal in answers.ranking) or "not ranked"


def _weights(answers: Answers) -> str:
    total = sum(answers.goal_weights.values())
    parts = (
        f"{GOAL_OF[goal].title} {percent(points / total)}" for goal, points in answers.goal_weights.items()
    )
    return ", ".join(parts) or "as the answers say"


# ---------------------------------------------------------------------- assumptions


def assumptions_in_words(before: Assumptions, after: Assumptions) -> tuple[str, ...]:
    """Return which assumptions set by hand are other ones, with both values."""
    return tuple(
        f"Assumptions: {info.title}: {_values(info, getattr(before, info.name), getattr(after, info.name))}."
        for info in ASSUMPTIONS
        if not _alike(getattr(before, info.name), getattr(after, info.name))
    )


def differing(before: Assumptions, after: Assumptions) -> tuple[str, ...]:
    """Return the titles of the assumptions that are other ones, in the order of their table.

    >>> differing(Assumptions(), Assumptions(delta=0.25))
    ('How far measures travel down',)
    """
    return tuple(
        info.title
        for info in ASSUMPTIONS
        if not _alike(getattr(before, info.name), getattr(after, info.name))
    )


def _values(info: AssumptionInfo, before: Any, after: Any) -> str:  # noqa: ANN401  # of any assumption
    if info.name == "owners":
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        return f"somebody else for {_few([_TITLES[key] for key in keys])}"
    if isinstance(before, Mapping):
        keys = [key for key in {**before, **after} if not _alike(before.get(key), after.get(key))]
        titles = _GOAL_TITLES if info.name.startswith("goal_") else _TITLES
        return _few(
            [
                f"{titles[key]} {_value(info, after.get(key))} instead of {_value(info, before.get(key))}"
                for key in keys
            ]
        )
    return f"{_value(info, after)} instead of {_value(info, before)}"


def _value(info: AssumptionInfo, value: Any) -> str:  # noqa: ANN401  # of any assumption
    if value is None:
        return "none"
    if isinstance(value, Mapping):
        value, titles = tuple(value.values()), [_TITLES[key] for key in value]
    elif isinstance(value, tuple):
        titles = list(METRIC_TITLES.values())
    else:
        return f"{100 * value:.3g} %" if info.unit.startswith("share") else f"{value:,g} {info.unit}"
    total = sum(value) or 1.0
    parts = [f"{title} {percent(each / total)}" for title, each in zip(titles, value, strict=True) if each]
    return f"({', '.join(parts)})"


def _alike(before: Any, after: Any) -> bool:  # noqa: ANN401  # of any assumption
    """Return whether two values are the same but for rounding; a mapping in any order."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return all(_alike(before.get(key), after.get(key)) for key in {**before, **after})
    if isinstance(before, tuple) and isinstance(after, tuple):
        return len(before) == len(after) and all(map(_alike, before, after))
    if isinstance(before, int | float) and isinstance(after, int | float):
        return abs(before - after) <= _ROUNDING
    return bool(before == after)


def _few(items: Sequence[str]) -> str:
    more = len(items) - _NAMED
    return listed([*items[:_NAMED], *([f"{more:,} more"] if more > 0 else [])])
