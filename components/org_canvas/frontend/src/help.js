import { ACTS } from "./acts.js";
import { el } from "./dom.js";

const MOUSE = [
  ["Drag a box", "Move it with everybody below"],
  ["Drag its round handle", "Draw a further line"],
  ["Drag the ground; wheel", "Move the view; zoom"],
  ["Double click", "Rename"],
  ["Right click, long press", "All that can be done"],
  ["Ctrl + click", "Select several"],
  ["Shift + drag on the ground", "Select what is inside"],
];
const WALKING = [
  ["Arrow keys", "To the boss, a report, a colleague"],
  ["Home, End", "First, last colleague"],
  ["Letters", "To the name that begins so"],
  ["Shift + arrow", "Select on the way"],
  ["Ctrl + arrow, Space", "Walk on, then select"],
  ["Enter, Ctrl+V", "Drop what is picked up"],
  ["Escape", "Put it back"],
];
const TYPING = [
  ["Enter", "Next colleague"],
  ["Tab", "One level down"],
  ["Shift+Tab", "One level up"],
  ["Escape", "Done; a new name is kept, a changed one is not"],
  ["Paste a list", "Add everybody in it"],
];

const keys = (title, rows) =>
  el(
    "section",
    {},
    el("h3", {}, title),
    el(
      "table",
      { class: "keys" },
      rows.map(([key, text]) => el("tr", {}, el("th", { scope: "row" }, key), el("td", {}, text))),
    ),
  );

/** Tell what can be done, and how. */
export function help(board) {
  const listed = Object.values(ACTS)
    .filter((one) => one.keys)
    .map(({ title, keys: all }) => [all.join(", "), title]);
  return board.parts.dialogs.ask({
    title: "Help: keys and gestures",
    kind: "wide",
    body: [
      el(
        "div",
        { class: "scrolled", tabindex: 0, role: "region", "aria-label": "List of keys and gestures" },
        el(
          "div",
          { class: "columns" },
          keys("Mouse and finger", MOUSE),
          keys("Walking with the keyboard", WALKING),
          keys("Typing names", TYPING),
          keys("Doing", listed),
        ),
      ),
    ],
    buttons: [{ text: "Close", value: null, isMain: true, isFirst: true }],
  });
}
