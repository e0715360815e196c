// Pictures of pages. `cargo xtask screens` renews the few that the documents show; every test run writes all others
// under target/screens, to be looked at side by side.
import type { Page } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { onPhone } from "./journey.ts";
import { root, targetDir } from "./paths.ts";

/** The pages whose pictures stand in docs/screens, in both widths: at most 15 names, 30 pictures. */
export const SHOWN = ["home", "figures", "work", "village", "household", "person", "import", "labels", "map", "search", "proposal", "due", "figure", "dossiers", "design"];

/** Takes a picture of the visible part. `name` is in English; "-phone" is added by the width. */
export async function picture(page: Page, name: string): Promise<void> {
  const kept = process.env.SANDINH_SCREENS === "docs" && SHOWN.includes(name);
  const folder = kept ? `${root}/docs/screens` : `${targetDir}/screens`;
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({
    path: `${folder}/${name}${onPhone(page) ? "-phone" : ""}.png`,
    animations: "disabled",
    caret: "hide",
  });
}
