/** The colours of the theme, and what the colours of the boxes say. */
import { label } from "./model.js";

const PALETTE = [
  ...["#1F6FB2", "#D36A0C", "#1E9483", "#A0305E", "#9A7FD1", "#8A7300"],
  ...["#36AACD", "#C2485A", "#5B8C2A", "#6B4FB3", "#B0763A"],
];
const GREY = "#8C96A1";
const LEGIBLE = 4.5;
const SPANS = [
  [0, "nobody"],
  [1, "1 to 3 people"],
  [4, "4 to 7"],
  [8, "8 to 12"],
  [13, "13 to 20"],
  [21, "more than 20"],
];
const UNHELD = { vacant: "#E0A100", placeholder: "#8D6FD1" };

/** The parts red, green and blue of #RGB, #RRGGBB or rgb(...), 0 to 255. */
export function parts(colour) {
  const text = String(colour).trim();
  if (text.startsWith("#")) {
    const digits =
      text.length < 7 ? [...text.slice(1, 4)].map((digit) => digit + digit).join("") : text.slice(1, 7);
    return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
  }
  const found = text.match(/[\d.]+/g);
  return found && found.length >= 3 ? found.slice(0, 3).map(Number) : [140, 150, 161];
}

const hex = (numbers) =>
  `#${numbers
    .map((n) =>
      Math.round(Math.min(255, Math.max(0, n)))
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;

/** A colour between two: 0 is the first, 1 the second. */
export function mixed(from, to, share) {
  const [a, b] = [parts(from), parts(to)];
  return hex(a.map((value, at) => value + (b[at] - value) * share));
}

/** A colour that lets through what is below it. */
export const sheer = (colour, opacity) => `rgba(${parts(colour).join(",")},${opacity})`;

function luminance(colour) {
  const [red, green, blue] = parts(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours as WCAG 2 counts it: 1 to 21. */
export function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The colour, moved towards another until it stands out enough from the ground. */
export function legible(colour, ground, towards, least = LEGIBLE) {
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mixed(colour, towards, share);
    if (contrast(tried, ground) >= least) return tried;
  }
  return towards;
}

/** White or black, whichever is read better on a colour. */
export const inkOn = (colour) => (contrast(colour, "#FFFFFF") >= 4.2 ? "#FFFFFF" : "#10161C");

function themed({ background, secondary, text, border, primary, font }) {
  const dark = luminance(background) < luminance(text);
  const ground = dark ? background : secondary;
  const card = dark ? secondary : background;
  return {
    dark,
    font,
    text,
    ground,
    background: ground,
    card,
    primary: legible(primary, card, text, 3),
    accentText: legible(primary, card, text),
    border: mixed(border, card, dark ? 0 : 0.15),
    faint: mixed(border, card, 0.45),
    // Half-way to the ground, but never below what can be read on either.
    secondary: legible(legible(mixed(text, card, 0.42), card, text, 5), ground, text, 5),
    soft: mixed(text, ground, 0.18),
    line: mixed(text, ground, dark ? 0.5 : 0.66),
    trunk: mixed(text, ground, dark ? 0.35 : 0.45),
    danger: legible("#D03A2F", card, dark ? "#FFFFFF" : "#000000"),
    hit: "#F2B705",
  };
}

/** The light theme of pictures: on white, in a font whose widths are the same on every machine. */
export const PAPER = Object.freeze({
  ...themed({
    background: "#FFFFFF",
    secondary: "#FFFFFF",
    text: "#0F1A24",
    border: "#BCC6D0",
    primary: "#1B5E8C",
    font: "Arial, Helvetica, 'Liberation Sans', sans-serif",
  }),
});

/** The colours and the font of Streamlit's theme as they stand at an element. */
export function theme(host) {
  const style = getComputedStyle(host);
  const of = (name, otherwise) => {
    const value = style.getPropertyValue(`--st-${name}`).trim();
    return value && value !== "unset" ? value : otherwise;
  };
  return themed({
    background: of("background-color", "#FFFFFF"),
    secondary: of("secondary-background-color", "#F4F6F8"),
    text: of("text-color", "#0F1A24"),
    border: of("border-color", "#CBD3DB"),
    primary: of("primary-color", "#1B5E8C"),
    font: of("font", "system-ui, sans-serif"),
  });
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function byText(nodes, of, theme, fixed = {}) {
  const counts = new Map();
  for (const node of nodes) {
    const text = of(node);
    if (text) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const usual = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const most = usual.length > PALETTE.length ? PALETTE.length - 1 : usual.length;
  const colours = new Map();
  for (const [text] of usual.slice(0, most)) {
    colours.set(text, onDark(fixed[text] ?? PALETTE[colours.size % PALETTE.length], theme));
  }
  const grey = onDark(GREY, theme);
  const legend = [...colours].map(([text, colour]) => ({ colour, text: capital(text) }));
  if (usual.length > most) legend.push({ colour: grey, text: `${usual.length - most} others` });
  const told = nodes.every((node) => of(node));
  if (!told) legend.push({ colour: theme.border, text: "Not known" });
  return { legend, of: (node) => colours.get(of(node)) ?? (of(node) ? grey : theme.border) };
}

/** A colour that stands out on dark boxes too. */
export const onDark = (colour, theme) => (theme.dark ? legible(colour, theme.card, "#FFFFFF", 2.6) : colour);

function byFunction(board, theme) {
  const functions = board.settings?.functions ?? [];
  const colours = functions.map(({ colour }) => onDark(colour, theme));
  const seen = new Set(board.model.nodes.map((node) => node.code));
  const legend = functions
    .map(({ title, name }, code) => ({ colour: colours[code], text: title || capital(name), code }))
    .filter(({ code }) => seen.has(code))
    .map(({ colour, text }) => ({ colour, text }));
  const grey = onDark(GREY, theme);
  if ([...seen].some((code) => !functions[code])) legend.push({ colour: grey, text: "Not yet recognised" });
  return { title: "Function", legend, of: (node) => colours[node.code] ?? grey };
}

function bySteps(title, steps, amount, theme) {
  const low = theme.dark ? "#3A5169" : "#CFDDE9";
  const high = theme.dark ? "#B5D9F7" : "#0E3F66";
  const colours = steps.map((_, at) => mixed(low, high, at / Math.max(1, steps.length - 1)));
  const step = (value) => {
    let at = 0;
    while (at + 1 < steps.length && value >= steps[at + 1][0]) at++;
    return at;
  };
  return {
    title,
    flat: true, // the same amount has the same colour everywhere
    legend: steps.map(([, text], at) => ({ colour: colours[at], text })),
    of: (node) => colours[step(amount(node))],
  };
}

function byValue(board, name, theme) {
  const known = board.settings?.indicators?.find((indicator) => indicator.name === name);
  const values = board.values?.get(name);
  const { better = "#1F77C9", worse = "#D9600B" } = board.settings?.colours ?? {};
  const middle = theme.dark ? "#5C5647" : "#F5EBD3";
  const ends = [onDark(better, theme), onDark(worse, theme)];
  const grey = mixed(theme.ground, theme.text, theme.dark ? 0.16 : 0.3);
  const score = (node) => values?.score(node) ?? null;
  const candidates = board.model.nodes.filter((node) => score(node) !== null);
  const heads = new Set(Object.values(board.data?.heads ?? {}));
  // Of equals those who lead a function, then those who stand higher.
  const order = candidates.sort(
    (a, b) =>
      score(a) - score(b) || heads.has(b.id) - heads.has(a.id) || a.depth - b.depth || b.below - a.below,
  );
  const unit = new Set(board.data?.unit);
  const boss = board.model.get(
    board.data?.unit?.find((id) => !unit.has(board.model.get(id)?.boss?.id)),
  )?.boss;
  const [low, high] = [order[0], order.at(-1)].map((node) => (node ? score(node) : 0));
  const today = boss ? score(boss) : null;
  const centre = today ?? (low < high ? (low + high) / 2 : 50);
  // Twenty steps are more than the eye tells apart, and few enough to draw boxes of a colour together.
  const colour = (at) => {
    const share = at < centre ? (centre - at) / (centre - low) : (at - centre) / Math.max(1, high - centre);
    return mixed(middle, ends[at < centre ? 0 : 1], Math.round(share * 10) / 10);
  };
  const steps = Array.from({ length: 101 }, (_, at) => colour(Math.min(high, Math.max(low, at))));
  const isBetter = (node) => score(node) !== null && today !== null && score(node) < today;
  const best = order.filter((node) => node !== boss && isBetter(node) && !unit.has(node.id)).slice(0, 5);
  const stands = new Set(best);
  const at = (score) => Math.round((100 * (score - low)) / Math.max(1, high - low));
  return {
    title: `${known?.title ?? capital(name.replaceAll("_", " "))} if customer service reported here`,
    flat: true,
    legend: [{ colour: grey, text: "not possible, or cannot be told" }],
    scale: {
      ...{ from: steps[low], middle, to: steps[high], at: at(Math.min(high, Math.max(low, centre))) },
      text: order.length
        ? [`best: ${values.text(order[0])}`, `worst: ${values.text(order.at(-1))}`]
        : ["better", "worse"],
      today: today === null ? "" : `today: ${values.text(boss)}`,
    },
    best: best.map((node) => ({ node, text: `${called(node)} ${values.text(node)}` })),
    of: (node) => {
      const found = score(node);
      return found === null || found > 100 ? grey : steps[Math.round(found)];
    },
    text: (node) => (score(node) === null ? "" : values.text(node)),
    /** Whether the number of a box is worth telling among many. */
    stands: (node) => stands.has(node),
  };
}

const called = (node) => (node.name && node.title ? `${node.name} (${node.title})` : label(node));

function made(board, theme, by) {
  const { nodes } = board.model;
  if (by.startsWith("value:")) return byValue(board, by.slice(6), theme);
  if (by === "location") return { title: "Location", ...byText(nodes, (node) => node.location, theme) };
  if (by === "unit") return { title: "Unit", ...byText(nodes, (node) => node.unit, theme) };
  if (by === "status") return { title: "Status", ...byText(nodes, (node) => node.status, theme, UNHELD) };
  if (by === "span") return bySteps("People who report directly", SPANS, (node) => node.kids.length, theme);
  if (by === "depth") {
    const deepest = Math.min(
      11,
      nodes.reduce((most, node) => Math.max(most, node.depth), 0),
    );
    const steps = Array.from({ length: deepest + 1 }, (_, at) => [at, at ? `level ${at + 1}` : "top"]);
    return bySteps("Levels from the top", steps, (node) => node.depth, theme);
  }
  return byFunction(board, theme);
}

const remembered = new WeakMap();

/** What colour each box has and what that means, by `board.view.colourBy`. */
export function colourer(board, theme) {
  const by = board.view?.colourBy || "function";
  const name = by.startsWith("value:") ? by.slice(6) : "";
  const key = [
    board.layout,
    board.data?.revision,
    board.settings,
    board.model.size,
    by,
    theme,
    board.values?.get(name)?.survey,
    name && String(board.data?.unit), // today's boss
  ];
  const last = remembered.get(board);
  if (last && key.every((part, at) => part === last.key[at])) return last.colours;
  const colours = made(board, theme, by);
  remembered.set(board, { key, colours });
  return colours;
}
