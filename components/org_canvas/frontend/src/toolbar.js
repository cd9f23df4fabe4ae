import { ACTS, act } from "./acts.js";
import { el, icon } from "./dom.js";
import { titleOf } from "./lines.js";
import { openMenu } from "./menu.js";

const COLOURS = [
  ["function", "Function"],
  ["location", "Location"],
  ["unit", "Unit"],
  ["span", "Span of control"],
  ["depth", "Level"],
  ["status", "Status"],
];
const PICTURES = [
  ["svg", "Picture (SVG)", "Sharp at any size: for slides and documents"],
  ["png", "Picture (PNG)", "For mails and wherever pictures go"],
  ["print", "Pages for print", "The whole chart on several sheets"],
];
const FILES = {
  csv: "A plain table; opens here again",
  xlsx: "A table to go on with in a spreadsheet",
  graphml: "For programs that draw networks, such as yEd",
  json: "Everything, for other programs",
  networkx: "For analyses in Python",
};
const IF_HERE = "If customer service reported here";
const LINES = ["shared", "dotted", "contract", "tie"];
const ICONS = {
  expand: "M7 9l5-5 5 5M7 15l5 5 5-5",
  lines: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
  whole: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
  more: "M4.5 12h1M11.5 12h1M18.5 12h1",
};

/** How many items fit into a width, when room for the "more" button is kept as soon as one does not fit. */
export function fitting(widths, room, more) {
  const sum = widths.reduce((total, width) => total + width, 0);
  if (sum <= room) return widths.length;
  let used = more;
  const at = widths.findIndex((width) => (used += width) > room);
  return at < 0 ? widths.length : at;
}

