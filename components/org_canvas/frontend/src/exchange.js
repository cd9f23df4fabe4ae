import { inverse, Model } from "./model.js";

const PATIENCE = 2000; // ms until a message that was not answered is sent again

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
    const isDrawn = !["undo", "redo", "unit"].includes(operation.do);
    const change = isDrawn ? this.model.change(operation) : null;
    if (change) this.model.apply(change);
    this.pending.push({ number: ++this.number, operation, change });
    this.send();
    return change;
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
    this.isDue = false;
    this.asked = together(this.isWaiting ? this.asked : {}, this.wanted);
    this.wanted = {};
    this.said += 1;
    this.saidAt = performance.now();
    clearTimeout(this.reminder);
    this.reminder = setTimeout(() => this.isWaiting && this.send(), PATIENCE);
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

  get isLate() {
    return performance.now() - this.saidAt > PATIENCE;
  }

  /**
   * Take in what the server says.
   *
   * Returns {anew, changes, refused}: whether it is another chart, what is different now from what was drawn, and
   * the sentences of what it refused.
   */
  receive(data) {
    const found = { anew: false, changes: [], refused: [] };
    if (data.document !== this.document) {
      Object.assign(this, { document: data.document, revision: -1, pending: [], model: new Model() });
      found.anew = true;
    }
    const [client, number, message] = data.heard ?? [];
    const isOurs = client === this.client;
    if (isOurs) this.heard = Math.max(this.heard, message);
    const answered = this.pending.filter((one) => isOurs && one.number <= number);
    if (data.chart && data.revision >= this.revision) {
      this.model.load(data.chart);
      this.revision = data.revision;
      found.anew = true;
      this.#keepPending(answered);
    } else if (data.revision > this.revision && data.base !== undefined && data.base <= this.revision) {
      const news = data.changes.slice(this.revision - data.base);
      if (!this.#isDrawn(answered, news)) {
        this.#takeBack(found.changes);
        for (const change of news) this.#apply(change, found.changes);
        this.#keepPending(answered, found.changes);
      } else {
        this.pending = this.pending.filter((one) => !answered.includes(one));
      }
      this.revision = data.revision;
    } else if (data.revision === this.revision && answered.length) {
      this.#takeBack(found.changes);
      this.#keepPending(answered, found.changes);
    } else if (data.revision !== this.revision) {
      // Not what this chart can be brought up to date with.
      this.wanted = { ...this.wanted, chart: true };
      this.isDue = true;
    }
    found.refused = (data.refused ?? []).filter(
      ([one]) => isOurs && answered.some((op) => op.number === one),
    );
    if (this.isDue && (!this.isWaiting || this.isLate)) queueMicrotask(() => this.send());
    return found;
  }

  /** Whether what was drawn for the answered operations is just what happened. */
  #isDrawn(answered, news) {
    const drawn = answered.filter((one) => one.change).map((one) => one.change);
    return (
      answered.length === drawn.length &&
      this.pending.length === answered.length &&
      JSON.stringify(drawn.map(canonical)) === JSON.stringify(news.map(canonical))
    );
  }

  #takeBack(changes) {
    for (const one of [...this.pending].reverse()) {
      if (one.change) this.#apply(inverse(one.change), changes);
    }
  }

  /** Draw again what is not answered yet; what is not possible any more the server will refuse with a reason. */
  #keepPending(answered, changes = []) {
    this.pending = this.pending.filter((one) => !answered.includes(one));
    for (const one of this.pending) {
      if (!one.change) continue;
      try {
        one.change = this.model.change(one.operation);
        this.#apply(one.change, changes);
      } catch {
        one.change = null;
      }
    }
  }

  #apply(change, changes) {
    this.model.apply(change);
    changes.push(change);
  }
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

/** Whether boxes have to be placed anew after a change. */
export function movesBoxes(change) {
  return Boolean(
    change.added?.length ||
    change.removed?.length ||
    change.cells?.some(([, column]) => column === "manager"),
  );
}
