/** Pictures of the whole chart to keep: SVG, PNG of any size, and sheets for the printer. */
import { areaName } from "./areas.js";
import { PAPER } from "./colours.js";
import { curvesEnd } from "./connectors.js";
import { Labels } from "./labels.js";
import { entries } from "./legend.js";
import { label } from "./model.js";
import { paint } from "./painter.js";
import { SvgPen, escaped } from "./pen.js";
import { pngFile } from "./png.js";
import { sheets } from "./sheets.js";
import { widthOf } from "./text.js";

const MARGIN = 32; // world units around the chart
const TILE = 4096; // px; larger canvases fail in some browsers
const BAND_BYTES = 24_000_000;
const MOST_PIXELS = 120_000_000; // of a PNG whose size nobody asked for
const SIZES = { A4: [210, 297], A3: [297, 420] }; // mm
const EDGE = 9; // mm that printers leave white
const FOOT = 18; // mm for the legend, the page number and the map of the sheets
const LEAST_DETAIL = 0.5; // px per world unit of a PNG from which it shows what an SVG shows
const LEAST = (7 * 25.4) / 72 / 12; // mm per world unit at which the smallest names, 12 units, are 7 points
const MOST = 0.32; // a small chart is not blown up beyond this

function surroundings(board) {
  const { bounds } = board.layout;
  const [x0, x1] = [
    Math.floor(bounds.x0 - MARGIN),
    Math.ceil(Math.max(bounds.x1, curvesEnd(board)) + MARGIN),
  ];
  const texts = framing(board, x1 - x0);
  return {
    ...{ x0, x1, texts },
    y0: Math.floor(bounds.y0 - MARGIN - texts.head),
    y1: Math.ceil(bounds.y1 + MARGIN + texts.foot),
  };
}

const titleOf = ({ model, data }) =>
  data?.name || (model.roots.length === 1 ? `Org chart: ${areaName(model.roots[0])}` : "Org chart");

const today = () =>
  new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** What the marks mean: [{text, sign}], a sign being drawn in a square of side 1. */
