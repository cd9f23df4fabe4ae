"""The answer first: what the numbers point to, how sure that is, why, and what speaks against it."""

from __future__ import annotations

from orgmodel.decision import Decision
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.questionnaire import goals_chosen
from orgmodel.recommendation import CLOSE, NO_FORECAST
from orgmodel.reports.content import Block, Paragraph, Points, Section
from orgmodel.reports.sections.compared import Compared
from orgmodel.scenarios import Scenario
from orgmodel.wording import counted


def answer(scenario: Scenario, decision: Decision, beside: Compared | None) -> Section:
    """Return the recommendation, with what it rests on."""
    found = decision.recommendation
    blocks: list[Block] = [Paragraph(found.headline, "headline")]
    if beside is not None and beside.chosen and beside.alternative.key != decision.best.key:
        blocks.append(Paragraph(f"Chosen here all the same: {beside.title}. {beside.describes}"))
    for title, sentences in (
        ("How sure that is", (*found.how_sure, found.flip)),
        ("For and against it", (*found.reasons, found.objection, found.without_moving)),
    ):
        if texts := tuple(filter(None, sentences)):
            blocks.append(Points(texts, title))
    blocks.append(Points(_asked(decision), "What the questions lead to"))
    if found.lacks:
        blocks.append(Points(found.lacks, "To bear in mind"))
    if decision.now.ties:
        blocks.append(Paragraph(CLOSE, "note"))
    blocks.append(Paragraph(f"{_rests_on(scenario, decision)} {NO_FORECAST}", "note"))
    return Section("The answer", tuple(blocks), "answer")


def nobody() -> Section:
    """Return what is said where the chart has no customer service."""
    said = Paragraph("No customer service is named in this chart, so there is nothing to decide.", "headline")
    about = Paragraph(
        "This report shows the chart alone. Say which unit it is, and where it could go follows."
    )
    return Section("The answer", (said, about), "answer")


def undecided() -> Section:
    """Return what is said where everybody belongs to customer service."""
    said = "Everybody in this chart belongs to customer service, so there is nothing to decide."
    return Section("The answer", (Paragraph(said, "headline"),), "answer")


def _asked(decision: Decision) -> tuple[str, ...]:
    """Return the department that the questionnaire leads to, whatever the chart says."""
    home = decision.home
    titles = " or ".join(FUNCTION_TITLES[function] for function in home.functions)
    return (f"{titles}: {home.reason}" if titles else home.reason,)


def _rests_on(scenario: Scenario, decision: Decision) -> str:
    """Return what the answer rests on: how much was answered, set by hand and changed."""
    answers = decision.answers
    by_hand = len(decision.assumptions.changed()) + len(answers.importance)
    said = [
        f"{counted(len(answers.replies), 'question')} answered",
        f"{counted(by_hand, 'number')} set by hand" if by_hand else "nothing set by hand",
    ]
    if steps := len(scenario.document.steps):
        said.append(f"{counted(steps, 'change')} made to the chart")
    ours = "" if goals_chosen(answers) else ", so it rests on what we assume of anybody's goals"
    return f"It rests on the chart, with {', '.join(said)}{ours}."
