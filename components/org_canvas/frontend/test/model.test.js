import assert from "node:assert/strict";
import { test } from "node:test";
import { changeBetween, isEmpty } from "../src/changes.js";
import { inverse, label, Model, Refused } from "../src/model.js";
import { everything, random, randomChart, randomOperation } from "./seeded.js";

const loaded = (chart) => new Model().load(chart);
// ceo > ops > (cs > agent), ceo > sales
const small = () =>
  loaded({
    ids: ["ceo", "ops", "sales", "cs", "agent"],
    manager: [-1, 0, 0, 1, 3],
    name: ["Ada", "Béla Ops", "", "", "Olga"],
    title: ["", "", "Sales", "Customer service", ""],
    further: [[3, 2, "dotted", 0]],
    ties: [[4, 2, 1, "project"]],
  });
const refusal = (model, operation) => {
  try {
    model.change(operation);
    return "";
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.message;
  }
};

test("any change is undone by its inverse, and what is derived is that of a fresh model", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const next = random(seed);
    const model = loaded(randomChart(1 + Math.floor(next() * 40), { seed, roots: 1 + (seed % 3) }));
    const first = everything(model);
    const done = [];
    let refused = 0;
    for (let step = 0; step < 25; step++) {
      const before = everything(model);
      let change;
      try {
        change = model.change(randomOperation(model, next));
      } catch (error) {
        assert.ok(error instanceof Refused && error.message.endsWith("."), String(error.stack));
        assert.deepEqual(everything(model), before);
        refused++;
        continue;
      }
      model.apply(change);
      const after = everything(model);
      assert.deepEqual(after, everything(loaded(model.chart())));
      model.apply(inverse(change));
      assert.deepEqual(everything(model), before);
      model.apply(JSON.parse(JSON.stringify(change)));
      assert.deepEqual(everything(model), after);
      done.push(change);
    }
    assert.ok(refused < 25);
    for (const change of done.reverse()) model.apply(inverse(change));
    assert.deepEqual(everything(model), first);
  }
});

test("whyNot says what change refuses, and that nothing would change", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const next = random(seed);
    const model = loaded(randomChart(20, { seed, roots: 2 }));
    for (let i = 0; i < 60; i++) {
      const nodes = Array.from({ length: 1 + (i % 2) }, () => model.nodes[Math.floor(next() * 20)]);
      const boss = i % 9 ? model.nodes[Math.floor(next() * 20)] : null;
      const operation = { do: "move", nodes: nodes.map((node) => node.id), manager: boss?.id ?? "" };
      const why = model.whyNot(nodes, boss);
      const sentence = refusal(model, operation);
      assert.equal(sentence || (isEmpty(model.change(operation)) ? why : ""), why);
      if (!sentence && why === "") assert.ok(!isEmpty(model.change(operation)));
    }
  }
});

test("a circle over a shared line is refused, over a dotted one it is not", () => {
  const model = small();
  assert.equal(model.whyNot([model.get("sales")], model.get("cs")), "");
  model.apply(
    model.change({ do: "connect", line: { kind: "shared", report: "cs", manager: "sales", share: 0.5 } }),
  );
  assert.match(model.whyNot([model.get("sales")], model.get("agent")), /cannot report to "Olga"/);
  assert.match(refusal(model, { do: "move", nodes: ["ops"], manager: "ops" }), /itself/);
});

test("a further manager who becomes the solid one is merged; only tops of a selection move", () => {
  const model = small();
  const change = model.change({ do: "move", nodes: ["agent", "cs"], manager: "sales" });
  assert.deepEqual(change.cells, [["cs", "manager", "ops", "sales"]]);
  assert.deepEqual(change.lines_removed, [{ kind: "dotted", report: "cs", manager: "sales", share: 0 }]);
  model.apply(change);
  assert.deepEqual([model.get("agent").boss.id, model.further.length], ["cs", 0]);
});

test("reports of a removed node go to the nearest manager who stays, or are roots, or go too", () => {
  let model = small();
  model.apply(model.change({ do: "remove", nodes: ["ops", "cs"] }));
  assert.deepEqual([model.get("agent").boss.id, model.further.length, model.size], ["ceo", 0, 3]);
  model = small();
  model.apply(model.change({ do: "remove", nodes: ["ceo"] }));
  assert.deepEqual(
    model.roots.map((node) => node.id),
    ["ops", "sales"],
  );
  model = small();
  model.apply(model.change({ do: "remove", nodes: ["ops"], with_all_below: true }));
  assert.deepEqual([model.nodes.map((node) => node.id), model.ties.length], [["ceo", "sales"], 0]);
  assert.match(refusal(model, { do: "remove", nodes: ["ceo", "sales"] }), /at least one/);
});

