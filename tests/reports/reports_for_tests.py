"""Scenarios and reports that several tests share."""

from datetime import date
from pathlib import Path

from orgmodel.document import Document
from orgmodel.edits import Edit
from orgmodel.importing import read_organization
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.questionnaire import Answers, Reply
from orgmodel.reports.content import Number, Paragraph, Points, Report, Section, Table
from orgmodel.scenarios import Scenario

DATA = Path(__file__).parents[2] / "data"
DAY = date(2026, 11, 22)
ANSWERS = Answers(
    {"ops_errors": Reply("yes"), "sales_again": Reply("partly", "guess"), "digital": Reply("no")}
)


def golden(**more):
    """Return the worked example, answered; ``more`` is put into the scenario."""
    chart = read_organization(DATA / "golden_with_service.csv").organization
    given = {"unit": ("CS",), "answers": ANSWERS, "filename": "golden_with_service.csv", **more}
    return Scenario(document=Document.of(chart), **given)


def small(texts):
    """Return a report of one section that holds some texts everywhere."""
    rows = tuple((text, Number(float(at), f"{at} steps", "steps")) for at, text in enumerate(texts))
    first = texts[0]
    blocks = (
        Paragraph(first, "headline"),
        *(Paragraph(text) for text in texts),
        Points(tuple(texts), first),
        Points(tuple(texts), "", numbered=True),
        Table(first, (first, "Steps"), rows, first, marked=(0,)),
        Paragraph(first, "note"),
    )
    return Report(first, first, DAY, (Section(first, blocks, "only"),))


def named(*names):
    """Return a scenario whose people have such names: a chief executive, heads, and customer service."""
    functions = ["executive", "sales", "operations", "customer_service"]
    ids = ["ceo", "sales", "ops", "cs"]
    labels = [names[at % len(names)] for at in range(len(ids))]
    chart = Organization.from_columns(
        ids, [None, "ceo", "ceo", "sales"], names=labels, titles=labels, units=labels, functions=functions
    )
    document = Document.of(chart).do(Edit(("ops",), "location", names[-1]))
    return Scenario(
        names[0],
        "\n".join(names),
        document=document,
        unit=("cs",),
        answers=ANSWERS,
        placement=Placement.new_department("ceo", names[0][:200].strip() or "New"),
        filename=names[0][:200],
    )
