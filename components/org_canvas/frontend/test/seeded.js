// Charts and operations for tests, the same for the same seed.

/** Numbers in [0, 1) (mulberry32). */
export function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = ["Łukasz", "Ünal", "李", "🧑‍🔧 Ops", "<b>", "__proto__", "a b", "constructor", "Zoë", ""];

/** A chart of a size with so many roots, in an order that has nothing to do with its lines. */
export function randomChart(size, { seed = 1, roots = 1, span = 5, lines = true } = {}) {
  const next = random(seed);
  const below = (n) => Math.floor(next() * n);
  const ids = Array.from({ length: size }, (_, i) => (i < WORDS.length - 1 ? WORDS[i] : `n${i}`));
  const order = Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = below(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const manager = new Array(size);
  for (let i = 0; i < size; i++) {
    manager[order[i]] =
      i < roots ? -1 : order[Math.max(0, Math.min(i - 1, Math.floor(i / span) + below(3) - 1))];
  }
  const chart = {
    ids,
    manager,
    name: ids.map((_, i) => WORDS[i % WORDS.length]),
    headcount: ids.map((_, i) => (i % 7) / 10),
  };
  if (!lines) return chart;
  chart.further = [];
  chart.ties = [];
  for (let i = 1; i < size; i += 4) {
    const [report, boss, other] = [order[i], order[below(i)], order[below(size)]];
    if (manager[report] !== boss)
      chart.further.push([report, boss, i % 8 === 1 ? "shared" : "dotted", i % 8 === 1 ? 0.25 : 0]);
    const pair = ids[report] < ids[other] ? [report, other] : [other, report];
    const there = chart.ties.some(([a, b]) => a === pair[0] && b === pair[1]);
    if (report !== other && !there) chart.ties.push([...pair, 1 + (i % 3), "collaboration"]);
  }
  return chart;
}

/** An operation, possible or not, on what a model holds. */
export function randomOperation(model, next, within = false) {
  const one = () => model.nodes[Math.floor(next() * model.size)].id;
  const some = () => Array.from({ length: 1 + Math.floor(next() * 3) }, one);
  const kind = ["shared", "dotted", "contract"][Math.floor(next() * 3)];
  const line =
    next() < 0.4
      ? { kind: "tie", a: one(), b: one(), weight: 1 + Math.floor(next() * 3), relation: "project" }
      : { kind, report: one(), manager: one(), share: next() < 0.5 ? 0 : Math.floor(next() * 5) / 4 };
  const present = [
    ...model.further.map((f) => ({ kind: f.kind, report: f.report.id, manager: f.manager.id })),
    ...model.ties.map((t) => ({ kind: "tie", a: t.b.id, b: t.a.id })),
  ];
  const choices = [
    () => ({ do: "move", nodes: some(), manager: next() < 0.1 ? "" : one() }),
    () => ({
      do: "add",
      nodes: [
        { id: model.freshId(), manager: one(), name: "Neu" },
        { id: "new-0", manager: next() < 0.5 ? model.freshId() : "" },
      ],
    }),
    () => ({ do: "remove", nodes: some(), with_all_below: next() < 0.15 }),
    () => ({
      do: "edit",
      nodes: some(),
      column: next() < 0.5 ? "headcount" : "title",
      value: String(Math.floor(next() * 4)),
    }),
    () => ({ do: "connect", line }),
    () => ({ do: "disconnect", line: present[Math.floor(next() * present.length)] ?? line }),
    () => ({
      do: "several",
      operations: Array.from({ length: 3 }, () => randomOperation(model, next, true)),
    }),
  ];
  return choices[Math.floor(next() * (within ? 6 : 7))]();
}

/** All of a model that can be compared, derived fields included. */
export const everything = (model) => ({
  chart: model.chart(),
  roots: model.roots.map((node) => node.id),
  nodes: model.nodes.map((node) => [
    node.id,
    node.place,
    node.depth,
    node.below,
    node.people,
    node.boss?.id ?? "",
    node.kids.map((kid) => kid.id),
    node.further.map((f) => f.manager.id),
    node.leads.map((f) => f.report.id),
    node.ties.map((t) => [t.a.id, t.b.id]),
  ]),
});
