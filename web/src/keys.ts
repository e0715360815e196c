import { typing } from "./dom";

/** One key for what an officer does all day: `data-key="n"` on a button or link. */
export function keys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.repeat || typing(event) || document.querySelector("dialog[open]")) return;
    const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  });
}
