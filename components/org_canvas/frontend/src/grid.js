// A spatial index of boxes: each in the cell of its upper left corner.

const CELL = 256;

export class Grid {
  constructor(nodes, { x0, y0, x1, y1 }) {
    this.x0 = x0;
    this.y0 = y0;
    // Not many more cells than boxes, however far apart these are.
    const most = 4 * nodes.length + 16;
    this.cell = Math.max(CELL, Math.sqrt(((x1 - x0) * (y1 - y0)) / most), Math.max(x1 - x0, y1 - y0) / most);
    this.columns = Math.floor((x1 - x0) / this.cell) + 1;
    this.rows = Math.floor((y1 - y0) / this.cell) + 1;
    this.start = new Int32Array(this.columns * this.rows + 1);
    const cells = nodes.map((node) => this.#column(node.x) + this.columns * this.#row(node.y));
    for (const cell of cells) this.start[cell + 1]++;
    for (let i = 1; i < this.start.length; i++) this.start[i] += this.start[i - 1];
    const next = this.start.slice();
    this.nodes = new Array(nodes.length);
    nodes.forEach((node, i) => (this.nodes[next[cells[i]]++] = node));
    this.w = nodes.reduce((most, node) => Math.max(most, node.w), 0);
    this.h = nodes.reduce((most, node) => Math.max(most, node.h), 0);
  }

  /** The boxes that touch a rectangle. */
  within({ x0, y0, x1, y1 }) {
    const found = [];
    const [left, right] = [this.#column(x0 - this.w), this.#column(x1)];
    for (let row = this.#row(y0 - this.h); row <= this.#row(y1); row++) {
      const to = this.start[row * this.columns + right + 1];
      for (let i = this.start[row * this.columns + left]; i < to; i++) {
        const node = this.nodes[i];
        if (node.x <= x1 && node.x + node.w >= x0 && node.y <= y1 && node.y + node.h >= y0) found.push(node);
      }
    }
    return found;
  }

  #column(x) {
    return Math.max(0, Math.min(this.columns - 1, Math.floor((x - this.x0) / this.cell)));
  }

  #row(y) {
    return Math.max(0, Math.min(this.rows - 1, Math.floor((y - this.y0) / this.cell)));
  }
}
