"""Change orders: the setting, the answers by formula, a study beside them, and one quarrel step by step."""

import csv
import io

import pytest

from components.change_orders_findings import study_csv
from orgmodel.assumptions import Assumptions
from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.plan import read_plan
from orgmodel.change_orders.policies import POLICIES
from orgmodel.change_orders.process import process_of
from orgmodel.change_orders.study import Plan, run
from orgmodel.sweep import Survey
from tests.charts_for_tests import golden

HEADER = "id,name,title,function,manager_id\n"
PEOPLE = "1,Top,CEO,executive,\n2,Sally,Head,sales,1\n3,Ops,Head,operations,1\n"
SERVICE = "4,Care,Head of Customer Service,customer_service,3\n"
HOSTILE = "[x](javascript:alert(1)) <b>$x$</b>"
FULL = "How full"


def field(kind, label):
    (found,) = [item for item in kind if label in item.label]
    return found


def press(dashboard, label):
    field(dashboard.app.button, label).click().run()
    return dashboard.check()


def slide(dashboard, label, value):
    field(dashboard.app.slider, label).set_value(value).run()
    return dashboard.check()


def small_study(dashboard):
    """Run a study that takes no time."""
    field(dashboard.app.number_input, "Repetitions").set_value(2).run()
    field(dashboard.app.number_input, "Changes in each").set_value(50).run()
    return press(dashboard, "Run the study")


def table(dashboard):
    """Return the answers: placement -> the cells of its row."""
    (shown,) = dashboard.app.table
    return {row[0]: list(row[1:]) for row in shown.value.itertuples(index=False)}


@pytest.fixture
def opened(dashboard):
    return dashboard.open_data("golden_with_service.csv").page("change_orders")


def test_the_formulas_answer_at_once(opened):
    rows = table(opened)
    assert list(rows)[:2] == ["Operations (today)", "Sales"]
    assert all(cell.startswith("**") for cells in rows.values() for cell in cells)
    slide(opened, "Rules", 100.0)
    assert {cells[1] for cells in table(opened).values()} == {"**0**"}


def test_a_study_stands_beside_the_formulas_and_stays(opened):
    small_study(opened)
    assert all("±" in cells[0] for cells in table(opened).values())
    assert len(opened.app.get("plotly_chart")) == 6
    first = table(opened)
    opened.page("goals").page("change_orders")
    assert table(opened) == first
    assert "other settings" not in opened.text


def test_a_study_of_other_settings_says_so(opened):
    small_study(opened)
    slide(opened, "Transparency", 40.0)
    assert "This study is of other settings" in opened.text
    assert "0 then, 0.4 now" in opened.text
    assert not any("±" in cells[0] for cells in table(opened).values())
    press(opened, "Back to the preset")
    assert "other settings" not in opened.text
    opened.open(HEADER + PEOPLE + SERVICE).page("change_orders")
    assert "the chart was" in opened.text


def test_another_utilisation_of_the_same_study_is_there(opened):
    small_study(opened)
    slide(opened, FULL, 90.0)
    assert "other settings" not in opened.text
    assert all("±" in cells[0] for cells in table(opened).values())
    slide(opened, FULL, 77.0)
    assert "no run with operations 77 % full is in it" in opened.text


def test_shared_numbers_begin_with_what_is_assumed(opened):
    opened.app.session_state["assumptions"] = Assumptions(transparency=0.4, slack=3.0)
    opened.app.run()
    assert field(opened.check().app.slider, "Transparency").value == 40
    assert field(opened.app.number_input, "Delay that nobody contests").value == 3
    slide(opened, "Rules", 30.0)
    assert "1 number" in opened.text
    press(opened, "Back to the preset")
    assert field(opened.app.slider, "Rules").value == 0


def test_presets_have_numbers_of_their_own(opened):
    before = table(opened)
    field(opened.app.button_group, "What kind").set_value("bank").run()
    assert table(opened.check()) != before
    assert "back office" in opened.text


def test_a_quarrel_climbs_step_by_step(opened):
    told = opened.text
    assert "A customer asks for a change." in told
    moments = int(field(opened.app.slider, "Moment").max)
    for _ in range(moments - 1):
        press(opened, "Next")
    assert field(opened.app.button, "Next").disabled
    assert "decides" in opened.text
    press(opened, "Back")
    assert field(opened.app.slider, "Moment").value == moments - 1
    for kind in ("top", "rework", "any"):
        field(opened.app.button_group, "Which quarrel").set_value(kind).run()
        opened.check()
    press(opened, "Another one")


def test_no_quarrel_is_no_error(opened):
    slide(opened, "Transparency", 100.0)
    assert "became a quarrel at these settings" in opened.text


def test_overload_is_said_and_not_simulated(opened):
    field(opened.app.number_input, "Decisions that a manager").set_value(0.01).run()
    assert "grows without end" in opened.check().text
    small_study(opened)
    assert any("not simulated" in part.label for part in opened.app.expander)
    opened.app.session_state["assumptions"] = Assumptions(planning_utilisation=1.2)
    opened.app.run()
    assert "grows without end" in opened.check().text
    press(opened, "Run the study")


def test_no_placement_is_chosen(opened):
    field(opened.app.multiselect, "Where customer service").set_value([]).run()
    assert "Choose at least one placement" in opened.check().text


def test_without_customer_service_it_asks_for_it(dashboard):
    dashboard.open_data("golden_12.csv").page("change_orders")
    assert "Say first which node is customer service." in dashboard.text


def test_without_operations_it_says_so(dashboard):
    rows = PEOPLE.replace("operations", "finance").replace("Ops,Head", "Fin,Head")
    dashboard.open(HEADER + rows + SERVICE).page("change_orders")
    assert "no operations outside customer service" in dashboard.text
    assert not dashboard.app.table


def test_everybody_or_operations_are_customer_service(dashboard):
    dashboard.open(HEADER + PEOPLE + SERVICE)
    for unit in (("1",), ("3",)):
        dashboard.app.session_state["unit"] = unit
        dashboard.page("start").page("change_orders")
        assert not dashboard.app.table


def test_names_are_escaped(dashboard):
    rows = PEOPLE.replace("Sally", HOSTILE).replace("Ops", HOSTILE)
    dashboard.open(f'{HEADER}{rows}4,"{HOSTILE}",Head of Customer Service,customer_service,3\n')
    dashboard.page("change_orders")
    small_study(dashboard)
    field(dashboard.app.selectbox, "Placement to follow").set_value(1).run()
    for kind in ("top", "longest"):
        field(dashboard.app.button_group, "Which quarrel").set_value(kind).run()
        for _ in range(int(field(dashboard.check().app.slider, "Moment").max) - 1):
            press(dashboard, "Next")
    assert "javascript" in dashboard.text
    for harmful in ("](javascript", "<b>", "$x$"):
        assert harmful not in dashboard.text.replace("\\]", "").replace("\\<", "").replace("\\$", "")


@pytest.mark.parametrize("name", ["startup_12.csv", "bank_1200.csv", "manufacturer_150.csv"])
def test_the_examples(dashboard, name):
    dashboard.open_data(name).page("change_orders")
    assert len(table(dashboard)) > 1
    assert not dashboard.app.error


def test_the_table_and_the_plan_are_saved():
    survey = Survey(golden("Fin"), "CS")
    process = process_of(survey, None, "=1+1")
    study = run(Plan((process,), (POLICIES["as_today"],), Parameters(), (0.9,), 2, 50), workers=1)
    rows = list(csv.reader(io.StringIO(study_csv(study).decode())))
    assert len(rows) == 3
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert read_plan('placements = ["today"]').placements == ("today",)
