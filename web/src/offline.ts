// What every page does about a network that comes and goes.
import { element, text } from "./dom";

/** Registers the service worker, which keeps what is read; without a network a form stays where it is. Those of the outbox wait by themselves. */
export function offline(): void {
  addEventListener("load", () => void navigator.serviceWorker?.register("/sw.js").catch(() => undefined));
  const said = element("output", "notice notice-soon");
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (navigator.onLine || form.method !== "post" || form.dataset.outbox) return;
    event.preventDefault();
    event.stopPropagation();
    form.append(said);
    said.textContent = text("unsent");
  }, true);
  addEventListener("online", () => said.remove());
}
