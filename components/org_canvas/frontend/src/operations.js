// What each operation changes: the mirror of the library's operations, refusals included.

import { changeBetween, COLUMNS, lineKey, lineToJson, nodeToJson, withoutEmpty } from "./changes.js";
import { circle, label, Model, Refused, topsOf } from "./model.js";

const KINDS = ["shared", "dotted", "contract"];
const TOLERANCE = 1e-9;
const MOST_PEOPLE = 1e10;

const refuse = (sentence) => {
  throw new Refused(sentence);
};

const chosen = (model, ids) =>
  ids?.length
    ? new Set(ids.map((id) => known(model, id)))
    : refuse("Nobody is chosen. Choose at least one box of the chart.");

const known = (model, id) => model.get(id) ?? refuse(`There is no node with the id "${id}" in this chart.`);

/** The change an operation makes on a model; throws Refused with a sentence. */
export function changeOf(model, operation) {
  if (!Object.hasOwn(MADE, operation.do)) refuse(`"${operation.do}" is nothing that can be done to a chart.`);
  return withoutEmpty(MADE[operation.do](model, operation));
}

const MADE = { move, add, remove, edit, connect, disconnect, several };

function move(model, { nodes, manager }) {
  const boss = manager ? known(model, manager) : null;
  const tops = topsOf(chosen(model, nodes));
  const why = boss && circle(tops, boss);
  if (why) refuse(why);
  const moved = tops.filter((node) => node.boss !== boss);
  return {
    cells: moved.map((node) => [node.id, "manager", node.boss?.id ?? "", manager || ""]),
    // A further line to the new manager is merged into the solid one.
    lines_removed: tops.flatMap((node) =>
      node.further.filter((line) => line.manager === boss).map(lineToJson),
    ),
  };
}

function add(model, { nodes }) {
  if (!nodes?.length) refuse("There is nobody to add.");
  const ids = new Set();
  const added = nodes.map((json, at) => {
    const id = String(json.id ?? "");
    if (!id) refuse("Every node needs an id.");
    if (model.get(id) || ids.has(id)) refuse(`The id "${id}" is taken; every id must be unique.`);
    if (json.manager && !ids.has(json.manager)) known(model, json.manager);
    if (json.headcount !== undefined) people(json.headcount);
    if (json.function) checkFunction(model, json.function);
    ids.add(id);
    return [model.size + at, { ...json, id }];
  });
  return { added };
}

function remove(model, { nodes, with_all_below }) {
  const gone = chosen(model, nodes);
  if (with_all_below) for (const node of gone) for (const kid of node.kids) gone.add(kid);
  if (gone.size >= model.size) refuse("A chart keeps at least one box; this would remove the last one.");
  const change = { removed: [], cells: [], lines_removed: [] };
  const lines = new Set();
  for (const node of [...gone].sort((a, b) => a.place - b.place)) {
    change.removed.push([node.place, nodeToJson(node)]);
    for (const line of [...node.further, ...node.leads, ...node.ties]) lines.add(line);
    const stays = node.kids.filter((kid) => !gone.has(kid));
    if (!stays.length) continue;
    let boss = node.boss;
    while (boss && gone.has(boss)) boss = boss.boss;
    for (const kid of stays) {
      change.cells.push([kid.id, "manager", node.id, boss?.id ?? ""]);
      for (const line of kid.further) if (line.manager === boss) lines.add(line);
    }
  }
  change.lines_removed = [...lines].map(lineToJson);
  return change;
}

function edit(model, { nodes, column, value }) {
  if (!COLUMNS.includes(column)) refuse(`"${column}" is not a column that can be edited.`);
  const after = column === "headcount" ? people(value) : String(value ?? "");
  if (column === "function" && after) checkFunction(model, after);
  const cells = [];
  for (const node of chosen(model, nodes)) {
    if (node[column] !== after) cells.push([node.id, column, node[column], after]);
  }
  return { cells };
}

function people(value) {
  const number = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) ? Number(value) : NaN;
  if (!(number >= 0 && Number.isFinite(number))) {
    refuse(`A headcount is a number of people, 0 or more; "${value}" is not.`);
  }
  if (number > MOST_PEOPLE) refuse("A box holds at most 10,000,000,000 people; this is more.");
  return number;
}

function checkFunction(model, name) {
  if (model.functions && !model.functions.includes(name))
    refuse(`"${name}" is not a function that is known.`);
}

function connect(model, { line }) {
  const tie = line.kind === "tie";
  const [from, to] = (tie ? [line.a, line.b] : [line.report, line.manager]).map((id) => known(model, id));
  if (from === to) refuse(`A line of "${label(from)}" cannot lead to itself.`);
  if (!tie && !KINDS.includes(line.kind)) refuse(`"${line.kind}" is not a kind of line.`);
  const made = tie ? newTie(from, to, line) : newFurther(from, to, line);
  const before = presentLine(model, made);
  if (before && JSON.stringify(before) === JSON.stringify(made)) return {};
  return { lines_removed: before ? [before] : [], lines_added: [made] };
}

function newTie(from, to, { weight = 1, relation = "collaboration" }) {
  if (!(weight > 0 && Number.isFinite(weight))) {
    refuse(`The tie between "${label(from)}" and "${label(to)}" weighs ${weight}; it must be above 0.`);
  }
  const [a, b] = precedes(from.id, to.id) ? [from.id, to.id] : [to.id, from.id];
  return { kind: "tie", a, b, weight, relation };
}

// By code points, as Python compares texts.
function precedes(a, b) {
  const [one, other] = [[...a], [...b]];
  const at = one.findIndex((sign, i) => sign !== other[i]);
  return at < 0 || (at < other.length && one[at].codePointAt(0) < other[at].codePointAt(0));
}

function newFurther(report, manager, { kind, share = 0 }) {
  if (!(share >= 0 && share <= 1)) refuse(`The share is ${share}; it must be from 0 to 1.`);
  if (report.boss === manager) refuse(`"${label(report)}" reports to "${label(manager)}" already.`);
  if (share > 0) {
    const others = report.further.filter((line) => !(line.manager === manager && line.kind === kind));
    const taken = others.reduce((sum, line) => sum + line.share, share);
    if (taken > 1 + TOLERANCE) {
      refuse(
        `The further managers of "${label(report)}" would have ${Math.round(taken * 100)} % ` +
          "of the authority; together it is at most 100 %.",
      );
    }
    const why = circle([report], manager);
    if (why) refuse(why);
  }
  return { kind, report: report.id, manager: manager.id, share };
}

function disconnect(model, { line }) {
  const present = presentLine(model, line);
  return { lines_removed: [present ?? refuse("There is no such line in this chart.")] };
}

function presentLine(model, line) {
  const key = lineKey(line);
  const node = known(model, line.kind === "tie" ? line.a : line.report);
  const same = (line.kind === "tie" ? node.ties : node.further).find(
    (other) => lineKey(lineToJson(other)) === key,
  );
  return same && lineToJson(same);
}

// One after the other on a copy: what each does depends on what those before it did.
function several(model, { operations }) {
  if (!operations?.length || operations.some((operation) => operation.do === "several")) {
    refuse("Several operations are one at least, and none of them is several again.");
  }
  const copy = new Model().load(model.chart());
  copy.functions = model.functions;
  for (const operation of operations) copy.apply(changeOf(copy, operation));
  return changeBetween(model, copy);
}
