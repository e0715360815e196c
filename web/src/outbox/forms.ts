// Forms that a person keeps on this phone, to fill them in where there is no network: the button data-keep-form keeps the form of its
// page, encrypted like everything here; the page /khong-mang lists and opens them.
import { all, element } from "../dom";
import { pages } from "./pages";
import { type Form, form, formDrop, formPut, forms } from "./store";

/** A worker that has not answered by then is an old one, or has no network. */
const ANSWER = 20_000;

/** True where a worker may show a page without a network; `fresh` when it is to fetch that page anew, and has it. */
export async function worker(fresh: boolean): Promise<boolean> {
  if (!("serviceWorker" in navigator)) return false;
  try {
    await navigator.serviceWorker.register("/sw.js");
    const ready = await navigator.serviceWorker.ready;
    return !fresh || (await renewed(ready.active));
  } catch {
    return false;
  }
}

async function renewed(worker: ServiceWorker | null): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = ({ data }) => done(data === true);
    setTimeout(() => done(false), ANSWER);
    worker ? worker.postMessage("renew", [port2]) : done(false);
  });
}

/** The button that keeps the form of this page. */
export function keeping(user: string): void {
  for (const button of all<HTMLButtonElement>(document, "button[data-keep-form]")) {
    const whole = document.querySelector<HTMLFormElement>("form[data-outbox]");
    const said = document.querySelector<HTMLElement>("[data-keep-said]");
    if (!whole || !said) continue;
    button.addEventListener("click", async () => {
      button.disabled = true;
      const kept = (await worker(true)) && (await keep(whole, user));
      said.textContent = said.getAttribute(kept ? "data-text-kept" : "data-text-cannot");
      said.hidden = false;
      button.disabled = false;
    });
  }
}

async function keep(whole: HTMLFormElement, user: string): Promise<boolean> {
  try {
    void navigator.storage?.persist?.();
    const page = location.pathname + location.search;
    // Styles that scripts left there would be refused by the policy of the page that opens it.
    const html = whole.outerHTML.replace(/ style="[^"]*"/g, "");
    await formPut({ id: `${user} ${page}`, user, page, name: whole.dataset.outbox ?? "", at: Date.now() }, html);
    return true;
  } catch {
    return false;
  }
}

/** The list on the page without a network; `opened` is called with each form that stands on the page then. */
export async function list(user: string, opened: (form: HTMLFormElement) => void): Promise<void> {
  const place = document.querySelector<HTMLElement>("[data-kept-forms]");
  const none = document.querySelector<HTMLElement>("[data-kept-none]");
  if (!place || !none) return;
  const kept = await forms(user).catch(() => []);
  const lines = kept.map((one) => line(one, place, async () => open(one, opened), async () => {
    await formDrop(one.id);
    await list(user, opened);
  }));
  place.querySelector("ul")?.replaceChildren(...lines);
  place.hidden = lines.length === 0;
  none.hidden = lines.length > 0;
}

/** The pages that were read on this phone, on the page without a network. */
export async function read(): Promise<void> {
  const place = document.querySelector<HTMLElement>("[data-kept-pages]");
  if (!place) return;
  const lines = (await pages().catch(() => [])).map(({ url, title }) => {
    const words = new DOMParser().parseFromString(title, "text/html").body.textContent ?? url;
    const link = element("a", "", words.replace(/ · [^·]*$/, "")); // the commune's name ends every title
    link.href = url;
    const item = element("li");
    item.append(link);
    return item;
  });
  place.querySelector("ul")?.replaceChildren(...lines);
  place.hidden = lines.length === 0;
}

function line(one: Form, place: HTMLElement, show: () => Promise<void>, away: () => Promise<void>): HTMLLIElement {
  const item = element("li");
  const about = element("div");
  const day = new Date(one.at).toLocaleDateString(document.documentElement.lang === "vi" ? "vi-VN" : "en-GB");
  about.append(element("strong", "", one.name), element("br"), element("span", "small soft", `${place.dataset.textAt ?? ""} ${day}`));
  const button = (words: string, kind: string, act: () => Promise<void>) => {
    const made = element("button", `button button-${kind} button-small`, words);
    made.type = "button";
    made.addEventListener("click", () => void act());
    return made;
  };
  item.append(about, button(place.dataset.textOpen ?? "", "plain", show), button(place.dataset.textDrop ?? "", "quiet", away));
  return item;
}

async function open(one: Form, opened: (form: HTMLFormElement) => void): Promise<void> {
  const place = document.querySelector<HTMLElement>("[data-kept-open]");
  if (!place) return;
  const made = new DOMParser().parseFromString(await form(one), "text/html").querySelector("form");
  if (!made) return;
  all(made, ".draft-note").forEach((note) => note.remove());
  made.dataset.page = one.page;
  // Each time it is sent it is another application; the same one sent twice is one.
  const key = made.querySelector<HTMLInputElement>("input[name=khoa]");
  if (key) key.value = crypto.randomUUID();
  place.replaceChildren(element("h2", "", one.name), made);
  place.hidden = false;
  made.dispatchEvent(new Event("htmx:load", { bubbles: true }));
  opened(made);
  place.scrollIntoView();
}
