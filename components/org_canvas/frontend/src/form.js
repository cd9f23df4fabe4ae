import { act, chosen, remove } from "./acts.js";
import { common } from "./details.js";
import { el } from "./dom.js";
import { linesOf, titleOf } from "./lines.js";
import { label, topsOf } from "./model.js";
import { drop, ghost, named } from "./moving.js";
import { finder } from "./search.js";

const FIELDS = {
  name: "Name",
  title: "Title",
  unit: "Unit",
  function: "Function",
  headcount: "People in this box",
  location: "Location",
  status: "Status",
};

const LONGEST = 200; // characters of a field

/** The form with everything about a box, or what several boxes have in common. */
export function addForm(board) {
  let isOpen = false;
  let isDrawing = false; // a field that is taken off the page tells of a change, half typed as it may be
  let waiting;
  let seen = null; // where the view was before the panel lay on it
  let shown = ""; // ids whose form stands there: it is not built anew while somebody types in it
  const panel = el("section", {
    class: "details",
    "aria-label": "Details",
    hidden: true,
    keydown: (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      close();
    },
  });
  board.overlay.append(panel);
  const statuses = el("datalist", { id: "org-canvas-statuses" });

  const close = () => {
    isOpen = false;
    const { x, y, k } = board.camera;
    // Where the view was moved for the panel only, it goes back.
    if (seen && x === seen.after.x && y === seen.after.y && k === seen.k)
      board.camera.look(seen.x, seen.y, k);
    seen = null;
    shown = "";
    panel.hidden = true;
    board.parts.tree.focus();
  };

  const write = (column, input) => {
    if (isDrawing) return;
    const nodes = chosen(board);
    const value = column === "headcount" ? Number(input.value) : input.value.trim();
    if (!nodes.length || (input.value === "" && common(nodes, column) === null)) return;
    if (nodes.every((node) => node[column] === value)) return;
    const refused = board.do({ do: "edit", nodes: nodes.map((node) => node.id), column, value });
    input.setAttribute("aria-invalid", String(Boolean(refused)));
    if (refused) input.value = common(nodes, column) ?? "";
    else
      board.say(
        `${FIELDS[column]} of ${named(nodes)}: ${input.selectedOptions?.[0]?.textContent || input.value || "empty"}.`,
      );
  };

  const choices = (nodes) => {
    const { functions } = board.settings;
    const { name, title } = (nodes.length === 1 && !nodes[0].function && functions[nodes[0].code]) || {};
    const found = name && name !== "other" ? ` (${title})` : name ? " (not recognised)" : "";
    return [
      ["", `As the title says${found}`],
      ...functions.filter(({ name }) => name).map(({ name, title }) => [name, title]),
    ];
  };

  const field = (column, nodes) => {
    const value = common(nodes, column);
    const listen = {
      change: (event) => write(column, event.currentTarget),
      "data-column": column,
      "aria-label": FIELDS[column],
    };
    if (column !== "function") {
      const isNumber = column === "headcount";
      const input = el("input", {
        type: isNumber ? "number" : "text",
        min: isNumber ? 0 : null,
        step: isNumber ? "any" : null,
        input: ({ currentTarget }) => {
          if (currentTarget.value.length <= LONGEST) return;
          currentTarget.value = currentTarget.value.slice(0, LONGEST);
          board.say(`${FIELDS[column]}: at most ${LONGEST} characters; the rest is left out.`, {
            error: true,
          });
        },
        value: String(value ?? ""),
        placeholder: value === null ? "different" : "",
        list: column === "status" ? statuses.id : null,
        ...listen,
      });
      input.defaultValue = input.value;
      return el("label", { class: "field" }, FIELDS[column], input);
    }
    const options = choices(nodes);
    if (value === null) options.unshift([null, "different"]);
    const select = el(
      "select",
      listen,
      options.map(([one, text]) =>
        el(
          "option",
          { value: one ?? "", selected: one === value ? "" : null, disabled: one === null ? "" : null },
          text,
        ),
      ),
    );
    return el("label", { class: "field" }, FIELDS[column], select);
  };

  const bossField = (nodes) => {
    const boss = common(nodes, "boss");
    const { element, input } = finder(board, {
      name: "Another boss",
      placeholder: "Search another boss",
      choose: (target) => {
        const moved = topsOf(nodes);
        const ids = nodes.map((node) => node.id);
        if (drop(board, ghost(board, moved, target, target))) board.select(ids, ids[0]);
        input.value = "";
        input.focus();
      },
    });
    const words = boss ? label(boss) : nodes.every((node) => !node.boss) ? "nobody: at the top" : "different";
    return el(
      "div",
      { class: "field" },
      el("span", {}, "Reports to ", el("strong", {}, words)),
      element,
      nodes.some((node) => node.boss) &&
        el(
          "button",
          {
            type: "button",
            class: "small",
            click: () => {
              if (!board.do({ do: "move", nodes: topsOf(nodes).map((node) => node.id), manager: "" }))
                board.say(`${named(nodes)}: at the top now.`);
            },
          },
          "To the top",
        ),
    );
  };

  const lines = (node) => {
    const listed = linesOf(node, (kind) => titleOf(board, kind));
    return el(
      "div",
      { class: "field" },
      el("span", {}, "Further lines"),
      listed.length
        ? el(
            "ul",
            {},
            listed.map((one) =>
              el(
                "li",
                {},
                el("span", {}, one.text),
                el(
                  "button",
                  {
                    type: "button",
                    class: "small",
                    "aria-label": `Change: ${one.text}`,
                    click: () => board.parts.lines.change(one, node),
                  },
                  "Change",
                ),
                el(
                  "button",
                  {
                    type: "button",
                    class: "small",
                    "aria-label": `Take away: ${one.text}`,
                    click: () => board.parts.lines.remove(one),
                  },
                  "Take away",
                ),
              ),
            ),
          )
        : el("p", { class: "quiet" }, "None. Drag the round handle of the box, or press Alt+L."),
    );
  };

  const draw = () => {
    const nodes = chosen(board);
    shown = signature(nodes);
    if (!nodes.length) {
      panel.replaceChildren(
        el("p", {}, "Select a box."),
        el("button", { type: "button", click: close }, "Close"),
      );
      return;
    }
    const [node] = nodes;
    const single = nodes.length === 1;
    statuses.replaceChildren(...(board.settings.statuses ?? []).map((value) => el("option", { value })));
    const columns = Object.keys(FIELDS).filter((column) => single || column !== "name");
    panel.replaceChildren(
      el(
        "header",
        {},
        el("h2", {}, single ? label(node) : `${nodes.length} boxes`),
        el(
          "button",
          { type: "button", class: "close", "aria-label": "Close the details", click: close },
          "×",
        ),
      ),
      ...columns.map((column) => field(column, nodes)),
      statuses,
      bossField(nodes),
      ...(single ? [lines(node)] : []),
      el(
        "div",
        { class: "buttons" },
        single && el("button", { type: "button", click: () => act(board, "report") }, "Add a report"),
        el(
          "button",
          {
            type: "button",
            disabled: nodes.every((one) => board.isUnit(one)) ? "" : null,
            click: () => act(board, "unit"),
          },
          nodes.every((one) => board.isUnit(one)) ? "Is customer service" : "Make this customer service",
        ),
        el("button", { type: "button", class: "danger", click: () => remove(board, nodes) }, "Delete"),
      ),
    );
  };

  /** Everything that the form shows; when it changes the form is built anew. */
  const signature = (nodes) =>
    JSON.stringify(
      nodes
        .slice(0, 200)
        .map((node) => [
          node.id,
          ...Object.keys(FIELDS).map((column) => node[column]),
          node.code,
          node.boss?.id,
          node.boss && label(node.boss),
          board.isUnit(node),
          linesOf(node, String).map(({ text }) => text),
        ])
        .concat(nodes.length),
    );

  const redraw = () => {
    const active = panel.getRootNode().activeElement;
    const hasKeyboard = panel.contains(active);
    const { column } = active?.dataset ?? {};
    const typed = column && active.value !== active.defaultValue ? active.value : null;
    isDrawing = true;
    draw();
    isDrawing = false;
    if (!hasKeyboard) return;
    // The form is made anew: the keyboard stays where it was, and so does what is being typed.
    const again = panel.querySelector(
      column ? `[data-column="${column}"]` : active.role === "combobox" ? "[role=combobox]" : ".close",
    );
    if (typed !== null && again.tagName === "INPUT") again.value = typed;
    again?.focus();
    if (typed === null) again?.select?.();
  };

  // Only when the keyboard has arrived in the next field: the change of one is told before it moves on.
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => isOpen && signature(chosen(board)) !== shown && redraw());
  };

  /** Move the view so that the panel does not lie on the box that it is about. */
  const uncover = () => {
    const [node] = chosen(board);
    if (!node?.shown) return;
    const { x, y, k } = board.camera;
    board.reveal(node);
    const from = board.screen(node.x, node.y);
    const to = board.screen(node.x + node.w, node.y + node.h);
    // In a narrow window it lies at the foot, else at the right.
    const isSheet = panel.offsetLeft < 8;
    const hidden = isSheet ? to.y + 8 - panel.offsetTop : to.x + 8 - panel.offsetLeft;
    const away = -Math.min(hidden, Math.max(0, (isSheet ? from.y : from.x) - 8));
    if (away < 0) board.camera.panBy(isSheet ? 0 : away, isSheet ? away : 0);
    seen = { x, y, k, after: { x: board.camera.x, y: board.camera.y } };
  };

  return {
    open() {
      isOpen = true;
      panel.hidden = false;
      draw();
      uncover();
      panel.querySelector("input, select, button:not(.close)")?.focus();
    },
    close,
    update() {
      if (isOpen) later();
    },
    destroy() {
      panel.remove();
    },
  };
}
