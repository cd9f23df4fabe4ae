import { ACTS, act } from "./acts.js";
import { el } from "./dom.js";

const OF_A_BOX = [
  "report",
  "colleague",
  "rename",
  "details",
  "pick",
  "line",
  "collapse",
  "branch",
  "unit",
  "remove",
];
const OF_THE_GROUND = ["colleague", "fit", "service", "undo", "redo", "help"];

/** Open a menu at an element or a point; items are {title, note, keys, run, isOff, checked} or null for a line. */
export function openMenu(board, items, at, name) {
  const close = () => menu.isConnected && menu.hidePopover();
  const rows = items.map((item) => {
    if (!item) return el("hr", {});
    const isCheck = item.checked !== undefined;
    return el(
      "button",
      {
        type: "button",
        tabindex: -1,
        role: isCheck ? "menuitemcheckbox" : "menuitem",
        "aria-checked": isCheck ? String(item.checked) : null,
        "aria-disabled": item.isOff ? "true" : null,
        click: (event) => {
          if (item.isOff) return;
          if (isCheck) {
            item.run();
            item.checked = !item.checked;
            event.currentTarget.setAttribute("aria-checked", String(item.checked));
            return;
          }
          close();
          item.run();
        },
      },
      el("span", { class: "mark", "aria-hidden": "true" }),
      el("span", {}, item.title, item.note && el("small", {}, item.note)),
      el("kbd", { "aria-hidden": "true" }, item.keys ?? ""),
    );
  });
  const enabled = rows.filter((row) => row.tagName === "BUTTON");
  const back = at instanceof Element ? at : null;
  const menu = el(
    "div",
    {
      role: "menu",
      class: "menu",
      popover: "auto",
      "aria-label": name,
      keydown: (event) => {
        const here = enabled.indexOf(event.target);
        const to = {
          ArrowDown: here + 1,
          ArrowUp: here - 1 + enabled.length,
          Home: 0,
          End: enabled.length - 1,
        }[event.key];
        if (to !== undefined) enabled[to % enabled.length].focus();
        else if (event.key === "Tab" || event.key === "Escape") close();
        else return;
        event.preventDefault();
      },
      toggle: (event) => {
        if (event.newState !== "closed") return;
        const hadFocus = menu.contains(menu.getRootNode().activeElement) || event.target === menu;
        menu.remove();
        const active = board.host.getRootNode().activeElement;
        if (hadFocus && (!active || active === document.body))
          (back?.isConnected ? back : board.parts.tree.element).focus({ preventScroll: true });
      },
    },
    rows,
  );
  board.root.append(menu);
  menu.showPopover();
  const box = back?.getBoundingClientRect();
  const [x, y] = back ? [box.left, box.bottom + 2] : [at.clientX, at.clientY];
  menu.style.left = `${Math.max(4, Math.min(x, innerWidth - menu.offsetWidth - 4))}px`;
  menu.style.top = `${Math.max(4, Math.min(y, innerHeight - menu.offsetHeight - 4))}px`;
  enabled[0]?.focus({ preventScroll: true });
  return menu;
}

/** An act as an item of a menu. */
export function item(board, name) {
  const { title, keys, can } = ACTS[name];
  return { title, keys: keys?.[0], isOff: Boolean(can && !can(board)), run: () => act(board, name) };
}

/** What can be done with a box or with the ground, at the pointer. */
export function addMenu(board) {
  let menu = null;
  return {
    open(node, at) {
      menu = openMenu(
        board,
        (node ? OF_A_BOX : OF_THE_GROUND).map((name) => item(board, name)),
        at,
        node ? "This box" : "The chart",
      );
    },
    destroy() {
      menu?.remove();
    },
  };
}
