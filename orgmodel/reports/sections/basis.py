"""What the report rests on: the answers, what follows from them, and every assumption."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from orgmodel.assumptions import ASSUMPTIONS, DEFAULTS, METRIC_TITLES, AssumptionInfo, Vector
from orgmodel.explanations import listed, percent
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.lines import LINE_TITLES
from orgmodel.organization import Organization
from orgmodel.questionnaire import (
    GOAL_OF,
    QUESTION_OF,
    QUESTIONS,
    REPLY_TITLES,
    Aims,
    Answers,
    Influence,
    aims,
    goals_chosen,
)
from orgmodel.reports.content import Block, Cell, Paragraph, Points, Section, Table
from orgmodel.reports.sections.numbers import share
from orgmodel.scenarios import Scenario
from orgmodel.wording import counted

_SURE: Final = {"sure": "sure", "fairly": "fairly sure", "guess": "a guess"}
_OURS: Final = "as we assume"
_CHANGED: Final = "changed by hand"
_FOLLOWS: Final = "follows from the answers"
_ALIKE: Final = 1e-9
_TITLES: Final[Mapping[str, str]] = {**FUNCTION_TITLES, **LINE_TITLES}
_GOAL_TITLES: Final = {key: goal.title for key, goal in GOAL_OF.items()}
_PLURAL: Final = re.compile(r"\b(step|day|hour|minute|quarter|attempt|point)s\b")


def answers(scenario: Scenario) -> Section:
    """Return what was answered, and what the answers move."""
    said = scenario.answers
    found = aims(said, scenario.assumptions)
    blocks: list[Block] = []
    if said.replies:
        rows = tuple(
            (
                f"{QUESTION_OF[item.key].topic}: {item.text}",
                REPLY_TITLES[said.replies[item.key].value],
                _SURE[said.replies[item.key].sureness],
            )
            for item in QUESTIONS
            if item.key in said.replies
        )
        header = ("Question", "Answer", "How sure")
        open_ = len(QUESTIONS) - len(rows)
        note = f"{counted(open_, 'question')} not answered." if open_ else ""
        blocks.append(Table("What was answered", header, rows, note, widths=(68, 16, 16)))
    else:
        blocks.append(Paragraph("No question was answered."))
    blocks += _goals(said, found)
    if moved := _moved(found):
        blocks.append(Points(moved, "What the answers move"))
    if found.notes:
        blocks.append(Points(found.notes, "To bear in mind"))
    return Section("What was answered", tuple(blocks), "answers")


def _goals(said: Answers, found: Aims) -> list[Block]:
    if not goals_chosen(said):
        return [Paragraph("No goal is chosen, so all three weigh the same.")]
    why = {item.what: item.reply for item in found.influences if item.moves == "goal"}
    rows = tuple(
        (GOAL_OF[goal].title, GOAL_OF[goal].describes, share(weight), why.get(GOAL_OF[goal].title, ""))
        for goal, weight in found.goal_weights.items()
    )
    return [
        Table("Goals", ("Goal", "What it is", "Weight", "Because"), rows, widths=(18, 40, 10, 32)),
    ]


def _moved(found: Aims) -> tuple[str, ...]:
    """Return for every answer what it moves; goals move whole mixtures, which stand in the assumptions."""
    groups: dict[tuple[str, str], list[Influence]] = {}
    for item in found.influences:
        if item.question not in {goal.title for goal in GOAL_OF.values()}:
            groups.setdefault((item.question, item.reply), []).append(item)
    return tuple(
        f"{question} {reply}: moves {listed(list(dict.fromkeys(item.what for item in group)))}."
        for (question, reply), group in groups.items()
    )


def assumptions(scenario: Scenario) -> Section:
    """Return every assumption in use with its unit, those that are not ours marked."""
    used, by_hand = scenario.assumed, scenario.assumptions.changed()
    rows: list[tuple[str, ...]] = []
    marked: list[int] = []
    for info in ASSUMPTIONS:
        value = getattr(used, info.name)
        status = _OURS
        if info.name in by_hand:
            status = _CHANGED
        elif not _alike(value, DEFAULTS[info.name]):
            status = _FOLLOWS
        if status != _OURS:
            marked.append(len(rows))
            status += f"; usually {_text(info, DEFAULTS[info.name], scenario.organization)}"
        rows.append((info.title, _text(info, value, scenario.organization), status, info.meaning))
    changed = counted(len(by_hand), "assumption") + (" is" if len(by_hand) == 1 else " are")
    note = f"{changed} changed by hand. " if by_hand else "None is changed by hand. "
    note += "All numbers are ours, not measured facts. Marked: not as we assume."
    header = ("Assumption", "In use", "Where from", "What it means")
    table = Table("Every assumption", header, tuple(rows), note, tuple(marked), (22, 26, 18, 34))
    blocks = (table, _measured_by(used.metric_vectors), *_owners(scenario))
    return Section("What was assumed", blocks, "assumptions")


def _measured_by(vectors: Mapping[str, Vector]) -> Table:
    """Return what the managers of every function are measured by."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (FUNCTION_TITLES[function], *(share(weight / (sum(vector) or 1.0)) for weight in vector))
        for function, vector in vectors.items()
    )
    title = next(info.title for info in ASSUMPTIONS if info.name == "metric_vectors")
    return Table(title, ("Function", *METRIC_TITLES.values()), rows, widths=(32, 17, 17, 17, 17))


