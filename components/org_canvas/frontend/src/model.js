// The chart in the browser: nodes, lines and operations as in the library, so that an edit is drawn at once.

import { changeOf } from "./operations.js";
import { COLUMNS, inverse, lineKey, lineToJson } from "./changes.js";

export { inverse } from "./changes.js";

/** An operation that is not possible; its message is a sentence for the screen. */
export class Refused extends Error {}

/** A person, a post or a unit. What is derived from the chart is right after every load and apply. */
export class Node {
  constructor(json) {
    this.id = json.id;
    for (const column of COLUMNS) this[column] = json[column] ?? (column === "headcount" ? 1 : "");
    this.boss = null;
    this.kids = [];
    this.place = 0;
    this.depth = 0;
    this.below = 0;
    this.people = 0;
    this.further = [];
    this.leads = [];
    this.ties = [];
    this.code = 0;
    this.words = null; // folded texts for the search, made when first needed
    // Written by the layout; the slot (whose report, in which column and shelf) keeps the shape over edits.
    this.x = this.y = this.w = this.h = 0;
    this.shown = false;
    this.form = "card";
    this.slotBoss = null;
    this.hadList = false;
    this.column = this.shelf = this.newColumn = this.newShelf = 0;
  }
}

/** What a reader calls a node. */
export const label = (node) => node.name || node.title || node.id;

const byPlaces = (a, b) =>
  a.report.place - b.report.place ||
  a.manager.place - b.manager.place ||
  (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0);
const tiesByPlaces = (a, b) => a.a.place - b.a.place || a.b.place - b.b.place;

export class Model {
  nodes = [];
  roots = [];
  further = [];
  ties = [];
  functions = null; // the words a stated function can be; null: not checked here
  #byId = new Map();

  get size() {
    return this.nodes.length;
  }

  /** The node with an id, or undefined. */
  get(id) {
    return this.#byId.get(id);
  }

  /** Forget everything and take a chart (columns, as Python sends it). */
  load(chart) {
    this.nodes = chart.ids.map((id, place) => {
      const node = new Node({ id });
      for (const column of COLUMNS) if (chart[column]) node[column] = chart[column][place];
      return node;
    });
    this.#byId = new Map(this.nodes.map((node) => [node.id, node]));
    this.nodes.forEach((node, place) => (node.boss = this.nodes[chart.manager[place]] ?? null));
    this.further = (chart.further ?? []).map(([report, manager, kind, share]) => ({
      report: this.nodes[report],
      manager: this.nodes[manager],
      kind,
      share,
    }));
    this.ties = (chart.ties ?? []).map(([a, b, weight, relation]) => ({
      a: this.nodes[a],
      b: this.nodes[b],
      weight,
      relation,
    }));
    this.shape = null; // what the layout remembers
    this.#deriveTree();
    this.#deriveLines();
    return this;
  }

  /** The whole chart as columns: what `load` takes. */
  chart() {
    const chart = { ids: [], manager: this.nodes.map((node) => node.boss?.place ?? -1) };
    chart.ids = this.nodes.map((node) => node.id);
    for (const column of COLUMNS) chart[column] = this.nodes.map((node) => node[column]);
    chart.further = this.further.map((line) => [
      line.report.place,
      line.manager.place,
      line.kind,
      line.share,
    ]);
    chart.ties = this.ties.map((tie) => [tie.a.place, tie.b.place, tie.weight, tie.relation]);
    return chart;
  }

  /** The change an operation makes, without making it; throws Refused with a sentence. */
  change(operation) {
    return changeOf(this, operation);
  }

  /** The change that undoes a change. */
  inverse(change) {
    return inverse(change);
  }

