// Signing with the USB token of this computer: the PDF goes to the signing agent on the loopback address, the official
// decides in the agent's own window, and the signed file goes into the form that takes files signed elsewhere. Nothing of
// it works without a press there; what waits is found again after a reload.
import { all, memory } from "./dom";

const PORT = 17817;
/** Where the official said that the agent listens. */
const PORT_KEY = "usb-port";
/** A browser may ask whether the page may reach this computer: people need time to answer. */
const HELLO_MS = 60_000;
const LOOK_MS = 1_000;
/** So many questions without an answer: the agent was closed. */
const MISSED_MAX = 10;

type Look = { page: number; at: number[]; drawing: string };
type Waiting = { port: number; id: string; window: string };

class Told extends Error {}

const JSON_PLEASE: RequestInit = { cache: "no-store", headers: { accept: "application/json" } };

/** The paper of the page and what its signature will show. */
async function fetched({ dataset }: HTMLElement): Promise<[Blob, Response]> {
  const paper = await fetch(dataset.file ?? "", { cache: "no-store" });
  if (!paper.ok || !paper.headers.get("content-type")?.includes("application/pdf")) throw new Told("no-file");
  return [await paper.blob(), await fetch(dataset.look ?? "", JSON_PLEASE)];
}

/** The scan in a form, and what its signature will show; the other choices go along to the form of the signed file. */
async function chosen(form: HTMLFormElement, { dataset }: HTMLElement): Promise<[Blob, Response]> {
  const body = new FormData(form);
  body.delete("mat-khau-ky");
  const look = await fetch(dataset.look ?? "", { ...JSON_PLEASE, method: "POST", body });
  if (!look.ok) {
    const { errors } = (await look.json()) as { errors?: { message: string }[] };
    throw new Told(errors?.[0]?.message ?? "no-file");
  }
  const target = document.querySelector<HTMLFormElement>(`form[action="${dataset.form}"]`);
  for (const [name, value] of body) {
    const field = target?.elements.namedItem(name);
    if (typeof value === "string" && field instanceof HTMLInputElement) field.value = value;
  }
  return [form.querySelector<HTMLInputElement>("input[type=file]")!.files![0]!, look];
}

for (const place of all(document, "[data-usb]")) begin(place);

function begin(place: HTMLElement): void {
  const card = place.closest(".card");
  const form = card?.querySelector<HTMLFormElement>(`form[action="${place.dataset.form}"]`);
  /** What is signed may be a scan that was chosen in a form of the page, and is nowhere else. */
  const scanned = card?.querySelector<HTMLFormElement>(`form[action="${place.dataset.file}"]`);
  const input = form?.querySelector<HTMLInputElement>("input[type=file]");
  const [start, stop, told, open, port] = ["start", "stop", "told", "open", "port"].map((name) =>
    place.querySelector<HTMLElement>(`[data-usb-${name}]`),
  );
  if (!form || !input || !start || !stop || !told || !(open instanceof HTMLAnchorElement) || !(port instanceof HTMLInputElement)) return;
  place.hidden = false;
  port.value = String(memory.get<number>(PORT_KEY) ?? PORT);
  port.addEventListener("change", () => {
    const typed = Number(port.value);
    if (Number.isInteger(typed) && typed > 0 && typed < 65_536) memory.set(PORT_KEY, typed);
  });

  const kept = `usb-${place.dataset.file}`;
  const say = (name: string) => (told.textContent = place.getAttribute(`data-say-${name}`) ?? name);
  let given = false;

  const ask = async (port: number, path: string, init: RequestInit = {}) => {
    try {
      return await fetch(`http://127.0.0.1:${port}/api/${path}`, {
        ...init, mode: "cors", credentials: "omit", cache: "no-store", headers: { "x-sandinh": "1" },
      });
    } catch {
      throw new Told("absent");
    }
  };

  const wait = async (waiting: Waiting) => {
    open.href = waiting.window;
    open.parentElement!.hidden = false;
    stop.hidden = false;
    say("waiting");
    for (let missed = 0; ; ) {
      const state = await ask(waiting.port, `requests/${waiting.id}`)
        .then(async (answer) => ((await answer.json()) as { state: string }).state)
        .catch(() => "");
      // One that is lost, as when this page is loaded anew, is no answer.
      missed = state ? 0 : missed + 1;
      if (missed >= MISSED_MAX) throw new Told("absent");
      if (state === "signed") break;
      if (given || (state && state !== "waiting")) throw new Told(given ? "cancelled" : state);
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
    const file = await (await ask(waiting.port, `requests/${waiting.id}/file`)).blob();
    forget();
    say("sending");
    const files = new DataTransfer();
    files.items.add(new File([file], "ban-da-ky.pdf", { type: "application/pdf" }));
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    form.requestSubmit();
    if (!scanned) return;
    // The answer is a file: this page stays.
    start.removeAttribute("disabled");
    say("done");
  };

  const forget = () => {
    sessionStorage.removeItem(kept);
    open.parentElement!.hidden = true;
    stop.hidden = true;
  };

  const send = async (): Promise<Waiting> => {
    if (scanned && !scanned.querySelector<HTMLInputElement>("input[type=file]")?.files?.length) throw new Told("no-scan");
    const port = memory.get<number>(PORT_KEY) ?? PORT;
    say("looking");
    const hello = await Promise.race([
      ask(port, "hello"),
      new Promise<never>((_, fail) => setTimeout(() => fail(new Told("absent")), HELLO_MS)),
    ]);
    if (!hello.ok) throw new Told("absent");
    say("fetching");
    const [paper, look] = scanned ? await chosen(scanned, place) : await fetched(place);
    const body = new FormData();
    body.set("file", paper, "van-ban.pdf");
    for (const name of ["title", "number", "reason", "place"]) body.set(name, place.getAttribute(`data-${name}`) ?? "");
    body.set("lang", document.documentElement.lang);
    if (look.ok && look.status !== 204) {
      const { page, at, drawing } = (await look.json()) as Look;
      body.set("page", String(page));
      body.set("at", at.join(" "));
      body.set("drawing", new Blob([Uint8Array.from(atob(drawing), (one) => one.charCodeAt(0))]), "hinh.pdf");
    }
    const answer = await ask(port, "requests", { method: "POST", body });
    const asked = (await answer.json()) as { id?: string; window?: string; text?: string };
    if (!asked.id || !asked.window) throw new Told(asked.text ?? "absent");
    return { port, id: asked.id, window: asked.window };
  };

  const run = async (begun: () => Promise<Waiting>) => {
    start.setAttribute("disabled", "");
    given = false;
    try {
      await wait(await begun());
    } catch (error) {
      forget();
      start.removeAttribute("disabled");
      say(error instanceof Told ? error.message : "failed");
    }
  };

  start.addEventListener("click", () =>
    run(async () => {
      const waiting = await send();
      sessionStorage.setItem(kept, JSON.stringify(waiting));
      window.open(waiting.window, "_blank", "popup,noopener,width=640,height=860");
      return waiting;
    }),
  );
  stop.addEventListener("click", () => {
    given = true;
    const waiting = JSON.parse(sessionStorage.getItem(kept) ?? "null") as Waiting | null;
    if (waiting) void ask(waiting.port, `requests/${waiting.id}`, { method: "DELETE" }).catch(() => {});
  });
  const before = sessionStorage.getItem(kept);
  if (before) void run(async () => JSON.parse(before) as Waiting);
}
