// Sends a form with data-outbox="what it is" when there is a network, and keeps it on the phone until there is. The key of
// the form makes it safe to send twice: the server does it once. What waits, and why, always stands on the page.
import { all, element, memory } from "../dom";
import { keeping, list, read, worker } from "./forms";
import { send } from "./send";
import { type Letter, body, drop, mark, put, waiting } from "./store";

/** Tried again this often while something waits, in milliseconds. */
const AGAIN = 20_000;

/** Who signed in last on this phone: the page without a network knows nobody. Signing out forgets it. */
const LAST = "outbox-user";
const offline = document.querySelector("[data-kept-forms]") !== null;
if (offline) document.body.dataset.user = memory.get<string>(LAST) ?? "";
const user = document.body.dataset.user ?? "";
if (user && !offline) memory.set(LAST, user);
const place = document.querySelector<HTMLElement>("[data-outbox-place]");
/** The share of each letter on its way, by its id. */
const going = new Map<string, number>();

function words(name: string): string {
  return place?.getAttribute(`data-text-${name}`) ?? "";
}

function watch(form: HTMLFormElement): void {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    void post(form, event.submitter);
  });
}

async function post(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const buttons = all<HTMLButtonElement>(form, "button");
  buttons.forEach((button) => (button.disabled = true));
  let letter: Letter;
  try {
    const typed = new FormData(form);
    if (submitter instanceof HTMLButtonElement && submitter.name) typed.append(submitter.name, submitter.value);
    const whole = form.enctype.startsWith("multipart/") ? typed : new URLSearchParams(Array.from(typed) as [string, string][]);
    const packed = new Response(whole);
    const about = {
      id: String(typed.get("khoa") ?? crypto.randomUUID()), user, action: form.action, page: form.dataset.page ?? location.pathname + location.search,
      name: form.dataset.outbox ?? "", at: Date.now(), type: packed.headers.get("Content-Type") ?? "",
    };
    letter = await put(about, await packed.arrayBuffer());
  } catch {
    form.submit(); // this browser keeps nothing: as every form goes
    return;
  }
  const taken = await take(letter);
  if (taken === "refused" && navigator.onLine) {
    await drop(letter.id);
    form.submit(); // the same key: the server's own page says what is wrong, at its place
    return;
  }
  if (taken !== "gone") form.hidden = true;
  await draw();
  place?.scrollIntoView({ block: "center" });
}

/** Tries to send one; "gone" when the server has it and the page changes. */
async function take(letter: Letter): Promise<"gone" | "waits" | "refused"> {
  going.set(letter.id, 0);
  await draw();
  const outcome = await send(letter.action, letter.type, await body(letter), (share) => {
    going.set(letter.id, share);
    void draw();
  });
  going.delete(letter.id);
  if (outcome.kind === "sent") {
    await drop(letter.id);
    if (letter.page === location.pathname + location.search) location.assign(outcome.url);
    else said(letter, outcome.url);
    return "gone";
  }
  if (outcome.kind === "later") return "waits";
  if (letter.wrong !== outcome.why) await mark({ ...letter, wrong: outcome.why });
  return "refused";
}

let busy = false;

async function flush(): Promise<void> {
  if (busy || !navigator.onLine) return;
  busy = true;
  try {
    for (const letter of await waiting(user)) {
      // One that is on its way already needs no second sending over a weak signal.
      if (!going.has(letter.id) && (!letter.wrong || letter.wrong === "sign-in")) await take(letter);
    }
  } finally {
    busy = false;
  }
  await draw();
}

/** A line that says it arrived, with the way to it. */
function said(letter: Letter, url: string): void {
  const line = element("li", "", `${words("sent")} `);
  const link = element("a", "", letter.name);
  link.href = url;
  line.append(link);
  place?.querySelector("ul")?.append(line);
  line.dataset.said = "1";
  if (place) place.hidden = false;
}

function state(letter: Letter): string {
  const share = going.get(letter.id);
  if (share !== undefined) return words("going").replace("#", String(Math.round(share * 100)));
  if (letter.wrong) return words(letter.wrong);
  return words(navigator.onLine ? "again" : "waits");
}

async function draw(): Promise<void> {
  const list = place?.querySelector("ul");
  if (!place || !list) return;
  const letters = await waiting(user).catch(() => []);
  const arrived = all(list, "[data-said]");
  list.replaceChildren(...letters.map(line), ...arrived);
  place.hidden = list.childElementCount === 0;
}

function line(letter: Letter): HTMLLIElement {
  const item = element("li");
  const about = element("div");
  const size = (letter.data.byteLength / 1024).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 0 });
  about.append(element("strong", "", letter.name), element("br"), element("span", "small", `${state(letter)} (${size} kB)`));
  item.append(about);
  if (going.has(letter.id)) return item;
  const again = element("button", "button button-plain button-small", words("send"));
  again.type = "button";
  again.addEventListener("click", () => void take(letter).then(draw));
  item.append(again);
  if (letter.wrong) {
    const away = element("button", "button button-quiet button-small", words("drop"));
    away.type = "button";
    away.addEventListener("click", () => void drop(letter.id).then(draw));
    const open = element("a", "button button-quiet button-small", words("open"));
    open.href = letter.page;
    item.append(open, away);
  }
  return item;
}

all<HTMLFormElement>(document, "form[data-outbox]").forEach(watch);
keeping(user);
if (offline) {
  void list(user, watch);
  void read();
} else if (user) void worker(false);
window.addEventListener("online", () => void flush());
window.addEventListener("offline", () => void draw());
setInterval(() => void flush(), AGAIN);
void draw().then(flush);
