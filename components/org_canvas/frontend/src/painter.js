/** Paints what is in sight of the chart, in the detail that can be read from there. */
import { nameAreas, nameWay } from "./areas.js";
import { pays, showBackdrop } from "./backdrop.js";
import { detail, drawBoxes } from "./cards.js";
import { colourer } from "./colours.js";
import { drawFurther, drawFurtherOf, drawReporting, meets } from "./connectors.js";
import { Labels } from "./labels.js";
import { drawGhost, drawMarks, remember } from "./marks.js";
import { arbiterOf, drawRoutes, flagRoutes, numberRoutes, scalesSize } from "./routes.js";

export { markAt } from "./marks.js";

/**
 * Draw the part `rect` of the world onto `pen`, which stands on world coordinates.
 * `plain` leaves out what belongs to the moment (selection, pointer); `frame` is the whole picture of which
 * `rect` is a tile, so that texts over the chart stand at the same place in every tile; `only` says of a box
 * whether it is drawn.
 */
export function paint(
  pen,
  board,
  { rect, scale, theme, ghost = null, plain = false, frame = rect, only = null },
) {
  const { layout, model, view } = board;
  if (!layout) return;
  pen.textBaseline = "alphabetic";
  pen.textAlign = "left";
  const far = detail("row", scale) === "bar";
  const moved = far && !plain && pays(pen, layout);
  const inside = moved ? [] : layout.within(rect);
  const nodes = only ? inside.filter(only) : inside;
  const sight = {
    rect,
    frame,
    scale,
    theme,
    layout,
    model,
    nodes,
    plain,
    only,
    far,
    isIn: (node, part) => meets(node, part) && (!only || only(node)),
  };
  const colours = colourer(board, theme);
  if (moved) {
    const key = [layout, colours, theme, board.data?.revision, [...(view.lines ?? [])].join()];
    showBackdrop(pen, board, { rect, scale, key, theme }, (inner, whole) => {
      drawChart(inner, board, { ...sight, rect: whole, nodes: layout.within(whole) }, colours);
    });
  } else drawChart(pen, board, sight, colours);
  if (!plain) drawFurtherOf(pen, board, sight);
  drawRoutes(pen, board, sight);
  const labels = new Labels(scale, theme, frame);
  numberRoutes(pen, board, labels, sight);
  drawMarks(pen, board, labels, sight);
  flagRoutes(board, labels, sight);
  if (!plain) nameWay(labels, board, sight);
  if (far) nameAreas(labels, { ...sight, rect: frame });
  labels.draw(pen);
  if (!plain) remember(board, labels);
  drawGhost(pen, board, ghost, sight);
}

function drawChart(pen, board, sight, colours) {
  const { rect, theme, nodes, scale } = sight;
  pen.fillStyle = theme.ground;
  pen.fillRect(rect.x0, rect.y0, rect.x1 - rect.x0, rect.y1 - rect.y0);
  drawReporting(pen, nodes, sight);
  // Below the boxes: a curve through a name makes both unreadable.
  drawFurther(pen, board, sight);
  const arbiter = arbiterOf(board);
  const room = (node) => (node === arbiter ? 2.2 * scalesSize(node, scale) : 0);
  const { settings, view } = board;
  drawBoxes(pen, nodes, { scale, theme, colours, settings, collapsed: view.collapsed, room });
}
