/** The many boxes of a far view, painted once on a bitmap that is moved while the view moves. */

const MANY = 2500; // boxes of a chart; fewer are painted as quickly as a bitmap is moved
const AROUND = 0.3; // part of the screen that is painted beyond each of its edges
const STILL = 120; // ms without a move, after which a zoomed bitmap is painted anew
const [SMALLER, LARGER] = [0.4, 2.5]; // as far as a bitmap is stretched before it is painted anew
const EMPTY = 60; // world units around the chart in which frames and curves lie
const LARGEST = 4096; // px a side
const backdrops = new WeakMap();

/** Whether a bitmap pays, and whether `pen` is on a canvas at all. */
export const pays = (pen, layout) => layout.shown.length > MANY && Boolean(pen.canvas);

const holds = (outer, inner) =>
  inner.x0 >= outer.x0 && inner.y0 >= outer.y0 && inner.x1 <= outer.x1 && inner.y1 <= outer.y1;

/** Show the boxes from the bitmap of a board; `draw(pen, rect)` paints it when it is no longer true. */
export function showBackdrop(pen, board, { rect, scale, key, theme }, draw) {
  const { bounds } = board.layout;
  const ratio = Math.round((pen.getTransform().a / scale) * 1000) / 1000; // the canvas rounds its scale
  let backdrop = backdrops.get(board);
  // Beyond the chart there is nothing that a bitmap would have to hold.
  const needed = {
    x0: Math.max(rect.x0, bounds.x0 - EMPTY),
    y0: Math.max(rect.y0, bounds.y0 - EMPTY),
    x1: Math.min(rect.x1, bounds.x1 + EMPTY),
    y1: Math.min(rect.y1, bounds.y1 + EMPTY),
  };
  const isTrue =
    backdrop &&
    backdrop.ratio === ratio &&
    key.every((part, at) => part === backdrop.key[at]) &&
    holds(backdrop.rect, needed);
  const zoomed = isTrue ? scale / backdrop.scale : 0;
  if (!isTrue || zoomed > LARGER || zoomed < SMALLER) {
    backdrop = painted(pen, backdrop, { rect, scale, key, ratio }, draw);
    backdrops.set(board, backdrop);
  } else if (zoomed !== 1) {
    clearTimeout(backdrop.timer);
    backdrop.timer = setTimeout(() => {
      backdrop.ratio = 0; // not true any more
      board.paint();
    }, STILL);
  }
  const { x0, y0, x1, y1 } = backdrop.rect;
  pen.fillStyle = theme.ground;
  pen.fillRect(rect.x0, rect.y0, rect.x1 - rect.x0, rect.y1 - rect.y0);
  pen.imageSmoothingEnabled = scale !== backdrop.scale;
  pen.drawImage(backdrop.canvas, x0, y0, x1 - x0, y1 - y0);
}

function painted(pen, old, { rect, scale, key, ratio }, draw) {
  clearTimeout(old?.timer);
  const per = scale * ratio;
  const [width, height] = [(rect.x1 - rect.x0) * per, (rect.y1 - rect.y0) * per].map((size) =>
    Math.min(LARGEST, Math.ceil(size * (1 + 2 * AROUND))),
  );
  const canvas = old?.canvas ?? document.createElement("canvas");
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const [x, y] = [(rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2];
  const [wide, high] = [width / per / 2, height / per / 2];
  const whole = { x0: x - wide, y0: y - high, x1: x + wide, y1: y + high };
  const inner = canvas.getContext("2d", { alpha: false });
  inner.setTransform(per, 0, 0, per, -whole.x0 * per, -whole.y0 * per);
  draw(inner, whole);
  return { canvas, rect: whole, scale, key, ratio };
}
