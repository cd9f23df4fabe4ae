// The boxes of a drawing: their sizes and distances, and which of them are drawn.

export const CARD = { w: 168, h: 64 };
export const ROW = { w: 168, h: 26 };
export const INDENT = 14;
export const GAP = 20; // between neighbours
export const DROP = 36; // between a boss and those below, and between shelves
export const LIST = 4; // between the head of a list and its first row
export const GUTTER = 16; // left of a column, for its line
export const MOST_ROWS = 10; // of a column of leaves beside other branches

/** What is drawn, level by level: the nodes that no collapsed branch hides. */
export class Tree {
  constructor(model, collapsed) {
    this.order = [...model.roots];
    this.ends = []; // of each level, in the order
    this.rows = new Int32Array(model.size); // shown nodes below, by place
    this.levels = new Int32Array(model.size); // shown levels below
    this.collapsed = collapsed;
    this.branches = new Uint8Array(model.size); // whether anyone below has a box of their own, not just a row
    this.roots = model.roots;
    for (let from = 0, to; from < this.order.length; from = to) {
      to = this.order.length;
      this.ends.push(to);
      for (let i = from; i < to; i++) for (const kid of this.kids(this.order[i])) this.order.push(kid);
    }
    for (let i = this.order.length - 1; i >= 0; i--) {
      const { boss, place } = this.order[i];
      if (!boss) continue;
      if (!this.isRow(this.order[i])) this.branches[boss.place] = 1;
      this.rows[boss.place] += this.rows[place] + 1;
      this.levels[boss.place] = Math.max(this.levels[boss.place], this.levels[place] + 1);
    }
  }

  kids(node) {
    return this.collapsed.size && this.collapsed.has(node.id) ? NONE : node.kids;
  }

  /** Whether a node is drawn as one line of text: a leaf, except right below the top, where leaders stand. */
  isRow(node) {
    return node.depth > 1 && !node.kids.length;
  }
}

const NONE = [];

/** Write the box of a node. */
export function draw(node, x, y, { w, h }, form) {
  node.x = x;
  node.y = y;
  node.w = w;
  node.h = h;
  node.form = form;
  node.shown = true;
}
