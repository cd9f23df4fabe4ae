import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";

const FARTHEST = 0.002;
const NEAREST = 3;
const MARGIN = 24; // px that stay free around a chart that is fitted
const GLIDE = 250; // ms
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Where the eye is: what part of the chart is on the screen, and how large. */
export class Camera {
  /** `takes(event)` says of an event that it belongs to a box and not to the ground; `moved` is told of moves. */
  constructor(element, { takes, moved }) {
    this.size = { width: 1, height: 1 };
    this.transform = zoomIdentity;
    this.element = select(element);
    this.zoom = zoom()
      .scaleExtent([FARTHEST, NEAREST])
      .clickDistance(4)
      .filter((event) => !event.button && (event.type === "wheel" || !event.ctrlKey) && !takes(event))
      .on("zoom", (event) => {
        this.transform = event.transform;
        moved();
      });
    this.element.call(this.zoom).on("dblclick.zoom", null);
  }

  get x() {
    return this.transform.x;
  }

  get y() {
    return this.transform.y;
  }

  get k() {
    return this.transform.k;
  }

  /** The part of the world that is on the screen. */
  rect() {
    const { x, y, k } = this.transform;
    return { x0: -x / k, y0: -y / k, x1: (this.size.width - x) / k, y1: (this.size.height - y) / k };
  }

  world(x, y) {
    const [wx, wy] = this.transform.invert([x, y]);
    return { x: wx, y: wy };
  }

  screen(x, y) {
    const [sx, sy] = this.transform.apply([x, y]);
    return { x: sx, y: sy };
  }

  /** Look from here, at once or gliding. */
  look(x, y, k, glide = false) {
    const seen = zoomIdentity.translate(x, y).scale(Math.min(NEAREST, Math.max(FARTHEST, k)));
    clearTimeout(this.gliding);
    cancelAnimationFrame(this.frame);
    if (!glide || still()) {
      this.element.call(this.zoom.transform, seen);
      return;
    }
    const from = this.transform;
    const begun = performance.now();
    const step = (now) => {
      const part = Math.min(1, (now - begun) / GLIDE);
      const eased = 1 - (1 - part) ** 3;
      const between = (a, b) => a + (b - a) * eased;
      const scale = from.k * (seen.k / from.k) ** eased;
      // The middle of the screen moves evenly in the world, whatever the scale does.
      const middle = (t) => [(this.size.width / 2 - t.x) / t.k, (this.size.height / 2 - t.y) / t.k];
      const [ax, ay] = middle(from);
      const [bx, by] = middle(seen);
      const [wx, wy] = [between(ax, bx), between(ay, by)];
      const next =
        part < 1
          ? zoomIdentity
              .translate(this.size.width / 2 - wx * scale, this.size.height / 2 - wy * scale)
              .scale(scale)
          : seen;
      this.element.call(this.zoom.transform, next);
      if (part < 1) this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  panBy(dx, dy) {
    this.look(this.x + dx, this.y + dy, this.k);
  }

  zoomBy(factor) {
    const { width, height } = this.size;
    const k = Math.min(NEAREST, Math.max(FARTHEST, this.k * factor));
    const at = this.world(width / 2, height / 2);
    this.look(width / 2 - at.x * k, height / 2 - at.y * k, k, true);
  }

  /** Show this part of the world, as large as it fits but not larger than `most`. */
  fit(bounds, most = 1, glide = false) {
    const { width, height } = this.size;
    const k = Math.min(
      most,
      (width - 2 * MARGIN) / Math.max(1, bounds.x1 - bounds.x0),
      (height - 2 * MARGIN) / Math.max(1, bounds.y1 - bounds.y0),
    );
    const x = width / 2 - (k * (bounds.x0 + bounds.x1)) / 2;
    // What is lower than the screen is wide stands at the top: a chart is read from there.
    const y = Math.min(height / 2 - (k * (bounds.y0 + bounds.y1)) / 2, height / 4 - k * bounds.y0);
    this.look(x, Math.max(y, MARGIN - k * bounds.y0), k, glide);
  }

  /** Do something that may move a box, and let it stay where it was on the screen. */
  keep(node, act) {
    const before = node?.shown ? this.screen(node.x, node.y) : null;
    act();
    if (!before || !node.shown) return;
    const after = this.screen(node.x, node.y);
    this.panBy(before.x - after.x, before.y - after.y);
  }

  /** Move as little as needed, and look from farther away only where needed, so that all this is in sight. */
  include(bounds) {
    const { width, height } = this.size;
    const k = Math.min(
      this.k,
      (width - MARGIN) / (bounds.x1 - bounds.x0),
      (height - MARGIN) / (bounds.y1 - bounds.y0),
    );
    const middle = this.world(width / 2, height / 2);
    const shift = (from, low, high, room) => {
      const half = room / 2 / k;
      return Math.min(Math.max(from, high - half), low + half);
    };
    const x = shift(middle.x, bounds.x0 - 4, bounds.x1 + 4, width);
    const y = shift(middle.y, bounds.y0 - 4, bounds.y1 + 4, height);
    if (k === this.k && x === middle.x && y === middle.y) return;
    this.look(width / 2 - x * k, height / 2 - y * k, k);
  }
}

/** The smallest rectangle around some boxes. */
export function around(boxes) {
  const bounds = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  for (const { x, y, w, h } of boxes) {
    bounds.x0 = Math.min(bounds.x0, x);
    bounds.y0 = Math.min(bounds.y0, y);
    bounds.x1 = Math.max(bounds.x1, x + w);
    bounds.y1 = Math.max(bounds.y1, y + h);
  }
  return bounds;
}
