import { reveal, whisper } from "./acts.js";
import { el } from "./dom.js";
import { label } from "./model.js";
import { fromOutline, nameAndTitle } from "./outline.js";

const CARD = { w: 168, h: 64 };
const LONGEST = 200; // characters of a name

/**
 * The name field right over a box: renames it, or adds people as fast as one types an outline.
 *
 * Somebody new is only there once there is a name: until then the field stands where the box would.
 */
export function addEditor(board) {
  let greeted = null; // the document whose only box was offered for naming, or that has more
  let isGreeted = true;
  let open = null; // {node} being renamed or {boss, last} where somebody is added; box: where the field stands
  const input = el("input", {
    class: "name",
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    keydown: (event) => onKey(event),
    blur: () => open && commit(),
    paste: (event) => onPaste(event),
    input: () => {
      if (input.value.length <= LONGEST) return;
      input.value = input.value.slice(0, LONGEST);
      board.say(`A name has at most ${LONGEST} characters; the rest is left out.`, { error: true });
    },
  });
  const hint = el("div", { class: "hint", "aria-hidden": "true" });
  const field = el("div", { class: "editor", hidden: true }, input, hint);
  board.overlay.append(field);

  const place = () => {
    if (!open) return;
    const box = open.node ?? open.box;
    const { k } = board.camera;
    const at = board.screen(box.x, box.y);
    const width = Math.max(180, box.w * k);
    const height = Math.max(32, Math.min(box.h * k, 56));
    input.style.height = `${height}px`;
    field.style.width = `${width}px`;
    field.style.left = `${Math.max(0, Math.min(at.x, board.size.width - width))}px`;
    field.style.top = `${Math.max(0, Math.min(at.y, board.size.height - field.offsetHeight))}px`;
    input.style.fontSize = `${Math.max(14, Math.min(13 * k, 22))}px`;
  };

  const show = (state, text, name) => {
    open = state;
    input.value = text;
    input.setAttribute("aria-label", name);
    input.placeholder = state.node ? "" : "Name, or: Name, Title";
    hint.textContent = state.node
      ? "Enter keeps it, Tab adds a report"
      : "Enter: next one · Tab: below · Shift+Tab: one level up · Escape: done";
    field.hidden = false;
    board.parts.beside?.hide();
    place();
    // The foot of the drawing may be below that of the window.
    field.scrollIntoView({ block: "nearest" });
    input.focus({ preventScroll: true });
    input.select();
  };

  const add = (boss, last = null) => {
    if (boss && board.view.collapsed.has(boss.id)) board.toggle(boss.id);
    const box = board.model.size ? board.layout.placeFor(boss) : { x: 0, y: 0, ...CARD };
    const around = boss?.shown ? [boss, box] : [box];
    board.camera.include({
      x0: Math.min(...around.map(({ x }) => x)),
      y0: Math.min(...around.map(({ y }) => y)),
      x1: Math.max(...around.map(({ x, w }) => x + w)),
      y1: Math.max(...around.map(({ y, h }) => y + h)) + 48 / board.camera.k,
    });
    show(
      { boss, last, box },
      "",
      boss ? `Name of a new report of ${label(boss)}` : "Name of a new box at the top",
    );
  };

  const close = () => {
    open = null;
    field.hidden = true;
  };

  /** Write what was typed; returns the box it belongs to, null when there is none. */
  const commit = () => {
    const { node, boss } = open;
    const text = input.value.trim();
    close();
    if (node) {
      if (!text && node.name) board.say(`${label(node)} keeps its name: the field was empty.`);
      if (text !== node.name && text) board.do({ do: "edit", nodes: [node.id], column: "name", value: text });
      return node;
    }
    if (!text) return null;
    const id = board.model.freshId();
    const fresh = { id, manager: boss?.id ?? "", ...nameAndTitle(text) };
    if (board.do({ do: "add", nodes: [fresh] })) return null;
    board.select([id], id);
    whisper(board, `${fresh.name} added${boss ? ` under ${label(boss)}` : ""}.`);
    return board.model.get(id);
  };

  const end = () => {
    close();
    board.parts.tree.focus();
  };

  const onKey = (event) => {
    if (event.isComposing || !open) return;
    const { node, boss, last } = open;
    if (event.key === "Escape") {
      // A new name is kept: what is too much can be undone, what is lost cannot.
      const added = node ? null : commit();
      if (node && input.value.trim() !== node.name) board.say(`${label(node)} keeps its name.`);
      end();
      if (added) board.say(`${label(added)} added. Undo takes it back.`);
    } else if (event.key === "Enter") {
      const done = commit();
      if (!node && done) add(boss, done);
      else {
        board.parts.tree.focus();
        if (done) reveal(board, done);
      }
    } else if (event.key === "Tab" && !event.shiftKey) {
      // Without a name yet the line is indented, as in an outline.
      const isIndent = !node && !input.value.trim();
      const done = isIndent ? last : commit();
      if (done && done.boss === (node ? node.boss : boss)) add(done);
      else if (isIndent) show(open, "", input.getAttribute("aria-label"));
      else board.parts.tree.focus();
    } else if (event.key === "Tab") {
      const done = commit();
      const up = node ? node.boss : boss;
      if (up) add(up.boss, up);
      else end(done);
    } else return;
    event.preventDefault();
  };

  /** Several lines are an outline: everybody in it is added at once. */
  const onPaste = (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (open.node || !/\n\s*\S/.test(text)) return;
    event.preventDefault();
    const { boss } = open;
    const nodes = fromOutline(text, boss?.id ?? "", (id) => board.model.get(id) !== undefined);
    close();
    if (nodes.length && !board.do({ do: "add", nodes })) {
      board.select([nodes[0].id], nodes[0].id);
      board.say(`${nodes.length} boxes added.`);
    }
    board.parts.tree.focus();
  };

  return {
    add,
    get isOpen() {
      return Boolean(open);
    },
    /** In a new chart of one box its name comes first: the keyboard has arrived. */
    greet() {
      if (isGreeted || board.model.size !== 1 || !board.host.isConnected) return;
      isGreeted = true;
      this.rename(board.model.roots[0]);
    },
    rename(node) {
      if (!node) return;
      reveal(board, node);
      show({ node }, node.name, `Name of ${label(node)}`);
    },
    /** Leave the field, keeping what is typed. */
    close() {
      if (open) commit();
    },
    moved: place,
    update() {
      if (greeted !== board.exchange.document) {
        greeted = board.exchange.document;
        isGreeted = board.model.size !== 1 || board.exchange.revision > 0;
        // Who has just begun a chart has the keyboard nowhere: what began it is gone.
        setTimeout(() => document.activeElement === document.body && this.greet(), 400);
      }
      const gone = open?.node ?? open?.boss;
      if (gone && board.model.get(gone.id) !== gone) {
        if (open.node && board.model.get(gone.id)) open.node = board.model.get(gone.id);
        else if (open.boss && board.model.get(gone.id)) open.boss = board.model.get(gone.id);
        else close();
      }
    },
    destroy() {
      open = null;
      field.remove();
    },
  };
}
