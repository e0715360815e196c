// Builds web/dist: one script, one stylesheet, one icon sprite, the fonts; hashed names, manifest, precompressed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { Resvg } from "@resvg/resvg-js"; // draws the logo as PNG: phones want it for an installed application
import * as esbuild from "esbuild";
import subsetFont from "subset-font";

const here = new URL(".", import.meta.url).pathname;
const dist = join(here, "dist");
const fontCache = join(here, "node_modules/.cache/sandinh-fonts");
const read = (...parts) => readFileSync(join(here, ...parts));

/** The font files of fontsource keep hinting and letters of languages we do not write: 33 kB a weight become 12. */
async function buildFonts() {
  const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join("");
  const letters = {
    latin: range(0x20, 0x7e) + "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý" + "\u00a0§©«»°±²³·×÷–—‘’“”•…€−→",
    vietnamese: "ĂăĐđĨĩŨũƠơƯư₫" + range(0x1ea0, 0x1ef9) + "\u0300\u0301\u0303\u0309\u0323",
  };
  mkdirSync(fontCache, { recursive: true });
  for (const weight of [400, 600]) {
    for (const [set, text] of Object.entries(letters)) {
      const name = `be-vietnam-pro-${set}-${weight}`;
      const target = join(fontCache, `${name}.woff2`);
      if (existsSync(target)) continue;
      const source = read(`node_modules/@fontsource/be-vietnam-pro/files/${name}-normal.woff2`);
      writeFileSync(target, await subsetFont(source, text, { targetFormat: "woff2", noHinting: true }));
    }
  }
}

/** One sprite of the icons named in icons.txt: <use href="/assets/icons.HASH.svg#name">. */
function buildSprite() {
  const names = read("icons.txt").toString().split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  const symbols = names.map((name) => {
    const svg = read(`node_modules/lucide-static/icons/${name}.svg`).toString();
    const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  const licence = "<!-- Lucide icons, ISC licence -->";
  return { names, svg: `${licence}<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>` };
}

const manifest = {};

/** Writes one file under a name with its hash, so that it may be cached for ever. */
function emit(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const dot = name.lastIndexOf(".");
  const hashed = `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
  writeFileSync(join(dist, hashed), bytes);
  manifest[name] = hashed;
}

/** What stands among the phone's applications; the maskable one leaves room for the phone to cut it round. */
function buildAppIcons() {
  const logo = read("art/logo.svg").toString();
  const inner = logo.slice(logo.indexOf("/>") + 2, logo.lastIndexOf("</svg>"));
  const ground = '<rect width="64" height="64" fill="#1e6b3c"/>';
  const maskable = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${ground}<g transform="translate(9.600 9.600) scale(.7)">${inner}</g></svg>`;
  const drawn = (svg, width) => new Resvg(svg, { fitTo: { mode: "width", value: width } }).render().asPng();
  for (const width of [192, 512]) emit(`app-${width}.png`, drawn(logo, width));
  emit("app-maskable.png", drawn(maskable, 512));
}

function compress() {
  for (const file of readdirSync(dist)) {
    if (!/\.(css|js|svg|webmanifest)$/.test(file)) continue;
    const bytes = readFileSync(join(dist, file));
    writeFileSync(join(dist, `${file}.gz`), gzipSync(bytes, { level: 9 }));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    writeFileSync(join(dist, `${file}.br`), brotliCompressSync(bytes, { params }));
  }
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await buildFonts();
const result = await esbuild.build({
  entryPoints: { app: join(here, "src/app.ts"), work: join(here, "src/work.ts"), photo: join(here, "src/photo.ts"), task: join(here, "src/task/main.ts"), feedback: join(here, "src/feedback/main.ts"), push: join(here, "src/push.ts"), passkey: join(here, "src/passkey.ts"), usb: join(here, "src/usb.ts"), ink: join(here, "src/ink.ts"), live: join(here, "src/live.ts"), microphone: join(here, "src/microphone.ts"), news: join(here, "src/news.ts"), writer: join(here, "src/writer.ts"), outbox: join(here, "src/outbox/main.ts"), worker: join(here, "src/worker.ts"), bigmap: join(here, "src/bigmap.ts"), map: join(here, "src/map/main.ts"), "map-worker": join(here, "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs"), "map-sheet": join(here, "styles/large-map.css"), "styles": join(here, "styles/app.css") },
  bundle: true, minify: true, write: false, outdir: dist, publicPath: "/assets", format: "iife", target: ["es2020", "chrome80", "safari14", "firefox80"],
  supported: { destructuring: true }, // every browser of the list has it; only corner cases of its syntax differ
  loader: { ".woff2": "file", ".svg": "file" }, assetNames: "[name].[hash]", logLevel: "warning", legalComments: "none",
  alias: { "font-files": fontCache },
});
for (const file of result.outputFiles) {
  const name = file.path.slice(dist.length + 1);
  if (name.endsWith(".js")) emit(name, file.contents);
  else if (name.endsWith(".css")) emit(name === "styles.css" ? "app.css" : name, file.contents);
  else {
    writeFileSync(join(dist, name), file.contents); // fonts and art, already hashed by esbuild
    manifest[name.replace(/\.[A-Z0-9]{8}\./, ".")] = name;
  }
}
buildAppIcons();
const sprite = buildSprite();
emit("icons.svg", Buffer.from(sprite.svg));
for (const file of readdirSync(join(here, "art"))) if (!manifest[file]) emit(file, read("art", file));
compress();
writeFileSync(join(dist, "manifest.json"), JSON.stringify({ files: manifest, icons: sprite.names }, null, 1));
for (const name of ["app.js", "work.js", "photo.js", "task.js", "feedback.js", "push.js", "usb.js", "news.js", "writer.js", "outbox.js", "map.js", "map-worker.js", "map-sheet.css", "app.css", "icons.svg"]) {
  const size = readFileSync(join(dist, `${manifest[name]}.gz`)).length;
  console.log(`${name.padEnd(10)} ${(size / 1024).toFixed(1)} kB gzip`);
}
