import { el } from "./dom.js";
import { label } from "./model.js";
import { directReports, persons } from "./moving.js";

const NEAR = 12; // colleagues on either side and reports that a screen reader can reach without moving on

/** The nodes around the one with the focus: its bosses, its colleagues nearby, its first reports; in reading order. */
export function around(node, roots, collapsed = new Set()) {
  const row = node.boss ? node.boss.kids : roots;
  const place = row.indexOf(node);
  const bosses = [];
  for (let boss = node.boss; boss; boss = boss.boss) bosses.unshift(boss);
  const reports = collapsed.has(node.id) ? [] : node.kids.slice(0, NEAR);
  const listed = [
    ...bosses,
    ...row.slice(Math.max(0, place - NEAR), place + 1),
    ...reports,
    ...row.slice(place + 1, place + 1 + NEAR),
  ];
  return listed.map((one) => {
    const among = one.boss ? one.boss.kids : roots;
    return {
      node: one,
      level: one.depth + 1,
      position: among.indexOf(one) + 1,
      of: among.length,
      expanded: one.kids.length ? !collapsed.has(one.id) : null,
    };
  });
}

/** What a screen reader says of a box. */
export function said(node, isUnit) {
  return [
    label(node),
    node.title !== label(node) && node.title,
    node.unit,
    isUnit && "customer service",
    node.status,
    node.kids.length && `${directReports(node)}, ${persons(node.people)} with all below`,
  ]
    .filter(Boolean)
    .join(", ");
}

/** The chart as a tree for the keyboard and for screen readers; the canvas draws its focus. */
export function addTree(board) {
  const help = el(
    "p",
    { id: "org-canvas-keys", class: "spoken" },
    "Arrow keys walk through the chart; question mark lists all keys.",
  );
  const element = el("div", {
    role: "tree",
    tabindex: 0,
    class: "tree",
    "aria-label": "Org chart",
    "aria-multiselectable": "true",
    "aria-describedby": help.id,
    focus: () => {
      board.stage.classList.toggle("focused", element.matches(":focus-visible"));
      if (board.view && !board.view.focus && board.model.roots[0])
        board.select([...board.view.selected], board.model.roots[0].id);
      board.parts.editor.greet();
    },
    blur: () => board.stage.classList.remove("focused"),
  });
  board.stage.append(element, help);

  let trail = []; // ids of the box with the focus and of its bosses

  const draw = () => {
    // Where the box with the focus is gone, its nearest boss has it.
    if (!board.model.get(board.view.focus))
      board.view.focus = trail.find((id) => board.model.get(id)) ?? null;
    const focus = board.model.get(board.view.focus);
    trail = [];
    for (let node = focus; node; node = node.boss) trail.push(node.id);
    const from = focus ?? board.model.roots[0];
    if (!from) {
      element.replaceChildren(
        el("div", { role: "treeitem", "aria-level": 1 }, "The chart is empty: Enter adds the first box."),
      );
      return;
    }
    let active = null;
    const items = around(from, board.model.roots, board.view.collapsed).map(
      ({ node, level, position, of, expanded }) => {
        const item = el(
          "div",
          {
            role: "treeitem",
            id: `org-canvas-${node.place}`,
            "aria-level": level,
            "aria-posinset": position,
            "aria-setsize": of,
            "aria-expanded": expanded === null ? null : String(expanded),
            "aria-selected": String(board.view.selected.has(node.id)),
          },
          said(node, board.isUnit(node)),
        );
        if (node === focus) active = item.id;
        return item;
      },
    );
    element.replaceChildren(...items);
    if (active) element.setAttribute("aria-activedescendant", active);
    else element.removeAttribute("aria-activedescendant");
  };

  return {
    element,
    focus() {
      element.focus({ preventScroll: true });
    },
    update: draw,
    destroy() {
      element.remove();
      help.remove();
    },
  };
}
