import { el } from "./dom.js";

/** The value that all nodes share in a column; null when they differ. */
export function common(nodes, column) {
  const first = nodes[0]?.[column] ?? "";
  return nodes.every((node) => node[column] === first) ? first : null;
}

const PAUSE = 1000; // ms after which what is wanted later is there

/** The panel of details; its form, and the dialogs, are loaded when they are wanted or nothing else is to be done. */
export function addDetails(board) {
  let form = null;
  let loading = null;
  const load = async () => {
    const later = await import("./later.js").catch((error) => {
      loading = null;
      board.say("This part of the drawing could not be loaded. Reload the page.", { error: true });
      throw error;
    });
    board.host.append(el("style", {}, later.style));
    form = later.addForm(board);
    return later;
  };
  const later = () => (loading ??= load());
  const soon = setTimeout(later, PAUSE);
  return {
    later,
    open: () => later().then(() => form.open()),
    close: () => form?.close(),
    update: () => form?.update(),
    destroy() {
      clearTimeout(soon);
      form?.destroy();
    },
  };
}