  /** Make a change; what does not fit (an id that is not there) is left out. */
  apply(change) {
    const { removed = [], added = [], cells = [], lines_removed = [], lines_added = [] } = change;
    const nodesDiffer = removed.length + added.length > 0;
    let treeDiffers = nodesDiffer;
    const linesDiffer = nodesDiffer || lines_removed.length + lines_added.length > 0;
    if (lines_removed.length) this.#removeLines(new Set(lines_removed.map(lineKey)));
    if (nodesDiffer) this.#replaceNodes(removed, added);
    for (const [id, column, , after] of cells) {
      const node = this.get(id);
      if (!node) continue;
      if (column === "manager") node.boss = this.get(after) ?? null;
      else if (COLUMNS.includes(column)) node[column] = after;
      if (column === "manager" || column === "headcount") treeDiffers = true;
      node.words = null;
    }
    if (treeDiffers) this.#deriveTree();
    for (const line of lines_added) this.#addLine(line);
    if (linesDiffer) this.#deriveLines();
  }

  #replaceNodes(removed, added) {
    const gone = new Set();
    for (const [, { id }] of removed) {
      const node = this.get(id);
      if (node) gone.add(node);
      this.#byId.delete(id);
    }
    const stay = this.nodes.filter((node) => !gone.has(node));
    const fresh = added.map(([place, json]) => [place, json, new Node(json)]).sort((a, b) => a[0] - b[0]);
    for (const [, , node] of fresh) this.#byId.set(node.id, node);
    for (const [, json, node] of fresh) {
      node.boss = this.get(json.manager) ?? null;
      node.code = node.boss?.code ?? 0; // until the recognised function arrives
    }
    // Nodes that stay under a node that was taken out and put back (or not) find it by its id.
    if (gone.size)
      for (const node of stay) if (gone.has(node.boss)) node.boss = this.get(node.boss.id) ?? null;
    let next = 0;
    this.nodes = [];
    for (const [place, , node] of fresh) {
      while (this.nodes.length < place && next < stay.length) this.nodes.push(stay[next++]);
      this.nodes.push(node);
    }
    while (next < stay.length) this.nodes.push(stay[next++]);
    if (gone.size) {
      const there = (node) => this.get(node.id) === node;
      this.further = this.further.filter((line) => there(line.report) && there(line.manager));
      this.ties = this.ties.filter((tie) => there(tie.a) && there(tie.b));
    }
  }

  #removeLines(keys) {
    const stays = (line) => !keys.has(lineKey(lineToJson(line)));
    this.further = this.further.filter(stays);
    this.ties = this.ties.filter(stays);
  }

  #addLine(line) {
    const [from, to] =
      line.kind === "tie"
        ? [this.get(line.a), this.get(line.b)]
        : [this.get(line.report), this.get(line.manager)];
    if (!from || !to) return;
    if (line.kind === "tie") this.ties.push({ a: from, b: to, weight: line.weight, relation: line.relation });
    else this.further.push({ report: from, manager: to, kind: line.kind, share: line.share });
  }

  // All at once: exact whatever happened (sums of headcounts too), and 20,000 nodes take about 2 ms.
  #deriveTree() {
    this.roots = [];
    for (const node of this.nodes) if (node.kids.length) node.kids = [];
    this.nodes.forEach((node, place) => {
      node.place = place;
      node.below = 0;
      node.people = node.headcount;
      (node.boss ? node.boss.kids : this.roots).push(node);
    });
    const order = [...this.roots];
    for (let i = 0; i < order.length; i++) {
      const node = order[i];
      node.depth = node.boss ? node.boss.depth + 1 : 0;
      for (const kid of node.kids) order.push(kid);
    }
    for (let i = order.length - 1; i >= 0; i--) {
      const { boss, below, people } = order[i];
      if (!boss) continue;
      boss.below += below + 1;
      boss.people += people;
    }
  }

  #deriveLines() {
    for (const node of this.nodes) {
      if (node.further.length) node.further = [];
      if (node.leads.length) node.leads = [];
      if (node.ties.length) node.ties = [];
    }
    this.further.sort(byPlaces);
    this.ties.sort(tiesByPlaces);
    for (const line of this.further) {
      line.report.further.push(line);
      line.manager.leads.push(line);
    }
    for (const tie of this.ties) {
      tie.a.ties.push(tie);
      tie.b.ties.push(tie);
    }
  }

  /** Take the recognised functions of a message: all codes (base64) or those that changed. */
  recognise(functions) {
    if (functions.all) {
      const codes = atob(functions.all);
      this.nodes.forEach((node, place) => (node.code = codes.charCodeAt(place) || 0));
    }
    for (const [id, code] of functions.changed ?? []) {
      const node = this.get(id);
      if (node) node.code = code;
    }
  }

  /** Whether a node is below a boss over solid lines. */
  isBelow(node, boss) {
    for (let above = node.boss; above; above = above.boss) if (above === boss) return true;
    return false;
  }

  /** Why nodes cannot be moved under a boss (null: become roots), as a sentence; "" when they can. */
  whyNot(nodes, boss) {
    const tops = topsOf(nodes);
    const why = boss ? circle(tops, boss) : "";
    if (why || tops.some((node) => node.boss !== boss)) return why;
    const who = tops.length === 1 ? `"${label(tops[0])}"` : "They";
    if (!boss) return tops.length === 1 ? `${who} is at the top already.` : `${who} are at the top already.`;
    return `${who} ${tops.length === 1 ? "reports" : "report"} to "${label(boss)}" already.`;
  }

  /** An id that is free: "new-1", "new-2", ... */
  freshId() {
    let number = 1;
    while (this.#byId.has(`new-${number}`)) number++;
    return `new-${number}`;
  }

  /** The nodes in whose name, title, unit or id all words occur, whatever case and accents; best first. */
  search(words, most = 20) {
    const wanted = fold(words).split(/\s+/).filter(Boolean);
    if (!wanted.length) return [];
    const found = [];
    for (const node of this.nodes) {
      const texts = (node.words ??= [node.name, node.title, node.unit, node.id].map(fold));
      let score = 0;
      for (const word of wanted) {
        const rank = rankOf(word, texts);
        if (rank < 0) {
          score = -1;
          break;
        }
        score += rank;
      }
      if (score >= 0) found.push([score, node]);
    }
    found.sort((a, b) => a[0] - b[0] || a[1].depth - b[1].depth || a[1].place - b[1].place);
    return found.slice(0, most).map(([, node]) => node);
  }
}

