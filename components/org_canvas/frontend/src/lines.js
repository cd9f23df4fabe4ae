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
  /** Ask which line is wanted between two boxes (`present`: the line that is there) and draw it. */
  const ask = (...ends) => board.parts.dialogs.askLine(...ends);

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
