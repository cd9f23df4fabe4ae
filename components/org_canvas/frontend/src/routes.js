/** The way of customers' words through the chart, hop by hop, to every function that needs them. */
import { textEnd } from "./cards.js";
import { inkOn } from "./colours.js";
import { curveBetween, standing, trace } from "./connectors.js";
import { label } from "./model.js";

const APART = 3.5; // px between ways that share a line
const RADIUS = 8;

const SAMPLES = 160; // of a curve
const SCALES = [
  ...[
    [
      [0, -6],
      [0, 6],
    ],
    [
      [-3, 6],
      [3, 6],
    ],
    [
      [-6, -4],
      [6, -4],
    ],
  ],
  ...[-6, 6].map((x) => [
    [x - 2.8, 1],
    [x, -4],
    [x + 2.8, 1],
    [x + 1.4, 2.8],
    [x - 1.4, 2.8],
    [x - 2.8, 1],
  ]),
];
// An indicator that colours the chart is told alone.
const isOn = (view) => view.routes !== false && !view.colourBy?.startsWith("value:");

/** The boxes of a way: those that stand for its nodes, none twice in a row. */
function boxes(model, ids) {
  const found = ids.map((id) => standing(model.get(id))).filter(Boolean);
  return found.filter((node, at) => node !== found[at - 1]);
}

/** The line of one hop, from border to border. */
function hop(layout, from, to, shift, scale) {
  const moved = ([x, y]) => [x + shift, y + shift];
  const [boss, report] = to.boss === from ? [from, to] : [to, from];
  if (report.boss === boss) {
    const line = layout.link(report);
    const points = line.map(moved);
    // A line that comes from the left ends at the border, not on the text behind it.
    if (line.length && line.at(-1)[0] === report.x) points.at(-1)[0] = report.x;
    return [points];
  }
  // Over borders and empty parts of boxes, not over texts.
  const [a, b, c, d] = curveBetween(from, to).map(moved);
  const pieces = [[]];
  for (let at = 0; at <= SAMPLES; at++) {
    const [t, u] = [at / SAMPLES, 1 - at / SAMPLES];
    const [x, y] = [0, 1].map(
      (i) => u ** 3 * a[i] + 3 * u * u * t * b[i] + 3 * u * t * t * c[i] + t ** 3 * d[i],
    );
    if (
      layout
        .within({ x0: x, y0: y - 2, x1: x, y1: y + 2 })
        .some((node) => x > node.x && x < textEnd(node, scale))
    )
      pieces.push([]);
    else pieces.at(-1).push([x, y]);
  }
  return pieces;
}

function draw(pen, hops) {
  pen.beginPath();
  for (const piece of hops.flat()) trace(pen, piece, RADIUS);
  pen.stroke();
}

const amount = (value, one, many) => `${Number(value.toFixed(1))} ${value === 1 ? one : many}`;

/** What a way takes, for the label at its end. */
export function told({ title, steps, days }) {
  const parts = [];
  if (Number.isFinite(steps)) parts.push(amount(steps, "step", "steps"));
  if (Number.isFinite(days)) parts.push(amount(days, "day", "days"));
  return parts.length ? `${title}: ${parts.join(", ")}` : title;
}

/** The ways to draw: [{way, nodes, colour, shift}]. */
function ways(board, scale, theme) {
  const { routes } = board.data ?? {};
  if (!routes || !isOn(board.view)) return [];
  const found = (routes.ways ?? [])
    .map((way) => ({ way, nodes: boxes(board.model, way.nodes ?? []) }))
    .filter(({ nodes }) => nodes.length > 1);
  return found.map(({ way, nodes }, at) => ({
    way,
    nodes,
    colour: board.settings?.functions?.find(({ name }) => name === way.function)?.colour ?? theme.primary,
    shift: (at - (found.length - 1) / 2) * APART * Math.max(1, 1 / scale),
  }));
}

/** Who settles quarrels, where that is to be shown and the box is in the chart. */
export function arbiterOf({ model, data, view }) {
  const node = isOn(view) && model.get(data?.routes?.arbiter);
  return node?.shown ? node : null;
}

/** How large the scales in the box of the arbiter are, in world units. */
export const scalesSize = (node, scale) => Math.max(Math.min(9 / scale, node.h * 0.27), 6 / scale);