/** The highest of the nodes: those below another one of them stay there when they are moved. */
export function topsOf(nodes) {
  const chosen = new Set(nodes);
  return [...chosen].filter((node) => {
    for (let above = node.boss; above; above = above.boss) if (chosen.has(above)) return false;
    return true;
  });
}

/** Why authority would run in a circle if the nodes reported to the boss; "" when it would not. */
export function circle(nodes, boss) {
  const above = new Set([boss]);
  for (const node of above) {
    if (node.boss) above.add(node.boss);
    for (const line of node.further) if (line.share > 0) above.add(line.manager);
  }
  const wrong = nodes.find((node) => above.has(node));
  if (!wrong) return "";
  if (wrong === boss) return `"${label(wrong)}" cannot report to itself.`;
  return `"${label(wrong)}" cannot report to "${label(boss)}", who is part of it or reports to it.`;
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// 0 a whole text, 1 its start, 2 the start of a word, 3 within; ten worse for each text after the name.
function rankOf(word, texts) {
  for (let i = 0; i < texts.length; i++) {
    const at = texts[i].indexOf(word);
    if (at < 0) continue;
    if (at === 0) return 10 * i + (texts[i].length === word.length ? 0 : 1);
    return 10 * i + (/[\p{L}\p{N}]/u.test(texts[i][at - 1]) && !texts[i].includes(` ${word}`) ? 3 : 2);
  }
  return -1;
}
