import { all } from "./dom";

/** Links to /giao-dien set a cookie and lead back; with a script the page changes at once and stays where it is. */
export function appearance(root: ParentNode): void {
  for (const link of all<HTMLAnchorElement>(root, "a[data-appearance]")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      const [name, value] = (link.dataset.appearance ?? "").split("=");
      const html = document.documentElement;
      if (name === "theme" && value === "auto") html.removeAttribute("data-theme");
      else html.setAttribute(name === "theme" ? "data-theme" : "data-print-size", value);
      for (const other of all(document, `a[data-appearance^="${name}="]`)) {
        if (other.dataset.appearance === link.dataset.appearance) other.setAttribute("aria-current", "true");
        else other.removeAttribute("aria-current");
      }
      await fetch(link.href, { redirect: "manual" }).catch(() => undefined);
    });
  }
  for (const button of all(root, "[data-print]")) button.addEventListener("click", () => window.print());
}
