import { all } from "../dom";

type Field = HTMLInputElement | HTMLTextAreaElement;

/** Copies the text of a field, or hands it to the phone's own list of programs. */
export function share(root: ParentNode): void {
  for (const button of all<HTMLButtonElement>(root, "[data-copy]")) {
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy ?? "") as Field | null;
      if (!field || !(await copied(field))) return;
      const label = button.querySelector("span");
      const words = label?.textContent ?? "";
      if (!label || words === button.dataset.textDone) return;
      label.textContent = button.dataset.textDone ?? words;
      window.setTimeout(() => (label.textContent = words), 2000);
    });
  }
  if (!("share" in navigator)) return;
  for (const button of all<HTMLButtonElement>(root, "[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = document.getElementById(button.dataset.share ?? "") as Field | null;
      // Who closes the list has changed their mind.
      if (field) navigator.share({ text: field.value }).catch(() => undefined);
    });
  }
}

async function copied(field: Field): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // Without HTTPS, and in old browsers inside other programs.
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}
