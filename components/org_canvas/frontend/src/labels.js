/** Texts over the chart at the size of the screen, none over another. */
import { fitted, plain, widthOf } from "./text.js";

const overlap = (a, b) => a.x0 < b.x1 && a.x1 > b.x0 && a.y0 < b.y1 && a.y1 > b.y0;

/** Finds room for texts; all lengths are px of the screen, counted from the world's origin. */
export class Labels {
  constructor(scale, theme, rect) {
    this.scale = scale;
    this.edges = { x0: rect.x0 * scale, y0: rect.y0 * scale, x1: rect.x1 * scale, y1: rect.y1 * scale };
    this.theme = theme;
    this.taken = [];
    this.texts = [];
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

  /** Keep a place free that something else fills. */
  block(box) {
    this.taken.push(box);
  }

  /** The same places, those first at which a text covers no box. */
  beside(layout, text, places, size) {
    const [w, h] = [(this.width(text, size, 600) / 2 + 8) / this.scale, (size / 2 + 2) / this.scale];
    const isClear = ([x, y]) => {
      const [wx, wy] = [x / this.scale, y / this.scale];
      return !layout.within({ x0: wx - w, y0: wy - h, x1: wx + w, y1: wy + h }).length;
    };
    const clear = places.map(isClear);
    return [...places.filter((_, at) => clear[at]), ...places.filter((_, at) => !clear[at])];
  }

  /** Where a text may stand at a box: above, on its right, below, farther above and below. */
  around(layout, { x, y, w, h }, text, size) {
    const half = this.width(text, size, 600) / 2 + 14;
    const [left, right, middle] = [x * this.scale, (x + w) * this.scale, (x + w / 2) * this.scale];
    const [top, low] = [y * this.scale - 12, (y + h) * this.scale + 13];
    const level = (top + low) / 2;
    const places = [
      ...[
        [middle, top],
        [right + half, level],
        [left - half, level],
        [middle, low],
      ],
      ...[
        [middle, top - 22],
        [middle, low + 22],
        [middle, top - 44],
        [middle, low + 44],
      ],
    ];
    return this.beside(layout, text, places, size);
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
      this.taken.push(box);
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
    for (const { text, x, y, w, h, size, weight, upright, pill, ink, draws } of this.texts) {
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
      draws?.(pen, x, y);
    }
    pen.restore();
  }
}
