/** Questions inside the drawing, as modal dialogs: what each is, is loaded after a while. */
export function addDialogs(board) {
  const later =
    (name) =>
    async (...told) =>
      (await board.parts.details.later())[name](board, ...told);
  return {
    ask: later("ask"),
    askDelete: later("askDelete"),
    askLine: later("askLine"),
    help: later("help"),
    destroy() {
      for (const dialog of board.root.querySelectorAll("dialog")) dialog.remove();
    },
  };
}
