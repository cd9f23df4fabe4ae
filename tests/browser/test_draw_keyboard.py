"""Drawing with the keyboard alone, and what a screen reader is told of it."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def active(canvas):
    """Return the name of the tree item that a screen reader is at."""
    return canvas.tree.evaluate(
        "tree => tree.querySelector(`#${tree.getAttribute('aria-activedescendant')}`)?.textContent"
    )


def test_arrows_walk_and_the_tree_tells_where_one_is(canvas):
    canvas.focus("CEO")
    assert active(canvas).startswith("Chief Executive, Chief Executive Officer")
    for key, name in [
        ("ArrowDown", "Sales"),
        ("ArrowDown", "Sales East"),
        ("ArrowRight", "Sales West"),
        ("ArrowRight", "Plant"),  # the next box of the same level
        ("End", "Customer Service"),
        ("Home", "Plant"),
        ("ArrowUp", "Operations"),
        ("ArrowLeft", "Sales"),
    ]:
        canvas.press(key)
        assert active(canvas).split(",")[0] == name
    item = canvas.tree.get_by_role("treeitem", name="Sales, Head of Sales")
    expect(item).to_have_attribute("aria-level", "2")
    expect(item).to_have_attribute("aria-setsize", "6")
    expect(item).to_have_attribute("aria-expanded", "true")
    expect(item).to_have_attribute("aria-selected", "true")
    canvas.type("hum")
    assert active(canvas).startswith("Human Resources")


def test_a_box_is_picked_up_carried_and_dropped(canvas):
    canvas.focus("IT")
    canvas.press("Control+x")
    expect(canvas.said).to_contain_text("Picked up Information Technology with 1 person below")
    canvas.press("ArrowLeft")
    expect(canvas.said).to_contain_text("Over Finance")
    assert canvas.ghost()["lands"]
    canvas.press("Enter")
    canvas.settle()
    assert canvas.boss("IT") == "Fin"
    expect(canvas.said).to_have_text("Information Technology now reports to Finance, with 1 person below it.")
    canvas.press("Control+z")
    expect(canvas.said).to_contain_text("Taken back: ")
    canvas.settle()
    assert canvas.boss("IT") == "CEO"
    canvas.press("Control+y")
    canvas.settle()
    assert canvas.boss("IT") == "Fin"
    expect(canvas.said).to_contain_text("Done again: ")


def test_a_circle_is_refused_and_said(canvas):
    before = canvas.state()["revision"]
    canvas.focus("Ops")
    canvas.press("Control+x", "ArrowDown")
    why = canvas.ghost()["why"]
    assert "Plant" in why
    expect(canvas.said).to_have_text(why)
    canvas.press("Enter")
    expect(canvas.said).to_have_text(why)
    canvas.press("Control+x", "ArrowLeft", "Escape")
    expect(canvas.said).to_have_text("Put back; nothing is changed.")
    canvas.settle()
    assert canvas.state()["revision"] == before


def test_customer_service_carried_by_keys_tells_the_headlines(canvas):
    canvas.focus("CS")
    canvas.press("Control+x", "ArrowUp", "ArrowLeft")
    assert canvas.ghost()["target"] == "Sales"
    expect(canvas.said).to_contain_text("Silo risk: 70 % of need, worse than now, 60 % of need")
    canvas.press("Escape")


def test_an_outline_is_typed(canvas):
    """Enter: a colleague; Tab: somebody below; Shift+Tab: one level up; nothing typed: nobody added."""
    canvas.focus("HR")
    canvas.press("Insert")
    canvas.type("Ann Abt, Recruiter")
    canvas.press("Enter")
    canvas.type("Bob Bay")
    canvas.press("Tab")
    canvas.type("Cem Can")
    canvas.press("Enter")
    canvas.type("Dee Dow")
    canvas.press("Shift+Tab")
    canvas.type("Eve Eck")
    canvas.press("Enter", "Escape")
    canvas.settle()
    found = canvas.run(
        """return board.model.nodes.slice(13).map((node) => [node.name, node.title, node.boss.name]);"""
    )
    assert found == [
        ["Ann Abt", "Recruiter", "Human Resources"],
        ["Bob Bay", "", "Human Resources"],
        ["Cem Can", "", "Bob Bay"],
        ["Dee Dow", "", "Bob Bay"],
        ["Eve Eck", "", "Human Resources"],
    ]
    assert active(canvas).startswith("Eve Eck")


def test_a_name_that_is_typed_is_not_lost(canvas):
    canvas.focus("HR")
    canvas.press("Insert")
    canvas.type("Ann Abt")
    canvas.press("Escape")
    expect(canvas.said).to_have_text("Ann Abt added. Undo takes it back.")
    canvas.settle()
    (added,) = canvas.state()["selected"]
    assert (canvas.get(added, "name"), canvas.boss(added)) == ("Ann Abt", "HR")
    canvas.press("F2", "Delete", "Enter")
    expect(canvas.said).to_have_text("Ann Abt keeps its name: the field was empty.")
    canvas.press("F2")
    canvas.field.fill("x" * 300)
    expect(canvas.said).to_contain_text("at most 200 characters")
    expect(canvas.field).to_have_value("x" * 200)
    canvas.press("Escape")
    canvas.settle()
    assert canvas.get(added, "name") == "Ann Abt"


def test_letters_only_find_names_and_space_keeps_the_selection(canvas):
    before = canvas.state()["revision"]
    canvas.focus("CEO")
    canvas.press("Space")
    assert canvas.state()["selected"] == ["CEO"]
    canvas.type("marketing ")
    assert canvas.state()["selected"] == ["Mkt"]
    canvas.type("c l e m")
    assert canvas.ghost() is None
    assert len(canvas.boxes()) == 13
    assert canvas.state()["revision"] == before
    canvas.press("Alt+s")
    assert canvas.state()["selected"] == ["CS"]


def test_search_goes_from_hit_to_hit_and_leaves_nothing_marked(canvas):
    canvas.focus("CEO")
    canvas.press("/")
    canvas.type("sales")
    expect(canvas.said).to_contain_text("hits")
    canvas.press("Enter")
    first = canvas.state()["selected"]
    canvas.press("Enter")
    expect(canvas.element.locator(".search .count")).to_contain_text("2 of ")
    assert canvas.state()["selected"] != first
    canvas.press("Shift+Enter")
    assert canvas.state()["selected"] == first
    canvas.press("Escape")
    expect(canvas.tree).to_be_focused()
    assert canvas.run("return board.view.hits.size") == 0
    assert canvas.state()["selected"] == first


def test_an_indented_list_is_pasted(canvas):
    canvas.focus("HR")
    canvas.press("Insert")
    canvas.field.evaluate(
        """(field, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const how = { clipboardData, bubbles: true, cancelable: true };
            field.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        "Ann Abt, Recruiter\n\tBob Bay\nCem Can\n",
    )
    canvas.settle()
    expect(canvas.said).to_have_text("3 boxes added.")
    names = canvas.run("return board.model.nodes.slice(13).map((node) => [node.name, node.boss.name])")
    assert names == [["Ann Abt", "Human Resources"], ["Bob Bay", "Ann Abt"], ["Cem Can", "Human Resources"]]


