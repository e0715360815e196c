// Pages that were read, kept encrypted in this browser for the time without a network. The server says of each page whether a phone
// may keep it, and whose it is (header x-keep). What is of one person goes when that person signs out.
import { type Sealed, ask, sealed, unsealed } from "./store";

export type Page = {
  /** Path and query. */
  url: string;
  /** An account, or EVERYBODY. */
  whose: string;
  /** What stands in its <title>, as HTML. */
  title: string;
  at: number;
  /** The policy it came with: what is opened from here must not be allowed more. */
  policy: string;
};

export const EVERYBODY = "everybody";
const MOST = 80;
const LONGEST = 1 << 20;
const KEPT_FOR = 30 * 24 * 3600 * 1000;

/** Newest first. */
export async function pages(): Promise<Page[]> {
  const kept = await ask<Page[]>("pages", "readonly", (pages) => pages.getAll() as IDBRequest<Page[]>);
  return kept.sort((one, other) => other.at - one.at);
}

/** Keeps an answer that may be kept; what another person left on this phone goes. */
export async function keep(answer: Response): Promise<void> {
  const whose = answer.headers.get("x-keep");
  if (!whose || !answer.ok) return;
  const html = await answer.text();
  if (html.length > LONGEST) return;
  const { pathname, search } = new URL(answer.url);
  const url = pathname + search;
  const title = /<title>([^<]*)/.exec(html)?.[1] ?? url;
  const body = await sealed(new TextEncoder().encode(html).buffer as ArrayBuffer);
  const policy = answer.headers.get("content-security-policy") ?? "default-src 'self'";
  await ask("bodies", "readwrite", (bodies) => bodies.put(body, url));
  await ask("pages", "readwrite", (pages) => pages.put({ url, whose, title, at: Date.now(), policy } satisfies Page));
  await drop((page, place) => place >= MOST || Date.now() - page.at > KEPT_FOR || (page.whose !== EVERYBODY && page.whose !== whose));
}

async function drop(goes: (page: Page, place: number) => boolean): Promise<void> {
  for (const { url } of (await pages()).filter(goes)) {
    await ask("pages", "readwrite", (pages) => pages.delete(url));
    await ask("bodies", "readwrite", (bodies) => bodies.delete(url));
  }
}

/** The person signs out: nothing of their own stays. */
export async function forget(): Promise<void> {
  await drop((page) => page.whose !== EVERYBODY);
}

/** A copy says so, and how old it is. What is sent from it is a new thing each time, never a repeat of what was sent when it was read. */
function copy(html: string, at: number): string {
  const lang = html.includes('<html lang="vi"') ? "vi-VN" : "en-GB";
  const moment = new Date(at).toLocaleString(lang, { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit" });
  const words = (/ data-text-kept="([^"]*)"/.exec(html)?.[1] ?? "#").replace("#", moment);
  return html
    .replace(/<main id="main"[^>]*>/, (main) => `${main}<p class="notice notice-soon" role="status">${words}</p>`)
    .replace(/(name="khoa" value=")[^"]*/g, (_, start: string) => start + crypto.randomUUID());
}

/** A kept page as the browser shows it. */
export async function again(url: string): Promise<Response | undefined> {
  const page = await ask<Page | undefined>("pages", "readonly", (pages) => pages.get(url));
  const body = await ask<Sealed | undefined>("bodies", "readonly", (bodies) => bodies.get(url));
  if (!page || !body) return undefined;
  const html = copy(new TextDecoder().decode(await unsealed(body)), page.at);
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": page.policy, "X-Content-Type-Options": "nosniff" };
  return new Response(html, { headers });
}
