"""One document: drawing, form, table, doctor and history change one chart; answers may be lost."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def beside(canvas, title):
    """Open one of the other ways to work on the chart."""
    way = canvas.page.get_by_role("radiogroup", name="Beside the drawing").get_by_role("radio", name=title)
    if not way.is_checked():
        way.click()
        canvas.dashboard.rest()


def test_the_form_follows_the_drawing_and_the_drawing_the_form(canvas):
    page = canvas.page
    beside(canvas, "Form")
    canvas.click("Mkt")
    expect(page.get_by_role("combobox", name="Who", exact=True)).to_have_value(
        "Marketing · Head of Marketing"
    )
    page.get_by_test_id("stForm").last.get_by_label("Name").fill("Nia Noor")
    page.get_by_role("button", name="Add", exact=True).click()
    canvas.wait_for("board.model.size === 14")
    assert canvas.get("new-1", "name") == "Nia Noor"
    assert canvas.boss("new-1") == "Mkt"
    page.get_by_role("button", name="Put at the top").click()
    canvas.wait_for("!board.model.get('Mkt').boss")
    assert canvas.boss("new-1") == "Mkt"


def test_the_table_and_the_drawing_are_the_same_chart(canvas):
    beside(canvas, "Table")
    table = canvas.page.get_by_test_id("stDataFrame").last
    table.scroll_into_view_if_needed()
    table.dblclick(position={"x": 150, "y": 35 + 35 + 17})
    canvas.page.get_by_test_id("data-grid-canvas").last.wait_for(state="attached")
    canvas.page.locator(".gdg-input, textarea").last.fill("Sales and more")
    canvas.press("Enter")
    canvas.wait_for("board.model.get('Sales').name === 'Sales and more'")
    beside(canvas, "History")
    canvas.page.get_by_test_id("stMain").get_by_role("button", name="Undo").last.click()
    canvas.wait_for("board.model.get('Sales').name === 'Sales'")
    beside(canvas, "Form")
    canvas.element.scroll_into_view_if_needed()


def test_the_view_is_kept_when_the_page_runs_again(canvas):
    canvas.click("Fin")
    canvas.press("+")
    canvas.run("board.toggle('IT')")
    view = canvas.state()["transform"], canvas.state()["selected"], set(canvas.boxes())
    beside(canvas, "History")
    beside(canvas, "Form")
    assert (canvas.state()["transform"], canvas.state()["selected"], set(canvas.boxes())) == view
    assert canvas.true_chart() == canvas.chart()  # sent as a whole
    assert (canvas.state()["transform"], canvas.state()["selected"], set(canvas.boxes())) == view
    canvas.element.scroll_into_view_if_needed()


def test_twenty_operations_within_a_moment_arrive_once_and_in_order(canvas):
    before = canvas.state()["revision"]
    canvas.run(
        """for (let i = 1; i <= 20; i += 1) {
            const id = `x${i}`, manager = i === 1 ? "Fin" : `x${i - 1}`;
            if (i % 4) board.do({ do: "add", nodes: [{ id, manager, name: `Number ${i}` }] });
            else {
                board.do({ do: "edit", nodes: ["Fin"], column: "title", value: `Title ${i}` });
                board.do({ do: "add", nodes: [{ id, manager, name: `Number ${i}` }] });
                board.do({ do: "move", nodes: [id], manager: "HR" });
                board.do({ do: "move", nodes: [id], manager });
            }
            if (i % 7 === 0) await new Promise((go) => setTimeout(go, 40));
        }"""
    )
    canvas.settle()
    drawn = canvas.chart()
    assert canvas.state()["revision"] == before + 35
    assert drawn == canvas.true_chart()
    assert drawn["ids"][13:] == [f"x{number}" for number in range(1, 21)]


def test_what_was_said_or_answered_in_vain_is_said_again_and_done_once(canvas):
    before = canvas.state()["revision"]
    canvas.run(
        """const { speak, receive } = board.exchange;
        let lost = 0;
        board.exchange.speak = (said) => (lost ? speak(said) : (lost += 1));
        board.do({ do: "add", nodes: [{ id: "x1", manager: "Fin", name: "Said in vain" }] });"""
    )
    canvas.settle()
    canvas.run(
        """const { exchange } = board, { receive, speak } = exchange;
        exchange.speak = board.speak;
        exchange.receive = () => {
            delete exchange.receive;
            return { anew: false, changes: [], refused: [] };
        };
        board.do({ do: "add", nodes: [{ id: "x2", manager: "Fin", name: "Answered in vain" }] });
        board.do({ do: "edit", nodes: ["x2"], column: "title", value: "Twice" });"""
    )
    canvas.settle()
    assert canvas.state()["revision"] == before + 3
    assert canvas.chart() == canvas.true_chart()
    assert canvas.chart()["ids"][13:] == ["x1", "x2"]


@pytest.mark.parametrize(
    "operation",
    [
        {"do": "move", "nodes": ["Ops"], "manager": "Plant"},
        {"do": "remove", "nodes": ["nobody"]},
        {"do": "edit", "nodes": ["Fin"], "column": "manager", "value": "<b>HR</b>"},
    ],
)
def test_what_the_server_refuses_is_taken_back_and_said(canvas, operation):
    """As when another way of working changed the chart meanwhile."""
    canvas.run(
        """const number = ++board.exchange.number;
        board.exchange.pending.push({ number, operation: argument, change: null });
        board.do({ do: "edit", nodes: ["HR"], column: "title", value: "After it" });""",
        operation,
    )
    canvas.settle()
    expect(canvas.element.locator(".toast.error")).to_be_visible()
    assert canvas.get("HR", "title") == "After it"
    assert canvas.boss("Ops") == "CEO"


def test_garbage_from_the_browser_does_no_harm(canvas):
    before = canvas.state()["revision"]
    for garbage in (
        None,
        [],
        {"client": "x", "message": 1, "document": None, "revision": "?", "operations": 7, "want": 1},
        {"operations": [[10**6, {"do": ["move"]}]], "want": {"values": [["a"], "b"], "file": {"a": 1}}},
        {"operations": [[10**6, None], [10**6 + 1, {"do": "several", "operations": [{"do": "several"}]}]]},
        {"operations": [[10**6, {"do": "unit", "nodes": 7}], ["x", {}]], "want": []},
        {"operations": [[10**6, {"do": "unit", "nodes": 7}]], "want": {"selected": 3, "file": "exe"}},
        {"revision": 10**9, "want": {"chart": True}},
        {"revision": -5},
    ):
        if isinstance(garbage, dict) and len(garbage) < 4:
            state = canvas.state()
            whole = {"client": "x", "message": 1, "operations": [], "want": {}, "revision": state["revision"]}
            garbage = {**whole, "document": state["document"], **garbage}  # noqa: PLW2901
        canvas.run("board.exchange.speak(argument)", garbage)
        canvas.dashboard.rest()
        assert canvas.page.get_by_test_id("stException").count() == 0
    canvas.settle()
    assert canvas.state()["revision"] == before
    canvas.run("board.do({ do: 'unit', nodes: ['CS'] })")
    canvas.drag("Dev", "HR")
    assert canvas.boss("Dev") == "HR"


def test_two_tabs_do_not_meddle_with_each_other(canvas, example):
    example.run("board.do({ do: 'remove', nodes: [board.model.nodes.at(-1).id], with_all_below: true })")
    example.settle()
    left = example.chart()
    canvas.page.bring_to_front()
    canvas.drag("CS", "Sales")
    canvas.press("Control+z", "Control+y")
    canvas.settle()
    assert canvas.boss("CS") == "Sales"
    assert canvas.chart() == canvas.true_chart()
    assert example.chart() == example.true_chart() == left
