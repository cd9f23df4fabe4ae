import assert from "node:assert/strict";
import { test } from "node:test";

import { areaName } from "../src/areas.js";
import { detail } from "../src/cards.js";
import { PAPER, colourer, contrast, inkOn, legible, mixed } from "../src/colours.js";
import { Labels } from "../src/labels.js";
import { layOut } from "../src/layout.js";
import { Model } from "../src/model.js";
import { explain } from "../src/marks.js";
import { markAt, paint } from "../src/painter.js";
import { SvgPen, escaped } from "../src/pen.js";
import { fitted, twoLines, widthOf } from "../src/text.js";

const SETTINGS = {
  functions: [
    { name: "executive", title: "Executive", colour: "#705D50" },
    { name: "sales", title: "Sales", colour: "#C3640D" },
  ],
  colours: { unit: "#D6336C", tie: "#B8860B" },
  indicators: [{ name: "silo_risk", title: "Silo risk" }],
};

/** A board as the painter reads it: a boss, heads below, and `each` people below every head. */
function board({ heads = 3, each = 4, name = (id) => `Person ${id}`, view = {}, ...rest } = {}) {
  const ids = ["0"];
  const manager = [-1];
  for (let head = 0; head < heads; head++) {
    const place = ids.push(String(ids.length)) - 1;
    manager.push(0);
    for (let one = 0; one < each; one++) {
      ids.push(String(ids.length));
      manager.push(place);
    }
  }
  const model = new Model();
  model.load({ ids, manager, name: ids.map(name), title: ids.map((id) => `Title ${id}`), ...rest });
  for (const node of model.nodes) node.code = node.depth ? 1 : 0;
  const seen = {
    collapsed: new Set(),
    selected: new Set(),
    hits: new Set(),
    focus: null,
    colourBy: "function",
    lines: new Set(["shared", "dotted", "contract", "tie"]),
    ...view,
  };
  const layout = layOut(model, {
    collapsed: seen.collapsed,
    mode: "auto",
    depth: null,
    width: 1200,
    height: 700,
  });
  return {
    model,
    layout,
    view: seen,
    settings: SETTINGS,
    data: {},
    values: new Map(),
    hovered: null,
    ghost: null,
  };
}

function drawn(of, { scale = 1, rect = of.layout.bounds, ...rest } = {}) {
  const pen = new SvgPen();
  paint(pen, of, { rect, scale, theme: PAPER, ...rest });
  return pen.markup();
}