def test_rename_details_and_delete(canvas):
    canvas.focus("Plant")
    canvas.press("F2")
    canvas.type("Plant Ghent")
    canvas.press("Enter", "Alt+e")
    expect(canvas.details.get_by_label("Name")).to_be_focused()
    canvas.press("Tab")
    canvas.type("Works manager")
    canvas.press("Tab", "Escape")
    expect(canvas.details).to_be_hidden()
    expect(canvas.tree).to_be_focused()
    canvas.settle()
    assert (canvas.get("Plant", "name"), canvas.get("Plant", "title")) == ("Plant Ghent", "Works manager")
    canvas.press("Delete")
    canvas.settle()
    expect(canvas.said).to_have_text("Plant Ghent deleted.")
    assert active(canvas).startswith("Operations")
    canvas.press("Delete")
    expect(canvas.dialog).to_contain_text("2 direct reports then report to Chief Executive")
    canvas.press("Escape")
    expect(canvas.dialog).to_have_count(0)
    canvas.press("Delete", "Enter")  # the first button is the one that does no harm
    assert canvas.boss("CS") == "Ops"
    canvas.press("Delete", "Shift+Tab", "Shift+Tab", "Enter")
    canvas.settle()
    expect(canvas.said).to_have_text("Operations deleted; 2 direct reports now report to Chief Executive.")
    assert canvas.boss("CS") == "CEO"


