import { whisper } from "./acts.js";
import { el } from "./dom.js";
import { label } from "./model.js";

const LISTED = 8;
const MARKED = 200; // hits that are marked on the canvas
const PAUSE = 120; // ms without a key until a large chart is searched
let number = 0;

/** Where a box is: its title, unit and boss, for a list of hits. */
export function whereabouts(node) {
  return [node.title !== label(node) && node.title, node.unit, node.boss && `under ${label(node.boss)}`]
    .filter(Boolean)
    .join(", ");
}

/**
 * A field that finds boxes: a combobox with a list of hits.
 *
 * `choose(node)` and, while typing, `found(nodes)` are told; where `through`, Enter goes on to the next hit.
 */
export function finder(
  board,
  { name, placeholder, choose, found = () => {}, leave = () => {}, through = () => false },
) {
  const id = `org-canvas-hits-${++number}`;
  let hits = [];
  let here = 0;
  let isThrough = false; // going from hit to hit
  let waiting;
  const count = el("span", { class: "count", "aria-hidden": "true" });
  const list = el("div", { role: "listbox", id, class: "hits", "aria-label": "Hits", hidden: true });
  const input = el("input", {
    type: "search",
    role: "combobox",
    "aria-label": name,
    placeholder,
    "aria-expanded": "false",
    "aria-controls": id,
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
    input: () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, board.model.size > 3000 ? PAUSE : 0);
    },
    blur: () => setTimeout(() => (list.hidden = true), 150),
    keydown: (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!hits.length) return;
        isThrough = false;
        const most = Math.min(LISTED, hits.length);
        here = (here + (event.key === "ArrowDown" ? 1 : most - 1)) % most;
        draw();
      } else if (event.key === "Enter") {
        const step = event.shiftKey ? hits.length - 1 : 1;
        if (isThrough) here = (here + step) % hits.length;
        else look();
        if (hits[here]) pick(hits[here], through(hits));
      } else if (event.key === "Escape") {
        clear();
        leave();
      } else return;
      event.preventDefault();
    },
  });

  const look = () => {
    clearTimeout(waiting);
    const words = input.value.trim();
    const before = hits[here];
    isThrough = false;
    hits = words ? board.model.search(words, MARKED) : [];
    here = Math.max(0, hits.slice(0, LISTED).indexOf(before));
    found(hits, words);
    draw();
  };

  const draw = () => {
    const words = input.value.trim();
    list.replaceChildren(
      ...hits.slice(0, LISTED).map((node, place) =>
        el(
          "div",
          {
            role: "option",
            id: `${id}-${place}`,
            "aria-selected": String(place === here),
            pointerdown: (event) => {
              event.preventDefault();
              pick(node);
            },
          },
          el("strong", {}, label(node)),
          el("span", {}, whereabouts(node)),
        ),
      ),
      words && !hits.length
        ? el(
            "div",
            { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" },
            "Nothing is called that.",
          )
        : "",
      hits.length > LISTED
        ? el(
            "div",
            { class: "none", "aria-hidden": "true" },
            `${hits.length - LISTED}${hits.length === MARKED ? " or more" : ""} further hits are marked; Enter goes from one to the next`,
          )
        : "",
    );
    list.hidden = !words;
    tell();
    input.setAttribute("aria-expanded", String(Boolean(words)));
    if (hits.length) input.setAttribute("aria-activedescendant", `${id}-${here}`);
    else input.removeAttribute("aria-activedescendant");
  };

  const tell = () => {
    const all = `${hits.length}${hits.length === MARKED ? "+" : ""}`;
    count.textContent = !hits.length ? "" : isThrough ? `${here + 1} of ${all}` : all;
    return count.textContent;
  };

  const pick = (node, goesOn = false) => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    isThrough = goesOn;
    tell();
    choose(node, goesOn);
  };

  const clear = () => {
    input.value = "";
    look();
  };

  return { element: el("div", { class: "finder" }, input, count, list), input, clear, tell };
}

/** The search field above the chart: hits are marked, Enter goes to one. */
export function addSearch(board) {
  const field = finder(board, {
    name: "Search the chart",
    placeholder: "Search",
    found: (nodes, words) => {
      board.change({ hits: new Set(nodes.map((node) => node.id)) });
      if (words) whisper(board, nodes.length === 1 ? "1 hit" : `${nodes.length || "No"} hits`);
    },
    // Who carries a box looks for one place; else there may be more to see.
    through: (hits) => hits.length > 1 && !board.ghost,
    choose: (node, goesOn) => {
      board.goTo(node.id, { select: !board.ghost });
      if (board.ghost) board.select([...board.view.selected], node.id);
      if (goesOn) whisper(board, `${field.tell()}: ${label(node)}, ${whereabouts(node)}`);
      else board.parts.tree.focus();
    },
    leave: () => board.parts.tree.focus(),
  });
  field.element.classList.add("search");
  board.head.append(field.element);
  return {
    element: field.element,
    clear: field.clear,
    focus() {
      field.input.focus();
      field.input.select();
    },
    destroy() {
      field.element.remove();
    },
  };
}
