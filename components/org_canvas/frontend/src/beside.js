import { el } from "./dom.js";
import { label } from "./model.js";
import { directReports, named, office, persons } from "./moving.js";

const APART = 18; // px between the pointer and the card
const CARRIED = 54; // px below the pointer that what is carried takes up
const LEASH = 90; // px

/** How a score (0 best, 100 worst) compares with that of now, in an arrow and a word. */
export function compared(score, now) {
  if (score === null || score === undefined || now === null || now === undefined)
    return { arrow: "", word: "" };
  if (Math.abs(score - now) < 0.5) return { arrow: "=", word: "as now" };
  return score < now ? { arrow: "▼", word: "better" } : { arrow: "▲", word: "worse" };
}

/** The rows of the comparison: what each headline would be if customer service reported to this node. */
export function comparison(headlines, values, node) {
  return headlines.map(({ name, title, text, score }) => {
    const column = values.get(name);
    const there = column ? column.text(node) : "…";
    return {
      title,
      there,
      now: text,
      ...(column ? compared(column.score(node), score) : { arrow: "", word: "" }),
    };
  });
}

/** The small card beside the pointer. */
export function addBeside(board) {
  const card = el("div", { class: "beside", hidden: true, "aria-hidden": "true" });
  board.overlay.append(card);
  let shown = null; // how to draw it again when values arrive
  let trail = null; // where the pointer comes from
  let isNote = false; // whether it is about a mark

  const headlines = () => board.data?.headlines ?? [];
  const rows = (node) => comparison(headlines(), board.values, node);

  /** Put the card behind the pointer: what lies ahead is what somebody aims at. */
  const place = ({ x, y }) => {
    card.hidden = false;
    const { left, top } = board.overlay.getBoundingClientRect();
    const { width, height } = board.size;
    const { offsetWidth: w, offsetHeight: h } = card;
    const inside = (at, from, to, size) => Math.max(Math.max(0, -from) + 4, Math.min(at, to - size - 4));
    const aim = board.ghost?.target;
    const [first, last] = aim?.shown ? [0, aim.h].map((dy) => board.screen(0, aim.y + dy).y) : [y, y];
    const below = Math.max(y + (board.ghost ? CARRIED : APART), last + 6);
    const [isAhead, isUnder] = [trail && trail.x < x - 8, !trail || trail.y >= y - 8];
    const right = Math.min(width, innerWidth - left);
    const bottom = Math.min(height, innerHeight - top);
    const above = Math.min(y - APART, first - 6) - h;
    const isBelow = (isUnder && below + h < bottom) || above < Math.max(0, -top);
    card.style.left = `${inside(isAhead ? x - APART - w : x + APART, left, right, w)}px`;
    card.style.top = `${inside(isBelow ? below : above, top, bottom, h)}px`;
  };

  /** What trails behind the pointer tells whither it goes. */
  const pull = ({ x, y }) => {
    trail ??= { x, y };
    const [dx, dy] = [x - trail.x, y - trail.y];
    const away = Math.hypot(dx, dy);
    if (away > LEASH) trail = { x: x - (dx * LEASH) / away, y: y - (dy * LEASH) / away };
  };

  const overlayed = (event) => {
    const box = board.overlay.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const heading = (node) => {
    const where = office(node);
    return el("div", {}, el("strong", {}, label(node)), where && `, ${where}`);
  };

  const ofGhost = () => {
    const { ghost } = board;
    if (!ghost?.target) return false;
    const { target, from, nodes, why, stays } = ghost;
    const parts = [heading(target)];
    if (why) parts.push(el("p", { class: "why" }, why));
    else if (ghost.line) parts.push(el("p", {}, `A line from ${label(from)}`));
    else {
      parts.push(
        el("p", {}, stays ? `The boss now: nothing changes` : `New boss of ${named(nodes)}`),
        nodes.some((node) => board.isUnit(node))
          ? el("table", {}, rows(target).map(row))
          : el("p", {}, `${directReports(target)} now`),
      );
    }
    card.replaceChildren(...parts);
    return true;
  };

  const row = ({ title, there, now, arrow, word }) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, title),
      el("td", { class: "number" }, there),
      el("td", { class: word === "better" || word === "worse" ? word : "" }, `${arrow} ${word}`),
      el("td", { class: "now" }, word === "as now" ? "" : `now ${now}`),
    );

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
      pull(at);
      show(() => at);
    },
    /** The keyboard carries something over a box. */
    at(node) {
      trail = null;
      show(() => board.screen(node.x + node.w / 2, node.y + node.h / 2));
    },
    get isNote() {
      return isNote;
    },
    /** The pointer rests on a box, on a mark that `words` are about, or on both. */
    tell(node, event, words = "") {
      shown = trail = null;
      isNote = !node;
      const facts = node
        ? [
            node.location,
            persons(node.people) + (node.kids.length ? ` with all below` : ""),
            node.kids.length ? directReports(node) : "",
            node.status,
          ].filter(Boolean)
        : [];
      card.replaceChildren(
        ...(node ? [heading(node)] : []),
        ...facts.map((fact) => el("p", {}, fact)),
        ...(words ? [el("p", {}, words)] : []),
      );
      place(overlayed(event));
    },
    /** The same in words, for the live region. */
    words(ghost) {
      if (!ghost.nodes?.some((node) => board.isUnit(node))) return "";
      return rows(ghost.target)
        .map(
          ({ title, there, now, word }) =>
            `${title}: ${there}${word ? `, ${word === "as now" ? word : `${word} than now, ${now}`}` : ""}`,
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
      shown = trail = null;
      isNote = false;
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
