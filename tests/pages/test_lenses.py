"""Two lenses: contacts by cause beside the way on the chart, linked, from needs or a ticket file."""

import pytest

from components.touchpoint_table import corrected
from orgmodel.assumptions import Assumptions
from orgmodel.touchpoints import contacts_from_needs, function_shares, needs_from_contacts, read_tickets

HEADER = "id,name,title,function,manager_id\n"
TICKETS = (
    b"Id;Reason;Count\n1;Late delivery;6\n2;Invoice error;3\n3;Blue moon;2\n4;;1\n5;How do I;1\n6;Refund;0\n"
)
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) $x$ :material/home:",
    "=cmd|' /C calc'!A0",
    "z" * 5000,
)


def group(dashboard, label):
    (field,) = [field for field in dashboard.app.button_group if field.label.startswith(label)]
    return field


def choose(dashboard, function):
    group(dashboard, "Which function").set_value(function).run()
    return dashboard.check()


def give(dashboard, data, name="tickets.csv"):
    """Show the page with a ticket file."""
    dashboard.page("lenses")
    group(dashboard, "Where").set_value("file").run()
    dashboard.app.file_uploader[0].set_value([(name, data, "text/csv")]).run()
    return dashboard.check()


def test_the_needs_are_spread_and_a_function_is_followed(dashboard):
    dashboard.open_data("golden_with_service.csv").page("lenses")
    assert group(dashboard, "Which function").options[0] == "Operations 40 %"
    assert group(dashboard, "Which function").value == "operations"
    assert "Operations delivers" in dashboard.text
    assert "can act, **1 step** and about **1.0 working days** away: " in dashboard.text
    choose(dashboard, "sales")
    assert "Sales promises" in dashboard.text
    choose(dashboard, None)
    steps = next(table.value for table in dashboard.app.dataframe if "Way" in table.value)
    assert sorted(steps["Function"]) == ["Finance", "IT", "Operations", "Sales"]
    dashboard.page("methods").page("lenses")
    assert group(dashboard, "Which function").value is None


def test_a_ticket_file_becomes_the_needs_and_back(dashboard):
    dashboard.open_data("golden_with_service.csv")
    give(dashboard, TICKETS)
    account = "6 rows: **4** used, 1 with a cause that is not known here (not assigned), 1 without a cause."
    assert account in dashboard.text
    assert "Not assigned to any function: 17 % of the contacts. Settled by customer service itself: 8 %" in (
        dashboard.text
    )
    before = dashboard.app.session_state.assumptions
    dashboard.app.button[0].click().run()
    expected = needs_from_contacts(read_tickets(TICKETS).contacts)
    assert expected == pytest.approx({"operations": 2 / 3, "finance": 1 / 3})
    # In tenths of a per cent, which sum to 1: the sliders of the page Assumptions keep no more digits.
    assert dashboard.check().app.session_state.assumptions.needs == {"operations": 0.667, "finance": 0.333}
    assert "All pages now count" in dashboard.app.success[0].value
    dashboard.page("assumptions").page("lenses")
    (back,) = [button for button in dashboard.app.button if button.label == "Take that back"]
    back.click().run()
    assert dashboard.check().app.session_state.assumptions == before


def test_another_column_is_read_when_it_is_chosen(dashboard):
    give(dashboard, b"Id,Colour,Taste\n1,Late delivery,Refund\n2,Login,Refund\n")
    assert "No column is called cause" in dashboard.text
    assert not dashboard.app.button
    (field,) = [box for box in dashboard.app.selectbox if box.label == "Which column says why"]
    field.set_value("Taste").run()
    assert group(dashboard.check(), "Which function").options == ["Finance 100 %"]
    field.set_value("Colour").run()
    assert group(dashboard.check(), "Which function").options == ["Operations 50 %", "IT 50 %"]
    dashboard.page("methods").page("lenses")
    assert group(dashboard, "Which function").options == ["Operations 50 %", "IT 50 %"]


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.4", b"\x00\x01\x02" * 50])
def test_what_cannot_be_read_says_so(dashboard, data):
    give(dashboard, data, "odd.csv")
    (error,) = dashboard.app.error
    assert "odd.csv" in error.value


def test_nobody_is_assigned(dashboard):
    give(dashboard, b"Id,Reason\n1,Blue moon\n2,Green sun\n")
    assert "No contact is assigned to a function" in dashboard.text
    assert not [button for button in dashboard.app.button if button.label.startswith("Use these")]


def test_hostile_causes(dashboard):
    rows = "".join(f'{number},"{text}"\n' for number, text in enumerate(HOSTILE))
    give(dashboard, f"Id,Reason\n{rows}9,Refund\n".encode())
    for text in dashboard.texts:
        for hostile in (*HOSTILE[:2], ":material/home:"):
            assert hostile not in text


def test_without_customer_service(dashboard):
    dashboard.open_data("golden_12.csv").page("lenses")
    assert "Say first which node is customer service." in dashboard.text


@pytest.mark.parametrize("name", ["bank_1200.csv", "startup_12.csv", "software_400.csv"])
def test_other_charts(dashboard, name):
    dashboard.open_data(name).page("lenses")
    for function in ("operations", "sales", "it", "finance", None):
        choose(dashboard, function)
        assert not dashboard.app.error


def test_functions_that_are_nowhere_on_the_chart(dashboard):
    rows = "1,Top,CEO,executive,\n2,Cleo,Customer Service,customer_service,1\n3,Ann,Sales,sales,\n"
    dashboard.open(HEADER + rows).page("lenses")
    assert "Operations: nobody on this chart." in dashboard.text
    choose(dashboard, "sales")
    assert "Sales: no line of this chart leads there." in dashboard.text


def test_a_file_is_shown_until_it_is_forgotten(dashboard):
    give(dashboard, TICKETS, "may.csv")
    dashboard.page("methods").page("lenses")
    assert "Shown: **may.csv**" in dashboard.text
    next(button for button in dashboard.app.button if button.label == "Forget it").click().run()
    assert "Shown:" not in dashboard.check().text
    assert "lens_tickets" not in dashboard.app.session_state
    assert not [field for field in dashboard.app.button_group if field.label.startswith("Which function")]


def test_the_table_of_causes_is_corrected(dashboard):
    contacts = contacts_from_needs(Assumptions(needs={"finance": 1}))
    edited = {
        0: {"Who can act": "IT"},
        1: {"Share": 75.0},
        2: {"Who can act": "Not assigned"},
        3: {"Share": None},
    }
    changed = corrected(contacts, edited, 100.0)
    assert [contact.function for contact in changed] == ["it", "finance", "", "finance"]
    assert [contact.number for contact in changed] == [0.25, 0.75, 0.25, 0.25]
    assert corrected(contacts, {}, 100.0) == contacts
    assert needs_from_contacts(changed) == pytest.approx({"finance": 0.8, "it": 0.2})
    dashboard.page("lenses")
    base, _ = dashboard.app.session_state["lens_contacts"]["needs"]
    dashboard.app.session_state["lens_contacts"] = {"needs": (base, changed)}
    dashboard.app.run()
    assert group(dashboard.check(), "Which function").options == ["Finance 67 %", "IT 17 %"]
    assert "Causes as they were taken over from a file, or corrected here." in dashboard.text
    nothing = corrected(contacts, {row: {"Share": 0} for row in range(4)}, 100.0)
    assert set(function_shares(nothing).values()) == {0}
    dashboard.app.session_state["lens_contacts"] = {"needs": (base, nothing)}
    dashboard.app.run()
    assert "No contact is assigned to a function" in dashboard.check().text
