import assert from "node:assert/strict";
import { test } from "node:test";
import { layOut, loadTopDown } from "../src/layout.js";
import { Model } from "../src/model.js";
import { random, randomChart } from "./seeded.js";

await loadTopDown();

const VIEW = { width: 1100, height: 640 };
const loaded = (size, options) => new Model().load(randomChart(size, options));
const boxes = (layout) => layout.shown.map(({ id, x, y, w, h, form }) => [id, x, y, w, h, form]);
const room = ({ bounds: b }) => (b.x1 - b.x0) * (b.y1 - b.y0);
const scale = ({ bounds: b }) => Math.min(VIEW.width / (b.x1 - b.x0), VIEW.height / (b.y1 - b.y0));

function check(layout) {
  const { bounds } = layout;
  const sorted = [...layout.shown].sort((a, b) => a.y - b.y);
  let open = [];
  for (const node of sorted) {
    const box = `${node.id} ${node.x} ${node.y}`;
    assert.ok(Number.isFinite(node.x + node.y) && node.shown, box);
    assert.ok(
      node.x >= bounds.x0 &&
        node.y >= bounds.y0 &&
        node.x + node.w <= bounds.x1 &&
        node.y + node.h <= bounds.y1,
      box,
    );
    open = open.filter((other) => other.y + other.h > node.y);
    for (const other of open)
      assert.ok(other.x + other.w <= node.x || node.x + node.w <= other.x, `${box} lies on ${other.id}`);
    open.push(node);
    if (!node.boss) continue;
    assert.ok(node.y >= node.boss.y + node.boss.h, `${box} is above its boss`);
    const line = layout.link(node);
    assert.ok(line.flat().every(Number.isFinite));
    const [[x0, y0], [x1, y1]] = [line[0], line.at(-1)];
    assert.ok(y0 === node.boss.y + node.boss.h && x0 >= node.boss.x && x0 <= node.boss.x + node.boss.w);
    assert.ok((y1 === node.y && x1 === node.x + node.w / 2) || (x1 === node.x && y1 === node.y + node.h / 2));
    for (let i = 1; i < line.length; i++)
      assert.ok(line[i][0] === line[i - 1][0] || line[i][1] === line[i - 1][1], "slanted");
  }
  // Reports in chart order: each next one is lower or further to the right.
  for (const node of layout.shown) {
    const kids = node.kids.filter((kid) => kid.shown);
    for (let i = 1; i < kids.length; i++) {
      assert.ok(
        kids[i].y > kids[i - 1].y || kids[i].x > kids[i - 1].x,
        `${kids[i].id} is before ${kids[i - 1].id}`,
      );
    }
  }
}

const CHARTS = [
  [0],
  [1],
  [2],
  [12],
  [40, 3],
  [150, 1],
  [150, 40],
  [300, 300],
  [1200, 2],
  [60, 1, 1],
  [3000, 1, 9],
  [90, 1, 90],
];

test("boxes do not overlap, stay in bounds and below their bosses, in chart order, whatever the form", () => {
  CHARTS.forEach(([size, roots = 1, span = 5], seed) => {
    const model = loaded(size, { seed, roots, span });
    for (const options of [
      {},
      { depth: 0 },
      { depth: 1 },
      { depth: 3 },
      { mode: "topdown" },
      { width: 300, height: 900 },
    ]) {
      const layout = layOut(model, { ...VIEW, ...options });
      assert.equal(layout.shown.length, size);
      check(layout);
      const [one, other] = [0, 1].map(() => layOut(new Model().load(model.chart()), { ...VIEW, ...options }));
      assert.deepEqual(boxes(one), boxes(other));
      const kept = boxes(one);
      if (!options.mode) assert.deepEqual(boxes(layOut(one.model, { ...VIEW, depth: one.depth })), kept);
    }
  });
});

test("the automatic depth is the one that fits best, and it fills the viewport", () => {
  for (const [size, seed] of [
    [150, 1],
    [1200, 2],
    [5000, 3],
  ]) {
    const model = loaded(size, { seed, span: 7 });
    const found = scale(layOut(model, VIEW));
    const filled = layOut(model, VIEW).bounds;
    const ratio = (filled.x1 - filled.x0) / (filled.y1 - filled.y0) / (VIEW.width / VIEW.height);
    assert.ok(ratio > 0.5 && ratio < 2, `${size}: ${ratio}`);
    for (let depth = 0; depth < 6; depth++) {
      assert.ok(scale(layOut(new Model().load(model.chart()), { ...VIEW, depth })) <= 1.16 * found);
    }
  }
});

