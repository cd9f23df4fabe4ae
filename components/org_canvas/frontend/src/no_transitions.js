// Stands in for d3-transition and d3-interpolate, of which d3-zoom needs these names only: the camera glides by
// itself, and without them the bundle is a quarter smaller (see build.js).
import { selection } from "d3-selection";

selection.prototype.interrupt = function () {
  return this;
};

export function interrupt() {}

export function interpolateZoom() {
  throw new Error("the camera glides by itself");
}
