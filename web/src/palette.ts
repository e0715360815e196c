import { all, element, typing } from "./dom";

type Hit = { label: string; kind: string; url: string };

/** Ctrl K: every page and every object by name. The same box without a script is a search page. */
export function palette(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog[data-palette]");
  const input = dialog?.querySelector("input");
  const list = dialog?.querySelector("ul");
  if (!dialog || !input || !list || typeof dialog.showModal !== "function") return;
  const open = (): void => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    void fill();
  };
  let asked = 0;
  const fill = async (): Promise<void> => {
    const mine = ++asked;
    const answer = await fetch(`${dialog.dataset.palette}?goi-y=1&q=${encodeURIComponent(input.value)}`, {
      headers: { accept: "application/json" },
    }).catch(() => null);
    if (mine !== asked || !answer?.ok) return;
    const hits = (await answer.json()) as Hit[];
    list.replaceChildren(...hits.map((hit, i) => row(hit, i === 0)));
    const none = dialog.querySelector<HTMLElement>("[data-palette-none]");
    if (none) none.hidden = hits.length > 0 || input.value.trim() === "";
  };
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void fill(), 120);
  });
  input.addEventListener("keydown", (event) => {
    const rows = all(list, "a");
    const here = rows.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = rows[(here + (event.key === "ArrowDown" ? 1 : rows.length - 1)) % rows.length];
      rows[here]?.setAttribute("aria-selected", "false");
      next?.setAttribute("aria-selected", "true");
      next?.scrollIntoView({ block: "nearest" });
      if (next) input.setAttribute("aria-activedescendant", next.id);
    } else if (event.key === "Enter" && rows[here]) rows[here].click();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    } else if (event.key === "/" && !typing(event) && !document.querySelector("[data-listing] .filter")) {
      event.preventDefault();
      open();
    }
  });
  for (const opener of all(document, "[data-palette-open]")) opener.addEventListener("click", open);
}

function row(hit: Hit, first: boolean): HTMLLIElement {
  const item = element("li");
  item.setAttribute("role", "presentation");
  const link = element("a");
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", String(first));
  link.id = `hit-${Math.random().toString(36).slice(2)}`;
  if (/^\/(?!\/)/.test(hit.url)) link.href = hit.url; // only our own pages
  link.tabIndex = -1;
  link.append(element("span", "", hit.label), element("span", "palette-kind", hit.kind));
  item.append(link);
  return item;
}
