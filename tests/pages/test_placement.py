"""Placement: today and after the move side by side, with reasons."""

import pytest

from components.text import plain
from orgmodel.assumptions import Assumptions
from orgmodel.document import Document
from orgmodel.lines import FurtherManager
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.queues import sales_duty

HEADER = "id,name,title,function,manager_id\n"
KINDS = ("shared", "split", "outsourced", "new_department", "merged")
HOSTILE = ("<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "$x$", ":material/home:", "*b* `c` #d")


def choose_structure(dashboard, kind):
    (field,) = [field for field in dashboard.app.button_group if field.label == "Compare today with"]
    field.set_value(kind).run()
    return dashboard.check()


def field_named(dashboard, kind, label):
    (field,) = [field for field in getattr(dashboard.app, kind) if field.label == label]
    return field


def fill(dashboard, kind, bosses):
    """Choose a structure and, where it proposes nobody, its bosses."""
    choose_structure(dashboard, kind)
    labels = {
        "shared": "Bosses of customer service",
        "split": "Bosses of the parts",
        "outsourced": "Who oversees the contract",
        "new_department": "Boss of the new department",
        "merged": "Head of sales",
    }
    if kind in {"shared", "split"}:
        field_named(dashboard, "multiselect", labels[kind]).set_value(list(bosses)).run()
    elif (field := field_named(dashboard, "selectbox", labels[kind])).value is None:
        field.set_value(bosses[0]).run()
    return dashboard.check()


def expected(dashboard, placement):
    """Return the numbers of a placement as the library gives them."""
    return dashboard.app.session_state["_survey"][1].assess(placement)


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
    chart = state.document.organization
    other = Organization.from_columns(
        chart.ids,
        [None, "1", None],
        names=chart.names,
        functions=chart.functions,
        further_managers=[FurtherManager("3", "2", "contract", 0.4)],
    )
    state.document = Document.of(other)
    dashboard.page("placement")
    assert "reports to **Ops** (40 % of the authority) today." in dashboard.text


def test_a_long_chain_of_managers(dashboard):
    rows = "".join(f"n{number},P{number},Clerk,,n{number - 1}\n" for number in range(1, 1500))
    dashboard.open(f"{HEADER}n0,Top,COO,operations,\n{rows}cs,Cleo,Customer Service,customer_service,n1499\n")
    dashboard.page("placement").choose_parent("n0")
    ways = next(table.value["Way"] for table in dashboard.app.dataframe if "Way" in table.value)
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


@pytest.mark.parametrize(
    ("kind", "placement"),
    [
        ("shared", Placement.shared({"Sales": 0.5, "Ops": 0.5})),
        ("split", Placement.split(["Sales", "Ops"], "equally")),
        ("outsourced", Placement.outsourced("Ops", "Provider")),
        ("new_department", Placement.new_department("CEO")),
        ("merged", Placement.merged("Sales")),
    ],
    ids=KINDS,
)
def test_every_structure_shows_what_the_library_says(dashboard, kind, placement):
    dashboard.open_data("golden_with_service.csv").page("placement")
    fill(dashboard, kind, ("Sales", "Ops"))
    assert dashboard.app.session_state.placement == placement
    found = expected(dashboard, placement)
    assert f": **{found.values['silo_risk']:.0f} % of need**" in dashboard.text
    assert f": **{found.values['feedback_path_length']:.1f} steps**" in dashboard.text
    for sentence in found.sentences:
        assert plain(sentence) in dashboard.text
    assert len(dashboard.app.info) == bool(found.done)
    for sentence in found.done:
        assert plain(sentence) in dashboard.app.info[0].value


def test_two_bosses_of_the_worked_example(dashboard):
    """Sales and operations, half each: the last line of the worked example."""
    dashboard.open_data("golden_with_service.csv").page("placement")
    fill(dashboard, "shared", ("Sales", "Ops"))
    for text in ("**30 % of need**", "**48 % of value**", "**1.6 steps**"):
        assert f"Under several bosses: {text}" in dashboard.text
    assert "Boss disagreement: 0 → **26 %** :orange[**▲ worse**]" in dashboard.text
    assert "Together 100 %." in dashboard.text


def test_shares_that_do_not_sum_to_100_are_rescaled_and_it_is_said(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement")
    fill(dashboard, "shared", ("Sales", "Ops"))
    field_named(dashboard, "number_input", "Share of Sales in %").set_value(75.0).run()
    assert "Together **125 %**. They are rescaled to 100 %: Sales 60 %, Operations 40 %." in dashboard.text
    assert dashboard.check().app.session_state.placement.bosses == (("Sales", 0.6), ("Ops", 0.4))
    fill(dashboard, "shared", ("Sales", "Ops", "Fin"))
    assert [field.value for field in dashboard.app.number_input] == pytest.approx([100 / 3] * 3)


def test_a_structure_that_is_not_complete_says_what_is_missing(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement")
    for kind, hint in (("shared", "Choose two bosses or more."), ("split", "Choose the boss of every part")):
        choose_structure(dashboard, kind)
        assert hint in dashboard.text
        assert dashboard.app.session_state.placement is None
    choose_structure(dashboard, "outsourced")
    field_named(dashboard, "text_input", "Name of the provider").set_value(" ").run()
    (error,) = dashboard.check().app.error
    assert error.value.startswith("What is new needs a name")
    assert field_named(dashboard, "selectbox", "Who oversees the contract").value == "Ops"
    assert "Today: **60 % of need**" in dashboard.text


def test_a_structure_outlasts_a_change_of_page_and_gives_way_to_one_boss(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement").choose_parent("Sales")
    fill(dashboard, "split", ("Sales", "Fin"))
    dashboard.page("methods").page("placement")
    assert dashboard.app.session_state.placement == Placement.split(["Sales", "Fin"], "equally")
    choose_structure(dashboard, "under")
    assert "Under Sales: **70 % of need**" in dashboard.text
    assert dashboard.app.session_state.placement == Placement.under("Sales")
    dashboard.open_data("manufacturer_150.csv").page("placement")
    assert dashboard.app.session_state.placement is None


def test_parts_by_location(dashboard):
    dashboard.page("placement")
    fill(dashboard, "split", heads_of(dashboard, "sales", "operations"))
    (done,) = dashboard.app.info
    assert "went by location" in done.value
    assert "In parts, the worst of 2 parts: Silo risk **" in dashboard.text
    assert "at 2 separate desks" in dashboard.text
    split = dashboard.app.session_state["_moved"][1].split
    assert f"**{round(60 * split.added_waiting_time) // 60} min" in dashboard.text


def heads_of(dashboard, *functions):
    survey = dashboard.app.session_state["_survey"][1]
    heads = survey.situation.heads_of_functions
    return [str(survey.organization.ids[heads[function]]) for function in functions]


@pytest.mark.parametrize("kind", KINDS)
def test_every_structure_of_a_unit_of_several_nodes(dashboard, kind):
    dashboard.open_data("bank_1200.csv").page("placement")
    fill(dashboard, kind, heads_of(dashboard, "sales", "it"))
    assert dashboard.app.session_state.placement.kind == kind
    assert "the worst of" in dashboard.text
    assert not dashboard.app.error


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("function", ["", "customer_service"])
def test_every_structure_without_functions(dashboard, kind, function):
    rows = f"a,Ann,,,\nb,Bob,,,a\nc,Cleo,Customer Service,{function},b\nd,Dan,,,c\ne,Eve,,,b\n"
    dashboard.open(HEADER + rows)
    dashboard.app.session_state.unit = ("c",)
    dashboard.page("placement")
    fill(dashboard, kind, ("a", "b"))
    assert dashboard.app.session_state.placement.kind == kind
    assert "not defined" in dashboard.text


@pytest.mark.parametrize("kind", KINDS)
def test_names_are_shown_as_they_are_written(dashboard, kind):
    rows = "".join(
        f'n{row},"{name}","{name}",sales,{f"n{row - 1}" if row else 1}\n' for row, name in enumerate(HOSTILE)
    )
    head = f'1,"{HOSTILE[0]}","{HOSTILE[1]}",executive,\n2,"{HOSTILE[4]}",x,customer_service,n2\n'
    dashboard.open(HEADER + head + rows).page("placement")
    fill(dashboard, kind, ("n0", "n1", "n2", "n3"))
    if kind == "outsourced":
        field_named(dashboard, "text_input", "Name of the provider").set_value(HOSTILE[1]).run()
    dashboard.check()
    labels = [field.label for field in dashboard.app.number_input]
    for text in (*dashboard.texts, *labels):
        for name in (*HOSTILE[:2], "$x$", " :material/home:", "*b*"):
            assert name not in text


def test_numbers_without_a_good_end_are_read_against_something(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement").choose_parent("CEO")
    survey = dashboard.app.session_state["_survey"][1]
    mixing = expected(dashboard, Placement.under("CEO")).evidence[0].mixing.expected
    text = dashboard.text.replace("−", "-")
    assert f"Random mixing would give {mixing:.2f}. Five lines inside to one outside: -0.67." in text
    assert "Within the assumed band of 3 to 12." in dashboard.text
    dashboard.app.session_state.assumptions = Assumptions(span_most=6)
    dashboard.app.run()
    above = "Above the assumed band of 3 to 6: customer service is likely to be handed on to somebody else."
    assert above in dashboard.check().text
    assert survey.assumptions.span_most == 12


def test_what_is_not_defined_has_a_reason(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement")
    fill(dashboard, "outsourced", ("Ops",))
    assert "Climb of a quarrel: 1 level → :gray[not defined]" in dashboard.text
    assert dashboard.text.count("(a contract or the board decides)") == 1
    assert dashboard.text.count("For the same reason.") == 3


def test_who_a_way_hangs_on(dashboard):
    """Under sales every way out of the sales branch passes its head (the example has one tie, below)."""
    dashboard.open_data("golden_with_service.csv").page("placement").choose_parent("Sales")
    assert (
        "Without **Sales (Head of Sales)** no way to Operations, Finance, IT (70 % of the need)."
        in dashboard.text
    )
    steps = next(table.value for table in dashboard.app.dataframe if "Way" in table.value)
    assert steps["Ways apart"].tolist() == [1, 1, 1, 1]
    assert steps["Cut without"].tolist() == ["", "Sales", "Sales, Chief Executive", "Sales, Chief Executive"]


def sales_rules(dashboard):
    dashboard.app.session_state["sales-rules"] = True
    dashboard.app.run()
    return dashboard.check()


def test_selling_only_when_nobody_waits(dashboard):
    dashboard.page("placement").choose_parent(heads_of(dashboard, "sales")[0])
    assert not [table for table in dashboard.app.table if "People try to sell" in table.value]
    sales_rules(dashboard)
    (table,) = [table.value for table in dashboard.app.table if "People try to sell" in table.value]
    part = dashboard.app.session_state["_moved"][1].evidence[0]
    duty = sales_duty(part.desk.agents, part.desk.load / 6, 6, 1, part.desk.agents + 1, part.sales_attempts)
    assert table["tried, of all contacts"].tolist() == [
        "0 %",
        f"{100 * duty.attempted:.0f} %",
        f"{100 * part.sales_attempts:.0f} %",
    ]
    waits = [float(text.split()[0]) for text in table["customers who wait"]]
    assert waits[0] < waits[1] < waits[2]


def test_selling_beyond_what_can_be_computed_says_so(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement").choose_parent("Sales")
    dashboard.app.session_state.assumptions = Assumptions(agents=400)
    sales_rules(dashboard)
    (error,) = dashboard.app.error
    assert error.value.startswith("400 servers that sell are too many")


@pytest.mark.parametrize(
    ("assumptions", "sentence"),
    [
        ({"sales_attempts": 0.0}, "nobody tries to sell"),
        ({"automation": 1.0}, "No contact reaches the desk."),
        ({"sales_time": 0.0}, "sales time"),
        ({"patience": 2.0}, "Counted as if nobody gave up."),
    ],
)
def test_when_there_is_nothing_to_sell(dashboard, assumptions, sentence):
    dashboard.open_data("golden_with_service.csv").page("placement").choose_parent("Sales")
    dashboard.app.session_state.assumptions = Assumptions(**assumptions)
    sales_rules(dashboard)
    assert sentence in dashboard.text


def test_a_long_table_is_cut_and_sorted_by_what_is_asked_for(dashboard):
    rows = "".join(f"n{number},P{number},Manager,,n{(number - 1) // 2}\n" for number in range(1, 900))
    dashboard.open(f"{HEADER}n0,Top,CEO,executive,\n{rows}cs,Cleo,Customer Service,customer_service,n1\n")
    dashboard.page("placement")
    assert "The first 250 of 450." in dashboard.text
    assert len(dashboard.app.dataframe[0].value) == 250
    field_named(dashboard, "selectbox", "Which come first").set_value("sales_pressure_conflict").run()
    shown = dashboard.check().app.dataframe[0].value["sales_pressure_conflict"]
    assert shown.is_monotonic_increasing
    table = dashboard.app.session_state["_survey"][1].table
    assert shown.iloc[0] == table.loc[table["shown_first"], "sales_pressure_conflict"].min()
