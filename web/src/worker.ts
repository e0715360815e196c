// The service worker: without a network it shows the page /khong-mang, with what waits and the forms that this phone keeps. It
// keeps that one page, as a visitor sees it, and its files; no page of a person.

type Waits = Event & { waitUntil(work: Promise<unknown>): void };
type Fetched = Waits & { request: Request; respondWith(answer: Promise<Response>): void };
type Scope = EventTarget & { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> } };

const worker = self as unknown as Scope;
const CACHE = "khong-mang";
const PAGE = "/khong-mang";

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

async function kept(key: string | Request): Promise<Response | undefined> {
  return (await caches.open(CACHE)).match(key, { ignoreVary: true });
}

worker.addEventListener("install", (event) => (event as unknown as Waits).waitUntil(renew().then(() => worker.skipWaiting())));
worker.addEventListener("activate", (event) => (event as unknown as Waits).waitUntil(worker.clients.claim()));
worker.addEventListener("message", (event) => (event as unknown as Waits).waitUntil(renew().catch(() => undefined)));
worker.addEventListener("fetch", (event) => {
  const { request } = event as unknown as Fetched;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  if (request.mode === "navigate") {
    const page = fetch(request).catch(async (cut) => (await kept(PAGE)) ?? Promise.reject(cut));
    (event as unknown as Fetched).respondWith(page);
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
