"""The drawing on the page Draw as a reader works it: by mouse, by finger and by keyboard."""

import time
from itertools import pairwise

from playwright.sync_api import Error, expect

_SETTLED = """
    for (const until = performance.now() + 30_000; ; await new Promise((go) => setTimeout(go, 15))) {
      const { pending, isWaiting, isDue } = board.exchange;
      if (!pending.length && !isWaiting && !isDue) break;
      if (performance.now() > until) throw new Error("the drawing waits for an answer");
    }
"""


class Canvas:
    """The drawing that stands on the page of a dashboard."""

    def __init__(self, dashboard):
        self.dashboard, self.page = dashboard, dashboard.page
        self.element = self.page.get_by_test_id("org-canvas")
        self.tree = self.element.get_by_role("tree", name="Org chart")
        self.search = self.element.get_by_role("combobox", name="Search the chart")
        self.details = self.element.get_by_role("region", name="Details")
        self.dialog = self.element.get_by_role("dialog")
        self.beside = self.element.locator(".beside")
        self.field = self.element.locator(".editor input")
        self.service, self.checked = None, 0
        self.said = self.element.locator(".spoken[role=status]")

    def open(self):
        """Go to the page Draw and wait until the drawing stands there."""
        self.dashboard.go("Draw")
        self.element.scroll_into_view_if_needed()
        self.settle()
        self.service = self.service or self.run("return board.data.unit")
        return self

    def holds(self, chart):
        """Return whether the drawing stands on the page, with a chart."""
        try:
            return self.element.count() == 1 and self.chart() == chart
        except Error:  # what a test that failed left behind
            return False

    # ------------------------------------------------------------------ what is there

    def run(self, script, argument=None):
        """Run statements in the browser with `board` and `argument`; return what they return."""
        return self.element.evaluate(
            f"async (host, argument) => {{ const board = host.board; {script} }}", argument
        )

    def state(self):
        return self.run("return board.state()")

    def settle(self):
        """Wait until the server has dealt with everything that was said."""
        self.run(_SETTLED)

    def wait_for(self, condition):
        """Wait until something is so in the drawing."""
        until = time.monotonic() + 30
        # Asked anew every two seconds, of the drawing that stands on the page by then.
        while not self.run(
            f"""for (const until = performance.now() + 2_000; performance.now() < until; ) {{
                await new Promise((go) => setTimeout(go, 15));
                if ({condition}) return true;
            }}
            return false;"""
        ):
            assert time.monotonic() < until, f"waited in vain: {condition}"
        self.settle()

    def chart(self):
        """Return the chart as it is drawn."""
        return self.run("return board.model.chart()")

    def true_chart(self):
        """Return the chart as the server has it."""
        self.run(f"{_SETTLED} board.ask({{ chart: true }}); {_SETTLED}")
        return self.chart()

    def ids(self):
        return self.run("return board.model.nodes.map((node) => node.id)")

    def get(self, node, column):
        """Return what is said of a node in a column; `boss` is an id, None at the top."""
        return self.run(
            """const [id, column] = argument, found = board.model.get(id)[column];
            return column === "boss" ? (found?.id ?? null) : found;""",
            [node, column],
        )

    def boss(self, node):
        return self.get(node, "boss")

    def further(self):
        """Return the further managers: kind, report, manager, share."""
        return self.run(
            """return board.model.further.map(({ kind, report, manager, share }) =>
                [kind, report.id, manager.id, share]);"""
        )

    def ties(self):
        return self.run(
            "return board.model.ties.map(({ a, b, weight, relation }) => [a.id, b.id, weight, relation])"
        )

    def boxes(self):
        """Return the boxes that are shown, each by its id, in coordinates of the window."""
        return self.run("return Object.fromEntries(board.layout.shown.map(({id}) => [id, board.boxOf(id)]))")

    def in_sight(self):
        """Return the ids of the boxes that are wholly on the screen."""
        return set(
            self.run(
                """const { x0, y0, x1, y1 } = board.camera.rect();
                return board.layout.shown.filter(({ x, y, w, h }) => x >= x0 - 0.5 && y >= y0 - 0.5 &&
                    x + w <= x1 + 0.5 && y + h <= y1 + 0.5).map(({ id }) => id);"""
            )
        )

    def spot(self, node, across=0.4, down=0.5):
        """Return a place of a box in coordinates of the window."""
        box = self.run("return board.boxOf(argument)", node)
        assert box, f"{node} is hidden"
        return box["x"] + across * box["width"], box["y"] + down * box["height"]

    def mark(self, node, which):
        """Return where the mark of a box is: its "handle" or its "branch" mark."""
        return tuple(
            self.run(
                """const [id, which] = argument, { x, y, w, h, form } = board.model.get(id);
                const places = form === "row"
                    ? { handle: [x + w, y + h / 2], branch: [x + w - 18, y + h / 2] }
                    : { handle: [x + w - 16, y + h], branch: [x + w / 2, y + h] };
                const { left, top } = board.canvas.getBoundingClientRect();
                const at = board.screen(...places[which]);
                return [left + at.x, top + at.y];""",
                [node, which],
            )
        )

    def ground(self):
        """Return a place where no box is, in coordinates of the window."""
        return tuple(
            self.run(
                """const { left, top } = board.canvas.getBoundingClientRect(), { width, height } = board.size;
                for (let y = 30; y < height - 30; y += 20) for (let x = 30; x < width - 200; x += 20) {
                    const event = { clientX: left + x, clientY: top + y };
                    const at = board.world(event), r = 30 / board.camera.k;
                    const near = { x0: at.x - r, y0: at.y - r, x1: at.x + r, y1: at.y + r };
                    if (!board.layout.within(near).length) return [left + x, top + y];
                }"""
            )
        )

    def ghost(self):
        """Return what is seen while dragging: the target, why not there, where it would land."""
        return self.run(
            """const { ghost } = board; return ghost && { why: ghost.why, lands: ghost.lands,
                target: ghost.target?.id ?? null, line: ghost.line ?? null };"""
        )

    # ------------------------------------------------------------------ what a reader does

    def click(self, node, *, keys=(), button="left", count=1):
        self._with(keys, lambda: self.page.mouse.click(*self.spot(node), button=button, click_count=count))

    def hold(self, start, *places, keys=()):
        """Press the mouse at a place and take it over others, without letting go."""
        mouse = self.page.mouse

        def go():
            mouse.move(*start)
            mouse.down()
            for (x0, y0), (x1, y1) in pairwise((start, *places)):
                mouse.move((x0 + x1) / 2, (y0 + y1) / 2)
                mouse.move(x1, y1)

        self._with(keys, go)

    def drop(self):
        self.page.mouse.up()
        self.settle()

    def drag(self, node, target):
        """Drag a box onto another."""
        self.hold(self.spot(node), self.spot(target))
        self.drop()

    def _with(self, keys, act):
        for key in keys:
            self.page.keyboard.down(key)
        act()
        for key in keys:
            self.page.keyboard.up(key)

    def focus(self, node):
        """Give the keyboard to a box of the tree, as a click does."""
        self.run("board.select([argument], argument); board.parts.tree.focus()", node)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text)

    def menu(self, button, *titles):
        """Choose from a menu of the toolbar, which may be behind "More"."""
        shown = self.element.get_by_role("button", name=button, exact=True)
        if shown.is_visible():
            shown.click()
        else:
            self.element.get_by_role("button", name="More", exact=True).click()
            self.item(button).click()
        for title in titles:
            self.item(title).click()

    def saved(self, title, folder):
        """Save something from the menu; return the file."""
        with self.page.expect_download() as download:
            self.menu("Save as", title)
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        expect(self.said).to_have_text(f"{file.name} is saved.")
        return file

    def item(self, title):
        return self.element.get_by_role("menu").last.locator("button").filter(has_text=title).first

    def answer(self, button):
        """Answer a question with one of its buttons."""
        self.dialog.get_by_role("button", name=button, exact=True).click()
        self.settle()

    # ------------------------------------------------------------------ as it was

    def put_back(self, at_first):
        """Take everything back, and see that server and browser then have the chart as it was opened."""
        self.page.keyboard.press("Escape")
        self.page.mouse.up()
        self.settle()
        if self.state()["revision"] != self.checked:
            assert self.chart() == self.true_chart()
        self.run(
            f"""for (const dialog of board.root.querySelectorAll("dialog[open]")) {{
                dialog.dispatchEvent(new Event("cancel", {{ cancelable: true }}));
            }}
            board.parts.search.element.querySelector("input").value = "";
            for (const menu of board.root.querySelectorAll("[popover]")) menu.hidePopover();
            board.parts.details.close();
            if (argument.join() !== board.data.unit.join()) board.do({{ do: "unit", nodes: argument }});
            while (board.data.can_undo) {{
                for (let i = 0; i < 20; i += 1) board.do({{ do: "undo" }});
                {_SETTLED}
            }}
            board.select([], null);
            board.change({{ colourBy: "function", hits: new Set(), routes: true,
                lines: new Set(["shared", "dotted", "contract", "tie"]) }});
            if (board.view.mode !== "auto") board.change({{ mode: "auto" }});
            board.expandAll();
            board.fit(false);
            {_SETTLED}""",
            self.service,
        )
        assert self.chart() == at_first
        self.checked = self.state()["revision"]