/** Draw the lines of `board.data.routes`: over the borders of boxes so that they can be followed, below texts. */
export function drawRoutes(pen, board, { scale, theme, layout, only }) {
  const px = Math.max(1, 1 / scale);
  pen.lineJoin = pen.lineCap = "round";
  for (const { nodes, colour, shift } of ways(board, scale, theme)) {
    const hops = nodes
      .slice(1)
      .map((to, place) => [nodes[place], to])
      .filter((ends) => !only || ends.every(only))
      .map(([from, to]) => hop(layout, from, to, shift, scale));
    pen.strokeStyle = theme.ground;
    pen.lineWidth = 5 * px;
    draw(pen, hops);
    pen.strokeStyle = colour;
    pen.lineWidth = 3 * px;
    draw(pen, hops);
  }
  pen.lineJoin = "miter";
  pen.lineCap = "butt";
}

/** Number the hops at the boxes they reach, and put the scales into the box of who settles quarrels. */
export function numberRoutes(pen, board, labels, { frame, scale, theme, isIn }) {
  const drawn = ways(board, scale, theme);
  const px = Math.max(1, 1 / scale);
  const stops = new Map(); // box -> number of the hop -> {colour; of several ways the text's, says}
  for (const { way, nodes, colour } of drawn) {
    nodes.slice(1).forEach((node, at) => {
      const numbers = stops.get(node) ?? new Map();
      const known = numbers.get(at + 1);
      numbers.set(at + 1, { colour: known ? theme.text : colour, to: [...(known?.to ?? []), way.title] });
      stops.set(node, numbers);
    });
  }
  for (const [node, numbers] of stops) {
    if (!isIn(node, frame)) continue;
    const row = node.form === "row";
    const r = (row ? Math.min(8, Math.max(5.5, (node.h * scale) / 2)) : 7.5) / Math.min(1, scale);
    let [x, y] = row ? [node.x - r, node.y + node.h / 2] : [node.x - r * 0.2, node.y - r * 0.3];
    for (const [number, { colour, to }] of numbers) {
      numbered(pen, x, y, number, colour, r, theme);
      const says = `Step ${number} of the way of customer feedback to ${listed(to)}: it reaches ${label(node)}.`;
      labels.block(around(x, y, r, scale), says);
      x += (row ? -2.1 : 2.1) * r;
    }
  }
  const arbiter = arbiterOf(board);
  if (arbiter && isIn(arbiter, frame)) {
    const r = scalesSize(arbiter, scale);
    const isTiny = arbiter.h * scale < 11;
    const x = arbiter.x + arbiter.w + (isTiny ? 1.2 : -1.4) * r;
    const y = arbiter.y + Math.min(1.4 * r, arbiter.h / 2);
    drawScales(pen, x, y, r, theme);
    const parts = drawn.map(({ way }) => way.title);
    const says =
      `${label(arbiter)} settles quarrels between customer service and ` +
      `${parts.length ? listed(parts) : "other departments"}: the lowest boss whom they have in common.`;
    labels.block(around(x, y, r, scale), says);
  }
}

/** Say at the end of each way what it takes, and who settles quarrels, where there is room. */
export function flagRoutes(board, labels, { frame, scale, theme, isIn, layout, far }) {
  for (const { way, nodes, colour } of ways(board, scale, theme)) {
    const end = nodes.at(-1);
    const text = told(way);
    const says = `What customers say reaches those who can act on it. ${text}.`;
    const look = { size: 11, pill: colour, ink: inkOn(colour), far, says };
    if (isIn(end, frame) && !labels.flag(layout, end, text, look)) labels.flag(layout, end, way.title, look);
  }
  const arbiter = arbiterOf(board);
  const look = { size: 11, pill: theme.text, ink: theme.card, far };
  if (arbiter && isIn(arbiter, frame)) labels.flag(layout, arbiter, "settles quarrels", look);
}

const around = (x, y, r, scale) => ({
  ...{ x0: (x - r) * scale, y0: (y - r) * scale, x1: (x + r) * scale, y1: (y + r) * scale },
});

const listed = (texts) =>
  texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;

function numbered(pen, x, y, count, colour, r, theme) {
  pen.fillStyle = colour;
  pen.strokeStyle = theme.card;
  pen.lineWidth = 0.18 * r;
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
  pen.fill();
  pen.stroke();
  pen.fillStyle = inkOn(colour);
  pen.font = `700 ${Math.round(130 * r) / 100}px ${theme.font}`;
  pen.textAlign = "center";
  pen.fillText(String(count), x, y + 0.46 * r);
  pen.textAlign = "left";
}

/** A pair of scales. */
function drawScales(pen, x, y, r, theme) {
  const to = (dx, dy) => [x + (dx * r) / 11, y + (dy * r) / 11];
  pen.fillStyle = theme.text;
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
  pen.fill();
  pen.strokeStyle = theme.card;
  pen.lineWidth = 0.14 * r;
  pen.beginPath();
  for (const [from, ...more] of SCALES) {
    pen.moveTo(...to(...from));
    for (const point of more) pen.lineTo(...to(...point));
  }
  pen.stroke();
}