function legend(board) {
  const { title, scale, colours, lines, marks, notes, best } = entries(board, PAPER);
  const swatch = (colour) => (pen, x, y, side) => {
    pen.fillStyle = colour;
    pen.fillRect(x, y, side, side);
  };
  const stroke = (colour, style, path) => (pen, x, y, side) => {
    pen.strokeStyle = colour;
    pen.lineWidth = side / 6;
    pen.setLineDash({ dotted: [side / 6, side / 5], dashed: [side / 3, side / 5] }[style] ?? []);
    pen.beginPath();
    path(pen, x, y, side);
    pen.stroke();
    pen.setLineDash([]);
  };
  const disc = (sign) => (pen, x, y, side) => {
    pen.fillStyle = PAPER.text;
    pen.beginPath();
    pen.arc(x + side / 2, y + side / 2, side / 2, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = PAPER.card;
    pen.font = `700 ${0.7 * side}px ${PAPER.font}`;
    pen.textAlign = "center";
    pen.fillText(sign === "scales" ? "\u2696\uFE0E" : sign, x + side / 2, y + 0.75 * side);
    pen.textAlign = "left";
  };
  const line = (pen, x, y, side) => {
    pen.moveTo(x, y + side / 2);
    pen.lineTo(x + side, y + side / 2);
  };
  const frame = (pen, x, y, side) => pen.rect(x, y + side * 0.1, side, side * 0.8);
  const dashes = { dotted: "dotted", contract: "dashed" };
  return [
    { text: `${title}:` },
    ...(scale
      ? [
          { text: scale.text[0], sign: swatch(scale.from) },
          { text: scale.today || "middle", sign: swatch(scale.middle) },
          { text: scale.text[1], sign: swatch(scale.to) },
        ]
      : []),
    ...colours.map(({ colour, text }) => ({ text, sign: swatch(colour) })),
    ...lines.map(({ kind, colour, text }) => ({ text, sign: stroke(colour, dashes[kind], line) })),
    ...marks.map(({ colour, style, text }) => ({ text, sign: stroke(colour, style, frame) })),
    ...notes.map(({ sign, text }) => ({ text, sign: disc(sign) })),
    ...(best ? [{ text: best, sign: disc("★") }] : []),
  ];
}

/** Title, date and legend of a picture so wide: their heights, and what draws them at the left edge. */
function framing(board, width) {
  const size = Math.max(13, Math.min(width / 120, 48));
  const placed = laidOut(legend(board), width - 2 * MARGIN, size);
  const draw = (pen, { x0, y0, y1 }) => {
    const x = x0 + MARGIN;
    pen.fillStyle = PAPER.text;
    pen.font = `700 ${1.7 * size}px ${PAPER.font}`;
    pen.fillText(titleOf(board), x, y0 + MARGIN + 1.4 * size);
    pen.font = `400 ${size}px ${PAPER.font}`;
    pen.fillStyle = PAPER.secondary;
    pen.fillText(today(), x, y0 + MARGIN + 2.9 * size);
    drawLegend(pen, placed, x, y1 - MARGIN - placed.height + 0.6 * size, size);
  };
  return { head: 3.6 * size, foot: placed.height + size, draw };
}

function laidOut(items, width, size) {
  const font = `400 ${size}px ${PAPER.font}`;
  let [x, y] = [0, 0];
  const placed = items.map((item) => {
    const wide = (item.sign ? 1.5 * size : 0) + widthOf(item.text, font) + 1.6 * size;
    if (x && x + wide > width) [x, y] = [0, y + 1.7 * size];
    const at = { ...item, x, y };
    x += wide;
    return at;
  });
  placed.height = y + 1.7 * size;
  return placed;
}

function drawLegend(pen, placed, left, top, size) {
  for (const { text, sign, x, y } of placed) {
    sign?.(pen, left + x, top + y, size);
    pen.fillStyle = PAPER.text;
    pen.font = `${sign ? 400 : 700} ${size}px ${PAPER.font}`;
    pen.fillText(text, left + x + (sign ? 1.5 * size : 0), top + y + 0.85 * size);
  }
}

/** The whole chart as an SVG file; names stay texts. */
export async function svg(board) {
  const rect = surroundings(board);
  const draw = (pen) => {
    paint(pen, board, { rect, scale: 1, theme: PAPER, plain: true });
    rect.texts.draw(pen, rect);
  };
  return new Blob([SvgPen.file(rect, draw, { title: titleOf(board) })], { type: "image/svg+xml" });
}

/** The whole chart as a PNG file, `scale` px per world unit; `progress` is told the part that is done. */
export async function png(board, scale = null, progress = () => {}) {
  const whole = surroundings(board);
  const [wide, high] = [whole.x1 - whole.x0, whole.y1 - whole.y0];
  const per = scale ?? Math.min(2, Math.sqrt(MOST_PIXELS / (wide * high)));
  const [width, height] = [Math.ceil(wide * per), Math.ceil(high * per)];
  const rows = Math.max(16, Math.min(TILE, height, Math.floor(BAND_BYTES / (3 * width + 1))));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.min(TILE, width), height: Math.min(rows, height) });
  const pen = canvas.getContext("2d", { alpha: false, willReadFrequently: true });

  async function* bands() {
    for (let top = 0; top < height; top += rows) {
      const lines = Math.min(rows, height - top);
      const band = new Uint8Array(lines * (3 * width + 1));
      for (let left = 0; left < width; left += TILE) {
        paintTile(pen, board, { whole, per, left, top });
        copy(pen, band, { left, lines, width });
      }
      yield band;
      progress(Math.min(1, (top + lines) / height));
      await new Promise((resume) => setTimeout(resume)); // the page stays usable meanwhile
    }
  }
  return pngFile(width, height, bands());
}

