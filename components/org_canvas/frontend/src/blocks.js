// Blocks: every branch is a rectangle, and a boss's branches are packed under the boss in chart order.

import { CARD, draw, DROP, GAP, GUTTER, INDENT, LIST, MOST_ROWS, ROW } from "./boxes.js";

const STACK = 10; // between the branches of a column
const TALL = 24; // rows of a list that may be set in several columns
const LOOSE = 1.6; // how much larger than need be a remembered shape may be

/** The blocks of a tree: lists from a depth on, and groups about `aspect` times as wide as high at most. */
export class Blocks {
  constructor(tree, size) {
    this.tree = tree;
    this.w = new Float64Array(size); // of the block, by place
    this.h = new Float64Array(size);
    this.x = new Float64Array(size); // of the block in its boss's block
    this.y = new Float64Array(size);
    this.card = new Float64Array(size); // x of the card in its own block
    this.spine = new Float64Array(size); // x of the line left of a column; NaN: it comes from above
    this.trunk = new Float64Array(size); // x of the line down to a further shelf; NaN on the first shelf
    this.bus = new Float64Array(size); // y of the line above the shelf
    this.list = new Uint8Array(size); // whether it and all below are an indented list, or part of one
    this.split = new Uint8Array(size); // whether the list below is set in several columns
    this.listed = new Uint8Array(size); // whether it is a row of a list, its line coming from the boss's left
  }

  /** Measure all blocks; with `keep`, branches stay in the column and shelf where they were. */
  measure(depth, aspect, keep) {
    Object.assign(this, { depth, aspect, keep });
    const { tree } = this;
    const nodes = this.#placed(0);
    for (const node of this.#placed(1))
      this.list[node.place] = this.#startsList(node) || this.#isListed(node);
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i];
      if (this.#isListed(node)) continue;
      const at = node.place;
      const rows = tree.rows[at];
      this.card[at] = 0;
      if (!this.list[at]) {
        const group = this.#pack(node, tree.kids(node), CARD.h + DROP);
        this.w[at] = group.w;
        this.h[at] = CARD.h + DROP + group.h;
        this.card[at] = group.card;
      } else {
        this.w[at] = CARD.w + INDENT * tree.levels[at];
        this.h[at] = rows ? CARD.h + LIST + rows * ROW.h : tree.isRow(node) ? ROW.h : CARD.h;
        this.split[at] = 0;
        if (aspect < Infinity && rows > TALL / 2) this.#splitList(node, at);
      }
    }
    const all = this.#pack(null, tree.roots, 0);
    this.width = all.w;
    this.height = all.h;
    return this;
  }

