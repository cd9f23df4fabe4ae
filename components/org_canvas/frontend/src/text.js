/** Texts in a limited width: measured once, cut with an ellipsis, remembered. */

const LONGEST = 240; // no box shows more characters; a name of a megabyte must not be measured
const MOST_KEPT = 200_000;
// Line breaks and characters that turn the direction of what follows would spoil the neighbours.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g;

const widths = new Map(); // font -> text -> px
const cuts = new Map(); // font and width -> text -> cut text
let kept = 0;
let ruler;

function makeRuler() {
  const canvas = globalThis.document?.createElement("canvas");
  const measure = canvas?.getContext("2d");
  // Without a browser a character counts as 0.56 em.
  if (!measure) return (text, font) => text.length * 0.56 * Number.parseFloat(/[\d.]+(?=px)/.exec(font)[0]);
  measure.textRendering = "geometricPrecision"; // widths that grow evenly with the zoom
  return (text, font) => {
    if (measure.font !== font) measure.font = font;
    return measure.measureText(text).width;
  };
}

const shelf = (shelves, name) => {
  let found = shelves.get(name);
  if (!found) shelves.set(name, (found = new Map()));
  return found;
};

const forget = () => {
  if (++kept < MOST_KEPT) return;
  kept = 0;
  widths.clear();
  cuts.clear();
};

/** The text on one line, without what nobody sees. */
export function plain(text) {
  return text.slice(0, LONGEST).replace(UNSEEN, " ").trim();
}

/** Width of a text in px of its font. */
export function widthOf(text, font) {
  const measured = shelf(widths, font);
  let width = measured.get(text);
  if (width === undefined) {
    ruler ??= makeRuler();
    width = ruler(text, font);
    measured.set(text, width);
    forget();
  }
  return width;
}

/** The text, cut with an ellipsis so that it is at most so wide; "" where not even one character fits. */
export function fitted(text, font, width) {
  if (!text) return "";
  const known = shelf(cuts, `${font}|${width}`);
  let cut = known.get(text);
  if (cut === undefined) {
    cut = shortened(plain(text), font, width);
    known.set(text, cut);
    forget();
  }
  return cut;
}

function shortened(text, font, width) {
  ruler ??= makeRuler();
  if (ruler(text, font) <= width) return text;
  const characters = [...text];
  let [low, high] = [0, characters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (ruler(`${characters.slice(0, middle).join("").trimEnd()}…`, font) <= width) low = middle;
    else high = middle - 1;
  }
  return low ? `${characters.slice(0, low).join("").trimEnd()}…` : "";
}

/** A text on at most two lines, broken between words; the second is cut. */
export function twoLines(text, font, width) {
  const whole = fitted(text, font, width);
  const words = plain(text).split(" ");
  if (!whole.endsWith("…") || words.length < 2) return [whole];
  let first = words[0];
  let used = 1;
  while (used < words.length && widthOf(`${first} ${words[used]}`, font) <= width) {
    first += ` ${words[used++]}`;
  }
  return [fitted(first, font, width), fitted(words.slice(used).join(" "), font, width)];
}
