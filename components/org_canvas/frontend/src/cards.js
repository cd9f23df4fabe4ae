/** The boxes, by how near the eye is: cards with texts, cards with a name, coloured bars. */
import { inkOn, mixed } from "./colours.js";
import { label } from "./model.js";
import { fitted, twoLines, widthOf } from "./text.js";

const WHOLE = 0.84; // scale from which a card shows three lines
const TITLED = 0.6; // two lines
const NAMED = 0.34; // the name
const ROW_NAMED = 0.38;
const RADIUS = 8;
const STRIPE = 5;
const UNHELD = { vacant: "Vacant", placeholder: "Placeholder" };

/** How much of a box is drawn at a scale: "whole", "titled", "named" or "bar". */
export function detail(form, scale) {
  if (scale < (form === "row" ? ROW_NAMED : NAMED)) return "bar";
  if (scale < TITLED) return "named";
  return scale < WHOLE ? "titled" : "whole";
}

/** Whether nobody holds the post of a box. */
export const isUnheld = (node) => node.status in UNHELD;

/** The function that gives a list for each name, made when first asked for. */
export function grouped() {
  const lists = new Map();
  const of = (name) => {
    let list = lists.get(name);
    if (!list) lists.set(name, (list = []));
    return list;
  };
  return { of, lists };
}

/** Draw boxes; `pen` stands on world coordinates. */
export function drawBoxes(pen, nodes, { scale, theme, colours, settings, collapsed, room = () => 0 }) {
  const [cards, rows, bars] = [[], [], []];
  const [cardDetail, rowDetail] = [detail("card", scale), detail("row", scale)];
  for (const node of nodes) {
    const row = node.form === "row";
    if ((row ? rowDetail : cardDetail) === "bar") bars.push(node);
    else (row ? rows : cards).push(node);
  }
  if (bars.length) drawBars(pen, bars, scale, theme, colours);
  const written = colours.text ? { ...theme, secondary: theme.text } : theme; // on strong colours
  const look = { scale, theme: written, colours, settings, collapsed, room };
  if (rows.length) drawFrames(pen, rows, look, 5, 4);
  if (cards.length) drawFrames(pen, cards, look, RADIUS, STRIPE);
  if (rows.length) writeRows(pen, rows, look, rowDetail);
  if (cards.length)
    (cardDetail === "named" || (cardDetail === "titled" && !colours.text) ? writeNames : writeCards)(
      ...[pen, cards, look, cardDetail],
    );
}

function drawBars(pen, nodes, scale, theme, colours) {
  const byColour = grouped();
  for (const node of nodes) {
    const colour = colours.of(node);
    const isLeaf = !colours.flat && node.form === "row" && !node.kids.length;
    byColour.of(isLeaf ? pale(colour, theme.ground) : colour).push(node);
  }
  // Between thin bars a gap stays only where there is a pixel for it.
  const gap = 3 * scale > 0.7 ? 0 : -2;
  for (const [colour, alike] of byColour.lists) {
    pen.fillStyle = colour;
    for (const node of alike) pen.fillRect(node.x, node.y + gap / 2, node.w, node.h - gap);
  }
}

const shades = new Map();

/** The colour of those without reports: managers stand out from it, and names over the bars from both. */
function pale(colour, ground) {
  const key = colour + ground;
  let known = shades.get(key);
  if (!known) shades.set(key, (known = mixed(colour, ground, 0.45)));
  return known;
}

function drawFrames(pen, nodes, { theme, colours, scale }, radius, stripe) {
  const outline = (node) => pen.roundRect(node.x, node.y, node.w, node.h, radius);
  const held = nodes.filter((node) => !isUnheld(node));
  const unheld = nodes.filter(isUnheld);
  if (!theme.dark && scale >= TITLED && radius === RADIUS) {
    pen.fillStyle = "rgba(15,26,36,0.07)";
    pen.beginPath();
    for (const node of held) pen.roundRect(node.x, node.y + 2, node.w, node.h, radius);
    pen.fill();
  }
  const byColour = grouped();
  for (const node of nodes) byColour.of(colours.of(node)).push(node);
  for (const [colour, alike] of byColour.lists) {
    // The chart as a landscape of an indicator: the whole card says it, not only its edge.
    pen.fillStyle = colours.text ? mixed(theme.card, colour, theme.dark ? 0.5 : 0.55) : theme.card;
    pen.beginPath();
    alike.forEach(outline);
    pen.fill();
    pen.fillStyle = colour;
    pen.beginPath();
    for (const node of alike) stripeOf(pen, node, radius, stripe);
    pen.fill();
  }
  pen.lineWidth = Math.max(1, 0.7 / scale);
  const frame = (list, colour) => {
    pen.strokeStyle = colour;
    pen.beginPath();
    list.forEach(outline);
    pen.stroke();
  };
  if (held.length) frame(held, radius === RADIUS ? theme.border : theme.faint);
  if (unheld.length) {
    pen.setLineDash([5, 4]);
    pen.lineWidth *= 1.3;
    frame(unheld, theme.secondary);
    pen.setLineDash([]);
  }
}

