import { act, chosen, whisper } from "./acts.js";
import { detail } from "./cards.js";
import { el } from "./dom.js";
import * as marks from "./marks.js";
import { topsOf } from "./model.js";
import { drop, ghost } from "./moving.js";

const STILL = 4; // px a pointer may move and still click
const LONG = 500; // ms
const REST = 600; // ms over a box until it is told what is in it
const EDGE = 36; // px at the border in which the view goes along while dragging
const AROUND = 6; // px beside the handle for lines that belong to it
const FINGER = 12; // px around a finger: what is touched is 24 px wide at least
const TWICE = 350; // ms

/** The box nearest to a point, at most `reach` away. */
export function nearest(layout, { x, y }, reach) {
  const under = layout.at(x, y);
  if (under || !reach) return under;
  let found = null;
  let least = reach;
  for (const node of layout.within({ x0: x - reach, y0: y - reach, x1: x + reach, y1: y + reach })) {
    const dx = Math.max(node.x - x, 0, x - node.x - node.w);
    const dy = Math.max(node.y - y, 0, y - node.y - node.h);
    const away = Math.hypot(dx, dy);
    if (away <= least) [found, least] = [node, away];
  }
  return found;
}

/** How far the view goes along while something is dragged near its border. */
export function pull({ x, y }, { width, height }) {
  const along = (at, end) => (at < EDGE ? EDGE - at : at > end - EDGE ? end - EDGE - at : 0) / 3;
  return { dx: along(x, width), dy: along(y, height) };
}

