"""Drawing with the mouse: what is dragged, clicked and chosen from menus changes the chart.

After each test everything is undone, and browser and server must have the chart as it was opened.
"""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_box_is_moved_with_everything_below(canvas):
    canvas.drag("Ops", "Sales")
    assert canvas.boss("Ops") == "Sales"
    assert canvas.boss("Plant") == canvas.boss("CS") == "Ops"
    expect(canvas.said).to_have_text("Operations now reports to Sales, with 3 people below it.")
    expect(canvas.dashboard.main).to_contain_text("points more: worse")


def test_a_shadow_shows_where_it_would_land_and_escape_puts_it_back(canvas):
    before = canvas.state()["revision"]
    canvas.hold(canvas.spot("Dev"), canvas.spot("Mkt"), canvas.spot("Sales"))
    ghost = canvas.ghost()
    assert ghost["target"] == "Sales"
    assert ghost["why"] == ""
    assert ghost["lands"]["w"] > 0
    expect(canvas.beside).to_contain_text("Sales")
    expect(canvas.beside).to_contain_text("2 direct reports now")
    canvas.press("Escape")
    canvas.drop()
    assert canvas.ghost() is None
    assert canvas.boss("Dev") == "IT"
    assert canvas.state()["revision"] == before
    expect(canvas.said).to_contain_text("nothing is changed")


def test_a_circle_is_refused_with_its_reason(canvas):
    before = canvas.state()["revision"]
    canvas.hold(canvas.spot("Ops"), canvas.spot("Plant"))
    ghost = canvas.ghost()
    assert ghost["lands"] is None
    assert "Operations" in ghost["why"]
    assert "Plant" in ghost["why"]
    expect(canvas.beside.locator(".why")).to_have_text(ghost["why"])
    expect(canvas.element.locator("canvas.forbidden")).to_have_count(1)
    canvas.drop()
    expect(canvas.said).to_have_text(ghost["why"])
    expect(canvas.element.locator(".toast.error")).to_have_text(ghost["why"])
    assert canvas.boss("Ops") == "CEO"
    assert canvas.state()["revision"] == before


def test_a_box_dropped_beside_all_others_stays(canvas):
    before = canvas.state()["revision"]
    canvas.hold(canvas.spot("Dev"), canvas.ground())
    assert canvas.ghost()["target"] is None
    canvas.drop()
    assert canvas.state()["revision"] == before


def test_somebody_is_added_and_renamed(canvas):
    canvas.click("Mkt")
    canvas.menu("Add a report")
    canvas.type("Nia Noor, Brand manager")
    canvas.press("Enter", "Escape")
    canvas.settle()
    (added,) = canvas.state()["selected"]
    assert canvas.boss(added) == "Mkt"
    assert canvas.get(added, "name") == "Nia Noor"
    assert canvas.get(added, "title") == "Brand manager"
    canvas.click(added, count=2)
    expect(canvas.field).to_be_focused()
    canvas.type("Nia Nord")
    canvas.press("Enter")
    canvas.settle()
    assert canvas.get(added, "name") == "Nia Nord"


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("Delete only this box", {"Plant": "CEO", "Logistics": "CEO", "CS": "CEO"}),
        ("Delete with all below", {}),
        ("Cancel", {"Ops": "CEO", "Plant": "Ops", "Logistics": "Ops", "CS": "Ops"}),
    ],
)
def test_what_becomes_of_the_reports_of_a_deleted_box_is_asked(canvas, answer, left):
    canvas.click("Ops", button="right")
    canvas.item("Delete").click()
    expect(canvas.dialog).to_contain_text("Delete Operations?")
    expect(canvas.dialog).to_contain_text("Only Operations: 3 direct reports then report to Chief Executive.")
    expect(canvas.dialog).to_contain_text("With all below: 4 boxes in all.")
    expect(canvas.dialog.get_by_role("button", name="Cancel")).to_be_focused()
    canvas.answer(answer)
    expect(canvas.dialog).to_have_count(0)
    there = set(canvas.ids())
    assert {node: canvas.boss(node) for node in ("Ops", "Plant", "Logistics", "CS") if node in there} == left


def test_who_has_no_boss_any_more_is_said(canvas):
    canvas.click("CEO", button="right")
    canvas.item("Delete").click()
    canvas.answer("Delete only this box")
    expect(canvas.said).to_have_text(
        "Chief Executive deleted; 6 direct reports now have no boss, "
        "and nobody above them settles their quarrels."
    )
    canvas.menu("Undo")
    expect(canvas.said).to_contain_text("Taken back: ")
    canvas.settle()
    assert canvas.boss("Ops") == "CEO"


def test_over_the_boss_of_now_nothing_is_forbidden(canvas):
    before = canvas.state()["revision"]
    canvas.hold(canvas.spot("CS"), canvas.spot("Ops"))
    canvas.settle()
    assert (canvas.ghost()["why"], canvas.ghost()["lands"]) == ("", None)
    expect(canvas.beside).to_contain_text("Operations, Head of Operations")
    expect(canvas.beside).to_contain_text("The boss now")
    expect(canvas.beside.locator("tr").first).to_contain_text("60 % of need")
    canvas.drop()
    expect(canvas.said).to_contain_text("Nothing is changed")
    assert canvas.state()["revision"] == before


