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
  ["svg", "Picture (SVG)"],
  ["png", "Picture (PNG)"],
  ["print", "Pages for print"],
];
const LINES = ["shared", "dotted", "contract", "tie"];
const ICONS = {
  expand: "M7 4h10v4H7zM12 8v4M5 16v-4h14v4M3 16h4v4H3zM17 16h4v4h-4z",
  lines: "M4 6h4M11 6h3M17 6h3M4 12h16M4 18h2M9 18h2M14 18h2M19 18h1",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
  whole: "M4 4h16v16H4zM14 4v0M9 15 4 20M15 9l5-5",
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

  const button = (title, path, run, attributes = {}) =>
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
    );
  const actButton = (name) => {
    const { title, icon: path, keys } = ACTS[name];
    const made = button(title, path, () => act(board, name), { "data-act": name });
    made.title = keys ? `${title} (${keys[0]})` : title;
    return {
      element: made,
      item: () => ({ title, keys: keys?.[0], isOff: isOff(name), run: () => act(board, name) }),
    };
  };
  const isOff = (name) => Boolean(ACTS[name].can && !ACTS[name].can(board));
  const popup = (title, path, items) => {
    const made = button(title, path, (at) => openMenu(board, items(), at, title), {
      "aria-haspopup": "menu",
    });
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
    ...PICTURES.map(([kind, title]) => ({ title, run: () => board.save(kind) })),
    null,
    ...(board.settings.files ?? []).map(({ kind, title }) => ({
      title,
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
  const colours = () => {
    const wanted = JSON.stringify(board.settings.indicators);
    if (select.dataset.made !== wanted) {
      select.dataset.made = wanted;
      select.replaceChildren(
        el(
          "optgroup",
          { label: "Colour by" },
          COLOURS.map(([value, text]) => el("option", { value }, text)),
        ),
        el(
          "optgroup",
          { label: "If customer service reported here" },
          (board.settings.indicators ?? []).map(({ name, title }) =>
            el("option", { value: `value:${name}` }, title),
          ),
        ),
      );
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
          [
            ...COLOURS,
            null,
            ...(board.settings.indicators ?? []).map(({ name, title }) => [
              `value:${name}`,
              `If customer service reported here: ${title}`,
            ]),
          ].map(
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

  const parts = [
    ...["undo", "redo", "report", "remove", "details"].map(actButton),
    ...["fit", "nearer", "farther"].map(actButton),
    colouring,
    popup("Lines, routes and map", ICONS.lines, shown),
    popup("Save as", ICONS.save, saving),
    popup("Expand, collapse, layout", ICONS.expand, () => [...folding(), null, ...layouts()]),
    {
      element: button("Full window", ICONS.whole, whole),
      item: () => ({ title: "Full window", run: whole }),
    },
    actButton("help"),
  ];
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
  bar.append(...parts.map(({ element }) => element), more);

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
    const count = fitting(widths, bar.clientWidth - 4, more.offsetWidth + gap);
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
