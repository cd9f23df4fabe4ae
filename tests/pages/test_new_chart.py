"""Charts begun on the page Draw: templates, pasted lists, what they are called, and the way back."""

import pytest

from components import session
from orgmodel.edits import Add, Move
from orgmodel.importing import read_organization
from orgmodel.operations import NewNode
from orgmodel.templates import TEMPLATES
from tests.pages.test_components import State
from tests.pages.test_draw import PAGES, SMALL, chart, do, find, managers, press, show, steps


@pytest.fixture
def drawing(dashboard):
    """The page Draw with a chart of five."""
    return dashboard.upload({"chart.csv": SMALL}).page("draw")


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_works_on_every_page(dashboard, name):
    show(dashboard.page("draw"), "New chart")
    dashboard.app.radio(key="template").set_value(name).run()
    opening = dashboard.app.session_state.opening
    press(dashboard, "Begin")
    assert dashboard.app.session_state.opening == opening + 1
    assert not steps(dashboard)
    for page in PAGES:
        dashboard.page(page)
    for title in ("Table", "History", "New chart", "Save as", "Form"):
        show(dashboard.page("draw"), title)


def test_a_changed_chart_is_set_aside_and_taken_up_again(drawing):
    do(drawing, Move(("4",), "3"))
    left = drawing.app.session_state.document
    show(drawing, "New chart")
    assert "the open one is kept with its changes" in drawing.text
    press(drawing, "Begin")
    assert not steps(drawing)
    top = str(chart(drawing).ids[0])
    do(drawing, Add((NewNode("new-1", top, name="Fay"),)), Add((NewNode("new-2", "new-1", name="Gus"),)))
    begun = drawing.app.session_state.document
    drawing.app.switch_page("app.py").run()  # the sidebar is the frame's
    (back,) = drawing.app.sidebar.button
    assert back.label == "Back to chart.csv (1 change)"
    back.click().run()
    drawing.check()
    assert drawing.app.session_state.document is left
    assert drawing.app.session_state.unit == ("2",)
    for page in PAGES:
        drawing.page(page)
    drawing.app.switch_page("app.py").run()
    drawing.app.sidebar.button[0].click().run()
    assert drawing.app.session_state.document is begun


def test_a_chart_without_changes_is_not_set_aside(drawing):
    show(drawing, "New chart")
    press(drawing, "Begin")
    drawing.app.switch_page("app.py").run()
    assert not drawing.app.sidebar.button


def test_a_pasted_list_goes_below_somebody(drawing):
    show(drawing, "New chart")
    drawing.app.text_area[0].set_value("Fay, Team lead\n  Gus\n  Hal").run()
    assert "3 people:" in drawing.check().text
    assert drawing.app.code[0].value == "Fay, Team lead\n    Gus\n    Hal"
    find(drawing, "paste-below", "cem")
    press(drawing, "Add below the one chosen")
    assert list(chart(drawing).names[-3:]) == ["Fay", "Gus", "Hal"]
    first = str(chart(drawing).ids[-3])
    assert list(managers(drawing).values())[-3:] == ["3", first, first]
    assert len(steps(drawing)) == 1
    assert drawing.app.text_area[0].value == ""


def test_a_pasted_list_becomes_a_chart(drawing):
    show(drawing, "New chart")
    drawing.app.text_area[0].set_value("Ann, CEO\n  Bob, Head of Customer Service\n  Cem, Sales").run()
    press(drawing, "Make it a new chart")
    assert drawing.app.session_state.report.filename == "Pasted list"
    assert len(chart(drawing)) == 3
    assert len(drawing.app.session_state.unit) == 1


def test_lines_that_cannot_be_names_are_named(drawing):
    show(drawing, "New chart")
    drawing.app.text_area[0].set_value("Fay\n,,,,\n" + "\n".join(f"  Gus {n}" for n in range(20))).run()
    (said,) = [one.value for one in drawing.check().app.warning]
    assert said.startswith("1 line does not look like names (no letters in them) and is left out: line 2 (")
    assert drawing.app.code[0].value.endswith("\n    Gus 13\n... and 6 more")


def test_a_new_chart_is_told_and_in_sight(drawing):
    show(drawing, "New chart")
    drawing.app.text_input(key="new-name").set_value("Acme v1.2 / draft").run()
    press(drawing, "Begin")
    assert [one.value for one in drawing.app.toast] == ["New chart: Acme v1.2 / draft. It stands above."]
    assert drawing.app.session_state["beside-drawing"] is None
    assert "**Acme v1.2 / draft**" in drawing.text


def test_the_chart_is_named_and_its_files_are_called_after_it(drawing):
    show(drawing, "Save as")
    (name,) = [one for one in drawing.app.text_input if one.label == "Name of the chart"]
    assert name.value == "chart.csv"
    name.set_value("Acme: plan A").run()
    assert "**Acme: plan A**" in drawing.check().text
    assert drawing.app.session_state.chart_name == "Acme: plan A"


@pytest.mark.parametrize(
    ("name", "stem"), [("", "chart"), ("Acme: plan A", "Acme- plan A"), ("...", "chart"), ("a/b.c", "a-b.c")]
)
def test_names_of_files(monkeypatch, name, stem):
    report = read_organization(SMALL.encode(), filename="chart.csv, lines.csv")
    monkeypatch.setattr(session.st, "session_state", State(report=report, chart_name=name))
    assert session.file_stem() == stem