def test_details_are_edited(canvas):
    canvas.click("Mkt")
    canvas.menu("Details")
    expect(canvas.details.get_by_role("heading", name="Marketing")).to_be_visible()
    for field, text in {"Title": "Head of Brand", "Location": "Ghent", "People in this box": "7.5"}.items():
        canvas.details.get_by_label(field).fill(text)
        canvas.press("Tab")
    canvas.details.get_by_label("Function", exact=True).select_option("Sales")
    canvas.settle()
    columns = ("title", "location", "headcount", "function")
    assert [canvas.get("Mkt", column) for column in columns] == ["Head of Brand", "Ghent", 7.5, "sales"]
    expect(canvas.said).to_have_text("Function of Marketing: Sales.")
    people = canvas.details.get_by_label("People in this box")
    people.fill("-3")
    people.press("Tab")
    expect(canvas.said).to_contain_text("0 or more")
    expect(people).to_have_value("7.5")
    canvas.settle()
    assert canvas.get("Mkt", "headcount") == 7.5


def test_what_is_half_typed_in_the_details_is_not_written_when_something_else_changes(canvas):
    canvas.click("Mkt")
    canvas.menu("Details")
    title = canvas.details.get_by_label("Title")
    title.select_text()
    canvas.type("Head of B")
    canvas.run("board.do({ do: 'edit', nodes: ['Mkt'], column: 'location', value: 'Ghent' })")
    expect(canvas.details.get_by_label("Location")).to_have_value("Ghent")
    canvas.settle()
    expect(title).to_be_focused()
    expect(title).to_have_value("Head of B")
    assert canvas.get("Mkt", "title") == "Head of Marketing"
    canvas.type("rand")
    canvas.press("Tab")
    canvas.settle()
    assert canvas.get("Mkt", "title") == "Head of Brand"


def test_several_at_once_by_clicks(canvas):
    canvas.click("SalesEast")
    canvas.click("Dev", keys=["Control"])
    assert canvas.state()["selected"] == ["SalesEast", "Dev"]
    canvas.drag("Dev", "HR")
    assert canvas.boss("SalesEast") == canvas.boss("Dev") == "HR"
    expect(canvas.said).to_have_text("Sales East and Development now report to Human Resources.")
    canvas.menu("Details")
    expect(canvas.details.get_by_role("heading", name="2 boxes")).to_be_visible()
    canvas.details.get_by_label("Location").fill("Bruges")
    canvas.details.get_by_label("Location").press("Tab")
    canvas.settle()
    assert canvas.get("SalesEast", "location") == canvas.get("Dev", "location") == "Bruges"
    canvas.menu("Undo")
    canvas.menu("Undo")
    canvas.settle()
    assert (canvas.boss("SalesEast"), canvas.boss("Dev")) == ("Sales", "IT")


def test_several_at_once_by_a_band_around_them(canvas):
    boxes = [canvas.boxes()[node] for node in ("Plant", "Logistics", "CS")]
    start = (boxes[0]["x"] + boxes[0]["width"] + 30, min(box["y"] for box in boxes) + 1)
    end = (boxes[0]["x"] + 30, max(box["y"] for box in boxes) + 10)
    canvas.hold(start, end, keys=["Shift"])
    canvas.page.mouse.up()
    assert set(canvas.state()["selected"]) == {"Plant", "Logistics", "CS"}
    canvas.menu("Delete")
    canvas.settle()
    assert len(canvas.ids()) == 10


def test_undo_and_redo_of_many_steps(canvas):
    charts = [canvas.chart()]
    for node, boss in [("Dev", "HR"), ("HR", "Fin"), ("Fin", "Sales"), ("Plant", "CS"), ("CS", "CEO")]:
        canvas.drag(node, boss)
        charts.append(canvas.chart())
    assert len({str(chart) for chart in charts}) == 6
    for chart in reversed(charts[:-1]):
        canvas.menu("Undo")
        canvas.settle()
        assert canvas.chart() == chart
    expect(canvas.element.get_by_role("button", name="Undo", exact=True)).to_have_attribute(
        "aria-disabled", "true"
    )
    for chart in charts[1:]:
        canvas.menu("Redo")
        canvas.settle()
        assert canvas.chart() == chart


def test_a_branch_is_collapsed_and_expanded(canvas):
    canvas.page.mouse.move(*canvas.spot("Ops"))
    canvas.page.mouse.click(*canvas.mark("Ops", "branch"))
    assert set(canvas.boxes()).isdisjoint({"Plant", "Logistics", "CS"})
    canvas.page.mouse.click(*canvas.mark("Ops", "branch"))
    assert {"Plant", "Logistics", "CS"} <= set(canvas.boxes())
    canvas.menu("Expand, collapse, layout", "Collapse to departments")
    assert "Ops" in canvas.boxes()
    assert "Plant" not in canvas.boxes()
    canvas.menu("Expand, collapse, layout", "Expand all")
    assert len(canvas.boxes()) == 13
    canvas.menu("Expand, collapse, layout", "Layout top-down")
    assert canvas.run("return board.view.mode") == "topdown"


def test_the_card_beside_the_pointer_does_not_cover_what_is_aimed_at(canvas):
    """It stays behind the pointer, whichever way that goes, and inside the window."""
    for start, end in [("CS", "Sales"), ("SalesEast", "HR")]:
        canvas.hold(canvas.spot(start), canvas.spot(end))
        canvas.settle()
        card, box = canvas.beside.bounding_box(), canvas.boxes()[end]
        x, _ = canvas.spot(end)
        assert (card["x"] > x) if canvas.spot(start)[0] > x else (card["x"] + card["width"] < x)
        assert card["y"] > box["y"] + box["height"] or card["y"] + card["height"] < box["y"]
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= 1280
        canvas.press("Escape")
        canvas.drop()


def test_what_a_mark_means_is_told_where_the_pointer_rests(canvas):
    canvas.page.mouse.move(*canvas.spot("Ops", 0, 0))
    expect(canvas.beside).to_contain_text("Step 1 of the way of customer feedback")
    canvas.page.mouse.move(*canvas.ground())
    expect(canvas.beside).to_be_hidden()
