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
export function drawBoxes(pen, nodes, { scale, theme, colours, settings, collapsed }) {
  const [cards, rows, bars] = [[], [], []];
  const [cardDetail, rowDetail] = [detail("card", scale), detail("row", scale)];
  for (const node of nodes) {
    const row = node.form === "row";
    if ((row ? rowDetail : cardDetail) === "bar") bars.push(node);
    else (row ? rows : cards).push(node);
  }
  if (bars.length) drawBars(pen, bars, scale, theme, colours);
  const look = { scale, theme, colours, settings, collapsed };
  if (rows.length) drawFrames(pen, rows, look, 5, 4);
  if (cards.length) drawFrames(pen, cards, look, RADIUS, STRIPE);
  if (rows.length) writeRows(pen, rows, look, rowDetail);
  if (cards.length) (cardDetail === "named" ? writeNames : writeCards)(pen, cards, look, cardDetail);
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
    pen.fillStyle = colours.text ? mixed(theme.card, colour, theme.dark ? 0.35 : 0.28) : theme.card;
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

function writeCards(pen, nodes, { theme, settings, colours }, level) {
  const whole = level === "whole";
  const [big, small, least] = whole ? [13, 11.5, 10.5] : [15.5, 13, 0];
  const [names, titles, places, counts, marks] = [[], [], [], [], []];
  const nameFont = font(theme, big, 600);
  for (const node of nodes) {
    const x = node.x + LEFT;
    const room = node.w - LEFT - RIGHT;
    const [title, place] = secondLines(node, settings);
    const badge = UNHELD[node.status];
    const value = colours.text?.(node) ?? "";
    const mark = value || (whole && badge) || "";
    const wide = mark ? Math.ceil(widthOf(mark, font(theme, 10, 600))) + 16 : 0;
    const taken = value ? wide : 0; // that nobody holds the post is said on the frame
    if (mark) marks.push([mark, node, wide, value ? colours.of(node) : null]);
    const count = whole && node.below ? String(node.below) : "";
    const counted = count ? Math.ceil(widthOf(count, font(theme, least, 600)) / 4) * 4 + 20 : 0;
    const below = whole ? [title, place] : [title || place];
    const step = whole ? 16 : 20;
    const used = below.filter(Boolean);
    const first = node.y + (node.h - used.length * step) / 2 + (whole ? 4.5 : 5);
    names.push([fitted(label(node), nameFont, room - taken), x, first]);
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
    const [x, y] = [node.x + node.w - wide - 2, node.y + (colour ? 8 : -7.5)];
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

/** The name alone, as large as its card allows. */
function writeNames(pen, nodes, { theme, scale }) {
  const size = Math.round(Math.min(26, Math.max(17, 10.5 / scale)));
  const nameFont = font(theme, size, 600);
  const texts = [];
  for (const node of nodes) {
    const parts = twoLines(label(node), nameFont, node.w - LEFT - 4);
    const first = node.y + node.h / 2 - ((parts.length - 1) * size * 1.12) / 2 + size * 0.35;
    parts.forEach((text, at) => texts.push([text, node.x + LEFT - 2, first + at * size * 1.12]));
  }
  lines(pen, theme, size, 600, theme.text, texts);
}

function writeRows(pen, nodes, { theme, scale, colours, collapsed }, level) {
  const size = level === "named" ? Math.round(Math.min(23, 9.5 / scale)) : level === "whole" ? 12 : 14;
  const nameFont = font(theme, size, 500);
  const titleFont = font(theme, 10.5);
  const [names, titles, values] = [[], [], []];
  for (const node of nodes) {
    const x = node.x + 11;
    const value = level === "named" ? "" : (colours.text?.(node) ?? "");
    const taken = value ? widthOf(value, font(theme, 10.5, 600)) + 6 : 0;
    const room = node.w - 17 - (collapsed?.has(node.id) && node.kids.length ? 34 : 0) - taken;
    const name = fitted(label(node), nameFont, room);
    const middle = node.y + node.h / 2;
    names.push([name, x, middle + size * 0.35]);
    if (value) values.push([value, node.x + node.w - 6, middle + 3.7]);
    if (level !== "whole" || !node.name || !node.title || name.endsWith("…")) continue;
    const used = Math.ceil(widthOf(name, nameFont)) + 7;
    if (room - used > 36) titles.push([fitted(node.title, titleFont, room - used), x + used, middle + 4]);
  }
  lines(pen, theme, size, 500, theme.text, names);
  lines(pen, theme, 10.5, 400, theme.secondary, titles);
  pen.textAlign = "right";
  lines(pen, theme, 10.5, 600, theme.text, values);
  pen.textAlign = "left";
}
