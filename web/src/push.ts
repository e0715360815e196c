// Turns notices on for this browser: asks the person, subscribes, tells the server.

async function subscribe(place: HTMLElement): Promise<string> {
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return place.dataset.textRefused ?? "";
  try {
    await navigator.serviceWorker.register("/sw.js");
    const ready = await navigator.serviceWorker.ready;
    const told = await ready.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: place.dataset.push ?? "" });
    const answer = await fetch(place.dataset.pushTo ?? "", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(told),
    });
    if (answer.ok) {
      location.reload();
      return "";
    }
  } catch {
    /* the browser or its push service says no */
  }
  return place.dataset.textFailed ?? "";
}

function ready(): void {
  const place = document.querySelector<HTMLElement>("[data-push]");
  const says = document.querySelector<HTMLElement>("[data-push-says]");
  const none = document.querySelector<HTMLElement>("[data-push-none]");
  if (!place || !says || !("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return;
  if (none) none.hidden = true;
  place.hidden = false;
  place.querySelector("button")?.addEventListener("click", async () => {
    const words = await subscribe(place);
    says.textContent = words;
    says.hidden = words === "";
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
else ready();

export {};
