import { isEmpty } from "./changes.js";
import { inverse, Model } from "./model.js";

const PATIENCE = 2000; // ms until a message that was not answered is said again; each further time it is doubled,
const LONGEST_PATIENCE = 60_000; // for a message ends the work on the one before, and slow work must come to an end
const NEVER_DRAWN = ["undo", "redo", "unit"];
const LEFT = "The last change was not made: another chart was opened before.";

/**
 * What the browser and the server tell each other.
 *
 * The server has the only true chart. What the reader does is drawn at once, told to the server, and stays
 * `pending` until its answer is there: then what was drawn is taken back and what really happened is done.
 * Everything not yet acknowledged is told again with every message, so a lost one loses nothing.
 */
export class Exchange {
  constructor() {
    this.client = Math.random().toString(36).slice(2, 8);
    this.model = new Model();
    this.document = null;
    this.settings = { functions: [], lines: {}, statuses: [], indicators: [], files: [], colours: {} };
    this.revision = -1;
    this.pending = [];
    this.number = 0; // of the last operation
    this.said = 0; // number of the last message
    this.heard = 0; // the last one that was answered
    this.wanted = {}; // what is to be asked for with the next message
    this.asked = {}; // what was asked for with the last one
    this.speak = null; // sends a message; null while the component is not on the page
  }

  /** Draw what an operation does and tell the server; throws `Refused` where it cannot be. */
  do(operation) {
    const one = { number: this.number + 1, operation, change: null };
    if (!NEVER_DRAWN.includes(operation.do)) this.#draw(one, []);
    this.number = one.number;
    this.pending.push(one);
    this.send();
    return one.change;
  }

  /** Ask the server for something: columns of values, a file, the whole chart. */
  ask(want) {
    this.wanted = together(this.wanted, want);
    this.send();
  }

  /** Tell the server what it has not acknowledged; one message at a time, so that none cuts off another's answer. */
  send() {
    if (!this.speak || (this.isWaiting && !this.isLate)) {
      this.isDue = true;
      return;
    }
    this.patience = this.isWaiting ? Math.min(2 * this.patience, LONGEST_PATIENCE) : PATIENCE;
    this.asked = together(this.isWaiting ? this.asked : {}, this.wanted);
    this.wanted = {};
    this.isDue = this.isLate = false;
    this.said += 1;
    clearTimeout(this.reminder);
    this.reminder = setTimeout(() => this.#remind(), this.patience);
    this.speak({
      client: this.client,
      message: this.said,
      document: this.document,
      revision: this.revision,
      operations: this.pending.map(({ number, operation }) => [number, operation]),
      want: this.asked,
    });
  }

  get isWaiting() {
    return this.heard < this.said;
  }

  /** Say again what was not answered, and what was answered without being acknowledged. */
  #remind() {
    this.isLate = true;
    if (this.isWaiting || this.pending.length) this.send();
  }

  /**
   * Take in what the server says.
   *
   * Returns {anew, changes, refused, order}: whether it is another chart, what is different now from what was
   * drawn, the sentences of what it refused, and the ids of the server's chart from the top down where values come.
   */
  receive(data) {
    const found = { anew: false, changes: [], refused: [] };
    const [client, number, message] = data.heard ?? [];
    const isOurs = client === this.client;
    const isNew = isOurs && message > this.heard;
    if (isNew) this.heard = message;
    const answered = this.pending.filter((one) => isOurs && one.number <= number);
    if (data.document !== this.document) this.#open(data.document, answered, found);
    // A later answer at an earlier revision is that of a server that was started again.
    const isOld = data.revision < this.revision && !isNew;
    if (data.chart && !isOld && (data.revision !== this.revision || this.asked.chart)) {
      found.anew = true;
      this.model.load(data.chart);
      this.revision = data.revision;
      this.#takeOver(data, found);
      this.#keepPending(answered, []);
    } else if (
      data.revision === this.revision ||
      (data.revision > this.revision && data.base <= this.revision)
    ) {
      this.#update(answered, data, found);
    } else {
      // Older than what is here, or not what this chart can be brought up to date with.
      if (!isOld || !isOurs) {
        this.wanted = { ...this.wanted, chart: true };
        this.isDue = true;
      }
      answered.length = 0;
    }
    const numbers = answered.map((one) => one.number);
    found.refused.push(...(data.refused ?? []).filter(([one]) => numbers.includes(one)));
    if (this.isDue && (!this.isWaiting || this.isLate)) queueMicrotask(() => this.isDue && this.send());
    return found;
  }