test("a new leaf leaves the shape: what is above and left of it hardly moves", () => {
  for (let seed = 1; seed <= 12; seed++) {
    const next = random(seed);
    const model = loaded(200 + 60 * seed, { seed, span: 3 + (seed % 6) });
    const { depth } = layOut(model, VIEW);
    const before = new Map(model.nodes.map(({ id, x, y }) => [id, { x, y }]));
    const boss = model.nodes[Math.floor(next() * model.size)];
    model.apply(model.change({ do: "add", nodes: [{ id: "leaf", manager: boss.id }] }));
    const layout = layOut(model, { ...VIEW, depth });
    check(layout);
    const leaf = model.get("leaf");
    let moved = 0;
    for (const [id, was] of before) {
      const node = model.get(id);
      if (Math.abs(node.x - was.x) > 220 || Math.abs(node.y - was.y) > 120) moved++;
      if (id !== boss.id && was.y < leaf.y - 200 && node.kids.length === 0)
        assert.ok(Math.abs(node.y - was.y) < 120, `${seed} ${id}`);
    }
    assert.ok(moved < 0.05 * model.size, `${seed}: ${moved} of ${model.size} moved far`);
  }
});

test("collapsed branches take no room and come back as they were", () => {
  const model = loaded(400, { seed: 5 });
  const before = layOut(model, VIEW);
  const all = boxes(before);
  const head = model.roots[0].kids.find((kid) => kid.below > 20);
  const size = room(before);
  const layout = layOut(model, { ...VIEW, depth: before.depth, collapsed: new Set([head.id]) });
  check(layout);
  assert.equal(layout.shown.length, 400 - head.below);
  assert.ok(head.kids.every((kid) => !kid.shown && !layout.link(kid).length));
  assert.ok(room(layout) <= size);
  const heads = new Set(model.roots[0].kids.map((kid) => kid.id));
  assert.ok(room(layOut(model, { ...VIEW, depth: before.depth, collapsed: heads })) < size / 4);
  assert.deepEqual(boxes(layOut(model, VIEW)), all);
});

test("what is within a rectangle and at a point is found", () => {
  const model = loaded(900, { seed: 7, roots: 3 });
  const layout = layOut(model, VIEW);
  const next = random(7);
  const { x1, y1 } = layout.bounds;
  for (let i = 0; i < 60; i++) {
    const rect = { x0: next() * x1 - 100, y0: next() * y1 - 100 };
    Object.assign(rect, { x1: rect.x0 + next() * 900, y1: rect.y0 + next() * 900 });
    const wanted = layout.shown.filter(
      (n) => n.x <= rect.x1 && n.x + n.w >= rect.x0 && n.y <= rect.y1 && n.y + n.h >= rect.y0,
    );
    assert.deepEqual(new Set(layout.within(rect)), new Set(wanted));
  }
  for (const node of layout.shown) assert.equal(layout.at(node.x + node.w / 2, node.y + node.h / 2), node);
  assert.equal(layout.at(-50, -50), null);
  assert.equal(layout.within({ x0: -1e9, y0: -1e9, x1: 1e9, y1: 1e9 }).length, 900);
});

test("the place for a moved or new report is where it then stands", () => {
  let near = 0;
  let all = 0;
  for (let seed = 1; seed <= 15; seed++) {
    const next = random(seed);
    const model = loaded(150, { seed });
    const { depth } = layOut(model, VIEW);
    const boss = model.nodes[Math.floor(next() * model.size)];
    const before = layOut(model, { ...VIEW, depth });
    const place = before.placeFor(boss, null);
    assert.ok(place.w > 0 && place.h > 0 && place.y >= boss.y + boss.h);
    model.apply(model.change({ do: "add", nodes: [{ id: "leaf", manager: boss.id }] }));
    layOut(model, { ...VIEW, depth });
    const leaf = model.get("leaf");
    all++;
    if (Math.abs(leaf.x - place.x) < 100 && Math.abs(leaf.y - place.y) < 60 && leaf.h === place.h) near++;
  }
  assert.ok(near > 0.7 * all, `${near} of ${all}`);
  const layout = layOut(loaded(1), VIEW);
  assert.ok(layout.placeFor(null).x > layout.bounds.x1);
});

test("arrow keys go to the nearest box in a direction", () => {
  const model = new Model().load({ ids: ["a", "b", "c", "d"], manager: [-1, 0, 0, 0] });
  const layout = layOut(model, VIEW);
  const [a, b, c, d] = model.nodes;
  assert.deepEqual(
    [layout.beside(b, "right"), layout.beside(c, "right"), layout.beside(d, "right")],
    [c, d, null],
  );
  assert.deepEqual([layout.beside(a, "down"), layout.beside(c, "up"), layout.beside(c, "left")], [c, a, b]);
});

test("a chain of 3,000 does not overflow", () => {
  const ids = Array.from({ length: 3000 }, (_, i) => `c${i}`);
  const model = new Model().load({ ids, manager: ids.map((_, i) => i - 1) });
  for (const mode of ["auto", "topdown"]) check(layOut(model, { ...VIEW, mode }));
});
