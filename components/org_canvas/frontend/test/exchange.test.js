// Whatever happens on the way, the browser ends up with the server's chart and everything is done once.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { inverse, isEmpty } from "../src/changes.js";
import { Exchange, topDown } from "../src/exchange.js";
import { Model, Refused } from "../src/model.js";
import { everything, random, randomChart, randomOperation } from "./seeded.js";

const MOST_RECENT = 6; // changes that the server remembers
const MOST_CELLS = 25; // of changes; the whole chart is sent when there are more

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

/** What `components/drawing.py` does, with a chart and a history. */
class Server {
  constructor(chart, next) {
    this.next = next;
    this.talk = { client: "", message: 0, dealtWith: {}, refused: [], wanted: {} };
    this.dealt = []; // numbers, in the order in which they were dealt with
    this.sentences = new Map(); // numbers of those refused -> why
    this.id = 0;
    this.open(chart);
  }

  open(chart) {
    this.id += 1;
    this.model = new Model().load(structuredClone(chart));
    Object.assign(this, { revision: 0, recent: [], steps: [], undone: [] });
    Object.assign(this.talk, { held: null, codes: new Map(), wanted: {} });
    return this;
  }

  change(change, steps, undone) {
    this.model.apply(structuredClone(change));
    this.revision += 1;
    this.recent = [...this.recent, change].slice(-MOST_RECENT);
    Object.assign(this, { steps, undone });
  }

  /** Do an operation; returns why not. */
  do(operation) {
    if (operation.do === "undo" && this.steps.length) {
      const step = this.steps.at(-1);
      this.change(inverse(step), this.steps.slice(0, -1), [step, ...this.undone]);
    } else if (operation.do === "redo" && this.undone.length) {
      const [step, ...undone] = this.undone;
      this.change(step, [...this.steps, step], undone);
    } else if (!["undo", "redo", "unit"].includes(operation.do)) {
      if (this.next() < 0.1) return "The server does not like it.";
      try {
        const change = this.model.change(operation);
        if (!isEmpty(change)) this.change(change, [...this.steps, change], []);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return error.message;
      }
    }
    return "";
  }

  hear(said) {
    const { talk } = this;
    Object.assign(talk, { client: said.client, message: said.message, wanted: {} });
    if (said.document !== String(this.id)) {
      talk.held = null;
      return;
    }
    Object.assign(talk, { held: said.want.chart ? null : said.revision, wanted: said.want });
    for (const [number, operation] of said.operations) {
      if (number <= (talk.dealtWith[said.client] ?? 0)) continue;
      const why = this.do(operation);
      talk.dealtWith[said.client] = number;
      this.dealt.push(number);
      if (why) this.sentences.set(number, why);
      if (why) talk.refused.push([number, why]);
    }
    talk.refused = talk.refused.slice(-30);
  }

  tell() {
    const { talk, revision } = this;
    const now = new Map(this.model.nodes.map((node) => [node.id, codeOf(node)]));
    const missing = talk.held === null ? -1 : revision - talk.held;
    const changes =
      missing >= 0 && missing <= this.recent.length ? this.recent.slice(this.recent.length - missing) : null;
    const isKnown = talk.codes.has(talk.held);
    talk.codes.set(revision, now);
    const all = { all: btoa(String.fromCharCode(...now.values())) };
    const size = changes?.reduce((sum, { cells = [] }) => sum + cells.length, 0);
    const news =
      changes === null || size > MOST_CELLS
        ? { chart: this.model.chart(), functions: all }
        : { base: talk.held, changes, functions: isKnown ? { changed: this.#changedCodes(now) } : all };
    return structuredClone({
      document: String(this.id),
      revision,
      heard: [talk.client, talk.dealtWith[talk.client] ?? 0, talk.message],
      refused: talk.refused,
      ...(talk.wanted.values ? { values: topDown(this.model).map((node) => node.id) } : {}),
      ...news,
    });
  }

  /** What differs from any chart that the browser may have by now. */
  #changedCodes(now) {
    const changed = new Map();
    for (const [revision, codes] of this.talk.codes) {
      if (revision < this.talk.held) continue;
      const held = new Map(codes);
      for (const { removed = [], added = [] } of this.recent.slice(
        this.recent.length - this.revision + revision,
      )) {
        for (const [, { id }] of removed) held.delete(id);
        for (const [, { id }] of added) held.set(id, 255);
      }
      for (const [id, code] of now) if (held.get(id) !== code) changed.set(id, code);
    }
    return [...changed];
  }
}

/** The recognised function: something that follows from what is written in the box. */
const codeOf = (node) =>
  1 + ([...`${node.title}${node.id}`].reduce((sum, sign) => sum + sign.codePointAt(0), 0) % 9);

/** A browser and a server with a bad line between them. */
class Line {
  constructor(seed, { size = 12, loss = 0.25 } = {}) {
    this.next = random(seed);
    this.loss = loss;
    this.chart = () => randomChart(size, { seed: seed + this.below(1000) });
    this.server = new Server(this.chart(), this.next);
    this.exchange = new Exchange();
    this.speak = (said) => this.carry(structuredClone(said), (one) => this.heard(one));
    this.given = []; // numbers of the operations that were drawn or sent
    this.told = new Map(); // numbers -> sentences that the reader was told
    this.said = 0;
    this.mount();
  }

