/** The lines between boxes: reporting lines with round corners, all others as curves. */
import { detail, grouped } from "./cards.js";
import { sheer } from "./colours.js";

const ROUND = 6;
const MOST = 1500; // curves on one screen; more are a tangle in which nobody follows any
const WIDE = 500; // reports of a boss; of more only the outer ones are drawn beyond the screen
const CROWD = 20; // curves of a kind; more are drawn faintly, those of a box only when it is pointed at
const DASHES = { shared: [], dotted: [1, 5], contract: [9, 4, 1.5, 4], tie: [] };

/** The box that stands for a node: itself, or the nearest manager who is not inside a collapsed branch. */
export function standing(node) {
  let seen = node;
  while (seen && !seen.shown) seen = seen.boss;
  return seen;
}

/** Whether a box is at least partly in a part of the world. */
export const meets = ({ x, y, w, h }, rect) =>
  x < rect.x1 && x + w > rect.x0 && y < rect.y1 && y + h > rect.y0;

/** Reporting lines of the boxes in sight. */
export function drawReporting(pen, nodes, { layout, scale, theme, only }) {
  const far = detail("card", scale) === "bar";
  const rowsFar = detail("row", scale) === "bar";
  const lines = new Map();
  const add = (node) => {
    if (!node.shown || !node.boss?.shown || (rowsFar && node.form === "row")) return;
    if (only && !(only(node) && only(node.boss))) return;
    if (!lines.has(node)) lines.set(node, layout.link(node));
  };
  const bosses = new Set();
  for (const node of nodes) {
    add(node);
    // Lines to boxes beside and below the screen run through it.
    for (let boss = node; boss && !bosses.has(boss); boss = boss.boss) {
      bosses.add(boss);
      const { kids } = boss;
      for (const kid of kids.length > WIDE ? [kids[0], kids.at(-1)] : kids)
        if (kid.form === "card" || boss.form === "card") add(kid);
      if (!far && kids.length) for (const kid of [kids[0], kids.at(-1)]) add(kid);
    }
  }
  const lowest = new Map(); // boss -> the lowest report of its list in sight, whose line holds those of the others
  const isListed = (points) => points.length === 3;
  for (const [node, points] of lines) {
    if (isListed(points) && !(lowest.get(node.boss)?.y >= node.y)) lowest.set(node.boss, node);
  }
  const thin = far ? 0.8 / scale : Math.max(1.25, 0.9 / scale);
  pen.lineJoin = "round";
  // Lines to boxes of their own stand out from those along a list: what they lead to is no part of the list.
  for (const listed of [true, false]) {
    pen.strokeStyle = listed ? theme.line : theme.trunk;
    pen.lineWidth = listed ? thin : thin * 1.6;
    pen.beginPath();
    for (const [node, points] of lines) {
      if (isListed(points) !== listed) continue;
      const short = listed && lowest.get(node.boss) !== node;
      trace(pen, short ? points.slice(-2) : points, far ? 0 : ROUND);
    }
    pen.stroke();
  }
  pen.lineJoin = "miter";
}

/** Draw a polyline into the current path, its corners rounded. */
export function trace(pen, points, radius) {
  if (points.length < 2) return;
  pen.moveTo(points[0][0], points[0][1]);
  for (let at = 1; at < points.length - 1; at++) {
    const [[ax, ay], [bx, by], [cx, cy]] = [points[at - 1], points[at], points[at + 1]];
    const before = Math.hypot(bx - ax, by - ay);
    const after = Math.hypot(cx - bx, cy - by);
    const r = Math.min(radius, before / 2, after / 2);
    if (r < 0.5) {
      pen.lineTo(bx, by);
      continue;
    }
    pen.lineTo(bx - ((bx - ax) / before) * r, by - ((by - ay) / before) * r);
    pen.quadraticCurveTo(bx, by, bx + ((cx - bx) / after) * r, by + ((cy - by) / after) * r);
  }
  pen.lineTo(points.at(-1)[0], points.at(-1)[1]);
}

/** A curve between two boxes: [from, first handle, second handle, to]. */
export function curveBetween(a, b) {
  const [ay, by] = [a.y + a.h / 2, b.y + b.h / 2];
  const apart = b.x - (a.x + a.w) > 12 ? 1 : a.x - (b.x + b.w) > 12 ? -1 : 0;
  if (apart) {
    const [ax, bx] = apart > 0 ? [a.x + a.w, b.x] : [a.x, b.x + b.w];
    const pull = Math.max(24, Math.abs(bx - ax) / 2) * apart;
    return [
      [ax, ay],
      [ax + pull, ay],
      [bx - pull, by],
      [bx, by],
    ];
  }
  // One above the other: round on the right, outside both boxes.
  const [ax, bx] = [a.x + a.w, b.x + b.w];
  const out = Math.max(ax, bx) + Math.min(120, 24 + Math.abs(by - ay) / 6);
  return [
    [ax, ay],
    [out, ay],
    [out, by],
    [bx, by],
  ];
}

