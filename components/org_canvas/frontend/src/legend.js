/** What the colours, lines and frames of the drawing mean, below it. */
import { colourer, onDark } from "./colours.js";
import { el } from "./dom.js";
import { titleOf } from "./lines.js";
import { label } from "./model.js";

const DASHES = { shared: "solid", dotted: "dotted", contract: "dashed", tie: "solid" };

const BESIDE = { display: "inline-flex", alignItems: "center", gap: "0.35rem" };
const WRAPPED = {
  display: "flex",
  flexWrap: "wrap",
  gap: "0.15rem 0.9rem",
  padding: "0.4rem 0.1rem 0",
  fontSize: "0.8rem",
};

function entry(...parts) {
  const made = el("span", { class: "entry" }, ...parts);
  Object.assign(made.style, BESIDE);
  return made;
}

function sign(style) {
  const made = el("span", { class: "sign", "aria-hidden": "true" });
  Object.assign(made.style, { display: "inline-block", flex: "none" }, style);
  return made;
}

const swatch = (colour) => sign({ width: "12px", height: "12px", borderRadius: "3px", background: colour });

/** The legend; `element` stands below the canvas. */
export function addLegend(board) {
  const element = el("div", { class: "legend" });
  Object.assign(element.style, WRAPPED);
  let last = "";
  return {
    element,
    update() {
      const { theme, layout } = board;
      if (!layout || !theme?.ground) return;
      const parts = entries(board, theme);
      const key = JSON.stringify([theme, parts]);
      if (key === last) return;
      last = key;
      const { title, scale, colours, best, lines, marks, notes } = parts;
      element.replaceChildren(
        el("strong", {}, title),
        ...(scale ? [ramp(scale)] : []),
        ...colours.map(({ colour, text }) => entry(swatch(colour), text)),
        ...lines.map(({ kind, text, colour }) => entry(lineSign(kind, colour), text)),
        ...marks.map(({ text, ...look }) => entry(frameSign(look), text)),
        ...notes.map(({ sign: mark, text }) => entry(noteSign(mark, theme), text)),
        ...(best ? [entry(noteSign("★", theme), best)] : []),
      );
    },
    destroy: () => element.remove(),
  };
}

/** What is on the chart at the moment, as data. */
export function entries(board, theme) {
  const { model, view, settings, data } = board;
  const { title, scale, legend: colours, best } = colourer(board, theme);
  const present = new Set(model.further.map(({ kind }) => kind));
  if (model.ties.length) present.add("tie");
  const lines = Object.keys(DASHES)
    .filter((kind) => present.has(kind) && (!view.lines || view.lines.has(kind)))
    .map((kind) => ({
      kind,
      text: titleOf(board, kind),
      colour: kind === "tie" ? (settings?.colours?.tie ?? "#B8860B") : theme.secondary,
    }));
  if (model.roots.some(({ below }) => below))
    lines.unshift({ kind: "solid", text: titleOf(board, "solid") ?? "Reporting line", colour: theme.trunk });
  const marks = [];
  const unit = onDark(settings?.colours?.unit ?? "#D6336C", theme);
  if (data?.unit?.length) marks.push({ colour: unit, style: "solid", text: "The customer service unit" });
  if (Object.keys(data?.heads ?? {}).length)
    marks.push({ colour: unit, style: "dotted", text: "Its usual possible bosses" });
  if (model.nodes.some(({ status }) => status === "vacant" || status === "placeholder")) {
    marks.push({ colour: theme.secondary, style: "dashed", text: "Post that nobody holds" });
  }
  const notes = [];
  const { ways = [], unit: from, arbiter } = (!scale && view.routes !== false && data?.routes) || {};
  if (ways.length) {
    const start = data.unit?.length > 1 && model.get(from) ? ` from ${label(model.get(from))}` : "";
    const ends = [...new Set(ways.map((way) => way.title))].join(", ");
    notes.push({ sign: "1", text: `Way of customer feedback${start} to ${ends}: the numbers are its steps` });
  }
  if (model.get(arbiter))
    notes.push({
      sign: "scales",
      text: `${label(model.get(arbiter))} settles quarrels between them and customer service`,
    });
  const named =
    best &&
    (best.length
      ? `Best: ${best.map(({ text }) => text).join("; ")}`
      : scale.today && "Nobody would be better than today");
  return { title, scale, colours, best: named, lines, marks, notes };
}

function ramp({ from, middle, to, at, text, today }) {
  const tick = sign({
    position: "absolute",
    left: `${at}%`,
    top: "-2px",
    bottom: "-2px",
    borderLeft: "2px solid currentColor",
  });
  const bar = sign({
    position: "relative",
    width: "110px",
    height: "12px",
    borderRadius: "3px",
    background: `linear-gradient(90deg, ${from}, ${middle} ${at}%, ${to})`,
  });
  if (today) bar.append(tick);
  return entry(text[0], bar, text[1], today && `\u00a0(${today})`);
}

/** A number, a pair of scales or a star on a disc, as it stands at boxes. */
function noteSign(mark, theme) {
  const made = sign({
    ...{ width: "15px", height: "15px", borderRadius: "50%", background: theme.text, color: theme.card },
    ...{ font: "700 10px/15px sans-serif", textAlign: "center" },
  });
  made.textContent = mark === "scales" ? "\u2696\uFE0E" : mark;
  return made;
}

const lineSign = (kind, colour) =>
  sign({
    width: "24px",
    height: "0",
    borderTop: `2px ${DASHES[kind] ?? "solid"} ${colour}`,
    alignSelf: "center",
  });

const frameSign = ({ colour, style }) =>
  sign({
    width: "16px",
    height: "11px",
    borderRadius: "3px",
    border: `2px ${style} ${colour}`,
    boxSizing: "border-box",
  });
