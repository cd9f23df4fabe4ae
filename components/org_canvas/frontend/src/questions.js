import { el } from "./dom.js";
import { became, named } from "./moving.js";

let number = 0;

/** Ask something; `check()` may refuse the main button with a sentence. Gives the value of the button, null for Escape. */
export function ask(board, { title, body = [], buttons, check, kind = "" }) {
  return new Promise((answer) => {
    const heading = el("h2", { id: `org-canvas-dialog-${++number}` }, title);
    const error = el("p", { class: "why", role: "alert" });
    const dialog = el("dialog", { "aria-labelledby": heading.id, class: kind });
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
    const row = buttons.map(({ text, value, isMain, isDanger, isFirst }) =>
      el(
        "button",
        {
          type: isMain ? "submit" : "button",
          class: isDanger ? "danger" : isMain ? "main" : "",
          autofocus: isFirst ? "" : null,
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
}

/** Ask what becomes of those who report to boxes that are deleted (`left`: to whom they go): "up", "all" or null. */
export function askDelete(board, nodes, left) {
  const below = new Set(nodes);
  for (const node of below) for (const kid of node.kids) below.add(kid);
  return ask(board, {
    title: `Delete ${named(nodes)}?`,
    body: [
      el("p", {}, `Only ${named(nodes)}: ${became(left, "then").slice(2)}.`),
      el("p", {}, `With all below: ${below.size.toLocaleString("en")} boxes in all.`),
    ],
    buttons: [
      { text: `Delete only ${nodes.length > 1 ? "these" : "this box"}`, value: "up", isDanger: true },
      { text: "Delete with all below", value: "all", isDanger: true },
      { text: "Cancel", value: null, isMain: true, isFirst: true },
    ],
  });
}
