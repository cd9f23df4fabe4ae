import { label } from "./model.js";

/** What is seen while nodes are moved: over whom they are, why they may not go there, where they would land. */
export function ghost(board, nodes, target, { x, y }) {
  const over = nodes.includes(target) ? null : target;
  const why = over ? board.model.whyNot(nodes, over) : "";
  return {
    nodes,
    x,
    y,
    target: over,
    why,
    lands: over && !why ? board.layout.placeFor(over, nodes[0]) : null,
  };
}

/** Do the move that is being shown; returns whether there was one. */
export function drop(board, { nodes, target, why }) {
  if (!target || why) {
    if (why) board.say(why, { error: true });
    return false;
  }
  const refused = board.do({ do: "move", nodes: nodes.map((node) => node.id), manager: target.id });
  if (!refused) board.say(told(nodes, target));
  return !refused;
}

/** What has happened, for the live region. */
export function told(nodes, boss) {
  const below = nodes.reduce((sum, node) => sum + node.people - node.headcount, 0);
  const reports = nodes.length === 1 ? "now reports" : "now report";
  const others = below ? `, with ${persons(below)} below ${nodes.length === 1 ? "it" : "them"}` : "";
  return `${named(nodes)} ${reports} to ${label(boss)}${others}.`;
}

/** Name a few nodes, count many. */
export function named(nodes) {
  if (nodes.length > 2) return `${nodes.length} boxes`;
  return nodes.map(label).join(" and ");
}

/** A number of people in words. */
export function persons(count) {
  return count === 1 ? "1 person" : `${count.toLocaleString("en")} people`;
}
