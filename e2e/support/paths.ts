// Where things are. `cargo xtask test` sets the variables; the defaults let one run `npx playwright test` by hand.
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const targetDir = process.env.CARGO_TARGET_DIR ?? `${root}/target`;
export const binary = process.env.SANDINH_BIN ?? `${targetDir}/debug/sandinh`;

const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
export const chromium = process.env.CHROMIUM ?? browsers.find((path) => existsSync(path));

/** What the running demo printed; written by the global setup, read by every worker. */
export const demoFile = `${targetDir}/e2e/demo.json`;
