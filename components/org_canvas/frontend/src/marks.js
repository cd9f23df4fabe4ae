/** What stands out: customer service, its possible bosses, selection, search hits, what is dragged. */
import { detail, isUnheld } from "./cards.js";
import { colourer, inkOn, mixed, onDark, sheer } from "./colours.js";
import { standing } from "./connectors.js";
import { label } from "./model.js";
import { fitted, widthOf } from "./text.js";

const PILL = 18;
const HANDLE = 7;

const reach = (scale) => Math.min(3, Math.max(1, 0.8 / scale));

/** Where the mark that opens and closes a branch stands: of a card mostly below it, not on its texts. */
function branchMark(node, scale) {
  return node.form === "row"
    ? [node.x + node.w - 18, node.y + node.h / 2]
    : [node.x + node.w / 2, node.y + node.h + 5 * reach(scale)];
}

/** Where the small circle stands from which lines are drawn. */
function handleMark(node) {
  return node.form === "row"
    ? [node.x + node.w, node.y + node.h / 2]
    : [node.x + node.w - 16, node.y + node.h];
}

/** The mark of a box below a point of the world: "collapse", "handle" or null. */
export function markAt(node, x, y, scale) {
  if (detail(node.form, scale) === "bar") return null;
  const r = 9 * reach(scale);
  const [hx, hy] = handleMark(node);
  if (Math.hypot(x - hx, y - hy) <= r) return "handle";
  if (!node.kids.length) return null;
  const [cx, cy] = branchMark(node, scale);
  return Math.abs(x - cx) <= 1.7 * r && Math.abs(y - cy) <= r ? "collapse" : null;
}

function frame(pen, nodes, out, radius) {
  pen.beginPath();
  for (const node of nodes) {
    pen.roundRect(node.x - out, node.y - out, node.w + 2 * out, node.h + 2 * out, radius + out);
  }
}

/** The marks on boxes; texts go to `labels`. */
export function drawMarks(pen, board, labels, sight) {
  const { rect, scale, theme, plain, isIn } = sight;
  const { model, view, data, settings } = board;
  const shown = (ids) =>
    [...(ids ?? [])].map((id) => model.get(id)).filter((node) => node?.shown && isIn(node, rect));
  // As thick on the screen as when near, but never so thick that neighbours drown.
  const px = Math.max(1, 1 / scale);
  const line = (colour, width, dash = []) => {
    pen.strokeStyle = colour;
    pen.lineWidth = width * px;
    pen.setLineDash(dash.map((part) => part * px));
  };
  const draw = (list, out, radius = 8) => {
    if (!list.length) return;
    frame(pen, list, out * px, radius);
    pen.stroke();
  };
  const unitColour = settings?.colours?.unit ?? "#D6336C";

  const hits = plain ? [] : shown(view.hits);
  line(theme.hit, 3);
  draw(hits, 1.5);
  const unit = shown(data?.unit);
  const heads = shown(Object.values(data?.heads ?? {})).filter((node) => !unit.includes(node));
  pen.lineCap = "round";
  line(onDark(unitColour, theme), theme.dark ? 1.8 : 1.4, [0.1, 4]);
  draw(
    heads.filter(({ w }) => w * scale > 24),
    3.5,
  );
  pen.lineCap = "butt";
  line(onDark(unitColour, theme), 3);
  draw(unit, 1.5);
  // Of a closed branch the box that contains it: it is not customer service itself.
  const holders = shown(new Set((data?.unit ?? []).map((id) => standing(model.get(id))?.id)));
  line(onDark(unitColour, theme), 2, [7, 4]);
  draw(
    holders.filter((node) => !unit.includes(node)),
    3.5,
  );
  pen.setLineDash([]);
  nameUnit(board, labels, sight, unitColour);
  for (const { node, text } of colourer(board, theme).best ?? []) {
    if (!node.shown || !isIn(node, rect)) continue;
    const [x, y, r] = [node.x + node.w - 4 * px, node.y, 8 * px];
    drawStar(pen, x, y, r, theme);
    labels.block(
      { x0: (x - r) * scale, y0: (y - r) * scale, x1: (x + r) * scale, y1: (y + r) * scale },
      `One of the best bosses for customer service by this number: ${text}.`,
    );
  }

  const collapsed = shown(view.collapsed).filter((node) => node.kids.length);
  if (plain) return drawBranchMarks(pen, collapsed, view, scale, theme);
  const selected = shown(view.selected);
  pen.fillStyle = sheer(theme.primary, theme.dark ? 0.25 : 0.1);
  frame(pen, selected, 0, 8);
  if (selected.length) pen.fill();
  line(theme.primary, 2);
  draw(selected, 1);
  const focus = shown(view.focus === null || view.focus === undefined ? [] : [view.focus]);
  line(theme.text, 1.2, [2, 2]);
  draw(focus, 4);
  pen.setLineDash([]);
  const pointed = board.hovered?.shown && isIn(board.hovered, rect) ? [board.hovered] : [];
  line(theme.primary, 1.5);
  draw(
    pointed.filter((node) => !selected.includes(node)),
    0,
  );
  const lively = [...new Set([...pointed, ...focus, ...(selected.length === 1 ? selected : [])])];
  drawBranchMarks(
    pen,
    [...new Set([...collapsed, ...lively.filter((node) => node.kids.length)])],
    view,
    scale,
    theme,
  );
  drawHandles(pen, lively, scale, theme);
}

