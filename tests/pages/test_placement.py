"""Placement: today and after the move side by side, with reasons."""

import pytest

from components.text import plain
from orgmodel.lines import FurtherManager
from orgmodel.organization import Organization
from orgmodel.placement import Placement

HEADER = "id,name,title,function,manager_id\n"


def test_move_from_operations_to_sales(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement").choose_parent("Sales")
    for text in (
        "Service)** reports to **Operations (Head of Operations)** today.",
        "Today: **60 % of need**",
        "Under Sales: **70 % of need**",
        ":orange[**▲ 10 points more: worse**]",
        "Today: **5 % of value**",
        "Under Sales: **84 % of value**",
        "Today: **2.2 steps**",
        "Under Sales: **2.4 steps**",
        ":orange[**▲ 0.2 steps more: worse**]",
    ):
        assert text in dashboard.text
    assert dashboard.progress() == [60, 70, 4, 84, 54, 58]
    assert "not what will happen" in dashboard.text
    survey = dashboard.app.session_state["_survey"][1]
    for sentence in survey.assess(Placement.under("Sales")).sentences:
        assert plain(sentence) in dashboard.text


def test_the_other_way_is_better(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement").choose_parent("CEO")
    assert ":blue[**▼ 60 points less: better**]" in dashboard.text


def test_moving_to_the_present_boss_changes_nothing(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement").choose_parent("Ops")
    assert dashboard.text.count(":gray[**= no change**]") == 3


def test_the_choice_outlasts_a_change_of_page(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement").choose_parent("Sales")
    dashboard.page("methods").page("placement")
    assert "Under Sales: **70 % of need**" in dashboard.text
    dashboard.open_data("manufacturer_150.csv").page("placement")
    assert "Under" not in dashboard.text


def test_searching_for_a_parent(dashboard):
    dashboard.page("placement")
    dashboard.app.text_input[0].set_value("plant manager, erie").run()
    assert dashboard.app.selectbox[0].options == ["Perry Rutkowski · Plant Manager, Erie · Production - Erie"]


def test_no_customer_service(dashboard):
    dashboard.open_data("golden_12.csv").page("placement")
    assert "Say first which node is customer service." in dashboard.text
    dashboard.app.radio[0].set_value("other").run()
    dashboard.app.multiselect[0].set_value(["HR"]).run()
    assert "Silo risk" in dashboard.check().text


@pytest.mark.parametrize("function", ["customer_service", ""])
def test_one_node(dashboard, function):
    dashboard.open(f"{HEADER}1,Ann,Customer Service,{function},\n").page("placement")
    assert "there is no other parent to choose" in dashboard.text
    assert "cannot be told" in dashboard.text


def test_several_nodes(dashboard):
    dashboard.open_data("bank_1200.csv").page("placement").choose_parent("105719")
    assert "Customer service is 7 nodes" in dashboard.text
    assert "show the largest" in dashboard.text


def test_a_way_that_is_missing(dashboard):
    rows = "1,Top,CEO,executive,\n2,Ops,COO,operations,1\n"
    rows += "3,Service,Service,customer_service,1\n4,Sam,Sales,sales,\n"
    dashboard.open(HEADER + rows).page("placement")
    assert "Today: **no complete way**" in dashboard.text
    assert "of the need cannot be reached over any line" in dashboard.text
    dashboard.choose_parent("2")
    assert ":gray[**= no change**]" in dashboard.text


def test_several_nodes_one_of_which_reaches_nobody(dashboard):
    rows = "1,Top,CEO,executive,\n2,Ops,COO,operations,1\n3,Sam,Sales,sales,1\n"
    rows += "4,Service,Service,customer_service,2\n5,Island,Service,customer_service,\n"
    dashboard.open(HEADER + rows)
    dashboard.app.radio[0].set_value("other").run()
    dashboard.app.multiselect[0].set_value(["4", "5"]).run()
    dashboard.page("placement")
    assert "50 % of the need cannot be reached over any line." in dashboard.text
    assert "No line leads to anybody" not in dashboard.text
    dashboard.app.session_state.unit = ("5",)
    dashboard.app.run()
    assert "No line leads to anybody whom customer service needs." in dashboard.text


def test_a_root_with_a_contract_reports_to_the_contractor(dashboard):
    rows = "1,Top,CEO,executive,\n2,Ops,COO,operations,1\n3,Service,Service,customer_service,\n"
    dashboard.open(HEADER + rows)
    state = dashboard.app.session_state
    chart = state.organization
    state.organization = Organization.from_columns(
        chart.ids,
        [None, "1", None],
        names=chart.names,
        functions=chart.functions,
        further_managers=[FurtherManager("3", "2", "contract", 0.4)],
    )
    dashboard.page("placement")
    assert "reports to **Ops** (40 % of the authority) today." in dashboard.text


def test_a_long_chain_of_managers(dashboard):
    rows = "".join(f"n{number},P{number},Clerk,,n{number - 1}\n" for number in range(1, 1500))
    dashboard.open(f"{HEADER}n0,Top,COO,operations,\n{rows}cs,Cleo,Customer Service,customer_service,n1499\n")
    dashboard.page("placement").choose_parent("n0")
    ways = dashboard.app.dataframe[-1].value["Way"]
    assert all(len(way) < 500 for way in ways)


def test_silo_risk_by_reach(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement").choose_parent("Sales")
    assert dashboard.app.table[0].value.to_numpy().tolist() == [
        ["Today", "60 %", "60 %", "0 %"],
        ["After the move", "70 %", "70 %", "0 %"],
    ]


def test_everybody(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement")
    assert len(dashboard.app.dataframe[0].value) == 7
    dashboard.app.toggle[0].set_value(True).run()
    assert len(dashboard.check().app.dataframe[0].value) == 12


def test_large_charts_do_not_send_long_lists(dashboard):
    rows = "".join(f"n{number},P{number},Manager,,n{(number - 1) // 3}\n" for number in range(1, 5000))
    dashboard.open(f"{HEADER}n0,Top,CEO,executive,\n{rows}cs,Cleo,Customer Service,customer_service,n1\n")
    dashboard.page("placement").choose_parent("n2")
    for page in ("start", "placement", "assumptions"):
        dashboard.page(page)
        fields = [*dashboard.app.selectbox, *dashboard.app.multiselect]
        assert all(len(field.options) <= 201 for field in fields)