const textsOf = (markup) => [...markup.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

test("names cannot become markup, nor characters that XML forbids get into it", () => {
  assert.equal(escaped(`<script>"&'`), "&lt;script&gt;&quot;&amp;&#39;");
  assert.equal(escaped("a\u0000b\u001fc\ud800d"), "a\ufffdb\ufffdc\ufffdd");
  assert.equal(escaped("😀"), "😀");
  const markup = drawn(board({ name: () => "<script>alert(1)</script>\u0007" }));
  assert.ok(!markup.includes("<script"));
  assert.ok(!/[\u0000-\u0008]/.test(markup));
  assert.ok(markup.includes("&lt;script&gt;"));
});

test("the same chart gives the same bytes", () => {
  assert.equal(drawn(board()), drawn(board()));
});

test("groups are closed and a rotated text keeps its place", () => {
  const pen = new SvgPen();
  pen.save();
  pen.translate(3, 4);
  pen.rotate(Math.PI / 2);
  pen.fillText("up", 0, 0);
  pen.restore();
  assert.match(
    pen.markup(),
    /<g transform="translate\(3 4\)">\n<g transform="rotate\(90\)">\n<text.*\n<\/g>\n<\/g>\n$/,
  );
});

test("a full circle is drawn although its ends meet", () => {
  const pen = new SvgPen();
  pen.beginPath();
  pen.arc(0, 0, 5, 0, 2 * Math.PI);
  pen.fill();
  assert.equal(pen.markup().match(/A5 5/g).length, 2);
});

test("texts are cut to their width, between characters and not inside one", () => {
  const font = "600 13px Arial";
  assert.equal(fitted("Ann", font, 100), "Ann");
  const cut = fitted("Bartholomew Featherstonehaugh", font, 80);
  assert.ok(cut.endsWith("…") && widthOf(cut, font) <= 80);
  assert.ok(!/[\ud800-\udbff](?![\udc00-\udfff])/.test(fitted("😀".repeat(40), font, 60)));
  assert.equal(fitted("a\u202eb\nc", font, 100), "a b c");
  assert.deepEqual(twoLines("Justyna Koziol", font, 60), ["Justyna", "Koziol"]);
});

test("near, every box shows its name", () => {
  const texts = textsOf(drawn(board()));
  for (let id = 0; id < 16; id++) assert.ok(texts.includes(`Person ${id}`), `Person ${id}`);
});

test("far, boxes are bars and the departments are named, none over another", () => {
  const of = board({ heads: 8, each: 30 });
  const scale = 0.1;
  assert.equal(detail("row", scale), "bar");
  const { x0, y0, x1, y1 } = of.layout.bounds;
  const texts = textsOf(
    drawn(of, { scale, rect: { x0: x0 - 200, y0: y0 - 200, x1: x1 + 200, y1: y1 + 200 } }),
  );
  const heads = of.model.roots[0].kids;
  assert.ok(heads.every((head) => texts.includes(head.title)));
  assert.ok(texts.length >= heads.length && texts.length < 80);
});

test("labels give way to each other and stay in the picture", () => {
  const labels = new Labels(1, PAPER, { x0: 0, y0: 0, x1: 400, y1: 100 });
  assert.ok(labels.add("Sales", [[50, 50]]));
  assert.ok(!labels.add("Service", [[55, 52]]));
  assert.ok(
    labels.add("Service", [
      [55, 52],
      [55, 80],
    ]),
  );
  assert.ok(!labels.add("Above", [[50, 0]]));
  assert.ok(labels.add("Edge of it", [[398, 50]]));
  const { x, w } = labels.texts.at(-1);
  assert.ok(x + w / 2 <= 400);
});

test("a branch is called by its own unit, else by the title or the name of its head", () => {
  const { model } = board({ heads: 3, each: 1, unit: ["Firm", "Sales", "", "IT", "", "IT", ""] });
  const [sales, it, other] = model.roots[0].kids;
  assert.equal(areaName(sales), "Sales");
  assert.equal(areaName(it), "Title 3");
  assert.equal(areaName(other), "Title 5");
});

test("texts of the themes can be read", () => {
  for (const ink of [PAPER.text, PAPER.secondary, PAPER.accentText, PAPER.danger]) {
    assert.ok(contrast(ink, PAPER.card) >= 4.5, ink);
  }
  for (const { colour } of SETTINGS.functions) assert.ok(contrast(inkOn(colour), colour) >= 4);
  assert.ok(contrast(legible("#FFE000", "#FFFFFF", "#000000"), "#FFFFFF") >= 4.5);
  assert.equal(mixed("#000000", "#ffffff", 0.5), "#808080");
});

test("colours follow what was chosen", () => {
  const of = board({ location: Array.from({ length: 16 }, (_, at) => (at % 3 ? "Lyon" : "")) });
  assert.deepEqual(
    colourer(of, PAPER).legend.map(({ text }) => text),
    ["Executive", "Sales"],
  );
  of.view.colourBy = "location";
  assert.deepEqual(
    colourer(of, PAPER).legend.map(({ text }) => text),
    ["Lyon", "Not known"],
  );
  of.view.colourBy = "span";
  const { of: colourOf } = colourer(of, PAPER);
  assert.notEqual(colourOf(of.model.roots[0]), colourOf(of.model.nodes.at(-1)));
  of.view.colourBy = "value:silo_risk";
  of.values.set("silo_risk", { revision: 1, score: (node) => (node.depth ? 100 : null), text: () => "7 %" });
  const value = colourer(of, PAPER);
  assert.match(value.title, /Silo risk/);
  assert.equal(value.of(of.model.nodes.at(-1)), value.scale.to.toLowerCase());
  assert.equal(value.text(of.model.roots[0]), "");
});

test("customer service, its routes and the arbiter are named", () => {
  const of = board();
  const ids = of.model.roots[0].kids.map(({ id }) => id);
  of.data = {
    unit: [ids[0]],
    heads: { sales: ids[1] },
    routes: {
      label: "Today",
      unit: ids[0],
      arbiter: "0",
      ways: [
        {
          function: "sales",
          title: "Sales",
          nodes: [ids[0], "0", ids[1]],
          kinds: ["solid", "solid"],
          steps: 2,
          days: 2.5,
        },
      ],
    },
  };
  const { x0, y0, x1, y1 } = of.layout.bounds;
  const texts = textsOf(drawn(of, { rect: { x0: x0 - 200, y0: y0 - 100, x1: x1 + 200, y1: y1 + 100 } }));
  for (const text of ["Customer service", "Sales: 2 steps, 2.5 days", "settles quarrels", "1", "2"]) {
    assert.ok(texts.includes(text), text);
  }
});

test("marks of a box are found where they are drawn", () => {
  const { model } = board();
  const [head] = model.roots[0].kids;
  const row = model.nodes.at(-1);
  assert.equal(markAt(model.roots[0], model.roots[0].x + 84, model.roots[0].y + 64, 1), "collapse");
  assert.equal(markAt(head, head.x + 20, head.y + 10, 1), null);
  assert.equal(markAt(row, row.x + 100, row.y + row.h, 1), null);
  assert.equal(markAt(model.roots[0], model.roots[0].x + 84, model.roots[0].y + 64, 0.05), null);
});

test("what belongs to the moment is not in a picture", () => {
  const of = board({ view: { selected: new Set(["1"]), hits: new Set(["2"]), focus: "1" } });
  assert.equal(drawn(of, { plain: true }), drawn(board(), { plain: true }));
  assert.notEqual(drawn(of), drawn(board()));
});

test("a closed branch says that customer service is in it, and several say which they are", () => {
  const location = Array.from({ length: 16 }, (_, at) => ["", "Lyon", "", "", "", "", "Oslo"][at] ?? "");
  const of = board({ location, view: { collapsed: new Set(["1"]) } });
  const { x0, y0, x1, y1 } = of.layout.bounds;
  const rect = { x0: x0 - 300, y0: y0 - 100, x1: x1 + 300, y1: y1 + 200 };
  of.data = { unit: ["2"] };
  const closed = textsOf(drawn(of, { rect }));
  assert.ok(closed.includes("Customer service is in here"));
  assert.ok(!closed.includes("Customer service"));
  of.data = { unit: ["1", "6"] };
  const both = textsOf(drawn(of, { rect }));
  for (const place of ["Lyon", "Oslo"]) assert.ok(both.includes(`Customer service: ${place}`), place);
});

test("flags stand over no box, and marks explain themselves", () => {
  const of = board();
  const { x0, y0, x1, y1 } = of.layout.bounds;
  const labels = new Labels(1, PAPER, { x0: x0 - 200, y0: y0 - 100, x1: x1 + 200, y1: y1 + 100 });
  for (const node of of.model.nodes) labels.flag(of.layout, node, "Some flag", { pill: "#000000" });
  assert.ok(labels.texts.length > 3);
  for (const { x, y, w, h } of labels.texts) {
    const box = { x0: x - w / 2, y0: y - h / 2, x1: x + w / 2, y1: y + h / 2 };
    assert.deepEqual(of.layout.within(box), []);
  }
  of.data = { unit: ["1"], routes: { arbiter: "0", ways: [] } };
  drawn(of);
  const [top] = of.model.roots;
  assert.match(explain(of, top.x + top.w - 13, top.y + 13), /^Person 0 settles quarrels/);
  assert.equal(explain(of, -500, -500), "");
});

test("far inside a chart one reads the way from the top to where one is", () => {
  const of = board({ heads: 3, each: 9 });
  const last = of.model.nodes.at(-1);
  const rect = { x0: last.x - 90, y0: last.y - 80, x1: last.x + 260, y1: last.y + 40 };
  assert.ok(textsOf(drawn(of, { rect })).includes("Title 0 › Title 21"));
});

test("an indicator has today in the middle of its colours, and names the best", () => {
  const of = board({ view: { colourBy: "value:silo_risk" } });
  const [first, second] = of.model.roots[0].kids;
  of.data = { unit: [second.kids[0].id] };
  of.values.set("silo_risk", {
    score: (node) => (node === first ? 20 : node === second ? 60 : node.depth ? null : 100),
    text: (node) => `${node === first ? 20 : 60} % of need`,
  });
  const { scale, best, of: colour } = colourer(of, PAPER);
  assert.equal(scale.at, 50);
  assert.equal(scale.today, "today: 60 % of need");
  assert.equal(colour(second), scale.middle.toLowerCase());
  assert.deepEqual(
    best.map(({ node }) => node),
    [first],
  );
});
