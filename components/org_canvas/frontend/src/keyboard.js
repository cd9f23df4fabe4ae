import { ACTS, act, chosen, focused, reveal, whisper } from "./acts.js";
import { drop, ghost, named, persons, whoIs } from "./moving.js";
import { label, topsOf } from "./model.js";

const TYPING = 1000; // ms within which letters belong to one word
const BY_KEY = new Map(
  Object.entries(ACTS).flatMap(([name, { keys = [] }]) => keys.map((key) => [key, name])),
);

/** A key as the help writes it: "Ctrl+Shift+Z", "F2", "+", "M". */
export function keyName({ key: written, code, ctrlKey, metaKey, shiftKey, altKey }) {
  // With Alt some keyboards write another letter than the one that stands on the key.
  const key = (altKey && /^Key(.)$/.exec(code)?.[1]) || written;
  const isSign = key.length === 1 && !/[a-z]/i.test(key) && key !== " ";
  const said = key === " " ? "Space" : key.length === 1 ? key.toUpperCase() : key;
  return [(ctrlKey || metaKey) && "Ctrl", altKey && "Alt", shiftKey && !isSign && "Shift", said]
    .filter(Boolean)
    .join("+");
}

/** The act of a key, if any. In the middle of a word that is typed, letters belong to it. */
export function actOf(event, typed = "") {
  if (typed && /^[\p{L}\p{N} ]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey)
    return null;
  return BY_KEY.get(keyName(event)) ?? null;
}

/**
 * Where an arrow key leads: up the boss, down the first report, left and right the colleagues.
 *
 * After the last colleague it goes on with the nearest box of the same level.
 */
export function neighbour(node, key, roots) {
  const row = rowOf(node, roots);
  if (key === "ArrowUp") return node.boss;
  if (key === "ArrowDown") return node.kids[0] ?? null;
  if (key === "Home") return row[0];
  if (key === "End") return row.at(-1);
  const step = key === "ArrowRight" ? 1 : -1;
  return row[row.indexOf(node) + step] ?? cousin(node, step, roots);
}

const rowOf = (node, roots) => (node.boss ? node.boss.kids : roots);

/** The nearest box of the same level that has another boss. */
function cousin(node, step, roots) {
  let above = node.boss;
  for (let level = 1; above; above = above.boss, level += 1) {
    const row = rowOf(above, roots);
    for (let at = row.indexOf(above) + step; at >= 0 && at < row.length; at += step) {
      const found = edge(row[at], level, step);
      if (found) return found;
    }
  }
  return null;
}

/** The first (step 1) or last box that is so many levels below another. */
function edge(node, level, step) {
  if (!level) return node;
  for (const kid of step > 0 ? node.kids : node.kids.toReversed()) {
    const found = edge(kid, level - 1, step);
    if (found) return found;
  }
  return null;
}

/** The next node after `from` whose label begins with what was typed. */
export function startingWith(nodes, typed, from) {
  const words = typed.toLocaleLowerCase();
  const begin = Math.max(0, nodes.indexOf(from)) + (typed.length === 1 ? 1 : 0);
  for (let step = 0; step < nodes.length; step += 1) {
    const node = nodes[(begin + step) % nodes.length];
    if (label(node).toLocaleLowerCase().startsWith(words)) return node;
  }
  return null;
}

