// The service worker: without a network it shows what was read before (outbox/pages.ts), and for the rest the page /khong-mang, with
// what waits and the forms that this phone keeps. Of that one page it keeps what a visitor sees, and its files.
import { again, forget, keep } from "./outbox/pages";

type Waits = Event & { waitUntil(work: Promise<unknown>): void };
type Fetched = Waits & { request: Request; respondWith(answer: Promise<Response>): void };
type Scope = EventTarget & { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> } };

const worker = self as unknown as Scope;
const CACHE = "khong-mang";
const PAGE = "/khong-mang";
/** What an application that was just installed can show at once. */
const FIRST = ["/", "/thu-tuc"];
const SIGN_OUT = "/dang-xuat";

/** The page and everything it names, all of one build, or what was there before. */
async function renew(): Promise<void> {
  const page = await fetch(PAGE, { credentials: "omit", cache: "no-store" });
  if (!page.ok) return;
  const names = new Set((await page.clone().text()).match(/\/assets\/[\w.-]+/g) ?? []);
  const files = await Promise.all(Array.from(names, async (name) => [name, await fetch(name)] as const));
  const cache = await caches.open(CACHE);
  for (const [name, file] of files) if (file.ok) await cache.put(name, file);
  await cache.put(PAGE, page);
  for (const old of await cache.keys()) {
    const path = new URL(old.url).pathname;
    if (path !== PAGE && !names.has(path)) await cache.delete(old);
  }
}

/** Asked by a page: it hears whether there is something to show without a network. */
async function renewed({ ports }: MessageEvent): Promise<void> {
  await renew().catch(() => undefined);
  ports[0]?.postMessage((await kept(PAGE)) !== undefined);
}

/** The first pages, as they are for whoever is signed in. */
async function first(): Promise<void> {
  for (const path of FIRST) await fetch(path).then(keep).catch(() => undefined);
}

/** A page from the network, kept on the way; without one what was kept of it. */
async function opened(event: Fetched): Promise<Response> {
  try {
    const page = await fetch(event.request);
    event.waitUntil(keep(page.clone()).catch(() => undefined));
    return page;
  } catch (cut) {
    const { pathname, search } = new URL(event.request.url);
    const read = await again(pathname + search).catch(() => undefined);
    return read ?? (await kept(PAGE)) ?? Promise.reject(cut);
  }
}

async function kept(key: string | Request): Promise<Response | undefined> {
  return (await caches.open(CACHE)).match(key, { ignoreVary: true });
}

worker.addEventListener("install", (event) => (event as unknown as Waits).waitUntil(renew().then(() => worker.skipWaiting())));
worker.addEventListener("activate", (event) => (event as unknown as Waits).waitUntil(worker.clients.claim().then(first)));
worker.addEventListener("message", (event) => (event as unknown as Waits).waitUntil(renewed(event as MessageEvent)));
worker.addEventListener("fetch", (event) => {
  const { request } = event as unknown as Fetched;
  const { origin, pathname } = new URL(request.url);
  if (request.method === "POST" && pathname === SIGN_OUT) (event as unknown as Waits).waitUntil(forget().catch(() => undefined));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    (event as unknown as Fetched).respondWith(opened(event as unknown as Fetched));
  } else if (origin === location.origin && pathname.startsWith("/assets/")) {
    (event as unknown as Fetched).respondWith(kept(request).then((file) => file ?? fetch(request)));
  }
});

// A notice from the commune: shown while no page is open. The server learns that it was shown.
type Pushed = Waits & { data: { json(): unknown } | null };
type Clicked = Waits & { notification: Notification };
type Shows = {
  registration: { showNotification(title: string, options: object): Promise<void> };
  clients: { openWindow(url: string): Promise<unknown> };
};
const shows = self as unknown as Shows;

worker.addEventListener("push", (event) => {
  const pushed = event as unknown as Pushed;
  const told = (pushed.data?.json() ?? {}) as Record<string, string | undefined>;
  const shown = shows.registration.showNotification(told.title ?? "Sân Đình", {
    body: told.body,
    tag: told.tag,
    lang: "vi",
    data: { url: told.url },
  });
  const seen = told.seen?.startsWith("/") ? fetch(told.seen, { method: "POST" }).catch(() => undefined) : undefined;
  pushed.waitUntil(Promise.all([shown, seen]));
});
worker.addEventListener("notificationclick", (event) => {
  const { notification } = event as unknown as Clicked;
  notification.close();
  const url = (notification.data as { url?: string } | null)?.url;
  (event as unknown as Waits).waitUntil(shows.clients.openWindow(url?.startsWith("/") ? url : "/"));
});

export {};