const middleOf = ([a, b, c, d]) => [0, 1].map((at) => (a[at] + 3 * b[at] + 3 * c[at] + d[at]) / 8);

const crosses = (points, rect) =>
  Math.min(...points.map(([x]) => x)) < rect.x1 &&
  Math.max(...points.map(([x]) => x)) > rect.x0 &&
  Math.min(...points.map(([, y]) => y)) < rect.y1 &&
  Math.max(...points.map(([, y]) => y)) > rect.y0;

const isOn = ({ view }, kind) => !view.lines || view.lines.has(kind);

/** Adds the lines between boxes of one kind; `kept` collects their curves by kind. */
function collect(kept, kind, from, to, share, { rect, only }) {
  const [a, b] = [standing(from), standing(to)];
  // A tie of somebody inside a collapsed branch would say nothing about the box that stands there.
  if (!a || !b || a === b || (kind === "tie" && (a !== from || b !== to))) return 0;
  if (only && !(only(a) && only(b))) return 0;
  const points = curveBetween(a, b);
  if (!crosses(points, rect)) return 0;
  kept.of(kind).push({ points, share });
  return 1;
}

/** Further managers and ties, where they are switched on. */
export function drawFurther(pen, board, sight) {
  const { model } = board;
  const kept = grouped();
  let count = 0;
  for (const { kind, manager, report, share } of model.further) {
    if (count < MOST && isOn(board, kind)) count += collect(kept, kind, manager, report, share, sight);
  }
  if (isOn(board, "tie")) {
    for (const { a, b } of model.ties) if (count < MOST) count += collect(kept, "tie", a, b, 0, sight);
  }
  drawCurves(pen, kept.lists, board, sight, ({ length }) =>
    length > 100 ? 0.12 : length > CROWD ? 0.2 : 0.7,
  );
}

/** The same lines of the boxes that are selected or pointed at, so that they stand out. */
export function drawFurtherOf(pen, board, sight) {
  const { model, view, hovered } = board;
  const kept = grouped();
  const nodes = new Set(
    [...(view.selected ?? [])]
      .slice(0, 200)
      .map((id) => model.get(id))
      .filter(Boolean),
  );
  if (hovered) nodes.add(hovered);
  for (const node of nodes) {
    for (const { kind, manager, report, share } of [...node.further, ...node.leads]) {
      if (isOn(board, kind)) collect(kept, kind, manager, report, share, sight);
    }
    if (isOn(board, "tie")) for (const { a, b } of node.ties) collect(kept, "tie", a, b, 0, sight);
  }
  drawCurves(pen, kept.lists, board, sight, () => 1);
}

function drawCurves(pen, lists, { settings }, { scale, theme }, opacityOf) {
  for (const [kind, list] of lists) {
    const opacity = opacityOf(list);
    const thin = Math.max(1, 0.8 / scale) * (opacity === 1 ? 1.8 : 1);
    const colour = kind === "tie" ? (settings?.colours?.tie ?? "#B8860B") : theme.secondary;
    pen.strokeStyle = sheer(colour, kind === "tie" ? opacity : Math.max(opacity, 0.5));
    pen.lineWidth = thin * (kind === "dotted" ? 1.8 : 1.2);
    pen.lineCap = kind === "dotted" || kind === "contract" ? "round" : "butt";
    pen.setLineDash((DASHES[kind] ?? []).map((part) => part * thin));
    pen.beginPath();
    for (const {
      points: [from, one, two, to],
    } of list) {
      pen.moveTo(...from);
      pen.bezierCurveTo(...one, ...two, ...to);
    }
    pen.stroke();
    pen.setLineDash([]);
    if (scale >= 0.6) writeShares(pen, list, theme);
  }
  pen.lineCap = "butt";
}

function writeShares(pen, list, theme) {
  pen.font = `600 10px ${theme.font}`;
  pen.textAlign = "center";
  for (const { points, share } of list) {
    if (!share) continue;
    const [x, y] = middleOf(points);
    pen.fillStyle = theme.ground;
    pen.beginPath();
    pen.roundRect(x - 17, y - 8, 34, 16, 8);
    pen.fill();
    pen.fillStyle = theme.secondary;
    pen.fillText(`${Math.round(share * 100)} %`, x, y + 3.5);
  }
  pen.textAlign = "left";
}

/** How far to the right the curves reach. */
export function curvesEnd(board) {
  const kept = grouped();
  const rect = { x0: -Infinity, y0: -Infinity, x1: Infinity, y1: Infinity };
  for (const { kind, manager, report } of board.model.further) {
    if (isOn(board, kind)) collect(kept, kind, manager, report, 0, { rect });
  }
  if (isOn(board, "tie")) for (const { a, b } of board.model.ties) collect(kept, "tie", a, b, 0, { rect });
  let end = -Infinity;
  for (const list of kept.lists.values()) {
    for (const { points } of list) end = Math.max(end, middleOf(points)[0]);
  }
  return end;
}
