import { label } from "./model.js";

/** What is seen while nodes are moved: over whom they are, why they may not go there, where they would land. */
export function ghost(board, nodes, target, { x, y }) {
  const over = nodes.includes(target) ? null : target;
  // Over the boss they have nothing is forbidden, and nothing would change.
  const stays = Boolean(over) && nodes.every((node) => node.boss === over);
  const why = over && !stays ? board.model.whyNot(nodes, over) : "";
  return {
    nodes,
    x,
    y,
    target: over,
    why,
    stays,
    lands: over && !stays && !why ? board.layout.placeFor(over, nodes[0]) : null,
  };
}

/** Do the move that is being shown; returns whether there was one. */
export function drop(board, { nodes, target, why, stays }) {
  if (why) board.say(why, { error: true });
  if (stays) board.say(`Nothing is changed: ${named(nodes)} ${reports(nodes)} to ${label(target)} already.`);
  if (!target || why || stays) return false;
  const refused = board.do({ do: "move", nodes: nodes.map((node) => node.id), manager: target.id });
  if (refused) return false;
  board.reveal(nodes[0].shown ? nodes[0] : target);
  board.say(told(nodes, target));
  return true;
}

const reports = (nodes) => (nodes.length === 1 ? "reports" : "report");

/** What has happened, for the live region. */
export function told(nodes, boss) {
  const below = nodes.reduce((sum, node) => sum + node.people - node.headcount, 0);
  const others = below ? `, with ${persons(below)} below ${nodes.length === 1 ? "it" : "them"}` : "";
  return `${named(nodes)} now ${reports(nodes)} to ${label(boss)}${others}.`;
}

/** Name a few nodes, count many. */
export function named(nodes) {
  if (nodes.length > 2) return `${nodes.length} boxes`;
  return nodes.map(label).join(" and ");
}

/** How many report to a box. */
export const directReports = ({ kids }) => `${kids.length} direct report${kids.length === 1 ? "" : "s"}`;

/** A number of people in words. */
export function persons(count) {
  return count === 1 ? "1 person" : `${count.toLocaleString("en")} people`;
}

/** Who gets the reports of boxes that are deleted: the nearest boss that stays (null: none) and those who come to it. */
export function heirs(nodes) {
  const gone = new Set(nodes);
  const left = new Map();
  for (const node of nodes) {
    const stay = node.kids.filter((kid) => !gone.has(kid));
    let { boss } = node;
    while (boss && gone.has(boss)) boss = boss.boss;
    if (stay.length) left.set(boss, [...(left.get(boss) ?? []), ...stay]);
  }
  return left;
}

/** What becomes of them, as the end of a sentence: "; 8 direct reports now have no boss". */
export function became(left, when = "now") {
  return [...left]
    .map(([boss, nodes]) => {
      const who = nodes.length === 1 ? label(nodes[0]) : `${nodes.length} direct reports`;
      if (boss) return `; ${who} ${when} ${reports(nodes)} to ${label(boss)}`;
      const quarrels = nodes.length > 1 ? ", and nobody above them settles their quarrels" : "";
      return `; ${who} ${when} ${nodes.length === 1 ? "has" : "have"} no boss${quarrels}`;
    })
    .join("");
}

/** A box with its office: "Perry Dempsey, Vice President, Sales". */
export const whoIs = (node) => [label(node), office(node)].filter(Boolean).join(", ");

/** The office of a box besides its name: "Vice President, Sales". */
export function office(node) {
  const { title, unit } = node;
  const known = title && title !== label(node) ? title : "";
  const place = unit && unit !== label(node) && !known.includes(unit) ? unit : "";
  return [known, place].filter(Boolean).join(", ");
}