function drawBranchMarks(pen, nodes, view, scale, theme) {
  const r = reach(scale);
  pen.textAlign = "center";
  for (const node of nodes) {
    if (detail(node.form, scale) === "bar") continue;
    const closed = view.collapsed?.has(node.id);
    const text = closed ? `+${node.below}` : "−";
    pen.font = `600 ${Math.round(11 * r)}px ${theme.font}`;
    const high = (node.form === "row" ? 16 : PILL) * r;
    const wide = Math.max(high, widthOf(text, pen.font) + 12 * r);
    const [x, y] = branchMark(node, scale);
    pen.fillStyle = closed ? mixed(theme.card, theme.primary, theme.dark ? 0.3 : 0.12) : theme.card;
    pen.strokeStyle = closed ? mixed(theme.card, theme.primary, 0.6) : theme.border;
    pen.lineWidth = r;
    pen.beginPath();
    pen.roundRect(x - wide / 2, y - high / 2, wide, high, high / 2);
    pen.fill();
    pen.stroke();
    pen.fillStyle = theme.text;
    pen.fillText(text, x, y + 4 * r);
  }
  pen.textAlign = "left";
}

function drawHandles(pen, nodes, scale, theme) {
  const r = reach(scale);
  for (const node of nodes) {
    if (detail(node.form, scale) === "bar") continue;
    const [x, y] = handleMark(node);
    pen.fillStyle = theme.card;
    pen.strokeStyle = theme.primary;
    pen.lineWidth = 1.5 * r;
    pen.beginPath();
    pen.arc(x, y, HANDLE * r, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
    pen.beginPath();
    // An arrow: from here a line is drawn to somebody.
    pen.moveTo(x - 3.2 * r, y + 3.2 * r);
    pen.lineTo(x + 3.2 * r, y - 3.2 * r);
    pen.moveTo(x - 1.2 * r, y - 3.2 * r);
    pen.lineTo(x + 3.2 * r, y - 3.2 * r);
    pen.lineTo(x + 3.2 * r, y + 1.2 * r);
    pen.stroke();
  }
}

/** A star on a disc. */
function drawStar(pen, x, y, r, theme) {
  pen.fillStyle = theme.text;
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = theme.card;
  pen.beginPath();
  for (let at = 0; at < 10; at++) {
    const [angle, away] = [(at * Math.PI) / 5, at % 2 ? 0.34 * r : 0.8 * r];
    pen.lineTo(x + away * Math.sin(angle), y - away * Math.cos(angle));
  }
  pen.fill();
}

const SERVICE = /(?<=.)[\s,·-]+customer service$/i; // said before

/** What tells the parts of customer service apart: their units, places or names. */
function differing(tops) {
  const told = [({ unit }) => unit, ({ location }) => location, ({ title }) => title].find(
    (of) => tops.every(of) && new Set(tops.map(of)).size === tops.length,
  );
  return tops.length > 1 ? (node) => (told ?? label)(node).replace(SERVICE, "") : () => "";
}

function nameUnit({ model, data }, labels, { frame, isIn, layout, far }, unitColour) {
  const ids = new Set(data?.unit);
  const tops = [...ids].map((id) => model.get(id)).filter((node) => node && !ids.has(node.boss?.id));
  const which = differing(tops);
  const look = { pill: unitColour, ink: inkOn(unitColour), size: 11, far };
  for (const node of new Set(tops.map(standing))) {
    if (!node || !isIn(node, frame)) continue;
    if (!ids.has(node.id)) {
      const text = "Customer service is in here";
      labels.flag(layout, node, text, {
        ...look,
        says: `${text}: open the branch of ${label(node)} to see it.`,
      });
      continue;
    }
    const text = ["Customer service", labels.cut(which(node), 11, 600, 150)].filter(Boolean).join(": ");
    const says = `Customer service: ${label(node)} and who reports there.`;
    labels.flag(layout, node, text, { ...look, says }) ||
      labels.flag(layout, node, "Customer service", { ...look, says });
  }
}

const remembered = new WeakMap();

/** Keep what the marks of the last picture say. */
export const remember = (board, labels) => remembered.set(board, labels);

/** What the mark at a point of the world means, in a sentence; "" where there is none. */
export const explain = (board, x, y) => remembered.get(board)?.at(x, y) ?? "";

/** What is being dragged: its shadow where it would land, the box below the pointer, and the box itself. */
export function drawGhost(pen, board, ghost, { scale, theme }) {
  if (!ghost) return;
  const px = Math.max(1, 1 / scale);
  const { target, why, lands } = ghost;
  if (lands && !why) {
    pen.fillStyle = sheer(theme.primary, 0.16);
    pen.strokeStyle = theme.primary;
    pen.lineWidth = 1.5 * px;
    pen.setLineDash([5 * px, 4 * px]);
    pen.beginPath();
    pen.roundRect(lands.x, lands.y, lands.w, lands.h, 8);
    pen.fill();
    pen.stroke();
    pen.setLineDash([]);
  }
  if (target?.shown) (why ? forbid : welcome)(pen, target, px, theme);
  if (ghost.line) return drawNewLine(pen, ghost, px, theme);
  const first = ghost.nodes?.[0];
  if (first) drawDragged(pen, ghost, first, px, theme);
}

function welcome(pen, node, px, theme) {
  pen.fillStyle = sheer(theme.primary, 0.14);
  pen.strokeStyle = theme.primary;
  pen.lineWidth = 3 * px;
  frame(pen, [node], px, 8);
  pen.fill();
  pen.stroke();
}

function forbid(pen, node, px, theme) {
  const { x, y, w, h } = node;
  pen.fillStyle = sheer(theme.danger, 0.12);
  pen.strokeStyle = theme.danger;
  pen.lineWidth = 2.5 * px;
  frame(pen, [node], px, 8);
  pen.fill();
  pen.stroke();
  pen.lineWidth = px;
  pen.beginPath();
  // Hatching from lower left to upper right, cut at the borders.
  for (let at = 12; at < w + h; at += 12) {
    const [from, to] = [Math.max(0, at - h), Math.min(at, w)];
    pen.moveTo(x + from, y + at - from);
    pen.lineTo(x + to, y + at - to);
  }
  pen.stroke();
}

function drawNewLine(pen, { from, x, y, target, why }, px, theme) {
  const [ax, ay] = handleMark(from);
  const [bx, by] = target?.shown ? [target.x + target.w / 2, target.y + target.h / 2] : [x, y];
  pen.strokeStyle = why ? theme.danger : theme.primary;
  pen.lineWidth = 2 * px;
  pen.setLineDash([6 * px, 4 * px]);
  pen.beginPath();
  pen.moveTo(ax, ay);
  pen.quadraticCurveTo((ax + bx) / 2, Math.max(ay, by) + 30 * px, bx, by);
  pen.stroke();
  pen.setLineDash([]);
}

/** The dragged card hangs below the pointer, as large as when near, so that the target stays in sight. */
function drawDragged(pen, { nodes, x, y, why }, node, px, theme) {
  const size = Math.min(px, 3 * px);
  const w = 150 * size;
  const h = 34 * size;
  const [left, top] = [x - w / 2, y + 18 * size];
  const more = nodes.reduce((sum, one) => sum + 1 + one.below, 0) - 1;
  pen.globalAlpha = 0.9;
  for (const step of more ? [2, 1, 0] : [0]) {
    pen.fillStyle = theme.card;
    pen.strokeStyle = why ? theme.danger : theme.primary;
    pen.lineWidth = 1.4 * size;
    pen.beginPath();
    pen.roundRect(left + step * 4 * size, top + step * 4 * size, w, h, 7 * size);
    pen.fill();
    pen.stroke();
  }
  const count = more ? `+${more}` : "";
  pen.font = `600 ${Math.round(1200 * size) / 100}px ${theme.font}`;
  const room = 150 - 20 - (count ? widthOf(count, `600 12px ${theme.font}`) + 8 : 0);
  pen.fillStyle = isUnheld(node) ? theme.secondary : theme.text;
  pen.fillText(fitted(label(node), `600 12px ${theme.font}`, room), left + 10 * size, top + 21.5 * size);
  pen.fillStyle = theme.secondary;
  pen.textAlign = "right";
  if (count) pen.fillText(count, left + w - 9 * size, top + 21.5 * size);
  pen.textAlign = "left";
  pen.globalAlpha = 1;
}
