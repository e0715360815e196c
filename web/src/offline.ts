// What every page does about a network that comes and goes: it registers the service worker, says when it is a kept copy, sends
// nothing into the void, and offers to put the commune's pages among the phone's applications.
import { all, element, text } from "./dom";

type Installs = Event & { prompt(): Promise<unknown> };

/** The service worker keeps what is read; it is fetched when the page itself has come. */
export function register(): void {
  if (!("serviceWorker" in navigator)) return;
  const now = () => void navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  if (document.readyState === "complete") now();
  else window.addEventListener("load", now);
}

/** A page from the phone's own store says so, and how old it is. */
export function copy(): void {
  const at = Number(document.body.dataset.keptAt ?? 0);
  if (!at) return;
  const moment = new Date(at).toLocaleString(document.documentElement.lang === "vi" ? "vi-VN" : "en-GB", { dateStyle: "short", timeStyle: "short" });
  const said = element("p", "notice notice-soon", text("kept").replace("#", moment));
  said.setAttribute("role", "status");
  document.getElementById("main")?.prepend(said);
  // What is sent from a copy is a new thing each time, never a repeat of what was sent when it was read.
  for (const key of all<HTMLInputElement>(document, "input[name=khoa]")) key.value = crypto.randomUUID();
}

/** Without a network a form stays where it is; those of the outbox wait by themselves. */
export function unsent(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (navigator.onLine || !(form instanceof HTMLFormElement) || form.method !== "post" || form.dataset.outbox) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.querySelector("[data-unsent]")?.remove();
    const said = element("p", "notice notice-soon", text("unsent"));
    said.dataset.unsent = "";
    said.setAttribute("role", "alert");
    form.append(said);
    window.addEventListener("online", () => said.remove(), { once: true });
  }, { capture: true });
}

/** The browser says that it could be installed: a button appears at the foot of the page. */
export function install(): void {
  window.addEventListener("beforeinstallprompt", (event) => {
    for (const button of all<HTMLButtonElement>(document, "button[data-install]")) {
      button.hidden = false;
      button.onclick = () => void (event as Installs).prompt().then(() => (button.hidden = true));
    }
  });
}