/** The left edge of a rounded box. */
function stripeOf(pen, { x, y, h }, r, wide) {
  const angle = Math.acos((r - wide) / r);
  const rise = r - r * Math.sin(angle);
  pen.moveTo(x + wide, y + h - rise);
  pen.arc(x + r, y + h - r, r, Math.PI - angle, Math.PI);
  pen.arc(x + r, y + r, r, Math.PI, Math.PI + angle);
  pen.closePath();
}

const font = (theme, size, weight = 400) => `${weight} ${size}px ${theme.font}`;

function lines(pen, theme, size, weight, colour, texts) {
  pen.font = font(theme, size, weight);
  pen.fillStyle = colour;
  for (const [text, x, y] of texts) pen.fillText(text, x, y);
}

const LEFT = 14;
const RIGHT = 10;

/** The smaller texts of a card: title, and where the person works. */
function secondLines(node, settings) {
  const name = label(node);
  const title = node.name && node.title !== name ? node.title : "";
  const place = node.unit || settings?.functions?.[node.code]?.title || node.location || "";
  return [title, place === name || place === title ? node.location || "" : place];
}

function writeCards(pen, nodes, { theme, settings, colours, room: taken }, level) {
  const whole = level === "whole";
  const [big, small, least] = whole ? [13, 11.5, 10.5] : [15.5, 13, 0];
  const [names, titles, places, counts, marks] = [[], [], [], [], []];
  const nameFont = font(theme, big, 600);
  for (const node of nodes) {
    const x = node.x + LEFT;
    const room = node.w - LEFT - RIGHT - taken(node);
    const [title, place] = secondLines(node, settings);
    const badge = UNHELD[node.status];
    const value = shortValue(colours, node);
    const mark = value || (whole && badge) || "";
    const wide = mark ? Math.ceil(widthOf(mark, font(theme, 10, 600))) + 16 : 0;
    if (mark) marks.push([mark, node, wide, value ? colours.of(node) : null]);
    const count = whole && node.below ? String(node.below) : "";
    const counted = count ? Math.ceil(widthOf(count, font(theme, least, 600)) / 4) * 4 + 20 : 0;
    const below = whole ? [title, place] : [title || place];
    const step = whole ? 16 : 20;
    const used = below.filter(Boolean);
    const first = node.y + (node.h - used.length * step) / 2 + (whole ? 4.5 : 5);
    names.push([fitted(label(node), nameFont, room), x, first]);
    used.forEach((text, at) => {
      const last = whole && text === place && place;
      const size = last ? least : small;
      const ends = last || at === 1 || (count && used.length === 1) ? counted : 0;
      (last ? places : titles).push([
        fitted(text, font(theme, size), room - ends),
        x,
        first + step * (at + 1),
      ]);
    });
    if (count) counts.push([count, node.x + node.w - RIGHT, node.y + node.h - 11.5]);
  }
  lines(pen, theme, big, 600, theme.text, names);
  lines(pen, theme, small, 400, theme.secondary, titles);
  if (!whole) return badges(pen, theme, marks);
  lines(pen, theme, least, 400, theme.secondary, places);
  pen.textAlign = "right";
  lines(pen, theme, least, 600, theme.secondary, counts);
  pen.textAlign = "left";
  heads(pen, theme, counts);
  badges(pen, theme, marks);
}

/** A small figure of a person before each count of people. */
function heads(pen, theme, counts) {
  pen.fillStyle = theme.secondary;
  pen.beginPath();
  for (const [text, right, y] of counts) {
    const x = right - widthOf(text, font(theme, 10.5, 600)) - 7;
    pen.moveTo(x + 2, y - 6.6);
    pen.arc(x, y - 6.6, 2, 0, 2 * Math.PI);
    pen.moveTo(x - 3.6, y);
    pen.arc(x, y - 0.4, 3.6, Math.PI, 2 * Math.PI);
    pen.closePath();
  }
  pen.fill();
}

function badges(pen, theme, marks) {
  for (const [text, node, wide, colour] of marks) {
    const [x, y] = [node.x + node.w - wide - (colour ? 12 : 2), node.y - 7.5];
    const ground = colour ?? mixed(theme.card, "#E0A100", theme.dark ? 0.35 : 0.3);
    pen.fillStyle = ground;
    pen.beginPath();
    pen.roundRect(x, y, wide - 6, 15, 7.5);
    pen.fill();
    pen.fillStyle = colour ? inkOn(colour) : theme.text;
    pen.font = font(theme, 10, 600);
    pen.fillText(text, x + 5, y + 11);
  }
}

/** The number of a box without the words of its unit, which the legend says; not the same one in every row. */
function shortValue(colours, node) {
  const value = colours.text?.(node) ?? "";
  if (node.form === "row" && !node.kids.length && !colours.stands?.(node)) return "";
  return /^-?\d[\d.]*( %)?/.exec(value)?.[0] ?? value;
}

