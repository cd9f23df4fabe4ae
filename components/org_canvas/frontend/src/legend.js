/** What the colours, lines and frames of the drawing mean, below it. */
import { colourer, mixed } from "./colours.js";
import { el } from "./dom.js";
import { titleOf } from "./lines.js";

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
      const { title, scale, colours, lines, marks } = parts;
      element.replaceChildren(
        el("strong", {}, title),
        ...(scale ? [ramp(scale)] : []),
        ...colours.map(({ colour, text }) => entry(swatch(colour), text)),
        ...lines.map(({ kind, text, colour }) => entry(lineSign(kind, colour), text)),
        ...marks.map(({ text, ...look }) => entry(frameSign(look), text)),
      );
    },
    destroy: () => element.remove(),
  };
}

/** What is on the chart at the moment, as data. */
function entries(board, theme) {
  const { model, view, settings, data } = board;
  const { title, scale, legend: colours } = colourer(board, theme);
  const present = new Set(model.further.map(({ kind }) => kind));
  if (model.ties.length) present.add("tie");
  const lines = Object.keys(DASHES)
    .filter((kind) => present.has(kind) && (!view.lines || view.lines.has(kind)))
    .map((kind) => ({
      kind,
      text: titleOf(board, kind),
      colour: kind === "tie" ? (settings?.colours?.tie ?? "#B8860B") : theme.secondary,
    }));
  const marks = [];
  const unit = settings?.colours?.unit ?? "#D6336C";
  if (data?.unit?.length) marks.push({ colour: unit, style: "solid", text: "The customer service unit" });
  if (Object.keys(data?.heads ?? {}).length)
    marks.push({ colour: unit, style: "dotted", text: "Its usual possible bosses" });
  if (model.nodes.some(({ status }) => status === "vacant" || status === "placeholder")) {
    marks.push({ colour: theme.secondary, style: "dashed", text: "Post that nobody holds" });
  }
  return { title, scale, colours, lines, marks };
}

function ramp({ from, middle, to, text }) {
  const colours = [from, middle ?? mixed(from, to, 0.5), to].join(", ");
  const bar = sign({
    width: "84px",
    height: "12px",
    borderRadius: "3px",
    background: `linear-gradient(90deg, ${colours})`,
  });
  return entry(text[0], bar, text[1]);
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
