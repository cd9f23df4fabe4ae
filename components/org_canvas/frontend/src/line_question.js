import { el } from "./dom.js";
import { lineOf, titleOf } from "./lines.js";
import { label } from "./model.js";

const DESCRIBED = {
  shared: (from, to) => `${label(from)} reports to ${label(to)} as well, who decides a part`,
  dotted: (from, to) => `${label(from)} also reports to ${label(to)}, who as a rule only advises`,
  contract: (from, to) => `${label(from)} works for ${label(to)} under a contract`,
  tie: (from, to) => `${label(from)} and ${label(to)} work together`,
};

/** Ask which line is wanted between two boxes (`present`: the line that is there) and draw it. */
export async function askLine(board, from, to, present = null) {
  const state = {
    kind: present?.kind ?? "dotted",
    weight: present?.weight ?? 1,
    relation: present?.relation ?? "collaboration",
  };
  let isChosen = Boolean(present); // the share; until then it is the usual one of the kind
  const share = el("input", {
    type: "number",
    min: 0,
    max: 100,
    step: 5,
    value: String(+(100 * (present?.share ?? 0)).toFixed(1)),
    class: "short",
    input: () => {
      isChosen = true;
      tell();
    },
  });
  const rest = el("p", { class: "quiet", role: "status" });
  // What further managers have, the boss does not have any more.
  const tell = () => {
    const others = from.further.filter(({ kind, manager }) => kind !== present?.kind || manager !== to);
    const left = 100 - others.reduce((sum, line) => sum + 100 * line.share, Number(share.value));
    rest.textContent = from.boss && left >= 0 ? `${label(from.boss)} keeps ${Math.round(left)} %.` : "";
  };
  const weight = el("input", {
    type: "number",
    min: 0.1,
    step: 0.5,
    value: String(state.weight),
    class: "short",
  });
  const relation = el("input", { type: "text", maxlength: 80, value: state.relation });
  const parts = {
    further: el(
      "div",
      { class: "field" },
      el("label", {}, `Share of the authority of ${label(to)} in %`, share),
      rest,
    ),
    tie: el(
      "div",
      { class: "fields" },
      el("label", { class: "field" }, "How close (1 is ordinary)", weight),
      el("label", { class: "field" }, "What it consists of", relation),
    ),
  };
  const pick = (kind) => {
    state.kind = kind;
    parts.tie.hidden = kind !== "tie";
    parts.further.hidden = kind === "tie";
    if (!isChosen) share.value = kind === "shared" ? "50" : "0";
    tell();
  };
  const choices = Object.keys(DESCRIBED).map((kind) =>
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
      el("span", {}, el("strong", {}, titleOf(board, kind)), el("br"), DESCRIBED[kind](from, to)),
    ),
  );
  pick(state.kind);
  let refused = "";
  const isDone = await board.parts.dialogs.ask({
    title: present ? "Change the line" : "Which line?",
    body: [
      el("div", { role: "radiogroup", "aria-label": "Kind of line" }, ...choices),
      ...Object.values(parts),
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
        share: Number(share.value) / 100,
        weight: Number(weight.value),
        relation: relation.value.trim() || "collaboration",
      });
      refused = board.do({ do: "connect", line });
      return refused;
    },
  });
  if (!isDone) return;
  if (!board.view.lines.has(state.kind)) board.change({ lines: new Set([...board.view.lines, state.kind]) });
  board.say(
    `${titleOf(board, state.kind)} between ${label(from)} and ${label(to)} ${present ? "changed" : "drawn"}.`,
  );
}