/** Mouse, pen and finger on the chart. */
export function addPointer(board) {
  const { canvas, overlay } = board;
  let press = null; // what is being pressed: {id, at, node, mark, isTouch, isLong}
  let drag = null; // "move" | "line" | "band"
  let last = null; // where the pointer was last, for the view that goes along
  let rest, holding, pulling;
  let wasLong = false; // the press that has just ended: a browser makes a click of it that nobody meant
  let isTold = false; // where a box may be dropped: once is enough
  let clicked = { at: 0, node: null };
  const band = el("div", { class: "band", hidden: true });
  overlay.append(band);

  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const point = (event) => event.touches?.[0] ?? event;

  /** The mark of a box at a point, or the handle for lines a little beside: who begins there means no move. */
  const markOf = (node, { x, y }, scale, r) => {
    const found = marks.markAt(node, x, y, scale);
    if (found || !r) return found;
    const beside = [-r, 0, r].flatMap((dx) => [-r, 0, r].map((dy) => [x + dx, y + dy]));
    return beside.some(([bx, by]) => marks.markAt(node, bx, by, scale) === "handle") ? "handle" : null;
  };

  /** What is below the pointer: a box, and which part of it. */
  const hit = (event, isTouch = false) => {
    const at = board.world(event);
    const scale = board.camera.k;
    const reach = FINGER / scale;
    // Marks stick out of their box, so those nearby are asked too; the box below the pointer comes first.
    const under = board.layout.at(at.x, at.y);
    const near = { x0: at.x - reach, y0: at.y - reach, x1: at.x + reach, y1: at.y + reach };
    for (const node of new Set([under, board.hovered, ...board.layout.within(near)])) {
      if (!node?.shown) continue;
      const mark = markOf(node, at, scale, under && under !== node ? 0 : AROUND / scale);
      const { selected, focus, collapsed } = board.view;
      const isLively = node === board.hovered || selected.has(node.id) || focus === node.id;
      if (mark && (isLively || (mark === "collapse" && collapsed.has(node.id)))) return { node, mark };
    }
    return { node: under ?? nearest(board.layout, at, isTouch ? reach : 0), mark: null };
  };

  // What cannot be read is not dragged by accident: the ground is moved instead.
  const isDraggable = ({ node, mark }) =>
    Boolean(node) &&
    (mark !== null || detail(node.form, board.camera.k) !== "bar" || board.view.selected.has(node.id));

  /** What is said of the marks below the pointer: routes, arbiter, frames. */
  const explained = (event) => {
    const { x, y } = board.world(event);
    return marks.explain?.(board, x, y, board.camera.k);
  };

  const begin = (kind) => {
    drag = kind;
    board.parts.beside?.hide();
    if (kind === "move") {
      if (!board.view.selected.has(press.node.id)) board.select([press.node.id], press.node.id);
      press.nodes = topsOf(chosen(board));
      if (press.nodes.some((node) => board.isUnit(node))) board.parts.beside?.ask();
    }
    try {
      canvas.setPointerCapture(press.id);
    } catch {
      // The pointer is gone already: its end comes as well.
    }
    canvas.classList.add("dragging");
    pulling = requestAnimationFrame(goAlong);
  };

  const follow = (event) => {
    last = event;
    const at = board.world(event);
    if (drag === "band") {
      const [a, b] = [place(press.event), place(event)];
      band.hidden = false;
      Object.assign(band.style, {
        left: `${Math.min(a.x, b.x)}px`,
        top: `${Math.min(a.y, b.y)}px`,
        width: `${Math.abs(a.x - b.x)}px`,
        height: `${Math.abs(a.y - b.y)}px`,
      });
      return;
    }
    const over = nearest(board.layout, at, press.isTouch ? FINGER / board.camera.k : 0);
    board.ghost =
      drag === "line" ? board.parts.lines.ghost(press.node, over, at) : ghost(board, press.nodes, over, at);
    canvas.classList.toggle("forbidden", Boolean(board.ghost.why));
    board.parts.beside?.follow(event);
    board.paint();
  };

  const goAlong = () => {
    if (!drag) return;
    if (last && drag !== "band") {
      const { dx, dy } = pull(place(last), board.size);
      if (dx || dy) {
        board.camera.panBy(dx, dy);
        follow(last);
      }
    }
    pulling = requestAnimationFrame(goAlong);
  };

  const end = () => {
    clearTimeout(holding);
    cancelAnimationFrame(pulling);
    if (drag) {
      board.ghost = null;
      band.hidden = true;
      canvas.classList.remove("dragging", "forbidden");
      board.parts.beside?.hide();
      board.paint();
    }
    press = drag = last = null;
  };

  const land = (event) => {
    const over = board.ghost;
    const held = press;
    const kind = drag;
    end();
    if (kind === "band") return void frame(held, event);
    if (kind === "line") {
      if (over?.why) board.say(over.why, { error: true });
      else if (over?.target) board.parts.lines.ask(held.node, over.target);
    } else if (over?.target) drop(board, over);
    else if (!isTold && !held.nodes.includes(nearest(board.layout, board.world(event), 0))) {
      isTold = true;
      board.say("Nothing is changed: drop it on the box of the new boss.");
    }
  };

  /** Select what is inside the rubber band. */
  const frame = (held, event) => {
    const [a, b] = [board.world(held.event), board.world(event)];
    const rect = {
      x0: Math.min(a.x, b.x),
      y0: Math.min(a.y, b.y),
      x1: Math.max(a.x, b.x),
      y1: Math.max(a.y, b.y),
    };
    const ids = board.layout.within(rect).map((node) => node.id);
    const kept = held.event.ctrlKey || held.event.metaKey ? board.view.selected : [];
    board.select([...kept, ...ids], ids[0] ?? board.view.focus);
    whisper(board, `${ids.length} selected.`);
  };

  const click = (event, { node, mark, isTouch }) => {
    if (mark === "collapse") return void board.toggle(node.id);
    const { selected } = board.view;
    if (!node)
      return void (event.shiftKey || event.ctrlKey || event.metaKey || board.select([], board.view.focus));
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      const ids = selected.has(node.id)
        ? [...selected].filter((id) => id !== node.id)
        : [...selected, node.id];
      return void board.select(ids, node.id);
    }
    const now = performance.now();
    const isSecond = now - clicked.at < TWICE && clicked.node === node.id;
    clicked = { at: isSecond ? 0 : now, node: node.id };
    board.select([node.id], node.id);
    if (isSecond) act(board, "rename");
    else if (isTouch) board.parts.beside?.tell(node, event, explained(event));
  };

  const onDown = (event) => {
    board.parts.beside?.hide();
    if (press) {
      // A second finger: this is a pinch.
      if (event.pointerType === "touch") end();
      return;
    }
    if (event.button) return;
    wasLong = false;
    board.parts.editor?.close();
    board.parts.tree.focus();
    const isTouch = event.pointerType === "touch";
    press = { id: event.pointerId, event, isTouch, ...hit(event, isTouch) };
    if (isTouch && press.node && !press.mark) {
      holding = setTimeout(() => {
        if (!press || drag) return;
        press.isLong = true;
        navigator.vibrate?.(20);
        board.select(
          board.view.selected.has(press.node.id) ? [...board.view.selected] : [press.node.id],
          press.node.id,
        );
      }, LONG);
    }
  };

  const onMove = (event) => {
    if (!press) return void (event.pointerType === "touch" || hover(event));
    if (event.pointerId !== press.id) return;
    if (drag) return void follow(event);
    const away = Math.hypot(event.clientX - press.event.clientX, event.clientY - press.event.clientY);
    if (away < (press.isTouch && !press.isLong ? 2 * STILL : STILL)) return;
    clearTimeout(holding);
    press.isMoved = true;
    if (press.mark === "handle") begin("line");
    else if (press.mark) return;
    else if (press.node && (press.isTouch ? press.isLong : isDraggable(press) && !press.event.shiftKey))
      begin("move");
    else if (press.event.shiftKey && !press.isTouch) begin("band");
    else press.isGround = true;
    if (drag) follow(event);
  };

  const onUp = (event) => {
    if (!press || event.pointerId !== press.id) return;
    wasLong = Boolean(press.isLong);
    if (drag) return void land(event);
    const held = press;
    end();
    // After this event: its end would close at once what it opened.
    if (held.isLong) setTimeout(() => board.parts.menu.open(held.node, event));
    else if (!held.isMoved) click(event, held);
  };

  const hover = (event) => {
    const { node, mark } = hit(event);
    canvas.classList.toggle("over", Boolean(node));
    canvas.classList.toggle("pointing", mark === "collapse");
    canvas.classList.toggle("drawing", mark === "handle");
    clearTimeout(rest);
    rest = setTimeout(() => {
      if (press || board.hovered !== node || board.parts.editor.isOpen) return;
      const words = explained(event);
      if (mark === "handle") board.parts.beside?.tell(null, event, "Drag to another box: a further line");
      else if (words || (node && !mark)) board.parts.beside?.tell(words ? null : node, event, words);
    }, REST);
    // What is said of a mark ends with it; what is said of a box stays as long as the pointer is on it.
    if (node === board.hovered && node && !board.parts.beside?.isNote) return;
    board.parts.beside?.hide();
    if (node === board.hovered) return;
    board.hovered = node;
    if (node && board.isUnit(node)) board.parts.beside?.ask();
    board.paint();
  };

  const onLeave = () => {
    clearTimeout(rest);
    if (drag) return;
    board.parts.beside?.hide();
    if (!board.hovered) return;
    board.hovered = null;
    board.paint();
  };

  const onMenu = (event) => {
    event.preventDefault();
    if (press?.isTouch || drag) return; // the long press does it by itself
    const { node } = hit(event);
    if (node && !board.view.selected.has(node.id)) board.select([node.id], node.id);
    board.parts.menu.open(node, event);
  };

  const onEscape = (event) => {
    if (event.key !== "Escape" || !drag) return;
    event.stopPropagation();
    event.preventDefault();
    end();
    board.say("Put back; nothing is changed.");
  };

  // d3-zoom listens to touches on the canvas: while a finger drags a box they must not move the ground too.
  const onTouch = (event) => {
    if (!drag && !press?.isLong) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onTouchEnd = (event) => wasLong && event.preventDefault();

  // The keyboard stays with the chart: the canvas must not take it away.
  const onMouse = (event) => event.preventDefault();

  const listening = [
    [canvas, "mousedown", onMouse],
    [canvas, "pointerdown", onDown],
    [canvas, "pointermove", onMove],
    [canvas, "pointerup", onUp],
    [canvas, "pointercancel", end],
    [canvas, "pointerleave", onLeave],
    [canvas, "contextmenu", onMenu],
    [window, "keydown", onEscape, true],
    [board.stage, "touchmove", onTouch, { capture: true, passive: false }],
    [board.stage, "touchend", onTouchEnd, { capture: true, passive: false }],
  ];
  for (const [target, type, heard, how] of listening) target.addEventListener(type, heard, how);

  return {
    /** Whether an event is about a box and not about the ground, which d3-zoom moves. */
    takes(event) {
      if (event.type === "wheel") return false;
      if (event.shiftKey) return true;
      const isTouch = event.type.startsWith("touch");
      const found = hit(point(event), isTouch);
      return isTouch ? found.mark !== null : isDraggable(found);
    },
    destroy() {
      end();
      clearTimeout(rest);
      band.remove();
      for (const [target, type, heard, how] of listening) target.removeEventListener(type, heard, how);
    },
  };
}