  // A boss of leaves only has them in a list; one who had a list keeps it while it is short.
  #startsList(node) {
    const { branches, rows } = this.tree;
    if (node.depth >= this.depth || !branches[node.place]) return true;
    return this.keep && node.hadList && rows[node.place] <= 2 * TALL;
  }

  #isListed({ boss }) {
    return boss !== null && this.list[boss.place] === 1;
  }

  // A tall list is set in columns, which break between the head's direct reports.
  #splitList(head, at) {
    const { tree } = this;
    const kids = tree.kids(head);
    const wasSplit = this.keep && kids.some((kid) => kid.slotBoss === head);
    if (!wasSplit && tree.rows[at] <= (this.keep ? 2 * TALL : TALL)) return;
    for (const { place } of kids) {
      this.w[place] = ROW.w + INDENT * tree.levels[place];
      this.h[place] = ROW.h * (1 + tree.rows[place]);
      this.card[place] = this.split[place] = 0;
    }
    const single = { w: this.w[at], h: this.h[at] };
    const group = this.#pack(head, kids, CARD.h + DROP);
    const size = { w: group.w, h: CARD.h + DROP + group.h };
    const worth = !this.keep ? 0.8 : wasSplit ? LOOSE : 1 / LOOSE;
    if (this.#cost(size) >= worth * this.#cost(single)) return;
    this.split[at] = 1;
    this.w[at] = size.w;
    this.h[at] = size.h;
    this.card[at] = group.card;
  }

  #pack(boss, kids, top) {
    const breaks = this.#fresh(kids);
    if (this.keep && kids.length > 1) {
      const kept = this.#kept(boss, kids);
      if (this.#cost(this.#place(kids, kept, top)) <= LOOSE * this.#cost(this.#place(kids, breaks, top))) {
        return this.#place(kids, kept, top);
      }
    }
    return this.#place(kids, breaks, top);
  }

  // How large a group is: by what limits the scale, and a little by the rest, which others can use.
  #cost({ w, h }) {
    return Math.max(w / this.aspect, h) + 0.3 * Math.min(w / this.aspect, h);
  }

  // Where a new column (1) or a new shelf (2) begins, for each of the kids.
  #fresh(kids) {
    const natural = this.#columns(kids, MOST_ROWS);
    if (this.aspect === Infinity || kids.length === 1) return natural;
    let best = natural;
    let least = this.#cost(this.#place(kids, natural, 0));
    const consider = (breaks) => {
      const cost = this.#cost(this.#place(kids, breaks, 0));
      if (cost < least) [best, least] = [breaks, cost];
    };
    let area = 0;
    let total = 0;
    for (const { place } of kids) {
      area += (this.w[place] + GUTTER + GAP) * (this.h[place] + STACK);
      total += this.h[place] + STACK;
    }
    const heights = kids.map(({ place }) => this.h[place] + STACK);
    const columns = Math.round(total / Math.sqrt(area / this.aspect));
    for (let count = Math.max(1, columns - 2); count <= Math.min(kids.length, columns + 2); count++) {
      consider(breaksOf(heights, limitFor(heights, count)));
    }
    const width = Math.sqrt(area * this.aspect);
    for (const factor of [1, 1.15, 1.35, 1.6]) consider(this.#shelves(kids, natural, width * factor));
    return best;
  }

  // Every branch stands for itself; leaves that follow each other share columns.
  #columns(kids, most) {
    const breaks = new Uint8Array(kids.length);
    let rows = most;
    for (let i = 0; i < kids.length; i++) {
      const row = this.tree.isRow(kids[i]);
      if (row && rows < most) rows++;
      else {
        breaks[i] = 1;
        rows = row ? 1 : most;
      }
    }
    return breaks;
  }

  #shelves(kids, columns, width) {
    const breaks = columns.slice();
    let filled = 0;
    for (let i = 0; i < kids.length;) {
      let end = i;
      let w = 0;
      do w = Math.max(w, this.w[kids[end++].place]);
      while (end < kids.length && !columns[end]);
      if (i && filled + w > width) {
        breaks[i] = 2;
        filled = 0;
      }
      filled += w + GAP;
      i = end;
    }
    return breaks;
  }

  // As they stood; a new branch joins the last column if that is a stack of rows or of branches already.
  #kept(boss, kids) {
    const breaks = new Uint8Array(kids.length);
    let column = 0;
    let shelf = 0;
    let stacked = 0;
    kids.forEach((kid, i) => {
      let starts = i === 0;
      if (kid.slotBoss === boss && kid.column > 0) {
        starts ||= kid.column !== column;
        if (i && kid.shelf > shelf) breaks[i] = 2;
        column = kid.column;
        shelf = kid.shelf;
      } else if (i) {
        const rows = this.tree.isRow(kid) && this.tree.isRow(kids[i - 1]) && stacked < 2 * MOST_ROWS;
        starts = !rows && (stacked < 2 || this.aspect === Infinity);
      }
      if (starts) {
        breaks[i] ||= 1;
        stacked = 0;
      }
      stacked++;
    });
    return breaks;
  }

  // Write where the kids stand, and return the size of the group and where the boss's card is above it.
  #place(kids, breaks, top) {
    let further = false;
    for (const flag of breaks) further ||= flag === 2;
    const left = further ? GUTTER : 0;
    let x = left;
    let y = top;
    let w = 0;
    let bottom = top;
    let first = 0;
    let last = 0;
    let shelf = 0;
    let column = 0;
    for (let i = 0; i < kids.length;) {
      if (breaks[i] === 2) {
        [x, y] = [left, bottom + DROP];
        shelf++;
      }
      column++;
      const start = i;
      let end = i + 1;
      while (end < kids.length && !breaks[end]) end++;
      const stacked = end - i > 1 || this.tree.isRow(kids[i]);
      const inner = stacked ? x + GUTTER : x;
      let widest = 0;
      let down = y;
      for (; i < end; i++) {
        const kid = kids[i];
        const at = kid.place;
        if (i > start) down += this.h[at] === ROW.h && this.h[kids[i - 1].place] === ROW.h ? 0 : STACK;
        this.x[at] = inner;
        this.y[at] = down;
        this.spine[at] = stacked ? x + 6 : NaN;
        this.trunk[at] = shelf ? 6 : NaN;
        this.bus[at] = y - DROP / 2;
        kid.newColumn = column;
        kid.newShelf = shelf;
        down += this.h[at];
        widest = Math.max(widest, this.w[at]);
      }
      const middle = inner + (stacked ? 0 : this.card[kids[start].place]) + CARD.w / 2;
      if (column === 1) first = middle;
      last = middle;
      x = inner + widest + GAP;
      w = Math.max(w, x - GAP);
      bottom = Math.max(bottom, down);
    }
    const card = Math.max(0, Math.min(w - CARD.w, (shelf ? w : first + last) / 2 - CARD.w / 2));
    return { w: Math.max(w, CARD.w), h: bottom - top, card };
  }

  /** Remember in which column and shelf each branch stands. */
  remember() {
    for (const node of this.#placed(1)) {
      node.slotBoss = this.#isListed(node) && !this.split[node.boss.place] ? null : node.boss;
      node.hadList = this.list[node.place] === 1 && this.tree.rows[node.place] > 0;
      node.column = node.newColumn;
      node.shelf = node.newShelf;
    }
  }

  // The nodes down to the depth of the lists, and some levels more.
  #placed(more) {
    return this.tree.order.slice(0, this.tree.ends[Math.min(this.depth + more, this.tree.ends.length - 1)]);
  }

  /** Write where each node is drawn. */
  write() {
    const { tree } = this;
    for (const node of this.#placed(1)) {
      const { boss, place: at } = node;
      if (this.#isListed(node) && !this.split[boss.place]) continue; // written with its list
      if (boss) {
        for (const column of [this.x, this.spine, this.trunk]) column[at] += this.x[boss.place];
        for (const column of [this.y, this.bus]) column[at] += this.y[boss.place];
      }
      const row = tree.isRow(node) || this.#isListed(node);
      // Beside the line of its column a card stands at the left, else over the middle of its branches.
      const x = this.x[at] + (this.spine[at] === this.spine[at] ? 0 : this.card[at]);
      draw(node, x, this.y[at], row ? ROW : CARD, row ? "row" : "card");
      if (this.list[at] && !this.split[at]) this.#writeList(node);
    }
  }

  #writeList(head) {
    let y = head.y + head.h + (head.form === "card" ? LIST : 0);
    const pending = this.tree.kids(head).toReversed();
    while (pending.length) {
      const node = pending.pop();
      draw(node, head.x + INDENT * (node.depth - head.depth), y, ROW, "row");
      this.listed[node.place] = 1;
      y += ROW.h;
      const kids = this.tree.kids(node);
      for (let i = kids.length - 1; i >= 0; i--) pending.push(kids[i]);
    }
  }
}

// The least height with which so many columns hold all, in their order.
function limitFor(heights, columns) {
  let least = 0;
  let most = 0;
  for (const height of heights) {
    least = Math.max(least, height);
    most += height;
  }
  while (most - least > ROW.h / 2) {
    const limit = (least + most) / 2;
    let count = 1;
    let filled = 0;
    for (const height of heights) {
      if (filled + height > limit) {
        count++;
        filled = 0;
      }
      filled += height;
    }
    if (count > columns) least = limit;
    else most = limit;
  }
  return most;
}

// Where a new column begins when none is higher than a limit.
function breaksOf(heights, limit) {
  const breaks = new Uint8Array(heights.length);
  let filled = Infinity;
  heights.forEach((height, i) => {
    if (filled + height > limit) {
      breaks[i] = 1;
      filled = 0;
    }
    filled += height;
  });
  return breaks;
}