test("new nodes come last, may have new managers, and need free ids", () => {
  const model = small();
  assert.equal(model.freshId(), "new-1");
  model.apply(
    model.change({
      do: "add",
      nodes: [
        { id: "new-1", manager: "cs" },
        { id: "new-2", manager: "new-1", headcount: 2 },
      ],
    }),
  );
  assert.deepEqual([model.get("new-2").place, model.get("cs").people, model.freshId()], [6, 5, "new-3"]);
  for (const id of ["ceo", ""]) assert.ok(refusal(model, { do: "add", nodes: [{ id }] }));
  assert.match(refusal(model, { do: "add", nodes: [{ id: "x", manager: "nobody" }] }), /nobody/);
});

test("what is wrong with lines and cells is said", () => {
  const model = small();
  const connect = (line) => refusal(model, { do: "connect", line });
  assert.match(connect({ kind: "shared", report: "cs", manager: "ceo", share: 1.5 }), /0 to 1/);
  assert.match(connect({ kind: "dotted", report: "cs", manager: "ops" }), /already/);
  assert.match(connect({ kind: "tie", a: "cs", b: "cs" }), /itself/);
  assert.match(connect({ kind: "tie", a: "cs", b: "ops", weight: 0 }), /above 0/);
  assert.match(connect({ kind: "shared", report: "ops", manager: "agent", share: 0.5 }), /part of it/);
  assert.match(refusal(model, { do: "edit", nodes: ["cs"], column: "headcount", value: "many" }), /number/);
  assert.match(
    refusal(model, { do: "edit", nodes: ["cs"], column: "id", value: "x" }),
    /cannot be edited|not a column/,
  );
  assert.match(refusal(model, { do: "toString" }), /toString/);
  assert.deepEqual(
    model.change({ do: "connect", line: { kind: "tie", a: "sales", b: "agent", weight: 3 } }).lines_removed
      .length,
    1,
  );
});

test("several operations are one change, or none", () => {
  const model = small();
  const add = { do: "add", nodes: [{ id: "x", manager: "cs" }] };
  const move = { do: "move", nodes: ["x"], manager: "sales" };
  const change = model.change({ do: "several", operations: [add, move] });
  assert.deepEqual(change, { added: [[5, { id: "x", manager: "sales" }]] });
  assert.match(refusal(model, { do: "several", operations: [move] }), /no node/);
});

test("search finds all words, whatever case and accents, best first", () => {
  const model = small();
  assert.deepEqual(model.search("BELA").map(label), ["Béla Ops"]);
  assert.deepEqual(model.search("ops").map(label), ["Béla Ops"]);
  assert.deepEqual(model.search("service cust").map(label), ["Customer service"]);
  assert.deepEqual(model.search("  "), []);
  assert.equal(model.search("a", 2).length, 2);
  model.apply(model.change({ do: "edit", nodes: ["ceo"], column: "name", value: "Zoë" }));
  assert.deepEqual(
    model.search("zoe").map((node) => node.id),
    ["ceo"],
  );
});

test("empty charts, and the difference of two charts", () => {
  const empty = loaded({ ids: [], manager: [] });
  assert.deepEqual([empty.size, empty.roots, empty.search("x")], [0, [], []]);
  empty.apply(empty.change({ do: "add", nodes: [{ id: "first" }] }));
  assert.equal(empty.roots[0].id, "first");
  const [one, other] = [loaded(randomChart(30, { seed: 3 })), loaded(randomChart(24, { seed: 4 }))];
  one.apply(changeBetween(one, other));
  assert.deepEqual(new Set(one.chart().ids), new Set(other.chart().ids));
});

test("recognised functions arrive all at once or as differences", () => {
  const model = small();
  model.recognise({ all: btoa("\x00\x01\x02\x03\x04") });
  model.recognise({ changed: [[model.nodes[1].id, 9]] });
  assert.deepEqual(
    model.nodes.map((node) => node.code),
    [0, 9, 2, 3, 4],
  );
});
