import { all } from "./dom";

/** Menus are <details>; a click elsewhere or Escape closes them. */
export function menus(root: ParentNode): void {
  if (root !== document) return;
  const close = (except: Node | null): void => {
    for (const menu of all<HTMLDetailsElement>(document, "details.menu[open]")) {
      if (!except || !menu.contains(except)) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => close(event.target as Node));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.activeElement?.closest<HTMLDetailsElement>("details.menu[open]");
    close(null);
    open?.querySelector("summary")?.focus();
  });
}