/** Everything by keyboard; listens on the tree. */
export function addKeyboard(board) {
  const tree = board.parts.tree.element;
  let typed = "";
  let typedAt = 0;
  let picked = null; // {nodes} being moved, or {from} of a line
  let told = ""; // of what is carried, last

  const go = (node, event) => {
    if (picked || (event.ctrlKey && !event.shiftKey)) board.select([...board.view.selected], node.id);
    else if (event.shiftKey) board.select([...board.view.selected, node.id], node.id);
    else board.select([node.id], node.id);
    reveal(board, node);
  };

  const walk = (event) => {
    const node = focused(board) ?? board.model.roots[0];
    if (!node) return;
    if (!board.view.focus) return void go(node, event);
    if (event.key === "ArrowDown" && board.view.collapsed.has(node.id)) board.toggle(node.id);
    const next = neighbour(node, event.key, board.model.roots);
    if (next) go(next, event);
  };

  const type = (event) => {
    const now = performance.now();
    typed = (now - typedAt < TYPING ? typed : "") + event.key;
    typedAt = now;
    const found = startingWith(board.layout.shown, typed, focused(board));
    if (found) go(found, {});
  };

  const end = () => {
    picked = null;
    board.ghost = null;
    board.parts.beside?.hide();
    board.paint();
  };

  const settle = () => {
    const held = picked;
    const over = board.ghost;
    end();
    if (held.from) {
      if (over?.target) board.parts.lines.ask(held.from, over.target);
    } else if (over?.target && drop(board, over)) {
      board.select(
        held.nodes.map((node) => node.id),
        held.nodes[0].id,
      );
    }
  };

  const show = (isSaid = true) => {
    const target = focused(board);
    const at = target && { x: target.x + target.w * 0.6, y: target.y + target.h + 6 };
    if (!target || !picked) return;
    if (picked.from) board.ghost = board.parts.lines.ghost(picked.from, target, at);
    else board.ghost = ghost(board, picked.nodes, target, at);
    board.parts.beside?.at(target);
    board.paint();
    const { target: over, why } = board.ghost;
    const words =
      over && (why || `Over ${whoIs(over)}. ${board.parts.beside?.words(board.ghost) ?? ""}`.trim());
    // Again only when there is something new, such as numbers that have arrived.
    if (isSaid && words && words !== told) whisper(board, words);
    told = words;
  };

  const onKey = (event) => {
    if (event.isComposing || event.target !== tree) return;
    if (/^(Arrow|Home|End|Esc)/.test(event.key) || performance.now() - typedAt > TYPING) typed = "";
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    let isOurs = true;
    if (/^(Arrow|Home$|End$)/.test(event.key) && !event.altKey && !event.metaKey) walk(event);
    else if (picked && ["Enter", "Ctrl+V"].includes(keyName(event))) settle();
    else if (event.key === "Escape" && picked) {
      end();
      board.say("Put back; nothing is changed.");
    } else if (event.key === "Escape" && board.view.hits.size) board.parts.search.clear();
    else if (event.key === "Escape" && board.view.selected.size) board.select([], board.view.focus);
    else if (event.key === " " && !typed) select();
    else if (
      actOf(event, typed) &&
      !(picked && !["search", "fit", "service", "nearer", "farther", "help"].includes(actOf(event)))
    ) {
      act(board, actOf(event, typed));
    } else if (event.key === "Backspace" && !picked) act(board, "remove");
    else if (isPlain && event.key.length === 1 && !picked) type(event);
    else isOurs = false;
    if (isOurs) event.preventDefault();
  };

  const select = () => {
    const { selected, focus } = board.view;
    // The one box that is selected stays so: somebody who types names does not mean to lose it.
    if (!focus || (selected.has(focus) && selected.size === 1)) return;
    const ids = selected.has(focus) ? [...selected].filter((id) => id !== focus) : [...selected, focus];
    board.select(ids, focus);
    whisper(
      board,
      `${label(focused(board))} ${selected.has(focus) ? "not selected" : "selected"}, ${ids.length} in all.`,
    );
  };

  // The shortcuts of the page around (a letter each) must not hear what is meant for the chart.
  const keep = (event) => event.stopPropagation();
  for (const type of ["keydown", "keyup", "keypress"]) board.host.addEventListener(type, keep);
  tree.addEventListener("keydown", onKey);

  return {
    /** Pick up what is chosen: the arrows then carry it. */
    pick() {
      const nodes = topsOf(chosen(board));
      picked = { nodes };
      if (nodes.some((node) => board.isUnit(node))) board.parts.beside?.ask();
      const below = nodes.reduce((sum, node) => sum + node.people - node.headcount, 0);
      const others = below ? ` with ${persons(below)} below` : "";
      board.parts.tree.focus();
      show(false);
      board.say(
        `Picked up ${named(nodes)}${others}. Go to the new boss with the arrow keys; Enter drops, Escape puts back.`,
      );
    },
    /** Begin a line from the box with the focus. */
    line() {
      picked = { from: focused(board) };
      board.parts.tree.focus();
      show(false);
      board.say(
        `A line from ${label(picked.from)}: go to the other box with the arrow keys, then Enter; Escape ends.`,
      );
    },
    update() {
      if (!picked) return;
      const isGone = (picked.nodes ?? [picked.from]).some((node) => board.model.get(node.id) !== node);
      if (isGone) end();
      else show();
    },
    destroy() {
      for (const type of ["keydown", "keyup", "keypress"]) board.host.removeEventListener(type, keep);
    },
  };
}
