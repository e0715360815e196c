import { all, element, memory, text } from "./dom";

type Draft = { at: number; sent?: boolean; values: [string, string][] };
const PREFIX = "draft:";
const KEPT_FOR = 7 * 24 * 3600 * 1000;

/**
 * A form with data-draft="name" is kept as typed in this browser and offered back after a power cut. It is dropped
 * once the server has taken it: sending only marks it, the next other page that arrives drops it, so that a lost
 * connection loses nothing. Passwords, files and hidden keys are never kept; signing out drops everything.
 */
export function draft(root: ParentNode): void {
  const forms = all<HTMLFormElement>(root, "form[data-draft]");
  if (root === document) sweep(forms.map(keyOf));
  for (const form of all<HTMLFormElement>(root, "form[data-sign-out]")) {
    form.addEventListener("submit", () => [...memory.keys(PREFIX), "outbox-user"].forEach(memory.drop));
  }
  for (const form of forms) keep(form);
}

function keyOf(form: HTMLFormElement): string {
  return `${PREFIX}${document.body.dataset.user ?? ""}:${form.dataset.draft}`;
}

function sweep(here: string[]): void {
  for (const key of memory.keys(PREFIX)) {
    const kept = memory.get<Draft>(key);
    if (!kept || Date.now() - kept.at > KEPT_FOR || (kept.sent && !here.includes(key))) memory.drop(key);
  }
}

function keep(form: HTMLFormElement): void {
  const key = keyOf(form);
  const before = JSON.stringify(valuesOf(form));
  const kept = memory.get<Draft>(key);
  const answered = form.querySelector(".field-wrong") !== null; // the server's answer is newer than the draft
  if (kept && !answered && JSON.stringify(kept.values) !== before) offer(form, key, kept, before);
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => memory.set(key, { at: Date.now(), values: valuesOf(form) }), 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    memory.set(key, { at: Date.now(), sent: true, values: valuesOf(form) });
  });
}

function fields(form: HTMLFormElement): (HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[] {
  return Array.from(form.elements).filter(
    (field): field is HTMLInputElement =>
      (field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) &&
      field.name !== "" && !/^(hidden|password|file|submit)$/.test(field.type) && !field.closest("[data-no-draft]"),
  );
}

function valuesOf(form: HTMLFormElement): [string, string][] {
  return fields(form).map((field) => {
    const ticked = field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type);
    return [field.name, ticked ? `${field.value}=${(field as HTMLInputElement).checked}` : field.value];
  });
}

function put(form: HTMLFormElement, values: [string, string][]): void {
  fields(form).forEach((field, i) => {
    const [name, value] = values[i] ?? [];
    if (name !== field.name || value === undefined) return;
    if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type)) {
      if (value.startsWith(`${field.value}=`)) field.checked = value.endsWith("=true");
    } else field.value = value;
  });
}

function offer(form: HTMLFormElement, key: string, kept: Draft, before: string): void {
  put(form, kept.values);
  const note = element("div", "draft-note", text("draft"));
  note.setAttribute("role", "status");
  const drop = element("button", "button button-quiet button-small", text("draft-drop"));
  drop.type = "button";
  drop.addEventListener("click", () => {
    put(form, JSON.parse(before) as [string, string][]);
    memory.drop(key);
    note.remove();
  });
  note.append(drop);
  form.prepend(note);
}