function paintTile(pen, board, { whole, per, left, top }) {
  const { width, height } = pen.canvas;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.fillStyle = PAPER.ground;
  pen.fillRect(0, 0, width, height);
  pen.setTransform(per, 0, 0, per, -left - whole.x0 * per, -top - whole.y0 * per);
  const [x0, y0] = [whole.x0 + left / per, whole.y0 + top / per];
  const rect = { x0, y0, x1: x0 + width / per, y1: y0 + height / per };
  // The same detail and the same flags as in an SVG, whatever its size.
  paint(pen, board, { rect, frame: whole, scale: per < LEAST_DETAIL ? per : 1, theme: PAPER, plain: true });
  whole.texts.draw(pen, whole);
}

// The pixels of a tile, without their opacity, to their place in the band.
function copy(pen, band, { left, lines, width }) {
  const columns = Math.min(TILE, width - left);
  const { data } = pen.getImageData(0, 0, columns, lines);
  for (let row = 0; row < lines; row++) {
    let to = row * (3 * width + 1) + 1 + 3 * left;
    for (let from = 4 * row * columns, end = from + 4 * columns; from < end; from += 4) {
      band[to++] = data[from];
      band[to++] = data[from + 1];
      band[to++] = data[from + 2];
    }
  }
}

/** The whole chart as a page of sheets to print: one where all fits readably, else as many as it takes. */
export async function printed(board, { paper = "A4", landscape = true } = {}) {
  const [width, height] = landscape ? SIZES[paper].toReversed() : SIZES[paper];
  const room = { width: width - 2 * EDGE, height: height - 2 * EDGE - FOOT };
  const { scale, pages } = cut(board, room);
  const home = new Map(pages.flatMap(({ boxes }, at) => boxes.map((box) => [box, at])));
  const drawn = pages.map((_, at) => sheet(board, { pages, at, home, scale, width, height, room }));
  const title = escaped(titleOf(board));
  const orientation = landscape ? "landscape" : "portrait";
  // A hair lower than the paper: rounding must not make an empty sheet after each.
  const style =
    `@page{size:${paper} ${orientation};margin:0}body{margin:0;background:#fff}` +
    `svg.sheet{display:block;width:${width}mm;height:${height - 0.2}mm;break-after:page}svg.sheet:last-child{break-after:auto}` +
    `@media screen{body{background:#dfe4e9}svg.sheet{margin:8mm auto;background:#fff;box-shadow:0 1px 6px #0004}}`;
  const page =
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title>` +
    `<style>${style}</style></head>\n<body>\n${drawn.join("")}</body></html>\n`;
  return new Blob([page], { type: "text/html" });
}

function cut({ layout }, room) {
  const { x0, y0, x1, y1 } = layout.bounds;
  const pad = 18; // world units, for frames and notes outside the boxes
  const fits = Math.min(MOST, room.width / (x1 - x0 + 2 * pad), room.height / (y1 - y0 + 2 * pad));
  const scale = Math.max(LEAST, fits);
  const [wide, high] = [room.width / scale, room.height / scale];
  const pages = sheets(layout.shown, wide - 2 * pad, high - 2 * pad).map((page) => {
    const [x, y] = [page.rect.x0 - pad, page.rect.y0 - pad];
    return { ...page, rect: { x0: x, y0: y, x1: x + wide, y1: y + high } };
  });
  return { scale, pages };
}

function sheet(board, { pages, at, home, scale, width, height, room }) {
  const page = pages[at];
  const { rect } = page;
  const pen = new SvgPen();
  paint(pen, board, { rect, scale: 1, theme: PAPER, plain: true, only: (box) => home.get(box) === at });
  pointToBosses(pen, page, at, home);
  const box = [rect.x0, rect.y0, rect.x1 - rect.x0, rect.y1 - rect.y0]
    .map((side) => side.toFixed(2))
    .join(" ");
  const foot = new SvgPen();
  drawFoot(foot, board, { pages, at, width, height, scale });
  return (
    `<svg class="sheet" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">\n` +
    `<svg x="${EDGE}" y="${EDGE}" width="${room.width}" height="${room.height}" viewBox="${box}" overflow="hidden">\n` +
    `${pen.markup()}</svg>\n${foot.markup()}</svg>\n`
  );
}

