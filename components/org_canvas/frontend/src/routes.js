/** The way of customers' words through the chart, hop by hop, to every function that needs them. */
import { inkOn } from "./colours.js";
import { curveBetween, standing, trace } from "./connectors.js";

const APART = 6; // px between ways that share a line
const RADIUS = 8;

const middle = ({ x, y, w, h }) => [x + w / 2, y + h / 2];

/** The boxes of a way: those that stand for its nodes, none twice in a row. */
function boxes(model, ids) {
  const found = ids.map((id) => standing(model.get(id))).filter(Boolean);
  return found.filter((node, at) => node !== found[at - 1]);
}

/** The line of one hop, from box to box. */
function hop(layout, from, to, shift) {
  const moved = ([x, y]) => [x + shift, y + shift];
  const [boss, report] = to.boss === from ? [from, to] : [to, from];
  if (report.boss === boss) {
    const line = layout.link(report);
    const down = [middle(boss), ...line, middle(report)];
    return { points: (boss === from ? down : down.reverse()).map(moved) };
  }
  return { curve: curveBetween(from, to).map(moved), points: [] };
}

function draw(pen, hops) {
  pen.beginPath();
  for (const { points, curve } of hops) {
    if (curve) {
      pen.moveTo(...curve[0]);
      pen.bezierCurveTo(...curve[1], ...curve[2], ...curve[3]);
    } else trace(pen, points, RADIUS);
  }
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
  if (!routes || board.view.routes === false) return [];
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

/** Draw the lines of `board.data.routes`, which run below the boxes. */
export function drawRoutes(pen, board, { scale, theme }) {
  const px = Math.max(1, 1 / scale);
  pen.lineJoin = pen.lineCap = "round";
  for (const { nodes, colour, shift } of ways(board, scale, theme)) {
    const hops = nodes.slice(1).map((to, place) => hop(board.layout, nodes[place], to, shift));
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

/** Number the hops at the boxes they reach and say at the end of each way what it takes. */
export function markRoutes(pen, board, labels, { frame, scale, theme, isIn }) {
  const { model, layout, data } = board;
  const drawn = ways(board, scale, theme);
  const px = Math.max(1, 1 / scale);
  const stops = new Map(); // box -> number of the hop -> colour; of several ways the text's
  for (const { nodes, colour } of drawn) {
    nodes.slice(1).forEach((node, at) => {
      const numbers = stops.get(node) ?? new Map();
      numbers.set(at + 1, numbers.has(at + 1) ? theme.text : colour);
      stops.set(node, numbers);
    });
  }
  for (const [node, numbers] of stops) {
    if (!isIn(node, frame)) continue;
    let [x, y] = node.form === "row" ? [node.x - px, node.y + node.h / 2] : [node.x + 2, node.y + 2];
    for (const [number, colour] of numbers) {
      numbered(pen, x, y, number, colour, px, theme);
      labels.block({ x0: x * scale - 9, y0: y * scale - 9, x1: x * scale + 9, y1: y * scale + 9 });
      x += 17 * px;
    }
  }
  for (const { way, nodes, colour } of drawn) {
    const end = nodes.at(-1);
    if (!isIn(end, frame)) continue;
    const text = told(way);
    labels.add(text, labels.around(layout, end, text, 12), { size: 12, pill: colour, ink: inkOn(colour) });
  }
  const arbiter = board.view.routes !== false && standing(model.get(data?.routes?.arbiter));
  if (arbiter && isIn(arbiter, frame)) nameArbiter(labels, layout, arbiter, theme);
}

function numbered(pen, x, y, count, colour, px, theme) {
  pen.fillStyle = colour;
  pen.strokeStyle = theme.card;
  pen.lineWidth = 1.5 * px;
  pen.beginPath();
  pen.arc(x, y, 8 * px, 0, 2 * Math.PI);
  pen.fill();
  pen.stroke();
  pen.fillStyle = inkOn(colour);
  pen.font = `700 ${Math.round(1000 * px) / 100}px ${theme.font}`;
  pen.textAlign = "center";
  pen.fillText(String(count), x, y + 3.6 * px);
  pen.textAlign = "left";
}

function nameArbiter(labels, layout, node, theme) {
  const text = "settles quarrels";
  const wide = labels.width(text, 12, 600) + 22;
  const draws = (pen, x, y) => scales(pen, x - wide / 2 - 6, y, theme);
  labels.add(text, labels.around(layout, node, text, 12), { pill: theme.text, ink: theme.card, draws });
}

/** A pair of scales. */
function scales(pen, x, y, theme) {
  pen.fillStyle = theme.text;
  pen.beginPath();
  pen.arc(x, y, 11, 0, 2 * Math.PI);
  pen.fill();
  pen.strokeStyle = theme.card;
  pen.lineWidth = 1.4;
  pen.beginPath();
  pen.moveTo(x, y - 6);
  pen.lineTo(x, y + 6);
  pen.moveTo(x - 3, y + 6);
  pen.lineTo(x + 3, y + 6);
  pen.moveTo(x - 6, y - 4);
  pen.lineTo(x + 6, y - 4);
  for (const side of [-1, 1]) {
    pen.moveTo(x + side * 6 - 2.6, y + 1);
    pen.lineTo(x + side * 6, y - 4);
    pen.lineTo(x + side * 6 + 2.6, y + 1);
    pen.quadraticCurveTo(x + side * 6, y + 4.4, x + side * 6 - 2.6, y + 1);
  }
  pen.stroke();
}
