/** Names of departments over the chart, so that at every zoom one can read where one is. */
import { detail } from "./cards.js";
import { mixed, sheer } from "./colours.js";
import { label } from "./model.js";

const MOST = 70; // names on one screen
const LEAST_LETTERS = 5; // a name cut shorter says nothing
const WIDEST = 150; // px of a name that is wider than its branch
const EDGE = 6; // px from the border of the screen
const extents = new WeakMap();

/** Managers with boxes below them, from the top down, each with the part of the world its branch takes. */
function branches(model, layout) {
  let known = extents.get(layout);
  if (known) return known;
  const parts = new Map();
  const order = [];
  const waiting = model.roots.filter((node) => node.shown);
  while (waiting.length) {
    const node = waiting.pop();
    order.push(node);
    for (const kid of node.kids) if (kid.shown) waiting.push(kid);
  }
  for (let at = order.length - 1; at >= 0; at--) {
    const node = order[at];
    const part = parts.get(node) ?? {
      node,
      x0: Infinity,
      y0: Infinity,
      x1: -Infinity,
      y1: -Infinity,
      leads: false,
    };
    grow(part, node.x, node.y, node.x + node.w, node.y + node.h);
    parts.set(node, part);
    if (!node.boss?.shown) continue;
    let boss = parts.get(node.boss);
    if (!boss) {
      boss = { node: node.boss, x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity, leads: true };
      parts.set(node.boss, boss);
    }
    grow(boss, part.x0, part.y0, part.x1, part.y1);
  }
  known = [...parts.values()]
    .filter(({ node, leads }) => leads || node.depth < 2)
    .sort(
      (a, b) => a.node.depth - b.node.depth || b.node.below - a.node.below || a.node.place - b.node.place,
    );
  extents.set(layout, known);
  return known;
}

function grow(part, x0, y0, x1, y1) {
  part.x0 = Math.min(part.x0, x0);
  part.y0 = Math.min(part.y0, y0);
  part.x1 = Math.max(part.x1, x1);
  part.y1 = Math.max(part.y1, y1);
}

/** What a branch is called: its unit where that is its own, else the title of its head, or the name. */
export function areaName(node) {
  const { unit, boss } = node;
  const isOwn = (text, of) =>
    text && !boss?.kids.some((kid) => kid !== node && kid.kids.length && of(kid) === text);
  if (unit && unit !== boss?.unit && isOwn(unit, (kid) => kid.unit)) return unit;
  if (isOwn(node.title, (kid) => kid.title)) return node.title;
  return node.depth < 2 && node.title && node.name ? `${node.title} · ${node.name}` : label(node);
}

/** Add the names of the branches to the labels of a picture in which boxes are bars. */
export function nameAreas(labels, { model, layout, rect, scale, theme }) {
  const [left, top, right, bottom] = [rect.x0, rect.y0, rect.x1, rect.y1].map((value) => value * scale);
  let count = 0;
  for (const { node, ...part } of branches(model, layout)) {
    if (count >= MOST) break;
    if (part.x1 <= rect.x0 || part.x0 >= rect.x1 || part.y1 <= rect.y0 || part.y0 >= rect.y1) continue;
    const seen = {
      x0: Math.max(part.x0 * scale, left + EDGE),
      y0: Math.max(part.y0 * scale, top + EDGE),
      x1: Math.min(part.x1 * scale, right - EDGE),
      y1: Math.min(part.y1 * scale, bottom - EDGE),
    };
    // A box whose own name can be read needs no second one while it is in sight.
    const isRead =
      detail(node.form, scale) !== "bar" &&
      node.y + node.h > rect.y0 &&
      node.x + node.w > rect.x0 &&
      node.x < rect.x1;
    if (!isRead && nameOne(labels, node, seen, scale, theme)) count++;
  }
}

