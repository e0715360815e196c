// The editor of articles: a page to write on instead of a field of Markdown. The field stays and carries the HTML; the server cleans it.
// Browsers still know the commands of `execCommand`, and undo works through them as people expect.
import { all, element } from "./dom";

/** What stays of something pasted; the rest keeps its words. The server has the last word. */
const KEPT = new Set(["A", "B", "BLOCKQUOTE", "BR", "EM", "H2", "H3", "I", "LI", "OL", "P", "STRONG", "TABLE", "TBODY", "TD", "TH", "TR", "UL"]);
const GONE = new Set(["SCRIPT", "STYLE", "HEAD", "TITLE", "META", "LINK", "SVG", "IFRAME", "OBJECT", "IMG"]);

function clean(from: Node, into: Node): void {
  for (const node of Array.from(from.childNodes)) {
    if (node.nodeType === Node.TEXT_NODE) into.appendChild(document.createTextNode((node.textContent ?? "").replace(/\s+/g, " ")));
    if (!(node instanceof Element) || GONE.has(node.tagName)) continue;
    const name = node.tagName === "H1" ? "H2" : node.tagName === "DIV" ? "P" : node.tagName;
    if (!KEPT.has(name)) {
      clean(node, into);
      continue;
    }
    const copy = document.createElement(name);
    const href = name === "A" ? (node.getAttribute("href") ?? "") : "";
    if (/^(https?:|mailto:|tel:|\/(?!\/))/i.test(href)) copy.setAttribute("href", href);
    clean(node, copy);
    if (copy.textContent?.trim() || name === "BR") into.appendChild(copy);
  }
}

function paste(event: ClipboardEvent): void {
  const html = event.clipboardData?.getData("text/html");
  if (!html) return;
  event.preventDefault();
  const sheet = document.createElement("div");
  // The browser complains of each style it would not apply, also where nothing is shown; nothing of them is kept anyway.
  const plain = html.replace(/\s(style|bgcolor|color)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "").replace(/<style[\s\S]*?<\/style>/gi, "");
  clean(new DOMParser().parseFromString(plain, "text/html").body, sheet);
  document.execCommand("insertHTML", false, sheet.innerHTML);
}

function writer(place: HTMLElement): void {
  const field = place.querySelector("textarea");
  const tools = place.querySelector<HTMLElement>(".writer-tools");
  const says = place.querySelector<HTMLElement>("[data-writer-says]");
  const form = field?.form;
  if (!field || !tools || !says || !form) return;
  const page = element("div", "field-control writer-page news-body");
  page.contentEditable = "true";
  page.setAttribute("role", "textbox");
  page.setAttribute("aria-multiline", "true");
  page.setAttribute("aria-labelledby", `${field.id}-ten`);
  const text = document.querySelector(`[data-writer-text="${field.id}"]`);
  page.innerHTML = text?.innerHTML ?? "";
  // A caption is written beside its picture, not here.
  for (const figure of all(page, "figure")) figure.contentEditable = "false";
  field.value = page.innerHTML;
  // A draft that this browser kept is put back into the field after us, and taken out again when the writer says so.
  const follow = (): void => {
    if (field.value !== page.innerHTML) page.innerHTML = new DOMParser().parseFromString(field.value, "text/html").body.innerHTML;
  };
  window.addEventListener("load", follow);
  form.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest(".draft-note")) window.setTimeout(follow, 0);
  });
  field.hidden = true;
  field.after(page);
  tools.hidden = false;
  if (!form.elements.namedItem("kieu")) {
    const kind = element("input", "");
    kind.type = "hidden";
    kind.name = "kieu";
    kind.value = "html";
    form.append(kind);
  }
  document.execCommand("defaultParagraphSeparator", false, "p");
  const changed = (): void => {
    field.value = page.innerHTML;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const say = (words: string): void => {
    says.textContent = words;
    says.hidden = words === "";
  };
  page.addEventListener("paste", paste);
  page.addEventListener("input", (event) => {
    event.stopPropagation();
    changed();
  });
  const run = (name: string, value?: string): void => {
    page.focus();
    document.execCommand(name, false, value);
    changed();
  };
  const acts: Record<string, () => void> = {
    p: () => run("formatBlock", "p"),
    h2: () => run("formatBlock", "h2"),
    quote: () => run("formatBlock", "blockquote"),
    bold: () => run("bold"),
    italic: () => run("italic"),
    ul: () => run("insertUnorderedList"),
    ol: () => run("insertOrderedList"),
    undo: () => run("undo"),
    link: () => {
      const address = window.prompt(place.dataset.textLink ?? "", "https://");
      if (address && /^(https?:|mailto:|tel:|\/(?!\/))/i.test(address)) run("createLink", address);
    },
    picture: () => {
      const chosen = element("input", "");
      chosen.type = "file";
      chosen.accept = "image/jpeg,image/png,image/webp";
      chosen.addEventListener("change", () => {
        const file = chosen.files?.[0];
        if (file) void insert(file);
      });
      chosen.click();
    },
  };
  const insert = async (file: File): Promise<void> => {
    say("…");
    const sent = new FormData();
    sent.append("khoa", crypto.randomUUID());
    sent.append("tep", file);
    try {
      const answer = await fetch(place.dataset.uploadTo ?? "", { method: "POST", body: sent, headers: { accept: "application/json" } });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.errors?.[0]?.message ?? told.title);
      const revision = form.elements.namedItem("phien-ban");
      if (revision instanceof HTMLInputElement) revision.value = String(told.revision);
      for (const one of told.files) run("insertHTML", `<p><img src="${encodeURI(one.src)}" alt=""></p><p><br></p>`);
      say("");
    } catch (wrong) {
      say(wrong instanceof Error && wrong.message ? wrong.message : (place.dataset.textFailed ?? ""));
    }
  };
  for (const button of all<HTMLButtonElement>(tools, "[data-do]")) {
    // The place in the text stays chosen.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => acts[button.dataset.do ?? ""]?.());
  }
}

function ready(): void {
  for (const place of all(document, "[data-writer]")) writer(place);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
else ready();
