"""What a report says of a scenario: the answer first, in the words of the library."""

import math
import re
from dataclasses import replace

import pytest

from orgmodel.assumptions import Assumptions
from orgmodel.criteria import CRITERIA
from orgmodel.document import Document
from orgmodel.edits import Move
from orgmodel.explanations import value_text
from orgmodel.indicators import INDICATORS
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.questionnaire import Answers
from orgmodel.recommendation import NO_FORECAST
from orgmodel.reports.content import Number, Paragraph, Picture, Points, Table
from orgmodel.reports.report import report_of, report_title
from orgmodel.reports.sections.basis import assumptions
from orgmodel.reports.sections.charts import charts
from orgmodel.reports.sections.compared import compared
from orgmodel.reports.sections.methods import notes
from orgmodel.reports.sections.numbers import change_of, measured
from orgmodel.reports.sections.side_by_side import side_by_side
from orgmodel.reports.sections.today_and_after import today_and_after
from orgmodel.scenarios import Scenario
from orgmodel.scenarios.comparing import compare
from tests.reports.reports_for_tests import DAY, golden

ORDER = (
    *("answer", "today-and-after", "charts", "alternatives", "turns", "next-steps", "plan", "claims"),
    *("answers", "assumptions", "methods", "limits"),
)


def section(report, key):
    (found,) = [section for section in report.sections if section.key == key]
    return found


def table(report, key, title):
    (found,) = [
        block for block in section(report, key).blocks if isinstance(block, Table) and block.title == title
    ]
    return found


def cell(report, key, title, row, column):
    found = table(report, key, title)
    (cells,) = [cells for cells in found.rows if str(cells[0]) == row]
    return str(cells[found.header.index(column)])


def test_the_answer_stands_first_in_the_words_of_the_page(scenario, report):
    assert tuple(found.key for found in report.sections) == ORDER
    first = report.sections[0].blocks
    recommended = scenario.decision.recommendation
    assert first[0] == Paragraph(recommended.headline, "headline")
    said = " ".join(report.texts)
    for sentence in (*recommended.how_sure, *recommended.reasons, recommended.objection, recommended.flip):
        assert sentence in said
    assert said.count(NO_FORECAST) == 2, "on the first page and at the end"


def test_today_against_the_best_other_place(scenario, report):
    """The values of the ranking, with their units."""
    ranking = scenario.decision.now
    best = next(at for at in ranking.order.tolist() if not ranking.alternatives[at].today)
    title = ranking.alternatives[best].title
    assert f"Beside today stands: {title}." in section(report, "today-and-after").blocks[0].text
    for item in (criterion.indicator for criterion in CRITERIA):
        value = float(ranking.values.iloc[best][item.name])
        shown = cell(report, "today-and-after", "What the total is made of", item.title, "Then")
        assert shown == measured(item, value).text


def test_values_of_the_worked_example():
    """Checked by a second implementation: of its 13 boxes, feedback takes 2.2 steps under Operations."""
    unanswered = golden(answers=Answers())
    found = today_and_after(compared(unanswered.decision, Placement.under("CEO")))
    (headlines,) = [block for block in found.blocks if getattr(block, "title", "") == "The three headlines"]
    assert [str(cell) for cell in headlines.rows[2][:2]] == ["Feedback path length", "2.2 steps"]


def test_every_number_stands_once_with_what_it_is(report):
    rows = [
        row
        for block in section(report, "today-and-after").blocks
        if isinstance(block, Table) and block.title != "The three headlines"
        for row in block.rows
    ]
    titles = [str(row[0]) for row in rows]
    assert sorted(titles) == sorted(
        item.title for item in INDICATORS if item.title not in {"Silo risk", "Feedback path length"}
    )
    assert all(str(row[-1]).endswith((".", ")")) for row in rows)


def test_a_placement_that_was_chosen_is_compared_and_said_to_be_another(report):
    chosen = report_of(golden(placement=Placement.under("Fin")), made=DAY)
    text = section(chosen, "today-and-after").blocks[0].text
    assert text.startswith("Beside today stands: Finance. ")
    assert "the numbers point to" in text
    assert chosen.sections[0].blocks[0] == report.sections[0].blocks[0], "the answer is the same"
    assert chosen.sections[0].blocks[1].text.startswith("Chosen here all the same: Finance.")
    titles = [block.title for block in section(chosen, "charts").blocks if isinstance(block, Picture)]
    assert titles == ["The chart today", "The chart then: Finance"]


