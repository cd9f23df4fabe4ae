import { addBeside } from "./beside.js";
import { around, Camera } from "./camera.js";
import { theme } from "./colours.js";
import { addDetails } from "./details.js";
import { addDialogs } from "./dialogs.js";
import { el } from "./dom.js";
import { addEditor } from "./editor.js";
import { Exchange, movesBoxes } from "./exchange.js";
import { addKeyboard } from "./keyboard.js";
import { layOut, loadTopDown } from "./layout.js";
import { addLegend } from "./legend.js";
import { addLines } from "./lines.js";
import { addMenu } from "./menu.js";
import { label, Refused } from "./model.js";
import { Overview } from "./overview.js";
import { paint } from "./painter.js";
import { addPointer } from "./pointer.js";
import { addSearch } from "./search.js";
import style from "./style.css";
import { addToolbar } from "./toolbar.js";
import { addTree } from "./tree.js";
import { Values } from "./values.js";

const MOST_KEPT_IN_SIGHT = 2000; // boxes; of more nobody would miss one
const TOAST = 6000; // ms at least
const A_LETTER = 90; // ms more for every letter beyond
const BEGUN = {
  mode: "auto",
  depth: null,
  collapsed: new Set(),
  selected: new Set(),
  focus: null,
  colourBy: "function",
  lines: new Set(["shared", "dotted", "contract", "tie"]),
  routes: true,
  overview: true,
  hits: new Set(),
};

// In the order in which they lie on each other and take the keyboard.
const PARTS = [
  ["dialogs", addDialogs],
  ["menu", addMenu],
  ["tree", addTree],
  ["editor", addEditor],
  ["lines", addLines],
  ["beside", addBeside],
  ["details", addDetails],
  ["pointer", addPointer],
  ["keyboard", addKeyboard],
  ["toolbar", addToolbar],
  ["search", addSearch],
  ["legend", addLegend],
  ["overview", (board) => new Overview(board)],
];

// What outlives the component: Streamlit takes it off the page and puts a new one there at every change of page.
const exchange = new Exchange();
const views = new Map();

/** The drawing: what the model is, where its boxes stand, what is seen of it and what is done with it. */
export class Board {
  constructor(parent, speak) {
    this.speak = speak;
    this.exchange = exchange;
    exchange.speak = speak;
    this.listeners = new Set();
    this.paints = 0;
    this.hovered = this.ghost = null;
    this.data = {};
    this.values = new Values();
    this.theme = {};
    this.canvas = el("canvas", { class: "paper", "aria-hidden": "true" });
    this.overlay = el("div", { class: "overlay" });
    this.stage = el("div", { class: "stage" }, this.canvas, this.overlay);
    // With the headlines above and the legend below, the drawing fills the window.
    this.stage.style.height = "clamp(26rem, calc(100vh - 22rem), 60rem)";
    this.head = el("div", { class: "head" });
    this.spoken = el("div", { class: "spoken", role: "status", "aria-live": "polite" });
    this.toast = el("div", { class: "toast", hidden: true, "aria-hidden": "true" });
    this.overlay.append(this.toast);
    this.host = el("div", { class: "org-canvas", "data-testid": "org-canvas" });
    this.host.append(this.head, this.stage, this.spoken);
    this.root = this.host;
    this.host.board = this;
    parent.append(el("style", {}, style), this.host);
    this.pen = this.canvas.getContext("2d", { alpha: false });
    this.camera = new Camera(this.stage, {
      takes: (event) => this.#isNotOfGround(event) || this.parts.pointer.takes(event),
      moved: () => this.#moved(),
    });
    this.parts = {};
    for (const [name, add] of PARTS) this.parts[name] = add(this);
    this.overlay.append(this.parts.overview.element);
    this.host.append(this.parts.legend.element);
    this.watch = new ResizeObserver(() => this.#resize());
    this.watch.observe(this.stage);
    this.#resize();
  }

  /** Whether something on top of the drawing is meant: a panel, a menu, the overview. */
  #isNotOfGround(event) {
    const target = event.composedPath()[0];
    return target !== this.canvas && target !== this.overlay && target !== this.stage;
  }

  get model() {
    return this.exchange.model;
  }

  /** Titles and colours of functions, lines, indicators, files; they come with the whole chart. */
  get settings() {
    return this.exchange.settings;
  }