/** What a box that leads is called where there is no room for more than that. */
function roleOf(node, fits) {
  if (!node.kids.length) return "";
  const unit = node.unit !== node.boss?.unit ? node.unit : "";
  return [node.title, unit].find((text) => text && fits(text)) ?? "";
}

/** As much as a small card allows: name and title, or of those who lead what they lead. */
function writeNames(pen, nodes, { theme, scale, room: taken }) {
  const sizes = (scale < TITLED ? [10.5, 9.5, 8.8] : [12, 11, 10]).map(
    (size) => Math.round((10 * size) / scale) / 10,
  );
  const texts = new Map();
  const write = (size, weight, text, x, y) => {
    const key = `${size}|${weight}`;
    texts.set(key, [...(texts.get(key) ?? []), [text, x, y]]);
  };
  for (const node of nodes) {
    const room = node.w - LEFT - taken(node);
    const isCut = (parts) => parts.some((text) => text.endsWith("…"));
    const folded = (text, weight) => {
      for (const size of sizes) {
        const parts = twoLines(text, font(theme, size, weight), room);
        if (!isCut(parts) || size === sizes.at(-1)) return { parts, size, weight };
      }
    };
    const [name, title] = [label(node), node.name && node.title !== node.name ? node.title : ""];
    const role = roleOf(node, (text) => !isCut(folded(text, 600).parts)) || (node.kids.length ? title : "");
    const rows = Math.floor((node.h * scale - 4) / 11.5); // lines
    const first = rows > 2 || !role ? name : role;
    const single = !role && sizes.find((size) => widthOf(first, font(theme, size, 600)) <= room);
    const blocks = [single ? { parts: [first], size: single, weight: 600 } : folded(first, 600)];
    if (blocks[0].parts.length < rows) {
      if (rows > 2 && title)
        blocks.push(folded(rows - blocks[0].parts.length > 1 && role ? role : title, 400));
      else if (!role && title)
        blocks.push({ parts: [fitted(title, font(theme, sizes[1]), room)], size: sizes[1] });
    }
    const high = blocks.reduce((sum, { parts, size }) => sum + 1.12 * size * parts.length, 0);
    let y = node.y + (node.h - high) / 2;
    for (const { parts, size, weight = 400 } of blocks) {
      for (const text of parts) {
        y += 1.12 * size;
        write(size, weight, text, node.x + LEFT - 3, y - 0.25 * size);
      }
    }
  }
  for (const [key, list] of texts) {
    const [size, weight] = key.split("|");
    lines(pen, theme, size, weight, theme.text, list);
  }
}

function writeRows(pen, nodes, { theme, scale, colours, collapsed, room: taken }, level) {
  const named = level === "named";
  const size = rowSize(level, scale);
  const nameFont = font(theme, size, 500);
  const roleFont = font(theme, size, 700);
  const titleFont = font(theme, 10.5);
  const [names, roles, titles, values] = [[], [], [], []];
  for (const node of nodes) {
    const x = node.x + 11;
    const value = named ? "" : shortValue(colours, node);
    const closed = collapsed?.has(node.id) && node.kids.length ? 34 : 0;
    const room =
      node.w - 15 - closed - taken(node) - (value ? widthOf(value, font(theme, 10.5, 600)) + 6 : 0);
    const role = named && roleOf(node, (text) => !fitted(text, roleFont, room).endsWith("…"));
    const name = fitted(role || label(node), role ? roleFont : nameFont, room);
    const middle = node.y + node.h / 2;
    (role ? roles : names).push([name, x, middle + size * 0.35]);
    if (value) values.push([value, node.x + node.w - 6, middle + 3.7]);
    if (level !== "whole" || !node.name || !node.title || name.endsWith("…")) continue;
    const used = Math.ceil(widthOf(name, nameFont)) + 7;
    if (room - used > 36) titles.push([fitted(node.title, titleFont, room - used), x + used, middle + 4]);
  }
  lines(pen, theme, size, 500, theme.text, names);
  lines(pen, theme, size, 700, theme.text, roles);
  lines(pen, theme, 10.5, 400, theme.secondary, titles);
  pen.textAlign = "right";
  lines(pen, theme, 10.5, 600, theme.text, values);
  pen.textAlign = "left";
}

const rowSize = (level, scale) =>
  level === "named" ? Math.round(Math.min(23, 9.5 / scale)) : level === "whole" ? 12 : 14;

/** Where the texts of a box end, about. */
export function textEnd(node, scale) {
  const level = detail(node.form, scale);
  if (level === "bar") return node.x;
  const name = label(node);
  const row = node.form === "row";
  const size = row ? rowSize(level, scale) : 14;
  const more = node.title && node.title !== name ? node.title.length : 0;
  const long = !row ? Math.max(name.length, more) : name.length + (level === "whole" ? more : 0);
  return Math.min(node.x + node.w - 4, node.x + LEFT + long * size * 0.55);
}
