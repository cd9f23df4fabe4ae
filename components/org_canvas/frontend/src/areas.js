/** Names of departments over the chart, so that at every zoom one can read where one is. */
import { detail } from "./cards.js";
import { mixed } from "./colours.js";
import { label } from "./model.js";

const MOST = 70; // names on one screen
const MOST_TOPS = 12;
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
  const used = new Set();
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
    const isInSight =
      node.y + node.h > rect.y0 && node.y < rect.y1 && node.x + node.w > rect.x0 && node.x < rect.x1;
    if (isInSight && detail(node.form, scale) !== "bar") continue;
    const name = areaName(node);
    if (!node.boss) {
      // The top is named at its own box: over its branch stand those of all others.
      const look = { size: 13, pill: mixed(theme.card, theme.text, 0.12), far: true };
      if (isInSight && count < MOST_TOPS && labels.flag(layout, node, name, look)) used.add(name) && count++;
      continue;
    }
    const names = used.has(name) ? [`${name} · ${label(node)}`, label(node)] : [name];
    if (node.depth < 2) names.push(node.title, label(node));
    const free = [...new Set(names)].filter((text) => text && !used.has(text));
    const written = nameOne(labels, node, free, seen, { scale, theme, layout });
    if (!written) continue;
    used.add(name).add(written);
    count++;
  }
}

/** Write the first of some names of a branch that has room; returns it. */
function nameOne(labels, node, names, seen, { scale, theme, layout }) {
  const [width, height] = [seen.x1 - seen.x0, seen.y1 - seen.y0];
  const first = node.depth < 2;
  const look = { weight: first ? 700 : 600, ink: first ? theme.text : theme.soft };
  if (!first && (width < 44 || height < 22)) return null;
  const middle = Math.min(Math.max((node.x + node.w / 2) * scale, seen.x0), seen.x1);
  const places = (name, size) => spots(labels, name, node, seen, middle, scale, size, look.weight);
  const isLevel = (name) =>
    (first ? [15, 13, 12, 11] : [12, 11]).some(
      (size) =>
        labels.width(name, size, look.weight) <= width &&
        labels.add(name, places(name, size), { size, ...look }),
    );
  // Wider than its branch: beside it, but not on the boxes of another department.
  const isAside = (name) => {
    const half = labels.width(name, 12, look.weight) / 2 + 3;
    const isOwn = ([x, y]) =>
      x - half >= labels.edges.x0 &&
      x + half <= labels.edges.x1 &&
      layout
        .within({ x0: (x - half) / scale, y0: (y - 8) / scale, x1: (x + half) / scale, y1: (y + 8) / scale })
        .every((other) => !other.boss || branchOf(other) === node);
    const wide = places(name, 12);
    const aside = wide.flatMap(([, y]) => [
      [seen.x1 + half + 4, y],
      [seen.x0 - half - 4, y],
    ]);
    return labels.add(name, [...wide, ...aside].filter(isOwn), { size: 12, ...look });
  };
  return (
    names.find(isLevel) ??
    names.find((name) => nameUpright(labels, name, seen, look)) ??
    (first ? (names.find(isAside) ?? null) : null)
  );
}

/** The branch right below the top in which a box is. */
function branchOf(node) {
  let seen = node;
  while (seen.depth > 1) seen = seen.boss;
  return seen;
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
function nameUpright(labels, name, seen, look) {
  const [width, height] = [seen.x1 - seen.x0, seen.y1 - seen.y0];
  return [13, 11].some((size) => {
    const half = labels.width(name, size, look.weight) / 2 + 4;
    if (width < size + 2 || height < Math.max(50, 2 * half)) return false;
    const x = (seen.x0 + seen.x1) / 2;
    const places = [
      [x, Math.min(seen.y0 + half + 8, seen.y1 - half)],
      [x, (seen.y0 + seen.y1) / 2],
    ];
    return labels.add(name, places, { size, upright: true, ...look });
  });
}

/** Say at the upper edge of the screen where one is: the way from the top to the box in the middle of it. */
export function nameWay(labels, { model, view }, { rect, scale, theme, layout }) {
  const [x, y] = [(rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2];
  const isIn = (node) =>
    node.y + node.h > rect.y0 && node.y < rect.y1 && node.x + node.w > rect.x0 && node.x < rect.x1;
  if (model.roots.some((root) => root.shown && isIn(root))) return;
  const focus = model.get(view.focus);
  const node =
    focus?.shown && isIn(focus)
      ? focus
      : nearest(
          layout,
          x,
          y,
          [60, 200, 600].map((px) => px / scale),
        );
  if (!node?.boss?.shown) return;
  const bosses = [];
  for (let boss = node.boss; boss; boss = boss.boss) bosses.unshift(boss);
  const names = bosses.map(areaName);
  const most = (rect.x1 - rect.x0) * scale - 40;
  const joined = () => names.join(" › ");
  while (names.length > 2 && labels.width(joined(), 12, 600) > most) {
    if (names[1] === "…") names.splice(2, 1);
    else names[1] = "…";
  }
  const text = labels.cut(joined(), 12, 600, most);
  const half = labels.width(text, 12, 600) / 2 + 8;
  const look = { pill: mixed(theme.card, theme.text, 0.12), says: `You are here: ${text}.` };
  labels.add(text, [[rect.x0 * scale + 10 + half, rect.y0 * scale + 16]], look);
}

/** The box nearest to a point, looked for farther and farther away. */
function nearest(layout, x, y, reaches) {
  for (const reach of reaches) {
    let [found, least] = [null, Infinity];
    for (const node of layout.within({ x0: x - reach, y0: y - reach, x1: x + reach, y1: y + reach })) {
      const away = Math.hypot(node.x + node.w / 2 - x, node.y + node.h / 2 - y);
      if (away < least) [found, least] = [node, away];
    }
    if (found) return found;
  }
  return null;
}
