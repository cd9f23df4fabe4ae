// Builds into ../build what a browser loads. The same sources give the same bytes.
//
// index.js is the drawing, with what it imports at once; pictures.js is loaded when a picture is saved, and the plain
// top-down tree when somebody wants it.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { build, transform } from "esbuild";

const folder = process.argv[2] ?? "../build";

const styles = {
  name: "styles as short texts",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code, loader: "text" };
    }),
};

// d3-flextree wants its version, and would bring the whole file along.
const versions = {
  name: "package.json with nothing but a version",
  setup: ({ onLoad }) =>
    onLoad({ filter: /d3-flextree\/package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    }),
};

const { metafile, outputFiles } = await build({
  entryPoints: ["src/index.js", "src/pictures.js"],
  outdir: folder,
  bundle: true,
  splitting: true,
  chunkNames: "[name]-[hash]",
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  plugins: [styles, versions],
  alias: { "d3-transition": "./src/no_transitions.js", "d3-interpolate": "./src/no_transitions.js" },
  metafile: true,
  write: false,
});
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await Promise.all(outputFiles.map(({ path, contents }) => writeFile(path, contents)));

const inside = /node_modules\/([^/]+)\//;
const packages = new Set(Object.keys(metafile.inputs).map((path) => path.match(inside)?.[1]));
packages.delete(undefined);
const licences = [...packages].sort().map(async (name) => {
  const { version } = JSON.parse(await readFile(join("node_modules", name, "package.json"), "utf8"));
  return `${name} ${version}\n\n${(await readFile(join("node_modules", name, "LICENSE"), "utf8")).trim()}\n`;
});
await writeFile(join(folder, "LICENSES.txt"), (await Promise.all(licences)).join("\n----\n\n"));