def test_several_are_selected_and_moved(canvas):
    canvas.focus("SalesEast")
    canvas.press("Control+ArrowRight", "Control+ArrowRight", "Space")
    expect(canvas.said).to_have_text("Plant selected, 2 in all.")
    canvas.press("Control+x", "ArrowUp", "ArrowRight", "Enter")
    canvas.settle()
    assert canvas.boss("SalesEast") == canvas.boss("Plant") == "Mkt"
    canvas.focus("Ops")
    canvas.press("Control+a")
    expect(canvas.said).to_have_text("3 boxes selected.")


def test_a_line_is_drawn(canvas):
    canvas.focus("Fin")
    canvas.press("Alt+l", "ArrowLeft", "Enter")
    expect(canvas.dialog).to_contain_text("Which line?")
    canvas.press("ArrowUp")
    expect(canvas.dialog.get_by_role("radio", name="Shared manager")).to_be_checked()
    expect(canvas.dialog.get_by_label("Share of the authority")).to_have_value("50")
    canvas.press("Tab", "Control+a")
    canvas.type("25")
    expect(canvas.dialog).to_contain_text("Chief Executive keeps 75 %.")
    canvas.press("Enter")
    canvas.settle()
    expect(canvas.dialog).to_have_count(0)
    assert canvas.further() == [["shared", "Fin", "Mkt", 0.25]]


def test_branches_close_search_goes_and_the_view_is_near_or_far(canvas):
    canvas.focus("Ops")
    canvas.press("Alt+c")
    expect(canvas.said).to_have_text("Operations collapsed, 3 below.")
    assert "Plant" not in canvas.boxes()
    canvas.press("/")
    expect(canvas.search).to_be_focused()
    canvas.type("logis man")
    expect(canvas.element.get_by_role("listbox", name="Hits").get_by_role("option")).to_have_count(1)
    canvas.press("Enter")
    assert "Logistics" in canvas.in_sight()
    assert canvas.state()["focus"] == "Logistics"
    expect(canvas.tree).to_be_focused()
    scale = canvas.state()["transform"]["k"]
    canvas.press("+")
    assert canvas.state()["transform"]["k"] > scale
    canvas.press("-", "-")
    assert canvas.state()["transform"]["k"] < scale
    canvas.press("+", "+", "0")
    assert len(canvas.in_sight()) == 13
    canvas.press("?")
    expect(canvas.dialog).to_contain_text("Help: keys and gestures")
    canvas.press("Escape")
    expect(canvas.tree).to_be_focused()


def test_letters_do_not_reach_the_page_around(canvas):
    """Streamlit would run the page anew at R and ask about its cache at C."""
    canvas.focus("Fin")
    canvas.press("r", "c")
    canvas.page.wait_for_timeout(100)
    expect(canvas.page.get_by_test_id("stDialog")).to_have_count(0)


def test_the_toolbar_is_one_stop_of_the_tab_key(canvas):
    canvas.element.get_by_role("button", name="Undo", exact=True).focus()
    canvas.press("ArrowRight")
    expect(canvas.element.get_by_role("button", name="Redo", exact=True)).to_be_focused()
    canvas.press("Tab")
    expect(canvas.search).to_be_focused()
    canvas.press("Tab")
    expect(canvas.tree).to_be_focused()


def test_a_new_chart_of_one_box_waits_for_a_name(open_drawing):
    drawing = open_drawing()
    page = drawing.page
    page.get_by_role("radiogroup", name="Beside the drawing").get_by_role("radio", name="New chart").click()
    page.get_by_text("One box", exact=True).click()
    drawing.dashboard.rest()
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(drawing.field).to_be_focused()
    drawing.type("Ann Abt")
    drawing.press("Tab")
    drawing.type("Bob Bay")
    drawing.press("Escape")
    drawing.settle()
    names = drawing.run("return board.model.nodes.map(({ name, boss }) => [name, boss?.name ?? null])")
    assert names == [["Ann Abt", None], ["Bob Bay", "Ann Abt"]]
