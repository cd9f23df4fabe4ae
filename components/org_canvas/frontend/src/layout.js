// Where each node is drawn: top-down above a depth, indented lists from there on, so that most can be read.

import { Blocks } from "./blocks.js";
import { CARD, DROP, GAP, INDENT, LIST, ROW, Tree } from "./boxes.js";
import { Grid } from "./grid.js";

const DEEPEST = 12; // of the depths tried
const EQUAL = 0.92; // of scales no further apart the deepest counts: it shows most of who reports to whom
const LARGE = 0.9; // a scale at which all can be read: of such pictures the one that is most top-down
const HOPELESS = 0.75; // if a depth is that much worse than the best so far, deeper ones are not tried
const TOO_DEEP = 500; // for a tidy tree, whose layout is recursive

let tidy = null;

/** Load what lays out a plain top-down tree; without it one looks like a wide automatic one. */
export async function loadTopDown() {
  ({ tidy } = await import("./tidy.js"));
}

/**
 * Lay out what of a model is not collapsed. `depth` null: the depth whose picture fits into width x height
 * at the largest scale; a number: that one, and if it is that of the layout before, branches stay in the
 * columns where they stood, so that an edit does not change the shape.
 */
export function layOut(
  model,
  { collapsed = new Set(), mode = "auto", depth = null, width = 1100, height = 640 } = {},
) {
  for (const node of model.nodes) node.shown = false;
  const tree = new Tree(model, collapsed);
  if (!tree.order.length) return new Layout(model, tree, { depth: 0 });
  if (mode === "topdown" && tidy && tree.ends.length <= TOO_DEEP) {
    return new Layout(model, tree, { depth: tree.ends.length, ...tidy(tree, model.size) });
  }
  const blocks = new Blocks(tree, model.size);
  const deepest = mode === "topdown" ? TOO_DEEP : Math.min(Math.max(1, tree.ends.length - 2), DEEPEST);
  const keep = depth !== null && model.shape?.depth === depth;
  if (keep) blocks.measure(depth, model.shape.aspect, true);
  else best(blocks, depth === null ? [0, deepest] : [depth, depth], width, height);
  blocks.remember();
  blocks.write();
  model.shape = { depth: blocks.depth, aspect: blocks.aspect };
  return new Layout(model, tree, blocks);
}

// Measures the blocks for the depth and the shape of groups that fit best; of equals the deepest.
function best(blocks, [least, most], width, height) {
  const target = width / height;
  let top = 0;
  let found = null;
  for (let depth = least, reached = Infinity; depth <= most && reached > HOPELESS * top; depth++) {
    reached = 0;
    for (const aspect of [0.8 * target, target, 1.3 * target, Infinity]) {
      blocks.measure(depth, aspect, false);
      const scale = Math.min(LARGE, width / blocks.width, height / blocks.height);
      reached = Math.max(reached, scale);
      if (scale >= EQUAL * top) found = { depth, aspect };
      top = Math.max(top, scale);
    }
  }
  blocks.measure(found.depth, found.aspect, false);
}

/** A chart with a place for every shown node, and what can be asked about it. */
export class Layout {
  #grid;

  constructor(model, tree, { depth, spine, trunk, bus, listed }) {
    this.model = model;
    this.tree = tree;
    this.depth = depth;
    this.shown = tree.order;
    this.lines = { spine, trunk, bus, listed };
    this.bounds = this.shown.length
      ? { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity }
      : { x0: 0, y0: 0, x1: 0, y1: 0 };
    for (const { x, y, w, h } of this.shown) {
      if (x < this.bounds.x0) this.bounds.x0 = x;
      if (y < this.bounds.y0) this.bounds.y0 = y;
      if (x + w > this.bounds.x1) this.bounds.x1 = x + w;
      if (y + h > this.bounds.y1) this.bounds.y1 = y + h;
    }
  }

  /** The shown nodes whose box touches a rectangle {x0, y0, x1, y1}. */
  within(rect) {
    const { x0, y0, x1, y1 } = this.bounds;
    if (rect.x0 <= x0 && rect.y0 <= y0 && rect.x1 >= x1 && rect.y1 >= y1) return this.shown;
    this.#grid ??= new Grid(this.shown, this.bounds);
    return this.#grid.within(rect);
  }

