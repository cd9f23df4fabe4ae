// The plain top-down tree: neighbours as close as their contours allow, leaves of a boss in columns.

import { flextree } from "d3-flextree";
import { CARD, draw, DROP, GAP, GUTTER, INDENT, LIST, MOST_ROWS, ROW } from "./boxes.js";

/** Write where each node of a tree is drawn; return what the lines need, by place. */
export function tidy(tree, size) {
  const spine = new Float64Array(size).fill(NaN); // x of the line left of a column of leaves
  const listed = new Uint8Array(size); // whether it stands right under its boss, one leaf a row
  const top = { nodes: [], w: 0, h: 0, items: itemsOf(tree, tree.roots) };
  const layout = flextree({
    children: (item) => (item.items ??= itemsOf(tree, tree.kids(item.nodes[0]))),
    nodeSize: ({ data }) => [data.w, data.h],
    spacing: (a, b) => (a.parent === b.parent ? GAP : 2 * GAP),
  });
  const placed = layout(layout.hierarchy(top));
  let left = Infinity;
  placed.each(({ data, x }) => (left = Math.min(left, x - data.w / 2)));
  placed.each(({ data, x, y }) => {
    const at = x - data.w / 2 - left;
    if (!data.rows) return data.nodes.length && draw(data.nodes[0], at, y, CARD, "card");
    const boss = data.under && data.nodes[0];
    if (boss) draw(boss, at, y, CARD, "card");
    data.nodes.forEach((node, i) => {
      if (node === boss) return;
      if (boss) {
        draw(node, at + INDENT, y + CARD.h + LIST + (i - 1) * ROW.h, ROW, "row");
        listed[node.place] = 1;
        return;
      }
      draw(node, at + GUTTER, y + i * ROW.h, ROW, "row");
      spine[node.place] = at + 6;
    });
  });
  return { spine, listed };
}

function itemsOf(tree, kids) {
  const items = [];
  for (const kid of kids) {
    const last = items.at(-1);
    const below = tree.kids(kid);
    if (below.length && below.length <= MOST_ROWS && !tree.branches[kid.place]) {
      const h = CARD.h + LIST + below.length * ROW.h + DROP;
      items.push({ nodes: [kid, ...below], under: true, rows: true, w: CARD.w + INDENT, h, items: [] });
    } else if (!tree.isRow(kid)) items.push({ nodes: [kid], w: CARD.w, h: CARD.h + DROP });
    else if (last?.rows && !last.under && last.nodes.length < MOST_ROWS) {
      last.nodes.push(kid);
      last.h += ROW.h;
    } else items.push({ nodes: [kid], rows: true, w: ROW.w + GUTTER, h: ROW.h + DROP, items: [] });
  }
  return items;
}
