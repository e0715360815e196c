// What `sandinh demo` prints: its address, and one line with a sign-in link for each role.
import { readFileSync } from "node:fs";
import { demoFile } from "./paths.ts";

export type Demo = { address: string; links: { label: string; url: string }[] };

/** The people of the demo commune who act in the journeys, by their login. */
const CAST = {
  admin: "chuyen-doi-so",
  chairman: "chu-tich",
  officer: "mot-cua",
  registryOfficer: "ho-tich",
  auditor: "kiem-tra",
  clerk: "van-thu",
  radioOfficer: "truyen-thanh",
  villageHead: "truong-thon-01",
  otherHead: "truong-thon-02",
  resident: "nguoi-dan-1",
  otherResident: "nguoi-dan-2",
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
  return demo().links.find((link) => link.url.endsWith(`/demo/vao/${CAST[role]}`))?.url;
}
