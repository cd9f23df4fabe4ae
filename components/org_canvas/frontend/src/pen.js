/** Writes SVG with the methods of CanvasRenderingContext2D that the painter uses. */

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
// XML forbids these even as references: control characters, lone surrogates and two non-characters.
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ANCHORS = { center: "middle", right: "end", end: "end" };
const STATE = {
  fillStyle: "#000",
  strokeStyle: "#000",
  lineWidth: 1,
  lineCap: "butt",
  lineJoin: "miter",
  font: "10px sans-serif",
  textAlign: "left",
  textBaseline: "alphabetic",
  globalAlpha: 1,
};
const FONT = /^(?:(\d+|bold)\s+)?([\d.]+)px\s+(.+)$/;

/** Text that may stand in XML, between tags and in attributes. */
export function escaped(text) {
  return String(text)
    .replace(FORBIDDEN, "\ufffd")
    .replace(/[&<>"']/g, (character) => ESCAPES[character]);
}

const number = (value) => String(Math.round(value * 100) / 100);

export class SvgPen {
  constructor() {
    Object.assign(this, STATE, { dash: [], written: [], path: [], states: [], transforms: [] });
  }

  /** A whole file showing the part `rect` of the world, `width` by `height` px large. */
  static file(rect, draw, { width = rect.x1 - rect.x0, height = rect.y1 - rect.y0, title = "" } = {}) {
    const pen = new SvgPen();
    draw(pen);
    const box = [rect.x0, rect.y0, rect.x1 - rect.x0, rect.y1 - rect.y0].map(number).join(" ");
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width)}" height="${number(height)}"` +
      ` viewBox="${box}" role="img">${title && `<title>${escaped(title)}</title>`}\n${pen.markup()}</svg>\n`
    );
  }

  markup() {
    return this.written.join("");
  }

  save() {
    const kept = {};
    for (const name of Object.keys(STATE)) kept[name] = this[name];
    this.states.push({ kept, dash: this.dash, transforms: this.transforms.length });
  }

  restore() {
    const state = this.states.pop();
    if (!state) return;
    Object.assign(this, state.kept, { dash: state.dash });
    while (this.transforms.length > state.transforms) {
      this.transforms.pop();
      this.written.push("</g>\n");
    }
  }

  #transform(text) {
    this.transforms.push(text);
    this.written.push(`<g transform="${text}">\n`);
  }

  translate(x, y) {
    this.#transform(`translate(${number(x)} ${number(y)})`);
  }

  scale(x, y) {
    this.#transform(`scale(${x} ${y})`);
  }

  rotate(angle) {
    this.#transform(`rotate(${number((angle * 180) / Math.PI)})`);
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  #add(command, ...numbers) {
    this.path.push(command + numbers.map(number).join(" "));
  }

  beginPath() {
    this.path = [];
  }

  moveTo(x, y) {
    this.#add("M", x, y);
  }

  lineTo(x, y) {
    this.#add(this.path.length ? "L" : "M", x, y);
  }

  quadraticCurveTo(...numbers) {
    this.#add("Q", ...numbers);
  }

  bezierCurveTo(...numbers) {
    this.#add("C", ...numbers);
  }

  closePath() {
    this.path.push("Z");
  }

  rect(x, y, w, h) {
    this.path.push(`M${number(x)} ${number(y)}h${number(w)}v${number(h)}h${number(-w)}Z`);
  }

  roundRect(x, y, w, h, radius) {
    const r = Math.min(radius, w / 2, h / 2);
    const [a, b, c, d] = [number(r), number(-r), number(w - 2 * r), number(h - 2 * r)];
    const corner = (dx, dy) => `a${a} ${a} 0 0 1 ${dx} ${dy}`;
    this.path.push(
      `M${number(x + r)} ${number(y)}h${c}${corner(a, a)}v${d}${corner(b, a)}` +
        `h${number(2 * r - w)}${corner(b, b)}v${number(2 * r - h)}${corner(a, b)}Z`,
    );
  }

  arc(x, y, r, from, to, backwards = false) {
    const turn = Math.min(Math.abs(to - from), 2 * Math.PI);
    const sign = backwards ? -1 : 1;
    this.lineTo(x + r * Math.cos(from), y + r * Math.sin(from));
    // An arc that ends where it began is nothing in SVG: it is drawn in two halves.
    const parts = turn > Math.PI ? 2 : 1;
    for (let part = 1; part <= parts; part++) {
      const at = from + (sign * turn * part) / parts;
      this.path.push(
        `A${number(r)} ${number(r)} 0 0 ${backwards ? 0 : 1} ${number(x + r * Math.cos(at))} ${number(y + r * Math.sin(at))}`,
      );
    }
  }

  #opacity() {
    return this.globalAlpha < 1 ? ` opacity="${number(this.globalAlpha)}"` : "";
  }

  #outline() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(number).join(" ")}"` : "";
    const cap = this.lineCap === "butt" ? "" : ` stroke-linecap="${this.lineCap}"`;
    const join = this.lineJoin === "miter" ? "" : ` stroke-linejoin="${this.lineJoin}"`;
    return ` stroke="${escaped(this.strokeStyle)}" stroke-width="${number(this.lineWidth)}"${dash}${cap}${join}`;
  }

  fill() {
    if (!this.path.length) return;
    this.written.push(
      `<path d="${this.path.join("")}" fill="${escaped(this.fillStyle)}"${this.#opacity()}/>\n`,
    );
  }

  stroke() {
    if (!this.path.length) return;
    this.written.push(`<path d="${this.path.join("")}" fill="none"${this.#outline()}${this.#opacity()}/>\n`);
  }

  fillRect(x, y, w, h) {
    const size = `width="${number(w)}" height="${number(h)}"`;
    const fill = escaped(this.fillStyle);
    this.written.push(`<rect x="${number(x)}" y="${number(y)}" ${size} fill="${fill}"${this.#opacity()}/>\n`);
  }

  #text(text, x, y, ink) {
    const [, weight, size, family] = FONT.exec(this.font) ?? [null, "", "10", "sans-serif"];
    const anchor = ANCHORS[this.textAlign] ? ` text-anchor="${ANCHORS[this.textAlign]}"` : "";
    // Not every reader of SVG knows dominant-baseline: the middle is written as a shift.
    const down = this.textBaseline === "middle" ? Number(size) * 0.35 : 0;
    const heavy = weight ? ` font-weight="${weight === "bold" ? 700 : weight}"` : "";
    this.written.push(
      `<text x="${number(x)}" y="${number(y + down)}" font-family="${escaped(family)}" font-size="${size}"` +
        `${heavy}${anchor}${ink}${this.#opacity()}>${escaped(text)}</text>\n`,
    );
  }

  fillText(text, x, y) {
    this.#text(text, x, y, ` fill="${escaped(this.fillStyle)}"`);
  }

  strokeText(text, x, y) {
    this.#text(text, x, y, ` fill="none"${this.#outline()}`);
  }
}
