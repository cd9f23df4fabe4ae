import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 as exact, inflateSync } from "node:zlib";

import { layOut } from "../src/layout.js";
import { Model } from "../src/model.js";
import { printed, svg } from "../src/pictures.js";
import { crc32, pngFile } from "../src/png.js";
import { sheets } from "../src/sheets.js";

function board(size) {
  const ids = Array.from({ length: size }, (_, at) => `n${at}`);
  const model = new Model();
  model.load({
    ids,
    manager: ids.map((_, at) => (at ? Math.floor((at - 1) / 6) : -1)),
    name: ids.map((id) => `<b>${id}</b>`),
  });
  const view = {
    collapsed: new Set(),
    selected: new Set(),
    hits: new Set(),
    focus: null,
    colourBy: "function",
  };
  const layout = layOut(model, {
    collapsed: view.collapsed,
    mode: "auto",
    depth: null,
    width: 1200,
    height: 700,
  });
  return { model, layout, view, settings: {}, data: {}, values: new Map() };
}

/** The chunks of a PNG file: [{type, data, crc, counted}]. */
function chunks(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const found = [];
  for (let at = 8; at < bytes.length;) {
    const length = view.getUint32(at);
    const type = new TextDecoder().decode(bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + length);
    const crc = view.getUint32(at + 8 + length);
    found.push({ type, data, crc, counted: exact?.(bytes.subarray(at + 4, at + 8 + length)) ?? crc });
    at += length + 12;
  }
  return found;
}

test("the checksum is the one that PNG asks for", () => {
  assert.equal(crc32(new TextEncoder().encode("1234"), new TextEncoder().encode("56789")), 0xcbf43926);
  assert.equal(crc32(new TextEncoder().encode("IEND")), 0xae426082);
});

test("a PNG file has the right chunks, checksums, size and pixels", async () => {
  const [width, height] = [700, 400];
  const row = (line) =>
    Uint8Array.from({ length: 3 * width + 1 }, (_, at) => (at ? (at * 7 + line * 13) & 255 : 0));
  async function* bands() {
    for (let top = 0; top < height; top += 50) {
      yield Uint8Array.from(Array.from({ length: 50 }, (_, line) => [...row(top + line)]).flat());
    }
  }
  const blob = await pngFile(width, height, bands());
  assert.equal(blob.type, "image/png");
  const bytes = new Uint8Array(await blob.arrayBuffer());
  assert.deepEqual([...bytes.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  const parts = chunks(bytes);
  assert.equal(parts[0].type, "IHDR");
  assert.equal(parts.at(-1).type, "IEND");
  for (const { crc, counted } of parts) assert.equal(crc, counted);
  const head = new DataView(parts[0].data.buffer, parts[0].data.byteOffset);
  assert.deepEqual([head.getUint32(0), head.getUint32(4)], [width, height]);
  assert.deepEqual([...parts[0].data.subarray(8)], [8, 2, 0, 0, 0]);
  const data = inflateSync(
    Buffer.concat(parts.filter(({ type }) => type === "IDAT").map(({ data }) => data)),
  );
  assert.equal(data.length, height * (3 * width + 1));
  assert.deepEqual([...data.subarray(-10)], [...row(height - 1).subarray(-10)]);
});

test("every box is whole on exactly one sheet", () => {
  for (const size of [1, 40, 700, 3000]) {
    const { layout } = board(size);
    const [width, height] = [1300, 850];
    const pages = sheets(layout.shown, width, height);
    const count = new Map();
    for (const { rect, boxes } of pages) {
      assert.ok(boxes.length);
      for (const box of boxes) {
        count.set(box, (count.get(box) ?? 0) + 1);
        assert.ok(
          box.x >= rect.x0 && box.y >= rect.y0 && box.x + box.w <= rect.x1 && box.y + box.h <= rect.y1,
        );
      }
    }
    assert.equal(count.size, size);
    assert.ok([...count.values()].every((times) => times === 1));
  }
});

test("a small chart is one sheet; a large one is several, and each name is on one of them", async () => {
  const one = await (await printed(board(12))).text();
  assert.equal(one.match(/<svg class="sheet"/g).length, 1);
  assert.ok(!one.includes("Sheet 1"));
  const size = 900;
  const many = await (await printed(board(size), { paper: "A3" })).text();
  const pages = many.match(/<svg class="sheet"/g).length;
  assert.ok(pages > 1);
  assert.ok(many.includes(`Sheet ${pages} of ${pages}`));
  assert.ok(many.includes("@page{size:A3 landscape"));
  assert.ok(!many.includes("<b>"));
  for (let at = 0; at < size; at++) {
    const name = new RegExp(`>&lt;b&gt;n${at}&lt;/b&gt;<`, "g");
    assert.equal(many.match(name)?.length, 1, `n${at}`);
  }
});

test("the SVG states its size and holds every name as text, the same each time", async () => {
  const of = board(60);
  const file = await (await svg(of)).text();
  const { x0, x1 } = of.layout.bounds;
  assert.match(
    file,
    new RegExp(
      `^<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(x1 + 32) - Math.floor(x0 - 32)}"`,
    ),
  );
  assert.equal(file.match(/>&lt;b&gt;n\d+&lt;\/b&gt;<\/text>/g).length, 60);
  assert.ok(file.includes(">Org chart: &lt;b&gt;n0&lt;/b&gt;</text>"), "its title can be read");
  assert.equal(file, await (await svg(of)).text());
});

test("a branch that fits on a sheet is not torn apart", () => {
  const { layout } = board(700);
  const pages = sheets(layout.shown, 1300, 850);
  const page = new Map(pages.flatMap(({ boxes }, at) => boxes.map((box) => [box, at])));
  const ends = layout.shown.filter(({ kids }) => kids.length && kids.every((kid) => !kid.kids.length));
  assert.ok(ends.length > 50);
  for (const boss of ends)
    assert.ok(
      boss.kids.every((kid) => page.get(kid) === page.get(boss)),
      boss.id,
    );
});