  get size() {
    return this.camera.size;
  }

  // -------------------------------------------------------------------- what the server says

  /** Take in a message: another chart, what has changed, what was refused, new numbers. */
  receive(data) {
    this.data = data;
    if (data.settings) exchange.settings = data.settings;
    this.#resize();
    const before = this.exchange.document;
    const inSight = this.#inSight();
    const found = this.exchange.receive(data);
    this.model.functions = this.settings.functions.map((one) => one.name);
    if (before !== data.document || !this.view) this.#openView(before);
    // Who begins a chart goes on with the keyboard.
    if (before !== null && before !== data.document && this.model.size === 1) this.parts.tree.focus?.();
    if (found.order) this.#takeValues(data.values, found.order);
    this.#forgetWhatIsGone();
    const isMoved = found.anew || !this.layout || found.changes.some(movesBoxes);
    if (isMoved) this.#place(inSight, found.changes);
    if (this.isUnseen && this.layout && this.size.width > 1) this.#firstLook();
    const seen = theme(this.host);
    // The same colours are the same object: what is kept of them stays true.
    if (JSON.stringify(seen) !== JSON.stringify(this.theme)) this.theme = seen;
    if (this.values.isStale(this.wantedValue, data.survey)) this.ask({ values: [this.wantedValue] });
    if (data.file) this.#save(data.file);
    for (const [, sentence] of found.refused) this.say(sentence, { error: true });
    this.#changed();
  }