  /** The shown node at a point, or null. */
  at(x, y) {
    return this.within({ x0: x, y0: y, x1: x, y1: y })[0] ?? null;
  }

  /** The nearest shown node "left", "right", "up" or "down" of a node, or null: for arrow keys. */
  beside(node, direction) {
    const across = direction === "up" || direction === "down";
    const sign = direction === "left" || direction === "up" ? -1 : 1;
    const [cx, cy] = [node.x + node.w / 2, node.y + node.h / 2];
    let nearest = null;
    let least = Infinity;
    for (const other of this.shown) {
      const [dx, dy] = [other.x + other.w / 2 - cx, other.y + other.h / 2 - cy];
      const ahead = sign * (across ? dy : dx);
      if (ahead < 1 || other === node) continue;
      // What is a little aside is further away than what is straight ahead.
      const aside = Math.max(
        0,
        Math.abs(across ? dx : dy) - (across ? node.w + other.w : node.h + other.h) / 2,
      );
      const distance = ahead + 3 * aside + 0.1 * Math.abs(across ? dx : dy);
      if (distance < least && aside <= ahead) [nearest, least] = [other, distance];
    }
    return nearest;
  }

  /** The line from a boss to a node as corners; empty for a root and for what is not shown. */
  link(node) {
    const { boss, place } = node;
    if (!boss || !node.shown) return [];
    const middle = node.y + node.h / 2;
    if (this.lines.listed[place]) {
      const x = boss.x + INDENT / 2;
      return [
        [x, boss.y + boss.h],
        [x, middle],
        [node.x, middle],
      ];
    }
    const { spine, trunk, bus } = this.lines;
    const from = boss.x + boss.w / 2;
    const first = boss.y + boss.h + DROP / 2;
    const line = [
      [from, boss.y + boss.h],
      [from, first],
    ];
    let y = first;
    if (trunk && trunk[place] === trunk[place]) {
      y = bus[place];
      line.push([trunk[place], first], [trunk[place], y]);
    }
    if (spine[place] === spine[place]) line.push([spine[place], y], [spine[place], middle], [node.x, middle]);
    else line.push([node.x + node.w / 2, y], [node.x + node.w / 2, node.y]);
    return line;
  }

  /** Where a node (null: a new one) would land as report of a boss (null: as root), in chart order. */
  placeFor(boss, node = null) {
    const kids = (boss ? this.tree.kids(boss) : this.model.roots).filter((kid) => kid.shown);
    if (node?.boss === boss && node?.shown) return box(node, node.x, node.y);
    const depth = boss ? boss.depth + 1 : 0;
    const form = depth > this.depth || (depth > 1 && !node?.kids.length) ? ROW : CARD;
    const next = node && kids.find((kid) => kid.place > node.place);
    if (next) return box(form, next.x, next.y);
    const last = kids.at(-1);
    if (!last) return boss ? this.#firstUnder(boss, form) : box(form, this.bounds.x1 + GAP, this.bounds.y0);
    const end = this.#endOf(last);
    const isBelow = this.lines.listed[last.place] || (last.form === "row" && form === ROW);
    return isBelow ? box(form, last.x, end.y1) : box(form, end.x1 + GAP, last.y);
  }

  #firstUnder(boss, form) {
    const below = boss.y + boss.h;
    if (form === ROW) return box(form, boss.x + INDENT, below + (boss.form === "card" ? LIST : 0));
    return box(form, boss.x, below + DROP);
  }

  // Where the shown branch of a node ends.
  #endOf(node) {
    const end = { x1: node.x + node.w, y1: node.y + node.h };
    const pending = [node];
    while (pending.length) {
      for (const kid of this.tree.kids(pending.pop())) {
        end.x1 = Math.max(end.x1, kid.x + kid.w);
        end.y1 = Math.max(end.y1, kid.y + kid.h);
        pending.push(kid);
      }
    }
    return end;
  }
}

const box = ({ w, h }, x, y) => ({ x, y, w, h });