def _owners(scenario: Scenario) -> list[Block]:
    """Return who decides in each function that customer service needs, on this chart."""
    survey, chart = scenario.survey, scenario.organization
    if survey is None or not survey.owners:
        return []
    needs = survey.assumptions.needs_rescaled
    rows = tuple(
        (FUNCTION_TITLES[function], share(needs[function]), _people(chart, nodes))
        for function, nodes in sorted(survey.owners.items(), key=lambda item: -needs[item[0]])
    )
    note = "Whoever is not named by hand is found in the chart: the head of the function."
    return [
        Table(
            "Whom customer service needs on this chart",
            ("Function", "Need", "Who decides"),
            rows,
            note,
            widths=(26, 12, 62),
        )
    ]


def _people(chart: Organization, nodes: tuple[str, ...]) -> str:
    return listed([chart.full_label(chart.row(node)) for node in nodes if node in chart.row_of])


def _text(info: AssumptionInfo, value: Any, chart: Organization) -> str:  # noqa: ANN401  # of any assumption
    """Return the value of an assumption with its unit."""
    if info.name == "owners":
        named = (f"{_TITLES[key]}: {_people(chart, tuple(nodes))}" for key, nodes in value.items())
        return "; ".join(named) or "the heads that the chart suggests"
    if info.name == "metric_vectors":
        return "a table below"
    if isinstance(value, Mapping):
        titles = _GOAL_TITLES if info.name.startswith("goal_") else _TITLES
        parts = [(titles[key], _part(info, each)) for key, each in value.items()]
        return "; ".join(f"{title}{':' * (',' in part)} {part}" for title, part in parts)
    return _part(info, value)


def _part(info: AssumptionInfo, value: Any) -> str:  # noqa: ANN401  # of any assumption
    if isinstance(value, tuple):
        total = sum(value) or 1.0
        return ", ".join(
            f"{title.lower()} {percent(each / total)}"
            for title, each in zip(METRIC_TITLES.values(), value, strict=True)
            if each
        )
    if isinstance(value, Mapping):
        total = sum(value.values()) or 1.0
        return ", ".join(f"{_TITLES[key]} {percent(each / total)}" for key, each in value.items() if each)
    if info.name == "needs":
        return percent(value)
    if info.unit.startswith("share"):
        return f"{100.0 * value:.3g} %"
    number, unit = f"{value:,g}", info.unit
    return f"{number} {_PLURAL.sub(lambda found: found[1], unit) if number == '1' else unit}"


def _alike(value: Any, other: Any) -> bool:  # noqa: ANN401  # of any assumption
    """Return whether two values of an assumption are the same but for rounding."""
    if isinstance(value, Mapping):
        return bool(value.keys() == other.keys()) and all(_alike(value[key], other[key]) for key in value)
    if isinstance(value, tuple | list):
        return len(value) == len(other) and all(_alike(*pair) for pair in zip(value, other, strict=True))
    if isinstance(value, int | float):
        return bool(abs(value - other) < _ALIKE)
    return bool(value == other)