  /** Take in what every box would be as boss; the order is that of the chart the server has. */
  async #takeValues(values, order) {
    await this.values.take(values, order);
    this.#changed();
  }

  /** The indicator that colours the chart; null while something else does. */
  get wantedValue() {
    const by = this.view?.colourBy ?? "";
    return by.startsWith("value:") ? by.slice("value:".length) : null;
  }

  #openView(before) {
    if (before !== null && this.view) views.set(before, this.view);
    const kept = views.get(this.exchange.document);
    this.view = kept ?? {
      ...BEGUN,
      collapsed: new Set(),
      selected: new Set(),
      hits: new Set(),
      lines: new Set(BEGUN.lines),
    };
    views.set(this.exchange.document, this.view);
    this.layout = null;
    this.values.forget();
    this.isUnseen = true;
    this.hovered = this.ghost = null;
  }

  #firstLook() {
    this.isUnseen = false;
    const { transform } = this.view;
    if (transform) this.camera.look(transform.x, transform.y, transform.k);
    else this.fit(false);
  }

  #forgetWhatIsGone() {
    const { view, model } = this;
    for (const ids of [view.selected, view.collapsed, view.hits]) {
      for (const id of ids) if (!model.get(id)) ids.delete(id);
    }
    if (view.focus !== null && !model.get(view.focus)) view.focus = null;
    if (this.hovered && model.get(this.hovered.id) !== this.hovered) this.hovered = null;
  }

  // -------------------------------------------------------------------- doing

  /** Do an operation: draw it at once and tell the server; returns "" or why it cannot be done. */
  do(operation) {
    const inSight = this.#inSight();
    let change;
    try {
      change = this.exchange.do(operation);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.say(error.message, { error: true });
      return error.message;
    }
    if (change) {
      this.#forgetWhatIsGone();
      if (movesBoxes(change)) this.#place(inSight, [change]);
    }
    this.#changed();
    return "";
  }

  undo() {
    if (this.canUndo) this.do({ do: "undo" });
  }

  redo() {
    if (this.canRedo) this.do({ do: "redo" });
  }

  get canUndo() {
    return Boolean(this.data.can_undo || this.exchange.pending.length);
  }

  get canRedo() {
    const { pending } = this.exchange;
    return Boolean(this.data.can_redo || pending.some(({ operation }) => operation.do === "undo"));
  }

  /** Ask the server for something; values that are on their way are not asked for again. */
  ask(want) {
    const { isWaiting, isLate, asked } = this.exchange;
    const coming = isWaiting && !isLate && !this.exchange.pending.length ? (asked.values ?? []) : [];
    const values = want.values?.filter((name) => !coming.includes(name));
    if (values && !values.length && Object.keys(want).length === 1) return;
    this.exchange.ask(values ? { ...want, values } : want);
  }

  isUnit(node) {
    return this.data.unit?.includes(node.id) ?? false;
  }

  // -------------------------------------------------------------------- seeing

  /** Change how the chart is seen: `{mode}`, `{colourBy}`, `{routes}` ... */
  change(part) {
    Object.assign(this.view, part);
    if (part.mode === "topdown") loadTopDown().then(() => this.#placeAnew());
    else if (part.mode) this.#placeAnew();
    if (this.wantedValue && this.values.isStale(this.wantedValue, this.data.survey)) {
      this.ask({ values: [this.wantedValue] });
    }
    this.#changed();
  }

  select(ids, focus = ids.at(-1) ?? null) {
    this.view.selected = new Set(ids);
    this.view.focus = focus;
    if (this.data.follows) {
      clearTimeout(this.following);
      this.following = setTimeout(() => this.ask({ selected: [...this.view.selected].slice(0, 50) }), 200);
    }
    this.#changed();
  }

  toggle(id) {
    const { collapsed } = this.view;
    if (!collapsed.delete(id)) collapsed.add(id);
    this.relayout(this.model.get(id));
    this.#changed();
  }

  /** Show the first levels only. */
  collapseAll(level = 2) {
    this.view.collapsed = new Set(
      this.model.nodes.filter((node) => node.depth >= level - 1 && node.kids.length).map((node) => node.id),
    );
    this.#placeAnew();
  }

  expandAll() {
    this.view.collapsed = new Set();
    this.#placeAnew();
  }

  /** Choose the shape of the chart anew and show all of it. */
  #placeAnew() {
    this.view.depth = null;
    this.relayout();
    this.fit();
    this.#changed();
  }

  expandTo(id) {
    let isHidden = false;
    for (let boss = this.model.get(id)?.boss; boss; boss = boss.boss) {
      isHidden = this.view.collapsed.delete(boss.id) || isHidden;
    }
    if (isHidden) this.relayout();
  }

  goTo(id, { select = true } = {}) {
    const node = this.model.get(id);
    if (!node) return;
    this.expandTo(id);
    if (select) this.select([id], id);
    const k = Math.max(this.camera.k, 0.8);
    const { width, height } = this.size;
    this.camera.look(width / 2 - k * (node.x + node.w / 2), height / 2 - k * (node.y + node.h / 2), k, true);
    this.#changed();
  }

  /** Move as little as needed so that a box is on the screen. */
  reveal(node) {
    if (node?.shown) this.camera.include(around([node]));
  }

  fit(glide = true) {
    if (this.layout) this.camera.fit(this.layout.bounds, 1, glide);
  }

  zoomBy(factor) {
    this.camera.zoomBy(factor);
  }

  world(event) {
    const { left, top } = this.canvas.getBoundingClientRect();
    return this.camera.world(event.clientX - left, event.clientY - top);
  }

  screen(x, y) {
    return this.camera.screen(x, y);
  }

  /** Place all boxes anew; this one stays where it is on the screen. */
  relayout(anchor = null) {
    this.camera.keep(anchor, () => this.#layOut());
    this.paint();
  }

  #layOut() {
    const { width, height } = this.size;
    const { collapsed, mode, depth } = this.view;
    this.layout = layOut(this.model, { collapsed, mode, depth, width, height });
    this.view.depth = this.layout.depth;
  }

  #inSight() {
    if (!this.layout || !this.view) return [];
    const seen = this.camera.rect();
    const boxes = this.layout.within(seen);
    if (boxes.length > MOST_KEPT_IN_SIGHT) return [];
    return boxes.filter(
      ({ x, y, w, h }) => x >= seen.x0 && y >= seen.y0 && x + w <= seen.x1 && y + h <= seen.y1,
    );
  }

  /** Place the boxes after changes: what was in sight stays so, and what moved last stays under the eye. */
  #place(inSight, changes) {
    const { model } = this;
    const added = changes.flatMap((change) => change.added ?? []).map(([, { id }]) => model.get(id));
    const moved = changes
      .flatMap((change) => change.cells ?? [])
      .filter(([, column]) => column === "manager");
    const anchor =
      added[0]?.boss ??
      model.get(moved.at(-1)?.[3]) ??
      model.get(changes.at(-1)?.removed?.[0]?.[1].manager) ??
      model.get(this.view.focus);
    this.camera.keep(anchor?.shown ? anchor : null, () => this.#layOut());
    const kept = inSight.filter((node) => model.get(node.id) === node && node.shown);
    const fresh = added.filter((node) => node?.shown);
    // A branch that moves takes its boxes with it; where boxes are only added, all stay in sight.
    if (fresh.length && fresh.length <= MOST_KEPT_IN_SIGHT && !moved.length && kept.length) {
      this.camera.include(around([...kept, ...fresh]));
    }
    this.paint();
  }

  // -------------------------------------------------------------------- telling

  /** Say something on the screen and to a screen reader. */
  say(text, { error = false } = {}) {
    this.spoken.textContent = text;
    this.toast.textContent = text;
    this.toast.classList.toggle("error", error);
    this.toast.hidden = !text;
    clearTimeout(this.toasting);
    const time = Math.max(TOAST, A_LETTER * text.length) * (error ? 1.5 : 1);
    this.toasting = setTimeout(() => (this.toast.hidden = true), time);
  }

  onChange(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  #changed() {
    for (const part of Object.values(this.parts)) part.update?.();
    for (const listener of this.listeners) listener();
    this.paint();
  }

  #moved() {
    const { x, y, k } = this.camera;
    if (this.view && !this.isUnseen) this.view.transform = { x, y, k };
    this.isMoving = performance.now();
    this.paint();
  }

  // -------------------------------------------------------------------- painting

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (!width || !height || (width === this.size.width && height === this.size.height)) return;
    this.camera.size = { width, height };
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    if (this.isUnseen && this.layout) this.#firstLook();
    if (this.layout) this.#draw();
  }

  /** Paint soon: once, however often it is asked for. */
  paint() {
    this.painting ??= requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    cancelAnimationFrame(this.painting);
    this.painting = null;
    if (!this.layout) return;
    const ratio = window.devicePixelRatio || 1;
    const { x, y, k } = this.camera;
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pen.fillStyle = this.theme.background;
    this.pen.fillRect(0, 0, this.size.width, this.size.height);
    this.pen.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    paint(this.pen, this, { rect: this.camera.rect(), scale: k, theme: this.theme, ghost: this.ghost });
    for (const part of Object.values(this.parts)) part.moved?.();
    this.paints += 1;
  }

  // -------------------------------------------------------------------- files

  /** Save a picture of the whole chart: "svg", "png" or "print". */
  async save(kind) {
    const { png, printed, svg } = await import("./pictures.js");
    const made = { svg: [".svg", svg], png: [".png", png], print: ["-pages.html", printed] };
    const [ending, make] = made[kind];
    const name = `${this.data.stem ?? "chart"}${ending}`;
    this.say("The picture is being made …");
    try {
      download(await make(this), name);
      this.say(`${name} is saved.`);
    } catch (error) {
      this.say(`The picture could not be made: ${error.message}`, { error: true });
    }
  }

  #save({ name, mime, base64, token }) {
    if (exchange.savedFile === token) return;
    exchange.savedFile = token;
    const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    download(new Blob([bytes], { type: mime }), name);
    this.say(`${name} is saved.`);
    this.exchange.send(); // so that the file is not sent again
  }

  // -------------------------------------------------------------------- for tests and measurements

  state() {
    const { x, y, k } = this.camera;
    return {
      document: this.exchange.document,
      revision: this.exchange.revision,
      pending: this.exchange.pending.length,
      isWaiting: this.exchange.isWaiting,
      nodes: this.model.size,
      paints: this.paints,
      transform: { x, y, k },
      selected: [...(this.view?.selected ?? [])],
      focus: this.view?.focus ?? null,
      headlines: this.data.headlines ?? [],
      depth: this.layout?.depth,
    };
  }

  /** Where the box of a node is in the browser's window; null where it is hidden. */
  boxOf(id) {
    const node = this.model.get(id);
    if (!node?.shown) return null;
    const { left, top } = this.canvas.getBoundingClientRect();
    const at = this.screen(node.x, node.y);
    const { k } = this.camera;
    return { x: left + at.x, y: top + at.y, width: node.w * k, height: node.h * k, label: label(node) };
  }

  destroy() {
    this.watch.disconnect();
    clearTimeout(this.toasting);
    cancelAnimationFrame(this.painting);
    for (const part of Object.values(this.parts)) part.destroy?.();
    if (exchange.speak === this.speak) exchange.speak = null;
    this.host.remove();
  }
}

function download(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
