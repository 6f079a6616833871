// Builds static/source into static/build: hashed names, a stylesheet, one for packs with its fonts inside, one module per page, manifest.json and keys.json.
//
// Every *.ts directly under static/source is an entry. Entries are ES modules that share code, except those named
// in `standalone`, which must run before the others and become one self-contained classic script each.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "source");
const target = join(here, "build");
const fresh = join(here, "..", "node_modules", `.build-${process.pid}`);
const standalone = new Set(["theme.ts", "withdrawn-worker.ts"]);
const worker = "service-worker.ts"; // built last: it is told what all others became

process.on("exit", () => rmSync(fresh, { recursive: true, force: true }));

const sassy = {
  name: "sass",
  setup(bundler) {
    bundler.onLoad({ filter: /\.scss$/ }, ({ path }) => {
      const { css, loadedUrls } = compile(path, { style: "expanded" });
      return { contents: css, loader: "css", resolveDir: dirname(path), watchFiles: loadedUrls.map(fileURLToPath) };
    });
  },
};

const shared = {
  bundle: true,
  minify: true,
  metafile: true,
  outdir: fresh,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  target: ["chrome109", "firefox115", "safari16.4"],
  loader: { ".woff2": "file", ".svg": "copy", ".png": "copy" },
  logLevel: "warning",
  legalComments: "linked",
};

const entries = readdirSync(source).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && name !== worker);
const images = readdirSync(join(source, "images")).map((name) => join(source, "images", name));
const within = (name) => join(source, name);

const results = await Promise.all([
  build({ ...shared, entryPoints: [within("app.scss")], plugins: [sassy] }),
  build({ ...shared, entryPoints: [within("pack.scss")], plugins: [sassy], loader: { ".woff2": "dataurl" } }), // no file beside it
  build({ ...shared, entryPoints: entries.filter((n) => !standalone.has(n)).map(within), format: "esm", splitting: true }),
  build({ ...shared, entryPoints: entries.filter((n) => standalone.has(n)).map(within), format: "iife" }),
  build({ ...shared, entryPoints: images }),
]).catch(() => process.exit(1)); // esbuild has already said what and where

/** What pages need that open without a line: the scripts of these and what they ask for, Latin letters, the icons. */
const offline = ["app", "tray", "theme", "capture", "item-form", "meetings", "offline", "recordings"].map((name) => within(`${name}.ts`));

function assetsOffline() {
  const outputs = Object.assign({}, ...results.map(({ metafile }) => metafile.outputs));
  const wanted = new Set(
    Object.entries(outputs)
      .filter(([path, { entryPoint }]) => (entryPoint && offline.includes(resolve(entryPoint))) || /\/(?:app-[^/]*\.css|[^/]*-latin-wght-[^/]*\.woff2|icon-[^/]*|mark-[^/]*)$/.test(path))
      .map(([path]) => path),
  );
  for (const path of wanted) for (const { path: other, external } of outputs[path].imports) if (!external && outputs[other]) wanted.add(other);
  return [...wanted].filter((path) => !/latin-ext/.test(path)).map((path) => `/static/build/${relative(fresh, path)}`).sort();
}

const drawn = ["base.html", "_tray.html", "people/offline/offline.html"]; // the page that is kept with them
const assets = assetsOffline();
const number = [JSON.stringify(assets), ...drawn.map((name) => readFileSync(join(here, "..", "templates", name)))].reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex").slice(0, 8);
const define = { ASSETS: JSON.stringify(assets), BUILD: JSON.stringify(number), "process.env.NODE_ENV": '"production"' };
results.push(await build({ ...shared, entryPoints: [within(worker)], format: "iife", define }).catch(() => process.exit(1)));

/** `app.css` → `app-1A2B3C4D.css`; fonts and images by their own names. */
const manifest = {};
for (const { metafile } of results) {
  for (const [path, output] of Object.entries(metafile.outputs)) {
    const built = relative(fresh, path);
    const plain = built.replace(/-[0-9A-Z]{8}(?=\.)/, "");
    if (built.endsWith(".txt") || (plain.startsWith("chunk.") && !output.entryPoint)) continue;
    manifest[plain] = built;
  }
}

/** The table of keys as templates and tests read it: per group its deeds, with what stands on their keys. */
async function keyGroups() {
  const { outputFiles } = await build({ entryPoints: [within("scripts/keyboard/keys.ts")], bundle: true, format: "esm", write: false });
  const { table, caps } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
  const rows = (deeds, fixed) => Object.entries(deeds).map(([deed, keys]) => ({ deed, caps: keys.split(" ").map(caps), fixed }));
  return Object.entries(table).map(([name, { title, keys, fixed }]) => ({ name, title, rows: [...rows(keys, false), ...rows(fixed, true)] }));
}

mkdirSync(fresh, { recursive: true });
writeFileSync(join(fresh, "keys.json"), `${JSON.stringify(await keyGroups(), null, 1)}\n`);
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(join(fresh, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
rmSync(target, { recursive: true, force: true });
renameSync(fresh, target);

for (const built of new Set(Object.values(sorted))) {
  console.log(`${(statSync(join(target, built)).size / 1024).toFixed(1).padStart(7)} KiB  ${basename(built)}`);
}
