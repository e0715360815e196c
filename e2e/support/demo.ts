// What `sandinh demo` prints: its address, and one line with a sign-in link for each role.
import { readFileSync } from "node:fs";
import { demoFile } from "./paths.ts";

export type Demo = { address: string; links: { label: string; url: string }[] };

/** The people of the demo commune, each found by a word of the line that carries their link. */
const CAST = {
  admin: /quản trị|admin/i,
  chairman: /chủ tịch|chairman/i,
  officer: /một cửa|công chức|cán bộ|officer/i,
  villageHead: /trưởng thôn|village head/i,
};
export type Role = keyof typeof CAST;

/** Adds what one printed line tells. An address without a path is the commune's; one with a path is a sign-in link. */
export function printed(line: string, demo: Demo): void {
  const found = /https?:\/\/[^\s"'<>)]+/.exec(line);
  if (!found) return;
  const url = new URL(found[0]);
  if (url.pathname === "/" && url.search === "") {
    demo.address ||= url.origin;
    return;
  }
  demo.address ||= url.origin;
  demo.links.push({ label: line.replace(found[0], "").trim(), url: url.href });
}

export function demo(): Demo {
  return JSON.parse(readFileSync(demoFile, "utf8")) as Demo;
}

/** The one-click sign-in link of a role; undefined while the demo has not printed it yet. */
export function linkOf(role: Role): string | undefined {
  return demo().links.find((link) => CAST[role].test(`${link.label} ${decodeURI(link.url)}`))?.url;
}
