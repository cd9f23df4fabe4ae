"""Further lines drawn with the mouse, customer service on the chart, its headlines, routes and colours."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def draw_line(canvas, start, end, kind):
    canvas.page.mouse.move(*canvas.spot(start))
    canvas.hold(canvas.mark(start, "handle"), canvas.spot(end))
    assert canvas.ghost()["line"]
    assert canvas.ghost()["target"] == end
    canvas.page.mouse.up()
    canvas.dialog.get_by_role("radio", name=kind).check()


@pytest.mark.parametrize(
    ("kind", "share", "line"),
    [
        ("Dotted line", None, ["dotted", "Dev", "Mkt", 0]),
        ("Dotted line", "20", ["dotted", "Dev", "Mkt", 0.2]),
        ("Shared manager", None, ["shared", "Dev", "Mkt", 0.5]),
        ("Shared manager", "30", ["shared", "Dev", "Mkt", 0.3]),
        ("Contract", None, ["contract", "Dev", "Mkt", 0]),
    ],
)
def test_a_further_manager_is_drawn_from_the_handle(canvas, kind, share, line):
    draw_line(canvas, "Dev", "Mkt", kind)
    if share:
        canvas.dialog.get_by_label("Share of the authority of Marketing in %").fill(share)
    canvas.answer("Draw the line")
    assert canvas.further() == [line]
    expect(canvas.said).to_contain_text("between Development and Marketing drawn")
    expect(canvas.element.locator(".legend")).to_contain_text(kind.split()[0])


def test_a_tie_is_drawn_changed_and_taken_away(canvas):
    draw_line(canvas, "HR", "Mkt", "tie")
    canvas.dialog.get_by_label("How close").fill("2")
    canvas.dialog.get_by_label("What it consists of").fill("works council")
    canvas.answer("Draw the line")
    assert ["HR", "Mkt", 2, "works council"] in canvas.ties()
    canvas.click("HR")
    canvas.menu("Details")
    canvas.details.get_by_role("button", name="Change: ").click()
    canvas.dialog.get_by_label("How close").fill("3")
    canvas.answer("Change")
    assert ["HR", "Mkt", 3, "works council"] in canvas.ties()
    canvas.details.get_by_role("button", name="Take away: ").click()
    canvas.settle()
    assert len(canvas.ties()) == 1


def test_a_line_that_cannot_be_is_refused_where_it_is_asked_for(canvas):
    draw_line(canvas, "Ops", "Plant", "Shared manager")
    canvas.dialog.get_by_role("button", name="Draw the line").click()
    expect(canvas.dialog.get_by_role("alert")).to_contain_text("Plant")
    canvas.answer("Cancel")
    assert canvas.further() == []


def test_customer_service_and_its_usual_bosses_are_marked(canvas):
    told = canvas.run("return [board.data.unit, Object.values(board.data.heads)]")
    assert told[0] == ["CS"]
    assert {"Sales", "Ops", "Mkt"} <= set(told[1])
    legend = canvas.element.locator(".legend")
    expect(legend).to_contain_text("The customer service unit")
    expect(legend).to_contain_text("Its usual possible bosses")
    canvas.click("Logistics", button="right")
    canvas.item("This is customer service").click()
    canvas.settle()
    assert canvas.run("return board.data.unit") == ["Logistics"]
    expect(canvas.dashboard.sidebar).to_contain_text("Logistics Manager")


@pytest.mark.parametrize("by", ["location", "unit", "span", "depth", "status", "value:silo_risk"])
def test_colours_tell_something_else_and_the_legend_says_so(canvas, by):
    legend = canvas.element.locator(".legend")
    before = legend.inner_text()
    canvas.element.get_by_role("combobox", name="Colour by").select_option(by)
    canvas.settle()
    expect(legend).not_to_have_text(before)
    if by.startswith("value:"):
        numbers = canvas.run(
            """const { text } = board.values.get("silo_risk");
            return ["Sales", "CEO"].map((id) => text(board.model.get(id)));"""
        )
        assert numbers == ["70 % of need", "0 % of need"]


def test_numbers_beside_the_pointer_follow_what_customer_service_is(canvas):
    """Nothing in the chart changes by it."""
    numbers = []
    for service in ("CS", "IT"):
        canvas.run("board.do({ do: 'unit', nodes: [argument] })", service)
        canvas.settle()
        canvas.hold(canvas.spot(service), canvas.spot("Sales"))
        canvas.settle()
        expect(canvas.beside.locator("tr").first).to_contain_text("of need")
        numbers.append(canvas.beside.locator("td.number").all_inner_texts())
        canvas.press("Escape")
        canvas.drop()
    assert numbers[0] != numbers[1]


def test_numbers_beside_the_pointer_are_those_of_the_page_placement(canvas):
    """And the route of the placement chosen there is drawn here, the view is as it was left."""
    canvas.hold(canvas.spot("CS"), canvas.spot("Sales"))
    canvas.settle()
    rows = canvas.beside.locator("tr")
    expect(rows.first).to_contain_text("70 % of need")
    there = {row.locator("th").inner_text(): row.locator("td.number").inner_text() for row in rows.all()}
    assert len(there) == 3
    canvas.press("Escape")
    canvas.drop()
    today = canvas.run("return board.data.routes")
    assert (today["label"], today["arbiter"]) == ("Today", "Ops")
    assert all(way["nodes"][0] == "CS" for way in today["ways"])
    canvas.click("Fin")
    canvas.page.mouse.wheel(0, -240)
    canvas.run("board.toggle('IT')")
    view = canvas.state()["transform"], canvas.state()["selected"], set(canvas.boxes())
    dashboard = canvas.dashboard
    dashboard.go("Placement")
    dashboard.move_under("Head of Sales")
    for title, text in there.items():
        expect(dashboard.card(title)).to_contain_text(f"Under Sales: {text}")
    canvas.open()
    assert (canvas.state()["transform"], canvas.state()["selected"], set(canvas.boxes())) == view
    route = canvas.run("return board.data.routes")
    assert route["label"] == "Under Sales"
    assert route != today
    canvas.menu("Lines, routes and map", "Feedback route, hop by hop")
    assert canvas.run("return board.view.routes") is False
    canvas.run("board.do({ do: 'unit', nodes: ['CS'] })")  # forgets the placement
