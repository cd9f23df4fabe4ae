/** Texts over the chart at the size of the screen, none over another. */
import { fitted, plain, widthOf } from "./text.js";

const AWAY = [4, 10, 16, 26, 42, 62, 86]; // px from a box to its flag

const overlap = (a, b) => a.x0 < b.x1 && a.x1 > b.x0 && a.y0 < b.y1 && a.y1 > b.y0;
const within = (a, b) => a.x0 >= b.x0 && a.x1 <= b.x1 && a.y0 >= b.y0 && a.y1 <= b.y1;
const near = (low, high, value) => Math.min(Math.max(value, low), high);

/** Finds room for texts; all lengths are px of the screen, counted from the world's origin. */
export class Labels {
  constructor(scale, theme, rect) {
    this.scale = scale;
    this.edges = { x0: rect.x0 * scale, y0: rect.y0 * scale, x1: rect.x1 * scale, y1: rect.y1 * scale };
    this.theme = theme;
    this.taken = [];
    this.texts = [];
    this.said = [];
  }

  font(size, weight) {
    return `${weight} ${size}px ${this.theme.font}`;
  }

  width(text, size, weight) {
    return widthOf(text, this.font(size, weight));
  }

  /** The text, cut where it is wider; widths in steps, so that a zoom does not measure anew at each of them. */
  cut(text, size, weight, width) {
    const whole = plain(text);
    if (this.width(whole, size, weight) <= width) return whole;
    return fitted(whole, this.font(size, weight), Math.floor(width / 12) * 12);
  }

  free(box) {
    return !this.taken.some((other) => overlap(box, other));
  }

  /** Keep a place free that something else fills; `says` is what is told where it is pointed at. */
  block(box, says = "") {
    this.taken.push(box);
    if (says) this.said.push({ ...box, says });
  }

  /** The sentence of the mark at a point of the world. */
  at(x, y) {
    const [px, py] = [x * this.scale, y * this.scale];
    return this.said.findLast((box) => overlap(box, { x0: px, x1: px, y0: py, y1: py }))?.says ?? "";
  }

  /**
   * Write a text beside a box, tied to it, where it is over no other box and over no other text; says whether
   * there was room. `far`: where there is none near, over boxes, which are too small to be read anyway.
   */
  flag(layout, node, text, { far = false, ...look }) {
    const isPlaced = this.#place(layout, node, text, {
      ...look,
      reaches: AWAY.slice(0, far ? 5 : AWAY.length),
    });
    return isPlaced || (far && this.#place(layout, node, text, { ...look, reaches: AWAY, clear: false }));
  }

  #place(layout, node, text, { size = 12, clear = true, reaches, says = "", ...look }) {
    const [x0, y0, x1, y1] = [node.x, node.y, node.x + node.w, node.y + node.h].map((v) => v * this.scale);
    const [w, h] = [this.width(text, size, 600) + 16, size + 8];
    const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
    for (const away of reaches) {
      const [top, low] = [y0 - away - h / 2, y1 + away + h / 2];
      const [left, right] = [x0 - away - w / 2, x1 + away + w / 2];
      for (const [x, y] of [
        ...[cx, x0 + w / 2, x1 - w / 2].map((x) => [x, top]),
        ...[cy, y0 - h / 2, y1 + h / 2].map((y) => [right, y]),
        ...[cy, y0 - h / 2, y1 + h / 2].map((y) => [left, y]),
        ...[cx, x0 + w / 2, x1 - w / 2].map((x) => [x, low]),
      ]) {
        const box = { x0: x - w / 2, y0: y - h / 2, x1: x + w / 2, y1: y + h / 2 };
        if (!within(box, this.edges) || !this.free(box)) continue;
        const leader = [near(x0, x1, x), near(y0, y1, y), near(box.x0, box.x1, cx), near(box.y0, box.y1, cy)];
        if (clear && (this.#covers(layout, box, node) || this.#crosses(layout, leader, node))) continue;
        this.block(box, says);
        this.texts.push({ text, x, y, w, h, size, weight: 600, leader, ...look });
        return true;
      }
    }
    return false;
  }

  // Whether a flag is over another box, or as near to it as to its own.
  #covers(layout, box, node) {
    const [x0, y0, x1, y1] = [box.x0 - 3, box.y0 - 5, box.x1 + 3, box.y1 + 5].map((v) => v / this.scale);
    return layout.within({ x0, y0, x1, y1 }).some((other) => other !== node);
  }

  // Whether the line from a box to its flag runs over other boxes.
  #crosses(layout, [ax, ay, bx, by], node) {
    const points = Math.ceil(Math.hypot(bx - ax, by - ay) / 6);
    for (let at = 1; at <= points; at++) {
      const [px, py] = [ax + ((bx - ax) * at) / points, ay + ((by - ay) * at) / points];
      if (at > 1 && !this.free({ x0: px, y0: py, x1: px, y1: py })) return true;
      const [x, y] = [px / this.scale, py / this.scale];
      if (layout.within({ x0: x, y0: y, x1: x, y1: y }).some((other) => other !== node)) return true;
    }
    return false;
  }

  /** Write a text at the first of some middles [x, y] where there is room; says whether there was. */
  add(text, places, { size = 12, weight = 600, upright = false, ...look } = {}) {
    const wide = this.width(text, size, weight) + (look.pill ? 16 : 6);
    const high = size + (look.pill ? 8 : 5);
    const [w, h] = upright ? [high, wide] : [wide, high];
    const { edges } = this;
    for (const [wished, y] of places) {
      // What is partly beside the screen is moved into it, and nothing stands above or below it.
      const x = Math.max(edges.x0 + w / 2, Math.min(edges.x1 - w / 2, wished));
      if (Math.abs(x - wished) > w || y - h / 2 < edges.y0 || y + h / 2 > edges.y1) continue;
      const box = { x0: x - w / 2, y0: y - h / 2, x1: x + w / 2, y1: y + h / 2 };
      if (!this.free(box)) continue;
      this.block(box, look.says);
      this.texts.push({ text, x, y, w, h, size, weight, upright, ...look });
      return true;
    }
    return false;
  }

  draw(pen) {
    const { scale, theme } = this;
    pen.save();
    pen.scale(1 / scale, 1 / scale);
    pen.textAlign = "center";
    pen.lineJoin = "round";
    for (const { text, x, y, w, h, size, weight, upright, pill, ink, leader } of this.texts) {
      if (leader) drawLeader(pen, leader, pill);
      pen.font = this.font(size, weight);
      if (pill) {
        pen.fillStyle = pill;
        pen.beginPath();
        pen.roundRect(x - w / 2, y - h / 2, w, h, h / 2);
        pen.fill();
      }
      pen.fillStyle = ink ?? theme.text;
      if (upright) {
        pen.save();
        pen.translate(x, y);
        pen.rotate(-Math.PI / 2);
      }
      const [tx, ty] = upright ? [0, size * 0.36] : [x, y + size * 0.36];
      if (!pill) {
        pen.strokeStyle = theme.ground;
        pen.lineWidth = 4;
        pen.strokeText(text, tx, ty);
      }
      pen.fillText(text, tx, ty);
      if (upright) pen.restore();
    }
    pen.restore();
  }
}

function drawLeader(pen, [ax, ay, bx, by], colour) {
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.moveTo(ax, ay);
  pen.lineTo(bx, by);
  pen.stroke();
  pen.beginPath();
  pen.arc(ax, ay, 2.5, 0, 2 * Math.PI);
  pen.fill();
}
