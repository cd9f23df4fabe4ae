"""Compare: scenarios chosen, said which is the reference, shown side by side, taken along as a file."""

import csv
import io
from dataclasses import replace

import pytest

from components import keeping
from components.compare_numbers import compared_csv
from orgmodel import Answers, Assumptions, Organization, Placement, Reply
from orgmodel.document import Document
from orgmodel.edits import Move
from orgmodel.scenarios import Scenario, written_scenario
from orgmodel.scenarios.comparing import compare
from tests.charts_for_tests import golden

HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) $x$ =1+1"


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("ORGMODEL_DATABASE_URL", f"sqlite:///{tmp_path / 'kept.sqlite3'}")


def opened(dashboard, name="golden_with_service.csv"):
    return dashboard.open_data(name).page("compare")


def choice(dashboard):
    (found,) = [
        field for field in dashboard.app.multiselect if field.label.startswith("Scenarios to compare")
    ]
    return found


def against(dashboard):
    (found,) = [box for box in dashboard.app.selectbox if box.label == "Compared with (before)"]
    return found


def choose(dashboard, *keys):
    choice(dashboard).set_value(list(keys)).run()
    return dashboard.check()


def compared(dashboard, name="_compared"):
    return dashboard.app.session_state[name][1]


def headings(dashboard):
    return [str(heading.value) for heading in dashboard.app.subheader]


def test_at_first_the_open_chart_stands_beside_the_best_places(dashboard):
    opened(dashboard)
    assert choice(dashboard).value[0] == "now"
    assert len(choice(dashboard).value) == 3
    assert headings(dashboard) == [
        "What is different",
        "Every number that differs",
        "What each points to, and by which weights",
    ]
    found = compared(dashboard)
    assert found.names[0] == "Now"
    assert found.reference == 0
    assert "Against Now" in [control.label for control in dashboard.app.get("button_group")]
    assert "points to" in dashboard.text


def test_after_a_change_the_chart_as_it_was_opened_is_there(dashboard):
    opened(dashboard)
    assert "opened" not in choice(dashboard).options
    state = dashboard.app.session_state
    state.document = state.document.do(Move(("Plant",), "Sales"))
    dashboard.app.run()
    choose(dashboard, "opened", "now")
    against(dashboard).set_value("opened").run()
    found = compared(dashboard.check())
    assert found.names == ("As opened", "Now")
    assert found.differences[1].moved == (("Plant", "Ops", "Sales"),)
    assert "1 node gets another manager" in dashboard.text


def test_another_reference_turns_the_verdicts(dashboard):
    opened(dashboard)
    choose(dashboard, "now", "place:sales")
    before = compared(dashboard).better.iloc[:, 1].tolist()
    against(dashboard).set_value("place:sales").run()
    assert compared(dashboard.check()).better.iloc[:, 0].tolist() == [-sign for sign in before]


def test_before_and_after_are_shown(dashboard):
    opened(dashboard)
    choose(dashboard, "now", "place:outsourced")
    for view, text in (("Changes", "against Now"), ("Before", "Before: Now"), ("After", "After: ")):
        dashboard.app.session_state["compare-view"] = view
        dashboard.app.run()
        assert text in dashboard.check().text


def test_a_saved_scenario_is_one_of_them(dashboard):
    opened(dashboard)
    saved = replace(scenario_of(golden("Sales")), name="Kept")
    version = keeping.store().save(
        dashboard.app.session_state.owner, keeping.content(saved), note="", save_id="once"
    )
    dashboard.app.run()
    assert "Saved: Kept" in choice(dashboard).options
    choose(dashboard, "now", f"kept:{version.scenario_id}")
    assert compared(dashboard).names == ("Now", "Kept")


def test_one_is_not_enough(dashboard):
    opened(dashboard)
    choose(dashboard, "now")
    assert "Choose at least two scenarios" in dashboard.text
    assert not headings(dashboard)