  /** Go over to another document; what was not done to the one before is told. */
  #open(document, answered, found) {
    const lost = this.pending.filter((one) => !answered.includes(one));
    found.refused.push(...lost.map((one) => [one.number, LEFT]));
    found.anew = true;
    Object.assign(this, { document, revision: -1, pending: [], wanted: {}, model: new Model() });
  }

  /** Make of the chart what it is at the server, with what is not answered yet drawn on top. */
  #update(answered, data, found) {
    const { changes } = found;
    const news = (data.changes ?? []).slice(this.revision - data.base);
    const drawn = answered.map((one) => one.change).filter((change) => change && !isEmpty(change));
    const waiting = this.pending.filter((one) => one.change && !answered.includes(one));
    const more = news.slice(drawn.length);
    // Functions and values are told of all boxes of the server's chart, by their places in it.
    const fits = waiting.every((one) => !more.length && !data.values && !one.change.removed?.length);
    if (fits && areSame(drawn, news.slice(0, drawn.length))) {
      for (const change of more) this.#apply(change, changes);
      this.pending = this.pending.filter((one) => !answered.includes(one));
      this.#takeOver(data, found);
    } else {
      this.#takeBack(changes);
      for (const change of news) this.#apply(change, changes);
      this.#takeOver(data, found);
      this.#keepPending(answered, changes);
    }
    this.revision = data.revision;
  }

  /** Take what belongs to the server's chart, while it is the one that is here. */
  #takeOver(data, found) {
    this.model.recognise(data.functions ?? {});
    if (data.values) found.order = topDown(this.model).map((node) => node.id);
  }

  #takeBack(changes) {
    for (const { change, codes } of [...this.pending].reverse()) {
      if (!change) continue;
      this.#apply(inverse(change), changes);
      this.model.recognise({ changed: codes });
    }
  }

  /** Draw again what is not answered yet; what is not possible any more the server will refuse with a reason. */
  #keepPending(answered, changes) {
    this.pending = this.pending.filter((one) => !answered.includes(one));
    for (const one of this.pending) {
      if (NEVER_DRAWN.includes(one.operation.do)) continue;
      try {
        this.#draw(one, changes);
      } catch {
        one.change = null;
      }
    }
  }

  /** Draw an operation; the functions of what goes are kept, for they would not be told again. */
  #draw(one, changes) {
    const change = this.model.change(one.operation);
    one.codes = (change.removed ?? []).map(([, { id }]) => [id, this.model.get(id).code]);
    one.change = change;
    this.#apply(change, changes);
  }

  #apply(change, changes) {
    this.model.apply(change);
    changes.push(change);
  }
}

function areSame(some, others) {
  return JSON.stringify(some.map(canonical)) === JSON.stringify(others.map(canonical));
}

function together(one, other) {
  const values = [...new Set([...(one.values ?? []), ...(other.values ?? [])])];
  return { ...one, ...other, ...(values.length ? { values } : {}) };
}

const KINDS = ["removed", "added", "cells", "lines_removed", "lines_added"];

/** A change with its parts in one order, so that two can be compared. */
function canonical(change) {
  const sorted = (value) =>
    Array.isArray(value)
      ? value.map(sorted)
      : value && typeof value === "object"
        ? Object.fromEntries(
            Object.keys(value)
              .sort()
              .map((key) => [key, sorted(value[key])]),
          )
        : value;
  return KINDS.map((kind) => (change[kind] ?? []).map((one) => JSON.stringify(sorted(one))).sort());
}

/** Everybody right below their boss, reports in the order of the chart. */
export function topDown(model) {
  const nodes = [];
  const waiting = [...model.roots].reverse();
  while (waiting.length) {
    const node = waiting.pop();
    nodes.push(node);
    for (let at = node.kids.length - 1; at >= 0; at--) waiting.push(node.kids[at]);
  }
  return nodes;
}

/** Whether boxes have to be placed anew after a change. */
export function movesBoxes(change) {
  return Boolean(
    change.added?.length ||
    change.removed?.length ||
    change.cells?.some(([, column]) => column === "manager"),
  );
}
