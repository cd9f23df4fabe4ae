import { Board } from "./canvas.js";

const boards = new WeakMap();

/** What Streamlit calls when there is a new message, another theme, or the component comes onto a page. */
export default function orgCanvas({ parentElement, data, setTriggerValue }) {
  let board = boards.get(parentElement);
  if (!board) {
    board = new Board(parentElement, (said) => setTriggerValue("said", said));
    boards.set(parentElement, board);
  }
  board.receive(data);
  return () => {
    board.destroy();
    boards.delete(parentElement);
  };
}