/** Say on which sheets the bosses of boxes are, and the reports of those whose branch goes on elsewhere. */
function pointToBosses(pen, { rect, boxes }, at, home) {
  const labels = new Labels(1, PAPER, rect);
  const firsts = new Map();
  for (const box of boxes) {
    const elsewhere = new Set(
      box.kids.map((kid) => home.get(kid)).filter((there) => there >= 0 && there !== at),
    );
    if (elsewhere.size) {
      const numbers = [...elsewhere].sort((a, b) => a - b).map((there) => there + 1);
      const text = `reports: sheet${numbers.length > 1 ? "s" : ""} ${labels.cut(numbers.join(", "), 10, 600, 120)}`;
      labels.add(text, [[box.x + box.w / 2, box.y + box.h + 10]], { size: 10, pill: "#E8EDF2" });
    }
    const there = box.boss && home.get(box.boss);
    if (there === undefined || there === null || there === at) continue;
    const first = firsts.get(box.boss);
    if (!first || box.y < first.y || (box.y === first.y && box.x < first.x)) firsts.set(box.boss, box);
  }
  for (const [boss, box] of firsts) {
    const text = `reports to ${labels.cut(label(boss), 10, 600, 130)}, sheet ${home.get(boss) + 1}`;
    const middle = box.x + labels.width(text, 10, 600) / 2 + 12;
    labels.add(
      text,
      [
        [middle, box.y - 9],
        [middle, box.y - 3],
      ],
      { size: 10, pill: "#E8EDF2" },
    );
  }
  labels.draw(pen);
}

function drawFoot(pen, board, { pages, at, width, height, scale }) {
  const base = height - EDGE;
  const placed = laidOut(legend(board), width - 2 * EDGE, 2.3);
  drawLegend(pen, placed, EDGE, base - 5 - Math.min(placed.height, FOOT - 6), 2.3);
  pen.font = `400 3.2px ${PAPER.font}`;
  pen.fillStyle = PAPER.secondary;
  pen.fillText(`${titleOf(board)}, ${today()}`, EDGE, base);
  pen.textAlign = "center";
  pen.fillText(pages.length > 1 ? `Sheet ${at + 1} of ${pages.length}` : "", width / 2, base);
  pen.textAlign = "left";
  cutMarks(pen, width, height);
  if (pages.length > 1) drawMap(pen, pages, at, { right: width - EDGE, bottom: base + 1, scale });
}

function cutMarks(pen, width, height) {
  const [left, top, right, bottom] = [EDGE, EDGE, width - EDGE, height - EDGE - FOOT];
  pen.strokeStyle = PAPER.secondary;
  pen.lineWidth = 0.15;
  pen.beginPath();
  for (const [x, dx] of [
    [left, -1],
    [right, 1],
  ]) {
    for (const [y, dy] of [
      [top, -1],
      [bottom, 1],
    ]) {
      pen.moveTo(x + dx, y);
      pen.lineTo(x + 4 * dx, y);
      pen.moveTo(x, y + dy);
      pen.lineTo(x, y + 4 * dy);
    }
  }
  pen.stroke();
}

/** The sheets as small rectangles where they lie in the chart, this one filled. */
function drawMap(pen, pages, at, { right, bottom }) {
  const rects = pages.map(({ rect }) => rect);
  const x0 = rects.reduce((low, rect) => Math.min(low, rect.x0), Infinity);
  const y0 = rects.reduce((low, rect) => Math.min(low, rect.y0), Infinity);
  const x1 = rects.reduce((high, rect) => Math.max(high, rect.x1), -Infinity);
  const y1 = rects.reduce((high, rect) => Math.max(high, rect.y1), -Infinity);
  const per = Math.min(46 / (x1 - x0), 6 / (y1 - y0));
  pen.strokeStyle = PAPER.secondary;
  pen.lineWidth = 0.12;
  rects.forEach((rect, place) => {
    pen.beginPath();
    pen.rect(
      right - (x1 - rect.x0) * per,
      bottom - (y1 - rect.y0) * per,
      (rect.x1 - rect.x0) * per,
      (rect.y1 - rect.y0) * per,
    );
    pen.fillStyle = place === at ? PAPER.primary : "#FFFFFF";
    if (place === at) pen.fill();
    pen.stroke();
  });
}
