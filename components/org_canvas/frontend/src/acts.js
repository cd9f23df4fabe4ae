import { label } from "./model.js";
import { became, heirs, named } from "./moving.js";

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
  board.reveal(node);
}

function isInSight({ camera }, node) {
  const { x0, y0, x1, y1 } = camera.rect();
  return node?.shown && node.x + node.w > x0 && node.x < x1 && node.y + node.h > y0 && node.y < y1;
}

/** Zoom around what is looked at: the selection, else customer service, if in sight; else around the middle. */
function zoom(board, factor) {
  const { camera } = board;
  const node = [...chosen(board), ...service(board)].find((one) => isInSight(board, one));
  if (!node) return void board.zoomBy(factor);
  const [farthest, nearest] = camera.zoom.scaleExtent();
  const k = Math.min(nearest, Math.max(farthest, camera.k * factor));
  const [x, y] = [node.x + node.w / 2, node.y + node.h / 2];
  const at = board.screen(x, y);
  camera.look(at.x - x * k, at.y - y * k, k, true);
}

const service = (board) => (board.data.unit ?? []).map((id) => board.model.get(id)).filter(Boolean);

/** Go to customer service; where several boxes are, to the next one each time. */
function goToService(board) {
  const nodes = service(board);
  const node = nodes[(nodes.indexOf(focused(board)) + 1) % nodes.length];
  board.goTo(node.id);
  whisper(board, `${label(node)}, customer service${nodes.length > 1 ? `, one of ${nodes.length}` : ""}.`);
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
    word: "Undo",
    run: (board) => back(board, "undo", "Taken back"),
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
    word: "Add",
    icon: "M4 4h12v6H4zM8 10v8h4M18 14v8M14 18h8",
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
    keys: ["Alt+E", "Alt+Enter"],
    icon: "M4 6h16M4 12h16M4 18h10",
    can: any,
    run: (board) => board.parts.details.open(),
  },
  pick: {
    title: "Pick up and move",
    keys: ["Ctrl+X", "Alt+M"],
    can: any,
    run: (board) => board.parts.keyboard.pick(),
  },
  line: {
    title: "Draw a further line",
    keys: ["Alt+L"],
    can: one,
    run: (board) => board.parts.keyboard.line(),
  },
  collapse: {
    title: "Collapse or expand",
    keys: ["Alt+C"],
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
    word: "Whole chart",
    icon: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M10 8h4v3h-4zM12 11v2M8 13h8M7 13v3h2v-3M15 13v3h2v-3",
    run: (board) => board.fit(),
  },
  service: {
    title: "Go to customer service",
    keys: ["Alt+S"],
    icon: "M5 13v-1a7 7 0 0 1 14 0v1M4 13h3v5H4zM17 13h3v5h-3zM19 18c0 2-2 3-5 3",
    can: (board) => service(board).length > 0,
    run: goToService,
  },
  nearer: {
    title: "Zoom in",
    keys: ["+", "="],
    icon: "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15 15l5 5M10 7v6M7 10h6",
    run: (board) => zoom(board, 1.4),
  },
  farther: {
    title: "Zoom out",
    keys: ["-"],
    icon: "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15 15l5 5M7 10h6",
    run: (board) => zoom(board, 1 / 1.4),
  },
  search: { title: "Search", keys: ["/", "Ctrl+F"], run: (board) => board.parts.search.focus() },
  help: {
    title: "Help: keys and gestures",
    keys: ["?", "F1"],
    icon: "M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 17v.5M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
    run: (board) => board.parts.dialogs.help(),
  },
};

/** Undo or redo, and say which step that was. */
function back(board, direction, words) {
  const title = board.exchange?.pending.length ? "" : board.data[`${direction}_title`];
  const { revision } = board.exchange;
  const wasInSight = isInSight(board, focused(board));
  board[direction]();
  // The box that is looked at stays in sight, also where the answer moves it.
  const end = board.onChange(() => {
    if (board.exchange.revision === revision) return;
    end();
    const node = focused(board);
    if (wasInSight && node) board.reveal(node);
  });
  board.say(`${words}: ${title || "the last step"}.`);
}

/** Do an act by name, unless it cannot be done now. */
export function act(board, name) {
  const { can, run } = ACTS[name];
  if (!can || can(board)) run(board);
}

/** Delete boxes; where somebody reports to them it is asked what becomes of those. */
export async function remove(board, nodes) {
  if (!nodes.length) return;
  const left = heirs(nodes);
  const answer = left.size ? await board.parts.dialogs.askDelete(nodes, left) : "up";
  if (!answer) return;
  const next = nodes[0].boss ?? nodes[0].kids[0] ?? null;
  const words = named(nodes);
  const after = answer === "all" ? " with all below" : became(left);
  const ids = nodes.map((node) => node.id);
  if (board.do({ do: "remove", nodes: ids, with_all_below: answer === "all" })) return;
  const stays = next && board.model.get(next.id) ? next.id : board.model.roots[0]?.id;
  board.select(stays ? [stays] : [], stays ?? null);
  board.say(`${words} deleted${after}.`);
}
