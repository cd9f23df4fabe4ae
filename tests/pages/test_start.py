"""Start: what is open, which node is customer service, where it stands today."""

import pytest

from components.history import BESIDE, HISTORY
from orgmodel.edits import Edit
from orgmodel.questionnaire import Answers

HEADER = "id,name,title,manager_id\n"


def test_an_example_is_open_at_the_first_run(dashboard):
    # AppTest shows the sidebar after the first run only; the browser tests look at it afterwards.
    assert "**manufacturer\\_150.csv**  \n152 boxes, 152 people" in dashboard.text
    assert "Silo risk" in dashboard.text
    assert dashboard.app.session_state.unit == ("00565",)


def test_another_example(dashboard):
    dashboard.app.selectbox[0].set_value("bank_1200.csv").run()
    dashboard.check()
    assert "1,182 rows → **1,182 nodes**" in dashboard.text
    assert len(dashboard.app.session_state.unit) == 7


def test_an_opened_file_is_shown(dashboard):
    dashboard.open_data("golden_with_service.csv")
    assert "Open: **golden\\_with\\_service.csv**" in dashboard.text
    assert dashboard.app.session_state.unit == ("CS",)
    assert "Today: **60 % of need**" in dashboard.text


def test_files_are_opened_on_the_page_for_it(dashboard):
    assert not dashboard.app.file_uploader
    links = [link.proto.page for link in dashboard.app.get("page_link")]
    assert "your_chart" in links


def test_findings_are_announced(dashboard):
    dashboard.open(f"{HEADER}1,Ann,CEO,\n2,Bob,Clerk,77\n")
    labels = [link.proto.label for link in dashboard.app.get("page_link")]
    assert any("to look at" in label for label in labels)


def test_no_customer_service(dashboard):
    dashboard.open_data("golden_12.csv")
    assert dashboard.app.session_state.unit == ()
    assert "Silo risk" not in dashboard.text


def test_say_that_there_is_none(dashboard):
    dashboard.app.radio[0].set_value("none").run()
    assert dashboard.check().app.session_state.unit == ()
    dashboard.app.radio[0].set_value(("00565",)).run()
    assert dashboard.check().app.session_state.unit == ("00565",)


def test_a_customer_service_is_founded_and_taken_back(dashboard):
    dashboard.open_data("golden_12.csv").page("decide")
    (people,) = [field for field in dashboard.app.number_input if field.label == "People in it"]
    people.set_value(8).run()
    (found,) = [button for button in dashboard.app.button if button.label.startswith("Put a new")]
    found.click().run()
    state = dashboard.check().app.session_state
    chart = state.document.organization
    (node,) = state.unit
    row = chart.row(node)
    assert (chart.headcount[row], chart.functions[row]) == (8, "customer_service")
    assert chart.manager[row] == chart.roots[0]
    assert "Put a new customer service under the top" not in [button.label for button in dashboard.app.button]
    state[BESIDE] = HISTORY
    dashboard.page("draw").app.button(key="undo-edit").click().run()
    assert dashboard.check().app.session_state.unit == ()
    assert node not in dashboard.app.session_state.document.organization.row_of


def test_the_numbers_say_that_answers_are_in_them(dashboard):
    assert "Today, with your answers" not in dashboard.text
    dashboard.app.session_state.answers = Answers(goal_weights={"sales": 1.0})
    assert "Today, with your answers" in dashboard.page("start").text


def test_several_nodes_by_searching(dashboard):
    dashboard.app.radio[0].set_value("other").run()
    dashboard.app.text_input[0].set_value("order desk").run()
    field = dashboard.app.multiselect[0]
    found = [option for option in field.options if "Order Desk" in option]
    assert found
    field.set_value(["00565", "00154"]).run()
    assert dashboard.check().app.session_state.unit == ("00565", "00154")


def test_counts_of_functions_follow_a_correction(dashboard):
    dashboard.open_data("golden_with_service.csv")
    assert "Sales **3**" in dashboard.text
    # AppTest cannot edit a table: what its edit calls is tested in test_components.py.
    state = dashboard.app.session_state
    state.document = state.document.do(Edit(("SalesEast",), "function", "marketing"))
    dashboard.app.run()
    assert "Sales **2**" in dashboard.check().text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)\\>"),
        ("[x](javascript:alert(1))", "\\[x\\](javascript\\:\N{WORD JOINER}alert(1))"),
        ("$x$", "\\$x\\$"),
        ("=cmd|' /C calc'!A0", "\\=cmd\\|' /C calc'!A0"),
        (":material/x:", "\\:\N{WORD JOINER}material/x:"),
    ],
)
def test_names_are_not_interpreted(dashboard, name, shown):
    rows = f'1,"{name}",CEO,\n2,"{name} 2",Head of Customer Service,1\n3,"{name} 3","{name}",1\n'
    dashboard.open(HEADER + rows, f"{name}.csv")
    for page in ("start", "your_chart", "placement", "assumptions"):
        dashboard.page(page)
        if page == "placement":
            dashboard.choose_parent("1")
        labels = [expander.label for expander in dashboard.app.expander]
        written = "\n".join(
            [*dashboard.texts, *labels, *(label for box in dashboard.app.radio for label in box.options)]
        )
        assert name not in written
        assert page != "placement" or shown in written
