"""What is seen of the drawing: nothing jumps out of sight, one finds what one looks for."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SCALES = {"fitted": None, "near": 0.9, "very near": 1.6}


def look(canvas, node, scale):
    """Look at the whole chart, or at a box from near."""
    canvas.run(
        """const [id, k] = argument;
        if (!k) return void board.fit(false);
        const { x, y, w, h } = board.model.get(id), { width, height } = board.size;
        board.camera.look(width / 2 - k * (x + w / 2), height / 2 - k * (y + h / 2), k);""",
        [node, scale],
    )


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
@pytest.mark.parametrize("size", [13, 152])
def test_adding_somebody_moves_no_other_out_of_sight(canvas, request, size, scale):
    if size == 152:
        canvas = request.getfixturevalue("example")
    bosses = canvas.run("return board.model.nodes.map(({ id }) => id)")[:: size // 6]
    for boss in bosses:
        look(canvas, boss, scale)
        before = canvas.in_sight()
        added = canvas.run(
            """const id = board.model.freshId();
            board.do({ do: "add", nodes: [{ id, manager: argument, name: "Somebody new" }] });
            return id;""",
            boss,
        )
        assert before <= canvas.in_sight()
        assert added in canvas.in_sight()
        canvas.settle()
        assert before <= canvas.in_sight()


def test_typing_somebody_new_moves_no_other_out_of_sight(example):
    before = example.in_sight()
    assert len(before) == 152
    example.focus(example.ids()[40])
    example.press("Enter")
    example.type("Nia Noor")
    example.press("Enter", "Escape")
    example.settle()
    assert before <= example.in_sight()


def test_search_goes_to_a_box_inside_a_closed_branch(example):
    example.menu("Expand, collapse, layout", "Collapse to departments")
    assert len(example.boxes()) < 30
    example.search.fill("order desk")
    hits = example.element.get_by_role("listbox", name="Hits").get_by_role("option")
    expect(hits.first).to_be_visible()
    name = hits.first.locator("strong").inner_text()
    hits.first.click()
    (found,) = example.state()["selected"]
    assert example.get(found, "name") == name
    assert found in example.in_sight()
    assert example.run("return board.view.hits.has(argument)", found)
    example.search.fill("nobody is called so")
    expect(hits).to_have_text("Nothing is called that.")
    expect(example.said).to_have_text("No hits")


def test_wheel_ground_buttons_and_overview_move_the_view(example):
    mouse, state = example.page.mouse, example.state
    far = state()["transform"]
    spot = example.spot(example.ids()[60])
    mouse.move(*spot)
    mouse.wheel(0, -400)
    example.wait_for(f"board.camera.k > {1.2 * far['k']}")
    near = state()["transform"]
    again = example.spot(example.ids()[60])
    assert abs(again[0] - spot[0]) + abs(again[1] - spot[1]) < 2  # what is under the pointer stays there
    x, y = example.ground()
    example.hold((x, y), (x + 60, y + 40))
    mouse.up()
    moved = state()["transform"]
    assert (moved["x"] - near["x"], moved["y"] - near["y"]) == pytest.approx((60, 40), abs=1)
    example.menu("Zoom in")
    assert state()["transform"]["k"] > moved["k"]
    example.menu("Zoom out")
    overview = example.element.locator("canvas.overview").bounding_box()
    mouse.click(overview["x"] + 0.5 * overview["width"], overview["y"] + 0.5 * overview["height"])
    middle = example.run(
        """const { bounds: { x0, x1 } } = board.layout, seen = board.camera.rect();
        return [(x0 + x1) / 2, (seen.x0 + seen.x1) / 2, (seen.x1 - seen.x0)];"""
    )
    assert middle[0] == pytest.approx(middle[1], abs=0.1 * middle[2])
    example.menu("Show the whole chart")
    assert state()["transform"] == pytest.approx(far, abs=1)
    expect(example.element.locator("canvas.overview")).to_be_hidden()


def test_dragging_to_the_edge_moves_the_view_along(example):
    first = example.ids()[0]
    look(example, first, 1)
    before = example.state()["transform"]["y"]
    box = example.run(
        "const { left, bottom, width } = board.canvas.getBoundingClientRect();"
        "return [left + width / 2, bottom - 4];"
    )
    example.hold(example.spot(first), tuple(box))
    example.wait_for(f"board.camera.y < {before - 40}")
    example.press("Escape")
    example.drop()