def test_a_placement_that_the_chart_no_longer_allows_is_left_out():
    decision = golden().decision
    for gone in (Placement.under("CS"), Placement.under("Nobody")):
        beside = compared(decision, gone)
        assert not beside.chosen
        assert beside.title == compared(decision, None).title


def test_changed_assumptions_are_marked_and_their_usual_values_named(report):
    found = assumptions(golden(assumptions=Assumptions(radius=1))).blocks[0]
    row = [str(cells[0]) for cells in found.rows].index("Reach of customer service")
    assert row in found.marked
    assert [str(cell) for cell in found.rows[row][1:3]] == ["1 step", "changed by hand; usually 2 steps"]
    assert found.note.startswith("1 assumption is changed by hand.")
    assert row not in table(report, "assumptions", "Every assumption").marked


def test_what_was_answered_and_by_whom_it_was_guessed(report):
    answered = table(report, "answers", "What was answered")
    assert [str(row[1]) for row in answered.rows] == ["Yes", "Partly", "No"]
    assert [str(row[2]) for row in answered.rows] == ["sure", "a guess", "sure"]


def test_steps_and_notes_are_in_it():
    scenario = golden(notes="Spoke with Ann.\n\nShe agrees.")
    moved = replace(scenario, document=scenario.document.do(Move(("Plant",), "Sales")))
    (steps,) = [block for block in charts(moved, None).blocks if isinstance(block, Points)]
    assert steps.texts == tuple(step.title for step in moved.document.steps)
    assert [block.text for block in notes(moved).blocks] == ["Spoke with Ann.", "She agrees."]


def test_a_chart_without_customer_service_is_shown_and_says_so(scenario):
    report = report_of(replace(scenario, unit=(), name="Chart alone"), made=DAY)
    assert [found.key for found in report.sections] == ["answer", "charts"]
    assert "no customer service is named" in report.sections[0].blocks[0].text.lower()
    assert report.title == "Chart alone"


@pytest.mark.parametrize("size", [1, 2])
def test_the_smallest_charts(size):
    chart = Organization.from_columns(["a", "b"][:size], [None, "a"][:size])
    for unit in ((), ("a",), ("b",)[: size - 1]):
        report = report_of(Scenario(document=Document.of(chart), unit=unit), made=DAY)
        assert report.sections[0].key == "answer"
        assert "nan" not in re.findall(r"[a-z]+", " ".join(report.texts).lower())


def test_the_same_scenario_and_day_make_the_same_report(report):
    assert report_of(golden(), made=DAY).texts == report.texts


def test_several_scenarios_side_by_side():
    today = golden(name="Today", unit=("CS",))
    comparison = compare([today, replace(today, name="To sales", placement=Placement.under("Sales"))])
    found = side_by_side(comparison)
    numbers = found.blocks[0]
    assert numbers.header == ("Number", "Today", "To sales")
    for item, row in zip(INDICATORS, numbers.rows, strict=True):
        assert [cell.text for cell in row[1:]] == [
            measured(item, value).text for value in comparison.measures.loc[item.name]
        ]
    assert [block.title for block in found.blocks[1:]] == ["What differs in To sales"]


def test_no_raw_floats_and_no_number_without_end(report):
    for text in report.texts:
        assert not re.search(r"\d\.\d{4,}|\bnan\b|\binf\b", text), text


def test_the_title_is_that_of_the_scenario_else_of_the_chart():
    assert report_title(golden()) == "golden_with_service"
    assert report_title(golden(settings={"chart_name": "Bikes"})) == "Bikes"
    assert report_title(golden(name="Plan B", settings={"chart_name": "Bikes"})) == "Plan B"
    assert report_title(golden(settings={"chart_name": 7})) == "golden_with_service"


@pytest.mark.parametrize("item", INDICATORS, ids=lambda item: item.name)
def test_numbers_are_said_as_everywhere(item):
    """`value_text` is the authority; times and the index from -1 to 1 read better than there."""
    for value in (0.0, 1.0, 2.25, math.nan, math.inf):
        shown = measured(item, value)
        assert isinstance(shown, Number)
        if item.unit not in {"seconds", "-1 to 1"} and (math.isfinite(value) or item.unit != "0 to 1"):
            assert shown.text == value_text(item, value)
    assert change_of(item, 1.0, 1.0) == "as today"
    assert change_of(item, math.nan, 1.0) == "cannot be compared"
    if not item.direction.startswith("no "):
        word = "worse" if item.direction == "lower is better" else "better"
        assert change_of(item, 0.0, 1.0) == word
