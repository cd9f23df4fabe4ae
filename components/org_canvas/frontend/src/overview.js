/** A small map of the whole chart in the corner; dragging in it moves the view. */
import { drawBoxes } from "./cards.js";
import { colourer, sheer } from "./colours.js";
import { el } from "./dom.js";

const [WIDTH, HEIGHT] = [184, 116]; // px
const PAD = 6;
const LATER = 250; // ms: of a large chart the map takes as long as a few frames
const PLACE = {
  position: "absolute",
  right: "10px",
  bottom: "10px",
  width: `${WIDTH}px`,
  height: `${HEIGHT}px`,
  borderRadius: "6px",
  boxShadow: "0 0 0 1px var(--st-border-color, #CBD3DB), 0 2px 8px rgba(15, 26, 36, 0.15)",
  pointerEvents: "auto",
  touchAction: "none",
  cursor: "move",
};

export class Overview {
  constructor(board) {
    this.board = board;
    this.element = el("canvas", { class: "overview", "aria-hidden": "true" });
    Object.assign(this.element.style, PLACE);
    this.pen = this.element.getContext("2d", { alpha: false });
    this.map = document.createElement("canvas");
    this.element.addEventListener("pointerdown", (event) => this.#begin(event));
    this.element.addEventListener("pointermove", (event) => this.held && this.#go(event));
    for (const end of ["pointerup", "pointercancel"])
      this.element.addEventListener(end, () => (this.held = false));
  }

  #begin(event) {
    event.stopPropagation();
    event.preventDefault();
    this.held = true;
    try {
      this.element.setPointerCapture(event.pointerId);
    } catch {
      // The pointer may be gone already.
    }
    this.#go(event);
  }

  #go(event) {
    const { left, top } = this.element.getBoundingClientRect();
    const { camera, size } = this.board;
    const x = (event.clientX - left - this.x) / this.k;
    const y = (event.clientY - top - this.y) / this.k;
    camera.look(size.width / 2 - x * camera.k, size.height / 2 - y * camera.k, camera.k);
  }

  /** Show where the view is now. */
  moved() {
    const { layout, view, camera, theme } = this.board;
    if (!layout || !theme?.ground) return;
    const seen = camera.rect();
    const { x0, y0, x1, y1 } = layout.bounds;
    const isAllInSight = seen.x0 <= x0 && seen.y0 <= y0 && seen.x1 >= x1 && seen.y1 >= y1;
    const isHidden = view.overview === false || isAllInSight;
    if (this.element.hidden !== isHidden) this.element.hidden = isHidden;
    if (isHidden) return;
    this.#paintMap();
    const { pen, k, x, y, ratio } = this;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(this.map, 0, 0);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const left = Math.max(1, seen.x0 * k + x);
    const top = Math.max(1, seen.y0 * k + y);
    const right = Math.min(WIDTH - 1, seen.x1 * k + x);
    const bottom = Math.min(HEIGHT - 1, seen.y1 * k + y);
    pen.fillStyle = sheer(theme.primary, theme.dark ? 0.35 : 0.16);
    pen.strokeStyle = theme.primary;
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.rect(left, top, Math.max(5, right - left), Math.max(5, bottom - top));
    pen.fill();
    pen.stroke();
  }

  #paintMap() {
    const { board } = this;
    const { layout, theme } = board;
    const ratio = globalThis.devicePixelRatio || 1;
    const colours = colourer(board, theme);
    const key = [layout, theme, colours, ratio];
    if (this.key?.every((part, at) => part === key[at])) return;
    if (this.key && !this.isDue) {
      this.timer ??= setTimeout(() => {
        Object.assign(this, { isDue: true, timer: null });
        this.moved();
      }, LATER);
      return;
    }
    Object.assign(this, { key, ratio, isDue: false });
    for (const canvas of [this.element, this.map]) {
      Object.assign(canvas, { width: Math.round(WIDTH * ratio), height: Math.round(HEIGHT * ratio) });
    }
    const { x0, y0, x1, y1 } = layout.bounds;
    this.k = Math.min((WIDTH - 2 * PAD) / Math.max(1, x1 - x0), (HEIGHT - 2 * PAD) / Math.max(1, y1 - y0));
    this.x = (WIDTH - this.k * (x0 + x1)) / 2;
    this.y = (HEIGHT - this.k * (y0 + y1)) / 2;
    const pen = this.map.getContext("2d", { alpha: false });
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = theme.card;
    pen.fillRect(0, 0, this.map.width, this.map.height);
    pen.setTransform(ratio * this.k, 0, 0, ratio * this.k, ratio * this.x, ratio * this.y);
    drawBoxes(pen, layout.shown, { scale: Math.min(this.k, 0.1), theme, colours });
  }

  destroy() {
    clearTimeout(this.timer);
    this.element.remove();
  }
}
