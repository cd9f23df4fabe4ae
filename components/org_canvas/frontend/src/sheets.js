/** Cuts a chart into sheets of paper so that every box is whole on exactly one of them. */

/** Sheets of `width` by `height` world units: [{rect, boxes, column, row}], from the top left on. */
export function sheets(boxes, width, height) {
  const found = [];
  bands(boxes, height, "y", "h").forEach((band, row) => {
    bands(band, width, "x", "w").forEach((part, column) => {
      const [x, y] = [least(part, "x"), least(band, "y")];
      found.push({ rect: { x0: x, y0: y, x1: x + width, y1: y + height }, boxes: part, row, column });
    });
  });
  return found;
}

const least = (boxes, side) => boxes.reduce((low, box) => Math.min(low, box[side]), Infinity);

/** Groups of boxes, none longer than `length`; a box that is cut by one group begins the next. */
function bands(boxes, length, side, size) {
  const groups = [];
  let left = boxes;
  while (left.length) {
    const from = least(left, side);
    const [inside, after] = [[], []];
    for (const box of left) (box[side] + box[size] <= from + length ? inside : after).push(box);
    if (!inside.length) throw new RangeError("A box is larger than the sheet.");
    groups.push(inside);
    left = after;
  }
  return groups;
}
