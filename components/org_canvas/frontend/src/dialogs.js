import { ACTS } from "./acts.js";
import { el } from "./dom.js";
import { named, persons } from "./moving.js";

const WALKING = [
  ["Arrow up, down", "To the boss; to the first report"],
  [
    "Arrow left, right",
    "To the colleague before; after. Past the last one: to the next box of the same level",
  ],
  ["Home, End", "To the first, the last colleague"],
  ["Shift + arrow", "Select on the way"],
  ["Ctrl + arrow", "Go without selecting"],
  ["Space", "Select or unselect"],
  ["Letters", "To the next name that begins so (C, E, L and M do what is listed here; use / for those)"],
  ["Enter while moving", "Drop; Escape puts back"],
];
const TYPING = [
  ["Enter", "Keep the name and add the next colleague"],
  ["Tab", "Keep the name and add a report below; without a name: one level deeper"],
  ["Shift+Tab", "Keep the name and go on one level up"],
  ["Escape", "End; somebody without a name is not added"],
  ["Paste", "An indented list adds everybody in it"],
];
const MOUSE = [
  ["Drag a box", "Move it with everybody below; Escape puts back"],
  ["Drag the small circle", "Draw a further line to another box"],
  ["Drag the ground, wheel", "Move the view, zoom"],
  ["Shift + drag on the ground", "Select what is inside"],
  ["Ctrl or Shift + click", "Add to the selection"],
  ["Double click", "Rename"],
  ["Right click, or press long", "What can be done with the box; press long and move: drag it"],
];

/** Questions inside the drawing, as modal dialogs. */
export function addDialogs(board) {
  let number = 0;

  /** Ask something; `check()` may refuse the main button with a sentence. Gives the value of the button, null for Escape. */
  const ask = ({ title, body = [], buttons, check }) =>
    new Promise((answer) => {
      const heading = el("h2", { id: `org-canvas-dialog-${++number}` }, title);
      const error = el("p", { class: "why", role: "alert" });
      const dialog = el("dialog", { "aria-labelledby": heading.id });
      const finish = (value) => {
        if (value && check) {
          const refused = check();
          error.textContent = refused;
          if (refused) return;
        }
        dialog.close();
        dialog.remove();
        board.parts.tree.focus();
        answer(value);
      };
      const row = buttons.map(({ text, value, isMain, isDanger }) =>
        el(
          "button",
          {
            type: isMain ? "submit" : "button",
            class: isDanger ? "danger" : isMain ? "main" : "",
            autofocus: isMain && !body.length ? "" : null,
            click: (event) => {
              event.preventDefault();
              finish(value);
            },
          },
          text,
        ),
      );
      dialog.append(
        el(
          "form",
          { submit: (event) => event.preventDefault() },
          heading,
          ...body,
          error,
          el("div", { class: "buttons" }, row),
        ),
      );
      dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        finish(null);
      });
      board.root.append(dialog);
      dialog.showModal();
    });

  const keys = (title, rows) => [
    el("h3", {}, title),
    el(
      "table",
      { class: "keys" },
      rows.map(([key, text]) => el("tr", {}, el("th", { scope: "row" }, key), el("td", {}, text))),
    ),
  ];

  return {
    ask,
    /** Ask what becomes of those who report to boxes that are deleted: "up", "all" or null. */
    askDelete(nodes, orphans) {
      const people = orphans.reduce((sum, node) => sum + node.people, 0);
      return ask({
        title: `Delete ${named(nodes)}?`,
        body: [
          el(
            "p",
            {},
            `${orphans.length === 1 ? "1 box reports" : `${orphans.length} boxes report`} here, ${persons(people)} in all.`,
          ),
        ],
        buttons: [
          { text: "Cancel", value: null },
          { text: "Delete with all below", value: "all", isDanger: true },
          { text: "Delete; the reports go up", value: "up", isMain: true },
        ],
      });
    },
    help() {
      const listed = Object.values(ACTS)
        .filter((one) => one.keys)
        .map(({ title, keys: all }) => [all.join(", "), title]);
      return ask({
        title: "Keys and gestures",
        body: [
          el(
            "div",
            { class: "scrolled", tabindex: 0, role: "region", "aria-label": "List of keys and gestures" },
            ...keys("Mouse and finger", MOUSE),
            ...keys("Walking through the chart", WALKING),
            ...keys("Doing", listed),
            ...keys("While the name field is open", TYPING),
          ),
        ],
        buttons: [{ text: "Close", value: null, isMain: true }],
      });
    },
    destroy() {
      for (const dialog of board.root.querySelectorAll("dialog")) dialog.remove();
    },
  };
}
