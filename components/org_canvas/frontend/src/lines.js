import { el } from "./dom.js";
import { label } from "./model.js";

const TITLES = {
  shared: "Shared manager",
  dotted: "Dotted line",
  contract: "Contract",
  tie: "Works together (tie)",
};

/** What the kinds of further lines are called. */
export const titleOf = (board, kind) => board.settings?.lines?.[kind] ?? TITLES[kind];

/** A line as data, between boxes as they stand in the chart. */
export function lineOf({ kind, report, manager, a, b, share, weight, relation }) {
  return kind === "tie"
    ? { kind, a: a.id, b: b.id, weight, relation }
    : { kind, report: report.id, manager: manager.id, share };
}

/** Why no line can be drawn between two boxes; "" when one can. */
export function whyNoLine(from, to) {
  return from === to ? `${label(from)} needs another box for a line.` : "";
}

/** All further lines of a box with who is at the other end and a sentence that says so. */
export function linesOf(node, titles) {
  const percent = (share) => (share ? `, ${Math.round(share * 100)} %` : "");
  return [
    ...node.further.map((line) => ({
      line: { kind: line.kind, ...line },
      other: line.manager,
      text: `${titles(line.kind)}${percent(line.share)}: reports to ${label(line.manager)}`,
    })),
    ...node.leads.map((line) => ({
      line: { kind: line.kind, ...line },
      other: line.report,
      text: `${titles(line.kind)}${percent(line.share)}: ${label(line.report)} reports here`,
    })),
    ...node.ties.map((line) => {
      const other = line.a === node ? line.b : line.a;
      return {
        line: { kind: "tie", ...line },
        other,
        text: `${titles("tie")}: ${label(other)}, ${line.relation}, weight ${line.weight}`,
      };
    }),
  ];
}

/** Further lines: drawn from the handle of a box to another, asked about, changed, taken away. */
export function addLines(board) {
  const describe = {
    shared: (from, to) => `${label(from)} reports to ${label(to)} as well, who has a share of the authority`,
    dotted: (from, to) => `${label(from)} also reports to ${label(to)}, who advises without deciding`,
    contract: (from, to) => `${label(from)} works for ${label(to)} under a contract`,
    tie: (from, to) => `${label(from)} and ${label(to)} work together`,
  };

  /** Ask which line is wanted between two boxes (`present`: the line that is there) and draw it. */
  const ask = async (from, to, present = null) => {
    const state = {
      kind: present?.kind ?? "dotted",
      share: Math.round((present?.share || 0.5) * 100),
      weight: present?.weight ?? 1,
      relation: present?.relation ?? "collaboration",
    };
    const share = el("input", {
      type: "number",
      min: 0,
      max: 100,
      step: 5,
      value: String(state.share),
      class: "short",
    });
    const weight = el("input", {
      type: "number",
      min: 0.1,
      step: 0.5,
      value: String(state.weight),
      class: "short",
    });
    const relation = el("input", { type: "text", maxlength: 80, value: state.relation });
    const parts = {
      shared: el("label", { class: "field" }, "Share of the authority in %", share),
      contract: null,
      tie: el(
        "div",
        { class: "fields" },
        el("label", { class: "field" }, "How close (1 is ordinary)", weight),
        el("label", { class: "field" }, "What it consists of", relation),
      ),
    };
    const pick = (kind) => {
      state.kind = kind;
      for (const [name, part] of Object.entries(parts)) if (part) part.hidden = name !== kind;
    };
    const choices = Object.keys(describe).map((kind) =>
      el(
        "label",
        { class: "choice" },
        el("input", {
          type: "radio",
          name: "org-canvas-kind",
          checked: kind === state.kind,
          autofocus: kind === state.kind ? "" : null,
          change: () => pick(kind),
          disabled: present && kind !== present.kind ? "" : null,
        }),
        el("span", {}, el("strong", {}, titleOf(board, kind)), el("br"), describe[kind](from, to)),
      ),
    );
    pick(state.kind);
    let refused = "";
    const isDone = await board.parts.dialogs.ask({
      title: present ? "Change the line" : "Which line?",
      body: [
        el("div", { role: "radiogroup", "aria-label": "Kind of line" }, ...choices),
        ...Object.values(parts).filter(Boolean),
      ],
      buttons: [
        { text: "Cancel", value: null },
        { text: present ? "Change" : "Draw the line", value: true, isMain: true },
      ],
      check: () => {
        const line = lineOf({
          kind: state.kind,
          report: from,
          manager: to,
          a: from,
          b: to,
          share: state.kind === "shared" ? Number(share.value) / 100 : (present?.share ?? 0),
          weight: Number(weight.value),
          relation: relation.value.trim() || "collaboration",
        });
        refused = board.do({ do: "connect", line });
        return refused;
      },
    });
    if (!isDone) return;
    if (!board.view.lines.has(state.kind))
      board.change({ lines: new Set([...board.view.lines, state.kind]) });
    board.say(
      `${titleOf(board, state.kind)} between ${label(from)} and ${label(to)} ${present ? "changed" : "drawn"}.`,
    );
  };

  return {
    ask,
    /** What is seen while a line is being drawn. */
    ghost(from, target, { x, y }) {
      const over = target === from ? null : target;
      return {
        line: "dotted",
        from,
        x,
        y,
        target: over,
        why: over ? whyNoLine(from, over) : "",
        nodes: [],
        lands: null,
      };
    },
    /** Change a line that is there. */
    change({ line, other }, node) {
      if (line.kind === "tie") return ask(node, other, line);
      return ask(line.report, line.manager, line);
    },
    remove({ line }) {
      if (board.do({ do: "disconnect", line: lineOf(line) })) return;
      const [from, to] = line.kind === "tie" ? [line.a, line.b] : [line.report, line.manager];
      board.say(`${titleOf(board, line.kind)} between ${label(from)} and ${label(to)} taken away.`);
    },
  };
}