/** The buttons above the chart. What has no room is in the menu "More". */
export function addToolbar(board) {
  const bar = el("div", {
    role: "toolbar",
    class: "toolbar",
    "aria-label": "Org chart",
    keydown: (event) => onKey(event),
  });
  board.head.append(bar);

  const button = (title, path, run, attributes = {}, word = "") =>
    el(
      "button",
      {
        type: "button",
        tabindex: -1,
        "aria-label": title,
        title,
        click: (event) => run(event.currentTarget),
        ...attributes,
      },
      icon(path),
      word && el("span", { class: "word" }, word),
    );
  const actButton = (name) => {
    const { title, icon: path, keys, word } = ACTS[name];
    const made = button(title, path, () => act(board, name), { "data-act": name }, word);
    made.title = keys ? `${title} (${keys[0]})` : title;
    return {
      element: made,
      item: () => ({ title, keys: keys?.[0], isOff: isOff(name), run: () => act(board, name) }),
    };
  };
  const isOff = (name) => Boolean(ACTS[name].can && !ACTS[name].can(board));
  const popup = (title, path, items, word) => {
    const open = (at) => openMenu(board, items(), at, title);
    const made = button(title, path, open, { "aria-haspopup": "menu" }, word);
    return {
      element: made,
      item: () => ({ title: `${title} …`, run: () => openMenu(board, items(), more, title) }),
    };
  };

  const change = (part) => () => board.change(part);
  const layouts = () =>
    [
      ["auto", "Layout as it fits best"],
      ["topdown", "Layout top-down"],
    ].map(([mode, title]) => ({
      title: board.view.mode === mode ? `${title} (now)` : title,
      run: change({ mode }),
    }));
  const folding = () => [
    { title: "Expand all", run: () => board.expandAll() },
    { title: "Collapse to departments", run: () => board.collapseAll() },
  ];
  const switched = (kind) => () => {
    const shown = new Set(board.view.lines);
    if (!shown.delete(kind)) shown.add(kind);
    board.change({ lines: shown });
  };
  const shown = () => [
    ...LINES.map((kind) => ({
      title: titleOf(board, kind),
      checked: board.view.lines.has(kind),
      run: switched(kind),
    })),
    null,
    {
      title: "Feedback route, hop by hop",
      checked: board.view.routes,
      run: () => board.change({ routes: !board.view.routes }),
    },
    {
      title: "Overview map",
      checked: board.view.overview,
      run: () => board.change({ overview: !board.view.overview }),
    },
  ];
  const saving = () => [
    ...PICTURES.map(([kind, title, note]) => ({ title, note, run: () => board.save(kind) })),
    null,
    ...(board.settings.files ?? []).map(({ kind, title }) => ({
      title,
      note: FILES[kind],
      run: () => {
        board.say(`${title} is being made …`);
        board.ask({ file: kind });
      },
    })),
  ];
  const whole = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (board.host.classList.contains("whole")) board.host.classList.remove("whole");
    else
      Promise.resolve(board.host.requestFullscreen?.() ?? Promise.reject()).catch(() =>
        board.host.classList.add("whole"),
      );
  };

  const select = el("select", {
    tabindex: -1,
    "aria-label": "Colour by",
    title: "Colour by",
    change: () => colour(select.value),
  });
  const colour = (by) => {
    board.change({ colourBy: by });
    if (by.startsWith("value:")) board.ask({ values: [by.slice("value:".length)] });
  };
  /** What may colour the chart if customer service reported elsewhere: the headlines first. */
  const indicators = () =>
    (board.settings.indicators ?? [])
      .toSorted((a, b) => Boolean(b.headline) - Boolean(a.headline))
      .map(({ name, title }) => [`value:${name}`, title]);
  const colours = () => {
    const wanted = JSON.stringify(board.settings.indicators);
    if (select.dataset.made !== wanted) {
      select.dataset.made = wanted;
      const group = (title, choices) =>
        el(
          "optgroup",
          { label: title },
          choices.map(([value, text]) => el("option", { value }, text)),
        );
      select.replaceChildren(group("What the chart is", COLOURS), group(IF_HERE, indicators()));
    }
    select.value = board.view.colourBy;
  };
  const colouring = {
    element: el("span", { class: "colouring" }, el("span", { "aria-hidden": "true" }, "Colour by"), select),
    item: () => ({
      title: "Colour by …",
      run: () =>
        openMenu(
          board,
          [...COLOURS, null, ...indicators().map(([value, title]) => [value, `${IF_HERE}: ${title}`])].map(
            (one) =>
              one && {
                title: one[1] + (one[0] === board.view.colourBy ? " (now)" : ""),
                run: () => colour(one[0]),
              },
          ),
          more,
          "Colour by",
        ),
    }),
  };

  // What comes first stays longest where there is little room.
  const parts = [
    ...["undo", "redo", "report", "fit"].map(actButton),
    popup("Save as", ICONS.save, saving, "Save"),
    actButton("service"),
    colouring,
    ...["nearer", "farther", "remove", "details"].map(actButton),
    popup("Lines, routes and map", ICONS.lines, shown),
    popup("Expand, collapse, layout", ICONS.expand, () => [...folding(), null, ...layouts()]),
    {
      element: button("Full window", ICONS.whole, whole),
      item: () => ({ title: "Full window", run: whole }),
    },
  ];
  const help = actButton("help").element;
  let hidden = [];
  const more = button(
    "More",
    ICONS.more,
    (at) =>
      openMenu(
        board,
        hidden.map((part) => part.item()),
        at,
        "More",
      ),
    { "aria-haspopup": "menu", hidden: true },
  );
  bar.append(...parts.map(({ element }) => element), more, help);

  const controls = () =>
    [...bar.querySelectorAll("button, select")].filter((one) => !one.hidden && !one.closest("[hidden]"));
  const rove = (to) => {
    for (const one of bar.querySelectorAll("button, select")) one.tabIndex = one === to ? 0 : -1;
  };
  bar.addEventListener("focusin", (event) => rove(event.target));

  const onKey = (event) => {
    const all = controls();
    const here = all.indexOf(event.target);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1 + all.length, Home: 0, End: all.length - 1 }[
      event.key
    ];
    if (event.key === "Escape") board.parts.tree.focus();
    else if (to === undefined) return;
    else all[to % all.length].focus();
    event.preventDefault();
  };

  const fold = () => {
    if (!bar.clientWidth) return;
    for (const element of [...parts.map((part) => part.element), more]) element.hidden = false;
    const gap = parseFloat(getComputedStyle(bar).columnGap) || 0;
    const widths = parts.map(({ element }) => element.offsetWidth + gap);
    const count = fitting(widths, bar.clientWidth - 4 - help.offsetWidth - gap, more.offsetWidth + gap);
    parts.forEach(({ element }, place) => (element.hidden = place >= count));
    hidden = parts.slice(count);
    more.hidden = !hidden.length;
    const all = controls();
    if (!all.some((one) => one.tabIndex === 0)) rove(all[0]);
  };
  const watch = new ResizeObserver(fold);
  watch.observe(bar);

  return {
    element: bar,
    update() {
      if (!board.view) return;
      for (const one of bar.querySelectorAll("[data-act]")) {
        const { title, keys, more: words } = ACTS[one.dataset.act];
        // Not `disabled`: a button that the keyboard is on must not drop it.
        one.setAttribute("aria-disabled", String(isOff(one.dataset.act)));
        const told = words?.(board);
        one.title = `${title}${told ? `: ${told}` : ""}${keys ? ` (${keys[0]})` : ""}`;
      }
      colours();
    },
    destroy() {
      watch.disconnect();
      bar.remove();
    },
  };
}
