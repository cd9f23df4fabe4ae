/** Cuts a chart into sheets of paper so that every box is whole on exactly one of them. */

const MOST_TRIED = 40; // groups that a further one may join

/**
 * Sheets of `width` by `height` world units: [{rect, boxes}], from the top left on. A branch that fits on a sheet
 * stays together; of a larger one the branches below it do, beside as many of its others as there is room for.
 */
export function sheets(boxes, width, height) {
  const extents = new Map();
  for (const box of boxes) extents.set(box, { x0: box.x, y0: box.y, x1: box.x + box.w, y1: box.y + box.h });
  const fits = ({ x0, y0, x1, y1 }) => x1 - x0 <= width && y1 - y0 <= height;
  const kids = (box) => box.kids.filter((kid) => extents.has(kid));
  const fromBelow = boxes.toSorted((a, b) => b.depth - a.depth);
  if (boxes.some((box) => box.w > width || box.h > height))
    throw new RangeError("A box is larger than the sheet.");
  const own = new Map([...extents].map(([box, extent]) => [box, { ...extent }]));
  for (const box of fromBelow) if (extents.has(box.boss)) grow(extents.get(box.boss), extents.get(box));
  const groups = new Map();
  const found = (box) => (fits(extents.get(box)) ? [{ ...extents.get(box), tops: [box] }] : groups.get(box));
  const joined = (parts) => {
    const kept = [];
    for (const part of parts) {
      const host = kept.slice(-MOST_TRIED).find((one) => fits(grow({ ...one }, part)));
      if (!host) kept.push({ ...part, tops: [...part.tops] });
      else grow(host, part).tops.push(...part.tops);
    }
    return kept;
  };
  for (const box of fromBelow) {
    if (fits(extents.get(box))) continue;
    // Of a branch that is cut, the box at its top goes alone.
    groups.set(box, joined([{ ...own.get(box), tops: [[box]] }, ...kids(box).flatMap(found)]));
    for (const kid of kids(box)) groups.delete(kid);
  }
  return joined(boxes.filter((box) => !extents.has(box.boss)).flatMap(found))
    .sort((a, b) => a.y0 - b.y0 || a.x0 - b.x0)
    .map(({ x0, y0, tops }) => ({
      rect: { x0, y0, x1: x0 + width, y1: y0 + height },
      boxes: tops.flatMap((top) => (Array.isArray(top) ? top : branch(top, kids))),
    }));
}

function grow(extent, { x0, y0, x1, y1 }) {
  extent.x0 = Math.min(extent.x0, x0);
  extent.y0 = Math.min(extent.y0, y0);
  extent.x1 = Math.max(extent.x1, x1);
  extent.y1 = Math.max(extent.y1, y1);
  return extent;
}

function branch(top, kids) {
  const found = [top];
  for (let at = 0; at < found.length; at++) for (const kid of kids(found[at])) found.push(kid);
  return found;
}