def upload(dashboard, scenario, name="other.scenario.json"):
    (field,) = [one for one in dashboard.app.file_uploader if one.label.startswith("A scenario file")]
    content = scenario if isinstance(scenario, bytes) else written_scenario(scenario)
    field.set_value((name, content, "application/json")).run()
    return dashboard.check()


def scenario_of(chart=None, **parts):
    return Scenario("From a file", document=Document.of(chart or golden("Ops")), **{"unit": ("CS",), **parts})


def test_a_scenario_of_a_file_is_chosen_at_once(dashboard):
    opened(dashboard)
    choose(dashboard, "now", "place:sales")
    upload(dashboard, scenario_of(golden("Sales")))
    assert choice(dashboard).value == ["now", "place:sales", "file"]
    assert compared(dashboard).names[2] == "From a file"


def test_a_file_that_is_none_is_a_sentence(dashboard):
    opened(dashboard)
    upload(dashboard, b"\x80 no scenario")
    assert dashboard.app.error
    assert len(compared(dashboard).names) == 3


def test_other_assumptions_are_said_and_can_be_made_the_same(dashboard):
    opened(dashboard)
    asked = Answers({"ops_errors": Reply("yes")})
    upload(dashboard, scenario_of(assumptions=Assumptions(delta=0.2), answers=asked))
    choose(dashboard, "now", "file")
    (warning,) = dashboard.app.warning
    assert "not like for like" in warning.value
    assert "How far measures travel down" in warning.value
    assert "the answers" in warning.value
    (alike,) = [toggle for toggle in dashboard.app.toggle if toggle.label.startswith("Compare all under")]
    alike.set_value(True).run()
    dashboard.check()
    assert "Now all stand under the answers and assumptions of" in dashboard.text
    assert compared(dashboard, "_compared_alike").unlike == ((), ())


def test_customer_service_missing_in_one_is_said(dashboard):
    opened(dashboard)
    upload(dashboard, scenario_of(unit=()))
    choose(dashboard, "now", "file")
    assert "Nobody is customer service in it" in dashboard.text
    assert "nothing to decide about" in dashboard.text


def test_another_company_is_said(dashboard):
    opened(dashboard)
    other = Organization.from_columns(["x", "y"], [None, "x"], functions=["executive", "customer_service"])
    upload(dashboard, scenario_of(other, unit=("y",)))
    choose(dashboard, "now", "file")
    assert "no box is in both charts" in dashboard.text


def test_without_customer_service_in_the_open_chart_the_page_works(dashboard):
    opened(dashboard, "golden_12.csv")
    assert "Choose at least two scenarios" in dashboard.text


def test_hostile_names_are_shown_as_they_are(dashboard):
    opened(dashboard)
    chart = Organization.from_columns(
        ["CEO", "CS"], [None, "CEO"], names=[HOSTILE] * 2, functions=["executive", "customer_service"]
    )
    upload(dashboard, replace(scenario_of(chart), name=HOSTILE))
    choose(dashboard, "file", "now")
    assert "<img" not in dashboard.text.replace("\\<img", "")
    assert "](javascript" not in dashboard.text.replace("\\](javascript", "")


def test_the_file_of_numbers_holds_what_the_page_shows():
    today = scenario_of()
    found = compare(
        [replace(today, name="=cmd"), replace(today, name="Sales", placement=Placement.under("Sales"))]
    )
    rows = list(csv.reader(io.StringIO(compared_csv(found).decode("utf-8-sig"))))
    header = rows[0]
    assert header[:5] == ["Number", "Unit", "Direction", "'=cmd", "Sales"]
    by_title = {row[0]: row for row in rows}
    assert float(by_title["Silo risk"][4]) == found.measures.loc["silo_risk", "Sales"]
    assert by_title["Sales-pressure conflict"][6] == "− worse"
    assert float(by_title["Total"][3]) == found.totals[0]
    assert by_title["Points to"][3:5] == list(found.recommended)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
