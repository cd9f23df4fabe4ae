// What mouse, finger and keyboard mean, without a page.
import assert from "node:assert/strict";
import { test } from "node:test";

import { compared, comparison } from "../src/beside.js";
import { common } from "../src/details.js";
import { actOf, keyName, neighbour, startingWith } from "../src/keyboard.js";
import { lineOf, linesOf } from "../src/lines.js";
import { Model } from "../src/model.js";
import { became, ghost, heirs, office, told } from "../src/moving.js";
import { fromOutline, nameAndTitle } from "../src/outline.js";
import { nearest, pull } from "../src/pointer.js";
import { fitting } from "../src/toolbar.js";
import { around, said } from "../src/tree.js";

//        boss
//   sales    plant
//  a  b        c
const model = new Model();
model.load({
  ids: ["boss", "sales", "plant", "a", "b", "c"],
  manager: [-1, 0, 0, 1, 1, 2],
  name: ["Boss", "Sales", "Plant", "Anna", "Bert", "Cleo"],
  further: [[3, 2, "shared", 0.3]],
  ties: [[4, 5, 2, "handover"]],
});
const node = (id) => model.get(id);
const key = (name, held = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

test("keys are named as the help writes them", () => {
  assert.equal(keyName(key("z", { ctrlKey: true })), "Ctrl+Z");
  assert.equal(keyName(key("Z", { metaKey: true, shiftKey: true })), "Ctrl+Shift+Z");
  assert.equal(keyName(key("?", { shiftKey: true })), "?");
  assert.equal(keyName(key(" ")), "Space");
  assert.equal(keyName(key("Enter", { shiftKey: true })), "Shift+Enter");
});

test("a key has an act, but not in the middle of a word that is typed", () => {
  assert.equal(actOf(key("x", { ctrlKey: true })), "pick");
  assert.equal(actOf({ ...key("µ", { altKey: true }), code: "KeyM" }), "pick");
  assert.equal(actOf(key("/")), "search");
  for (const letter of "mlce") assert.equal(actOf(key(letter)), null);
  assert.equal(actOf(key("y", { ctrlKey: true }), "ca"), "redo");
  assert.equal(actOf(key("+"), "ca"), "nearer");
  assert.equal(actOf(key("k")), null);
});

test("arrows lead to the boss, the first report, the colleagues and the next box of the level", () => {
  const go = (id, arrow) => neighbour(node(id), arrow, model.roots)?.id ?? null;
  assert.equal(go("a", "ArrowUp"), "sales");
  assert.equal(go("boss", "ArrowDown"), "sales");
  assert.equal(go("a", "ArrowDown"), null);
  assert.equal(go("a", "ArrowRight"), "b");
  assert.equal(go("b", "ArrowRight"), "c");
  assert.equal(go("c", "ArrowLeft"), "b");
  assert.equal(go("c", "ArrowRight"), null);
  assert.equal(go("plant", "Home"), "sales");
  assert.equal(go("sales", "End"), "plant");
  assert.equal(go("boss", "ArrowUp"), null);
});

test("what is typed leads to the next name that begins so", () => {
  assert.equal(startingWith(model.nodes, "b", node("boss")).id, "b");
  assert.equal(startingWith(model.nodes, "b", node("b")).id, "boss");
  assert.equal(startingWith(model.nodes, "bo", node("boss")).id, "boss");
  assert.equal(startingWith(model.nodes, "x", node("boss")), null);
});

test("the tree of a screen reader has the bosses, the colleagues and the first reports", () => {
  const items = around(node("sales"), model.roots);
  assert.deepEqual(
    items.map((item) => item.node.id),
    ["boss", "sales", "a", "b", "plant"],
  );
  const [, sales] = items;
  assert.deepEqual([sales.level, sales.position, sales.of, sales.expanded], [2, 1, 2, true]);
  const closed = around(node("sales"), model.roots, new Set(["sales"]));
  assert.deepEqual(
    closed.map((item) => item.node.id),
    ["boss", "sales", "plant"],
  );
  assert.match(
    said(node("sales"), true),
    /^Sales, customer service, 2 direct reports, 3 people with all below$/,
  );
});

test("a move is told with those who go along", () => {
  assert.equal(told([node("sales")], node("plant")), "Sales now reports to Plant, with 2 people below it.");
  assert.equal(told([node("a"), node("b")], node("plant")), "Anna and Bert now report to Plant.");
});

test("over the boss of now nothing is forbidden, and nothing changes", () => {
  const board = { model, layout: { placeFor: () => "there" } };
  const at = { x: 0, y: 0 };
  const { why, stays, lands } = ghost(board, [node("a")], node("sales"), at);
  assert.deepEqual([why, stays, lands], ["", true, null]);
  assert.equal(ghost(board, [node("a")], node("plant"), at).lands, "there");
  assert.match(ghost(board, [node("sales")], node("a"), at).why, /Anna/);
});

test("whose reports go to whom when boxes are deleted is told as it is", () => {
  const left = (...ids) => became(heirs(ids.map(node)));
  assert.equal(left("plant"), "; Cleo now reports to Boss");
  assert.equal(left("sales"), "; 2 direct reports now report to Boss");
  assert.equal(
    left("boss"),
    "; 2 direct reports now have no boss, and nobody above them settles their quarrels",
  );
  assert.equal(left("boss", "sales", "plant").slice(0, 30), "; 3 direct reports now have no");
  assert.equal(left("sales", "a", "b"), "");
});

test("a box is named with its office", () => {
  const one = { name: "Ada", title: "Head of Sales", unit: "Sales" };
  assert.equal(office(one), "Head of Sales");
  assert.equal(office({ ...one, unit: "Europe" }), "Head of Sales, Europe");
  assert.equal(office({ ...one, name: "", unit: "" }), "");
});

test("an outline becomes new nodes", () => {
  const nodes = fromOutline("Ada, Head\n  - Bo\n\n    Cy\n2. Di", "boss", (id) => id === "new-2");
  assert.deepEqual(nodes, [
    { id: "new-1", manager: "boss", name: "Ada", title: "Head" },
    { id: "new-3", manager: "new-1", name: "Bo" },
    { id: "new-4", manager: "new-3", name: "Cy" },
    { id: "new-5", manager: "boss", name: "Di" },
  ]);
  assert.deepEqual(nameAndTitle("Jean-Luc P."), { name: "Jean-Luc P." });
});

test("headlines are compared by score, whatever their numbers", () => {
  assert.equal(compared(20, 40).word, "better");
  assert.equal(compared(60, 40).word, "worse");
  assert.equal(compared(40, 40).word, "as now");
  assert.equal(compared(null, 40).word, "");
  const values = new Map([["silo", { text: () => "20 %", score: () => 10 }]]);
  const headlines = [
    { name: "silo", title: "Silo risk", text: "40 %", score: 40 },
    { name: "days", title: "Days", text: "3", score: 4 },
  ];
  assert.deepEqual(
    comparison(headlines, values, node("a")).map(({ there, word }) => [there, word]),
    [
      ["20 %", "better"],
      ["…", ""],
    ],
  );
});

test("all further lines of a box are listed, and can be named as data", () => {
  const [line] = linesOf(node("a"), (kind) => kind);
  assert.equal(line.text, "shared, 30 %: reports to Plant");
  assert.deepEqual(lineOf(line.line), { kind: "shared", report: "a", manager: "plant", share: 0.3 });
  const [tie] = linesOf(node("c"), (kind) => kind);
  assert.equal(tie.other.id, "b");
  assert.deepEqual(lineOf(tie.line), { kind: "tie", a: "b", b: "c", weight: 2, relation: "handover" });
  assert.equal(linesOf(node("plant"), (kind) => kind)[0].text, "shared, 30 %: Anna reports here");
});

test("several boxes show what they have in common", () => {
  assert.equal(common([node("a"), node("b")], "boss"), node("sales"));
  assert.equal(common([node("a"), node("b")], "name"), null);
});

test("a finger finds the nearest box", () => {
  const box = { x: 0, y: 0, w: 10, h: 10 };
  const far = { x: 30, y: 0, w: 10, h: 10 };
  const layout = { at: () => null, within: () => [far, box] };
  assert.equal(nearest(layout, { x: 14, y: 5 }, 12), box);
  assert.equal(nearest(layout, { x: 14, y: 5 }, 0), null);
});

test("near the border the view goes along", () => {
  const { dx, dy } = pull({ x: 6, y: 300 }, { width: 800, height: 600 });
  assert.ok(dx > 0);
  assert.equal(dy, 0);
  assert.ok(pull({ x: 799, y: 300 }, { width: 800, height: 600 }).dx < 0);
});

test("buttons without room go into the menu", () => {
  assert.equal(fitting([40, 40, 40], 120, 30), 3);
  assert.equal(fitting([40, 40, 40], 119, 30), 2);
  assert.equal(fitting([40, 40, 40], 60, 30), 0);
});