function nameOne(labels, node, seen, scale, theme) {
  const name = areaName(node);
  const [width, height] = [seen.x1 - seen.x0, seen.y1 - seen.y0];
  const first = node.depth < 2;
  const ink = first ? theme.text : theme.soft;
  if (!first && (width < 44 || height < 22)) return false;
  const weight = first ? 700 : 600;
  const middle = Math.min(Math.max((node.x + node.w / 2) * scale, seen.x0), seen.x1);
  const short =
    first && node.title && name.startsWith(node.title)
      ? [
          [node.title, 13],
          [node.title, 12],
        ]
      : [];
  for (const [tried, size] of [...(first ? [15, 13, 12] : [12]).map((size) => [name, size]), ...short]) {
    const text = labels.cut(tried, size, weight, width);
    if (text.endsWith("…")) continue;
    if (labels.add(text, spots(labels, text, node, seen, middle, scale, size, weight), { size, weight, ink }))
      return true;
  }
  if (nameUpright(labels, name, seen, first, ink)) return true;
  if (!first) return false;
  // Wider than its branch: above or below the names of the neighbours.
  const text = labels.cut(name, 12, weight, Math.max(width, WIDEST));
  return labels.add(text, spots(labels, text, node, seen, middle, scale, 12, weight), {
    size: 12,
    weight,
    ink,
  });
}

function spots(labels, text, node, seen, middle, scale, size, weight) {
  const half = labels.width(text, size, weight) / 2 + 3;
  const centre = (seen.x0 + seen.x1) / 2;
  const at = (x) =>
    seen.x1 - seen.x0 >= 2 * half ? Math.min(Math.max(x, seen.x0 + half), seen.x1 - half) : centre;
  const highest = seen.y0 + size / 2 + 3;
  const y = Math.max((node.y + node.h / 2) * scale, highest);
  const below = Math.min(Math.max((node.y + node.h) * scale + size / 2 + 4, highest), seen.y1);
  const places = [[at(middle), y]];
  for (let step = 0; step <= 6; step++) {
    const low = below + step * (size + 5);
    if (!step || low < seen.y1) places.push([at(centre), low]);
  }
  return places;
}

/** Where a branch is a narrow column its name runs along it. */
function nameUpright(labels, name, seen, first, ink) {
  const size = first ? 13 : 12;
  const [width, height] = [seen.x1 - seen.x0, seen.y1 - seen.y0];
  if (width < size + 2 || height < 60) return false;
  const weight = first ? 700 : 600;
  const text = labels.cut(name, size, weight, height - 12);
  if (text.endsWith("…") && (!first || text.length <= LEAST_LETTERS)) return false;
  const half = labels.width(text, size, weight) / 2 + 4;
  const x = (seen.x0 + seen.x1) / 2;
  const places = [
    [x, seen.y0 + half + 8],
    [x, (seen.y0 + seen.y1) / 2],
  ];
  return labels.add(text, places, { size, weight, upright: true, ink });
}

/** Say at the upper edge of the screen whose branch is in sight, where its boss is above the screen. */
export function nameAbove(labels, nodes, { rect, scale, theme }) {
  const spans = new Map();
  for (const node of nodes) {
    const boss = node.boss;
    if (!boss?.shown || node.y < rect.y0 - node.h || boss.y + boss.h > rect.y0) continue;
    const span = spans.get(boss) ?? { x0: Infinity, x1: -Infinity, y0: Infinity };
    span.x0 = Math.min(span.x0, node.x);
    span.x1 = Math.max(span.x1, node.x + node.w);
    span.y0 = Math.min(span.y0, node.y);
    spans.set(boss, span);
  }
  const y = rect.y0 * scale + 16;
  for (const [boss, span] of [...spans].sort((a, b) => a[1].y0 - b[1].y0)) {
    if (labels.texts.length >= MOST) return;
    const x0 = Math.max(span.x0 * scale, rect.x0 * scale + EDGE);
    const x1 = Math.min(span.x1 * scale, rect.x1 * scale - EDGE);
    const unit = areaName(boss);
    const full = unit === label(boss) ? unit : `${label(boss)} · ${unit}`;
    const text = labels.cut(full, 12, 600, Math.max(x1 - x0 - 20, 90));
    labels.add(text, [[(x0 + x1) / 2, y]], { pill: sheer(mixed(theme.card, theme.text, 0.1), 0.96) });
  }
}
