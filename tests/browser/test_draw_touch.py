"""Drawing with fingers, in a narrow window and in the dark."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def phone(open_drawing):
    canvas = open_drawing(has_touch=True)
    canvas.page.set_viewport_size({"width": 400, "height": 800})
    canvas.dashboard.rest()
    canvas.fingers = canvas.page.context.new_cdp_session(canvas.page)
    return canvas


def touch(canvas, kind, *places):
    points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
    canvas.fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def near(canvas, place=0):
    """Look at a box from near; return its id."""
    node = canvas.ids()[place]
    go_to(canvas, node)
    return node


def go_to(canvas, node):
    canvas.run(
        """board.stage.scrollIntoView({ block: "center" });
        board.goTo(argument, { select: false });
        board.select([], null);""",
        node,
    )


def test_a_finger_on_the_chart_pans(phone):
    near(phone)
    before = phone.state()["transform"]
    x, y = phone.spot(phone.ids()[0])
    touch(phone, "touchStart", (x, y))
    for step in range(1, 6):
        touch(phone, "touchMove", (x - 12 * step, y + 8 * step))
    touch(phone, "touchEnd")
    after = phone.state()["transform"]
    assert after["k"] == before["k"]
    assert after["x"] - before["x"] == pytest.approx(-60, abs=13)
    assert after["y"] - before["y"] == pytest.approx(40, abs=9)
    assert phone.state()["selected"] == []


def test_two_fingers_zoom(phone):
    near(phone)
    before = phone.state()["transform"]["k"]
    x, y = phone.spot(phone.ids()[0])
    touch(phone, "touchStart", (x - 30, y), (x + 30, y))
    for step in range(1, 6):
        touch(phone, "touchMove", (x - 30 - 6 * step, y), (x + 30 + 6 * step, y))
    touch(phone, "touchEnd")
    assert phone.state()["transform"]["k"] == pytest.approx(2 * before, rel=0.15)


def test_a_tap_selects_and_tells(phone):
    node = near(phone)
    phone.page.touchscreen.tap(*phone.spot(node))
    assert phone.state()["selected"] == [node]
    expect(phone.beside).to_contain_text(phone.get(node, "name"))


def test_a_long_press_drags(phone):
    node, boss = phone.run(
        """const node = board.model.nodes.find(({ kids, boss }) => !kids.length && boss?.kids.length > 2);
        return [node, node.boss.kids.find((kid) => kid !== node)].map(({ id }) => id);"""
    )
    go_to(phone, node)
    phone.run("board.reveal(board.model.get(argument))", boss)
    start, end = phone.spot(node), phone.spot(boss)
    before = phone.state()["transform"]
    touch(phone, "touchStart", start)
    phone.wait_for(f"board.view.selected.has({node!r})")
    for part in (0.3, 0.6, 0.9, 1):
        touch(phone, "touchMove", tuple(a + part * (b - a) for a, b in zip(start, end, strict=True)))
    assert phone.ghost()["target"] == boss
    assert phone.state()["transform"] == before
    touch(phone, "touchEnd")
    phone.settle()
    assert phone.boss(node) == boss
    phone.menu("Undo")
    phone.settle()
    assert phone.boss(node) != boss


def test_a_long_press_without_moving_opens_the_menu(phone):
    node = near(phone)
    touch(phone, "touchStart", phone.spot(node))
    phone.wait_for(f"board.view.selected.has({node!r})")
    touch(phone, "touchEnd")
    expect(phone.item("Rename")).to_be_visible()
    phone.press("Escape")
    expect(phone.element.get_by_role("menu")).to_have_count(0)


def test_everything_has_room_in_a_narrow_window(phone):
    """What does not fit into the toolbar is behind More; questions and details fit into the window."""
    main = phone.dashboard.main
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
    assert phone.element.evaluate("host => host.scrollWidth <= host.clientWidth")
    node = near(phone)
    phone.focus(node)
    phone.menu("Expand, collapse, layout", "Collapse to departments")
    phone.menu("Expand, collapse, layout", "Expand all")
    near(phone)
    phone.focus(node)
    phone.press("Alt+e")
    box = phone.details.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 400
    phone.press("Escape", "Delete")
    box = phone.dialog.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 400
    phone.press("Escape")


def test_in_the_dark_the_drawing_is_dark(phone):
    lightness = "return [...board.pen.getImageData(2, 2, 1, 1).data].slice(0, 3).reduce((a, b) => a + b) / 3"
    assert phone.run(lightness) > 200
    phone.page.emulate_media(color_scheme="dark")
    phone.wait_for("board.theme.dark")
    phone.wait_for("board.painting === null")
    assert phone.run(lightness) < 60
    phone.page.emulate_media(color_scheme="light")
    phone.wait_for("!board.theme.dark")
