import { el } from "./dom.js";
import { label } from "./model.js";
import { persons } from "./moving.js";

const APART = 18; // px between the pointer and the card
const CARRIED = 54; // px below the pointer that what is carried takes up

/** How a score (0 best, 100 worst) compares with today's, in an arrow and a word. */
export function compared(score, today) {
  if (score === null || score === undefined || today === null || today === undefined)
    return { arrow: "", word: "" };
  if (Math.abs(score - today) < 0.5) return { arrow: "=", word: "as today" };
  return score < today ? { arrow: "▼", word: "better" } : { arrow: "▲", word: "worse" };
}

/** The rows of the comparison: what each headline would be if customer service reported to this node. */
export function comparison(headlines, values, node) {
  return headlines.map(({ name, title, text, score }) => {
    const column = values.get(name);
    const there = column ? column.text(node) : "…";
    return {
      title,
      there,
      today: text,
      ...(column ? compared(column.score(node), score) : { arrow: "", word: "" }),
    };
  });
}

/** The small card beside the pointer. */
export function addBeside(board) {
  const card = el("div", { class: "beside", hidden: true, "aria-hidden": "true" });
  board.overlay.append(card);
  let shown = null; // how to draw it again when values arrive

  const headlines = () => board.data?.headlines ?? [];
  const rows = (node) => comparison(headlines(), board.values, node);

  const place = ({ x, y }) => {
    card.hidden = false;
    const { width, height } = board.size;
    const { offsetWidth: w, offsetHeight: h } = card;
    const below = y + (board.ghost ? CARRIED : APART);
    card.style.left = `${Math.max(4, Math.min(x + APART, width - w - 4))}px`;
    card.style.top = `${Math.max(4, below + h > height ? y - APART - h : below)}px`;
  };

  const overlayed = (event) => {
    const box = board.overlay.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const ofGhost = () => {
    const { ghost } = board;
    if (!ghost?.target) return false;
    const parts = [el("strong", {}, label(ghost.target))];
    if (ghost.why) parts.push(el("p", { class: "why" }, ghost.why));
    else if (ghost.line) parts.push(el("p", {}, `A line from ${label(ghost.from)}`));
    else if (ghost.nodes.some((node) => board.isUnit(node))) {
      parts.push(
        el(
          "table",
          {},
          rows(ghost.target).map(({ title, there, today, arrow, word }) =>
            el(
              "tr",
              {},
              el("th", { scope: "row" }, title),
              el("td", { class: "number" }, there),
              el("td", { class: word === "better" || word === "worse" ? word : "" }, `${arrow} ${word}`),
              el("td", { class: "today" }, `today ${today}`),
            ),
          ),
        ),
      );
    } else parts.push(el("p", {}, `${ghost.target.kids.length} direct reports now`));
    card.replaceChildren(...parts);
    return true;
  };

  const show = (at) => {
    shown = at;
    if (ofGhost()) place(at());
    else card.hidden = true;
  };

  return {
    card,
    /** The pointer moved while something is dragged. */
    follow(event) {
      const at = overlayed(event);
      show(() => at);
    },
    /** The keyboard carries something over a box. */
    at(node) {
      show(() => board.screen(node.x + node.w / 2, node.y + node.h / 2));
    },
    /** The pointer rests on a box. */
    tell(node, event) {
      shown = null;
      const facts = [
        node.title && node.title !== label(node) && node.title,
        node.unit,
        node.location,
        persons(node.people) + (node.kids.length ? ` with all below` : ""),
        node.kids.length ? `${node.kids.length} direct report${node.kids.length === 1 ? "" : "s"}` : "",
        node.status,
      ].filter(Boolean);
      card.replaceChildren(el("strong", {}, label(node)), ...facts.map((fact) => el("p", {}, fact)));
      place(overlayed(event));
    },
    /** The same in words, for the live region. */
    words(ghost) {
      if (!ghost.nodes?.some((node) => board.isUnit(node))) return "";
      return rows(ghost.target)
        .map(
          ({ title, there, today, word }) =>
            `${title}: ${there}${word ? `, ${word === "as today" ? word : `${word} than today's ${today}`}` : ""}`,
        )
        .join(". ");
    },
    /** Have the values fetched that are shown when customer service is carried over a box. */
    ask() {
      const missing = headlines()
        .map(({ name }) => name)
        .filter((name) => {
          const column = board.values.get(name);
          return !column || column.survey !== board.data.survey;
        });
      if (missing.length) board.ask({ values: missing });
    },
    hide() {
      shown = null;
      card.hidden = true;
    },
    update() {
      if (shown && board.ghost) show(shown);
    },
    moved() {
      if (shown && board.ghost) show(shown);
    },
    destroy() {
      card.remove();
    },
  };
}