  below = (n) => Math.floor(this.next() * n);

  mount() {
    this.exchange.speak = this.speak;
    this.answer();
  }

  unmount() {
    this.exchange.speak = null;
  }

  heard(said) {
    this.said += 1;
    this.server.hear(said);
    this.answer();
  }

  answer() {
    this.carry(this.server.tell(), (data) => this.receive(data));
  }

  receive(data) {
    // Messages of a chart that was left come before those of the next one, or not at all.
    if (!this.exchange.speak || Number(data.document) < Number(this.exchange.document)) return;
    const pending = this.exchange.pending.map((one) => one.number);
    const { order, refused } = this.exchange.receive(data);
    if (order) assert.deepEqual(order, data.values);
    for (const [number, sentence] of refused) {
      assert.ok(pending.includes(number), `${number} was not waiting`);
      assert.ok(!this.told.has(number), `${number} is told twice`);
      this.told.set(number, sentence);
    }
  }

  /** Bring a message over: late, twice, after one that was sent later, or not at all. */
  carry(message, arrive) {
    const times = this.next() < this.loss ? 0 : this.next() < this.loss ? 2 : 1;
    for (let i = 0; i < times; i++) {
      const delay = this.loss ? this.below(4) * this.below(900) : 10;
      setTimeout(() => arrive(structuredClone(message)), delay);
    }
  }

  async wait(time) {
    for (let passed = 0; passed < time; passed += 50) {
      mock.timers.tick(50);
      await null;
      await null;
    }
  }

  /** Something that a reader, a form or Streamlit does. */
  async act() {
    const { exchange, server } = this;
    const dice = exchange.model.size ? this.next() : 1;
    if (dice < 0.5)
      this.do(this.next() < 0.15 ? { do: this.next() < 0.6 ? "undo" : "redo" } : this.operation());
    else if (dice < 0.52) this.do({ do: "unit", nodes: [] });
    else if (dice < 0.56) exchange.ask({ values: ["silo_risk"] });
    else if (dice < 0.64) {
      const dice = this.next();
      server.do(dice < 0.2 ? { do: "undo" } : randomOperation(server.model, this.next)); // the form, the doctor
      this.answer();
    } else if (dice < 0.7)
      this.answer(); // the page is run for something else
    else if (dice < 0.73) {
      server.open(this.chart());
      this.answer();
    } else if (dice < 0.77) this.unmount();
    else if (dice < 0.83) this.mount();
    else await this.wait(this.below(1500));
  }

  operation() {
    return randomOperation(this.exchange.model, this.next);
  }

  do(operation) {
    try {
      this.exchange.do(operation);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return;
    }
    this.given.push(this.exchange.number);
  }

  async becomeQuiet() {
    this.loss = 0;
    this.mount();
    await this.wait(130_000);
  }

