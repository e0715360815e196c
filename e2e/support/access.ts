// Can people who see or hear differently use the page? The axe rules for WCAG 2.1 AA answer what a machine can tell.
import type { Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "./journey.ts";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES: RunOptions = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
  preload: false, // no requests of its own
  resultTypes: ["violations"],
};

/** Fails with the rule and the elements that break it. The script comes in by the debugger, which no policy forbids. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  await page.evaluate(source);
  const results = await page.evaluate((options) => {
    return (window as unknown as { axe: { run(options: unknown): Promise<unknown> } }).axe.run(options);
  }, RULES as unknown as Record<string, string>);
  const faults = (results as AxeResults).violations.map(
    (rule) => `${rule.id}: ${rule.help}: ${rule.nodes.slice(0, 5).map((node) => node.target.join(" ")).join(", ")}`,
  );
  expect(faults, `accessibility of ${name}`).toEqual([]);
}

/** Nothing may stick out to the side: on a phone one scrolls down, never across, and words stay in their cell. A failure
 *  names what sticks out. What counts is the page at rest: a font that is still on its way gives place to the one that
 *  people read. */
export async function expectNoSideways(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await expect.poll(() => sideways(page), { message: "what sticks out sideways" }).toEqual([]);
}

async function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const hidden = "details:not([open]) > :not(summary), .table-frame:has(> .table-plain)";
    const seen = [...document.querySelectorAll("body *")].filter((part) => !part.closest(hidden));
    const named = (part: Element) => `${part.tagName} ${part.className} "${part.textContent?.trim().slice(0, 40)}"`;
    const cells = seen.filter((part) => part.matches(".table td > div") && part.scrollWidth > part.clientWidth + 1);
    const out = cells.slice(0, 8).map((part) => `${location.pathname}: leaves its cell: ${named(part)}`);
    if (root.scrollWidth <= root.clientWidth) return out;
    const wide = seen.filter((part) => part.getBoundingClientRect().right > root.clientWidth);
    out.push(`${location.pathname}: ${root.scrollWidth} of ${root.clientWidth} pixels`);
    return out.concat(wide.slice(0, 8).map((part) => `${named(part)} to ${part.getBoundingClientRect().right}`));
  });
}
