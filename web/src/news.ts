// What an article's page does beside app.ts: tells that it was opened (nothing of who opened it), copies and shares its address.
import { all } from "./dom";
import { share } from "./task/share";

function ready(): void {
  share(document);
  for (const article of all(document, "[data-read]")) {
    const where = article.dataset.read ?? "";
    // Once in a visit: coming back to it is no second reading.
    if (sessionStorage.getItem(where)) continue;
    sessionStorage.setItem(where, "1");
    fetch(where, { method: "POST", keepalive: true }).catch(() => undefined);
  }
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
else ready();