  check() {
    const { exchange, server } = this;
    assert.equal(exchange.pending.length, 0);
    assert.ok(!exchange.isWaiting && !exchange.isDue);
    assert.equal(exchange.document, String(server.id));
    assert.equal(exchange.revision, server.revision);
    assert.deepEqual(everything(exchange.model), everything(server.model));
    for (const node of exchange.model.nodes)
      assert.equal(node.code, codeOf(server.model.get(node.id)), node.id);

    const sorted = [...server.dealt].sort((a, b) => a - b);
    assert.deepEqual(server.dealt, sorted, "in the order given");
    assert.equal(new Set(server.dealt).size, server.dealt.length, "each once");
    for (const number of this.given) {
      if (server.sentences.has(number)) assert.equal(this.told.get(number), server.sentences.get(number));
      else if (server.dealt.includes(number)) assert.ok(!this.told.has(number), `${number} was done`);
      else assert.match(this.told.get(number), /another chart was opened/, `${number} is lost`);
    }
    assert.equal(this.told.size, server.sentences.size + this.given.length - server.dealt.length);
  }
}

for (let seed = 1; seed <= 60; seed++) {
  test(`over a bad line everything is done once and nothing else is drawn in the end (${seed})`, async () => {
    const line = new Line(seed, { size: 3 + (seed % 20), loss: seed % 4 ? 0.25 : 0 });
    for (let i = 0; i < 60; i++) {
      await line.act();
      await null;
    }
    await line.becomeQuiet();
    line.check();
  });
}

test("slow work is left to finish: messages that interrupt it become rare", async () => {
  const line = new Line(1, { loss: 0 });
  await line.wait(100);
  let answering;
  line.heard = (said) => {
    line.said += 1;
    line.server.hear(said);
    clearTimeout(answering); // a message ends the work on the one before
    answering = setTimeout(() => line.answer(), 9000);
  };
  line.do({ do: "edit", nodes: [line.exchange.model.nodes[0].id], column: "title", value: "New" });
  await line.wait(40_000);
  line.check();
  assert.equal(line.said, 4); // after 2, 4 and 8 seconds again
});

test("what was heard and not done is said again", async () => {
  const line = new Line(2, { loss: 0 });
  await line.wait(100);
  const { hear } = line.server;
  line.server.hear = (said) => {
    line.server.hear = hear;
    Object.assign(line.server.talk, { client: said.client, message: said.message }); // and then interrupted
  };
  line.do({ do: "edit", nodes: [line.exchange.model.nodes[0].id], column: "title", value: "New" });
  await line.wait(3000);
  line.check();
});

test("a server that was started again is believed", async () => {
  const line = new Line(3, { loss: 0 });
  const chart = line.server.model.chart();
  await line.wait(100);
  for (const value of ["1", "2"]) {
    line.do({ do: "edit", nodes: [line.exchange.model.nodes[0].id], column: "title", value });
    await line.wait(100);
  }
  line.server = new Server(chart, () => 1);
  line.answer();
  await line.wait(1000);
  assert.equal(line.exchange.revision, 0);
  assert.deepEqual(line.exchange.model.chart(), line.server.model.chart());
  assert.equal(line.said, 3);
});

test("what is asked for is asked for until it is answered", async () => {
  const line = new Line(4, { loss: 0 });
  await line.wait(100);
  line.server.hear = () => {}; // lost on the way
  line.exchange.ask({ values: ["a"] });
  line.exchange.ask({ file: "csv" });
  await line.wait(100);
  delete line.server.hear;
  line.exchange.ask({ values: ["b"] });
  await line.wait(3000);
  assert.deepEqual(line.server.talk.wanted, { values: ["a", "b"], file: "csv" });
  line.exchange.send();
  await line.wait(100);
  assert.deepEqual(line.server.talk.wanted, {});
});

test("a box whose deletion is refused keeps its function", async () => {
  const line = new Line(5, { loss: 0 });
  await line.wait(100);
  const [first, second] = line.exchange.model.nodes.slice(-2);
  line.server.do({ do: "remove", nodes: [second.id] });
  line.do({ do: "remove", nodes: [first.id, second.id] });
  line.server.do({ do: "edit", nodes: [line.server.model.nodes[0].id], column: "title", value: "New" });
  line.answer();
  await line.wait(3000);
  assert.equal(line.told.size, 1);
  line.check();
});
