import { label } from "./model.js";
import { named } from "./moving.js";

/** The box that has the focus. */
export function focused(board) {
  return board.model.get(board.view.focus) ?? null;
}

/** The boxes that an act is about: the selection when the focus is in it, else the box with the focus. */
export function chosen(board) {
  const { selected, focus } = board.view;
  if (focus && !selected.has(focus)) return [focused(board)].filter(Boolean);
  return [...selected].map((id) => board.model.get(id)).filter(Boolean);
}

/** Say something to screen readers only: who sees the screen sees it happen. */
export function whisper(board, text) {
  board.spoken.textContent = text;
}

/** Bring a box into sight, moving the view as little as possible. */
export function reveal(board, node) {
  if (!node.shown) board.expandTo(node.id);
  const { x, y, w, h } = node;
  board.camera.include({ x0: x - 12, y0: y - 12, x1: x + w + 12, y1: y + h + 12 });
}

const one = (board) => chosen(board).length === 1;
const any = (board) => chosen(board).length > 0;
const hasReports = (board) => Boolean(focused(board)?.kids.length);

/**
 * What can be done, by whichever way: toolbar, menu, keys and the help all read this.
 *
 * The first of the keys is the one that is shown.
 */
export const ACTS = {
  undo: {
    title: "Undo",
    keys: ["Ctrl+Z"],
    icon: "M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6",
    can: (board) => board.canUndo ?? board.data?.can_undo,
    run: (board) => back(board, "undo", "Undone"),
    more: (board) => board.data?.undo_title,
  },
  redo: {
    title: "Redo",
    keys: ["Ctrl+Y", "Ctrl+Shift+Z"],
    icon: "m15 7 5 5-5 5M20 12H10a6 6 0 0 0-6 6",
    can: (board) => board.canRedo ?? board.data?.can_redo,
    run: (board) => back(board, "redo", "Done again"),
    more: (board) => board.data?.redo_title,
  },
  report: {
    title: "Add a report",
    keys: ["Insert", "Shift+Enter"],
    icon: "M7 3h10v6H7zM12 9v4M12 15v6M9 18h6",
    run: (board) => board.parts.editor.add(focused(board)),
  },
  colleague: {
    title: "Add a colleague",
    keys: ["Enter"],
    run: (board) => board.parts.editor.add(focused(board)?.boss ?? null),
  },
  rename: {
    title: "Rename",
    keys: ["F2"],
    can: any,
    run: (board) => board.parts.editor.rename(focused(board)),
  },
  details: {
    title: "Details",
    keys: ["E", "Alt+Enter"],
    icon: "M4 6h16M4 12h16M4 18h10",
    can: any,
    run: (board) => board.parts.details.open(),
  },
  pick: {
    title: "Pick up and move",
    keys: ["M"],
    can: any,
    run: (board) => board.parts.keyboard.pick(),
  },
  line: {
    title: "Draw a further line",
    keys: ["L"],
    can: one,
    run: (board) => board.parts.keyboard.line(),
  },
  collapse: {
    title: "Collapse or expand",
    keys: ["C"],
    can: hasReports,
    run: (board) => {
      const node = focused(board);
      board.toggle(node.id);
      const below = `${node.below.toLocaleString("en")} below`;
      whisper(
        board,
        `${label(node)} ${board.view.collapsed.has(node.id) ? "collapsed" : "expanded"}, ${below}.`,
      );
    },
  },
  branch: {
    title: "Select the whole branch",
    keys: ["Ctrl+A"],
    can: any,
    run: (board) => {
      const ids = [];
      const walk = (node) => {
        ids.push(node.id);
        node.kids.forEach(walk);
      };
      const top = focused(board);
      if (!top) return;
      walk(top);
      board.select(ids, top.id);
      whisper(board, `${ids.length.toLocaleString("en")} boxes selected.`);
    },
  },
  unit: {
    title: "This is customer service",
    can: any,
    run: (board) => {
      const nodes = chosen(board);
      if (!board.do({ do: "unit", nodes: nodes.map((node) => node.id) })) {
        board.say(`Customer service is now: ${named(nodes)}.`);
      }
    },
  },
  remove: {
    title: "Delete",
    keys: ["Delete"],
    icon: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
    can: any,
    run: (board) => remove(board, chosen(board)),
  },
  fit: {
    title: "Show the whole chart",
    keys: ["0"],
    icon: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
    run: (board) => board.fit(),
  },
  nearer: {
    title: "Zoom in",
    keys: ["+", "="],
    icon: "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15 15l5 5M10 7v6M7 10h6",
    run: (board) => board.zoomBy(1.4),
  },
  farther: {
    title: "Zoom out",
    keys: ["-"],
    icon: "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15 15l5 5M7 10h6",
    run: (board) => board.zoomBy(1 / 1.4),
  },
  search: { title: "Search", keys: ["/", "Ctrl+F"], run: (board) => board.parts.search.focus() },
  help: {
    title: "Help: keys and gestures",
    keys: ["?", "F1"],
    icon: "M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 17v.5M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
    run: (board) => board.parts.dialogs.help(),
  },
};

/** Undo or redo, and say what that was. */
function back(board, direction, words) {
  const title = board.exchange?.pending.length ? "" : board.data[`${direction}_title`];
  board[direction]();
  board.say(title ? `${words}: ${title}` : `${words}.`);
}

/** Do an act by name, unless it cannot be done now. */
export function act(board, name) {
  const { can, run } = ACTS[name];
  if (!can || can(board)) run(board);
}

/** Delete boxes; where somebody reports to them it is asked what becomes of those. */
export async function remove(board, nodes) {
  if (!nodes.length) return;
  const gone = new Set(nodes);
  const orphans = nodes.flatMap((node) => node.kids).filter((kid) => !gone.has(kid));
  const answer = orphans.length ? await board.parts.dialogs.askDelete(nodes, orphans) : "up";
  if (!answer) return;
  const next = nodes[0].boss ?? nodes[0].kids[0] ?? null;
  const words = named(nodes);
  const ids = nodes.map((node) => node.id);
  if (board.do({ do: "remove", nodes: ids, with_all_below: answer === "all" })) return;
  const stays = next && board.model.get(next.id) ? next.id : board.model.roots[0]?.id;
  board.select(stays ? [stays] : [], stays ?? null);
  const others = orphans.length
    ? answer === "all"
      ? ", with all below"
      : `; the reports go up to ${next && !gone.has(next) ? label(next) : "the next manager"}`
    : "";
  board.say(`${words} deleted${others}.`);
}
