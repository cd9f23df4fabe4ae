// Changes as data: what is different between two charts, exact and invertible; Python's JSON.

export const COLUMNS = ["name", "title", "unit", "function", "headcount", "location", "status"];

/** The change that undoes a change. */
export function inverse(change) {
  const turned = {};
  if (change.added?.length) turned.removed = change.added;
  if (change.removed?.length) turned.added = change.removed;
  if (change.cells?.length) {
    turned.cells = change.cells.map(([id, column, before, after]) => [id, column, after, before]).reverse();
  }
  if (change.lines_added?.length) turned.lines_removed = change.lines_added;
  if (change.lines_removed?.length) turned.lines_added = change.lines_removed;
  return turned;
}

/** Whether a change changes nothing. */
export const isEmpty = (change) => Object.values(change).every((part) => !part.length);

/** A node as JSON: only what is not empty. */
export function nodeToJson(node) {
  const json = { id: node.id };
  if (node.boss) json.manager = node.boss.id;
  for (const column of COLUMNS) {
    if (node[column] !== (column === "headcount" ? 1 : "")) json[column] = node[column];
  }
  return json;
}

/** A line as JSON: a further manager or a tie. */
export const lineToJson = (line) =>
  line.kind
    ? { kind: line.kind, report: line.report.id, manager: line.manager.id, share: line.share }
    : { kind: "tie", a: line.a.id, b: line.b.id, weight: line.weight, relation: line.relation };

/** What tells a line from any other: its ends and its kind; a tie has no direction. */
export const lineKey = (line) =>
  JSON.stringify(
    line.kind === "tie" ? ["tie", ...[line.a, line.b].sort()] : [line.kind, line.report, line.manager],
  );

/** The change between two models, where nodes that are in both keep their order. */
export function changeBetween(before, after) {
  const change = { removed: [], added: [], cells: [], lines_removed: [], lines_added: [] };
  for (const node of before.nodes) {
    const now = after.get(node.id);
    if (!now) {
      change.removed.push([node.place, nodeToJson(node)]);
      continue;
    }
    const bosses = [node.boss?.id ?? "", now.boss?.id ?? ""];
    if (bosses[0] !== bosses[1]) change.cells.push([node.id, "manager", ...bosses]);
    for (const column of COLUMNS) {
      if (node[column] !== now[column]) change.cells.push([node.id, column, node[column], now[column]]);
    }
  }
  for (const node of after.nodes) {
    if (!before.get(node.id)) change.added.push([node.place, nodeToJson(node)]);
  }
  const lines = [before, after].map(
    (model) =>
      new Map([...model.further, ...model.ties].map((line) => [lineKey(lineToJson(line)), lineToJson(line)])),
  );
  const differs = (one, other) => JSON.stringify(one) !== JSON.stringify(other);
  for (const [key, line] of lines[0]) if (differs(line, lines[1].get(key))) change.lines_removed.push(line);
  for (const [key, line] of lines[1]) if (differs(line, lines[0].get(key))) change.lines_added.push(line);
  return withoutEmpty(change);
}

/** The change without its empty parts. */
export const withoutEmpty = (change) =>
  Object.fromEntries(Object.entries(change).filter(([, part]) => part.length));
