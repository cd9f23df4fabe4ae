// What the drawing benchmark watches in the page. Times are ms since 1970, the same in a page and its frames.
(() => {
  addEventListener("pointerup", (event) => (top.released = performance.timeOrigin + event.timeStamp), true);
  if (window !== top) return;

  const host = () => {
    for (const one of document.querySelectorAll("[data-testid=stBidiComponentIsolated]")) {
      const found = one.shadowRoot?.querySelector("[data-testid=org-canvas]");
      if (found?.board) return found;
    }
  };
  const flow = () => document.querySelector("iframe")?.contentDocument;

  window.bench = {
    /** Note when a test is true for the first time, asked at the beginning of every frame. */
    until(test) {
      bench.reached = null;
      const look = () => {
        if (test()) bench.reached = performance.timeOrigin + performance.now();
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },

    /** Count frames and paintings; `counted` returns how many a second. */
    count() {
      const begun = performance.now();
      const painted = host()?.board.paints;
      let frames = 0;
      const tick = () => (frames++, requestAnimationFrame(tick));
      requestAnimationFrame(tick);
      bench.counted = () => {
        const seconds = (performance.now() - begun) / 1000;
        return [frames / seconds, host() ? (host().board.paints - painted) / seconds : null];
      };
    },

    // ------------------------------------------------------------------ ours

    /** Whether so many boxes are known, laid out and painted: not all pixels are the same. */
    isPainted(size) {
      const board = host()?.board;
      if (!board?.layout || board.state().nodes !== size || !board.paints) return false;
      const small = new OffscreenCanvas(140, 90).getContext("2d");
      small.drawImage(board.canvas, 0, 0, 140, 90);
      const pixels = new Uint32Array(small.getImageData(0, 0, 140, 90).data.buffer);
      return pixels.some((one) => one !== pixels[0]);
    },

    /** The files of the component that the page has loaded. */
    files: () =>
      performance
        .getEntriesByType("resource")
        .map(({ name }) => new URL(name).pathname)
        .filter((path) => path.includes("org_canvas"))
        .map((path) => path.split("/").at(-1)),

    revision: () => host().board.state().revision,

    /** Whether a later revision is agreed with the server, and the cards show its headlines. */
    isTold(revision) {
      const { pending, isWaiting, headlines, ...now } = host().board.state();
      if (now.revision <= revision || pending || isWaiting) return false;
      const bold = document.querySelectorAll("[data-testid=stMain] strong");
      const told = new Set([...bold].map((one) => one.textContent));
      return headlines.every(({ text }) => told.has(text));
    },

    /** A place near the middle where the ground can be taken hold of. */
    ground() {
      const { board } = host();
      board.canvas.scrollIntoView({ block: "end" });
      const { left, top, width, height } = board.canvas.getBoundingClientRect();
      for (let part = 0; part < 900; part += 1) {
        const x = left + width * (0.3 + (0.4 * (part % 30)) / 30);
        const y = top + height * (0.3 + (0.4 * Math.floor(part / 30)) / 30);
        const at = board.world({ clientX: x, clientY: y });
        const near = 6 / board.camera.k;
        const boxes = board.layout.within({ x0: at.x - near, y0: at.y - near, x1: at.x + near, y1: at.y + near });
        const isTiny = (node) => node.h * board.camera.k < 6 && !board.view.selected.has(node.id);
        if (boxes.every(isTiny) && host().getRootNode().elementFromPoint(x, y) === board.canvas) return [x, y];
      }
    },

    /** Have these boxes in sight, as large as they can be; return their middles. */
    aim(ids) {
      const { board } = host();
      board.canvas.scrollIntoView({ block: "end" });
      const boxes = ids.map((id) => board.model.get(id));
      const [x0, y0] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
      const [x1, y1] = [Math.max(...boxes.map(({ x, w }) => x + w)), Math.max(...boxes.map(({ y, h }) => y + h))];
      const { width, height } = board.size;
      const k = Math.min(1, (0.6 * width) / (x1 - x0), (0.6 * height) / (y1 - y0));
      board.camera.look(width / 2 - (k * (x0 + x1)) / 2, height / 2 - (k * (y0 + y1)) / 2, k);
      return ids.map((id) => board.boxOf(id)).map((box) => [box.x + box.width / 2, box.y + box.height / 2]);
    },

    /** The bosses that a box may get, the nearest first. */
    bosses(id, most) {
      const { model } = host().board;
      const node = model.get(id);
      const away = ({ x, y }) => Math.hypot(x - node.x, y - node.y);
      return model.nodes
        .filter((one) => one.shown && one.kids.length && !model.whyNot([node], one))
        .sort((a, b) => away(a) - away(b))
        .slice(0, most)
        .map((one) => one.id);
    },

    // ------------------------------------------------------------------ streamlit-flow

    isFlowPainted(size) {
      const nodes = flow()?.getElementsByClassName("react-flow__node");
      return nodes?.length === size && getComputedStyle(nodes[0]).visibility === "visible";
    },

    flowNumbers: () => document.querySelector("[data-testid=stMain] [data-testid=stMarkdownContainer]").textContent,

    /** Whether the numbers are others and the new line is drawn. */
    isFlowTold: (before, line) =>
      bench.flowNumbers() !== before && Boolean(flow().querySelector(`[data-testid="rf__edge-${line}"]`)),

    flowGround() {
      const { left, top, width, height } = document.querySelector("iframe").getBoundingClientRect();
      for (let part = 0; part < 900; part += 1) {
        const x = width * (0.3 + (0.4 * (part % 30)) / 30);
        const y = height * (0.3 + (0.4 * Math.floor(part / 30)) / 30);
        if (flow().elementFromPoint(x, y)?.classList.contains("react-flow__pane")) return [left + x, top + y];
      }
    },

    flowMiddles(ids) {
      const frame = document.querySelector("iframe").getBoundingClientRect();
      return ids.map((id) => {
        const box = flow().querySelector(`.react-flow__node[data-id="${id}"]`).getBoundingClientRect();
        return [frame.left + box.x + box.width / 2, frame.top + box.y + box.height / 2];
      });
    },
  };
})();
