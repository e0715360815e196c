import { all, memory, typing } from "./dom";

/** The table component: choice of columns, picking rows for one action on many, and the keyboard. */
export function listing(root: ParentNode): void {
  for (const place of all(root, "[data-listing]")) {
    columns(place);
    picking(place);
    fit(place);
    addEventListener("resize", () => fit(place));
  }
  if (root === document) document.addEventListener("keydown", keyboard);
}

/** A table wider than its place scrolls in itself; any other keeps its head in sight while the page scrolls. */
function fit(place: HTMLElement): void {
  const frame = place.querySelector(".table-frame");
  frame?.classList.toggle("is-wide", (frame.firstElementChild?.scrollWidth ?? 0) > frame.clientWidth + 1);
}

function columns(place: HTMLElement): void {
  const boxes = all<HTMLInputElement>(place, "[data-column]");
  if (!boxes.length) return;
  const key = `columns:${place.dataset.listing}`;
  const show = (): void => {
    for (const box of boxes) {
      for (const cell of all(place, `[data-of="${box.dataset.column}"]`)) cell.hidden = !box.checked;
    }
    fit(place);
  };
  const hidden = memory.get<string[]>(key);
  if (hidden) for (const box of boxes) box.checked = !hidden.includes(box.dataset.column ?? "");
  for (const box of boxes) {
    box.addEventListener("change", () => {
      memory.set(key, boxes.filter((other) => !other.checked).map((other) => other.dataset.column));
      show();
    });
  }
  show();
}

function picking(place: HTMLElement): void {
  const bar = place.querySelector<HTMLElement>("[data-bulk]");
  const every = place.querySelector<HTMLInputElement>("[data-pick-all]");
  const boxes = all<HTMLInputElement>(place, "[data-pick]");
  if (!bar || !boxes.length) return;
  const update = (): void => {
    const picked = boxes.filter((box) => box.checked);
    bar.hidden = picked.length === 0;
    const words = bar.querySelector("[data-bulk-count]");
    if (words) words.textContent = (bar.dataset.bulk ?? "").replace("#", String(picked.length));
    for (const box of boxes) box.closest("tr")?.classList.toggle("is-picked", box.checked);
    if (every) {
      every.checked = picked.length === boxes.length;
      every.indeterminate = picked.length > 0 && !every.checked;
    }
  };
  let last = -1;
  boxes.forEach((box, i) => {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last >= 0) {
        for (let k = Math.min(i, last); k <= Math.max(i, last); k++) boxes[k].checked = box.checked;
      }
      last = i;
      update();
    });
  });
  every?.addEventListener("change", () => {
    for (const box of boxes) box.checked = every.checked;
    update();
  });
  update();
}

/** j and k walk the rows, Enter opens, x picks, / goes to the filter. */
function keyboard(event: KeyboardEvent): void {
  if (typing(event) || document.querySelector("dialog[open]")) return;
  const place = document.querySelector<HTMLElement>("[data-listing]");
  if (!place) return;
  const rows = all<HTMLTableRowElement>(place, "tbody tr");
  const here = rows.findIndex((row) => row.classList.contains("is-here"));
  const row = rows[here];
  if (event.key === "j" || event.key === "k") {
    const next = rows[Math.max(0, Math.min(rows.length - 1, here + (event.key === "j" ? 1 : -1)))];
    row?.classList.remove("is-here");
    next?.classList.add("is-here");
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter" && row && event.target === row) row.querySelector<HTMLElement>(".cell-main a, a")?.click();
  else if (event.key === "x" && row) row.querySelector<HTMLElement>("[data-pick]")?.click();
  else if (event.key === "/") place.querySelector<HTMLElement>(".filter input, .filter select")?.focus();
  else return;
  event.preventDefault();
}
